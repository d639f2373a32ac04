"""The formats of exported weights, by the suffix of the file: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files import weights_csv, weights_json, weights_npz
from engine.files.atomic import write_files
from engine.files.weights import WeightsFile


@dataclass(frozen=True, slots=True)
class WeightsFormat:
    """A format of weights: its name, suffix, and how it is written and read (`decode` None: not read)."""

    name: str
    suffix: str
    encode: Callable[[WeightsFile], bytes]
    decode: Callable[[bytes], WeightsFile] | None


WEIGHT_FORMATS = (
    WeightsFormat("JSON", ".json", weights_json.encode, weights_json.decode),
    WeightsFormat("NPZ", ".npz", weights_npz.encode, weights_npz.decode),
    WeightsFormat("CSV", ".csv", weights_csv.encode, None),
)


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


def open_weights(path: str | Path) -> WeightsFile:
    """Read exported weights back.

    Raises
    ------
    FallLineError
        If the file cannot be read or does not hold weights; the sentence begins with its name.
    """
    path = Path(path)
    known = format_of(path)
    if known.decode is None:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", '"{path}": weights are read from JSON and NPZ files only.'),
            path=str(path),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", '"{path}" cannot be read: {reason}.'),
            path=str(path),
            reason=error.strerror or str(error),
        ) from None
    try:
        return known.decode(data)
    except FallLineError as error:
        raise FallLineError("{path}: {problem}", path=path.name, problem=error.message) from None
