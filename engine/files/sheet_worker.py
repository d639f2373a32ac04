"""Reads sheets of a spreadsheet in a process of its own: ``python sheet_worker.py BOOK ANSWER [SHEET]``.

A sheet of a few hundred bytes can ask for more memory than any machine has, and the library that reads it
then ends its whole process. So this file is run by itself (`engine.files.sheets`), with a bound on memory
where the system has one, and imports nothing of the program. The answer is JSON, a line for the sheets and
then a line for each row that is not blank: its number, from 1, and its cells as text. For a sheet with an
empty name, which none has, the first rows of the first sheets are written so, one sheet after the other.
"""

from __future__ import annotations

import datetime
import json
import struct
import sys
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1900 << 20
"""Address space at most, of which a process that does nothing takes a part."""

LEAST_MEMORY_BYTES = 500 << 20
MEMORY_PER_BYTE = 200
"""A small book that needs much is one that was made for it, and ends the sooner."""

MOST_UNPACKED_BYTES = 1 << 30
MOST_COLUMNS = 1000

FIRST_ROWS = 50
MOST_SHEETS = 20
"""So much is looked at to find the sheet that holds people."""

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFF9
"""Higher numbers mean the end of a chain, and that a sector is free."""
STREAM, ROOT = 2, 5
LEAST_LARGE_STREAM = 4096


def main(words: list[str]) -> int:
    """Write what sheets hold, or ``{"error": why}``; returns the exit status."""
    book, answer, *sheet = words
    _bound_memory(Path(book).stat().st_size)
    try:
        with Path(answer).open("w", encoding="utf-8") as stream:
            for line in read_sheet(book, sheet[0] if sheet else None):
                stream.write(json.dumps(line) + "\n")
    except MemoryError:
        _write_error(answer, "too_large", "")
    except (
        BaseException
    ) as error:  # whatever a library makes of a broken file; a panic of Rust is no Exception
        is_locked = type(error).__name__ == "PasswordError"
        _write_error(answer, "password" if is_locked else "broken", str(error)[:200])
    return 0


def read_sheet(book: str, sheet: str | None) -> Iterator[object]:
    """The sheets' names and the one that is read, then its rows; the first rows of several for ""."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    check_size(book)
    check = {".ods": check_ods, ".xls": check_xls}.get(Path(book).suffix.lower())
    if check is not None:
        check(book)
    workbook = CalamineWorkbook.from_path(book)
    names = [
        found.name for found in workbook.sheets_metadata if found.visible == SheetVisibleEnum.Visible
    ] or workbook.sheet_names
    if sheet == "":
        for name in names[:MOST_SHEETS]:
            yield {"sheets": names, "sheet": name}
            yield from islice(filled_rows(workbook.get_sheet_by_name(name)), FIRST_ROWS)
        return
    chosen = names[0] if sheet is None else sheet
    content = workbook.get_sheet_by_name(chosen)
    for name in names[1:] if sheet is None else []:
        if content.height > 1:
            break
        other = workbook.get_sheet_by_name(name)
        if other.height > 1:
            chosen, content = name, other
    yield {"sheets": names, "sheet": chosen}
    yield from filled_rows(content)


def filled_rows(content: Any) -> Iterator[list[object]]:  # noqa: ANN401 - of calamine, which is loaded late
    """The rows of a sheet that are not blank: the number, from 1, and the cells as text."""
    for number, row in enumerate(content.iter_rows(), start=1):  # empty rows above come too
        if row.count("") == len(row):
            continue  # a million of them stand above one cell at the end of the grid
        cells = [cell_text(value) for value in row[:MOST_COLUMNS]]
        if any(cells):
            yield [number, cells]


def check_size(book: str) -> None:
    """Refuse a book that says to unpack to more than any sheet of people does, before it is unpacked.

    Raises
    ------
    MemoryError
        If it does.
    """
    if zipfile.is_zipfile(book):
        with zipfile.ZipFile(book) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise MemoryError


def check_ods(book: str) -> None:
    """Refuse a book whose XML is broken: calamine waits for ever for the end of an element that has none.

    Raises
    ------
    Exception
        Whatever its ZIP archive, its XML or its password make of it.
    """
    from xml.parsers import expat

    from python_calamine import PasswordError

    with zipfile.ZipFile(book) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise PasswordError("encrypted")
        with archive.open("content.xml") as content:
            expat.ParserCreate().ParseFile(content)


def check_xls(book: str) -> None:
    """Refuse a book whose chains of sectors go round: calamine follows them until there is no memory left.

    The container of .xls is the one of [MS-CFB]: tables that tell for each sector which one comes next.

    Raises
    ------
    ValueError
        If a chain has more sectors than there are.
    """
    data = Path(book).read_bytes()
    if len(data) < 512 or not data.startswith(OLE_MAGIC) or data[30] not in (9, 12):
        return  # what is no such container at all is told by calamine
    size = 1 << data[30]

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    places, following = list(numbers(data[76:512])), numbers(data[68:72])[0]
    for _ in range(len(data) // size):
        listed = numbers(sector(following)) if following <= LAST_SECTOR else ()
        places.extend(listed[:-1])
        following = listed[-1] if listed else LAST_SECTOR + 1
    if following <= LAST_SECTOR and sector(following):
        raise ValueError("the list of tables goes round")
    table = [entry for place in places if place <= LAST_SECTOR for entry in numbers(sector(place))]
    folder = b"".join(map(sector, _chain(numbers(data[48:52])[0], table)))
    small = numbers(b"".join(map(sector, _chain(numbers(data[60:64])[0], table))))
    left = len(table) + len(small)
    for entry in range(0, len(folder) - 127, 128):
        kind = folder[entry + 66]
        if kind not in (STREAM, ROOT):
            continue
        start, length = struct.unpack_from("<II", folder, entry + 116)
        is_small = kind == STREAM and length < LEAST_LARGE_STREAM
        left -= len(_chain(start, small if is_small else table))
        if left < 0:
            raise ValueError("two streams share their sectors")


def _chain(start: int, table: Sequence[int]) -> list[int]:
    """The sectors from `start` on, each in the table, which tells the next one."""
    chain: list[int] = []
    while start < len(table):
        chain.append(start)
        start = table[start]
        if len(chain) > len(table):
            raise ValueError("a chain of sectors goes round")
    return chain


def cell_text(value: object) -> str:
    """A cell as text: a whole number without a point, as a spreadsheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def _write_error(answer: str, reason: str, detail: str) -> None:
    Path(answer).write_text(json.dumps({"error": reason, "detail": detail}) + "\n", encoding="utf-8")


def _bound_memory(book_bytes: int) -> None:
    bound = min(MEMORY_BYTES, LEAST_MEMORY_BYTES + MEMORY_PER_BYTE * book_bytes)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (bound, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        pass  # a system without such a bound: its own lack of memory ends this process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
