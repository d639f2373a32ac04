"""Curved boundaries in pixels: few enough points to draw dashed in every frame, and where they are near."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from gui.canvas.viewport import Viewport

Floats = NDArray[np.float64]

_TOLERANCE_PX = 0.2
_PASSES = 4


def curves_px(lines: Sequence[Floats], viewport: Viewport) -> tuple[Floats, ...]:
    """Polylines (m, 2) in cm and kg to pixels, with as few points as an eye can tell."""
    return tuple(
        simplified(np.stack([viewport.x_of(line[:, 0]), viewport.y_of(line[:, 1])], axis=1), _TOLERANCE_PX)
        for line in lines
    )


def simplified(points: Floats, tolerance_px: float) -> Floats:
    """A polyline without the points that lie nearer to the chord between their neighbours than a tolerance.

    Only every second point may go in each of a few passes, so that what is left never drifts away.
    """
    for _ in range(_PASSES):
        if len(points) < 4:
            break
        before, here, after = points[:-2:2], points[1:-1:2], points[2::2]
        way = after - before
        length = np.hypot(way[:, 0], way[:, 1])
        cross = way[:, 0] * (here[:, 1] - before[:, 1]) - way[:, 1] * (here[:, 0] - before[:, 0])
        is_needed = np.abs(cross) > tolerance_px * np.maximum(length, 1e-9)
        kept = np.ones(len(points), dtype=bool)
        kept[1:-1:2] = is_needed
        if kept.all():
            break
        points = points[kept]
    return points


def polygon(points: Floats) -> QPolygonF:
    """Points in pixels (m, 2) as a polyline for the painter."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def distance_to_curve(points: Floats, x: float, y: float) -> float:
    """Distance in px from a place to the nearest point of a polyline (m, 2)."""
    start, way = points[:-1], np.diff(points, axis=0)
    length_squared = np.maximum((way**2).sum(axis=1), 1e-12)
    offset = np.array([x, y]) - start
    along = np.clip((offset * way).sum(axis=1) / length_squared, 0.0, 1.0)
    nearest = start + along[:, None] * way
    return float(np.sqrt(((nearest - (x, y)) ** 2).sum(axis=1).min())) if len(points) > 1 else float("inf")
