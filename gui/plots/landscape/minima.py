"""Where a landscape has its minima: found on its grid, then followed down to where they really are."""

from __future__ import annotations

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


def minima_of(grid: LandscapeGrid, source: LandscapeSource) -> tuple[Point, ...]:
    """The minima inside a landscape as (u, v), the lowest one first.

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
    return tuple(point for _, point in sorted(found))


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
