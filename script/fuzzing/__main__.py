"""Feed broken files to the readers, a hundred thousand a format, guided by the code that they reach.

    script/fuzz --format npz --inputs 100000 --seed 1
    script/fuzz --large

A reader may answer with what it has read or with a `FallLineError`, and with nothing else, within a second of
processor time and 2 GB. What breaks one is kept in a folder and told, and the exit status is 1. ``--large``
reads files of 20 MB that are made to take all memory instead.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import FallLineError
from engine.files.sheets import read_sheet
from script.fuzzing.formats import FORMATS, Format
from script.fuzzing.guided import Counts
from script.fuzzing.large import read_large_files

ROOT = Path(__file__).resolve().parents[2]
_CORPUS = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
MOST_ENDED = 2_000
"""Processes that one format may end before its campaign is given up."""


@dataclass
class Outcome:
    """What came of a format's inputs."""

    counts: Counts
    resident_mb: float = 0.0
    branches: int = 0
    kept: int = 0
    ended: int = 0
    troubles: list[str] = field(default_factory=list)

    def line(self, name: str, seed: int) -> str:
        """The outcome as JSON, to be put into a table."""
        counts = vars(self.counts) | {"slowest": f"{self.counts.slowest / 1000:.0f} ms"}
        rest = {"resident": f"{self.resident_mb:.0f} MB", "branches": self.branches, "corpus": self.kept}
        return json.dumps({"format": name, "seed": seed, **counts, **rest, "ended": self.ended})


def campaign(name: str, inputs: int, seed: int, folder: Path) -> Outcome:
    """Feed that many inputs of a format; a process that one of them ends is started again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    outcome, known = Outcome(Counts()), FORMATS[name]
    while outcome.counts.inputs < inputs and outcome.ended < MOST_ENDED:
        before = set(folder.glob("died-*"))
        status = _run(name, inputs - outcome.counts.inputs, seed + outcome.ended, folder, outcome)
        if status == 0:
            break
        outcome.ended += 1
        new = sorted(set(folder.glob("died-*")) - before)
        if not new:
            outcome.troubles.append(f"the process ended with status {status}: see {folder / 'log'}")
            break
        outcome.troubles += [trouble for path in new if (trouble := _trouble(name, known, path))]
    outcome.troubles += map(str, sorted([*folder.glob("broken-*.txt"), *folder.glob("slow-*.input")]))
    return outcome


def _run(name: str, inputs: int, seed: int, folder: Path, outcome: Outcome) -> int:
    """One process; its exit status, and into the outcome what it has counted."""
    words = [sys.executable, "-m", "script.fuzzing.guided", name, str(inputs), str(seed), str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "RUST_BACKTRACE": "0"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    outcome.resident_mb = max(outcome.resident_mb, usage.ru_maxrss / 1024)
    outcome.counts = Counts.of(folder / "counts")
    found = _CORPUS.findall((folder / "log").read_text(errors="replace"))
    if found:
        branches, _, kept = map(int, found[-1])
        outcome.branches, outcome.kept = max(branches, outcome.branches), max(kept, outcome.kept)
    return process.returncode


def _trouble(name: str, known: Format, path: Path) -> str:
    """What is wrong about an input that ended the process; nothing where the program has one of its own."""
    if not known.is_child:
        return f"ended the process: {path}"
    book = path.with_name(f"{path.name}.{name}")
    shutil.copy(path, book)
    try:
        read_sheet(book)
    except FallLineError:
        return ""
    finally:
        book.unlink()
    return f"ended the fuzzer's process but not the worker: {path}"


def main() -> int:
    """Fuzz one format or all of them, or read the large files."""
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--format", choices=[*FORMATS, "all"], default="all")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--out", type=Path, default=Path("build/fuzz"), help="where what breaks a reader goes"
    )
    parser.add_argument("--large", action="store_true", help="read files of 20 MB made to take all memory")
    arguments = parser.parse_args()
    if arguments.large:
        return read_large_files()
    failed = False
    for name in FORMATS if arguments.format == "all" else [arguments.format]:
        outcome = campaign(name, arguments.inputs, arguments.seed, arguments.out / name)
        print(outcome.line(name, arguments.seed), flush=True)
        for trouble in outcome.troubles[:20]:
            print(f"  {trouble}", flush=True)
        failed |= bool(outcome.troubles)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
