"""The widget that shows a box: drag turns it, the wheel zooms, a double click looks as at first."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.plots.scene3d.camera import Camera, Projection
from gui.plots.scene3d.content import SpaceContent
from gui.plots.scene3d.painting import SpacePainter
from gui.plots.scene3d.points import NO_SPOTS, Spot
from gui.plots.scene3d.visibility import surface_point
from gui.theme import Appearance, Theme

REACH_PX = 9.0
"""How near the pointer must be to a marker to hover it."""

_CLICK_SLACK_PX = 3.0
_ZOOM_PER_NOTCH = 1.15


class SpaceView(QWidget):
    """Draws a `SpaceContent`; knows nothing of documents or training.

    Signals
    -------
    camera_changed(Camera)
        The person turned or zoomed it.
    point_hovered(int or None)
        Id of the marker under the pointer.
    point_clicked(int)
    surface_hovered((x, y) or None), surface_clicked((x, y))
        The place of the surface under the pointer, in the units of the axes.
    """

    camera_changed = Signal(object)
    point_hovered = Signal(object)
    point_clicked = Signal(int)
    surface_hovered = Signal(object)
    surface_clicked = Signal(object)

    def __init__(
        self, appearance: Appearance, camera: Camera | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._first_camera = camera or Camera()
        self._camera = self._first_camera
        self._content: SpaceContent | None = None
        self._painter = SpacePainter()
        self._spots = NO_SPOTS
        self._highlight: int | None = None
        self._hovered: int | None = None
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.update)

    @property
    def content(self) -> SpaceContent | None:
        """What is drawn; None draws nothing."""
        return self._content

    @property
    def camera(self) -> Camera:
        """From where it is seen."""
        return self._camera

    @property
    def spots(self) -> list[Spot]:
        """Where the markers were when last painted, the ones in front last."""
        return self._spots.listed()

    def set_content(self, content: SpaceContent | None) -> None:
        """Show something else."""
        self._content = content
        self.update()

    def set_camera(self, camera: Camera) -> None:
        """Look from elsewhere. Emits nothing."""
        if camera != self._camera:
            self._camera = camera
            self.update()

    def set_highlight(self, point_id: int | None) -> None:
        """Ring the marker with this id."""
        if point_id != self._highlight:
            self._highlight = point_id
            self.update()

    def paint_into(self, painter: QPainter, bounds: QRectF, theme: Theme | None = None) -> None:
        """Paint the same picture through any painter: another size or theme, an SVG, a PDF."""
        if self._content is not None:
            self._painter.paint(
                painter, self._content, self._camera, theme or self._appearance.theme, bounds, self._highlight
            )

    def pixel_of(self, x: float, y: float, z: float) -> QPointF:
        """Where a place in the axes' units is on the widget.

        Raises
        ------
        ValueError
            If there is no content, and so no axes.
        """
        if self._content is None:
            raise ValueError("without a content there are no axes")
        point = self._content.axes.to_box(np.array([x, y, z]))
        place = self._projection(self._content).project(point)
        return QPointF(float(place[0]), float(place[1]))

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(320), self._appearance.theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(150), self._appearance.theme.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._content is None:
            return
        with QPainter(self) as painter:
            theme, bounds = self._appearance.theme, QRectF(self.rect())
            self._spots = self._painter.paint(
                painter, self._content, self._camera, theme, bounds, self._highlight
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            self._hover(event.position())
            return
        moved = event.position() - self._dragged_from
        self._dragged_from = event.position()
        self._look_from(self._camera.turned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK_SLACK_PX:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._look_from(self._first_camera)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120.0
        if notches:
            self._look_from(self._camera.zoomed(_ZOOM_PER_NOTCH**notches))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._tell_hovered(None)
        self.surface_hovered.emit(None)
        super().leaveEvent(event)

    def _projection(self, content: SpaceContent) -> Projection:
        return self._painter.projection(content, self._camera, self._appearance.theme, QRectF(self.rect()))

    def _look_from(self, camera: Camera) -> None:
        if camera != self._camera:
            self.set_camera(camera)
            self.camera_changed.emit(camera)

    def _hover(self, pixel: QPointF) -> None:
        self._tell_hovered(self._point_at(pixel))
        self.surface_hovered.emit(self._place_at(pixel))

    def _tell_hovered(self, point_id: int | None) -> None:
        if point_id != self._hovered:
            self._hovered = point_id
            self.point_hovered.emit(point_id)

    def _click(self, pixel: QPointF) -> None:
        point_id = self._point_at(pixel)
        if point_id is not None:
            self.point_clicked.emit(point_id)
            return
        place = self._place_at(pixel)
        if place is not None:
            self.surface_clicked.emit(place)

    def _point_at(self, pixel: QPointF) -> int | None:
        """The marker within reach: a seen one before a hidden one, then the nearest to the pointer."""
        return self._spots.at(pixel, REACH_PX * self._appearance.theme.scale)

    def _place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        if self._content is None or self._content.surface is None:
            return None
        projection = self._projection(self._content)
        point = surface_point(self._content.surface, projection.eye, projection.ray(pixel))
        if point is None:
            return None
        return self._content.axes.to_ground(float(point[0]), float(point[1]))
