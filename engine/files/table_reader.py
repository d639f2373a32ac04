"""Reads a table from a text file whose delimiter, quotes and encoding nobody has told."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP
from engine.files.cells import looks_like_number
from engine.files.decoding import decode
from engine.files.system_reasons import reason_of
from engine.files.table import Table, TableError
from engine.files.table_head import header_row, rows_above
from engine.files.table_rows import EMPTY, table_of_rows

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_LINES = 100
MOST_ROWS = 2_000_000
"""As lists of texts these take a gigabyte; a large table of the plain kind is read by `large_csv`."""


@dataclass(frozen=True, slots=True)
class Form:
    """The delimiter and the quote character of a text."""

    delimiter: str
    quote: str


def parse_table(text: str, path: Path, encoding: str = "") -> Table:
    """Read a table from text; its delimiter and quoting are found, not asked for.

    Raises
    ------
    TableError
        If it holds no table; with the line where one is known.
    """
    form, skip = find_form(text)
    rows, lines = _parse(text[skip:], form.delimiter, form.quote, path, first_line=1 + (skip > 0))
    return table_of_rows(rows, lines, path, delimiter=form.delimiter, quote=form.quote, encoding=encoding)


def find_form(text: str) -> tuple[Form, int]:
    """How the cells of a text are separated and quoted, and how many characters to skip before the table."""
    skip, told = _separator_line(text)
    body = text[skip:]
    quote = _find_quote(body)
    return Form(told or _find_delimiter(body, quote), quote), skip


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises
    ------
    TableError
        If the file cannot be read or is empty.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        template = QT_TRANSLATE_NOOP("Engine", "There is no such file: it may have been moved or renamed.")
        raise TableError(template, path=path) from None
    except IsADirectoryError:
        template = QT_TRANSLATE_NOOP("Engine", "This is a folder, not a file: open a file that is in it.")
        raise TableError(template, path=path) from None
    except (OSError, ValueError) as error:
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "The file cannot be read: {reason}."),
            path=path,
            reason=reason_of(error),
        ) from error
    if not data or data.isspace():
        raise TableError(EMPTY, path=path)
    return data


def decoded(data: bytes, path: Path) -> tuple[str, str]:
    """The text of a file's bytes, and its encoding.

    Raises
    ------
    TableError
        If they are not text.
    """
    found = decode(data)
    if found is None:
        template = QT_TRANSLATE_NOOP(
            "Engine", "The file is not text: open a table saved as CSV, or a spreadsheet (.xlsx, .xls, .ods)."
        )
        raise TableError(template, path=path)
    return found


def _separator_line(text: str) -> tuple[int, str | None]:
    """Excel's first line ``sep=;``: how many characters to skip, and the delimiter that it tells."""
    line, _, _ = text.partition("\n")
    told = line.rstrip("\r")
    if len(told) == 5 and told.lower().startswith("sep=") and told[4] in DELIMITERS:
        return len(line) + 1, told[4]
    return 0, None


def _find_quote(text: str) -> str:
    """The quote character: ``'`` where the header is quoted with it, else ``"``."""
    header = text.lstrip().partition("\n")[0].strip()
    return "'" if header.startswith("'") and header.count("'") % 2 == 0 and '"' not in header else '"'


def _find_delimiter(text: str, quote: str) -> str:
    """The delimiter by which the first lines have one width, and cells that are numbers where possible.

    Lines above a header do not count; those above rows without one only where nothing else tells.
    """
    sample = "".join(_first_lines(text))
    sniffed = {delimiter: _sniffed_rows(sample, delimiter, quote) for delimiter in DELIMITERS}
    for start in (lambda rows: header_row(rows) or 0, rows_above):
        scores = {delimiter: _width_score(rows[start(rows) :]) for delimiter, rows in sniffed.items()}
        best = max(scores, key=scores.__getitem__)
        if scores[best] > _NO_SCORE:
            return best
    return DELIMITERS[0]


_NO_SCORE = (0.0, 0.0, 0)


def _width_score(rows: list[list[str]]) -> tuple[float, float, int]:
    """How many rows are as wide as the first, how many of their cells are numbers, and how wide it is."""
    width = len(rows[0]) if rows else 0
    if width < 2:
        return _NO_SCORE
    body = rows[1:] or rows
    equal = sum(len(row) == width for row in body) / len(body)
    cells = [cell for row in body for cell in row]
    numbers = sum(looks_like_number(cell) for cell in cells) / max(len(cells), 1)
    return round(equal, 1), round(numbers, 2), width


def _sniffed_rows(sample: str, delimiter: str, quote: str) -> list[list[str]]:
    """The rows of a sample that are not blank, up to a cell that is too long to be read."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
    with contextlib.suppress(csv.Error):
        rows.extend(row for row in reader if row)
    return rows


def _first_lines(text: str) -> Iterable[str]:
    stream = io.StringIO(text, newline="")
    for _, line in zip(range(SNIFFED_LINES), stream, strict=False):
        yield line[:10_000]


def _parse(
    text: str, delimiter: str, quote: str, path: Path, first_line: int
) -> tuple[list[list[str]], Sequence[int]]:
    """All rows that are not blank, and the line on which each begins.

    Quotes are first read strictly, which tells a quote that is never closed; a file that breaks the
    rules in another way (text after a closing quote) is then read as spreadsheets read it.
    """
    try:
        return _parse_rows(text, delimiter, quote, path, first_line, strict=True)
    except _LooseQuotesError:
        return _parse_rows(text, delimiter, quote, path, first_line, strict=False)


class _LooseQuotesError(Exception):
    """Quotes do not follow the rules of CSV, but the file may still be read."""


def _parse_rows(
    text: str, delimiter: str, quote: str, path: Path, first_line: int, strict: bool
) -> tuple[list[list[str]], Sequence[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, quotechar=quote, skipinitialspace=True, strict=strict)
    begins = first_line
    try:
        for row in reader:
            if row and row != [""]:
                if len(rows) == MOST_ROWS:
                    raise _too_many(path, begins)
                rows.append(row)
                lines.append(begins)
            begins = first_line + reader.line_num
    except csv.Error as error:
        raise _csv_trouble(error, path, begins, quote, strict) from error
    return rows, lines


def _too_many(path: Path, line: int) -> TableError:
    template = QT_TRANSLATE_NOOP(
        "Engine",
        "The table has more than {most} rows: so many can be read only from a file whose rows have "
        "the same number of cells, each on a line of its own.",
    )
    return TableError(template, path=path, line=line, most=MOST_ROWS)


def _csv_trouble(error: csv.Error, path: Path, line: int, quote: str, strict: bool) -> Exception:
    if "unexpected end of data" in str(error):
        template = QT_TRANSLATE_NOOP(
            "Engine", "A quote opens in the row that begins here and is never closed."
        )
        return TableError(template, path=path, line=line)
    if strict and "field limit" not in str(error):
        return _LooseQuotesError()
    template = QT_TRANSLATE_NOOP(
        "Engine",
        "A cell of the row that begins here has more than {most} characters. Most often a quote ({quote}) "
        "opens in it and is never closed: close it or take it out, and open the table again.",
    )
    return TableError(template, path=path, line=line, most=f"{csv.field_size_limit():,}", quote=quote)
