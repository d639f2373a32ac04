"""Every edit is undone and redone exactly, and an edit among a million samples touches one block."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import edits
from engine.document.commands import Command, apply, changes_nothing, merge, same_rows
from engine.document.splitting import set_held_out, split_samples
from engine.document.state import ClassInfo, DocumentState, GuessLine
from engine.samples import BLOCK_SIZE, Samples
from engine.specs import OptimizerSpec


def document(*class_indices: int, n_classes: int = 2) -> DocumentState:
    count = len(class_indices)
    samples = Samples.from_columns(150.0 + np.arange(count), 50.0 + np.arange(count), class_indices)
    classes = tuple(ClassInfo(index, color=index) for index in range(n_classes))
    return DocumentState(samples, classes)


def same_document(one: DocumentState, other: DocumentState) -> bool:
    return (
        same_rows(one.samples.rows, other.samples.rows)
        and one.samples.class_counts == other.samples.class_counts
        and one.classes == other.classes
        and one.settings == other.settings
        and one.guess == other.guess
    )


def done(state: DocumentState, command: Command | None) -> DocumentState:
    assert command is not None
    return apply(state, command)


def class_indices(state: DocumentState) -> list[int]:
    return state.samples.rows.class_index.tolist()


# --- any sequence of edits ------------------------------------------------------------------------


@st.composite
def edit_of(draw: st.DrawFn, state: DocumentState) -> Command | None:
    count = len(state.classes)
    present = state.samples.rows.sample_id.tolist()
    ids = draw(st.lists(st.sampled_from(present), max_size=6)) if present else []
    label = draw(st.integers(-1, count - 1))
    index = draw(st.integers(0, count - 1))
    number = st.floats(30.0, 220.0, allow_nan=False)
    kinds = [
        "add",
        "move",
        "edit",
        "set_class",
        "set_labels",
        "remove",
        "clear",
        "rename",
        "add_class",
        "settings",
        "guess",
        "split",
        "hold_out",
    ]
    kinds += ["remove_class", "keep_two"] if count >= 2 else []
    kind = draw(st.sampled_from([*kinds, "replace"]))
    match kind:
        case "add":
            points = draw(st.lists(st.tuples(number, number), max_size=5))
            return edits.add_samples(state, [a for a, _ in points], [b for _, b in points], label)
        case "set_labels":
            return edits.set_label_set(state, ids, draw(st.one_of(st.none(), st.integers(0, 2**count - 1))))
        case "move":
            return edits.move_samples(state, ids, draw(st.floats(-5, 5)), draw(st.floats(-5, 5)))
        case "edit":
            return edits.edit_sample(state, (ids or [0])[0], draw(number), draw(number), label)
        case "set_class":
            return edits.set_class_of(state, ids, label)
        case "remove":
            return edits.remove_samples(state, ids)
        case "clear":
            return edits.clear_samples(state)
        case "rename":
            return edits.rename_class(state, index, draw(st.sampled_from(["tall", "short", None])))
        case "add_class":
            return edits.add_class(state, edits.next_class_id(state))
        case "remove_class":
            others = [other for other in range(count) if other != index]
            return edits.remove_class(state, index, draw(st.sampled_from([None, *others])))
        case "keep_two":
            reference, positive = draw(st.permutations(range(count)))[:2]
            others = draw(st.sampled_from([None, reference, positive]))
            return edits.keep_two_classes(state, reference, positive, others)
        case "settings":
            return edits.change_settings(state, {"seed": draw(st.integers(0, 3)), "batch_size": 4})
        case "split":
            return split_samples(state, draw(st.sampled_from([0.0, 0.2, 0.5])), draw(st.integers(0, 2)))
        case "hold_out":
            return set_held_out(state, ids, draw(st.booleans()))
        case "guess":
            return edits.set_guess(state, draw(st.sampled_from([None, GuessLine(1.0, 2.0, 3.0)])))
    return edits.replace_document(state, document(0, 1, 2, n_classes=3))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_sequence_is_undone_and_redone_exactly(data: st.DataObject) -> None:
    states = [document(0, 1, 1, -1, 0)]
    commands: list[Command] = []
    for _ in range(data.draw(st.integers(1, 12))):
        command = data.draw(edit_of(states[-1]))
        if command is not None:
            commands.append(command)
            states.append(apply(states[-1], command))
    state = states[-1]
    for command, before in zip(reversed(commands), reversed(states[:-1]), strict=True):
        state = apply(state, command.inverted())
        assert same_document(state, before)
    for command, after in zip(commands, states[1:], strict=True):
        state = apply(state, command)
        assert same_document(state, after)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_merged_command_does_what_the_two_did(data: st.DataObject) -> None:
    start = document(0, 1, 1, -1, 0)
    first = data.draw(edit_of(start))
    if first is None:
        return
    middle = apply(start, first)
    second = data.draw(edit_of(middle))
    if second is None:
        return
    merged = merge(first, second)
    if merged is None:
        assert first.kind != second.kind or first.kind in {"classes", "replace"}
        return
    end = apply(middle, second)
    assert same_document(apply(start, merged), end)
    assert same_document(apply(end, merged.inverted()), start)


# --- what each edit does --------------------------------------------------------------------------


def test_ids_of_removed_samples_are_never_used_again() -> None:
    state = document(0, 1)
    command = edits.add_samples(state, 170.0, 70.0, 1)
    added = done(state, command)
    undone = apply(added, command.inverted())
    again = done(undone, edits.add_samples(undone, 180.0, 80.0, 0))
    assert added.samples.rows.sample_id.tolist() == [0, 1, 2]
    assert again.samples.rows.sample_id.tolist() == [0, 1, 3]


def test_the_data_revision_grows_with_each_change_of_samples_undo_included() -> None:
    state = document(0, 1)
    command = edits.move_samples(state, [1], 2.0, 0.0)
    moved = done(state, command)
    undone = apply(moved, command.inverted())
    assert (state.data_revision, moved.data_revision, undone.data_revision) == (0, 1, 2)
    renamed = done(undone, edits.rename_class(undone, 0, "x"))
    faster = done(renamed, edits.change_settings(renamed, {"seed": 99}))
    another = done(faster, edits.add_class(faster, 2))
    assert another.data_revision == 2
    assert done(another, edits.replace_document(another, state)).data_revision == 3


def test_removing_a_class_can_give_its_samples_to_another_and_shifts_those_above() -> None:
    state = document(0, 1, 2, 3, 1, -1, n_classes=4)
    command = edits.remove_class(state, 1, 3)
    after = done(state, command)
    assert class_indices(after) == [0, 2, 1, 2, 2, -1]
    assert [info.class_id for info in after.classes] == [0, 2, 3]
    assert class_indices(apply(after, command.inverted())) == [0, 1, 2, 3, 1, -1]


def test_removing_a_class_can_take_its_samples_along() -> None:
    state = document(0, 1, 2, 1, n_classes=3)
    after = done(state, edits.remove_class(state, 1, None))
    assert after.samples.rows.sample_id.tolist() == [0, 2]
    assert class_indices(after) == [0, 1]


def test_the_last_class_stays() -> None:
    state = document(0, 0, n_classes=1)
    assert edits.remove_class(state, 0, None) is None


def test_a_ninth_class_is_not_added() -> None:
    assert edits.add_class(document(0, n_classes=8), 8) is None


def test_a_new_class_takes_the_first_free_colour_and_marker() -> None:
    classes = (ClassInfo(0, color=0, marker="triangle"), ClassInfo(4, color=2, marker="circle"))
    after = done(DocumentState(classes=classes), edits.add_class(DocumentState(classes=classes), 5))
    assert (after.classes[2].color, after.classes[2].marker, after.classes[2].key) == (1, "square", "class")
    assert after.classes[2].class_id == 5


def test_keeping_two_classes_makes_the_second_the_positive_one() -> None:
    state = document(0, 1, 2, 0, -1, n_classes=3)
    after = done(state, edits.keep_two_classes(state, 2, 0, 2))
    assert class_indices(after) == [1, 0, 0, 1, -1]
    assert [info.class_id for info in after.classes] == [2, 0]


def test_what_changes_nothing_is_no_command() -> None:
    state = document(0, 1)
    assert edits.move_samples(state, [0], 0.0, 0.0) is None
    assert edits.move_samples(state, [77], 1.0, 0.0) is None
    assert edits.set_class_of(state, [0], 0) is None
    assert edits.edit_sample(state, 0, 150.0, 50.0, 0) is None
    assert edits.remove_samples(state, []) is None
    assert edits.rename_class(state, 0, None) is None
    assert edits.change_settings(state, {"seed": state.settings.seed}) is None
    assert edits.set_guess(state, None) is None
    assert edits.clear_samples(DocumentState()) is None


def test_a_drag_that_comes_back_changes_nothing() -> None:
    state = document(0, 1)
    out = edits.move_samples(state, [0, 1], 2.0, 4.0)
    back = edits.move_samples(done(state, out), [0, 1], -2.0, -4.0)
    assert not changes_nothing(out)
    assert changes_nothing(merge(out, back))


def test_settings_of_other_fields_merge_into_one_command() -> None:
    state = document(0, 1)
    first = edits.change_settings(state, {"optimizer": OptimizerSpec(learning_rate=0.5)})
    middle = done(state, first)
    second = edits.change_settings(middle, {"optimizer": OptimizerSpec(learning_rate=2.0), "batch_size": 8})
    merged = merge(first, second)
    assert apply(state, merged).settings == apply(middle, second).settings
    assert apply(apply(state, merged), merged.inverted()).settings == state.settings


@pytest.mark.parametrize("label", [2, -2])
def test_a_class_that_does_not_exist_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="must be one of the document's"):
        edits.add_samples(document(0, 1), 170.0, 70.0, label)


def test_a_number_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        edits.edit_sample(document(0, 1), 0, float("nan"), 70.0, 0)


def test_held_out_samples_stay_held_out_when_moved_or_relabelled() -> None:
    samples = Samples.from_columns([150.0, 160.0], [50.0, 60.0], [0, 1], [True, False])
    state = DocumentState(samples, document(n_classes=2).classes)
    moved = done(state, edits.move_samples(state, [0, 1], 1.0, 1.0))
    swapped = done(moved, edits.change_classes(moved, moved.classes[::-1], (1, 0)))
    assert swapped.samples.rows.held_out.tolist() == [True, False]
    assert class_indices(swapped) == [1, 0]


# --- a million samples ----------------------------------------------------------------------------


def test_an_edit_among_many_replaces_one_block_and_shares_the_rest() -> None:
    count = 6 * BLOCK_SIZE
    samples = Samples.from_columns(np.full(count, 170.0), np.full(count, 70.0), np.arange(count) % 2)
    state = DocumentState(samples, document(n_classes=2).classes)
    command = edits.edit_sample(state, 3 * BLOCK_SIZE + 5, 171.0, 71.0, 1)
    after = done(state, command)
    shared = [block for block in after.samples.blocks if any(block is old for old in samples.blocks)]
    assert len(shared) == len(samples.blocks) - 1
    assert command.touched_samples == 1


def test_removing_a_class_shares_the_blocks_that_it_does_not_touch() -> None:
    labels = np.zeros(4 * BLOCK_SIZE, dtype=int)
    labels[:10] = 1
    samples = Samples.from_columns(np.full(labels.size, 170.0), np.full(labels.size, 70.0), labels)
    state = DocumentState(samples, document(n_classes=2).classes)
    after = done(state, edits.remove_class(state, 1, 0))
    assert all(new is old for new, old in zip(after.samples.blocks[1:], samples.blocks[1:], strict=True))


def test_appended_samples_bring_their_classes_and_leave_with_them() -> None:
    state = document(0, 1, -1)
    new = (ClassInfo(7, name="tall", color=2, marker="square"),)
    command = edits.append_samples(state, [1.0, 2.0], [3.0, 4.0], [2, 0], new)
    after = done(state, command)
    assert class_indices(after) == [0, 1, -1, 2, 0]
    assert [info.name for info in after.classes] == [None, None, "tall"]
    assert same_document(apply(after, command.inverted()), state)
    with pytest.raises(ValueError, match="at most 8"):
        edits.append_samples(document(0, n_classes=8), [1.0], [1.0], [8], new)


# --- samples with several labels ------------------------------------------------------------------


def test_labels_of_a_sample_are_a_set_and_its_class_is_the_lowest_of_them() -> None:
    state = document(0, 1, 2, n_classes=3)
    both = done(state, edits.set_label_set(state, [0], 0b110))
    assert both.samples.rows.label_set.tolist() == [0b110, -1, -1]
    assert class_indices(both) == [1, 1, 2]
    none = done(both, edits.set_label_set(both, [0, 1], 0))
    assert none.samples.rows.label_set.tolist() == [0, 0, -1]
    assert class_indices(none) == [-1, -1, 2]
    again = done(both, edits.set_label_set(both, [0], None))
    assert again.samples.rows.label_set.tolist() == [-1, -1, -1]
    assert class_indices(again) == [1, 1, 2]
    assert edits.set_label_set(both, [0], 0b110) is None


def test_another_class_is_one_label_and_a_move_keeps_them_all() -> None:
    state = document(0, 1, 2, n_classes=3)
    both = done(state, edits.set_label_set(state, [0, 1], 0b101))
    moved = done(both, edits.move_samples(both, [0], 1.0, 0.0))
    assert moved.samples.rows.label_set.tolist() == [0b101, 0b101, -1]
    edited = done(moved, edits.edit_sample(moved, 0, 170.0, 70.0, 0))
    assert edited.samples.rows.label_set.tolist() == [0b101, 0b101, -1]
    for relabelled in (edits.edit_sample(moved, 0, 170.0, 70.0, 2), edits.set_class_of(moved, [0], 0)):
        assert done(moved, relabelled).samples.rows.label_set.tolist() == [-1, 0b101, -1]


@pytest.mark.parametrize("label_set", [0b1000, -2])
def test_a_label_of_no_class_is_refused(label_set: int) -> None:
    with pytest.raises(ValueError, match="labels must be classes"):
        edits.set_label_set(document(0, 1, 2, n_classes=3), [0], label_set)


def test_new_samples_can_carry_several_labels() -> None:
    state = document(0)
    added = done(state, edits.add_samples(state, [170.0, 180.0], [60.0, 70.0], 0, label_set=0b10))
    assert added.samples.rows.label_set.tolist() == [-1, 0b10, 0b10]
    assert class_indices(added) == [0, 1, 1]


def test_labels_move_with_their_classes_and_a_sample_goes_with_its_last_one() -> None:
    state = document(0, 0, 0, 0, n_classes=3)
    for one, labels in enumerate((0b110, 0b010, 0b101, 0b000)):
        state = done(state, edits.set_label_set(state, [one], labels))
    command = edits.remove_class(state, 1, None)
    gone = done(state, command)
    assert gone.samples.rows.sample_id.tolist() == [0, 2, 3]
    assert gone.samples.rows.label_set.tolist() == [0b10, 0b11, 0]
    assert class_indices(gone) == [1, 0, -1]
    assert same_document(apply(gone, command.inverted()), state)
    merged = done(state, edits.remove_class(state, 1, 2))
    assert merged.samples.rows.label_set.tolist() == [0b10, 0b10, 0b11, 0]
    assert class_indices(merged) == [1, 1, 0, -1]
    more = done(state, edits.add_class(state, 9))
    assert more.samples.rows.label_set.tolist() == state.samples.rows.label_set.tolist()
