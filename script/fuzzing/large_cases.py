"""Files of 20 MB, one for each way to take a reader's memory or time."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine.files import weights_onnx
from engine.files.journal import decode_journal, work_pieces
from engine.files.journal_content import Work
from engine.files.registry import open_weights
from engine.files.scene_text import decode_scene_text, pack_line
from engine.files.scenes import load_scene
from engine.files.session import encode_session, read_session
from engine.files.session_content import Session
from engine.files.table_source import FileSource, TextSource, open_table
from engine.files.tables import extract_samples
from engine.samples import Samples
from script.fuzzing import books, valid

LARGE = 20_000_000
WEIGHTS = 16 * 2**20
"""The largest file of weights that is looked into."""


def read_table_file(path: Path) -> object:
    """As the window does it."""
    *_, opened = open_table(FileSource(path), None, lambda: False)
    return extract_samples(opened.table, opened.guess)


def read_pasted(path: Path) -> object:
    """A file's text as if it had been pasted."""
    *_, opened = open_table(TextSource(path.read_text("utf-8"), "Clipboard"), None, lambda: False)
    return extract_samples(opened.table, opened.guess)


def read_line(path: Path) -> object:
    """A file's text as a scene in one line."""
    return decode_scene_text(path.read_text("utf-8"))


def read_recovered(path: Path) -> object:
    """A recovery journal."""
    return decode_journal(path.read_bytes())


def filled(start: bytes, piece: bytes, end: bytes = b"", size: int = LARGE) -> bytes:
    """As many pieces between start and end as make so many bytes."""
    return start + piece * ((size - len(start) - len(end)) // len(piece)) + end


def bomb(
    members: dict[str, bytes],
    name: str,
    start: bytes,
    piece: bytes,
    *,
    declared: int | None = None,
    size: int = LARGE,
) -> bytes:
    """A ZIP archive of that size with a member that unpacks to a thousand times as much, or says less."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(piece * (2**24 // len(piece))) + packer.flush(zlib.Z_FULL_FLUSH)
    repeats = (size - 50_000) // len(block)
    unpacked = len(start) + 2**24 * repeats if declared is None else declared
    entries = [(key, zlib.crc32(content), content, len(content), 0) for key, content in members.items()]
    return _archive([*entries, (name, 0, head + block * repeats, min(unpacked, 2**32 - 2), 8)])


def _archive(entries: list[tuple[str, int, bytes, int, int]]) -> bytes:
    """A ZIP archive whose entries say what they are told to say."""
    body, directory = b"", b""
    for name, checksum, packed, size, method in entries:
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, checksum, len(packed), size, len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + common + name.encode() + packed
    count = len(entries)
    return (
        body
        + directory
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    )


def _sheet_bomb(suffix: str, piece: bytes, *, declared: int | None = None) -> bytes:
    """A spreadsheet whose sheet is a start and then a piece again and again."""
    import io
    import zipfile

    made = {"xlsx": books.xlsx_books, "ods": books.ods_books}[suffix]()[0]
    sheet = {"xlsx": "xl/worksheets/sheet1.xml", "ods": "content.xml"}[suffix]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    content = members.pop(sheet)
    row = content.index(b"<row" if suffix == "xlsx" else b"<table:table-row")
    return bomb(members, sheet, content[:row], piece, declared=declared)


def _onnx_dimension() -> bytes:
    from onnx import load_model_from_string

    model = load_model_from_string(weights_onnx.encode(valid.weights()[0]))
    model.graph.initializer[0].dims[:] = [2**40, 2**20]
    return model.SerializeToString()


def _sealed(body: bytes) -> bytes:
    return body + b" %08x\n" % zlib.crc32(body)


def _journal(column: bytes) -> bytes:
    """A snapshot whose samples have this text as their heights."""
    line = b"".join(work_pieces(Work(valid.states()[1]))).rpartition(b" ")[0]
    start = line.index(b'"height_cm":"') + 13
    return _sealed(line[:start] + column + line[line.index(b'"', start) :])


def _session_of_many() -> bytes:
    samples = b",\n".join(
        b'{"id":%d,"height_cm":170.5,"weight_kg":65.25,"class":0}' % number for number in range(LARGE // 60)
    )
    document = json.loads(encode_session(Session(replace(valid.states()[1], samples=Samples()))))
    empty = json.dumps({**document, "next_sample_id": 2**40, "samples": []}).encode()
    return empty.replace(b'"samples": []', b'"samples": [\n' + samples + b"\n]")


ROW = b'<row r="2"><c r="A2"><v>170</v></c><c r="B2"><v>60</v></c></row>'
ODS_ROW = (
    b'<table:table-row><table:table-cell office:value-type="float" office:value="60"/></table:table-row>'
)

Case = tuple[str, Callable[[], bytes], Callable[[Path], object]]

CASES: dict[str, Case] = {
    "json_too_large": ("a.json", lambda: filled(b"[", b"0,"), open_weights),
    "json_depth": ("a.json", lambda: filled(b"", b"[", size=WEIGHTS), open_weights),
    "json_digits": ("a.json", lambda: filled(b"", b"1", size=WEIGHTS), open_weights),
    "json_objects": ("a.json", lambda: filled(b"[", b"{},", b"0]", size=WEIGHTS), open_weights),
    "npz_bomb": ("a.npz", lambda: bomb({}, "format.npy", b"", b"\0", size=WEIGHTS), open_weights),
    "npz_liar": (
        "a.npz", lambda: bomb({}, "format.npy", b"", b"\0", declared=1000, size=WEIGHTS), open_weights,
    ),
    "onnx_dimension": ("a.onnx", _onnx_dimension, open_weights),
    "onnx_nested": ("a.onnx", lambda: filled(b"", b"\x3a\xff\xff\xff\x07", size=WEIGHTS), open_weights),
    "safetensors_header": (
        "a.safetensors", lambda: filled(struct.pack("<Q", WEIGHTS - 8), b"[", size=WEIGHTS), open_weights,
    ),
    "session_depth": ("a.fallline", lambda: filled(b'{"format":', b"["), read_session),
    "session_digits": ("a.fallline", lambda: filled(b'{"version":', b"9"), read_session),
    "session_samples": ("a.fallline", _session_of_many, read_session),
    "scene_depth": ("a.json", lambda: filled(b"", b"["), load_scene),
    "scene_list": ("a.json", lambda: filled(b'{"samples":[', b"0,", b"0]}"), load_scene),
    "scene_text_long": ("a.txt", lambda: filled(b"FALLLINE1:", b"A", b":"), read_line),
    "scene_text_bomb": ("a.txt", lambda: pack_line(bytes(140_000_000)).encode(), read_line),
    "journal_depth": ("a.journal", lambda: _sealed(filled(b'{"record":', b"[")), read_recovered),
    "journal_column": ("a.journal", lambda: _journal(base64.b64encode(bytes(15_000_000))), read_recovered),
    "journal_no_end": ("a.journal", lambda: filled(b"", b"{"), read_recovered),
    "journal_views": (
        "a.journal",
        lambda: filled(
            b"".join(work_pieces(Work(valid.states()[1]))), _sealed(b'{"record":"view","view":{}}')
        ),
        read_recovered,
    ),
    "csv_one_cell": ("a.csv", lambda: filled(b"height,weight\n", b"a"), read_table_file),
    "csv_digits": ("a.csv", lambda: filled(b"height,weight\n1,", b"9"), read_table_file),
    "csv_commas": ("a.csv", lambda: filled(b"height,weight\n1,2\n", b","), read_table_file),
    "csv_header": ("a.csv", lambda: filled(b"", b"a,", b"\n1,2\n"), read_table_file),
    "csv_quotes": ("a.csv", lambda: filled(b"height,weight\n", b'"'), read_table_file),
    "csv_short_rows": ("a.csv", lambda: filled(b"height,weight\n", b"1\n"), read_table_file),
    "csv_line_feeds": ("a.csv", lambda: filled(b"height,weight\n1,2", b"\n"), read_table_file),
    "csv_marks": (
        "a.csv", lambda: filled(b"height,weight\n1,a", "\u0315\u0300".encode()), read_table_file,
    ),
    "csv_bytes": ("a.csv", lambda: filled(b"height,weight\n1,", bytes(range(128, 256))), read_table_file),
    "csv_numbers": ("a.csv", lambda: filled(b"height,weight\n", b"170.5,65.25\n"), read_table_file),
    "csv_surplus": ("a.csv", lambda: filled(b"height,weight\n", b"170,65,1\n"), read_table_file),
    "csv_words": ("a.csv", lambda: filled(b"height,weight,sex\n", b"170,x,M\n"), read_table_file),
    "clipboard_commas": ("a.txt", lambda: filled(b"height\tweight\n", b"\t"), read_pasted),
    "clipboard_rows": ("a.txt", lambda: filled(b"height\tweight\n", b"170\t65\n"), read_pasted),
    "xlsx_bomb": ("a.xlsx", lambda: _sheet_bomb("xlsx", b" " * 64), read_table_file),
    "xlsx_rows": ("a.xlsx", lambda: _sheet_bomb("xlsx", ROW), read_table_file),
    "xlsx_liar": ("a.xlsx", lambda: _sheet_bomb("xlsx", ROW, declared=1000), read_table_file),
    "ods_liar": ("a.ods", lambda: _sheet_bomb("ods", ODS_ROW, declared=1000), read_table_file),
    "ods_bomb": ("a.ods", lambda: _sheet_bomb("ods", b" " * 64), read_table_file),
    "ods_rows": ("a.ods", lambda: _sheet_bomb("ods", ODS_ROW), read_table_file),
    "xls_zeros": ("a.xls", lambda: filled(books.xls_books()[0], b"\0"), read_table_file),
    "xls_chain": (
        "a.xls", lambda: filled(books.xls_books()[0][:512], struct.pack("<I", 0)), read_table_file,
    ),
}  # fmt: skip
"""For each the file's name, what makes it, and what reads it."""
