"""Small drawings that stand for a class (its marker) or a loss (its line), crisp at any pixel ratio."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from engine.document.state import Marker
from engine.specs import LossName
from gui.marker_shapes import marker_path
from gui.theme import Theme

LOSS_ICON_GAP_PX = 3
"""Room that the drawing leaves free before the text beside it."""

_PIXEL_RATIO = 3.0


def marker_pixmap(theme: Theme, color: int, marker: Marker, size_px: int) -> QPixmap:
    """Draw a class's marker in its fill and outline, `size_px` wide and high."""
    pixmap = _canvas(QSize(size_px, size_px))
    pen = QPen(theme.class_outline(color), theme.scale)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(size_px / 2, size_px / 2)
        painter.setPen(pen)
        painter.setBrush(theme.class_fill(color))
        painter.drawPath(marker_path(marker, size_px * 0.31))
    return pixmap


def loss_icon(theme: Theme, loss: LossName, size: QSize, *, long_dash: bool = False) -> QIcon:
    """Draw a loss's line, solid or dashed: in its own colour, and in that on the accent when checked.

    `long_dash` as in `Theme.loss_pen`.
    """
    icon = QIcon()
    for state, color in ((QIcon.State.Off, theme.loss_color(loss)), (QIcon.State.On, theme.on_accent)):
        icon.addPixmap(_line(theme, loss, color, size, long_dash), QIcon.Mode.Normal, state)
    return icon


def _line(theme: Theme, loss: LossName, color: QColor, size: QSize, long_dash: bool) -> QPixmap:
    pixmap = _canvas(size)
    pen = theme.loss_pen(loss, 2.0)
    pen.setColor(color)
    if loss == "mse":
        pen.setDashPattern([2.4, 1.6])
    elif long_dash:
        pen.setDashPattern([4.5, 1.2])
    middle = size.height() / 2
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawLine(QPointF(0.0, middle), QPointF(size.width() - theme.px(LOSS_ICON_GAP_PX), middle))
    return pixmap


def _canvas(size: QSize) -> QPixmap:
    pixmap = QPixmap(size * _PIXEL_RATIO)
    pixmap.setDevicePixelRatio(_PIXEL_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
