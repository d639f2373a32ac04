"""A plot of the lab painted by hand: axes and what stands still on a picture, what moves above it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.plots.loss.axes import Axis
from gui.recording import is_recording
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]
Tick = tuple[float, str]
"""Fraction of the axis and label."""

_FONT_PX = 11
_TICK_PX, _GAP_PX, _EDGE_PX = 4, 5, 8
_X_LABEL_PX, _Y_LABEL_PX = 44, 26
_INLINE_TITLE_BELOW_PX = 150


class PaintedPlot(QWidget):
    """Axes, a grid and titles around a plot; a subclass paints into it.

    What stands still (`paint_still`) is kept as a picture until `refresh`; `paint_moving` comes on top in
    every frame. The vertical axis's title stands horizontally above the axis.
    """

    moved = Signal(object)
    """Place of the pointer in the widget (QPointF), or None when it leaves."""
    clicked = Signal(object)
    """Place of a click of the left button in the widget (QPointF)."""
    laid_out = Signal()
    """The axes or the size changed, and with them where everything lies."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._x_axis, self._y_axis = Axis(0.0, 1.0), Axis(0.0, 1.0)
        self._x_ticks: Sequence[Tick] | None = None
        self._y_ticks: Sequence[Tick] | None = None
        self._right: tuple[Sequence[Tick], str] = ((), "")
        self._titles = ("", "")
        self._left_room, self._right_room = 0.0, 0.0
        self._has_x_labels = True
        self._picture = QPixmap()
        self._is_stale = True
        self._area = QRectF()
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.refresh)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._appearance.theme

    @property
    def area(self) -> QRectF:
        """The plot inside its axes, in pixels of the widget."""
        return self._area

    @property
    def x_axis(self) -> Axis:
        """The horizontal axis."""
        return self._x_axis

    @property
    def y_axis(self) -> Axis:
        """The vertical axis."""
        return self._y_axis

    def set_axes(
        self,
        x_axis: Axis,
        y_axis: Axis,
        x_ticks: Sequence[Tick] | None = None,
        y_ticks: Sequence[Tick] | None = None,
    ) -> None:
        """Take other ranges; ticks are round numbers unless given."""
        wanted = (x_axis, y_axis, x_ticks, y_ticks)
        if wanted != (self._x_axis, self._y_axis, self._x_ticks, self._y_ticks):
            self._x_axis, self._y_axis, self._x_ticks, self._y_ticks = wanted
            self.refresh()

    def set_right(self, ticks: Sequence[Tick], title: str) -> None:
        """Have a second ruler on the right for the same heights, its title above it."""
        if self._right != (ticks, title):
            self._right = (ticks, title)
            self.refresh()

    def set_titles(self, x_title: str, y_title: str) -> None:
        """Name both axes in the language in use; an x title without text takes no room."""
        if self._titles != (x_title, y_title):
            self._titles = (x_title, y_title)
            self.refresh()

    def set_has_x_labels(self, has_x_labels: bool) -> None:
        """Have numbers below the plot, or leave them to the plot below that shares the axis."""
        if has_x_labels != self._has_x_labels:
            self._has_x_labels = has_x_labels
            self.refresh()

    def set_left_room(self, room: float) -> None:
        """Keep at least this many pixels left of the plot, so that plots above one another line up."""
        if room != self._left_room:
            self._left_room = room
            self.refresh()

    def needed_left_room(self) -> float:
        """Pixels that the labels of the vertical axis need."""
        metrics = self._metrics()
        widest = max((metrics.horizontalAdvance(text) for _, text in self._y_labels()), default=0.0)
        return math.ceil(widest + self.theme.px(_TICK_PX) + self.theme.px(_GAP_PX))

    def set_right_room(self, room: float) -> None:
        """Keep at least this many pixels right of the plot."""
        if room != self._right_room:
            self._right_room = room
            self.refresh()

    def needed_right_room(self) -> float:
        """Pixels that the ruler on the right needs, or a small edge without one."""
        metrics = self._metrics()
        widest = max((metrics.horizontalAdvance(text) for _, text in self._right[0]), default=0.0)
        return math.ceil(widest + self.theme.px(_GAP_PX)) if widest else float(self.theme.px(_EDGE_PX))

    def refresh(self) -> None:
        """Paint what stands still anew."""
        self._is_stale = True
        self._lay_out()
        self.update()

    def x_px(self, values: Floats) -> Floats:
        """Pixels of numbers on the horizontal axis; what lies outside goes to its ends."""
        return np.asarray(self._area.left() + self._x_axis.fraction(values) * self._area.width())

    def y_px(self, values: Floats) -> Floats:
        """Pixels of numbers on the vertical axis; what lies outside goes to its ends."""
        return np.asarray(self._area.bottom() - self._y_axis.fraction(values) * self._area.height())

    def point(self, x: float, y: float) -> QPointF:
        """Pixel of a point."""
        return QPointF(float(self.x_px(np.array(x))), float(self.y_px(np.array(y))))

    def x_at(self, x_px: float) -> float:
        """The number at a pixel of the horizontal axis, held to its ends."""
        share = (x_px - self._area.left()) / max(self._area.width(), 1.0)
        return self._x_axis.value_at(min(max(share, 0.0), 1.0))

    def polyline(self, x: Floats, y: Floats) -> QPolygonF:
        """A curve in pixels on linear axes; what lies outside goes on beyond the edge, for a clip to cut."""
        low, span = self._y_axis.low, self._y_axis.high - self._y_axis.low
        held = np.clip(y, low - 2.0 * span, low + 3.0 * span)
        y_px = self._area.bottom() - (held - low) / span * self._area.height()
        points = zip(self.x_px(x).tolist(), y_px.tolist(), strict=True)
        return QPolygonF([QPointF(px, py) for px, py in points])

    def paint_still(self, painter: QPainter) -> None:
        """Draw what moves only when `refresh` is called."""

    def paint_moving(self, painter: QPainter) -> None:
        """Draw what may move in every frame."""

    def sizeHint(self) -> QSize:
        return QSize(240, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            if is_recording(painter):
                self._paint_still_parts(painter)
            else:
                painter.drawPixmap(0, 0, self._present_picture())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_moving(painter)

    def _present_picture(self) -> QPixmap:
        """What stands still, painted anew where it is stale."""
        ratio = self.devicePixelRatioF()
        size = (self.size() * ratio).expandedTo(QSize(1, 1))
        if self._is_stale or self._picture.size() != size or self._picture.devicePixelRatioF() != ratio:
            self._picture = self._still_picture(size, ratio)
            self._is_stale = False
        return self._picture

    def resizeEvent(self, event: object) -> None:
        del event
        self.refresh()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(event.position())

    def leaveEvent(self, event: object) -> None:
        del event
        self.moved.emit(None)

    def paint_note(
        self,
        painter: QPainter,
        text: str,
        place: QPointF,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        color: QColor | None = None,
    ) -> QRectF:
        """Write a quiet line with its upper left, upper middle or upper right corner at `place`, inside."""
        painter.setFont(self.theme.font(_FONT_PX))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text) + 1.0, metrics.height()
        left = {Qt.AlignmentFlag.AlignRight: width, Qt.AlignmentFlag.AlignHCenter: width / 2}.get(align, 0.0)
        box = QRectF(place.x() - left, place.y(), width, height)
        painter.setPen(color or self.theme.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return box

    def note_height(self) -> float:
        """Height of a line written by `paint_note`."""
        return self._metrics().height()

    def note_width(self, text: str) -> float:
        """Width of a line written by `paint_note`."""
        return QFontMetricsF(self.theme.font(_FONT_PX)).horizontalAdvance(text) + 1.0

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.theme.font(_FONT_PX, tabular=True))

    def _x_labels(self) -> Sequence[Tick]:
        if self._x_ticks is not None:
            return self._x_ticks
        return self._x_axis.ticks(self._area.width(), self.theme.px(_X_LABEL_PX))

    def _y_labels(self) -> Sequence[Tick]:
        if self._y_ticks is not None:
            return self._y_ticks
        return self._y_axis.ticks(self._area.height(), self.theme.px(_Y_LABEL_PX))

    def _lay_out(self) -> None:
        px, line = self.theme.px, self._metrics().height()
        top = (line + px(3)) if self._titles[1] else px(_EDGE_PX)
        bottom = float(px(_EDGE_PX) / 2)
        if self._has_x_labels:
            bottom = px(_TICK_PX) + line + 1
            bottom += line if self._titles[0] and not self._is_title_inline() else 0
        height = max(self.height() - top - bottom, 1.0)
        # The labels depend on the height alone, so that they can be measured before the width is known.
        self._area = QRectF(0.0, top, 1.0, height)
        left = max(self.needed_left_room(), self._left_room)
        width = max(self.width() - left - max(self.needed_right_room(), self._right_room), 1.0)
        self._area = QRectF(left, math.ceil(top), math.floor(width), math.floor(height))
        self.laid_out.emit()

    def _is_title_inline(self) -> bool:
        """Whether the horizontal axis's title stands in the line of its numbers: the plot is low."""
        width = self.note_width(self._titles[0]) if self._titles[0] else 0.0
        return 0.0 < width < 0.4 * self.width() and self.height() < self.theme.px(_INLINE_TITLE_BELOW_PX)

    def _title_left(self) -> float:
        """Where the vertical axis's title begins: at the axis, off its numbers, as far as there is room."""
        room = self.width() - self.note_width(self._titles[1])
        if self._right[1]:
            room -= self.note_width(self._right[1]) + self.theme.px(_EDGE_PX)
        return max(min(self._area.left(), room), float(self.theme.px(2)))

    def _still_picture(self, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size)
        picture.setDevicePixelRatio(ratio)
        with QPainter(picture) as painter:
            self._paint_still_parts(painter)
        return picture

    def _paint_still_parts(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.card)
        painter.fillRect(self._area, self.theme.plot)
        self._paint_axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self._area.adjusted(-1.0, -1.0, 1.0, 1.0))
        self.paint_still(painter)
        painter.restore()

    def _paint_axes(self, painter: QPainter) -> None:
        theme, area = self.theme, self._area
        px, line = theme.px, self._metrics().height()
        grid = QColor(theme.line)
        grid.setAlpha(150 if theme.dark else 130)
        painter.setFont(theme.font(_FONT_PX, tabular=True))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for fraction, text in self._y_labels():
            y = round(area.bottom() - fraction * area.height()) + 0.5
            painter.setPen(QPen(grid, 1.0))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(theme.quiet)
            painter.drawText(QRectF(0.0, y - line, area.left() - px(_GAP_PX), 2 * line), right, text)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for fraction, text in self._right[0]:
            y = round(area.bottom() - fraction * area.height()) + 0.5
            box = QRectF(area.right() + px(_GAP_PX), y - line, self.width(), 2 * line)
            painter.drawText(box, left, text)
        if self._has_x_labels:
            self._paint_x_labels(painter, line)
        painter.setPen(QPen(theme.line, max(1.0, theme.scale)))
        painter.drawLine(QLineF(area.left(), area.bottom() + 0.5, area.right(), area.bottom() + 0.5))
        painter.setPen(theme.quiet)
        painter.setFont(theme.font(_FONT_PX))
        painter.drawText(QRectF(self._title_left(), 0.0, self.width(), line), left, self._titles[1])
        painter.drawText(QRectF(0.0, 0.0, self.width(), line), right, self._right[1])
        if self._has_x_labels and not self._is_title_inline():
            below = QRectF(area.left(), area.bottom() + px(_TICK_PX) + line, area.width(), line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._titles[0])

    def _paint_x_labels(self, painter: QPainter, line: float) -> None:
        theme, area = self.theme, self._area
        metrics = QFontMetricsF(painter.font())
        end = float(self.width())
        if self._is_title_inline():
            # A low plot has its title at the end of the numbers' line.
            room = self.note_width(self._titles[0])
            painter.setPen(theme.quiet)
            box = QRectF(end - room, area.bottom() + theme.px(_TICK_PX), room, line)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._titles[0]
            )
            end -= room + theme.px(_GAP_PX)
        for fraction, text in self._x_labels():
            x = area.left() + fraction * area.width()
            painter.setPen(QPen(theme.line, max(1.0, theme.scale)))
            painter.drawLine(QLineF(x, area.bottom(), x, area.bottom() + theme.px(_TICK_PX) - 1))
            width = metrics.horizontalAdvance(text) + 2.0
            left = min(x - width / 2, self.width() - width)
            if left + width > end:
                continue
            painter.setPen(theme.quiet)
            box = QRectF(left, area.bottom() + theme.px(_TICK_PX), width, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
