"""Landscapes of models with hidden layers against sums over samples, exact Hessians and differences."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batched_losses import batched_loss
from engine.hidden.hessian import HessianProduct
from engine.hidden.nonconvexity import Slices, layer_slice
from engine.landscape.grid import SampledLandscape
from engine.landscape.hidden import HiddenLandscape
from engine.landscape.planes import Plane
from engine.models import layout_of
from engine.specs import ModelSpec
from tests.engine.mlp_examples import MODELS, data, loss_and_gradient_in_loops, name_of, random_parameters

BINARY = ("bce", "mse")
every_model = pytest.mark.parametrize("model", MODELS, ids=name_of)


def pairs_of(model):
    """Two weights of one unit, of two units, of two layers, of the output, and a weight with a bias."""
    count, inputs = layout_of(model).parameter_count, 3
    last = count - layout_of(model).layers[-1].parameter_count
    pairs = {(0, 1), (0, min(inputs, last)), (1, count - 1), (last, count - 1), (2, last - 1)}
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def plane_of(model, pair, columns=4, rows=3):
    return Plane.of_weights(random_parameters(model), *pair, (-2.0, 2.5), (-1.5, 2.0), columns, rows)


def slice_hessian(model, loss, samples, plane, row):
    directions = np.stack([plane.direction_u, plane.direction_v])
    product = HessianProduct(model, loss, samples, row)
    return np.stack([product(direction) for direction in directions]) @ directions.T


def assert_exact(model, samples, plane):
    for grid in HiddenLandscape(model, samples, BINARY).grids(plane):
        rows = plane.grid_parameters()
        expected = batched_loss(model, grid.loss_name, samples)(rows)
        np.testing.assert_allclose(grid.loss.ravel(), expected, rtol=1e-13)
        spectra = np.array(
            [np.linalg.eigvalsh(slice_hessian(model, grid.loss_name, samples, plane, row)) for row in rows]
        )
        scale = np.abs(spectra).max()
        np.testing.assert_allclose(
            grid.smallest_eigenvalue.ravel(), spectra[:, 0], atol=1e-14 * max(scale, 1.0)
        )
        assert grid.largest_curvature == pytest.approx(scale, rel=1e-12)
        assert grid.eigenvalue_error == 0.0


@every_model
def test_losses_and_eigenvalues_over_any_two_weights(model):
    for pair in pairs_of(model):
        assert_exact(model, data(30), plane_of(model, pair))


@every_model
def test_along_directions_that_move_a_layer_or_all_of_them(model):
    parameters = random_parameters(model)
    for layer in range(len(model.hidden) + 1):
        assert_exact(model, data(20), layer_slice(model, parameters, layer, Slices(side=3), seed=1))
    directions = np.random.default_rng(5).normal(size=(2, parameters.size))
    assert_exact(model, data(20), Plane(parameters, *directions, (-1.0, 1.0), (-0.5, 1.0), 3, 2))


@pytest.mark.parametrize("loss", BINARY)
def test_a_loss_is_that_of_a_model_in_plain_loops(loss):
    model, samples = ModelSpec("mlp", 2, (3, 2), "sigmoid"), data(15)
    plane = plane_of(model, (1, 7))
    (grid,) = HiddenLandscape(model, samples, (loss,)).grids(plane)
    expected = [loss_and_gradient_in_loops(model, loss, row, samples)[0] for row in plane.grid_parameters()]
    np.testing.assert_allclose(grid.loss.ravel(), expected, rtol=1e-13)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_differences_agree(activation):
    model, samples = ModelSpec("mlp", 2, (5, 4), activation), data(80)
    plane = plane_of(model, (0, 20), columns=9, rows=8)
    functions = {loss: batched_loss(model, loss, samples) for loss in BINARY}
    sampled = SampledLandscape(functions).grids(plane)
    for grid, reference in zip(HiddenLandscape(model, samples, BINARY).grids(plane), sampled, strict=True):
        np.testing.assert_allclose(grid.smallest_eigenvalue, reference.smallest_eigenvalue, atol=1e-7)


@pytest.mark.parametrize("pair", [(0, 1), (0, 3), (1, 40)])
def test_many_samples_and_points_are_worked_off_in_blocks(pair):
    model, samples = ModelSpec("mlp", 2, (4, 4, 2)), data(2500)
    plane = plane_of(model, pair, columns=11, rows=7)
    assert_exact(model, samples, plane)
    for grid in HiddenLandscape(model, samples, BINARY).grids(plane, curvature=False):
        expected = batched_loss(model, grid.loss_name, samples)(plane.grid_parameters())
        np.testing.assert_allclose(grid.loss.ravel(), expected, rtol=1e-12)
        assert grid.smallest_eigenvalue is None


@pytest.mark.parametrize("losses", [("bce",), ("mse",), ("mse", "bce")])
def test_each_loss_is_the_same_alone_and_in_any_order(losses):
    model, samples = ModelSpec("mlp", 2, (4, 3)), data()
    plane = plane_of(model, (0, 1))
    both = {grid.loss_name: grid for grid in HiddenLandscape(model, samples, BINARY).grids(plane)}
    grids = HiddenLandscape(model, samples, losses).grids(plane)
    assert tuple(grid.loss_name for grid in grids) == losses
    for grid in grids:
        assert np.array_equal(grid.loss, both[grid.loss_name].loss)
        assert np.array_equal(grid.smallest_eigenvalue, both[grid.loss_name].smallest_eigenvalue)
        assert not grid.loss.flags.writeable
        assert not grid.smallest_eigenvalue.flags.writeable


def test_without_a_bias_the_biases_change_nothing():
    model, samples = ModelSpec("mlp", 2, (3, 3)), data(30, bias=False)
    parameters = random_parameters(model)
    parameters[layout_of(model).bias_positions] = 0.0
    for pair in ((0, 1), (0, 4), (1, 10)):
        assert_exact(model, samples, Plane.of_weights(parameters, *pair, (-2, 2), (-2, 2), 4, 3))
    biases = layout_of(model).bias_positions[[0, 4]]
    for grid in HiddenLandscape(model, samples, BINARY).grids(
        Plane.of_weights(parameters, *biases, (-2, 2), (-2, 2), 4, 3)
    ):
        np.testing.assert_allclose(grid.loss, grid.loss[0, 0], rtol=1e-15)
        assert not grid.smallest_eigenvalue.any()
        assert not grid.negative.any()


def test_bce_is_convex_in_the_output_s_weights_and_mse_is_not():
    model = ModelSpec("mlp", 2, (4,))
    last = layout_of(model).parameter_count - 5
    plane = Plane.of_weights(random_parameters(model), last, last + 1, (-20.0, 20.0), (-20.0, 20.0), 21, 21)
    bce, mse = HiddenLandscape(model, data(), BINARY).grids(plane)
    assert bce.negative_share == 0.0
    assert mse.negative_share > 0.2


def test_tiny_and_huge_losses_are_exact():
    # One unit whose output is about 1 for every sample: z = 900 or -900, all right or all wrong.
    model, samples = ModelSpec("mlp", 2, (1,)), data(20)
    ones = samples.take(np.flatnonzero(samples.class_index == 1))
    plane = Plane.of_weights([0.0, 0.0, 50.0, 0.0, 0.0], 3, 4, (-900.0, 900.0), (0.0, 0.0), 3, 1)
    bce, mse = HiddenLandscape(model, ones, BINARY).grids(plane)
    np.testing.assert_allclose(bce.loss.ravel(), [900.0, np.log(2.0), 0.0], rtol=1e-15)
    np.testing.assert_allclose(mse.loss.ravel(), [1.0, 0.25, 0.0], rtol=1e-15)
    (point,) = HiddenLandscape(model, ones, ("bce",)).grids(plane.at_point(100.0, 0.0))
    assert point.loss[0, 0] == pytest.approx(np.exp(-100.0), rel=1e-12)


def test_where_weights_overflow_there_is_no_eigenvalue_and_elsewhere_its_own():
    model, samples = ModelSpec("mlp", 2, (2, 2), "relu"), data(20)
    parameters = random_parameters(model)
    plane = Plane.of_weights(parameters, 0, 6, (1.0, 1e200), (1.0, 1e200), 2, 2)
    (grid,) = HiddenLandscape(model, samples, ("bce",)).grids(plane)
    (alone,) = HiddenLandscape(model, samples, ("bce",)).grids(plane.at_point(1.0, 1.0))
    assert np.isnan(grid.smallest_eigenvalue[1, 1])
    assert grid.smallest_eigenvalue[0, 0] == pytest.approx(alone.smallest_eigenvalue[0, 0])
    assert not grid.negative[1, 1]


def test_it_stops():
    model = ModelSpec("mlp", 2, (4,))
    asked = []

    def should_stop():
        asked.append(None)
        return len(asked) > 1

    source = HiddenLandscape(model, data(1000), BINARY)
    assert source.grids(plane_of(model, (0, 1), 40, 40), should_stop) is None
    assert len(asked) == 2
