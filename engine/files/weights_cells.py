"""The cells of a table of weights, taken row by row and remembered by what they are in the document."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.cells import parse_number
from engine.files.weights_check import Node, described
from engine.files.weights_rows import NOTHING_MORE, PlacedError, Row, Rows, placed

METADATA = "metadata"
"""The column whose first row says what stands in no other."""

REPEATED = ("model", "loss")
"""Columns that say the same in every row."""


class WeightCells:
    """Takes the rows in order; `places` has line and column of each value by its path in the document."""

    def __init__(self, table: Rows) -> None:
        self._table = table
        self._taken = 0
        self.places: dict[str, tuple[int, int]] = {}

    @property
    def has_next(self) -> bool:
        """Whether there is a row that has not been taken."""
        return self._taken < len(self._table.rows)

    def peek(self) -> Row:
        """The row to be taken next.

        Raises
        ------
        PlacedError
            If there is none.
        """
        if not self.has_next:
            problem = QT_TRANSLATE_NOOP("Engine", "the table ends before all weights have come.")
            raise PlacedError(self._table.end_line, 1, Message(problem))
        return self._table.rows[self._taken]

    def take(self, expected: Mapping[str, str]) -> Row:
        """The next row, whose cells in these columns have to be just these, in others those of the first."""
        row, first = self.peek(), self._table.rows[0]
        self._taken += 1
        repeated = {name: self.cell(first, name) for name in REPEATED}
        alone = {} if row is first else {METADATA: ""}
        for name, cell in {**repeated, **expected, **alone}.items():
            if self.cell(row, name) != cell:
                with placed(*self.place(row, name)):
                    Node(name, self.cell(row, name)).fail("{text}", text=described(cell))
        return row

    def end(self) -> None:
        """Refuse a row that has not been taken."""
        if self.has_next:
            raise PlacedError(self.peek().line, 1, Message(NOTHING_MORE))

    def cell(self, row: Row, name: str) -> str:
        """What stands in a column."""
        return row.cells[self._table.header.index(name)]

    def place(self, row: Row, name: str) -> tuple[int, int]:
        """Line and column of a cell, from 1."""
        return row.line, self._table.header.index(name) + 1

    def text(self, row: Row, name: str, path: str) -> str:
        """The text in a cell, which is the document's value at `path`."""
        self.places.setdefault(path, self.place(row, name))
        return self.cell(row, name)

    def number(self, row: Row, name: str, path: str) -> float:
        """The number in a cell, which is the document's value at `path`.

        Raises
        ------
        PlacedError
            If it is no finite number.
        """
        cell = self.text(row, name, path)
        number = parse_number(cell, self._table.delimiter)
        with placed(*self.place(row, name)):
            return Node(path, cell if math.isnan(number) else number).number()
