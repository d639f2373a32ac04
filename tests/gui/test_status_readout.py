from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.scaling import Standardizer
from gui.formulas import logit_text, odds_text, probability_text
from gui.interaction import Interaction
from gui.panels.point_values import original_rows, values_at
from gui.panels.status_readout import StatusReadout
from gui.theme import Appearance
from tests.gui.view_fakes import document_of, frame_of, keep, snapshot_of

LOGISTIC = [[-1.89, 3.0, -0.52], [5.24, -0.36, -2.3]]


class Stage:
    def __init__(self, qtbot: QtBot, n_classes: int = 2, width: int = 1400) -> None:
        self.document = document_of(n_classes)
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.view = StatusReadout(self.document, self.interaction, self.appearance)
        self.qtbot = qtbot
        keep(qtbot, self.view, self)
        self.view.resize(width, 26)
        self.view.show()

    def show(self, parameters: list[list[float]], pointer: tuple[float, float] | None = (172.4, 81.0)) -> str:
        self.view.show_frame(frame_of(self.document, parameters=parameters))
        self.interaction.set_pointer(pointer)
        return self.text_when("map:" if pointer is None else "cm")

    def text_when(self, words: str) -> str:
        self.qtbot.waitUntil(lambda: words in self.view.text)
        return self.view.text


def test_off_the_canvas_it_says_what_it_is_for(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    assert "Point at the canvas" in stage.view.text
    assert "Point at the canvas" in stage.show(LOGISTIC, pointer=None)


def test_every_model_gives_probability_odds_and_logit_at_the_pointer(qtbot: QtBot) -> None:
    text = Stage(qtbot).show(LOGISTIC)
    z_height, z_weight = (172.4 - 165.0) / 8.0, (81.0 - 65.0) / 10.0
    assert text.startswith("172.4 cm 81.0 kg BCE needs a diet")
    for name, (w_height, w_weight, bias) in zip(("BCE", "MSE"), LOGISTIC, strict=True):
        logit = w_height * z_height + w_weight * z_weight + bias
        p = 1 / (1 + math.exp(-logit))
        expected = (
            f"{name} needs a diet {probability_text(p)} odds {odds_text(logit)} logit {logit_text(logit)}"
        )
        assert expected in text


def test_the_selected_model_tells_how_it_does_and_owns_the_map(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    assert stage.show(LOGISTIC).endswith("| BCE 0.236 MSE 0.068 accuracy 84 % map: BCE")
    stage.interaction.set_selected_model(1)
    assert stage.view.text.endswith("| BCE 1.20 MSE 0.400 accuracy 55 % map: MSE")


def test_softmax_gives_every_class_for_every_model(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    parameters = [[0, 0, math.log(2), 0, 0, math.log(1), 0, 0, math.log(1)], [0.0] * 9]
    text = stage.show(parameters)
    assert "CE underweight 50 % normal 25 % overweight 25 %" in text
    assert "MSE underweight 33 % normal 33 % overweight 33 %" in text


@pytest.mark.parametrize(
    ("width", "kept", "gone"),
    [(780, "odds", "logit"), (620, "needs a diet", "odds"), (470, "BCE", "needs a diet")],
)
def test_in_less_room_it_leaves_out_the_least(qtbot: QtBot, width: int, kept: str, gone: str) -> None:
    text = Stage(qtbot, width=width).show(LOGISTIC)
    assert kept in text
    assert gone not in text
    assert "map: BCE" in text


def test_eight_classes_fit_a_small_window_by_their_likeliest(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 8, width=700)
    rows = np.zeros((2, 8, 3))
    rows[:, 5, 2] = 6.0
    text = stage.show(rows.reshape(2, 24).tolist())
    assert "CE" in text
    assert "class 6 98 %" in text


def test_a_click_on_a_name_selects_the_model(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(LOGISTIC)
    stage.view.repaint()
    for x in range(0, stage.view.width(), 4):
        QTest.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=QPoint(x, 12))
    assert stage.interaction.selected_model == 1


def test_texts_follow_the_language(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(qtbot)
    stage.show(LOGISTIC, pointer=None)
    monkeypatch.setattr("gui.panels.status_readout.translate", lambda context, text, **values: "안내")
    stage.view.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert stage.view.text.startswith("안내")


def test_text_grows_with_the_scale(qtbot: QtBot) -> None:
    stage = Stage(qtbot, width=900)
    stage.show(LOGISTIC)
    stage.appearance.set_scale_percent(200)
    assert "odds" not in stage.view.text
    assert stage.view.sizeHint().height() == 48


@pytest.mark.parametrize("n_classes", [2, 5])
def test_values_at_a_point_agree_with_the_weights_in_cm_and_kg(n_classes: int) -> None:
    document = document_of(n_classes)
    nodes = 1 if n_classes == 2 else n_classes
    parameters = np.random.default_rng(3).normal(0.0, 2.0, (2, 3 * nodes))
    snapshot = snapshot_of(document, parameters=parameters, scaler=Standardizer(168.0, 70.0, 9.0, 12.0))
    values = values_at(snapshot, 1, 171.5, 62.25)
    by_hand = original_rows(snapshot, 1) @ [171.5, 62.25, 1.0]
    assert values.logits == pytest.approx(by_hand, abs=1e-9)
    assert values.probability.sum() == pytest.approx(1.0)
    assert values.z_scores == pytest.approx([(171.5 - 168.0) / 9.0, (62.25 - 70.0) / 12.0])
    if n_classes == 2:
        assert values.probability[1] == pytest.approx(1 / (1 + math.exp(-values.logits[0])))
