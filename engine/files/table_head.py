"""Where a table begins: titles and notes above its header are no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.files.cells import is_missing, looks_like_number
from engine.files.column_guess import HEIGHT_WORDS, WEIGHT_WORDS, name_score

HEAD_ROWS = 30
"""Rows that are not blank, in which the header and the first person must stand for lines above to be seen."""

Rows = Sequence[Sequence[str]]


def is_data(row: Sequence[str]) -> bool:
    """Whether a row holds a person rather than names of columns: two numbers or more stand in it."""
    return sum(map(looks_like_number, row)) >= 2


def rows_above(rows: Rows) -> int:
    """How many of the first rows, none of them blank, stand above a table: its header, or its first person.

    Only the first `HEAD_ROWS` rows count, so that every reader comes to the same answer.
    """
    head = rows[:HEAD_ROWS]
    header = header_row(head)
    return _one_cell_rows(head) if header is None else header


def header_row(rows: Rows) -> int | None:
    """The first row that is as wide as the people below it and names columns; None where none is.

    Where rows of that width stand one above the other, the one that names a height and a weight is it.
    """
    head = rows[:HEAD_ROWS]
    first = next((number for number, row in enumerate(head) if is_data(row)), 0)
    if first == 0:
        return None
    width = Counter(map(_width, head[first:])).most_common(1)[0][0]
    wide = [number for number in range(first) if _width(head[number]) >= width]
    found = [number for number in wide if number == 0 or _is_header(head[number])]
    return next((number for number in found if _names_people(head[number])), found[0] if found else None)


def _one_cell_rows(head: Rows) -> int:
    """Rows with one cell filled above the first with more; none where they may be R's header.

    R's write.table gives no name to the column of row names, so that its header is a cell short.
    """
    filled = (sum(bool(cell.strip()) for cell in row) for row in head)
    first = next((number for number, count in enumerate(filled) if count > 1), 0)
    return 0 if first == 1 and len(head[1]) == len(head[0]) + 1 else first


def _width(row: Sequence[str]) -> int:
    """Cells up to the last one that is filled: a spreadsheet makes all rows equally long."""
    return max((number for number, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _is_header(row: Sequence[str]) -> bool:
    """Whether a row below the first names columns: a person of whom little is known has numbers or NA."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and not any(looks_like_number(cell) or is_missing(cell) for cell in cells)


def _names_people(row: Sequence[str]) -> bool:
    return all(any(name_score(cell, words) for cell in row) for words in (HEIGHT_WORDS, WEIGHT_WORDS))
