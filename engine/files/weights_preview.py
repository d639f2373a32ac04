"""What stands in a file of weights, as text: to be looked at before it is written."""

from __future__ import annotations

import io
import json

import numpy as np

from engine.files.registry import WeightsFormat
from engine.files.weights import WeightsFile


def preview_text(known: WeightsFormat, weights: WeightsFile) -> str:
    """The text of a file; of one that is no text its arrays, tensors or graph, under the names they have."""
    data = known.encode(weights)
    if known.suffix == ".npz":
        return _arrays_text(data)
    if known.suffix == ".onnx":
        return _graph_text(data)
    if known.suffix == ".safetensors":
        return _tensors_text(data)
    return data.decode("utf-8-sig")


def _arrays_text(data: bytes) -> str:
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return "\n".join(f"{name}  {archive[name].dtype} {archive[name].shape}" for name in archive.files)


def _graph_text(data: bytes) -> str:
    from onnx import load_model_from_string, printer

    model = load_model_from_string(data)
    names = ", ".join(entry.key for entry in model.metadata_props)
    return f"{printer.to_text(model.graph)}\n\nmetadata: {names}"


def _tensors_text(data: bytes) -> str:
    from safetensors.numpy import load

    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    lines = [f"{name}  {values.dtype} {values.shape}" for name, values in sorted(load(data).items())]
    return "\n".join([*lines, "", *(f"{name}: {text}" for name, text in header["__metadata__"].items())])
