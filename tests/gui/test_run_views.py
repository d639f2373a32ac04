"""The views of a run with the real controller and its thread behind them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.interaction import Interaction
from gui.panels.network_view import NetworkView
from gui.panels.status_readout import StatusReadout
from gui.panels.transport import Transport
from gui.panels.weights_panel import WeightsPanel
from gui.plots.loss.plot import LossPlot
from gui.theme import Appearance
from gui.training_controller import TrainingController
from tests.gui.view_fakes import document_of, keep

LEFT = Qt.MouseButton.LeftButton


class Stage:
    """All views of a run in one window, fed by a real controller."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = document_of()
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.window = QWidget()
        self.controller = TrainingController(self.document, self.window)
        document, interaction, appearance = self.document, self.interaction, self.appearance
        self.plot = LossPlot(document, interaction, self.controller, appearance)
        self.transport = Transport(document, self.controller, appearance)
        self.weights = WeightsPanel(document, interaction, appearance)
        self.network = NetworkView(document, interaction, appearance)
        self.readout = StatusReadout(document, interaction, appearance)
        layout = QVBoxLayout(self.window)
        for view in (self.plot, self.transport, self.weights, self.network, self.readout):
            layout.addWidget(view)
            self.controller.frame.connect(view.show_frame)
        keep(qtbot, self.window, self)
        self.window.resize(900, 900)
        self.window.show()


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot)
    qtbot.waitUntil(lambda: made.controller.snapshot is not None)
    yield made
    made.controller.close()


def test_single_steps_reach_every_view(stage: Stage, qtbot: QtBot) -> None:
    for count in (1, 2, 3):
        QTest.mouseClick(stage.transport.forward_button, LEFT)
        qtbot.waitUntil(lambda count=count: stage.transport.step_label.text() == f"step {count}")
    assert stage.plot.chart.content.curve.last_step == 3
    assert stage.plot.chart.content.last_step == 3
    qtbot.waitUntil(lambda: stage.network.picture.weights[0] != (0.0, 0.0, 0.0))
    qtbot.waitUntil(lambda: stage.weights.formulas[0][0] != "w = (0.000, 0.000)  b = 0.000")
    qtbot.waitUntil(lambda: "map: BCE" in stage.readout.text)


def test_train_runs_until_pause_and_scrubbing_goes_back(stage: Stage, qtbot: QtBot) -> None:
    QTest.mouseClick(stage.transport.train_button, LEFT)
    assert stage.transport.train_button.text() == "Pause"
    qtbot.waitUntil(lambda: stage.plot.chart.content.last_step > 50)
    QTest.mouseClick(stage.transport.train_button, LEFT)
    qtbot.waitUntil(lambda: stage.controller.snapshot is not None and not stage.controller.snapshot.playing)
    slider = stage.transport.scrub_slider
    QTest.mouseClick(slider, LEFT, Qt.KeyboardModifier.NoModifier, slider.rect().center())
    sought = stage.transport.step_label.text()
    qtbot.waitUntil(lambda: stage.plot.chart.reading is not None)
    snapshot, reading = stage.controller.snapshot, stage.plot.chart.reading
    assert (reading.step, reading.values) == (snapshot.step, tuple(snapshot.metrics[:, 2]))
    assert sought == stage.transport.step_label.text() == f"step {snapshot.step:,}"
    assert stage.transport.train_button.text() == "Train"


def test_the_optimum_is_found_and_drawn(stage: Stage, qtbot: QtBot) -> None:
    stage.plot.set_ruler("cross_entropy")
    QTest.mouseClick(
        stage.plot.optimum_box, LEFT, Qt.KeyboardModifier.NoModifier, stage.plot.optimum_box.rect().center()
    )
    qtbot.waitUntil(lambda: stage.controller.optimum is not None)
    if stage.controller.optimum.parameters is None:
        pytest.fail("the samples of the fake document must not be separable")
    (floor,) = stage.plot.chart.content.floors
    assert floor.value == stage.controller.optimum.cross_entropy


def test_emptying_a_class_says_why_training_stops(stage: Stage) -> None:
    samples = stage.document.state.samples.rows
    stage.document.remove_samples(samples.sample_id[samples.class_index == 1].tolist())
    assert not stage.transport.train_button.isEnabled()
    assert stage.transport.reason_label.isVisible()
    stage.document.undo_stack.undo()
    assert stage.transport.train_button.isEnabled()
