r"""Formulas whose numbers change while training runs: symbols set once, numbers put together from digits.

Setting a whole formula anew takes about 10 ms, too long for a number that changes seven times a second. In a
template the changing numbers stand between marks, as in ``\mathrm{BCE} = {-}\ln⟦0.83⟧ = ⟦0.186⟧``. A number
may be negative, infinite or have an exponent (2.1e-7); one that starts with ^ is raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.formula_view import FORMULA_PX, formula_svg
from gui.theme import Appearance

_EM_PX = 100
"""Pieces are set at this size and scaled when painted: one setting for every size."""
_PADDING = 1.0
"""Empty edge that ziamath leaves around the ink."""
_RAISED_SIZE, _RAISE_EM = 0.7, 0.4
_NUMBER = re.compile("⟦(.*?)⟧")
_GLYPHS = {",": "{,}", "∞": r"\infty", "–": r"\text{–}"}
_SHORTEST_EM, _DEPTH_EM = 0.75, 0.25


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something drawn with its origin on the baseline; sizes in hundredths of an em."""

    renderer: QSvgRenderer
    box: QRectF
    advance: float


@dataclass(frozen=True, slots=True)
class _Placed:
    piece: _Piece
    x: float
    raise_em: float
    size: float


@lru_cache(maxsize=512)
def _piece(latex: str, color: str) -> _Piece:
    renderer = QSvgRenderer(QByteArray(formula_svg(latex, _EM_PX, color)))
    box = renderer.viewBoxF()
    # The box ends where the next symbol would begin, its spacing included.
    return _Piece(renderer, box, box.right() - _PADDING)


class FormulaLine:
    """A template laid out in one colour; painted at any place and size."""

    def __init__(self, template: str, color: QColor) -> None:
        self._placed: list[_Placed] = []
        self._color = color.name()
        self._x = 0.0
        parts = _NUMBER.split(template)
        for index, part in enumerate(parts):
            if index % 2:
                self._add_number(part)
            elif part.strip():
                # An empty group on either side stands for the number: spacing is as between symbols.
                before = "{}" if index > 0 else ""
                after = "{}" if index < len(parts) - 1 else ""
                self._add(before + part.strip() + after)

    def size(self, px: float) -> QSizeF:
        """Width and height with letters of `px`."""
        return QSizeF(self._x / _EM_PX * px, (self._ascent() + self._descent()) / _EM_PX * px)

    def paint(self, painter: QPainter, left_top: QPointF, px: float) -> None:
        """Draw it with its box's upper left corner at a point."""
        unit = px / _EM_PX
        baseline = left_top.y() + self._ascent() * unit
        for placed in self._placed:
            box, scale = placed.piece.box, unit * placed.size
            top = baseline - placed.raise_em * px + box.top() * scale
            left = left_top.x() + placed.x * unit + box.left() * scale
            target = QRectF(left, top, box.width() * scale, box.height() * scale)
            placed.piece.renderer.render(painter, target)

    def _ascent(self) -> float:
        tops = (-one.piece.box.top() * one.size + one.raise_em * _EM_PX for one in self._placed)
        return max(tops, default=_SHORTEST_EM * _EM_PX)

    def _descent(self) -> float:
        bottoms = (one.piece.box.bottom() * one.size - one.raise_em * _EM_PX for one in self._placed)
        return max(_DEPTH_EM * _EM_PX, *bottoms, 0.0)

    def _add(self, latex: str, raise_em: float = 0.0, size: float = 1.0) -> None:
        piece = _piece(latex, self._color)
        self._placed.append(_Placed(piece, self._x, raise_em, size))
        self._x += piece.advance * size

    def _add_number(self, text: str) -> None:
        if text.startswith("^"):
            self._add_glyphs(text[1:], _RAISE_EM, _RAISED_SIZE)
            return
        mantissa, _, exponent = text.partition("e")
        self._add_glyphs(mantissa)
        if exponent:
            self._add(r"{}\times 10")
            self._add_glyphs(exponent, _RAISE_EM, _RAISED_SIZE)

    def _add_glyphs(self, text: str, raise_em: float = 0.0, size: float = 1.0) -> None:
        for letter in text:
            self._add(_GLYPHS.get(letter, letter), raise_em, size)


class LiveFormula(QWidget):
    """One formula with numbers that change; smaller where there is no room; reads aloud as `spoken`."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, size_px: float = FORMULA_PX
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._size_px = size_px
        self._template = ""
        self._is_wrong = False
        self._is_stale = False
        self._line = FormulaLine("", appearance.theme.text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._lay_out)

    @property
    def template(self) -> str:
        """What is shown."""
        return self._template

    def set_formula(self, template: str, spoken: str = "", *, is_wrong: bool = False) -> None:
        """Show a template with other numbers, in the colour of errors if `is_wrong`.

        `spoken` is what a screen reader says.
        """
        if (template, is_wrong) != (self._template, self._is_wrong):
            self._template, self._is_wrong = template, is_wrong
            self._lay_out()
        self.setAccessibleName(spoken or _NUMBER.sub(r"\1", template))

    def sizeHint(self) -> QSize:
        size = self._line.size(self._px())
        return QSize(round(size.width() + 0.5), round(size.height() + 0.5)) if self._template else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._template:
            return
        if self._is_stale:
            self._set_line()
        size = self._line.size(self._px())
        shrink = min(1.0, self.width() / max(size.width(), 1.0), self.height() / max(size.height(), 1.0))
        with QPainter(self) as painter:
            top = (self.height() - size.height() * shrink) / 2
            self._line.paint(painter, QPointF(0.0, top), self._px() * shrink)

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._set_line()
        super().showEvent(event)

    def _px(self) -> float:
        return self._size_px * self._appearance.theme.scale

    def _lay_out(self) -> None:
        """Set the formula, or wait until it is shown: the window's first frame needs none."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._set_line()

    def _set_line(self) -> None:
        self._is_stale = False
        before = self._line.size(self._px()).height()
        theme = self._appearance.theme
        self._line = FormulaLine(self._template, theme.error if self._is_wrong else theme.text)
        if self._line.size(self._px()).height() != before:
            self.updateGeometry()
        self.update()
