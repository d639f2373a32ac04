"""The numbers that the entropy tab shows: the split of every sample, sorted, and of the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.entropy import (
    EntropySplit,
    PooledTargets,
    class_terms,
    entropy_split,
    log_probabilities,
    pooled_targets,
)
from engine.models import logits
from engine.snapshots import METRICS, Mark, Snapshot
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData
from gui.frame import Frame
from gui.model_names import has_long_dash
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CROSS_ENTROPY = METRICS.index("cross_entropy")


@dataclass(frozen=True, slots=True)
class SampleView:
    """One training sample as a model sees it; arrays of shape (K,).

    Attributes
    ----------
    sample_id : int
    class_index : int
        -1 for an empty label set.
    target, p, terms : ndarray
        What p is pulled to, pooled with equal samples; p; and what each class adds to the cross-entropy.
    entropy, divergence : float
    count : int
        Equal samples, itself included.
    is_mixed : bool
        Whether some of them have another label.
    """

    sample_id: int
    class_index: int
    target: Floats
    p: Floats
    terms: Floats
    entropy: float
    divergence: float
    count: int
    is_mixed: bool


@dataclass(frozen=True, eq=False)
class EntropyView:
    """All training samples as one model of a snapshot sees them.

    Attributes
    ----------
    snapshot : Snapshot
    row : int
        Row of the state.
    model : ModelSpec
    data : TrainingData
        As this model reads it.
    pooled : PooledTargets
    split : EntropySplit
    """

    snapshot: Snapshot
    row: int
    model: ModelSpec
    data: TrainingData
    pooled: PooledTargets
    split: EntropySplit

    @cached_property
    def order(self) -> Ints:
        """Places of the samples from the smallest cross-entropy to the largest, shape (n,)."""
        return np.asarray(np.argsort(self.split.cross_entropy, kind="stable"))

    @cached_property
    def ranks(self) -> Ints:
        """Where each sample comes in that order, shape (n,)."""
        ranks = np.empty(len(self.data), dtype=np.int64)
        ranks[self.order] = np.arange(len(self.data))
        return ranks

    @cached_property
    def in_order(self) -> tuple[Floats, Floats, Ints]:
        """Entropy, cross-entropy and class index in that order, shape (n,) each."""
        order = self.order
        return self.split.entropy[order], self.split.cross_entropy[order], self.data.class_index[order]

    def prepare(self) -> EntropyView:
        """Sort the samples now, in the thread that has time for it."""
        _ = self.ranks, self.in_order
        return self

    @property
    def mixed_count(self) -> int:
        """Samples that share height and weight with one of another label."""
        return int(np.count_nonzero(self.pooled.is_mixed))

    def place_of(self, sample_id: int | None) -> int | None:
        """Place of a training sample among `data`; None for any other."""
        if sample_id is None:
            return None
        place = int(np.searchsorted(self.data.sample_id, sample_id))
        is_there = place < len(self.data) and int(self.data.sample_id[place]) == sample_id
        return place if is_there else None

    def sample(self, place: int) -> SampleView:
        """One sample's numbers."""
        values = logits(
            self.model, self.snapshot.parameters[self.row], self.data.design[:, place : place + 1]
        )
        target = self.pooled.target[:, place]
        return SampleView(
            int(self.data.sample_id[place]),
            int(self.data.class_index[place]),
            target,
            np.exp(log_probabilities(self.model, values)[:, 0]),
            class_terms(self.model, target[:, None], values)[:, 0],
            float(self.split.entropy[place]),
            float(self.split.divergence[place]),
            int(self.pooled.count[place]),
            bool(self.pooled.is_mixed[place]),
        )


class ViewMaker:
    """Makes views; pools the targets once for each edit."""

    def __init__(self) -> None:
        self._keeper = DataKeeper()
        self._pooled: tuple[TrainingData, ModelSpec, TrainingData, PooledTargets] | None = None

    def view(self, snapshot: Snapshot, row: int) -> EntropyView:
        """The model in `row` of a snapshot, on its training samples."""
        data, model = self._keeper.data(snapshot), snapshot.spec.model_of(row)
        known = self._pooled
        if known is None or known[0] is not data or known[1] != model:
            own = data.for_model(model)
            known = self._pooled = (data, model, own, pooled_targets(model, own))
        _, _, own, pooled = known
        split = entropy_split(model, snapshot.parameters[row], own, pooled)
        return EntropyView(snapshot, row, model, own, pooled, split)


@dataclass(frozen=True, slots=True, eq=False)
class RunSplit:
    """One model's recorded cross-entropy with the bound below it.

    Attributes
    ----------
    loss : LossName
        What the model was trained on.
    step : ndarray of int64, shape (m,)
    cross_entropy : ndarray of shape (m,)
    bound : float
        Mean H, the same at every one of these steps.
    optimum : float or None
        This model's smallest cross-entropy, where it is shown and exists.
    long_dash : bool
        How its line is told from the other model's (`gui.model_names.has_long_dash`).
    """

    loss: LossName
    step: Ints
    cross_entropy: Floats
    bound: float
    optimum: float | None = None
    long_dash: bool = False

    def index_at(self, step: float) -> int:
        """The recorded step nearest to a step."""
        return int(np.argmin(np.abs(self.step - step)))


def run_split(frame: Frame, row: int, bound: float, since: int, optimum: float | None) -> RunSplit:
    """The steps of the present run after step `since`, up to the one that is shown."""
    snapshot = frame.snapshot
    steps = np.zeros(0, dtype=np.int64)
    values = np.zeros(0)
    if row < frame.curve.models:
        steps, _, _, values = frame.curve.arrays(row, _CROSS_ENTROPY)
    kept = (steps > since) & (steps <= snapshot.step)
    steps, values = steps[kept], values[kept]
    if not steps.size or steps[-1] < snapshot.step:
        steps = np.append(steps, snapshot.step)
        values = np.append(values, snapshot.metrics[row, _CROSS_ENTROPY])
    long_dash = has_long_dash(snapshot.spec, row)
    return RunSplit(snapshot.spec.losses[row], steps, values, bound, optimum, long_dash)


class SameBound:
    """Since which step the bound is what it is now: samples and smoothing have not changed after it."""

    def __init__(self) -> None:
        self._smoothing: float | None = None
        self._run_id = -1
        self._smoothed_at = -1

    def note(self, frame: Frame) -> None:
        """Take in a frame; to be called for every one, so that no change of the smoothing is missed."""
        snapshot = frame.snapshot
        if snapshot.run_id != self._run_id and snapshot.fork_step == 0:
            self._smoothed_at = -1
        smoothing = snapshot.spec.label_smoothing
        if smoothing != self._smoothing:
            # The first frame may come long after a change: what lies before its last mark is not known.
            default = -1 if self._smoothing is None else snapshot.step
            self._smoothed_at = _last_mark(frame.marks, "settings", snapshot.step, default)
        self._run_id, self._smoothing = snapshot.run_id, smoothing

    def since(self, frame: Frame) -> int:
        """Steps after this one have the bound of the frame."""
        return max(self._smoothed_at, _last_mark(frame.marks, "data", frame.snapshot.step, -1))


def _last_mark(marks: Sequence[Mark], kind: str, step: int, default: int) -> int:
    return max((mark.step for mark in marks if mark.kind == kind and mark.step <= step), default=default)
