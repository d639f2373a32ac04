"""The people on the canvas: immutable, in blocks, so that an edit of one among a million is cheap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.whole_numbers import added_up, counts_of, distinct

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Scalar = TypeVar("Scalar", np.int16, np.int64, np.float64, np.bool_)

BLOCK_SIZE = 8192
KEPT_BLOCKS = 8
"""Of samples in more blocks a table of all is not kept: it would be a second copy of every version."""
UNLABELLED = -1
NO_SET = -1
"""In `SampleRows.label_set`: the sample carries just the label of its class."""
EMPTY_SET = -2
"""In `label_counts`: samples that carry none of several labels, which K sigmoids train on."""
MAX_LABELS = 8


def _frozen(values: ArrayLike, dtype: type[Scalar]) -> NDArray[Scalar]:
    array: NDArray[Scalar] = np.array(values, dtype=dtype, copy=True, ndmin=1)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class SampleRows:
    """Columns of equal length n, read-only, ordered by `sample_id`.

    Attributes
    ----------
    sample_id : ndarray of int64, shape (n,)
        Strictly increasing, never reused.
    height_cm, weight_kg : ndarray of float64, shape (n,)
    class_index : ndarray of int64, shape (n,)
        0 to K - 1, or -1 for a sample without a label.
    held_out : ndarray of bool, shape (n,)
        True for a sample that training never sees.
    label_set : ndarray of int16, shape (n,)
        `NO_SET`, or the labels that the sample carries as a bit mask: bit k for class k, 0 for none of them.
        The sample's class is the lowest of them then, or -1 for none. K sigmoids train on the whole set, and
        on samples with an empty one; other models use the class alone.
    """

    sample_id: Ints
    height_cm: Floats
    weight_kg: Floats
    class_index: Ints
    held_out: NDArray[np.bool_]
    label_set: NDArray[np.int16]

    @classmethod
    def make(
        cls,
        sample_id: ArrayLike,
        height_cm: ArrayLike,
        weight_kg: ArrayLike,
        class_index: ArrayLike,
        held_out: ArrayLike | None = None,
        label_set: ArrayLike | None = None,
    ) -> SampleRows:
        """Copy the columns into read-only arrays; `held_out` is False and `label_set` `NO_SET` unless told.

        Raises
        ------
        ValueError
            If the lengths differ, ids do not increase strictly, a height or weight is not finite, or a class
            is not the lowest of a label set.
        """
        ids = _frozen(sample_id, np.int64)
        out = np.zeros(ids.shape, dtype=bool) if held_out is None else held_out
        sets = np.full(ids.shape, NO_SET, dtype=np.int16) if label_set is None else label_set
        rows = cls(
            ids,
            _frozen(height_cm, np.float64),
            _frozen(weight_kg, np.float64),
            _frozen(class_index, np.int64),
            _frozen(out, np.bool_),
            _frozen(sets, np.int16),
        )
        if len({column.shape for column in rows.columns}) != 1:
            raise ValueError("the columns of a sample table must have one length")
        if ids.size > 1 and not bool(np.all(np.diff(rows.sample_id) > 0)):
            raise ValueError("sample ids must increase strictly")
        if not (np.isfinite(rows.height_cm).all() and np.isfinite(rows.weight_kg).all()):
            raise ValueError("heights and weights must be finite numbers")
        has_set = rows.label_set != NO_SET
        if has_set.any() and (rows.class_index != lowest_label(rows.label_set))[has_set].any():
            raise ValueError("the class of a sample with several labels must be the lowest of them")
        return rows

    @property
    def columns(self) -> tuple[NDArray[np.generic], ...]:
        """The six columns in the order of the attributes."""
        return (
            self.sample_id,
            self.height_cm,
            self.weight_kg,
            self.class_index,
            self.held_out,
            self.label_set,
        )

    def __len__(self) -> int:
        return int(self.sample_id.size)

    def take(self, mask_or_index: NDArray[np.generic] | slice) -> SampleRows:
        """The chosen rows, in order."""
        if isinstance(mask_or_index, np.ndarray) and mask_or_index.dtype == np.bool_:
            mask_or_index = np.flatnonzero(mask_or_index)  # once, not for each column
        return SampleRows(*(_read_only(column[mask_or_index]) for column in self.columns))  # type: ignore[arg-type]

    def relabelled(self, class_index: Ints) -> SampleRows:
        """The same rows with other classes of shape (n,), each sample with the label of its class alone."""
        labels, sets = class_index.copy(), np.full(len(self), NO_SET, dtype=np.int16)
        labels.flags.writeable = sets.flags.writeable = False
        return replace(self, class_index=labels, label_set=sets)

    def with_label_sets(self, label_set: NDArray[np.int16]) -> SampleRows:
        """The same rows with these label sets of shape (n,), `NO_SET` leaving a sample its class."""
        sets = label_set.astype(np.int16)
        labels = np.where(sets == NO_SET, self.class_index, lowest_label(sets))
        labels.flags.writeable = sets.flags.writeable = False
        return replace(self, class_index=labels, label_set=sets)

    @cached_property
    def has_label_sets(self) -> bool:
        """Whether some row carries a label set of its own."""
        return bool((self.label_set != NO_SET).any())

    @property
    def is_labelled(self) -> NDArray[np.bool_]:
        """Which rows, shape (n,), have a class or a label set, be it empty."""
        return np.asarray((self.class_index != UNLABELLED) | (self.label_set != NO_SET))

    @cached_property
    def moments(self) -> tuple[int, Floats, Floats]:
        """Count, mean (2,) and summed squared deviation (2,) of the labelled training rows."""
        used = self.is_labelled & ~self.held_out
        count = int(used.sum())
        if count == 0:
            return 0, np.zeros(2), np.zeros(2)
        points = np.stack([self.height_cm[used], self.weight_kg[used]])
        mean = points.mean(axis=1)
        return count, mean, ((points - mean[:, None]) ** 2).sum(axis=1)

    @cached_property
    def by_height(self) -> tuple[NDArray[np.uint32], Floats]:
        """Row numbers in the order of the heights, and the heights in cm in that order, shape (n,) each."""
        order = np.argsort(self.height_cm, kind="stable")
        return order.astype(np.uint32), self.height_cm[order]

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """Smallest and largest height in cm, smallest and largest weight in kg; there must be a row."""
        height, weight = self.height_cm, self.weight_kg
        return float(height.min()), float(height.max()), float(weight.min()), float(weight.max())

    @cached_property
    def class_counts(self) -> dict[int, int]:
        """Rows of each class index present, -1 included."""
        return counts_of(self.class_index, UNLABELLED)

    @cached_property
    def label_counts(self) -> dict[int, int]:
        """Rows that carry each label, as their class or among several; `EMPTY_SET`: none on purpose."""
        if not self.has_label_sets:
            return self.class_counts
        has_set = self.label_set != NO_SET
        sets = self.label_set[has_set]
        found = [counts_of(self.class_index[~has_set], UNLABELLED)]
        found += [{k: int(np.count_nonzero((sets >> k) & 1))} for k in range(MAX_LABELS)]
        found.append({EMPTY_SET: int(np.count_nonzero(sets == 0))})
        return {label: count for label, count in added_up(found).items() if count}

    @cached_property
    def held_out_counts(self) -> dict[int, int]:
        """Held-out rows of each class index that has any, -1 included."""
        if not self.held_out.any():
            return {}
        return counts_of(self.class_index[self.held_out], UNLABELLED)


def lowest_label(label_set: ArrayLike) -> Ints:
    """The lowest label in each bit mask, as a class index; -1 for an empty one."""
    sets = np.asarray(label_set, dtype=np.int64)
    lowest: Ints = np.where(sets > 0, np.frexp((sets & -sets).astype(np.float64))[1] - 1, UNLABELLED)
    return lowest.astype(np.int64)


def _read_only(array: NDArray[np.generic]) -> NDArray[np.generic]:
    array.flags.writeable = False
    return array


def join_rows(parts: list[SampleRows]) -> SampleRows:
    """Put tables one below the other (ids must already increase from one to the next)."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return SampleRows.make([], [], [], [])
    columns = zip(*(part.columns for part in parts), strict=True)
    return SampleRows(*(_read_only(np.concatenate(column)) for column in columns))  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Samples:
    """All samples of a document: blocks of at most `BLOCK_SIZE` rows, ordered by id, shared between versions.

    Every change returns a new `Samples` that shares the blocks it did not touch; mean and standard
    deviation are merged from the blocks' own, so an edit costs one block, not all rows.
    """

    blocks: tuple[SampleRows, ...] = ()
    next_id: int = 0

    @classmethod
    def from_columns(
        cls,
        height_cm: ArrayLike,
        weight_kg: ArrayLike,
        class_index: ArrayLike,
        held_out: ArrayLike | None = None,
        label_set: ArrayLike | None = None,
    ) -> Samples:
        """Make samples with ids 0, 1, 2, ... from columns of one length."""
        return cls().add(height_cm, weight_kg, class_index, held_out, label_set)[0]

    def __len__(self) -> int:
        return sum(len(block) for block in self.blocks)

    def __iter__(self) -> Iterator[SampleRows]:
        return iter(self.blocks)

    @property
    def rows(self) -> SampleRows:
        """All rows as one table: joined once and kept if they are few, else joined each time."""
        return self._joined if len(self.blocks) <= KEPT_BLOCKS else join_rows(list(self.blocks))

    @cached_property
    def _joined(self) -> SampleRows:
        return join_rows(list(self.blocks))

    @cached_property
    def has_label_sets(self) -> bool:
        """Whether some sample carries a label set of its own."""
        return any(block.has_label_sets for block in self.blocks)

    @cached_property
    def class_counts(self) -> dict[int, int]:
        """Samples of each class index present, -1 (no label) included."""
        return added_up([block.class_counts for block in self.blocks])

    @cached_property
    def label_counts(self) -> dict[int, int]:
        """Samples that carry each label, -1 without any and `EMPTY_SET` with none of them included."""
        return added_up([block.label_counts for block in self.blocks])

    @cached_property
    def held_out_counts(self) -> dict[int, int]:
        """Held-out samples of each class index that has any, -1 (no label) included."""
        return added_up([block.held_out_counts for block in self.blocks])

    @cached_property
    def extent(self) -> tuple[float, float, float, float] | None:
        """Smallest and largest height in cm, smallest and largest weight in kg; None without a sample."""
        if not self.blocks:
            return None
        low_cm, high_cm, low_kg, high_kg = zip(*(block.extent for block in self.blocks), strict=True)
        return min(low_cm), max(high_cm), min(low_kg), max(high_kg)

    @cached_property
    def moments(self) -> tuple[int, Floats, Floats]:
        """Count, mean (2,) and population std (2,) of the labelled training samples; height cm, weight kg.

        Merged over blocks with Chan, Golub and LeVeque's update (1979), which does not cancel.
        """
        total, mean, squared = 0, np.zeros(2), np.zeros(2)
        for block in self.blocks:
            count, block_mean, block_squared = block.moments
            if count == 0:
                continue
            delta = block_mean - mean
            joint = total + count
            squared = squared + block_squared + delta**2 * (total * count / joint)
            mean = mean + delta * (count / joint)
            total = joint
        return total, mean, np.sqrt(squared / total) if total else np.zeros(2)

    def find(self, sample_id: int) -> tuple[int, int] | None:
        """Block and row of a sample id, or None."""
        for number, block in enumerate(self.blocks):
            if len(block) and block.sample_id[0] <= sample_id <= block.sample_id[-1]:
                row = int(np.searchsorted(block.sample_id, sample_id))
                return (number, row) if block.sample_id[row] == sample_id else None
        return None

    def select(self, sample_ids: ArrayLike) -> SampleRows:
        """The rows with these ids, in id order; ids that do not exist are left out."""
        wanted = distinct(sample_ids)
        parts = [block.take(_places(block, wanted)) for block in self._touched(wanted)]
        return join_rows([part for part in parts if len(part)])

    def add(
        self,
        height_cm: ArrayLike,
        weight_kg: ArrayLike,
        class_index: ArrayLike,
        held_out: ArrayLike | None = None,
        label_set: ArrayLike | None = None,
    ) -> tuple[Samples, SampleRows]:
        """Append samples; returns the new `Samples` and the added rows with their fresh ids."""
        count = np.atleast_1d(np.asarray(height_cm)).size
        ids = np.arange(self.next_id, self.next_id + count)
        added = SampleRows.make(ids, height_cm, weight_kg, class_index, held_out, label_set)
        return self.put(added), added

    def put(self, rows: SampleRows) -> Samples:
        """Insert or replace rows by id (undo puts removed samples back where they were)."""
        if not len(rows):
            return self
        blocks = list(self.blocks)
        next_id = max(self.next_id, int(rows.sample_id[-1]) + 1)
        if not blocks or rows.sample_id[0] > blocks[-1].sample_id[-1]:
            tail = [blocks.pop()] if blocks and len(blocks[-1]) < BLOCK_SIZE else []
            return Samples(tuple(blocks) + _split(join_rows([*tail, rows])), next_id)
        starts = [int(block.sample_id[0]) for block in blocks]
        owner = np.maximum(np.searchsorted(starts, rows.sample_id, side="right") - 1, 0)
        for number in sorted(set(owner.tolist()), reverse=True):
            blocks[number : number + 1] = _split(_merge(blocks[number], rows.take(owner == number)))
        return Samples(tuple(blocks), next_id)

    def remove(self, sample_ids: ArrayLike) -> tuple[Samples, SampleRows]:
        """Take samples out by id; returns the new `Samples` and the removed rows."""
        unwanted = distinct(sample_ids)
        touched = {id(block) for block in self._touched(unwanted)}
        kept: list[SampleRows] = []
        removed: list[SampleRows] = []
        for block in self.blocks:
            if id(block) not in touched:
                kept.append(block)
                continue
            gone = np.zeros(len(block), dtype=bool)
            gone[_places(block, unwanted)] = True
            removed.append(block.take(gone))
            if not gone.all():
                kept.append(_without(block, gone) if gone.any() else block)
        return Samples(tuple(kept), self.next_id), join_rows([part for part in removed if len(part)])

    def _touched(self, sorted_ids: Ints) -> list[SampleRows]:
        if not sorted_ids.size:
            return []
        firsts = np.searchsorted(sorted_ids, [block.sample_id[0] for block in self.blocks])
        ends = np.searchsorted(sorted_ids, [block.sample_id[-1] for block in self.blocks], side="right")
        return [block for block, first, end in zip(self.blocks, firsts, ends, strict=True) if first < end]


def _without(block: SampleRows, gone: NDArray[np.bool_]) -> SampleRows:
    """The rows of a block that are not gone, in the order of their heights too where that was known."""
    stays = ~gone
    left = block.take(stays)
    if "by_height" in vars(block):
        order, sorted_cm = block.by_height
        is_left = stays[order]
        number = np.cumsum(stays, dtype=np.uint32) - np.uint32(1)
        vars(left)["by_height"] = number[order[is_left]], sorted_cm[is_left]
    return left


def _places(block: SampleRows, sorted_ids: Ints) -> Ints:
    """Row numbers in a block of those of the ids that it has."""
    first, end = sorted_ids.searchsorted(block.sample_id[[0, -1]] + np.array([0, 1]))
    some = sorted_ids[first:end]
    at: Ints = block.sample_id.searchsorted(some)
    return np.asarray(at[block.sample_id[at] == some])


def _split(rows: SampleRows) -> tuple[SampleRows, ...]:
    if len(rows) <= BLOCK_SIZE:
        return (rows,) if len(rows) else ()
    return tuple(rows.take(slice(start, start + BLOCK_SIZE)) for start in range(0, len(rows), BLOCK_SIZE))


def _merge(block: SampleRows, rows: SampleRows) -> SampleRows:
    kept = block.take(~np.isin(block.sample_id, rows.sample_id))
    joined = join_rows([kept, rows]) if len(kept) else rows
    return joined.take(np.argsort(joined.sample_id, kind="stable"))
