"""Work of a dialog that may take a while: off the window's thread, the newest of each kind wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from engine.errors import FallLineError
from engine.jobs import Jobs, ShouldStop


class Background(QObject):
    """Runs functions on a thread of its own and hands results over on the window's.

    `finished(kind, value)` carries what the function returned, or the `FallLineError` that it raised: a
    sentence for the person is an answer too. Any other exception is a
    defect: it is logged and raised again here.
    """

    finished = Signal(str, object)
    _news = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self._news.emit)
        self._news.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def run(self, kind: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - passed on
        """Run ``function(*arguments)`` in place of any older one of this kind."""
        self._jobs.submit(kind, _answered, function, arguments)

    def close(self) -> None:
        """Wait for the thread's end; no result comes after."""
        self._jobs.close()
        self._jobs.take()

    def _take(self) -> None:
        for result in self._jobs.take():
            if result.error is not None:
                raise result.error
            self.finished.emit(result.kind, result.value)


def _answered(function: Callable[..., Any], arguments: tuple[Any, ...], should_stop: ShouldStop) -> Any:  # noqa: ANN401
    if should_stop():
        return None
    try:
        return function(*arguments)
    except FallLineError as error:
        return error
