"""The real window while it trains at full speed: frames, steps against the engine alone, clicks.

A frame is everything that the window's thread does from one painted canvas to the next, waiting excepted, so
painting is included, and so is what a wait for the interpreter costs. Clicks come at moments that do not
depend on the frames; a click's time runs from when it was due to the end of the paint that shows its sample.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.display import forget_settings, has_display, run_under_xvfb

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

SIZES = (100, 10_000)
WARM_UP_SECONDS = 3.0
FRAME_SECONDS = 12.0
CLICKS = 150
CLICK_SECONDS = 0.1
CLEAR_PX = 24
ALONE_SECONDS = 1.0
ALONE_ROUNDS = 3


def main(argv: list[str]) -> int:
    """Measure every size; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench window", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--n", action="append", type=int, help="number of samples; may be repeated")
    options = parser.parse_args(argv)
    if not has_display():
        return run_under_xvfb("window", argv)
    forget_settings()
    rows = WindowBench().measure(options.n or list(SIZES))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


class WindowBench:
    """The program's own window in a process of this benchmark's own."""

    def __init__(self) -> None:
        import gui.app
        from benchmarks.probe import TimedApplication

        gui.app.QApplication = TimedApplication
        from gui.i18n import Language
        from gui.main_window import MainWindow
        from gui.preferences import Preferences
        from gui.theme import Appearance

        self.app = gui.app.make_application(["fall-line"])
        assert isinstance(self.app, TimedApplication)
        appearance = Appearance()
        self._look = gui.app.Look(self.app, appearance)
        self.window = MainWindow(Preferences(), appearance, Language())
        self.window.show()
        self.app.watch(self.window, self.window.canvas)

    def measure(self, sizes: list[int]) -> list[dict[str, Any]]:
        """One row a size, printed as it comes."""
        print(
            f"{'n':>7} {'frame p50':>10} {'p99 ms':>7} {'interval p99':>13} {'steps/s':>10} "
            f"{'alone':>10} {'share':>6} {'click p99 ms':>13}"
        )
        rows = []
        for n in sizes:
            row = self.row(n)
            rows.append(row)
            share = row["steps_per_s"] / row["alone_steps_per_s"]
            print(
                f"{n:>7} {row['frame_ms_p50']:>10.2f} {row['frame_ms_p99']:>7.2f} "
                f"{row['interval_ms_p99']:>13.2f} {row['steps_per_s']:>10.0f} "
                f"{row['alone_steps_per_s']:>10.0f} {share:>6.2f} {row['click_to_paint_ms_p99']:>13.2f}",
                flush=True,
            )
        self.window.controller.close()
        return rows

    def row(self, n: int) -> dict[str, Any]:
        """Train on `n` invented people; the engine alone has its turns before and after."""
        controller, app = self.window.controller, self.app
        self.window.document.open(invented_document(n))
        controller.set_speed(None)
        self.spin(1.0)
        alone = self.alone_steps_per_second()
        controller.play()
        self.spin(WARM_UP_SECONDS)
        app.restart()
        first, start = controller.snapshot.step, time.perf_counter()
        self.spin(FRAME_SECONDS)
        steps = (controller.snapshot.step - first) / (time.perf_counter() - start)
        work, intervals = app.work_ms, app.interval_ms
        clicks = [waited for _ in range(CLICKS) if (waited := self.click()) is not None]
        controller.pause()
        self.spin(0.5)
        alone += self.alone_steps_per_second()
        return {
            "n": n,
            "frame_ms_p50": percentile(work, 50),
            "frame_ms_p99": percentile(work, 99),
            "interval_ms_p99": percentile(intervals, 99),
            "steps_per_s": steps,
            "alone_steps_per_s": percentile(alone, 50),
            "click_to_paint_ms_p99": percentile(clicks, 99),
        }

    def spin(self, seconds: float) -> None:
        """Let the event loop run."""
        self.spin_until(None, seconds)

    def spin_until(self, condition: Callable[[], bool] | None, seconds: float) -> None:
        """Let the event loop run until a condition holds after some event, at most `seconds`."""
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        loop, timer = QEventLoop(), QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        timer.start(round(1000 * seconds))
        self.app.after_paint = lambda: loop.quit() if condition is not None and condition() else None
        loop.exec()
        timer.stop()

    def click(self) -> float | None:
        """Click a sample onto the canvas, take it back; milliseconds until it was painted."""
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtTest import QTest

        canvas, document = self.window.canvas, self.window.document
        count = len(document.state.samples)
        wait_ms = round(1000 * CLICK_SECONDS * random.uniform(0.7, 1.3))
        place = self.free_place()
        painted: list[float] = []

        def press() -> None:
            QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

        def is_shown() -> bool:
            if len(document.state.samples) > count:
                painted.append(time.perf_counter())
            return bool(painted)

        due = time.perf_counter() + wait_ms / 1000
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.timeout.connect(press)
        timer.start(wait_ms)
        self.spin_until(is_shown, 2.0)
        if not painted:
            return None  # there was a line or a sample to click on
        document.undo_stack.undo()
        return 1000 * (painted[0] - due)

    def free_place(self) -> QPoint:
        """A pixel of the plot with no sample near it."""
        import numpy as np
        from PySide6.QtCore import QPoint

        viewport, rows = self.window.canvas.viewport, self.window.document.state.samples.rows
        x, y = viewport.x_of(rows.height_cm), viewport.y_of(rows.weight_kg)
        rect = viewport.rect.adjusted(24, 24, -24, -24)
        while True:
            place_x = random.uniform(rect.left(), rect.right())
            place_y = random.uniform(rect.top(), rect.bottom())
            if np.hypot(x - place_x, y - place_y).min() > CLEAR_PX:
                return QPoint(round(place_x), round(place_y))

    def alone_steps_per_second(self) -> list[float]:
        """The same steps by the engine with nothing around it."""
        from engine.training import Stepper, start_state
        from engine.training_data import TrainingData

        spec = self.window.document.state.training_spec()
        stepper = Stepper(spec, TrainingData.from_samples(spec.samples, spec.model.n_classes))
        speeds = []
        for _ in range(ALONE_ROUNDS):
            state, start = start_state(spec), time.perf_counter()
            while (seconds := time.perf_counter() - start) < ALONE_SECONDS:
                stepper.advance(state, 100)
            speeds.append(state.step / seconds)
        return speeds


def invented_document(n: int, **settings: object) -> Any:  # noqa: ANN401 - the engine is loaded late
    """Two overlapping groups of people; the wrong way round and on both losses unless `settings` say else."""
    import numpy as np

    from engine.document.state import ClassInfo, DocumentState, Settings
    from engine.samples import Samples
    from engine.specs import StartSpec

    generator = np.random.default_rng(n)
    height_cm = generator.normal(166.0, 8.5, n)
    weight_kg = 65.0 + 0.8 * (height_cm - 166.0) + generator.normal(0.0, 10.0, n)
    index = weight_kg / (height_cm / 100.0) ** 2
    label = generator.random(n) < 1.0 / (1.0 + np.exp(-(index - 24.0) / 1.2))
    return DocumentState(
        samples=Samples.from_columns(height_cm, weight_kg, label.astype(int)),
        classes=(
            ClassInfo(0, "no_diet", color=0, marker="circle"),
            ClassInfo(1, "needs_diet", color=1, marker="triangle"),
        ),
        settings=Settings(**{"start": StartSpec("exact", parameters=(5.0, -5.0, 0.0)), **settings}),
    )


def percentile(values: list[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
