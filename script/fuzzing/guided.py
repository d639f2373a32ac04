"""One format in a process of its own: ``python -m script.fuzzing.guided FORMAT INPUTS SEED FOLDER``.

Atheris, which puts Python under libFuzzer, counts which branches of `engine.files` an input reaches; one that
reaches new ones is kept and changed further. What breaks a reader is written to the folder. The counts lie in
a file mapped into memory, so that they are there for the campaign when an input has ended this process.
"""

from __future__ import annotations

import hashlib
import mmap
import random
import struct
import sys
import time
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path

SLOW_SECONDS = 1.0
STUCK_SECONDS = 10
"""Of the clock on the wall; then libFuzzer ends the process and keeps the input."""
MOST_MEGABYTES = 2048
LONGEST = 300_000
MOST_KEPT = 20
"""Broken inputs that are kept of one place."""

_COUNTS = struct.Struct("<6q")


@dataclass
class Counts:
    """What came of the inputs so far; `slowest` in microseconds of processor time, `ended`: killed by it."""

    inputs: int = 0
    read: int = 0
    refused: int = 0
    broken: int = 0
    slow: int = 0
    slowest: int = 0

    @classmethod
    def of(cls, file: Path) -> Counts:
        """The counts in a file."""
        return cls(*_COUNTS.unpack(file.read_bytes())) if file.exists() else cls()

    def packed(self) -> bytes:
        """The counts as the file holds them."""
        return _COUNTS.pack(*vars(self).values())


def _tried(known, counts: Counts, folder: Path, data: bytes) -> None:  # noqa: ANN001 - a `formats.Format`
    from engine.errors import FallLineError

    started = time.process_time()
    try:
        known.read(data)
        counts.read += 1
    except FallLineError as error:
        counts.refused += 1
        str(error)
    except Exception as error:
        counts.broken += 1
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = f"broken-{Path(place.filename).stem}-{place.lineno}"
        if len(list(folder.glob(f"{name}-*.input"))) < MOST_KEPT:
            stem = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:8]}"
            stem.with_suffix(".input").write_bytes(data)
            stem.with_suffix(".txt").write_text(
                "".join(traceback.format_exception(error)), "utf-8", "replace"
            )
    microseconds = int(1e6 * (time.process_time() - started))
    counts.slowest = max(counts.slowest, microseconds)
    if microseconds > 1e6 * SLOW_SECONDS:
        counts.slow += 1
        (folder / f"slow-{hashlib.sha256(data).hexdigest()[:8]}.input").write_bytes(data)


def main(words: list[str]) -> None:
    """Feed that many inputs; libFuzzer ends the process."""
    import atheris

    name, inputs, seed, folder = words[0], int(words[1]), int(words[2]), Path(words[3])
    with atheris.instrument_imports(include=["engine.files"]):
        from script.fuzzing.formats import FORMATS, valid_files
    known, valid = FORMATS[name], valid_files(name)
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(valid):
        (corpus / f"valid-{number}").write_bytes(data)
    place = folder / "counts"
    counts = Counts.of(place)
    place.write_bytes(counts.packed())
    with place.open("r+b") as file:
        shared = mmap.mmap(file.fileno(), _COUNTS.size)

    def one(data: bytes) -> None:
        counts.inputs += 1
        shared[:] = counts.packed()
        _tried(known, counts, folder, data)
        shared[:] = counts.packed()

    def changed(data: bytes, longest: int, chance: int) -> bytes:
        generator = random.Random(chance)
        if generator.random() < 0.4:
            data = generator.choice(valid)
        if generator.random() < 0.25:
            return atheris.Mutate(data, longest)
        return known.mutate(generator, data or b"0", valid)[:longest]

    options = (
        f"-runs={inputs} -seed={seed} -timeout={STUCK_SECONDS} -rss_limit_mb={MOST_MEGABYTES} -len_control=0 "
        f"-max_len={LONGEST} -use_value_profile=1 -reduce_inputs=0 -artifact_prefix={folder}/died-"
    )
    warnings.simplefilter("error")
    atheris.Setup([sys.argv[0], *options.split(), str(corpus)], one, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
