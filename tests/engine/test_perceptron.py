"""The step model: a gradient of exactly 0, Rosenblatt's rule, and the lines that it ends on."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from engine.batches import epoch_order
from engine.gradients import gradient_norms
from engine.metrics import model_metrics
from engine.models import probabilities, start_parameters
from engine.perceptron import perceptron_fan
from engine.running.history import LossCurve
from engine.running.run import Run
from engine.samples import Samples
from engine.snapshots import Mistakes, RegionRequest
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, carry_state, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import assert_same_state, compare_spec, moved, people

STEP = ModelSpec("step", 2)
RULE = OptimizerSpec("perceptron", 0.5)


def step_spec(samples=None, **changes):
    samples = people() if samples is None else samples
    changes.setdefault("start", StartSpec("exact", parameters=(5.0, -5.0, 0.0)))
    return replace(
        TrainingSpec(STEP, ("mse",), samples, 1, (0, 1), seed=5, optimizer=RULE),
        **changes,
    )


def separable(n=80, gap=0.4, seed=2):
    """Two clouds on either side of a slanted strip without samples."""
    generator = np.random.default_rng(seed)
    x, y = generator.normal(0.0, 1.0, (2, n))
    side = 0.8 * x + 0.6 * y - 0.2
    keep = np.abs(side) > gap
    return Samples.from_columns(170.0 + 9.0 * x[keep], 65.0 + 12.0 * y[keep], (side[keep] > 0.0).astype(int))


def trained(spec, *slices):
    stepper, state = Stepper(spec, TrainingData.of(spec)), start_state(spec)
    for n_steps in slices:
        stepper.advance(state, n_steps)
    return state


def visits(data, seed, n_steps):
    """Which sample each step of the rule sees."""
    for step in range(n_steps):
        epoch, position = divmod(step, len(data))
        yield int(epoch_order(data.sample_id, seed, epoch)[position])


class TestGradientDescent:
    @pytest.mark.parametrize("kind", ["gd", "momentum", "adam"])
    @pytest.mark.parametrize("batch_size", [None, 7])
    def test_it_leaves_every_bit_as_it_is(self, kind, batch_size):
        start = (0.1, -0.7, 1.0 / 3.0)
        spec = step_spec(
            optimizer=OptimizerSpec(kind, 5.0),
            batch_size=batch_size,
            start=StartSpec("exact", parameters=start),
        )
        state = trained(spec, 500)
        assert state.step == 500
        assert state.parameters.tobytes() == np.array([start]).tobytes()
        assert gradient_norms(spec, state.parameters, TrainingData.of(spec)).tolist() == [0.0]

    def test_a_run_of_it_goes_on_without_divergence_or_warning(self):
        run = Run(step_spec(optimizer=OptimizerSpec("gd", 100.0)))
        run.advance(2000)
        assert (run.state.step, run.stop, run.warning) == (2000, None, None)


class TestMetrics:
    def test_mse_is_the_error_rate_and_bce_is_infinite_as_soon_as_one_is_wrong(self):
        data = TrainingData.of(step_spec())
        parameters = np.array([0.3, 1.0, 0.1])
        answers = (parameters @ data.design >= 0.0).astype(int)
        wrong = np.count_nonzero(answers != data.class_index) / len(data)
        assert 0.0 < wrong < 0.5
        assert model_metrics(STEP, parameters, data).tolist() == [math.inf, wrong, wrong]

    def test_all_right_is_no_loss_at_all(self):
        spec = step_spec(separable())
        right = trained(spec, 4000).parameters[0]
        assert model_metrics(STEP, right, TrainingData.of(spec)).tolist() == [0.0, 0.0, 0.0]

    def test_a_tie_is_class_1(self):
        data = TrainingData.of(step_spec())
        share = float(np.mean(data.class_index == 0))
        assert model_metrics(STEP, np.zeros(3), data).tolist() == [math.inf, share, share]
        assert probabilities(STEP, np.zeros(3), data.design)[:, 0].tolist() == [0.0, 1.0]

    def test_numbers_that_are_not_finite_give_no_losses(self):
        data = TrainingData.of(step_spec())
        assert np.isnan(model_metrics(STEP, np.array([np.inf, 0.0, 0.0]), data)).all()

    def test_infinite_losses_are_recorded_and_break_no_curve(self):
        ticks = count()  # how often it records depends on what steps and metrics cost by the clock
        run = Run(step_spec(), clock=lambda: float(next(ticks)))
        run.advance(5000)
        records, _ = run.take_records()
        curve = LossCurve(models=1, capacity=64)
        for batch in records:
            curve.append(batch)
        steps, low, high, last = curve.arrays(0, 0)
        assert steps[-1] > 4000
        assert np.isinf(low).any()
        assert not np.isnan(np.concatenate([low, high, last])).any()
        rates = np.concatenate([batch.values[:, 0, 2] for batch in records])
        assert ((rates >= 0.0) & (rates <= 1.0)).all()


class TestRule:
    def test_it_is_rosenblatts_sample_by_sample(self):
        spec = step_spec()
        data = TrainingData.of(spec)
        weights = start_parameters(spec)[0]
        for sample in visits(data, spec.seed, 3 * len(data) + 11):
            x, y = data.design[:, sample], data.class_index[sample]
            p = 1.0 if (weights[0] * x[0] + weights[1] * x[1]) + weights[2] * x[2] >= 0.0 else 0.0
            weights = weights + 0.5 * (y - p) * x
        state = trained(spec, 3 * len(data) + 11)
        assert state.parameters[0].tolist() == weights.tolist()
        assert (state.epoch, state.position) == (3, 11)

    @pytest.mark.parametrize("slices", [(1,) * 200, (7, 193), (59, 1, 60, 80)])
    def test_bits_and_counts_do_not_depend_on_slices(self, slices):
        spec = step_spec()
        one, other = trained(spec, 200), trained(spec, *slices)
        assert_same_state(one, other)
        assert (one.mistakes == other.mistakes).all()

    def test_mistakes_are_counted_by_epoch(self):
        spec = step_spec()
        data = TrainingData.of(spec)
        state, stepper = start_state(spec), Stepper(spec, data)
        assert state.mistakes.tolist() == [[0, -1]]
        in_epoch, last = 0, -1
        for sample in visits(data, spec.seed, 150):
            x, y = data.design[:, sample], data.class_index[sample]
            in_epoch += int((state.parameters[0] @ x >= 0.0) != (y == 1))
            stepper.advance(state, 1)
            if state.position == 0:
                in_epoch, last = 0, in_epoch
            assert state.mistakes.tolist() == [[in_epoch, last]]

    def test_on_separable_samples_it_settles_within_novikoffs_bound(self):
        spec = step_spec(separable(), start=StartSpec("zeros"), optimizer=OptimizerSpec("perceptron", 1.0))
        data = TrainingData.of(spec)
        state, stepper = start_state(spec), Stepper(spec, data)
        mistakes = 0
        for _ in range(1000):
            stepper.advance(state, len(data))
            mistakes += int(state.mistakes[0, 1])
            if state.mistakes[0, 1] == 0:
                break
        assert state.mistakes.tolist() == [[0, 0]]
        signed = data.design * (2.0 * data.class_index - 1.0)
        # Any separating line's margin bounds the mistakes from above; a good one's bounds them closely.
        directions = np.random.default_rng(0).normal(size=(20_000, 3))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        margin = (directions @ signed).min(axis=1).max()
        longest = np.linalg.norm(data.design, axis=0).max()
        assert margin > 0.0
        assert 0 < mistakes <= (longest / margin) ** 2
        settled = state.parameters.copy()
        stepper.advance(state, 5 * len(data))
        assert (state.parameters == settled).all()
        assert model_metrics(STEP, settled[0], data)[2] == 0.0

    def test_on_overlapping_samples_it_never_settles(self):
        spec = step_spec()
        data = TrainingData.of(spec)
        state, stepper = start_state(spec), Stepper(spec, data)
        for _ in range(300):
            before = state.parameters.copy()
            stepper.advance(state, len(data))
            assert state.mistakes[0, 1] > 0
            assert (state.parameters != before).any()

    def test_without_a_bias_the_line_goes_through_the_middle(self):
        spec = step_spec(bias=False)
        state = trained(spec, 300)
        assert state.parameters[0, 2] == 0.0
        assert state.parameters[0, :2].tolist() != [5.0, -5.0]

    def test_another_model_is_refused(self):
        spec = compare_spec(optimizer=RULE)
        with pytest.raises(ValueError, match="perceptron rule does not train a logistic model"):
            Stepper(spec, TrainingData.of(spec))

    def test_one_sample_alone_is_an_epoch(self):
        spec = step_spec(Samples.from_columns([2.0], [1.0], [1]), standardize=False)
        spec = replace(spec, start=StartSpec("exact", parameters=(-1.0, 0.0, 0.0)))
        state = trained(spec, 1)
        assert state.parameters[0].tolist() == [0.0, 0.5, 0.5]
        assert (state.epoch, state.position, state.mistakes.tolist()) == (1, 0, [[0, 1]])


class TestRun:
    def test_a_snapshot_tells_the_mistakes(self):
        run = Run(step_spec())
        assert run.snapshot().mistakes == (Mistakes(0, 0, None),)
        run.advance(125)
        (mistakes,) = run.snapshot().mistakes
        counts = run.state.mistakes[0].tolist()
        assert (mistakes.epoch, mistakes.so_far, mistakes.last_epoch) == (2, *counts)
        assert Run(step_spec(optimizer=OptimizerSpec("gd"))).snapshot().mistakes is None

    def test_the_past_comes_back_with_its_counts(self):
        run = Run(step_spec())
        run.advance(400)
        for step in (130, 7, 399):
            run.seek(step)
            expected = trained(step_spec(), step)
            assert_same_state(run.state, expected)
            assert (run.state.mistakes == expected.mistakes).all()

    def test_an_edit_keeps_the_line_and_goes_on_counting(self):
        spec = step_spec()
        data, edited = TrainingData.of(spec), moved(spec)
        state = trained(spec, 130)
        carried = carry_state(state, spec, data, edited, TrainingData.of(edited))
        assert carried.position > 0
        assert (carried.mistakes == state.mistakes).all()
        reseeded = replace(spec, seed=6)
        carried = carry_state(state, spec, data, reseeded, data)
        assert (carried.position, carried.mistakes[0, 0]) == (0, 0)
        assert carried.mistakes[0, 1] == state.mistakes[0, 1]

    def test_logistic_and_step_share_their_weights(self):
        logistic = compare_spec()
        run = Run(logistic)
        run.advance(40)
        weights = run.state.parameters.copy()
        run.set_spec(step_spec(logistic.samples, optimizer=OptimizerSpec("gd")))
        assert run.state.parameters.tobytes() == weights[1:].tobytes()
        run.set_spec(logistic)
        assert run.state.parameters.tobytes() == np.stack([weights[1]] * 2).tobytes()

    def test_its_map_is_a_cliff(self):
        run = Run(step_spec())
        request = RegionRequest(140.0, 200.0, 40.0, 100.0, 30, 20, 0)
        probability = run.snapshot(request=request).regions.probability
        assert np.unique(probability).tolist() == [0.0, 1.0]
        assert (probability.sum(axis=0) == 1.0).all()


class TestFan:
    def test_thirty_starts_end_on_thirty_lines_that_all_separate(self):
        data = TrainingData.of(step_spec(separable()))
        lines = perceptron_fan(data, 30, seed=1, epochs=500)
        assert lines.shape == (30, 3)
        assert all(model_metrics(STEP, line, data)[2] == 0.0 for line in lines)
        directions = lines / np.linalg.norm(lines, axis=1, keepdims=True)
        assert len(np.unique(directions.round(6), axis=0)) > 20
        assert (perceptron_fan(data, 30, seed=1, epochs=500) == lines).all()

    def test_each_line_is_where_training_from_its_start_ends(self):
        samples = people()
        data = TrainingData.of(step_spec(samples))
        start = perceptron_fan(data, 4, seed=5, epochs=0)[2]
        spec = step_spec(
            samples,
            start=StartSpec("exact", parameters=tuple(start.tolist())),
            optimizer=OptimizerSpec("perceptron", 1.0),
        )
        end = perceptron_fan(data, 4, seed=5, epochs=6)[2]
        assert end.tolist() == trained(spec, 6 * len(data)).parameters[0].tolist()

    def test_people_with_no_label_at_all_are_left_out_of_it(self):
        rows = separable().rows
        label_set = [0, *(1 << rows.class_index[1:])]  # the first carries none of the two labels
        class_index = [-1, *rows.class_index[1:]]
        some = Samples.from_columns(rows.height_cm, rows.weight_kg, class_index, label_set=label_set)
        data = TrainingData.of(step_spec(some))
        lines = perceptron_fan(data, 5, seed=1, epochs=500)
        assert len(data.for_model(STEP)) == len(rows.class_index) - 1
        assert all(model_metrics(STEP, line, data.for_model(STEP))[2] == 0.0 for line in lines)

    def test_it_can_be_stopped(self):
        assert perceptron_fan(TrainingData.of(step_spec()), should_stop=lambda: True) is None

    def test_without_a_bias_no_line_has_one(self):
        data = TrainingData.of(step_spec(bias=False))
        assert not perceptron_fan(data, 5, epochs=2)[:, 2].any()
