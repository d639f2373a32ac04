"""The table of scores: precision, recall, F1 and samples of each class, and their averages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.classification import ClassScores, mean_of_defined
from engine.document.state import ClassInfo
from gui.formulas import count_text
from gui.i18n import class_name, translate
from gui.marker_shapes import marker_path
from gui.theme import Appearance
from gui.widgets.short_names import short_names

Floats = NDArray[np.float64]
Column = Literal["precision", "recall", "f1", "support"]
TablePlace = tuple[int, Column]
"""A row (the number of classes for the averages) and a column."""

COLUMNS: tuple[Column, ...] = ("precision", "recall", "f1", "support")
_ROW_PX, _FONT_PX, _HEAD_PX = 21, 13, 11
_MARKER_PX, _GAP_PX = 4.6, 5
_LEAST_NAME_PX, _COLUMN_GAP_PX = 44, 10
_BAR_PX = 3
_NO_NUMBER = "–"


def score_text(value: float) -> str:
    """A score from 0 to 1 with three decimals; 0 and 1 only when exact; an en dash where undefined."""
    if np.isnan(value):
        return _NO_NUMBER
    if value > 0.9995 and value < 1.0:
        return "> 0.999"
    if 0.0 < value < 0.0005:
        return "< 0.001"
    return f"{value:.3f}"


def scores_of(scores: ClassScores, column: Column) -> Floats:
    """One column of scores, shape (K,)."""
    return {"precision": scores.precision, "recall": scores.recall, "f1": scores.f1}.get(
        column, scores.support.astype(np.float64)
    )


def column_title(column: Column) -> str:
    """What stands above a column."""
    return {
        "precision": translate("Metrics", "precision"),
        "recall": translate("Metrics", "recall"),
        "f1": "F1",
        "support": translate("Metrics", "samples"),
    }[column]


def _average_title() -> str:
    return translate("Metrics", "mean, total")


class ScoreTable(QWidget):
    """Paints the table; tells the place under the pointer, and a class that is clicked."""

    hovered = Signal(object)
    """The `TablePlace` under the pointer, or None."""
    class_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._scores: ClassScores | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self._names: list[str] = []
        self._subject: int | None = None
        self._is_choosable = False
        self._hovered: TablePlace | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._on_appearance_changed)

    def set_scores(
        self,
        scores: ClassScores | None,
        classes: Sequence[ClassInfo],
        subject: int,
        *,
        is_choosable: bool,
    ) -> None:
        """Show other scores, mark the class of the curves, and say whether a click chooses another."""
        if len(classes) != len(self._classes):
            self.updateGeometry()
        self._scores, self._classes, self._subject = scores, tuple(classes), subject
        self._names = [class_name(info) for info in classes]
        self._is_choosable = is_choosable
        self.setAccessibleDescription(self._spoken())
        self.update()

    def text(self, row: int, column: Column) -> str:
        """What stands in a cell; the row after the classes has the averages, and the sum of the samples."""
        scores = self._scores
        if scores is None:
            return ""
        is_average = row == len(self._classes)
        if column == "support":
            return count_text(int(scores.support.sum() if is_average else scores.support[row]))
        values = scores_of(scores, column)
        return score_text(mean_of_defined(values) if is_average else float(values[row]))

    def cell_rect(self, row: int, column: Column) -> QRectF:
        """Where a cell lies, in pixels of the widget."""
        height = self._row_height()
        left, right = self._edges()[column]
        return QRectF(left, (row + 1) * height, right - left, height)

    def wanted_width(self) -> int:
        """As wide as all names in full."""
        metrics = QFontMetricsF(self._appearance.theme.font(_FONT_PX, bold=True))
        names = max(metrics.horizontalAdvance(name) for name in (*self._names, _average_title()))
        return round(self._name_left() + names + sum(self._widths().values())) + 1

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(270), round((len(self._classes) + 2) * self._row_height()) + 1)

    def minimumSizeHint(self) -> QSize:
        name = self._appearance.theme.px(_LEAST_NAME_PX)
        return QSize(round(name + sum(self._widths().values())), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._scores is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme, height, last = self._appearance.theme, self._row_height(), len(self._classes)
            painter.setFont(theme.font(_HEAD_PX))
            painter.setPen(theme.quiet)
            for column, (left, right) in self._edges().items():
                painter.drawText(QRectF(left, 0.0, right - left, height), _RIGHT, column_title(column))
            for row in range(last + 1):
                y = round((row + 1) * height) + 0.5
                painter.setPen(QPen(theme.line, 1.0))
                painter.drawLine(QLineF(0.0, y, self.width(), y))
                self._paint_row(painter, row, is_marked=row == self._subject)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        self.setToolTip("" if row is None else [*self._names, _average_title()][row])
        self._hover(self._place_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self._can_choose(row):
            self.class_clicked.emit(row)

    def leaveEvent(self, event: object) -> None:
        del event
        self._hover(None)

    def _can_choose(self, row: int) -> bool:
        return self._is_choosable and row < len(self._classes)

    def _hover(self, place: TablePlace | None) -> None:
        if place != self._hovered:
            self._hovered = place
            can_choose = place is not None and self._can_choose(place[0])
            self.setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(place)

    def _place_at(self, point: QPointF) -> TablePlace | None:
        row = self._row_at(point)
        for column, (left, right) in self._edges().items():
            if row is not None and left <= point.x() < right:
                return row, column
        return None

    def _row_at(self, point: QPointF) -> int | None:
        row = int(point.y() / self._row_height()) - 1
        return row if self._scores is not None and 0 <= row <= len(self._classes) else None

    def _paint_row(self, painter: QPainter, row: int, *, is_marked: bool) -> None:
        theme, height = self._appearance.theme, self._row_height()
        top = (row + 1) * height
        name_right = min(left for left, _ in self._edges().values())
        if is_marked:
            bar = QRectF(0.0, top + 3.0, theme.px(_BAR_PX), height - 5.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        left = float(theme.px(_BAR_PX) + theme.px(_GAP_PX))
        is_average = row == len(self._classes)
        if not is_average:
            self._paint_marker(painter, self._classes[row], QPointF(left, top + height / 2))
            left = self._name_left()
        room = max(name_right - left, 0.0)
        painter.setFont(theme.font(_FONT_PX, bold=is_marked))
        painter.setPen(theme.quiet if is_average else theme.text)
        text = self._short_title(row, room)
        painter.drawText(QRectF(left, top, room + 1.0, height), _LEFT, text)
        painter.setFont(theme.font(_FONT_PX, bold=is_marked, tabular=True))
        for column in COLUMNS:
            painter.drawText(self.cell_rect(row, column), _RIGHT, self.text(row, column))

    def _short_title(self, row: int, room: float) -> str:
        """As much of a row's name as there is room for, also where it is bold."""
        metrics = QFontMetricsF(self._appearance.theme.font(_FONT_PX, bold=True))
        if row < len(self._names):
            return short_names(self._names, metrics, room)[row]
        return short_names([_average_title()], metrics, room)[0]

    def _name_left(self) -> float:
        """Where the classes' names begin, after bar and marker."""
        theme = self._appearance.theme
        return theme.px(_BAR_PX) + 2.0 * theme.px(_GAP_PX) + 2.0 * _MARKER_PX * theme.scale

    def _paint_marker(self, painter: QPainter, info: ClassInfo, place: QPointF) -> None:
        """Draw a class's marker with its left end at a point."""
        theme = self._appearance.theme
        radius = _MARKER_PX * theme.scale
        painter.save()
        painter.translate(place.x() + radius, place.y())
        painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
        painter.setBrush(theme.class_fill(info.color))
        painter.drawPath(marker_path(info.marker, radius * 0.8))
        painter.restore()

    def _row_height(self) -> float:
        return float(self._appearance.theme.px(_ROW_PX))

    def _widths(self) -> dict[Column, float]:
        """The least room of each column: its title, and numbers of the usual length."""
        theme = self._appearance.theme
        head, number = (
            QFontMetricsF(theme.font(_HEAD_PX)),
            QFontMetricsF(theme.font(_FONT_PX, bold=True, tabular=True)),
        )
        total = 0 if self._scores is None else int(self._scores.support.sum())
        longest: dict[Column, str] = {"support": count_text(total)}
        return {
            column: max(
                head.horizontalAdvance(column_title(column)),
                number.horizontalAdvance(longest.get(column, "0.000")),
            )
            + theme.px(_COLUMN_GAP_PX)
            for column in COLUMNS
        }

    def _edges(self) -> dict[Column, tuple[float, float]]:
        """Left and right of each column; what is left over goes to the names."""
        widths = self._widths()
        right, edges = float(self.width()) - 1.0, {}
        for column in reversed(COLUMNS):
            edges[column] = (right - widths[column], right)
            right -= widths[column]
        return {column: edges[column] for column in COLUMNS}

    def _spoken(self) -> str:
        """The table for a screen reader."""
        if self._scores is None:
            return ""
        rows = [*self._names, _average_title()]
        return "; ".join(
            f"{name}: " + ", ".join(f"{column_title(column)} {self.text(row, column)}" for column in COLUMNS)
            for row, name in enumerate(rows)
        )

    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self.update()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
