"""The log-likelihood of all samples over the steps of a run; the same heights as powers of ten."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.specs import LossName
from gui.formulas import loss_name
from gui.i18n import translate
from gui.model_names import is_long_dashed
from gui.plots.loss.axes import Axis, step_axis
from gui.plots.painted_plot import PaintedPlot, Tick
from gui.theme import Appearance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LN_SMALLEST = math.log(5e-324) - math.log(2.0)
"""Below this logarithm a likelihood is exactly 0 in double precision."""
_LN_10 = math.log(10.0)
_MOST_POINTS = 400
_TICK_GAP_PX = 26
_PAD = 0.06
_STOPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True, eq=False)
class LikelihoodPath:
    """One model's log-likelihood of all samples, at the steps that were recorded.

    Attributes
    ----------
    loss : LossName
        What the model was trained on.
    step : ndarray of int64, shape (m,)
    log_likelihood : ndarray of shape (m,)
    """

    loss: LossName
    step: Ints
    log_likelihood: Floats


class TrainingPlot(PaintedPlot):
    """ln L on the left, L itself on the right, the ground shaded where L is exactly 0 in a computer."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._paths: tuple[LikelihoodPath, ...] = ()
        self._selected = 0
        self._cursor: int | None = None
        self._bound: float | None = None

    @property
    def paths(self) -> tuple[LikelihoodPath, ...]:
        """What is drawn, the shown model's last."""
        return self._paths

    def set_paths(self, paths: tuple[LikelihoodPath, ...], bound: float | None = None) -> None:
        """Draw other runs; the last one lies on top.

        Parameters
        ----------
        bound : float, optional
            The largest log-likelihood that there is, as a dashed line.
        """
        self._paths, self._bound = paths, bound
        self._set_axes()
        self.update()

    def set_cursor(self, step: int | None) -> None:
        """Mark the step under the pointer."""
        if step != self._cursor:
            self._cursor = step
            self.update()

    def step_at(self, x_px: float) -> int | None:
        """The recorded step nearest to a pixel, of the model on top."""
        if not self._paths or not self._paths[-1].step.size:
            return None
        steps = self._paths[-1].step
        return int(steps[np.argmin(np.abs(steps - self.x_at(x_px)))])

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._set_axes()

    def paint_still(self, painter: QPainter) -> None:
        """Shade where the product underflows."""
        if self.y_axis.low >= LN_SMALLEST:
            return
        top = self.point(0.0, min(LN_SMALLEST, self.y_axis.high)).y()
        ground = QColor(self.theme.control)
        painter.fillRect(QRectF(QPointF(self.area.left(), top), self.area.bottomRight()), ground)
        painter.setPen(QPen(self.theme.error, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(self.area.left(), top, self.area.right(), top))

    def paint_moving(self, painter: QPainter) -> None:
        painter.setClipRect(self.area.adjusted(-1.0, -3.0, 1.0, 3.0))
        if self._bound is not None:
            y = self.point(0.0, self._bound).y()
            painter.setPen(QPen(self.theme.accent, 1.4 * self.theme.scale, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))
            name = translate("MaximumLikelihoodTab", "least squares")
            place = QPointF(self.area.left() + self.theme.px(6), y - self.note_height() - 1.0)
            self.paint_note(painter, name, place, color=self.theme.accent)
        for path in self._paths:
            self._paint_path(painter, path)
        painter.setClipping(False)
        if self._cursor is not None:
            x = float(self.x_px(np.array(float(self._cursor))))
            painter.setPen(QPen(self.theme.quiet, 1.0))
            painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom()))
        self._paint_notes(painter)

    def _paint_path(self, painter: QPainter, path: LikelihoodPath) -> None:
        drawn = np.isfinite(path.log_likelihood)
        steps, values = path.step[drawn], path.log_likelihood[drawn]
        if not steps.size:
            return
        index = np.unique(np.linspace(0, steps.size - 1, min(steps.size, _MOST_POINTS)).astype(np.int64))
        x, y = self.x_px(steps[index].astype(np.float64)), self.y_px(values[index])
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen_of(path))
        painter.drawPolyline(points)
        painter.setPen(QPen(self.theme.plot, 1.5 * self.theme.scale))
        painter.setBrush(self.theme.loss_color(path.loss))
        painter.drawEllipse(points[-1], 4.0 * self.theme.scale, 4.0 * self.theme.scale)

    def _pen_of(self, path: LikelihoodPath) -> QPen:
        is_long = is_long_dashed(path.loss, [other.loss for other in self._paths])
        return self.theme.loss_pen(path.loss, 2.2, long_dash=is_long)

    def _paint_notes(self, painter: QPainter) -> None:
        theme, area, line = self.theme, self.area, self.note_height() + 1.0
        if self.y_axis.low < LN_SMALLEST:
            text = translate("MaximumLikelihoodTab", "below: underflows, exactly 0 in float64")
            top = min(self.point(0.0, LN_SMALLEST).y() + 1.0, area.bottom() - line)
            self.paint_note(painter, text, QPointF(area.left() + theme.px(6), top), color=theme.error)
        if len(self._paths) < 2:
            return
        names = [
            translate("MaximumLikelihoodTab", "trained on {loss}", loss=loss_name(path.loss))
            for path in reversed(self._paths)
        ]
        swatch, gap = theme.px(22), theme.px(5)
        left = area.right() - max(map(self.note_width, names)) - gap
        top = area.bottom() - len(names) * line - theme.px(4)
        ground = QColor(theme.plot)
        ground.setAlpha(215)
        box = QRectF(left - swatch - gap, top - 1.0, area.right() - left + swatch, len(names) * line + 2.0)
        painter.fillRect(box, ground)
        for name, path in zip(names, reversed(self._paths), strict=True):
            painter.setPen(self._pen_of(path))
            painter.drawLine(QLineF(left - swatch, top + line / 2, left - gap, top + line / 2))
            self.paint_note(painter, name, QPointF(left, top))
            top += line

    def _set_axes(self) -> None:
        values = [path.log_likelihood[np.isfinite(path.log_likelihood)] for path in self._paths]
        joined = np.concatenate([*values, np.zeros(0)])
        if not joined.size:
            return
        last = max(int(path.step[-1]) for path in self._paths if path.step.size)
        axis = likelihood_axis(joined if self._bound is None else np.append(joined, self._bound))
        gap = self.theme.px(_TICK_GAP_PX)
        right = power_ticks(axis, max(self.area.height(), 1.0), gap)
        self.set_axes(step_axis(last), axis)
        self.set_right(right, translate("MaximumLikelihoodTab", "likelihood L"))


def likelihood_axis(values: Floats) -> Axis:
    """An axis of ln L around values, in jumps: from below them to 0, or above where densities go there."""
    low, high = float(values.min()), max(float(values.max()), 0.0)
    bottom = -_stop_above(-low) if low < 0.0 else 0.0
    top = _stop_above(high) if high > 0.0 else 0.0
    return Axis(bottom, top if top > bottom else 1.0)


def _stop_above(value: float) -> float:
    least = max(value, 1e-3) * (1.0 + _PAD / 2)
    magnitude = 10.0 ** math.floor(math.log10(least))
    return next((stop * magnitude for stop in _STOPS if stop * magnitude >= least), least)


def power_ticks(axis: Axis, height_px: float, gap_px: float) -> list[Tick]:
    """Ticks of L itself for an axis of ln L: round powers of ten."""
    powers = Axis(axis.low / _LN_10, axis.high / _LN_10, whole=axis.high - axis.low > 5.0 * _LN_10)
    return [(share, _power_text(powers.value_at(share))) for share, _ in powers.ticks(height_px, gap_px)]


def _power_text(power: float) -> str:
    whole = round(power)
    if abs(power - whole) > 1e-6:
        return f"{10.0**power:.2g}"
    if whole == 0:
        return "1"
    return "10" + str(whole).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
