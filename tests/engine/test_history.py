"""The loss curve loses nothing and stays small; checkpoints stay within their budget."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.running.history import History, LossCurve
from engine.snapshots import LossRecords, Mark
from engine.training import start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import compare_spec, moved, people


def records(steps: list[int], seed: int = 0, models: int = 2, run_id: int = 1) -> LossRecords:
    values = np.random.default_rng(seed).exponential(size=(len(steps), models, 3))
    return LossRecords(run_id, np.array(steps, dtype=np.int64), values)


def buckets(curve: LossCurve, model: int = 1, metric: int = 2) -> list[tuple[float, ...]]:
    return list(zip(*(array.tolist() for array in curve.arrays(model, metric)), strict=True))


growing_steps = st.lists(st.integers(1, 400), min_size=1, max_size=300).map(
    lambda gaps: [0, *np.cumsum(gaps).tolist()]
)


@given(growing_steps, st.integers(1, 50))
def test_every_recorded_value_is_inside_a_bucket_and_the_curve_stays_bounded(
    steps: list[int], batch: int
) -> None:
    everything = records(steps)
    curve = LossCurve(models=2, capacity=64)
    for start in range(0, len(steps), batch):
        part = slice(start, start + batch)
        curve.append(LossRecords(1, everything.step[part], everything.values[part]))

    assert len(curve) <= 64
    ends, low, high, last = curve.arrays(1, 2)
    assert (np.diff(ends) > 0).all()
    owner = np.searchsorted(ends, everything.step)
    value = everything.values[:, 1, 2]
    assert (low[owner] <= value).all()
    assert (value <= high[owner]).all()
    for bucket in range(len(curve)):
        inside = value[owner == bucket]
        assert (inside.min(), inside.max(), inside[-1]) == (low[bucket], high[bucket], last[bucket])


def test_first_point_is_kept_for_itself() -> None:
    steps = list(range(50_000))
    everything = records(steps)
    curve = LossCurve(models=2, capacity=256)
    curve.append(everything)
    first = everything.values[0, 1, 2]
    assert buckets(curve)[0] == (0, first, first, first)
    assert curve.last_step == 49_999


def test_early_steps_stay_sharp_when_the_curve_is_long() -> None:
    curve = LossCurve(models=2)
    curve.append(records(list(range(1000))))
    curve.append(records(list(range(1000, 10_000_000, 997))))
    ends = curve.arrays(0, 0)[0]
    assert ends[:30].tolist() == list(range(30))
    early = ends[ends < 1000]
    assert (np.diff(early) <= np.maximum(early[1:] / 30, 1)).all()


def test_few_records_are_drawn_as_they_are() -> None:
    everything = records([0, 1, 2, 5, 9])
    curve = LossCurve(models=2)
    curve.append(everything)
    ends, low, high, last = curve.arrays(0, 1)
    assert ends.tolist() == [0, 1, 2, 5, 9]
    for array in (low, high, last):
        np.testing.assert_array_equal(array, everything.values[:, 0, 1])


def test_two_values_at_one_step_both_count() -> None:
    curve = LossCurve(models=1)
    for value in (1.0, 4.0, 2.0):
        curve.append(LossRecords(1, np.array([7]), np.full((1, 1, 3), value)))
    assert buckets(curve, 0, 0) == [(7, 1.0, 4.0, 2.0)]


@given(growing_steps, st.integers(0, 100_000))
def test_truncating_leaves_nothing_after_the_step(steps: list[int], cut: int) -> None:
    everything = records(steps)
    curve = LossCurve(models=2, capacity=64)
    curve.append(everything)
    curve.truncate(cut)

    ends, low, high, last = curve.arrays(1, 2)
    assert (ends <= cut).all()
    before = set(everything.values[everything.step <= cut, 1, 2].tolist())
    for array in (low, high, last):
        assert set(array.tolist()) <= before
    assert ends[0] == 0

    curve.append(records([cut + 1], seed=3))
    assert curve.last_step == cut + 1


def test_a_bucket_across_the_cut_keeps_its_first_record() -> None:
    steps = list(range(4000))
    everything = records(steps)
    curve = LossCurve(models=2, capacity=64)
    curve.append(everything)
    ends = curve.arrays(0, 0)[0]
    start, end = int(ends[-2]) + 1, int(ends[-1])
    assert end - start > 2
    curve.truncate(end - 1)
    first = everything.values[start, 0, 0]
    assert buckets(curve, 0, 0)[-1] == (start, first, first, first)


def test_infinite_and_undefined_values_do_not_spread() -> None:
    curve = LossCurve(models=1, capacity=16)
    values = np.ones((3000, 1, 3))
    values[1500] = np.nan
    curve.append(LossRecords(1, np.arange(3000), values))
    assert np.isfinite(curve.arrays(0, 0)[1]).all()
    assert np.isfinite(curve.arrays(0, 0)[2]).all()


@given(growing_steps, st.integers(1, 50), st.data())
def test_held_out_values_come_and_go_and_every_one_is_inside_a_bucket(
    steps: list[int], batch: int, data: st.DataObject
) -> None:
    everything = records(steps)
    held_out = records(steps, seed=1).values.copy()
    known = np.zeros(len(steps), dtype=bool)
    curve = LossCurve(models=2, capacity=64)
    for start in range(0, len(steps), batch):
        part = slice(start, start + batch)
        known[part] = is_known = data.draw(st.booleans())
        values = held_out[part] if is_known else None
        curve.append(LossRecords(1, everything.step[part], everything.values[part], held_out=values))

    assert curve.has_held_out == known.any()
    ends, low, high, last = curve.arrays(1, 2, held_out=True)
    assert ends.tolist() == curve.arrays(1, 2)[0].tolist()
    owner = np.searchsorted(ends, everything.step)
    for bucket in range(len(curve)):
        inside = held_out[(owner == bucket) & known, 1, 2]
        if inside.size:
            assert (inside.min(), inside.max(), inside[-1]) == (low[bucket], high[bucket], last[bucket])
        else:
            assert np.isnan([low[bucket], high[bucket], last[bucket]]).all()


def test_held_out_values_are_cut_with_the_curve() -> None:
    steps = list(range(4000))
    everything, held_out = records(steps), records(steps, seed=1).values
    curve = LossCurve(models=2, capacity=64)
    curve.append(LossRecords(1, everything.step, everything.values, held_out=held_out))
    start, end = (int(step) for step in curve.arrays(0, 0)[0][-2:])
    curve.truncate(end - 1)
    assert [array[-1] for array in curve.arrays(0, 0, held_out=True)[1:]] == [held_out[start + 1, 0, 0]] * 3


def test_records_of_another_number_of_models_are_refused() -> None:
    with pytest.raises(ValueError, match="another number of models"):
        LossCurve(models=1).append(records([0], models=2))


def test_marks_are_kept_once_and_cut_with_the_curve() -> None:
    curve = LossCurve(models=1)
    for step in (3, 3, 8):
        curve.add_mark(Mark(1, step, "data"))
    curve.add_mark(Mark(1, 8, "settings"))
    assert [(mark.step, mark.kind) for mark in curve.marks] == [(3, "data"), (8, "data"), (8, "settings")]
    curve.truncate(5)
    assert [mark.step for mark in curve.marks] == [3]


def test_marks_are_bounded_and_keep_the_lonely_ones() -> None:
    curve = LossCurve(models=1)
    curve.add_mark(Mark(1, 0, "data"))
    for step in range(10_000, 12_000):
        curve.add_mark(Mark(1, step, "data"))
    curve.add_mark(Mark(1, 99_999, "data"))
    assert len(curve.marks) == 512
    assert (curve.marks[0].step, curve.marks[-1].step) == (0, 99_999)


def filled_history(byte_budget: int, checkpoints: int) -> History:
    spec = compare_spec()
    history = History(byte_budget)
    history.begin_segment(spec, TrainingData.from_samples(spec.samples, 2).scaler, 0)
    state = start_state(spec)
    for step in range(checkpoints):
        state.step = step
        history.add(state, np.ones(2))
    return history


def test_old_checkpoints_are_thinned_within_the_budget() -> None:
    history = filled_history(byte_budget=100_000, checkpoints=1000)
    assert history.byte_count <= 100_000
    steps = [checkpoint.step for checkpoint in history.checkpoints]
    assert steps[0] == 0
    assert steps[-10:] == list(range(990, 1000))
    gaps = np.diff(steps)
    assert gaps[: len(gaps) // 2].mean() > gaps[len(gaps) // 2 :].mean()


def test_checkpoint_at_or_before_a_step() -> None:
    history = filled_history(10**9, 5)
    history.checkpoints[1:4] = []
    assert [history.at_or_before(step).step for step in (0, 3, 4, 9)] == [0, 0, 4, 4]


def test_edits_beyond_the_budget_let_go_of_old_samples_but_of_no_newest_ones() -> None:
    spec = compare_spec(people(500))
    history = History(byte_budget=200_000)
    state = start_state(spec)
    for step in range(100):
        spec = moved(spec, delta_kg=1.0)
        history.begin_segment(spec, TrainingData.from_samples(spec.samples, 2).scaler, step)
        state.step = step
        history.add(state, np.ones(2))
    assert history.byte_count <= 200_000
    assert not history.segments[0].is_replayable
    assert history.segments[-1].is_replayable
    assert history.at_or_before(10**6).segment.spec.samples.blocks == spec.samples.blocks


def test_shared_blocks_are_counted_once() -> None:
    spec = compare_spec(people(500))
    scaler = TrainingData.from_samples(spec.samples, 2).scaler
    history = History()
    history.begin_segment(spec, scaler, 0)
    one = history.byte_count
    segment = history.begin_segment(compare_spec(spec.samples, batch_size=8), scaler, 1)
    assert history.byte_count == one
    history.begin_segment(moved(spec), scaler, 2)
    assert history.byte_count == 2 * one
    history.truncate(1, segment)
    assert history.byte_count == one


def test_a_stretch_without_a_step_is_replaced() -> None:
    spec = compare_spec()
    scaler = TrainingData.from_samples(spec.samples, 2).scaler
    history = History()
    history.begin_segment(spec, scaler, 0)
    history.add(start_state(spec), np.ones(2))
    history.begin_segment(moved(spec), scaler, 0)
    assert len(history.segments) == 1
    assert history.checkpoints == []


def test_last_good_is_the_newest_within_twice_the_best_of_every_model() -> None:
    spec = compare_spec()
    history = History()
    history.begin_segment(spec, TrainingData.from_samples(spec.samples, 2).scaler, 0)
    state = start_state(spec)
    losses = [(1.0, 1.0), (0.5, 0.4), (0.9, 0.5), (0.6, 0.9), (np.nan, 0.4), (0.5, np.inf)]
    for step, pair in enumerate(losses):
        state.step = step
        history.add(state, np.array(pair))
    assert history.last_good().step == 2
