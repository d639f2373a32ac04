"""Large files: read in pieces by another reader, to the very table that the program's own reader makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files import arrow_column, large_csv, short_labels
from engine.files.arrow_column import ArrowColumn
from engine.files.cells import parse_column
from engine.files.columns import distinct_cells, distinct_if_few
from engine.files.large_csv import read_large
from engine.files.short_labels import MOST_LABELS, numbered_labels
from engine.files.table import Table
from engine.files.table_file import read_in_pieces, read_table
from engine.files.table_reader import decoded, parse_table
from engine.files.tables import ColumnChoice, extract_samples, guess_columns

NUMBERS = st.one_of(
    st.floats(min_value=-1e3, max_value=1e3).map(repr),
    st.integers(-10, 400).map(str),
    st.sampled_from(
        ["70,5", ".5", "5.", "-1,25", "1e3", "1E-2", "+7", "inf", "-Infinity", "nan", "NaN", "1_000", "1,750",
         "1e999", "0x1p3", "1.750,5", "1,750.5", "٣", "--1", "1.2.3", "", "NA", "-", "None", "1 2", "00170"]
    ),
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(["M", "F", "남", "여", " M", "F ", "", "NA", "-", "+", "é", "e\u0301", "\u00a0x\u00a0"]),
    st.text(alphabet="abMF 남é'#.-", max_size=6),
)
CELLS = st.one_of(NUMBERS, WORDS)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(large_csv, "PIECE_BYTES", 40)


def large_table(data: bytes) -> Table | None:
    steps = list(read_large(data, Path("a.csv")))
    tables = [step for step in steps if isinstance(step, Table)]
    shares = [step for step in steps if isinstance(step, float)]
    assert shares == sorted(shares)
    assert all(0 < share <= 1 for share in shares)
    return tables[0] if tables else None


def own_table(data: bytes) -> Table:
    text, encoding = decoded(data, Path("a.csv"))
    return parse_table(text, Path("a.csv"), encoding)


def assert_same(large: Table, own: Table) -> None:
    """Every field, every cell, every number bit for bit, and every label."""
    for name in ("names", "header_line", "delimiter", "quote", "encoding", "repeated_names", "has_header"):
        assert getattr(large, name) == getattr(own, name), name
    assert large.surplus_rows == own.surplus_rows == frozenset()
    assert list(large.line_numbers) == list(own.line_numbers)
    for large_cells, own_cells in zip(large.columns, own.columns, strict=True):
        assert isinstance(large_cells, ArrowColumn)
        assert list(large_cells) == own_cells
        numbers = large_cells.numbers(own.delimiter)
        assert numbers.tobytes() == parse_column(own_cells, own.delimiter).tobytes() or np.array_equal(
            numbers, parse_column(own_cells, own.delimiter), equal_nan=True
        )
        labels, codes = large_cells.distinct
        own_labels, own_codes = distinct_cells(own_cells)
        assert (labels, codes.tolist()) == (own_labels, own_codes.tolist())


def result_of(table: Table, choice: ColumnChoice) -> object:
    try:
        result = extract_samples(table, choice)
    except FallLineError as error:
        return str(error)
    return (
        result.height_cm.tobytes(),
        result.weight_kg.tobytes(),
        result.class_index.tolist(),
        result.class_names,
        [(left.line, left.column, str(left.reason), left.cell) for left in result.left_out],
        result.doubts.rows.tolist(),
    )


@given(
    rows=st.lists(st.tuples(NUMBERS, NUMBERS, WORDS), min_size=1, max_size=30),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949"]),
)
def test_people_are_the_same_with_both_readers(rows, delimiter, end, encoding):
    lines = [delimiter.join(cell.replace(delimiter, " ") for cell in row) for row in rows]
    text = end.join([delimiter.join(("height", "weight", "sex")), *lines]) + end
    data = text.encode(encoding, errors="replace")
    large = large_table(data)
    own = own_table(data)
    assert large is not None or min(len(row) for row in (line.strip() for line in lines)) == 0
    if large is None:
        return
    assert_same(large, own)
    assert guess_columns(large) == guess_columns(own)
    choice = ColumnChoice(*own.names)
    assert result_of(large, choice) == result_of(own, choice)


@given(
    rows=st.lists(st.lists(CELLS, min_size=0, max_size=4), min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    quoted=st.booleans(),
)
def test_any_table_is_the_same_with_both_readers_or_left_to_the_own_one(rows, delimiter, end, quoted):
    def cell(text: str) -> str:
        return f'"{text}"' if quoted and len(text) % 2 else text

    text = end.join(delimiter.join(map(cell, row)) for row in [["a", "b", "c"], *rows])
    data = text.encode()
    large = large_table(data)
    if large is not None:
        assert_same(large, own_table(data))


@given(data=st.binary(max_size=200))
def test_any_bytes_are_the_same_or_a_sentence(data):
    try:
        large = large_table(data)
    except FallLineError:
        return
    if large is not None:
        assert_same(large, own_table(data))


@pytest.mark.parametrize(
    "body",
    ["1,2,a\n\n3,4,b\n", "1,2,a\r\n\r\n3,4,b\r\n",
     "1,2,a\n3,4\n", "1,2,a\n3,4,b,5\n", '1,2,"a\nb"\n', '1,2,"a ""b"""\n', "1,2,a\r3,4,b\n",
     '1,2,a"b\n', "\n1,2,a\n"],
)  # fmt: skip
def test_what_the_two_readers_would_split_in_different_ways_is_left_to_the_own_one(body):
    assert large_table(b"height,weight,sex\n" + body.encode()) is None


def test_quoted_cells_that_hold_nothing_special_are_read_in_pieces():
    data = b'"height","weight","sex"\r\n' + b'"182","77","M"\r\n161,58,"F"\r\n' * 10
    large = large_table(data)
    assert large is not None
    assert_same(large, own_table(data))


def test_a_file_over_the_limit_goes_through_and_one_below_does_not(tmp_path, monkeypatch):
    path = tmp_path / "people.csv"
    path.write_text("height,weight,sex\n" + "182,77,M\n161,58,F\n" * 50, encoding="utf-8")
    assert isinstance(read_table(path).columns[0], list)
    monkeypatch.setattr("engine.files.table_file.LARGE_BYTES", 100)
    steps = list(read_in_pieces(path))
    assert len(steps) > 5
    assert isinstance(steps[-1], Table)
    assert isinstance(steps[-1].columns[0], ArrowColumn)


def test_slices_and_single_cells_are_those_of_a_list():
    data = b"height,weight\n" + b"".join(b"%d,%d\n" % (n, 2 * n) for n in range(100))
    large, own = large_table(data), own_table(data)
    column, cells = large.columns[1], own.columns[1]
    assert column[:7] == cells[:7]
    assert column[90:300:3] == cells[90:300:3]
    assert column[50:20] == []
    assert [column[n] for n in (0, 41, 99)] == [cells[n] for n in (0, 41, 99)]
    assert large.row(3) == own.row(3)


def test_numbers_beyond_all_bounds_warn_of_nothing_with_either_reader():
    data = b"height,weight,sex\n0,0,M\n1e999,0,M\n1e999,1e999,M\n1e999,1e999,M\n"
    large = large_table(data)
    assert large is not None
    assert guess_columns(large) == guess_columns(own_table(data))


LABELS = st.one_of(
    st.sampled_from(["M", "F", "남", "여", "yes", "no", "seven77", "eight888", "", "-", "é"]),
    st.text(alphabet="ab남\u00e9 ", max_size=8),
)


@given(
    head=st.lists(LABELS, min_size=1, max_size=20),
    rest=st.lists(LABELS, max_size=20),
    size=st.integers(1, 7),
)
def test_short_labels_are_numbered_as_arrow_does_it_or_left_to_it(head, rest, size):
    cells = head + rest
    chunks = [
        pyarrow.array(cells[start : start + size], pyarrow.string()) for start in range(0, len(cells), size)
    ]
    whole = pyarrow.array(["x", *cells, "y"], pyarrow.string())
    for parts in (chunks, [whole.slice(1, len(cells))]):
        numbered = numbered_labels(parts)
        first = set(parts[0].to_pylist())
        fits = len(first) <= MOST_LABELS and all(len(cell.encode()) <= 7 for cell in cells)
        assert (numbered is not None) == (fits and first >= set(cells))
        if numbered is not None:
            labels, codes = numbered
            assert (labels, codes.tolist()) == (
                list(dict.fromkeys(cells)),
                [labels.index(cell) for cell in cells],
            )


def test_a_label_that_comes_after_the_first_rows_is_not_taken_for_another(monkeypatch):
    monkeypatch.setattr(short_labels, "HEAD_ROWS", 4)
    rng = np.random.default_rng(3)
    words = ["".join(rng.choice(list("abcdefgh"), int(rng.integers(1, 8)))) for _ in range(3000)]
    for word in words:  # many fall in the place of a known label
        cells = pyarrow.array(["yes", "no", "no", "yes", word], pyarrow.string())
        assert (numbered_labels([cells]) is None) == (word not in {"yes", "no"})
        assert ArrowColumn(pyarrow.chunked_array([cells])).distinct[0] == ["yes", "no", word]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
@pytest.mark.parametrize("cells", [["a"], ["b", "a", "b"], ["a", "b", "c", "a"], ["c"] * 9 + ["a", "b"]])
def test_different_cells_are_told_while_they_are_few(cells, most, monkeypatch):
    monkeypatch.setattr(arrow_column, "_LOOKED_AT", 2)
    different = list(dict.fromkeys(cells))
    expected = different if len(different) <= most else None
    assert distinct_if_few(cells, most) == expected
    column = ArrowColumn(pyarrow.chunked_array([cells[:2], cells[2:]], pyarrow.string()))
    assert distinct_if_few(column, most) == expected
