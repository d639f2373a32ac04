"""Reads a table from a text file whose delimiter, quotes and encoding nobody has told."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.cells import looks_like_number
from engine.files.decoding import decode

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_LINES = 100


class TableError(FallLineError):
    """What is wrong with a table, in one sentence, and where: file, and line and column counted from 1.

    Attributes
    ----------
    path : Path
    line, column : int or None
        None where the trouble has no single place.
    """

    def __init__(
        self,
        template: str,
        *,
        path: Path,
        line: int | None = None,
        column: int | None = None,
        **values: object,
    ) -> None:
        super().__init__(template, **values)
        self.path = path
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """File, line and column as far as known, for example ``people.csv, line 3, column 2``."""
        parts = [str(self.path)]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file's cells as text, in columns.

    Attributes
    ----------
    path : Path
    names : tuple of str
        One name a column, each different: an empty header is called "column 3", and repeated ones
        "weight (1)", "weight (2)".
    columns : tuple of sequences of str
        Cells without surrounding spaces; a row that ends early has empty cells.
    line_numbers : sequence of int
        The file's line, counted from 1, on which each row begins.
    header_line : int
    delimiter, quote, encoding : str
        As found.
    surplus_rows : frozenset of int
        Rows (from 0) with more cells than the header has names: their cells may be shifted.
    repeated_names : frozenset of str
        Names that the file gives to more than one column.
    """

    path: Path
    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...] = field(repr=False)
    line_numbers: Sequence[int] = field(repr=False)
    header_line: int
    delimiter: str
    quote: str
    encoding: str
    surplus_rows: frozenset[int] = field(default=frozenset(), repr=False)
    repeated_names: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.line_numbers)

    def row(self, index: int) -> tuple[str, ...]:
        """The cells of row `index`, counted from 0 without the header."""
        return tuple(column[index] for column in self.columns)

    def column_index(self, name: str) -> int:
        """Position of the column called `name`, from 0.

        Raises
        ------
        TableError
            If there is no such column, or several; the sentence names those that exist.
        """
        wanted = name.strip()
        if wanted in self.names:
            return self.names.index(wanted)
        existing = ", ".join(f'"{existing}"' for existing in self.names)
        if wanted in self.repeated_names:
            raise TableError(
                QT_TRANSLATE_NOOP("Engine", 'Several columns are called "{name}". Choose one of {existing}.'),
                path=self.path,
                line=self.header_line,
                name=wanted,
                existing=existing,
            )
        near = _nearest(wanted, self.names)
        if near is not None:
            raise TableError(
                QT_TRANSLATE_NOOP(
                    "Engine",
                    'There is no column "{name}". Did you mean "{near}"? The columns are {existing}.',
                ),
                path=self.path,
                line=self.header_line,
                name=wanted,
                near=near,
                existing=existing,
            )
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", 'There is no column "{name}". The columns are {existing}.'),
            path=self.path,
            line=self.header_line,
            name=wanted,
            existing=existing,
        )


def _nearest(wanted: str, names: Iterable[str]) -> str | None:
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted.casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else None


def read_table(path: str | Path) -> Table:
    """Read a CSV file; its delimiter, quoting, byte-order mark and encoding are found, not asked for.

    Raises
    ------
    TableError
        If the file cannot be read, is not text, or holds no table; with the line where one is known.
    """
    path = Path(path)
    text, encoding = _read_text(path)
    skip, told = _separator_line(text)
    body = text[skip:]
    quote = _find_quote(body)
    delimiter = told or _find_delimiter(body, quote)
    rows, lines = _parse(body, delimiter, quote, path, first_line=1 + (skip > 0))
    if not rows:
        raise TableError(QT_TRANSLATE_NOOP("Engine", "The file is empty."), path=path)
    header, data = rows[0], rows[1:]
    if not data:
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "The file has a header but no rows."), path=path, line=lines[0]
        )
    header = _with_row_names(header, data)
    names, repeated = _unique_names(header)
    columns, surplus = _columns(data, len(names))
    return Table(
        path=path,
        names=names,
        columns=columns,
        line_numbers=lines[1:],
        header_line=lines[0],
        delimiter=delimiter,
        quote=quote,
        encoding=encoding,
        surplus_rows=surplus,
        repeated_names=repeated,
    )


def _read_text(path: Path) -> tuple[str, str]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TableError(QT_TRANSLATE_NOOP("Engine", "There is no such file."), path=path) from None
    except IsADirectoryError:
        raise TableError(QT_TRANSLATE_NOOP("Engine", "This is a folder, not a file."), path=path) from None
    except (OSError, ValueError) as error:
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "The file cannot be read: {reason}."),
            path=path,
            reason=getattr(error, "strerror", None) or str(error),
        ) from error
    if not data.strip():
        raise TableError(QT_TRANSLATE_NOOP("Engine", "The file is empty."), path=path)
    decoded = decode(data)
    if decoded is None:
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "The file is not text: a table saved as CSV is needed."), path=path
        )
    return decoded


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
    """The delimiter by which the first lines have one width, and cells that are numbers where possible."""
    sample = "".join(_first_lines(text))
    best, best_score = DELIMITERS[0], (0.0, 0.0, 0)
    for delimiter in DELIMITERS:
        rows = [
            row
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
            if row
        ]
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        body = rows[1:] or rows
        equal = sum(len(row) == width for row in body) / len(body)
        cells = [cell for row in body for cell in row]
        numbers = sum(looks_like_number(cell) for cell in cells) / max(len(cells), 1)
        score = (round(equal, 1), round(numbers, 2), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


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
                rows.append(row)
                lines.append(begins)
            begins = first_line + reader.line_num
    except csv.Error as error:
        raise _csv_trouble(error, path, begins, strict) from error
    return rows, lines


def _csv_trouble(error: csv.Error, path: Path, line: int, strict: bool) -> Exception:
    if "unexpected end of data" in str(error):
        template = QT_TRANSLATE_NOOP(
            "Engine", "A quote opens in the row that begins here and is never closed."
        )
        return TableError(template, path=path, line=line)
    if strict:
        return _LooseQuotesError()
    template = QT_TRANSLATE_NOOP("Engine", "The row that begins here cannot be read: {reason}.")
    return TableError(template, path=path, line=line, reason=str(error))


def _with_row_names(header: list[str], data: list[list[str]]) -> list[str]:
    """R's write.table names every column but the row names: give those an empty header."""
    if all(len(row) == len(header) + 1 for row in data) and any(row[-1].strip() for row in data):
        return ["", *header]
    return header


def _unique_names(header: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Names that all differ, and those that the file repeats."""
    stripped = [cell.strip() for cell in header]
    given = [name or f"column {number}" for number, name in enumerate(stripped, start=1)]
    repeated = frozenset(name for name in given if given.count(name) > 1)
    taken = set(given) - repeated
    names: list[str] = []
    for name in given:
        unique, number = name, 0
        while name in repeated and (number == 0 or unique in taken):
            number += 1
            unique = f"{name} ({number})"
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
