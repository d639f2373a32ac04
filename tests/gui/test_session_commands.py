"""Sessions in the window: saved, marked as unsaved, asked about, opened at their step, listed, dropped."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.window_driver import CTRL, SHIFT, open_window

SAVE, DISCARD, CANCEL = "Save", "Don't save", "Cancel"
HEIGHTS, WEIGHTS = np.linspace(140.0, 200.0, 13), np.linspace(40.0, 120.0, 13)


@pytest.fixture
def driver(qtbot, tmp_path):
    with open_window(qtbot, settings=tmp_path / "settings.ini") as driver:
        driver.may_close = type(driver.window.sessions).may_close
        yield driver


@pytest.fixture
def choose(monkeypatch):
    """Have the system's file dialogs choose a path, or none."""

    def choose(path):
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path) if path else "", ""))

    return choose


def settle_files(driver):
    """Let reading and writing end, and its news arrive."""
    assert driver.window.sessions.file.wait_until_idle()
    QApplication.processEvents()
    driver.settle()


def save_as(driver, choose, path):
    choose(path)
    driver.key(Qt.Key.Key_S, CTRL | SHIFT)
    settle_files(driver)
    return path


def open_session(driver, path):
    driver.window.open_path(path)
    settle_files(driver)


def test_a_session_opens_where_it_was_saved(driver, choose, tmp_path):
    driver.click(driver.free_px())
    driver.train_to(40)
    driver.window.lab.open_tab("surface")
    driver.window.loss_plot.set_ruler("mse")
    driver.interaction.set_selected_model(1)
    driver.interaction.set_bmi_rule("korean")
    driver.controller.set_speed(30.0)
    before = driver.snapshot
    probabilities = [driver.probabilities(row, HEIGHTS, WEIGHTS) for row in (0, 1)]
    state = driver.document.state
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    assert len(driver.samples) == 0
    open_session(driver, path)
    assert driver.snapshot.step == before.step == driver.snapshot.last_step
    for row in (0, 1):
        np.testing.assert_allclose(
            driver.probabilities(row, HEIGHTS, WEIGHTS), probabilities[row], rtol=0, atol=1e-12
        )
    opened = driver.document.state
    assert (opened.classes, opened.settings, opened.guess) == (state.classes, state.settings, state.guess)
    for one, other in zip(opened.samples.rows.columns, state.samples.rows.columns, strict=True):
        np.testing.assert_array_equal(one, other)
    assert driver.window.lab.current_key == "surface"
    assert driver.window.loss_plot.ruler == "mse"
    assert (driver.interaction.selected_model, driver.interaction.bmi_rule) == (1, "korean")
    assert driver.controller.speed == 30.0
    assert driver.window.scenes.scene is not None


def test_a_saved_run_goes_on_as_if_it_had_never_stopped(driver, choose, tmp_path):
    driver.train_to(20)
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.step_on(3)
    after = driver.weights
    open_session(driver, path)
    driver.step_on(3)
    assert driver.weights == after
