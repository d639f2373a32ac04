"""A journal gives back every command, bit for bit, and a torn or damaged one everything before the damage."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import edits
from engine.document.commands import Command, apply, same_rows
from engine.document.state import ClassInfo, DocumentState, GuessLine
from engine.errors import FallLineError
from engine.files.command_codec import command_from, command_tree, command_type, pieces
from engine.files.journal import (
    change_pieces,
    decode_journal,
    is_journal,
    read_journal,
    run_pieces,
    view_pieces,
    work_pieces,
)
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.session_content import SessionView
from engine.models import layout_of
from engine.running.saved_curve import SavedCurve
from engine.running.saved_run import SavedRun
from engine.samples import BLOCK_SIZE, Samples
from engine.scaling import Standardizer
from engine.snapshots import Memory
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from tests.engine.test_commands import document, edit_of, same_document

numbers = st.floats(allow_nan=False, allow_infinity=False)


def recoded(command: Command) -> Command:
    """A command that was written and read again."""
    text = b"".join(pieces(command_tree(command)))
    return command_from(msgspec.json.decode(text, type=command_type()))


def whole(work: Work) -> bytes:
    return b"".join(work_pieces(work))


def line(change: StackChange) -> bytes:
    return b"".join(change_pieces(change))


def added(state: DocumentState, height_cm: float, weight_kg: float) -> UndoEntry:
    command = edits.add_samples(state, height_cm, weight_kg, 1)
    assert command is not None
    return UndoEntry(command, "add")


def run_record(state: DocumentState, *, memory: bool = True, seed: int = 0) -> RunRecord:
    spec = state.training_spec()
    shape = (len(spec.losses), layout_of(spec.model).parameter_count)
    rng = np.random.default_rng(seed)
    kept = Memory(rng.normal(size=(2, *shape)), 41, 3, 2) if memory else None
    scaler = Standardizer(170.1, 70.2, 8.3, 10.4)
    run = SavedRun(1240, spec.losses, spec.kinds, scaler, rng.normal(size=shape), kept)
    return RunRecord(run, spec.model, spec.class_ids)


def with_curve(record: RunRecord, *steps: int, held_out: bool = False) -> RunRecord:
    models = len(record.run.losses)
    values = np.random.default_rng(len(steps)).random((len(steps), models, 3))
    values[0, 0, 0] = np.inf
    kept = np.where(values > 0.5, np.nan, values) if held_out else None
    curve = SavedCurve(np.array(steps), values, kept, ((steps[0], "data"), (steps[-1], "settings")))
    return replace(record, run=replace(record.run, curve=curve))


# --- commands ---------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_command_comes_back_and_does_and_undoes_the_same(data: st.DataObject) -> None:
    state = document(0, 1, 1, -1, 0)
    for _ in range(data.draw(st.integers(1, 8))):
        command = data.draw(edit_of(state))
        if command is None:
            continue
        again = recoded(command)
        after = apply(state, command)
        assert again.kind == command.kind
        assert same_document(apply(state, again), after)
        assert same_document(apply(after, again.inverted()), apply(after, command.inverted()))
        state = after


def test_a_start_that_goes_with_the_classes_comes_back_and_older_commands_have_none():
    state = document(0, 1)
    exact = StartSpec("exact", 1.5, (0.1, -0.2, 1 / 3))
    state = replace(state, settings=replace(state.settings, start=exact))
    again = recoded(edits.add_class(state, 7))
    assert (again.values.start, again.inverse.start) == (apply(state, again).settings.start, exact)
    assert len(again.values.start.parameters) == 9
    assert "start" not in command_tree(edits.add_class(document(0, 1), 7))["values"]


@given(numbers, numbers, st.text(max_size=8))
def test_numbers_and_names_come_back_bit_for_bit(height_cm, weight_kg, name):
    state = document(0, 1)
    values = recoded(edits.add_samples(state, height_cm, weight_kg, 0)).values
    assert values.put.height_cm.tobytes() == np.array([height_cm]).tobytes()
    assert values.put.weight_kg.tobytes() == np.array([weight_kg]).tobytes()
    guess = GuessLine(height_cm, weight_kg, 1.0)
    assert recoded(edits.set_guess(state, guess)).values.guess == guess
    assert recoded(edits.rename_class(state, 0, name)).values.classes[0].name == name


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_size": 16},
        {"batch_size": None, "seed": 12},
        {"optimizer": OptimizerSpec("adam", 0.01), "model": "mlp", "hidden": (4, 3)},
        {"start": StartSpec("exact", parameters=(1.0, -2.5, 1e-300))},
        {"threshold": 0.25},
        {"standardize": False, "bias": False, "label_smoothing": 0.1},
    ],
)
def test_settings_come_back_whatever_their_kind(changes):
    state = replace(document(0, 1), settings=replace(document().settings, batch_size=4, seed=3))
    command = edits.change_settings(state, changes)
    again = recoded(command)
    assert again.values.changes == command.values.changes
    assert again.inverse.changes == command.inverse.changes


def test_samples_of_many_blocks_come_back_as_one_table():
    count = 2 * BLOCK_SIZE + 7
    rng = np.random.default_rng(1)
    command = edits.add_samples(document(0, 1), rng.normal(170, 8, count), rng.normal(70, 9, count), 1)
    assert same_rows(recoded(command).values.put, command.values.put)


# --- journals ---------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_journal_ends_where_the_document_stood_with_its_undo_stack(data: st.DataObject) -> None:
    base = document(0, 1, 1, -1, 0)
    states, entries, index = [base], [], 0
    text = whole(Work(base))
    for _ in range(data.draw(st.integers(1, 10))):
        if data.draw(st.booleans()):
            index = data.draw(st.integers(0, len(entries)))
            text += line(StackChange(len(entries), (), index))
            continue
        command = data.draw(edit_of(states[index]))
        if command is None:
            continue
        entry = UndoEntry(command, "edit", data.draw(st.integers(1, 9)), data.draw(st.text(max_size=3)))
        states[index + 1 :] = [apply(states[index], command)]
        entries[index:] = [entry]
        index += 1
        text += line(StackChange(index - 1, (entry,), index))
    work = decode_journal(text)
    assert same_document(work.state, states[index])
    assert (work.index, len(work.entries)) == (index, len(entries))
    assert [(e.key, e.count, e.text) for e in work.entries] == [(e.key, e.count, e.text) for e in entries]
    state = work.state
    for number in range(index, 0, -1):  # everything can be undone, and done again
        state = apply(state, work.entries[number - 1].command.inverted())
        assert same_document(state, states[number - 1])
    for number, entry in enumerate(work.entries):
        state = apply(state, entry.command)
        assert same_document(state, states[number + 1])


def test_changes_that_are_put_together_are_the_same_as_one_after_the_other():
    base = document(0, 1)
    one = added(base, 150.0, 60.0)
    after_one = apply(base, one.command)
    two, other = added(after_one, 151.0, 60.0), added(after_one, 152.0, 60.0)
    three = added(apply(after_one, two.command), 153.0, 60.0)
    first = StackChange(0, (one, two), 2)
    for later in (
        StackChange(1, (other,), 2),
        StackChange(2, (three,), 3),
        StackChange(0, (), 0),
        StackChange(2, (), 1),
        StackChange(1, (), 1),
    ):
        apart, together = Work(base).after(first).after(later), Work(base).after(first.then(later))
        assert same_document(apart.state, together.state)
        assert (apart.entries, apart.index) == (together.entries, together.index)


def small_journal() -> tuple[list[bytes], list[DocumentState]]:
    """A snapshot and three changes, each a line, and the document after each."""
    states = [document(0, 1)]
    lines = [whole(Work(states[0], run=run_record(states[0])))]
    for number, height_cm in enumerate((150.0, 160.0, 170.0)):
        entry = added(states[-1], height_cm, 50.0)
        states.append(apply(states[-1], entry.command))
        lines.append(line(StackChange(number, (entry,), number + 1)))
    return lines, states


def test_a_journal_torn_at_any_byte_gives_everything_before_the_torn_line():
    lines, states = small_journal()
    text = b"".join(lines)
    ends = np.cumsum([len(each) for each in lines])
    for length in range(len(text) + 1):
        whole_lines = int(np.searchsorted(ends, length, side="right"))
        if whole_lines == 0:
            with pytest.raises(FallLineError):
                decode_journal(text[:length])
        else:
            work = decode_journal(text[:length])
            assert same_document(work.state, states[whole_lines - 1])
            assert work.index == whole_lines - 1


def test_a_journal_damaged_at_any_byte_gives_everything_before_the_damaged_line():
    lines, states = small_journal()
    text = b"".join(lines)
    ends = np.cumsum([len(each) for each in lines])
    for place in range(len(text)):
        damaged = text[:place] + bytes([text[place] ^ 0x15]) + text[place + 1 :]
        line_number = int(np.searchsorted(ends, place, side="right"))
        if line_number == 0:
            with pytest.raises(FallLineError):
                decode_journal(damaged)
        else:
            assert same_document(decode_journal(damaged).state, states[line_number - 1])


def test_whole_lines_that_make_no_sense_end_the_journal():
    lines, states = small_journal()
    entry = added(states[-1], 180.0, 80.0)
    wrong_class = edits.add_samples(document(0, 1, n_classes=8), 150.0, 50.0, 7)
    for nonsense in (
        StackChange(9, (entry,), 10),
        StackChange(3, (entry,), 6),
        StackChange(-1, (entry,), 1),
        StackChange(3, (UndoEntry(wrong_class, "add"),), 4),
    ):
        work = decode_journal(b"".join(lines) + line(nonsense))
        assert same_document(work.state, states[-1])
        assert len(work.entries) == 3


def test_a_later_snapshot_and_set_up_count():
    lines, states = small_journal()
    view = SessionView(tab="landscape", selected_model=1, speed=10.0, scene="first", bmi_rule="korean")
    text = b"".join(lines) + b"".join(view_pieces(view))
    assert decode_journal(text).view == view
    assert same_document(decode_journal(text).state, states[-1])
    later = decode_journal(text + whole(Work(document(1, 1, 1))))
    assert len(later.state.samples) == 3
    assert (later.index, later.entries, later.view) == (0, (), None)


def test_samples_keep_their_blocks_ids_and_the_next_id():
    count = BLOCK_SIZE + 5
    samples, _ = Samples.from_columns(np.arange(count) + 1.0, np.ones(count), np.zeros(count)).remove([3, 7])
    state = DocumentState(samples, (ClassInfo(4), ClassInfo(9, name="tall")), guess=GuessLine(1.0, 2.0, 3.0))
    again = decode_journal(whole(Work(state))).state
    assert [len(block) for block in again.samples] == [len(block) for block in samples]
    assert again.samples.next_id == count
    assert same_document(again, state)


def test_what_is_no_journal_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "some.journal"
    with pytest.raises(FallLineError, match="cannot be read"):
        read_journal(path)
    assert not is_journal(path)
    for data in (
        b"",
        b"{}",
        b"\x00" * 100,
        whole(Work(document(0, 1))).replace(b'"version":1', b'"version":2'),
    ):
        path.write_bytes(data)
        assert not is_journal(path)
        with pytest.raises(FallLineError, match="recovery file"):
            read_journal(path)
    path.write_bytes(whole(Work(document(0, 1))))
    assert is_journal(path)
    assert same_document(read_journal(path).state, document(0, 1))


# --- runs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("memory", [True, False])
def test_a_run_comes_back_bit_for_bit(memory):
    state = document(0, 1)
    record = run_record(state, memory=memory)
    again = decode_journal(whole(Work(state)) + b"".join(run_pieces(record))).run
    assert (again.model, again.class_ids) == (record.model, record.class_ids)
    run, old = again.run, record.run
    assert (run.step, run.losses, run.kinds, run.scaler) == (old.step, old.losses, old.kinds, old.scaler)
    assert run.parameters.tobytes() == old.parameters.tobytes()
    if memory:
        assert run.memory.slots.tobytes() == old.memory.slots.tobytes()
        assert (run.memory.optimizer_step, run.memory.epoch, run.memory.position) == (41, 3, 2)
    assert again.belonging_to(state) is run


def test_a_run_whose_numbers_are_too_few_ends_the_journal():
    state = document(0, 1)
    record = run_record(state)
    short = replace(record, run=replace(record.run, parameters=record.run.parameters[:, :2]))
    work = decode_journal(whole(Work(state)) + b"".join(run_pieces(short)))
    assert work.run is None


def test_weights_go_with_a_class_that_was_added_after_they_were_written():
    state = document(0, 1)
    record = run_record(state)
    three = apply(state, edits.add_class(state, 2))
    carried = record.belonging_to(three)
    w = record.run.parameters[0]
    assert carried.losses == ("ce", "mse")
    np.testing.assert_array_equal(carried.parameters[0].reshape(3, 3), [-w / 2, w / 2, np.zeros(3)])


def test_weights_that_mean_nothing_in_the_document_are_left_out():
    state = document(0, 1)
    record = run_record(state)
    deep = apply(state, edits.change_settings(state, {"model": "mlp"}))
    assert record.belonging_to(deep) is None
    assert record.belonging_to(DocumentState()) is None
    assert replace(record, model=ModelSpec("mlp", 2, (3,))).belonging_to(state) is None


@pytest.mark.parametrize("held_out", [False, True])
def test_the_curve_of_a_run_comes_back_bit_for_bit(held_out):
    state = document(0, 1)
    record = with_curve(run_record(state), 0, 1, 1240, held_out=held_out)
    again = decode_journal(whole(Work(state, run=record))).run
    curve, kept = again.run.curve, record.run.curve
    assert curve.step.tolist() == [0, 1, 1240]
    assert curve.values.tobytes() == kept.values.tobytes()
    assert (curve.held_out is None) != held_out
    if held_out:
        assert curve.held_out.tobytes() == kept.held_out.tobytes()
    assert curve.marks == kept.marks


def test_a_run_keeps_the_curve_that_was_written_before_where_it_does_not_go_beyond_it():
    state = document(0, 1)
    record, later = with_curve(run_record(state), 0, 1000), run_record(state)
    text = whole(Work(state)) + b"".join(run_pieces(record))
    assert decode_journal(text + b"".join(run_pieces(later))).run.run.curve.step.tolist() == [0, 1000]
    newer = with_curve(later, 0, 1, 2)
    assert decode_journal(text + b"".join(run_pieces(newer))).run.run.curve.step.tolist() == [0, 1, 2]
    other = replace(later, run=replace(later.run, step=999))  # gone back, or begun again
    assert decode_journal(text + b"".join(run_pieces(other))).run.run.curve is None


@pytest.mark.parametrize("steps", [(3, 3), (0, 1241), (-1, 3), ()])
def test_a_curve_that_cannot_be_one_ends_the_journal(steps):
    state = document(0, 1)
    record = with_curve(run_record(state), 0, 5)
    broken = replace(record.run.curve, step=np.array(steps, dtype=np.int64))
    record = replace(record, run=replace(record.run, curve=broken))
    work = decode_journal(whole(Work(state)) + b"".join(run_pieces(record)))
    assert work.run is None
