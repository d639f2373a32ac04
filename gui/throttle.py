"""Limit how often something happens: text that changes more than a few times a second cannot be read."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

TEXT_INTERVAL_MS = 150
"""Numbers in text change at most about seven times a second."""


def run_waiting(root: QObject) -> None:
    """Run at once whatever waits for its turn in the views below `root`: a picture waits for nothing."""
    for throttle in root.findChildren(Throttle):
        if throttle.pending:
            throttle.run_now()


class Throttle(QObject):
    """Call `action` at once, then at most once every `interval_ms`, and always once after the last request.

    Parameters
    ----------
    action : callable without arguments
        Reads the newest state itself, so that requests that were skipped are not lost.
    interval_ms : int
    parent : QObject
        Owner; the throttle ends with it.
    clock : callable
        Seconds, monotonic.
    """

    def __init__(
        self,
        action: Callable[[], object],
        interval_ms: int,
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._interval_s = interval_ms / 1000
        self._clock = clock
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run_now)

    @property
    def pending(self) -> bool:
        """Whether a request waits for its turn."""
        return self._timer.isActive()

    def request(self) -> None:
        """Run the action now if its interval has passed, else once when it has."""
        if self.pending:
            return
        waited = float("inf") if self._last is None else self._clock() - self._last
        if waited >= self._interval_s:
            self.run_now()
        else:
            self._timer.start(max(1, round((self._interval_s - waited) * 1000)))

    def run_now(self) -> None:
        """Run the action without waiting; a waiting request is answered by it."""
        self._timer.stop()
        self._last = self._clock()
        self._action()
