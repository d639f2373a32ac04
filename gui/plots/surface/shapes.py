"""Which surface shows what: the cliff of the step, the hill of the sigmoid, the plane of the logit."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid
from engine.decision_regions import Line, clip_line
from gui.plots.scene3d.contours import level_segments, pieces_between
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField, Surface, outward
from gui.plots.scene3d.terraces import TerraceField
from gui.plots.surface.model import STEP, SurfaceModel

Floats = NDArray[np.float64]
Point = tuple[float, float]

FLOOR = (-0.5, 0.5)
_LINE_PIECES = 36
_BEFORE_WALL = (
    0.002  # a line on the cliff's wall is drawn this far before it, so that the wall never hides it
)
_BEFORE_TERRACE = 0.006  # the same on a grid, whose cells have an edge that is nearly, not quite, straight
_STOPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)

# Probabilities between which the hill is cut into strips: evenly, and ever finer towards 0 and 1.
_TAIL = np.array([1e-5, 1e-4, 5e-4, 0.002, 0.005, 0.01])
_CUTS = np.concatenate([_TAIL, np.linspace(0.02, 0.98, 41), 1.0 - _TAIL])
_LOGIT_CUTS = np.log(_CUTS / (1.0 - _CUTS))


def probability_surface(model: SurfaceModel, steepness: float) -> Surface:
    """Probability of the chosen class over the floor: a cliff at steepness `STEP`, else a hill."""
    if steepness == STEP and model.leads is not None:
        return CliffField(model.on_floor(model.leads))
    if model.row is not None:
        plane = model.on_floor(model.row)
        return RidgeField(plane, lambda z: sigmoid(steepness * z), _LOGIT_CUTS / steepness)
    if steepness == STEP:
        return TerraceField(model.lead_grid)
    return HeightField(model.probability_grid(steepness))


def morph_surface(model: SurfaceModel, share: float, logit_end: float) -> Surface:
    """Between the logit's plane (share 0) and the probability's hill (share 1), coloured by p throughout."""

    def height(logit: Floats) -> Floats:
        return morph_height(logit, share, logit_end)

    if model.row is not None:
        return RidgeField(model.on_floor(model.row), height, _LOGIT_CUTS, level=sigmoid)
    logit = model.logit_grid
    return HeightField(height(logit), level=sigmoid(logit))


def morph_height(logit: Floats, share: float, logit_end: float) -> Floats:
    """Where a logit stands on an axis that goes over from z (share 0) to p (share 1), as a fraction.

    (1 - share) (z + Z) / (2 Z) + share / (1 + e^-z), with Z = `logit_end` at the axis's ends: it grows with z
    for every share, so z and p can both be read from the axis at every stage of the change.
    """
    linear = np.clip((logit + logit_end) / (2.0 * logit_end), 0.0, 1.0)
    result: Floats = (1.0 - share) * linear + share * sigmoid(logit)
    return result


def round_logit_end(largest: float) -> float:
    """The next round number from `largest` up, at least 2: the axis stands still while weights grow."""
    largest = max(largest, 2.0)
    power = 10.0 ** math.floor(math.log10(largest))
    return next(stop * power for stop in _STOPS if stop * power >= largest * (1.0 - 1e-12))


def level_pieces(model: SurfaceModel, probability: float, steepness: float) -> Floats:
    """Where p has this value, in pieces over cm and kg: (n, 2, 2), or (n, 2, 3) with p = 1/2 on the cliff.

    The step has no place where p lies between 0 and 1: its line is drawn half way up the cliff.
    """
    if model.row is not None:
        if steepness == STEP:
            logit = -_BEFORE_WALL * float(np.hypot(*model.on_floor(model.row)[:2]))
        else:
            logit = math.log(probability / (1.0 - probability)) / steepness
        line = line_on_floor(model, logit)
        floor = np.zeros((0, 2, 2)) if line is None else pieces_between(*line, _LINE_PIECES)
        pieces = _in_units(model, floor)
        return _half_way_up(pieces) if steepness == STEP else pieces
    if steepness == STEP and model.leads is not None:
        return _half_way_up(_cliff_edges(model))
    if steepness == STEP:
        grid = model.lead_grid
        floor = level_segments(grid, 0.0, FLOOR, FLOOR)
        return _half_way_up(_in_units(model, before_walls(grid, floor)))
    ranges = (model.height_range_cm, model.weight_range_kg)
    if not model.is_binary:
        return level_segments(model.probability_grid(steepness), probability, *ranges)
    logit = math.log(probability / (1.0 - probability)) / steepness
    return level_segments(model.logit_grid, logit, *ranges)


def before_walls(grid: Floats, floor: Floats) -> Floats:
    """Pieces of a terrace's edge (n, 2, 2) on the floor, moved a little to their low side."""
    if not len(floor):
        return floor
    rows, columns = grid.shape
    slope_y, slope_x = (np.asarray(slope) for slope in np.gradient(grid))
    column, row = np.rint((floor.mean(axis=1) + 0.5) * (columns - 1, rows - 1)).astype(np.intp).T
    uphill = np.stack([slope_x[row, column] * (columns - 1), slope_y[row, column] * (rows - 1)], axis=-1)
    along = floor[:, 1] - floor[:, 0]
    across = np.stack([-along[:, 1], along[:, 0]], axis=-1)
    across *= np.sign((across * uphill).sum(axis=1, keepdims=True))
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), np.finfo(float).tiny)
    result: Floats = floor - _BEFORE_TERRACE * across[:, None]
    return result


def line_on_floor(model: SurfaceModel, logit: float) -> tuple[Point, Point] | None:
    """The part of the line z = `logit` over the floor, as its two ends; None if it misses it."""
    if model.row is None:
        return None
    a, b, c = model.on_floor(model.row).tolist()
    return clip_line(Line(a, b, c - logit), FLOOR, FLOOR)


def steepest_pieces(model: SurfaceModel, steepness: float) -> Floats:
    """The tangent of sigmoid(k z) at z = 0, up through the middle of the line: (1, 2, 3), or no piece.

    Its slope is k/4 per unit of z: from p = 0 to p = 1 over 4/k units of z, as far as the floor goes.
    """
    line = None if steepness == STEP else line_on_floor(model, 0.0)
    if line is None or model.row is None:
        return np.zeros((0, 2, 3))
    a, b, _ = model.on_floor(model.row)
    middle = (np.array(line[0]) + np.array(line[1])) / 2
    reach = np.array([a, b]) * (2.0 / (steepness * (a * a + b * b)))
    limit = 1.0
    for axis in (0, 1):
        if reach[axis] != 0.0:
            limit = min(limit, (0.5 - abs(middle[axis])) / abs(reach[axis]))
    ends = np.empty((1, 2, 3))
    for number, side in enumerate((-limit, limit)):
        ends[0, number, :2] = _in_units(model, (middle + side * reach)[None])[0]
        ends[0, number, 2] = 0.5 + side / 2.0
    return ends


def _in_units(model: SurfaceModel, floor: Floats) -> Floats:
    """Places of the floor (..., 2) -> cm and kg."""
    low, high = np.array([model.height_range_cm, model.weight_range_kg]).T
    result: Floats = low + (floor + 0.5) * (high - low)
    return result


def _half_way_up(pieces: Floats) -> Floats:
    return np.concatenate([pieces, np.full((*pieces.shape[:-1], 1), 0.5)], axis=-1)


def _cliff_edges(model: SurfaceModel) -> Floats:
    """The foot of the walls around the chosen class's part, in pieces over cm and kg."""
    if model.leads is None:
        return np.zeros((0, 2, 2))
    walls = CliffField(model.on_floor(model.leads)).walls
    pieces = []
    for start, end in walls:
        before = _BEFORE_WALL * outward(start, end)[:2]
        pieces.append(pieces_between(start + before, end + before, _LINE_PIECES))
    return _in_units(model, np.concatenate(pieces)) if pieces else np.zeros((0, 2, 2))
