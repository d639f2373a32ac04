"""The document: one undo command an act, gestures merged, and a signal that says exactly what changed."""

from __future__ import annotations

import gc

import pytest

from engine.document.commands import Command
from engine.document.state import ClassInfo, DocumentState, GuessLine
from engine.samples import Samples
from engine.specs import OptimizerSpec
from gui.document import Change, Document


@pytest.fixture
def document(qapp) -> Document:
    samples = Samples.from_columns([150.0, 160.0, 170.0], [50.0, 60.0, 70.0], [0, 1, 1])
    classes = (ClassInfo(0, "no_diet"), ClassInfo(1, "needs_diet", color=1, marker="triangle"))
    return Document(DocumentState(samples, classes))


@pytest.fixture
def changes(document) -> list[Change]:
    heard: list[Change] = []
    document.changed.connect(heard.append)
    return heard


def heights(document: Document) -> list[float]:
    return document.state.samples.rows.height_cm.tolist()


def test_an_edit_is_one_command_and_says_that_samples_changed(document, changes):
    document.add_samples(180.0, 80.0, 1)
    assert heights(document) == [150.0, 160.0, 170.0, 180.0]
    assert document.undo_stack.count() == 1
    assert changes == [Change(samples=True)]
    document.undo_stack.undo()
    assert heights(document) == [150.0, 160.0, 170.0]
    document.undo_stack.redo()
    assert heights(document) == [150.0, 160.0, 170.0, 180.0]
    assert changes == [Change(samples=True)] * 3


def test_the_moves_of_one_drag_are_one_command(document):
    gesture = object()
    for _ in range(5):
        document.move_samples([0, 2], 1.0, 0.5, gesture)
    assert heights(document) == [155.0, 160.0, 175.0]
    assert document.undo_stack.count() == 1
    assert document.undo_text == "Move 2 samples"
    document.undo_stack.undo()
    assert heights(document) == [150.0, 160.0, 170.0]
    document.undo_stack.redo()
    assert heights(document) == [155.0, 160.0, 175.0]


def test_two_drags_are_two_commands(document):
    document.move_samples([0], 1.0, 0.0, object())
    document.move_samples([0], 1.0, 0.0, object())
    assert document.undo_stack.count() == 2


def test_calls_without_a_gesture_never_merge(document):
    document.move_samples([0], 1.0, 0.0)
    document.move_samples([0], 1.0, 0.0)
    assert document.undo_stack.count() == 2


def test_a_drag_that_comes_back_leaves_no_command(document):
    gesture = object()
    document.move_samples([0], 2.0, 0.0, gesture)
    document.move_samples([0], -2.0, 0.0, gesture)
    assert document.undo_stack.count() == 0
    assert heights(document) == [150.0, 160.0, 170.0]


def test_a_brush_stroke_counts_all_its_samples(document):
    stroke = object()
    document.add_samples([1.0, 2.0], [1.0, 2.0], 0, stroke)
    document.add_samples(3.0, 3.0, 0, stroke)
    assert document.undo_text == "Add 3 samples"
    document.undo_stack.undo()
    assert len(document.state.samples) == 3


def test_what_changes_nothing_pushes_nothing(document, changes):
    document.move_samples([0], 0.0, 0.0)
    document.change_settings(seed=document.state.settings.seed)
    document.remove_samples([])
    assert document.undo_stack.count() == 0
    assert changes == []


def test_settings_are_undone_and_named_in_the_signal(document, changes):
    document.change_settings(optimizer=OptimizerSpec("adam"), batch_size=2)
    document.undo_stack.undo()
    assert changes == [Change(settings=frozenset({"optimizer", "batch_size"}))] * 2
    assert document.state.settings.optimizer.kind == "gd"


def test_a_slider_drag_is_one_command(document):
    gesture = object()
    for rate in (0.2, 0.3, 0.4):
        document.change_settings(gesture, optimizer=OptimizerSpec(learning_rate=rate))
    assert document.undo_stack.count() == 1
    assert document.undo_text == "Change the optimiser"
    document.undo_stack.undo()
    assert document.state.settings.optimizer.learning_rate == 0.1


def test_the_guess_is_undone(document, changes):
    document.set_guess(GuessLine(1.0, 2.0, 3.0))
    document.undo_stack.undo()
    assert document.state.guess is None
    assert changes == [Change(guess=True)] * 2


def test_a_class_id_is_never_used_again(document):
    document.add_class()
    document.undo_stack.undo()
    document.add_class()
    document.remove_class(2, None)
    document.add_class()
    assert [info.class_id for info in document.state.classes] == [0, 1, 4]


def test_removing_a_class_changes_samples_and_classes_in_one_command(document, changes):
    document.add_class()
    document.remove_class(0, 1)
    assert document.state.samples.rows.class_index.tolist() == [0, 0, 0]
    assert changes[-1] == Change(samples=True, classes=True)
    document.undo_stack.undo()
    assert document.state.samples.rows.class_index.tolist() == [0, 1, 1]


def test_replacing_the_document_is_undone_and_marks_the_change(document, changes):
    document.replace(DocumentState(Samples.from_columns([1.0], [2.0], [0]), (ClassInfo(0),)), "Open a scene")
    assert document.undo_text == "Open a scene"
    assert len(document.state.samples) == 1
    document.undo_stack.undo()
    assert len(document.state.samples) == 3
    assert [change.replaced for change in changes] == [True, True]


def test_opening_a_document_leaves_nothing_to_undo_and_a_newer_revision(document, changes):
    document.add_samples(180.0, 80.0, 1)
    before = document.state.data_revision
    document.open(DocumentState())
    assert document.undo_stack.count() == 0
    assert document.state.data_revision > before
    assert changes[-1].replaced


def test_undo_and_redo_texts_follow_the_stack(document, qtbot):
    with qtbot.waitSignal(document.undo_text_changed):
        document.rename_class(0, "short")
    assert (document.undo_text, document.redo_text) == ("Rename a class", "")
    document.undo_stack.undo()
    assert (document.undo_text, document.redo_text) == ("", "Rename a class")


def commands() -> int:
    """How many commands are alive, of all documents."""
    gc.collect()
    return sum(isinstance(one, Command) for one in gc.get_objects())


def test_a_drag_keeps_one_command_and_not_every_move(document):
    before = commands()
    gesture = object()
    for _ in range(30):
        document.move_samples([0, 2], 0.5, 0.25, gesture)
    assert document.undo_stack.count() == 1
    assert commands() == before + 1
    document.undo_stack.undo()
    assert heights(document) == [150.0, 160.0, 170.0]
    document.undo_stack.redo()
    assert heights(document) == [165.0, 160.0, 185.0]
