"""A lock that the system takes back when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


class FileLock:
    """Says that a process works with something; held until `release` or the end of the process.

    A process that is killed leaves the file behind, but not the lock. Two locks on one file exclude each
    other in one process, too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    @property
    def is_in_place(self) -> bool:
        """Whether this object holds the lock, and its file is still there."""
        return self._descriptor is not None and self._is_here(self._descriptor)

    def take(self) -> bool:
        """Take the lock; False where another holds it.

        Raises
        ------
        OSError
            If the file cannot be made.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            is_taken = _lock(descriptor) and self._is_here(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        if is_taken:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return is_taken

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if os.name == "posix":  # while it is held: whoever opens it later makes a file of its own
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(descriptor)
        else:  # Windows removes no file that is open
            os.close(descriptor)
            with contextlib.suppress(OSError):
                self.path.unlink()

    def _is_here(self, descriptor: int) -> bool:
        """Whether the file that was locked is still the one of this name."""
        try:
            here = os.stat(self.path)
        except OSError:
            return False
        return os.path.samestat(here, os.fstat(descriptor))


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
