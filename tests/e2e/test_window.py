"""The main job in the real window: train, pause, go back, edit while it runs. Real clicks and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.widgets.slider_field import SliderField
from tests.gui.window_driver import CTRL, open_window

BCE, MSE = 0, 1


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def test_the_first_start_shows_the_first_scene(driver):
    assert driver.window.scenes.scene.key == "first"
    assert driver.window.windowTitle() == "A line the wrong way round"
    assert driver.window.scene_card.isVisible()
    assert "Press Space to train" in driver.window.scene_card.text_label.text()
    assert "invented" in driver.window.scene_card.text_label.text()
    assert len(driver.samples) == 120
    assert driver.snapshot.step == 0
    np.testing.assert_array_equal(driver.snapshot.parameters, [[5.0, -5.0, 0.0], [5.0, -5.0, 0.0]])
    assert driver.snapshot.regions is not None
    assert not driver.document.undo_stack.can_undo


def test_space_trains_and_bce_is_there_while_mse_is_not(driver):
    driver.key(Qt.Key.Key_BracketRight)
    driver.key(Qt.Key.Key_BracketRight)
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.accuracy(BCE) >= 0.8)
    first = next(frame.snapshot for frame in driver.frames if frame.snapshot.metrics[BCE, 2] <= 0.2)
    assert first.metrics[MSE, 2] > 0.4
    assert 300 <= first.step <= 600
    assert driver.controller.playing
    driver.key(Qt.Key.Key_Space)
    driver.stand()
    stood = driver.snapshot.step
    driver.settle()
    assert driver.snapshot.step == stood


def test_left_goes_back_one_step_and_right_forward_again(driver):
    driver.step_on(5)
    here = driver.weights
    driver.step_on(1)
    there = driver.weights
    driver.key(Qt.Key.Key_Left)
    driver.until(lambda: driver.snapshot.step == 5)
    assert driver.weights == here
    assert driver.snapshot.last_step == 6
    driver.step_on(1)
    assert driver.weights == there


def test_scrubbing_restores_weights_bit_for_bit_and_training_from_there_forks(driver):
    slider = driver.window.transport.scrub_slider
    driver.step_on(40)
    past = {frame.snapshot.step: frame.snapshot.parameters.tobytes() for frame in driver.frames}
    run = driver.snapshot.run_id
    driver.drag_slider(slider, 0.8, 0.5, 0.25)
    driver.until(lambda: 5 <= driver.snapshot.step <= 15)
    driver.settle()
    step = driver.snapshot.step
    assert driver.weights == past[step]
    assert (driver.snapshot.last_step, driver.snapshot.run_id) == (40, run)
    assert driver.window.transport.step_label.text() == f"step {step}"

    driver.step_on(1)  # still the past
    assert (driver.weights, driver.snapshot.last_step) == (past[step + 1], 40)
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.run_id != run and driver.snapshot.step >= step + 5)
    driver.key(Qt.Key.Key_Space)
    driver.stand()
    assert driver.snapshot.fork_step == step + 1
    assert driver.snapshot.last_step == driver.snapshot.step
    # The same data, seed and weights: the fork goes the same way.
    driver.controller.seek(step + 5)
    driver.until(lambda: driver.snapshot.step == step + 5)
    assert driver.weights == past[step + 5]


def test_reset_goes_back_to_the_same_start(driver):
    start = driver.weights
    driver.train_to(20)
    assert driver.weights != start
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: driver.snapshot.step == 0 and driver.snapshot.last_step == 0)
    assert driver.weights == start


def test_the_buttons_of_the_transport_do_what_its_keys_do(driver):
    transport = driver.window.transport
    driver.press(transport.train_button)
    driver.until(lambda: driver.snapshot.step > 3)
    assert transport.train_button.text() == "Pause"
    driver.press(transport.train_button)
    driver.stand()
    assert transport.train_button.text() == "Train"
    step = driver.snapshot.step
    driver.press(transport.back_button)
    driver.until(lambda: driver.snapshot.step == step - 1)
    driver.press(transport.forward_button)
    driver.until(lambda: driver.snapshot.step == step)
    driver.press(transport.reset_button)
    driver.until(lambda: driver.snapshot.last_step == 0)


def test_a_click_adds_a_sample_while_training_runs(driver):
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > 5)
    run, count = driver.snapshot.run_id, len(driver.samples)
    place = driver.free_px()
    driver.click(place)
    assert len(driver.samples) == count + 1
    revision = driver.document.state.data_revision
    driver.until(lambda: driver.snapshot.data_revision == revision)
    step = driver.snapshot.step
    assert step > 5  # nothing was reset
    assert driver.snapshot.run_id == run
    added = driver.samples.rows
    viewport = driver.canvas.viewport
    assert added.height_cm[-1] == pytest.approx(viewport.height_at(place.x()), abs=1 / viewport.px_per_cm)
    assert added.weight_kg[-1] == pytest.approx(viewport.weight_at(place.y()), abs=1 / viewport.px_per_kg)

    driver.key(Qt.Key.Key_Z, CTRL)
    assert len(driver.samples) == count
    driver.until(lambda: driver.snapshot.data_revision > revision and driver.snapshot.step > step)
    assert driver.controller.playing
    assert driver.snapshot.run_id == run
    assert not driver.document.undo_stack.can_undo


def test_an_edit_never_moves_the_line(driver):
    driver.train_to(10)
    height_cm, weight_kg = np.linspace(140, 200, 50), np.linspace(110, 40, 50)
    before = driver.probabilities(BCE, height_cm, weight_kg)
    parameters = driver.weights
    driver.click(driver.free_px())
    driver.settle()
    assert driver.weights != parameters  # carried to the new scaler
    np.testing.assert_allclose(driver.probabilities(BCE, height_cm, weight_kg), before, rtol=0, atol=1e-12)


def test_dragging_a_sample_is_one_undo(driver):
    sample = driver.lone_sample()
    before = driver.samples
    start = driver.sample_px(sample)
    driver.drag(start, *(start + QPoint(4 * step, -3 * step) for step in range(1, 11)))
    assert driver.document.undo_stack.count() == 1
    moved = driver.sample_px(sample) - start
    assert (moved - QPoint(40, -30)).manhattanLength() <= 2
    assert len(driver.samples) == len(before)
    driver.key(Qt.Key.Key_Z, CTRL)
    np.testing.assert_array_equal(driver.samples.rows.height_cm, before.rows.height_cm)
    np.testing.assert_array_equal(driver.samples.rows.weight_kg, before.rows.weight_kg)
    driver.key(Qt.Key.Key_Y, CTRL)
    assert (driver.sample_px(sample) - start - QPoint(40, -30)).manhattanLength() <= 2


def test_number_keys_pick_the_class_that_a_click_adds(driver):
    counts = dict(driver.samples.class_counts)
    driver.key(Qt.Key.Key_2)
    driver.click(driver.free_px())
    driver.key(Qt.Key.Key_1)
    driver.click(driver.free_px())
    driver.click(driver.free_px())
    assert driver.samples.class_counts == {0: counts[0] + 2, 1: counts[1] + 1}
    driver.key(Qt.Key.Key_8)  # there is no eighth class
    assert driver.interaction.current_class == 0


def test_the_eraser_takes_what_it_passes_over_as_one_undo(driver):
    sample = driver.lone_sample()
    count, at = len(driver.samples), driver.sample_px(sample)
    driver.key(Qt.Key.Key_E)
    driver.drag(at + QPoint(-40, 0), at, at + QPoint(40, 0))
    assert sample not in driver.samples.rows.sample_id
    assert driver.document.undo_stack.count() == 1
    driver.key(Qt.Key.Key_Z, CTRL)
    assert len(driver.samples) == count
    assert sample in driver.samples.rows.sample_id


def test_delete_takes_the_sample_under_the_pointer(driver):
    sample = driver.lone_sample()
    QTest.mouseMove(driver.canvas, driver.sample_px(sample))
    assert driver.interaction.hovered_id == sample
    driver.key(Qt.Key.Key_Delete)
    assert sample not in driver.samples.rows.sample_id


def test_without_two_classes_train_says_why(driver):
    driver.key(Qt.Key.Key_Delete, CTRL)
    assert len(driver.samples) == 0
    driver.settle()
    assert not driver.window.transport.train_button.isEnabled()
    assert driver.window.transport.reason_label.isVisible()
    driver.key(Qt.Key.Key_Space)
    assert driver.notice == driver.window.transport.reason_label.text() != ""
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.window.transport.train_button.isEnabled()


def test_the_threshold_changes_no_weight(driver):
    driver.train_to(30)
    weights = driver.weights
    driver.drag_slider(driver.window.threshold.slider, 0.6, 0.7, 0.8)
    assert driver.document.state.settings.threshold == pytest.approx(0.8, abs=0.03)
    assert driver.document.undo_stack.count() == 1
    driver.settle()
    assert driver.weights == weights
    driver.step_on(1)  # nor is a step any different
    driver.key(Qt.Key.Key_Left)
    driver.until(lambda: driver.snapshot.step == driver.snapshot.last_step - 1)
    assert driver.weights == weights
    QTest.mouseDClick(driver.window.threshold.slider, Qt.MouseButton.LeftButton)
    assert driver.document.state.settings.threshold == 0.5


def test_changing_the_rate_never_resets_the_weights(driver):
    driver.train_to(10)
    weights, step = driver.weights, driver.snapshot.step
    set_rate(driver, "0.02")
    assert driver.document.state.settings.optimizer.learning_rate == 0.02
    driver.settle()
    assert (driver.weights, driver.snapshot.step) == (weights, step)


def test_a_rate_that_is_too_high_ends_in_words_and_keeps_the_last_good_weights(driver):
    scene = next(scene for scene in driver.window.scenes.scenes if scene.key == "three_classes")
    driver.window.scenes.open_scene(scene)
    driver.settle()
    set_rate(driver, "1e300")
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.stop is not None)
    assert driver.snapshot.stop.kind == "diverged"
    assert np.isfinite(driver.snapshot.parameters).all()
    assert driver.notice
    driver.until(lambda: not driver.controller.playing)


def set_rate(driver, text: str) -> None:
    """Type a learning rate into its field."""
    field = driver.window.left_column.findChild(SliderField, "learning_rate").field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.real_window
@pytest.mark.parametrize(
    "act",
    [
        test_space_trains_and_bce_is_there_while_mse_is_not,
        test_scrubbing_restores_weights_bit_for_bit_and_training_from_there_forks,
        test_a_click_adds_a_sample_while_training_runs,
        test_dragging_a_sample_is_one_undo,
        test_the_threshold_changes_no_weight,
    ],
    ids=lambda act: act.__name__.removeprefix("test_"),
)
def test_on_a_display(driver, act):
    act(driver)
