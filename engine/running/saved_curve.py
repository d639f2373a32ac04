"""What was recorded of a run up to where it stands, apart from the run: its loss curve in a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.running.history import LossCurve
from engine.snapshots import METRICS, LossRecords, Mark, MarkKind

Floats = NDArray[np.float64]

SAVED_POINTS = 512
"""A saved curve has no more points than these: as many as a plot has room for."""


@dataclass(frozen=True, slots=True, eq=False)
class SavedCurve:
    """A bounded number of recorded steps; where a long run has more, the newest of neighbours each.

    Attributes
    ----------
    step : ndarray of int64, shape (m,)
        They increase.
    values : ndarray of float64, shape (m, models, 3)
        As in `LossRecords`.
    held_out : ndarray of float64, shape (m, models, 3), or None
        As in `LossRecords`.
    marks : tuple of (int, MarkKind)
        Where the person changed data or settings: step and kind, in order of the steps.
    """

    step: NDArray[np.int64]
    values: Floats
    held_out: Floats | None = None
    marks: tuple[tuple[int, MarkKind], ...] = ()

    @classmethod
    def of(cls, curve: LossCurve, step: int) -> SavedCurve | None:
        """What a curve holds up to `step`; None where there is nothing before it to tell."""
        count = int(np.searchsorted(curve.steps, step, side="right"))
        if not step or not count:
            return None
        bounded = LossCurve(curve.models, SAVED_POINTS)
        held_out = _values(curve, count, held_out=True) if curve.has_held_out else None
        bounded.append(LossRecords(0, curve.steps[:count].copy(), _values(curve, count), 0, held_out))
        steps = bounded.steps.copy()
        steps.flags.writeable = False
        return cls(
            steps,
            _values(bounded, len(bounded)),
            _values(bounded, len(bounded), held_out=True) if bounded.has_held_out else None,
            tuple((mark.step, mark.kind) for mark in curve.marks if mark.step <= step),
        )

    def records(self, run_id: int) -> LossRecords:
        """The recorded steps as those of a run."""
        return LossRecords(run_id, self.step, self.values, 0, self.held_out)

    def marks_of(self, run_id: int) -> list[Mark]:
        """The marks as those of a run."""
        return [Mark(run_id, step, kind) for step, kind in self.marks]


def _values(curve: LossCurve, count: int, *, held_out: bool = False) -> Floats:
    """The newest values of the first `count` buckets, shape (count, models, 3), read-only."""
    shape = (count, curve.models, len(METRICS))
    values = np.empty(shape)
    for model, metric in np.ndindex(*shape[1:]):
        values[:, model, metric] = curve.arrays(model, metric, held_out=held_out)[3][:count]
    values.flags.writeable = False
    return values
