"""The calibration plot: of the samples with about this p, how many are of the class, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.classification_curves import Reliability
from engine.specs import LossName
from gui.model_names import is_long_dashed
from gui.plots.metrics.curve_plot import OTHER_WIDTH, SELECTED_WIDTH, SharePlot
from gui.theme import Appearance

Curves = Sequence[tuple[LossName, Reliability]]

_BAR_SHARE, _BAR_ALPHA = 0.2, 90
_CAP_PX = 3.0


class CalibrationPlot(SharePlot):
    """A point for each bin of the selected model, the last one, with its 95 % interval; counts below as bars.

    Another model's curve is a thin line.
    """

    hovered = Signal(object)
    """Number of the bin under the pointer, or None."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._curves: Curves = ()
        self._lit: int | None = None
        self.moved.connect(self._on_moved)

    @property
    def curves(self) -> Curves:
        """What is drawn."""
        return self._curves

    def set_curves(self, curves: Curves) -> None:
        """Draw other curves, or none."""
        self._curves = curves
        if not curves or (self._lit is not None and self._lit >= curves[-1][1].count.size):
            self._lit = None
        self.update()

    def bin_at(self, pixel: QPointF) -> int | None:
        """Number of the selected curve's bin whose point is nearest across."""
        if not self._curves or not self.area.contains(pixel):
            return None
        return int(np.argmin(np.abs(self.x_px(self._curves[-1][1].mean_probability) - pixel.x())))

    def pixel_of(self, number: int) -> QPointF:
        """Where a bin's point lies."""
        found = self._curves[-1][1]
        return self.point(float(found.mean_probability[number]), float(found.share[number]))

    def paint_moving(self, painter: QPainter) -> None:
        if not self._curves:
            return
        loss, found = self._curves[-1]
        losses = [one for one, _ in self._curves]
        self._paint_counts(painter, found)
        for other, curve in self._curves[:-1]:
            painter.setPen(self.theme.loss_pen(other, OTHER_WIDTH, long_dash=is_long_dashed(other, losses)))
            painter.drawPolyline(self.polyline(curve.mean_probability, curve.share))
        self._paint_intervals(painter, found)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.theme.loss_pen(loss, SELECTED_WIDTH, long_dash=is_long_dashed(loss, losses)))
        painter.drawPolyline(self.polyline(found.mean_probability, found.share))
        for number in range(found.count.size):
            self.paint_point(painter, self.pixel_of(number), is_lit=number == self._lit)

    def _paint_counts(self, painter: QPainter, found: Reliability) -> None:
        """Bars on the lower edge, the fullest bin's a fifth of the plot high."""
        color = QColor(self.theme.accent if self.theme.dark else self.theme.quiet)
        color.setAlpha(_BAR_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        left, right = self.x_px(found.low), self.x_px(found.high)
        height = found.count / found.count.max() * (_BAR_SHARE * self.area.height())
        for x, end, tall in zip(left.tolist(), right.tolist(), height.tolist(), strict=True):
            width = max(end - x - 1.0, 1.0)
            painter.drawRect(QRectF(x + 0.5, self.area.bottom() - tall, width, tall))

    def _paint_intervals(self, painter: QPainter, found: Reliability) -> None:
        painter.setPen(QPen(self.theme.quiet, 1.2 * self.theme.scale))
        x = self.x_px(found.mean_probability)
        low, high = self.y_px(found.share_low), self.y_px(found.share_high)
        cap = _CAP_PX * self.theme.scale
        for at, bottom, top in zip(x.tolist(), low.tolist(), high.tolist(), strict=True):
            painter.drawLine(QLineF(at, bottom, at, top))
            painter.drawLine(QLineF(at - cap, bottom, at + cap, bottom))
            painter.drawLine(QLineF(at - cap, top, at + cap, top))

    def _on_moved(self, pixel: QPointF | None) -> None:
        lit = None if pixel is None else self.bin_at(pixel)
        if lit != self._lit:
            self._lit = lit
            self.update()
            self.hovered.emit(lit)
