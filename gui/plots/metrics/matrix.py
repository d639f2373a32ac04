"""The confusion matrix: a row for each label, a column for each answer, shaded by the share of the row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.classification import row_shares
from engine.document.state import ClassInfo
from gui.formulas import count_text, percent_text
from gui.i18n import class_name, translate
from gui.marker_shapes import marker_path
from gui.theme import Appearance, Theme
from gui.widgets.short_names import short_names

Ints = NDArray[np.int64]
Cell = tuple[int, int]
"""Label and answer, as class indices."""

DEEPEST_SHADE = 0.35
"""Share of the hue in a cell that holds its whole row: text on it stays readable (tested)."""
_COUNT_PX, _SHARE_PX, _HEAD_PX = 13, 11, 11
_MARKER_PX, _GAP_PX, _PAD_PX = 4.6, 3, 4
_HEAD_SHARE, _NAMED_FROM_PX = 0.34, 54
_ROUNDING_PX = 3.0
_LEAST_ROW_PX, _USUAL_ROW_PX, _LARGEST_ROW_PX = 22, 34, 76


def cell_color(theme: Theme, share: float, *, is_right: bool) -> QColor:
    """Ground of a cell that holds `share` of its row: right answers in the accent, wrong ones in red."""
    hue, amount = theme.accent if is_right else theme.error, DEEPEST_SHADE * share
    card = theme.card
    return QColor.fromRgbF(
        card.redF() + (hue.redF() - card.redF()) * amount,
        card.greenF() + (hue.greenF() - card.greenF()) * amount,
        card.blueF() + (hue.blueF() - card.blueF()) * amount,
    )


def short_count(count: int) -> str:
    """A count in at most four letters: 980, 12k, 1.3M."""
    if count < 1000:
        return str(count)
    unit, letter = (1_000_000, "M") if count >= 999_500 else (1000, "k")
    return f"{count / unit:.1f}{letter}" if count < 9.95 * unit else f"{count / unit:.0f}{letter}"


@dataclass(frozen=True, slots=True)
class MatrixFrame:
    """Where the K x K cells lie: their common rectangle, and K."""

    area: QRectF
    n_classes: int

    def cell(self, cell: Cell) -> QRectF:
        """Rectangle of a cell."""
        width, height = self.area.width() / self.n_classes, self.area.height() / self.n_classes
        label, answer = cell
        return QRectF(self.area.left() + answer * width, self.area.top() + label * height, width, height)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell at a pixel."""
        if not self.area.contains(place):
            return None
        x, y = place.x() - self.area.left(), place.y() - self.area.top()
        last = self.n_classes - 1
        answer = min(int(x / self.area.width() * self.n_classes), last)
        return min(int(y / self.area.height() * self.n_classes), last), answer


class ConfusionView(QWidget):
    """Paints the matrix; a cell under the pointer or the mouse button is told, the marked one is framed."""

    hovered = Signal(object)
    """The cell under the pointer, or None."""
    clicked = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._counts: Ints | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self._names: list[str] = []
        self._hovered: Cell | None = None
        self._marked: Cell | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.update)

    @property
    def counts(self) -> Ints | None:
        """What is shown, shape (K, K)."""
        return self._counts

    @property
    def marked(self) -> Cell | None:
        """The cell that is framed."""
        return self._marked

    def set_matrix(self, counts: Ints | None, classes: Sequence[ClassInfo]) -> None:
        """Show other counts (K, K); None while there are none."""
        names = [class_name(info) for info in classes]
        same_counts = (counts is None) == (self._counts is None) and (
            counts is None or np.array_equal(counts, self._counts)  # type: ignore[arg-type]
        )
        if same_counts and tuple(classes) == self._classes and names == self._names:
            return
        if len(classes) != len(self._classes):
            self.updateGeometry()
        self._counts, self._classes, self._names = counts, tuple(classes), names
        self.setAccessibleDescription("" if counts is None else _spoken(counts, names))
        self.update()

    def set_marked(self, cell: Cell | None) -> None:
        """Frame a cell, or none."""
        if cell != self._marked:
            self._marked = cell
            self.update()

    def cell_rect(self, cell: Cell) -> QRectF:
        """Where a cell lies, in pixels of the widget."""
        return self._frame().cell(cell)

    def named_width(self) -> int:
        """As wide as all names in full, at the rows and above the columns."""
        px, metrics = self._appearance.theme.px, self._head_metrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        column = max(widest + 2 * px(_MARKER_PX) + 3 * px(_GAP_PX), px(_NAMED_FROM_PX))
        title = metrics.horizontalAdvance(_row_title()) + px(_GAP_PX)
        count = len(self._names)
        head = max(column, title)
        return math.ceil(max(head + count * column, head / _HEAD_SHARE)) + 1

    def sizeHint(self) -> QSize:
        px, least = self._appearance.theme.px, self.minimumSizeHint().height()
        rows = max(len(self._classes), 2) * px(_USUAL_ROW_PX - _LEAST_ROW_PX)
        return QSize(px(220), max(least, min(px(160), least + rows)))

    def minimumSizeHint(self) -> QSize:
        px, rows = self._appearance.theme.px, max(len(self._classes), 2)
        heads = 2 * self._head_metrics().height() + px(_GAP_PX)
        return QSize(px(120), math.ceil(heads + rows * px(_LEAST_ROW_PX)) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._counts is None or not self._classes:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = self._frame()
            self._paint_heads(painter, frame)
            shares = row_shares(self._counts)
            for label in range(frame.n_classes):
                for answer in range(frame.n_classes):
                    self._paint_cell(painter, frame, (label, answer), float(shares[label, answer]))
            for cell, color, width in (
                (self._hovered, self._appearance.theme.ink, 1.2),
                (self._marked, self._appearance.theme.accent, 2.6),
            ):
                if cell is not None and max(cell) < frame.n_classes:
                    self._paint_border(painter, frame.cell(cell), color, width)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.clicked.emit(cell)

    def leaveEvent(self, event: object) -> None:
        del event
        self._hover(None)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self.setToolTip("" if cell is None else " → ".join(self._names[index] for index in cell))
            self._hovered = cell
            self.setCursor(Qt.CursorShape.ArrowCursor if cell is None else Qt.CursorShape.PointingHandCursor)
            self.update()
            self.hovered.emit(cell)

    def _cell_at(self, place: QPointF) -> Cell | None:
        return None if self._counts is None or not self._classes else self._frame().cell_at(place)

    def _frame(self) -> MatrixFrame:
        px, metrics = self._appearance.theme.px, self._head_metrics()
        n_classes = max(len(self._classes), 1)
        head = self._head_width()
        top = 2 * metrics.height() + px(_GAP_PX)
        height = min(self.height() - top - 1.0, float(n_classes * px(_LARGEST_ROW_PX)))
        return MatrixFrame(
            QRectF(head, top, max(self.width() - head - 1.0, 1.0), max(height, 1.0)), n_classes
        )

    def _head_width(self) -> float:
        """Room left of the cells: the labels' names where there is enough, else their markers."""
        px, metrics = self._appearance.theme.px, self._head_metrics()
        marker = 2 * px(_MARKER_PX) + 2 * px(_GAP_PX)
        title = metrics.horizontalAdvance(_row_title()) + px(_GAP_PX)
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        named = min(marker + widest + px(_GAP_PX), _HEAD_SHARE * self.width())
        rest = (self.width() - named) / max(len(self._names), 1)
        return max(named if rest >= px(_NAMED_FROM_PX) else marker, title)

    def _head_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._appearance.theme.font(_HEAD_PX))

    def _paint_heads(self, painter: QPainter, frame: MatrixFrame) -> None:
        theme, metrics = self._appearance.theme, self._head_metrics()
        line = metrics.height()
        painter.setFont(theme.font(_HEAD_PX))
        painter.setPen(theme.quiet)
        painter.drawText(
            QRectF(frame.area.left(), 0.0, frame.area.width(), line),
            Qt.AlignmentFlag.AlignCenter,
            translate("Metrics", "answer"),
        )
        corner = QRectF(0.0, line, frame.area.left() - theme.px(_GAP_PX), line)
        painter.drawText(corner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _row_title())
        for number in range(frame.n_classes):
            cell = frame.cell((number, number))
            self._paint_head(painter, number, QRectF(cell.left(), line, cell.width(), line), is_centred=True)
            box = QRectF(0.0, cell.top(), frame.area.left() - theme.px(_GAP_PX), cell.height())
            self._paint_head(painter, number, box, is_centred=False)

    def _paint_head(self, painter: QPainter, number: int, box: QRectF, *, is_centred: bool) -> None:
        """A class's marker, and as much of its name as there is room for."""
        theme, info, metrics = self._appearance.theme, self._classes[number], self._head_metrics()
        radius, gap = theme.px(10 * _MARKER_PX) / 10, theme.px(_GAP_PX)
        room = box.width() - 2 * radius - 2 * gap
        name = short_names(self._names, metrics, room)[number]
        width = 2 * radius + (gap + metrics.horizontalAdvance(name) if name else 0.0)
        left = box.left() + ((box.width() - width) / 2 if is_centred else gap)
        painter.save()
        painter.translate(left + radius, box.center().y())
        painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
        painter.setBrush(theme.class_fill(info.color))
        painter.drawPath(marker_path(info.marker, radius * 0.8))
        painter.restore()
        if name:
            painter.setPen(theme.text)
            text = QRectF(left + 2 * radius + gap, box.top(), room + 1.0, box.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_cell(self, painter: QPainter, frame: MatrixFrame, cell: Cell, share: float) -> None:
        assert self._counts is not None
        theme, box = self._appearance.theme, frame.cell(cell).adjusted(1.0, 1.0, -1.0, -1.0)
        is_right = cell[0] == cell[1]
        painter.setPen(QPen(theme.line, theme.scale))
        painter.setBrush(cell_color(theme, 0.0 if np.isnan(share) else share, is_right=is_right))
        painter.drawRoundedRect(box, _ROUNDING_PX, _ROUNDING_PX)
        count = int(self._counts[cell])
        number_font = theme.font(_COUNT_PX, bold=is_right, tabular=True)
        number_metrics = QFontMetricsF(number_font)
        room = box.width() - theme.px(_PAD_PX)
        text = count_text(count)
        if number_metrics.horizontalAdvance(text) > room:
            text = short_count(count)
        share_font = theme.font(_SHARE_PX, tabular=True)
        share_metrics, share_text = QFontMetricsF(share_font), percent_text(share)
        both = number_metrics.height() + share_metrics.height()
        has_share = both <= box.height() and share_metrics.horizontalAdvance(share_text) <= room
        top = box.center().y() - (both if has_share else number_metrics.height()) / 2
        painter.setPen(theme.text)
        painter.setFont(number_font)
        line = QRectF(box.left(), top, box.width(), number_metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        if has_share:
            painter.setFont(share_font)
            below = QRectF(box.left(), line.bottom(), box.width(), share_metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, share_text)

    def _paint_border(self, painter: QPainter, box: QRectF, color: QColor, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, width * self._appearance.theme.scale))
        painter.drawRoundedRect(box.adjusted(1.0, 1.0, -1.0, -1.0), _ROUNDING_PX, _ROUNDING_PX)


def _row_title() -> str:
    return translate("Metrics", "label")


def _spoken(counts: Ints, names: Sequence[str]) -> str:
    """The matrix for a screen reader."""
    return "; ".join(
        translate("Metrics", "{label} answered {answer}: {count}", label=label, answer=answer, count=count)
        for label, row in zip(names, counts.tolist(), strict=True)
        for answer, count in zip(names, row, strict=True)
    )
