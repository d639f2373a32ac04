"""A hand on the mouse and the keyboard: what it can do to a control, at random places of it, and tells."""

from __future__ import annotations

import random
from collections import deque
from typing import TextIO

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NO_KEYS, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LINES = 60


class Hand:
    """Sends real events to windows. How and where exactly comes from `chance`.

    Parameters
    ----------
    chance : random.Random
    journal : text file, optional
        Gets every act before it is done, so that it is known also after a crash.
    """

    def __init__(self, chance: random.Random, journal: TextIO | None = None) -> None:
        self.acts = 0
        self.log: deque[str] = deque(maxlen=LINES)
        self._random = chance
        self._journal = journal

    def note(self, what: str) -> None:
        """Tell what is about to be done."""
        line = f"{self.acts}: {what}"
        self.log.append(line)
        if self._journal is not None:
            print(line, file=self._journal, flush=True)

    def touch(self, widget: QWidget, weights: tuple[int, int, int, int]) -> None:
        """Click, drag, click with the right button or turn the wheel there, as often as the weights say."""
        kind = self._random.choices((0, 1, 2, 3), weights)[0]
        if kind == 0:
            self.click(widget, LEFT, self._random.choice((NO_KEYS, NO_KEYS, NO_KEYS, CTRL, SHIFT)))
        elif kind == 1:
            self.drag(widget)
        elif kind == 2:
            self.click(widget, RIGHT)
        else:
            self.wheel(widget)

    def click(self, widget: QWidget, button: Qt.MouseButton, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Click once, or now and then twice."""
        at, handle = self._place(widget), widget.window().windowHandle()
        twice = self._random.random() < 0.05
        how = f"{'double ' if twice else ''}click {button.name} {keys.name}"
        self.note(f"{how} {_named(widget)} at {at.toTuple()}")
        if handle is None:
            return
        if twice:
            QTest.mouseDClick(handle, button, keys, at)
        else:
            QTest.mouseMove(handle, at)
            if shiboken6.isValid(handle):  # a timer may have closed what was there
                QTest.mouseClick(handle, button, keys, at)

    def drag(self, widget: QWidget) -> None:
        """Drag from one point of a widget to others."""
        button = self._random.choice((LEFT, LEFT, LEFT, MIDDLE))
        keys = self._random.choice((NO_KEYS, NO_KEYS, SHIFT))
        places = [self._place(widget) for _ in range(self._random.randint(2, 6))]
        self.note(f"drag {button.name} {keys.name} {_named(widget)} {[at.toTuple() for at in places]}")
        handle = widget.window().windowHandle()
        if handle is None:
            return
        QTest.mousePress(handle, button, keys, places[0])
        for at in places[1:]:
            if shiboken6.isValid(handle):
                QTest.mouseMove(handle, at)
            QApplication.processEvents()
        if shiboken6.isValid(handle):
            QTest.mouseRelease(handle, button, keys, places[-1])

    def wheel(self, widget: QWidget) -> None:
        """Turn the wheel up or down, a little or a lot."""
        at, handle = self._place(widget), widget.window().windowHandle()
        notches = self._random.choice((-360, -120, -15, 15, 120, 360))
        keys = self._random.choice((NO_KEYS, NO_KEYS, CTRL))
        self.note(f"wheel {notches} {keys.name} {_named(widget)} at {at.toTuple()}")
        if handle is not None:
            QTest.wheelEvent(handle, at, QPoint(0, notches), QPoint(0, 0), keys)

    def key(self, key: str, handle: QWindow | None) -> None:
        """Press a key or a combination, as `QKeySequence` spells it."""
        combination = QKeySequence(key)[0]
        self.note(f"key {key}")
        if handle is not None:
            QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())

    def type(self, letter: str, handle: QWindow) -> None:
        """A letter from the keyboard, or from an input method where no key has it."""
        if letter.isascii() and shiboken6.isValid(handle):
            QTest.keyClick(handle, letter)
            return
        focus = QApplication.focusWidget()
        if focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(focus, event)

    def _place(self, widget: QWidget) -> QPoint:
        """A random point of what is seen of a widget, in its window's pixels."""
        seen = widget.visibleRegion().boundingRect()
        if seen.isEmpty():
            seen = widget.rect()
        corner = widget.mapTo(widget.window(), seen.topLeft())
        # A full screen may be smaller than what the window needs: what hangs over cannot be touched.
        handle = widget.window().windowHandle()
        size = widget.window().size() if handle is None else handle.size()
        end = QPoint(size.width() - 1, size.height() - 1)
        x = self._random.randint(min(corner.x(), end.x()), min(corner.x() + seen.width() - 1, end.x()))
        y = self._random.randint(min(corner.y(), end.y()), min(corner.y() + seen.height() - 1, end.y()))
        return QPoint(max(x, 0), max(y, 0))


def _named(widget: QWidget) -> str:
    """A widget as a person would find it: its kind, its name and its text."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__}({widget.objectName() or words!r})"
