"""Steps to an accuracy at each learning rate, for both losses: the sweep behind "each at its best rate"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.batched_descent import NOT_REACHED
from engine.rate_sweep import RateSweep
from engine.specs import LossName
from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.plots.verdict.race import RACE_STEPS, RATE_RANGE
from gui.theme import Appearance


class RatePlot(PaintedPlot):
    """A line for each loss, with a dot at its best rate; a rate that never arrives leaves a gap."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._losses: Sequence[LossName] = ("bce", "mse")
        self._sweeps: Sequence[RateSweep] = ()
        self._best: Sequence[int | None] = ()
        self.set_axes(Axis(*RATE_RANGE, log=True), Axis(1.0, float(RACE_STEPS), log=True, whole=True))

    @property
    def sweeps(self) -> Sequence[RateSweep]:
        """What is shown."""
        return self._sweeps

    def set_sweeps(
        self, losses: Sequence[LossName], sweeps: Sequence[RateSweep], best: Sequence[int | None]
    ) -> None:
        """Show the sweeps of losses, and the place of each one's best rate."""
        self._losses, self._sweeps, self._best = tuple(losses), tuple(sweeps), tuple(best)
        self.refresh()

    def paint_still(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for loss, sweep in zip(self._losses, self._sweeps, strict=False):
            painter.setPen(self.theme.loss_pen(loss, 2.0))
            for piece in _pieces(sweep):
                painter.drawPolyline(self._line(sweep, piece))
        for loss, sweep, best in zip(self._losses, self._sweeps, self._best, strict=False):
            if best is not None:
                painter.setPen(QPen(self.theme.plot, 1.5 * self.theme.scale))
                painter.setBrush(self.theme.loss_color(loss))
                radius = 4.5 * self.theme.scale
                place = self.point(float(sweep.rates[best]), float(max(sweep.steps[best], 1)))
                painter.drawEllipse(place, radius, radius)

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 110)

    def _line(self, sweep: RateSweep, piece: slice) -> QPolygonF:
        steps = np.maximum(sweep.steps[piece], 1).astype(np.float64)
        pixels = zip(self.x_px(sweep.rates[piece]).tolist(), self.y_px(steps).tolist(), strict=True)
        return QPolygonF([QPointF(x, y) for x, y in pixels])


def _pieces(sweep: RateSweep) -> list[slice]:
    """The runs of neighbouring rates that arrive."""
    arrives = np.concatenate([[False], sweep.steps != NOT_REACHED, [False]])
    edges = np.flatnonzero(arrives[1:] != arrives[:-1])
    return [slice(first, last) for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)]
