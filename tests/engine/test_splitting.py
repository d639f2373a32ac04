"""Held-out samples in the document: one command each, undone exactly, and new samples follow the rule."""

from __future__ import annotations

import numpy as np
import pytest

from engine.document import edits
from engine.document.commands import Command, apply, changes_nothing, merge
from engine.document.importing import replaced_by
from engine.document.splitting import set_held_out, split_anew, split_samples
from engine.document.state import ClassInfo, DocumentState, Settings
from engine.samples import BLOCK_SIZE, Samples
from engine.split import held_out_mask


def document(count: int = 40, n_classes: int = 2, **settings: object) -> DocumentState:
    numbers = np.arange(count)
    samples = Samples.from_columns(150.0 + numbers % 40, 50.0 + numbers % 30, numbers % n_classes)
    classes = tuple(ClassInfo(index, color=index) for index in range(n_classes))
    return DocumentState(samples, classes, Settings(**settings))


def done(state: DocumentState, command: Command | None) -> DocumentState:
    assert command is not None
    return apply(state, command)


def held_out(state: DocumentState) -> list[int]:
    rows = state.samples.rows
    return rows.sample_id[rows.held_out].tolist()


def test_a_share_marks_the_samples_and_is_remembered_in_one_command() -> None:
    before = document()
    command = split_samples(before, 0.2, 5)
    after = done(before, command)
    assert command.kind == "split"
    assert (after.samples.rows.held_out == held_out_mask(before.samples, 0.2, 5)).all()
    assert len(held_out(after)) == 8
    assert (after.settings.held_out_share, after.settings.split_seed) == (0.2, 5)
    assert after.data_revision == before.data_revision + 1
    undone = apply(after, command.inverted())
    assert held_out(undone) == []
    assert undone.settings == before.settings


def test_the_moves_of_a_drag_merge_and_one_that_comes_back_leaves_nothing() -> None:
    start = document()
    first = split_samples(start, 0.1, 5)
    middle = done(start, first)
    second = split_samples(middle, 0.4, 5)
    end = done(middle, second)
    merged = merge(first, second)
    assert merged is not None
    assert not changes_nothing(merged)
    assert held_out(apply(start, merged)) == held_out(end)
    assert apply(start, merged).settings == end.settings
    undone = apply(end, merged.inverted())
    assert held_out(undone) == []
    assert undone.settings == start.settings
    back = merge(merged, split_samples(end, 0.0, 0))
    assert back is not None
    assert changes_nothing(back)


def test_the_same_split_again_is_no_command_but_marks_set_by_hand_go() -> None:
    state = done(document(), split_samples(document(), 0.2, 5))
    assert split_samples(state, 0.2, 5) is None
    by_hand = done(state, set_held_out(state, range(40), True))
    assert held_out(done(by_hand, split_samples(by_hand, 0.2, 5))) == held_out(state)


def test_a_share_that_marks_nobody_is_still_remembered() -> None:
    state = document(count=4)
    after = done(state, split_samples(state, 0.1, 0))
    assert held_out(after) == []
    assert after.settings.held_out_share == 0.1
    assert after.samples is state.samples
    assert after.data_revision == state.data_revision


def test_samples_are_held_out_and_used_again_by_hand() -> None:
    state = document()
    command = set_held_out(state, [3, 5, 77], True)
    after = done(state, command)
    assert held_out(after) == [3, 5]
    assert after.settings == state.settings
    assert held_out(done(after, set_held_out(after, [5, 6], False))) == [3]
    assert set_held_out(after, [3, 5], True) is None
    assert held_out(apply(after, command.inverted())) == []


def test_samples_added_later_follow_the_share_and_leave_the_others_alone() -> None:
    state = done(document(), split_samples(document(), 0.25, 5))
    before = held_out(state)
    added = done(state, edits.add_samples(state, np.full(20, 170.0), np.full(20, 60.0), 1))
    assert held_out(added)[: len(before)] == before
    assert len(held_out(added)) == len(before) + 5
    one_by_one = state
    for _ in range(20):
        one_by_one = done(one_by_one, edits.add_samples(one_by_one, 170.0, 60.0, 1))
    assert held_out(one_by_one)[: len(before)] == before
    assert len(held_out(one_by_one)) == len(before) + 5


def test_samples_appended_with_a_new_class_follow_the_share() -> None:
    state = done(document(), split_samples(document(), 0.25, 5))
    labels = [2] * 12
    numbers = np.full(12, 170.0)
    after = done(state, edits.append_samples(state, numbers, numbers, labels, (ClassInfo(7),)))
    assert after.samples.held_out_counts == {0: 5, 1: 5, 2: 3}


def test_imported_samples_are_split_by_the_share_at_hand() -> None:
    state = document(held_out_share=0.25, split_seed=9)
    numbers = np.linspace(150.0, 190.0, 40)
    made = replaced_by(state, numbers, numbers, np.arange(40) % 2, ("a", "b"))
    assert (made.samples.rows.held_out == held_out_mask(made.samples, 0.25, 9)).all()
    assert made.samples.held_out_counts == {0: 5, 1: 5}
    assert held_out(replaced_by(document(), numbers, numbers, np.arange(40) % 2, ("a", "b"))) == []


def test_a_document_of_fresh_samples_is_split_by_its_own_rule() -> None:
    state = document(held_out_share=0.5, split_seed=1)
    fresh = split_anew(state)
    assert held_out(fresh) == held_out(done(document(), split_samples(document(), 0.5, 1)))
    assert fresh.samples.next_id == state.samples.next_id
    assert split_anew(document()).samples.held_out_counts == {}


def test_marking_one_among_many_replaces_one_block() -> None:
    state = document(count=4 * BLOCK_SIZE)
    after = done(state, set_held_out(state, [BLOCK_SIZE + 3], True))
    shared = [one is other for one, other in zip(state.samples.blocks, after.samples.blocks, strict=True)]
    assert shared == [True, False, True, True]


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_share_of_all_or_less_than_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="held-out share"):
        split_samples(document(), share, 0)
