"""What is asked of a whole column of cells, whichever reader it came from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.files.arrow_column import ArrowColumn
from engine.files.cells import parse_column

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def column_numbers(cells: Sequence[str], delimiter: str) -> Floats:
    """The numbers in a column of stripped cells, shape (n,); NaN where a cell holds none."""
    return cells.numbers(delimiter) if isinstance(cells, ArrowColumn) else parse_column(cells, delimiter)


def distinct_cells(cells: Sequence[str]) -> tuple[list[str], Ints]:
    """The different cells in the order in which they first come, and which one each row has, shape (n,)."""
    if isinstance(cells, ArrowColumn):
        return cells.distinct
    number: dict[str, int] = {}
    codes = np.fromiter((number.setdefault(cell, len(number)) for cell in cells), np.int64, len(cells))
    return list(number), codes


def distinct_if_few(cells: Sequence[str], most: int) -> list[str] | None:
    """The different cells in the order in which they first come; None where there are more than `most`."""
    if isinstance(cells, ArrowColumn):
        return cells.distinct_if_few(most)
    found: dict[str, None] = {}
    for cell in cells:
        found[cell] = None
        if len(found) > most:
            return None
    return list(found)


def in_order_of_coming(codes: Ints, count: int) -> list[int]:
    """The different codes (0 to count - 1), in the order in which they first come."""
    first = np.full(count, codes.size)
    first[codes[::-1]] = np.arange(codes.size)[::-1]  # of many places the one written last stays
    order = np.argsort(first, kind="stable")
    coming: list[int] = order[: int((first < codes.size).sum())].tolist()
    return coming
