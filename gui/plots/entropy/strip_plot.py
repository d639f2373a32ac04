"""Every training sample as a stacked bar of H and KL, from the best predicted to the worst."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from gui.i18n import translate
from gui.plots.entropy.data import EntropyView
from gui.plots.entropy.painting import bound_fill, divergence_fill
from gui.plots.loss.axes import Axis, value_axis
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CLASS_PX = 13.0
_MARK_FROM_PX = 8.0
"""From this width of a bar on, the sample's marker stands above it."""
_STRIP_PX = 5.0


class StripPlot(PaintedPlot):
    """Bars as wide as there is room, their means where several share a pixel; tells the one pointed at."""

    sample_hovered = Signal(object)
    sample_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._view: EntropyView | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self._marked: int | None = None
        self._ranks: Ints = np.zeros(0, dtype=np.int64)
        self._stamps = DotStamps()
        self.moved.connect(self._on_moved)

    @property
    def view(self) -> EntropyView | None:
        """What is drawn."""
        return self._view

    def set_view(self, view: EntropyView | None, classes: tuple[ClassInfo, ...]) -> None:
        """Draw other numbers."""
        self._view, self._classes = view, classes
        self._ranks = np.zeros(0, dtype=np.int64) if view is None else view.ranks
        if view is not None:
            values = view.split.cross_entropy
            axis = value_axis(values, log=False, percent=False)
            self.set_axes(Axis(0.0, float(max(len(view.data), 1)), whole=True), axis, x_ticks=())
        self.update()

    def set_marked(self, place: int | None) -> None:
        """Mark a sample by its place in the view's data."""
        if place != self._marked:
            self._marked = place
            self.update()

    def bar_rect(self, place: int) -> QRectF:
        """Where a sample's bar stands, as high as the plot."""
        width = self.area.width() / max(len(self._ranks), 1)
        left = self.area.left() + float(self._ranks[place]) * width
        return QRectF(left, self.area.top(), max(width, 1.0), self.area.height())

    def place_at(self, position: QPointF) -> int | None:
        """Place of the sample at a pixel; None outside the plot."""
        view = self._view
        if view is None or not len(view.data) or not self.area.contains(position):
            return None
        share = (position.x() - self.area.left()) / max(self.area.width(), 1.0)
        return int(view.order[min(int(share * len(view.data)), len(view.data) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None and self._view is not None:
            self.sample_clicked.emit(int(self._view.data.sample_id[place]))

    def paint_moving(self, painter: QPainter) -> None:
        view = self._view
        if view is None or not len(view.data):
            return
        painter.setClipRect(self.area)
        entropy, total, _ = view.in_order
        edges, low, high = strip_columns(entropy, total, max(int(self.area.width()), 1))
        x = self.area.left() + edges / len(view.data) * self.area.width()
        painter.setPen(Qt.PenStyle.NoPen)
        zero = np.zeros_like(low)
        for below, above, color in (
            (low, high, divergence_fill(self.theme)),
            (zero, low, bound_fill(self.theme)),
        ):
            painter.setBrush(color)
            painter.drawPolygon(self._steps(x, below, above))
        painter.setClipping(False)
        self._paint_classes(painter, view)
        self._paint_marked(painter, view)

    def _steps(self, x: Floats, below: Floats, above: Floats) -> QPolygonF:
        """The outline of bars standing side by side."""
        sides = np.repeat(x, 2)[1:-1]
        top, bottom = (np.repeat(self.y_px(values), 2) for values in (above, below))
        outline = [*zip(sides.tolist(), top.tolist(), strict=True)]
        outline += zip(sides[::-1].tolist(), bottom[::-1].tolist(), strict=True)
        return QPolygonF([QPointF(*point) for point in outline])

    def _paint_classes(self, painter: QPainter, view: EntropyView) -> None:
        """Each sample's class below its bar: its marker where there is room, else a stretch of its hue."""
        count = len(view.data)
        width, top = self.area.width() / count, self.area.bottom() + self.theme.px(2)
        labels = view.in_order[2]
        middle: Floats = self.area.left() + (np.arange(count, dtype=np.float64) + 0.5) * width
        if width >= self.theme.px(_MARK_FROM_PX):
            ratio = pixel_ratio(painter, self)
            pictures = self._stamps.pictures(self._classes, self.theme, 3.0, ratio)
            y = np.full(count, top + self.theme.px(_CLASS_PX) / 2, dtype=np.float64)
            paint_dots(painter, pictures, middle, y, labels, ratio)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for index, info in enumerate(self._classes):
            columns = np.unique(np.floor(middle[labels == index]))
            painter.setBrush(self.theme.class_fill(info.color))
            lane = top + index * self.theme.px(_STRIP_PX) * 3 / max(len(self._classes), 1)
            height = self.theme.px(_STRIP_PX) * 3 / max(len(self._classes), 1)
            painter.drawRects([QRectF(left, lane, max(width, 1.0), height) for left in columns.tolist()])

    def _paint_marked(self, painter: QPainter, view: EntropyView) -> None:
        if self._marked is None or self._marked >= len(view.data):
            return
        bar = self.bar_rect(self._marked)
        height = float(self.y_px(view.split.cross_entropy[self._marked]))
        painter.setPen(QPen(self.theme.accent, 1.6 * self.theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = bar.center().x()
        painter.drawLine(QLineF(x, self.area.bottom(), x, self.area.top()))
        painter.setBrush(self.theme.accent)
        painter.drawEllipse(QPointF(x, height), 3.2 * self.theme.scale, 3.2 * self.theme.scale)

    def _on_moved(self, position: QPointF | None) -> None:
        place = None if position is None else self.place_at(position)
        found = None if place is None or self._view is None else int(self._view.data.sample_id[place])
        self.sample_hovered.emit(found)

    def retitle(self) -> None:
        """Name the axes in the language in use."""
        self.set_titles(translate("Entropy", "samples, best to worst"), translate("Entropy", "nats"))


def strip_columns(entropy: Floats, total: Floats, most: int) -> tuple[Floats, Floats, Floats]:
    """Bars of at most `most` columns: edges (m + 1,) among the samples, mean H and mean sum of each."""
    count = entropy.size
    edges = np.unique(np.linspace(0, count, min(count, most) + 1).astype(np.int64))
    sizes = np.diff(edges)
    low = np.add.reduceat(entropy, edges[:-1]) / sizes
    high = np.add.reduceat(total, edges[:-1]) / sizes
    return edges.astype(np.float64), low, high
