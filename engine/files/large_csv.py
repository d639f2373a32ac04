"""Large text files, read in pieces by pyarrow: the same table as `table_reader` makes, many times faster.

Only files of the plain kind are read so: cells in quotes hold nothing special, no row is blank, short or too
long, and nothing stands above the header. For any other kind the reading ends without a table, and the
reader that knows every case has to do it.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files.arrow_column import ArrowColumn
from engine.files.side_by_side import in_parts
from engine.files.table import Table
from engine.files.table_head import HEAD_ROWS, is_data, rows_above
from engine.files.table_reader import SNIFFED_LINES, Form, decoded, find_form
from engine.files.table_rows import MOST_COLUMNS, unique_names

LARGE_BYTES = 1_000_000
"""From this size on pyarrow reads; below it takes longer to load than it saves."""

PIECE_BYTES = 16_000_000
HEAD_BYTES = 1_200_000
HEAD_LINES = SNIFFED_LINES + 2
"""More than what is looked at to find the delimiter: its lines, and one above them that tells it."""

_CACHED_BYTES = 1 << 18
"""A part that is looked at several times while it is in the processor's cache."""

_SPACE, _TAB, _LINE_FEED, _RETURN = 32, 9, 10, 13


def read_large(data: bytes, path: Path) -> Iterator[float | Table]:
    """Read a text file's bytes, yielding the share that is done after each piece, and at last the table.

    Nothing follows the last share where the file is not of the plain kind.

    Raises
    ------
    TableError
        If the bytes are not text.
    """
    data, encoding, is_simple = _utf8(data, path)
    form, header, line, begin = _head(data)
    end = _end(data)
    if not 2 <= len(header) <= MOST_COLUMNS or not _is_plain(data, begin, end, form):
        return
    pieces: list[Any] = []
    for piece_begin, piece_end in _pieces(data, begin, end):
        rows = _parsed(memoryview(data)[piece_begin:piece_end], len(header), form)
        if rows is None:
            return
        pieces.append(rows)
        yield piece_end / end
    has_header = not is_data(header)
    names, repeated = unique_names(header if has_header else [""] * len(header))
    columns = _columns(pieces, is_trimmed=is_simple and not _has_spaces(data, form))
    first = line + has_header
    yield Table(
        path=path,
        names=names,
        columns=columns,
        line_numbers=range(first, first + len(columns[0])),
        header_line=line,
        delimiter=form.delimiter,
        quote=form.quote,
        encoding=encoding,
        repeated_names=repeated,
        has_header=has_header,
    )


def _utf8(data: bytes, path: Path) -> tuple[bytes, str, bool]:
    """The text as UTF-8, without its mark and in composed form, its encoding, and whether it `_is_simple`."""
    if _is_simple(data):
        return data, "utf-8", True
    text, encoding = decoded(data, path)
    return text.encode(), encoding, False


def _is_simple(data: bytes) -> bool:
    """Whether all is ASCII and nothing but tab, line feed and carriage return comes before the space."""
    values = np.frombuffer(data, dtype=np.int8)  # signed: bytes that are not ASCII come before the space, too
    present = [code for code in (_TAB, _LINE_FEED, _RETURN) if data.find(code) >= 0]

    def has_surplus(part: slice) -> bool:
        known = sum(np.count_nonzero(values[part] == code) for code in present)
        return bool(np.count_nonzero(values[part] < _SPACE) != known)

    return not any(in_parts(has_surplus, values.size, _CACHED_BYTES))


def _end(data: bytes) -> int:
    """Where the text ends without the line breaks after it."""
    end = len(data)
    while end and data[end - 1] in b"\r\n":
        end -= 1
    return end


def _head(data: bytes) -> tuple[Form, list[str], int, int]:
    """Delimiter and quote, the first row's cells (none if unclear), its line, and where the data begin."""
    head_end = 0
    for _ in range(HEAD_LINES):
        head_end = data.find(b"\n", head_end, HEAD_BYTES) + 1
        if head_end == 0:
            head_end = HEAD_BYTES
            break
    text = data[:head_end].decode(errors="ignore")
    form, skip = find_form(text)
    start = len(text[:skip].encode())
    line_end = data.find(b"\n", start)
    if line_end < 0:
        return form, [], 1, len(data)
    first_line = data[start:line_end].decode(errors="ignore")
    if first_line.count(form.delimiter) > MOST_COLUMNS:
        return form, [], 1, len(data)
    is_whole = head_end < HEAD_BYTES or len(data) <= HEAD_BYTES
    rows = _first_rows(text[skip:], form, is_whole=is_whole)
    if not rows or rows_above(rows):
        return form, [], 1, len(data)
    return form, rows[0], 1 + (skip > 0), start if is_data(rows[0]) else line_end + 1


def _first_rows(text: str, form: Form, *, is_whole: bool) -> list[list[str]]:
    """The rows by which it is told where the table begins; none where they are not plain or cut off."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=form.delimiter,
        quotechar=form.quote,
        skipinitialspace=True,
        strict=True,
    )
    try:
        rows = list(islice((row for row in reader if row and row != [""]), HEAD_ROWS))
    except csv.Error:
        return []
    return rows if is_whole or len(rows) == HEAD_ROWS else []


def _is_plain(data: bytes, begin: int, end: int, form: Form) -> bool:
    """Whether both readers split these lines into the same cells, but for rows that are short or too long."""
    if form.quote != '"' or begin >= end or data[begin : begin + 1] in b"\r\n":
        return False
    has_returns = data.find(b"\r", 0, end) >= 0  # far faster than to count what is not there
    if has_returns and data.count(b"\r", 0, end) != data.count(b"\r\n", 0, end):
        return False
    if data.find(b'"', begin, end) < 0:
        return True
    delimiter = re.escape(form.delimiter).encode()
    cell = re.compile(rb'(?m)(?:^|%b)"[^"\r\n]*"(?=%b|\r?$)' % (delimiter, delimiter))
    return data.count(b'"', begin, end) == 2 * sum(1 for _ in cell.finditer(data, begin, end))


def _has_spaces(data: bytes, form: Form) -> bool:
    """Whether some cell of a simple text may have spaces around it."""
    return b" " in data or (form.delimiter != "\t" and b"\t" in data)


def _pieces(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Where pieces of whole lines begin and end."""
    while begin < end:
        stop = data.find(b"\n", begin + PIECE_BYTES, end)
        stop = end if stop < 0 else stop + 1
        yield begin, stop
        begin = stop


def _parsed(piece: memoryview, width: int, form: Form) -> Any:  # noqa: ANN401 - pyarrow has no types
    """The piece as an Arrow table of strings; None where a line is blank or has not `width` cells."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import csv as arrow_csv

    if bytes(piece[:3]) == codecs.BOM_UTF8:  # pyarrow would take it away
        return None
    # By itself it goes by OMP_NUM_THREADS, which is meant for the mathematics.
    pyarrow.set_cpu_count(os.cpu_count() or 1)
    names = [str(number) for number in range(width)]
    try:
        rows = arrow_csv.read_csv(
            pyarrow.BufferReader(pyarrow.py_buffer(piece)),
            arrow_csv.ReadOptions(column_names=names, block_size=1 << 20),
            arrow_csv.ParseOptions(delimiter=form.delimiter, double_quote=False),
            arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pyarrow.string()),
                null_values=[],
                strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowInvalid:
        return None
    lines = _count(np.frombuffer(piece, dtype=np.uint8), _LINE_FEED) + (piece[-1] != _LINE_FEED)
    return rows if rows.num_rows == lines else None  # blank lines are not read


def _count(values: NDArray[np.uint8], code: int) -> int:
    return sum(in_parts(lambda part: int(np.count_nonzero(values[part] == code)), values.size, _CACHED_BYTES))


def _columns(pieces: list[Any], *, is_trimmed: bool) -> tuple[ArrowColumn, ...]:
    import pyarrow
    import pyarrow.compute as compute  # type: ignore[import-untyped]

    cells = pyarrow.concat_tables(pieces).columns
    if not is_trimmed:
        cells = [compute.utf8_trim_whitespace(column) for column in cells]
    return tuple(ArrowColumn(column) for column in cells)
