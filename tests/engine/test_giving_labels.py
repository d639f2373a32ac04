"""Giving samples labels, taking them away, and counting who carries them."""

from __future__ import annotations

import pytest

from engine.document import edits
from engine.document.commands import apply
from engine.document.state import ClassInfo, DocumentState
from engine.samples import EMPTY_SET, NO_SET, UNLABELLED, Samples


def test_one_more_label_is_given_to_all_or_taken_from_all_that_carry_it():
    samples = Samples.from_columns([150.0, 160.0, 170.0], [50.0, 60.0, 70.0], [0, 1, -1])
    state = DocumentState(samples, tuple(ClassInfo(index) for index in range(3)))
    given = apply(state, edits.toggle_label(state, [0, 1, 2], 1))
    assert given.samples.rows.label_set.tolist() == [0b011, 0b010, 0b010]
    taken = apply(given, edits.toggle_label(given, [0, 1, 2], 1))
    assert taken.samples.rows.label_set.tolist() == [0b001, 0, 0]
    assert taken.samples.rows.class_index.tolist() == [0, -1, -1]
    with pytest.raises(ValueError, match="class of the document"):
        edits.toggle_label(state, [0], 3)


def test_labels_are_counted_as_often_as_they_are_carried():
    sets = [NO_SET, 0b101, 0, NO_SET, 0b010]
    samples = Samples.from_columns([1.0] * 5, [1.0] * 5, [0, 0, -1, -1, 1], None, sets)
    assert samples.label_counts == {0: 2, 1: 1, 2: 1, UNLABELLED: 1, EMPTY_SET: 1}
    plain = Samples.from_columns([1.0] * 3, [1.0] * 3, [0, 0, -1])
    assert plain.label_counts == plain.class_counts
