"""How a landscape's plot is painted: axes, header, and what lies on it: ways, marks, chord, pointer."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from engine.specs import LossName
from gui.formulas import loss_name, loss_text
from gui.plots.landscape.box import Box
from gui.plots.landscape.picture import color_table
from gui.plots.loss.curve_geometry import CurveGeometry
from gui.plots.scene3d.box import round_ticks
from gui.theme import Theme

Floats = NDArray[np.float64]

TICK_FONT, NAME_FONT = 11, 13
_HEADER_PX, _EDGE_PX, _GAP_PX, _TICK_PX = 20, 7, 3, 4
_X_GAP_PX, _Y_GAP_PX = 44, 26
_BAR_PX = (44, 7)
_SHORTEST_BAR_PX = 16
_POINT_PX = 1.5
_TITLES_FROM_PX = 150
"""Plots lower than this have no room for the title under the axis."""


@dataclass(frozen=True, slots=True)
class PlotLayout:
    """Where the parts of one landscape are, in the widget's pixels."""

    plot: QRectF
    header: QRectF
    has_titles: bool

    def to_pixels(self, box: Box, points: Floats) -> Floats:
        """Points (..., 2) of a box -> pixels."""
        fractions = box.fractions(points)
        result = np.empty(np.shape(points))
        result[..., 0] = self.plot.left() + fractions[..., 0] * self.plot.width()
        result[..., 1] = self.plot.bottom() - fractions[..., 1] * self.plot.height()
        return result

    def to_point(self, box: Box, position: QPointF) -> tuple[float, float]:
        """A pixel -> the point of the box."""
        across = (position.x() - self.plot.left()) / self.plot.width()
        up = (self.plot.bottom() - position.y()) / self.plot.height()
        return box.u_range[0] + across * box.u_span, box.v_range[0] + up * box.v_span


def lay_out(theme: Theme, size: QSizeF, widest_label: float) -> PlotLayout:
    """Place header, plot and axes in a widget; `widest_label` is the room for the numbers on the left."""
    px = theme.px
    metrics = QFontMetricsF(theme.font(TICK_FONT))
    header, left = px(_HEADER_PX), math.ceil(widest_label) + px(_TICK_PX) + px(_GAP_PX)
    numbers = px(_TICK_PX) + math.ceil(metrics.height())
    has_titles = size.height() - header - numbers >= px(_TITLES_FROM_PX)
    bottom = numbers + (math.ceil(metrics.height()) if has_titles else 0)
    width = max(8, math.floor(size.width() - left - px(_EDGE_PX)))
    height = max(8, math.floor(size.height() - header - bottom))
    return PlotLayout(QRectF(left, header, width, height), QRectF(0, 0, size.width(), header), has_titles)


def label_room(theme: Theme) -> float:
    """Width of the numbers beside a vertical axis, the same for all boxes so that the plot stands still."""
    return QFontMetricsF(theme.font(TICK_FONT, tabular=True)).horizontalAdvance("-0.00")


def paint_axes(painter: QPainter, theme: Theme, layout: PlotLayout, box: Box, x_title: str) -> None:
    """Ticks with round numbers on both axes, and the title of the lower one where there is room."""
    plot, px = layout.plot, theme.px
    font = theme.font(TICK_FONT, tabular=True)
    metrics = QFontMetricsF(font)
    height = metrics.height()
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    line = QPen(theme.quiet, px(1))
    for tick in round_ticks(*box.u_range, max(2, int(plot.width() / px(_X_GAP_PX)))):
        x = round(plot.left() + (tick.value - box.u_range[0]) / box.u_span * plot.width())
        painter.setPen(line)
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + px(_TICK_PX)))
        painter.setPen(theme.quiet)
        width = metrics.horizontalAdvance(tick.text) + 2
        left = min(max(x - width / 2, plot.left() - px(8)), plot.right() + px(_EDGE_PX) - width)
        area = QRectF(left, plot.bottom() + px(_TICK_PX), width, height)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tick.text)
    right = plot.left() - px(_TICK_PX) - px(_GAP_PX)
    for tick in round_ticks(*box.v_range, max(2, int(plot.height() / px(_Y_GAP_PX)))):
        y = round(plot.bottom() - (tick.value - box.v_range[0]) / box.v_span * plot.height())
        painter.setPen(line)
        painter.drawLine(QPointF(plot.left() - px(_TICK_PX), y), QPointF(plot.left() - 1, y))
        painter.setPen(theme.quiet)
        area = QRectF(right - px(80), y - height / 2, px(80), height)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.text)
    if layout.has_titles:
        painter.setFont(theme.font(TICK_FONT))
        area = QRectF(plot.left(), plot.bottom() + px(_TICK_PX) + height, plot.width(), height)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, x_title)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a plot: the loss, the upright axis's title, and the ends of the scale of colours."""

    loss: LossName
    y_title: str
    colors: tuple[float, float] | None
    is_selected: bool


def paint_header(painter: QPainter, theme: Theme, layout: PlotLayout, header: Header) -> QRectF:
    """Name at the left, scale of colours at the right, the title between if it fits; where the name is."""
    px, plot, area = theme.px, layout.plot, layout.header
    font = theme.font(NAME_FONT, bold=True)
    text = loss_name(header.loss)
    width = QFontMetricsF(font).horizontalAdvance(text)
    name = QRectF(plot.left(), area.top(), width, area.height() - px(2))
    painter.setFont(font)
    painter.setPen(theme.loss_color(header.loss))
    painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)
    if header.is_selected:
        painter.setPen(QPen(theme.accent, 2.0 * theme.scale))
        y = name.bottom() - px(1)
        painter.drawLine(QPointF(name.left(), y), QPointF(name.right(), y))
    left, right = name.right() + px(10), plot.right()
    if header.colors is not None:
        right = _paint_scale(painter, theme, layout, left, header.colors)
    title = f"↑ {header.y_title}"
    small = theme.font(TICK_FONT)
    if layout.has_titles and right - left >= QFontMetricsF(small).horizontalAdvance(title) + px(6):
        painter.setFont(small)
        painter.setPen(theme.quiet)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, area.top(), right - left, area.height() - px(2)), flags, title)
    return name


def _paint_scale(
    painter: QPainter, theme: Theme, layout: PlotLayout, left: float, colors: tuple[float, float]
) -> float:
    """The colours from the lowest to the highest loss with both numbers, if they fit; where they begin."""
    px, font = theme.px, theme.font(TICK_FONT, tabular=True)
    metrics = QFontMetricsF(font)
    low, high = (loss_text(value) for value in colors)
    low_width, high_width = (metrics.horizontalAdvance(text) + 1 for text in (low, high))
    right, gap = layout.plot.right(), px(_GAP_PX)
    room = right - left - low_width - high_width - 2 * gap
    width = min(px(_BAR_PX[0]), room)
    if width < px(_SHORTEST_BAR_PX):
        return right
    top, height = layout.header.top(), layout.header.height() - px(2)
    bar = QRectF(right - high_width - gap - width, top + (height - px(_BAR_PX[1])) / 2, width, px(_BAR_PX[1]))
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    table = color_table()
    for stop in np.linspace(0.0, 1.0, 9):
        red, green, blue = (round(float(channel)) for channel in table[round(stop * (len(table) - 1))])
        gradient.setColorAt(float(stop), QColor(red, green, blue))
    painter.fillRect(bar, gradient)
    painter.setFont(font)
    painter.setPen(theme.quiet)
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(right - high_width, top, high_width, height), flags, high)
    painter.drawText(QRectF(bar.left() - gap - low_width, top, low_width, height), flags, low)
    return bar.left() - gap - low_width


def paint_way(painter: QPainter, theme: Theme, loss: LossName, pixels: Floats, *, is_past: bool) -> None:
    """The way of a model, pixels (m, 2): white over a dark edge, dashed for MSE; faint where scrubbed off."""
    if len(pixels) < 2:
        return
    x, y = drawn_points(pixels).T
    line = CurveGeometry(x, y, y, y).line()
    edge = QPen(QColor(0, 0, 0, 120 if is_past else 40), 3.6 * theme.scale)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line)
    pen = theme.loss_pen(loss, 2.0)
    pen.setColor(QColor(255, 255, 255, 255 if is_past else 90))
    painter.setPen(pen)
    painter.drawPolyline(line)


def drawn_points(pixels: Floats) -> Floats:
    """Points of a way, at most one for each `_POINT_PX` of its length; both ends stay."""
    along = np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))
    is_next = np.diff(np.floor(along / _POINT_PX), prepend=-1.0) > 0.0
    is_next[-1] = True
    result: Floats = pixels[np.concatenate([[True], is_next])]
    return result


def paint_cross(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Where a run started."""
    r = theme.scale * 4.5
    for color, width in ((QColor(0, 0, 0, 150), 4.2), (QColor("white"), 2.0)):
        pen = QPen(color, width * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(at + QPointF(-r, -r), at + QPointF(r, r))
        painter.drawLine(at + QPointF(-r, r), at + QPointF(r, -r))


def paint_dot(painter: QPainter, theme: Theme, at: QPointF, loss: LossName) -> None:
    """Where a model stands now: black for cross-entropy, grey for MSE, ringed in white in either theme."""
    fill = QColor("#101418") if loss != "mse" else QColor("#7A838F")
    painter.setPen(QPen(QColor(0, 0, 0, 110), 4.0 * theme.scale))
    painter.setBrush(fill)
    painter.drawEllipse(at, 5.5 * theme.scale, 5.5 * theme.scale)
    painter.setPen(QPen(QColor("white"), 2.0 * theme.scale))
    painter.drawEllipse(at, 5.5 * theme.scale, 5.5 * theme.scale)


def paint_minimum(painter: QPainter, theme: Theme, at: QPointF, is_global: bool) -> None:
    """A minimum: a small diamond, filled where nothing is lower, hollow where it is a local one only."""
    r = 5.0 * theme.scale
    points = [at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)]
    for color, width in ((QColor(0, 0, 0, 150), 3.6), (QColor("white"), 1.8)):
        pen = QPen(color, width * theme.scale)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(color if is_global else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(points)


def paint_pointer(painter: QPainter, theme: Theme, at: QPointF, plot: QRectF) -> None:
    """A thin cross over the whole plot, in both landscapes at once."""
    for color, width in ((QColor(0, 0, 0, 60), 2.0), (QColor(255, 255, 255, 150), 1.0)):
        painter.setPen(QPen(color, width * theme.scale))
        painter.drawLine(QPointF(plot.left(), at.y()), QPointF(plot.right(), at.y()))
        painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()))


def paint_chord(
    painter: QPainter, theme: Theme, ends: list[QPointF], violated: tuple[tuple[float, float], ...]
) -> None:
    """A chord from above: b (t = 0) to a (t = 1), thick where the loss rises above it."""
    if len(ends) == 2:
        a, b = ends
        for color, width in ((QColor(0, 0, 0, 130), 4.0), (QColor("white"), 2.0)):
            painter.setPen(QPen(color, width * theme.scale))
            painter.drawLine(a, b)
        for first, last in violated:
            start, stop = b + (a - b) * first, b + (a - b) * last
            for color, width in ((QColor("white"), 7.0), (VIOLATED, 4.5)):
                pen = QPen(color, width * theme.scale)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(start, stop)
    painter.setFont(theme.font(TICK_FONT, bold=True))
    for name, end in zip("ab", ends, strict=False):
        r = 7.5 * theme.scale
        painter.setPen(QPen(QColor(0, 0, 0, 140), theme.scale))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(end, r, r)
        painter.setPen(QColor("#101418"))
        painter.drawText(QRectF(end.x() - r, end.y() - r, 2 * r, 2 * r), Qt.AlignmentFlag.AlignCenter, name)


VIOLATED = QColor("#D5382C")
"""Where a loss is above its chord, on the colours of the map, in either theme."""
