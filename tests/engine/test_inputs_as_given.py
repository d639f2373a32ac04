"""Samples without z-scores and models without a bias: the curriculum's one-sample example and its trap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.curvature import hessian
from engine.examples import ONE_SAMPLE, TRAP
from engine.metrics import model_metrics
from engine.models import layout_of, logits
from engine.optimum.best_mse import best_found_mse
from engine.optimum.optimum import find_optimum
from engine.optimum.separability import separability_of
from engine.running.compiled import obstacle, same_steps
from engine.running.run import Run
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, carry_state, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import MOMENTUM, compare_spec, moved, softmax_spec

LOGISTIC = ModelSpec("logistic", 2)
WITH_BIAS = StartSpec("exact", parameters=(1.0, 2.0, 3.0))


def as_given(example, start, losses=("bce", "mse"), rate=0.5, **changes):
    samples = Samples.from_columns(example.x1, example.x2, example.label)
    spec = TrainingSpec(
        LOGISTIC,
        losses,
        samples,
        0,
        (0, 1),
        optimizer=OptimizerSpec("gd", rate),
        start=StartSpec("exact", parameters=(*start, 0.0)),
        standardize=False,
        bias=False,
    )
    return replace(spec, **changes)


def steps_until_confident(spec, most):
    """For each model, steps until p > 0.9 for the only sample; None if not within `most`."""
    data = TrainingData.of(spec)
    stepper, state = Stepper(spec, data), start_state(spec)
    found = [None] * len(spec.losses)
    for step in range(1, most + 1):
        stepper.advance(state, 1)
        for row, parameters in enumerate(state.parameters):
            z = logits(LOGISTIC, parameters, data.design)[0, 0]
            if found[row] is None and 1.0 / (1.0 + np.exp(-z)) > 0.9:
                found[row] = step
    return found, state


class TestOneSample:
    def test_from_far_away_bce_takes_31_steps_and_mse_has_not_moved_after_200_000(self):
        spec = as_given(ONE_SAMPLE, (-10.0, -10.0))
        (bce, mse), _ = steps_until_confident(spec, 100)
        assert (bce, mse) == (31, None)
        state = start_state(spec)
        Stepper(spec, TrainingData.of(spec)).advance(state, 200_000)
        movement = state.parameters[1, :2] + 10.0
        assert (movement > 0.0).all()
        assert (movement < 0.0005).all()

    def test_from_nearby_it_is_15_steps_against_70(self):
        found, state = steps_until_confident(as_given(ONE_SAMPLE, (-2.0, -2.0)), 100)
        assert found == [15, 70]
        assert not state.parameters[:, 2].any()

    def test_it_may_be_trained_though_it_has_one_class_alone(self):
        spec = as_given(ONE_SAMPLE, (-2.0, -2.0))
        assert obstacle(spec) is None
        assert obstacle(replace(spec, standardize=True)) is not None
        run = Run(spec)
        run.advance(70)
        assert run.state.step == 70
        assert run.snapshot().scaler == Standardizer.identity()


class TestTrap:
    @pytest.mark.parametrize(
        ("start", "minimum", "loss"),
        [
            ((-0.5, -1.0), (-0.373, -1.076), 0.1211),
            ((0.0, 0.0), (-0.373, -1.076), 0.1211),
            ((2.0, -3.5), (2.047, -3.622), 0.2820),
            ((2.5, -4.0), (2.047, -3.622), 0.2820),
        ],
    )
    def test_descent_on_mse_ends_in_the_minimum_next_to_its_start(self, start, minimum, loss):
        spec = as_given(TRAP, start, ("mse",), rate=1.0)
        data = TrainingData.of(spec)
        state = start_state(spec)
        Stepper(spec, data).advance(state, 40_000)
        np.testing.assert_allclose(state.parameters[0, :2], minimum, atol=6e-4)
        assert state.parameters[0, 2] == 0.0
        assert model_metrics(LOGISTIC, state.parameters[0], data)[1] == pytest.approx(loss, abs=5e-5)
        curvature = hessian(LOGISTIC, state.parameters[0], data, "mse")[:2, :2]
        assert np.linalg.eigvalsh(curvature)[0] > 0.0

    @pytest.mark.parametrize("start", [(-0.5, -1.0), (2.0, -3.5), (5.0, 5.0)])
    def test_descent_on_bce_ends_in_its_one_minimum_from_anywhere(self, start):
        spec = as_given(TRAP, start, ("bce",), rate=0.5)
        data = TrainingData.of(spec)
        state = start_state(spec)
        Stepper(spec, data).advance(state, 20_000)
        optimum = find_optimum(LOGISTIC, data)
        np.testing.assert_allclose(state.parameters[0], optimum.parameters, atol=1e-8)

    def test_its_optimum_has_no_bias_and_its_best_found_mse_is_the_lower_minimum(self):
        data = TRAP.training_data()
        optimum, best = find_optimum(LOGISTIC, data), best_found_mse(LOGISTIC, data)
        assert optimum.parameters[2] == best.parameters[2] == 0.0
        assert optimum.gradient_max < 1e-10
        assert "These are the best weights" in str(optimum.message)
        np.testing.assert_allclose(best.parameters[:2], (-0.373, -1.076), atol=6e-4)
        assert best.mse == pytest.approx(0.1211, abs=5e-5)

    def test_a_spec_reads_it_as_the_example_gives_it(self):
        data, given = TrainingData.of(as_given(TRAP, (0.0, 0.0))), TRAP.training_data()
        assert (data.design == given.design).all()
        assert (data.class_index == given.class_index).all()
        assert data.scaler == given.scaler
        assert not data.has_bias
        assert TrainingData.of(as_given(TRAP, (0.0, 0.0), bias=True)).has_bias


class TestWithoutBias:
    @pytest.mark.parametrize(
        "spec",
        [
            compare_spec(bias=False, start=StartSpec("normal", 2.0)),
            compare_spec(
                bias=False, start=StartSpec("exact", parameters=(1.0, 2.0, 3.0)), optimizer=MOMENTUM
            ),
            compare_spec(
                bias=False, start=StartSpec("normal"), batch_size=7, optimizer=OptimizerSpec("adam")
            ),
            softmax_spec(bias=False),
            compare_spec(model=ModelSpec("mlp", 2, (4, 3), "tanh"), bias=False, start=StartSpec("normal")),
            compare_spec(model=ModelSpec("mlp", 2, (4, 3), "sigmoid"), bias=False, start=StartSpec("normal")),
        ],
        ids=["normal", "exact", "adam", "softmax", "tanh", "sigmoid"],
    )
    def test_every_bias_is_0_and_stays_0_through_an_edit(self, spec):
        biases = layout_of(spec.model).bias_positions
        run = Run(spec)
        for _ in range(3):
            run.advance(20)
            assert not run.state.parameters[:, biases].any()
            assert run.state.parameters.any()
            spec = moved(spec)
            run.set_spec(spec)
        run.train_from(run.state.parameters[0] + 1.0, Standardizer(100.0, 50.0, 3.0, 3.0))
        assert not run.state.parameters[:, biases].any()

    def test_taking_the_bias_away_drops_what_a_momentum_knows_of_it(self):
        spec = compare_spec(optimizer=MOMENTUM)
        data, without = TrainingData.of(spec), replace(spec, bias=False)
        state = start_state(spec)
        Stepper(spec, data).advance(state, 20)
        carried = carry_state(state, spec, data, without, TrainingData.of(without))
        assert not carried.parameters[:, 2].any()
        assert not carried.slots[..., 2].any()
        assert (carried.slots[..., :2] == state.slots[..., :2]).all()

    def test_a_tie_is_class_1_without_a_bias_too(self):
        data = TrainingData.of(compare_spec(bias=False))
        share = np.mean(data.class_index == 0)
        assert model_metrics(LOGISTIC, np.zeros(3), data)[2] == pytest.approx(share)

    def test_other_inputs_make_other_steps(self):
        spec = compare_spec()
        assert same_steps(spec, replace(spec, data_revision=9))
        assert not same_steps(spec, replace(spec, bias=False))
        assert not same_steps(spec, replace(spec, standardize=False))

    def test_without_z_scores_the_line_stays_and_the_scaler_is_the_identity(self):
        spec = compare_spec(optimizer=OptimizerSpec("gd", 1e-6))
        run = Run(spec)
        run.advance(5)
        before = run.snapshot()
        run.set_spec(replace(spec, standardize=False))
        after = run.snapshot()
        assert after.scaler == Standardizer.identity()
        np.testing.assert_allclose(
            after.parameters, before.scaler.to_original_units(before.parameters), rtol=1e-12
        )


class TestSeparationThroughTheOrigin:
    @pytest.mark.parametrize(
        ("x", "y", "labels", "with_bias", "without"),
        [
            ([1, 2], [0, 0], [0, 1], "complete", "none"),
            ([-1, 2], [0, 0], [0, 1], "complete", "complete"),
            ([1, 1, 2], [0, 1, 0], [0, 1, 0], "complete", "complete"),
            ([0, 1], [0, 0], [0, 1], "complete", "quasi"),
            ([1, 2, -1, -2], [0, 0, 1, 1], [1, 0, 0, 0], "complete", "quasi"),
            ([1, 2, -1, -2, 0, 0], [0, 0, 0, 0, 1, -1], [1, 0, 0, 1, 0, 0], "none", "none"),
            ([1, 2], [1, 1], [1, 1], "quasi", "complete"),
            ([1, -1], [1, -1], [1, 1], "quasi", "none"),
        ],
    )
    def test_only_lines_through_the_origin_count(self, x, y, labels, with_bias, without):
        x, y, labels = np.array(x, dtype=float), np.array(y, dtype=float), np.array(labels)
        if with_bias != "quasi":  # with a bias an empty class is told from the other by it alone
            assert separability_of(x, y, labels, 2).kind == with_bias
        assert separability_of(x, y, labels, 2, bias=False).kind == without

    def test_the_loss_of_quasi_separation_is_what_its_open_comparisons_leave(self):
        # Two equal samples of both classes on the axis, one that can be won for ever beside it.
        samples = Samples.from_columns([1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0, 1, 1])
        spec = compare_spec(samples, standardize=False, bias=False)
        optimum = find_optimum(LOGISTIC, TrainingData.of(spec))
        assert (optimum.separable, optimum.parameters) == ("quasi", None)
        assert optimum.cross_entropy == pytest.approx(2.0 * np.log(2.0) / 3.0)

    def test_softmax_without_biases_has_its_optimum(self):
        spec = softmax_spec(bias=False)
        data = TrainingData.of(spec)
        optimum = find_optimum(spec.model, data)
        assert optimum.separable == "none"
        assert not optimum.parameters[2::3].any()
        rows = optimum.parameters.reshape(3, 3)
        z = rows @ data.design
        p = np.exp(z) / np.exp(z).sum(axis=0)
        error = p - np.equal(np.arange(3)[:, None], data.class_index)
        assert np.abs(error @ data.design.T / len(data)).max() < 1e-10
