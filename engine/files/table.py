"""A table of people as text: its cells in columns, where each row stands, and what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message


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
    has_header : bool
        False where the first row holds numbers already; the columns are called "column 1" and so on then.
    sheet : str
        The sheet of a spreadsheet that the cells are from; empty for a text file.
    sheets : tuple of str
        The sheets that the file has.
    above : tuple of str
        What the lines above the header say that are no part of the table (titles, notes), without blank ones.
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
    has_header: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

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


_NUMBERED = re.compile(r"column (\d+)")


def column_title(name: str) -> str | Message:
    """What a column is called before a person: one that the file does not name has a number to translate."""
    found = _NUMBERED.fullmatch(name)
    if found is None:
        return name
    return Message(QT_TRANSLATE_NOOP("Engine", "column {number}"), {"number": found[1]})


def _nearest(wanted: str, names: Iterable[str]) -> str | None:
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted.casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else None
