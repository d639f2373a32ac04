"""What a person can do to a document, each made into a `Command` for the state it will be applied to.

Every function is pure and returns None where nothing would change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.document.commands import (
    DROPPED,
    NO_ROWS,
    ClassValues,
    Command,
    GuessValues,
    ReplaceValues,
    SampleValues,
    SettingsValues,
    carries_label,
    changes_nothing,
    sorted_rows,
)
from engine.document.splitting import follow_split
from engine.document.starts import with_carried_start
from engine.document.state import MARKERS, ClassInfo, DocumentState, GuessLine, Marker
from engine.samples import NO_SET, UNLABELLED, SampleRows
from engine.specs import MAX_CLASSES

Floats = NDArray[np.float64]


def add_samples(
    state: DocumentState,
    height_cm: ArrayLike,
    weight_kg: ArrayLike,
    class_index: ArrayLike,
    label_set: int | None = None,
) -> Command | None:
    """Add samples of heights (cm), weights (kg) and classes, one each or arrays of shape (n,).

    A single class index counts for all of them; so does `label_set`, as in `set_label_set`, in place of a
    class. Raises `ValueError` for a number that is not finite or a class that does not exist.
    """
    height = np.atleast_1d(np.asarray(height_cm, dtype=np.float64))
    labels = np.broadcast_to(np.asarray(class_index, dtype=np.int64), height.shape)
    _check_classes(state, labels)
    if not height.size:
        return None
    _, added = state.samples.add(height, weight_kg, labels)
    if label_set is not None:
        added = added.with_label_sets(_label_sets(state, len(added), label_set))
    added = follow_split(state, added)
    return Command("samples", SampleValues(put=added), SampleValues(remove=added.sample_id))


def append_samples(
    state: DocumentState,
    height_cm: ArrayLike,
    weight_kg: ArrayLike,
    class_index: ArrayLike,
    new_classes: tuple[ClassInfo, ...],
    label_set: ArrayLike | None = None,
    held_out: ArrayLike | None = None,
) -> Command | None:
    """Add samples of shape (n,) together with the classes that some of them need.

    `class_index` counts the document's classes first, then `new_classes`, and so do the bits of `label_set`
    (as in `SampleRows`). Without `held_out`, bools of shape (n,), the document's rule holds its share of them
    out. Raises `ValueError` for more than eight classes, a number that is not finite or a class that does not
    exist.
    """
    if not new_classes and label_set is None and held_out is None:
        return add_samples(state, height_cm, weight_kg, class_index)
    classes = state.classes + new_classes
    if len(classes) > MAX_CLASSES:
        raise ValueError(f"a document has at most {MAX_CLASSES} classes")
    labels = np.asarray(class_index, dtype=np.int64)
    _check_classes(replace(state, classes=classes), labels)
    _, added = state.samples.add(height_cm, weight_kg, labels, held_out, label_set)
    if held_out is None:
        added = follow_split(state, added)
    if not new_classes:
        return Command("samples", SampleValues(put=added), SampleValues(remove=added.sample_id))
    unmoved = tuple(range(len(state.classes)))
    command = Command(
        "classes",
        ClassValues(classes, unmoved, put=added),
        ClassValues(state.classes, unmoved + (DROPPED,) * len(new_classes), remove=added.sample_id),
    )
    return with_carried_start(state, command)


def free_looks(classes: tuple[ClassInfo, ...]) -> list[tuple[int, Marker]]:
    """Colours and markers that no class has yet, paired in order."""
    colors = [color for color in range(MAX_CLASSES) if color not in {info.color for info in classes}]
    markers = [marker for marker in MARKERS if marker not in {info.marker for info in classes}]
    return list(zip(colors, markers, strict=False))


def move_samples(
    state: DocumentState, ids: Iterable[int], delta_cm: float, delta_kg: float
) -> Command | None:
    """Shift the samples with these ids by `delta_cm` in height and `delta_kg` in weight."""
    old = state.samples.select(list(ids))
    return _overwrite(old, height_cm=old.height_cm + delta_cm, weight_kg=old.weight_kg + delta_kg)


def edit_sample(
    state: DocumentState,
    sample_id: int,
    height_cm: float,
    weight_kg: float,
    class_index: int,
    label_set: int | None = None,
) -> Command | None:
    """Give one sample exact numbers (cm, kg) and a class (-1: no label), or several labels in its place.

    With another class it loses a label set of its own. `label_set` as in `set_label_set`.
    """
    _check_classes(state, np.array([class_index]))
    old = state.samples.select([sample_id])
    count = len(old)
    labels = np.full(count, class_index, dtype=np.int64)
    labelled = old if bool((labels == old.class_index).all()) else old.relabelled(labels)
    if label_set is not None:
        labelled = old.with_label_sets(_label_sets(state, count, label_set))
    return _overwrite(
        old,
        height_cm=np.full(count, height_cm, dtype=np.float64),
        weight_kg=np.full(count, weight_kg, dtype=np.float64),
        labelled=labelled,
    )


def set_class_of(state: DocumentState, ids: Iterable[int], class_index: int) -> Command | None:
    """Give the samples with these ids another class (-1: no label), and the label of that class alone."""
    _check_classes(state, np.array([class_index]))
    old = state.samples.select(list(ids))
    return _overwrite(old, labelled=old.relabelled(np.full(len(old), class_index, dtype=np.int64)))


def set_label_set(state: DocumentState, ids: Iterable[int], label_set: int | None) -> Command | None:
    """Give the samples with these ids several labels, one or none.

    Parameters
    ----------
    label_set : int or None
        A bit mask: bit k for class k, 0 for no label at all, on which K sigmoids train too. The lowest one is
        the sample's class for all other models. None: just its class.

    Raises
    ------
    ValueError
        If there is a label of no class.
    """
    old = state.samples.select(list(ids))
    return _overwrite(old, labelled=old.with_label_sets(_label_sets(state, len(old), label_set)))


def toggle_label(state: DocumentState, ids: Iterable[int], label: int) -> Command | None:
    """Give the samples with these ids one more label or, where all of them carry it, take it from all.

    From then on each has a label set of its own. Raises `ValueError` for a label of no class.
    """
    if not 0 <= label < len(state.classes):
        raise ValueError("a label must be a class of the document")
    old = state.samples.select(list(ids))
    sets = labels_of(old)
    carries = (sets >> label) & 1 == 1
    sets = sets & ~(1 << label) if carries.all() else sets | 1 << label
    return _overwrite(old, labelled=old.with_label_sets(sets.astype(np.int16)))


def labels_of(rows: SampleRows) -> NDArray[np.int64]:
    """The labels of each row as a bit mask, shape (n,): its label set, or its class alone."""
    own = np.where(rows.class_index == UNLABELLED, 0, 1 << np.maximum(rows.class_index, 0))
    return np.where(rows.label_set == NO_SET, own, rows.label_set).astype(np.int64)


def remove_samples(state: DocumentState, ids: Iterable[int]) -> Command | None:
    """Take the samples with these ids out."""
    old = state.samples.select(list(ids))
    return _removal(old)


def clear_samples(state: DocumentState) -> Command | None:
    """Take all samples out; classes and settings stay."""
    return _removal(state.samples.rows)


def rename_class(state: DocumentState, index: int, name: str | None) -> Command | None:
    """Call class `index` by `name`; None gives a built-in class its translated name back."""
    return _restated(state, index, replace(state.classes[index], name=name))


def restyle_class(state: DocumentState, index: int, color: int, marker: Marker) -> Command | None:
    """Give class `index` a palette colour (0 to 7) and a marker shape."""
    return _restated(state, index, replace(state.classes[index], color=color, marker=marker))


def add_class(state: DocumentState, class_id: int) -> Command | None:
    """Append an empty class with the first free colour and marker; None where there are eight already.

    `class_id` must be new to the document (`next_class_id`).
    """
    count = len(state.classes)
    if count >= MAX_CLASSES:
        return None
    color, marker = free_looks(state.classes)[0]
    info = ClassInfo(class_id, color=color, marker=marker)
    return change_classes(state, (*state.classes, info), tuple(range(count)))


def remove_class(state: DocumentState, index: int, reassign_to: int | None) -> Command | None:
    """Take class `index` away; its samples go to class `reassign_to` (present index) or, with None, too.

    Classes above shift down by one. The last class stays: None then.
    """
    count = len(state.classes)
    if count <= 1:
        return None
    if not 0 <= index < count or reassign_to == index:
        raise ValueError("a class is removed by its own index and its samples go to another class")
    shifted = [old - 1 if old > index else old for old in range(count)]
    shifted[index] = DROPPED if reassign_to is None else shifted[reassign_to]
    classes = state.classes[:index] + state.classes[index + 1 :]
    return change_classes(state, classes, tuple(shifted))


def keep_two_classes(
    state: DocumentState, reference: int, positive: int, others: int | None
) -> Command | None:
    """Make a binary problem of classes `reference` (becomes 0) and `positive` (becomes 1).

    The samples of all other classes go to `others` (one of the two, as a present index) or, with None, away.
    """
    if reference == positive or others not in (reference, positive, None):
        raise ValueError("two different classes are kept, and the others go to one of them")
    target = {reference: 0, positive: 1}
    rest = DROPPED if others is None else target[others]
    index_map = tuple(target.get(old, rest) for old in range(len(state.classes)))
    return change_classes(state, (state.classes[reference], state.classes[positive]), index_map)


def change_classes(
    state: DocumentState, classes: tuple[ClassInfo, ...], index_map: tuple[int, ...]
) -> Command | None:
    """Replace the classes and send the samples of old class k to `index_map[k]` (`DROPPED`: away)."""
    back = [DROPPED] * len(classes)
    for new, info in enumerate(classes):
        sources = [old for old, target in enumerate(index_map) if target == new]
        same = [old for old in sources if state.classes[old].class_id == info.class_id]
        if sources:
            back[new] = (same or sources)[0]
    lost = [old for old, new in enumerate(index_map) if new == DROPPED or back[new] != old]
    command = Command(
        "classes",
        ClassValues(classes, index_map),
        ClassValues(state.classes, tuple(back), _rows_of_classes(state, lost)),
    )
    return None if changes_nothing(command) else with_carried_start(state, command)


def change_settings(state: DocumentState, changes: dict[str, object]) -> Command | None:
    """Set fields of `Settings`; raises `TypeError` for a field that does not exist.

    Exact start weights go to another model with them, where they mean something there.
    """
    after = replace(state.settings, **changes)  # type: ignore[arg-type]
    new = {name: getattr(after, name) for name in changes}
    old = {name: getattr(state.settings, name) for name in changes}
    if new == old:
        return None
    return with_carried_start(state, Command("settings", SettingsValues(new), SettingsValues(old)))


def set_guess(state: DocumentState, guess: GuessLine | None) -> Command | None:
    """Set the person's own line, or take it away."""
    if guess == state.guess:
        return None
    return Command("guess", GuessValues(guess), GuessValues(state.guess))


def replace_document(state: DocumentState, other: DocumentState) -> Command:
    """Put another document in this one's place."""
    return Command("replace", ReplaceValues(other), ReplaceValues(state))


def next_class_id(state: DocumentState) -> int:
    """The smallest id above all those present."""
    return max((info.class_id for info in state.classes), default=-1) + 1


def _check_classes(state: DocumentState, labels: NDArray[np.int64]) -> None:
    if labels.size and not (UNLABELLED <= labels.min() and labels.max() < len(state.classes)):
        raise ValueError("a sample's class must be one of the document's, or -1 for no label")


def _overwrite(
    old: SampleRows,
    height_cm: Floats | None = None,
    weight_kg: Floats | None = None,
    labelled: SampleRows | None = None,
) -> Command | None:
    """The command that gives `old` other columns; rows that stay as they are drop out of it.

    The labels are those of `labelled`, the same samples.
    """
    labelled = old if labelled is None else labelled
    new = SampleRows.make(
        old.sample_id,
        old.height_cm if height_cm is None else height_cm,
        old.weight_kg if weight_kg is None else weight_kg,
        labelled.class_index,
        old.held_out,
        labelled.label_set,
    )
    changed = (
        (new.height_cm != old.height_cm)
        | (new.weight_kg != old.weight_kg)
        | (new.class_index != old.class_index)
        | (new.label_set != old.label_set)
    )
    if not changed.any():
        return None
    return Command("samples", SampleValues(put=new.take(changed)), SampleValues(put=old.take(changed)))


def _label_sets(state: DocumentState, count: int, label_set: int | None) -> NDArray[np.int16]:
    """One label set for `count` samples; raises `ValueError` for a label of no class."""
    if label_set is not None and not 0 <= label_set < 1 << len(state.classes):
        raise ValueError("a sample's labels must be classes of the document")
    return np.full(count, NO_SET if label_set is None else label_set, dtype=np.int16)


def _removal(old: SampleRows) -> Command | None:
    if not len(old):
        return None
    return Command("samples", SampleValues(remove=old.sample_id), SampleValues(put=old))


def _restated(state: DocumentState, index: int, info: ClassInfo) -> Command | None:
    classes = (*state.classes[:index], info, *state.classes[index + 1 :])
    return change_classes(state, classes, tuple(range(len(classes))))


def _rows_of_classes(state: DocumentState, class_indices: list[int]) -> SampleRows:
    if not class_indices:
        return NO_ROWS
    wanted = set(class_indices)
    parts = [
        block.take(np.isin(block.class_index, class_indices) | carries_label(block, wanted))
        for block in state.samples.blocks
        if not wanted.isdisjoint(block.class_counts) or block.has_label_sets
    ]
    return sorted_rows(parts)
