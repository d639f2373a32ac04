"""One loss's start map as a widget: shows what it is given, and reports what the mouse asks for."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QWheelEvent

from engine.specs import LossName
from engine.start_map import StartMap
from gui.plots.landscape import painting as marks
from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.plots.start_map.box import Point, StartBox
from gui.plots.start_map.picture import StepScale, map_picture
from gui.theme import Appearance

DRAG_PX = 4
_WHEEL_NOTCH = 120
_LEAST_PX, _LOW_PX = 84, 150


class StartMapPlot(PaintedPlot):
    """The map of one loss over two weights; both plots of the tab show the same box.

    A click asks for a run from there, a drag moves the box, the wheel halves or doubles it.
    """

    started = Signal(float, float)
    pointed = Signal(object)
    zoomed = Signal(int, float, float)
    dragged = Signal(float, float)

    def __init__(self, loss: LossName, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.loss = loss
        self.box = StartBox()
        self._map: StartMap | None = None
        self._map_box = self.box
        self._scale = StepScale(1, 1000)
        self._image = QImage()
        self._image_key: tuple[object, ...] = ()
        self._message = ""
        self._dot: Point | None = None
        self._cross: Point | None = None
        self._pointer: Point | None = None
        self._press: QPointF | None = None
        self._press_box = self.box
        self._is_dragging = False
        self._notches = 0.0
        self._names = ("", "")
        self.set_box(self.box)

    @property
    def shown_map(self) -> StartMap | None:
        """What is shown."""
        return self._map

    @property
    def message(self) -> str:
        """What is said in the place of a map."""
        return self._message

    @property
    def dot(self) -> Point | None:
        """Where the model stands that is trained on this loss."""
        return self._dot

    @property
    def cross(self) -> Point | None:
        """Where the run started that was asked for here."""
        return self._cross

    def set_box(self, box: StartBox) -> None:
        """Look at another square of starts; a map is moved and stretched with it until the next one comes."""
        self.box = box
        self.set_axes(Axis(*box.u_range), Axis(*box.v_range))

    def set_names(self, right: str, up: str) -> None:
        """Name both weights; the one upwards goes without a title where the plot is low."""
        self._names = (right, up)
        self._fit_titles()

    def set_map(self, found: StartMap | None, box: StartBox, scale: StepScale) -> None:
        """Show a map that was made over a box."""
        self._map, self._map_box, self._scale = found, box, scale
        self.refresh()

    def set_message(self, message: str) -> None:
        """Say why there is no map."""
        if message != self._message:
            self._message = message
            self.refresh()

    def set_marks(self, dot: Point | None, cross: Point | None) -> None:
        """Move the model's dot, and the cross where its run started."""
        if (dot, cross) != (self._dot, self._cross):
            self._dot, self._cross = dot, cross
            self.update()

    def set_pointer(self, point: Point | None) -> None:
        """Show where the pointer is, in this plot or the other one."""
        if point != self._pointer:
            self._pointer = point
            self.update()

    def pixel_of(self, point: Point) -> QPointF:
        """Where a start is in the widget; also outside of the plot."""
        u, v = point
        area, box = self.area, self.box
        return QPointF(
            area.left() + (u - box.u_range[0]) / (2 * box.half) * area.width(),
            area.bottom() - (v - box.v_range[0]) / (2 * box.half) * area.height(),
        )

    def paint_still(self, painter: QPainter) -> None:
        if self._map is not None:
            low, high = (
                self.pixel_of((self._map_box.u_range[end], self._map_box.v_range[end])) for end in (0, 1)
            )
            target = QRectF(QPointF(low.x(), high.y()), QPointF(high.x(), low.y()))
            painter.drawImage(target, self._picture_of(self._map))
        if self._message:
            painter.setFont(self.theme.font(12))
            painter.setPen(self.theme.quiet)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            inset = self.theme.px(8)
            painter.drawText(self.area.adjusted(inset, inset, -inset, -inset), flags, self._message)

    def paint_moving(self, painter: QPainter) -> None:
        if self._map is None:
            return
        painter.setClipRect(self.area)
        if self._cross is not None:
            marks.paint_cross(painter, self.theme, self.pixel_of(self._cross))
        if self._dot is not None:
            marks.paint_dot(painter, self.theme, self.pixel_of(self._dot), self.loss)
        if self._pointer is not None:
            marks.paint_pointer(painter, self.theme, self.pixel_of(self._pointer), self.area)

    def sizeHint(self) -> QSize:
        return QSize(230, 230)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, self.theme.px(_LEAST_PX))

    def resizeEvent(self, event: object) -> None:
        self._fit_titles()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.area.contains(event.position()):
            self._press, self._press_box, self._is_dragging = event.position(), self.box, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        inside = self.area.contains(place)
        self.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
        if self._press is None:
            self.pointed.emit(self._point(place) if inside else None)
            return
        way = place - self._press
        self._is_dragging = self._is_dragging or max(abs(way.x()), abs(way.y())) >= DRAG_PX
        if self._is_dragging:
            side = 2 * self._press_box.half
            target = self._press_box.moved(
                -way.x() / self.area.width() * side, way.y() / self.area.height() * side
            )
            self.dragged.emit(target.u - self.box.u, target.v - self.box.v)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._press is not None and not self._is_dragging
        self._press = None
        if was_click and event.button() == Qt.MouseButton.LeftButton:
            self.started.emit(*self._point(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.area.contains(event.position()):
            event.ignore()
            return
        self._notches += event.angleDelta().y() / _WHEEL_NOTCH
        if abs(self._notches) >= 1.0:
            self.zoomed.emit(int(math.copysign(1, self._notches)), *self._point(event.position()))
            self._notches = 0.0
        event.accept()

    def leaveEvent(self, event: object) -> None:
        del event
        self.pointed.emit(None)

    def _fit_titles(self) -> None:
        is_low = self.height() < self.theme.px(_LOW_PX)
        self.set_titles(self._names[0], "" if is_low else self._names[1])

    def _point(self, place: QPointF) -> Point:
        u, v = self.x_at(place.x()), (self.area.bottom() - place.y()) / max(self.area.height(), 1.0)
        return u, self.box.v_range[0] + min(max(v, 0.0), 1.0) * 2 * self.box.half

    def _picture_of(self, found: StartMap) -> QImage:
        ratio = self.devicePixelRatioF()
        size = np.maximum(np.rint([self.area.width() * ratio, self.area.height() * ratio]), 1).astype(int)
        key = (found, self._scale, self.theme, tuple(size.tolist()), ratio)
        if key != self._image_key:
            self._image_key = key
            width, height = size.tolist()
            self._image = map_picture(found, self._scale, self.theme, (width, height), ratio)
        return self._image
