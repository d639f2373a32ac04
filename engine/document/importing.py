"""From the samples of a file to a document: in place of the present samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from numpy.typing import ArrayLike

from engine.document.edits import free_looks
from engine.document.splitting import split_anew
from engine.document.state import ClassInfo, DocumentState
from engine.models import start_fits
from engine.samples import Samples
from engine.specs import StartSpec


def replaced_by(
    state: DocumentState,
    height_cm: ArrayLike,
    weight_kg: ArrayLike,
    class_index: ArrayLike,
    class_names: Sequence[str],
    class_keys: Sequence[str] = (),
    label_set: ArrayLike | None = None,
    held_out: ArrayLike | None = None,
) -> DocumentState:
    """Return a document of these samples (shape (n,)) and classes with the settings of `state`.

    Classes with `class_keys` have built-in names, shown translated. Without any class, samples have no label
    yet (class index -1), and the document keeps its classes to give them. `label_set` and `held_out` are
    those of `engine.samples.SampleRows`.

    Without `held_out` the samples are split by the share that the settings hold out; with it the share is for
    samples that come later, as after marks set by hand. Exact start weights are kept where they fit the model
    that comes out, else the start is all zeros; the person's own line goes, as it belongs to the people
    before.
    """
    named = [ClassInfo(0, key=key) for key in class_keys] or [ClassInfo(0, name=name) for name in class_names]
    classes = (
        tuple(
            replace(info, class_id=number, color=color, marker=marker)
            for number, (info, (color, marker)) in enumerate(zip(named, free_looks(()), strict=False))
        )
        or state.classes
    )
    samples = Samples.from_columns(height_cm, weight_kg, class_index, held_out, label_set)
    made = DocumentState(samples, classes, state.settings)
    if held_out is None:
        made = split_anew(made)
    start = state.settings.start
    if not start_fits(start, made.model):
        return replace(made, settings=replace(state.settings, start=StartSpec()))
    return made


def matched_classes(
    present: Sequence[str], imported: Sequence[str]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Find the imported classes among those present by name.

    Returns
    -------
    (indices, new_names)
        For each imported class its index among the present ones and then `new_names`, the names that are new.
    """
    names = list(present)
    new_names = tuple(dict.fromkeys(name for name in imported if name not in present))
    names.extend(new_names)
    return tuple(names.index(name) for name in imported), new_names
