"""Corners of the convex hull of points in the plane, exact, for integer coordinates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Ints = NDArray[np.int64]

LARGEST_COORDINATE = 2**52
"""Integers up to this size are exact as floating-point numbers, and so are their differences."""

_DIRECTIONS = (8, 32)
"""Rounds of discarding: extreme points in so many directions span a polygon whose inside holds no corner."""

_FEW = 64


def hull_corners(points: Ints) -> list[Point]:
    """Corners of the convex hull, in order around it; points within an edge are no corners.

    Parameters
    ----------
    points : ndarray of int64, shape (2, n), n >= 1
        Coordinates of at most `LARGEST_COORDINATE`.

    Returns
    -------
    list of (int, int)
        One point, the two ends of a segment, or three and more corners, counter-clockwise.
    """
    for count in _DIRECTIONS:
        if points.shape[1] > _FEW:
            points = _without_inside(points, count)
    candidates: list[Point] = sorted(set(zip(points[0].tolist(), points[1].tolist(), strict=True)))
    if len(candidates) <= 2:
        return candidates
    return _half_hull(candidates)[:-1] + _half_hull(candidates[::-1])[:-1]


def _half_hull(ordered: list[Point]) -> list[Point]:
    """Andrew's monotone chain (1979): the corners that have every point on their left, from first to last."""
    chain: list[Point] = []
    for point in ordered:
        while len(chain) >= 2 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> int:
    """Positive for a left turn a -> b -> c, 0 on one line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _without_inside(points: Ints, directions: int) -> Ints:
    """Drop what lies inside the polygon of extreme points by more than any rounding (Akl, Toussaint 1978)."""
    x, y = points.astype(np.float64)
    angles = np.arange(directions) * (2.0 * np.pi / directions)
    spread = np.array([max(np.ptp(x), 1.0), max(np.ptp(y), 1.0)])
    corner = [
        int(np.argmax(x * (np.cos(angle) / spread[0]) + y * (np.sin(angle) / spread[1]))) for angle in angles
    ]
    margin = 1e-12 * float(spread[0] * spread[1])
    inside = np.ones(x.size, dtype=bool)
    for start, end in zip(corner, corner[1:] + corner[:1], strict=True):
        if start != end:
            turn = (x[end] - x[start]) * (y - y[start]) - (y[end] - y[start]) * (x - x[start])
            inside &= turn > margin
    return points[:, ~inside]
