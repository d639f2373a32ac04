"""A run's past: a loss curve without gaps, and checkpoints from which any step can be replayed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.running.buckets import Buckets, SparseBuckets
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import METRICS, LossRecords, Mark
from engine.specs import TrainingSpec
from engine.training import TrainingState

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CURVE_CAPACITY = 4096
MARK_CAPACITY = 512
BYTE_BUDGET = 128 * 2**20
GOOD_LOSS_RATIO = 2.0
_ROW_BYTES = 33
_CHECKPOINT_OVERHEAD_BYTES = 1024


class LossCurve:
    """Every recorded step of a run in a bounded number of buckets: nothing between two frames is lost.

    A bucket keeps the first, last, smallest and largest value of the recorded steps in it, for the training
    samples and, once there are any, for the held-out ones. When the buckets are used up, neighbours are
    merged: cells of `span` steps (doubled each time), but never wider than a fixed share of their step, so
    that the first steps stay sharp on a logarithmic axis too.

    Attributes
    ----------
    models : int
    marks : list of Mark
        Where the person changed data or settings, in order of their steps.
    """

    def __init__(self, models: int = 0, capacity: int = CURVE_CAPACITY) -> None:
        self.models = models
        self.marks: list[Mark] = []
        self._capacity = capacity
        self._span = 1
        self._count = 0
        self._first_step: Ints = np.zeros(capacity, dtype=np.int64)
        self._last_step: Ints = np.zeros(capacity, dtype=np.int64)
        self._shape = (models, len(METRICS), capacity)
        self._training = Buckets(self._shape)
        self._held_out: SparseBuckets | None = None

    def __len__(self) -> int:
        """Number of buckets in use."""
        return self._count

    @property
    def last_step(self) -> int:
        """Newest recorded step, -1 before the first."""
        return int(self._last_step[self._count - 1]) if self._count else -1

    @property
    def steps(self) -> Ints:
        """Newest step of each bucket, shape (buckets,): a view, as those of `arrays`."""
        return self._last_step[: self._count]

    @property
    def has_held_out(self) -> bool:
        """Whether something was recorded on held-out samples."""
        return self._held_out is not None

    def arrays(
        self, model_index: int, metric_index: int, *, held_out: bool = False
    ) -> tuple[Ints, Floats, Floats, Floats]:
        """Steps, smallest, largest and last value of each bucket, for drawing.

        Parameters
        ----------
        held_out : bool
            Of the held-out samples instead of the training samples: NaN where there were none.

        Returns
        -------
        tuple of four ndarrays of shape (buckets,)
            Views that the next `append` or `truncate` overwrites; the step is the bucket's newest.
        """
        steps, used = self.steps, (model_index, metric_index, slice(self._count))
        buckets = self._held_out if held_out else self._training
        if buckets is None:
            unknown = np.full(self._count, np.nan)
            return steps, unknown, unknown, unknown
        return steps, buckets.min[used], buckets.max[used], buckets.last[used]

    def append(self, records: LossRecords) -> None:
        """Add recorded steps, which never lie before those that are here.

        Raises
        ------
        ValueError
            If the records are of another number of models.
        """
        if records.values.shape[1] != self.models:
            raise ValueError("the records are of another number of models")
        if records.held_out is not None and self._held_out is None:
            self._held_out = SparseBuckets(self._shape)
            self._held_out.put(slice(self._count), np.nan)
        piece = max(1, self._capacity // 4)
        for start in range(0, records.step.size, piece):
            part = slice(start, start + piece)
            held_out = np.nan if records.held_out is None else np.moveaxis(records.held_out[part], 0, -1)
            self._append_part(records.step[part], np.moveaxis(records.values[part], 0, -1), held_out)

    def add_mark(self, mark: Mark) -> None:
        """Remember a change; a second one of the same kind at the same step adds nothing."""
        if any(old.step == mark.step and old.kind == mark.kind for old in self.marks[-2:]):
            return
        self.marks.append(mark)
        if len(self.marks) > MARK_CAPACITY:
            gaps = [later.step - earlier.step for earlier, later in pairwise(self.marks)]
            del self.marks[gaps.index(min(gaps)) + 1]

    def truncate(self, step: int) -> None:
        """Forget what was recorded after `step`; a bucket across it shrinks to its first record."""
        kept = int(np.searchsorted(self._last_step[: self._count], step, side="right"))
        if kept < self._count and self._first_step[kept] <= step:
            self._last_step[kept] = self._first_step[kept]
            for buckets in self._buckets:
                buckets.shrink_to_first(kept)
            kept += 1
        self._count = kept
        self.marks = [mark for mark in self.marks if mark.step <= step]

    @property
    def _buckets(self) -> list[Buckets]:
        return [self._training] if self._held_out is None else [self._training, self._held_out]

    def _append_part(self, steps: Ints, values: Floats, held_out: Floats | float) -> None:
        while self._count + steps.size > self._capacity:
            self._span *= 2
            self._merge(0)
        new = slice(self._count, self._count + steps.size)
        self._first_step[new] = self._last_step[new] = steps
        self._training.put(new, values)
        if self._held_out is not None:
            self._held_out.put(new, held_out)
        tail = max(0, self._count - 1)
        self._count += steps.size
        self._merge(tail)

    def _merge(self, start: int) -> None:
        """Join neighbours that fell into one cell, from bucket `start` on."""
        used = slice(start, self._count)
        first_step = self._first_step[used]
        linear = first_step // self._span
        logarithmic = np.floor(np.log1p(first_step) * (self._capacity / 64))
        opens = np.ones(first_step.size, dtype=bool)
        opens[1:] = (np.diff(linear) != 0) | (np.diff(logarithmic) != 0)
        starts = np.flatnonzero(opens)
        if starts.size == first_step.size:
            return
        ends = np.append(starts[1:], first_step.size) - 1
        self._count = start + starts.size
        new = slice(start, self._count)
        self._first_step[new] = first_step[starts]
        self._last_step[new] = self._last_step[used][ends]
        for buckets in self._buckets:
            buckets.merge(used, new, starts, ends)


@dataclass(eq=False, slots=True)
class Segment:
    """A stretch of a run on one spec and one scaler; not replayable once its samples were let go."""

    spec: TrainingSpec
    scaler: Standardizer
    start_step: int
    is_replayable: bool = True

    def release(self) -> None:
        """Let go of the samples; the checkpoints of the stretch stay."""
        self.spec = replace(self.spec, samples=Samples())
        self.is_replayable = False


@dataclass(frozen=True, eq=False, slots=True)
class Checkpoint:
    """A state to go on from, with each model's own full-batch loss there (shape (models,))."""

    state: TrainingState
    segment: Segment
    losses: Floats

    @property
    def step(self) -> int:
        """The step of its state."""
        return self.state.step

    @property
    def is_forced(self) -> bool:
        """Whether the replay of its stretch starts here."""
        return self.segment.is_replayable and self.step == self.segment.start_step

    @property
    def byte_count(self) -> int:
        """About how much memory it takes."""
        return int(self.state.parameters.nbytes + self.state.slots.nbytes) + _CHECKPOINT_OVERHEAD_BYTES


class _BlockLedger:
    """Bytes of the sample blocks that stretches keep alive, a block shared by many counted once."""

    def __init__(self) -> None:
        self.byte_count = 0
        self._holders: dict[int, int] = {}

    def hold(self, samples: Samples) -> None:
        for block in samples.blocks:
            holders = self._holders.get(id(block), 0)
            self._holders[id(block)] = holders + 1
            self.byte_count += 0 if holders else _ROW_BYTES * len(block)

    def release(self, samples: Samples) -> None:
        for block in samples.blocks:
            self._holders[id(block)] -= 1
            if not self._holders[id(block)]:
                del self._holders[id(block)]
                self.byte_count -= _ROW_BYTES * len(block)


class History:
    """Checkpoints of one run in order of their steps, within a budget of bytes.

    Over the budget the older half of the checkpoints is thinned, every second one; when only the starts
    of stretches are left there, the oldest stretches let go of their samples and can then be visited at
    their checkpoints alone.
    """

    def __init__(self, byte_budget: int = BYTE_BUDGET) -> None:
        self.byte_budget = byte_budget
        self.checkpoints: list[Checkpoint] = []
        self.segments: list[Segment] = []
        self._ledger = _BlockLedger()
        self._checkpoint_bytes = 0

    @property
    def byte_count(self) -> int:
        """Memory of all checkpoints and of the sample blocks that they keep alive, each block once."""
        return self._checkpoint_bytes + self._ledger.byte_count

    def begin_segment(self, spec: TrainingSpec, scaler: Standardizer, step: int) -> Segment:
        """Open the stretch that starts at `step`; an older one that starts there too is replaced."""
        if self.segments and self.segments[-1].start_step == step:
            gone = self.segments.pop()
            self._ledger.release(gone.spec.samples)
            self._keep([kept for kept in self.checkpoints if kept.segment is not gone])
        # A copy without the joined table that the samples may have cached: only shared blocks are kept.
        bare = replace(spec, samples=Samples(spec.samples.blocks, spec.samples.next_id))
        self.segments.append(Segment(bare, scaler, step))
        self._ledger.hold(bare.samples)
        return self.segments[-1]

    def add(self, state: TrainingState, losses: Floats) -> None:
        """Keep a copy of `state` as a checkpoint of the newest stretch."""
        checkpoint = Checkpoint(state.copy(), self.segments[-1], losses.copy())
        self.checkpoints.append(checkpoint)
        self._checkpoint_bytes += checkpoint.byte_count
        while self.byte_count > self.byte_budget:
            if not (self._thin_checkpoints() or self._release_samples()):
                return

    def at_or_before(self, step: int) -> Checkpoint:
        """The newest checkpoint that is not after `step` (the oldest one if all are)."""
        index = bisect_right(self.checkpoints, step, key=lambda checkpoint: checkpoint.step)
        return self.checkpoints[max(0, index - 1)]

    def truncate(self, step: int, segment: Segment) -> None:
        """Forget what comes after `step` of `segment`: later checkpoints and later stretches."""
        count = self.segments.index(segment) + 1
        for later in self.segments[count:]:
            self._ledger.release(later.spec.samples)
        gone = {id(later) for later in self.segments[count:]}
        self.segments = self.segments[:count]
        self._keep([kept for kept in self.checkpoints if kept.step <= step and id(kept.segment) not in gone])

    def last_good(self) -> Checkpoint:
        """The newest checkpoint whose losses are within 2x of the best; else the one nearest to its best.

        Only checkpoints on the newest data count: losses over other samples cannot be compared.
        """
        newest = self.checkpoints[-1].segment.spec.data_revision
        candidates = [kept for kept in self.checkpoints if kept.segment.spec.data_revision == newest]
        losses = np.array([kept.losses for kept in candidates])
        losses[~np.isfinite(losses)] = np.inf
        best = np.maximum(losses.min(axis=0), np.finfo(np.float64).tiny)
        ratio = (losses / np.minimum(best, np.finfo(np.float64).max)).max(axis=1)
        good = np.flatnonzero(ratio <= GOOD_LOSS_RATIO)
        return candidates[int(good[-1]) if good.size else int(np.argmin(ratio))]

    def _keep(self, checkpoints: list[Checkpoint]) -> None:
        self.checkpoints = checkpoints
        self._checkpoint_bytes = sum(checkpoint.byte_count for checkpoint in checkpoints)

    def _thin_checkpoints(self) -> bool:
        """Drop every second checkpoint of the older half that no replay has to start from."""
        half = len(self.checkpoints) // 2
        droppable = [index for index in range(1, half) if not self.checkpoints[index].is_forced]
        gone = set(droppable[::2])
        if gone:
            self._keep([kept for index, kept in enumerate(self.checkpoints) if index not in gone])
        return bool(gone)

    def _release_samples(self) -> bool:
        """Let go of the samples of the older half of the stretches that still have them."""
        holding = [segment for segment in self.segments[:-1] if segment.is_replayable]
        for segment in holding[: (len(holding) + 1) // 2]:
            self._ledger.release(segment.spec.samples)
            segment.release()
        return bool(holding)
