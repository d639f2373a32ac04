"""Points and lines that Qt and NumPy share, so that a frame copies arrays and makes no objects."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kind = TypeVar("Kind", QPointF, QLineF, QPainter.PixmapFragment)


_ROOM = 256


class PolygonMemory:
    """Polygons of as many points each: QPointF objects that live in one array."""

    def __init__(self) -> None:
        self._array: Floats = np.empty((0, 0, 2))
        self._polygons: list[list[QPointF]] = []

    def polygons(self, corners: Floats) -> list[list[QPointF]]:
        """Return the polygons (n, m, 2) as lists of points, valid until the next call, and some left over.

        Room is made for some more at once, as a surface that bends has another number of them each frame.
        """
        if corners.shape[1:] != self._array.shape[1:] or len(corners) > len(self._array):
            room = -(-len(corners) // _ROOM) * _ROOM
            self._array = np.zeros((room, *corners.shape[1:]))
            start, step, count = self._array.ctypes.data, 2 * self._array.itemsize, corners.shape[1]
            addresses = range(start, start + self._array.nbytes, step)
            points = [_shared(address, QPointF) for address in addresses]
            self._polygons = [points[first : first + count] for first in range(0, len(points), count)]
        self._array[: len(corners)] = corners
        return self._polygons


class StampSheet:
    """Small pictures side by side in one, so that many stamps of few looks are painted in one call.

    Parameters
    ----------
    stamps : list of QPixmap
        In device pixels.
    ratio : float
        Device pixels to one of the painter's.
    """

    def __init__(self, stamps: list[QPixmap], ratio: float) -> None:
        self._ratio = ratio
        widths = [stamp.width() for stamp in stamps]
        self._sheet = QPixmap(sum(widths), max(stamp.height() for stamp in stamps))
        self._sheet.fill(Qt.GlobalColor.transparent)
        self._sources = np.array(
            [
                (left, 0.0, stamp.width(), stamp.height())
                for left, stamp in zip(np.cumsum([0, *widths]).tolist(), stamps, strict=False)
            ],
            dtype=np.float64,
        )
        with QPainter(self._sheet) as painter:
            for (left, *_), stamp in zip(self._sources.tolist(), stamps, strict=True):
                painter.drawPixmap(QPointF(left, 0.0), stamp)

    def paint(self, painter: QPainter, centers: Floats, which: Ints, opacity: Floats) -> None:
        """Paint stamps, `which` of them (n,) with their middles at `centers` (n, 2), in this order."""
        if not len(centers):
            return
        # Qt's fragment: x, y, source's left, top, width and height, scale in x and in y, rotation, opacity.
        fragments = np.zeros((len(centers), 10))
        fragments[:, :2] = centers
        fragments[:, 2:6] = self._sources[which]
        fragments[:, 6:8] = 1.0 / self._ratio
        fragments[:, 9] = opacity
        first = _shared(fragments.ctypes.data, QPainter.PixmapFragment)
        painter.drawPixmapFragments(first, len(fragments), self._sheet)


def draw_segments(painter: QPainter, segments: Floats) -> None:
    """Draw lines (n, 2, 2) with the painter's pen, in one call."""
    if len(segments):
        array = np.ascontiguousarray(segments, dtype=np.float64)
        painter.drawLines(_shared(array.ctypes.data, QLineF), len(array))


def _shared(address: int, kind: type[Kind]) -> Kind:
    """A Qt object that is the numbers at an address, not a copy."""
    return cast(Kind, shiboken6.wrapInstance(address, kind))
