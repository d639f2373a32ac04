"""What a recovery journal holds, as plain data: the work in a window, and what changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.document.commands import Command, apply
from engine.document.state import DocumentState
from engine.files.session_content import SessionView
from engine.models import can_carry, carry_classes
from engine.running.history import LossCurve
from engine.running.saved_run import SavedRun
from engine.snapshots import Snapshot
from engine.specs import ModelSpec


@dataclass(frozen=True, slots=True, eq=False)
class UndoEntry:
    """A command on the undo stack and what it is called: a known word with a count, or a text of its own."""

    command: Command
    key: str
    count: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class StackChange:
    """The undo stack from `place` on is `entries`, and the document stands at `index` of it."""

    place: int
    entries: tuple[UndoEntry, ...]
    index: int

    def then(self, later: StackChange) -> StackChange:
        """Both changes in one."""
        if later.place <= self.place:
            return later
        kept = self.entries[: later.place - self.place]
        return StackChange(self.place, kept + later.entries, later.index)


@dataclass(frozen=True, slots=True, eq=False)
class RunRecord:
    """Where a run stands, and whose weights these are: they go with a later document, too."""

    run: SavedRun
    model: ModelSpec
    class_ids: tuple[int, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, curve: LossCurve | None = None) -> RunRecord:
        """What a snapshot shows and, with the run's `curve`, how it came there."""
        return cls(SavedRun.of(snapshot, curve), snapshot.spec.model, snapshot.spec.class_ids)

    def following(self, before: RunRecord | None) -> RunRecord:
        """The record with the curve of the one before where it has none and that does not go beyond it."""
        curve = None if before is None else before.run.curve
        if curve is None or self.run.curve is not None or curve.step[-1] > self.run.step:
            return self
        if before is None or before.run.losses != self.run.losses:
            return self
        return replace(self, run=replace(self.run, curve=curve))

    def belonging_to(self, state: DocumentState) -> SavedRun | None:
        """The run for a document: as it is or, where its model or classes changed since, carried to them.

        None where the document has no run, or where the weights mean nothing in its model.
        """
        if len(state.classes) < 2:
            return None
        new, run = state.training_spec(), self.run
        old = replace(new, model=self.model, class_ids=self.class_ids, losses=run.losses, kinds=run.kinds)
        if (old.model, old.class_ids, old.losses, old.kinds) == (
            new.model, new.class_ids, new.losses, new.kinds,
        ):  # fmt: skip
            return run
        if not can_carry(old, new):
            return None
        parameters = carry_classes(run.parameters, old, new)
        return SavedRun(0, new.losses, new.kinds, run.scaler, parameters)


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """Everything that is kept of a window.

    Attributes
    ----------
    state : DocumentState
        The document at `index` of the undo stack.
    entries : sequence of UndoEntry
        The undo stack: those before `index` can be undone, the others done again.
    index : int
    run : RunRecord or None
    view : SessionView or None
    """

    state: DocumentState
    entries: Sequence[UndoEntry] = ()
    index: int = 0
    run: RunRecord | None = None
    view: SessionView | None = None

    def at_run(self, run: RunRecord | None) -> Work:
        """The work with the run where it stands now, with the curve that is known of it."""
        return replace(self, run=None if run is None else run.following(self.run))

    def after(self, change: StackChange) -> Work:
        """The work after a change of the undo stack, made by its commands.

        Raises
        ------
        ValueError
            If there is no such place on the stack.
        """
        entries = (*self.entries[: change.place], *change.entries)
        if not (0 <= change.place <= len(self.entries) and 0 <= change.index <= len(entries)):
            raise ValueError("there is no such place on the undo stack")
        state, low = self.state, min(self.index, change.place, change.index)
        for entry in reversed(self.entries[low : self.index]):
            state = apply(state, entry.command.inverted())
        for entry in entries[low : change.index]:
            state = apply(state, entry.command)
        return replace(self, state=state, entries=entries, index=change.index)
