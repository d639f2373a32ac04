"""The rows of a table that make no sample, as a CSV file to be mended: where, why, and every cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import numpy as np

from engine.files.extraction import Extraction
from engine.files.faults import LeftOut
from engine.files.table import Table


def left_out_csv(
    table: Table, extraction: Extraction, titles: Sequence[str], reason: Callable[[LeftOut], str]
) -> bytes:
    """Write the rows that are left out: `titles` (of line and reason), then the table's own header and cells.

    With a byte-order mark, by which spreadsheets know UTF-8.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*titles, *table.names])
    lines = [left.line for left in extraction.left_out]
    rows = np.searchsorted(np.asarray(table.line_numbers), lines).tolist()
    for left, row in zip(extraction.left_out, rows, strict=True):
        writer.writerow([left.line, reason(left), *table.row(row)])
    return text.getvalue().encode("utf-8-sig")
