"""Paints the markers in a box, the far ones first, with stems to what they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen, QPixmap

from gui.marker_shapes import marker_path
from gui.plots.scene3d.box import SpaceAxes
from gui.plots.scene3d.camera import BOX_HEIGHT, Projection
from gui.plots.scene3d.content import SpacePoints
from gui.plots.scene3d.memory import StampSheet, draw_segments
from gui.theme import Theme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

HIDDEN_OPACITY = 0.3
_STEM_OPACITY, _HIDDEN_STEM_OPACITY = 0.5, 0.16
_RING_PX = 8.0
_VECTOR_ENGINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture)

StampKey = tuple[str, float, int, int, float]


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A marker on the screen, for finding it again."""

    point_id: int
    pixel: QPointF
    is_seen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Where the markers of a picture are: hidden ones first, then from far to near.

    Attributes
    ----------
    ids : ndarray of int64, shape (n,)
    pixels : ndarray of shape (n, 2)
    is_seen : ndarray of bool, shape (n,)
        Whether the surface hides it.
    """

    ids: Ints
    pixels: Floats
    is_seen: Bools

    def listed(self) -> list[Spot]:
        """Every marker as an object of its own."""
        rows = zip(self.ids.tolist(), self.pixels.tolist(), self.is_seen.tolist(), strict=True)
        return [Spot(point_id, QPointF(*pixel), is_seen) for point_id, pixel, is_seen in rows]

    def pixels_of(self, point_id: int | None) -> list[QPointF]:
        """Where the markers with this id are."""
        if point_id is None:
            return []
        return [QPointF(*pixel) for pixel in self.pixels[self.ids == point_id].tolist()]

    def at(self, pixel: QPointF, reach_px: float) -> int | None:
        """The id of the marker within reach: a seen one before a hidden one, then the nearest."""
        distance = np.hypot(*(self.pixels - (pixel.x(), pixel.y())).T)
        near = np.flatnonzero(distance <= reach_px)
        if not near.size:
            return None
        order = np.lexsort((self.ids[near], distance[near], ~self.is_seen[near]))
        return int(self.ids[near[order[0]]])


NO_SPOTS = Spots(np.zeros(0, dtype=np.int64), np.zeros((0, 2)), np.zeros(0, dtype=bool))


class PointPainter:
    """Paints points; keeps one small picture of each look, as a screen has many of few looks."""

    def __init__(self) -> None:
        self._sheet: tuple[tuple[StampKey, ...], StampSheet] | None = None

    def paint(
        self,
        painter: QPainter,
        groups: list[SpacePoints],
        places: Floats,
        seen: Bools,
        projection: Projection,
        axes: SpaceAxes,
        theme: Theme,
    ) -> Spots:
        """Paint all markers and return where they are.

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
        painter.setOpacity(1.0)
        away = places - projection.eye
        order = np.lexsort((-np.einsum("nk,nk->n", away, away), seen))
        spots = Spots(
            np.concatenate([group.ids for group in groups])[order],
            projection.project(places)[order],
            seen[order],
        )
        owner = np.repeat(np.arange(len(groups)), counts)[order]
        own = np.array([group.opacity for group in groups])[owner]
        opacity = np.where(spots.is_seen, own, HIDDEN_OPACITY * own)
        if painter.paintEngine().type() in _VECTOR_ENGINES:
            _paint_paths(painter, groups, spots, owner, opacity, theme)
        else:
            ratio = painter.device().devicePixelRatio()
            self._stamps(groups, theme, ratio).paint(painter, spots.pixels, owner, opacity)
        return spots

    def _stamps(self, groups: list[SpacePoints], theme: Theme, ratio: float) -> StampSheet:
        """One stamp a group, kept while their looks stay."""
        key = tuple(
            (group.marker, group.radius_px * theme.scale, group.fill.rgba(), group.outline.rgba(), ratio)
            for group in groups
        )
        if self._sheet is None or self._sheet[0] != key:
            self._sheet = key, StampSheet([_stamp(group, theme, ratio) for group in groups], ratio)
        return self._sheet[1]


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


def _paint_paths(
    painter: QPainter, groups: list[SpacePoints], spots: Spots, owner: Ints, opacity: Floats, theme: Theme
) -> None:
    """Every marker as a path, for pictures that keep paths."""
    rows = zip(spots.pixels.tolist(), owner.tolist(), opacity.tolist(), strict=True)
    for (x, y), number, strength in rows:
        painter.setOpacity(strength)
        painter.translate(x, y)
        _draw_marker(painter, groups[number], theme)
        painter.translate(-x, -y)
    painter.setOpacity(1.0)


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
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(ratio, ratio)
        _draw_marker(painter, group, theme)
    return picture
