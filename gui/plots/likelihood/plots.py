"""The plots over samples in a row: the likelihood of each, and their running product and sum of logs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from gui.i18n import translate
from gui.plots.likelihood.data import (
    SHELF,
    RunningView,
    product_axis,
    product_heights,
    product_ticks,
)
from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HIGHEST_ALPHA, _LATER_ALPHA = 95, 70
"""Of the most likely one of the samples that share a pixel; of what comes after the present sample."""
_SINGLE_PX, _DOUBLE_PX, _SUM_PX = 9.0, 5.0, 1.8
_MAX_POINTS = (80, 110, 240)
"""Of each of the three lines: stroking costs most of a frame, and a wide line hides small corners."""
_TICK_GAP_PX = 24
_KEY_LOOKS = 24


class RowPlot(PaintedPlot):
    """A plot over the samples in a row: 1, 2, ..., n, with the one that the person stands at."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._view: RunningView | None = None
        self._position = 0

    @property
    def position(self) -> int:
        """How many samples have been multiplied: 1 to n."""
        return self._position

    def forget(self) -> None:
        """Show nothing."""
        self._view = None
        self.update()

    def set_position(self, position: int) -> None:
        """Stand at another sample."""
        self._position = position
        self.update()

    def sample_at(self, x_px: float) -> int:
        """Number of the sample at a pixel, 1 to n."""
        count = 0 if self._view is None else len(self._view)
        return min(max(int(np.ceil(self.x_at(x_px))), 1), max(count, 1))

    def cursor_x(self) -> float:
        """Pixel of the end of the sample that the person stands at."""
        return float(self.x_px(np.array(float(self._position))))

    def _paint_cursor(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.theme.accent, 1.5 * self.theme.scale))
        x = self.cursor_x()
        painter.drawLine(QLineF(x, self.area.top(), x, self.area.bottom()))


class BarsPlot(RowPlot):
    """P(y | x) of every sample as a bar in its class's colour; of those that share a pixel, two."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._classes: Sequence[ClassInfo] = ()
        self._lit: int | None = None
        self.set_has_x_labels(False)

    def set_view(self, view: RunningView, classes: Sequence[ClassInfo]) -> None:
        """Show other likelihoods."""
        self._view, self._classes = view, classes
        self.set_axes(Axis(0.0, max(len(view), 1)), Axis(0.0, 1.0))
        self.update()

    def set_lit(self, place: int | None) -> None:
        """Mark a sample of the data, wherever it comes in the row."""
        if place != self._lit:
            self._lit = place
            self.update()

    def paint_moving(self, painter: QPainter) -> None:
        view = self._view
        if view is None or not len(view):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        lowest, highest = bar_samples(view.running.probability, int(self.area.width()))
        if highest is not None:
            self._paint_bars(painter, highest, _HIGHEST_ALPHA)
        self._paint_bars(painter, lowest, 255)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lit(painter)
        self._paint_cursor(painter)

    def _paint_bars(self, painter: QPainter, shown: Ints, alpha: int) -> None:
        assert self._view is not None
        left, right = self._edges(shown)
        top, bottom = self.y_px(self._view.running.probability[shown]), self.area.bottom()
        labels = self._view.data.class_index[self._view.place[shown]]
        later = shown >= self._position
        for index, info in enumerate(self._classes):
            for is_later in (False, True):
                color = QColor(self.theme.class_fill(info.color))
                color.setAlpha(alpha * _LATER_ALPHA // 255 if is_later else alpha)
                chosen = (labels == index) & (later == is_later)
                columns = zip(
                    left[chosen].tolist(), top[chosen].tolist(), right[chosen].tolist(), strict=True
                )
                painter.setBrush(color)
                painter.drawRects([QRectF(x, y, end - x, bottom - y) for x, y, end in columns])

    def _edges(self, shown: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Left and right pixel of each bar, with a gap where there is room for one."""
        assert self._view is not None
        step = self.area.width() / len(self._view)
        gap = 1.0 if step >= 4.0 else 0.0
        left = np.round(self.x_px(shown.astype(np.float64)))
        right = np.round(self.x_px((shown + 1).astype(np.float64))) - gap
        return left, np.maximum(right, left + 1.0)

    def _paint_lit(self, painter: QPainter) -> None:
        assert self._view is not None
        if self._lit is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.ink)
        size = 3.5 * self.theme.scale
        for index in np.flatnonzero(self._view.place == self._lit).tolist():
            tip = self.point(index + 0.5, float(self._view.running.probability[index])) - QPointF(0.0, 1.0)
            up = [tip, tip + QPointF(-size, -1.5 * size), tip + QPointF(size, -1.5 * size)]
            painter.drawPolygon(QPolygonF(up))


class ProductPlot(RowPlot):
    """The running product in two precisions on a scale of powers of ten, and the sum of logs beside it.

    As long as the product is there all three lie on one line: wide, narrower, thin.
    """

    _known_lines: tuple[RunningView, Axis, list[Floats]] | None = None

    def set_view(self, view: RunningView) -> None:
        """Show another product; the axes move only when they must."""
        before = None if self._view is None else self.y_axis
        self._view = view
        axis = product_axis(view.running, before)
        left, right = product_ticks(axis, self.area.height(), self.theme.px(_TICK_GAP_PX))
        self.set_axes(Axis(0.0, max(len(view), 1), whole=True), axis, None, left)
        self.set_right(right, translate("LikelihoodTab", "sum of ln P"))
        self.update()

    def forget(self) -> None:
        super().forget()
        self._known_lines = None

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if self._view is not None:
            self.set_view(self._view)

    def paint_still(self, painter: QPainter) -> None:
        """Draw the shelf of exactly 0."""
        ground = QColor(self.theme.control)
        shelf = QRectF(self.area)
        shelf.setTop(self.area.bottom() - self.area.height() * SHELF * 2 / 3)
        painter.fillRect(shelf, ground)

    def paint_moving(self, painter: QPainter) -> None:
        view = self._view
        if view is None or not len(view):
            return
        running = view.running
        with_start = self._lines(view)
        painter.setClipRect(self.area.adjusted(0.0, -5.0, 0.0, 5.0))
        for is_later in (True, False):
            for line in zip(with_start, line_pens(self.theme), _MAX_POINTS, strict=True):
                self._paint_line(painter, *line, is_later=is_later)
        painter.setClipping(False)
        zeros = (running.underflow_single, running.underflow_double)
        self._paint_zeros(painter, zeros)
        self._paint_cursor(painter)
        self._paint_key(painter)

    def _lines(self, view: RunningView) -> list[Floats]:
        """The three lines from the start on, worked out once for each view and ruler: n can be a million."""
        known = self._known_lines
        if known is None or known[0] is not view or known[1] != self.y_axis:
            lines = [np.concatenate([[0.0], values]) for values in self._heights(view)]
            known = self._known_lines = view, self.y_axis, lines
        return known[2]

    def _heights(self, view: RunningView) -> tuple[Floats, Floats, Floats]:
        running, axis = view.running, self.y_axis
        total = running.log_sum / np.log(10.0)
        return (
            product_heights(running.product_single, axis),
            product_heights(running.product_double, axis),
            np.maximum(total, axis.low * (1.0 - SHELF)),
        )

    def _paint_line(
        self, painter: QPainter, heights: Floats, pen: QPen, most: int, *, is_later: bool
    ) -> None:
        n = heights.size - 1
        first, last = (self._position, n) if is_later else (0, self._position)
        if first >= last:
            return
        count = min(last - first + 1, most)
        index = np.unique(np.linspace(first, last, count).astype(np.int64))
        drops = np.flatnonzero(np.diff(heights) < self.y_axis.low * SHELF / 4) + 1
        index = np.union1d(index, np.concatenate([drops, drops - 1]))
        index = index[(index >= first) & (index <= last)]
        color = QColor(pen.color())
        if is_later:
            color.setAlpha(color.alpha() * _LATER_ALPHA // 255)
        line = QPen(pen)
        line.setColor(color)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = self.x_px(index.astype(np.float64)), self.y_px(heights[index])
        painter.drawPolyline([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])

    def _paint_zeros(self, painter: QPainter, zeros: tuple[int | None, int | None]) -> None:
        """Say above the shelf from which sample on each product is exactly 0, once that is reached."""
        theme, line, gap = self.theme, self.note_height() + 1.0, float(self.theme.px(8))
        top = self.area.bottom() - self.area.height() * SHELF * 2 / 3 - 2.0
        ground = QColor(theme.plot)
        ground.setAlpha(215)
        for name, zero in zip(("float32", "float64"), zeros, strict=True):
            if zero is None or zero > self._position:
                continue
            top -= line
            text = translate("LikelihoodTab", "{name}: exactly 0 from {count}", name=name, count=f"{zero:,}")
            if self.note_width(text) > 0.6 * self.area.width():
                text = f"{name} = 0"
            x, width = float(self.x_px(np.array(float(zero)))), self.note_width(text)
            left = x + gap if x + gap + width <= self.area.right() else x - gap - width
            painter.fillRect(QRectF(left - 2.0, top, width + 4.0, line), ground)
            self.paint_note(painter, text, QPointF(left, top), color=theme.error)

    def _paint_key(self, painter: QPainter) -> None:
        """Name the three lines in a corner that they leave free: above them, or below if they fall late."""
        theme = self.theme
        texts = [
            translate("LikelihoodTab", "product, float32"),
            translate("LikelihoodTab", "product, float64"),
            translate("LikelihoodTab", "sum of ln P"),
        ]
        line = self.note_height() + 1.0
        swatch, gap = theme.px(18), theme.px(5)
        size = QSizeF(swatch + max(map(self.note_width, texts)) + 2 * gap, 3 * line + gap)
        box = self.key_box(size)
        if box is None:
            return
        left, top = box.left() + gap + swatch, box.top() + gap
        for text, pen in zip(texts, line_pens(theme), strict=True):
            painter.setPen(pen)
            painter.drawLine(QLineF(left - swatch, top + line / 2, left - gap, top + line / 2))
            self.paint_note(painter, text, QPointF(left, top))
            top += line

    def key_box(self, size: QSizeF) -> QRectF | None:
        """The upper right or the lower left corner, if none of the lines runs through it."""
        assert self._view is not None
        shelf = self.area.height() * SHELF
        corners = (
            QPointF(self.area.right() - size.width(), self.area.top()),
            QPointF(self.area.left(), self.area.bottom() - shelf - size.height()),
        )
        boxes = [QRectF(corner, size) for corner in corners]
        lines = self._lines(self._view)
        reach = float(np.ceil(_SINGLE_PX / 2 * self.theme.scale))
        for box in boxes:
            if not self.area.contains(box):
                continue
            taken = box.adjusted(-reach, -reach, reach, reach)
            x = np.linspace(taken.left(), taken.right(), _KEY_LOOKS)
            last = lines[0].size - 1
            # Only the samples beside each look: their places are even along the axis.
            place = np.interp(x, self.x_px(np.array([0.0, float(last)])), [0.0, float(last)])
            left = np.minimum(place.astype(np.int64), max(last - 1, 0))
            right, share = np.minimum(left + 1, last), place - left
            heights = [
                (1.0 - share) * self.y_px(line[left]) + share * self.y_px(line[right]) for line in lines
            ]
            if not any(((y > taken.top()) & (y < taken.bottom())).any() for y in heights):
                return box
        return None


def bar_samples(probability: Floats, width: int) -> tuple[Ints, Ints | None]:
    """Samples that have a bar: all, or of those that share a pixel the least and the most likely one."""
    n = probability.size
    if n <= max(width, 1):
        return np.arange(n), None
    starts = np.unique(np.arange(width) * n // width)
    bucket = np.repeat(np.arange(starts.size), np.diff(np.append(starts, n)))
    found = []
    for extreme in (np.minimum, np.maximum):
        index = np.flatnonzero(probability == extreme.reduceat(probability, starts)[bucket])
        found.append(index[np.unique(bucket[index], return_index=True)[1]])
    return found[0], found[1]


def line_pens(theme: Theme) -> tuple[QPen, QPen, QPen]:
    """Looks of the product in single and in double precision and of the sum of logs, widest first."""
    pens = []
    for color, alpha, width in (
        (theme.quiet, 90, _SINGLE_PX),
        (theme.text, 150, _DOUBLE_PX),
        (theme.accent, 255, _SUM_PX),
    ):
        ink = QColor(color)
        ink.setAlpha(alpha)
        pen = QPen(ink, width * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        pens.append(pen)
    return pens[0], pens[1], pens[2]
