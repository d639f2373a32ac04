"""Where a table comes from: a text file, a sheet of a spreadsheet, or text that was pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.column_guess import guess_columns, has_people, lacking_columns
from engine.files.extraction import ColumnChoice
from engine.files.sheets import is_spreadsheet, read_sheet
from engine.files.table import Table, TableError
from engine.files.table_file import read_in_pieces
from engine.files.table_reader import DELIMITERS, parse_table

ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that holds a table, maybe in several sheets."""

    path: Path

    @property
    def name(self) -> str:
        """What the source is called in the window."""
        return self.path.name

    def read(self, sheet: str | None, should_stop: ShouldStop) -> Iterator[float | Table]:
        """Yield the share that is done, and at last the table (of a spreadsheet this sheet)."""
        if is_spreadsheet(self.path):
            yield read_sheet(self.path, sheet, should_stop)
        else:
            yield from read_in_pieces(self.path)


@dataclass(frozen=True, slots=True)
class TextSource:
    """Text as a spreadsheet puts it on the clipboard, called `name` in the window."""

    text: str = field(repr=False)
    name: str

    def read(self, sheet: str | None, should_stop: ShouldStop) -> Iterator[float | Table]:
        """Yield the table."""
        del sheet, should_stop
        if not self.text.strip():
            raise TableError(
                QT_TRANSLATE_NOOP("Engine", "There is no text to make samples of."), path=Path(self.name)
            )
        if not _may_be_table(self.text):
            template = QT_TRANSLATE_NOOP(
                "Engine",
                "The pasted text is no table. Copy cells from a spreadsheet, with a height and a weight in "
                "each row, and paste again.",
            )
            raise TableError(template, path=Path(self.name))
        yield parse_table(self.text.lstrip("\ufeff"), Path(self.name))


def _may_be_table(text: str) -> bool:
    """Whether text has cells side by side; of one line only numbers or tabs tell cells from a sentence."""
    if not any(delimiter in text for delimiter in DELIMITERS):
        return False
    is_one_line = len(text.strip().splitlines()) == 1
    return not is_one_line or "\t" in text.strip() or any(character.isdigit() for character in text)


TableSource = FileSource | TextSource


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A table with what is proposed for its columns, and why nothing can be (`lack`, None where it can)."""

    table: Table
    guess: ColumnChoice
    lack: Message | None = None


def open_table(
    source: TableSource, sheet: str | None, should_stop: ShouldStop
) -> Iterator[float | OpenedTable]:
    """Read a source's table (of a spreadsheet this sheet) in pieces, and guess its columns.

    Yields the share that is done now and then, and at last the table.

    Raises
    ------
    TableError
        If there is no table to be read, in one sentence.
    """
    for step in source.read(sheet, should_stop):
        yield _opened(step) if isinstance(step, Table) else step


def _opened(table: Table) -> OpenedTable:
    guess = guess_columns(table)
    return OpenedTable(table, guess, None if has_people(guess) else lacking_columns(table))
