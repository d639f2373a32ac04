"""The column ``held_out`` of a table: who is held out of training comes back with the samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.document.commands import apply, same_rows
from engine.document.edits import append_samples
from engine.document.importing import replaced_by
from engine.document.splitting import set_held_out
from engine.document.state import ClassInfo, DocumentState, Settings
from engine.files.arrow_column import ArrowColumn
from engine.files.held_out_column import MOST_SPELLINGS, held_out_marks
from engine.files.large_csv import read_large
from engine.files.samples_csv import samples_csv
from engine.files.table import Table, TableError
from engine.files.table_reader import decoded, parse_table
from engine.files.tables import ColumnChoice, Extraction, extract_samples, guess_columns
from engine.samples import NO_SET, Samples

PATH = Path("samples.csv")
NAMES = ("light", "medium", "heavy")
COLUMNS = ColumnChoice("height_cm", "weight_kg", "class", held_out="held_out")
PEOPLE = "height_cm,weight_kg,class,held_out\n170,60,a,{}\n160,50,b,{}\n180,80,b,{}\n"


def own_table(data: bytes) -> Table:
    text, encoding = decoded(data, PATH)
    return parse_table(text, PATH, encoding)


def large_table(data: bytes) -> Table:
    *_, table = read_large(data, PATH)
    assert isinstance(table, Table)
    assert all(isinstance(column, ArrowColumn) for column in table.columns)
    return table


def opened(table: Table) -> Extraction:
    return extract_samples(table, guess_columns(table))


def marks(data: bytes) -> list[bool] | None:
    """What both readers find."""
    own, large = (opened(reader(data)).held_out for reader in (own_table, large_table))
    assert (own is None) == (large is None)
    assert own is None or own.tolist() == large.tolist()
    return None if own is None else own.tolist()


# --- round trip -----------------------------------------------------------------------------------------


@st.composite
def people(draw: st.DrawFn) -> Samples:
    """Samples of three classes, each there, some of several labels, any of them held out."""
    rows = draw(
        st.lists(
            st.tuples(
                st.floats(1e-3, 1e5, allow_nan=False),
                st.floats(1e-3, 1e5, allow_nan=False),
                st.sampled_from([0b001, 0b010, 0b100, 0b011, 0b110]),
                st.booleans(),
            ),
            max_size=12,
        )
    )
    rows += [(150.0 + k, 50.0 + k, 1 << k, draw(st.booleans())) for k in range(3)]
    height_cm, weight_kg, masks, held_out = map(list, zip(*rows, strict=True))
    index = [(mask & -mask).bit_length() - 1 for mask in masks]
    sets = [NO_SET if mask & (mask - 1) == 0 else mask for mask in masks]
    return Samples.from_columns(height_cm, weight_kg, index, held_out, sets)


@given(samples=people())
def test_exported_samples_come_back_with_those_that_are_held_out(samples):
    data = samples_csv(samples, NAMES)
    rows = samples.rows
    assert marks(data) == (rows.held_out.tolist() if rows.held_out.any() else None)
    for reader in (own_table, large_table):
        table = reader(data)
        guess = guess_columns(table)
        assert guess.held_out == ("held_out" if rows.held_out.any() else "")
        found = opened(table)
        state = replaced_by(
            DocumentState(),
            found.height_cm,
            found.weight_kg,
            found.class_index,
            found.class_names,
            label_set=found.label_set,
            held_out=found.held_out,
        )
        again = state.samples.rows
        assert again.held_out.tolist() == rows.held_out.tolist()
        assert again.height_cm.tobytes() == rows.height_cm.tobytes()
        assert again.weight_kg.tobytes() == rows.weight_kg.tobytes()
        order = [found.class_names.index(name) for name in NAMES]
        carried = [
            {order[k] for k in range(3) if mask >> k & 1} if mask != NO_SET else {order[index]}
            for index, mask in zip(rows.class_index.tolist(), rows.label_set.tolist(), strict=True)
        ]
        assert carried == [
            {k for k in range(3) if mask >> k & 1} if mask != NO_SET else {index}
            for index, mask in zip(again.class_index.tolist(), again.label_set.tolist(), strict=True)
        ]


def test_samples_without_any_label_come_back_too():
    samples = Samples.from_columns([170.0, 160.0, 150.0], [60.0, 50.0, 40.0], [-1] * 3, [1, 0, 1])
    table = own_table(samples_csv(samples, NAMES))
    assert guess_columns(table).label_source == "none"  # and not by who is held out
    assert opened(table).held_out.tolist() == [True, False, True]


def test_rows_that_are_left_out_take_their_marks_with_them():
    text = "height_cm,weight_kg,class,held_out\n170,60,a,1\nx,50,b,1\n180,80,b,0\n150,40,,1\n160,50,a,1\n"
    found = opened(own_table(text.encode()))
    assert found.height_cm.tolist() == [170.0, 180.0, 160.0]
    assert found.held_out.tolist() == [True, False, True]


# --- which cells are answers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "0", "1"), [True, False, True]),
        (("TRUE", "False", "true"), [True, False, True]),
        (("1.0", "0.0", "1e0"), [True, False, True]),
        (("0", "0", "0"), [False] * 3),
        (("1", "", "NA"), [True, False, False]),
        (("true", "0", ""), [True, False, False]),
    ],
)
def test_answers_as_people_and_spreadsheets_write_them(cells, expected):
    assert marks(PEOPLE.format(*cells).encode()) == expected


@pytest.mark.parametrize(
    "cells",
    [("1", "0", "2"), ("", "", ""), ("NA", "", "-"), ("yes", "no", "no"), ("fold 1", "fold 2", "1"),
     ("0.5", "1", "0"), ("-1", "1", "0"), ("1", "0", "inf"), ("2024-01-01", "", "")],
)  # fmt: skip
def test_a_column_of_other_cells_means_something_else_and_is_left_alone(cells):
    data = PEOPLE.format(*cells).encode()
    assert marks(data) is None
    assert guess_columns(own_table(data)).held_out == ""
    assert opened(own_table(data)).height_cm.tolist() == [170.0, 160.0, 180.0]
    named = extract_samples(own_table(data), COLUMNS)  # no refusal either where it is asked for
    assert named.held_out is None
    assert named.height_cm.tolist() == [170.0, 160.0, 180.0]


def test_a_column_of_many_different_cells_is_not_looked_through():
    class Cells(list[str]):
        read = 0

        def __iter__(self):
            for cell in super().__iter__():
                self.read += 1
                yield cell

    cells = Cells(map(str, range(10_000)))
    assert held_out_marks(cells) is None
    assert cells.read == MOST_SPELLINGS + 1


def test_every_spelling_of_an_answer_is_still_few():
    cells = [word for answer in ("true", "false") for word in (answer, answer.upper(), answer.title())]
    assert held_out_marks([*cells, "1", "0", "1.0", "0.0", "1.00", "0.00", "", "NA", "na"]) is not None


@pytest.mark.parametrize("name", ["Held_Out", "held out", "heldout", "test"])
def test_only_a_column_of_that_name_counts(name):
    table = own_table(PEOPLE.replace("held_out", name).format(1, 0, 1).encode())
    assert guess_columns(table).held_out == ""


def test_a_column_that_is_chosen_for_something_else_is_not_chosen_twice():
    table = own_table(PEOPLE.format(1, 0, 1).encode())
    with pytest.raises(TableError, match='"held_out" is chosen twice'):
        extract_samples(table, replace(COLUMNS, label="held_out"))
    assert extract_samples(table, replace(COLUMNS, label="held_out", held_out="")).held_out is None
    for source in ("none", "bmi"):
        found = extract_samples(table, replace(COLUMNS, label="", label_source=source))
        assert found.held_out.tolist() == [True, False, True]


# --- in a document --------------------------------------------------------------------------------------


def document(share: float) -> DocumentState:
    samples = Samples.from_columns([170.0, 160.0], [70.0, 60.0], [0, 1])
    return DocumentState(
        samples, (ClassInfo(0, name="a"), ClassInfo(1, name="b")), Settings(held_out_share=share)
    )


COLUMN = [True] * 4 + [False] * 16
HEIGHTS, WEIGHTS = np.linspace(150.0, 190.0, 20), np.linspace(50.0, 90.0, 20)
CLASSES = np.arange(20) % 2


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_what_the_file_says_goes_before_the_share_which_stays_for_new_samples(share):
    before = document(share)
    made = replaced_by(before, HEIGHTS, WEIGHTS, CLASSES, ("a", "b"), held_out=COLUMN)
    by_hand = replaced_by(document(0.0), HEIGHTS, WEIGHTS, CLASSES, ("a", "b"))
    by_hand = apply(by_hand, set_held_out(by_hand, range(4), True))
    assert same_rows(made.samples.rows, by_hand.samples.rows)
    assert made.samples.held_out_counts == {0: 2, 1: 2}
    assert made.settings == before.settings
    if share:
        unsaid = replaced_by(before, HEIGHTS, WEIGHTS, CLASSES, ("a", "b"))
        assert unsaid.samples.held_out_counts == {0: 5, 1: 5}


@pytest.mark.parametrize("new", [(), (ClassInfo(2, name="c"),)])
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_added_samples_bring_their_marks_in_one_command(share, new):
    before = document(share)
    classes = np.where(np.arange(20) == 7, 2, CLASSES) if new else CLASSES
    command = append_samples(before, HEIGHTS, WEIGHTS, classes, new, held_out=COLUMN)
    after = apply(before, command)
    assert after.samples.rows.held_out.tolist() == [False, False, *COLUMN]
    assert after.settings == before.settings
    undone = apply(after, command.inverted())
    assert same_rows(undone.samples.rows, before.samples.rows)
    assert undone.classes == before.classes
    again = apply(undone, command)
    assert same_rows(again.samples.rows, after.samples.rows)
