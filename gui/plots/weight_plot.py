"""A curve along one weight: the likelihood, whose peak stands above the loss's valley."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.formulas import fixed_text
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance

Floats = NDArray[np.float64]

_FILL_ALPHA = 46


class WeightPlot(PaintedPlot):
    """One curve with a line at the extremum and a dot where the model is now."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, is_filled: bool = False
    ) -> None:
        super().__init__(appearance, parent)
        self._is_filled = is_filled
        self._x: Floats = np.zeros(0)
        self._y: Floats = np.zeros(0)
        self._extremum: float | None = None
        self._now: tuple[float, float] | None = None
        self._mark = ""

    def set_curve(
        self, x: Floats, y: Floats, extremum: float | None, now: tuple[float, float] | None, mark: str = ""
    ) -> None:
        """Show a curve, where its extremum is, the model's own point, and a name for the extremum."""
        self._x, self._y, self._extremum, self._now, self._mark = x, y, extremum, now, mark
        self.update()

    def paint_moving(self, painter: QPainter) -> None:
        if not self._x.size:
            return
        theme = self.theme
        painter.setClipRect(self.area.adjusted(-1.0, -1.0, 1.0, 1.0))
        line = self.polyline(self._x, self._y)
        if self._is_filled:
            fill = QColor(theme.accent)
            fill.setAlpha(_FILL_ALPHA)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            foot = [
                QPointF(line.last().x(), self.area.bottom()),
                QPointF(line.first().x(), self.area.bottom()),
            ]
            painter.drawPolygon(QPolygonF([*line.toList(), *foot]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_now_line(painter)
        if self._extremum is not None:
            x = float(self.x_px(np.array(self._extremum)))
            painter.setPen(QPen(theme.accent, 1.4 * theme.scale, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom()))
        painter.setPen(QPen(theme.ink, 2.0 * theme.scale))
        painter.drawPolyline(line)
        painter.setClipping(False)
        self._paint_now(painter)
        self._paint_mark(painter)

    def _paint_now_line(self, painter: QPainter) -> None:
        if self._now is not None:
            x = float(self.x_px(np.array(self._now[0])))
            painter.setPen(QPen(self.theme.quiet, 1.0 * self.theme.scale))
            painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom()))

    def _paint_now(self, painter: QPainter) -> None:
        if self._now is None:
            return
        theme = self.theme
        painter.setPen(QPen(theme.plot, 1.5 * theme.scale))
        painter.setBrush(theme.ink)
        painter.drawEllipse(self.point(*self._now), 4.5 * theme.scale, 4.5 * theme.scale)

    def _paint_mark(self, painter: QPainter) -> None:
        """Name the extremum beside its line, on the side with more room."""
        if self._extremum is None or not self._mark:
            return
        x, gap = float(self.x_px(np.array(self._extremum))), float(self.theme.px(5))
        text = f"{self._mark} {fixed_text(self._extremum, 2)}"
        is_left = x > self.area.center().x()
        place = QPointF(x - gap if is_left else x + gap, self.area.top() + 2.0)
        align = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
        self.paint_note(painter, text, place, align, self.theme.accent)
