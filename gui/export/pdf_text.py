"""The text of a PDF as it is copied and searched: each glyph by the character that was written.

Qt tells a reader which character a glyph stands for by looking through the font for one that has it. For
figures of one width it finds the typeface's private codes, which no reader knows as figures, and for a space
the tab. Both are put right here; nothing that is seen changes, nor the length of the file. What this leaves
without a name, `gui.export.pdf_context` names.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtGui import QFont, QRawFont, QTextLayout

from gui.theme import FONT_FAMILY

_MAPS = re.compile(rb"begincmap\n.*?\nendcmap", re.DOTALL)
_CHARACTERS = re.compile(rb"\[(?:<[0-9A-F]{4}> ?)+\]")
_RUNS = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>$", re.MULTILINE)
PRIVATE = range(0xE000, 0xF900)
"""Codes that mean something to a typeface alone."""
_TABULAR = [*map(chr, range(0x21, 0x7F)), "\u2212", "\u00d7", "\u00b7", "\u00b1", "\u2013"]
_TAB, _SPACE = 0x09, 0x20


def with_plain_characters(pdf: bytes) -> bytes:
    """A PDF that Qt wrote, with every glyph named by the character that was written, not by a private one."""
    plain = {_code(private): _code(ord(character)) for private, character in _private_codes().items()}
    plain[_code(_TAB)] = _code(_SPACE)

    def named(found: re.Match[bytes]) -> bytes:
        return re.sub(rb"<[0-9A-F]{4}>", lambda code: plain.get(code[0], code[0]), found[0])

    def run_named(found: re.Match[bytes]) -> bytes:
        """A run of glyphs by the first one's character, if the true ones follow one another as figures do."""
        first, last, code = (int(part, 16) for part in found.groups())
        names = [plain.get(_code(code + place), b"") for place in range(last - first + 1)]
        head = int(names[0][1:-1] or b"0", 16)
        if names != [_code(head + place) for place in range(len(names))]:
            return found[0]
        return found[0].removesuffix(_code(code)) + names[0]

    def map_named(found: re.Match[bytes]) -> bytes:
        return _RUNS.sub(run_named, _CHARACTERS.sub(named, found[0]))

    return _MAPS.sub(map_named, pdf)


def _code(code: int) -> bytes:
    return b"<%04X>" % code


@cache
def _private_codes() -> dict[int, str]:
    """The private codes under which the typeface has glyphs of one width, and what characters those are."""
    font = QFont(FONT_FAMILY)
    font.setFeature(QFont.Tag("tnum"), 1)
    by_glyph: dict[int, str] = {}
    for character in _TABULAR:
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        for run in layout.glyphRuns():
            for glyph in run.glyphIndexes():
                by_glyph[glyph] = character
    raw = QRawFont.fromFont(font)
    found = {}
    for code in PRIVATE:
        (glyph,) = raw.glyphIndexesForString(chr(code)) or (0,)
        if glyph in by_glyph:
            found[code] = by_glyph[glyph]
    return found
