"""What models with hidden layers show: their map, its curved boundary, and each unit's own small map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.contours import contour_lines
from engine.decision_regions import probability_grid, regions_of
from engine.hidden.units import unit_maps
from engine.models import hidden_units, probabilities
from engine.running.run import Run
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest
from engine.specs import ModelSpec, OptimizerSpec
from tests.engine.mlp_examples import MODELS, name_of, random_parameters, spec_of

SCALER = Standardizer(168.0, 66.0, 9.0, 13.0)
REQUEST = RegionRequest(140.0, 200.0, 40.0, 100.0, 30, 20, 0)

every_model = pytest.mark.parametrize("model", MODELS, ids=name_of)


def design_of(request, scaler=SCALER):
    """The centres of all cells, row by row, as training reads them."""
    heights, weights = request.cell_centres()
    height, weight = (axis.ravel() for axis in np.meshgrid(heights, weights))
    return np.stack([*scaler.standardize(height, weight), np.ones_like(height)])


def test_cell_centres_lie_half_a_cell_inside_and_go_on_outside():
    heights, weights = REQUEST.cell_centres()
    assert (heights[0], heights[-1], len(heights)) == (141.0, 199.0, 30)
    assert (weights[0], weights[-1], len(weights)) == (41.5, 98.5, 20)
    wider, _ = REQUEST.cell_centres(margin=1)
    assert (wider[0], wider[-1], len(wider)) == (139.0, 201.0, 32)
    np.testing.assert_array_equal(wider[1:-1], heights)


@every_model
def test_every_cell_has_the_models_probabilities_at_its_centre(model):
    parameters = random_parameters(model)
    grid = probability_grid(model, parameters, SCALER, REQUEST)
    assert (grid.probability.shape, grid.probability.dtype) == ((2, 20, 30), np.float32)
    expected = probabilities(model, parameters, design_of(REQUEST)).reshape(2, 20, 30)
    np.testing.assert_allclose(grid.probability, expected, atol=1e-5)
    assert not grid.probability.flags.writeable


@every_model
def test_every_unit_has_its_own_map(model):
    parameters = random_parameters(model)
    maps = unit_maps(model, parameters, SCALER, REQUEST)
    expected = hidden_units(model, parameters, design_of(REQUEST))
    assert [units.shape for units in maps] == [(units, 20, 30) for units in model.hidden]
    for found, values in zip(maps, expected, strict=True):
        assert (found.dtype, found.flags.writeable) == (np.float32, False)
        np.testing.assert_allclose(found, values.reshape(found.shape), atol=1e-5)


def test_a_units_map_stands_the_right_way_up():
    # One tanh unit that reads the height alone, one that reads the weight alone.
    model = ModelSpec("mlp", 2, (2,))
    taller, heavier = unit_maps(model, np.array([1.0, 0, 0, 0, 1.0, 0, 1, 1, 0]), SCALER, REQUEST)[0]
    assert (np.diff(taller, axis=1) > 0.0).all()
    assert not np.diff(taller, axis=0).any()
    assert (np.diff(heavier, axis=0) > 0.0).all()
    assert unit_maps(ModelSpec("logistic", 2), np.ones(3), SCALER, REQUEST) == ()


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_on_the_contours_p_is_the_threshold(threshold):
    model, request = ModelSpec("mlp", 2, (8, 8)), replace(REQUEST, columns=200, rows=150, threshold=threshold)
    rows = np.stack([random_parameters(model, seed=seed) for seed in (0, 5)])
    regions, contours = regions_of(model, rows, SCALER, request)
    assert len(contours) == 2
    assert all(contours)
    for row, lines in zip(rows, contours, strict=True):
        points = np.concatenate(lines)
        z = SCALER.standardize(*points.T)
        p = probabilities(model, row, np.stack([*z, np.ones(len(points))]))[1]
        np.testing.assert_allclose(p, threshold, atol=5e-3)
    expected = probability_grid(model, rows[0], SCALER, request).probability
    np.testing.assert_allclose(regions.probability, expected, atol=1e-6)


def test_contours_come_from_the_array_of_the_map_and_reach_its_edge():
    model = ModelSpec("mlp", 2, (6,))
    rows = random_parameters(model, 2.0, seed=8)[None]
    regions, (lines,) = regions_of(model, rows, SCALER, REQUEST)
    inner = contour_lines(regions.probability[1], 0.5, *REQUEST.cell_centres())
    inside = np.concatenate(inner)
    everywhere = {tuple(point) for line in lines for point in line.round(9)}
    assert {tuple(point) for point in inside.round(9)} <= everywhere
    ends = np.array([line[end] for line in lines for end in (0, -1) if (line[0] != line[-1]).any()])
    assert ends.size
    assert all(h in (139.0, 201.0) or w in (38.5, 101.5) for h, w in ends.tolist())


def test_the_grid_of_the_second_model_is_the_second_models():
    model = ModelSpec("mlp", 2, (6,))
    rows = np.stack([random_parameters(model, seed=seed) for seed in (1, 2)])
    regions, _ = regions_of(model, rows, SCALER, replace(REQUEST, model_index=1))
    expected = probability_grid(model, rows[1], SCALER, REQUEST).probability
    np.testing.assert_allclose(regions.probability, expected, atol=1e-6)
    assert regions_of(model, rows, SCALER, replace(REQUEST, model_index=2)) == (None, None)


def test_models_with_a_straight_boundary_have_no_contours():
    rows = np.array([[1.0, 2.0, 3.0]])
    for kind in ("logistic", "step"):
        regions, contours = regions_of(ModelSpec(kind, 2), rows, SCALER, REQUEST)
        assert regions is not None
        assert contours is None


def test_a_snapshot_has_the_boundaries_of_both_models_where_a_region_is_asked_for():
    run = Run(spec_of(ModelSpec("mlp", 2, (8,)), optimizer=OptimizerSpec("adam", 0.05)))
    run.advance(400)
    assert run.snapshot().contours is None
    snapshot = run.snapshot(request=REQUEST)
    expected = regions_of(snapshot.spec.model, snapshot.parameters, snapshot.scaler, REQUEST)[1]
    assert [len(lines) for lines in snapshot.contours] == [len(lines) for lines in expected]
    for lines, others in zip(snapshot.contours, expected, strict=True):
        assert all((one == other).all() for one, other in zip(lines, others, strict=True))
        assert not any(line.flags.writeable for line in lines)
