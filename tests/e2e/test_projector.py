"""Larger text on a projector: the window stays within its screen, and what is seen is whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gui.theme import SCALES_PERCENT
from tests.e2e.test_window_look import cut_off
from tests.gui.lab_bench import settle_layout
from tests.gui.window_driver import CTRL, open_window

WIDTH_PX, HEIGHT_PX = 1280, 800
SMALL_WIDTH_PX, SMALL_HEIGHT_PX = 1024, 768
LARGEST_ON_SMALL_PERCENT = 200


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot, size=(WIDTH_PX, HEIGHT_PX)) as driver:
        yield driver


def enlarge(driver, percent: int) -> None:
    driver.appearance.set_scale_percent(percent)
    settle_layout(driver.window)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_window_stays_within_a_projector_at_every_scale(driver, language):
    window = driver.window
    driver.speak(language)
    window.lab.open_tab("surface")  # the widest instrument
    for percent in SCALES_PERCENT:
        is_small = percent <= LARGEST_ON_SMALL_PERCENT
        width, height = (SMALL_WIDTH_PX, SMALL_HEIGHT_PX) if is_small else (WIDTH_PX, HEIGHT_PX)
        window.resize(width, height)
        enlarge(driver, percent)
        least = window.minimumSizeHint()
        assert least.width() <= width, percent
        assert least.height() <= height, percent
        assert (window.width(), window.height()) == (width, height), percent


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("percent", [150, 200, 250])
def test_nothing_seen_is_cut_off_at_larger_scales(driver, language, percent):
    driver.speak(language)
    enlarge(driver, percent)
    assert cut_off(driver.window) == []
    driver.key(Qt.Key.Key_F6)
    settle_layout(driver.window)
    assert cut_off(driver.window) == []


def test_where_two_sides_have_no_room_the_one_asked_for_stays(driver):
    window, actions = driver.window, driver.window.actions_by_name
    right = window._rooms.right_column
    assert window.left_column.isVisible()
    assert right.isVisible()
    enlarge(driver, 200)
    assert not window.left_column.isVisible()
    assert right.isVisible()
    assert not actions["show_left"].isChecked()
    assert "F6" in driver.notice
    driver.key(Qt.Key.Key_F6)
    settle_layout(window)
    assert window.left_column.isVisible()
    assert not right.isVisible()
    assert actions["show_left"].isChecked()
    assert not actions["show_right"].isChecked()
    driver.key(Qt.Key.Key_F6)  # away with it: the other one has its room back
    settle_layout(window)
    assert not window.left_column.isVisible()
    assert right.isVisible()
    driver.key(Qt.Key.Key_F6)
    driver.key(Qt.Key.Key_0, CTRL)
    settle_layout(window)
    assert window.left_column.isVisible()
    assert right.isVisible()
    assert actions["show_right"].isChecked()


def test_a_side_that_gave_way_is_still_wanted_at_the_next_start(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    with open_window(qtbot, settings=settings) as first:
        enlarge(first, 200)
        assert not first.window.left_column.isVisible()
        first.window.close()
    with open_window(qtbot, settings=settings) as second:
        settle_layout(second.window)
        assert second.window.left_column.isVisible()
        assert second.window._rooms.right_column.isVisible()


def test_the_right_column_scrolls_to_its_foot_where_it_is_too_high(driver):
    scroll = driver.window._rooms.right_column
    assert scroll.verticalScrollBar().maximum() == 0
    enlarge(driver, 200)
    bar = scroll.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    card = driver.window._rooms.weights_card
    foot = card.mapTo(scroll, card.rect().bottomLeft()).y()
    assert 0 < foot <= scroll.height()


def test_the_transport_drops_the_speed_before_the_run(driver):
    transport = driver.window.transport
    speed = (transport.speed_label, transport.speed_text, transport.speed_slider, transport.seed_button)
    for percent, left_out in ((100, 0), (200, 2), (250, 3), (100, 0)):
        enlarge(driver, percent)
        assert [widget.isVisible() for widget in speed] == [number >= left_out for number in range(4)]
        assert transport.scrub_slider.isVisible()
        assert transport.scrub_slider.width() >= transport.scrub_slider.minimumWidth()


def test_the_rulers_stand_in_two_rows_where_one_has_no_room(driver):
    switch = driver.window.loss_plot.ruler_switch
    first, last = switch.button("error_rate"), switch.button("own")
    assert first.y() == last.y()
    enlarge(driver, 150)
    assert last.y() > first.geometry().bottom()
    driver.press(last)
    assert driver.window.loss_plot.ruler == "own"
    enlarge(driver, 100)
    assert first.y() == last.y()
