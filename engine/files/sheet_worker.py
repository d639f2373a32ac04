"""Reads one sheet of a spreadsheet in a process of its own: ``python sheet_worker.py BOOK ANSWER [SHEET]``.

A sheet of a few hundred bytes can ask for more memory than any machine has, and the library that reads it
then ends its whole process. So this file is run by itself (`engine.files.sheets`), with a bound on memory
where the system has one, and imports nothing of the program. The answer is JSON, a line for the sheets and
then a line for each row that is not blank: its number, from 1, and its cells as text.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path

MEMORY_BYTES = 3 << 30
"""Address space, of which a process that does nothing takes a part."""

MOST_COLUMNS = 1000


def main(words: list[str]) -> int:
    """Write what a sheet holds, or ``{"error": why}``; returns the exit status."""
    book, answer, *sheet = words
    _bound_memory()
    try:
        lines = list(read_sheet(book, sheet[0] if sheet else None))
    except MemoryError:
        lines = [{"error": "too_large"}]
    except Exception as error:  # whatever a library makes of a broken file
        reason = "password" if type(error).__name__ == "PasswordError" else "broken"
        lines = [{"error": reason, "detail": str(error)[:200]}]
    with Path(answer).open("w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(json.dumps(line) + "\n")
    return 0


def read_sheet(book: str, sheet: str | None) -> Iterator[object]:
    """The sheets' names and the one that is read, then its rows."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(book)
    names = [
        found.name for found in workbook.sheets_metadata if found.visible == SheetVisibleEnum.Visible
    ] or workbook.sheet_names
    if sheet is None:
        sheet = next((name for name in names if workbook.get_sheet_by_name(name).height > 1), names[0])
    content = workbook.get_sheet_by_name(sheet)
    yield {"sheets": names, "sheet": sheet}
    for number, row in enumerate(content.iter_rows(), start=1):  # empty rows above come too
        cells = [cell_text(value) for value in row[:MOST_COLUMNS]]
        if any(cells):
            yield [number, cells]


def cell_text(value: object) -> str:
    """A cell as text: a whole number without a point, as a spreadsheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, OSError, ValueError):
        pass  # a system without such a bound: its own lack of memory ends this process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
