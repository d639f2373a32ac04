"""What lies under the pointer: plain functions over arrays of pixels."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]


def nearest(x: Floats, y: Floats, point: Point, radius: float) -> int | None:
    """Index of the nearest of the points (x, y), each (n,), within `radius` px; of equals the topmost."""
    squared = (x - point[0]) ** 2 + (y - point[1]) ** 2
    if not squared.size:
        return None
    index = squared.size - 1 - int(np.argmin(squared[::-1]))
    return index if squared[index] <= radius * radius else None


def inside(x: Floats, y: Floats, first: Point, second: Point) -> NDArray[np.bool_]:
    """Which of the points (x, y) lie in the rectangle between two corners."""
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    return (x >= left) & (x <= right) & (y >= top) & (y <= bottom)


def near_path(x: Floats, y: Floats, start: Point, end: Point, radius: float) -> NDArray[np.bool_]:
    """Which of the points (x, y) lie within `radius` px of the straight way from `start` to `end`."""
    way = (end[0] - start[0], end[1] - start[1])
    length_squared = way[0] ** 2 + way[1] ** 2
    if length_squared == 0.0:
        return (x - start[0]) ** 2 + (y - start[1]) ** 2 <= radius * radius
    along = np.clip(((x - start[0]) * way[0] + (y - start[1]) * way[1]) / length_squared, 0.0, 1.0)
    across_x, across_y = x - (start[0] + along * way[0]), y - (start[1] + along * way[1])
    near: NDArray[np.bool_] = across_x**2 + across_y**2 <= radius * radius
    return near


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """Distance in px from a point to the segment between two others."""
    way = (end[0] - start[0], end[1] - start[1])
    length_squared = way[0] ** 2 + way[1] ** 2
    along = 0.0
    if length_squared > 0.0:
        along = ((point[0] - start[0]) * way[0] + (point[1] - start[1]) * way[1]) / length_squared
        along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * way[0], point[1] - start[1] - along * way[1])
