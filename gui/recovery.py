"""Nothing lost: document and run go to a recovery journal, and work that was not closed is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.document.commands import Command
from engine.errors import FallLineError
from engine.files.journal import read_journal
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.journal_writer import JournalWriter
from engine.files.recovery_folder import Leftover, find_leftovers
from engine.snapshots import Snapshot
from gui.background import Background
from gui.document import Change, Document
from gui.frame import Frame
from gui.i18n import message_text
from gui.training_controller import TrainingController
from gui.undo_labels import UndoLabel

if TYPE_CHECKING:
    from engine.files.session_content import SessionView

RUN_MS = 350
"""How often the run is written down while it trains."""
CURVE_GROWTH = 1.1
"""A curve is long: it is written again when the run's steps are so many times those of the one before."""


class Recovery(QObject):
    """Writes down what happens in a window, and brings back what happened in one that was not closed.

    A journal begins with the first change or step; what a start shows by itself is worth none.

    Parameters
    ----------
    folder : Path
        Of all journals of this person; made when it is needed.
    document, controller
        What is watched.
    view : callable
        How the window is set up now.
    """

    notice = Signal(str)
    offer_changed = Signal()
    """Other work, or none, is offered (`offer`)."""
    was_read = Signal(object)
    """The `Work` that is to be brought back; nothing is taken over yet (`take`)."""
    _troubled = Signal(object)

    def __init__(
        self,
        folder: Path,
        document: Document,
        controller: TrainingController,
        view: Callable[[], SessionView],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._document = document
        self._controller = controller
        self._view = view
        self._stack = document.undo_stack
        self._writer: JournalWriter | None = None
        self._known: list[Command] = []
        self._index = self._lowest = self._stack.index()
        self._is_other = False
        self._snapshot: Snapshot | None = controller.snapshot
        self._written: Snapshot | None = None
        self._curve_step = 0
        self._written_view: SessionView | None = None
        self._offers: list[Leftover] = []
        self._read: Leftover | None = None
        self.has_looked = False
        """Whether it is known what earlier windows left."""
        self.is_reading = self._has_told = False
        self._background = Background(self)
        self._look_timer, self._run_timer = QTimer(self), QTimer(self)
        self._connect()
        self._background.run("find", find_leftovers, folder)

    @property
    def offer(self) -> float | None:
        """When the work that is offered was last changed, in seconds since 1970; None while there is none."""
        return self._offers[0].changed_at if self._offers else None

    @property
    def journal(self) -> Path | None:
        """The journal of this window, once there is one."""
        return None if self._writer is None else self._writer.path

    def bring_back(self) -> None:
        """Read the work that is offered; `was_read` follows, or a notice that says why not."""
        if self._offers and not self.is_reading:
            self.is_reading, self._read = True, self._offers[0]
            self._background.run("read", read_journal, self._read.path)

    def discard(self) -> None:
        """The work that is offered is not wanted any more."""
        if self._offers and not self.is_reading:
            self._offers.pop(0).remove()
            self.offer_changed.emit()

    def take(self, work: Work) -> None:
        """Have the work that was read stand in the window; its journal goes when this one holds it all."""
        leftover, self._read = self._read, None
        self._offers = [other for other in self._offers if other is not leftover]
        run = None if work.run is None else work.run.belonging_to(work.state)
        self._document.restore(
            work.state, [(entry.command, _label(entry)) for entry in work.entries], work.index
        )
        if run is not None:
            self._controller.resume(run)
        self._begin_anew(work.run, work.view, None if leftover is None else leftover.remove)
        self.offer_changed.emit()

    def wait_until_written(self) -> bool:
        """Block until all that happened so far is on disk."""
        self._look()
        self._write_run()
        return self._writer is None or self._writer.wait_until_written()

    def wait_until_idle(self) -> bool:
        """Block until nothing is looked for or read; what came of it arrives with the event loop."""
        return self._background.wait_until_idle()

    def close(self, *, keep: bool = False) -> None:
        """The window was closed and its work saved or given up: its journal goes, unless it is to `keep`."""
        if keep:
            self._look()
        self._document.changed.disconnect(self._on_document_changed)
        self._stack.oldest_let_go.disconnect(self._on_oldest_let_go)
        self._stack.index_changed.disconnect(self._on_index_changed)
        self._controller.frame.disconnect(self._on_frame)
        self._look_timer.stop()
        self._run_timer.stop()
        self._background.close()
        if self._writer is not None:
            self._writer.close(keep=keep)
        for leftover in self._offers:
            leftover.leave()
        self._offers = []

    def _connect(self) -> None:
        for timer, milliseconds, act in (
            (self._look_timer, 0, self._look),
            (self._run_timer, RUN_MS, self._write_run),
        ):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(act)
        self._background.finished.connect(self._on_finished)
        self._troubled.connect(self._on_trouble, Qt.ConnectionType.QueuedConnection)
        self._document.changed.connect(self._on_document_changed)
        self._stack.index_changed.connect(self._on_index_changed)
        self._stack.oldest_let_go.connect(self._on_oldest_let_go)
        self._controller.frame.connect(self._on_frame)
        if self._stack.count():
            self._look_timer.start()

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced and not self._stack.count():
            self._is_other = True
        self._look_timer.start()

    def _on_index_changed(self, index: int) -> None:
        self._lowest = min(self._lowest, index)
        self._look_timer.start()

    def _on_oldest_let_go(self, gone: int) -> None:
        """The journal begins anew with what is left: it cannot say that the stack has lost its foot."""
        del gone
        if self._writer is not None:
            self._begin_anew(self._run(with_curve=True))

    def _on_frame(self, frame: Frame) -> None:
        before, self._snapshot = self._snapshot, frame.snapshot
        if self._writer is None:
            if not (frame.snapshot.playing or _has_moved(before, frame.snapshot)):
                return
            self._begin_anew(self._run(with_curve=True))
        if self._is_other_run(frame.snapshot):
            self._write_run()
        elif not self._run_timer.isActive():
            self._run_timer.start()

    def _is_other_run(self, snapshot: Snapshot) -> bool:
        """Whether the run that is written down is not this one, or would seem to be training still."""
        written = self._written
        return written is None or (written.run_id, written.playing) != (snapshot.run_id, snapshot.playing)

    def _is_curve_due(self, snapshot: Snapshot) -> bool:
        """Whether the curve that is written down is another run's, ends after the run, or much before it."""
        written = self._written
        if written is None or written.run_id != snapshot.run_id or (written.playing and not snapshot.playing):
            return True
        return snapshot.step < self._curve_step or snapshot.step >= CURVE_GROWTH * max(1, self._curve_step)

    def _look(self) -> None:
        """Pass on what became of the undo stack since the last time."""
        self._look_timer.stop()
        if self._writer is None:
            if self._stack.count():
                self._begin_anew(self._run(with_curve=True))
        elif self._is_other:
            self._begin_anew(None)  # the frame of its own run comes soon
        else:
            self._pass_on_change()

    def _pass_on_change(self) -> None:
        assert self._writer is not None
        count, index, known = self._stack.count(), self._stack.index(), self._known
        # A command can be merged into the one below; none deeper than that was touched.
        place = min(max(0, min(self._lowest, self._index) - 1), len(known), count)
        while place < min(len(known), count) and self._stack.entry(place)[0] is known[place]:
            place += 1
        entries = tuple(self._entry(number) for number in range(place, count))
        is_same = not entries and place == len(known) and index == self._index
        known[place:] = [entry.command for entry in entries]
        self._index = self._lowest = index
        if not is_same:
            self._writer.post(StackChange(place, entries, index), self._document.state)
            self._write_view()

    def _begin_anew(
        self,
        run: RunRecord | None,
        view: SessionView | None = None,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Write down everything as it stands, the journal's first line."""
        entries = [self._entry(number) for number in range(self._stack.count())]
        self._known = [entry.command for entry in entries]
        self._index = self._lowest = self._stack.index()
        self._is_other = False
        self._written = None
        self._written_view = view or self._view()
        work = Work(self._document.state, entries, self._index, run, self._written_view)
        if self._writer is None:
            self._writer = JournalWriter(self._folder, work, self._troubled.emit)
            if done is not None:
                self._writer.replace(work, done)
        else:
            self._writer.replace(work, done)

    def _write_run(self) -> None:
        self._run_timer.stop()
        snapshot = self._snapshot
        if self._writer is None or snapshot is self._written:
            return
        is_due = snapshot is not None and self._is_curve_due(snapshot)
        run = self._run(with_curve=is_due)
        if snapshot is not None and is_due:
            self._curve_step = snapshot.step
        self._written = snapshot
        if run is not None:
            self._writer.post_run(run)
        self._write_view()

    def _write_view(self) -> None:
        view = self._view()
        if self._writer is not None and view != self._written_view:
            self._written_view = view
            self._writer.post_view(view)

    def _run(self, *, with_curve: bool) -> RunRecord | None:
        """Where the run stands that is shown; the last one before it diverged, if it did."""
        if self._snapshot is None:
            return None
        run = RunRecord.of(self._snapshot, self._controller.curve if with_curve else None)
        return run if run.run.is_finite else None

    def _entry(self, number: int) -> UndoEntry:
        command, label = self._stack.entry(number)
        return UndoEntry(command, label.key, label.count, label.text)

    def _on_finished(self, kind: str, value: object) -> None:
        if kind == "find":
            assert isinstance(value, list)
            self._offers, self.has_looked = value, True
            if value:
                self.offer_changed.emit()
            return
        self.is_reading = False
        if isinstance(value, FallLineError):
            self.notice.emit(message_text(value.message))  # it can still be discarded
        else:
            self.was_read.emit(value)

    def _on_trouble(self, error: FallLineError) -> None:
        """Tell it once; it is tried again and again, and nobody can do much about it."""
        if not self._has_told:
            self._has_told = True
            self.notice.emit(message_text(error.message))


def _has_moved(before: Snapshot | None, now: Snapshot) -> bool:
    """Whether a run that was shown stands at another step."""
    return before is not None and before.run_id == now.run_id and before.step != now.step


def _label(entry: UndoEntry) -> UndoLabel:
    """What a command is called; a word that this program does not know is just a change of settings."""
    label = UndoLabel(entry.key, entry.count, entry.text)
    try:
        str(label)
    except KeyError:
        return UndoLabel("settings")
    return label
