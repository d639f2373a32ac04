"""Valid spreadsheets of the four kinds that are read: .xlsx, .ods, .xlsb and .xls."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[list[object]] = [
    ["height (cm)", "weight (kg)", "sex"],
    [182, 77.5, "M"],
    [161.25, 58, "F"],
    [170, None, "여"],
]
_ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


def xlsx_books() -> list[bytes]:
    """Excel's present kind, as openpyxl writes it: numbers, words, gaps, dates, truth, two sheets."""
    import openpyxl

    books = []
    for rows in (ROWS, [["date", "male"], [datetime.date(2001, 2, 3), True], ["?", "=1+1"]]):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.active.merge_cells("D1:E2")
        book.create_sheet("notes")["B2"] = "nothing"
        stream = io.BytesIO()
        book.save(stream)
        books.append(stream.getvalue())
    return books


def ods_books() -> list[bytes]:
    """LibreOffice's kind, with a cell and a row that stand for several."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in ROWS)
    repeated = (
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="60"/>'
        "</table:table-row>"
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="people">{lines}{repeated}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return [
        _archive(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": content.encode(),
                "META-INF/manifest.xml": manifest.encode(),
            }
        )
    ]


def xlsb_books() -> list[bytes]:
    """Excel's binary kind, of the few records that a sheet needs."""
    target = f'<Relationship Id="rId1" Type="{_SHEET}" Target="worksheets/sheet1.bin"/>'
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("people")
    width, height = len(ROWS[0]), len(ROWS)
    cells = b"".join(
        _record(0x0000, struct.pack("<I", number) + bytes(13))
        + b"".join(_xlsb_cell(column, value) for column, value in enumerate(row) if value is not None)
        for number, row in enumerate(ROWS)
    )
    sheet = (
        _record(0x0081)
        + _record(0x0094, struct.pack("<4I", 0, height - 1, 0, width - 1))
        + _record(0x0091)
        + cells
        + _record(0x0092)
        + _record(0x0082)
    )
    workbook = (
        _record(0x0083)
        + _record(0x0099, bytes(12))
        + _record(0x008F)
        + _record(0x009C, bundle)
        + _record(0x0090)
        + _record(0x0084)
    )
    return [
        _archive(
            {
                "xl/_rels/workbook.bin.rels": _RELATIONS.format(target).encode(),
                "xl/workbook.bin": workbook,
                "xl/worksheets/sheet1.bin": sheet,
            }
        )
    ]


def xls_books() -> list[bytes]:
    """Excel's kind of 1997; nothing in the tests can write it, so it is kept as a file."""
    return [(ROOT / "tests" / "engine" / "data" / "people.xls").read_bytes()]


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def _xlsb_cell(column: int, value: object) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(0x0006, place + _wide(value))
    return _record(0x0005, place + struct.pack("<d", value))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    """Kind and length in 7 bits a byte, low ones first, then the content."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    return head + bytes([length & 0x7F | 0x80, length >> 7] if length > 0x7F else [length]) + content


def _archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
