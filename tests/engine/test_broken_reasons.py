"""Why a file is refused stands in our own words only: no library's, whatever is broken about it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.errors import FallLineError, Message, unforeseen
from engine.files import weights_json, weights_npz, weights_onnx, weights_safetensors
from engine.files.broken_reasons import broken_file, broken_json
from engine.files.scenes import parse_scene
from engine.files.session import decode_session
from engine.files.session_errors import wrong_value
from engine.files.sheets import read_sheet
from engine.files.table import TableError
from script.fuzzing import books
from script.fuzzing.formats import FORMATS, valid_files
from script.translations import marked_strings

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = {
    text for path in sorted((ROOT / "engine").rglob("*.py")) for _, text in marked_strings(path)
} | {"{path}: {problem}", "{text}", "{words}", "null"}  # nothing in these but what is put into them
ALWAYS_MESSAGES = {"reason", "problem", "found"}
FORMAT_WORDS = {"format", "words", "name"}
"""Values that are names: of a format, of what may stand in one, of a number."""
BROKEN = ("json", "npz", "onnx", "safetensors", "session", "scene")
READ_JSON = {"session": decode_session, "scene": parse_scene, "weights": weights_json.decode}

ENDS = "the text ends too early"
COMMA = "a comma, a colon, a bracket or a quotation mark is missing, or there is one too many"
TEXT = (
    "a text in quotation marks is not closed, or holds a character or a backslash that does not belong there"
)
VALUE = "something stands here that JSON does not allow"
AFTER = "something follows after the end"
ENCODING = "its text is not UTF-8"

CUT_OFF = "its end is missing or wrong, as if it were cut off: copy or export it again"
CHECK_SUM = "a check sum is wrong, so it is damaged: copy or export it again"
DAMAGED = "it is damaged or cut off: copy or export it again"
OTHER = "it is a file of another kind: open one that Fall Line exported"
STRANGE = "it needs something that Fall Line does not write: open one that Fall Line exported"


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", text))


def foreign(message: Message, file: str = "") -> set[str]:
    """Words of a sentence that would stand there in every language, and are not from the file."""
    found = set() if message.template in TRANSLATED else words(message.template)
    for name, value in message.values.items():
        if isinstance(value, Message):
            found |= foreign(value, file)
        elif name in ALWAYS_MESSAGES:
            found.add(f"<{name}>")
        elif name not in FORMAT_WORDS:
            found |= {word for word in words(str(value)) if word not in file}
    return found


def refusal(read, data: bytes) -> Message:
    with pytest.raises(FallLineError) as caught:
        read(data)
    return caught.value.message


def test_words_of_a_library_would_be_noticed():
    told = FallLineError("This is not valid JSON: {reason}.", reason="Expecting value")
    assert foreign(told.message) == {"<reason>"}
    assert foreign(FallLineError("Expecting value").message) == {"Expecting", "value"}
    assert foreign(FallLineError("{path} is missing.", path="a field").message, "a") == {"field"}


# --- everything that is refused ---------------------------------------------------------------------


def changed(name: str) -> list[bytes]:
    """A format's files cut off, with bytes turned over, and with the mistakes that the fuzzer makes."""
    generator, valid = random.Random(7), valid_files(name)
    data = min(valid, key=len)
    made = [data[:end] for end in range(0, len(data), max(1, len(data) // 40))]
    for _ in range(60):
        turned = bytearray(data)
        turned[generator.randrange(len(data))] ^= 1 << generator.randrange(8)
        made.append(bytes(turned))
    return made + [FORMATS[name].mutate(generator, data, valid) for _ in range(100)]


@pytest.mark.parametrize("name", BROKEN)
def test_no_words_of_a_library_are_told_of_a_broken_file(name):
    valid = b"".join(valid_files(name))
    refused = []
    for data in changed(name):
        try:
            FORMATS[name].read(data)
        except FallLineError as error:
            refused.append((error.message, (valid + data).decode("utf-8", "replace")))
    assert len(refused) > 50
    for message, file in refused:
        assert foreign(message, file) == set(), str(message)


# --- JSON -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", READ_JSON.values(), ids=READ_JSON)
@pytest.mark.parametrize(
    ("data", "line", "column", "reason"),
    [
        (b'{"a": [1, 2\n', 2, 1, ENDS),
        (b'{"a": "b', 1, 9, ENDS),
        ('{"a": "저'.encode()[:-1], 1, 9, ENDS),
        (b'{\n "a": 1\n "b": 2}', 3, 2, COMMA),
        (b'{"a" 1}', 1, 6, COMMA),
        (b"{'a': 1}", 1, 2, COMMA),
        (b'{"a": ]}', 1, 7, COMMA),
        ('{"저체중": "x\ny"}'.encode(), 1, 11, TEXT),
        (b'{"a": wrong}', 1, 7, VALUE),
        (b"{} {}", 1, 4, AFTER),
        (b'{"a": 1}}', 1, 9, AFTER),
        (b"\xff\xfe{\0}\0", 1, 1, ENCODING),
        ('{"format":\n "몸", "version": "키"}'.encode("cp949"), 2, 3, ENCODING),
    ],
)
def test_where_json_breaks_off_and_why(read, data, line, column, reason):
    told = refusal(read, data)
    assert str(told) == f"This is not valid JSON: line {line}, column {column}: {reason}."
    assert foreign(told) == set()


@pytest.mark.parametrize("read", READ_JSON.values(), ids=READ_JSON)
@pytest.mark.parametrize("data", [b'{"a": 1,}', b'{"a": [1,]}'])
def test_a_comma_too_many(read, data):
    """Newer Pythons name the comma itself, older ones what follows."""
    assert str(refusal(read, data)).endswith(f": {COMMA}.")


@pytest.mark.parametrize("read", READ_JSON.values(), ids=READ_JSON)
@pytest.mark.parametrize("escape", [b"\\x", b"\\u12g4"])
def test_a_backslash_that_means_nothing(read, escape):
    assert str(refusal(read, b'{"a": "' + escape + b'"}')).endswith(f": {TEXT}.")


def test_columns_start_after_a_byte_order_mark():
    told = refusal(weights_json.decode, b'\xef\xbb\xbf{"a" 1}')
    assert str(told) == f"This is not valid JSON: line 1, column 6: {COMMA}."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 100_000, "brackets stand within brackets too many times"),
        (b"1" * 5_000, "a number has too many digits"),
        (b'{"a": -Infinity}', "-Infinity is no JSON number"),
    ],
    ids=["depth", "digits", "infinity"],
)
@pytest.mark.parametrize("read", [parse_scene, weights_json.decode])
def test_reasons_without_a_place(read, data, reason):
    assert str(refusal(read, data)) == f"This is not valid JSON: {reason}."


def test_text_of_another_encoding_among_the_samples_of_a_session_is_told_by_its_line_in_the_file():
    data = valid_files("session")[1]
    at = data.index(b'"height_cm"', data.index(b'"samples"'))
    told = refusal(decode_session, data[: at + 1] + b"\xff" + data[at + 1 :])
    assert told.values["line"] == data.count(b"\n", 0, at) + 1
    assert str(told).endswith(f": {ENCODING}.")


@pytest.mark.parametrize("error", [ValueError("Odd thing"), ValueError("Odd thing (byte 1)")])
def test_a_reason_that_nobody_knows_is_told_in_general(error):
    assert str(broken_json(b"{x}", error)).endswith(f": {VALUE}.")
    assert str(broken_file("NPZ", error, begins_well=True)).endswith(f": {DAMAGED}.")
    assert str(wrong_value(ValueError("Odd thing - at `$.a`"))) == "a: this value cannot stand here."


# --- archives, graphs, tensors ----------------------------------------------------------------------


def npz_of(**arrays: object) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def with_flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def packed_otherwise(data: bytes) -> bytes:
    """The archive with its first member of a way of packing that does not exist."""
    entry = data.index(b"PK\x01\x02")
    return data[: entry + 10] + b"\x63" + data[entry + 11 :]


NPZ, ONNX, SAFETENSORS = (valid_files(name)[0] for name in ("npz", "onnx", "safetensors"))
HEADER_END = 8 + int.from_bytes(SAFETENSORS[:8], "little")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("NPZ", NPZ[:-1], CUT_OFF),
        ("NPZ", NPZ[:1000], CUT_OFF),
        ("NPZ", b"", CUT_OFF),
        ("NPZ", with_flipped(NPZ, NPZ.index(b"\x93NUMPY") + 140), CHECK_SUM),
        ("NPZ", with_flipped(NPZ, 0), OTHER),
        ("NPZ", with_flipped(NPZ, NPZ.index(b"PK\x01\x02")), DAMAGED),
        ("NPZ", npz_of(format=np.array([{"a": 1}], dtype=object)), STRANGE),
        ("NPZ", packed_otherwise(NPZ), STRANGE),
        ("NPZ", b'{"format": "fall-line-weights"}', OTHER),
        ("ONNX", ONNX[:-1], DAMAGED),
        ("ONNX", b"PK\x03\x04", OTHER),
        ("safetensors", SAFETENSORS[:-1], CUT_OFF),
        ("safetensors", SAFETENSORS + b"\0", CUT_OFF),
        ("safetensors", SAFETENSORS[: HEADER_END - 1], CUT_OFF),
        ("safetensors", SAFETENSORS[:3], CUT_OFF),
        ("safetensors", with_flipped(SAFETENSORS, HEADER_END - 20), DAMAGED),
        ("safetensors", NPZ, OTHER),
        ("safetensors", ONNX, OTHER),
    ],
)
def test_why_a_file_of_weights_is_none(name, data, reason):
    readers = {"NPZ": weights_npz, "ONNX": weights_onnx, "safetensors": weights_safetensors}
    assert str(refusal(readers[name].decode, data)) == f"This is not a valid {name} file: {reason}."


def test_onnx_metadata_of_another_encoding():
    at = ONNX.index(b'"fall-line-weights"')
    told = refusal(weights_onnx.decode, ONNX[:at] + b"\xff" + ONNX[at + 1 :])
    assert str(told) == f"This is not a valid ONNX file: {ENCODING}."


# --- spreadsheets, and what nobody foresees ---------------------------------------------------------


def cut(book: bytes) -> bytes:
    return book[: len(book) // 2]


def with_broken_contents(book: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name)[:-30])
    return stream.getvalue()


@pytest.mark.parametrize("change", [cut, with_broken_contents])
@pytest.mark.parametrize(("suffix", "made"), [(".xlsx", books.xlsx_books), (".ods", books.ods_books)])
def test_a_broken_spreadsheet_is_refused_in_words_of_ours(tmp_path, suffix, made, change):
    path = tmp_path / f"people{suffix}"
    path.write_bytes(change(made()[0]))
    with pytest.raises(TableError, match="spreadsheet is broken or of a kind that cannot be read") as told:
        read_sheet(path)
    assert foreign(told.value.message) == set()


def test_a_mistake_and_a_lack_of_memory_are_told_without_their_own_words():
    for error, sentence in [
        (KeyError("weights"), "a mistake in the program, which its log describes"),
        (MemoryError("Unable to allocate"), "there is not enough memory: close something and try again"),
    ]:
        assert str(unforeseen(error)) == sentence
        assert foreign(unforeseen(error)) == set()
