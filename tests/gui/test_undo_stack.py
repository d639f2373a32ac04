"""The undo stack: bounded in memory, its oldest commands go first, and no trouble to Python's collector."""

from __future__ import annotations

import gc
import weakref

import pytest

from engine.document.commands import Command
from engine.document.state import ClassInfo, DocumentState
from engine.document.undo_memory import total_bytes
from engine.samples import Samples
from gui.document import Document


@pytest.fixture
def little_memory(monkeypatch) -> int:
    """An undo stack that keeps what ten single edits take."""
    most = 25_000
    monkeypatch.setattr("gui.undo_stack.UNDO_BYTES", most)
    return most


@pytest.fixture
def narrow(qapp, little_memory) -> Document:
    return Document(DocumentState(Samples.from_columns([150.0], [50.0], [0]), (ClassInfo(0), ClassInfo(1))))


def heights(document: Document) -> list[float]:
    return document.state.samples.rows.height_cm.tolist()


def kept(document: Document) -> list[Command]:
    return [document.undo_stack.entry(number)[0] for number in range(document.undo_stack.count())]


def test_the_oldest_commands_go_where_the_stack_would_keep_too_much(narrow, little_memory):
    gone: list[int] = []
    narrow.undo_stack.oldest_let_go.connect(gone.append)
    for number in range(100):
        narrow.add_samples(151.0 + number, 60.0, 0)
        assert total_bytes(kept(narrow)) <= little_memory * 17 / 16 + 2_100
    stack = narrow.undo_stack
    assert stack.count() == stack.index() == 100 - sum(gone)
    assert stack.count() >= 5
    assert len(gone) < 50  # several at a time
    last, left = stack.count(), 100 - stack.count()
    for _ in range(last):
        stack.undo()
    assert not stack.can_undo
    assert heights(narrow) == [150.0 + number for number in range(left + 1)]
    stack.set_index(last)
    assert heights(narrow) == [150.0 + number for number in range(101)]


def test_one_command_stays_however_large_it_is(narrow, little_memory):
    narrow.add_samples(160.0, 60.0, 0)
    narrow.add_samples([170.0] * 2_000, [60.0] * 2_000, [0] * 2_000)
    assert narrow.undo_stack.count() == 1
    assert total_bytes(kept(narrow)) > little_memory
    narrow.undo_stack.undo()
    assert heights(narrow) == [150.0, 160.0]


def test_a_drag_stays_one_command_while_older_ones_go(narrow):
    gone: list[int] = []
    narrow.undo_stack.oldest_let_go.connect(gone.append)
    for number in range(8):
        narrow.add_samples(151.0 + number, 60.0, 0)
    gesture = object()
    for number in range(40):
        narrow.add_samples([170.0 + 0.1 * number] * 10, [60.0] * 10, [0] * 10, gesture)
    assert gone
    assert narrow.undo_text == "Add 400 samples"
    count = narrow.undo_stack.count()
    narrow.undo_stack.undo()
    assert len(narrow.state.samples) == 9
    assert narrow.undo_stack.index() == count - 1


@pytest.mark.parametrize("saved_at", [0, 30, 59])
def test_what_is_clean_stays_so_as_long_as_undo_leads_there(narrow, saved_at):
    clean: list[bool] = []
    for number in range(60):
        if number == saved_at:
            narrow.undo_stack.set_clean()
            narrow.undo_stack.clean_changed.connect(clean.append)
        narrow.add_samples(151.0 + number, 60.0, 0)
    assert clean == [False]  # letting go tells nobody that something was saved
    narrow.undo_stack.set_index(max(0, narrow.undo_stack.count() - (60 - saved_at)))
    assert narrow.undo_stack.is_clean == (saved_at == 59)


def test_more_fits_again_after_another_document_was_opened(narrow):
    for number in range(100):
        narrow.add_samples(151.0 + number, 60.0, 0)
    narrow.open(DocumentState(classes=(ClassInfo(0), ClassInfo(1))))
    gone: list[int] = []
    narrow.undo_stack.oldest_let_go.connect(gone.append)
    for number in range(5):
        narrow.add_samples(151.0 + number, 60.0, 0)
    assert (narrow.undo_stack.count(), gone) == (5, [])


def test_undone_commands_whose_place_was_taken_do_not_count(narrow):
    for number in range(100):
        narrow.add_samples(151.0 + number, 60.0, 0)
        narrow.undo_stack.undo()
    assert narrow.undo_stack.count() == 1
    narrow.add_samples(160.0, 60.0, 0)
    narrow.add_samples(161.0, 60.0, 0)
    assert narrow.undo_stack.count() == 2


def test_a_document_in_a_cycle_of_references_is_collected_with_all_its_commands(qapp):
    document = Document(DocumentState(classes=(ClassInfo(0), ClassInfo(1))))
    document.me = document
    for number in range(60):
        document.add_samples(151.0 + number, 60.0, 0)
    remembered = weakref.ref(document)
    del document
    gc.collect()
    assert remembered() is None
