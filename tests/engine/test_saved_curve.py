"""A run's loss curve in a file: bounded, up to where the run stands, and what a resumed run begins with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.files.session import decode_session, encode_session
from engine.files.session_content import Session
from engine.running.history import LossCurve
from engine.running.run import Run
from engine.running.saved_curve import SAVED_POINTS, SavedCurve
from engine.running.saved_run import SavedRun
from engine.samples import Samples
from engine.snapshots import LossRecords, Mark
from engine.split import with_held_out
from tests.engine.session_examples import people, trained

FIXTURE = Path(__file__).parent / "data" / "session-every-key.fallline"


def curve_of(run: Run) -> LossCurve:
    """The curve of a run as the window keeps it."""
    curve = LossCurve(len(run.spec.losses))
    records, marks = run.take_records()
    for batch in records:
        curve.append(batch)
    for mark in marks:
        curve.add_mark(mark)
    return curve


def saved(state: DocumentState, steps: int = 30) -> SavedRun:
    run = trained(state, steps)
    return SavedRun.of(run.snapshot(), curve_of(run))


def decaying(steps: np.ndarray, models: int = 2) -> LossCurve:
    curve = LossCurve(models)
    values = np.exp(-steps / 1000.0)[:, None, None] * np.arange(1.0, models * 3 + 1).reshape(models, 3)
    curve.append(LossRecords(1, steps, values))
    return curve


# What is kept


def test_a_short_curve_is_kept_whole():
    run = trained(people(), 30)
    curve = curve_of(run)
    kept = SavedCurve.of(curve, 30)
    assert kept is not None
    assert kept.step.tolist() == list(range(31))
    for model in (0, 1):
        for metric in range(3):
            np.testing.assert_array_equal(kept.values[:, model, metric], curve.arrays(model, metric)[3])
    assert kept.held_out is None


@pytest.mark.parametrize("last", [2_000, 100_000, 10**9])
def test_a_long_curve_is_bounded_from_its_first_step_to_its_last(last):
    steps = np.unique(np.geomspace(1, last, 3000).astype(np.int64)) - 1
    curve = decaying(steps)
    kept = SavedCurve.of(curve, last)
    assert kept is not None
    assert SAVED_POINTS / 4 < kept.step.size <= SAVED_POINTS
    assert (kept.step[0], kept.step[-1]) == (steps[0], steps[-1])
    assert (np.diff(kept.step) > 0).all()
    np.testing.assert_array_equal(kept.values[:, 1, 2], 6.0 * np.exp(-kept.step / 1000.0))
    ratios = (kept.step[1:] + 1) / (kept.step[:-1] + 1)
    assert ratios[kept.step[:-1] > 64].max() < 1.2  # sharp on a logarithmic axis, too


def test_what_came_after_the_step_is_left_out():
    curve = decaying(np.arange(100))
    curve.add_mark(Mark(1, 20, "data"))
    curve.add_mark(Mark(1, 60, "settings"))
    kept = SavedCurve.of(curve, 40)
    assert kept is not None
    assert kept.step[-1] == 40
    assert kept.marks == ((20, "data"),)
    assert SavedCurve.of(curve, 0) is None
    assert SavedCurve.of(LossCurve(), 40) is None


def test_the_curve_that_was_saved_is_its_own():
    curve = decaying(np.arange(100))
    kept = SavedCurve.of(curve, 40)
    assert kept is not None
    before = kept.values.copy()
    curve.truncate(3)
    curve.append(LossRecords(1, np.arange(4, 9), np.zeros((5, 2, 3))))
    np.testing.assert_array_equal(kept.values, before)
    assert not kept.values.flags.writeable


# In a file


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_a_curve_comes_back_with_six_digits(share):
    state = people(held_out_share=share)
    if share:
        state = replace(state, samples=held_out_some(state))
    run = saved(state)
    assert run.curve is not None
    found = decode_session(encode_session(Session(state, run))).run
    assert found is not None
    assert found.curve is not None
    np.testing.assert_array_equal(found.curve.step, run.curve.step)
    np.testing.assert_allclose(found.curve.values, run.curve.values, rtol=5e-6)
    assert (found.curve.held_out is None) == (not share)
    if run.curve.held_out is not None and found.curve.held_out is not None:
        np.testing.assert_allclose(found.curve.held_out, run.curve.held_out, rtol=5e-6)
    assert found.curve.marks == run.curve.marks
    again = encode_session(Session(state, replace(run, curve=found.curve)))
    assert again == encode_session(Session(state, run))


def held_out_some(state: DocumentState) -> Samples:
    return with_held_out(state.samples, np.arange(0, 40, 4))


def test_what_is_no_finite_number_is_null():
    state, run = people(), saved(people())
    assert run.curve is not None
    values = run.curve.values.copy()
    values[3, 0, 0] = np.inf
    held_out = values.copy()
    held_out[4, 1, 1] = np.nan
    curve = replace(run.curve, values=values, held_out=held_out, marks=((3, "data"), (7, "settings")))
    data = encode_session(Session(state, replace(run, curve=curve)))
    assert b"Infinity" not in data
    found = decode_session(data).run
    assert found is not None
    assert found.curve is not None
    assert found.curve.held_out is not None
    assert found.curve.values[3, 0, 0] == np.inf
    assert np.isnan(found.curve.held_out[3, 0, 0])
    assert np.isnan(found.curve.held_out[4, 1, 1])
    assert found.curve.marks == curve.marks


def test_a_curve_is_a_line_a_step_and_short():
    steps = np.unique(np.geomspace(1, 10**6, 5000).astype(np.int64)) - 1
    kept = SavedCurve.of(decaying(steps), 10**6)
    state, run = people(), saved(people())
    without = len(encode_session(Session(state, replace(run, curve=None))))
    data = encode_session(Session(state, replace(run, step=10**6, curve=kept)))
    assert len(data) - without < 48_000
    assert max(map(len, data.decode().splitlines())) <= 200


def test_every_key_stands_in_the_example():
    session = decode_session(FIXTURE.read_bytes())
    assert session.run is not None
    curve = session.run.curve
    assert curve is not None
    assert curve.step.tolist() == [0, 1, 12]
    assert curve.values.shape == (3, 1, 3)
    assert curve.marks == ((1, "settings"),)
    assert session.view.current_class == 1
    written = json.loads(encode_session(session))
    example = json.loads(FIXTURE.read_bytes())
    written["program"] = example["program"]
    assert written == example


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"records": [[0, 1.0, 0.2]]}, "run.curve.records[0]: the length of the list must be 4."),
        (
            {"records": [[0, 1.0, 0.2, 0.5], [0, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [[0.5, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [[13, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [[None, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [[-1, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [[0, 1.0, 0.2, 0.5], [None, 1.0, 0.2, 0.5], [12, 1.0, 0.2, 0.5]]},
            "run.curve.records: the steps must be whole numbers that increase, up to 12.",
        ),
        (
            {"records": [["0", 1.0, 0.2, 0.5]]},
            "run.curve.records[0][0]: expected a number or null, found a text.",
        ),
        ({"held_out": [[1.0, 0.2, 0.5]]}, "run.curve.held_out: the length of the list must be 3."),
        ({"marks": [{"step": 1, "kind": "other"}]}, "run.curve.marks[0].kind: “other” is not one of"),
        ({"more": 1}, "run.curve.more is not a known key."),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(change, sentence):
    document = json.loads(FIXTURE.read_bytes())
    document["run"]["curve"] = {**document["run"]["curve"], **change}
    with pytest.raises(FallLineError) as caught:
        decode_session(json.dumps(document).encode())
    assert sentence in str(caught.value)


def test_a_curve_without_records_is_none():
    document = json.loads(FIXTURE.read_bytes())
    document["run"]["curve"] = {"records": []}
    run = decode_session(json.dumps(document).encode()).run
    assert run is not None
    assert run.curve is None


# In a resumed run


def test_a_resumed_run_begins_with_its_curve_and_goes_on():
    state, run = people(), saved(people())
    assert run.curve is not None
    other = Run(state.training_spec())
    other.resume(run)
    curve = curve_of(other)
    assert curve.steps.tolist() == list(range(31))
    other.advance(2, every_step=True)
    records, _ = other.take_records()
    assert records[0].step.tolist() == [30, 31, 32]
    curve.append(records[0])
    assert curve.steps.tolist() == list(range(33))


def test_a_resumed_run_has_its_own_metrics_at_the_end_of_a_curve_that_ends_before_it():
    state, run = people(), saved(people())
    full = run.curve
    assert full is not None
    other = Run(state.training_spec())
    other.resume(replace(run, curve=replace(full, step=full.step[:21], values=full.values[:21])))
    curve = curve_of(other)
    assert curve.steps.tolist() == [*range(21), 30]
    for row, metric in np.ndindex(*full.values.shape[1:]):
        np.testing.assert_allclose(curve.arrays(row, metric)[3][-1], full.values[-1, row, metric], rtol=1e-12)
    other.advance(2, every_step=True)
    records, _ = other.take_records()
    curve.append(records[0])
    assert curve.steps.tolist() == [*range(21), 30, 31, 32]


def test_the_way_of_a_run_is_the_same_to_the_last_bit_with_a_curve_or_without():
    state, run = people(), saved(people())
    one, other = Run(state.training_spec()), Run(state.training_spec())
    one.resume(run)
    other.resume(replace(run, curve=None))
    for each in (one, other):
        each.advance(20)
    np.testing.assert_array_equal(one.state.parameters, other.state.parameters)


def test_an_edit_before_the_resumed_run_goes_on_is_marked_where_it_stands():
    state, run = people(), saved(people())
    other = Run(state.training_spec())
    other.resume(run)
    other.take_records()
    other.set_spec(replace(state, settings=replace(state.settings, bias=False)).training_spec())
    _, marks = other.take_records()
    assert [(mark.step, mark.kind) for mark in marks] == [(30, "settings")]
