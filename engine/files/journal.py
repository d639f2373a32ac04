"""The recovery journal: every change of a document on a line of its own, written as it happens.

`docs/recovery.md` describes the format. A line that is torn or damaged ends the journal: what stands before
it is whole, as each line carries its checksum.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.command_codec import (
    check_classes,
    command_from,
    command_tree,
    command_type,
    document_from,
    document_tree,
    document_type,
    pieces,
)
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.journal_run import run_from, run_tree, run_type, view_from, view_tree
from engine.files.reading import read_file
from engine.files.session_content import SessionView

SUFFIX = ".journal"
FORMAT = "fall-line-journal"
VERSION = 1

_CHECKSUM_LENGTH = 9  # a space and eight digits


def work_pieces(work: Work) -> Iterator[bytes]:
    """A snapshot of everything, the first line of a journal, piece by piece."""
    tree: dict[str, object] = {
        "record": "snapshot",
        "format": FORMAT,
        "version": VERSION,
        "document": document_tree(work.state),
        "commands": [_entry_tree(entry) for entry in work.entries],
        "index": work.index,
        "run": None if work.run is None else run_tree(work.run),
        "view": None if work.view is None else view_tree(work.view),
    }
    return _line(tree)


def change_pieces(change: StackChange) -> Iterator[bytes]:
    """The line of a change of the undo stack, piece by piece."""
    entries = [_entry_tree(entry) for entry in change.entries]
    return _line({"record": "stack", "place": change.place, "commands": entries, "index": change.index})


def run_pieces(run: RunRecord | None) -> Iterator[bytes]:
    """The line of where the run stands, piece by piece."""
    return _line({"record": "run", "run": None if run is None else run_tree(run)})


def view_pieces(view: SessionView) -> Iterator[bytes]:
    """The line of the window's set-up, piece by piece."""
    return _line({"record": "view", "view": view_tree(view)})


def read_journal(path: Path) -> Work:
    """Read a journal up to its end or to the first line that is not whole.

    Raises
    ------
    FallLineError
        If it cannot be read, or its first line is no snapshot that this program knows.
    """
    return decode_journal(read_file(path))


def decode_journal(data: bytes) -> Work:
    """The work that the bytes of a journal hold; raises as `read_journal` does."""
    work: Work | None = None
    for line in _whole_lines(data):
        try:
            work = _after(work, line)
        except (FallLineError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
            break  # a whole line that makes no sense: what stands before it does
    if work is None:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "This is not a recovery file that can be read."))
    return work


def is_journal(path: Path) -> bool:
    """Whether a file begins as a journal of this version does; no more of it is read."""
    start = b"".join(_start_of_snapshot())
    try:
        with path.open("rb") as stream:
            return stream.read(len(start)) == start
    except OSError:
        return False


def _start_of_snapshot() -> Iterator[bytes]:
    for piece in pieces({"record": "snapshot", "format": FORMAT, "version": VERSION}):
        yield piece if piece != b"}" else b","


def _line(tree: dict[str, object]) -> Iterator[bytes]:
    """JSON, a space and its CRC-32 in eight hexadecimal digits, and the end of the line."""
    checksum = 0
    for piece in pieces(tree):
        checksum = zlib.crc32(piece, checksum)
        yield piece
    yield f" {checksum:08x}\n".encode("ascii")


def _whole_lines(data: bytes) -> Iterator[memoryview]:
    """The JSON of each line up to the first that is torn or damaged."""
    start, view = 0, memoryview(data)
    while (end := data.find(b"\n", start)) >= 0:
        body, checksum = view[start : end - _CHECKSUM_LENGTH], data[end - _CHECKSUM_LENGTH : end]
        if end - start <= _CHECKSUM_LENGTH or checksum != f" {zlib.crc32(body):08x}".encode("ascii"):
            return
        yield body
        start = end + 1


def _after(work: Work | None, line: memoryview) -> Work:
    """The work after one more line."""
    import msgspec

    found = msgspec.json.decode(line, type=_record_type())
    kind = type(found).__struct_config__.tag
    if kind == "snapshot":
        return _work_from(found)
    if work is None:
        raise ValueError("a journal begins with a snapshot")
    if kind == "stack":
        return _changed(work, StackChange(found.place, _entries_from(found.commands), found.index))
    if kind == "run":
        return work.at_run(None if found.run is None else run_from(found.run))
    return replace(work, view=view_from(found.view))


def _changed(work: Work, change: StackChange) -> Work:
    after = work.after(change)
    known = set(map(id, work.state.samples.blocks))
    for block in after.state.samples.blocks:
        if id(block) not in known:
            check_classes(block, len(after.state.classes))
    return after


def _work_from(found: Any) -> Work:  # noqa: ANN401 - of `_record_type`
    if (found.format, found.version) != (FORMAT, VERSION):
        raise ValueError("this is no journal of this version")
    entries = _entries_from(found.commands)
    if not 0 <= found.index <= len(entries):
        raise ValueError("there is no such place on the undo stack")
    return Work(
        document_from(found.document),
        entries,
        found.index,
        None if found.run is None else run_from(found.run),
        None if found.view is None else view_from(found.view),
    )


def _entry_tree(entry: UndoEntry) -> dict[str, object]:
    label = {"key": entry.key, "count": entry.count, "text": entry.text}
    return {"label": label, "command": command_tree(entry.command)}


def _entries_from(found: list[Any]) -> tuple[UndoEntry, ...]:
    return tuple(
        UndoEntry(command_from(entry.command), entry.label.key, entry.label.count, entry.label.text)
        for entry in found
    )


@cache
def _record_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """A line of any kind."""
    import msgspec

    def record(name: str, entries: dict[str, Any]) -> Any:  # noqa: ANN401
        options: dict[str, Any] = {"tag": name, "tag_field": "record"}
        return msgspec.defstruct(
            name.title(), list(entries.items()), kw_only=True, forbid_unknown_fields=True, **options
        )

    label: Any = msgspec.defstruct("Label", [("key", str), ("count", int), ("text", str)], kw_only=True)
    entry: Any = msgspec.defstruct("Entry", [("label", label), ("command", command_type())], kw_only=True)
    entries: Any = list.__class_getitem__(entry)
    run: Any = run_type() | None
    snapshot = {
        "format": str,
        "version": int,
        "document": document_type(),
        "commands": entries,
        "index": int,
        "run": run,
        "view": dict[str, Any] | None,
    }
    stack = {"place": int, "commands": entries, "index": int}
    kinds = {"snapshot": snapshot, "stack": stack, "run": {"run": run}, "view": {"view": dict[str, Any]}}
    union: Any = None
    for name, parts in kinds.items():
        made = record(name, parts)
        union = made if union is None else union | made
    return union
