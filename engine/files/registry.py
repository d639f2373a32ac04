"""The formats of exported weights, by the suffix of the file: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files import weights_csv, weights_json, weights_npz, weights_onnx, weights_safetensors
from engine.files.atomic import write_files
from engine.files.reading import read_file
from engine.files.weights import WeightsFile


@dataclass(frozen=True, slots=True)
class WeightsFormat:
    """A format of weights: its name, suffix, and how it is written and read."""

    name: str
    suffix: str
    encode: Callable[[WeightsFile], bytes]
    decode: Callable[[bytes], WeightsFile]


WEIGHT_FORMATS = (
    WeightsFormat("JSON", ".json", weights_json.encode, weights_json.decode),
    WeightsFormat("NPZ", ".npz", weights_npz.encode, weights_npz.decode),
    WeightsFormat("CSV", ".csv", weights_csv.encode, weights_csv.decode),
    WeightsFormat("ONNX", ".onnx", weights_onnx.encode, weights_onnx.decode),
    WeightsFormat("safetensors", ".safetensors", weights_safetensors.encode, weights_safetensors.decode),
)

MAX_BYTES = 16 * 2**20
"""No file of weights comes near this size: a larger one is refused before it is read."""


def format_of(path: Path) -> WeightsFormat:
    """The format that a file's suffix names.

    Raises
    ------
    FallLineError
        If it names none.
    """
    for known in WEIGHT_FORMATS:
        if path.suffix.lower() == known.suffix:
            return known
    raise FallLineError(
        QT_TRANSLATE_NOOP("Engine", '"{path}": the name must end in {suffixes}.'),
        path=str(path),
        suffixes=", ".join(known.suffix for known in WEIGHT_FORMATS),
    )


def export_weights(weights: Mapping[Path, WeightsFile]) -> None:
    """Write weights to files, each in the format of its suffix: all of them or, on trouble, none.

    Raises
    ------
    FallLineError
        If a suffix is unknown or a file cannot be written.
    """
    write_files({path: format_of(path).encode(file) for path, file in weights.items()})


def open_weights(path: str | Path, suffix: str = "") -> WeightsFile:
    """Read exported weights back, in the format of the file's suffix or of another one that is told.

    Raises
    ------
    FallLineError
        If the file cannot be read or does not hold weights; the sentence begins with its name.
    """
    path = Path(path)
    known = format_of(path.with_suffix(suffix) if suffix else path)
    data = read_file(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", '"{path}" is too large to be weights.'), path=str(path)
        )
    try:
        return known.decode(data)
    except FallLineError as error:
        raise FallLineError("{path}: {problem}", path=path.name, problem=error.message) from None
