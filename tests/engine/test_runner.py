"""The training thread: commands, slices and what it posts. Every wait is for an event, none for time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from threading import Event

import numpy as np
import pytest

from engine.running import run as run_module
from engine.running.history import LossCurve
from engine.running.runner import Runner
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest, Snapshot
from engine.specs import OptimizerSpec, StartSpec
from engine.training import Stepper
from tests.engine.run_examples import (
    MOMENTUM,
    bare_steps,
    compare_spec,
    joined,
    moved,
    people,
    softmax_spec,
)

TIMEOUT = 60.0
REQUEST = RegionRequest(150.0, 190.0, 40.0, 100.0, columns=8, rows=6, model_index=0)


@pytest.fixture
def start() -> Iterator[Callable[..., Runner]]:
    runners: list[Runner] = []

    def make(*arguments: object) -> Runner:
        runner = Runner(*arguments)  # type: ignore[arg-type]
        runners.append(runner)
        runner.start()
        return runner

    yield make
    for runner in runners:
        runner.close()


def settle(runner: Runner) -> Snapshot:
    """The snapshot after everything sent so far."""
    assert runner.wait_until_idle(TIMEOUT)
    snapshot = runner.mailbox.take()[0]
    assert snapshot is not None
    return snapshot


def train_to(runner: Runner, step: int) -> Snapshot:
    """Play in slices until `step` is reached, then pause."""
    runner.play()
    while True:
        runner.grant(0.002)
        assert runner.wait_until_idle(TIMEOUT)
        snapshot = runner.mailbox.take()[0]
        if snapshot is not None and (snapshot.step >= step or not snapshot.playing):
            break
    runner.pause()
    assert runner.wait_until_idle(TIMEOUT)
    return runner.mailbox.take()[0] or snapshot


def test_a_first_snapshot_comes_by_itself(start: Callable[..., Runner]) -> None:
    snapshot = settle(start(compare_spec()))
    assert (snapshot.step, snapshot.playing, snapshot.steps_per_second) == (0, False, 0.0)
    np.testing.assert_array_equal(snapshot.parameters, [[5.0, -5.0, 0.0]] * 2)


@pytest.mark.parametrize("spec", [compare_spec(), softmax_spec(batch_size=7, optimizer=MOMENTUM)])
def test_slices_of_any_length_make_the_same_steps(start: Callable[..., Runner], spec: object) -> None:
    runner = start(spec)
    snapshot = train_to(runner, 500)
    assert snapshot.step >= 500
    expected = bare_steps(spec, snapshot.step)  # type: ignore[arg-type]
    np.testing.assert_array_equal(snapshot.parameters, expected.parameters)


def test_no_step_is_made_outside_a_slice(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    runner.play()
    assert settle(runner).step == 0
    runner.grant(0.002)
    step = settle(runner).step
    assert step > 0
    runner.request_regions(REQUEST)
    assert settle(runner).step == step


def test_a_slice_granted_while_another_ends_is_not_lost(
    start: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    runner = start(compare_spec(), lambda: now[0])
    settle(runner)
    calls: list[int] = []
    advance, observe = Stepper.advance, runner._meter.observe

    def advance_slowly(stepper: Stepper, state: object, n_steps: int) -> None:
        advance(stepper, state, n_steps)  # type: ignore[arg-type]
        calls.append(n_steps)
        now[0] += 0.002

    def grant_at_the_end(moment: float, steps: int) -> None:
        observe(moment, steps)
        if len(calls) == 1:
            runner.grant(0.001)

    monkeypatch.setattr(Stepper, "advance", advance_slowly)
    monkeypatch.setattr(runner._meter, "observe", grant_at_the_end)
    runner.play()
    runner.grant(0.001)
    assert settle(runner).step == sum(calls)
    assert len(calls) == 2


def test_a_slice_taken_back_ends_at_once(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    runner.play()
    settle(runner)
    runner.grant(TIMEOUT)
    runner.revoke()
    assert runner.wait_until_idle(TIMEOUT / 2)


def test_a_hidden_window_needs_no_slices(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    posted = Event()
    runner.mailbox.on_first_post = posted.set
    settle(runner)
    runner.set_hidden(True)
    runner.play()
    step = 0
    while step < 1000:
        assert posted.wait(TIMEOUT)
        posted.clear()
        snapshot = runner.mailbox.take()[0]
        step = snapshot.step if snapshot is not None else step
    runner.pause()
    assert not settle(runner).playing


def test_records_of_a_whole_run_arrive_in_order_and_agree_with_the_snapshots(
    start: Callable[..., Runner],
) -> None:
    runner = start(compare_spec())
    runner.play()
    records, snapshots = [], []
    while not snapshots or snapshots[-1].step < 2000:
        runner.grant(0.001)
        assert runner.wait_until_idle(TIMEOUT)
        snapshot, batches, _ = runner.mailbox.take()
        records += batches
        snapshots += [snapshot] if snapshot is not None else []
    steps, values = joined(records)
    assert (np.diff(steps) >= 0).all()
    assert steps[:128].tolist() == list(range(128))
    for snapshot in snapshots[2:]:
        np.testing.assert_array_equal(values[steps == snapshot.step][-1], snapshot.metrics)
    assert all(later.step >= earlier.step for earlier, later in pairwise(snapshots))


def test_single_steps_are_made_at_once_and_all_recorded(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    for _ in range(5):
        runner.step_forward()
    assert runner.wait_until_idle(TIMEOUT)
    snapshot, records, _ = runner.mailbox.take()
    assert snapshot is not None
    assert (snapshot.step, snapshot.playing) == (5, False)
    assert joined(records)[0].tolist() == [0, 1, 2, 3, 4, 5]


def test_the_past_is_gone_to_and_left_by_a_fork(start: Callable[..., Runner]) -> None:
    spec = compare_spec()
    runner = start(spec)
    last = train_to(runner, 400).step
    runner.seek(100)
    runner.step_back()
    past = settle(runner)
    assert (past.step, past.last_step, past.run_id) == (99, last, 1)
    np.testing.assert_array_equal(past.parameters, bare_steps(spec, 99).parameters)

    curve = LossCurve(models=2)
    fork = train_to(runner, 150)
    assert (fork.run_id, fork.fork_step) == (2, 99)
    for batch in runner.mailbox.take()[1]:
        curve.append(batch)
    np.testing.assert_array_equal(fork.parameters, bare_steps(spec, fork.step).parameters)


@pytest.mark.parametrize("command", ["seek", "step_back", "step_forward", "reset"])
def test_moving_by_hand_pauses(start: Callable[..., Runner], command: str) -> None:
    runner = start(compare_spec())
    train_to(runner, 20)
    runner.play()
    getattr(runner, command)(*([10] if command == "seek" else []))
    runner.grant(0.01)
    snapshot = settle(runner)
    assert not snapshot.playing
    if command == "seek":
        assert snapshot.step == 10


def test_an_edit_while_training_goes_on_from_the_present_weights(start: Callable[..., Runner]) -> None:
    spec = compare_spec()
    runner = start(spec)
    runner.play()
    runner.grant(0.005)
    before = settle(runner)
    runner.set_spec(moved(spec))
    assert runner.wait_until_idle(TIMEOUT)
    after, _, marks = runner.mailbox.take()
    assert after is not None
    assert [(mark.run_id, mark.step, mark.kind) for mark in marks] == [(1, before.step, "data")]
    assert (after.step, after.run_id, after.data_revision, after.playing) == (before.step, 1, 2, True)
    old = before.scaler.to_original_units(before.parameters)
    np.testing.assert_allclose(after.scaler.to_original_units(after.parameters), old, rtol=1e-9)
    runner.grant(0.005)
    assert settle(runner).step > after.step


def test_of_many_edits_at_once_the_newest_counts(start: Callable[..., Runner]) -> None:
    spec = compare_spec()
    runner = start(spec)
    train_to(runner, 10)
    for delta in range(1, 50):
        runner.set_spec(replace(moved(spec, float(delta)), data_revision=100 + delta))
    assert settle(runner).data_revision == 149


def test_losing_all_samples_pauses_with_a_reason_and_keeps_the_weights(start: Callable[..., Runner]) -> None:
    spec = compare_spec()
    runner = start(spec)
    runner.play()
    runner.grant(0.005)
    before = settle(runner)
    runner.set_spec(replace(spec, samples=Samples(), data_revision=2))
    stopped = settle(runner)
    assert not stopped.playing
    assert stopped.stop is not None
    assert stopped.stop.kind == "no_data"
    np.testing.assert_array_equal(stopped.parameters, before.parameters)
    runner.play()
    assert not settle(runner).playing
    runner.set_spec(replace(spec, data_revision=3))
    runner.play()
    runner.grant(0.005)
    snapshot = settle(runner)
    assert snapshot.stop is None
    assert snapshot.step > before.step


def test_regions_are_answered_while_paused_and_come_with_every_snapshot_of_a_going_run(
    start: Callable[..., Runner],
) -> None:
    runner = start(compare_spec())
    settle(runner)
    runner.request_regions(REQUEST)
    grid = settle(runner).regions
    assert grid is not None
    assert grid.request is REQUEST
    assert grid.probability.shape == (2, 6, 8)
    assert train_to(runner, 50).regions is not None
    runner.request_regions(None)
    assert settle(runner).regions is None


def test_a_slow_speed_makes_the_steps_that_are_due(start: Callable[..., Runner]) -> None:
    now = [100.0]
    runner = start(compare_spec(), lambda: now[0])
    runner.set_speed(2.0)
    runner.play()
    steps = []
    for _ in range(9):
        runner.grant(0.01)
        steps.append(settle_step(runner))
        now[0] += 0.25
    assert steps == [1, 1, 2, 2, 3, 3, 4, 4, 5]


def settle_step(runner: Runner) -> int:
    assert runner.wait_until_idle(TIMEOUT)
    run = runner._run
    return run.state.step


def test_reset_starts_another_run(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    train_to(runner, 50)
    runner.reset()
    snapshot = settle(runner)
    assert (snapshot.run_id, snapshot.step, snapshot.fork_step, snapshot.last_step) == (2, 0, 0, 0)


def test_training_from_a_row_of_weights(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    row = np.array([1.0, 2.0, 3.0])
    runner.train_from(row, settle(runner).scaler)
    row[:] = 0.0
    np.testing.assert_array_equal(settle(runner).parameters, [[1.0, 2.0, 3.0]] * 2)


def test_divergence_ends_the_run_and_training_can_go_on_with_another_rate(
    start: Callable[..., Runner],
) -> None:
    spec = compare_spec(losses=("bce",), optimizer=OptimizerSpec("momentum", 1e6), start=StartSpec())
    runner = start(spec)
    snapshot = train_to(runner, 10**9)
    assert not snapshot.playing
    assert snapshot.stop is not None
    assert snapshot.stop.kind == "diverged"
    assert np.isfinite(snapshot.parameters).all()
    runner.set_spec(replace(spec, optimizer=OptimizerSpec("gd", 0.1)))
    again = train_to(runner, snapshot.step + 100)
    assert again.stop is None
    assert again.run_id == snapshot.run_id + 1


def test_weights_that_do_not_fit_are_told_and_everything_stays(start: Callable[..., Runner]) -> None:
    runner = start(compare_spec())
    before = train_to(runner, 20)
    runner.train_from(np.array([1.0, 2.0]), Standardizer.identity())
    snapshot = settle(runner)
    assert snapshot.stop is not None
    assert snapshot.stop.kind == "failed"
    assert "2 numbers" in str(snapshot.stop.message)
    np.testing.assert_array_equal(snapshot.parameters, before.parameters)


def test_an_error_in_a_step_ends_the_run_in_words_and_the_thread_goes_on_listening(
    start: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    runner = start(compare_spec())
    train_to(runner, 20)
    broken = Event()
    advance = Stepper.advance

    def fail_once(stepper: Stepper, state: object, n_steps: int) -> None:
        if not broken.is_set():
            broken.set()
            raise MemoryError("no room")
        advance(stepper, state, n_steps)  # type: ignore[arg-type]

    monkeypatch.setattr(Stepper, "advance", fail_once)
    with caplog.at_level(logging.ERROR):
        runner.play()
        runner.grant(0.005)
        snapshot = settle(runner)
    assert not snapshot.playing
    assert snapshot.stop is not None
    assert snapshot.stop.kind == "failed"
    assert "not enough memory" in str(snapshot.stop.message)
    assert "no room" in caplog.text
    assert train_to(runner, snapshot.step + 10).stop is None


def test_an_error_in_the_probability_map_ends_the_run_once_not_forever(
    start: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such map")

    monkeypatch.setattr(run_module, "regions_of", fail)
    runner = start(compare_spec())
    settle(runner)
    runner.request_regions(REQUEST)
    snapshot = settle(runner)
    assert snapshot.stop is not None
    assert snapshot.regions is None
    assert train_to(runner, 10).stop is None


def test_where_not_even_the_last_good_weights_can_be_shown_the_reason_still_arrives(
    start: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = start(compare_spec())
    before = settle(runner)

    def fail(*_: object, **__: object) -> None:
        raise ValueError("nothing works")

    monkeypatch.setattr(run_module.Run, "snapshot", fail)
    runner.pause()
    snapshot = settle(runner)
    assert snapshot.stop is not None
    assert str(snapshot.stop.message).endswith("a mistake in the program, which its log describes")
    assert snapshot.parameters is before.parameters


def test_closing_ends_the_thread_whatever_it_does() -> None:
    runner = Runner(compare_spec(people(2000)))
    runner.close()
    runner = Runner(compare_spec())
    runner.start()
    runner.set_hidden(True)
    runner.play()
    runner.close()
    runner.close()
    assert not runner._thread.is_alive()


def test_closing_ends_a_long_replay(start: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch) -> None:
    runner = start(compare_spec())
    train_to(runner, 300)
    began, may_go_on = Event(), Event()
    advance = Stepper.advance

    def slow(stepper: Stepper, state: object, n_steps: int) -> None:
        began.set()
        assert may_go_on.wait(TIMEOUT)
        advance(stepper, state, min(n_steps, 1))  # type: ignore[arg-type]

    monkeypatch.setattr(Stepper, "advance", slow)
    runner.seek(290)
    assert began.wait(TIMEOUT)
    runner._is_closing = True
    may_go_on.set()
    runner.close()
    assert not runner._thread.is_alive()
