from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.throttle import Throttle, run_waiting


class FakeClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


def make(owner: QObject, action: Callable[[], object], clock: FakeClock, interval_ms: int = 40) -> Throttle:
    return Throttle(action, interval_ms, owner, clock)


def test_the_first_request_runs_at_once(owner: QObject) -> None:
    calls: list[str] = []
    throttle = make(owner, lambda: calls.append("run"), FakeClock())
    throttle.request()
    assert calls == ["run"]
    assert not throttle.pending


def test_requests_within_the_interval_run_once_when_it_is_over(owner: QObject, qtbot: QtBot) -> None:
    calls: list[str] = []
    throttle = make(owner, lambda: calls.append("run"), FakeClock())
    for _ in range(50):
        throttle.request()
    assert calls == ["run"]
    assert throttle.pending
    qtbot.waitUntil(lambda: len(calls) == 2)
    assert not throttle.pending


def test_after_the_interval_a_request_runs_at_once_again(owner: QObject) -> None:
    clock, calls = FakeClock(), []
    throttle = make(owner, lambda: calls.append("run"), clock)
    throttle.request()
    clock.now += 0.041
    throttle.request()
    assert calls == ["run", "run"]


def test_running_now_answers_a_waiting_request(owner: QObject, qtbot: QtBot) -> None:
    clock, calls = FakeClock(), []
    throttle = make(owner, lambda: calls.append(clock.now), clock)
    throttle.request()
    throttle.request()
    throttle.run_now()
    assert len(calls) == 2
    assert not throttle.pending


def test_the_last_request_sees_the_newest_state(owner: QObject, qtbot: QtBot) -> None:
    shown: list[int] = []
    state = {"value": 0}
    throttle = make(owner, lambda: shown.append(state["value"]), FakeClock())
    for value in range(10):
        state["value"] = value
        throttle.request()
    qtbot.waitUntil(lambda: shown == [0, 9])


def test_a_throttle_dies_with_its_owner(owner: QObject, qtbot: QtBot) -> None:
    calls: list[str] = []
    throttle = make(owner, lambda: calls.append("run"), FakeClock())
    throttle.request()
    throttle.request()
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert calls == ["run"]


def test_a_picture_waits_for_nothing(owner: QObject) -> None:
    shown: dict[str, list[int]] = {"one": [], "other": [], "idle": []}
    state = {"value": 0}
    inner = QObject(owner)
    throttles = {
        name: make(parent, lambda name=name: shown[name].append(state["value"]), FakeClock())
        for name, parent in (("one", owner), ("other", inner), ("idle", inner))
    }
    throttles["idle"].request()
    for value in range(3):
        state["value"] = value
        throttles["one"].request()
        throttles["other"].request()
    run_waiting(owner)
    assert shown == {"one": [0, 2], "other": [0, 2], "idle": [0]}
    assert not any(throttle.pending for throttle in throttles.values())
