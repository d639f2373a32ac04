"""The one gesture under way: begins, ticks, ends and is taken back here, whatever it does."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.canvas.gestures import Gesture


class GestureHolder(QObject):
    """Holds at most one gesture and the button that keeps it going."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def active(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def start(self, gesture: Gesture, button: Qt.MouseButton) -> None:
        """Begin a gesture that lasts while `button` is down."""
        self._gesture, self._button = gesture, button
        if gesture.cursor is not None:
            self._widget.setCursor(gesture.cursor)
        if gesture.tick_ms:
            self._timer.start(gesture.tick_ms)

    def move(self, point: QPointF) -> bool:
        """Let the gesture follow the pointer; tells whether there is one."""
        if self._gesture is None:
            return False
        self._gesture.move(point)
        return True

    def finish(self, button: Qt.MouseButton) -> bool:
        """End the gesture if this is its button; tells whether it ended."""
        if self._gesture is None or button != self._button:
            return False
        self._taken().finish()
        return True

    def cancel(self) -> bool:
        """Take the gesture back; tells whether there was one."""
        if self._gesture is None:
            return False
        self._taken().cancel()
        return True

    def paint(self, painter: QPainter) -> None:
        """Draw what shows only while the gesture lasts."""
        if self._gesture is not None:
            self._gesture.paint(painter)

    def _taken(self) -> Gesture:
        assert self._gesture is not None
        gesture, self._gesture = self._gesture, None
        self._timer.stop()
        return gesture

    def _on_timeout(self) -> None:
        if self._gesture is not None:
            self._gesture.tick()
