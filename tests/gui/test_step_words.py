"""The step model below and in the loss plot: mistakes, an outlook, and a loss that is 0 or infinite."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.running.history import LossCurve
from engine.snapshots import LossRecords, Mistakes
from engine.specs import OptimizerSpec
from gui.frame import Frame
from gui.interaction import Interaction
from gui.plots.loss.axes import value_axis
from gui.plots.loss.plot import LossPlot
from gui.plots.step_words import step_sentence
from gui.theme import Appearance
from tests.gui.view_fakes import FakeController, document_of, keep, snapshot_of


def snapshot_with(mistakes: Mistakes | None, optimizer: str = "perceptron"):
    document = document_of(2, model="step", optimizer=OptimizerSpec(optimizer))
    snapshot = snapshot_of(document, parameters=[[0.0, 1.0, 0.0]])
    return replace(snapshot, mistakes=None if mistakes is None else (mistakes,))


@pytest.mark.parametrize(
    ("mistakes", "separation", "sentence"),
    [
        (Mistakes(0, 3, None), None, "Mistakes in epoch 0 so far: 3."),
        (Mistakes(4, 3, 5), None, "Mistakes in epoch 4 so far: 3; in the whole epoch before: 5."),
        (
            Mistakes(1, 0, 5),
            "none",
            "Mistakes in epoch 1 so far: 0; in the whole epoch before: 5. "
            "No line separates these samples, so the rule never settles.",
        ),
        (
            Mistakes(1, 2, 5),
            "complete",
            "Mistakes in epoch 1 so far: 2; in the whole epoch before: 5. A line separates these samples, so "
            "the rule will settle; on which of the many such lines depends on the start.",
        ),
        (
            Mistakes(9, 0, 0),
            "complete",
            "Mistakes in epoch 9 so far: 0; in the whole epoch before: 0. It has settled. Which of the many "
            "separating lines it ended on depends on the start.",
        ),
        (Mistakes(1, 2, 5), "quasi", "Mistakes in epoch 1 so far: 2; in the whole epoch before: 5."),
    ],
)
def test_what_is_said_of_the_rule(mistakes, separation, sentence):
    assert step_sentence(snapshot_with(mistakes), separation) == sentence


def test_gradient_descent_is_told_why_it_stands_still_and_other_models_nothing():
    assert step_sentence(snapshot_with(None, "gd"), "none").startswith("Gradient = 0")
    assert step_sentence(snapshot_of(document_of(2)), "none") == ""


class Stage:
    def __init__(self, qtbot) -> None:
        self.document = document_of(2, model="step", optimizer=OptimizerSpec("perceptron"))
        self.interaction, self.controller = Interaction(self.document), FakeController()
        self.appearance = Appearance()
        self.view = LossPlot(self.document, self.interaction, self.controller, self.appearance)
        keep(qtbot, self.view, self)
        self.view.resize(560, 340)
        self.view.show()

    def show(self, cross_entropy: list[float], mistakes: Mistakes) -> None:
        curve, count = LossCurve(1), len(cross_entropy)
        rows = [[value, 0.5 if value else 0.0, 0.5 if value else 0.0] for value in cross_entropy]
        curve.append(LossRecords(1, np.arange(count), np.array(rows)[:, None, :]))
        snapshot = snapshot_of(self.document, step=count - 1, parameters=[[0.0, 1.0, 0.0]])
        snapshot = replace(snapshot, metrics=np.array([rows[-1]]), mistakes=(mistakes,))
        self.view.show_frame(Frame(snapshot, curve, True, ()))


def test_the_footer_counts_and_says_what_is_found_out(qtbot):
    stage = Stage(qtbot)
    stage.show([np.inf] * 3, Mistakes(1, 2, 5))
    assert stage.view.sentence.text() == "Mistakes in epoch 1 so far: 2; in the whole epoch before: 5."
    stage.controller.separation.tell("none")
    assert "never settles" in stage.view.sentence.text()
    stage.show([np.inf] * 4, Mistakes(1, 3, 5))
    qtbot.waitUntil(lambda: "so far: 3" in stage.view.sentence.text())


def test_an_infinite_loss_lies_at_the_end_of_its_axis_and_is_read_as_such(qtbot):
    stage = Stage(qtbot)
    stage.show([np.inf, np.inf, 0.0], Mistakes(1, 0, 0))
    QTest.mouseClick(stage.view.ruler_switch.button("cross_entropy"), Qt.MouseButton.LeftButton)
    chart = stage.view.chart
    chart.grab()
    assert stage.view.ruler_switch.button("cross_entropy").text() == "BCE"
    assert [text for _, text in chart.axes[1].ticks(200.0, 20.0)] == ["0", "∞"]
    (curve,) = chart.geometries
    area = chart.plot_area
    assert curve.y.tolist() == [area.top(), area.top(), area.bottom()]
    assert chart.end_texts == ["trained on MSE: 0"]
    stage.show([np.inf, np.inf, 0.0, np.inf], Mistakes(1, 1, 0))
    qtbot.waitUntil(lambda: chart.end_texts == ["trained on MSE: ∞"])


def test_finite_losses_have_a_finite_axis_whatever_is_infinite_beside_them():
    axis = value_axis(np.array([0.2, np.inf, 1.4]), log=False, percent=False)
    assert not axis.is_endless
    assert axis.high == 1.5
    assert axis.fraction(np.array([np.inf]))[0] == 1.0
