"""Samples as small markers of their classes on the lab's plots: thousands a frame, and which one is hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from engine.document.state import ClassInfo
from gui.marker_shapes import marker_path
from gui.recording import is_recording
from gui.theme import Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_RADII_PX = ((200, 3.0), (1_500, 2.6))
_SMALLEST_RADIUS_PX = 2.2
_REACH_PX = 9.0
_ROW = 1 << 20
"""More than any number of pixels, so that a column and a row make one whole number."""


def dot_radius_px(count: int) -> float:
    """Radius of a dot at 100 % among `count` samples."""
    return next((radius for limit, radius in _RADII_PX if count <= limit), _SMALLEST_RADIUS_PX)


@dataclass(slots=True, eq=False)
class DotStamps:
    """A picture of a dot for each class, made anew when classes, theme, size or screen change."""

    _key: tuple[object, ...] = ()
    _pictures: list[QPixmap] = field(default_factory=list)

    def pictures(
        self, classes: Sequence[ClassInfo], theme: Theme, radius_px: float, ratio: float
    ) -> list[QPixmap]:
        """One picture a class, in their order; a pixel of them is a device pixel."""
        key = (tuple(classes), theme, radius_px, ratio)
        if key != self._key:
            self._key = key
            self._pictures = [_stamp(info, theme, radius_px, ratio) for info in classes]
        return self._pictures


def _stamp(info: ClassInfo, theme: Theme, radius_px: float, ratio: float) -> QPixmap:
    radius = radius_px * theme.scale
    # An odd number of device pixels has a middle one.
    side = 2 * int(np.ceil((radius * 1.5 + 1.5) * ratio)) + 1
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(ratio, ratio)
        painter.setPen(QPen(theme.class_outline(info.color), 0.9 * theme.scale))
        painter.setBrush(QBrush(theme.class_fill(info.color)))
        painter.drawPath(marker_path(info.marker, radius))
    return picture


def paint_dots(
    painter: QPainter, pictures: Sequence[QPixmap], x: Floats, y: Floats, class_index: Ints, ratio: float
) -> None:
    """Stamp a dot at every pixel (x, y), once where several of a class share a device pixel.

    Along a curve there are only so many places, so that the cost is bounded for any number of samples.
    """
    column = np.rint(x * ratio).astype(np.int64)
    row = np.rint(y * ratio).astype(np.int64)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_recording(painter))
    painter.scale(1.0 / ratio, 1.0 / ratio)
    draw = painter.drawPixmap
    for index, picture in enumerate(pictures):
        chosen = class_index == index
        places = np.unique(column[chosen] * _ROW + row[chosen])
        half = picture.width() // 2
        lefts, tops = (places // _ROW - half).tolist(), (places % _ROW - half).tolist()
        for left, top in zip(lefts, tops, strict=True):
            draw(left, top, picture)
    painter.restore()


def paint_dot_ring(painter: QPainter, theme: Theme, place: QPointF, radius_px: float, color: QColor) -> None:
    """Ring a dot that is hovered or selected, clear of the others by a halo."""
    radius = (radius_px + 2.6) * theme.scale
    halo = QColor(theme.plot)
    halo.setAlphaF(0.85)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(halo, 4.0 * theme.scale), QPen(color, 2.0 * theme.scale)):
        painter.setPen(pen)
        painter.drawEllipse(place, radius, radius)


def nearest_dot(x: Floats, y: Floats, place: QPointF, scale: float) -> int | None:
    """Index of the dot nearest to a pixel, or None if none is within reach."""
    if not x.size:
        return None
    squared = (x - place.x()) ** 2 + (y - place.y()) ** 2
    index = int(squared.argmin())
    return index if squared[index] <= (_REACH_PX * scale) ** 2 else None
