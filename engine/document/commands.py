"""What changes a document: commands as plain data, and the one pure function that applies them.

A `Command` is its kind, its values and the values that undo it. The inverse of a command is a command
of the same kind, so undo, redo and a journal on disk all go through `apply`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.document.state import ClassInfo, DocumentState, GuessLine
from engine.samples import NO_SET, SampleRows, Samples, join_rows, lowest_label
from engine.specs import StartSpec
from engine.split import with_held_out
from engine.whole_numbers import among, distinct

Ints = NDArray[np.int64]
CommandKind = Literal["samples", "classes", "settings", "guess", "replace", "split"]

DROPPED = -2
"""In an index map: the samples of this class are removed. (-1 is a sample without a label.)"""

NO_ROWS = SampleRows.make([], [], [], [])
_NO_IDS = NO_ROWS.sample_id


@dataclass(frozen=True, slots=True, eq=False)
class SampleValues:
    """Kind "samples": take the samples with the ids `remove` out, then insert or overwrite the rows `put`."""

    put: SampleRows = NO_ROWS
    remove: Ints = field(default_factory=lambda: _NO_IDS)


@dataclass(frozen=True, slots=True, eq=False)
class ClassValues:
    """Kind "classes": the new classes, where the samples of each old class go, and rows to put back after.

    Attributes
    ----------
    classes : tuple of ClassInfo
    index_map : tuple of int
        New class index for each old one; `DROPPED` removes the samples of that class.
    put : SampleRows
        Rows inserted or overwritten last (undo needs them where classes were merged or dropped).
    remove : ndarray of int64
        Ids of samples taken out first.
    start : StartSpec or None
        The start weights of the new classes; None where they stay as they are.
    """

    classes: tuple[ClassInfo, ...]
    index_map: tuple[int, ...]
    put: SampleRows = NO_ROWS
    remove: Ints = field(default_factory=lambda: _NO_IDS)
    start: StartSpec | None = None


@dataclass(frozen=True, slots=True)
class SettingsValues:
    """Kind "settings": the fields of `Settings` that change, with their new values."""

    changes: dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class SplitValues:
    """Kind "split": exactly the samples with the ids `held_out`, which increase, are held out of training.

    `share` and `seed` are what the settings remember of the rule that chose them.
    """

    share: float
    seed: int
    held_out: Ints


@dataclass(frozen=True, slots=True)
class GuessValues:
    """Kind "guess": the person's own line, or None for no line."""

    guess: GuessLine | None


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceValues:
    """Kind "replace": another document stands in this one's place (its data revision is not taken over)."""

    state: DocumentState


Values = SampleValues | ClassValues | SettingsValues | SplitValues | GuessValues | ReplaceValues


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """One undoable change: `values` make it, `inverse` (of the same kind) takes it back."""

    kind: CommandKind
    values: Values
    inverse: Values

    def inverted(self) -> Command:
        """The command that undoes this one."""
        return Command(self.kind, self.inverse, self.values)

    @property
    def touched_samples(self) -> int:
        """Samples that a command of kind "samples" adds, changes or removes; 0 for other kinds."""
        return _count(self.values) if isinstance(self.values, SampleValues) else 0


def apply(state: DocumentState, command: Command) -> DocumentState:
    """Return the document after `command`; `state` itself never changes.

    The data revision grows by one where the samples change.
    """
    values = command.values
    if isinstance(values, SampleValues):
        return _with_samples(state, _apply_to_samples(state.samples, values))
    if isinstance(values, ClassValues):
        kept, _ = state.samples.remove(values.remove) if values.remove.size else (state.samples, NO_ROWS)
        samples = remap_classes(kept, values.index_map).put(values.put)
        settings = state.settings if values.start is None else replace(state.settings, start=values.start)
        return replace(_with_samples(state, samples), classes=values.classes, settings=settings)
    if isinstance(values, SettingsValues):
        return replace(state, settings=replace(state.settings, **values.changes))  # type: ignore[arg-type]
    if isinstance(values, SplitValues):
        settings = replace(state.settings, held_out_share=values.share, split_seed=values.seed)
        samples = with_held_out(state.samples, values.held_out)
        return replace(_with_samples(state, samples), settings=settings)
    if isinstance(values, GuessValues):
        return replace(state, guess=values.guess)
    return replace(values.state, data_revision=state.data_revision + 1)


def merge(first: Command, second: Command) -> Command | None:
    """One command that does `first` and then `second`, or None where the two do not combine."""
    forward = _merge_values(first.values, second.values)
    backward = _merge_values(second.inverse, first.inverse)
    if forward is None or backward is None:
        return None
    return Command(first.kind, forward, backward)


def changes_nothing(command: Command) -> bool:
    """True where the values equal their own inverse: a drag that came back to where it began."""
    values, inverse = command.values, command.inverse
    if isinstance(values, SampleValues) and isinstance(inverse, SampleValues):
        return not (values.remove.size or inverse.remove.size) and same_rows(values.put, inverse.put)
    if isinstance(values, ClassValues) and isinstance(inverse, ClassValues):
        unmoved = values.index_map == tuple(range(len(values.classes)))
        same = values.classes == inverse.classes and same_rows(values.put, inverse.put)
        return unmoved and same and not (values.remove.size or inverse.remove.size)
    if isinstance(values, SplitValues) and isinstance(inverse, SplitValues):
        same = (values.share, values.seed) == (inverse.share, inverse.seed)
        return same and np.array_equal(values.held_out, inverse.held_out)
    return values == inverse


def same_rows(first: SampleRows, second: SampleRows) -> bool:
    """True where both tables hold the same rows."""
    return all(np.array_equal(one, other) for one, other in zip(first.columns, second.columns, strict=True))


def remap_classes(samples: Samples, index_map: tuple[int, ...]) -> Samples:
    """Give every sample the class `index_map[class_index]`; `DROPPED` removes it, no label stays no label.

    Each label of a sample with several moves with its class; the sample goes with the last of them. Blocks
    without a sample of a moved class are shared, not copied.
    """
    moved = {old for old, new in enumerate(index_map) if new != old}
    if not moved:
        return samples
    lookup = np.array([*index_map, -1], dtype=np.int64)  # class index -1 reads the last entry
    blocks: list[SampleRows] = []
    for block in samples.blocks:
        if moved.isdisjoint(block.class_counts) and not carries_label(block, moved).any():
            blocks.append(block)
            continue
        class_index, sets = lookup[block.class_index], block.label_set
        if block.has_label_sets:
            sets = moved_label_sets(sets, index_map)
            is_gone = (block.label_set > 0) & (sets == 0)
            own = np.where(is_gone, DROPPED, lowest_label(sets))
            class_index = np.where(sets == NO_SET, class_index, own)
        class_index.flags.writeable = False
        mapped = replace(block, class_index=class_index, label_set=sets)
        if (kept := mapped.take(class_index != DROPPED)).sample_id.size:
            blocks.append(kept)
    return Samples(tuple(blocks), samples.next_id)


def carries_label(rows: SampleRows, class_indices: Iterable[int]) -> NDArray[np.bool_]:
    """Which rows, shape (n,), have one of these classes in a label set of their own."""
    if not rows.has_label_sets:
        return np.zeros(len(rows), dtype=bool)
    mask = sum(1 << index for index in class_indices)
    return np.asarray((rows.label_set > 0) & ((rows.label_set & mask) != 0))


def moved_label_sets(label_set: NDArray[np.int16], index_map: tuple[int, ...]) -> NDArray[np.int16]:
    """Label sets with their bits where `index_map` sends the classes; those of dropped classes vanish."""
    moved = np.zeros_like(label_set)
    for old, new in enumerate(index_map):
        if new >= 0:
            moved |= ((label_set >> old) & 1) << new
    moved[label_set == NO_SET] = NO_SET
    moved.flags.writeable = False
    return moved


def setting_names(before: DocumentState, after: DocumentState) -> frozenset[str]:
    """Names of the fields of `Settings` in which two documents differ."""
    return frozenset(
        item.name
        for item in fields(before.settings)
        if getattr(before.settings, item.name) != getattr(after.settings, item.name)
    )


def _count(values: SampleValues) -> int:
    return len(values.put) + int(values.remove.size)


def _with_samples(state: DocumentState, samples: Samples) -> DocumentState:
    if samples is state.samples:
        return state
    return replace(state, samples=samples, data_revision=state.data_revision + 1)


def _apply_to_samples(samples: Samples, values: SampleValues) -> Samples:
    if values.remove.size:
        samples, _ = samples.remove(values.remove)
    return samples.put(values.put)


def _merge_values(first: Values, second: Values) -> Values | None:
    if isinstance(first, SampleValues) and isinstance(second, SampleValues):
        return _merge_samples(first, second)
    if isinstance(first, SettingsValues) and isinstance(second, SettingsValues):
        return SettingsValues({**first.changes, **second.changes})
    if isinstance(first, SplitValues) and isinstance(second, SplitValues):
        return second
    if isinstance(first, GuessValues) and isinstance(second, GuessValues):
        return second
    return None


def _merge_samples(first: SampleValues, second: SampleValues) -> SampleValues:
    """For every sample id what `second` says, else what `first` says."""
    overruled = distinct(np.concatenate([second.put.sample_id, second.remove]))
    kept = first.put.take(~among(first.put.sample_id, overruled))
    put = sorted_rows([kept, second.put])
    left = first.remove[~among(first.remove, second.put.sample_id)]
    return SampleValues(put, distinct(np.concatenate([left, second.remove])))


def sorted_rows(parts: list[SampleRows]) -> SampleRows:
    """Join tables with different ids and order the rows by id."""
    filled = [part for part in parts if len(part)]
    if len(filled) <= 1:
        return filled[0] if filled else NO_ROWS
    joined = join_rows(filled)
    return joined.take(np.argsort(joined.sample_id, kind="stable"))
