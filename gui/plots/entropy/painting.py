"""How H and KL look wherever they are drawn: H in the accent, KL above it in grey."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gui.theme import Theme


def bound_fill(theme: Theme) -> QColor:
    """The area of H."""
    color = QColor(theme.accent)
    color.setAlphaF(0.45 if theme.dark else 0.38)
    return color


def divergence_fill(theme: Theme) -> QColor:
    """The area of KL."""
    color = QColor(theme.grey)
    color.setAlphaF(0.42 if theme.dark else 0.34)
    return color


def bound_pen(theme: Theme) -> QPen:
    """The line of the bound H."""
    return QPen(theme.accent, 2.0 * theme.scale)


def optimum_pen(theme: Theme) -> QPen:
    """The line of a model's own optimum, dotted as on the loss curve."""
    pen = QPen(theme.accent, 1.6 * theme.scale, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.0, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_split_bar(painter: QPainter, theme: Theme, box: QRectF, entropy_width: float, whole: float) -> None:
    """A lying bar: H from the left, then KL, `whole` pixels in all; a hair of its edge where it is 0."""
    painter.setPen(Qt.PenStyle.NoPen)
    ground = QColor(theme.control)
    painter.setBrush(QBrush(ground))
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))
    parts = (
        (bound_fill(theme), box.left(), entropy_width),
        (divergence_fill(theme), box.left() + entropy_width, whole - entropy_width),
    )
    for color, left, width in parts:
        if width > 0.0:
            painter.setBrush(color)
            painter.drawRect(QRectF(left, box.top(), width, box.height()))
    painter.setPen(QPen(theme.ink, 1.4 * theme.scale))
    x = box.left() + whole
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
