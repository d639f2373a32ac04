"""The real window with a million samples: frames, clicks, the pointer, scrubbing and memory.

It trains at full speed on all samples and in mini-batches, with the recovery journal written as in the
program. Times are those of the window's thread: by the clock, and of the processor alone, which other
programs on the machine do not lengthen. A click's time runs to the end of the paint that shows its sample.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.display import forget_settings, has_display, run_under_xvfb
from benchmarks.window import WARM_UP_SECONDS, WindowBench, invented_document, percentile

SIZES = (30_000, 1_000_000)
BATCHES = (None, 256)
FRAME_SECONDS = 8.0
CLICKS = 40
MOVES = 120
SCRUBS = 60
SETTLE_SECONDS = 4.0
GAP_SECONDS = 0.12


def main(argv: list[str]) -> int:
    """Measure every size; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench large", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--n", action="append", type=int, help="number of samples; may be repeated")
    options = parser.parse_args(argv)
    if not has_display():
        return run_under_xvfb("large", argv)
    forget_settings()
    rows = LargeBench().measure_all(options.n or list(SIZES))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


@dataclass(frozen=True)
class Took:
    """What one kind of act took in the window's thread, frame by frame."""

    work_ms: list[float]
    cpu_ms: list[float]

    def row(self, n: int, act: str, **more: object) -> dict[str, Any]:
        """The medians and the 99th percentiles."""
        return {
            "n": n,
            "act": act,
            "work_ms_p50": percentile(self.work_ms, 50),
            "work_ms_p99": percentile(self.work_ms, 99),
            "cpu_ms_p50": percentile(self.cpu_ms, 50),
            "cpu_ms_p99": percentile(self.cpu_ms, 99),
            **more,
        }


class LargeBench(WindowBench):
    """Does to a large document what a person does, and takes the time."""

    def measure_all(self, sizes: list[int]) -> list[dict[str, Any]]:
        """Every act with every size."""
        rows = []
        with tempfile.TemporaryDirectory(prefix="fall-line-bench-") as folder:
            self.window.protect(Path(folder))
            print(f"{'n':>9} {'act':<28} {'p50 ms':>8} {'p99 ms':>8} {'cpu p50':>8} {'cpu p99':>8}  more")
            for n in sizes:
                for row in self.acts(n):
                    rows.append(row)
                    self._print(row)
            peak = {"n": max(sizes), "act": "peak memory", "peak_mb": peak_mb()}
            rows.append(peak)
            print(f"{peak['n']:>9} peak resident memory {peak['peak_mb']:.0f} MB", flush=True)
            self.window.controller.close()
            if self.window.recovery is not None:
                self.window.recovery.close(keep=False)
        return rows

    def acts(self, n: int) -> Iterator[dict[str, Any]]:
        """One row an act."""
        document, controller = self.window.document, self.window.controller
        state = invented_document(n)
        yield self.repeat(1, lambda _: document.open(state), SETTLE_SECONDS).row(n, "open")
        controller.set_speed(None)
        for batch in BATCHES:
            name = "all" if batch is None else f"batches of {batch}"
            document.change_settings(batch_size=batch)
            controller.play()
            self.spin(WARM_UP_SECONDS)
            yield self._training(n, name)
            yield self.repeat(CLICKS, self.add_one).row(n, f"add one, {name}")
            yield self.repeat(MOVES, self.point_at).row(n, f"pointer, {name}")
        controller.pause()
        self.spin(1.0)
        yield self.repeat(SCRUBS, self.scrub).row(n, "scrub")
        yield self.repeat(SCRUBS, self.zoom).row(n, "zoom")

    def _training(self, n: int, name: str) -> dict[str, Any]:
        controller, app = self.window.controller, self.app
        app.restart()
        first, start = controller.snapshot.step, time.perf_counter()
        self.spin(FRAME_SECONDS)
        steps = (controller.snapshot.step - first) / (time.perf_counter() - start)
        took = Took(list(app.work_ms), list(app.cpu_ms))
        return took.row(n, f"train, {name}", steps_per_s=steps, frames=len(took.work_ms))

    def repeat(self, count: int, act: Callable[[int], None], seconds: float = GAP_SECONDS) -> Took:
        """Act `count` times with a pause in between; the costliest frame of each time counts."""
        from PySide6.QtCore import QTimer

        work: list[float] = []
        cpu: list[float] = []
        for number in range(count):
            self.app.restart()
            self.app.start_frame()
            # In an event of its own: what the act itself takes is counted too.
            QTimer.singleShot(0, partial(act, number))
            self.spin(seconds)
            if self.app.work_ms:
                work.append(max(self.app.work_ms))
                cpu.append(max(self.app.cpu_ms))
        return Took(work, cpu)

    def add_one(self, number: int) -> None:
        """Click a sample onto the canvas, or (every other time) take it back."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        if number % 2:
            self.window.document.undo_stack.undo()
            return
        place = self.window.canvas.viewport.rect.topLeft().toPoint()
        place.setX(place.x() + 20 + 3 * number)
        place.setY(place.y() + 15)
        QTest.mouseClick(self.window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def point_at(self, number: int) -> None:
        """Move the pointer through the crowd."""
        from PySide6.QtTest import QTest

        rect = self.window.canvas.viewport.rect
        share = number / MOVES
        QTest.mouseMove(
            self.window.canvas,
            rect.topLeft().toPoint() + (rect.bottomRight() - rect.topLeft()).toPoint() * (0.2 + 0.6 * share),
        )

    def scrub(self, number: int) -> None:
        """Go somewhere else in the run."""
        last = self.window.controller.snapshot.last_step
        self.window.controller.seek(round(last * ((number * 37) % SCRUBS) / SCRUBS))

    def zoom(self, number: int) -> None:
        """Turn the wheel a notch, in and out."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        canvas = self.window.canvas
        place = canvas.viewport.rect.center()
        event = QWheelEvent(
            place,
            QPointF(canvas.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120 if number % 2 else -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self.app.sendEvent(canvas, event)

    def _print(self, row: dict[str, Any]) -> None:
        times = [row.get(f"{kind}_ms_p{share}") for kind in ("work", "cpu") for share in (50, 99)]
        cells = " ".join("       -" if one is None else f"{one:>8.2f}" for one in times)
        more = ", ".join(f"{key} {row[key]:.3g}" for key in ("steps_per_s", "frames") if key in row)
        print(f"{row['n']:>9} {row['act']:<28} {cells}  {more}", flush=True)


def peak_mb() -> float:
    """The most memory that this process had at once, in MB (10^6 bytes); NaN where it cannot be told."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
