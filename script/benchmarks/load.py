"""Loading a CSV file of people against pyarrow alone; milliseconds.

Ours is all of it: the bytes, the delimiter and encoding, the guess of columns, heights and weights in cm and
kg, classes, and the check of every value. The peer is ``pyarrow.csv.read_csv``, which knows nothing of
people, with its own guess of the columns' types; ``read`` is our part up to the table. Both may use every
processor. The sides take turns in one run, and medians are compared: by the clock, and of the processors'
time alone, which other programs hardly change. Python's own ``csv`` reader is timed once for each size.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.csv

from engine.files.tables import extract_samples, guess_columns, read_table

SIZES = (25_000, 300_000, 1_000_000)
ROUNDS = 15
SEED = 5

Row = dict[str, Any]


def main(argv: list[str]) -> int:
    """Measure the chosen sizes; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench load", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--rows", type=int, action="append", help="rows of a file, instead of the usual ones")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="loads of each side")
    options = parser.parse_args(argv)
    rows = []
    pyarrow.set_cpu_count(os.cpu_count() or 1)  # script/bench gives one to every library
    print(
        f"{'rows':>9} {'ours ms':>9} {'read ms':>9} {'pyarrow ms':>11} {'ratio':>6} {'csv ms':>8} "
        f"{'ours cpu':>9} {'arrow cpu':>9} {'ratio':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for count in options.rows or SIZES:
            path = Path(folder) / f"{count}.csv"
            write_people(path, count)
            row = compared(path, count, options.rounds)
            rows.append(row)
            print(
                f"{count:>9} {row['ours_ms']:>9.1f} {row['read_ms']:>9.1f} {row['pyarrow_ms']:>11.1f} "
                f"{row['ratio']:>6.2f} {row['csv_ms']:>8.1f} "
                f"{row['ours_cpu_ms']:>9.1f} {row['pyarrow_cpu_ms']:>9.1f} {row['cpu_ratio']:>6.2f}",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def write_people(path: Path, count: int) -> None:
    """Invented people, to a tenth of a cm and of a kg, every other one with the second label by chance."""
    rng = np.random.default_rng(SEED)
    heights, weights = rng.normal(170.0, 9.0, count), rng.normal(70.0, 12.0, count)
    labels = np.array(["no", "yes"])[rng.integers(0, 2, count)].tolist()
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("height_cm,weight_kg,needs_diet\n")
        for height, weight, label in zip(heights.tolist(), weights.tolist(), labels, strict=True):
            stream.write(f"{height:.1f},{max(weight, 30.0):.1f},{label}\n")


def compared(path: Path, count: int, rounds: int) -> Row:
    """One row: medians of the sides, which take turns; the first load of each does not count."""
    works: dict[str, Callable[[], object]] = {
        "ours": lambda: load(path),
        "read": lambda: read_table(path),
        "pyarrow": lambda: pyarrow.csv.read_csv(path),
    }
    clock: dict[str, list[float]] = {name: [] for name in works}
    processor: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            begin = time.process_time()
            clock[name].append(seconds_of(work))
            processor[name].append(time.process_time() - begin)
    medians = {f"{name}_ms": 1000 * statistics.median(found[1:]) for name, found in clock.items()}
    medians |= {f"{name}_cpu_ms": 1000 * statistics.median(found[1:]) for name, found in processor.items()}
    return {
        "rows": count,
        **medians,
        "ratio": ratio_of(clock),
        "cpu_ratio": ratio_of(processor),
        "csv_ms": 1000 * seconds_of(lambda: read_by_csv(path)),
    }


def ratio_of(times: dict[str, list[float]]) -> float:
    """Our time against the peer's: the median over the rounds, without the first."""
    return statistics.median(
        ours / peer for ours, peer in zip(times["ours"][1:], times["pyarrow"][1:], strict=True)
    )


def load(path: Path) -> int:
    """From the file to samples, as the window's import does it."""
    table = read_table(path)
    return len(extract_samples(table, guess_columns(table)).height_cm)


def read_by_csv(path: Path) -> int:
    """The rows as Python's own reader gives them: text, not numbers."""
    with path.open(encoding="utf-8", newline="") as stream:
        return len(list(csv.reader(stream)))


def seconds_of(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
