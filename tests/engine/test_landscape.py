"""Landscapes against sample-by-sample losses, Hessians of all parameters, differences and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.batched_losses import batched_loss, on_plane
from engine.curvature import hessian
from engine.examples import ONE_SAMPLE, TRAP
from engine.landscape.descent_path import descent_path
from engine.landscape.grid import (
    SampledLandscape,
    landscape_levels,
    landscape_source,
    smallest_eigenvalue_at,
)
from engine.landscape.minima import local_minimum
from engine.landscape.planes import LandscapeGrid, Plane, curvature_of
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData
from tests.engine.lab_examples import LOGISTIC, SOFTMAX, people, plain_loss, plain_sigmoid, separable_people

BINARY = ("bce", "mse")
ROUNDING = 2.3e-16
"""What a sample's loss may be off on the fast way, in absolute terms: tanh is exact to 1e-16 of 1."""


def square(columns=9, rows=7, third=0.3, reach=6.0):
    return Plane.of_weights((0.0, 0.0, third), 0, 1, (-reach, reach), (-reach + 1.0, reach), columns, rows)


class TestPlane:
    def test_rows_are_v_and_columns_are_u(self):
        plane = Plane.of_weights((5.0, 6.0, 7.0), 2, 0, (10.0, 20.0), (-1.0, 1.0), 3, 2)
        grid = plane.grid_parameters().reshape(2, 3, 3)
        assert grid[0].tolist() == [[-1.0, 6.0, 10.0], [-1.0, 6.0, 15.0], [-1.0, 6.0, 20.0]]
        assert grid[1].tolist() == [[1.0, 6.0, 10.0], [1.0, 6.0, 15.0], [1.0, 6.0, 20.0]]

    def test_coordinates_find_the_point_again(self):
        rng = np.random.default_rng(4)
        plane = Plane(*rng.normal(size=(3, 9)), (-1.0, 1.0), (-1.0, 1.0), 5, 5)
        uv = rng.normal(size=(20, 2))
        np.testing.assert_allclose(plane.coordinates(plane.parameters(uv[:, 0], uv[:, 1])), uv, atol=1e-12)

    def test_coordinates_of_a_point_beside_the_plane_are_those_of_the_nearest_one(self):
        plane = Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (-1, 1), (-1, 1), 2, 2)
        assert plane.coordinates((3.0, 4.0, 99.0)) == pytest.approx([3.0, 4.0])

    def test_arrays_cannot_be_changed_from_outside(self):
        origin = np.zeros(3)
        plane = Plane(origin, np.eye(3)[0], np.eye(3)[1], (0, 1), (0, 1), 2, 2)
        origin[0] = 1.0
        assert plane.origin[0] == 0.0
        with pytest.raises(ValueError, match="read-only"):
            plane.origin[0] = 1.0

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda: Plane.of_weights((0.0, 0.0, 0.0), 1, 1, (0, 1), (0, 1), 2, 2), "two different"),
            (lambda: Plane(np.zeros(3), np.zeros(2), np.zeros(3), (0, 1), (0, 1), 2, 2), "one length"),
            (
                lambda: Plane(np.zeros(3), np.zeros(3), np.zeros(3), (0, 1), (0, 1), 0, 2),
                "at least one column",
            ),
        ],
    )
    def test_refuses_what_is_no_plane(self, make, words):
        with pytest.raises(ValueError, match=words):
            make()


class TestLogistic:
    @pytest.mark.parametrize("data", [people(), ONE_SAMPLE.training_data(), TRAP.training_data()])
    def test_losses_are_those_of_every_sample_added_up(self, data):
        plane = square()
        for grid in landscape_source(LOGISTIC, data, BINARY).grids(plane):
            expected = [plain_loss(grid.loss_name, row, data) for row in plane.grid_parameters()]
            np.testing.assert_allclose(grid.loss.ravel(), expected, rtol=1e-13, atol=ROUNDING)

    def test_many_samples_and_blocks_change_nothing(self):
        data, plane = people(3000, seed=5), square(columns=60, rows=3)
        for grid in landscape_source(LOGISTIC, data, BINARY).grids(plane):
            expected = batched_loss(LOGISTIC, grid.loss_name, data)(plane.grid_parameters())
            np.testing.assert_allclose(grid.loss.ravel(), expected, rtol=1e-12)

    @pytest.mark.parametrize("losses", [("bce",), ("mse",), ("mse", "bce")])
    def test_each_loss_is_the_same_alone_and_in_any_order(self, losses):
        data, plane = people(), square()
        both = {grid.loss_name: grid for grid in landscape_source(LOGISTIC, data, BINARY).grids(plane)}
        grids = landscape_source(LOGISTIC, data, losses).grids(plane)
        assert tuple(grid.loss_name for grid in grids) == losses
        for grid in grids:
            assert np.array_equal(grid.loss, both[grid.loss_name].loss)
            assert np.array_equal(grid.smallest_eigenvalue, both[grid.loss_name].smallest_eigenvalue)

    def test_eigenvalues_are_those_of_the_exact_hessian_of_the_slice(self):
        data = people()
        rng = np.random.default_rng(7)
        plane = Plane(*rng.normal(size=(3, 3)), (-4.0, 4.0), (-4.0, 4.0), 6, 5)
        directions = np.stack([plane.direction_u, plane.direction_v])
        for grid in landscape_source(LOGISTIC, data, BINARY).grids(plane):
            spectra = [
                np.linalg.eigvalsh(directions @ hessian(LOGISTIC, row, data, grid.loss_name) @ directions.T)
                for row in plane.grid_parameters()
            ]
            np.testing.assert_allclose(grid.smallest_eigenvalue.ravel(), np.array(spectra)[:, 0], atol=1e-14)
            assert grid.largest_curvature == pytest.approx(np.abs(spectra).max())

    def test_huge_logits_are_finite(self):
        data = separable_people()
        plane = square(reach=1e4)
        bce, mse = landscape_source(LOGISTIC, data, BINARY).grids(plane)
        assert np.isfinite(bce.loss).all()
        assert bce.loss.max() > 1e3
        assert 0.0 <= mse.loss.min() <= mse.loss.max() <= 1.0
        assert np.isfinite(bce.smallest_eigenvalue).all()

    def test_a_loss_that_is_gone_is_exactly_0(self):
        data = separable_people(1500)
        certain = Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (0.0, 0.0), (1e5, 2e5), 1, 2)
        for grid in landscape_source(LOGISTIC, data, BINARY).grids(certain):
            assert grid.loss.ravel().tolist() == [0.0, 0.0]

    def test_the_pointers_numbers_are_those_of_the_grid(self):
        data, plane = people(), square()
        source = landscape_source(LOGISTIC, data, BINARY)
        grid, point = source.grids(plane)[1], source.grids(plane.at_point(plane.u[4], plane.v[2]))[1]
        assert point.loss[0, 0] == pytest.approx(grid.loss[2, 4], rel=1e-13)
        assert point.smallest_eigenvalue[0, 0] == pytest.approx(grid.smallest_eigenvalue[2, 4], rel=1e-10)


class TestNegativeCurvature:
    def test_of_one_sample_is_where_p_is_below_a_third(self):
        plane = Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (-10, 10), (-10, 10), 41, 41)
        bce, mse = landscape_source(LOGISTIC, ONE_SAMPLE.training_data(), BINARY).grids(plane)
        z = plane.u + plane.v[:, None]
        second = np.vectorize(
            lambda z: 2 * plain_sigmoid(z) * plain_sigmoid(-z) ** 2 * (3 * plain_sigmoid(z) - 1)
        )
        # The Hessian is the second derivative times x x^T, whose other eigenvalue is 0.
        np.testing.assert_allclose(mse.smallest_eigenvalue, np.minimum(2.0 * second(z), 0.0), atol=1e-16)
        assert not bce.negative.any()
        visible = -2.0 * second(z) > 1e-9 * mse.largest_curvature
        assert np.array_equal(mse.negative, visible)
        assert (z[mse.negative] < -math.log(2.0)).all()
        assert mse.negative[np.abs(z + 1.0) < 1e-12].all()
        assert 0.3 < mse.negative_share < 0.5

    def test_of_a_sample_of_the_other_class_is_mirrored(self):
        design = np.array([[1.0], [1.0], [0.0]])
        one = ONE_SAMPLE.training_data()
        other = TrainingData(design, np.array([0]), one.sample_id, one.scaler)
        plane = Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (-5, 5), (-5, 5), 21, 21)
        grids = [landscape_source(LOGISTIC, data, ("mse",)).grids(plane)[0] for data in (one, other)]
        assert np.array_equal(grids[0].negative, grids[1].negative[::-1, ::-1])

    def test_needs_the_curvature(self):
        (grid,) = landscape_source(LOGISTIC, people(), ("bce",)).grids(square(), curvature=False)
        assert grid.smallest_eigenvalue is None
        with pytest.raises(ValueError, match="without its curvature"):
            _ = grid.negative

    def test_bce_has_none_on_real_people_and_mse_has(self):
        bce, mse = landscape_source(LOGISTIC, people(), BINARY).grids(square(41, 41, reach=8.0))
        assert bce.negative_share == 0.0
        assert mse.negative_share > 0.5

    def test_rounding_of_differences_does_not_count(self):
        values = np.array([[-1e-12, -1e-3]])
        grid = LandscapeGrid(square(2, 1), "mse", np.zeros((1, 2)), values, None, 1e-6, 1e-10)
        assert grid.negative.tolist() == [[False, True]]
        assert grid.negative_share == 0.5

    def test_eigenvalues_of_two_by_two_matrices(self):
        rng = np.random.default_rng(0)
        uu, uv, vv = rng.normal(size=(3, 50))
        smallest, largest = curvature_of(uu, uv, vv)
        spectra = np.linalg.eigvalsh(np.stack([uu, uv, uv, vv], axis=-1).reshape(-1, 2, 2))
        np.testing.assert_allclose(smallest, spectra[:, 0], atol=1e-14)
        assert largest == pytest.approx(np.abs(spectra).max())


class TestMinimised:
    BIAS = (0.0, 0.0, 1.0)

    def test_bce_is_that_of_the_best_bias(self):
        data, plane = people(), square(6, 5)
        (grid,) = landscape_source(LOGISTIC, data, ("bce",), self.BIAS).grids(plane)
        function = batched_loss(LOGISTIC, "bce", data)
        for row, loss, t in zip(
            plane.grid_parameters(), grid.loss.ravel(), grid.minimiser.ravel(), strict=True
        ):
            best = row + np.array([0.0, 0.0, t])
            assert loss == pytest.approx(function(best[None])[0], rel=1e-13)
            p = 1.0 / (1.0 + np.exp(-best @ data.design))
            # Stationary by the bias: as many are expected as there are.
            assert p.mean() == pytest.approx(data.class_index.mean(), abs=1e-12)

    def test_mse_is_no_worse_than_a_fine_scan(self):
        data, plane = people(30), square(7, 6)
        (grid,) = landscape_source(LOGISTIC, data, ("mse",), self.BIAS).grids(plane)
        function = batched_loss(LOGISTIC, "mse", data)
        biases = np.arange(-40.0, 40.0, 0.02)
        for row, loss in zip(plane.grid_parameters(), grid.loss.ravel(), strict=True):
            scan = function(
                np.column_stack([np.full_like(biases, row[0]), np.full_like(biases, row[1]), biases])
            )
            assert loss <= scan.min() + 1e-12
            assert loss >= scan.min() - 1e-3

    def test_bce_touches_the_optimum(self):
        data = people()
        best = find_optimum(LOGISTIC, data)
        at_optimum = Plane.of_weights(best.parameters, 0, 1, (0, 1), (0, 1), 1, 1).at_point(
            *best.parameters[:2]
        )
        bce, _ = landscape_source(LOGISTIC, data, BINARY, self.BIAS).grids(at_optimum)
        assert bce.loss[0, 0] == pytest.approx(best.cross_entropy, rel=1e-14)
        origin = at_optimum.origin[2]
        assert origin + bce.minimiser[0, 0] == pytest.approx(best.parameters[2], abs=1e-9)

    @pytest.mark.parametrize("loss", BINARY)
    def test_curvature_is_that_of_the_minimised_loss(self, loss):
        data = people()
        source = landscape_source(LOGISTIC, data, (loss,), self.BIAS)
        step = 1e-3

        def value(u, v):
            return source.grids(square().at_point(u, v), curvature=False)[0].loss[0, 0]

        for u, v in ((0.4, -0.7), (1.5, 0.5), (-1.0, 2.0)):
            uu = (value(u + step, v) - 2 * value(u, v) + value(u - step, v)) / step**2
            vv = (value(u, v + step) - 2 * value(u, v) + value(u, v - step)) / step**2
            corners = [value(u + i * step, v + j * step) for i, j in ((1, 1), (-1, -1), (1, -1), (-1, 1))]
            uv = (corners[0] + corners[1] - corners[2] - corners[3]) / (4 * step**2)
            expected = np.linalg.eigvalsh([[uu, uv], [uv, vv]])[0]
            (grid,) = source.grids(square().at_point(u, v))
            assert grid.smallest_eigenvalue[0, 0] == pytest.approx(expected, abs=1e-5)

    def test_the_third_direction_may_be_a_weight(self):
        data = people()
        plane = Plane.of_weights((0.0, 0.0, 0.0), 0, 2, (-2, 2), (-2, 2), 5, 4)
        bce, mse = landscape_source(LOGISTIC, data, BINARY, (0.0, 1.0, 0.0)).grids(plane)
        weights = np.arange(-80.0, 80.0, 0.02)
        for grid in (bce, mse):
            function = batched_loss(LOGISTIC, grid.loss_name, data)
            for row, loss in zip(plane.grid_parameters(), grid.loss.ravel(), strict=True):
                scan = function(row + weights[:, None] * np.array([0.0, 1.0, 0.0]))
                assert loss <= scan.min() + 1e-12
            moved = plane.grid_parameters() + grid.minimiser.reshape(-1, 1) * np.array([0.0, 1.0, 0.0])
            np.testing.assert_allclose(grid.loss.ravel(), function(moved), rtol=1e-12)

    @pytest.mark.parametrize("loss", BINARY)
    def test_one_class_alone_goes_to_the_infimum(self, loss):
        design = np.array([[0.5, -2.0], [1.0, 3.0], [1.0, 1.0]])
        data = TrainingData(design, np.array([0, 0]), np.array([0, 1]), people().scaler)
        (grid,) = landscape_source(LOGISTIC, data, (loss,), self.BIAS).grids(square(3, 3))
        assert grid.loss.max() < 1e-16
        assert (grid.minimiser < 0.0).all()
        assert np.isfinite(grid.smallest_eigenvalue).all()

    def test_a_bias_that_changes_nothing_stays(self):
        data, plane = ONE_SAMPLE.training_data(), square(4, 3)
        fixed = landscape_source(LOGISTIC, data, BINARY).grids(plane)
        for grid, plain in zip(
            landscape_source(LOGISTIC, data, BINARY, self.BIAS).grids(plane), fixed, strict=True
        ):
            assert not grid.minimiser.any()
            np.testing.assert_allclose(grid.loss, plain.loss, rtol=1e-13, atol=ROUNDING)
            np.testing.assert_allclose(grid.smallest_eigenvalue, plain.smallest_eigenvalue, atol=1e-15)


class TestSoftmax:
    def plane(self):
        rng = np.random.default_rng(9)
        return Plane(*rng.normal(size=(3, 9)), (-3.0, 3.0), (-2.0, 3.0), 6, 5)

    def test_losses_and_eigenvalues(self):
        data, plane = people(n_classes=3), self.plane()
        directions = np.stack([plane.direction_u, plane.direction_v])
        for grid in landscape_source(SOFTMAX, data, ("ce", "mse")).grids(plane):
            function = batched_loss(SOFTMAX, grid.loss_name, data)
            np.testing.assert_allclose(grid.loss.ravel(), function(plane.grid_parameters()), rtol=1e-12)
            expected = [
                np.linalg.eigvalsh(directions @ hessian(SOFTMAX, row, data, grid.loss_name) @ directions.T)[0]
                for row in plane.grid_parameters()
            ]
            np.testing.assert_allclose(grid.smallest_eigenvalue.ravel(), expected, atol=1e-13)

    def test_without_curvature_and_in_blocks(self):
        data, plane = people(5000, n_classes=3), self.plane()
        for grid in landscape_source(SOFTMAX, data, ("ce", "mse")).grids(plane, curvature=False):
            function = batched_loss(SOFTMAX, grid.loss_name, data)
            np.testing.assert_allclose(grid.loss.ravel(), function(plane.grid_parameters()), rtol=1e-12)

    def test_ce_is_never_negative_mse_is_somewhere(self):
        plane = Plane.of_weights(np.zeros(9), 0, 4, (-8, 8), (-8, 8), 21, 21)
        ce, mse = landscape_source(SOFTMAX, people(n_classes=3), ("ce", "mse")).grids(plane)
        assert ce.negative_share == 0.0
        assert mse.negative_share > 0.2

    def test_stops(self):
        source = landscape_source(SOFTMAX, people(n_classes=3), ("ce",))
        assert source.grids(self.plane(), lambda: True) is None


class TestSampled:
    @pytest.mark.parametrize("data", [people(), ONE_SAMPLE.training_data()])
    def test_differences_agree_with_the_exact_source(self, data):
        plane = square(15, 13)
        functions = {loss: batched_loss(LOGISTIC, loss, data) for loss in BINARY}
        exact = landscape_source(LOGISTIC, data, BINARY).grids(plane)
        for grid, reference in zip(SampledLandscape(functions).grids(plane), exact, strict=True):
            np.testing.assert_allclose(grid.loss, reference.loss, rtol=1e-13, atol=ROUNDING)
            np.testing.assert_allclose(grid.smallest_eigenvalue, reference.smallest_eigenvalue, atol=2e-8)
            assert 0.0 < grid.eigenvalue_error < 2e-8
            assert np.array_equal(grid.negative, reference.negative)

    def test_a_quadratic_has_its_own_eigenvalues(self):
        matrix = np.array([[3.0, 1.0], [1.0, -2.0]])
        source = SampledLandscape({"mse": lambda rows: 0.5 * np.einsum("mi,ij,mj->m", rows, matrix, rows)})
        plane = Plane(np.zeros(2), np.eye(2)[0], np.eye(2)[1], (-1, 1), (-2, 2), 5, 4)
        (grid,) = source.grids(plane)
        np.testing.assert_allclose(grid.smallest_eigenvalue, np.linalg.eigvalsh(matrix)[0], atol=1e-6)
        assert grid.negative_share == 1.0
        (plain,) = source.grids(plane, curvature=False)
        assert plain.smallest_eigenvalue is None
        assert np.array_equal(plain.loss, grid.loss)

    def test_a_single_point(self):
        source = SampledLandscape({"mse": lambda rows: (rows**2).sum(axis=1)})
        (grid,) = source.grids(square().at_point(1.0, 2.0))
        assert grid.loss[0, 0] == pytest.approx(1.0 + 4.0 + 0.09)
        assert grid.smallest_eigenvalue[0, 0] == pytest.approx(2.0, abs=1e-6)


class TestLevels:
    def test_come_coarse_first(self):
        source = landscape_source(LOGISTIC, people(), BINARY)
        shapes = [grids[0].loss.shape for grids in landscape_levels(source, square(), sizes=(3, 7, 11))]
        assert shapes == [(3, 3), (7, 7), (11, 11)]

    @pytest.mark.parametrize("minimised", [None, (0.0, 0.0, 1.0)])
    def test_stop_between_rows(self, minimised):
        source = landscape_source(LOGISTIC, people(), BINARY, minimised)
        asked = []

        def should_stop():
            asked.append(None)
            return len(asked) > 8

        levels = list(landscape_levels(source, square(), should_stop, sizes=(5, 25)))
        assert [grids[0].loss.shape for grids in levels] == [(5, 5)]
        assert len(asked) == 9

    def test_sampled_stops_too(self):
        source = SampledLandscape({"mse": lambda rows: rows[:, 0]})
        assert list(landscape_levels(source, square(), lambda: True)) == []

    def test_grids_are_read_only(self):
        for grid in landscape_source(LOGISTIC, people(), BINARY, (0.0, 0.0, 1.0)).grids(square(3, 3)):
            for array in (grid.loss, grid.smallest_eigenvalue, grid.minimiser):
                assert not array.flags.writeable

    @pytest.mark.parametrize(
        ("model", "losses", "minimised", "words"),
        [
            (LOGISTIC, ("ce",), None, "not trained on the loss ce"),
            (SOFTMAX, ("mse", "bce"), None, "not trained on the loss bce"),
            (SOFTMAX, ("ce",), np.eye(9)[0], "only the logistic"),
        ],
    )
    def test_refuses_what_it_cannot_do(self, model, losses, minimised, words):
        with pytest.raises(ValueError, match=words):
            landscape_source(model, people(n_classes=model.n_classes), losses, minimised)

    def test_refuses_a_model_whose_logits_are_not_linear_in_all_weights(self):
        with pytest.raises(ValueError, match="SampledLandscape"):
            landscape_source(ModelSpec("mlp", 2), people(), BINARY)

    def test_refuses_empty_data(self):
        empty = TrainingData.from_samples(Samples(), 2)
        with pytest.raises(ValueError, match="at least one sample"):
            landscape_source(LOGISTIC, empty, BINARY)
        with pytest.raises(ValueError, match="at least one sample"):
            smallest_eigenvalue_at(LOGISTIC, np.zeros(3), empty, "bce")
        with pytest.raises(ValueError, match="at least one sample"):
            local_minimum(LOGISTIC, "bce", empty, np.zeros(3))


def test_a_loss_that_is_infinite_in_places_has_no_curvature_there_and_its_own_elsewhere():
    def loss(points):
        return np.where(points[:, 0] > 1.0, np.inf, points[:, 0] ** 2 + 3.0 * points[:, 1] ** 2)

    plane = Plane.of_weights(np.zeros(3), 0, 1, (-2.0, 2.0), (-1.0, 1.0), 9, 5)
    (grid,) = SampledLandscape({"mse": loss}).grids(plane)
    is_known = plane.u < 0.9
    assert grid.smallest_eigenvalue[:, is_known] == pytest.approx(np.full((5, is_known.sum()), 2.0), rel=1e-6)
    assert np.isnan(grid.smallest_eigenvalue[:, plane.u > 1.1]).all()
    assert grid.largest_curvature == pytest.approx(6.0, rel=1e-6)


class TestOnePoint:
    def test_smallest_eigenvalue_of_all_parameters(self):
        data = people(n_classes=3)
        parameters = np.random.default_rng(1).normal(size=9)
        expected = np.linalg.eigvalsh(hessian(SOFTMAX, parameters, data, "mse"))[0]
        assert smallest_eigenvalue_at(SOFTMAX, parameters, data, "mse") == pytest.approx(expected)

    def test_a_loss_that_depends_on_no_parameter_is_flat(self):
        one = Samples.from_columns([170.0], [60.0], [1])
        data = TrainingData.from_samples(one, 2, bias=False)  # standardised, that person is at the origin
        assert smallest_eigenvalue_at(LOGISTIC, np.array([1.0, 2.0, 0.0]), data, "bce") == 0.0

    def test_a_bias_that_is_not_there_does_not_count(self):
        # p = 1/2: the second derivative of both losses is 1/4 and 1/8 of x x^T over 26 samples.
        data = TRAP.training_data()
        moments = data.design[:2] @ data.design[:2].T / len(data)
        smallest = smallest_eigenvalue_at(LOGISTIC, np.zeros(3), data, "bce")
        assert smallest == pytest.approx(np.linalg.eigvalsh(moments)[0] / 4.0)
        assert smallest > 0.0

    def test_batched_loss_on_a_plane(self):
        data, plane = people(), square()
        function = on_plane(batched_loss(LOGISTIC, "mse", data), plane)
        assert function(np.array([[1.0, -2.0]]))[0] == pytest.approx(
            plain_loss("mse", (1.0, -2.0, 0.3), data)
        )

    def test_batched_loss_in_blocks_of_models_and_samples(self):
        data = people(70_000)
        rows = np.random.default_rng(2).normal(size=(3, 3))
        values = batched_loss(LOGISTIC, "bce", data)(rows)
        for row, value in zip(rows, values, strict=True):
            assert value == pytest.approx(
                np.logaddexp(0.0, -(row @ data.design) * (2 * data.class_index - 1)).mean()
            )


class TestMinima:
    def test_the_trap_of_the_curriculum(self):
        data = TRAP.training_data()
        better = local_minimum(LOGISTIC, "mse", data, (0.0, 0.0, 0.0))
        trap = local_minimum(LOGISTIC, "mse", data, (3.0, -3.0, 0.0))
        assert better.parameters[:2] == pytest.approx([-0.373, -1.076], abs=5e-4)
        assert better.loss == pytest.approx(0.1211, abs=5e-5)
        assert trap.parameters[:2] == pytest.approx([2.047, -3.622], abs=5e-4)
        assert trap.loss == pytest.approx(0.2820, abs=5e-5)
        for minimum in (better, trap):
            assert minimum.is_strict
            assert (minimum.eigenvalues > 1e-3).all()
            assert minimum.loss == pytest.approx(plain_loss("mse", minimum.parameters, data), rel=1e-13)

    def test_bce_has_one_minimum_there(self):
        data = TRAP.training_data()
        starts = [(0.0, 0.0, 0.0), (3.0, -3.0, 0.0), (-5.0, 5.0, 0.0), (8.0, 8.0, 0.0)]
        minima = [local_minimum(LOGISTIC, "bce", data, start) for start in starts]
        for minimum in minima:
            assert minimum.is_strict
            assert minimum.parameters == pytest.approx(minima[0].parameters, abs=1e-9)

    def test_agrees_with_the_exact_optimum(self):
        data = people()
        best = find_optimum(LOGISTIC, data)
        found = local_minimum(LOGISTIC, "bce", data, (5.0, -5.0, 0.0))
        assert found.parameters == pytest.approx(best.parameters, abs=1e-9)

    def test_a_plateau_is_no_minimum(self):
        saturated = local_minimum(LOGISTIC, "mse", ONE_SAMPLE.training_data(), (-900.0, -900.0, 0.0))
        assert saturated.loss == 1.0
        assert not saturated.is_strict


class TestDescentPath:
    def test_takes_the_steps_of_a_run_bit_for_bit(self):
        data, start = people(), (5.0, -5.0, 0.0)
        path = descent_path(LOGISTIC, "mse", data, np.array(start), 0.1, 25, every=10)
        assert path.step.tolist() == [0, 10, 20, 25]
        spec = TrainingSpec(
            LOGISTIC,
            BINARY,
            Samples(),
            0,
            (0, 1),
            OptimizerSpec("gd", 0.1),
            start=StartSpec("exact", parameters=start),
        )
        stepper, state = Stepper(spec, data), start_state(spec)
        stepper.advance(state, 25)
        assert np.array_equal(path.parameters[-1], state.parameters[1])
        for row, loss in zip(path.parameters, path.loss, strict=True):
            assert loss == pytest.approx(plain_loss("mse", row, data), rel=1e-12)

    def test_of_softmax(self):
        path = descent_path(SOFTMAX, "ce", people(n_classes=3), np.zeros(9), 0.5, 50)
        assert path.parameters.shape == (51, 9)
        assert (np.diff(path.loss) < 0.0).all()
        assert path.loss[0] == pytest.approx(math.log(3.0))

    def test_ends_before_it_leaves_the_numbers(self):
        path = descent_path(LOGISTIC, "bce", TRAP.training_data(), np.zeros(3), 8e307, 50)
        assert np.isfinite(path.parameters).all()
        assert np.isfinite(path.loss).all()
        assert 1 <= path.step.size < 51

    def test_stops(self):
        assert descent_path(
            LOGISTIC, "bce", people(), np.zeros(3), 0.1, 50, 5, lambda: True
        ).step.tolist() == [0]

    @pytest.mark.parametrize(("steps", "every"), [(-1, 1), (5, 0)])
    def test_refuses_no_steps(self, steps, every):
        with pytest.raises(ValueError, match="a path has"):
            descent_path(LOGISTIC, "bce", people(), np.zeros(3), 0.1, steps, every)
