"""Weight over height: samples, the line mu(x), residuals, and the bell drawn sideways along the line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from engine.gaussian_regression import MeanLine
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.maximum_likelihood.regression_data import RegressionView
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, dot_radius_px, nearest_dot, paint_dot_ring, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance

Floats = NDArray[np.float64]

BELL_SHARES = (0.2, 0.5, 0.8)
"""Where the bells stand, as shares of the range of heights."""
_BELL_WIDTH_SHARE, _BELL_REACH, _BELL_POINTS = 0.11, 3.2, 49
_MOST_RESIDUALS = 400
_RESIDUAL_ALPHA, _BELL_ALPHA, _BAND_ALPHA = 95, 70, 26
_NO_LABEL = ClassInfo(-1, "class", None, 7, "circle")
"""The look of samples without a label: neutral."""


class RegressionPlot(PaintedPlot):
    """Points and the least-squares line stand still; the line of gradient descent and its bells move."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._view: RegressionView | None = None
        self._classes: Sequence[ClassInfo] = ()
        self._line: MeanLine | None = None
        self._lit: int | None = None
        self._stamps = DotStamps()

    def set_view(self, view: RegressionView, classes: Sequence[ClassInfo]) -> None:
        """Show other samples."""
        self._view, self._classes = view, classes
        self.set_axes(view.x_axis, view.y_axis)
        self.refresh()

    def set_line(self, line: MeanLine) -> None:
        """Move the line of gradient descent."""
        self._line = line
        self.update()

    def set_lit(self, index: int | None) -> None:
        """Ring one of the drawn samples."""
        if index != self._lit:
            self._lit = index
            self.update()

    def dot_at(self, pixel: QPointF) -> int | None:
        """Index of the drawn sample at a pixel."""
        view = self._view
        if view is None:
            return None
        return nearest_dot(self.x_px(view.height_cm), self.y_px(view.weight_kg), pixel, self.theme.scale)

    def pixel_of(self, index: int) -> QPointF:
        """Where a drawn sample is."""
        assert self._view is not None
        return self.point(float(self._view.height_cm[index]), float(self._view.weight_kg[index]))

    def ends_of(self, line: MeanLine) -> tuple[QPointF, QPointF]:
        """Both ends of a line over the whole range of heights, in pixels, outside the plot too."""
        assert self._view is not None
        heights = np.array([self.x_axis.low, self.x_axis.high])
        first, last = self.polyline(heights, self._view.regression.mu_kg(line, heights)).toList()
        return first, last

    def paint_still(self, painter: QPainter) -> None:
        view = self._view
        if view is None:
            return
        radius, ratio = self._radius(), pixel_ratio(painter, self)
        classes = [*self._classes, _NO_LABEL]
        labels = np.where(view.class_index < 0, len(classes) - 1, view.class_index)
        pictures = self._stamps.pictures(classes, self.theme, radius, ratio)
        paint_dots(painter, pictures, self.x_px(view.height_cm), self.y_px(view.weight_kg), labels, ratio)
        pen = QPen(self.theme.accent, 1.8 * self.theme.scale, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(*self.ends_of(view.regression.optimum))

    def paint_moving(self, painter: QPainter) -> None:
        view, line = self._view, self._line
        if view is None or line is None:
            return
        painter.setClipRect(self.area)
        sigma = view.regression.best_sigma_kg(line)
        self._paint_residuals(painter, view, line)
        if sigma > 0.0:
            self._paint_bells(painter, view, line, sigma)
        painter.setPen(QPen(self.theme.ink, 2.4 * self.theme.scale))
        painter.drawLine(*self.ends_of(line))
        if self._lit is not None:
            self._paint_lit(painter, view, line)
        painter.setClipping(False)
        self._paint_notes(painter, view, line, sigma)

    def _radius(self) -> float:
        return dot_radius_px(0 if self._view is None else self._view.sample_id.size)

    def _paint_residuals(self, painter: QPainter, view: RegressionView, line: MeanLine) -> None:
        color = QColor(self.theme.quiet)
        color.setAlpha(_RESIDUAL_ALPHA)
        painter.setPen(QPen(color, 1.0 * self.theme.scale))
        every = max(1, -(-view.height_cm.size // _MOST_RESIDUALS))
        height, weight = view.height_cm[::every], view.weight_kg[::every]
        ends = self.polyline(height, view.regression.mu_kg(line, height))
        x, y = self.x_px(height).tolist(), self.y_px(weight).tolist()
        painter.drawLines(
            [QLineF(a, b, end.x(), end.y()) for a, b, end in zip(x, y, ends.toList(), strict=True)]
        )

    def _paint_bells(self, painter: QPainter, view: RegressionView, line: MeanLine, sigma: float) -> None:
        """Draw the density of weight at a few heights, as far to the right as it is high."""
        theme, area = self.theme, self.area
        heights = np.array([self.x_axis.value_at(share) for share in BELL_SHARES])
        band = QColor(theme.accent)
        band.setAlpha(_BAND_ALPHA)
        fill = QColor(theme.accent)
        fill.setAlpha(_BELL_ALPHA)
        ends = np.array([self.x_axis.low, self.x_axis.high])
        mu_ends = view.regression.mu_kg(line, ends)
        upper, lower = self.polyline(ends, mu_ends + sigma), self.polyline(ends, mu_ends - sigma)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawPolygon(QPolygonF([*upper.toList(), *reversed(lower.toList())]))
        reach = np.linspace(-_BELL_REACH, _BELL_REACH, _BELL_POINTS)
        width = area.width() * _BELL_WIDTH_SHARE
        for height, mu in zip(heights.tolist(), view.regression.mu_kg(line, heights).tolist(), strict=True):
            side = self.polyline(np.full(reach.size, height), mu + sigma * reach).toList()
            out = (width * np.exp(-0.5 * reach**2)).tolist()
            bell = QPolygonF([point + QPointF(x, 0.0) for point, x in zip(side, out, strict=True)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([*bell.toList(), side[-1], side[0]]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent, 1.6 * theme.scale))
            painter.drawPolyline(bell)
            painter.setPen(QPen(theme.accent, 1.0 * theme.scale))
            painter.drawLine(side[0], side[-1])

    def _paint_lit(self, painter: QPainter, view: RegressionView, line: MeanLine) -> None:
        assert self._lit is not None
        theme, place = self.theme, self.pixel_of(self._lit)
        height = view.height_cm[self._lit : self._lit + 1]
        mu = view.regression.mu_kg(line, height)
        foot = self.polyline(height, mu).toList()[0]
        painter.setPen(QPen(theme.ink, 2.0 * theme.scale))
        painter.drawLine(place, foot)
        paint_dot_ring(painter, theme, place, self._radius(), theme.ink)
        text = f"y − μ = {fixed_text(float(view.weight_kg[self._lit] - mu[0]), 1)} kg"
        self._paint_boxed(painter, text, QPointF(place.x() + theme.px(8), (place.y() + foot.y()) / 2))

    def _paint_notes(self, painter: QPainter, view: RegressionView, line: MeanLine, sigma: float) -> None:
        theme, area = self.theme, self.area
        height = self.x_axis.value_at(BELL_SHARES[1])
        mu = float(view.regression.mu_kg(line, height))
        top = self.polyline(np.array([height]), np.array([mu + sigma])).toList()[0]
        if sigma > 0.0 and area.top() < top.y() < area.bottom() - self.note_height():
            right = top.x() + area.width() * _BELL_WIDTH_SHARE * 0.62 + theme.px(6)
            text = f"σ = {fixed_text(sigma, 1)} kg"
            self._paint_boxed(painter, text, QPointF(right, top.y()), theme.accent)
        if view.sample_id.size < view.regression.count:
            text = translate(
                "MaximumLikelihoodTab",
                "{drawn} of {count} drawn",
                drawn=f"{view.sample_id.size:,}",
                count=f"{view.regression.count:,}",
            )
            place = QPointF(area.right(), area.bottom() - self.note_height() / 2 - 1.0)
            self._paint_boxed(painter, text, place, self.theme.quiet)
        self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        """Name both lines in the upper left corner."""
        theme, area = self.theme, self.area
        line, swatch = self.note_height() + 1.0, theme.px(18)
        if area.height() < 4.0 * line:
            return
        names = (
            (translate("MaximumLikelihoodTab", "gradient descent"), QPen(theme.ink, 2.4 * theme.scale)),
            (
                translate("MaximumLikelihoodTab", "least squares"),
                QPen(theme.accent, 1.8 * theme.scale, Qt.PenStyle.DashLine),
            ),
        )
        left, top = area.left() + theme.px(6), area.top() + 3.0
        width = max(self.note_width(name) for name, _ in names)
        ground = QColor(theme.plot)
        ground.setAlpha(210)
        painter.fillRect(QRectF(left - 2.0, top, swatch + width + theme.px(8), 2 * line), ground)
        for name, pen in names:
            painter.setPen(pen)
            painter.drawLine(QLineF(left, top + line / 2, left + swatch, top + line / 2))
            self.paint_note(painter, name, QPointF(left + swatch + theme.px(5), top))
            top += line

    def _paint_boxed(
        self, painter: QPainter, text: str, left_middle: QPointF, color: QColor | None = None
    ) -> None:
        """Write a line on a ground of its own, its left edge's middle at a point, inside the plot."""
        width, height = self.note_width(text), self.note_height()
        left = min(left_middle.x(), self.area.right() - width - 2.0)
        top = min(max(left_middle.y() - height / 2, self.area.top()), self.area.bottom() - height)
        ground = QColor(self.theme.plot)
        ground.setAlpha(210)
        painter.fillRect(QRectF(left - 2.0, top, width + 4.0, height), ground)
        self.paint_note(painter, text, QPointF(left, top), color=color or self.theme.text)
