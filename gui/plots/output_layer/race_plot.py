"""Curves of a race of four output layers by one ruler."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.normalizer_race import RaceCurves
from engine.normalizers import NORMALIZERS
from engine.specs import ModelKind
from gui.plots.loss.axes import step_axis, value_axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]

WIDTH_PX = 2.0


def layer_pen(theme: Theme, kind: ModelKind, width: float = WIDTH_PX) -> QPen:
    """How an output layer's curve is drawn; dashes would mean MSE, hues a class."""
    colors: dict[ModelKind, QColor] = {
        "softmax": theme.ink,
        "absolute": theme.quiet,
        "square": theme.quiet,
        "sigmoids": theme.accent,
    }
    pen = QPen(colors[kind], width * theme.scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if kind == "square":
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.0])  # dots: |z| and z^2 are both grey
    return pen


class RacePlot(PaintedPlot):
    """One metric of all four over the steps, with a line at the record that is looked at."""

    def __init__(
        self, appearance: Appearance, metric: int, *, is_share: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._metric, self._is_share = metric, is_share
        self._curves: RaceCurves | None = None
        self._cursor: int | None = None

    @property
    def curves(self) -> RaceCurves | None:
        """What is drawn."""
        return self._curves

    @property
    def values(self) -> Floats:
        """The metric, shape (m, 4)."""
        return np.zeros((0, 4)) if self._curves is None else self._curves.values[..., self._metric]

    def set_curves(self, curves: RaceCurves | None, n_steps: int) -> None:
        """Show what was recorded of a race of so many steps."""
        self._curves = curves
        values = np.ones(1) if curves is None else self.values
        self.set_axes(step_axis(n_steps), value_axis(values, log=False, percent=self._is_share))
        self.update()

    def set_cursor(self, record: int | None) -> None:
        """Mark a record."""
        if record != self._cursor:
            self._cursor = record
            self.update()

    def record_at(self, place: QPointF | None) -> int | None:
        """Index of the record nearest to a pixel."""
        if place is None or self._curves is None or not self.area.contains(place):
            return None
        return int(np.abs(self._curves.step - self.x_at(place.x())).argmin())

    def paint_moving(self, painter: QPainter) -> None:
        curves = self._curves
        if curves is None:
            return
        painter.setClipRect(self.area.adjusted(-1.0, -2.0, 1.0, 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = self.x_px(curves.step.astype(np.float64))
        for index, kind in reversed(list(enumerate(NORMALIZERS))):
            values = self.values[:, index]
            known = np.isfinite(values)
            y = self.y_px(values[known])
            painter.setPen(layer_pen(self.theme, kind))
            points = zip(x[known].tolist(), y.tolist(), strict=True)
            painter.drawPolyline([QPointF(px, py) for px, py in points])
        if self._cursor is not None and self._cursor < x.size:
            at = float(x[self._cursor])
            painter.setPen(QPen(self.theme.quiet, 1.0))
            painter.drawLine(QPointF(at, self.area.top()), QPointF(at, self.area.bottom()))
        painter.setClipping(False)

    def sizeHint(self) -> QSize:
        return QSize(220, 130)
