"""The text of an SVG as shapes, so that it looks the same where the program's typeface is not installed.

What was written stays with each shape as its label, for search and for readers of screens.
"""

from __future__ import annotations

import re
from html import escape, unescape

from PySide6.QtGui import QFont, QPainterPath, QTransform

from gui.theme import FONT_FAMILY

_TEXT = re.compile(r"<text (?P<attributes>[^>]*)>(?P<text>[^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_FONT = re.compile(r' ?font-(?:family|size|weight|style)="[^"]*"')
_FINENESS = 16
"""Outlines are taken so many times as large as they are drawn, where no pixel bends them."""


def with_text_as_shapes(svg: str) -> str:
    """An SVG that Qt wrote, with a path in place of every text."""
    return _FONT.sub("", _TEXT.sub(_shape, svg))


def texts_of(svg: str) -> list[str]:
    """Every text in an SVG that Qt wrote."""
    return [unescape(found["text"]) for found in _TEXT.finditer(svg)]


def _shape(found: re.Match[str]) -> str:
    given = dict(_ATTRIBUTE.findall(found["attributes"]))
    text = unescape(found["text"])
    font = QFont(FONT_FAMILY)
    font.setPixelSize(round(_FINENESS * float(given["font-size"])))
    font.setWeight(QFont.Weight(int(given["font-weight"])))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    outline = QPainterPath()
    outline.addText(0.0, 0.0, font, text)
    place = QTransform.fromTranslate(float(given["x"]), float(given["y"])).scale(1 / _FINENESS, 1 / _FINENESS)
    paint = " ".join(f'{key}="{given[key]}"' for key in ("fill", "fill-opacity", "stroke") if key in given)
    label = escape(text, quote=True)
    return f'<path {paint} fill-rule="nonzero" aria-label="{label}" d="{_commands(place.map(outline))}"/>'


def _commands(outline: QPainterPath) -> str:
    """The outline as an SVG's path data, to a hundredth of a pixel."""
    kinds = QPainterPath.ElementType
    letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
    parts = []
    for number in range(outline.elementCount()):
        element = outline.elementAt(number)
        parts.append(f"{letters.get(element.type, ' ')}{element.x:.2f} {element.y:.2f}")
    return "".join(parts)
