"""Keeps the loss curve of the run that is shown, out of records that arrive in batches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.running.history import LossCurve
from engine.snapshots import LossRecords, Mark, Snapshot


class CurveBook:
    """The curve of the newest run: cut where the run forked, new where it started again.

    Before the first step nothing is recorded yet, as an edit still changes what the start is worth: until
    then the curve is one point, the newest snapshot's metrics.
    """

    def __init__(self) -> None:
        self.curve = LossCurve()
        self._run_id = 0
        self._fork_step = 0
        self._start: LossRecords | None = None

    def take(self, snapshot: Snapshot | None, records: Sequence[LossRecords], marks: Sequence[Mark]) -> bool:
        """Take in what came out of the mailbox; returns whether the curve changed."""
        changed = bool(records or marks)
        for batch in records:
            changed |= self._turn_to(batch.run_id, batch.fork_step, batch.values.shape[1])
            self._forget_start()
            self.curve.append(batch)
        if snapshot is not None:
            models = snapshot.parameters.shape[0]
            changed |= self._turn_to(snapshot.run_id, snapshot.fork_step, models)
            changed |= self._show_start(snapshot)
        for mark in marks:
            # A mark of a run that was forked meanwhile counts up to the fork.
            if mark.run_id == self._run_id or mark.step <= self._fork_step:
                self.curve.add_mark(mark)
        return changed

    def _turn_to(self, run_id: int, fork_step: int, models: int) -> bool:
        if run_id == self._run_id:
            return False
        self._run_id, self._fork_step, self._start = run_id, fork_step, None
        if fork_step == 0 or models != self.curve.models:
            self.curve = LossCurve(models)
        else:
            self.curve.truncate(fork_step)
        return True

    def _show_start(self, snapshot: Snapshot) -> bool:
        """Let the curve be the point of an untrained run's start; returns whether it changed."""
        if snapshot.last_step > snapshot.first_step or (len(self.curve) and self._start is None):
            return False
        start = _start_of(snapshot)
        if start is None or (self._start is not None and _same_values(start, self._start)):
            return False
        self._forget_start()
        self.curve.append(start)
        self._start = start
        return True

    def _forget_start(self) -> None:
        """Before something is recorded, take the start's point off: it comes with the records."""
        if self._start is not None:
            self.curve = LossCurve(self.curve.models)
            self._start = None


def _start_of(snapshot: Snapshot) -> LossRecords | None:
    """A snapshot's metrics as a record of its run's first step; None without a sample to measure on."""
    metrics, held_out = snapshot.metrics, snapshot.held_out_metrics
    if np.isnan(metrics).any():
        return None
    steps = np.array([snapshot.first_step], dtype=np.int64)
    return LossRecords(snapshot.run_id, steps, metrics[None], 0, None if held_out is None else held_out[None])


def _same_values(one: LossRecords, other: LossRecords) -> bool:
    if (one.held_out is None) != (other.held_out is None):
        return False
    return np.array_equal(one.values, other.values) and (
        one.held_out is None
        or other.held_out is None
        or np.array_equal(one.held_out, other.held_out, equal_nan=True)
    )
