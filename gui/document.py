"""The open document: its state, its undo stack, and the signal that says what changed. No widgets."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QObject, Signal

from engine.bmi import BmiRule
from engine.document import edits, splitting
from engine.document.commands import Command, apply, setting_names
from engine.document.labelling import label_by_bmi
from engine.document.state import ClassInfo, DocumentState, GuessLine, Marker
from gui.undo_labels import UndoLabel
from gui.undo_stack import UndoStack

_MAX_SPLIT_SEED = 999_999
NO_KEYS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between the document before and after: each view redraws only what it shows.

    Attributes
    ----------
    samples, classes, guess : bool
    settings : frozenset of str
        Names of the fields of `Settings` that differ.
    replaced : bool
        Another document stands here: sample ids no longer mean the same people.
    """

    samples: bool = False
    classes: bool = False
    settings: frozenset[str] = frozenset()
    guess: bool = False
    replaced: bool = False


def difference(before: DocumentState, after: DocumentState, *, replaced: bool = False) -> Change:
    """Return what changed from `before` to `after`."""
    return Change(
        samples=before.samples is not after.samples,
        classes=before.classes != after.classes,
        settings=setting_names(before, after),
        guess=before.guess != after.guess,
        replaced=replaced,
    )


class Document(QObject):
    """The document in the window. Every method that changes it is one undo command.

    Calls that share one `gesture` object (any object, made when a drag begins) merge into one command;
    a gesture that ends where it began leaves none. A call that changes nothing does nothing.
    """

    changed = Signal(Change)
    undo_text_changed = Signal()

    def __init__(self, state: DocumentState | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state or DocumentState()
        self._class_id_floor = edits.next_class_id(self._state)
        self.undo_stack = UndoStack(self._perform, self)
        self.undo_stack.index_changed.connect(self.undo_text_changed)

    @property
    def state(self) -> DocumentState:
        """The document as it is now; never changes in place."""
        return self._state

    @property
    def undo_text(self) -> str:
        """What Undo would take back, in the language in use; empty where there is nothing."""
        return self._label_at(self.undo_stack.index() - 1)

    @property
    def redo_text(self) -> str:
        """What Redo would do again, in the language in use; empty where there is nothing."""
        return self._label_at(self.undo_stack.index())

    def add_samples(
        self, height_cm: ArrayLike, weight_kg: ArrayLike, class_index: ArrayLike, gesture: object = None
    ) -> None:
        """Add samples at heights (cm) and weights (kg); one class index, or one a sample."""
        command = edits.add_samples(self._state, height_cm, weight_kg, class_index)
        self._push(command, "add", int(np.size(height_cm)), gesture)

    def append_samples(
        self,
        height_cm: ArrayLike,
        weight_kg: ArrayLike,
        class_index: ArrayLike,
        new_names: Iterable[str] = (),
        new_keys: Mapping[str, str] = NO_KEYS,
        label_set: ArrayLike | None = None,
        held_out: ArrayLike | None = None,
    ) -> None:
        """Add samples, and classes called `new_names` after the present ones for those that need them.

        Names among `new_keys` are built-in ones, kept by their key, so that they follow the language.
        `label_set` and `held_out` are those of `SampleRows`; without the latter the share decides.
        """
        looks = edits.free_looks(self._state.classes)
        infos = tuple(
            ClassInfo(
                self._class_id_floor + number,
                key=new_keys.get(name, "class"),
                name=None if name in new_keys else name,
                color=color,
                marker=marker,
            )
            for number, (name, (color, marker)) in enumerate(zip(new_names, looks, strict=False))
        )
        command = edits.append_samples(
            self._state, height_cm, weight_kg, class_index, infos, label_set, held_out
        )
        self._push(command, "add", int(np.size(height_cm)))

    def move_samples(
        self, ids: Iterable[int], delta_cm: float, delta_kg: float, gesture: object = None
    ) -> None:
        """Shift samples by `delta_cm` and `delta_kg` from where they are now."""
        ids = list(ids)
        self._push(edits.move_samples(self._state, ids, delta_cm, delta_kg), "move", len(ids), gesture)

    def edit_sample(
        self,
        sample_id: int,
        height_cm: float,
        weight_kg: float,
        class_index: int,
        label_set: int | None = None,
    ) -> None:
        """Give one sample exact numbers (cm, kg) and a class (-1: no label), or several labels."""
        command = edits.edit_sample(self._state, sample_id, height_cm, weight_kg, class_index, label_set)
        self._push(command, "edit")

    def set_class_of(self, ids: Iterable[int], class_index: int) -> None:
        """Give samples another class (-1: no label)."""
        ids = list(ids)
        self._push(edits.set_class_of(self._state, ids, class_index), "set_class", len(ids))

    def set_label_set(self, ids: Iterable[int], label_set: int | None) -> None:
        """Give samples several labels as a bit mask, 0 for none of them, or (None) just their class."""
        ids = list(ids)
        self._push(edits.set_label_set(self._state, ids, label_set), "set_labels", len(ids))

    def toggle_label(self, ids: Iterable[int], label: int) -> None:
        """Give samples one more label or, where all of them carry it, take it from all."""
        ids = list(ids)
        self._push(edits.toggle_label(self._state, ids, label), "set_labels", len(ids))

    def set_held_out(self, ids: Iterable[int], held_out: bool) -> None:
        """Keep samples from training, or use them for it; new samples go on following the share."""
        ids = list(ids)
        command = splitting.set_held_out(self._state, ids, held_out)
        self._push(command, "hold_out" if held_out else "use_for_training", len(ids))

    def set_held_out_share(self, share: float, gesture: object = None) -> None:
        """Hold a share of each class out of training; merging calls of one slider drag with `gesture`."""
        seed = self._state.settings.split_seed
        self._push(splitting.split_samples(self._state, share, seed), "split", 1, gesture)

    def split_anew(self) -> None:
        """Hold the same share out by the split of another seed, drawn by chance."""
        old, share = self._state.settings.split_seed, self._state.settings.held_out_share
        seed = random.randrange(_MAX_SPLIT_SEED)
        self._push(splitting.split_samples(self._state, share, seed + (seed >= old)), "new_split")

    def remove_samples(self, ids: Iterable[int], gesture: object = None) -> None:
        """Take samples out."""
        ids = list(ids)
        self._push(edits.remove_samples(self._state, ids), "remove", len(ids), gesture)

    def clear_samples(self) -> None:
        """Take all samples out."""
        self._push(edits.clear_samples(self._state), "clear")

    def rename_class(self, index: int, name: str | None) -> None:
        """Call a class by `name`; None gives a built-in class its translated name back."""
        self._push(edits.rename_class(self._state, index, name), "rename_class")

    def restyle_class(self, index: int, color: int, marker: Marker) -> None:
        """Give a class a palette colour and a marker shape."""
        self._push(edits.restyle_class(self._state, index, color, marker), "restyle_class")

    def add_class(self) -> None:
        """Append an empty class; there is room for eight."""
        self._push(edits.add_class(self._state, self._class_id_floor), "add_class")

    def remove_class(self, index: int, reassign_to: int | None) -> None:
        """Take a class away; its samples go to the class `reassign_to` or, with None, too."""
        self._push(edits.remove_class(self._state, index, reassign_to), "remove_class")

    def keep_two_classes(self, reference: int, positive: int, others: int | None) -> None:
        """Make the problem binary: see `engine.document.edits.keep_two_classes`."""
        self._push(edits.keep_two_classes(self._state, reference, positive, others), "keep_two_classes")

    def label_by_bmi(self, rule: BmiRule, n_classes: int) -> None:
        """Give every sample the class (2, 3 or 4 of them) that a BMI rule says."""
        command = label_by_bmi(self._state, rule, n_classes, self._class_id_floor)
        self._push(command, "label_by_bmi")

    def change_settings(self, gesture: object = None, **changes: object) -> None:
        """Set fields of `Settings`; merging calls of one slider drag with `gesture`."""
        self._push(edits.change_settings(self._state, changes), _settings_key(changes), 1, gesture)

    def set_guess(self, guess: GuessLine | None, gesture: object = None) -> None:
        """Set the person's own line, or take it away."""
        key = "remove_guess" if guess is None else "guess"
        self._push(edits.set_guess(self._state, guess), key, 1, gesture)

    def replace(self, state: DocumentState, text: str) -> None:
        """Put another document in this one's place; undo brings the present one back."""
        self._push(edits.replace_document(self._state, state), "replace", 1, None, text)

    def open(self, state: DocumentState) -> None:
        """Start anew with a document: nothing to undo before it."""
        self.undo_stack.clear()
        self._set_state(replace(state, data_revision=self._state.data_revision + 1), replaced=True)

    def restore(self, state: DocumentState, entries: Iterable[tuple[Command, UndoLabel]], index: int) -> None:
        """Stand where another window stood: a document at an index of its undo stack, nothing of it saved."""
        self.undo_stack.restore(entries, index)
        self._set_state(replace(state, data_revision=self._state.data_revision + 1), replaced=True)

    def _push(
        self, command: Command | None, key: str, count: int = 1, gesture: object = None, text: str = ""
    ) -> None:
        if command is not None:
            self.undo_stack.push(command, UndoLabel(key, count, text), gesture)

    def _perform(self, command: Command) -> None:
        self._set_state(apply(self._state, command), replaced=command.kind == "replace")

    def _set_state(self, state: DocumentState, *, replaced: bool) -> None:
        before, self._state = self._state, state
        self._class_id_floor = max(self._class_id_floor, edits.next_class_id(state))
        self.changed.emit(difference(before, state, replaced=replaced))

    def _label_at(self, number: int) -> str:
        return str(self.undo_stack.entry(number)[1]) if 0 <= number < self.undo_stack.count() else ""


def _settings_key(changes: dict[str, object]) -> str:
    if "model" in changes:  # with it go a start and an optimiser that it can use
        return "setting_model"
    return f"setting_{next(iter(changes))}" if len(changes) == 1 else "settings"
