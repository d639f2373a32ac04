"""What a model decides where: the probability map, the decision line and the lines between classes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.contours import contour_lines
from engine.hidden.units import first_planes, logit_plane
from engine.scaling import Standardizer
from engine.snapshots import RegionGrid, RegionRequest
from engine.specs import RIVAL_KINDS, ModelKind, ModelSpec

Floats = NDArray[np.float64]
Contours = tuple[tuple[Floats, ...], ...]
Range = tuple[float, float]
Point = tuple[float, float]
Segment = tuple[Point, Point]

_ROUNDING = 1e-12
"""Relative size of rounding errors in a sum of a few products, generously."""


@dataclass(frozen=True, slots=True)
class Line:
    """The points with a height_cm + b weight_kg + c = 0; the positive side is where the sum is above 0."""

    a: float
    b: float
    c: float


@dataclass(frozen=True, slots=True)
class PairwiseSegment:
    """Where two classes are equally probable, inside a rectangle; points are (height_cm, weight_kg).

    Attributes
    ----------
    first, second : int
        Class indices, first < second.
    full : Segment
        All of the line z_first = z_second.
    on_top : Segment or None
        Its part where no other class is more probable: a border of the map.
    """

    first: int
    second: int
    full: Segment
    on_top: Segment | None


def probability_grid(
    model: ModelSpec, parameters: Floats, scaler: Standardizer, request: RegionRequest
) -> RegionGrid:
    """Probabilities of all classes at the centres of the request's cells.

    Those of K sigmoids are independent and need not add to 1; those of softmax's rivals are 1/K where they
    are undefined.

    Parameters
    ----------
    parameters : ndarray of shape (P,)
        One model's row, in the z-space of `scaler`.
    """
    probability = _probability(model, parameters, scaler, *request.cell_centres())
    probability.flags.writeable = False
    return RegionGrid(request, probability)


def regions_of(
    model: ModelSpec, parameters: Floats, scaler: Standardizer, request: RegionRequest
) -> tuple[RegionGrid | None, Contours | None]:
    """What a snapshot shows of a request: one model's map, and the curved boundaries of all models.

    Parameters
    ----------
    parameters : ndarray of shape (models, P)

    Returns
    -------
    RegionGrid or None
        None where the request is for a model that does not exist.
    contours : tuple of tuple of ndarray, or None
        For models with hidden layers, one entry a model: the lines p = `request.threshold` as arrays (m, 2)
        of height in cm and weight in kg, the side of larger p on the left. They come from the array of the
        map and go on for half a cell around it, so that they reach its edge.
    """
    if not 0 <= request.model_index < len(parameters):
        return None, None
    if model.kind != "mlp":
        return probability_grid(model, parameters[request.model_index], scaler, request), None
    regions, contours = None, []
    heights, weights = request.cell_centres(margin=1)
    for index, row in enumerate(parameters):
        probability = _probability(model, row, scaler, heights, weights)
        lines = contour_lines(probability[1], request.threshold, heights, weights)
        contours.append(tuple(lines))
        if index == request.model_index:
            inner = np.ascontiguousarray(probability[:, 1:-1, 1:-1])
            inner.flags.writeable = False
            regions = RegionGrid(request, inner)
    return regions, tuple(contours)


def decision_line(weights_cm_kg: Floats, threshold: float) -> Line | None:
    """The line where p equals the threshold t, i.e. z = ln(t / (1 - t)); exact, parallel for every t.

    Parameters
    ----------
    weights_cm_kg : ndarray of shape (3,)
        Weight per cm, weight per kg and bias of the logistic model (or a difference of two softmax rows).
    threshold : float
        Probability, 0 to 1.

    Returns
    -------
    Line or None
        None where no line has this probability: both weights 0, the threshold 0 or 1, or a number not finite.
    """
    a, b, bias = (float(value) for value in weights_cm_kg)
    if not 0.0 < threshold < 1.0 or not all(map(math.isfinite, (a, b, bias))) or a == b == 0.0:
        return None
    return Line(a, b, bias - (math.log(threshold) - math.log1p(-threshold)))


def clip_line(line: Line, height_range_cm: Range, weight_range_kg: Range) -> Segment | None:
    """The part of a line inside a rectangle as two (height_cm, weight_kg) points; None if it misses it."""
    unit = _in_unit_square(line, height_range_cm, weight_range_kg)
    if unit is None:
        return None
    foot, direction = unit
    reach = _inside_square(foot, direction)
    return None if reach is None else _segment(foot, direction, reach, height_range_cm, weight_range_kg)


def pairwise_segments(
    rows: Floats, height_range_cm: Range, weight_range_kg: Range, kind: ModelKind = "softmax"
) -> list[PairwiseSegment]:
    """The lines p_j = p_k of every pair of classes that cross a rectangle.

    Parameters
    ----------
    rows : ndarray of shape (K, 3)
        A row for each class in original units: weight per cm, weight per kg, bias.
    kind : ModelKind
        With an output node for each class. p_j = p_k is the line z_j = z_k for softmax and K sigmoids. Its
        rivals have a second one, z_j = -z_k, and a line may be a border in two parts, each a segment here.
    """
    segments = []
    for first in range(len(rows)):
        for second in range(first + 1, len(rows)):
            for sign in (1.0, -1.0) if kind in RIVAL_KINDS else (1.0,):
                lead = rows[first] - sign * rows[second]
                segments += _pair(rows, first, second, lead, height_range_cm, weight_range_kg, kind)
    return segments


def _probability(
    model: ModelSpec, parameters: Floats, scaler: Standardizer, heights: Floats, weights: Floats
) -> NDArray[np.float32]:
    """Probabilities (K, rows, columns) at heights in cm (columns,) and weights in kg (rows,).

    The first layer's z is summed in float64; all that follows is computed in float32.
    """
    by_column, by_row = first_planes(model, parameters, scaler, heights, weights)
    if model.kind == "softmax":
        return _softmax_planes(by_column, by_row)
    if model.kind == "sigmoids":
        return _sigmoids(_planes(by_column, by_row).astype(np.float32))
    if model.kind in RIVAL_KINDS:
        return _shares(model.kind, _planes(by_column, by_row))
    if model.kind == "step":
        p = (by_row[0][:, None] + by_column[0] >= 0.0).astype(np.float32)
        return np.stack([1.0 - p, p])
    if model.kind == "mlp":
        return _sigmoid_pair(logit_plane(model, parameters, by_column, by_row))
    return _sigmoid_pair((by_row[0][:, None] + by_column[0]).astype(np.float32))


def _sigmoid_pair(z: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 - p and p, shape (2, rows, columns), by p = (1 + tanh(z / 2)) / 2."""
    half = np.tanh(z * np.float32(0.5))
    half *= np.float32(0.5)
    probability = np.empty((2, *half.shape), dtype=np.float32)
    np.subtract(np.float32(0.5), half, out=probability[0])
    np.add(np.float32(0.5), half, out=probability[1])
    return probability


def _planes(by_column: Floats, by_row: Floats) -> Floats:
    """The logits of a model with an output node for each class, shape (K, rows, columns)."""
    planes: Floats = by_row[:, :, None] + by_column[:, None, :]
    return planes


def _sigmoids(z: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sigmoid of each number, in place."""
    z *= np.float32(0.5)
    np.tanh(z, out=z)
    z *= np.float32(0.5)
    z += np.float32(0.5)
    return z


def _shares(kind: ModelKind, planes: Floats) -> NDArray[np.float32]:
    """|z| / sum |z| or z^2 / sum z^2 of the K planes, shape (K, rows, columns); in place."""
    np.absolute(planes, out=planes)
    largest = planes.max(axis=0)
    undefined = largest == 0.0
    largest[undefined] = 1.0
    planes /= largest
    planes[:, undefined] = 1.0
    sizes = planes.astype(np.float32)
    if kind == "square":
        sizes *= sizes
    sizes /= sizes.sum(axis=0)
    return sizes


def _softmax_planes(by_column: Floats, by_row: Floats) -> NDArray[np.float32]:
    """Softmax of the K planes, shape (K, rows, columns)."""
    planes = _planes(by_column, by_row)
    planes -= planes.max(axis=0)
    probability = np.exp(planes.astype(np.float32))
    probability /= probability.sum(axis=0)
    return probability


def _pair(
    rows: Floats,
    first: int,
    second: int,
    lead: Floats,
    height_range_cm: Range,
    weight_range_kg: Range,
    kind: ModelKind,
) -> list[PairwiseSegment]:
    """The line where the plane `lead` (3,) is 0, once for each part of it that is a border, at least once."""
    line = decision_line(lead, 0.5)
    unit = None if line is None else _in_unit_square(line, height_range_cm, weight_range_kg)
    if unit is None:
        return []
    foot, direction = unit
    reach = _inside_square(foot, direction)
    if reach is None:
        return []
    full = _segment(foot, direction, reach, height_range_cm, weight_range_kg)
    visible = [reach]
    for other in range(len(rows)):
        if other in (first, second):
            continue
        leads = [rows[first] - rows[other]]
        if kind in RIVAL_KINDS:  # |z_first| > |z_other| where both factors of the difference of squares agree
            leads.append(rows[first] + rows[other])
        parts: list[Range] = []
        for sign in (1.0, -1.0)[: len(leads)]:
            planes = [_along(sign * row, foot, direction, height_range_cm, weight_range_kg) for row in leads]
            parts += [part for stretch in visible if (part := _where_all_positive(planes, stretch))]
        visible = _joined(parts)
    if not visible:
        return [PairwiseSegment(first, second, full, None)]
    tops = (_segment(foot, direction, part, height_range_cm, weight_range_kg) for part in visible)
    return [PairwiseSegment(first, second, full, on_top) for on_top in tops]


def _where_all_positive(leads: list[Point], reach: Range) -> Range | None:
    """The stretch of `reach` in which no lead is below 0."""
    result: Range | None = reach
    for lead in leads:
        result = result and _where_positive(lead, result)
    return result


def _joined(parts: list[Range]) -> list[Range]:
    """The same stretches in order, those that touch or overlap as one."""
    joined: list[Range] = []
    for low, high in sorted(parts):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def _in_unit_square(line: Line, heights: Range, weights: Range) -> tuple[Point, Point] | None:
    """Foot and direction of the line in coordinates that run from 0 to 1 over the rectangle."""
    width, height = heights[1] - heights[0], weights[1] - weights[0]
    a, b = line.a * width, line.b * height
    c = line.a * heights[0] + line.b * weights[0] + line.c
    largest = max(abs(a), abs(b))
    if largest == 0.0 or not math.isfinite(largest):
        return None
    a, b, c = a / largest, b / largest, c / largest
    square = a * a + b * b
    return (-c * a / square, -c * b / square), (-b, a)


def _inside_square(foot: Point, direction: Point) -> Range | None:
    """The stretch of foot + t direction inside the unit square (Liang and Barsky 1984)."""
    reach: Range | None = (-math.inf, math.inf)
    for place, slope in zip(foot, direction, strict=True):
        for lead in ((place, slope), (1.0 - place, -slope)):
            reach = reach and _where_positive(lead, reach)
    return reach


def _where_positive(lead: Point, reach: Range) -> Range | None:
    """The stretch of `reach` in which lead[0] + lead[1] t is not below 0; None if it has no length."""
    value, slope = lead
    if slope == 0.0:
        return reach if value >= 0.0 else None
    zero = -value / slope
    low, high = (max(reach[0], zero), reach[1]) if slope > 0.0 else (reach[0], min(reach[1], zero))
    return (low, high) if low < high else None


def _along(row: Floats, foot: Point, direction: Point, heights: Range, weights: Range) -> Point:
    """Value and slope in t of a plane (per cm, per kg, bias) along a line of the unit square.

    The value is raised by what rounding may have taken from it, so that a plane that is 0 all along the line
    (three classes that tie there, as after a third class has been added) does not count as negative.
    """
    a, b = float(row[0]) * (heights[1] - heights[0]), float(row[1]) * (weights[1] - weights[0])
    terms = (float(row[0]) * heights[0], float(row[1]) * weights[0], float(row[2]), a * foot[0], b * foot[1])
    slack = _ROUNDING * (abs(a) + abs(b) + sum(map(abs, terms)))
    return sum(terms) + slack, a * direction[0] + b * direction[1]


def _segment(foot: Point, direction: Point, reach: Range, heights: Range, weights: Range) -> Segment:
    """End points in cm and kg, held inside the rectangle against rounding."""

    def point(t: float) -> Point:
        x, y = (min(max(p + t * d, 0.0), 1.0) for p, d in zip(foot, direction, strict=True))
        return heights[0] + x * (heights[1] - heights[0]), weights[0] + y * (weights[1] - weights[0])

    return point(reach[0]), point(reach[1])
