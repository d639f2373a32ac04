"""How far background work is, told to the window's thread a few times a second."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal

INTERVAL_S = 0.08


class ProgressTeller(QObject):
    """Passes shares (0 to 1) from the thread that works to the window's; of the newest work only."""

    told = Signal(float)
    _news = Signal(int, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._news.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> Teller:
        """What new work is to call with its share; older work is not heard any more."""
        self._number += 1
        return Teller(self, self._number)

    def forget(self) -> None:
        """Hear no work any more."""
        self._number += 1

    def _pass_on(self, number: int, share: float) -> None:
        if number == self._number:
            self.told.emit(share)


@dataclass(slots=True)
class Teller:
    """Called by the thread that works, as often as it likes."""

    owner: ProgressTeller
    number: int
    _last: float = field(default=0.0)

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self._last >= INTERVAL_S:
            self._last = now
            self.owner._news.emit(self.number, share)
