"""Formulas set as formulas: LaTeX drawn as vectors in the theme's colours, sharp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Appearance

FORMULA_PX = 17


@lru_cache(maxsize=512)
def formula_svg(latex: str, size_px: int, color: str) -> bytes:
    """SVG of a LaTeX formula (math mode), `size_px` high letters, in a colour such as "#1B1F24".

    About 10 ms the first time; then kept.
    """
    from ziamath.config import config  # late: the first frame of the window needs no formula
    from ziamath.zmath import Latex

    config.svg2 = False  # QSvgRenderer draws the paths of SVG 1.1 only
    svg: str = Latex(latex, size=size_px, color=color).svg()
    # A formula is made of areas. Without saying so, Qt outlines each of them in a PDF, as if it were bold.
    return svg.replace("<svg ", '<svg stroke="none" stroke-width="0" ', 1).encode("utf-8")


class FormulaView(QWidget):
    """One formula, as large as it needs and smaller where there is no room; reads aloud as `spoken`."""

    def __init__(
        self, appearance: Appearance, latex: str = "", spoken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._renderer = QSvgRenderer(self)
        self._latex = ""
        self._is_stale = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._render)
        self.set_formula(latex, spoken)

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return self._latex

    def set_formula(self, latex: str, spoken: str = "") -> None:
        """Show another formula; `spoken` is what a screen reader says."""
        if latex != self._latex:
            self._latex = latex
            self._render()
        self.setAccessibleName(spoken or latex)

    def sizeHint(self) -> QSize:
        return self._renderer.defaultSize() if self._latex and not self._is_stale else QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_stale:
            self._set()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._latex:
            return
        if self._is_stale:
            self._set()
        size = self._renderer.defaultSize()
        shrink = min(1.0, self.width() / max(size.width(), 1), self.height() / max(size.height(), 1))
        width, height = size.width() * shrink, size.height() * shrink
        with QPainter(self) as painter:
            self._renderer.render(painter, QRectF(0, (self.height() - height) / 2, width, height))

    def _render(self) -> None:
        """Set the formula, or wait until it is shown: the window's first frame needs none."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._set()

    def _set(self) -> None:
        self._is_stale = False
        theme = self._appearance.theme
        if self._latex:
            svg = formula_svg(self._latex, theme.px(FORMULA_PX), theme.text.name())
            self._renderer.load(QByteArray(svg))
        self.updateGeometry()
        self.update()
