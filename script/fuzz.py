"""Feed broken files to a reader: valid ones, mutated by a seeded generator, a hundred thousand a format.

    .venv/bin/python script/fuzz.py --format npz --inputs 100000 --seed 1

A reader may answer with what it has read or with a `FallLineError`, and with nothing else, within a second.
The counts and the slowest input are printed; an input that breaks something is printed as it is.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import struct
import sys
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from engine.document.state import DocumentState  # noqa: E402
from engine.errors import FallLineError  # noqa: E402
from engine.files import (  # noqa: E402
    weights_json,
    weights_npz,
    weights_onnx,
    weights_safetensors,
)
from engine.files.column_guess import guess_columns  # noqa: E402
from engine.files.extraction import extract_samples  # noqa: E402
from engine.files.scene_text import decode_scene_text, encode_scene_text  # noqa: E402
from engine.files.scenes import parse_scene  # noqa: E402
from engine.files.session import Session, decode_session, encode_session, encode_state  # noqa: E402
from engine.files.table_reader import decoded, parse_table  # noqa: E402
from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from  # noqa: E402
from engine.models import layout_of  # noqa: E402
from engine.running.run import Run  # noqa: E402
from engine.running.saved_run import SavedRun  # noqa: E402
from engine.samples import Samples  # noqa: E402
from engine.scaling import Standardizer  # noqa: E402
from engine.specs import ModelSpec  # noqa: E402

SLOW_SECONDS = 1.0
TOKENS = (
    b"", b"0", b"-1", b"1e999", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b'""', b"9" * 20,
    b"1" * 5000, b"[" * 3000, b'{"a":' * 3000, b'"', b"\\ud800", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf",
    b",", b";", b"\t", b"\r\n", b"'", b"\xb0\xa1", b"1,5", b"\x80" * 9,
)  # fmt: skip


@dataclass(frozen=True)
class Format:
    """Valid files of a format, and what reads their bytes."""

    valid: Callable[[], list[bytes]]
    read: Callable[[bytes], object]
    is_archive: bool = False


def mutated(generator: random.Random, valid: list[bytes], *, is_archive: bool = False) -> bytes:
    """One of the valid files, changed in one place or several."""
    data = bytearray(generator.choice(valid))
    if is_archive and generator.random() < 0.6:
        return _within_archive(generator, bytes(data))
    for _ in range(generator.choice((1, 1, 1, 2, 4, 16))):
        _change(generator, data, valid)
    return bytes(data)


def _change(generator: random.Random, data: bytearray, valid: list[bytes]) -> None:
    size = len(data)
    at = generator.randrange(size + 1)
    end = min(size, at + generator.choice((1, 1, 2, 4, 8, 64, 1024)))
    kind = generator.randrange(9)
    if kind == 0 and at < size:
        data[at] ^= 1 << generator.randrange(8)
    elif kind == 1 and at < size:
        data[at] = generator.randrange(256)
    elif kind == 2:
        del data[at:end]
    elif kind == 3:
        data[at:at] = data[at:end] * generator.choice((1, 2, 50))
    elif kind == 4:
        data[at:end] = generator.choice(TOKENS)
    elif kind == 5:
        del data[at:]
    elif kind == 6:
        other = generator.choice(valid)
        start = generator.randrange(len(other) + 1)
        data[at:end] = other[start : start + generator.choice((1, 8, 64, 1024))]
    elif kind == 7:
        number = generator.choice((0, 1, -1, 2**31 - 1, 2**63 - 1, -(2**63), generator.getrandbits(40)))
        data[at : at + 8] = struct.pack("<q", number)
    else:
        _change_number(generator, data)


def _change_number(generator: random.Random, data: bytearray) -> None:
    """Put something else in the place of a number written in digits."""
    starts = [place for place, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if starts:
        at = generator.choice(starts)
        end = at
        while end < len(data) and data[end] in b"0123456789.eE+-":
            end += 1
        data[at:end] = generator.choice(TOKENS)


def _within_archive(generator: random.Random, data: bytes) -> bytes:
    """Change what a ZIP archive holds, its checksums being right."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        names = source.namelist()
        chosen = generator.choice(names)
        for name in names:
            content = bytearray(source.read(name))
            if name == chosen:
                _change(generator, content, [source.read(generator.choice(names))])
                if generator.random() < 0.1:
                    name = generator.choice(names)  # one name twice, another missing
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the duplicate
                target.writestr(name, bytes(content), generator.choice((0, 8)))
    return stream.getvalue()


def _weights() -> list[WeightsFile]:
    scaler = Standardizer(170.0, 65.5, 11.25, 15.0)
    training = TrainingInfo("gd", 0.1, 32, 500, 7, "none", start="zeros")
    made = []
    for kind, loss, n_classes in (("logistic", "bce", 2), ("softmax", "ce", 3), ("mlp", "bce", 2)):
        model = ModelSpec(kind, n_classes, (3, 2) if kind == "mlp" else ())
        count = layout_of(model).parameter_count
        metrics = MetricsInfo(20, 0.5, 0.1, 0.5, tuple(tuple(range(n_classes)) for _ in range(n_classes)))
        names = tuple(f"class {index}" for index in range(n_classes))
        made.append(
            weights_from(model, np.linspace(-1.0, 2.0, count), scaler, loss, names, training, metrics)
        )
    return made


def _states() -> list[DocumentState]:
    state = parse_scene(_scene_files()[0]).state
    few = Samples.from_columns([150.5, 170.25, 190.0], [50.0, 70.125, 90.0], [0, 1, -1], [False, True, False])
    return [replace(state, samples=Samples()), replace(state, samples=few)]


def _sessions() -> list[bytes]:
    state = replace(_states()[1], samples=Samples.from_columns([150.5, 170.25], [50.0, 70.125], [0, 1]))
    run = Run(state.training_spec())
    run.advance(3, every_step=True)
    session = Session(state, SavedRun.of(run.snapshot()))
    return [*(encode_state(one) for one in _states()), encode_session(session)]


def _tables() -> list[bytes]:
    rows = "height (cm),weight,sex\n170.5,65,F\n180,80.25,M\n160,,F\n"
    return [
        rows.encode(),
        rows.replace(",", ";").replace(".", ",").encode("utf-16"),
        ("﻿" + rows).encode(),
        '"키","몸무게","성별"\n"170","65","여"\n"181,5","80","남"\n'.encode("cp949"),
        b"sep=;\nheight;weight;label\n1.70;65;a\n1.81;90;b\n",
        b"'height'|'weight'\n'170.5'|'65'\n'180'|'75'\n",
    ]


def _read_table(data: bytes) -> object:
    path = Path("people.csv")
    if not data.strip():
        return None  # `read_bytes` says so first
    table = parse_table(*_text_first(data, path))
    choice = guess_columns(table)
    return extract_samples(table, choice)


def _text_first(data: bytes, path: Path) -> tuple[str, Path, str]:
    text, encoding = decoded(data, path)
    return text, path, encoding


def _scene_files() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "assets" / "scenes").glob("*.json"))]


FORMATS: dict[str, Format] = {
    "json": Format(lambda: [weights_json.encode(one) for one in _weights()], weights_json.decode),
    "npz": Format(
        lambda: [weights_npz.encode(one) for one in _weights()], weights_npz.decode, is_archive=True
    ),
    "onnx": Format(lambda: [weights_onnx.encode(one) for one in _weights()], weights_onnx.decode),
    "safetensors": Format(
        lambda: [weights_safetensors.encode(one) for one in _weights()], weights_safetensors.decode
    ),
    "session": Format(_sessions, decode_session),
    "scene": Format(_scene_files, parse_scene),
    "scene_text": Format(
        lambda: [encode_scene_text(one).encode() for one in _states()],
        lambda data: decode_scene_text(data.decode("utf-8", "replace")),
    ),
    "csv": Format(_tables, _read_table),
}


@cache
def valid_files(name: str) -> list[bytes]:
    """The valid files of a format, each read once to see that it is."""
    known = FORMATS[name]
    files = known.valid()
    for data in files:
        known.read(data)
    return files


def fuzz(name: str, inputs: int, seed: int) -> int:
    """Feed that many inputs; the exit status."""
    known, generator = FORMATS[name], random.Random(f"{name}-{seed}")
    valid, counts, slowest = valid_files(name), {"read": 0, "refused": 0, "broken": 0}, (0.0, b"")
    for _ in range(inputs):
        data = mutated(generator, valid, is_archive=known.is_archive)
        started = time.perf_counter()
        try:
            known.read(data)
            counts["read"] += 1
        except FallLineError as error:
            counts["refused"] += 1
            str(error)
        except Exception:
            counts["broken"] += 1
            if counts["broken"] <= 5:
                traceback.print_exc()
                print(f"input: {data[:2000]!r}")
        seconds = time.perf_counter() - started
        if seconds > slowest[0]:
            slowest = (seconds, data)
    resident_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"format": name, "seed": seed, "inputs": inputs, **counts}), flush=True)
    print(
        f"slowest: {1000 * slowest[0]:.0f} ms, {len(slowest[1])} bytes; at most {resident_mb:.0f} MB resident"
    )
    return 1 if counts["broken"] or slowest[0] > SLOW_SECONDS else 0


def main() -> int:
    """Fuzz one format, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", choices=[*FORMATS, "all"], default="all")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    names = list(FORMATS) if arguments.format == "all" else [arguments.format]
    warnings.simplefilter("error")
    return max(fuzz(name, arguments.inputs, arguments.seed) for name in names)


if __name__ == "__main__":
    sys.exit(main())
