"""Undo brings back, with a document that another took the place of, where its run stood."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.document.commands import Command
from engine.files.journal_content import RunRecord
from gui.document import Document
from gui.training_controller import TrainingController


class RunMemory(QObject):
    """Remembers the run of each document on the undo stack, and resumes it when undo or redo leads back.

    A document reaches from one command that puts another in its place to the next; all of its edits keep
    its run, which nothing has to bring back.
    """

    def __init__(self, document: Document, controller: TrainingController, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._controller = controller
        self._stack = document.undo_stack
        self._runs: dict[Command | None, RunRecord] = {}  # by the command that began it; the first one: None
        self._begin_anew()
        self._stack.held_anew.connect(self._begin_anew)
        self._stack.index_changed.connect(self._on_index_changed)
        self._stack.oldest_let_go.connect(self._on_oldest_let_go)

    def _begin_anew(self) -> None:
        self._runs.clear()
        self._index = self._stack.index()
        self._begun = self._begun_at(self._index)

    def _on_index_changed(self, index: int) -> None:
        before, self._index = self._index, index
        low, high = min(before, index), max(before, index)
        crossed = high > self._stack.count() or any(
            self._stack.entry(number)[0].kind == "replace" for number in range(low, high)
        )
        begun = self._begun_at(index) if crossed else self._begun
        if begun is self._begun:
            return
        self._remember()
        self._begun = begun
        run = self._runs.get(begun)
        saved = None if run is None else run.belonging_to(self._document.state)
        if saved is not None:
            self._controller.resume(saved)

    def _remember(self) -> None:
        """Keep the run of the document that was just left: it is still the one on screen."""
        snapshot = self._controller.snapshot
        present = self._present()
        self._runs = {begun: run for begun, run in self._runs.items() if begun in present}
        if snapshot is not None and self._begun in present:
            run = RunRecord.of(snapshot, self._controller.curve)
            if run.run.is_finite:
                self._runs[self._begun] = run

    def _on_oldest_let_go(self, gone: int) -> None:
        """The first document is the one that the stack still leads back to."""
        self._index -= gone
        present = self._present()
        self._runs = {begun: run for begun, run in self._runs.items() if begun in present - {None}}
        if self._begun not in present:
            self._begun = None

    def _present(self) -> set[Command | None]:
        """What begins the documents that are on the stack."""
        return {None, *(command for _, command in self._stack.replacing())}

    def _begun_at(self, index: int) -> Command | None:
        """The command that began the document that stands at an index of the stack."""
        return next(
            (command for number, command in reversed(self._stack.replacing()) if number < index), None
        )
