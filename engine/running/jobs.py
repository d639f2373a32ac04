"""Background work beside training: one thread, the newest job of a kind wins, each can be cancelled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any

_LOG = logging.getLogger(__name__)

ShouldStop = Callable[[], bool]


@dataclass(frozen=True, eq=False, slots=True)
class JobResult:
    """What a job gave back: a value, or the exception that ended it (already logged)."""

    kind: str
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, eq=False, slots=True)
class _Job:
    kind: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


class Jobs:
    """A background thread for work that may take longer than a frame.

    Parameters
    ----------
    on_result : callable, optional
        Called on the background thread when a result is ready to be taken; it must only pass the news on.
    """

    def __init__(self, on_result: Callable[[], None] | None = None) -> None:
        self.on_result = on_result
        self._condition = Condition()
        self._waiting: dict[str, _Job] = {}
        self._running: _Job | None = None
        self._is_cancelled = False
        self._results: dict[str, JobResult] = {}
        self._is_closing = False
        self._thread: Thread | None = None

    def submit(self, kind: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - passed on as they are
        """Run ``function(*arguments, should_stop)`` in place of any older job of this kind.

        The function should poll ``should_stop()`` and return early, with anything, when it is true: the
        result of a replaced or cancelled job is thrown away.
        """
        with self._condition:
            self._drop(kind)
            self._waiting[kind] = _Job(kind, function, arguments)
            if self._thread is None and not self._is_closing:
                self._thread = Thread(target=self._work, name="fall-line-jobs", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def cancel(self, kind: str) -> None:
        """Stop the job of this kind and forget its result."""
        with self._condition:
            self._drop(kind)
            self._condition.notify_all()

    def take(self) -> list[JobResult]:
        """Results since the last call, at most one of each kind."""
        with self._condition:
            results, self._results = list(self._results.values()), {}
        return results

    def wait_until_idle(self, timeout_seconds: float = 30.0) -> bool:
        """Block until nothing waits or runs; False if that took longer than `timeout_seconds`."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._running is None and not self._waiting, timeout_seconds
            )

    def close(self) -> None:
        """Cancel everything, wake the thread and wait for its end."""
        with self._condition:
            self._is_closing = self._is_cancelled = True
            self._waiting.clear()
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _drop(self, kind: str) -> None:
        self._waiting.pop(kind, None)
        self._results.pop(kind, None)
        if self._running is not None and self._running.kind == kind:
            self._is_cancelled = True

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: bool(self._waiting) or self._is_closing)
                if self._is_closing:
                    return
                self._running = self._waiting.pop(next(iter(self._waiting)))
                self._is_cancelled = False
            if self._finish() and self.on_result is not None:
                self.on_result()

    def _finish(self) -> bool:
        """Do the job that runs; whether its result is wanted. The waiting thread holds nothing of it."""
        job = self._running
        assert job is not None
        result = self._run(job)
        with self._condition:
            is_wanted = not self._is_cancelled
            if is_wanted:
                self._results[job.kind] = result
            self._running = None
            self._condition.notify_all()
        return is_wanted

    def _run(self, job: _Job) -> JobResult:
        try:
            return JobResult(job.kind, job.function(*job.arguments, lambda: self._is_cancelled))
        except Exception as error:
            _LOG.exception("the background job %r failed", job.kind)
            return JobResult(job.kind, error=error)
