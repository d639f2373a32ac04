from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.scaling import Standardizer
from gui.interaction import Interaction
from gui.panels.weights_panel import WeightsPanel
from gui.theme import Appearance
from tests.gui.view_fakes import document_of, frame_of, keep

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LOGISTIC = [[-1.89, 3.0, -0.52], [5.24, -0.36, -2.3]]


class Stage:
    def __init__(self, qtbot: QtBot, n_classes: int = 2) -> None:
        self.document = document_of(n_classes)
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.view = WeightsPanel(self.document, self.interaction, self.appearance)
        keep(qtbot, self.view, self)
        self.view.resize(400, 300)
        self.view.show()

    def show(self, parameters: object, **keys: object) -> list[list[str]]:
        self.view.show_frame(frame_of(self.document, parameters=parameters, **keys))
        return self.view.formulas


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text.replace(" - ", " + -"))]


def test_each_model_is_shown_standardised_in_cm_and_kg_and_as_a_line(stage: Stage) -> None:
    bce, mse = stage.show(LOGISTIC)
    assert bce == [
        "w = (-1.890, 3.000)  b = -0.520",
        "z = -0.23625 cm + 0.30000 kg + 18.96",
        "line: kg = 0.7875 cm - 63.2",
    ]
    assert mse[0] == "w = (5.240, -0.360)  b = -2.300"


def test_the_formula_gives_the_logit_by_hand(stage: Stage) -> None:
    scaler = Standardizer(168.123, 71.456, 8.913, 13.377)
    bce, _ = stage.show(LOGISTIC, scaler=scaler)
    per_cm, per_kg, bias = numbers(bce[1])
    for cm, kg in ((140.0, 35.0), (171.3, 64.2), (205.0, 140.0)):
        z_height, z_weight = (cm - 168.123) / 8.913, (kg - 71.456) / 13.377
        exact = -1.89 * z_height + 3.0 * z_weight - 0.52
        assert per_cm * cm + per_kg * kg + bias == pytest.approx(exact, abs=0.01)


def test_the_threshold_moves_the_line_and_no_weight(stage: Stage) -> None:
    before = stage.show(LOGISTIC)[0]
    stage.document.change_settings(threshold=0.8)
    after = stage.view.formulas[0]
    assert after[:2] == before[:2]
    assert after[2] != before[2]
    assert numbers(after[2])[0] == numbers(before[2])[0]


def test_softmax_has_a_row_a_class_for_each_model(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    formulas = stage.show(np.arange(18.0).reshape(2, 9))
    assert [len(lines) for lines in formulas] == [6, 6]
    assert formulas[0][0] == "w = (0.000, 1.000)  b = 2.000"
    assert [line.split(" =")[0] for line in formulas[1][1::2]] == ["z₀", "z₁", "z₂"]


def test_another_number_of_classes_makes_other_rows(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    stage.show(np.zeros((2, 9)))
    stage.document.add_class()
    formulas = stage.show(np.zeros((2, 12)))
    assert [len(lines) for lines in formulas] == [8, 8]


def test_while_training_the_digits_change_a_few_times_a_second(stage: Stage, qtbot: QtBot) -> None:
    first = stage.show([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    for step in range(1, 30):
        stage.show([[step, 0.0, 0.0], [0.0, 0.0, 0.0]], step=step)
    assert stage.view.formulas == first
    qtbot.waitUntil(lambda: stage.view.formulas[0][0] == "w = (29.000, 0.000)  b = 0.000")


def test_the_text_can_be_selected_and_copied(stage: Stage) -> None:
    stage.show(LOGISTIC)
    label = next(
        one for one in stage.view.findChildren(type(stage.view.heading).__base__) if "z =" in one.text()
    )
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    QTest.mouseClick(stage.view.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("BCE\nw = (-1.890, 3.000)  b = -0.520\nz = ")
    assert "\n\nMSE\n" in copied


def test_copied_softmax_rows_are_named_by_their_classes(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    stage.show(np.zeros((2, 9)))
    stage.view.copy_text()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("CE\nunderweight\nw = (0.000, 0.000)  b = 0.000\nz₀ = ")
    assert "\noverweight\n" in copied


def test_a_click_on_a_name_selects_the_model(stage: Stage) -> None:
    stage.show(LOGISTIC)
    names = [
        label for label in stage.view.findChildren(type(stage.view.heading).__base__) if label.text() == "MSE"
    ]
    QTest.mouseClick(names[0], Qt.MouseButton.LeftButton)
    assert stage.interaction.selected_model == 1
    assert names[0].font().bold() or names[0].font().weight() > 400


def test_texts_follow_the_language(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.show(LOGISTIC)
    words = {"cm": "키", "kg": "몸무게"}
    monkeypatch.setattr(
        "gui.panels.weights_panel.translate",
        lambda context, text, **values: words.get(text, text).format(**values),
    )
    stage.view.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert stage.view.formulas[0][1] == "z = -0.23625 키 + 0.30000 몸무게 + 18.96"
