"""One layer's weights as a table of numbers, each on a tint of its sign and size."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.formulas import fixed_text
from gui.panels.deep_layout import FULL_WEIGHT
from gui.panels.network_painting import NEGATIVE_HUE, POSITIVE_HUE
from gui.theme import Appearance

_FONT_PX = 11
_LINE_PX = 17
_STRONGEST_TINT = 0.4
_ROOM = "-00.00"
_GAP_PX = 8


class LayerTable(QWidget):
    """A row for each node, a column for each input and one for the bias. As large as its numbers need."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[str, ...] = ()
        self._values: tuple[tuple[float, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._fit)

    @property
    def values(self) -> tuple[tuple[float, ...], ...]:
        """The numbers shown."""
        return self._values

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called."""
        return self._columns

    def set_layer(
        self, columns: Sequence[str], rows: Sequence[str], values: tuple[tuple[float, ...], ...]
    ) -> None:
        """Show a layer: names of its inputs and of the bias, names of its nodes, a row of weights a node."""
        names = (tuple(columns), tuple(rows))
        if names != (self._columns, self._rows):
            self._columns, self._rows = names
            self._values = values
            self._fit()
        elif values != self._values:
            self._values = values
            self.update()

    def height_of(self, rows: int) -> int:
        """How high the head and so many rows are."""
        return math.ceil(self._line() * (1 + rows)) + 1

    def sizeHint(self) -> QSize:
        width = self._head() + self._cell() * len(self._columns)
        return QSize(math.ceil(width), self.height_of(len(self._rows)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        cell, line, head = self._cell(), self._line(), self._head()
        with QPainter(self) as painter:
            painter.setFont(theme.font(_FONT_PX))
            painter.setPen(theme.quiet)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for column, name in enumerate(self._columns):
                box = QRectF(head + column * cell, 0.0, cell - 4.0, line)
                shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(cell - 4.0))
                painter.drawText(box, right, shown)
            for row, name in enumerate(self._rows):
                box = QRectF(0.0, (row + 1) * line, head - theme.px(_GAP_PX), line)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(theme.font(_FONT_PX, tabular=True))
            painter.setPen(theme.text)
            for row, values in enumerate(self._values):
                for column, value in enumerate(values):
                    box = QRectF(head + column * cell, (row + 1) * line, cell, line)
                    painter.fillRect(box.adjusted(1.0, 1.0, -1.0, -1.0), self._tint(value))
                    painter.drawText(box.adjusted(0.0, 0.0, -4.0, 0.0), right, fixed_text(value, 2))

    def _tint(self, value: float) -> QColor:
        theme = self._appearance.theme
        color = QColor(theme.class_fill(POSITIVE_HUE if value >= 0 else NEGATIVE_HUE))
        size = abs(value) if math.isfinite(value) else FULL_WEIGHT
        share = min(math.log1p(size) / math.log1p(FULL_WEIGHT), 1.0)
        color.setAlphaF(_STRONGEST_TINT * share)
        return color

    def _cell(self) -> float:
        metrics = QFontMetricsF(self._appearance.theme.font(_FONT_PX, tabular=True))
        return metrics.horizontalAdvance(_ROOM) + self._appearance.theme.px(_GAP_PX)

    def _line(self) -> float:
        return float(self._appearance.theme.px(_LINE_PX))

    def _head(self) -> float:
        theme = self._appearance.theme
        metrics = QFontMetricsF(theme.font(_FONT_PX))
        return max(map(metrics.horizontalAdvance, self._rows), default=0.0) + theme.px(_GAP_PX)

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.updateGeometry()
        self.update()
