"""From rows of cells, wherever they come from, to a `Table`: its header, and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP
from engine.files.table import Table, TableError
from engine.files.table_head import is_data, rows_above

MOST_COLUMNS = 5_000

EMPTY = QT_TRANSLATE_NOOP("Engine", "The file is empty: choose one with a table of heights and weights.")


def table_of_rows(
    rows: list[list[str]],
    lines: Sequence[int],
    path: Path,
    *,
    delimiter: str,
    quote: str = '"',
    encoding: str = "",
    sheet: str = "",
    sheets: tuple[str, ...] = (),
) -> Table:
    """Make a table of rows that are not blank, the first of them the header unless it holds numbers already.

    Titles and notes above the header are no part of the table; it keeps their text.

    Raises
    ------
    TableError
        If there are no rows, or none below the header.
    """
    if not rows:
        raise TableError(EMPTY, path=path)
    skipped = rows_above(rows)
    above = tuple(row_text(row) for row in rows[:skipped])
    rows, lines = rows[skipped:], lines[skipped:]
    check_width(len(rows[0]), path, lines[0])
    has_header = not is_data(rows[0])
    header, data = (rows[0], rows[1:]) if has_header else ([""] * max(map(len, rows)), rows)
    if not data:
        template = QT_TRANSLATE_NOOP(
            "Engine", "There is a header but no rows below it: choose a table with a row for each person."
        )
        raise TableError(template, path=path, line=lines[0])
    header = _with_row_names(header, data)
    check_width(len(header), path, lines[0])
    names, repeated = unique_names(header)
    columns, surplus = _columns(data, len(names))
    return Table(
        path=path,
        names=names,
        columns=columns,
        line_numbers=lines[1:] if has_header else lines,
        header_line=lines[0],
        delimiter=delimiter,
        quote=quote,
        encoding=encoding,
        surplus_rows=surplus,
        repeated_names=repeated,
        has_header=has_header,
        sheet=sheet,
        sheets=sheets,
        above=above,
    )


def check_width(n_columns: int, path: Path, line: int) -> None:
    """Refuse what no table of people is: each column is looked at for what it may be.

    Raises
    ------
    TableError
        If there are more columns than `MOST_COLUMNS`.
    """
    if n_columns > MOST_COLUMNS:
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "The table has {count} columns, and at most {most} can be read."),
            path=path,
            line=line,
            count=n_columns,
            most=MOST_COLUMNS,
        )


def row_text(row: Sequence[str]) -> str:
    """What a row that is no part of the table says, for a person."""
    return ", ".join(stripped for cell in row if (stripped := cell.strip()))


def _with_row_names(header: list[str], data: list[list[str]]) -> list[str]:
    """R's write.table names every column but the row names: give those an empty header."""
    if all(len(row) == len(header) + 1 for row in data) and any(row[-1].strip() for row in data):
        return ["", *header]
    return header


def unique_names(header: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Names that all differ, and those that the file repeats."""
    stripped = [cell.strip() for cell in header]
    given = [name or f"column {number}" for number, name in enumerate(stripped, start=1)]
    repeated = frozenset(name for name, count in Counter(given).items() if count > 1)
    taken = set(given) - repeated
    last = dict.fromkeys(repeated, 0)
    names: list[str] = []
    for name in given:
        unique = name
        while name in repeated and (unique == name or unique in taken):
            last[name] += 1
            unique = f"{name} ({last[name]})"
        taken.add(unique)
        names.append(unique)
    return tuple(names), repeated


def _columns(rows: list[list[str]], width: int) -> tuple[tuple[list[str], ...], frozenset[int]]:
    """Cells by column without surrounding spaces, and the rows with more cells than the header."""
    surplus = frozenset(
        index
        for index, row in enumerate(rows)
        if len(row) > width and any(cell.strip() for cell in row[width:])
    )
    if min(map(len, rows)) >= width:
        return tuple([row[index].strip() for row in rows] for index in range(width)), surplus
    return tuple(
        [row[index].strip() if index < len(row) else "" for row in rows] for index in range(width)
    ), surplus
