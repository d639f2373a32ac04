"""Paints a box with its surface, lines, points and texts through any QPainter: a screen, an SVG ..."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.plots.scene3d.box import SpaceAxes
from gui.plots.scene3d.camera import Camera, Projection
from gui.plots.scene3d.colors import shades_of
from gui.plots.scene3d.content import SpaceContent, SpaceLine
from gui.plots.scene3d.labels import (
    NUMBER_PX,
    TITLE_PX,
    BoxLayout,
    Metrics,
    box_area,
    lay_out,
    place_note,
    tick_count,
)
from gui.plots.scene3d.memory import PolygonMemory, draw_segments
from gui.plots.scene3d.points import NO_SPOTS, PointPainter, Spots, paint_ring
from gui.plots.scene3d.surfaces import Surface
from gui.plots.scene3d.visibility import LINE_LIFT, visible
from gui.theme import Theme

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LayoutKey = tuple[Projection, SpaceAxes, float, QRectF]

OVERLAP_PX = 0.45
"""Each facet is this much larger all round, so that smooth edges leave no seam between neighbours."""

FARTHEST = 4.0
"""How far a sharp corner may go along its edge for that, in units of `OVERLAP_PX`."""

POINT_LIFT = 0.05
"""A marker this little below the surface stands on it, as a person would, and is seen."""

_DRAPED_PIECES = 28
_POINT_PX = 1e-6


class SpacePainter:
    """Paints contents; keeps the memory that facets share with Qt, and the markers' pictures."""

    def __init__(self) -> None:
        self._memory = PolygonMemory()
        self._points = PointPainter()
        self._layout: tuple[LayoutKey, BoxLayout] | None = None

    def projection(self, content: SpaceContent, camera: Camera, theme: Theme, bounds: QRectF) -> Projection:
        """How a content is projected into `bounds`."""
        size = QSizeF(bounds.width(), bounds.height())
        area = box_area(size, content.axes, Metrics.of(theme)).translated(bounds.topLeft())
        return Projection(camera, area)

    def paint(
        self,
        painter: QPainter,
        content: SpaceContent,
        camera: Camera,
        theme: Theme,
        bounds: QRectF,
        highlight: int | None = None,
    ) -> Spots:
        """Paint everything into `bounds` and return where the markers are, nearest last."""
        projection = self.projection(content, camera, theme, bounds)
        metrics = Metrics.of(theme)
        layout = self._laid_out(projection, content.axes, metrics, bounds)
        painter.save()
        painter.setClipRect(bounds)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        _paint_lines(painter, theme.line, theme.scale, layout.grid)
        self._paint_surface(painter, content, projection)
        _paint_space_lines(painter, content, projection, theme)
        _paint_lines(painter, theme.quiet, theme.scale, [*layout.frame, *layout.ticks])
        spots = self._paint_points(painter, content, projection, theme)
        for pixel in spots.pixels_of(highlight):
            paint_ring(painter, pixel, theme)
        _paint_texts(painter, content, layout, projection, theme, metrics, bounds)
        painter.restore()
        return spots

    def _laid_out(
        self, projection: Projection, axes: SpaceAxes, metrics: Metrics, bounds: QRectF
    ) -> BoxLayout:
        """Texts and lines around the box: those of the last frame while neither view nor axes change."""
        key = (projection, axes, metrics.scale, bounds)
        if self._layout is None or self._layout[0] != key:
            self._layout = (key, lay_out(projection, axes, metrics, bounds))
        layout = self._layout[1]
        return replace(layout, texts=list(layout.texts))

    def _paint_surface(self, painter: QPainter, content: SpaceContent, projection: Projection) -> None:
        surface, brushes = content.surface, content.brushes
        if surface is None or brushes is None:
            return
        facets = surface.facets
        corners = projection.project(facets.corners)
        polygons = self._memory.polygons(grown(corners))
        keys = brushes.indices(facets.level, shades_of(facets.normal, projection.axes))
        painter.setPen(Qt.PenStyle.NoPen)
        draw, set_brush, last = painter.drawConvexPolygon, painter.setBrush, -1
        for index in surface.order(projection.eye).tolist():
            key = keys[index]
            if key != last:
                set_brush(brushes[key])
                last = key
            draw(polygons[index])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_points(
        self, painter: QPainter, content: SpaceContent, projection: Projection, theme: Theme
    ) -> Spots:
        groups = [group for group in content.points if len(group.ids) and group.opacity > 0.0]
        if not groups:
            return NO_SPOTS
        places = content.axes.to_box(np.concatenate([group.places for group in groups]))
        seen = _seen(content.surface, places, projection, POINT_LIFT)
        return self._points.paint(painter, groups, places, seen, projection, content.axes, theme)


def grown(corners: Floats) -> Floats:
    """Convex polygons (n, m, 2) with every edge moved outwards by `OVERLAP_PX`, however thin they are.

    A corner goes along the longer of its two edges, to where the moved edges meet but not far past it, so
    that the long edges of a needle stay parallel to what they were.
    """
    x, y = np.ascontiguousarray(corners[..., 0].T), np.ascontiguousarray(corners[..., 1].T)
    next_x, next_y = np.roll(x, -1, axis=0), np.roll(y, -1, axis=0)
    side = np.copysign(1.0, (x * next_y - y * next_x).sum(axis=0))
    next_x -= x
    next_y -= y
    length = np.sqrt(next_x * next_x + next_y * next_y)
    scale = 1.0 / np.maximum(length, _POINT_PX)
    next_x *= scale
    next_y *= scale
    before_x, before_y = np.roll(next_x, 1, axis=0), np.roll(next_y, 1, axis=0)
    turn = side * (before_x * next_y - before_y * next_x)
    past = turn / np.maximum(1.0 + before_x * next_x + before_y * next_y, _POINT_PX)
    past = np.clip(past, 0.0, FARTHEST)  # a quad folded over has turns the other way
    is_first = np.roll(length, 1, axis=0) >= length
    along_x, along_y = np.where(is_first, before_x, next_x), np.where(is_first, before_y, next_y)
    past = np.where(is_first, past, -past)
    result = np.empty(corners.shape)
    result[..., 0] = (x + OVERLAP_PX * (past * along_x + side * along_y)).T
    result[..., 1] = (y + OVERLAP_PX * (past * along_y - side * along_x)).T
    return result


def _paint_lines(painter: QPainter, color: QColor, width: float, lines: list[Floats]) -> None:
    if lines:
        painter.setPen(QPen(color, width))
        draw_segments(painter, np.array(lines))


def draped_pieces(axes: SpaceAxes, projection: Projection, scale: float) -> Floats:
    """Lines at the round numbers of x and y, in short pieces over the box's floor, shape (n, 2, 2)."""
    length = projection.scale * 0.8
    along = np.linspace(-0.5, 0.5, _DRAPED_PIECES + 1)
    pieces = []
    for number, axis in enumerate((axes.x, axes.y)):
        for tick in axis.written(tick_count(length, scale)):
            place = float(axis.fraction(np.array(tick.value))) - 0.5
            line = np.empty((_DRAPED_PIECES + 1, 2))
            line[:, number], line[:, 1 - number] = place, along
            pieces.append(np.stack([line[:-1], line[1:]], axis=1))
    for fixed in (0, 1):
        for place in (-0.5, 0.5):
            line = np.empty((_DRAPED_PIECES + 1, 2))
            line[:, fixed], line[:, 1 - fixed] = place, along
            pieces.append(np.stack([line[:-1], line[1:]], axis=1))
    return np.concatenate(pieces)


def _paint_space_lines(
    painter: QPainter, content: SpaceContent, projection: Projection, theme: Theme
) -> None:
    lines = list(content.lines)
    places = [_in_box(line.pieces, content) for line in lines]
    if content.draped_grid and content.surface is not None:
        grid = QColor(theme.ink)
        grid.setAlphaF(0.22 if theme.dark else 0.16)
        floor = draped_pieces(content.axes, projection, theme.scale)
        lines.insert(0, SpaceLine(floor, grid, 1.0, hidden_opacity=0.0))
        places.insert(0, _on_surface(floor, content.surface))
    if not lines:
        return
    seen = _seen(content.surface, np.concatenate([place.mean(axis=1) for place in places]), projection)
    start = 0
    for line, place in zip(lines, places, strict=True):
        part = seen[start : start + len(place)]
        start += len(place)
        _paint_space_line(painter, line, projection.project(place), part, theme.scale)


def _paint_space_line(painter: QPainter, line: SpaceLine, pixels: Floats, seen: Bools, scale: float) -> None:
    pen = QPen(line.color, line.width_px * scale, line.style)
    if line.hidden_opacity > 0.0:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setOpacity(line.hidden_opacity)
        draw_segments(painter, pixels[~seen])
        painter.setOpacity(1.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if line.color.alpha() == 255 else Qt.PenCapStyle.FlatCap)
    if line.halo is not None:
        halo = QPen(line.halo, (line.width_px + 2.5) * scale)
        halo.setCapStyle(pen.capStyle())
        painter.setPen(halo)
        draw_segments(painter, pixels[seen])
    painter.setPen(pen)
    draw_segments(painter, pixels[seen])


def _in_box(pieces: Floats, content: SpaceContent) -> Floats:
    """Pieces in the axes' units -> (n, 2, 3) in the box's; those without a height lie on the surface."""
    if pieces.shape[-1] == 3:
        return content.axes.to_box(pieces)
    points = np.zeros((*pieces.shape[:-1], 3))
    points[..., :2] = pieces
    floor = content.axes.to_box(points)
    return floor if content.surface is None else _on_surface(floor[..., :2], content.surface)


def _on_surface(floor: Floats, surface: Surface) -> Floats:
    points = np.empty((*floor.shape[:-1], 3))
    points[..., :2] = floor
    points[..., 2] = surface.height_at(floor[..., 0], floor[..., 1])
    return points


def _seen(surface: Surface | None, points: Floats, projection: Projection, lift: float = LINE_LIFT) -> Bools:
    if surface is None:
        return np.ones(len(points), dtype=bool)
    return visible(surface, points, projection.eye, lift)


def _paint_texts(
    painter: QPainter,
    content: SpaceContent,
    layout: BoxLayout,
    projection: Projection,
    theme: Theme,
    metrics: Metrics,
    bounds: QRectF,
) -> None:
    axis_texts = list(layout.texts)
    for placed in axis_texts:
        painter.setFont(theme.font(TITLE_PX) if placed.is_title else theme.font(NUMBER_PX, tabular=True))
        painter.setPen(theme.text if placed.is_title else theme.quiet)
        painter.drawText(placed.rect, Qt.AlignmentFlag.AlignCenter, placed.text)
    for note in content.notes:
        box = content.axes.to_box(np.array(note.place))
        place = projection.project(box)
        place_note(
            layout, QPointF(float(place[0]), float(place[1])), note.text, metrics, bounds, strong=note.strong
        )
    painter.setFont(theme.font(NUMBER_PX, tabular=True))
    for placed in layout.texts[len(axis_texts) :]:
        ground = QColor(theme.card)
        ground.setAlphaF(0.9)
        painter.setPen(QPen(theme.accent if placed.is_strong else theme.line, theme.scale))
        painter.setBrush(ground)
        painter.drawRoundedRect(placed.rect, 4.0 * theme.scale, 4.0 * theme.scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.text)
        painter.drawText(placed.rect, Qt.AlignmentFlag.AlignCenter, placed.text)
