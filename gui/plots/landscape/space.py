"""A landscape in 3-D: the loss as a height, with lines of equal loss and the way down on it."""

from __future__ import annotations

from functools import cache

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from engine.document.state import Marker
from engine.landscape.planes import LandscapeGrid
from engine.specs import LossName
from gui.formulas import loss_name
from gui.plots.landscape.box import Box
from gui.plots.landscape.panel import Overlay, Point
from gui.plots.landscape.picture import (
    Floats,
    Range,
    color_places,
    color_range,
    color_table,
    contour_levels,
    line_color,
)
from gui.plots.scene3d.box import SpaceAxes, SpaceAxis
from gui.plots.scene3d.camera import BOX_HEIGHT
from gui.plots.scene3d.colors import Brushes
from gui.plots.scene3d.content import SpaceContent, SpaceLine, SpacePoints
from gui.plots.scene3d.contours import contour_segments, pieces_along, pieces_between
from gui.plots.scene3d.surfaces import HeightField

VERTICES = 41
_CONTOURS = 10
_SHADOW = QColor(0, 0, 0, 130)
_HOLLOW = QColor(Qt.GlobalColor.transparent)
_INK, _GREY, _WHITE, _CHORD = QColor("#101418"), QColor("#7A838F"), QColor("white"), QColor("#1A5FD0")


class LandscapeSpace:
    """One landscape's surface with its lines of equal loss, made once; ways and marks are put on it."""

    def __init__(self, grid: LandscapeGrid, colors: Range) -> None:
        plane = grid.plane
        self._loss: LossName = grid.loss_name
        self._box = Box(plane.u_range, plane.v_range)
        low, high = color_range(grid)
        self._range = (low, max(high, low + 1e-12 * max(abs(low), 1.0)))
        rows = np.linspace(0, plane.rows - 1, min(VERTICES, plane.rows)).round().astype(int)
        columns = np.linspace(0, plane.columns - 1, min(VERTICES, plane.columns)).round().astype(int)
        loss = grid.loss[np.ix_(rows, columns)]
        height = (loss - self._range[0]) / (self._range[1] - self._range[0])
        self._surface = HeightField(height, color_places(loss, *colors))
        has_lines = grid.smallest_eigenvalue is not None  # on terraces their edges are lines already
        levels = contour_levels(*self._range, _CONTOURS) if has_lines else []
        segments = contour_segments(loss, levels, plane.u_range, plane.v_range)
        self._lines = tuple(
            SpaceLine(
                pieces,
                line_color(float(color_places(np.array(level), *colors))),
                width_px=1.0,
                hidden_opacity=0.0,
            )
            for level, pieces in zip(levels, segments, strict=True)
        )

    def content(
        self, x_title: str, y_title: str, overlay: Overlay, chord: list[Point], pointer: Point | None
    ) -> SpaceContent:
        """The box with everything in it; way, marks and chord as they are now."""
        axes = SpaceAxes(
            SpaceAxis(x_title, *self._box.u_range),
            SpaceAxis(y_title, *self._box.v_range),
            SpaceAxis(loss_name(self._loss), *self._range),
        )
        lines = [*self._lines, *self._ways(overlay)]
        if len(chord) == 2:
            lines += self._chord(chord)
        return SpaceContent(
            axes, self._surface, _brushes(), tuple(lines), self._marks(overlay, pointer), draped_grid=False
        )

    def _height(self, points: Floats) -> Floats:
        """Losses of the surface at points (m, 2)."""
        places = self._box.fractions(points) - 0.5
        unit = self._surface.height_at(places[:, 0], places[:, 1]) / BOX_HEIGHT
        result: Floats = self._range[0] + unit * (self._range[1] - self._range[0])
        return result

    def _ways(self, overlay: Overlay) -> list[SpaceLine]:
        """The way so far, and what lies after a step that was scrubbed back to."""
        lines = []
        for points, opacity in ((overlay.future, 0.35), (overlay.past, 1.0)):
            inside = points[self._is_inside(points)] if len(points) else points
            if len(inside) >= 2:
                color = QColor(_WHITE)
                color.setAlphaF(opacity)
                lines.append(SpaceLine(pieces_along(inside), color, 2.2, halo=_SHADOW))
        return lines

    def _chord(self, ends: list[Point]) -> list[SpaceLine]:
        """The straight line between two points of the surface, and the loss below or above it."""
        points = np.array(ends)
        a, b = np.column_stack([points, self._height(points)])
        straight = np.array([[a, b]])
        along = pieces_between(ends[0], ends[1], 60)
        return [
            SpaceLine(along, _WHITE, 2.0, halo=_SHADOW),
            SpaceLine(straight, _CHORD, 2.6, halo=_WHITE, hidden_opacity=0.7),
        ]

    def _marks(self, overlay: Overlay, pointer: Point | None) -> tuple[SpacePoints, ...]:
        now = _GREY if self._loss == "mse" else _INK
        kinds: tuple[tuple[Marker, float, list[Point | None], QColor, QColor], ...] = (
            ("diamond", 4.5, [low.point for low in overlay.minima if low.is_global], _WHITE, _INK),
            ("diamond", 4.5, [low.point for low in overlay.minima if not low.is_global], _HOLLOW, _WHITE),
            ("cross", 5.0, [overlay.start], _WHITE, _INK),
            ("circle", 5.0, [overlay.now], now, _WHITE),
            ("circle", 3.0, [pointer], _WHITE, _INK),
        )
        marks = []
        for number, (marker, radius_px, places, fill, outline) in enumerate(kinds):
            points = np.array([place for place in places if place is not None]).reshape(-1, 2)
            points = points[self._is_inside(points)]
            if len(points):
                ids = np.arange(len(points)) + 10 * number
                heights = np.column_stack([points, self._height(points)])
                marks.append(SpacePoints(ids, heights, fill, outline, marker, radius_px))
        return tuple(marks)

    def _is_inside(self, points: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        fractions = self._box.fractions(points)
        return np.asarray(((fractions >= 0.0) & (fractions <= 1.0)).all(axis=-1))


@cache
def _brushes() -> Brushes:
    return Brushes(color_table())
