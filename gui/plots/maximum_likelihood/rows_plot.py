"""Every sample by the probability that the model gives: one row of dots for each outcome."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from gui.i18n import class_name, translate
from gui.plots.loss.axes import Axis
from gui.plots.maximum_likelihood.data import LabelView, row_heights
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, dot_radius_px, nearest_dot, paint_dot_ring, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance
from gui.widgets.short_names import short_names

_NAME_SHARE = 0.26
"""Share of the width that the names of the rows may take."""


class RowsPlot(PaintedPlot):
    """Dots in rows: how probable each sample's own outcome, or p, is."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._view: LabelView | None = None
        self._classes: Sequence[ClassInfo] = ()
        self._heights = np.zeros(0)
        self._lit: int | None = None
        self._stamps = DotStamps()

    def set_view(self, view: LabelView, classes: Sequence[ClassInfo]) -> None:
        """Show other probabilities."""
        self._view, self._classes = view, classes
        self._heights = row_heights(view.row, view.place)
        self._set_axes()
        self.update()

    def forget(self) -> None:
        """Show nothing."""
        self._view = None
        self.update()

    def set_lit(self, place: int | None) -> None:
        """Ring a sample by its place in the data."""
        if place != self._lit:
            self._lit = place
            self.update()

    def dot_at(self, pixel: QPointF) -> int | None:
        """Place in the data of the sample at a pixel."""
        if self._view is None:
            return None
        x, y = self.x_px(self._view.probability), self.y_px(self._heights)
        found = nearest_dot(x, y, pixel, self.theme.scale)
        return None if found is None else int(self._view.place[found])

    def pixel_of(self, place: int) -> QPointF | None:
        """Where a sample's dot is; None if it is not drawn."""
        if self._view is None:
            return None
        index = int(np.searchsorted(self._view.place, place))
        if index >= self._view.place.size or self._view.place[index] != place:
            return None
        return self.point(float(self._view.probability[index]), float(self._heights[index]))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._set_axes()

    def paint_still(self, painter: QPainter) -> None:
        """Draw lines between the rows."""
        painter.setPen(QPen(self.theme.line, 1.0))
        for edge in range(1, self._row_count()):
            y = self.point(0.0, edge - 0.5).y()
            painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))

    def paint_moving(self, painter: QPainter) -> None:
        view = self._view
        if view is None:
            return
        radius, ratio = dot_radius_px(view.place.size), pixel_ratio(painter, self)
        pictures = self._stamps.pictures(self._classes, self.theme, radius, ratio)
        labels = view.data.class_index[view.place]
        x, y = self.x_px(view.probability), self.y_px(self._heights)
        paint_dots(painter, pictures, x, y, labels, ratio)
        if self._lit is not None and (pixel := self.pixel_of(self._lit)) is not None:
            paint_dot_ring(painter, self.theme, pixel, radius, self.theme.ink)
        if view.place.size < view.count:
            self._paint_share(painter, view)

    def _paint_share(self, painter: QPainter, view: LabelView) -> None:
        text = translate(
            "MaximumLikelihoodTab",
            "{drawn} of {count} drawn",
            drawn=f"{view.place.size:,}",
            count=f"{view.count:,}",
        )
        width, height = self.note_width(text), self.note_height()
        place = QPointF(self.area.right() - width - 3.0, self.area.bottom() - height - 1.0)
        ground = QColor(self.theme.plot)
        ground.setAlpha(215)
        painter.fillRect(QRectF(place.x() - 2.0, place.y(), width + 4.0, height), ground)
        self.paint_note(painter, text, place)

    def _row_count(self) -> int:
        view = self._view
        return len(self._classes) if view is not None and view.choice.distribution == "categorical" else 2

    def _set_axes(self) -> None:
        if self._view is None:
            return
        rows = self._row_count()
        axis = Axis(-0.5, rows - 0.5)
        has_room = rows * self.note_height() <= self.area.height()  # else the markers tell them apart
        ticks = [((number + 0.5) / rows, self._row_name(number)) for number in range(rows) if has_room]
        self.set_axes(Axis(0.0, 1.0), axis, None, ticks)

    def _row_name(self, row: int) -> str:
        assert self._view is not None
        if self._view.choice.distribution != "categorical":
            return f"y = {row}"
        metrics = QFontMetricsF(self.theme.font(11))
        names = [class_name(info) for info in self._classes]
        return short_names(names, metrics, self.width() * _NAME_SHARE)[row]
