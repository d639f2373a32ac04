"""Files that are whole or not there: written under a temporary name, then put in place in one move."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.system_reasons import REASONS, reason_of

_CANNOT = QT_TRANSLATE_NOOP("Engine", "“{path}” cannot be written: {reason}.")
_NO_FOLDER = QT_TRANSLATE_NOOP(
    "Engine", "There is no folder “{folder}”: choose another one, or make it first."
)
_FOLDER_GONE = QT_TRANSLATE_NOOP(
    "Engine",
    "“{path}” cannot be written, because its folder is not there: choose another folder, or make it first.",
)


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files: all of them under temporary names first, so that a full disk changes none.

    An existing file keeps its permissions, and a link to a file goes on pointing at it.

    Raises
    ------
    FallLineError
        If one cannot be written; no half-written file stays behind.
    """
    with contextlib.ExitStack() as stack:
        ready: list[tuple[Path, Path]] = []
        for path, data in contents.items():
            with _told(path):
                target = Path(os.path.realpath(path))
                temporary = _write_temporary(target, data)
                stack.callback(temporary.unlink, missing_ok=True)
                ready.append((temporary, target))
        for temporary, target in ready:
            with _told(target):
                os.replace(temporary, target)


def check_writable(paths: Iterable[Path]) -> None:
    """Find out early whether files can be written: their folders exist and can be written to.

    Raises
    ------
    FallLineError
        If one cannot, or stands twice among them.
    """
    seen: set[Path] = set()
    for path in paths:
        target = Path(os.path.realpath(path))
        if target in seen:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "“{path}” is to be written twice."), path=str(path)
            )
        seen.add(target)
        if target.is_dir():
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "“{path}” is a folder, not a file."), path=str(path)
            )
        if not target.parent.is_dir():
            raise FallLineError(_NO_FOLDER, folder=str(path.parent))
        if not os.access(target.parent, os.W_OK | os.X_OK) or (
            target.exists() and not os.access(target, os.W_OK)
        ):
            raise FallLineError(_CANNOT, path=str(path), reason=Message(REASONS[errno.EACCES]))


def _write_temporary(target: Path, data: bytes) -> Path:
    """Write `data` beside `target`, on the same disk, and force it out of the caches."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_permissions(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, or those that a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not path.parent.is_dir():
            raise FallLineError(_FOLDER_GONE, path=str(path)) from error
        raise FallLineError(_CANNOT, path=str(path), reason=reason_of(error)) from error
