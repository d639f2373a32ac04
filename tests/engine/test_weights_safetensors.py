"""Weights as safetensors: what the library reads from them, and what is refused.

That they load into PyTorch is proved in tests/interop, which needs PyTorch.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load, save

from engine.errors import FallLineError
from engine.files import weights_json, weights_safetensors
from tests.engine.test_weights import EXAMPLES
from tests.engine.weights_examples import hidden, logistic


def header_and_numbers(data: bytes):
    """The two parts of a file, as the format's specification has them."""
    end = 8 + int.from_bytes(data[:8], "little")
    return json.loads(data[8:end]), data[end:]


def with_header(header, numbers: bytes) -> bytes:
    """A file of these two parts."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode("utf-8")
    return len(text).to_bytes(8, "little") + text + numbers


@pytest.mark.parametrize("weights", EXAMPLES, ids=lambda weights: f"{weights.model} {weights.spec.hidden}")
class TestEveryModel:
    def test_it_reads_back_as_the_same_model(self, weights):
        again = weights_safetensors.decode(weights_safetensors.encode(weights))
        assert weights_json.encode(again) == weights_json.encode(weights)

    def test_the_same_weights_are_the_same_bytes(self, weights):
        assert len({weights_safetensors.encode(weights) for _ in range(5)}) == 1

    def test_the_library_reads_the_documented_tensors(self, weights):
        tensors = load(weights_safetensors.encode(weights))
        names = {f"{2 * index}.{part}" for index in range(len(weights.layers)) for part in ("weight", "bias")}
        assert set(tensors) == names | {"features.mean", "features.std"}
        assert {values.dtype for values in tensors.values()} == {np.dtype("float64")}
        for index, layer in enumerate(weights.layers):
            np.testing.assert_array_equal(tensors[f"{2 * index}.weight"], layer[:, :-1])
            np.testing.assert_array_equal(tensors[f"{2 * index}.bias"], layer[:, -1])
        np.testing.assert_array_equal(tensors["features.mean"], weights.scaler.mean)
        np.testing.assert_array_equal(tensors["features.std"], weights.scaler.std)


def test_the_library_reads_the_documented_metadata(tmp_path):
    path = tmp_path / "a.safetensors"
    path.write_bytes(weights_safetensors.encode(hidden((4, 3), "relu")))
    with safe_open(path, "np") as file:
        metadata = file.metadata()
    assert (metadata["format"], metadata["model"]) == ("pt", "mlp")
    assert json.loads(metadata["activations"]) == ["relu", "relu", "sigmoid"]
    assert json.loads(metadata["classes"]) == ["F", "M"]
    assert metadata["fall-line-weights"].encode("utf-8") == weights_json.encode(hidden((4, 3), "relu"))


def test_numbers_begin_at_a_multiple_of_their_size_and_names_stay_readable():
    data = weights_safetensors.encode(logistic(names=("키 큰 사람", "b")))
    header, numbers = header_and_numbers(data)
    assert (len(data) - len(numbers)) % 8 == 0
    assert next(iter(header)) == "__metadata__"
    assert "키 큰 사람".encode() in data


# What is refused


def test_files_of_other_programs_are_refused_in_words():
    for data in (
        save({"0.weight": np.zeros((1, 2))}),
        save({"a": np.zeros(1)}, {"format": "pt"}),
        with_header({}, b""),
    ):
        with pytest.raises(FallLineError, match="safetensors file was not exported by Fall Line"):
            weights_safetensors.decode(data)


def test_changed_numbers_shapes_and_names_are_refused_in_words():
    header, numbers = header_and_numbers(weights_safetensors.encode(logistic()))
    renamed = {("1.weight" if name == "0.weight" else name): part for name, part in header.items()}
    reshaped = {**header, "0.weight": {**header["0.weight"], "shape": [2, 1]}}
    retyped = {**header, "0.weight": {**header["0.weight"], "dtype": "I64"}}
    other = {**header, "__metadata__": {"fall-line-weights": weights_json.encode(logistic(2.0)).decode()}}
    flipped = with_header(header, bytes([numbers[0] ^ 1]) + numbers[1:])
    for data in (flipped, *(with_header(head, numbers) for head in (renamed, reshaped, retyped, other))):
        with pytest.raises(FallLineError, match="has changed the numbers"):
            weights_safetensors.decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x02\0\0",
        (2**63).to_bytes(8, "little") + b"{}",
        (10**8).to_bytes(8, "little") + b" " * 100,
        with_header(b"{" * 100_000, b""),
        with_header(b'{"a": ' * 50_000 + b"1" + b"}" * 50_000, b""),
        with_header({"a": {"dtype": "F64", "shape": [2**62, 2**62], "data_offsets": [0, 8]}}, b"\0" * 8),
        with_header({"a": {"dtype": "F64", "shape": [1], "data_offsets": [8, 2**60]}}, b"\0" * 8),
        with_header({"a": {"dtype": "F64", "shape": [1], "data_offsets": [-8, 0]}}, b"\0" * 8),
        with_header({"__metadata__": {"fall-line-weights": 1}}, b""),
        with_header([], b""),
    ],
    ids=[
        "empty",
        "short",
        "length",
        "padding",
        "open",
        "deep",
        "shape",
        "offset",
        "minus",
        "metadata",
        "list",
    ],
)
def test_hostile_bytes_are_refused_in_words(data):
    with pytest.raises(FallLineError, match="not a valid safetensors file"):
        weights_safetensors.decode(data)


def test_metadata_that_are_null_or_half_a_character_are_refused_in_words():
    with pytest.raises(FallLineError, match="not exported by Fall Line"):
        weights_safetensors.decode(with_header({"__metadata__": None}, b""))
    with pytest.raises(FallLineError):
        weights_safetensors.decode(with_header(b'{"__metadata__": {"fall-line-weights": "\\ud800"}}', b""))


def test_a_file_cut_short_anywhere_is_refused_in_words():
    data = weights_safetensors.encode(logistic())
    for end in range(0, len(data), 7):
        with pytest.raises(FallLineError):
            weights_safetensors.decode(data[:end])
