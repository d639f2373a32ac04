"""From the bytes of a table of weights to its rows; whatever is wrong is told by line and column."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.decoding import decode
from engine.files.weights_check import Node, not_ours

DELIMITERS = ",;\t"
"""What separates cells: a spreadsheet that saves a table again may write another than the program's comma."""

MOST_ROWS = 1000
"""More than any model has weights and biases."""

LONGEST_HEADER = 512
"""In characters."""

NOTHING_MORE = QT_TRANSLATE_NOOP("Engine", "nothing more belongs here.")

Header = tuple[str, ...]


class PlacedError(FallLineError):
    """Something is wrong in a cell: the sentence begins with its line and column, from 1."""

    def __init__(self, line: int, column: int, problem: Message) -> None:
        super().__init__(
            QT_TRANSLATE_NOOP("Engine", "line {line}, column {column}: {problem}"),
            line=line,
            column=column,
            problem=problem,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, as many as the header has, and the line of the file on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table below its header; `end_line` is the line after the last row."""

    header: Header
    rows: tuple[Row, ...]
    end_line: int
    delimiter: str


def header_in(start: bytes, headers: Sequence[Header]) -> tuple[str, Header] | None:
    """The delimiter of a file that begins like this, and which header it has but for a few cells, or None."""
    is_utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = start.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    first = text[:LONGEST_HEADER].splitlines()[:1]
    for delimiter in DELIMITERS:
        cells = set(next(csv.reader(first, delimiter=delimiter), []))
        nearest = max(headers, key=lambda header: len(cells.intersection(header)))
        if 2 * len(cells.intersection(nearest)) > len(nearest):
            return delimiter, nearest
    return None


def read_rows(data: bytes, headers: Sequence[Header]) -> Rows:
    """Split a table with one of these headers into its rows; a spreadsheet may have saved it again.

    Raises
    ------
    FallLineError
        If it is no such table, or a row is not written as CSV is.
    """
    found = header_in(data[: 2 * LONGEST_HEADER], headers)
    if found is None:
        raise not_ours()
    delimiter, header = found
    rows, end_line = _rows(_text(data), delimiter, len(header))
    _check_header(rows[0], header)
    return Rows(header, tuple(rows[1:]), end_line, delimiter)


@contextmanager
def placed(line: int, column: int) -> Iterator[None]:
    """Put a place before whatever is found to be wrong there."""
    try:
        yield
    except FallLineError as error:
        raise PlacedError(line, column, error.message) from None


def _text(data: bytes) -> str:
    """UTF-8 as it is, or what other encodings say."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = decode(data)
    if found is None:
        raise not_ours()
    return found[0]


def _rows(text: str, delimiter: str, width: int) -> tuple[list[Row], int]:
    """The rows that are not blank, at most one more than can be of use, and the line after the last one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append(_row(line, cells, width))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        problem = QT_TRANSLATE_NOOP(
            "Engine",
            "a quotation mark is missing in this row, or there is one too many, or a cell is far too long.",
        )
        raise PlacedError(line, 1, Message(problem)) from None
    return rows, line


def _row(line: int, cells: Sequence[str], width: int) -> Row:
    """A row without empty cells beyond the header; it may have ended before it."""
    for column, cell in enumerate(cells[width:], width + 1):
        if cell:
            raise PlacedError(line, column, Message(NOTHING_MORE))
    return Row(line, tuple([*cells, *[""] * width][:width]))


def _check_header(row: Row, header: Header) -> None:
    if row.cells == (*header[:-1], ""):
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "This table of weights is of an older version: it has no column “{name}”, and so does not "
                "say all of the model. Export the model again.",
            ),
            name=header[-1],
        )
    for column, (cell, name) in enumerate(zip(row.cells, header, strict=True), 1):
        with placed(row.line, column):
            Node("header", cell).one_of(name)
