"""The undo stack: commands that were made, where the document stands among them, and what was saved.

Not Qt's: a QUndoStack cannot let its oldest commands go, and Python's collector of garbage crashes on
commands of PySide that it finds in a cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from engine.document.commands import Command, changes_nothing, merge
from engine.document.undo_memory import command_bytes, count_beyond, total_bytes
from gui.undo_labels import UndoLabel

UNDO_BYTES = 256_000_000
"""What the stack may keep: beyond it the oldest commands go, a quarter of it at a time."""
_NEVER = -1


@dataclass(slots=True, eq=False)
class _Entry:
    command: Command
    label: UndoLabel
    gesture: object


class UndoStack(QObject):
    """Commands, of which those before the index can be undone and the others done again.

    Parameters
    ----------
    perform : callable
        Called with each command that is to be carried out, and with the inverse of one that is undone.
    """

    index_changed = Signal(int)
    clean_changed = Signal(bool)
    oldest_let_go = Signal(int)
    """So many of the oldest commands have gone: all indexes are smaller by that."""
    held_anew = Signal()
    """Other commands, or none, have come in place of all that were there."""

    def __init__(self, perform: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._perform = perform
        self._entries: list[_Entry] = []
        self._index = self._clean_index = 0
        self._bytes = 0  # at least what is kept: arrays that commands share count for each of them
        self._counted_bytes = 0  # when it was last counted exactly

    def count(self) -> int:
        """How many commands there are."""
        return len(self._entries)

    def index(self) -> int:
        """How many of them are done."""
        return self._index

    def entry(self, number: int) -> tuple[Command, UndoLabel]:
        """A command and what it is called; the oldest is number 0."""
        entry = self._entries[number]
        return entry.command, entry.label

    def replacing(self) -> list[tuple[int, Command]]:
        """Number and command of each that puts another document in place, the oldest first."""
        commands = enumerate(entry.command for entry in self._entries)
        return [(number, command) for number, command in commands if command.kind == "replace"]

    @property
    def can_undo(self) -> bool:
        """Whether a command can be taken back."""
        return self._index > 0

    @property
    def can_redo(self) -> bool:
        """Whether a command can be done again."""
        return self._index < len(self._entries)

    @property
    def is_clean(self) -> bool:
        """Whether the document stands where it was last saved."""
        return self._index == self._clean_index

    def push(self, command: Command, label: UndoLabel, gesture: object = None) -> None:
        """Carry a command out; one of the same `gesture` as the newest becomes part of that one."""
        was_clean = self.is_clean
        self._perform(command)
        del self._entries[self._index :]
        if self._clean_index > self._index:
            self._clean_index = _NEVER
        if not self._merge(command, gesture):
            self._entries.append(_Entry(command, label, gesture))
            self._bytes += command_bytes(command)
            self._index += 1
        self._tell(was_clean)
        if self._bytes > max(UNDO_BYTES, self._counted_bytes + UNDO_BYTES // 16):
            self._keep_within_memory()

    def undo(self) -> None:
        """Take the newest command back that is done."""
        self.set_index(self._index - 1)

    def redo(self) -> None:
        """Do the oldest command again that was undone."""
        self.set_index(self._index + 1)

    def set_index(self, index: int) -> None:
        """Undo or do again until so many commands are done, as far as there are."""
        index = min(max(0, index), len(self._entries))
        if index == self._index:
            return
        was_clean = self.is_clean
        while self._index > index:
            self._perform(self._entries[self._index - 1].command.inverted())
            self._index -= 1
        while self._index < index:
            self._perform(self._entries[self._index].command)
            self._index += 1
        self._tell(was_clean)

    def set_clean(self) -> None:
        """The document is saved as it stands now."""
        self._set_clean_index(self._index)

    def reset_clean(self) -> None:
        """The document is saved nowhere as it stands, nor as it ever stood."""
        self._set_clean_index(_NEVER)

    def clear(self) -> None:
        """Forget all commands; the document is clean."""
        self._hold((), 0, 0)

    def restore(self, entries: Iterable[tuple[Command, UndoLabel]], index: int) -> None:
        """Hold commands that were made already, so many of them done, and nothing saved."""
        self._hold(entries, index, _NEVER)

    def _hold(self, entries: Iterable[tuple[Command, UndoLabel]], index: int, clean_index: int) -> None:
        was_clean = self.is_clean
        self._entries = [_Entry(command, label, None) for command, label in entries]
        self._index, self._clean_index = index, clean_index
        self._bytes = self._counted_bytes = total_bytes([entry.command for entry in self._entries])
        self.held_anew.emit()
        self._tell(was_clean)

    def _merge(self, command: Command, gesture: object) -> bool:
        """Make a command part of the newest one of the same gesture, unless that one was saved already."""
        newest = self._entries[-1] if self._entries else None
        if newest is None or gesture is None or newest.gesture is not gesture or self.is_clean:
            return False
        merged = merge(newest.command, command)
        if merged is None:
            return False
        self._bytes -= command_bytes(newest.command)
        if changes_nothing(merged):
            del self._entries[-1]
            self._index -= 1
        else:
            newest.command, newest.label = merged, _merged_label(newest.label, merged)
            self._bytes += command_bytes(merged)
        return True

    def _keep_within_memory(self) -> None:
        """Let the oldest commands go where there are too many: all are done, as one was just pushed."""
        commands = [entry.command for entry in self._entries]
        total = total_bytes(commands)
        gone = count_beyond(commands, UNDO_BYTES * 3 // 4) if total > UNDO_BYTES else 0
        self._bytes = self._counted_bytes = total_bytes(commands[gone:]) if gone else total
        if gone:
            del self._entries[:gone]
            self._index -= gone
            self._clean_index = max(_NEVER, self._clean_index - gone)
            self.oldest_let_go.emit(gone)

    def _set_clean_index(self, index: int) -> None:
        was_clean = self.is_clean
        self._clean_index = index
        if self.is_clean != was_clean:
            self.clean_changed.emit(self.is_clean)

    def _tell(self, was_clean: bool) -> None:
        self.index_changed.emit(self._index)
        if self.is_clean != was_clean:
            self.clean_changed.emit(self.is_clean)


def _merged_label(label: UndoLabel, merged: Command) -> UndoLabel:
    """Adding, moving or removing more in one gesture counts the samples of all of it."""
    if merged.kind != "samples":
        return label
    return replace(label, count=merged.touched_samples)
