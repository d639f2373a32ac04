"""Sheets of Excel and LibreOffice (.xlsx, .xls, .ods) as tables, read in a process of their own."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP
from engine.files import sheet_worker
from engine.files.column_guess import guess_columns, has_people
from engine.files.decoding import composed
from engine.files.table import Table, TableError
from engine.files.table_reader import read_bytes
from engine.files.table_rows import table_of_rows

_LOG = logging.getLogger(__name__)

SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
READ_SHEET = "read-sheet"
"""What the program is told to do in a bundle, where there is no Python to run a file with."""

LARGEST_BYTES = 200_000_000
LONGEST_SECONDS = 120.0
LEAST_SECONDS, SECONDS_PER_BYTE = 10.0, 4e-6
"""A small book that takes long is one that was made for it, and ends the sooner."""
_POLL_SECONDS = 0.05

_TOO_LARGE = QT_TRANSLATE_NOOP(
    "Engine", "The spreadsheet is too large to be opened. Save its sheet as CSV and open that."
)
_BROKEN = QT_TRANSLATE_NOOP(
    "Engine",
    "The spreadsheet is broken or of a kind that cannot be read. Save its sheet as CSV where it can be "
    "opened, and open that.",
)
_PASSWORD = QT_TRANSLATE_NOOP(
    "Engine", "The spreadsheet is protected by a password. Save it without one and open that."
)
_EMPTY = QT_TRANSLATE_NOOP("Engine", "The sheet “{sheet}” is empty. Choose another sheet or file.")


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one sheet that are not blank, each with its number, and the names of all sheets."""

    sheet: str
    sheets: tuple[str, ...]
    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is read as a spreadsheet, by its name."""
    return path.suffix.lower() in SHEET_SUFFIXES


def read_sheet(
    path: str | Path, sheet: str | None = None, should_stop: Callable[[], bool] = lambda: False
) -> Table:
    """Read one sheet of a spreadsheet: the one called `sheet`, or the first with heights and weights.

    Where none of the first sheets has a column of each, it is the first that has rows.

    Numbers become text as a spreadsheet shows them, without trailing zeros; dates are written year first.
    `should_stop` is polled: when it is true, reading ends with an error that nobody is going to see.

    Raises
    ------
    TableError
        If the file cannot be read, is broken, protected or too large, or the sheet holds no table.
    """
    path = Path(path)
    n_bytes = len(read_bytes(path))
    if n_bytes > LARGEST_BYTES:
        raise TableError(_TOO_LARGE, path=path)
    seconds = min(LONGEST_SECONDS, LEAST_SECONDS + SECONDS_PER_BYTE * n_bytes)
    with tempfile.TemporaryDirectory(prefix="fall-line-") as folder:
        answer = Path(folder) / "sheet.json"

        def ask(*wanted: str) -> None:
            _run([str(path.absolute()), str(answer), *wanted], path, seconds, should_stop)

        if sheet:
            ask(sheet)
            return table_of_answer(answer, path)
        ask()
        chosen = _parts(answer, path)[0]
        if len(chosen.sheets) > 1 and not _holds_people(chosen, path):
            with contextlib.suppress(TableError):  # a sheet beside it that cannot be read is no trouble
                ask("")
                better = [part.sheet for part in _parts(answer, path) if _holds_people(part, path)]
                if better:
                    ask(better[0])
                    return table_of_answer(answer, path)
        return _table(chosen, path)


def _run(words: list[str], path: Path, seconds: float, should_stop: Callable[[], bool]) -> None:
    """Run the worker to its end; it is ended where it takes too long or nobody waits for it."""
    program = [READ_SHEET] if getattr(sys, "frozen", False) else [str(Path(sheet_worker.__file__))]
    deadline = time.monotonic() + seconds
    with subprocess.Popen(
        [sys.executable, *program, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as worker:
        while not should_stop() and time.monotonic() < deadline:
            try:
                status = worker.wait(_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            if status != 0:  # a lack of memory has ended it, so its answer may be a part of one
                break
            return
        worker.kill()
    raise TableError(_TOO_LARGE, path=path)


def table_of_answer(answer: Path, path: Path) -> Table:
    """The table that the worker has written to `answer`; raises as `read_sheet` does."""
    return _table(_parts(answer, path)[0], path)


def _parts(answer: Path, path: Path) -> list[_Part]:
    """The sheets that the worker has written to `answer`; raises `TableError` if it could read none."""
    parts: list[_Part] = []
    with answer.open(encoding="utf-8") as stream:
        for line in stream:
            found = json.loads(line)
            if isinstance(found, list):
                parts[-1].lines.append(found[0])
                parts[-1].rows.append([composed(cell) or "" for cell in found[1]])
            elif "error" in found:
                sentences = {"password": _PASSWORD, "too_large": _TOO_LARGE}
                _LOG.debug("no spreadsheet: %s", found.get("detail"))
                raise TableError(sentences.get(found["error"], _BROKEN), path=path)
            else:
                parts.append(_Part(found["sheet"], tuple(found["sheets"])))
    return parts


def _table(part: _Part, path: Path) -> Table:
    """The table of a sheet's rows; raises as `read_sheet` does."""
    if not part.rows:
        raise TableError(_EMPTY, path=path, sheet=part.sheet)
    return table_of_rows(part.rows, part.lines, path, delimiter="\t", sheet=part.sheet, sheets=part.sheets)


def _holds_people(part: _Part, path: Path) -> bool:
    """Whether a column of heights and one of weights are found in the first rows of a sheet."""
    most = sheet_worker.FIRST_ROWS
    first = replace(part, lines=part.lines[:most], rows=part.rows[:most])
    try:
        return has_people(guess_columns(_table(first, path)))
    except TableError:
        return False
