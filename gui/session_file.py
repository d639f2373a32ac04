"""The session file on disk: read and written off the window's thread, and watched for other writers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, unforeseen
from gui.background import Background

if TYPE_CHECKING:
    from engine.files.session_content import Session
    from engine.files.stamps import FileStamp

Answer = TypeVar("Answer")

_LOG = logging.getLogger(__name__)


class ChangedOnDiskError(FallLineError):
    """The file is no longer as it was opened or saved: to write over it needs a person's word."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Engine", "“{name}” was changed by another program."), name=path.name
        )


class SessionFile(QObject):
    """The file of the session in the window, if it has one.

    One thing at a time is read and one written; what comes of it arrives by a signal.

    Attributes
    ----------
    path : Path or None
    """

    was_read = Signal(object, object, object)
    """Path, `Session` and `FileStamp`: nothing is taken over yet (`take`)."""
    was_saved = Signal(object)
    """Path; the file is that one now."""
    could_not_read = Signal(object, object)
    could_not_save = Signal(object, object)
    """Path and the `FallLineError`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._stamp: FileStamp | None = None
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._reading: Path | None = None
        self._writing: Path | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a session is being read."""
        return self._reading is not None

    @property
    def is_writing(self) -> bool:
        """Whether a session is being written."""
        return self._writing is not None

    def forget(self) -> None:
        """What stands in the window has no file."""
        self.path = self._stamp = None

    def read(self, path: Path) -> None:
        """Read a session, in place of one that is being read."""
        self._reading = path
        self._background.run("read", _read, path)

    def take(self, path: Path, stamp: FileStamp | None) -> None:
        """The session that was read from `path` stands in the window."""
        self.path, self._stamp = path, stamp

    def save(self, path: Path, session: Session, *, may_overwrite: bool) -> None:
        """Write a session; where it is another's by now, only if it `may_overwrite` that."""
        self._writing = path
        expected = None if may_overwrite or path != self.path else self._stamp
        self._background.run("save", _save, path, session, expected)

    def close(self) -> None:
        """Wait for the end of what is being written."""
        self._background.close()

    def _on_finished(self, kind: str, value: object) -> None:
        if kind == "read":
            path, self._reading = self._reading, None
            if isinstance(value, FallLineError):
                self.could_not_read.emit(path, value)
            else:
                session, stamp = cast("tuple[Session, FileStamp | None]", value)
                self.was_read.emit(path, session, stamp)
            return
        path, self._writing = self._writing, None
        if isinstance(value, FallLineError):
            self.could_not_save.emit(path, value)
        else:
            self.path, self._stamp = path, cast("FileStamp | None", value)
            self.was_saved.emit(path)


def _read(path: Path) -> tuple[Session, FileStamp | None]:
    from engine.files.session import read_session
    from engine.files.stamps import stamp_of

    stamp = stamp_of(path)  # before it is read: who writes in between is somebody else
    template = QT_TRANSLATE_NOOP("Engine", "“{path}” cannot be read: {reason}.")
    return _answered(template, path, lambda: read_session(path)), stamp


def _save(path: Path, session: Session, expected: FileStamp | None) -> FileStamp | None:
    from engine.files.session import write_session
    from engine.files.stamps import stamp_of

    if expected is not None and stamp_of(path) not in (None, expected):
        raise ChangedOnDiskError(path)
    template = QT_TRANSLATE_NOOP("Engine", "“{path}” cannot be written: {reason}.")
    _answered(template, path, lambda: write_session(path, session))
    return stamp_of(path)


def _answered(template: str, path: Path, work: Callable[[], Answer]) -> Answer:
    """What `work` returns. A defect, too, ends in a sentence here: who saves has to hear that it failed."""
    try:
        return work()
    except FallLineError:
        raise
    except Exception as error:
        _LOG.exception("%s", path)
        raise FallLineError(template, path=str(path), reason=unforeseen(error)) from error
