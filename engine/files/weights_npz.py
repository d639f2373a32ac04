"""Weights as a NumPy archive: the same content as the JSON, its numbers as arrays, no pickled object."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import FallLineError
from engine.files.broken_reasons import TOO_LARGE, broken_file, no_such_file
from engine.files.weights import WeightsFile
from engine.files.weights_check import weights_from_document
from engine.files.weights_json import parse, to_document

PLAIN = ("format", "version", "model", "loss")
"""Keys of the JSON document that are arrays without a dimension here."""

MAX_UNPACKED_BYTES = 64 * 2**20

_MAGIC = b"PK"
"""The first bytes of every ZIP archive."""


def encode(weights: WeightsFile) -> bytes:
    """The archive's bytes."""
    document = to_document(weights)
    features = document["features"]
    arrays: dict[str, Any] = {key: np.array(document[key]) for key in PLAIN}
    arrays["classes"] = np.array(document["classes"])
    for key in ("name", "unit", "mean", "std"):
        arrays[f"features_{key}"] = np.array([feature[key] for feature in features])
    if weights.model == "mlp":
        parts = {f"layers_{index}": layer for index, layer in enumerate(document["layers"])}
    else:
        parts = {part: document[part] for part in ("standardized", "original_units")}
        arrays["activation"] = np.array(document["layers"][0]["activation"])
    for part, layer in parts.items():
        arrays[f"{part}_weights"] = np.array(layer["weights"], dtype=np.float64)
        arrays[f"{part}_bias"] = np.array(layer["bias"], dtype=np.float64)
        if "activation" in layer:
            arrays[f"{part}_activation"] = np.array(layer["activation"])
    arrays["confusion"] = np.array(document["metrics"]["confusion"], dtype=np.int64)
    metadata = {key: document[key] for key in ("training", "metrics")}
    if any(name.endswith("\0") for name in document["classes"]):  # an array of text drops it
        metadata["classes"] = document["classes"]
    arrays["metadata"] = np.array(json.dumps(metadata, ensure_ascii=False, allow_nan=False))
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def decode(data: bytes) -> WeightsFile:
    """Read the archive's bytes; nothing in it is ever run.

    Raises
    ------
    FallLineError
        If they are not such an archive; the sentence names the place.
    """
    try:
        _check_size(data)
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: _values(archive[name]) for name in archive.files}
    except FallLineError:
        raise
    except Exception as error:  # whatever zipfile, zlib, tokenize and NumPy make of a broken one
        raise broken_file("NPZ", error, begins_well=_MAGIC.startswith(data[: len(_MAGIC)])) from None
    return weights_from_document(_document(arrays))


def _values(array: NDArray[Any]) -> Any:  # noqa: ANN401 - what the array holds
    """The array as plain values; what no character is, NumPy lets pass as text: it is refused here."""
    if array.dtype.kind == "U":
        code_points = np.ascontiguousarray(array).reshape(-1).view(f"{array.dtype.byteorder}u4")
        if code_points.size and int(code_points.max()) > sys.maxunicode:
            raise ValueError("a text in it is none")
    return array.tolist()


def _check_size(data: bytes) -> None:
    """Refuse an archive before it is unpacked if that would take far more room than any weights do."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) <= MAX_UNPACKED_BYTES:
            return
    raise no_such_file("NPZ", TOO_LARGE, most=MAX_UNPACKED_BYTES >> 20)


def _document(arrays: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON document that the arrays stand for; what is missing stays missing."""
    document: dict[str, Any] = {key: arrays[key] for key in (*PLAIN, "classes") if key in arrays}
    columns = {
        key: arrays[f"features_{key}"]
        for key in ("name", "unit", "mean", "std")
        if f"features_{key}" in arrays
    }
    if columns and all(isinstance(column, list) for column in columns.values()):
        rows = zip(*columns.values(), strict=False)
        document["features"] = [dict(zip(columns, row, strict=True)) for row in rows]
    if arrays.get("model") == "mlp":
        n_layers = sum(name.startswith("layers_") and name.endswith("_weights") for name in arrays)
        document["layers"] = [_part(arrays, f"layers_{index}") for index in range(n_layers)]
    else:
        for part in ("standardized", "original_units"):
            document[part] = _part(arrays, part)
        document["layers"] = [{**document["standardized"], "activation": arrays.get("activation")}]
    metadata = parse(str(arrays.get("metadata", "{}")).encode("utf-8", "surrogatepass"))
    return document | metadata if isinstance(metadata, dict) else document


def _part(arrays: Mapping[str, Any], part: str) -> dict[str, Any]:
    """One layer as the document has it; what is missing stays missing."""
    keys = ("weights", "bias", "activation")
    return {key: arrays[f"{part}_{key}"] for key in keys if f"{part}_{key}" in arrays}
