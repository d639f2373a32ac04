"""Sheets of spreadsheets as tables: what stands in their cells, which sheet, and broken or hostile books."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

import main as program
from engine.files import sheet_worker
from engine.files.column_guess import has_people
from engine.files.sheets import is_spreadsheet, read_sheet
from engine.files.tables import TableError, extract_samples, guess_columns

DATA = Path(__file__).parent / "data"
PEOPLE = [["height", "weight", "sex"], [182, 77.5, "M"], [161.25, 58, "F"], [170, None, "F"]]

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""


def save_book(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def save_ods(path: Path, rows: list[list[object]], repeated: str = "") -> Path:
    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    table = f'<table:table table:name="people">{lines}{repeated}</table:table>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_CONTENT.format(tables=table))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def test_numbers_words_and_empty_cells_of_excel(tmp_path):
    table = read_sheet(save_book(tmp_path / "a.xlsx", people=PEOPLE))
    assert table.names == ("height", "weight", "sex")
    assert [list(column) for column in table.columns] == [
        ["182", "161.25", "170"],
        ["77.5", "58", ""],
        ["M", "F", "F"],
    ]
    assert (table.sheet, table.sheets) == ("people", ("people",))
    result = extract_samples(table, guess_columns(table))
    assert result.height_cm.tolist() == [182.0, 161.25]
    assert [(left.line, str(left.reason)) for left in result.left_out] == [(4, "weight is missing")]


def test_a_sheet_of_libreoffice(tmp_path):
    path = save_ods(
        tmp_path / "a.ods", [["키 (cm)", "몸무게(kg)", "성별"], [182, 77.5, "남"], [161, 58, "여"]]
    )
    table = read_sheet(path)
    assert table.names == ("키 (cm)", "몸무게(kg)", "성별")
    result = extract_samples(table, guess_columns(table))
    assert result.weight_kg.tolist() == [77.5, 58.0]
    assert result.class_names == ("남", "여")


def test_every_number_comes_out_bit_for_bit(tmp_path):
    values = np.round(np.random.default_rng(3).normal(170, 30, 200), 10)  # as many digits as the writer keeps
    rows = [["height", "weight"], *([float(value), 60.0] for value in values)]
    table = read_sheet(save_book(tmp_path / "a.xlsx", s=rows))
    assert np.array([float(cell) for cell in table.columns[0]]).tobytes() == values.tobytes()


def test_the_first_sheet_with_rows_is_read_and_any_other_by_its_name(tmp_path):
    path = save_book(tmp_path / "a.xlsx", notes=[], people=PEOPLE, 어른=[["키", "몸무게"], [170, 60]])
    first = read_sheet(path)
    assert (first.sheet, first.sheets) == ("people", ("notes", "people", "어른"))
    assert read_sheet(path, "어른").names == ("키", "몸무게")


NOTE = [["설명"], ["이 파일은 키와 몸무게의 표입니다."]]


def test_a_note_in_front_of_the_people_is_passed_over_and_still_offered(tmp_path):
    path = save_book(tmp_path / "a.xlsx", note=NOTE, empty=[], codes=[["a", "b"], [1, 2]], people=PEOPLE)
    table = read_sheet(path)
    assert (table.sheet, table.sheets) == ("people", ("note", "empty", "codes", "people"))
    assert list(table.columns[0]) == ["182", "161.25", "170"]
    assert read_sheet(path, "note").sheet == "note"


def test_a_header_without_rows_in_front_of_the_people_is_passed_over(tmp_path):
    path = save_book(tmp_path / "a.xlsx", head=[["height", "weight"], [None], [" "]], people=PEOPLE)
    assert read_sheet(path).sheet == "people"


def test_the_first_of_two_sheets_with_people_is_read(tmp_path):
    rows = [["height", "weight"], [150, 50]]
    assert read_sheet(save_book(tmp_path / "a.xlsx", note=NOTE, b=rows, people=PEOPLE)).sheet == "b"


def test_without_people_the_first_sheet_with_rows_stays(tmp_path):
    path = save_book(tmp_path / "a.xlsx", note=NOTE, codes=[["a", "b"], [1, 2]])
    assert read_sheet(path).sheet == "note"


def test_only_the_first_rows_of_the_first_sheets_are_looked_at(tmp_path, monkeypatch):
    late = [["p", "q"], *([["x", "y"]] * sheet_worker.FIRST_ROWS), *PEOPLE]
    assert read_sheet(save_book(tmp_path / "a.xlsx", note=NOTE, late=late)).sheet == "note"
    many = {f"n{number}": NOTE for number in range(sheet_worker.MOST_SHEETS)}
    assert read_sheet(save_book(tmp_path / "b.xlsx", **many, people=PEOPLE)).sheet == "n0"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_real_book_whose_first_sheet_explains_it_opens_on_the_people(kind):
    table = read_sheet(DATA / f"calc.{kind}")
    assert table.sheet != "설명"
    assert "설명" in table.sheets
    assert has_people(guess_columns(table))


def test_hidden_sheets_are_not_offered(tmp_path):
    path = save_book(tmp_path / "a.xlsx", secret=PEOPLE, people=PEOPLE)
    book = openpyxl.load_workbook(path)
    book["secret"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert read_sheet(path).sheets == ("people",)


def test_a_table_that_begins_further_down_keeps_the_rows_numbers(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "Class of 2026"
    for number, row in enumerate(PEOPLE):
        for column, value in enumerate(row):
            sheet.cell(5 + number + (number > 1), 2 + column, value)
    book.save(tmp_path / "a.xlsx")
    table = read_sheet(tmp_path / "a.xlsx")
    assert table.names == ("height", "weight", "sex")
    assert (table.header_line, list(table.line_numbers)) == (5, [6, 8, 9])


def test_dates_and_truth_are_text(tmp_path):
    rows = [["height", "born", "male"], [170, datetime.date(2001, 2, 3), True], [160, "?", False]]
    table = read_sheet(save_book(tmp_path / "a.xlsx", s=rows))
    assert table.columns[1][0].startswith("2001-02-03")
    assert list(table.columns[2]) == ["TRUE", "FALSE"]


def test_a_sheet_without_a_header_is_read_from_its_first_row(tmp_path):
    table = read_sheet(save_book(tmp_path / "a.xlsx", s=PEOPLE[1:3]))
    assert (len(table), table.has_header, list(table.line_numbers)) == (2, False, [1, 2])
    choice = guess_columns(table)
    assert (choice.height, choice.weight, choice.label) == ("column 1", "column 2", "column 3")


@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_a_book_written_by_libreoffice_is_the_same_in_each_of_its_formats(kind):
    """A title over merged cells, an empty row, formulas with their values, a number shown as a date."""
    path = DATA / f"calc.{kind}"
    assert read_sheet(path).sheets == ("설명", "신체 검사", "three")
    table = read_sheet(path, "신체 검사")
    assert (table.header_line, list(table.line_numbers)) == (3, [4, 5, 7, 8, 9])
    assert table.names == ("번호", "키(cm)", "몸무게 (kg)", "성별", "검사일")
    assert [table.row(index) for index in range(len(table))] == [
        ("1", "182", "77.5", "남", "2026-03-02"),
        ("2", "1900-06-09T06:00:00", "58", "여", "2026-03-02"),
        ("3", "170.5", "60.5", "여", "2026-03-03"),
        ("4", "", "70", "남", ""),
        ("5", "57", "166", "", "2026-03-04"),
    ]
    found = extract_samples(table, guess_columns(table))
    assert (found.height_cm.tolist(), found.weight_kg.tolist()) == ([182.0, 170.5], [77.5, 60.5])
    assert found.class_names == ("남", "여")
    assert [(left.line, str(left.reason)) for left in found.left_out] == [
        (5, "키(cm) is not a number"),
        (8, "키(cm) is missing"),
        (9, "성별 is missing"),
    ]
    assert read_sheet(path, "three").row(1) == ("180", "80", "M")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_book_that_is_cut_off_ends_in_a_sentence(tmp_path, share):
    whole = save_book(tmp_path / "a.xlsx", people=PEOPLE).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(TableError, match=r"broken|empty"):
        read_sheet(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_anything_else_called_so_ends_in_a_sentence(tmp_path, name):
    (tmp_path / name).write_bytes(b"height,weight\n1,2\n")
    with pytest.raises(TableError, match="broken or of a kind"):
        read_sheet(tmp_path / name)


def test_a_sheet_that_asks_for_more_memory_than_there_is_ends_in_a_sentence(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "height", 3
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(TableError, match="too large to be opened"):
        read_sheet(tmp_path / "a.xlsx")


def test_rows_repeated_a_million_times_a_million_columns_end_in_a_sentence(tmp_path):
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="1000000" office:value-type="float"'
        ' office:value="1">'
        "<text:p>1</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(TableError, match=r"too large|broken"):
        read_sheet(save_ods(tmp_path / "a.ods", [["height", "weight"]], bomb))


def test_an_empty_sheet_and_one_that_is_gone(tmp_path):
    path = save_book(tmp_path / "a.xlsx", nothing=[])
    with pytest.raises(TableError, match="The sheet “nothing” is empty"):
        read_sheet(path)
    with pytest.raises(TableError):
        read_sheet(path, "gone")


def test_a_reading_that_nobody_waits_for_ends(tmp_path):
    with pytest.raises(TableError):
        read_sheet(save_book(tmp_path / "a.xlsx", people=PEOPLE), None, lambda: True)


def test_which_files_are_spreadsheets():
    names = ("a.XLSX", "a.xls", "a.ods", "a.csv", "xlsx")
    assert [is_spreadsheet(Path(name)) for name in names] == [True, True, True, False, False]


def test_a_bundle_reads_sheets_by_its_own_command(tmp_path):
    path = save_book(tmp_path / "a.xlsx", people=PEOPLE)
    main = Path(program.__file__ or "")  # a process of its own: it limits its memory
    words = [sys.executable, str(main), "read-sheet", str(path), str(tmp_path / "answer.json")]
    assert subprocess.run(words, check=False).returncode == 0
    lines = (tmp_path / "answer.json").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {"sheets": ["people"], "sheet": "people"}
    assert json.loads(lines[1]) == [1, ["height", "weight", "sex"]]
