"""Whole numbers: against plain sets and counters."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.whole_numbers import added_up, among, counts_of, distinct

IDS = st.lists(st.integers(0, 40), max_size=30)
CLASSES = st.lists(st.integers(-1, 7), max_size=30)


@given(IDS)
def test_distinct_ids_increase_and_come_once(ids):
    found = distinct(ids)
    assert found.dtype == np.int64
    assert found.tolist() == sorted(set(ids))


def test_one_id_alone_is_an_array_too():
    assert distinct(5).tolist() == [5]


@given(IDS, IDS)
def test_ids_among_others_are_those_of_both(ids, others):
    mine, theirs = distinct(ids), distinct(others)
    assert mine[among(mine, theirs)].tolist() == sorted(set(ids) & set(others))


@given(CLASSES, CLASSES)
def test_counts_of_parts_add_up_to_those_of_the_whole(one, other):
    parts = [counts_of(np.array(values, dtype=np.int64), -1) for values in (one, other)]
    assert parts[0] == dict(sorted(Counter(one).items()))
    assert added_up(parts) == dict(Counter(one + other))
