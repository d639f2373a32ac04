"""A seeded storm of real events on the real window: what `script/monkey.py` and its test let loose.

Everything that a hand can do inside the window is done at random: the mouse and its wheel on the canvas and
on every control, keys and shortcuts, menus, dialogs that are answered or escaped. File dialogs are answered
with files of one folder, and nothing closes the window.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from gui.actions import ACTIONS
from gui.main_window import MainWindow
from script.hand import LEFT, NO_KEYS, Hand

WATCH_MS = 20
STUCK_TICKS = 15
"""After how many looks without an event in between something holds the hand: it presses Escape."""

SHORTCUTS = tuple(key for spec in ACTIONS if spec.name != "quit" for key in spec.keys)
PLAIN_KEYS = ("Tab", "Shift+Tab", "Up", "Down", "PgUp", "PgDown", "End", "Return", "Enter", "Menu", "Escape")
TYPED = "0123456789.-,eab 가"


class StaysOpen(QObject):
    """Keeps a window from closing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Refuse to close."""
        del watched
        if event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False


class Storm:
    """Random acts on a shown window, the same for the same seed as far as the window's own timing allows.

    Parameters
    ----------
    window : MainWindow
        Shown, and with its first frame drawn.
    seed : int
        Decides every act.
    folder : Path
        Where file dialogs lead.
    journal : text file, optional
        Gets every act before it is done, so that it is known also after a crash.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path, journal: TextIO | None = None) -> None:
        self.slowest: list[tuple[float, str]] = []
        self._window = window
        self._random = random.Random(seed)
        self._hand = Hand(self._random, journal)
        self._folder = folder
        self._handled: list[QWidget] = []
        self._seen = -1
        self._ticks = 0

    @property
    def count(self) -> int:
        """How many acts there were."""
        return self._hand.acts

    @property
    def log(self) -> deque[str]:
        """What was done last."""
        return self._hand.log

    def rage(self, events: int, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Do `events` acts, or fewer if something has gone wrong."""
        end = self.count + events
        with self._let_loose():
            while self.count < end and not should_stop():
                self._act()

    def settle(self) -> None:
        """Close what is open, stop training, and let everything that was asked for end."""
        for _ in range(100):
            popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if popup is None:
                break
            popup.close()
            QApplication.processEvents()
        self._window.controller.pause()
        self._window.controller.wait_until_idle()
        for _ in range(20):
            QApplication.processEvents()
            QTest.qWait(10)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @contextmanager
    def _let_loose(self) -> Iterator[None]:
        """Answer file dialogs and whatever holds the event loop; keep the window open."""
        originals = {
            name: getattr(QFileDialog, name)
            for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory")
        }
        QFileDialog.getOpenFileName = staticmethod(self._choose_file)  # type: ignore[method-assign]
        QFileDialog.getSaveFileName = staticmethod(self._name_file)  # type: ignore[method-assign]
        QFileDialog.getExistingDirectory = staticmethod(lambda *_: "")  # type: ignore[method-assign]
        guard = StaysOpen()
        self._window.installEventFilter(guard)
        watch = QTimer()
        watch.timeout.connect(self._watch)
        watch.start(WATCH_MS)
        random.seed(self._random.random())  # the window's own draws: new seeds
        try:
            yield
        finally:
            watch.stop()
            self._window.removeEventFilter(guard)
            for name, original in originals.items():
                setattr(QFileDialog, name, original)

    # What goes on in dialogs and menus that hold the event loop

    def _watch(self) -> None:
        """See whether the event loop turns without an act: what holds the hand is then acted in."""
        if self.count != self._seen:
            self._seen, self._ticks = self.count, 0
            return
        self._ticks += 1
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None and top not in self._handled:
            QTimer.singleShot(0, partial(self._handle, top))
        elif self._ticks > STUCK_TICKS:
            self._ticks = 0
            self._hand.key("Escape", self._window.windowHandle())

    def _handle(self, top: QWidget) -> None:
        """Act in a dialog or menu for a while, then answer it or escape from it."""
        if top in self._handled or not _is_open(top):
            return
        self._handled.append(top)
        for _ in range(self._random.randint(1, 12)):
            if not _is_open(top):
                break
            self._act()
        for _ in range(20):
            if not _is_open(top):
                break
            self._end(top)
            QApplication.processEvents()
        if _is_open(top):
            top.close()
        self._handled.remove(top)

    def _end(self, top: QWidget) -> None:
        """Answer a dialog by one of its buttons, or escape."""
        if isinstance(top, QDialog) and self._random.random() < 0.5:
            buttons = [b for b in top.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
            if isinstance(top, QMessageBox):
                buttons = [b for b in top.buttons() if isinstance(b, QPushButton)]
            if buttons:
                self._hand.click(self._random.choice(buttons), LEFT)
                return
        handle = top.windowHandle()
        if handle is not None:
            self._hand.key("Escape", handle)

    def _choose_file(self, *_: object) -> tuple[str, str]:
        files = sorted(self._folder.iterdir())
        name = str(self._random.choice(files)) if files and self._random.random() < 0.7 else ""
        self._hand.note(f"choose file {name!r}")
        return name, ""

    def _name_file(self, parent: object, title: str, start: str, kinds: str = "") -> tuple[str, str]:
        del parent, title, kinds
        suffix = ".csv" if start.endswith(".csv") else ""
        name = str(self._folder / f"saved-{self._random.randrange(4)}{suffix}")
        name = name if self._random.random() < 0.6 else ""
        self._hand.note(f"name file {name!r}")
        return name, ""

    # One act

    def _act(self) -> None:
        before, started = self.count, time.perf_counter()
        self._hand.acts += 1
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        if QApplication.activeWindow() is None:
            self._window.activateWindow()
        if isinstance(top, QMenu):
            self._in_menu(top)
        elif top is not self._window:
            self._in_dialog(top)
        else:
            act = self._random.choices(
                (self._on_canvas, self._on_control, self._command, self._press_key, self._resize),
                (35, 30, 14, 20, 1),
            )[0]
            act()
        QApplication.processEvents()
        if self.count == before + 1:
            self._time(time.perf_counter() - started)

    def _time(self, seconds: float) -> None:
        self.slowest.append((seconds, self.log[-1] if self.log else ""))
        if len(self.slowest) > 200:
            self.slowest = sorted(self.slowest, reverse=True)[:8]

    def _in_menu(self, menu: QMenu) -> None:
        actions = [
            action for action in menu.actions() if action.isEnabled() and action.objectName() != "quit"
        ]
        if not actions or self._random.random() < 0.3:
            # Return would choose what is marked, which may be to quit.
            self._hand.key(
                self._random.choice(("Up", "Down", "Left", "Right", "Escape")), menu.windowHandle()
            )
            return
        action = self._random.choice(actions)
        self._hand.note(f"menu {action.text()!r}")
        at = menu.actionGeometry(action).center()
        if menu.rect().contains(at):
            QTest.mouseClick(menu.windowHandle(), LEFT, NO_KEYS, at)
        else:
            self._hand.key("Escape", menu.windowHandle())

    def _in_dialog(self, top: QWidget) -> None:
        if self._random.random() < 0.7:
            self._on_control(top)
        else:
            self._press_key(top)

    def _on_canvas(self) -> None:
        canvas = self._window.canvas
        if not canvas.isVisible() or canvas.width() < 10:
            self._press_key()
            return
        self._hand.touch(canvas, (40, 35, 10, 15))

    def _on_control(self, top: QWidget | None = None) -> None:
        root = top or self._window
        widgets = [w for w in root.findChildren(QWidget) if _is_leaf(w)]
        if not widgets:
            self._press_key(top)
            return
        self._hand.touch(self._random.choice(widgets), (75, 10, 4, 11))

    def _press_key(self, top: QWidget | None = None) -> None:
        handle = (top or self._window).windowHandle()
        if handle is None:
            return
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit) and Path(focus.text()).is_absolute():
            self._hand.key("Tab", handle)  # a folder's name stays: nothing is written elsewhere
            return
        kind = self._random.random()
        if kind < 0.55:
            self._hand.key(self._random.choice(SHORTCUTS), handle)
        elif kind < 0.8:
            self._hand.key(self._random.choice(PLAIN_KEYS), handle)
        else:
            text = "".join(self._random.choices(TYPED, k=self._random.randint(1, 4)))
            self._hand.note(f"type {text!r}")
            for letter in text:
                self._hand.type(letter, handle)

    def _command(self) -> None:
        menus = [action.menu() for action in self._window.menuBar().actions()]
        top = self._random.choice([menu for menu in menus if isinstance(menu, QMenu)])
        action = self._random.choice(
            [a for a in _leaves(top) if a.isEnabled() and a.objectName() != "quit"] or [QAction()]
        )
        self._hand.note(f"command {action.text()!r}")
        action.trigger()

    def _resize(self) -> None:
        width, height = self._random.randint(640, 1920), self._random.randint(480, 1080)
        self._hand.note(f"resize to {width} x {height}")
        if not self._window.isFullScreen():
            self._window.resize(width, height)


def _is_open(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible()


def _is_leaf(widget: QWidget) -> bool:
    """Whether a widget is a control or a picture that can be touched."""
    if not widget.isVisible() or not widget.isEnabled() or widget.isWindow():
        return False
    if widget.visibleRegion().isEmpty():
        return False
    return not any(isinstance(child, QWidget) and child.isVisible() for child in widget.children())


def _leaves(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from _leaves(submenu)
        elif not action.isSeparator():
            yield action
