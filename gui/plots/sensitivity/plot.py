"""One plot of the sensitivity tab: a loss or its slope, with every sample on the curve of its model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from gui.plots.formula_line import FormulaLine
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, dot_radius_px, nearest_dot, paint_dot_ring, paint_dots
from gui.plots.sensitivity.data import Curve
from gui.recording import pixel_ratio
from gui.theme import Appearance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Place = Literal["top", "above", "left", "right", "top left", "bottom right"]

_FORMULA_PX = 13.0
_INSET_PX = 6
_MOST_MOVES = 8
_BAND_ALPHA, _GROUND_ALPHA = 38, 200


@dataclass(frozen=True, slots=True)
class Note:
    """Words or a formula in the plot, and the point of a curve that they name (None: the plot itself).

    `place` is where they stand: at a corner or an edge of the plot, or above, left or right of the point.
    A formula's point gets a ring; `shorter` are its lower or narrower forms, for where it has no room.
    """

    text: str
    place: Place
    x: float | None = None
    y: float | None = None
    shorter: tuple[str, ...] = ()
    is_formula: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """One model's samples on this plot, in numbers of its axes; `place` is where they stand in the data."""

    x: Floats
    y: Floats
    class_index: Ints
    place: Ints

    def find(self, place: int) -> slice:
        """The one dot of a sample, or none."""
        index = int(np.searchsorted(self.place, place))
        is_there = index < self.place.size and self.place[index] == place
        return slice(index, index + is_there)


class SensitivityPlot(PaintedPlot):
    """Curves and notes that stand still; dots that move."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._curves: Sequence[Curve] = ()
        self._notes: Sequence[Note] = ()
        self._level: float | None = None
        self._classes: Sequence[ClassInfo] = ()
        self._dots: Sequence[Dots] = ()
        self._hovered: int | None = None
        self._selected: int | None = None
        self._stamps = DotStamps()

    def set_curves(self, curves: Sequence[Curve], notes: Sequence[Note], level: float | None = None) -> None:
        """Draw other curves, and a dotted line at a value that a loss never passes."""
        self._curves, self._notes, self._level = curves, notes, level
        self.refresh()

    def set_dots(self, dots: Sequence[Dots], classes: Sequence[ClassInfo]) -> None:
        """Move the samples; the last model's lie on top."""
        self._dots, self._classes = dots, classes
        self.update()

    def set_lit(self, hovered: int | None, selected: int | None) -> None:
        """Ring the sample under the pointer and the selected one, by their places in the data."""
        if (hovered, selected) != (self._hovered, self._selected):
            self._hovered, self._selected = hovered, selected
            self.update()

    def dot_at(self, pixel: QPointF) -> int | None:
        """Place in the data of the sample whose dot is at a pixel."""
        for dots in reversed(self._dots):
            found = nearest_dot(self.x_px(dots.x), self.y_px(dots.y), pixel, self.theme.scale)
            if found is not None:
                return int(dots.place[found])
        return None

    def pixels_of(self, place: int) -> list[QPointF]:
        """Where a sample's dots are, one for each model; the one on top last."""
        found = [(dots, dots.find(place)) for dots in self._dots]
        return [
            self.point(float(dots.x[one][0]), float(dots.y[one][0]))
            for dots, one in found
            if dots.x[one].size
        ]

    def paint_still(self, painter: QPainter) -> None:
        theme = self.theme
        if self._level is not None:
            y = self.point(0.0, self._level).y()
            pen = QPen(theme.grey, 1.2 * theme.scale, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))
        for curve in self._curves:
            self._paint_curve(painter, curve)
        for note in self._notes:
            self._paint_note(painter, note)

    def paint_moving(self, painter: QPainter) -> None:
        count = max((dots.x.size for dots in self._dots), default=0)
        radius, ratio = dot_radius_px(count), pixel_ratio(painter, self)
        pictures = self._stamps.pictures(self._classes, self.theme, radius, ratio)
        for dots in self._dots:
            paint_dots(painter, pictures, self.x_px(dots.x), self.y_px(dots.y), dots.class_index, ratio)
        for lit, color in ((self._selected, self.theme.accent), (self._hovered, self.theme.ink)):
            if lit is None:
                continue
            for pixel in self.pixels_of(lit):
                paint_dot_ring(painter, self.theme, pixel, radius, color)
            for dots in self._dots:
                one = dots.find(lit)
                x, y = self.x_px(dots.x[one]), self.y_px(dots.y[one])
                paint_dots(painter, pictures, x, y, dots.class_index[one], ratio)

    def _paint_curve(self, painter: QPainter, curve: Curve) -> None:
        line = self.polyline(curve.x, curve.y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if curve.upper is not None:
            other = self.polyline(curve.x, curve.upper)
            fill = QColor(self.theme.loss_color(curve.loss))
            fill.setAlpha(_BAND_ALPHA)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([*line.toList(), *reversed(other.toList())]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.theme.loss_pen(curve.loss, 1.3))
            painter.drawPolyline(other)
        painter.setPen(self.theme.loss_pen(curve.loss, 1.3 if curve.upper is not None else 2.0))
        painter.drawPolyline(line)

    def _paint_note(self, painter: QPainter, note: Note) -> None:
        theme, point = self.theme, None
        if note.x is not None and note.y is not None:
            point = self.point(note.x, note.y)
        color = theme.accent if note.is_formula else theme.quiet
        px = _FORMULA_PX * theme.scale
        line, box = None, QRectF()
        for text in (note.text, *note.shorter):
            line = FormulaLine(text, color) if note.is_formula else None
            size = QSizeF(self.note_width(text), self.note_height()) if line is None else line.size(px)
            box = self._clear_of_curves(
                self._note_box(note.place, point, size.width(), size.height()), note.place
            )
            fits = self._fits(box)
            if fits and not self._crosses(box):
                break
        if note.is_formula and point is not None:
            if fits:
                self._paint_leader(painter, point, box)
            painter.setPen(QPen(theme.accent, 2.0 * theme.scale))
            painter.setBrush(theme.plot)
            painter.drawEllipse(point, 3.6 * theme.scale, 3.6 * theme.scale)
        if not fits:
            return
        ground = QColor(theme.plot)
        ground.setAlpha(_GROUND_ALPHA)
        painter.fillRect(box, ground)
        if line is None:
            self.paint_note(painter, note.text, box.topLeft(), color=color)
        else:
            line.paint(painter, box.topLeft(), px)

    def _clear_of_curves(self, box: QRectF, place: Place) -> QRectF:
        """A box beside a point, moved away from it while a curve runs through, as a flat one does."""
        step = {"left": -1.0, "right": 1.0}.get(place, 0.0) * self.theme.px(_INSET_PX)
        moved = QRectF(box)
        for _ in range(_MOST_MOVES if step else 0):
            if not self._crosses(moved):
                return moved
            moved.translate(step, 0.0)
        return box if self._crosses(moved) else moved

    def _crosses(self, box: QRectF) -> bool:
        """Whether a curve runs through a box."""
        for curve in self._curves:
            x, y = self.x_px(curve.x), self.y_px(curve.y)
            inside = (x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())
            if inside.any():
                return True
        return False

    def _fits(self, box: QRectF) -> bool:
        width, height = 0.75 * self.area.width(), 0.35 * self.area.height()
        return self.area.contains(box) and box.width() < width and box.height() < height

    def _paint_leader(self, painter: QPainter, point: QPointF, box: QRectF) -> None:
        color = QColor(self.theme.accent)
        color.setAlpha(120)
        painter.setPen(QPen(color, 1.0 * self.theme.scale))
        nearest_x = min(max(point.x(), box.left()), box.right())
        nearest_y = min(max(point.y(), box.top()), box.bottom())
        painter.drawLine(QLineF(point, QPointF(nearest_x, nearest_y)))

    def _note_box(self, place: Place, point: QPointF | None, width: float, height: float) -> QRectF:
        area, inset = self.area, float(self.theme.px(_INSET_PX))
        if place == "top":
            return QRectF(area.center().x() - width / 2, area.top() + 2.0, width, height)
        if place == "top left":
            return QRectF(area.left() + inset, area.top() + inset / 2, width, height)
        if place == "bottom right":
            return QRectF(area.right() - inset - width, area.bottom() - inset / 2 - height, width, height)
        if place == "above" and point is not None:
            leftmost, rightmost = area.left() + inset, area.right() - inset - width
            left = min(max(point.x() - width / 2, leftmost), rightmost)
            return QRectF(left, point.y() - height - 1.0, width, height)
        middle = point if point is not None else area.center()
        left = middle.x() + inset if place == "right" else middle.x() - inset - width
        return QRectF(left, middle.y() - height / 2, width, height)
