"""Landscapes, the way down and many runs at once, of losses with smoothed labels."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batched_descent import LogisticRuns, Target, steps_to_target
from engine.batched_losses import batched_loss
from engine.curvature import hessian
from engine.gradients import LossGradient
from engine.landscape.grid import landscape_source
from engine.landscape.minima import local_minimum
from engine.landscape.planes import Plane
from engine.metrics import model_metrics
from engine.models import layout_of
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import SMOOTHED_KINDS, OptimizerSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import compare_spec
from tests.engine.test_label_smoothing import EPSILON, data_of, model_of, some_parameters


class TestLandscapes:
    @pytest.mark.parametrize("kind", SMOOTHED_KINDS)
    def test_the_loss_of_many_models_is_each_ones_own(self, kind):
        model = model_of(kind)
        data = data_of(model)
        rows = np.array([some_parameters(model, seed) for seed in range(4)])
        for column, loss in enumerate((model.likelihood, "mse")):
            expected = [model_metrics(model, row, data)[column] for row in rows]
            np.testing.assert_allclose(batched_loss(model, loss, data)(rows), expected, rtol=1e-12)

    @pytest.mark.parametrize("kind", ["logistic", "softmax"])
    def test_every_point_has_its_loss_and_curvature(self, kind):
        model = model_of(kind)
        data, origin = data_of(model), some_parameters(model)
        plane = Plane.of_weights(origin, 0, 1, (-3.0, 3.0), (-2.0, 4.0), 5, 4)
        losses = (model.likelihood, "mse")
        for loss, grid in zip(losses, landscape_source(model, data, losses).grids(plane), strict=True):
            rows = plane.grid_parameters().reshape(-1, origin.size)
            expected = batched_loss(model, loss, data)(rows).reshape(4, 5)
            np.testing.assert_allclose(grid.loss, expected, rtol=1e-12)
            for row, found in zip(rows, grid.smallest_eigenvalue.ravel(), strict=True):
                slice_of_all = hessian(model, row, data, loss)[:2, :2]
                assert found == pytest.approx(np.linalg.eigvalsh(slice_of_all)[0], abs=1e-12)

    @pytest.mark.parametrize("loss", ["bce", "mse"])
    def test_with_the_bias_minimised_out_no_other_bias_is_lower(self, loss):
        model = model_of("logistic")
        data = data_of(model)
        plane = Plane.of_weights(np.zeros(3), 0, 1, (-4.0, 4.0), (-4.0, 4.0), 4, 3)
        (grid,) = landscape_source(model, data, (loss,), (0.0, 0.0, 1.0)).grids(plane)
        rows = plane.grid_parameters().reshape(-1, 3)
        function = batched_loss(model, loss, data)
        best = rows + np.outer(grid.minimiser.ravel(), [0.0, 0.0, 1.0])
        np.testing.assert_allclose(function(best), grid.loss.ravel(), rtol=1e-12)
        for bias in np.linspace(-12.0, 12.0, 97):
            moved = rows.copy()
            moved[:, 2] = bias
            assert (function(moved) >= grid.loss.ravel() - 1e-12).all()
        for row, found in zip(best, grid.smallest_eigenvalue.ravel(), strict=True):
            full = hessian(model, row, data, loss)
            schur = full[:2, :2] - np.outer(full[:2, 2], full[2, :2]) / full[2, 2]
            assert found == pytest.approx(np.linalg.eigvalsh(schur)[0], abs=1e-9)

    def test_one_class_alone_has_a_finite_best_bias(self):
        """Of labels it lies at infinity; of smoothed ones p meets the target."""
        samples = Samples.from_columns([150.0, 160.0, 170.0], [50.0, 62.0, 58.0], [1, 1, 1])
        data = TrainingData.from_samples(samples, 2, label_smoothing=EPSILON)
        plane = Plane.of_weights(np.zeros(3), 0, 1, (0.0, 1.0), (0.0, 1.0), 2, 2)
        for grid in landscape_source(model_of("logistic"), data, ("bce", "mse"), (0.0, 0.0, 1.0)).grids(
            plane
        ):
            assert grid.minimiser[0, 0] == pytest.approx(np.log(9.0), rel=1e-6)

    @pytest.mark.parametrize(("kind", "loss"), [("logistic", "mse"), ("softmax", "ce"), ("sigmoids", "bce")])
    def test_the_way_down_ends_where_the_gradient_does(self, kind, loss):
        model = model_of(kind)
        data = data_of(model)
        minimum = local_minimum(model, loss, data, np.zeros(layout_of(model).parameter_count))
        assert np.abs(LossGradient(model, loss, data)(minimum.parameters)).max() < 1e-9


class TestManyRuns:
    @pytest.mark.parametrize("measure", ["bce", "mse", "accuracy"])
    @pytest.mark.parametrize("loss", ["bce", "mse"])
    def test_steps_to_a_target_are_those_of_single_runs(self, loss, measure):
        model = model_of("logistic")
        spec = compare_spec(
            losses=(loss,), label_smoothing=EPSILON, optimizer=OptimizerSpec(learning_rate=0.5)
        )
        data = TrainingData.of(spec)
        optimum = find_optimum(model, data)
        reference = dict(zip(("bce", "mse"), model_metrics(model, optimum.parameters, data)[:2], strict=True))
        target = (
            Target("accuracy", 0.8) if measure == "accuracy" else Target(measure, 1.1 * reference[measure])
        )
        starts = 2.0 * np.array([some_parameters(model, seed) for seed in range(6)])
        found = steps_to_target(LogisticRuns(data, loss, target), starts, 0.5, 4000)
        column = ("bce", "mse", "accuracy").index(measure)
        for start, steps in zip(starts, found.tolist(), strict=True):
            state, stepper = start_state(spec), Stepper(spec, data)
            state.parameters[0] = start
            for step in range(steps + 1):
                value = stepper.metrics(state)[0, column]
                arrived = value <= 0.2 if measure == "accuracy" else value <= target.threshold
                assert arrived == (step == steps)
                stepper.advance(state, 1)
        assert (found > 0).any()
