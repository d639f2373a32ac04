"""Train on the real window for half an hour with edits all the while, and see that memory stays flat.

    QT_QPA_PLATFORM=offscreen .venv/bin/python script/soak.py --minutes 30

Twice a second a person is added, moved or removed, a setting changed, an edit undone, the run taken back
to an earlier step, or another instrument opened. Resident memory may be no more than 5 % above what it was
after the first minute; exceptions and warnings fail it too.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from script.monkey import Counts, Troubles, counts, real_window  # noqa: E402, I001 - first: it sets BLAS's threads

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402

from gui.main_window import MainWindow  # noqa: E402

EDIT_MS = 500
SAMPLE_SECONDS = 5
ROOM = 1.05
FEWEST, MOST = 80, 160


class Editor:
    """Edits of one kind after another at random, about as many people staying on the canvas."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.count = 0
        self._window = window
        self._random = random.Random(seed)
        self._unseen = list(window.lab.keys)

    def edit(self) -> None:
        """Do one edit, and see that training goes on."""
        self.count += 1
        if self._unseen and self.count % 4 == 0:  # each for two seconds, so all in the first minute
            self._window.lab.open_tab(self._unseen.pop())
        document = self._window.document
        number = len(document.state.samples)
        if number < FEWEST:
            self._add()
        elif number > MOST:
            self._remove()
        else:
            self._random.choice(
                (self._add, self._move, self._remove, self._change, self._undo, self._seek, self._open_tab)
            )()
        if not self._window.controller.playing:
            self._window.controller.play()

    def _add(self) -> None:
        height_cm, weight_kg = self._random.gauss(170.0, 10.0), self._random.gauss(70.0, 12.0)
        is_heavy = weight_kg / height_cm**2 * 1e4 > 25.0
        self._window.document.add_samples([height_cm], [weight_kg], int(is_heavy))

    def _move(self) -> None:
        gesture = object()
        for _ in range(10):
            self._window.document.move_samples([self._any()], 0.3, -0.2, gesture)

    def _remove(self) -> None:
        self._window.document.remove_samples([self._any()])

    def _change(self) -> None:
        optimizer = self._window.document.state.settings.optimizer
        rate = self._random.choice((0.01, 0.05, 0.1, 0.5))
        self._window.document.change_settings(optimizer=replace(optimizer, learning_rate=rate))

    def _undo(self) -> None:
        self._window.document.undo_stack.undo()

    def _seek(self) -> None:
        snapshot = self._window.controller.snapshot
        if snapshot is not None:
            self._window.controller.seek(self._random.randint(0, snapshot.last_step))

    def _open_tab(self) -> None:
        if not self._unseen:
            self._window.lab.open_tab(self._random.choice(list(self._window.lab.keys)))

    def _any(self) -> int:
        return self._random.choice(self._window.document.state.samples.rows.sample_id.tolist())


def soak(window: MainWindow, minutes: float, seed: int, troubles: Troubles) -> list[Counts]:
    """Train and edit for that long; what was counted every few seconds."""
    editor, taken, started = Editor(window, seed), [], time.monotonic()
    loop, edits, samples = QEventLoop(), QTimer(), QTimer()

    def take() -> None:
        taken.append(counts(editor.count))
        if len(taken) % 12 == 1:
            step = window.controller.snapshot.last_step if window.controller.snapshot else 0
            print(f"{time.monotonic() - started:6.0f} s, step {step:10,}: {taken[-1]}", flush=True)
        if troubles.found or time.monotonic() - started >= 60.0 * minutes:
            loop.quit()

    edits.timeout.connect(editor.edit)
    samples.timeout.connect(take)
    window.controller.set_speed(None)
    window.controller.play()
    edits.start(EDIT_MS)
    samples.start(1000 * SAMPLE_SECONDS)
    loop.exec()
    edits.stop()
    samples.stop()
    return taken


def main() -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    troubles = Troubles()
    with tempfile.TemporaryDirectory() as name, real_window(Path(name)) as window:
        taken = soak(window, arguments.minutes, arguments.seed, troubles)
    minute = 60 // SAMPLE_SECONDS
    begun, later = taken[minute // 2 : minute], taken[minute:]
    if troubles.found or not later:
        print(*troubles.found or ["it takes more than a minute to tell"], sep="\n")
        return 1
    first_mb = statistics.median(count.resident_mb for count in begun)
    last_mb = statistics.median(count.resident_mb for count in later[-minute:])
    most_mb = max(count.resident_mb for count in later)
    is_flat = last_mb <= ROOM * first_mb
    print(
        f"{taken[-1].events:,} edits in {arguments.minutes:g} min; resident: {first_mb:.0f} MB at the end "
        f"of the first minute, {last_mb:.0f} MB in the last one ({100 * (last_mb / first_mb - 1):+.1f} %), "
        f"at most {most_mb:.0f} MB; threads {begun[-1].threads} -> {taken[-1].threads}, "
        f"handles {begun[-1].handles} -> {taken[-1].handles}: {'flat' if is_flat else 'GROWN'}"
    )
    return 0 if is_flat else 1


if __name__ == "__main__":
    sys.exit(main())
