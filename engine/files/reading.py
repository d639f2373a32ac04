"""Reading a file's bytes, or saying in a sentence why that cannot be done."""

from __future__ import annotations

from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.system_reasons import reason_of


def read_file(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, at most `most` of them; all of them where that is negative.

    Raises
    ------
    FallLineError
        If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "“{path}” cannot be read: {reason}."),
            path=str(path),
            reason=reason_of(error),
        ) from None
