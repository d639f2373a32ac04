"""Paints the markers in a box, the far ones first, with stems to what they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen, QPixmap

from gui.marker_shapes import marker_path
from gui.plots.scene3d.box import SpaceAxes
from gui.plots.scene3d.camera import BOX_HEIGHT, Projection
from gui.plots.scene3d.content import SpacePoints
from gui.plots.scene3d.memory import draw_segments
from gui.theme import Theme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HIDDEN_OPACITY = 0.3
_STEM_OPACITY, _HIDDEN_STEM_OPACITY = 0.5, 0.16
_RING_PX = 8.0
_MOST_STAMPS = 64
_VECTOR_ENGINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture)

StampKey = tuple[str, float, int, int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A marker on the screen, for finding it again."""

    point_id: int
    pixel: QPointF
    is_seen: bool


class PointPainter:
    """Paints points; keeps one small picture of each look, as a screen has many of few looks."""

    def __init__(self) -> None:
        self._stamps: dict[StampKey, QPixmap] = {}

    def paint(
        self,
        painter: QPainter,
        groups: list[SpacePoints],
        places: Floats,
        seen: Bools,
        projection: Projection,
        axes: SpaceAxes,
        theme: Theme,
    ) -> list[Spot]:
        """Paint all markers and return where they are: hidden ones first, then from far to near.

        Parameters
        ----------
        groups : list of SpacePoints
        places : ndarray of shape (n, 3)
            Of all groups, one after the other, in the box's coordinates.
        seen : ndarray of bool, shape (n,)
        """
        counts = [len(group.ids) for group in groups]
        for group, part in zip(groups, _parts(counts), strict=True):
            if group.stem_to is not None:
                _paint_stems(painter, group, places[part], seen[part], projection, axes, theme)
        pixels = projection.project(places).tolist()
        owner = np.repeat(np.arange(len(groups)), counts).tolist()
        ids = np.concatenate([group.ids for group in groups]).tolist()
        is_seen = seen.tolist()
        away = places - projection.eye
        draws = [self._drawer(painter, group, theme) for group in groups]
        opacities = [(HIDDEN_OPACITY * group.opacity, group.opacity) for group in groups]
        spots, opacity = [], -1.0
        for index in np.lexsort((-np.einsum("nk,nk->n", away, away), seen)).tolist():
            spot = Spot(ids[index], QPointF(*pixels[index]), is_seen[index])
            wanted = opacities[owner[index]][spot.is_seen]
            if wanted != opacity:
                painter.setOpacity(wanted)
                opacity = wanted
            draws[owner[index]](spot.pixel)
            spots.append(spot)
        painter.setOpacity(1.0)
        return spots

    def _drawer(self, painter: QPainter, group: SpacePoints, theme: Theme) -> Callable[[QPointF], None]:
        """How a marker of this look is drawn at a pixel: as a stamp, or as a path where paths are kept."""
        if painter.paintEngine().type() in _VECTOR_ENGINES:

            def draw(pixel: QPointF) -> None:
                painter.translate(pixel)
                _draw_marker(painter, group, theme)
                painter.translate(-pixel)

            return draw
        ratio = painter.device().devicePixelRatio()
        stamp = self._stamp(group, theme, ratio)
        half = QPointF(stamp.width() / (2 * ratio), stamp.height() / (2 * ratio))
        return lambda pixel: painter.drawPixmap(pixel - half, stamp)

    def _stamp(self, group: SpacePoints, theme: Theme, ratio: float) -> QPixmap:
        radius = group.radius_px * theme.scale
        key = (group.marker, radius, group.fill.rgba(), group.outline.rgba(), ratio)
        if key not in self._stamps:
            if len(self._stamps) >= _MOST_STAMPS:
                self._stamps.clear()
            self._stamps[key] = _stamp(group, theme, ratio)
        return self._stamps[key]


def paint_ring(painter: QPainter, pixel: QPointF, theme: Theme) -> None:
    """Ring the marker at a pixel, clear of others by a halo."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((theme.plot, 5.0), (theme.accent, 2.5)):
        painter.setPen(QPen(color, width * theme.scale))
        painter.drawEllipse(pixel, _RING_PX * theme.scale, _RING_PX * theme.scale)


def _parts(counts: list[int]) -> list[slice]:
    ends = np.cumsum(counts).tolist()
    return [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]


def _paint_stems(
    painter: QPainter,
    group: SpacePoints,
    places: Floats,
    seen: Bools,
    projection: Projection,
    axes: SpaceAxes,
    theme: Theme,
) -> None:
    if group.stem_to is None:
        return
    ends = places.copy()
    ends[:, 2] = np.clip(axes.z.fraction(group.stem_to), 0.0, 1.0) * BOX_HEIGHT
    drawn = np.isfinite(ends[:, 2])
    stems = projection.project(np.stack([places, ends], axis=1))
    painter.setPen(QPen(group.outline, theme.scale))
    for opacity, chosen in ((_HIDDEN_STEM_OPACITY, drawn & ~seen), (_STEM_OPACITY, drawn & seen)):
        painter.setOpacity(opacity * group.opacity)
        draw_segments(painter, stems[chosen])


def _draw_marker(painter: QPainter, group: SpacePoints, theme: Theme) -> None:
    painter.setPen(QPen(group.outline, theme.scale, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(group.fill)
    painter.drawPath(marker_path(group.marker, group.radius_px * theme.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _stamp(group: SpacePoints, theme: Theme, ratio: float) -> QPixmap:
    """A marker as a picture of an odd number of device pixels, its middle in the middle."""
    side = 2 * int(np.ceil((group.radius_px * 1.6 + 2.0) * theme.scale * ratio)) + 1
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(ratio, ratio)
    _draw_marker(painter, group, theme)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
