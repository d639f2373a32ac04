from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.log_ticks import linear_ticks, log_ticks, tick_texts


def test_a_wide_axis_shows_one_two_five() -> None:
    assert log_ticks(0.05, 1.0, 300, 20) == [0.05, 0.1, 0.2, 0.5, 1.0]


def test_many_decades_show_whole_ones_or_fewer() -> None:
    assert log_ticks(1e-4, 1.0, 100, 20) == [1e-4, 1e-3, 1e-2, 0.1, 1.0]
    assert log_ticks(1e-8, 1.0, 100, 20) == [1e-8, 1e-6, 1e-4, 1e-2, 1.0]


def test_a_short_range_shows_round_numbers() -> None:
    assert log_ticks(0.21, 0.29, 200, 20) == pytest.approx([0.21 + 0.01 * i for i in range(9)])


@given(
    low=st.floats(1e-12, 1e6),
    decades=st.floats(0.01, 14.0),
    length_px=st.floats(40.0, 2000.0),
    gap_px=st.floats(8.0, 60.0),
)
def test_log_ticks_lie_inside_and_never_overlap(
    low: float, decades: float, length_px: float, gap_px: float
) -> None:
    high = low * 10.0**decades
    ticks = log_ticks(low, high, length_px, gap_px)
    assert all(low * (1 - 1e-6) <= tick <= high * (1 + 1e-6) for tick in ticks)
    places = [math.log10(tick / low) / decades * length_px for tick in ticks]
    assert all(b - a >= gap_px * (1 - 1e-6) for a, b in itertools.pairwise(places))


@given(
    low=st.floats(-1000.0, 1000.0), span=st.floats(0.001, 1e6), count=st.integers(2, 30), whole=st.booleans()
)
def test_linear_ticks_are_even_inside_and_few(low: float, span: float, count: int, whole: bool) -> None:
    ticks = linear_ticks(low, low + span, count, whole=whole)
    assert len(ticks) <= count
    slack = 1e-6 * span
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)
    gaps = {round((b - a) / span, 6) for a, b in itertools.pairwise(ticks)}
    assert len(gaps) <= 1
    if whole:
        assert all(tick == int(tick) for tick in ticks)


def test_a_percent_axis_gets_quarters() -> None:
    assert linear_ticks(0.0, 1.0, 5) == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_labels_are_short_and_alike() -> None:
    assert tick_texts([0.05, 0.1, 0.2], log=True) == ["0.05", "0.1", "0.2"]
    assert tick_texts([1e-6, 1e-4, 0.01], log=True) == ["1e-6", "0.0001", "0.01"]
    assert tick_texts([0.0, 0.25, 0.5], log=False) == ["0.00", "0.25", "0.50"]
    assert tick_texts([0.0, 200.0, 1200.0], log=False) == ["0", "200", "1,200"]
    assert tick_texts([0.0, 2.5e6, 5e6], log=False) == ["0", "2.5e6", "5e6"]
