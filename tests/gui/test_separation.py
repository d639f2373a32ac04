"""Whether a line separates the samples, kept up while the step model is trained; what play says of it."""

from __future__ import annotations

import pytest

from engine.document.state import DocumentState, GuessLine, Settings
from engine.errors import Message
from engine.samples import Samples
from engine.specs import OptimizerSpec
from gui.document import Document
from gui.run_words import FLAT_GRADIENT, NO_LINE
from gui.separation import SeparationWatch, separation_of
from gui.training_controller import TrainingController
from tests.gui.canvas_stage import class_infos

APART = ([150.0, 155.0, 180.0, 185.0], [50.0, 55.0, 90.0, 95.0], [0, 0, 1, 1])
MIXED = ([150.0, 180.0, 152.0, 182.0], [50.0, 90.0, 92.0, 48.0], [0, 0, 1, 1])


def document_with(columns, **settings) -> Document:
    samples = Samples.from_columns(*columns)
    return Document(DocumentState(samples, class_infos(2), Settings(**settings)))


@pytest.mark.parametrize(("columns", "kind"), [(APART, "complete"), (MIXED, "none")])
def test_it_is_decided_for_the_step_model_and_forgotten_for_others(qtbot, columns, kind):
    document, watch = document_with(columns, model="step"), SeparationWatch()
    told = []
    watch.changed.connect(lambda: told.append(watch.kind))
    watch.set_spec(document.state.training_spec())
    qtbot.waitUntil(lambda: watch.kind == kind)
    document.change_settings(model="logistic")
    watch.set_spec(document.state.training_spec())
    assert watch.kind is None
    assert told == [kind, None]
    watch.close()


def test_without_a_bias_only_lines_through_the_origin_count():
    columns = ([1.0, 2.0], [1.0, 2.0], [0, 1])  # on one ray: a line between them does not pass through (0, 0)
    spec = document_with(columns, model="step", standardize=False, bias=False).state.training_spec()
    assert separation_of(spec) != "complete"
    with_bias = document_with(columns, model="step", standardize=False).state.training_spec()
    assert separation_of(with_bias) == "complete"


class Desk:
    def __init__(self, columns, **settings) -> None:
        self.document = document_with(columns, **settings)
        self.controller = TrainingController(self.document)
        self.notices: list[Message] = []
        self.controller.notice.connect(self.notices.append)

    def close(self) -> None:
        self.controller.close()


@pytest.fixture
def desk(qapp):
    desks = []

    def make(columns, **settings) -> Desk:
        desks.append(Desk(columns, **settings))
        return desks[-1]

    yield make
    for one in desks:
        one.close()


def test_play_says_that_gradient_descent_cannot_move_the_step_and_nothing_moves(desk, qtbot):
    stage = desk(MIXED, model="step", optimizer=OptimizerSpec("gd"))
    stage.controller.play()
    assert stage.notices == [FLAT_GRADIENT]
    qtbot.waitUntil(lambda: stage.controller.snapshot is not None and stage.controller.snapshot.step > 3)
    assert not stage.controller.snapshot.parameters.any()


def test_with_its_own_rule_nothing_is_said_and_mistakes_are_counted(desk, qtbot):
    stage = desk(MIXED, model="step", optimizer=OptimizerSpec("perceptron"))
    stage.controller.set_speed(None)
    stage.controller.play()
    qtbot.waitUntil(lambda: stage.controller.snapshot is not None and stage.controller.snapshot.epoch > 3)
    assert stage.notices == []
    assert stage.controller.snapshot.mistakes[0].last_epoch > 0
    qtbot.waitUntil(lambda: stage.controller.separation.kind == "none")


def test_training_from_ones_own_line_starts_the_step_there_and_is_refused_by_hidden_layers(desk, qtbot):
    stage = desk(APART, model="step", optimizer=OptimizerSpec("perceptron"))
    stage.document.set_guess(GuessLine(0.0, 1.0, -70.0))
    stage.controller.train_from_guess()
    qtbot.waitUntil(
        lambda: stage.controller.snapshot is not None and stage.controller.snapshot.parameters.any()
    )
    assert stage.controller.snapshot.metrics[0, 2] == 0.0
    stage.controller.pause()
    stage.document.change_settings(model="mlp")
    stage.notices.clear()
    stage.controller.train_from_guess()
    assert stage.notices == [NO_LINE]
    assert not stage.controller.playing


def test_another_hidden_layer_starts_a_new_run_and_says_so(desk, qtbot):
    stage = desk(APART, model="mlp")
    stage.controller.step_forward()
    qtbot.waitUntil(
        lambda: stage.controller.snapshot is not None and stage.controller.snapshot.last_step == 1
    )
    stage.document.change_settings(hidden=(4, 4))
    assert stage.notices[-1].template == "Another model shape: a new run starts from new start weights."
    qtbot.waitUntil(lambda: stage.controller.snapshot.spec.model.hidden == (4, 4))
    assert stage.controller.snapshot.last_step == 0
