"""The measures of a handout's page: what stage and painter must agree on."""

from __future__ import annotations

from PySide6.QtCore import QSize

from gui.export.picture import DOTS_PER_INCH

_MM_PER_INCH = 25.4
PAGE = QSize(round(210 / _MM_PER_INCH * DOTS_PER_INCH), round(297 / _MM_PER_INCH * DOTS_PER_INCH))
"""A4 in pixels."""
MARGIN_PX = 46
WIDTH_PX = PAGE.width() - 2 * MARGIN_PX
CURVES_PX = 210
LINE_PX = 17
_LEAST_CANVAS_PX, _MOST_CANVAS_PX = 230, 420
_OTHER_PX = 318
"""What stands on the page besides canvas, curves and the lines of formulas and results."""


def canvas_height(n_lines: int) -> int:
    """Room for the canvas above so many lines of formulas."""
    left = PAGE.height() - 2 * MARGIN_PX - CURVES_PX - _OTHER_PX - n_lines * LINE_PX
    return min(max(left, _LEAST_CANVAS_PX), _MOST_CANVAS_PX)
