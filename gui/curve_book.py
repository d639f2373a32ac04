"""Keeps the loss curve of the run that is shown, out of records that arrive in batches."""

from __future__ import annotations

from collections.abc import Sequence

from engine.running.history import LossCurve
from engine.snapshots import LossRecords, Mark, Snapshot


class CurveBook:
    """The curve of the newest run: cut where the run forked, new where it started again."""

    def __init__(self) -> None:
        self.curve = LossCurve()
        self._run_id = 0
        self._fork_step = 0

    def take(self, snapshot: Snapshot | None, records: Sequence[LossRecords], marks: Sequence[Mark]) -> bool:
        """Take in what came out of the mailbox; returns whether the curve changed."""
        changed = bool(records or marks)
        for batch in records:
            changed |= self._turn_to(batch.run_id, batch.fork_step, batch.values.shape[1])
            self.curve.append(batch)
        if snapshot is not None:
            models = snapshot.parameters.shape[0]
            changed |= self._turn_to(snapshot.run_id, snapshot.fork_step, models)
        for mark in marks:
            # A mark of a run that was forked meanwhile counts up to the fork.
            if mark.run_id == self._run_id or mark.step <= self._fork_step:
                self.curve.add_mark(mark)
        return changed

    def _turn_to(self, run_id: int, fork_step: int, models: int) -> bool:
        if run_id == self._run_id:
            return False
        self._run_id, self._fork_step = run_id, fork_step
        if fork_step == 0 or models != self.curve.models:
            self.curve = LossCurve(models)
        else:
            self.curve.truncate(fork_step)
        return True
