"""Why the system refuses a file: in our own words with what to do, so that they follow the language."""

from __future__ import annotations

import errno

from engine.errors import QT_TRANSLATE_NOOP, Message

_DENIED = QT_TRANSLATE_NOOP(
    "Engine", "permission denied: change the permissions, or choose another file or folder"
)
_MISSING = QT_TRANSLATE_NOOP(
    "Engine", "there is no such file or folder: it may have been moved or renamed, so choose it again"
)
_FULL = QT_TRANSLATE_NOOP("Engine", "the disk is full: free some space or save elsewhere")
_GONE = QT_TRANSLATE_NOOP(
    "Engine", "the drive or network folder does not answer: connect it again, or use another place"
)
_REFUSED = QT_TRANSLATE_NOOP(
    "Engine", "the system refuses it (error {number}): try again, or use another file or folder"
)
_REFUSED_SOMEHOW = QT_TRANSLATE_NOOP(
    "Engine", "the system refuses it: try again, or use another file or folder"
)
_NO_NAME = QT_TRANSLATE_NOOP("Engine", "no file can have this name: choose another one")

REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: QT_TRANSLATE_NOOP(
        "Engine", "your share of the disk is used up: free some space or save elsewhere"
    ),
    errno.EROFS: QT_TRANSLATE_NOOP("Engine", "the disk can only be read: save elsewhere"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.ENOENT: _MISSING,
    errno.ENOTDIR: _MISSING,
    errno.EISDIR: QT_TRANSLATE_NOOP("Engine", "it is a folder: choose a file"),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("Engine", "the name is too long: choose a shorter one"),
    errno.EIO: QT_TRANSLATE_NOOP(
        "Engine", "the disk reports an error: check that it is connected and sound, or use another place"
    ),
    errno.ESTALE: _GONE,
    errno.ENETUNREACH: _GONE,
    errno.EHOSTDOWN: _GONE,
    errno.EBUSY: QT_TRANSLATE_NOOP("Engine", "another program is using it: close it there and try again"),
    errno.EMFILE: QT_TRANSLATE_NOOP("Engine", "too many files are open: close something and try again"),
}
"""By the number of the error; each ends without its full stop, which the sentence around it has."""


def reason_of(error: OSError | ValueError) -> Message:
    """Why a file cannot be used, to stand in a sentence: an error without words of its own is told by number.

    A `ValueError` is what a path raises that no file can have.
    """
    number = error.errno if isinstance(error, OSError) else None
    if number in REASONS:
        return Message(REASONS[number])
    if isinstance(error, ValueError):
        return Message(_NO_NAME)
    return Message(_REFUSED, {"number": number}) if number else Message(_REFUSED_SOMEHOW)
