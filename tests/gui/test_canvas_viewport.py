"""Pixels and cm and kg: there and back, zoom at the pointer, round numbers on the axes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from engine.samples import Samples
from gui.canvas.axes import Axes, AxisTitles, stands_upright, ticks_of
from gui.canvas.viewport import (
    EMPTY_HEIGHT_CM,
    EMPTY_WEIGHT_KG,
    MAX_SPAN,
    MIN_SPAN,
    Viewport,
    nice_step,
    round_range,
)
from gui.theme import make_theme

VIEW = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(50.0, 20.0, 600.0, 400.0))


def test_larger_weights_stand_higher_and_larger_heights_further_right():
    assert VIEW.point(140.0, 40.0).toTuple() == (50.0, 420.0)
    assert VIEW.point(200.0, 120.0).toTuple() == (650.0, 20.0)


@given(st.floats(0, 300), st.floats(0, 300))
def test_a_place_comes_back_from_its_pixel(height_cm, weight_kg):
    point = VIEW.point(height_cm, weight_kg)
    assert VIEW.height_at(point.x()) == pytest.approx(height_cm, abs=1e-9)
    assert VIEW.weight_at(point.y()) == pytest.approx(weight_kg, abs=1e-9)


@given(st.floats(0.2, 5.0), st.floats(60, 640), st.floats(30, 410))
def test_zooming_keeps_the_place_under_the_pointer(factor, x, y):
    zoomed = VIEW.zoomed(factor, x, y)
    assert zoomed.height_at(x) == pytest.approx(VIEW.height_at(x), abs=1e-9)
    assert zoomed.weight_at(y) == pytest.approx(VIEW.weight_at(y), abs=1e-9)
    assert zoomed.px_per_cm == pytest.approx(VIEW.px_per_cm * factor)


def test_one_axis_can_be_zoomed_alone():
    zoomed = VIEW.zoomed(2.0, 300.0, 200.0, weight=False)
    assert zoomed.px_per_cm == pytest.approx(2 * VIEW.px_per_cm)
    assert zoomed.weight_range_kg == VIEW.weight_range_kg


@pytest.mark.parametrize(("factor", "span"), [(1e9, MIN_SPAN), (1e-9, MAX_SPAN)])
def test_zoom_ends_before_numbers_do(factor, span):
    zoomed = VIEW.zoomed(factor, 300.0, 200.0)
    assert zoomed.height_max_cm - zoomed.height_min_cm == pytest.approx(span)


def test_panning_moves_the_view_by_pixels_and_keeps_its_scale():
    panned = VIEW.panned(10.0, -5.0)
    assert panned.point(150.0, 60.0).toTuple() == pytest.approx(
        (VIEW.x_of(150.0) + 10.0, VIEW.y_of(60.0) - 5.0)
    )
    assert panned.px_per_kg == pytest.approx(VIEW.px_per_kg)


def test_fit_shows_every_sample_with_a_margin_from_round_number_to_round_number():
    fitted = VIEW.fitted(Samples.from_columns([151.3, 188.2], [44.7, 101.9], [0, 1]))
    assert fitted.height_min_cm < 150.0
    assert fitted.height_max_cm > 190.0
    assert fitted.weight_min_kg < 43.0
    assert fitted.weight_max_kg > 104.0
    for end in (*fitted.height_range_cm, *fitted.weight_range_kg):
        assert end == round(end)


def test_fit_of_nothing_shows_where_people_are_and_of_one_sample_its_surroundings():
    assert VIEW.fitted(Samples()).height_range_cm == EMPTY_HEIGHT_CM
    assert VIEW.fitted(Samples()).weight_range_kg == EMPTY_WEIGHT_KG
    one = VIEW.fitted(Samples.from_columns([170.0], [70.0], [0]))
    assert one.height_min_cm < 166.0 < 174.0 < one.height_max_cm


@given(st.floats(-500, 500), st.floats(0, 500))
def test_round_range_holds_its_data(low, span):
    first, last = round_range(low, low + span)
    assert first < low
    assert low + span < last


@pytest.mark.parametrize(("span", "parts", "step"), [(60, 10, 10), (60, 5, 20), (0.7, 7, 0.1), (48, 10, 5)])
def test_steps_are_one_two_or_five(span, parts, step):
    assert nice_step(span, parts) == pytest.approx(step)


def test_ticks_are_round_inside_the_range_and_far_enough_apart():
    ticks = ticks_of((143.0, 197.0), 540.0, 60.0)
    assert ticks.major == (150.0, 160.0, 170.0, 180.0, 190.0)
    assert ticks.label(150.0) == "150"
    assert set(ticks.major) <= set(ticks.minor)


def test_labels_have_the_decimals_that_tell_them_apart_and_no_negative_zero():
    ticks = ticks_of((-0.31, 0.29), 300.0, 60.0)
    labels = [ticks.label(value) for value in ticks.major]
    assert labels == ["-0.2", "0.0", "0.2"]


def test_only_hangul_keeps_a_vertical_title_upright():
    assert stands_upright("몸무게 (kg)")
    assert not stands_upright("weight (kg)")


def laid_out(qapp, weight_title: str, scale: float = 1.0) -> tuple[Axes, Viewport]:
    axes = Axes(make_theme(dark=False, scale=scale), AxisTitles("height (cm)", weight_title))
    return axes, VIEW.in_rect(axes.plot_rect(QSizeF(640.0, 600.0), VIEW))


def test_an_english_weight_title_stands_beside_the_axis_turned(qapp):
    axes, view = laid_out(qapp, "weight (kg)")
    rect = axes.weight_title_rect(view)
    assert rect.height() > rect.width()
    assert rect.right() < view.rect.left()
    assert rect.center().y() == pytest.approx(view.rect.center().y())


def test_a_korean_weight_title_stands_above_the_axis(qapp):
    axes, view = laid_out(qapp, "몸무게 (kg)")
    rect = axes.weight_title_rect(view)
    assert rect.width() > rect.height()
    assert 0.0 <= rect.top()
    label_height = QFontMetricsF(make_theme(dark=False).font(12, tabular=True)).height()
    assert rect.bottom() <= view.rect.top() - label_height / 2  # clear of a label at the axis's end
    assert view.rect.left() < laid_out(qapp, "weight (kg)")[1].rect.left()


def test_a_larger_scale_leaves_more_room_for_larger_text(qapp):
    small, large = laid_out(qapp, "weight (kg)")[1], laid_out(qapp, "weight (kg)", 2.0)[1]
    assert large.rect.left() > 1.5 * small.rect.left()
    assert large.rect.width() < small.rect.width()
