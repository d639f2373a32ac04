"""Tables of people: the two steps from a file to samples, for the window's dialog and the command line.

``table = read_table(path)``, then ``extract_samples(table, choice)``; `guess_columns` proposes a choice.
"""

from __future__ import annotations

from engine.files.column_guess import guess_columns
from engine.files.doubts import Doubts
from engine.files.extraction import (
    HEIGHT_UNITS,
    WEIGHT_UNITS,
    ColumnChoice,
    Extraction,
    HeightUnit,
    LabelSource,
    WeightUnit,
    extract_samples,
)
from engine.files.faults import LeftOut
from engine.files.labels import ClassRule
from engine.files.table import Table, TableError
from engine.files.table_file import read_table
from engine.files.table_source import FileSource, OpenedTable, TableSource, TextSource, open_table

__all__ = [
    "HEIGHT_UNITS",
    "WEIGHT_UNITS",
    "ClassRule",
    "ColumnChoice",
    "Doubts",
    "Extraction",
    "FileSource",
    "HeightUnit",
    "LabelSource",
    "LeftOut",
    "OpenedTable",
    "Table",
    "TableError",
    "TableSource",
    "TextSource",
    "WeightUnit",
    "extract_samples",
    "guess_columns",
    "open_table",
    "read_table",
]
