"""Background work: the newest job of a kind wins, jobs can be cancelled, and errors come back as results."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import Event, get_ident
from weakref import ref

import pytest

from engine.running.jobs import Jobs

TIMEOUT = 30.0
ShouldStop = Callable[[], bool]


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    running = Jobs()
    yield running
    running.close()


class Gate:
    """A job that says when it has begun and then waits to be let through or told to stop."""

    def __init__(self) -> None:
        self.has_begun, self.may_end, self.was_stopped = Event(), Event(), False

    def __call__(self, should_stop: ShouldStop) -> str:
        self.has_begun.set()
        while not self.may_end.wait(0.001):
            if should_stop():
                self.was_stopped = True
                return "stopped"
        return "ended"


def results(jobs: Jobs) -> dict[str, object]:
    assert jobs.wait_until_idle(TIMEOUT)
    return {result.kind: result.value for result in jobs.take()}


def test_a_job_runs_with_its_arguments_on_another_thread(jobs: Jobs) -> None:
    jobs.submit("sum", lambda a, b, _: (a + b, get_ident()), 2, 3)
    value, thread = results(jobs)["sum"]
    assert value == 5
    assert thread != get_ident()


def test_a_result_is_taken_once(jobs: Jobs) -> None:
    jobs.submit("a", lambda _: 1)
    assert results(jobs) == {"a": 1}
    assert jobs.take() == []


def test_a_newer_job_stops_a_running_one_of_its_kind_and_replaces_waiting_ones(jobs: Jobs) -> None:
    gate = Gate()
    jobs.submit("a", gate)
    assert gate.has_begun.wait(TIMEOUT)
    ran = []
    jobs.submit("a", lambda _: ran.append("old"))
    jobs.submit("a", lambda _: "new")
    assert results(jobs) == {"a": "new"}
    assert gate.was_stopped
    assert ran == []


def test_other_kinds_wait_for_their_turn(jobs: Jobs) -> None:
    gate = Gate()
    jobs.submit("a", gate)
    assert gate.has_begun.wait(TIMEOUT)
    jobs.submit("b", lambda _: "b")
    gate.may_end.set()
    assert results(jobs) == {"a": "ended", "b": "b"}
    assert not gate.was_stopped


def test_a_cancelled_job_gives_nothing(jobs: Jobs) -> None:
    gate = Gate()
    jobs.submit("a", gate)
    jobs.submit("b", lambda _: 1)
    assert gate.has_begun.wait(TIMEOUT)
    jobs.cancel("a")
    jobs.cancel("b")
    jobs.cancel("never there")
    assert results(jobs) == {}
    assert gate.was_stopped


def test_a_result_that_was_not_taken_is_replaced(jobs: Jobs) -> None:
    jobs.submit("a", lambda _: 1)
    assert jobs.wait_until_idle(TIMEOUT)
    jobs.submit("a", lambda _: 2)
    assert results(jobs) == {"a": 2}


def test_an_error_is_logged_and_comes_back_and_the_thread_lives_on(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: ShouldStop) -> None:
        raise ZeroDivisionError("by nothing")

    with caplog.at_level(logging.ERROR):
        jobs.submit("a", fail)
        assert jobs.wait_until_idle(TIMEOUT)
    (result,) = jobs.take()
    assert isinstance(result.error, ZeroDivisionError)
    assert "by nothing" in caplog.text
    jobs.submit("a", lambda _: 1)
    assert results(jobs) == {"a": 1}


def test_a_ready_result_is_announced() -> None:
    announced = Event()
    jobs = Jobs(on_result=announced.set)
    jobs.submit("a", lambda _: 1)
    assert announced.wait(TIMEOUT)
    assert [result.value for result in jobs.take()] == [1]
    jobs.close()


def test_closing_stops_a_running_job_and_may_be_repeated() -> None:
    gate = Gate()
    jobs = Jobs()
    jobs.submit("a", gate)
    assert gate.has_begun.wait(TIMEOUT)
    jobs.close()
    jobs.close()
    assert gate.was_stopped
    assert jobs.take() == []


def test_closing_without_a_job_starts_no_thread() -> None:
    jobs = Jobs()
    jobs.close()
    jobs.submit("a", lambda _: 1)
    assert jobs.take() == []


class Numbers:
    """Something that can be seen to be gone."""


def test_a_thread_that_waits_holds_neither_arguments_nor_result(jobs: Jobs) -> None:
    question, made = Numbers(), []

    def answer(asked: Numbers, _: ShouldStop) -> Numbers:
        assert asked
        found = Numbers()
        made.append(ref(found))
        return found

    asked = ref(question)
    jobs.submit("numbers", answer, question)
    del question
    assert jobs.wait_until_idle(TIMEOUT)
    assert [type(result.value) for result in jobs.take()] == [Numbers]
    gone = Event()
    jobs.submit("next", lambda _: gone.set())  # the thread has come back to its wait before
    assert jobs.wait_until_idle(TIMEOUT)
    assert asked() is None
    assert made[0]() is None
