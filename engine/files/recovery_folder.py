"""The folder of recovery journals: of each open window, and of those that were not closed."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from engine.files.file_lock import FileLock
from engine.files.journal import SUFFIX, is_journal

LOCK_SUFFIX = ".lock"
TEMPORARY_SUFFIX = ".tmp"
MOST_KEPT = 20
"""Work of more windows than these that was neither brought back nor discarded goes, the oldest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Leftover:
    """A journal whose window was not closed, held by a lock so that no other window offers it.

    Attributes
    ----------
    path : Path
    changed_at : float
        When it was last written, in seconds since 1970.
    lock : FileLock
    """

    path: Path
    changed_at: float
    lock: FileLock

    def remove(self) -> None:
        """It is not needed any more."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.lock.release()

    def leave(self) -> None:
        """Leave it for the next start."""
        self.lock.release()


def new_journal(folder: Path) -> Path:
    """The name of a journal of this process, which no other one has."""
    moment = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{moment}-{os.getpid()}-{os.urandom(3).hex()}{SUFFIX}"


def lock_of(journal: Path) -> FileLock:
    """The lock that the window of a journal holds while it is open."""
    return FileLock(journal.with_suffix(LOCK_SUFFIX))


def find_leftovers(folder: Path) -> list[Leftover]:
    """The journals that no window holds any more, the newest first; what is torn beside them is tidied away.

    A folder that is not there or cannot be used has none.
    """
    _tidy(folder)
    found: list[Leftover] = []
    for path in _files(folder, SUFFIX):
        with contextlib.suppress(OSError):
            lock = lock_of(path)
            if not lock.take():
                continue
            if path.exists() and is_journal(path):
                found.append(Leftover(path, path.stat().st_mtime, lock))
            else:
                lock.release()
    found.sort(key=lambda leftover: leftover.changed_at, reverse=True)
    for leftover in found[MOST_KEPT:]:
        leftover.remove()
    return found[:MOST_KEPT]


def _tidy(folder: Path) -> None:
    """Remove locks without a journal, and what a window that was killed had begun to write."""
    for path in _files(folder, LOCK_SUFFIX):
        if not path.with_suffix(SUFFIX).exists():
            lock = FileLock(path)
            with contextlib.suppress(OSError):
                if lock.take() and not path.with_suffix(SUFFIX).exists():
                    lock.release()
    for path in _files(folder, TEMPORARY_SUFFIX):
        lock = lock_of(path.with_suffix(""))
        with contextlib.suppress(OSError):
            if lock.take():
                path.unlink(missing_ok=True)
                lock.release()


def _files(folder: Path, suffix: str) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == suffix)
    except OSError:
        return []
