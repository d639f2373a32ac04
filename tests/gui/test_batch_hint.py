"""The offer of mini-batches: only where steps on all of very many samples are slow."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.document.state import DocumentState, Settings
from engine.samples import Samples
from engine.specs import OptimizerSpec
from gui.document import Document
from gui.panels.batch_hint import MANY_SAMPLES, OFFERED_BATCH, BatchHint
from tests.gui.canvas_stage import class_infos
from tests.gui.view_fakes import keep, snapshot_of


def make_document(count: int = MANY_SAMPLES, **settings: object) -> Document:
    rng = np.random.default_rng(1)
    samples = Samples.from_columns(
        rng.normal(170.0, 9.0, count), rng.normal(70.0, 9.0, count), np.arange(count) % 2
    )
    return Document(DocumentState(samples, class_infos(2), Settings(**settings)))


@pytest.fixture
def make_hint(qtbot):
    def make(document: Document) -> BatchHint:
        hint = BatchHint(document)
        hint.owner = document
        keep(qtbot, hint, document)
        hint.resize(210, 120)
        return hint

    return make


def pace(hint: BatchHint, speed: float, limit: float | None = None, *, playing: bool = True) -> None:
    hint.show_pace(snapshot_of(hint.owner, playing=playing, steps_per_second=speed), limit)


def test_slow_steps_on_all_samples_are_told_with_their_speed(make_hint):
    hint = make_hint(make_document())
    assert hint.isHidden()
    pace(hint, 31.4)
    assert not hint.isHidden()
    assert hint.label.text().startswith("One step uses 50,000 samples: 31 steps a second.")
    assert hint.button.text() == "Use batches of 256"


def test_the_button_sets_the_batch_size_as_one_command_and_the_hint_goes(make_hint):
    document = make_document()
    hint = make_hint(document)
    pace(hint, 31.4)
    QTest.mouseClick(hint.button, Qt.MouseButton.LeftButton)
    assert document.state.settings.batch_size == OFFERED_BATCH
    assert document.undo_stack.count() == 1
    assert hint.isHidden()
    pace(hint, 31.4)
    assert hint.isHidden()
    document.undo_stack.undo()
    assert hint.isHidden()  # the speed is that of another setting until it is measured
    pace(hint, 30.0)
    assert not hint.isHidden()


@pytest.mark.parametrize(
    ("count", "settings", "speed", "limit", "playing"),
    [
        (MANY_SAMPLES - 2, {}, 30.0, None, True),
        (MANY_SAMPLES, {}, 61.0, None, True),
        (MANY_SAMPLES, {}, 30.0, None, False),
        (MANY_SAMPLES, {}, 0.0, None, True),
        (MANY_SAMPLES, {"batch_size": 1000}, 30.0, None, True),
        (MANY_SAMPLES, {}, 9.5, 10.0, True),
        (
            MANY_SAMPLES,
            {"model": "step", "optimizer": OptimizerSpec("perceptron", 0.1)},
            30.0,
            None,
            True,
        ),
    ],
)
def test_there_is_no_hint_where_it_is_of_no_use(make_hint, count, settings, speed, limit, playing):
    hint = make_hint(make_document(count, **settings))
    pace(hint, speed, limit, playing=playing)
    assert hint.isHidden()


def test_a_speed_that_was_chosen_but_is_not_reached_is_slow(make_hint):
    hint = make_hint(make_document())
    pace(hint, 30.0, 120.0)
    assert hint.steps_per_second == 30.0


def test_the_number_stands_still_while_the_speed_wavers(make_hint):
    hint = make_hint(make_document())
    for speed in (30.0, 33.0, 27.0, 44.0):
        pace(hint, speed)
    assert hint.steps_per_second == 30.0
    pace(hint, 46.0)
    assert hint.steps_per_second == 46.0


def test_fewer_samples_or_another_document_end_it(make_hint):
    document = make_document()
    hint = make_hint(document)
    pace(hint, 30.0)
    document.add_samples(170.0, 70.0, 0)
    assert "50,001" in hint.label.text()
    document.remove_samples([0, 1, 2])
    assert hint.isHidden()
    document.undo_stack.undo()
    pace(hint, 30.0)
    document.open(make_document(10).state)
    assert hint.isHidden()
