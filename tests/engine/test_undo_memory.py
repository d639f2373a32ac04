"""What an undo stack keeps in memory: arrays counted once, and no more of the oldest gone than is needed."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.document import edits
from engine.document.commands import Command
from engine.document.state import ClassInfo, DocumentState
from engine.document.undo_memory import COMMAND_BYTES, command_bytes, count_beyond, total_bytes
from engine.samples import Samples

SAMPLE_BYTES = 8 + 8 + 8 + 8 + 1 + 2
"""Id, height, weight, class, held out, label set."""


def people(n: int) -> DocumentState:
    samples = Samples.from_columns(np.linspace(150.0, 190.0, n), np.linspace(50.0, 90.0, n), [0] * n)
    return DocumentState(samples, (ClassInfo(0), ClassInfo(1, color=1, marker="triangle")))


def adding(n: int) -> Command:
    command = edits.add_samples(people(1), np.full(n, 170.0), np.full(n, 60.0), 1)
    assert command is not None
    return command


def test_an_edit_keeps_the_samples_that_it_puts():
    assert command_bytes(adding(1_000)) == COMMAND_BYTES + 1_000 * SAMPLE_BYTES


def test_a_move_keeps_the_samples_before_and_after():
    state = people(500)
    command = edits.move_samples(state, range(500), 1.0, 0.0)
    assert command is not None
    assert command_bytes(command) == COMMAND_BYTES + 2 * 500 * SAMPLE_BYTES


def test_a_document_counts_with_all_its_samples_and_what_is_kept_beside_them():
    state = people(400)
    command = edits.replace_document(people(0), state)
    assert command_bytes(command) == COMMAND_BYTES + 400 * SAMPLE_BYTES
    order, heights = state.samples.blocks[0].by_height
    assert command_bytes(command) == COMMAND_BYTES + 400 * SAMPLE_BYTES + order.nbytes + heights.nbytes


def test_documents_that_several_commands_share_count_once():
    one, other = people(300), people(700)
    there, back = edits.replace_document(one, other), edits.replace_document(other, one)
    assert command_bytes(there) == command_bytes(back) == COMMAND_BYTES + 1_000 * SAMPLE_BYTES
    assert total_bytes([there, back, there]) == 3 * COMMAND_BYTES + 1_000 * SAMPLE_BYTES


def test_settings_have_no_arrays():
    command = edits.change_settings(people(3), {"threshold": 0.25})
    assert command is not None
    assert command_bytes(command) == COMMAND_BYTES


@given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=12), most=st.integers(0, 60_000))
def test_no_more_go_than_have_to_and_the_newest_stays(sizes, most):
    commands = [adding(size) for size in sizes]
    gone = count_beyond(commands, most)
    assert 0 <= gone < len(commands)
    assert total_bytes(commands[gone:]) <= most or gone == len(commands) - 1
    assert gone == 0 or total_bytes(commands[gone - 1 :]) > most
