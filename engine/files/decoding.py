"""From the bytes of a text file to its text: byte-order marks, UTF-8, UTF-16, Korean and Western bytes."""

from __future__ import annotations

import codecs
import re
import unicodedata

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SAMPLE_BYTES = 65_536
"""A guess reads this much of the text that is not ASCII; decoding itself reads everything."""

MOST_MARKS = 30
"""On one letter, by Unicode's own bound for text (UAX 15, stream-safe form)."""

_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUN = re.compile(r"[^\x00-\x7f]{100,}")
_TENTHS_OF_A_LONG_RUN = re.compile(r"[^\x00-\x7f]{10}")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, str] | None:
    """Find the encoding of a text file and decode it.

    A byte-order mark decides; then UTF-8, which other encodings hardly ever imitate; then UTF-16 without
    a mark, Korean (cp949), what charset-normalizer makes of it, and Western (cp1252, Latin-1).

    Returns
    -------
    (text, encoding) or None
        The text in composed Unicode form (NFC), so that a Hangul name typed on another system still
        matches, without its mark; None where the bytes are not text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data[:SAMPLE_BYTES]:
        return _decoded(data, _utf16_without_mark(data))
    found = _decoded(data, "utf-8")
    if found is not None or data.isascii():
        return found
    for encoding in _candidates(_non_ascii_lines(data)):
        found = _decoded(data, encoding)
        if found is not None:
            return found
    return None


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str] | None:
    """Decode strictly; None where that fails or gives characters that no text file holds."""
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    if _NOT_TEXT.search(text):
        return None
    whole = composed(text)
    return None if whole is None else (whole, encoding)


def composed(text: str) -> str | None:
    """The text in composed form (NFC); None where more marks stand on one letter than any writing has.

    Unicode puts the marks on a letter in order one by one, which takes hours for a million of them.
    """
    long_runs = _LONG_RUN.finditer(text) if _TENTHS_OF_A_LONG_RUN.search(text[::10]) else ()
    for run in long_runs:
        marks = 0
        for character in run.group():
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MOST_MARKS:
                return None
    return unicodedata.normalize("NFC", text)


def _candidates(sample: bytes) -> list[str]:
    """Encodings to try in order, for lines that are neither marked nor UTF-8."""
    western = ["cp1252", "latin-1"]
    if _mostly_single(sample):
        return western
    if _mostly_hangul(sample):
        return ["cp949"]
    from charset_normalizer import from_bytes  # 30 ms, so only for the rare text that needs it

    best = from_bytes(sample).best()
    return western if best is None else [best.encoding, *western]


def _non_ascii_lines(data: bytes) -> bytes:
    """Lines that hold something else than ASCII, up to `SAMPLE_BYTES`: all that a guess can go by."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size >= SAMPLE_BYTES:
                break
    return b"\n".join(lines)


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16's byte order by where the zero bytes of its delimiters and digits stand."""
    sample = data[:SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or even + odd < len(sample) // 8:
        return None
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def _mostly_single(sample: bytes) -> bool:
    """Whether letters above ASCII stand alone, as in Western words; two-byte encodings have them in pairs."""
    runs = _HIGH_RUN.findall(sample)
    return 2 * sum(len(run) == 1 for run in runs) > len(runs)


def _mostly_hangul(sample: bytes) -> bool:
    """Whether the lines are strictly valid cp949 and their letters above ASCII nearly all Hangul."""
    try:
        text = sample.decode("cp949")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    return sum("가" <= character <= "힣" for character in foreign) > 0.8 * len(foreign)
