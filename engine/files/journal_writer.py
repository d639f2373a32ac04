"""Writes a recovery journal in a thread of its own: on disk within a second, while no window waits."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BufferedWriter
from pathlib import Path
from threading import Condition, Thread
from typing import NamedTuple

from engine.document.state import DocumentState
from engine.errors import QT_TRANSLATE_NOOP, FallLineError, unforeseen
from engine.files.file_lock import FileLock
from engine.files.journal import change_pieces, run_pieces, view_pieces, work_pieces
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.recovery_folder import TEMPORARY_SUFFIX, lock_of, new_journal
from engine.files.session_content import SessionView
from engine.files.system_reasons import reason_of

_LOG = logging.getLogger(__name__)

WRITE_SECONDS = 0.25
"""What changes within this time is written, and forced out of the caches, together."""
RETRY_SECONDS = 3.0
MOST_LINES = 2000
LEAST_BYTES = 4_000_000
"""A snapshot takes the place of the lines when there are more, and more than the snapshot before is long."""
_CLAIMS = 5
_LONGEST_CLOSE_SECONDS = 5.0


class _News(NamedTuple):
    """What is to be written next: everything anew, or the changes since the last time."""

    work: Work | None
    change: StackChange | None
    run: RunRecord | None
    view: SessionView | None
    done: list[Callable[[], None]]


class JournalWriter:
    """The journal of one window. Every method but `close` and `wait_until_written` returns at once.

    Parameters
    ----------
    folder : Path
        Made when the first line is written.
    work : Work
        What stands in the window now.
    on_trouble : callable
        Called in the writing thread with the `FallLineError` that keeps the journal from being written, once
        until it is written again; writing is tried again and again meanwhile.
    on_written : callable, optional
        Called in the writing thread when everything that was posted until then is on disk.
    """

    def __init__(
        self,
        folder: Path,
        work: Work,
        on_trouble: Callable[[FallLineError], None],
        on_written: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._on_trouble = on_trouble
        self._on_written = on_written
        # Shared between the threads, guarded by the condition.
        self._condition = Condition()
        self._work = work
        self._entries: list[UndoEntry] = list(work.entries)
        self._is_anew = True
        self._change: StackChange | None = None
        self._run_news: RunRecord | None = None
        self._has_run = self._has_view = False
        self._done: list[Callable[[], None]] = []
        self._is_closing = self._is_idle = False
        # The writing thread's own.
        self._path: Path | None = None
        self._lock: FileLock | None = None
        self._stream: BufferedWriter | None = None
        self._snapshot_bytes = self._bytes = self._lines = 0
        self._is_troubled = False
        self._thread = Thread(target=self._run, name="fall-line-recovery", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path | None:
        """The journal, once it is there."""
        return self._path

    def replace(self, work: Work, done: Callable[[], None] | None = None) -> None:
        """Another document stands in the window; `done` is called in the writing thread when it is safe."""
        with self._condition:
            self._work, self._entries = work, list(work.entries)
            self._change, self._is_anew = None, True
            if done is not None:
                self._done.append(done)
            self._condition.notify_all()

    def post(self, change: StackChange, state: DocumentState) -> None:
        """The undo stack changed, and the document is `state` now."""
        with self._condition:
            self._entries[change.place :] = change.entries
            self._work = replace(self._work, state=state, index=change.index)
            self._change = change if self._change is None else self._change.then(change)
            self._condition.notify_all()

    def post_run(self, run: RunRecord | None) -> None:
        """The run stands here now."""
        with self._condition:
            waiting = self._run_news if self._has_run else None
            self._run_news = None if run is None else run.following(waiting)
            self._work, self._has_run = self._work.at_run(run), True
            self._condition.notify_all()

    def post_view(self, view: SessionView) -> None:
        """The window is set up like this now."""
        with self._condition:
            self._work, self._has_view = replace(self._work, view=view), True
            self._condition.notify_all()

    def wait_until_written(self, timeout_seconds: float = 30.0) -> bool:
        """Block until all that was posted is on disk; False if that does not come about in time."""
        with self._condition:
            return self._condition.wait_for(lambda: self._is_idle and not self._has_news, timeout_seconds)

    def close(self, *, keep: bool) -> None:
        """Stop writing; the journal stays for the next start or goes."""
        with self._condition:
            self._is_closing = True
            if not keep:
                self._forget_news()
            self._condition.notify_all()
        self._thread.join(_LONGEST_CLOSE_SECONDS)
        if self._thread.is_alive():
            return  # the disk does not answer; the journal is let go of when the process ends
        self._close_stream()
        for done in [] if keep else self._done:
            done()
        if not keep and self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()

    @property
    def _has_news(self) -> bool:
        return self._is_anew or self._change is not None or self._has_run or self._has_view

    def _forget_news(self) -> None:
        self._is_anew = self._has_run = self._has_view = False
        self._change = None

    def _run(self) -> None:
        next_write = 0.0
        while (news := self._next(next_write)) is not None:
            try:
                self._write(news)
            except Exception as error:  # a defect, too, must not end what keeps the work safe
                next_write = time.monotonic() + RETRY_SECONDS
                self._fail(error, news.done)
            else:
                next_write = time.monotonic() + WRITE_SECONDS
                self._is_troubled = False
                for done in news.done:
                    done()
                self._on_written()

    def _next(self, not_before: float) -> _News | None:
        """Wait for what is to be written; None at the end."""
        with self._condition:
            while True:
                self._is_idle = not self._has_news
                if self._is_idle:
                    self._condition.notify_all()
                    if self._is_closing:
                        return None
                    self._condition.wait()
                elif self._is_closing and self._is_troubled:
                    return None  # it was tried; the window is not kept waiting for a full disk
                elif not self._is_closing and (left := not_before - time.monotonic()) > 0:
                    self._condition.wait(left)
                else:
                    return self._taken()

    def _taken(self) -> _News:
        work = self._work
        is_long = self._bytes > max(LEAST_BYTES, self._snapshot_bytes) or self._lines > MOST_LINES
        whole = replace(work, entries=tuple(self._entries)) if self._is_anew or is_long else None
        news = _News(
            whole,
            self._change,
            self._run_news if self._has_run else None,
            work.view if self._has_view else None,
            self._done,
        )
        self._done = []
        self._forget_news()
        return news

    def _write(self, news: _News) -> None:
        if news.work is not None or not self._is_in_place():
            with self._condition:
                work = news.work or replace(self._work, entries=tuple(self._entries))
                if news.work is None:
                    self._forget_news()
            self._write_snapshot(work)
            return
        assert self._stream is not None
        lines = []
        if news.change is not None:
            lines.append(change_pieces(news.change))
        if news.run is not None:
            lines.append(run_pieces(news.run))
        if news.view is not None:
            lines.append(view_pieces(news.view))
        for line in lines:
            self._bytes += _write_pieces(self._stream, line)
        self._lines += len(lines)
        _force_out(self._stream)

    def _write_snapshot(self, work: Work) -> None:
        """Write everything under another name, and put it in the journal's place in one move."""
        path = self._claim()
        self._close_stream()  # Windows replaces no file that is open
        temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
        try:
            with temporary.open("wb") as stream:
                self._snapshot_bytes = _write_pieces(stream, work_pieces(work))
                _force_out(stream)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        _force_out_folder(path.parent)
        self._bytes = self._lines = 0
        self._stream = path.open("ab")

    def _claim(self) -> Path:
        """The journal's name, with the lock on it that says that its window is open."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # people's data
        if self._path is not None and self._lock is not None and self._lock.is_in_place:
            return self._path
        if self._lock is not None:  # the folder was emptied
            self._lock.release()
        for _ in range(_CLAIMS):
            path = self._path or new_journal(self._folder)
            lock = lock_of(path)
            if lock.take():
                self._path, self._lock = path, lock
                return path
            self._path = None  # somebody was just tidying the folder
        raise OSError("no lock")

    def _is_in_place(self) -> bool:
        """Whether the file that is open is still the one of its name: folders can be emptied by others."""
        if self._stream is None or self._path is None:
            return False
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(self._stream.fileno()))
        except OSError:
            return False

    def _fail(self, error: Exception, done: list[Callable[[], None]]) -> None:
        """Tell once; a line may be torn now, so that everything is written anew next time."""
        self._close_stream()
        with self._condition:
            self._is_anew = True
            self._done = done + self._done
        if self._is_troubled:
            return
        self._is_troubled = True
        if not isinstance(error, OSError):
            _LOG.error("the recovery journal cannot be written", exc_info=error)
        reason = reason_of(error) if isinstance(error, OSError) else unforeseen(error)
        self._on_trouble(
            FallLineError(
                QT_TRANSLATE_NOOP(
                    "Engine",
                    "Your work cannot be kept safe against a crash: {reason}. It goes on; "
                    "save it to a file now and then.",
                ),
                reason=reason,
            )
        )

    def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _write_pieces(stream: BufferedWriter, pieces: Iterable[bytes]) -> int:
    return sum(stream.write(piece) for piece in pieces)


def _force_out(stream: BufferedWriter) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _force_out_folder(folder: Path) -> None:
    """Have the move of a file survive a power cut; Windows and some network drives know no such thing."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
