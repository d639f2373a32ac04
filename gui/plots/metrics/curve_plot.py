"""What the ROC and calibration plots share: both axes run from 0 to 100 %, with a diagonal."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance

SELECTED_WIDTH, OTHER_WIDTH = 2.4, 1.3
_INSET_PX = 6


class SharePlot(PaintedPlot):
    """Shares against shares: a dotted diagonal that is named, where there is room at the lower right."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._diagonal_name = ""
        self.set_axes(Axis(0.0, 1.0, percent=True), Axis(0.0, 1.0, percent=True))

    def set_diagonal_name(self, name: str) -> None:
        """Say what the diagonal is."""
        if name != self._diagonal_name:
            self._diagonal_name = name
            self.refresh()

    def paint_still(self, painter: QPainter) -> None:
        theme, area = self.theme, self.area
        painter.setPen(QPen(theme.grey, 1.2 * theme.scale, Qt.PenStyle.DotLine))
        painter.drawLine(area.bottomLeft(), area.topRight())
        width, height = self.note_width(self._diagonal_name), self.note_height()
        inset = float(theme.px(_INSET_PX))
        middle = area.left() + 0.55 * area.width()
        place = QPointF(middle + inset, area.bottom() - 0.5 * area.height() + height)
        if place.x() + width <= area.right() and place.y() + height <= area.bottom():
            self.paint_note(painter, self._diagonal_name, place)

    def paint_point(self, painter: QPainter, place: QPointF, *, is_lit: bool) -> None:
        """A dot on a curve, clear of it by the plot's ground; a ring in the accent where it is lit."""
        theme = self.theme
        painter.setPen(QPen(theme.accent, 2.2 * theme.scale))
        painter.setBrush(theme.plot if is_lit else theme.accent)
        radius = (5.0 if is_lit else 4.2) * theme.scale
        painter.drawEllipse(place, radius, radius)
