"""The scale of colours of the start maps: steps on a log axis, and what "not reached" looks like."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.plots.scene3d.colors import perceptual_table
from gui.plots.start_map.picture import COLORS, StepScale, hatched_image
from gui.theme import Appearance

_FONT_PX = 11
_BAR_PX, _TICK_PX, _GAP_PX, _SWATCH_PX, _SPACE_PX = 10, 3, 6, 18, 14
_LABEL_GAP_PX = 10


class StepScaleBar(QWidget):
    """A bar with round numbers of steps below it, its title before it, and the hatched swatch after it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._scale = StepScale(1, 1000)
        self._title = self._not_reached = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._on_appearance)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Fraction of the bar and label of each number below it."""
        metrics = QFontMetricsF(self._font())
        widest = metrics.horizontalAdvance(f"{self._scale.high:,}")
        gap = widest + self._appearance.theme.px(_LABEL_GAP_PX)
        return self._scale.axis.ticks(self._bar().width(), gap)

    def set_content(self, scale: StepScale, title: str, not_reached: str) -> None:
        """Show a scale; `title` says of what, `not_reached` what the hatching means."""
        if (scale, title, not_reached) != (self._scale, self._title, self._not_reached):
            self._scale, self._title, self._not_reached = scale, title, not_reached
            self.setAccessibleName(f"{title}: {scale.low:,} – {scale.high:,}; {not_reached}")
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        line = QFontMetricsF(self._font()).height()
        return QSize(200, math.ceil(theme.px(_BAR_PX) + theme.px(_TICK_PX) + line))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, bar = self._appearance.theme, self._bar()
        metrics = QFontMetricsF(self._font())
        with QPainter(self) as painter:
            painter.setFont(self._font())
            painter.setPen(theme.quiet)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            row = QRectF(0.0, bar.center().y() - metrics.height() / 2, self.width(), metrics.height())
            painter.drawText(row, left, self._title)
            swatch = QRectF(bar.right() + theme.px(_SPACE_PX), bar.top(), theme.px(_SWATCH_PX), bar.height())
            painter.drawText(
                row.adjusted(swatch.right() + theme.px(_GAP_PX), 0, 0, 0), left, self._not_reached
            )
            painter.fillRect(bar, self._gradient(bar))
            ratio = self.devicePixelRatioF()
            size = (round(swatch.width() * ratio), round(swatch.height() * ratio))
            painter.drawImage(swatch, hatched_image(theme, *size, ratio))
            painter.setPen(QPen(theme.line, 1.0))
            painter.drawRect(swatch)
            self._paint_ticks(painter, bar, metrics)

    def _paint_ticks(self, painter: QPainter, bar: QRectF, metrics: QFontMetricsF) -> None:
        theme = self._appearance.theme
        for fraction, text in self.ticks:
            x = bar.left() + fraction * bar.width()
            painter.setPen(QPen(theme.quiet, 1.0))
            painter.drawLine(QLineF(x, bar.bottom(), x, bar.bottom() + theme.px(_TICK_PX) - 1))
            width = metrics.horizontalAdvance(text) + 2.0
            box = QRectF(x - width / 2, bar.bottom() + theme.px(_TICK_PX) - 1, width, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _gradient(self, bar: QRectF) -> QLinearGradient:
        gradient = QLinearGradient(bar.topLeft(), QPointF(bar.right(), bar.top()))
        table = perceptual_table(COLORS)[::-1]
        for stop in np.linspace(0.0, 1.0, 17):
            red, green, blue = (round(float(channel)) for channel in table[round(stop * (COLORS - 1))])
            gradient.setColorAt(float(stop), QColor(red, green, blue))
        return gradient

    def _bar(self) -> QRectF:
        """Where the bar is: between the title and the swatch with its words."""
        theme, metrics = self._appearance.theme, QFontMetricsF(self._font())
        half_label = metrics.horizontalAdvance(f"{self._scale.high:,}") / 2
        left = metrics.horizontalAdvance(self._title) + theme.px(_SPACE_PX)
        right = self.width() - metrics.horizontalAdvance(self._not_reached) - theme.px(_GAP_PX) - 2.0
        right -= theme.px(_SWATCH_PX) + max(theme.px(_SPACE_PX), half_label + theme.px(_GAP_PX))
        return QRectF(left, 1.0, max(right - left, 20.0), theme.px(_BAR_PX))

    def _font(self) -> QFont:
        return self._appearance.theme.font(_FONT_PX, tabular=True)

    def _on_appearance(self) -> None:
        self.updateGeometry()
        self.update()
