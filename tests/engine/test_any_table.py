"""Any file at all gives samples or a sentence; and the real files give what is known of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files.tables import ColumnChoice, extract_samples, guess_columns, read_table

CELLS = st.one_of(
    st.text(alphabet='0123456789.,;-+eE"NAn/ \t|남é', max_size=8),
    st.floats(min_value=1, max_value=300).map(repr),
    st.sampled_from(["", "NA", "M", "F", "170", "70,5", '"x', "inf", "\0"]),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12)


@pytest.fixture(scope="module")
def any_file(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "any.csv"


def all_accounted_for(path: Path) -> None:
    """Read a file and take the first three columns: a clean result or a sentence, and nothing else."""
    try:
        table = read_table(path)
        guess_columns(table)
        names = (*table.names, "", "", "")[:3]
        result = extract_samples(table, ColumnChoice(*names))
    except FallLineError:
        return
    assert len(result.height_cm) + len(result.left_out) == len(table)
    assert np.isfinite(result.height_cm).all()
    assert (result.height_cm > 0).all()
    assert (result.weight_kg > 0).all()
    assert min(result.class_counts) >= 1
    assert 2 <= len(result.class_names) <= 8
    assert all(
        left.line <= path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1
        for left in result.left_out
    )


@given(rows=TABLES, delimiter=st.sampled_from(",;\t|"), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_table_gives_a_result_or_a_sentence(any_file, rows, delimiter, end):
    text = f"height{delimiter}weight{delimiter}sex{end}" + end.join(delimiter.join(row) for row in rows)
    any_file.write_bytes(text.encode())
    all_accounted_for(any_file)


@given(data=st.binary(max_size=300))
def test_any_bytes_give_a_result_or_a_sentence(any_file, data):
    any_file.write_bytes(data)
    all_accounted_for(any_file)


@given(text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_gives_a_result_or_a_sentence(any_file, text, encoding):
    any_file.write_bytes(text.encode(encoding))
    all_accounted_for(any_file)


PERSON_500 = "500_Person_Gender_Height_Weight_Index.csv"
US = "01_heights_weights_genders.csv"


@pytest.mark.parametrize(
    ("name", "choice", "left_out", "counts"),
    [
        ("Davis.csv", ColumnChoice("height", "weight", "sex"), 0, (112, 88)),
        ("Howell2.csv", ColumnChoice("height", "weight", "male"), 301, (287, 258)),
        (PERSON_500, ColumnChoice("Height", "Weight", "Gender"), 0, (255, 245)),
        (US, ColumnChoice("Height", "Weight", "Gender", "in", "lb"), 0, (5000, 5000)),
    ],
)
def test_real_data(shared_data, name, choice, left_out, counts):
    table = read_table(shared_data / name)
    result = extract_samples(table, choice)
    assert (len(result.left_out), result.class_counts) == (left_out, counts)
    assert len(result.height_cm) == sum(counts)
    guess = guess_columns(table)
    assert (guess.height, guess.weight, guess.label) == (choice.height, choice.weight, choice.label)
    assert (guess.height_unit, guess.weight_unit) == (choice.height_unit, choice.weight_unit)
