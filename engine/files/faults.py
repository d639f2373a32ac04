"""Rows of a table that make no sample: what is wrong with each, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.cells import is_missing
from engine.files.table import Table, column_title

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SMALLEST, LARGEST = 1e-6, 1e6
"""Bounds in cm and kg, far outside any person; beyond them the arithmetic loses its footing."""

REASONS = {
    "surplus": QT_TRANSLATE_NOOP("Engine", "the row has more cells than the header has names"),
    "missing": QT_TRANSLATE_NOOP("Engine", "{column} is missing"),
    "not_a_number": QT_TRANSLATE_NOOP("Engine", "{column} is not a number"),
    "not_finite": QT_TRANSLATE_NOOP("Engine", "{column} is not a finite number"),
    "not_positive": QT_TRANSLATE_NOOP("Engine", "{column} is not above zero"),
    "out_of_range": QT_TRANSLATE_NOOP("Engine", "{column} is out of any range"),
    "no_class": QT_TRANSLATE_NOOP("Engine", "{column} belongs to no chosen class"),
    "removed": QT_TRANSLATE_NOOP("Engine", "taken out by hand, as its values are outside sense"),
}
"""Why a row is left out, by a key."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that makes no sample.

    Attributes
    ----------
    line : int
        In the file, from 1.
    column : str
        Name of the column; empty where the row as a whole is at fault.
    reason : Message
    cell : str
        What stands there.
    """

    line: int
    column: str
    reason: Message
    cell: str


class Faults:
    """The first fault of each row, as a key of `REASONS`, and the column that it stands in."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._keys = list(REASONS)
        self._reason = np.full(len(table), -1, dtype=np.int8)
        self._column = np.full(len(table), -1, dtype=np.int32)

    @property
    def none(self) -> Bools:
        """Rows without a fault so far."""
        return self._reason < 0

    def note(self, rows: Bools, reason: str, column: int | None) -> None:
        """Note a fault of these rows, where they have none yet."""
        if not rows.any():
            return
        fresh = rows & self.none
        self._reason[fresh] = self._keys.index(reason)
        self._column[fresh] = -1 if column is None else column

    def note_rows(self, rows: frozenset[int], reason: str) -> None:
        """Note a fault of these rows as a whole."""
        if rows:
            self.note(np.isin(np.arange(len(self._table)), list(rows)), reason, None)

    def note_numbers(self, values: Floats, column: int) -> None:
        """Note what is wrong with a column of heights in cm or weights in kg."""
        if values.min() >= SMALLEST and values.max() <= LARGEST:
            return  # the usual case, told at once; a NaN among them is neither
        cells = self._table.columns[column]
        not_a_number = np.isnan(values)
        missing = np.zeros(values.size, dtype=np.bool_)
        for row in np.flatnonzero(not_a_number).tolist():
            missing[row] = is_missing(cells[row])
        self.note(missing, "missing", column)
        self.note(not_a_number, "not_a_number", column)
        self.note(np.isinf(values), "not_finite", column)
        self.note(values <= 0.0, "not_positive", column)
        self.note((values < SMALLEST) | (values > LARGEST), "out_of_range", column)

    def listed(self) -> list[LeftOut]:
        """Every row with a fault, in the order of the file."""
        table = self._table
        reasons: dict[tuple[int, int], Message] = {}
        rows: list[LeftOut] = []
        for row in np.flatnonzero(~self.none).tolist():
            key, column = int(self._reason[row]), int(self._column[row])
            name = table.names[column] if column >= 0 else ""
            cell = table.columns[column][row] if column >= 0 else ""
            reason = reasons.setdefault(
                (key, column), Message(REASONS[self._keys[key]], {"column": column_title(name)})
            )
            rows.append(LeftOut(table.line_numbers[row], name, reason, cell))
        return rows
