"""Tables of people: the two steps from a CSV file to samples, for the window's dialog and the command line.

``table = read_table(path)``, then ``extract_samples(table, choice)``; `guess_columns` proposes a choice.
"""

from __future__ import annotations

from engine.files.column_guess import guess_columns
from engine.files.extraction import (
    HEIGHT_UNITS,
    WEIGHT_UNITS,
    ColumnChoice,
    Extraction,
    HeightUnit,
    LeftOut,
    WeightUnit,
    extract_samples,
)
from engine.files.labels import ClassRule
from engine.files.table_reader import Table, TableError, read_table

__all__ = [
    "HEIGHT_UNITS",
    "WEIGHT_UNITS",
    "ClassRule",
    "ColumnChoice",
    "Extraction",
    "HeightUnit",
    "LeftOut",
    "Table",
    "TableError",
    "WeightUnit",
    "extract_samples",
    "guess_columns",
    "read_table",
]
