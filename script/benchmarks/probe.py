"""An application that takes the time of its own event handling and paints."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class TimedApplication(QApplication):
    """Adds up how long the window's thread is busy between two paints of the canvas.

    Attributes
    ----------
    work_ms, cpu_ms, interval_ms : list of float
        For each painted frame: time spent in event handlers, how much of it the processor worked for this
        thread (the rest it waited, for the interpreter or because others had the processor), and time since
        the frame before.
    after_paint : callable
        Called after each painted frame.
    """

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self.after_paint: Callable[[], object] = lambda: None
        self._window: QWidget | None = None
        self._canvas: QWidget | None = None
        self._depth = 0
        self._canvas_painted = False
        self.restart()

    def watch(self, window: QWidget, canvas: QWidget) -> None:
        """Say which window's updates are frames, and which widget has to be painted in them."""
        self._window, self._canvas = window, canvas

    def restart(self) -> None:
        """Forget what was measured."""
        self.work_ms: list[float] = []
        self.cpu_ms: list[float] = []
        self.interval_ms: list[float] = []
        self._busy = self._cpu = 0.0
        self._last_paint: float | None = None

    def start_frame(self) -> None:
        """Count from now on: the next paint ends a frame that begins here."""
        self._busy = self._cpu = 0.0
        self._last_paint = time.perf_counter()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event; the time of the outermost one counts."""
        kind = event.type()
        self._depth += 1
        is_outermost = self._depth == 1
        start, cpu_start = time.perf_counter(), time.thread_time() if is_outermost else 0.0
        handled = super().notify(receiver, event)
        end = time.perf_counter()
        self._depth -= 1
        if is_outermost:
            self._busy += end - start
            self._cpu += time.thread_time() - cpu_start
        if kind == QEvent.Type.Paint and receiver is self._canvas:
            self._canvas_painted = True
        if kind == QEvent.Type.UpdateRequest and receiver is self._window and self._canvas_painted:
            self._canvas_painted = False
            self._frame_painted(end)
        return handled

    def _frame_painted(self, now: float) -> None:
        if self._last_paint is not None:
            self.interval_ms.append(1000 * (now - self._last_paint))
            self.work_ms.append(1000 * self._busy)
            self.cpu_ms.append(1000 * self._cpu)
        self._last_paint, self._busy, self._cpu = now, 0.0, 0.0
        self.after_paint()
