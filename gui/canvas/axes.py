"""The axes: round numbers, titles and the room that they need around the plot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.canvas.viewport import Range, Viewport, nice_step
from gui.theme import Theme

_LABEL_PX, _TITLE_PX = 12, 13
_TICK_PX, _MINOR_TICK_PX, _GAP_PX = 5, 3, 4
_HEIGHT_LABEL_SPACING_PX, _WEIGHT_LABEL_SPACING_PX = 62, 46
_EDGE_PX = 14


@dataclass(frozen=True, slots=True)
class AxisTitles:
    """The titles in the language in use."""

    height: str
    weight: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """Labelled values, the unlabelled ones between them, and the decimals that tell the labels apart."""

    major: tuple[float, ...]
    minor: tuple[float, ...]
    decimals: int

    def label(self, value: float) -> str:
        """The value as it stands beside the axis."""
        return f"{value + 0.0:.{self.decimals}f}"


def stands_upright(title: str) -> bool:
    """Whether a vertical axis's title stands horizontally above the axis: Hangul is never turned."""
    return any("\uac00" <= letter <= "\ud7a3" or "\u3130" <= letter <= "\u318f" for letter in title)


def ticks_of(ends: Range, length_px: float, spacing_px: float) -> Ticks:
    """Round numbers in a range, their labels at least `spacing_px` apart on an axis of `length_px`."""
    span = ends[1] - ends[0]
    step = nice_step(span, max(length_px / spacing_px, 2.0))
    leading = round(step / 10.0 ** math.floor(math.log10(step) + 1e-9))
    minor_step = step / (4 if leading == 2 else 5)
    return Ticks(
        major=_multiples(ends, step),
        minor=_multiples(ends, minor_step),
        decimals=max(0, -math.floor(math.log10(step) + 1e-9)),
    )


def _multiples(ends: Range, step: float) -> tuple[float, ...]:
    first, last = math.ceil(ends[0] / step - 1e-9), math.floor(ends[1] / step + 1e-9)
    return tuple(number * step for number in range(first, last + 1))


class Axes:
    """Lays out and paints both axes; knows nothing of what stands between them."""

    def __init__(self, theme: Theme, titles: AxisTitles) -> None:
        self._theme = theme
        self._titles = titles
        self._label_font = theme.font(_LABEL_PX, tabular=True)
        self._title_font = theme.font(_TITLE_PX)
        self._label_metrics = QFontMetricsF(self._label_font)
        self._title_metrics = QFontMetricsF(self._title_font)

    def height_ticks(self, viewport: Viewport) -> Ticks:
        """Ticks of the horizontal axis, in cm."""
        return ticks_of(
            viewport.height_range_cm, viewport.rect.width(), self._theme.px(_HEIGHT_LABEL_SPACING_PX)
        )

    def weight_ticks(self, viewport: Viewport) -> Ticks:
        """Ticks of the vertical axis, in kg."""
        return ticks_of(
            viewport.weight_range_kg, viewport.rect.height(), self._theme.px(_WEIGHT_LABEL_SPACING_PX)
        )

    def plot_rect(self, size: QSizeF, viewport: Viewport) -> QRectF:
        """Where the plot lies in a widget of this size, with room for labels and titles around it."""
        px = self._theme.px
        label_height, title_height = self._label_metrics.height(), self._title_metrics.height()
        top = float(px(_EDGE_PX))
        if stands_upright(self._titles.weight):
            top += title_height + label_height / 2 - px(_EDGE_PX - _GAP_PX)
        bottom = px(_TICK_PX) + px(_GAP_PX) + label_height + px(_GAP_PX) / 2 + title_height + px(_GAP_PX)
        ticks = self.weight_ticks(viewport.in_rect(QRectF(0, 0, 1, max(size.height() - top - bottom, 1))))
        widest = max((self._width(ticks.label(value)) for value in ticks.major), default=0.0)
        left = max(widest, self._width("100")) + px(_TICK_PX) + 2 * px(_GAP_PX)
        left += 0 if stands_upright(self._titles.weight) else title_height + px(_GAP_PX)
        left, top = math.ceil(left), math.ceil(top)
        width = max(1, math.floor(size.width() - left - px(_EDGE_PX)))
        height = max(1, math.floor(size.height() - top - bottom))
        return QRectF(left, top, width, height)

    def weight_title_rect(self, viewport: Viewport) -> QRectF:
        """Where the vertical axis's title stands: above the axis, or beside it and turned."""
        plot, metrics = viewport.rect, self._title_metrics
        width, height = metrics.horizontalAdvance(self._titles.weight), metrics.height()
        gap = self._theme.px(_GAP_PX)
        if stands_upright(self._titles.weight):
            above = self._label_metrics.height() / 2  # clear of the label at the axis's very end
            return QRectF(gap, plot.top() - above - height, width, height)
        return QRectF(gap / 2, plot.center().y() - width / 2, height, width)

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw axis lines, ticks, labels and titles around the plot."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_lines(painter, viewport)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_height_labels(painter, viewport)
        self._paint_weight_labels(painter, viewport)
        self._paint_titles(painter, viewport)

    def _width(self, text: str) -> float:
        return self._label_metrics.horizontalAdvance(text)

    def _axis_color(self) -> QColor:
        color = QColor(self._theme.quiet)
        color.setAlphaF(0.75)
        return color

    def _paint_lines(self, painter: QPainter, viewport: Viewport) -> None:
        px, plot = self._theme.px, viewport.rect
        painter.setPen(QPen(self._axis_color(), px(1)))
        left, bottom = plot.left() - px(1), plot.bottom() + px(1) - 1
        painter.drawLine(QPointF(left, plot.top()), QPointF(left, bottom))
        painter.drawLine(QPointF(left, bottom), QPointF(plot.right(), bottom))
        height_ticks, weight_ticks = self.height_ticks(viewport), self.weight_ticks(viewport)
        for values, length in ((height_ticks.minor, px(_MINOR_TICK_PX)), (height_ticks.major, px(_TICK_PX))):
            for value in values:
                x = round(viewport.x_of(value))
                painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + length))
        for values, length in ((weight_ticks.minor, px(_MINOR_TICK_PX)), (weight_ticks.major, px(_TICK_PX))):
            for value in values:
                y = round(viewport.y_of(value))
                painter.drawLine(QPointF(left - length, y), QPointF(left, y))

    def _paint_height_labels(self, painter: QPainter, viewport: Viewport) -> None:
        px, ticks = self._theme.px, self.height_ticks(viewport)
        painter.setFont(self._label_font)
        painter.setPen(self._theme.text)
        top = viewport.rect.bottom() + px(_TICK_PX) + px(_GAP_PX)
        for value in ticks.major:
            text = ticks.label(value)
            width, x = self._width(text), viewport.x_of(value)
            painter.drawText(
                QRectF(x - width, top, 2 * width, self._label_metrics.height()),
                Qt.AlignmentFlag.AlignCenter,
                text,
            )

    def _paint_weight_labels(self, painter: QPainter, viewport: Viewport) -> None:
        px, ticks = self._theme.px, self.weight_ticks(viewport)
        right = viewport.rect.left() - px(_TICK_PX) - px(_GAP_PX) - px(1)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        height = self._label_metrics.height()
        for value in ticks.major:
            y = viewport.y_of(value)
            painter.drawText(QRectF(0, y - height / 2, right, height), flags, ticks.label(value))

    def _paint_titles(self, painter: QPainter, viewport: Viewport) -> None:
        painter.setFont(self._title_font)
        painter.setPen(self._theme.quiet)
        plot, height = viewport.rect, self._title_metrics.height()
        top = (
            plot.bottom()
            + self._theme.px(_TICK_PX)
            + self._theme.px(_GAP_PX) * 1.5
            + self._label_metrics.height()
        )
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(plot.left(), top, plot.width(), height), center, self._titles.height)
        rect = self.weight_title_rect(viewport)
        if stands_upright(self._titles.weight):
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, self._titles.weight)
            return
        painter.save()
        painter.translate(rect.center())
        painter.rotate(-90)
        painter.drawText(QRectF(-rect.height() / 2, -rect.width() / 2, rect.height(), rect.width()), center,
                         self._titles.weight)  # fmt: skip
        painter.restore()
