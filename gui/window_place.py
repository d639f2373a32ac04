"""Where the window stands at the start: on a screen that is there, and no larger than that."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QMainWindow, QStyle

FIRST_SIZE = QSize(1440, 900)
"""Of the first start, in pixels, where the screen is at least as large."""


def bounded(place: QRect, room: QRect) -> QRect:
    """Return `place` made no larger than `room` and moved into it.

    Parameters
    ----------
    place : QRect
        The window's place, in pixels of the desktop.
    room : QRect
        What the screen has for windows: without panels and docks.
    """
    size = place.size().boundedTo(room.size())
    left = max(min(place.left(), room.left() + room.width() - size.width()), room.left())
    top = max(min(place.top(), room.top() + room.height() - size.height()), room.top())
    return QRect(left, top, size.width(), size.height())


def place_window(window: QMainWindow, remembered: QByteArray) -> None:
    """Give the window its remembered place, or its first size, as far as the screen has room.

    The first place is the desktop's to choose; a frame's title takes some of the height.
    """
    room = window.screen().availableGeometry()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    window.resize(FIRST_SIZE.boundedTo(QSize(room.width(), room.height() - title)))
    if not remembered.isEmpty() and window.restoreGeometry(remembered):
        place = window.geometry()
        fitting = bounded(place, window.screen().availableGeometry())
        if fitting != place and not (window.isMaximized() or window.isFullScreen()):
            window.setGeometry(fitting)
