"""The real window with a million samples, training, and every instrument of the lab opened in turn: memory.

Resident memory after some seconds in front, and the most that there was meanwhile, in MB (10^6 bytes).
"""

from __future__ import annotations

import argparse
import gc
import json
from pathlib import Path
from typing import Any

from benchmarks.display import forget_settings, has_display, run_under_xvfb
from benchmarks.window import WindowBench, invented_document

SAMPLES = 1_000_000
SECONDS = 6.0


def main(argv: list[str]) -> int:
    """Open every instrument; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench memory", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--n", type=int, default=SAMPLES, help="number of samples")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each is in front")
    options = parser.parse_args(argv)
    if not has_display():
        return run_under_xvfb("memory", argv)
    if not Path("/proc/self/clear_refs").exists():
        print("This needs Linux, which tells a process's memory in /proc.")
        return 2
    forget_settings()
    rows = MemoryBench().measure_memory(options.n, options.seconds)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


class MemoryBench(WindowBench):
    """Opens a large document, trains, and goes through the lab."""

    def measure_memory(self, n: int, seconds: float) -> list[dict[str, Any]]:
        """One row for each thing that is opened, printed as it comes."""
        print(f"{'opened':<20} {'resident MB':>11} {'most MB':>8}")
        lab, controller = self.window.lab, self.window.controller
        rows = [self.row_of("nothing")]
        self.window.document.open(invented_document(n))
        self.spin(seconds)
        rows.append(self.row_of("document"))
        controller.set_speed(None)
        controller.play()
        for key in (*lab.keys, "network"):
            lab.open_tab(key)
            self.spin(seconds)
            rows.append(self.row_of(key))
        lab.close_jobs()
        controller.close()
        return rows

    def row_of(self, opened: str) -> dict[str, Any]:
        """What is resident now, and the most since the last row."""
        gc.collect()
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        found = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS", "VmHWM")))
        now, most = (int(found[name].split()[0]) * 1.024e-3 for name in ("VmRSS", "VmHWM"))
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the most is counted from now on
        print(f"{opened:<20} {now:>11.0f} {most:>8.0f}", flush=True)
        return {"opened": opened, "mb": now, "most_mb": most}
