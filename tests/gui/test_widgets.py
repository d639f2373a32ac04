"""The small controls: scales that go both ways, and numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.widgets.number_field import FieldError, number_text, parse_count, parse_number
from gui.widgets.slider import CountScale, LinearScale, LogScale

SCALES = [LogScale(1e-4, 100.0), LogScale(0.01, 100.0), LinearScale(0.0, 0.99, 99)]


@pytest.mark.parametrize("scale", SCALES)
def test_every_position_comes_back_from_its_number(scale):
    positions = range(scale.steps + 1)
    assert [scale.position_of(scale.value_at(position)) for position in positions] == list(positions)


@pytest.mark.parametrize(("scale", "low", "high"), [(SCALES[0], 1e-4, 100.0), (SCALES[2], 0.0, 0.99)])
def test_a_scale_ends_at_its_bounds_and_holds_what_is_outside(scale, low, high):
    assert (scale.value_at(0), scale.value_at(scale.steps)) == (low, high)
    assert (scale.position_of(-5.0), scale.position_of(1e6)) == (0, scale.steps)


def test_equal_ways_on_a_log_scale_are_equal_ratios():
    scale = LogScale(1e-4, 100.0)
    decade = scale.steps // 6
    assert [scale.value_at(number * decade) for number in range(7)] == [
        1e-4,
        1e-3,
        1e-2,
        0.1,
        1.0,
        10.0,
        100.0,
    ]


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_only_the_largest_count_stands_at_the_very_end(largest, value):
    scale = CountScale(largest)
    assert scale.value_at(0) == 1.0
    assert scale.value_at(scale.steps) == largest
    assert (scale.position_of(value) == scale.steps) == (value >= largest)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_shown_so_that_it_reads_back_as_itself(value):
    assert parse_number(number_text(value)) == value
    assert parse_number(number_text(value).replace(".", ",")) == value


@pytest.mark.parametrize(("text", "count"), [("7", 7), ("1,240", 1240), ("1 240 000", 1_240_000), ("007", 7)])
def test_a_whole_number_may_have_its_thousands_apart(text, count):
    assert parse_count(text, 2_000_000) == count


@pytest.mark.parametrize("text", ["", "1.5", "-1", "1,24", "x", "1e3", "3000001"])
def test_what_is_no_whole_number_in_range_is_refused(text):
    with pytest.raises(FieldError):
        parse_count(text, 2_000_000)
