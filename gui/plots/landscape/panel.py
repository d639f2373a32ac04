"""One loss's landscape as a widget: shows what it is given, and reports what the mouse asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from engine.specs import LossName
from gui.plots.landscape import painting as painting
from gui.plots.landscape.box import Box
from gui.plots.landscape.minima import Minimum
from gui.theme import Appearance

Floats = NDArray[np.float64]
Point = tuple[float, float]

DRAG_PX = 4
ZOOM_STEP = 1.25
_WHEEL_NOTCH = 120


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What moves over the map.

    Attributes
    ----------
    past, future : ndarray of shape (m, 2)
        The way up to now, and what lies after a step that was scrubbed back to.
    start, now : (u, v) or None
    minima : tuple of Minimum
        The lowest one first.
    """

    past: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    future: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    start: Point | None = None
    now: Point | None = None
    minima: tuple[Minimum, ...] = ()


class LandscapePanel(QWidget):
    """The map of one loss over two weights, with its axes. Both panels of a tab show the same box.

    In chord mode the left button makes a chord; else a click starts a run and a drag moves the box.
    """

    clicked = Signal(float, float)
    pointed = Signal(object)
    zoomed = Signal(float, float, float)
    moved = Signal(float, float)
    reset_requested = Signal()
    chord_pressed = Signal(float, float)
    chord_dragged = Signal(float, float)
    name_clicked = Signal()
    resized = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.loss: LossName = "bce"
        self.box = Box((-1.0, 1.0), (-1.0, 1.0))
        self.overlay = Overlay()
        self.is_chord_mode = False
        self.waits_for_double_click = False
        self._titles = ("", "")
        self._is_selected = False
        self._picture: QPixmap | None = None
        self._picture_box = self.box
        self._colors: tuple[float, float] | None = None
        self._message = ""
        self._pointer: Point | None = None
        self._chord: list[Point] = []
        self._violated: tuple[tuple[float, float], ...] = ()
        self._layout: painting.PlotLayout | None = None
        self._base: QPixmap | None = None
        self._name_rect = QRectF()
        self._press: QPointF | None = None
        self._last = QPointF()
        self._is_moving = False
        self._click_timer = QTimer(self)
        self._click_timer.setSingleShot(True)
        self._click_timer.timeout.connect(self._click)
        self._click_at: Point = (0.0, 0.0)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(90, 90)
        appearance.changed.connect(self.refresh)

    @property
    def layout_(self) -> painting.PlotLayout:
        """Where header, plot and axes are."""
        if self._layout is None:
            theme = self._appearance.theme
            self._layout = painting.lay_out(theme, QSizeF(self.size()), painting.label_room(theme))
        return self._layout

    @property
    def picture_box(self) -> Box | None:
        """The box of the picture that is shown, None without one."""
        return self._picture_box if self._picture is not None else None

    @property
    def colors(self) -> tuple[float, float] | None:
        """Losses of the first and the last colour of the map; None without one."""
        return self._colors

    @property
    def chord(self) -> list[Point]:
        """The ends of the chord so far: none, a, or a and b."""
        return list(self._chord)

    @property
    def violated(self) -> tuple[tuple[float, float], ...]:
        """Stretches of the chord, from b (0) to a (1), that the loss rises above."""
        return self._violated

    @property
    def message(self) -> str:
        """What is said in the place of a map."""
        return self._message

    def pixel_of(self, u: float, v: float) -> QPointF:
        """Where a point of the box is, in the widget's pixels."""
        x, y = self.layout_.to_pixels(self.box, np.array([u, v]))
        return QPointF(float(x), float(y))

    def set_titles(self, x_title: str, y_title: str, name: LossName, *, is_selected: bool) -> None:
        """Name the axes and the loss."""
        if (self._titles, self.loss, self._is_selected) != ((x_title, y_title), name, is_selected):
            self._titles, self.loss, self._is_selected = (x_title, y_title), name, is_selected
            self.refresh()

    def set_picture(self, image: QImage | None, box: Box, colors: tuple[float, float] | None) -> None:
        """Show a map that was painted for a box; until the next one it moves and stretches with the box."""
        self._picture = None if image is None else QPixmap.fromImage(image)
        self._picture_box, self._colors = box, colors
        self.refresh()

    def set_message(self, message: str) -> None:
        """Say why there is no map."""
        if message != self._message:
            self._message = message
            self.refresh()

    def set_box(self, box: Box) -> None:
        """Look at another part of the plane."""
        if box != self.box:
            self.box = box
            self.refresh()

    def set_overlay(self, overlay: Overlay) -> None:
        """Move what lies on the map."""
        self.overlay = overlay
        self.update()

    def set_pointer(self, point: Point | None) -> None:
        """Show where the pointer is, in this or the other panel."""
        if point != self._pointer:
            self._pointer = point
            self.update()

    def set_chord(self, ends: list[Point], violated: tuple[tuple[float, float], ...]) -> None:
        """Show a chord from above."""
        self._chord, self._violated = list(ends), violated
        self.update()

    def refresh(self) -> None:
        """Lay out and paint everything anew."""
        self._layout = self._base = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        layout, theme = self.layout_, self._appearance.theme
        if self._base is None or self._base.devicePixelRatio() != self.devicePixelRatioF():
            self._base = self._paint_base()
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._base)
            if self._picture is None:
                return
            painter.setClipRect(layout.plot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            over = self.overlay
            painting.paint_way(
                painter, theme, self.loss, layout.to_pixels(self.box, over.future), is_past=False
            )
            painting.paint_way(painter, theme, self.loss, layout.to_pixels(self.box, over.past), is_past=True)
            for minimum in over.minima:
                painting.paint_minimum(painter, theme, self.pixel_of(*minimum.point), minimum.is_global)
            if over.start is not None:
                painting.paint_cross(painter, theme, self.pixel_of(*over.start))
            if over.now is not None:
                painting.paint_dot(painter, theme, self.pixel_of(*over.now), self.loss)
            if self._chord:
                ends = [self.pixel_of(*end) for end in self._chord]
                painting.paint_chord(painter, theme, ends, self._violated)
            if self._pointer is not None:
                painting.paint_pointer(painter, theme, self.pixel_of(*self._pointer), layout.plot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._name_rect.contains(event.position()):
            self.name_clicked.emit()
            return
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not self.layout_.plot.contains(event.position()) or not (
            is_left or event.button() == Qt.MouseButton.MiddleButton
        ):
            return
        self._press = self._last = event.position()
        self._is_moving = False
        if is_left and self.is_chord_mode:
            self.chord_pressed.emit(*self._point(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.layout_.plot.contains(event.position())
        self.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
        if self._press is None:
            self.pointed.emit(self._point(event.position()) if inside else None)
            return
        offset = event.position() - self._press
        if max(abs(offset.x()), abs(offset.y())) >= DRAG_PX:
            self._is_moving = True
        if not self._is_moving:
            return
        if event.buttons() & Qt.MouseButton.LeftButton and self.is_chord_mode:
            self.chord_dragged.emit(*self._point(event.position()))
            return
        before, after = self._point(self._last), self._point(event.position())
        self._last = event.position()
        self.moved.emit(before[0] - after[0], before[1] - after[1])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._press is not None and not self._is_moving
        self._press = None
        if not was_click or event.button() != Qt.MouseButton.LeftButton or self.is_chord_mode:
            return
        self._click_at = self._point(event.position())
        if self.waits_for_double_click:
            self._click_timer.start(QApplication.doubleClickInterval())
        else:
            self._click()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.is_chord_mode:  # an end that is taken again right after it was let go
            self.mousePressEvent(event)
            return
        self._click_timer.stop()
        self._press = None
        if event.button() == Qt.MouseButton.LeftButton and self.layout_.plot.contains(event.position()):
            self.reset_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if notches and self.layout_.plot.contains(event.position()):
            self.zoomed.emit(ZOOM_STEP**-notches, *self._point(event.position()))
            event.accept()
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def _click(self) -> None:
        self.clicked.emit(*self._click_at)

    def _point(self, position: QPointF) -> Point:
        return self.layout_.to_point(self.box, position)

    def _paint_base(self) -> QPixmap:
        """Map, axes and header: all that stays while a path grows."""
        ratio = self.devicePixelRatioF()
        base = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
        base.setDevicePixelRatio(ratio)
        base.fill(Qt.GlobalColor.transparent)
        layout, theme = self.layout_, self._appearance.theme
        with QPainter(base) as painter:
            painter.fillRect(layout.plot, theme.plot)
            if self._picture is not None:
                painter.setClipRect(layout.plot)
                low = layout.to_pixels(
                    self.box, np.array([self._picture_box.u_range[0], self._picture_box.v_range[0]])
                )
                high = layout.to_pixels(
                    self.box, np.array([self._picture_box.u_range[1], self._picture_box.v_range[1]])
                )
                target = QRectF(
                    QPointF(float(low[0]), float(high[1])), QPointF(float(high[0]), float(low[1]))
                )
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, target != layout.plot)
                painter.drawPixmap(target, self._picture, QRectF(self._picture.rect()))
                painter.setClipping(False)
            painting.paint_axes(painter, theme, layout, self.box, self._titles[0])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            header = painting.Header(self.loss, self._titles[1], self._colors, self._is_selected)
            self._name_rect = painting.paint_header(painter, theme, layout, header)
            if self._message:
                painter.setFont(theme.font(12))
                painter.setPen(theme.quiet)
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(layout.plot.adjusted(8, 8, -8, -8), flags, self._message)
        return base
