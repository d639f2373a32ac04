"""The window puts its rooms together: what one of them does reaches the others."""

from __future__ import annotations

import ast
import re
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox

import gui.main_window
from gui.dialogs.edit_sample import EditSampleDialog
from gui.formulas import percent_text
from tests.gui.window_driver import CTRL, SHIFT, open_window


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def open_scene(driver, key: str) -> None:
    driver.window.scenes.open_scene(next(scene for scene in driver.window.scenes.scenes if scene.key == key))
    driver.settle()


def test_the_window_only_composes():
    source = Path(gui.main_window.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    modules = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert not {module for module in modules if module.split(".")[0] in ("engine", "numpy", "pyqtgraph")}


def test_every_view_shows_the_same_frame(driver):
    driver.step_on(7)
    window = driver.window
    driver.until(lambda: window.transport.step_label.text() == "step 7")
    bce, mse, wrong = driver.snapshot.metrics[0]
    driver.until(lambda: f"{100 * (1 - wrong):.0f} %" in window.readout.text)
    assert window.canvas.layers.snapshot is driver.snapshot
    weight = driver.snapshot.parameters[0, 0]
    driver.until(lambda: f"{weight:.3f}" in " ".join(shown_texts(window.weights)))
    driver.until(lambda: f"BCE {bce:.2f}" in window.readout.text)
    assert f"MSE {mse:.3f}" in window.readout.text


def shown_texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_before_training_the_loss_plot_has_an_axis_that_a_person_reads(driver):
    chart = driver.window.loss_plot.chart
    _, wrong_answers, _ = chart.axes
    texts = [text for _, text in wrong_answers.ticks(200, 20)]
    assert (texts[0], texts[-1]) == ("0 %", "100 %")
    # The curve begins with the start's own wrong answers.
    names = [f"trained on {loss}: {percent_text(driver.snapshot.metrics[0, 2])}" for loss in ("BCE", "MSE")]
    driver.until(lambda: chart.end_texts == names)
    assert chart.reading is None
    assert [list(curve.x) for curve in chart.geometries] == [[chart.plot_area.left()]] * 2


def test_pointing_at_the_canvas_tells_every_models_probability(driver):
    at = driver.free_px()
    QTest.mouseMove(driver.canvas, at)
    driver.until(lambda: "cm" in driver.window.readout.text and "kg" in driver.window.readout.text)
    text = driver.window.readout.text
    assert "BCE" in text
    assert "MSE" in text
    assert "%" in text
    QTest.mouseMove(driver.window.transport, QPoint(2, 2))


def test_a_click_on_a_name_selects_the_model_everywhere(driver):
    driver.step_on(3)
    driver.interaction.set_selected_model(1)
    driver.until(lambda: "map: MSE" in driver.window.readout.text)
    driver.until(lambda: driver.snapshot.regions.request.model_index == 1)
    driver.interaction.set_selected_model(0)
    driver.until(lambda: driver.snapshot.regions.request.model_index == 0)


def test_the_optimum_is_shown_by_its_key_and_its_check_mark_follows(driver):
    driver.key(Qt.Key.Key_O)
    driver.until(lambda: driver.controller.optimum is not None)
    assert driver.window.actions_by_name["optimum"].isChecked()
    assert driver.controller.optimum.parameters is not None
    driver.key(Qt.Key.Key_O)
    assert not driver.window.actions_by_name["optimum"].isChecked()
    assert driver.controller.optimum is None


def test_shift_drag_selects_and_a_drag_moves_the_selection_as_one(driver):
    rect = driver.canvas.viewport.rect.toAlignedRect()
    driver.drag(
        rect.topLeft() + QPoint(3, 3), rect.center(), rect.bottomRight() - QPoint(3, 3), modifiers=SHIFT
    )
    assert len(driver.interaction.selected_ids) == 120
    before = driver.samples.rows
    start = driver.sample_px(driver.lone_sample())
    driver.drag(start, start + QPoint(12, 8), start + QPoint(25, 16))
    moved = driver.samples.rows.height_cm - before.height_cm
    np.testing.assert_allclose(moved, moved[0])
    assert moved[0] > 0
    assert driver.document.undo_stack.count() == 1
    driver.key(Qt.Key.Key_Escape)
    assert driver.interaction.selected_ids == frozenset()


def test_exact_numbers_of_a_sample(driver):
    sample = driver.lone_sample()
    driver.key(Qt.Key.Key_S)
    driver.click(driver.sample_px(sample))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, EditSampleDialog)
        QTest.keyClicks(dialog.focusWidget(), "171.25")  # its first field, all of it selected
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    driver.in_dialog(act, lambda: driver.key(Qt.Key.Key_F2))
    assert driver.samples.select([sample]).height_cm[0] == 171.25


def test_the_brush_sprays_as_one_undo(driver):
    driver.key(Qt.Key.Key_2)
    driver.key(Qt.Key.Key_B)
    at = driver.free_px()
    driver.drag(at, at + QPoint(20, 0), at + QPoint(40, 10))
    added = len(driver.samples) - 120
    assert added > 1
    assert driver.samples.class_counts[1] == 53 + added
    driver.key(Qt.Key.Key_Z, CTRL)
    assert len(driver.samples) == 120


def test_your_own_line_can_be_drawn_trained_from_and_removed(driver):
    driver.key(Qt.Key.Key_L)
    assert driver.document.state.guess is not None
    guess = driver.document.state.guess
    assert driver.window.actions_by_name["train_from_line"].isEnabled()
    driver.trigger("train_from_line")
    driver.until(lambda: driver.snapshot.step > 0)
    driver.key(Qt.Key.Key_Space)
    driver.stand()
    driver.controller.seek(0)
    driver.until(lambda: driver.snapshot.step == 0)
    height_cm, weight_kg = np.array([150.0, 180.0, 165.0]), np.array([90.0, 50.0, 70.0])
    logit = guess.per_cm * height_cm + guess.per_kg * weight_kg + guess.bias
    got = driver.probabilities(0, height_cm, weight_kg)[1]
    np.testing.assert_allclose(got, 1 / (1 + np.exp(-logit)), rtol=1e-9)
    driver.trigger("remove_line")
    assert driver.document.state.guess is None
    assert not driver.window.actions_by_name["train_from_line"].isEnabled()


def test_a_third_class_converts_the_model_exactly_and_is_said(driver):
    driver.train_to(20)
    height_cm, weight_kg = np.linspace(150, 190, 20), np.linspace(40, 100, 20)
    before = driver.probabilities(0, height_cm, weight_kg)
    driver.document.add_class()
    driver.settle()
    driver.until(lambda: driver.snapshot.spec.model.n_classes == 3)
    after = driver.probabilities(0, height_cm, weight_kg)
    np.testing.assert_allclose(after[1] / (after[0] + after[1]), before[1], rtol=1e-12)
    assert "new run" in driver.notice


def test_undo_of_a_setting_comes_back_to_the_left_column(driver):
    driver.document.change_settings(threshold=0.8)
    assert driver.window.threshold.value_label.text() == "0.80"
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.window.threshold.value_label.text() == "0.50"


def test_the_weights_panel_follows_a_renamed_class(driver):
    open_scene(driver, "three_classes")
    driver.document.rename_class(0, "slim")
    QApplication.processEvents()
    tooltips = {label.toolTip() for label in driver.window.weights.findChildren(QLabel)}
    assert "slim" in tooltips
    assert "underweight" not in tooltips


def test_a_menu_on_a_sample_tells_what_it_contributes(driver):
    sample = driver.lone_sample()
    at = driver.sample_px(sample)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, driver.canvas.mapToGlobal(at))
    QApplication.sendEvent(driver.canvas, event)
    assert driver.canvas.menu is not None
    texts = [action.text() for action in driver.canvas.menu.actions()]
    driver.canvas.menu.close()
    assert "Exact numbers…" in texts
    assert "needs a diet\t✓" in texts or "no diet needed\t✓" in texts


def test_keyboard_shortcuts_and_about_open_and_close(driver):
    seen = []

    def close(dialog: QDialog) -> None:
        seen.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.in_dialog(close, lambda: driver.key(Qt.Key.Key_F1))
    driver.in_dialog(close, lambda: driver.trigger("about"))
    assert "MIT" in seen[1]
    assert re.search(r"\d+\.\d+", seen[1])


def test_a_hidden_window_trains_on_and_shows_it_when_it_is_back(driver):
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > 3)
    driver.window.hide()
    step = driver.snapshot.step
    driver.until(lambda: driver.snapshot.step > step + 5)
    driver.window.show()
    driver.until(lambda: driver.snapshot.step > step + 10)
    driver.until(lambda: driver.window.transport.step_label.text() != f"step {step:,}")


def test_closing_ends_the_threads(qtbot):
    before = set(threading.enumerate())
    with open_window(qtbot) as driver:
        driver.key(Qt.Key.Key_Space)
        driver.until(lambda: driver.snapshot.step > 3)
        driver.window.canvas.grab()
        assert set(threading.enumerate()) > before
        driver.window.close()
        assert set(threading.enumerate()) <= before


def test_the_number_of_classes_goes_to_eight_and_back(driver):
    for count in range(3, 9):
        driver.document.add_class()
        driver.settle()
        assert driver.snapshot.spec.model.n_classes == count
    driver.key(Qt.Key.Key_8)
    driver.click(driver.free_px())
    assert driver.samples.class_counts[7] == 1
    driver.step_on(1)
    assert np.isfinite(driver.snapshot.metrics).all()
    for _ in range(7):
        driver.key(Qt.Key.Key_Z, CTRL)
    driver.settle()
    assert driver.snapshot.spec.model.kind == "logistic"


def test_removing_a_class_asks_what_becomes_of_its_samples(driver):
    open_scene(driver, "three_classes")
    asked = []

    def act(dialog: QDialog) -> None:
        asked.append(dialog)
        dialog.reject()

    driver.in_dialog(act, lambda: driver.window.left_column.remove_class_requested.emit(1))
    assert len(asked) == 1
    assert not isinstance(asked[0], QMessageBox)
    assert len(driver.document.state.classes) == 3


def test_the_weights_of_each_class_stand_out_from_the_formula_beside_them(driver):
    open_scene(driver, "three_classes")
    driver.until(lambda: len(shown_texts(driver.window.weights)) >= 7)
    labels = [label for label in driver.window.weights.findChildren(QLabel) if label.isVisible()]
    quiet = {label.text()[0]: set() for label in labels if label.text()[:1] in ("w", "z")}
    for label in labels:
        if label.text()[:1] in quiet:
            quiet[label.text()[0]].add(label.property("quiet"))
    assert quiet == {"w": {False}, "z": {True}}
