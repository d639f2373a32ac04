"""A run without threads: same bits however it is cut, edits that never move the line, forks, divergence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import FallLineError
from engine.models import start_parameters
from engine.running.run import Run
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest, Stop
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from tests.engine.run_examples import (
    ADAM,
    MOMENTUM,
    WRONG_WAY,
    assert_same_state,
    bare_steps,
    compare_spec,
    hidden_spec,
    joined,
    moved,
    people,
    probabilities_at,
    softmax_spec,
)

HEIGHT = np.array([150.0, 165.0, 172.5, 190.0])
WEIGHT = np.array([80.0, 55.0, 71.0, 60.0])

SPECS = {
    "gd": compare_spec(),
    "momentum": compare_spec(optimizer=MOMENTUM),
    "adam": compare_spec(optimizer=ADAM),
    "mini-batch": compare_spec(batch_size=7),
    "mini-batch adam": compare_spec(batch_size=16, optimizer=ADAM),
    "softmax": softmax_spec(),
    "softmax momentum, mini-batch": softmax_spec(optimizer=MOMENTUM, batch_size=9),
    "hidden layers": hidden_spec(),
    "hidden relu, mini-batch adam": hidden_spec("relu", batch_size=16, optimizer=ADAM),
    "hidden sigmoid momentum": hidden_spec("sigmoid", optimizer=MOMENTUM),
    "perceptron": compare_spec(
        model=ModelSpec("step", 2), losses=("mse",), optimizer=OptimizerSpec("perceptron", 0.5)
    ),
}

every_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())


def clock_of(seconds_per_call: float):
    """A clock that makes every measured step look as long as this, so that pieces have a known size."""
    now = [0.0]

    def clock() -> float:
        now[0] += seconds_per_call
        return now[0]

    return clock


def shown(run: Run) -> np.ndarray:
    return probabilities_at(run.snapshot(), HEIGHT, WEIGHT)


@every_spec
@pytest.mark.parametrize("seconds_per_call", [1e-7, 1e-5, 1.0])
def test_steps_are_the_same_however_they_are_cut(spec: TrainingSpec, seconds_per_call: float) -> None:
    run = Run(spec, clock_of(seconds_per_call))
    for n_steps in (1, 2, 40, 3, 254):
        run.advance(n_steps, every_step=n_steps == 40)
        run.observe()
    assert_same_state(run.state, bare_steps(spec, 300))


@every_spec
def test_any_step_of_the_past_comes_back_bit_for_bit(spec: TrainingSpec) -> None:
    run = Run(spec, clock_of(0.001))
    run.advance(400)
    for step in (399, 0, 1, 250, 249, 251, 17, 400):
        run.seek(step)
        assert_same_state(run.state, bare_steps(spec, step))
        assert run.last_step == 400


def test_a_replay_that_may_not_go_on_leaves_the_run_where_it_is() -> None:
    run = Run(compare_spec(), clock_of(0.001))
    run.advance(300)
    before = run.state.copy()
    run.seek(20, may_go_on=lambda: False)
    assert_same_state(run.state, before)


@every_spec
def test_going_on_from_the_end_of_the_past_repeats_nothing_and_loses_nothing(spec: TrainingSpec) -> None:
    run = Run(spec)
    run.advance(100)
    run.seek(30)
    run.seek(100)
    run_id = run.run_id
    run.advance(100)
    assert run.run_id == run_id
    assert_same_state(run.state, bare_steps(spec, 200))


@every_spec
def test_a_fork_makes_the_same_steps_again(spec: TrainingSpec) -> None:
    run = Run(spec, clock_of(0.001))
    run.advance(300)
    run.seek(120)
    run.advance(200)
    snapshot = run.snapshot()
    assert (snapshot.run_id, snapshot.fork_step, snapshot.last_step) == (2, 120, 320)
    assert_same_state(run.state, bare_steps(spec, 320))
    run.seek(60)
    assert_same_state(run.state, bare_steps(spec, 60))


@pytest.mark.parametrize("changes", [{}, {"optimizer": MOMENTUM}, {"optimizer": ADAM}, {"batch_size": 11}])
def test_compare_mode_gives_the_bits_of_single_runs(changes: dict[str, object]) -> None:
    both = Run(compare_spec(**changes))
    both.advance(500)
    for row, loss in enumerate(("bce", "mse")):
        single = Run(compare_spec(losses=(loss,), **changes))
        single.advance(500)
        np.testing.assert_array_equal(both.state.parameters[row], single.state.parameters[0])


@every_spec
def test_an_edit_never_moves_the_line(spec: TrainingSpec) -> None:
    run = Run(spec)
    run.advance(50)
    before = shown(run)
    run.set_spec(moved(spec))
    assert run.snapshot().scaler != Run(spec).snapshot().scaler
    np.testing.assert_allclose(shown(run), before, rtol=1e-9, atol=1e-12)
    run.advance(1)
    assert run.state.step == 51


def test_the_past_before_an_edit_comes_back_bit_for_bit_and_stands_on_the_new_scaler() -> None:
    spec = compare_spec(optimizer=MOMENTUM, batch_size=7)
    edited = moved(spec)
    run = Run(spec, clock_of(0.001))
    run.advance(200)
    at_200 = shown(run)
    run.set_spec(edited)
    run.advance(100)
    at_300 = run.state.copy()

    run.seek(200)
    np.testing.assert_allclose(shown(run), at_200, rtol=1e-9, atol=1e-12)
    run.seek(80)
    old = Run(spec)
    old.advance(80)
    np.testing.assert_allclose(shown(run), shown(old), rtol=1e-9, atol=1e-12)
    assert run.snapshot().scaler == Run(edited).snapshot().scaler
    assert run.snapshot().spec.data_revision == 2

    run.seek(300)
    assert_same_state(run.state, at_300)
    run.set_spec(replace(spec, data_revision=3))
    run.seek(80)
    assert_same_state(run.state, bare_steps(spec, 80))


def test_an_edit_taken_back_before_the_next_step_leaves_no_trace() -> None:
    spec = compare_spec(optimizer=ADAM)
    run = Run(spec)
    run.advance(60)
    for delta in (1.0, 5.0, 20.0):
        run.set_spec(moved(spec, delta))
    run.set_spec(replace(moved(moved(spec, 4.0), -4.0), data_revision=9))
    run.advance(40)
    assert_same_state(run.state, bare_steps(spec, 100))


def test_training_on_after_an_edit_equals_the_same_edit_made_at_once() -> None:
    spec = compare_spec(optimizer=MOMENTUM)
    drag, jump = Run(spec), Run(spec)
    for run in (drag, jump):
        run.advance(30)
    for delta in (3.0, 9.0, 14.0, 30.0):
        drag.set_spec(moved(spec, delta))
    jump.set_spec(moved(spec, 30.0))
    for run in (drag, jump):
        run.advance(70)
    assert_same_state(drag.state, jump.state)


def test_an_edit_in_the_past_is_trained_on_from_there_with_the_line_where_it_was() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(200)
    run.seek(50)
    before = shown(run)
    run.set_spec(moved(spec))
    np.testing.assert_allclose(shown(run), before, rtol=1e-9, atol=1e-12)
    run.take_records()
    run.step_forward()
    snapshot = run.snapshot()
    assert (snapshot.step, snapshot.last_step, snapshot.fork_step, snapshot.run_id) == (51, 51, 50, 2)
    records, marks = run.take_records()
    assert [(mark.run_id, mark.step, mark.kind) for mark in marks] == [(2, 50, "data")]
    assert [(batch.run_id, batch.fork_step) for batch in records] == [(2, 50)]


def test_one_step_forward_in_an_unchanged_past_repeats_history() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(100)
    run.set_spec(replace(spec, optimizer=OptimizerSpec("gd", 0.3)))
    run.advance(100)
    run.seek(40)
    run.step_forward()
    assert (run.state.step, run.last_step, run.run_id) == (41, 200, 1)
    run.seek(200)
    run.step_forward()
    assert (run.state.step, run.last_step, run.run_id) == (201, 201, 1)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"optimizer": OptimizerSpec("gd", 0.2)}, "settings"),
        ({"optimizer": ADAM}, "settings"),
        ({"batch_size": 10}, "settings"),
        ({"samples": people(seed=2)}, "data"),
    ],
)
def test_a_change_keeps_the_weights_and_marks_the_curve(changes: dict[str, object], kind: str) -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(25)
    before = shown(run)
    run.set_spec(replace(spec, data_revision=2, **changes))
    np.testing.assert_allclose(shown(run), before, rtol=1e-9, atol=1e-12)
    assert (run.run_id, run.state.step) == (1, 25)
    assert [(mark.step, mark.kind) for mark in run.take_records()[1]] == [(25, kind)]


def test_another_start_or_a_new_revision_of_the_same_samples_changes_no_step_and_makes_no_mark() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(25)
    run.set_spec(replace(spec, start=StartSpec("zeros"), seed=99, data_revision=8))
    run.advance(25)
    assert run.take_records()[1] == []
    assert run.snapshot().data_revision == 8
    assert_same_state(run.state, bare_steps(spec, 50))
    run.reset()
    np.testing.assert_array_equal(run.state.parameters, np.zeros((2, 3)))


def test_another_start_shows_at_once_where_no_step_was_made() -> None:
    run = Run(compare_spec())
    run.set_spec(compare_spec(start=StartSpec("normal"), seed=3))
    first = run.state.parameters.copy()
    run.set_spec(compare_spec(start=StartSpec("normal"), seed=4))
    assert not np.array_equal(run.state.parameters, first)
    run.advance(1)
    kept = run.state.parameters.copy()
    run.set_spec(compare_spec(start=StartSpec("normal"), seed=5))
    np.testing.assert_array_equal(run.state.parameters, kept)


def test_reset_goes_to_the_same_start_on_the_present_samples() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(25)
    run.set_spec(moved(spec))
    run.advance(5)
    run.reset()
    snapshot = run.snapshot()
    assert (snapshot.run_id, snapshot.step, snapshot.last_step, snapshot.fork_step) == (2, 0, 0, 0)
    np.testing.assert_array_equal(snapshot.parameters, [[5.0, -5.0, 0.0]] * 2)


def test_other_losses_start_a_new_run_from_the_start() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(25)
    run.set_spec(replace(spec, losses=("mse",)))
    assert (run.run_id, run.state.step) == (2, 0)
    np.testing.assert_array_equal(run.state.parameters, [[5.0, -5.0, 0.0]])


def test_two_classes_become_three_with_the_same_odds_and_reset_goes_to_their_start() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(25)
    weights = run.state.parameters.copy()
    start = np.array([[-2.5, 2.5, 0.0], [2.5, -2.5, 0.0], [0.0, 0.0, 0.0]])
    exact = StartSpec("exact", parameters=tuple(start.ravel().tolist()))
    three = replace(
        spec, model=ModelSpec("softmax", 3), losses=("ce", "mse"), class_ids=(0, 1, 2), start=exact
    )
    run.set_spec(three)
    assert (run.run_id, run.state.step, run.last_step) == (2, 0, 0)
    rows = run.state.parameters.reshape(2, 3, 3)
    np.testing.assert_allclose(rows[:, 1] - rows[:, 0], weights, rtol=1e-12)
    run.advance(10)
    run.reset()
    rows = run.state.parameters.reshape(2, 3, 3)
    np.testing.assert_array_equal(rows, [start, start])


@pytest.mark.parametrize(
    "other",
    [
        ModelSpec("mlp", 2, (4, 3), "relu"),
        ModelSpec("mlp", 2, (4, 4), "tanh"),
        ModelSpec("mlp", 2, (4,), "tanh"),
    ],
    ids=["activation", "units", "layers"],
)
def test_another_shape_of_hidden_layers_is_a_new_run_from_the_start(other: ModelSpec) -> None:
    spec = hidden_spec()
    run = Run(spec)
    run.advance(25)
    changed = replace(spec, model=other)
    run.set_spec(changed)
    assert (run.run_id, run.state.step, run.last_step) == (2, 0, 0)
    np.testing.assert_array_equal(run.state.parameters, start_parameters(changed))


def test_to_hidden_layers_and_back_each_model_begins_at_its_own_start() -> None:
    logistic, hidden = compare_spec(), hidden_spec(start=WRONG_WAY)
    run = Run(logistic)
    run.advance(25)
    run.set_spec(hidden)
    drawn = start_parameters(replace(hidden, start=StartSpec("normal")))
    np.testing.assert_array_equal(run.state.parameters, drawn)
    run.advance(25)
    run.reset()
    np.testing.assert_array_equal(run.state.parameters, drawn)
    run.set_spec(logistic)
    assert run.state.step == 0
    np.testing.assert_array_equal(run.state.parameters, [[5.0, -5.0, 0.0]] * 2)


def test_exact_numbers_for_hidden_layers_are_no_start_of_a_model_without() -> None:
    numbers = tuple(np.linspace(-1.0, 1.0, 31).tolist())
    hidden = hidden_spec(start=StartSpec("exact", parameters=numbers))
    run = Run(hidden)
    np.testing.assert_array_equal(run.state.parameters, [numbers] * 2)
    run.set_spec(compare_spec(start=hidden.start))
    np.testing.assert_array_equal(run.state.parameters, np.zeros((2, 3)))


def test_hidden_layers_that_diverge_come_back_with_a_rate_to_try() -> None:
    run = Run(hidden_spec("relu", losses=("bce",), optimizer=OptimizerSpec("gd", 1e6)))
    run.advance(500)
    assert run.stop is not None
    assert run.stop.kind == "diverged"
    assert run.stop.suggested_learning_rate is not None
    assert 0.0 < run.stop.suggested_learning_rate < 1e3
    assert np.isfinite(run.metrics()).all()


def test_a_removed_class_takes_its_row_and_its_optimiser_memory_with_it() -> None:
    spec = softmax_spec(optimizer=MOMENTUM)
    run = Run(spec)
    run.advance(25)
    rows = run.state.parameters.reshape(2, 3, 3)
    samples = people(n_classes=2)
    two = replace(spec, model=ModelSpec("softmax", 2), samples=samples, class_ids=(0, 2), data_revision=2)
    run.set_spec(two)
    carried = run.state.parameters.reshape(2, 2, 3)
    np.testing.assert_allclose(carried[:, 1] - carried[:, 0], rows[:, 2] - rows[:, 0], rtol=1e-9)
    assert not run.state.slots.any()
    run.advance(1)
    assert run.state.step == 1


def test_a_run_from_given_parameters_starts_there_and_reset_does_not() -> None:
    run = Run(compare_spec())
    run.advance(5)
    run.train_from(np.array([1.0, 2.0, 3.0]), run.snapshot().scaler)
    assert (run.run_id, run.state.step) == (2, 0)
    run.advance(5)
    run.seek(0)
    np.testing.assert_array_equal(run.state.parameters, [[1.0, 2.0, 3.0]] * 2)
    with pytest.raises(FallLineError):
        run.train_from(np.zeros(4), run.snapshot().scaler)
    run.reset()
    np.testing.assert_array_equal(run.state.parameters, [[5.0, -5.0, 0.0]] * 2)


def test_parameters_in_cm_and_kg_are_the_same_model_in_z_space() -> None:
    run = Run(compare_spec())
    per_cm, per_kg, bias = -0.24, 0.245, 23.0
    run.train_from(np.array([per_cm, per_kg, bias]), Standardizer.identity())
    p = 1.0 / (1.0 + np.exp(-(per_cm * HEIGHT + per_kg * WEIGHT + bias)))
    np.testing.assert_allclose(shown(run)[:, 1], [p, p], rtol=1e-12)


def test_a_start_that_does_not_fit_gives_way_to_one_that_does() -> None:
    wrong = StartSpec("exact", parameters=(1.0,))
    run = Run(compare_spec(start=wrong))
    assert not run.state.parameters.any()
    run.advance(5)
    run.reset()
    assert not run.state.parameters.any()
    for spec in (hidden_spec(start=wrong), softmax_spec(model=ModelSpec("square", 3), start=wrong)):
        run = Run(spec)
        drawn = start_parameters(replace(spec, start=StartSpec("normal")))
        np.testing.assert_array_equal(run.state.parameters, drawn)


def test_without_labelled_samples_the_model_and_its_scaler_stay() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(20)
    before = run.snapshot()
    run.set_spec(replace(spec, samples=Samples(), data_revision=2))
    after = run.snapshot()
    assert run.advance(10) == 0
    assert (after.step, after.scaler) == (20, before.scaler)
    np.testing.assert_array_equal(after.parameters, before.parameters)
    assert np.isnan(after.metrics).all()
    run.set_spec(moved(spec))
    np.testing.assert_allclose(shown(run), probabilities_at(before, HEIGHT, WEIGHT), rtol=1e-9, atol=1e-12)
    assert run.advance(10) == 10


@pytest.mark.parametrize(
    ("class_index", "held_out"),
    [([1, 1, -1], None), ([-1, -1, -1], None), ([0, 1, 1], [True, False, False])],
)
def test_fewer_than_two_classes_cannot_be_trained(class_index: list[int], held_out: list[bool]) -> None:
    samples = Samples.from_columns([160.0, 170.0, 180.0], [60.0, 70.0, 80.0], class_index, held_out)
    run = Run(compare_spec(samples))
    assert run.obstacle is not None
    assert run.advance(5) == 0
    assert run.state.step == 0


def test_the_first_people_on_an_empty_canvas_meet_the_start_not_a_line_from_nowhere() -> None:
    run = Run(compare_spec(Samples()))
    samples = Samples()
    for height, weight, label in ((160.0, 80.0, 1), (170.0, 60.0, 0), (180.0, 70.0, 1)):
        samples, _ = samples.add(height, weight, label)
        run.set_spec(compare_spec(samples))
        if len(samples) == 2:
            np.testing.assert_array_equal(run.state.parameters, [[5.0, -5.0, 0.0]] * 2)
            before = shown(run)
    np.testing.assert_allclose(shown(run), before, rtol=1e-9, atol=1e-12)


@every_spec
def test_records_begin_with_the_start_and_every_step_where_asked(spec: TrainingSpec) -> None:
    run = Run(spec)
    run.advance(5, every_step=True)
    run.advance(4, every_step=True)
    steps, values = joined(run.take_records()[0])
    assert steps.tolist() == list(range(10))
    np.testing.assert_array_equal(values[-1], run.metrics())
    start = Run(spec)
    np.testing.assert_array_equal(values[0], start.metrics())


def test_records_thin_out_but_show_consecutive_steps_throughout() -> None:
    run = Run(compare_spec(), clock_of(1e-6))
    run.advance(20_000)
    steps, _ = joined(run.take_records()[0])
    assert steps[:100].tolist() == list(range(100))
    assert steps.size < 4000
    gaps = np.diff(steps)
    assert (gaps >= 0).all()
    assert (gaps[steps[1:] > 10_000] == 1).mean() > 0.5


@pytest.mark.parametrize("seconds_per_call", [1e-6, 1.0])
def test_few_samples_leave_no_holes_whatever_a_step_takes(seconds_per_call: float) -> None:
    run = Run(compare_spec(), clock_of(seconds_per_call))
    run.advance(5_000)
    steps, _ = joined(run.take_records()[0])
    assert (np.diff(steps) <= np.maximum(1, steps[1:] / 64)).all()


def test_an_observed_snapshot_is_in_the_records_once() -> None:
    run = Run(compare_spec())
    run.advance(777)
    run.observe()
    run.observe()
    steps, values = joined(run.take_records()[0])
    assert steps[-1] == 777
    assert steps.tolist().count(777) == 1
    np.testing.assert_array_equal(values[-1], run.snapshot().metrics)


def test_looking_at_the_past_records_nothing() -> None:
    run = Run(compare_spec())
    run.advance(100)
    run.take_records()
    run.seek(40)
    run.observe()
    assert run.take_records() == ([], [])


def test_a_snapshot_shares_nothing_with_the_run_and_cannot_be_written() -> None:
    run = Run(compare_spec())
    run.advance(5)
    snapshot = run.snapshot()
    kept = snapshot.parameters.copy()
    run.advance(5)
    np.testing.assert_array_equal(snapshot.parameters, kept)
    for array in (snapshot.parameters, snapshot.metrics):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_regions_belong_to_the_very_parameters_of_their_snapshot() -> None:
    run = Run(compare_spec())
    run.advance(10)
    request = RegionRequest(150.0, 190.0, 40.0, 100.0, columns=4, rows=3, model_index=1)
    snapshot = run.snapshot(request=request)
    assert snapshot.regions is not None
    heights = 155.0 + 10.0 * np.arange(4)
    expected = probabilities_at(snapshot, heights, np.full(4, 50.0))[1]
    np.testing.assert_allclose(snapshot.regions.probability[:, 0, :], expected, atol=1e-6)
    assert run.snapshot(request=replace(request, model_index=2)).regions is None


def test_a_run_that_explodes_ends_with_its_last_good_weights_and_a_rate_that_works() -> None:
    spec = compare_spec(losses=("bce",), optimizer=OptimizerSpec("momentum", 1e5), start=StartSpec("zeros"))
    run = Run(spec)
    made = run.advance(100_000)
    stop = run.stop
    assert made < 100_000
    assert stop is not None
    assert stop.kind == "diverged"
    assert np.isfinite(run.state.parameters).all()
    assert run.last_step == run.state.step
    assert stop.suggested_learning_rate is not None
    assert f"{stop.suggested_learning_rate:g}" in str(stop.message.values["advice"])

    run.set_spec(replace(spec, optimizer=OptimizerSpec("gd", stop.suggested_learning_rate)))
    loss = run.metrics()[0, 0]
    run.take_records()
    assert run.advance(200) == 200
    assert run.stop is None
    assert run.metrics()[0, 0] < loss
    assert {batch.run_id for batch in run.take_records()[0]} == {2}


def test_numbers_that_are_not_finite_end_a_run_and_say_which_model_it_was() -> None:
    run = Run(compare_spec(optimizer=OptimizerSpec("momentum", 1e308)))
    run.advance(10_000)
    assert run.stop is not None
    assert run.stop.message.values["loss"] == "BCE"
    assert np.isfinite(run.state.parameters).all()
    assert all(np.isfinite(batch.values).all() for batch in run.take_records()[0])


def test_a_rate_that_is_too_large_is_told_while_training_goes_on_and_a_good_one_clears_it() -> None:
    spec = compare_spec(losses=("bce",), optimizer=OptimizerSpec("gd", 40.0), start=StartSpec("zeros"))
    run = Run(spec)
    assert run.advance(2000) == 2000
    warning = run.warning
    assert warning is not None
    assert warning.suggested_learning_rate is not None
    assert warning.suggested_learning_rate < 40.0
    assert run.snapshot().stop is None
    run.set_spec(replace(spec, optimizer=OptimizerSpec("gd", warning.suggested_learning_rate)))
    run.advance(2000)
    assert run.warning is None


def test_a_run_that_descends_warns_of_nothing() -> None:
    run = Run(compare_spec())
    run.advance(20_000)
    assert run.warning is None


def test_an_error_ends_the_run_at_its_newest_checkpoint() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(50)
    run.state.parameters[...] = np.nan
    run.fail(Stop("failed", FallLineError("broken").message))
    assert run.stop is not None
    assert_same_state(run.state, bare_steps(spec, run.state.step))
    assert run.advance(10) == 10


def test_where_samples_were_let_go_the_nearest_kept_step_is_shown() -> None:
    spec = compare_spec(batch_size=7)
    run = Run(spec)
    run.advance(40)
    run.set_spec(moved(spec))
    run.advance(40)
    timeline = run._timeline
    timeline.history.segments[0].release()
    run.seek(30)
    assert run.state.step == 0
    np.testing.assert_allclose(shown(run), shown(Run(spec)), rtol=1e-9, atol=1e-12)
    run.seek(80)
    assert run.state.step == 80


def test_scaler_of_a_first_spec_is_that_of_its_samples() -> None:
    samples = people()
    _, mean, std = samples.moments
    assert Run(compare_spec(samples)).snapshot().scaler == Standardizer.from_moments(mean, std)
