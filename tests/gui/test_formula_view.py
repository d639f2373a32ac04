"""Formulas as vectors: areas without outlines, also where a PDF is made of them."""

from __future__ import annotations

import re
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer

from gui.formula_view import formula_svg


def areas_of_pdf(svg: bytes) -> int:
    """How often a PDF of an SVG picture fills or strokes a path."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0.0, 0.0, 200.0, 60.0))
    painter.end()
    del writer  # it writes the end of the file when it goes
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", bytes(buffer.data().data()), re.DOTALL)
    content = b"".join(zlib.decompress(part) for part in packed if part.startswith(b"x"))
    return len(re.findall(rb"\b[fFBS]\*?\s*$", content, re.MULTILINE))


def test_a_formula_in_a_pdf_is_not_outlined_as_if_it_were_bold(qapp):
    svg = formula_svg(r"p = \frac{1}{1 + e^{-z}}", 15, "#112233")
    areas = svg.count(b"<path ") + svg.count(b"<rect ")
    assert areas == 9  # p = 1 / 1 + e - z
    assert areas_of_pdf(svg) == areas
