"""Session files: everything comes back exactly, broken ones name the place, older ones stay readable."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from engine.document.state import DocumentState, Settings
from engine.errors import FallLineError
from engine.files import session as session_module
from engine.files.session import (
    Session,
    SessionView,
    decode_session,
    decode_state,
    encode_session,
    encode_state,
    read_session,
    write_session,
)
from engine.files.stamps import stamp_of
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from engine.specs import OptimizerSpec, StartSpec
from tests.engine.session_examples import VIEWS, documents, people, trained

FIXTURE = Path(__file__).parent / "data" / "session-version-1.fallline"

RUNS = {
    "two losses": people(),
    "momentum in batches": people(optimizer=OptimizerSpec("momentum"), batch_size=16),
    "Adam in batches": people(optimizer=OptimizerSpec("adam"), batch_size=7, loss_mode="mse"),
    "hidden layers": people(model="mlp", hidden=(3, 2), start=StartSpec("normal")),
    "perceptron": people(model="step", optimizer=OptimizerSpec("perceptron")),
    "softmax against sigmoids": people(3, model="softmax", loss_mode="outputs"),
    "as given, without bias": people(standardize=False, bias=False, optimizer=OptimizerSpec("adam", 0.001)),
}


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def assert_same_document(one: DocumentState, other: DocumentState) -> None:
    assert (one.classes, one.guess) == (other.classes, other.guess)
    assert repr(one.settings) == repr(other.settings)  # tells -0.0 from 0.0
    assert one.samples.next_id == other.samples.next_id
    for mine, theirs in zip(one.samples.rows.columns, other.samples.rows.columns, strict=True):
        assert same_bits(mine, theirs)


# There and back


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(state=documents(), view=VIEWS)
def test_every_document_comes_back_exactly(state, view):
    found = decode_session(encode_session(Session(state, None, view)))
    assert_same_document(found.state, state)
    assert (found.run, found.view) == (None, view)
    assert_same_document(decode_state(encode_state(state)), state)


@pytest.mark.parametrize("state", RUNS.values(), ids=RUNS.keys())
def test_a_run_comes_back_exactly_and_goes_on_bit_for_bit(state):
    run = trained(state, 43)
    saved = SavedRun.of(run.snapshot())
    found = decode_session(encode_session(Session(state, saved)))
    assert found.run is not None
    assert (found.run.step, found.run.losses, found.run.kinds) == (43, saved.losses, saved.kinds)
    assert found.run.scaler == saved.scaler
    assert same_bits(found.run.parameters, saved.parameters)
    other = Run(found.state.training_spec())
    other.resume(found.run)
    assert (other.state.step, other.last_step) == (43, 43)
    for resumed, kept in ((other.snapshot(), run.snapshot()),):
        assert (resumed.epoch, resumed.mistakes) == (kept.epoch, kept.mistakes)
        assert same_bits(resumed.metrics, kept.metrics)
    run.advance(29)
    other.advance(29)
    assert same_bits(other.state.parameters, run.state.parameters)


def test_without_the_memory_the_line_is_the_same_and_the_optimiser_starts_afresh():
    state = RUNS["Adam in batches"]
    run = trained(state, 10)
    other = Run(state.training_spec())
    other.resume(replace(SavedRun.of(run.snapshot()), memory=None))
    assert same_bits(other.state.parameters, run.state.parameters)
    assert other.state.optimizer_step == 0
    assert not other.state.slots.any()


def test_a_run_of_other_samples_keeps_its_line_in_cm_and_kg():
    run = trained(people(), 30)
    more = people(n=60)
    other = Run(more.training_spec())
    other.resume(SavedRun.of(run.snapshot()))
    old, new = run.snapshot(), other.snapshot()
    assert old.scaler != new.scaler
    np.testing.assert_allclose(
        new.scaler.to_original_units(new.parameters), old.scaler.to_original_units(old.parameters), rtol=1e-12
    )


def test_a_run_of_another_model_is_refused():
    saved = SavedRun.of(trained(people(), 3).snapshot())
    with pytest.raises(FallLineError, match="another model"):
        Run(people(loss_mode="mse").training_spec()).resume(saved)


def test_the_past_of_a_saved_run_begins_where_it_was_saved():
    state = people()
    run = Run(state.training_spec())
    run.resume(SavedRun.of(trained(state, 20).snapshot()))
    at_20 = run.state.parameters.copy()
    run.advance(5, every_step=True)
    run.seek(3)
    assert run.state.step == 20
    assert same_bits(run.state.parameters, at_20)
    run.reset()
    assert (run.state.step, run.last_step) == (0, 0)


def test_files_are_made_to_be_read(tmp_path):
    path = tmp_path / "lesson.fallline"
    state = people(n=3)
    write_session(path, Session(state, None, SessionView(scene="first")))
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = state.samples.rows
    assert lines[-3] == (
        f'    {{"id": 2, "height_cm": {rows.height_cm[2]!s}, "weight_kg": {rows.weight_kg[2]!s}, "class": 0}}'
    )
    assert max(map(len, lines)) <= 120
    assert json.loads(path.read_bytes())["settings"]["batch_size"] == "full"
    assert_same_document(read_session(path).state, state)


def test_names_in_every_script_stand_as_they_are():
    state = people(n=2)
    named = replace(state, classes=(replace(state.classes[0], name='저체중 "a"\n'), state.classes[1]))
    data = encode_state(named)
    assert "저체중".encode() in data
    assert decode_state(data).classes[0].name == '저체중 "a"\n'


def test_every_setting_is_in_the_file():
    found = json.loads(encode_state(people(n=1)))["settings"]
    assert set(found) == {item.name for item in fields(Settings)}


def test_what_a_file_leaves_out_takes_the_programs_default():
    found = json.loads(encode_state(people(n=4, threshold=0.7, seed=3)))
    found["settings"] = {"seed": 3}
    for key in ("program", "guess", "run", "layout"):
        del found[key]
    state = decode_session(json.dumps(found).encode()).state
    assert state.settings == Settings(seed=3)


def test_a_file_of_version_1_stays_readable():
    session = read_session(FIXTURE)
    state = session.state
    assert [info.name or info.key for info in state.classes] == ["no_diet", "big", "obese"]
    assert state.samples.rows.sample_id.tolist() == [0, 2, 3, 7]
    assert state.samples.rows.label_set.tolist() == [-1, -1, 5, 0]
    assert state.samples.rows.class_index.tolist() == [1, -1, 0, -1]
    assert state.samples.rows.held_out.tolist() == [False, True, False, False]
    assert state.settings == Settings(
        model="sigmoids", loss_mode="cross_entropy", optimizer=OptimizerSpec("momentum", 0.25, 0.8),
        batch_size=2, start=StartSpec("normal", 0.5), seed=11, threshold=0.5, hidden=(4, 2),
        activation="relu", standardize=False, bias=True, held_out_share=0.25, split_seed=9,
        label_smoothing=0.1,
    )  # fmt: skip
    assert session.run is not None
    assert (session.run.step, session.run.losses) == (12, ("bce",))
    assert session.run.parameters.tolist() == [[0.1, 0.2, -30.0, 0.5, -0.25, 1.0, 0.0, 1e-300, -2.5]]
    assert session.run.memory is not None
    assert session.run.memory.slots.shape == (1, 1, 9)
    assert session.view == SessionView("entropy", "own", 0, 60.0, None, "korean")
    Run(state.training_spec()).resume(session.run)


# Versions


def changed(**keys: object) -> bytes:
    return json.dumps({**json.loads(FIXTURE.read_bytes()), **keys}).encode()


def test_a_newer_version_is_refused_in_words():
    with pytest.raises(FallLineError, match="made by a newer Fall Line: version 2"):
        decode_session(changed(version=2, anything=[1, 2]))


@pytest.mark.parametrize("version", [0, -1, 1.5, True, "1", None, [1]])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(FallLineError, match="version"):
        decode_session(changed(version=version))


def test_older_versions_are_made_newer_one_after_the_other(monkeypatch):
    def renamed(document):
        return {**{key: value for key, value in document.items() if key != "line"}, "guess": document["line"]}

    def nested(document):
        return {**document, "guess": dict(zip(("per_cm", "per_kg", "bias"), document["guess"], strict=True))}

    monkeypatch.setattr(session_module, "VERSION", 3)
    monkeypatch.setattr(session_module, "UPGRADES", {1: renamed, 2: nested})
    old = json.loads(FIXTURE.read_bytes())
    del old["guess"]
    state = decode_state(json.dumps({**old, "line": [1.0, 2.0, 3.0]}).encode())
    assert state.guess is not None
    assert (state.guess.per_cm, state.guess.per_kg, state.guess.bias) == (1.0, 2.0, 3.0)
    with pytest.raises(FallLineError, match=re.escape("guess.per_cm: expected a number, found a text.")):
        decode_state(json.dumps({**old, "line": ["x", 2.0, 3.0]}).encode())


@pytest.mark.parametrize("data", [b"{}", b'{"format": "fall-line-weights", "version": 1}', b'{"version": 1}'])
def test_another_file_is_no_session(data):
    with pytest.raises(FallLineError, match="This is not a session"):
        decode_session(data)


# On disk


def test_a_file_that_is_not_there_or_no_session_is_named(tmp_path):
    with pytest.raises(FallLineError, match="cannot be read"):
        read_session(tmp_path / "gone.fallline")
    path = tmp_path / "broken.fallline"
    path.write_bytes(b"{")
    with pytest.raises(FallLineError, match=r"^broken\.fallline: "):
        read_session(path)


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "lesson.fallline"
    write_session(path, Session(people(n=2)))
    before = path.read_bytes()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FallLineError, match="the disk is full: free some space"):
        write_session(path, Session(people(n=4)))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_stamp_tells_who_wrote(tmp_path):
    path = tmp_path / "lesson.fallline"
    assert stamp_of(path) is None
    write_session(path, Session(people(n=2)))
    mine = stamp_of(path)
    assert stamp_of(path) == mine
    write_session(path, Session(people(n=2)))
    assert stamp_of(path) != mine
