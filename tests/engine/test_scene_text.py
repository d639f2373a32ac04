"""A scene as one line: everything comes back, it is short, and no text does harm."""

from __future__ import annotations

import base64
import json
import struct
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document.state import ClassInfo, DocumentState, GuessLine, Settings
from engine.errors import FallLineError
from engine.files import scene_text
from engine.files.scene_text import decode_scene_text, encode_scene_text, is_scene_text
from engine.files.scenes import load_scene
from engine.files.session import encode_state
from engine.samples import SampleRows, Samples

SCENES = sorted((Path(__file__).parents[2] / "assets" / "scenes").glob("*.json"))
CLASSES = (ClassInfo(0, "no_diet"), ClassInfo(1, "needs_diet", "다이어트 필요", 1, "triangle"))


def people(height_cm, weight_kg, class_index=None) -> DocumentState:
    labels = np.arange(len(height_cm)) % 2 if class_index is None else class_index
    return DocumentState(Samples.from_columns(height_cm, weight_kg, labels), CLASSES)


def hundred(decimals: int | None) -> DocumentState:
    generator = np.random.default_rng(3)
    height, weight = generator.normal(170.0, 9.0, 100), generator.normal(70.0, 12.0, 100)
    if decimals is not None:
        height, weight = np.round(height, decimals), np.round(weight, decimals)
    return people(height, weight)


def assert_same(one: DocumentState, other: DocumentState) -> None:
    """Every sample bit for bit, with its id, and all else; a session holds exactly what a document does."""
    assert encode_state(one) == encode_state(other)
    for mine, theirs in zip(one.samples.rows.columns, other.samples.rows.columns, strict=True):
        assert mine.tobytes() == theirs.tobytes()


def line_of(payload: bytes, version: int = 1) -> str:
    """A line with a right check sum around any payload."""
    packer = zlib.compressobj(9, zdict=scene_text._DICTIONARY)
    packed = packer.compress(payload) + packer.flush()
    whole = struct.pack("<I", zlib.crc32(packed)) + packed
    return f"FALLLINE{version}:{base64.urlsafe_b64encode(whole).decode().rstrip('=')}:"


def payload_of(head: object, body: bytes = b"") -> bytes:
    data = json.dumps(head).encode()
    return struct.pack("<I", len(data)) + data + body


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_scene_of_the_program_comes_back_whole(path):
    state = load_scene(path).state
    assert_same(decode_scene_text(encode_scene_text(state)), state)


@pytest.mark.parametrize("decimals", [0, 1, 3, None])
def test_a_hundred_people_take_less_than_two_kilobytes(decimals):
    state = hundred(decimals)
    text = encode_scene_text(state)
    assert len(text) < (2048 if decimals is None or decimals > 1 else 700)
    assert text.isascii()
    assert "\n" not in text
    assert_same(decode_scene_text(text), state)


def test_ids_hold_outs_label_sets_settings_and_the_own_line_come_back():
    rows = SampleRows.make(
        [3, 4, 900],
        [170.25, -0.0, 1e300],
        [60.0, 71.0005, 5e-324],
        [0, -1, -1],
        [True, False, False],
        [3, 0, -1],
    )
    state = DocumentState(
        Samples((), 1000).put(rows),
        CLASSES,
        Settings(model="mlp", hidden=(3, 4), seed=99, batch_size=16, held_out_share=0.25),
        GuessLine(-0.1, 0.2, 1 / 3),
    )
    again = decode_scene_text(encode_scene_text(state))
    assert_same(again, state)
    assert again.samples.next_id == 1000


def test_a_document_without_samples_and_classes_comes_back():
    assert_same(decode_scene_text(encode_scene_text(DocumentState())), DocumentState())


def test_a_line_is_found_in_a_message_that_has_wrapped_and_quoted_it():
    state = hundred(1)
    text = encode_scene_text(state)
    wrapped = "\n> ".join(text[at : at + 60] for at in range(0, len(text), 60))
    message = f"Hello, look at this:\n> {wrapped}\nBye."
    assert is_scene_text(message)
    assert_same(decode_scene_text(message), state)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False)
        ),
        max_size=12,
    )
)
def test_any_finite_numbers_come_back_bit_for_bit(points):
    state = people([height for height, _ in points], [weight for _, weight in points])
    assert_same(decode_scene_text(encode_scene_text(state)), state)


def test_what_is_no_scene_is_told_in_a_sentence():
    text = encode_scene_text(hundred(1))
    for broken, words in {
        "170, 65, 1": "There is no scene",
        text[:-1]: "cut off",
        text[: len(text) // 2]: "cut off",
        text[:100] + ("A" if text[100] != "A" else "B") + text[101:]: "check sum",
        text.replace("FALLLINE1", "FALLLINE2"): "newer",
        "FALLLINE1::": "check sum",
        "FALLLINE1:" + "A" * 300_000: "too long",
    }.items():
        with pytest.raises(FallLineError, match=words):
            decode_scene_text(broken)
    assert not is_scene_text("170, 65, 1")
    assert is_scene_text(text[:50])


def test_too_many_samples_for_a_line_are_refused():
    count = scene_text.MAX_SAMPLES + 1
    with pytest.raises(FallLineError, match="save a session"):
        encode_scene_text(people(np.full(count, 170.0), np.full(count, 60.0)))


def test_a_line_that_unpacks_to_gigabytes_takes_no_memory():
    packer = zlib.compressobj(9, zdict=scene_text._DICTIONARY)
    zeros = bytes(1 << 20)
    packed = b"".join(packer.compress(zeros) for _ in range(100)) + packer.flush()
    whole = struct.pack("<I", zlib.crc32(packed)) + packed
    bomb = f"FALLLINE1:{base64.urlsafe_b64encode(whole).decode().rstrip('=')}:"
    tracemalloc.start()
    with pytest.raises(FallLineError):
        decode_scene_text(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


GOOD = json.loads(encode_state(DocumentState(classes=CLASSES)))
GOOD.pop("samples")
GOOD.pop("run")


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xff\xff\xff",
        payload_of([]),
        payload_of({"columns": [], "count": 0, "document": GOOD}),
        payload_of({"columns": [["id", "i8", 0]] * 2, "count": 0, "document": GOOD}),
        payload_of({"columns": [["height_cm", "f8", 0]], "count": 9_999_999, "document": GOOD}),
        payload_of({"columns": [["height_cm", "f8", 99]], "count": 1, "document": GOOD}, bytes(8)),
        payload_of(
            {
                "columns": [["height_cm", "f8", 0], ["weight_kg", "f8", 0], ["class", "i1", 0]],
                "count": 1,
                "document": GOOD,
            },
            np.array([np.inf]).tobytes() + bytes(9),
        ),
        payload_of(
            {
                "columns": [["height_cm", "i1", 0], ["weight_kg", "i1", 0], ["class", "i1", 0]],
                "count": 1,
                "document": {**GOOD, "next_sample_id": 1},
            },
            bytes([50, 50, 7]),
        ),
        struct.pack("<I", 100_000) + b'{"document":' + b"[" * 99_988,
    ],
)
def test_a_right_check_sum_around_nonsense_is_refused_in_words(payload):
    with pytest.raises(FallLineError) as caught:
        decode_scene_text(line_of(payload))
    assert str(caught.value).endswith(".")


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_changed_payload_gives_a_document_or_a_sentence(data):
    """Past the check sum, as somebody would forge it: bytes replaced, cut and put in."""
    text = encode_scene_text(hundred(1))
    body = text.removeprefix("FALLLINE1:").rstrip(":")
    whole = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    payload = bytearray(zlib.decompressobj(zdict=scene_text._DICTIONARY).decompress(whole[4:]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(payload) - 1))
        put = data.draw(st.binary(max_size=3))
        payload[at : at + data.draw(st.integers(0, 3))] = put
    try:
        state = decode_scene_text(line_of(bytes(payload)))
    except FallLineError:
        return
    assert len(state.samples) <= scene_text.MAX_SAMPLES


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_sentence(text):
    for candidate in (text, f"FALLLINE1:{text}:"):
        with pytest.raises(FallLineError):
            decode_scene_text(candidate)


def test_a_copy_is_another_document_only_in_its_samples():
    state = hundred(1)
    other = replace(state, settings=replace(state.settings, seed=8))
    assert encode_scene_text(state) != encode_scene_text(other)
