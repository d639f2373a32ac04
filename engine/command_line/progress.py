"""A progress bar on a terminal, for work that takes long."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self, TextIO

FIRST_AFTER_S = 1.0
AGAIN_AFTER_S = 0.1
WIDTH = 30


class Progress:
    """A line that shows how far `total` steps are done, redrawn in place, wiped at the end.

    It appears after a second, and only where `stream` is a terminal: a log gets nothing.
    """

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total = total
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._started = time.monotonic()
        self._next = self._started + FIRST_AFTER_S
        self._drawn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            self._stream.write("\r" + " " * self._drawn + "\r")
            self._stream.flush()

    def show(self, done: int) -> None:
        """Say that `done` steps are done; draws at most ten times a second."""
        now = time.monotonic()
        if not self._is_terminal or now < self._next:
            return
        self._next = now + AGAIN_AFTER_S
        share = done / self._total
        filled = int(WIDTH * share)
        remaining_s = (now - self._started) * (1.0 - share) / share
        line = (
            f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}  {done:,} steps, {remaining_s:.0f} s left"
        )
        self._stream.write("\r" + line.ljust(self._drawn))
        self._stream.flush()
        self._drawn = max(self._drawn, len(line))
