"""The shapes that classes have besides their colours, drawn alike on the canvas and in lists."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from engine.document.state import Marker

# (corners, radius factor, angle of the first corner in degrees, downwards from the right). The factors make
# the shapes look equally large: their areas are close to that of the circle of radius 1.
_POLYGONS: dict[str, tuple[int, float, float]] = {
    "triangle": (3, 1.36, -90.0),
    "square": (4, 1.27, 45.0),
    "diamond": (4, 1.27, 0.0),
    "pentagon": (5, 1.16, -90.0),
    "hexagon": (6, 1.10, 0.0),
}
_STAR_OUTER, _STAR_INNER = 1.5, 0.66
_CROSS_ARM, _CROSS_HALF_WIDTH = 1.3, 0.45


def marker_path(marker: Marker, radius: float) -> QPainterPath:
    """Return the outline of a marker around the origin, as large to the eye as a circle of `radius` px."""
    path = QPainterPath()
    if marker == "circle":
        path.addEllipse(QPointF(0.0, 0.0), radius, radius)
    elif marker == "cross":
        path = _cross(radius)
    elif marker == "star":
        points = [
            _corner(radius * (_STAR_OUTER if number % 2 == 0 else _STAR_INNER), -90.0 + 36.0 * number)
            for number in range(10)
        ]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    else:
        corners, factor, start = _POLYGONS[marker]
        points = [_corner(radius * factor, start + 360.0 * number / corners) for number in range(corners)]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


def _corner(radius: float, degrees: float) -> QPointF:
    angle = math.radians(degrees)
    return QPointF(radius * math.cos(angle), radius * math.sin(angle))


def _cross(radius: float) -> QPainterPath:
    arm, half = radius * _CROSS_ARM, radius * _CROSS_HALF_WIDTH
    bars = QPainterPath()
    bars.addRect(QRectF(-arm, -half, 2 * arm, 2 * half))
    upright = QPainterPath()
    upright.addRect(QRectF(-half, -arm, 2 * half, 2 * arm))
    return bars.united(upright)
