"""Broken session files: each error is a sentence that names the place, and nothing else ever comes out."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files.session import decode_session

FIXTURE = Path(__file__).parent / "data" / "session-version-1.fallline"
OTHER_BYTES = (
    b"", b"\0", b"\xff\xfe{", b"[" * 100_000, b'{"a":' * 100_000, b'{"format": "\xff"}', b"[]", b"null",
    b"NaN",
)  # fmt: skip
NO_SUCH_CLASS = "there is no such class; the session has only 3 classes, 0 to 2."
SCRAPS = (b"0", b"-1", b"null", b"9e99", b"[]")


def broken(*path: str | int, to: object) -> bytes:
    """The fixture with another value at a place; a key that is not there is added."""
    document = json.loads(FIXTURE.read_bytes())
    place = document
    for key in path[:-1]:
        place = place[key]
    if to is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(document).encode()


BROKEN = [
    (("samples", 3, "height_cm"), "tall", "samples[3].height_cm: expected a number, found a text."),
    (("samples", 3, "height_cm"), None, "samples[3].height_cm: expected a number, found null."),
    (("samples", 1, "weight_kg"), KeyError, "samples[1].weight_kg is missing."),
    (("samples", 1, "wight_kg"), 1.0, "samples[1].wight_kg is not a known key."),
    (("samples", 1, "id"), 0, "samples[1].id: ids must increase from sample to sample."),
    (("samples", 1, "id"), 1.5, "samples[1].id: expected a whole number, found a number."),
    (("samples", 0, "class"), 3, f"samples[0].class: {NO_SUCH_CLASS}"),
    (("samples", 0, "class"), 9, f"samples[0].class: {NO_SUCH_CLASS}"),
    (("samples", 0, "class"), -1, f"samples[0].class: {NO_SUCH_CLASS}"),
    (("samples", 0, "class"), "obese", "samples[0].class: expected a whole number or null, found a text."),
    (("samples", 2, "class"), 2, "samples[2].class: the class must be the lowest of the label set."),
    (("samples", 2, "label_set"), [0, 4], f"samples[2].label_set: {NO_SUCH_CLASS}"),
    (("samples", 2, "label_set"), [0, 9], f"samples[2].label_set[1]: {NO_SUCH_CLASS}"),
    (("samples",), {}, "samples: expected a list, found an object."),
    (("next_sample_id",), 7, "next_sample_id: the number must be greater than 7."),
    (("classes", 1, "id"), 4, "classes[1].id: another class has this id."),
    (("classes", 2, "marker"), "heart", "classes[2].marker: “heart” is not one of the possible values."),
    (("classes", 2, "color"), 8, "classes[2].color: the number must be at most 7."),
    (("classes",), [{"id": n} for n in range(9)], "classes: the length of the list must be at most 8."),
    (("settings", "seed"), -1, "settings.seed: the number must be at least 0."),
    (("settings", "seed"), 10**30, "settings.seed: the number must be at most 9007199254740992."),
    (("settings", "hidden"), [], "settings.hidden: the length of the list must be at least 1."),
    (("settings", "hidden"), [17], "settings.hidden[0]: the number must be at most 16."),
    (("settings", "batch_size"), "half", "settings.batch_size: “half” is not one of the possible values."),
    (("settings", "model"), "tree", "settings.model: “tree” is not one of the possible values."),
    (
        ("settings", "optimizer", "learning_rate"),
        0,
        "settings.optimizer.learning_rate: the number must be greater than 0.0.",
    ),
    (("settings", "optimizer", "rate"), 0.1, "settings.optimizer.rate is not a known key."),
    (("guess",), {"per_cm": 1.0, "per_kg": 2.0}, "guess.bias is missing."),
    (("run", "losses"), ["mse"], "run.losses: the settings train bce."),
    (("run", "losses"), ["bce", "xyz"], "run.losses[1]: “xyz” is not one of the possible values."),
    (("run", "kinds"), ["softmax"], "run.kinds: the settings train []."),
    (("run", "parameters"), [[1.0] * 8], "run.parameters[0]: the length of the list must be 9."),
    (("run", "parameters"), [[1.0] * 9] * 2, "run.parameters: the length of the list must be 1."),
    (
        ("run", "scaler", "std_weight_kg"),
        0.0,
        "run.scaler.std_weight_kg: the number must be greater than 0.0.",
    ),
    (("run", "memory", "slots"), [], "run.memory.slots: the length of the list must be 1."),
    (
        ("run", "memory", "mistakes"),
        [[1, 2], [3, 4]],
        "run.memory.mistakes: the length of the list must be 1.",
    ),
    (("run", "step"), True, "run.step: expected a whole number, found true or false."),
    (("layout", "speed"), 0.0, "layout.speed: the number must be greater than 0.0."),
    (("layout", "bmi_rule"), "x" * 99, f"layout.bmi_rule: “{'x' * 59}…” is not one of the possible values."),
]


@pytest.mark.parametrize(("path", "value", "sentence"), BROKEN, ids=[case[-1][:60] for case in BROKEN])
def test_a_wrong_value_is_named_by_its_place(path, value, sentence):
    with pytest.raises(FallLineError) as caught:
        decode_session(broken(*path, to=value))
    assert str(caught.value) == sentence


def test_text_that_is_no_json_is_named_by_line_and_column():
    text = FIXTURE.read_text(encoding="utf-8")
    lines = text.splitlines()
    number = next(index for index, line in enumerate(lines) if '"id": 2,' in line and "height" in line)
    lines[number] = lines[number].replace('"weight_kg": 0.1', '"weight_kg": 0,1')
    column = lines[number].index(",1") + 2
    with pytest.raises(FallLineError, match=f"line {number + 1}, column {column}"):
        decode_session("\n".join(lines).encode())


def test_columns_count_letters_not_bytes():
    data = '{\n "format": "저체중" x'.encode()
    with pytest.raises(FallLineError, match="line 2, column 18"):
        decode_session(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_said_to_be_empty(data):
    with pytest.raises(FallLineError) as caught:
        decode_session(data)
    assert str(caught.value) == "The file is empty: choose another one."


def test_a_file_of_another_kind_is_told_without_a_sign_for_its_root():
    with pytest.raises(FallLineError) as caught:
        decode_session(b'[{"id": 1}]')
    assert str(caught.value) == "The file holds a list in place of an object."


def test_a_file_that_was_cut_off_says_so():
    data = FIXTURE.read_bytes()
    with pytest.raises(FallLineError, match="line 6, column 1: the text ends too early"):
        decode_session(data[: data.index(b'    {"id": 4')])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"format": "\xff"}',
        b"[]",
        b"null",
        b"NaN",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_bytes_that_are_anything_else_end_in_a_sentence(data):
    with pytest.raises(FallLineError):
        decode_session(data)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999"])
def test_numbers_that_are_not_finite_are_refused(number):
    data = FIXTURE.read_bytes().replace(b'"height_cm": 160.0', f'"height_cm": {number}'.encode())
    with pytest.raises(FallLineError):
        decode_session(data)


@hypothesis_settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_files_end_in_a_session_or_a_sentence(data):
    text = bytearray(FIXTURE.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = start + data.draw(st.integers(0, 12))
        text[start:end] = data.draw(st.binary(max_size=4) | st.sampled_from(SCRAPS))
    with contextlib.suppress(FallLineError):
        decode_session(bytes(text))
