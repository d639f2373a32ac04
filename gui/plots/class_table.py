"""A small table of numbers with a row for each class, and a row of sums below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.document.state import ClassInfo
from gui.i18n import class_name
from gui.marker_shapes import marker_path
from gui.theme import Appearance
from gui.widgets.short_names import short_names

_FONT_PX, _HEAD_PX, _ROW_PX, _COLUMN_GAP_PX = 12, 11, 19, 10
_MARKER_PX, _LEAST_NAME_PX, _MOST_SPARE_PX = 4.2, 40, 60
_LEAST_NUMBER = "-0.000"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its class, or a name of its own; a cell for each column. `is_strong` rows are bold."""

    info: ClassInfo | None
    cells: tuple[str, ...]
    name: str = ""
    is_strong: bool = False

    @property
    def title(self) -> str:
        """What stands at its left."""
        return self.name if self.info is None else class_name(self.info)


class ClassTable(QWidget):
    """Paints the table; a row without a class stands below a line."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._headers: tuple[str, ...] = ()
        self._rows: tuple[TableRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)
        appearance.changed.connect(self.update)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def headers(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return self._headers

    def set_content(self, headers: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Show other numbers."""
        wanted = (tuple(headers), tuple(rows))
        if wanted == (self._headers, self._rows):
            return
        is_other_size = len(rows) != len(self._rows) or wanted[0] != self._headers
        self._headers, self._rows = wanted
        self.setAccessibleDescription(self._spoken())
        if is_other_size:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        name = max((self._metrics().horizontalAdvance(row.title) for row in self._rows), default=0.0)
        width = self._name_left() + name + theme.px(4) + sum(self._column_widths())
        return QSize(round(width) + 1, (len(self._rows) + 1) * theme.px(_ROW_PX) + 2)

    def minimumSizeHint(self) -> QSize:
        least = self._appearance.theme.px(_LEAST_NAME_PX)
        width = self._name_left() + least + sum(self._column_widths())
        return QSize(round(width) + 1, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._rows:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme, widths = self._appearance.theme, self._column_widths()
            height = theme.px(_ROW_PX)
            end = min(float(self.width()), float(self.sizeHint().width() + theme.px(_MOST_SPARE_PX)))
            painter.setFont(theme.font(_HEAD_PX))
            painter.setPen(theme.quiet)
            first = left = end - sum(widths)
            for header, width in zip(self._headers, widths, strict=True):
                painter.drawText(QRectF(left, 0.0, width, height), _RIGHT, header)
                left += width
            for number, row in enumerate(self._rows):
                self._paint_row(painter, row, QRectF(0.0, (number + 1) * height, first, height), widths)

    def _paint_row(self, painter: QPainter, row: TableRow, box: QRectF, widths: list[float]) -> None:
        theme = self._appearance.theme
        y = round(box.top()) + 0.5
        if row.info is None:
            painter.setPen(QPen(theme.quiet, 1.0))
            painter.drawLine(QLineF(0.0, y, box.right() + sum(widths), y))
        else:
            painter.save()
            painter.translate(QPointF(theme.px(_MARKER_PX + 2), box.center().y()))
            painter.setPen(QPen(theme.class_outline(row.info.color), theme.scale))
            painter.setBrush(theme.class_fill(row.info.color))
            painter.drawPath(marker_path(row.info.marker, _MARKER_PX * theme.scale))
            painter.restore()
        font = theme.font(_FONT_PX, bold=row.is_strong, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.text)
        room = box.width() - self._name_left() - theme.px(4)
        title = self._short_title(row, room)
        painter.drawText(QRectF(self._name_left(), box.top(), room, box.height()), _LEFT, title)
        left = box.right()
        for cell, width in zip(row.cells, widths, strict=True):
            painter.drawText(QRectF(left, box.top(), width, box.height()), _RIGHT, cell)
            left += width

    def _short_title(self, row: TableRow, room: float) -> str:
        alike = [other.title for other in self._rows if (other.info is None) == (row.info is None)]
        return short_names(alike, self._metrics(), room)[alike.index(row.title)]

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._appearance.theme.font(_FONT_PX, bold=True, tabular=True))

    def _name_left(self) -> float:
        return float(self._appearance.theme.px(2 * _MARKER_PX + 9))

    def _column_widths(self) -> list[float]:
        theme, numbers = self._appearance.theme, self._metrics()
        head, gap = QFontMetricsF(theme.font(_HEAD_PX)), theme.px(_COLUMN_GAP_PX)
        return [
            gap
            + max(
                head.horizontalAdvance(header),
                numbers.horizontalAdvance(_LEAST_NUMBER),
                *(numbers.horizontalAdvance(row.cells[column]) for row in self._rows),
            )
            for column, header in enumerate(self._headers)
        ]

    def _spoken(self) -> str:
        return "; ".join(
            f"{row.title}: "
            + ", ".join(
                f"{head} {cell}" for head, cell in zip(self._headers, row.cells, strict=False) if cell
            )
            for row in self._rows
        )
