"""Text files as tables, by the reader that their size asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.files.large_csv import LARGE_BYTES, read_large
from engine.files.table import Table
from engine.files.table_reader import decoded, parse_table, read_bytes


def read_table(path: str | Path) -> Table:
    """Read a CSV file; its delimiter, quoting, byte-order mark and encoding are found, not asked for.

    Raises
    ------
    TableError
        If the file cannot be read, is not text, or holds no table; with the line where one is known.
    """
    *_, table = read_in_pieces(Path(path))
    assert isinstance(table, Table)
    return table


def read_in_pieces(path: Path) -> Iterator[float | Table]:
    """Read as `read_table` does, yielding the share that is done now and then, and at last the table."""
    data = read_bytes(path)
    if len(data) >= LARGE_BYTES:
        for step in read_large(data, path):
            yield step
            if isinstance(step, Table):
                return
    text, encoding = decoded(data, path)
    yield parse_table(text, path, encoding)
