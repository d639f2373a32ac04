"""Which steps of a run get their metrics recorded, and the records and marks on their way out."""

from __future__ import annotations

import numpy as np

from engine.layout import Floats
from engine.running.saved_curve import SavedCurve
from engine.snapshots import LossRecords, Mark, MarkKind

DENSE_STEPS = 128
MAX_INTERVAL = 16_384
MAX_SHARE = 0.05
BURST = 3


class Recorder:
    """Decides when the next record is due, and collects records and marks until they are taken.

    The first `DENSE_STEPS` steps of a run are all recorded, then about `DENSE_STEPS` in each e-fold of steps,
    in bursts of consecutive steps, which show whether the loss rises from one step to the next.
    """

    def __init__(self) -> None:
        self.run_id = 0
        self.fork_step = 0
        self._steps: list[int] = []
        self._values: list[Floats] = []
        self._held_out: list[Floats | None] = []
        self._closed: list[LossRecords] = []
        self._marks: list[Mark] = []
        self._next_step = 0
        self._burst_left = 0

    def begin_run(self, run_id: int, fork_step: int) -> None:
        """Records from now on belong to another run."""
        self._close()
        self.run_id, self.fork_step = run_id, fork_step
        self._next_step, self._burst_left = fork_step, 0

    def steps_until_due(self, step: int) -> int:
        """Steps from `step` to the next one to record; at least one."""
        return max(1, self._next_step - step)

    def is_due(self, step: int) -> bool:
        """Whether the metrics at `step` have to be recorded."""
        return step >= self._next_step

    def add(self, step: int, metrics: Floats, metrics_steps: float, held_out: Floats | None = None) -> None:
        """Record metrics of shape (models, 3), and those of the held-out samples where there are any.

        Computing both takes as long as `metrics_steps` steps.
        """
        if step >= self._next_step:
            self._schedule(step, metrics_steps)
        self._steps.append(step)
        self._values.append(metrics)
        self._held_out.append(held_out)

    def mark(self, step: int, kind: MarkKind) -> None:
        """Mark `step` on the curve."""
        self._marks.append(Mark(self.run_id, step, kind))

    def recall(self, curve: SavedCurve) -> None:
        """Begin with what was recorded of this run before it was saved."""
        self._closed.append(curve.records(self.run_id))
        self._marks += curve.marks_of(self.run_id)

    def take(self) -> tuple[list[LossRecords], list[Mark]]:
        """Everything collected since the last call."""
        self._close()
        taken = (self._closed, self._marks)
        self._closed, self._marks = [], []
        return taken

    def _schedule(self, step: int, metrics_steps: float) -> None:
        age = step - self.fork_step
        interval = min(age // DENSE_STEPS, MAX_INTERVAL)
        if age >= DENSE_STEPS:
            interval = max(interval, int(BURST * metrics_steps / MAX_SHARE))
        if interval <= 1:
            self._burst_left = 0
        elif self._burst_left == 0:
            self._burst_left = BURST - 1
        else:
            self._burst_left -= 1
        self._next_step = step + (1 if self._burst_left else max(1, interval))

    def _close(self) -> None:
        if self._steps:
            steps = np.array(self._steps, dtype=np.int64)
            values = np.array(self._values, dtype=np.float64)
            steps.flags.writeable = values.flags.writeable = False
            held_out = self._stacked_held_out(values.shape)
            self._closed.append(LossRecords(self.run_id, steps, values, self.fork_step, held_out))
        self._steps, self._values, self._held_out = [], [], []

    def _stacked_held_out(self, shape: tuple[int, ...]) -> Floats | None:
        """Held-out metrics of all steps, NaN where there were none; None if at no step."""
        if all(metrics is None for metrics in self._held_out):
            return None
        stacked = np.full(shape, np.nan)
        for row, metrics in zip(stacked, self._held_out, strict=True):
            if metrics is not None:
                row[...] = metrics
        stacked.flags.writeable = False
        return stacked
