"""The formats that the program reads: valid files, how mistakes are put into them, what reads their bytes.

What a reader returns has to be good for the next step, too: samples and documents must be written as a
session, weights exported, a recovered window written to its journal again, and each read back.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.document.importing import replaced_by
from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.files import (
    sheet_worker,
    weights_csv,
    weights_json,
    weights_npz,
    weights_onnx,
    weights_safetensors,
)
from engine.files.arrow_column import ArrowColumn
from engine.files.column_guess import guess_columns
from engine.files.extraction import extract_samples
from engine.files.journal import decode_journal, work_pieces
from engine.files.large_csv import read_large
from engine.files.scene_text import decode_scene_text
from engine.files.scenes import parse_scene
from engine.files.session import decode_session, decode_state, encode_session, encode_state
from engine.files.sheets import table_of_answer
from engine.files.table import Table
from engine.files.table_reader import decoded, parse_table
from engine.files.table_source import TextSource, open_table
from engine.files.weights import WeightsFile
from script.fuzzing import books, mutations, valid

PEOPLE = Path("people.csv")


@dataclass(frozen=True)
class Format:
    """Valid files of a format, how mistakes are put into them, and what reads their bytes.

    `is_child` where the program reads it in a process of its own, which a file may therefore end.
    """

    valid: Callable[[], list[bytes]]
    read: Callable[[bytes], object]
    mutate: mutations.Mutation = mutations.in_bytes
    is_child: bool = False


def _again(read: Callable[[bytes], object], data: bytes) -> None:
    """What the program itself has written is read again, whatever it has been made of."""
    try:
        read(data)
    except FallLineError as error:
        raise AssertionError(f"what was read cannot be written and read again: {error}") from error


def _read_session(data: bytes) -> None:
    _again(decode_session, encode_session(decode_session(data)))


def _read_scene(data: bytes) -> None:
    _write(parse_scene(data).state)


def _read_scene_text(data: bytes) -> None:
    _write(decode_scene_text(data.decode("utf-8", "surrogateescape")))


def _read_journal(data: bytes) -> None:
    _again(decode_journal, b"".join(work_pieces(decode_journal(data))))


def _read_weights(module) -> Callable[[bytes], None]:  # noqa: ANN001 - a module of weights
    def read(data: bytes) -> None:
        found: WeightsFile = module.decode(data)
        _again(module.decode, module.encode(found))

    return read


def _read_text_table(data: bytes) -> None:
    if data.strip():  # `read_bytes` says so first
        text, encoding = decoded(data, PEOPLE)
        _use(parse_table(text, PEOPLE, encoding))


def _read_large_table(data: bytes) -> None:
    """By pyarrow, whatever the size; what it reads is what the reader of small files reads."""
    if not data.strip():
        return
    found = _last_table(read_large(data, PEOPLE))
    text, encoding = decoded(data, PEOPLE)
    same = parse_table(text, PEOPLE, encoding)
    if found is None:
        return
    for name in (
        "names",
        "header_line",
        "delimiter",
        "quote",
        "surplus_rows",
        "repeated_names",
        "has_header",
    ):
        if getattr(found, name) != getattr(same, name):
            raise AssertionError(f"{name}: {getattr(found, name)!r} and {getattr(same, name)!r}")
    if list(found.line_numbers) != list(same.line_numbers):
        raise AssertionError("the readers number the rows differently")
    for mine, other in zip(found.columns, same.columns, strict=True):
        if list(mine) != list(other):
            raise AssertionError(f"cells: {list(mine)!r} and {list(other)!r}")
    _compare_use(found, same)


def _compare_use(found: Table, same: Table) -> None:
    """Both tables propose the same columns and give the same samples, or the same sentence."""
    answers = []
    for table in (found, same):
        try:
            choice = guess_columns(table)
            made = extract_samples(table, choice)
            marks = None if made.held_out is None else made.held_out.tobytes()
            columns = (made.height_cm.tobytes(), made.weight_kg.tobytes(), made.class_index.tobytes(), marks)
            answers.append((choice, columns, made.class_names, list(map(str, made.left_out))))
        except FallLineError as error:
            answers.append(str(error))
    if answers[0] != answers[1]:
        raise AssertionError(f"{answers[0]!r} and {answers[1]!r}")
    assert all(isinstance(column, ArrowColumn) for column in found.columns)
    _use(found)


def _read_clipboard(data: bytes) -> None:
    source = TextSource(data.decode("utf-8", "surrogateescape"), "Clipboard")
    for opened in open_table(source, None, lambda: False):
        _use(opened.table)


def _read_book(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        folder = _folder()
        book, answer = folder / f"people{suffix}", folder / "answer.json"
        book.write_bytes(data)
        sheet_worker.main([str(book), str(answer)])
        _use(table_of_answer(answer, book))

    return read


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fall-line-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _last_table(steps: Iterator[float | Table]) -> Table | None:
    found = None
    for step in steps:
        found = step if isinstance(step, Table) else None
    return found


def _use(table: Table) -> None:
    """A table's samples, as a document that is saved and opened again."""
    made = extract_samples(table, guess_columns(table))
    for left in made.left_out[:3]:
        str(left.reason)
    _write(
        replaced_by(
            DocumentState(),
            made.height_cm,
            made.weight_kg,
            made.class_index,
            made.class_names,
            made.class_keys,
            made.label_set,
            made.held_out,
        )
    )


def _write(state: DocumentState) -> None:
    _again(decode_state, encode_state(state))


def _weights_format(module, mutate: mutations.Mutation) -> Format:  # noqa: ANN001 - a module of weights
    return Format(lambda: [module.encode(one) for one in valid.weights()], _read_weights(module), mutate)


def _book_format(suffix: str, made: Callable[[], list[bytes]], mutate: mutations.Mutation) -> Format:
    return Format(made, _read_book(suffix), mutate, is_child=True)


FORMATS: dict[str, Format] = {
    "json": _weights_format(weights_json, mutations.in_json),
    "npz": _weights_format(weights_npz, mutations.in_archive),
    "weights_csv": _weights_format(weights_csv, mutations.in_weights_table),
    "onnx": _weights_format(weights_onnx, mutations.in_bytes),
    "safetensors": _weights_format(weights_safetensors, mutations.in_bytes),
    "session": Format(valid.sessions, _read_session, mutations.in_json),
    "scene": Format(valid.scene_files, _read_scene, mutations.in_json),
    "scene_text": Format(valid.scene_lines, _read_scene_text, mutations.in_scene_text),
    "journal": Format(valid.journals, _read_journal, mutations.in_journal),
    "csv": Format(valid.tables, _read_text_table),
    "csv_large": Format(valid.plain_tables, _read_large_table),
    "clipboard": Format(lambda: [text.encode() for text in _pasted()], _read_clipboard),
    "xlsx": _book_format(".xlsx", books.xlsx_books, mutations.in_archive),
    "xlsb": _book_format(".xlsb", books.xlsb_books, mutations.in_archive),
    "ods": _book_format(".ods", books.ods_books, mutations.in_archive),
    "xls": _book_format(".xls", books.xls_books, mutations.in_bytes),
}


def _pasted() -> list[str]:
    rows = "height (cm)\tweight\tsex\n170.5\t65\tF\n180\t80,25\tM\n160\t\tF\n"
    return [
        rows,
        rows.replace("\n", "\r\n"),
        '"a ""b"""\t"c\nd"\n1\t2\n',
        "키 몸무게\n170,65\n",
        "170\t60\n180\t90",
    ]


@cache
def valid_files(name: str) -> list[bytes]:
    """The valid files of a format, each read once to see that it is."""
    known = FORMATS[name]
    files = known.valid()
    for data in files:
        try:
            known.read(data)
        except FallLineError:
            if name not in ("csv", "csv_large", "clipboard", "xlsx"):  # a table without people
                raise
    return files
