"""The ROC plot: a curve for each model, the point of the present answers, a threshold at each point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine.classification_curves import RocCurve
from engine.specs import LossName
from gui.model_names import is_long_dashed
from gui.plots.metrics.curve_plot import OTHER_WIDTH, SELECTED_WIDTH, SharePlot
from gui.theme import Appearance

Point = tuple[float, float]
"""False and true positive rate."""


@dataclass(frozen=True, slots=True, eq=False)
class RocContent:
    """The curves with the losses that their models were trained on, the selected one last, and its point."""

    curves: Sequence[tuple[LossName, RocCurve]]
    point: Point | None


class RocPlot(SharePlot):
    """True against false positives. Tells the point of the selected curve that is nearest to the pointer."""

    hovered = Signal(object)
    """Number of the point, or None."""
    picked = Signal(int)
    """Number of the point that was clicked."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._content: RocContent | None = None
        self._lit: int | None = None
        self.moved.connect(self._on_moved)
        self.clicked.connect(self._on_clicked)

    @property
    def content(self) -> RocContent | None:
        """What is drawn."""
        return self._content

    @property
    def curve(self) -> RocCurve | None:
        """The selected model's curve."""
        return self._content.curves[-1][1] if self._content is not None else None

    def set_content(self, content: RocContent | None) -> None:
        """Draw other curves, or none."""
        self._content = content
        if self.curve is None or (self._lit is not None and self._lit >= self.curve.threshold.size):
            self._lit = None
        self.update()

    def set_can_pick(self, can_pick: bool) -> None:
        """Show by the pointer's shape whether a click does something."""
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_pick else Qt.CursorShape.ArrowCursor)

    def nearest(self, pixel: QPointF) -> int | None:
        """Number of the selected curve's point that is nearest to a pixel."""
        curve = self.curve
        if curve is None:
            return None
        x, y = self.x_px(curve.false_positive_rate), self.y_px(curve.true_positive_rate)
        return int(np.argmin((x - pixel.x()) ** 2 + (y - pixel.y()) ** 2))

    def pixel_of(self, number: int) -> QPointF:
        """Where a point of the selected curve lies."""
        assert self.curve is not None
        curve = self.curve
        return self.point(float(curve.false_positive_rate[number]), float(curve.true_positive_rate[number]))

    def paint_moving(self, painter: QPainter) -> None:
        if self._content is None:
            return
        last = len(self._content.curves) - 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        losses = [loss for loss, _ in self._content.curves]
        for number, (loss, curve) in enumerate(self._content.curves):
            width = SELECTED_WIDTH if number == last else OTHER_WIDTH
            painter.setPen(self.theme.loss_pen(loss, width, long_dash=is_long_dashed(loss, losses)))
            painter.drawPolyline(self.polyline(curve.false_positive_rate, curve.true_positive_rate))
        if self._content.point is not None:
            self.paint_point(painter, self.point(*self._content.point), is_lit=False)
        if self._lit is not None:
            self.paint_point(painter, self.pixel_of(self._lit), is_lit=True)

    def _on_moved(self, pixel: QPointF | None) -> None:
        lit = None if pixel is None else self.nearest(pixel)
        if lit != self._lit:
            self._lit = lit
            self.update()
            self.hovered.emit(lit)

    def _on_clicked(self, pixel: QPointF) -> None:
        number = self.nearest(pixel)
        if number is not None:
            self.picked.emit(number)
