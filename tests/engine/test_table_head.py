"""Titles and notes above a table: every reader finds the header below them, and none is lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files.large_csv import read_large
from engine.files.sheets import read_sheet
from engine.files.table import Table
from engine.files.table_file import read_table
from engine.files.table_head import rows_above
from engine.files.table_reader import parse_table
from engine.files.tables import TextSource, guess_columns, open_table

HEADER = ("no", "name", "height", "weight", "label")
PEOPLE = [("1", "a", "150", "45", "short"), ("2", "b", "170", "60", "tall"), ("3", "c", "181", "70", "tall")]


def parsed(text: str) -> Table:
    return parse_table(text, Path("a.csv"))


def lines_of(rows, delimiter=",") -> list[str]:
    return [delimiter.join(row) for row in rows]


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (["Class 3B, spring", ""], ("Class 3B, spring",)),
        (["Class 3B", "measured by Kim; 3 May", ""], ("Class 3B", "measured by Kim; 3 May")),
        (["Class 3B,,,,"], ("Class 3B",)),
        (["Class 3B,2026", "n = 3"], ("Class 3B, 2026", "n = 3")),
        (["3학년 2반, 봄"], ("3학년 2반, 봄",)),
        (["School, room 4, Kim, Lee, May"], ("School, room 4, Kim, Lee, May",)),
        (["Measured, on Monday, in room 4, by Kim, and, Lee"],
         ("Measured, on Monday, in room 4, by Kim, and, Lee",)),
        ([",,cm,kg,"], ("cm, kg",)),
    ],
)  # fmt: skip
def test_lines_above_the_header_are_passed_over_and_told(above, said):
    table = parsed("\n".join([*above, *lines_of([HEADER, *PEOPLE])]))
    assert table.names == HEADER
    assert (table.above, table.has_header) == (said, True)
    line = len(above) + 1
    assert (table.header_line, list(table.line_numbers)) == (line, [line + 1, line + 2, line + 3])
    guess = guess_columns(table)
    assert (guess.height, guess.weight, guess.label) == ("height", "weight", "label")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_table_not_of_its_title(delimiter):
    title = "Class 3B, spring; morning | A"
    table = parsed("\n".join([title, "", *lines_of([HEADER, *PEOPLE], delimiter)]))
    assert (table.delimiter, table.names, table.header_line) == (delimiter, HEADER, 3)


def test_decimal_commas_below_a_title():
    table = parsed("Class 3B, spring\nheight;weight;sex\n170,5;60,2;M\n161,5;50,1;F\n")
    assert (table.delimiter, table.names) == (";", ("height", "weight", "sex"))


def test_a_title_over_people_without_a_header():
    table = parsed("Class 3B\n170;60;M\n160;50;F\n")
    assert (table.has_header, table.above, list(table.line_numbers)) == (False, ("Class 3B",), [2, 3])


@pytest.mark.parametrize(
    "text",
    [
        'height weight\n"1" 170 60\n'.replace(" ", ","),  # R: the header is a cell short
        'height,weight,sex\n"1",NA,NA,"M"\n"2",170,60,"F"\n"3",160,50,"M"\n',
        "height,weight,sex\nNA,NA,M\n170,60,F\n",
        "height,weight,sex\n,,M\ntall,60,F\n170,60,F\n",
        "height,weight,sex\ncm,kg,-\n170,60,F\n",
        "170,60,M\n160,50,F\n",
        "h,w,s,remark\n170,60,M\n160,50,F\n",
        "height,weight,sex\n170,60,M,1,2\n160,50,F,1,2\n",
        "height\n170\n160\n",
        "height,weight\nsmall,light\n",
    ],
)
def test_nothing_is_passed_over_where_the_first_row_is_the_header(text):
    table = parsed(text)
    assert (table.above, table.header_line) == ((), 1)


def test_a_sheet_and_pasted_text_are_read_alike(tmp_path):
    book = openpyxl.Workbook()
    for row in [("Class 3B", "spring"), (), HEADER, *PEOPLE]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx")
    text = "\n".join(["Class 3B\tspring", "", *lines_of([HEADER, *PEOPLE], "\t")])
    *_, opened = open_table(TextSource(text, "Clipboard"), None, lambda: False)
    for table in (sheet, opened.table):
        assert (table.names, table.header_line, table.above) == (HEADER, 3, ("Class 3B, spring",))
        assert list(table.line_numbers) == [4, 5, 6]
        assert [table.row(index) for index in range(3)] == PEOPLE
    assert opened.lack is None


def test_a_large_file_with_a_title_is_left_to_the_reader_that_knows_it(tmp_path, monkeypatch):
    text = "\n".join(["Class 3B, spring", *lines_of([HEADER, *PEOPLE])])
    assert not any(isinstance(step, Table) for step in read_large(text.encode(), Path("a.csv")))
    monkeypatch.setattr("engine.files.table_file.LARGE_BYTES", 10)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    table = read_table(tmp_path / "a.csv")
    assert (table.names, table.above, table.header_line) == (HEADER, ("Class 3B, spring",), 2)


CELLS = st.sampled_from(["height", "weight", "Class 3B", "a", "x y", "NA", "", "170", "60.5", "7"])
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=9)


@given(rows=ROWS, delimiter=st.sampled_from(",;\t|"))
def test_both_readers_of_text_begin_at_the_same_line(rows, delimiter):
    text = "\n".join(lines_of(rows, delimiter)) + "\n"
    try:
        large = [step for step in read_large(text.encode(), Path("a.csv")) if isinstance(step, Table)]
    except FallLineError:
        return
    for table in large:
        own = parsed(text)
        assert (table.names, table.above, list(table.line_numbers)) == (
            own.names, own.above, list(own.line_numbers),
        )  # fmt: skip


@given(rows=ROWS)
def test_a_table_is_never_passed_over_as_a_whole(rows):
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    above = rows_above(filled)
    assert 0 <= above < len(filled)
