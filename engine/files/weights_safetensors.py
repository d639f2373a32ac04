"""Weights as safetensors: a layer's tensors named as PyTorch's `nn.Sequential` of `nn.Linear` names them.

Everything is in double precision. The JSON document rides along in the header, and that is what is read.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from engine.files import weights_inside
from engine.files.broken_reasons import broken_file
from engine.files.weights import Floats, WeightsFile
from engine.files.weights_json import parse
from engine.models import layout_of

LENGTH_BYTES = 8
"""A file begins with the length of its header, which is JSON, as a little-endian number of so many bytes."""


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: the same ones for the same weights."""
    from safetensors.numpy import save

    data = save(_tensors(weights))
    # The library writes metadata in an order that changes from run to run, so they are put in here.
    end = LENGTH_BYTES + _header_length(data)
    header = {"__metadata__": _metadata(weights), **json.loads(data[LENGTH_BYTES:end])}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)  # the numbers begin at a multiple of their size
    return len(text).to_bytes(LENGTH_BYTES, "little") + text + data[end:]


def decode(data: bytes) -> WeightsFile:
    """Read a file that `encode` wrote.

    Raises
    ------
    FallLineError
        If the bytes are no safetensors, or some that another program made or changed.
    """
    from safetensors import SafetensorError, deserialize

    try:
        tensors = dict(deserialize(data))  # type: ignore[no-untyped-call] # checks lengths, offsets and shapes before it touches a number
    except SafetensorError as error:
        begins_well = data[LENGTH_BYTES : LENGTH_BYTES + 1] in (b"{", b"")
        raise broken_file("safetensors", error, begins_well=begins_well) from None
    header = parse(data[LENGTH_BYTES : LENGTH_BYTES + _header_length(data)])
    metadata = (header.get("__metadata__") if isinstance(header, dict) else None) or {}
    texts = [metadata[weights_inside.KEY]] if weights_inside.KEY in metadata else []
    weights = weights_inside.weights_inside(texts, "safetensors")
    found = {
        name: (part["dtype"], list(part["shape"]), bytes(part["data"])) for name, part in tensors.items()
    }
    expected = {
        name: ("F64", list(values.shape), values.tobytes()) for name, values in _tensors(weights).items()
    }
    weights_inside.check_unchanged(found, expected)
    return weights


def _header_length(data: bytes) -> int:
    return int.from_bytes(data[:LENGTH_BYTES], "little")


def _tensors(weights: WeightsFile) -> dict[str, Floats]:
    """Every tensor: layer i stands at place 2 i of a Sequential, its activation at 2 i + 1."""
    tensors = {"features.mean": weights.scaler.mean, "features.std": weights.scaler.std}
    for index, layer in enumerate(weights.layers):
        tensors[f"{2 * index}.weight"] = np.ascontiguousarray(layer[:, :-1], dtype="<f8")
        tensors[f"{2 * index}.bias"] = np.ascontiguousarray(layer[:, -1], dtype="<f8")
    return tensors


def _metadata(weights: WeightsFile) -> dict[str, str]:
    """What the header says of the model; its values are texts, lists as JSON."""
    activations: list[Any] = [layer.activation for layer in layout_of(weights.spec).layers]
    return {
        "format": "pt",
        "model": weights.model,
        "activations": json.dumps(activations),
        "classes": weights_inside.classes_text(weights),
        weights_inside.KEY: weights_inside.text_of(weights),
    }
