"""Labelling by BMI in the window: the dialog, the one undo command, the edges on the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.bmi import bmi_classes, bmi_rule, weight_of_bmi
from gui.dialogs.label_by_bmi import LabelByBmiDialog
from tests.gui.lab_bench import settle_layout
from tests.gui.window_driver import open_window


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def label(driver, rule_row: int, n_classes: int) -> None:
    """Choose the rule by keys, the number of classes by a click, and accept."""

    def act(dialog):
        assert isinstance(dialog, LabelByBmiDialog)
        dialog.rule_box.setFocus()
        for _ in range(rule_row):
            QTest.keyClick(dialog.rule_box, Qt.Key.Key_Down)
        QTest.mouseClick(dialog.buttons[n_classes], Qt.MouseButton.LeftButton)
        assert dialog.n_classes == n_classes
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    driver.in_dialog(act, lambda: driver.trigger("label_by_bmi"))
    driver.settle()


def test_three_classes_by_the_korean_rule_and_back(driver):
    before = driver.document.state
    label(driver, 1, 3)
    rows = driver.samples.rows
    assert [info.key for info in driver.document.state.classes] == ["underweight", "normal", "overweight"]
    expected = bmi_classes(bmi_rule("korean"), 3, rows.height_cm, rows.weight_kg)
    assert rows.class_index.tolist() == expected.tolist()
    assert len(set(expected.tolist())) == 3
    assert driver.interaction.bmi_rule == "korean"
    driver.trigger("undo")
    driver.settle()
    assert driver.document.state.classes == before.classes
    assert driver.samples.rows.class_index.tolist() == before.samples.rows.class_index.tolist()


def test_two_classes_keep_the_model_and_its_weights(driver):
    driver.train_to(40)
    driver.stand()
    weights = driver.weights
    label(driver, 0, 2)
    assert driver.snapshot.spec.model.kind == "logistic"
    assert driver.weights == weights


def test_the_edges_lie_where_the_index_has_its_numbers(driver):
    driver.trigger("bmi_who")
    viewport = driver.canvas.viewport
    curves = driver.canvas.layers.bmi_edges.curves()
    assert [cut for cut, _ in curves] == [18.5, 25.0, 30.0]
    for cut, curve in curves:
        heights = np.array([viewport.height_at(x) for x, _ in curve])
        weights = np.array([viewport.weight_at(y) for _, y in curve])
        np.testing.assert_allclose(weights, weight_of_bmi(cut, heights), rtol=1e-9)
    driver.canvas.grab()
    named = {tag.spec.key for tag in driver.canvas.layers.tags.tags}
    assert {"bmi_18.5", "bmi_25", "bmi_30"} <= named
    driver.trigger("bmi_none")
    assert driver.canvas.layers.bmi_edges.curves() == []


def test_the_dialog_counts_the_samples_of_each_class_before_anything_happens(driver):
    seen = []

    def act(dialog):
        QTest.mouseClick(dialog.buttons[2], Qt.MouseButton.LeftButton)
        seen.append(dialog.result_label.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    before = driver.document.state
    driver.in_dialog(act, lambda: driver.trigger("label_by_bmi"))
    rows = before.samples.rows
    counts = np.bincount(bmi_classes(bmi_rule("who"), 2, rows.height_cm, rows.weight_kg)).tolist()
    assert seen == [f"no diet needed {counts[0]} · needs a diet {counts[1]}"]
    assert driver.document.state is before


def test_without_samples_the_dialog_says_so_and_stays(driver):
    driver.trigger("clear")

    def act(dialog):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert "no sample" in dialog.trouble
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.in_dialog(act, lambda: driver.trigger("label_by_bmi"))
    assert not driver.document.undo_text.endswith("BMI")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_label_of_the_classes_stands_level_with_its_first_button(driver, language):
    driver.speak(language)

    def act(dialog):
        button = next(iter(dialog.buttons.values()))
        label = next(
            one for one in dialog.findChildren(QLabel)
            if one.text() == {"en": "Classes", "ko": "범주"}[language]
        )  # fmt: skip
        settle_layout(dialog)
        centers = [one.mapTo(dialog, one.rect().center()).y() for one in (label, button)]
        assert abs(centers[0] - centers[1]) <= 1

    driver.in_dialog(act, lambda: driver.trigger("label_by_bmi"))
