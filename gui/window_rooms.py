"""The places of the window: columns, splitters and cards, made from the outside in.

A view is made as a child of the card where it stays. Putting a finished view into a card, that into a column
and the column into the window would have Qt style it and all that is in it again at each move.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.window_columns import Columns, ColumnScroll

_GAP_PX = 8


class Card(QFrame):
    """A raised rectangle that holds views one below the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        self._column.setSpacing(_GAP_PX)

    def hold(self, *widgets: QWidget, roomy: QWidget | None = None) -> None:
        """Put widgets one below the other; the one named `roomy` takes the height that is left."""
        for widget in widgets:
            self._column.addWidget(widget, 1 if widget is roomy else 0)

    def hold_first(self, widget: QWidget) -> None:
        """Put a widget above all others."""
        self._column.insertWidget(0, widget)


class WindowRooms(QWidget):
    """The middle of the window, with a place for each view.

    Attributes
    ----------
    columns : Columns
        The left column's place, `middle` and `right_column`, side by side.
    middle, loss_card, lab_card, weights_card, transport_card : Card
    header : QWidget
        For what stands above the canvas, in `middle`.
    right_split : QSplitter
        `loss_card` above `lab_card`; below them in `right_column` is `weights_card`. All three scroll
        together where the window is too low for them.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = Columns(self)
        self.middle = Card(self.columns)
        self.header = QWidget(self.middle)
        self._header_row = QHBoxLayout(self.header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._header_row.setSpacing(2 * _GAP_PX)
        self.middle.hold(self.header)
        self._right_content = QWidget()
        self.right_column = ColumnScroll(self._right_content, self.columns)
        self.right_split = QSplitter(Qt.Orientation.Vertical, self._right_content)
        self.loss_card, self.lab_card = Card(self.right_split), Card(self.right_split)
        self.weights_card = Card(self._right_content)
        self.transport_card = Card(self)
        self._foot = QVBoxLayout()
        self._lay_out()

    def hold(self, left: QWidget, tools: QWidget, threshold: QWidget, readout: QWidget) -> None:
        """Put the views that stand on no card of their own."""
        self.columns.insertWidget(0, left)
        self.columns.hold_sides(left, self.right_column)
        self._header_row.addWidget(tools)
        self._header_row.addWidget(threshold, 1)
        self._foot.addWidget(readout)
        for number, stretch in enumerate((0, 5, 4)):
            self.columns.setStretchFactor(number, stretch)
        self.columns.setSizes([248, 620, 480])
        self.right_split.setSizes([300, 400])

    def _lay_out(self) -> None:
        right = QVBoxLayout(self._right_content)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(_GAP_PX)
        right.addWidget(self.right_split, 1)
        right.addWidget(self.weights_card)
        for splitter in (self.columns, self.right_split):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(_GAP_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, 6)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self.columns, 1)
        layout.addWidget(self.transport_card)
        layout.addLayout(self._foot)
