"""The cross-entropy of a run as two stacked areas, H and KL, with the bound and the model's own optimum."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.formulas import loss_text
from gui.i18n import translate
from gui.plots.entropy.data import RunSplit
from gui.plots.entropy.painting import bound_fill, bound_pen, divergence_fill, optimum_pen
from gui.plots.loss.axes import step_axis, value_axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance

Floats = NDArray[np.float64]

_MOST_POINTS = 400
_LEAST_BAND_PX = 14.0


class RunPlot(PaintedPlot):
    """Shows a `RunSplit`; its step under the pointer is the owner's to ask for."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._run: RunSplit | None = None
        self._cursor: int | None = None
        self._names: list[tuple[str, QRectF]] = []

    @property
    def run(self) -> RunSplit | None:
        """What is drawn."""
        return self._run

    @property
    def names(self) -> list[tuple[str, QRectF]]:
        """What was written on the plot when last painted, and where."""
        return list(self._names)

    def set_run(self, run: RunSplit | None) -> None:
        """Draw another run, or a longer one."""
        self._run = run
        if run is not None:
            values = np.append(run.cross_entropy, [run.bound, run.optimum or 0.0])
            axis = value_axis(values, log=False, percent=False)
            self.set_axes(step_axis(int(run.step[-1])), axis)
        self.update()

    def set_cursor(self, step: int | None) -> None:
        """Mark a step."""
        if step != self._cursor:
            self._cursor = step
            self.update()

    def step_at(self, place: QPointF) -> int | None:
        """The recorded step nearest to a pixel; None outside the plot."""
        if self._run is None or not self.area.contains(place):
            return None
        return int(self._run.step[self._run.index_at(self.x_at(place.x()))])

    def paint_moving(self, painter: QPainter) -> None:
        run = self._run
        self._names = []
        if run is None:
            return
        painter.setClipRect(self.area.adjusted(-1.0, -3.0, 1.0, 3.0))
        index = np.unique(
            np.linspace(0, run.step.size - 1, min(run.step.size, _MOST_POINTS)).astype(np.int64)
        )
        values = run.cross_entropy[index]
        drawn = ~np.isnan(values)
        x = self.x_px(run.step[index][drawn].astype(np.float64))
        y = self.y_px(values[drawn])
        if x.size:
            self._paint_areas(painter, run, x, y)
        self._paint_lines(painter, run)
        if x.size:
            self._paint_curve(painter, run, x, y)
        painter.setClipping(False)
        self._paint_cursor(painter)
        self._paint_names(painter, run)

    def _paint_areas(self, painter: QPainter, run: RunSplit, x: Floats, y: Floats) -> None:
        """H as a flat band, KL from there up to the curve."""
        bottom = self.area.bottom()
        top = float(self.y_px(np.array(run.bound))) if math.isfinite(run.bound) else bottom
        left, right = float(x[0]), max(float(x[-1]), float(x[0]) + 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(bound_fill(self.theme))
        painter.drawRect(QRectF(left, top, right - left, bottom - top))
        painter.setBrush(divergence_fill(self.theme))
        above = [QPointF(a, b) for a, b in zip(x.tolist(), np.minimum(y, top).tolist(), strict=True)]
        painter.drawPolygon(QPolygonF([*above, QPointF(right, top), QPointF(left, top)]))

    def _paint_lines(self, painter: QPainter, run: RunSplit) -> None:
        for value, pen in ((run.bound, bound_pen(self.theme)), (run.optimum, optimum_pen(self.theme))):
            if value is not None and math.isfinite(value):
                y = float(self.y_px(np.array(value)))
                painter.setPen(pen)
                painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))

    def _paint_curve(self, painter: QPainter, run: RunSplit, x: Floats, y: Floats) -> None:
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.theme.loss_pen(run.loss, 2.2, long_dash=run.long_dash))
        painter.drawPolyline(points)
        painter.setPen(QPen(self.theme.plot, 1.5 * self.theme.scale))
        painter.setBrush(self.theme.loss_color(run.loss))
        painter.drawEllipse(points[-1], 4.0 * self.theme.scale, 4.0 * self.theme.scale)

    def _paint_cursor(self, painter: QPainter) -> None:
        if self._cursor is not None:
            x = float(self.x_px(np.array(float(self._cursor))))
            painter.setPen(QPen(self.theme.quiet, 1.0))
            painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom()))

    def _paint_names(self, painter: QPainter, run: RunSplit) -> None:
        """The two lines by name at the right, the areas by theirs where they are high enough."""
        theme, area, line = self.theme, self.area, self.note_height()
        right = area.right() - theme.px(6)
        texts = [(run.bound, translate("Entropy", "bound H(y): {value}", value=loss_text(run.bound)))]
        if run.optimum is not None:
            text = translate("Entropy", "this model's optimum: {value}", value=loss_text(run.optimum))
            texts.append((run.optimum, text))
        for value, text in sorted(texts, reverse=True):
            if not math.isfinite(value):
                continue
            y = float(self.y_px(np.array(value)))
            self._write(painter, text, right, y - line - 1.0, theme.accent)
        y = float(self.y_px(np.array(run.cross_entropy[-1])))
        middle = (min(float(self.y_px(np.array(run.bound))), area.bottom()) + y) / 2
        if area.bottom() - y > theme.px(_LEAST_BAND_PX) and math.isfinite(middle):
            x = min(float(self.x_px(np.array(float(run.step[-1])))) - theme.px(8), right)
            width = self.note_width("KL(y ‖ p)")
            if x - width > area.left():
                self._write(painter, "KL(y ‖ p)", x, middle - line / 2, theme.text)

    def _write(self, painter: QPainter, text: str, right: float, top: float, color: QColor) -> None:
        """A note on a ground of its own, moved up until it covers no other one."""
        width, height = self.note_width(text), self.note_height()
        box = QRectF(right - width, max(top, self.area.top()), width, height)
        for _ in range(3):
            for _, other in self._names:
                if box.adjusted(-2, 0, 2, 0).intersects(other):
                    box.moveBottom(other.top() - 1.0)
        if box.top() < self.area.top() - 1.0:
            return
        ground = QColor(self.theme.plot)
        ground.setAlpha(190)
        painter.fillRect(box.adjusted(-2.0, 0.0, 2.0, 0.0), ground)
        self.paint_note(painter, text, box.topLeft(), color=color)
        self._names.append((text, box))
