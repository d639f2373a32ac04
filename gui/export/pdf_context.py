"""Characters that a typeface draws otherwise beside others, as a minus before a figure: named in a PDF too.

A glyph that a character has only beside certain others has no name, or a private one, in a PDF that Qt wrote:
it is seen, but not copied. Which character it is follows from the text that it was drawn for.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from gui.export.pdf_text import PRIVATE

Names = dict[int, int]
"""Which character each glyph of a font stands for."""

_FONT = re.compile(rb"\n(\d+) 0 obj\n<< ?\n?/Type /Font\n/Subtype /Type0\n[^>]*?/ToUnicode (\d+) 0 R")
_STREAM = re.compile(rb"\nstream\n(.*?)\nendstream", re.DOTALL)
_BLOCK = re.compile(rb"\bBT\n/F(\d+) .*?\nET\b", re.DOTALL)
_GLYPHS = re.compile(rb"<((?:[0-9A-F]{4})+)> Tj")
_RANGES = re.compile(rb"\d+ beginbfrange\n(.*?)endbfrange", re.DOTALL)
_LIST = re.compile(rb"<([0-9A-F]{4})> <[0-9A-F]{4}> \[([^]]*)\]")
_RUN = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>$", re.MULTILINE)
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_NO_GLYPH = b"<0000> <0000> <0000>\n"


def with_nameless_named(pdf: bytes, texts: Callable[[], Iterable[str]]) -> bytes:
    """A PDF in which glyphs without a name have that of their character; nothing is moved in it.

    Parameters
    ----------
    pdf : bytes
        As Qt writes it.
    texts : callable
        Gives every text that was drawn; asked only where a glyph is nameless.
    """
    lines = list(_lines(pdf))
    maps = {int(font): int(names) for font, names in _FONT.findall(pdf)}
    known = {font: _names(pdf, maps[font]) for font in {font for font, _ in lines} & maps.keys()}
    nameless = [(font, line) for font, line in lines if font in known and not known[font].keys() >= set(line)]
    if not nameless:
        return pdf
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in set(texts()):
        by_length[len(text)].append(text)
    learnt = set()
    for font, line in nameless:
        for glyph, code in _found(line, known[font], by_length[len(line)]):
            known[font][glyph] = code
            learnt.add(font)
    for font in learnt:
        pdf = _with_names(pdf, maps[font], known[font])
    return pdf


def _lines(pdf: bytes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each text that is drawn: its font and its glyphs."""
    for stream in _STREAM.finditer(pdf):
        for block in _BLOCK.finditer(_unpacked(stream[1])):
            glyphs = b"".join(_GLYPHS.findall(block[0])).decode()
            yield int(block[1]), tuple(int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def _found(line: tuple[int, ...], known: Names, texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """What the nameless glyphs of a line are, if every text that it can be says the same."""
    fits = [
        text
        for text in texts
        if all(known.get(glyph, ord(one)) == ord(one) for glyph, one in zip(line, text, strict=True))
    ]
    for place, glyph in enumerate(line):
        codes = {ord(text[place]) for text in fits}
        if glyph not in known and len(codes) == 1:
            yield glyph, codes.pop()


def _map_of(pdf: bytes, number: int) -> re.Match[bytes]:
    """The lists of a font's map, by the number of its object."""
    found = _RANGES.search(pdf, pdf.index(b"\n%d 0 obj\n" % number))
    assert found is not None  # Qt writes one for each font
    return found


def _names(pdf: bytes, number: int) -> Names:
    names: Names = {}
    ranges = _map_of(pdf, number)[1]
    for run in _RUN.findall(ranges.removeprefix(_NO_GLYPH)):
        first_glyph, last_glyph, code_of_first = (int(part, 16) for part in run)
        for place in range(last_glyph - first_glyph + 1):
            names[first_glyph + place] = code_of_first + place
    for first, characters in _LIST.findall(ranges):
        for place, code in enumerate(_CODE.findall(characters)):
            names[int(first, 16) + place] = int(code, 16)
    return {glyph: code for glyph, code in names.items() if code not in PRIVATE}


def _with_names(pdf: bytes, number: int, names: Names) -> bytes:
    """The PDF with a font's map written anew, in as many bytes: without the spaces there is room for more."""
    found = _map_of(pdf, number)
    lists: list[list[int]] = []
    for glyph in sorted(names):
        if lists and glyph == lists[-1][-1] + 1 and glyph % 256:
            lists[-1].append(glyph)
        else:
            lists.append([glyph])
    text = b"%d beginbfrange\n" % (len(lists) + 1) + _NO_GLYPH
    for glyphs in lists:
        codes = b"".join(b"<%04X>" % names[glyph] for glyph in glyphs)
        text += b"<%04X> <%04X> [%s]\n" % (glyphs[0], glyphs[-1], codes)
    room = len(found[0]) - len(text) - len(b"endbfrange")
    if room < 0:
        return pdf
    return pdf[: found.start()] + text + b" " * room + b"endbfrange" + pdf[found.end() :]
