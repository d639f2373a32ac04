"""File > Copy model as: what lands on the clipboard, and what is said; files of every format open again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine.files.code import CODE_FORMS, code_of
from engine.files.registry import WEIGHT_FORMATS, export_weights
from engine.files.trained import trained_weights
from gui.actions import SUBMENUS
from gui.file_commands import COPY_FORMS, WEIGHT_SUFFIXES
from tests.gui.window_driver import CTRL, SHIFT, open_window

CLASS_NAMES = ["no diet needed", "needs a diet"]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        driver.train_to(10)
        yield driver


def expected(driver, form, row=0):
    """The model on screen as the engine writes it."""
    return code_of(form, trained_weights(driver.snapshot, CLASS_NAMES)[row])


def test_the_window_offers_the_forms_and_the_files_that_the_engine_knows():
    assert tuple(form.key for form in CODE_FORMS) == COPY_FORMS
    assert SUBMENUS["copy"][1] == tuple(f"copy_{form}" for form in COPY_FORMS)
    assert {known.suffix for known in WEIGHT_FORMATS} == {*WEIGHT_SUFFIXES, ".csv"}  # which may hold people


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("python", "Python."),
        ("numpy", "NumPy."),
        ("latex", "LaTeX."),
        ("spreadsheet", "spreadsheet formulas. Paste at C1, with height in A2 and body weight in B2."),
    ],
)
def test_the_selected_model_lands_on_the_clipboard(driver, form, name):
    driver.trigger(f"copy_{form}")
    assert QGuiApplication.clipboard().text() == expected(driver, form)
    assert driver.notice == f"The model trained on BCE is on the clipboard as {name}"
    driver.interaction.set_selected_model(1)
    driver.trigger(f"copy_{form}")
    assert QGuiApplication.clipboard().text() == expected(driver, form, row=1)
    assert "trained on MSE" in driver.notice


def test_cells_are_in_the_language_in_use(driver, monkeypatch):
    monkeypatch.setattr("gui.i18n.translate", lambda context, text, **_: f"{context}: {text}")
    driver.trigger("copy_spreadsheet")
    last = QGuiApplication.clipboard().text().splitlines()[0].split("\t")[-1]
    assert last.startswith("Engine: Engine: Logistic regression")
    assert " Engine: Paste at C1" in last


def test_python_has_the_keys(driver):
    driver.key(Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == expected(driver, "python")
    overview = driver.window.actions_by_name.overview()
    assert ("Copy model as: Python", "Ctrl+Shift+C") in overview


@pytest.mark.parametrize("suffix", [".onnx", ".safetensors", ".csv"])
def test_an_exported_file_opens_as_the_same_model(driver, tmp_path, suffix):
    weights = trained_weights(driver.snapshot, CLASS_NAMES)[0]
    path = tmp_path / f"model{suffix}"
    export_weights({path: weights})
    driver.step_on(5)
    driver.window.open_path(path)
    driver.settle()
    assert driver.snapshot.spec.losses == ("bce",)
    assert driver.snapshot.parameters[0].tobytes() == weights.parameters.tobytes()
