"""The real window at full speed with each instrument of the lab open in turn: what a frame then costs.

A frame is measured as in `script/bench window`. On a machine that others use too, a thread that is put aside
counts as a long frame: so the processor's own time for the window's thread is given beside it, and the first
instrument, the network, is what the others are to be compared with. Each instrument has a run of its own from
the start, some seconds to work out what it shows, and is then measured.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.display import forget_settings, has_display, run_under_xvfb
from benchmarks.window import WindowBench, invented_document, percentile

SAMPLES = 1_000
WARM_UP_SECONDS = 2.0
FRAME_SECONDS = 6.0
CASES = ("logistic", "softmax", "mlp")
"""Two classes and three, and two by a model with hidden layers, which some instruments need."""


def main(argv: list[str]) -> int:
    """Measure every instrument; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench tabs", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--n", type=int, default=SAMPLES, help="number of samples")
    parser.add_argument("--case", action="append", choices=CASES, help="which model; may be repeated")
    parser.add_argument("--tab", action="append", help="key of an instrument; may be repeated")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured; frames are pooled")
    options = parser.parse_args(argv)
    if not has_display():
        return run_under_xvfb("tabs", argv)
    forget_settings()
    bench = TabBench()
    rows = bench.measure_tabs(options.case or list(CASES), options.tab, options.n, options.rounds)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


class TabBench(WindowBench):
    """The program's own window, its instruments opened one after the other."""

    def measure_tabs(
        self, cases: list[str], tabs: list[str] | None, n: int, rounds: int
    ) -> list[dict[str, Any]]:
        """One row for each model and instrument, printed as it comes."""
        print(
            f"{'model':<9} {'tab':<18} {'frame p50':>9} {'p99 ms':>7} {'cpu p50':>8} {'p99 ms':>7} "
            f"{'interval p99':>13} {'steps/s':>9}"
        )
        rows = []
        for case in cases:
            self.window.document.open(document_of(case, n))
            self.window.controller.set_speed(None)
            self.spin(1.0)
            for tab in tabs or self.window.lab.keys:
                row = {"tab": tab, "n": n, "classes": 3 if case == "softmax" else 2, "model": case}
                row |= self.tab_row(tab, rounds)
                rows.append(row)
                print(
                    f"{case:<9} {tab:<18} {row['frame_ms_p50']:>9.2f} {row['frame_ms_p99']:>7.2f} "
                    f"{row['cpu_ms_p50']:>8.2f} {row['cpu_ms_p99']:>7.2f} {row['interval_ms_p99']:>13.2f} "
                    f"{row['steps_per_s']:>9.0f}",
                    flush=True,
                )
        self.window.lab.close_jobs()
        self.window.controller.close()
        return rows

    def tab_row(self, tab: str, rounds: int) -> dict[str, float]:
        """Open one instrument and train; the frames of all rounds together."""
        controller, app = self.window.controller, self.app
        work: list[float] = []
        cpu: list[float] = []
        intervals: list[float] = []
        speeds = []
        for _ in range(rounds):
            controller.reset()
            self.window.lab.open_tab(tab)
            controller.play()
            self.spin(WARM_UP_SECONDS)
            app.restart()
            first, start = controller.snapshot.step, time.perf_counter()
            self.spin(FRAME_SECONDS)
            speeds.append((controller.snapshot.step - first) / (time.perf_counter() - start))
            work += app.work_ms
            cpu += app.cpu_ms
            intervals += app.interval_ms
            controller.pause()
            self.spin(0.3)
        return {
            "frame_ms_p50": percentile(work, 50),
            "frame_ms_p99": percentile(work, 99),
            "cpu_ms_p50": percentile(cpu, 50),
            "cpu_ms_p99": percentile(cpu, 99),
            "interval_ms_p99": percentile(intervals, 99),
            "steps_per_s": percentile(speeds, 50),
        }


def document_of(case: str, n: int) -> Any:  # noqa: ANN401 - the engine is loaded once the display is known
    """The people of `script/bench window`, with a third class by body mass index, or with hidden layers."""
    from dataclasses import replace

    import numpy as np

    from engine.document.state import ClassInfo
    from engine.samples import Samples
    from engine.specs import StartSpec

    if case == "logistic":
        return invented_document(n)
    if case == "mlp":
        return invented_document(n, model="mlp", hidden=(8, 8), start=StartSpec("normal"))
    two = invented_document(n, start=StartSpec())
    rows = two.samples.rows
    index = rows.weight_kg / (rows.height_cm / 100.0) ** 2 + np.random.default_rng(n).normal(0.0, 1.5, n)
    label = np.digitize(index, (22.0, 26.0))
    return replace(
        two,
        samples=Samples.from_columns(rows.height_cm, rows.weight_kg, label),
        classes=(
            ClassInfo(0, "underweight", color=4, marker="circle"),
            ClassInfo(1, "normal", color=2, marker="triangle"),
            ClassInfo(2, "overweight", color=1, marker="square"),
        ),
    )
