"""Work that takes longer than a frame, off the window's thread: of each kind the newest wins."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from engine.errors import FallLineError
from engine.running.jobs import Jobs, ShouldStop

Stream = Callable[..., Iterator[object]]


class Background(QObject):
    """Runs functions on a thread of its own and hands what they give over on the window's.

    `finished(kind, value)` carries what a function returned, or the `FallLineError` that it raised: a
    sentence for the person is an answer too. Any other exception is a defect: it is logged and raised
    again here. `arrived(kind, value)` carries each value that a stream yields (coarse, then fine).
    """

    finished = Signal(str, object)
    arrived = Signal(str, object)
    _news = Signal()
    _yielded = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(partial(_tell, self._news))
        self._hand_over = partial(_tell, self._yielded)
        self._generation: Counter[str] = Counter()
        self._news.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._yielded.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def run(self, kind: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - passed on
        """Run ``function(*arguments)`` in place of any older work of this kind."""
        self._generation[kind] += 1
        self._jobs.submit(kind, _answered, function, arguments)

    def stream(self, kind: str, function: Stream, *arguments: Any) -> None:  # noqa: ANN401 - passed on
        """Run the generator ``function(*arguments, should_stop)`` in place of any older work of this kind.

        Every value arrives as it is yielded; `finished` carries None at the end.
        """
        self._generation[kind] += 1
        self._jobs.submit(kind, self._stream, kind, self._generation[kind], function, arguments)

    def cancel(self, kind: str) -> None:
        """Stop the work of this kind; nothing more comes of it."""
        self._generation[kind] += 1
        self._jobs.cancel(kind)

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; results arrive with the event loop."""
        return self._jobs.wait_until_idle()

    def close(self) -> None:
        """Wait for the thread's end; no result comes after."""
        self._jobs.close()
        self._jobs.take()
        self._generation.clear()

    def _stream(
        self,
        kind: str,
        generation: int,
        function: Stream,
        arguments: tuple[Any, ...],
        should_stop: ShouldStop,
    ) -> FallLineError | None:
        try:
            for value in function(*arguments, should_stop):
                if should_stop():
                    break
                self._hand_over(kind, generation, value)
        except FallLineError as error:
            return error
        return None

    def _pass_on(self, kind: str, generation: int, value: object) -> None:
        if self._generation[kind] == generation:
            self.arrived.emit(kind, value)

    def _take(self) -> None:
        for result in self._jobs.take():
            if result.error is not None:
                raise result.error
            self.finished.emit(result.kind, result.value)


def _tell(signal: SignalInstance, *values: object) -> None:
    """From the job's thread: who asked may be gone by now, with the dialog that was closed."""
    with contextlib.suppress(RuntimeError):  # of a signal whose source was deleted; its slots run elsewhere
        signal.emit(*values)


def _answered(function: Callable[..., Any], arguments: tuple[Any, ...], should_stop: ShouldStop) -> Any:  # noqa: ANN401
    if should_stop():
        return None
    try:
        return function(*arguments)
    except FallLineError as error:
        return error
