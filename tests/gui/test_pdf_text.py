"""What a PDF says when its text is copied: every character, also those drawn otherwise beside others."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPicture

from gui.export import picture
from gui.export.pdf_context import with_nameless_named
from gui.export.picture import Recording, picture_bytes
from gui.theme import Appearance
from tests.gui.window_driver import dressed

TEXTS = [
    "w = (6.367, -2.602)  b = -0.519",
    "w = (-1.893, 3.004)  b = 0.007",
    "z = -0.24013 cm - 0.24512 kg + 23.03",
    "(-2, -3) 12:30 3x4",
    "trained on MSE: 0.3-0.4",
    "키(cm), 몸무게: 12 kg",
    "0123456789 0.123456789",
    "ab ,.:; -0 (0)",
    "+,-./:; < = > 1-2 (3)",
]


def pdf_of(texts: list[str], *, tabular: bool, bold: bool = False) -> bytes:
    appearance = Appearance()
    appearance.set_mode("light")
    with dressed(appearance):
        drawn = QPicture()
        with QPainter(drawn) as painter:
            painter.setFont(appearance.theme.font(12, tabular=tabular, bold=bold))
            for row, text in enumerate(texts):
                painter.drawText(QPointF(10, 20 + 20 * row), text)
        return picture_bytes(Recording(drawn, QSize(500, 200)), ".pdf")


def copied(pdf: bytes) -> str:
    """The texts of a PDF in one font, as its own map names its glyphs; "?" for one without a name."""
    names = {}
    runs = re.findall(rb"\n<(.{4})> <(.{4})> <(.{4})>", pdf.split(b"beginbfrange")[1].split(b"endbfrange")[0])
    for first, last, code in [[int(part, 16) for part in run] for run in runs[1:]]:
        for place in range(last - first + 1):
            names[first + place] = chr(code + place)
    for first, codes in re.findall(rb"<(.{4})> <.{4}> \[([^]]*)\]", pdf.split(b"beginbfrange")[1]):
        for place, code in enumerate(re.findall(rb"<(.{4})>", codes)):
            names[int(first, 16) + place] = chr(int(code, 16))
    found = ""
    for data in re.findall(rb"\nstream\n(.*?)\nendstream", pdf, re.DOTALL):
        content = zlib.decompress(data) if data.startswith(b"x") else data
        for block in re.findall(rb"\bBT\b(.*?)\bET\b", content, re.DOTALL):
            glyphs = b"".join(re.findall(rb"<([0-9A-F]+)> Tj", block)).decode()
            codes = [int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4)]
            found += "".join(names.get(code, "?") for code in codes)
    return found


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tabular", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_is_copied_as_it_was_written(qapp, text, tabular, bold):
    assert copied(pdf_of([text], tabular=tabular, bold=bold)) == text


def test_many_lines_are_copied_as_they_were_written(qapp):
    assert copied(pdf_of(TEXTS, tabular=True)) == "".join(TEXTS)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_another_program_copies_the_same(qapp, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf_of(TEXTS, tabular=True))
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True, timeout=60
    )
    lines = done.stdout.decode().split("\n")
    assert [re.sub(" +", " ", line).strip() for line in lines if line.strip()] == [
        re.sub(" +", " ", text) for text in TEXTS
    ]


def test_nothing_in_the_file_is_moved(qapp):
    pdf = pdf_of(TEXTS, tabular=True)
    start = int(pdf.split()[-2])
    places = [int(line[:10]) for line in pdf[start:].split(b"\n") if line.endswith(b" n ")]
    assert places
    assert all(re.match(rb"\d+ 0 obj\n", pdf[place : place + 20]) for place in places)


def test_where_two_texts_fit_nothing_is_guessed(qapp, monkeypatch):
    with monkeypatch.context() as as_qt_writes_it:
        as_qt_writes_it.setattr(picture, "with_nameless_named", lambda pdf, texts: pdf)
        nameless = pdf_of(["a, -2"], tabular=True)
    assert copied(nameless) == "a, ?2"
    assert copied(with_nameless_named(nameless, lambda: ["b", "c, -2", "a, -2"])) == "a, -2"
    assert with_nameless_named(nameless, lambda: ["a, -2", "a, +2"]) == nameless
