"""Points and lines that Qt and NumPy share, so that a frame copies arrays and makes no objects."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter

Floats = NDArray[np.float64]
Kind = TypeVar("Kind", QPointF, QLineF)


class PolygonMemory:
    """`count` polygons of `corners` points each: QPointF objects that live in one array."""

    def __init__(self) -> None:
        self._array: Floats = np.empty((0, 0, 2))
        self._polygons: list[list[QPointF]] = []

    def polygons(self, corners: Floats) -> list[list[QPointF]]:
        """Return the polygons (n, m, 2) as lists of points, valid until the next call."""
        if corners.shape != self._array.shape:
            self._array = np.empty(corners.shape)
            start, step, count = self._array.ctypes.data, 2 * self._array.itemsize, corners.shape[1]
            addresses = range(start, start + self._array.nbytes, step)
            points = [_shared(address, QPointF) for address in addresses]
            self._polygons = [points[first : first + count] for first in range(0, len(points), count)]
        self._array[...] = corners
        return self._polygons


def draw_segments(painter: QPainter, segments: Floats) -> None:
    """Draw lines (n, 2, 2) with the painter's pen, in one call."""
    if len(segments):
        array = np.ascontiguousarray(segments, dtype=np.float64)
        painter.drawLines(_shared(array.ctypes.data, QLineF), len(array))


def _shared(address: int, kind: type[Kind]) -> Kind:
    """A Qt object that is the numbers at an address, not a copy."""
    return cast(Kind, shiboken6.wrapInstance(address, kind))
