"""Numbers as people write them in tables: 1.7, 1,7, 1.750,5 - and words that mean "not known"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MISSING_WORDS = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "-"})
"""Cells that count as missing, whatever their case."""

_DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+)?,\d+([eE][+-]?\d+)?")
_THOUSANDS_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d*([eE][+-]?\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?\d{1,3},\d{3}")


def is_missing(cell: str) -> bool:
    """Whether a stripped cell says that its value is not known."""
    return cell.casefold() in MISSING_WORDS


def parse_number(cell: str, delimiter: str) -> float:
    """The number that a stripped cell holds; NaN if it holds none.

    A comma is the decimal mark where the delimiter is another character. In a comma-separated file a
    quoted "70,5" is read so too, but "1,750" could mean either and is no number.
    """
    if "_" in cell:
        return float("nan")
    try:
        return float(cell)
    except ValueError:
        pass
    if delimiter == "," and _AMBIGUOUS.fullmatch(cell):
        return float("nan")
    if _DECIMAL_COMMA.fullmatch(cell):
        return float(cell.replace(".", "").replace(",", "."))
    if _THOUSANDS_COMMA.fullmatch(cell):
        return float(cell.replace(",", ""))
    return float("nan")


def parse_column(cells: Sequence[str], delimiter: str) -> Floats:
    """Parse a column of stripped cells, shape (n,); NaN where a cell holds no number.

    A cell that says "inf" gives an infinity: that is a number, but not one of a person.
    """
    if "_" not in "".join(cells):
        try:
            return np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))
        except ValueError:
            pass
    known = {cell: parse_number(cell, delimiter) for cell in set(cells)}  # labels are few
    return np.fromiter(map(known.__getitem__, cells), dtype=np.float64, count=len(cells))


def looks_like_number(cell: str) -> bool:
    """Whether a cell holds a number, with a point or a comma as its decimal mark."""
    return not np.isnan(parse_number(cell.strip(), ";"))
