"""Time from the start of the process to the first painted frame, against a bare pyqtgraph window, as a ratio.

Both start in turns, each in a fresh process with warm file caches and compiled modules, as every start but
the first has them, and medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.display import forget_settings, has_display, run_under_xvfb

ROUNDS = 15
SIDES = ("ours", "bare")


def main(argv: list[str]) -> int:
    """Measure both sides; print the medians and their ratio, and write them as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench start", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the row to this file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="starts of each side")
    options = parser.parse_args(argv)
    if not has_display():
        return run_under_xvfb("start", argv)
    forget_settings()
    for side in SIDES:
        seconds_to_first_frame(side)  # fills the caches of files and of compiled modules
    seconds: dict[str, list[float]] = {side: [] for side in SIDES}
    for _ in range(options.rounds):
        for side in SIDES:
            seconds[side].append(seconds_to_first_frame(side))
    ours, bare = (statistics.median(seconds[side]) for side in SIDES)
    row = {"ours_ms": 1000 * ours, "bare_ms": 1000 * bare, "ratio": ours / bare}
    print(f"ours {row['ours_ms']:.0f} ms, bare {row['bare_ms']:.0f} ms, ratio {row['ratio']:.2f}")
    if options.json:
        options.json.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
    return 0


def seconds_to_first_frame(side: str) -> float:
    """Start one side and wait for its first frame."""
    command = [sys.executable, "-m", "benchmarks.first_frame", side]
    # A machine that forbids Python to keep what it has compiled would time the compiler instead.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.monotonic()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, timeout=120, env=environment
    )
    return float(done.stdout.split()[-1]) - start
