"""Ctrl+C in the terminal quits the window as its own Quit does: at once, also while nothing happens in it."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication


class Interrupts(QObject):
    """Wakes Qt's event loop for Python's signals while it lives, and takes an interrupt for Quit.

    Python runs the handler of a signal only between two of its own instructions, of which there are none
    while Qt waits for an event: the signal writes a byte, and the byte is an event.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        self._fd_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handler_before = signal.signal(signal.SIGINT, self._quit)

    def close(self) -> None:
        """Leave signals to whoever had them before."""
        signal.signal(signal.SIGINT, self._handler_before)
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_woken(self) -> None:
        self._reader.recv(4096)

    def _quit(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        QApplication.quit()
