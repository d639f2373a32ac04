"""Whether a file on disk is still the one that was read or written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What changes when somebody else writes a file: when it was written, how long it is, which one it is."""

    modified_ns: int
    size: int
    inode: int


def stamp_of(path: Path) -> FileStamp | None:
    """The stamp of a file as it is now; None where there is none, or it cannot be reached."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileStamp(status.st_mtime_ns, status.st_size, status.st_ino)
