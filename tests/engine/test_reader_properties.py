"""Whatever values a file can hold, every reader gives them back bit for bit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.files.journal import decode_journal, work_pieces
from engine.files.journal_content import Work
from engine.files.registry import WEIGHT_FORMATS
from engine.files.scenes import parse_scene
from engine.files.session import decode_session, encode_session, encode_state
from engine.files.session_content import Session
from engine.files.sheets import read_sheet
from engine.files.tables import ColumnChoice, Extraction, Table, TextSource, extract_samples
from engine.files.weights import MetricsInfo, TrainingInfo, weights_from
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from script.fuzzing.formats import valid_files
from tests.engine.session_examples import VIEWS, documents

WEIGHTS = st.floats(-1e8, 1e8, allow_subnormal=False)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PERSON = st.tuples(st.floats(1.0, 1e5), st.floats(1.0, 1e5), st.sampled_from(["a", "b"]))
PEOPLE = st.lists(PERSON, min_size=1, max_size=20).map(
    lambda rows: [*rows, (170.0, 65.0, "a"), (171.0, 66.0, "b")]
)
CHOICE = ColumnChoice("height", "weight", "sex")


@pytest.mark.parametrize("known", WEIGHT_FORMATS, ids=lambda known: known.name)
@example(numbers=[0.0] * 9, names=["0", "\0", "00"], mean=1.0, std=1.0)
@example(numbers=[0.0] * 9, names=["a\0", "a", "\0a"], mean=1.0, std=1.0)
@given(
    numbers=st.lists(WEIGHTS, min_size=9, max_size=9),
    names=st.lists(NAMES, min_size=3, max_size=3, unique=True),
    mean=st.floats(1.0, 300.0),
    std=st.floats(0.01, 100.0),
)
def test_weights_of_any_value_and_classes_of_any_name_come_back(known, numbers, names, mean, std):
    scaler = Standardizer(mean, mean / 3, std, std / 3)
    training = TrainingInfo("gd", 0.1, 32, 500, 7, "none", start="zeros")
    metrics = MetricsInfo(3, 0.5, 0.1, 1.0, ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    model = ModelSpec("softmax", 3)
    weights = weights_from(model, np.array(numbers), scaler, "ce", tuple(names), training, metrics)
    again = known.decode(known.encode(weights))
    assert again.standardized.tobytes() == weights.standardized.tobytes()
    assert again.original_units.tobytes() == weights.original_units.tobytes()
    assert (again.class_names, again.scaler) == (tuple(names), scaler)
    assert (again.training, again.metrics) == (training, metrics)


def assert_people(extraction: Extraction, rows: list[tuple[float, float, str]]) -> None:
    assert extraction.left_out == []
    assert extraction.height_cm.tolist() == [row[0] for row in rows]
    assert extraction.weight_kg.tolist() == [row[1] for row in rows]
    assert [extraction.class_names[index] for index in extraction.class_index] == [row[2] for row in rows]


@given(rows=PEOPLE, delimiter=st.sampled_from("\t;|"), end=st.sampled_from(["\n", "\r\n"]))
def test_pasted_people_come_back(rows, delimiter, end):
    lines = [delimiter.join(map(str, row)) for row in [("height", "weight", "sex"), *rows]]
    *_, table = TextSource(end.join(lines), "Clipboard").read(None, lambda: False)
    assert isinstance(table, Table)
    assert_people(extract_samples(table, CHOICE), rows)


@settings(max_examples=8)
@given(rows=PEOPLE)
def test_people_in_a_sheet_come_back(tmp_path_factory, rows):
    path = Path(tmp_path_factory.mktemp("sheet")) / "people.xlsx"
    book = openpyxl.Workbook()
    for row in [("height", "weight", "sex"), *rows]:
        book.active.append(row)
    book.save(path)
    kept = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert_people(extract_samples(read_sheet(path), CHOICE), [tuple(row) for row in kept])


@given(
    rows=st.lists(st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 1)), max_size=20)
)
def test_samples_of_a_scene_come_back(rows):
    scene = next(found for found in map(json.loads, valid_files("scene")) if "samples" in found)
    scene = {key: scene[key] for key in ("format", "version", "key", "title", "caption")}
    columns = {
        "height_cm": [x for x, _ in rows],
        "weight_kg": [x for x, _ in rows],
        "class": [k for _, k in rows],
    }
    scene |= {"samples": columns, "classes": [{}, {}]}
    found = parse_scene(json.dumps(scene).encode()).state.samples.rows
    assert found.height_cm.tobytes() == np.array([x for x, _ in rows], dtype=np.float64).tobytes()
    assert found.class_index.tolist() == [k for _, k in rows]


@given(state=documents(), view=st.none() | VIEWS)
def test_any_document_comes_back_from_a_session_and_from_a_journal(state, view):
    recovered = decode_journal(b"".join(work_pieces(Work(state, view=view))))
    assert encode_state(recovered.state) == encode_state(state)
    assert recovered.view == view
    session = encode_session(Session(state))
    assert encode_session(decode_session(session)) == session
