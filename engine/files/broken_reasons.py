"""Why a file is none of its format: in our own words with what to do, so that they follow the language.

What a library says of a broken file is English and changes with its version. A word that it holds decides
here which phrase of ours stands in the sentence, a general one where none is known; the rest is for the log.
"""

from __future__ import annotations

import json
import logging
import re

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message

_LOG = logging.getLogger(__name__)
_BOM = b"\xef\xbb\xbf"
_BYTE = re.compile(r"\(byte (?P<byte>\d+)\)")

Signs = tuple[tuple[str, str], ...]
"""What is looked for in a library's words, as regular expressions, and the phrase that stands for it."""

_ENDS_EARLY = QT_TRANSLATE_NOOP("Engine", "the text ends too early")
_NO_VALUE = QT_TRANSLATE_NOOP("Engine", "something stands here that JSON does not allow")
_TEXT = QT_TRANSLATE_NOOP(
    "Engine",
    "a text in quotation marks is not closed, or holds a character or a backslash that does not belong there",
)
_PUNCTUATION = QT_TRANSLATE_NOOP(
    "Engine", "a comma, a colon, a bracket or a quotation mark is missing, or there is one too many"
)
_BY_BYTE = {byte: _PUNCTUATION for byte in (b",", b":", b"]", b"}")} | {
    byte: _TEXT  # between values these are allowed, so this one stands in a text
    for byte in (b"\t", b"\n", b"\r")
}
"""What it means where a value should stand and this byte does."""

_JSON_SIGNS: Signs = (
    ("control character|escape|surrogate", _TEXT),
    ("delimiter|property name|object keys|trailing comma|expected ['\"]", _PUNCTUATION),
    ("extra data|trailing characters", QT_TRANSLATE_NOOP("Engine", "something follows after the end")),
    ("invalid number", _NO_VALUE),
    ("recursion", QT_TRANSLATE_NOOP("Engine", "brackets stand within brackets too many times")),
    ("digits", QT_TRANSLATE_NOOP("Engine", "a number has too many digits")),
)

EMPTY_FILE = QT_TRANSLATE_NOOP("Engine", "The file is empty: choose another one.")
WRONG_FILE = QT_TRANSLATE_NOOP("Engine", "The file holds {found} in place of {expected}.")
"""Where the value as a whole is of the wrong kind, and there is no place in the file to name."""

NOT_UTF8 = QT_TRANSLATE_NOOP("Engine", "its text is not UTF-8")
NO_JSON_NUMBER = QT_TRANSLATE_NOOP("Engine", "{name} is no JSON number")
TOO_LARGE = QT_TRANSLATE_NOOP("Engine", "it unpacks to more than {most} MB, and no weights are so large")
_OTHER_KIND = QT_TRANSLATE_NOOP("Engine", "it is a file of another kind: open one that Fall Line exported")
_DAMAGED = QT_TRANSLATE_NOOP("Engine", "it is damaged or cut off: copy or export it again")
_FILE_SIGNS: Signs = (
    (
        "not a zip file|truncated|eof|too small|header length|not fully covered",
        QT_TRANSLATE_NOOP(
            "Engine", "its end is missing or wrong, as if it were cut off: copy or export it again"
        ),
    ),
    (
        "crc",
        QT_TRANSLATE_NOOP("Engine", "a check sum is wrong, so it is damaged: copy or export it again"),
    ),
    (
        "pickle|encrypted|notimplemented",
        QT_TRANSLATE_NOOP(
            "Engine", "it needs something that Fall Line does not write: open one that Fall Line exported"
        ),
    ),
)


def check_not_empty(data: bytes) -> None:
    """Refuse a file of JSON that holds nothing, as an interrupted copy may."""
    if not data.strip():
        raise FallLineError(EMPTY_FILE)


def broken_json(data: bytes, error: Exception) -> FallLineError:
    """Why and where the bytes are no JSON: line and column, both counted from 1.

    Parameters
    ----------
    data : bytes
        All of the text that was read.
    error : Exception
        What `json` or msgspec raised: for broken JSON, bytes that are no UTF-8, brackets without end.
    """
    _LOG.debug("no JSON: %s", error)
    offset, phrase = _place_and_phrase(data, error)
    if offset is None:
        return no_json(phrase)
    before = data[data.rfind(b"\n", 0, offset) + 1 : offset]
    return FallLineError(
        QT_TRANSLATE_NOOP("Engine", "This is not valid JSON: line {line}, column {column}: {reason}."),
        line=data.count(b"\n", 0, offset) + 1,
        column=len(before.decode("utf-8-sig", errors="replace")) + 1,
        reason=Message(phrase),
    )


def no_json(phrase: str, **values: object) -> FallLineError:
    """A text that is no JSON, without a place: a phrase marked for translation says why, and its values."""
    return FallLineError(
        QT_TRANSLATE_NOOP("Engine", "This is not valid JSON: {reason}."), reason=Message(phrase, values)
    )


def broken_file(format_name: str, error: Exception, *, begins_well: bool) -> FallLineError:
    """Why a file is none of its format, by what its library raised and whether it begins as such files do."""
    _LOG.debug("no %s file: %s: %s", format_name, type(error).__name__, error)
    phrase = _phrase(_FILE_SIGNS, error, _DAMAGED) if begins_well else _OTHER_KIND
    return no_such_file(format_name, phrase)


def no_such_file(format_name: str, phrase: str, **values: object) -> FallLineError:
    """A file that is none of its format: a phrase marked for translation says why, and its values."""
    return FallLineError(
        QT_TRANSLATE_NOOP("Engine", "This is not a valid {format} file: {reason}."),
        format=format_name,
        reason=Message(phrase, values),
    )


def _place_and_phrase(data: bytes, error: Exception) -> tuple[int | None, str]:
    """The byte at which the JSON breaks off, where that is known, and why."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as found:  # of a text in another encoding this says more than its JSON does
        is_cut = found.end == len(data) and "end of data" in found.reason
        return (len(data), _ENDS_EARLY) if is_cut else (found.start, NOT_UTF8)
    offset = _offset(data, error)
    if offset is None:
        return None, _phrase(_JSON_SIGNS, error, _NO_VALUE)
    if not data[offset:].strip():
        return len(data), _ENDS_EARLY
    general = _BY_BYTE.get(data[offset : offset + 1], _NO_VALUE)
    return offset, _phrase(_JSON_SIGNS, error, general)


def _offset(data: bytes, error: Exception) -> int | None:
    """Which byte an error is about; the end for a text that has none; None where it does not say."""
    words = str(error)
    if words.startswith(("Unterminated string", "Input data was truncated")):
        return len(data)
    if isinstance(error, json.JSONDecodeError):
        start = len(_BOM) if data.startswith(_BOM) else 0
        return start + len(error.doc[: error.pos].encode("utf-8"))
    found = _BYTE.search(words)
    if found is None:
        return None
    return int(found["byte"]) - ("trailing characters" in words)  # msgspec has read one of them by then


def _phrase(signs: Signs, error: Exception, general: str) -> str:
    """The phrase whose sign an error's name or words hold."""
    words = f"{type(error).__name__}: {error}".lower()
    return next((phrase for sign, phrase in signs if re.search(sign, words)), general)
