"""Where a landscape has its minima: found on its grid, then followed down to where they really are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.landscape.grid import LandscapeSource
from engine.landscape.planes import LandscapeGrid, Plane

Floats = NDArray[np.float64]
Point = tuple[float, float]

MOST_MINIMA = 6
POINTS = 13
_FLAT = 1e-7
"""A minimum must curve upwards by this share of the largest curvature: rounding makes dips in a plateau."""
_PRECISION = 1e-4
_SAME = 0.01
_MOST_LOOKS = 40
_WIDER, _WIDE_POINTS = 10.0, (9, 41)
_SAME_LOSS = 1e-6
"""Losses that differ by less than this share of the landscape's range are the same minimum's, found twice."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """A minimum of a landscape.

    Attributes
    ----------
    point : (u, v)
    loss : float
    is_global : bool
        Nothing is lower, neither on the landscape's own grid nor on a coarse one of a box ten times as wide;
        else it is a local minimum only. Measured, as MSE offers no proof.
    """

    point: Point
    loss: float
    is_global: bool


def minima_of(grid: LandscapeGrid, source: LandscapeSource) -> tuple[Minimum, ...]:
    """The minima inside a landscape, the lowest one first.

    Along a narrow valley a grid has dips that are none, so each is followed by ever finer small grids around
    the lowest point so far. What leads out of the box is left out: there the loss may fall further.
    """
    found: list[tuple[float, Point]] = []
    span = np.array([np.ptp(grid.plane.u_range), np.ptp(grid.plane.v_range)])
    for candidate in _dips(grid):
        end = _followed(grid, source, candidate)
        if end is None:
            continue
        offsets = [np.abs(np.subtract(end[1], other) / span).max() for _, other in found]
        if not any(offset < _SAME for offset in offsets):
            found.append(end)
    if not found:
        return ()
    same = _SAME_LOSS * float(np.ptp(grid.loss))
    lowest = _lowest_loss(grid, source, min(found)[0] - same) + same
    return tuple(Minimum(point, loss, is_global=loss <= lowest) for loss, point in sorted(found))


def _lowest_loss(grid: LandscapeGrid, source: LandscapeSource, enough: float) -> float:
    """The lowest loss of the grid and of a coarse one of a much wider box; one below `enough` will do.

    A few points of the coarse one come first: where a minimum is a local one only, they mostly tell.
    """
    plane, lowest = grid.plane, float(grid.loss.min())
    u_range, v_range = (
        ((low + high - _WIDER * (high - low)) / 2.0, (low + high + _WIDER * (high - low)) / 2.0)
        for low, high in (plane.u_range, plane.v_range)
    )
    directions = plane.direction_u, plane.direction_v
    for points in _WIDE_POINTS:
        if lowest < enough:
            break
        wide = Plane(plane.origin, *directions, u_range, v_range, points, points)
        grids = source.grids(wide, curvature=False)
        assert grids is not None  # nothing asks it to stop
        lowest = min(lowest, float(np.nanmin(grids[0].loss)))
    return lowest


def _dips(grid: LandscapeGrid) -> list[Point]:
    """Grid points inside that are lower than all eight neighbours, the lowest first."""
    loss = grid.loss
    if min(loss.shape) < 3:
        return []
    inside = loss[1:-1, 1:-1]
    is_dip = np.ones(inside.shape, dtype=bool)
    for down in range(3):
        for right in range(3):
            if (down, right) != (1, 1):
                is_dip &= inside < loss[down : down + inside.shape[0], right : right + inside.shape[1]]
    if grid.smallest_eigenvalue is not None:
        is_dip &= grid.smallest_eigenvalue[1:-1, 1:-1] > _FLAT * grid.largest_curvature
    rows, columns = np.nonzero(is_dip)
    order = np.argsort(inside[rows, columns])[:MOST_MINIMA]
    u, v = grid.plane.u, grid.plane.v
    return [(float(u[columns[place] + 1]), float(v[rows[place] + 1])) for place in order]


def _followed(grid: LandscapeGrid, source: LandscapeSource, start: Point) -> tuple[float, Point] | None:
    """The loss and the place of the minimum that a dip leads to; None where that is not in the box."""
    plane = grid.plane
    u, v = start
    span = np.array([np.ptp(plane.u_range), np.ptp(plane.v_range)])
    half = 1.5 * span / (np.array([plane.columns, plane.rows]) - 1)
    best = float("inf")
    for _ in range(_MOST_LOOKS):
        small = Plane(
            plane.origin, plane.direction_u, plane.direction_v,
            (u - half[0], u + half[0]), (v - half[1], v + half[1]), POINTS, POINTS,
        )  # fmt: skip
        grids = source.grids(small, curvature=False)
        assert grids is not None  # nothing asks it to stop
        loss = grids[0].loss
        row, column = np.unravel_index(int(np.argmin(loss)), loss.shape)
        best, u, v = float(loss[row, column]), float(small.u[column]), float(small.v[row])
        if not (plane.u_range[0] < u < plane.u_range[1] and plane.v_range[0] < v < plane.v_range[1]):
            return None
        if 0 < row < POINTS - 1 and 0 < column < POINTS - 1:
            half = half * (2.5 / (POINTS - 1) * 2.0)
            if (half < _PRECISION * span).all():
                return best, (u, v)
    return None
