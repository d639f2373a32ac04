"""Samples as CSV: written with every label and digit, and opened again by the program's own import."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document.commands import moved_label_sets
from engine.document.importing import replaced_by
from engine.document.state import ClassInfo, DocumentState
from engine.files.label_sets import carried_labels, joined_labels, split_labels
from engine.files.samples_csv import samples_csv
from engine.files.table import Table
from engine.files.table_reader import parse_table
from engine.files.tables import (
    ClassRule,
    ColumnChoice,
    Extraction,
    TableError,
    extract_samples,
    guess_columns,
    read_table,
)
from engine.samples import NO_SET, Samples, lowest_label

NAMES = ["under", "over", "fit|strong"]
HEIGHTS, WEIGHTS = [170.1, 1 / 3 * 500, 160.0, 181.0, 150.5], [60.0, 70.25, 50.0, 95.0, 45.5]
SETS = [NO_SET, 0b110, 0, 0b101, NO_SET]
CLASSES = [1, 1, -1, 0, -1]


def several() -> Samples:
    return Samples.from_columns(HEIGHTS, WEIGHTS, CLASSES, [0, 1, 0, 0, 1], SETS)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def table_of(data: bytes) -> Table:
    return parse_table(data.decode(), Path("a.csv"))


def opened(data: bytes) -> Extraction:
    table = table_of(data)
    return extract_samples(table, guess_columns(table))


def carried(class_index, label_set, names) -> list[frozenset[str] | None]:
    """What each sample carries, by name; None without a label."""
    found: list[frozenset[str] | None] = []
    sets = [NO_SET] * len(class_index) if label_set is None else label_set.tolist()
    for index, mask in zip(class_index.tolist(), sets, strict=True):
        if mask != NO_SET:
            found.append(frozenset(name for k, name in enumerate(names) if mask >> k & 1))
        else:
            found.append(frozenset([names[index]]) if index >= 0 else None)
    return found


def test_all_labels_are_written_and_who_is_held_out():
    assert rows_of(samples_csv(several(), NAMES)) == [
        ["height_cm", "weight_kg", "class", "labels", "held_out"],
        ["170.1", "60.0", "over", "over", "0"],
        [repr(1 / 3 * 500), "70.25", "over", "over|fit\\|strong", "1"],
        ["160.0", "50.0", "", "|", "0"],
        ["181.0", "95.0", "under", "under|fit\\|strong", "0"],
        ["150.5", "45.5", "", "", "1"],
    ]


def test_columns_that_would_say_nothing_are_not_written():
    data = samples_csv(Samples.from_columns([170.0], [60.0], [0]), ["a", "b"])
    assert rows_of(data) == [["height_cm", "weight_kg", "class"], ["170.0", "60.0", "a"]]


def test_samples_of_several_labels_open_again_with_all_of_them():
    result = opened(samples_csv(several(), NAMES))
    assert result.class_names == ("fit|strong", "over", "under")  # by name, as always
    assert result.height_cm.tolist() == HEIGHTS[:4]
    assert result.label_set is not None
    assert carried(result.class_index, result.label_set, result.class_names) == [
        {"over"}, {"over", "fit|strong"}, frozenset(), {"under", "fit|strong"}
    ]  # fmt: skip
    assert result.class_counts == (2, 2, 1)
    (left,) = result.left_out
    assert (left.line, str(left.reason)) == (6, "class is missing")
    state = DocumentState(Samples(), (ClassInfo(0), ClassInfo(1)))
    made = replaced_by(state, result.height_cm, result.weight_kg, result.class_index, result.class_names,
                       label_set=result.label_set)  # fmt: skip
    assert made.samples.rows.label_set.tolist() == result.label_set.tolist()


@given(data=st.data())
def test_any_sets_come_back(data):
    names = data.draw(
        st.lists(
            st.text(alphabet='ab|\\,; "1', min_size=1, max_size=4).map(str.strip),
            min_size=2,
            max_size=8,
            unique=True,
        ).filter(lambda names: all(names))
    )
    rows = data.draw(st.lists(st.integers(-1, 2 ** len(names) - 1), min_size=1, max_size=12))
    masks = np.array([*rows, *(1 << k for k in range(len(names)))], dtype=np.int16)
    singles = (masks > 0) & (masks & (masks - 1) == 0)
    label_set = np.where(singles, NO_SET, masks)
    index = lowest_label(np.maximum(masks, 0))
    n = masks.size
    samples = Samples.from_columns(np.linspace(150, 190, n), np.linspace(50, 90, n), index, None, label_set)
    result = opened(samples_csv(samples, names))
    expected = [labels for labels in carried(index, label_set, names) if labels is not None]
    assert carried(result.class_index, result.label_set, result.class_names) == expected


def test_rules_say_which_labels_count():
    table = table_of(samples_csv(several(), NAMES))
    rules = (ClassRule("U", ("under",)), ClassRule("O", ("over",)))
    result = extract_samples(table, ColumnChoice("height_cm", "weight_kg", "class", classes=rules))
    assert carried(result.class_index, result.label_set, result.class_names) == [
        {"O"}, {"O"}, frozenset(), {"U"}
    ]  # fmt: skip
    only = (ClassRule("U", ("under",)), ClassRule("F", ("fit|strong",)))
    result = extract_samples(table, ColumnChoice("height_cm", "weight_kg", "class", classes=only))
    assert [left.line for left in result.left_out] == [2, 6]
    assert result.class_index.tolist() == [1, -1, 0]


def test_another_label_column_is_read_as_it_stands():
    table = table_of(b"height,weight,sex,labels\n170,60,M,a|b\n160,50,F,b|c\n")
    assert carried_labels(table, "sex") is None
    result = extract_samples(table, ColumnChoice("height", "weight", "sex"))
    assert result.label_set is None
    assert result.class_names == ("F", "M")


def test_a_class_that_is_carried_by_none_is_told():
    table = table_of(samples_csv(several(), NAMES))
    rules = (ClassRule("U", ("under",)), ClassRule("X", ("nobody",)))
    with pytest.raises(TableError, match='class "X"'):
        extract_samples(table, ColumnChoice("height_cm", "weight_kg", "class", classes=rules))


def test_hangul_has_a_mark_by_which_excel_knows_it_and_opens_again(tmp_path):
    path = tmp_path / "samples.csv"
    path.write_bytes(samples_csv(several(), ["저체중", "과체중", "정상"]))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfheight_cm,")
    table = read_table(path)
    assert extract_samples(table, guess_columns(table)).class_names == ("과체중", "저체중", "정상")


@given(names=st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=5))
def test_joined_labels_fall_apart_into_the_same(names):
    assert split_labels(joined_labels(names)) == tuple(names)


def test_an_empty_cell_is_no_set_and_stray_separators_are_passed_over():
    assert split_labels("") is None
    assert split_labels("| a ||b|") == ("a", "b")


def test_sets_move_to_other_bits():
    moved = moved_label_sets(np.array([0b01, 0b10, 0b11, 0, NO_SET], dtype=np.int16), (3, 1))
    assert moved.tolist() == [0b1000, 0b0010, 0b1010, 0, NO_SET]
