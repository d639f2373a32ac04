"""Qt's objects in reference cycles go on the window's thread, whatever the other threads do."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Qt

from gui.garbage import GarbageCollector


@pytest.fixture
def collector():
    gc.collect()
    collector = GarbageCollector()
    yield collector
    collector.close()
    assert gc.isenabled()


def make_cycle(ended_on: list[threading.Thread]) -> None:
    """Leave an object behind that only a collection destroys."""
    thing = QObject()
    thing.destroyed.connect(
        lambda: ended_on.append(threading.current_thread()), Qt.ConnectionType.DirectConnection
    )
    cycle: list[object] = [thing]
    cycle.append(cycle)


def litter() -> None:
    """Leave so much garbage behind that automatic collections would start on this thread."""
    for _ in range(20_000):
        cycle: list[object] = []
        cycle.append(cycle)


def test_a_cycle_is_destroyed_on_the_windows_thread(qtbot, collector):
    ended_on: list[threading.Thread] = []
    make_cycle(ended_on)
    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert ended_on == []
    qtbot.waitUntil(lambda: bool(ended_on))
    assert ended_on == [threading.main_thread()]


def test_generations_are_collected_when_they_are_due(collector, monkeypatch):
    asked = []
    monkeypatch.setattr(gc, "collect", asked.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    for counts in ((3, 0, 0), (701, 10, 0), (9, 11, 0), (9, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        collector.collect()
    assert asked == [0, 1, 2]
