"""New, Open, Open recent, Save, Save as; the mark of unsaved changes, and the question before they go."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.running.saved_run import SavedRun
from engine.snapshots import Snapshot
from gui.document import Document
from gui.file_commands import OPEN_PATTERNS, FileCommands
from gui.i18n import message_text, translate
from gui.preferences import Preferences
from gui.questions import ask_overwrite, ask_save_changes
from gui.recent_files import RecentFiles
from gui.scene_controller import SceneController
from gui.session_file import ChangedOnDiskError, SessionFile
from gui.session_run import RunWatch
from gui.session_setup import SessionSetup
from gui.training_controller import TrainingController
from gui.window_commands import Handlers

if TYPE_CHECKING:
    from engine.files.session_content import Session
    from engine.files.stamps import FileStamp

SUFFIX = ".fallline"

Then = Callable[[], object]


class SessionCommands(QObject):
    """What the File menu does with sessions. Trouble is told in a sentence; what is in the window stays.

    Saving and opening end later than they are asked for, as files are read and written in the background:
    what waits for a save (closing the window, opening another file) goes on when the file is whole on disk.
    Whatever can be undone is a change. So are trained weights where they would be lost: of a session with a
    file, when its run stands elsewhere than in the file, and of one's own samples. A scene or generated
    samples that nobody edited can be had again, trained or not.
    """

    notice = Signal(str)
    name_changed = Signal()
    """The file's name, or whether something is unsaved."""

    def __init__(
        self,
        document: Document,
        controller: TrainingController,
        scenes: SceneController,
        files: FileCommands,
        setup: SessionSetup,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._controller = controller
        self._scenes = scenes
        self._files = files
        self._setup = setup
        self._preferences = preferences
        self._window = window
        self._saved_state: DocumentState | None = None
        self._saved_snapshot: Snapshot | None = None
        self._is_opened = False
        self._then: Then | None = None
        self.recent = RecentFiles(preferences, self)
        self.file = SessionFile(self)
        self._run_watch = RunWatch(controller, self)
        scenes.replaces = self._replace
        self._connect()

    @property
    def is_modified(self) -> bool:
        """Whether there is something that no file, scene or generator could bring back."""
        if self.file.path is None and not len(self._document.state.samples):
            return False
        return self.has_unsaved_run or not self._document.undo_stack.is_clean

    @property
    def has_unsaved_run(self) -> bool:
        """Whether there are trained weights that no file holds, and that are not those of a scene."""
        if self.file.path is not None or self._is_opened:
            return self._run_watch.has_moved
        is_own = self._scenes.scene is None and not self._document.undo_stack.is_clean
        return is_own and self._run_watch.has_moved

    @property
    def name(self) -> str:
        """The file's name, else the scene's title, else what a document without a name is called."""
        if self.file.path is not None:
            return self.file.path.name
        return self._scenes.title or translate("Session", "Untitled")

    def handlers(self) -> Handlers:
        """What the commands of the File menu do."""
        return {
            "new": self.new,
            "open": self.open,
            "save": lambda: self.save(),
            "save_as": lambda: self.save_as(),
        }

    def new(self) -> None:
        """Begin an empty document, after asking about unsaved changes."""
        self._when_safe(self._begin_empty)

    def open(self) -> None:
        """Ask for a file and open it."""
        known = f"*{SUFFIX} {OPEN_PATTERNS}"
        kinds = ";;".join(
            (
                translate("Session", "Sessions, samples and weights ({patterns})", patterns=known),
                translate("Session", "Sessions ({patterns})", patterns=f"*{SUFFIX}"),
                translate("Session", "All files ({patterns})", patterns="*"),
            )
        )
        title = translate("Files", "Open")
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self._preferences.last_folder), kinds)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a session in place of the document; samples and weights join it, as a change to undo."""
        self._preferences.last_folder = path.parent
        if path.suffix.lower() == SUFFIX:
            self.file.read(path)
            return
        was_safe, before = self.file.path is None and not self.is_modified, self._controller.snapshot
        if self._files.open_path(path):
            self.recent.remember(path)
            if was_safe:
                self._stand_as_opened(before)

    def save(self, then: Then | None = None) -> None:
        """Write the session to its file, or ask for one; `then` follows when it is written."""
        if self.file.path is None:
            self.save_as(then)
        else:
            self._write(self.file.path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and write the session to it; `then` follows when it is written."""
        title = translate("Session", "Save the session")
        kinds = translate("Session", "Sessions ({patterns})", patterns=f"*{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(self._proposed_path()), kinds)
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
            if os.path.exists(path) and not self._may_replace(path, then):
                return
        self._preferences.last_folder = path.parent
        self._write(path, then, may_overwrite=True)

    def replace_document(self, put: Then) -> None:
        """Have `put` set another document in this one's place, which has no file; changes are asked about."""

        def replaced() -> None:
            self._forget_file()
            put()
            self.name_changed.emit()

        self._when_safe(replaced)

    def may_close(self) -> bool:
        """True when the window may close; else the question was asked, and saving closes it later."""
        if self.file.is_writing:
            self._then = self._window.close
            return False
        if not self.is_modified:
            return True
        choice = ask_save_changes(self.name, self._window)
        if choice == "save":
            self.save(self._window.close)
        return choice == "discard"

    def close_jobs(self) -> None:
        """End the thread that reads and writes."""
        self.file.close()

    def _connect(self) -> None:
        self.recent.chosen.connect(self.open_path)
        self.recent.missing.connect(
            lambda path: self.notice.emit(
                translate("Session", "“{name}” is no longer there: it leaves the list.", name=path.name)
            )
        )
        self.file.was_read.connect(self._on_read)
        self.file.could_not_read.connect(lambda path, error: self.notice.emit(message_text(error.message)))
        self.file.was_saved.connect(self._on_saved)
        self.file.could_not_save.connect(self._on_not_saved)
        self._scenes.made.connect(self._on_made)
        self._scenes.scene_changed.connect(self.name_changed)
        self._document.undo_stack.clean_changed.connect(self.name_changed)
        self._run_watch.moved.connect(self.name_changed)

    def _when_safe(self, then: Then) -> None:
        """Do what ends the present document: at once, or after its changes were saved or given up."""
        choice = ask_save_changes(self.name, self._window) if self.is_modified else "discard"
        if choice == "save":
            self.save(then)
        elif choice == "discard":
            then()

    def _replace(self, put: Then, leaves_file: bool) -> None:
        """Have a scene or generated samples take the document's place, once what no Undo brings back is safe.

        Undo brings back samples, settings and where the run stood, not what it can be scrubbed through, nor
        the file's name.
        """
        if self.has_unsaved_run or (leaves_file and self.file.path is not None and self.is_modified):
            self._when_safe(put)
        else:
            put()

    def _stand_as_opened(self, before: Snapshot | None) -> None:
        """A file that was just opened can be had again, what is trained on it cannot."""
        stack = self._document.undo_stack
        is_other = stack.can_undo and stack.entry(stack.index() - 1)[0].kind == "replace"
        self._is_opened = True
        self._run_watch.begin(before, goes_on=not is_other)
        stack.set_clean()
        self.name_changed.emit()

    def _begin_empty(self) -> None:
        self._scenes.open_empty()
        self._stand_without_file()

    def _on_read(self, path: Path, session: Session, stamp: FileStamp | None) -> None:
        self._when_safe(lambda: self._show(path, session, stamp))

    def _show(self, path: Path, session: Session, stamp: FileStamp | None) -> None:
        """Put a session in the document's place, its run at its step."""
        before = self._controller.snapshot
        self._document.open(session.state)
        if session.run is not None:
            self._controller.resume(session.run)
        self._run_watch.begin(before, step=0 if session.run is None else session.run.step)
        self._setup.show(session.view)
        self.file.take(path, stamp)
        self.recent.remember(path)
        self.name_changed.emit()

    def _write(self, path: Path, then: Then | None, *, may_overwrite: bool = False) -> None:
        if self.file.is_writing:  # one after the other: the newest is written when the one before is on disk
            self._then = lambda: self._write(path, then, may_overwrite=may_overwrite)
            return
        session = self.session()
        self._saved_state, self._saved_snapshot, self._then = session.state, self._controller.snapshot, then
        self.file.save(path, session, may_overwrite=may_overwrite)

    def _on_saved(self, path: Path) -> None:
        then, self._then = self._then, None
        is_newest = self._document.state is self._saved_state
        self._run_watch.keep(self._saved_snapshot)
        self._saved_state = self._saved_snapshot = None
        if is_newest:
            self._document.undo_stack.set_clean()
        else:
            self._document.undo_stack.reset_clean()
        self.recent.remember(path)
        self.name_changed.emit()
        self.notice.emit(translate("Session", "Saved: {name}", name=path.name))
        if then is not None:
            then()

    def _on_not_saved(self, path: Path, error: FallLineError) -> None:
        then, self._then, self._saved_state, self._saved_snapshot = self._then, None, None, None
        sentence = message_text(error.message)
        if not isinstance(error, ChangedOnDiskError):
            self.notice.emit(sentence)
            return
        choice = ask_overwrite(sentence, self._window)
        if choice == "overwrite":
            self._write(path, then, may_overwrite=True)
        elif choice == "save_as":
            self.save_as(then)

    def _may_replace(self, path: Path, then: Then | None) -> bool:
        """Ask about a file that the system's dialog did not know it would be."""
        sentence = translate("Session", "There is a file “{name}” already.", name=path.name)
        choice = ask_overwrite(sentence, self._window)
        if choice == "save_as":
            self.save_as(then)
        return choice == "overwrite"

    def session(self) -> Session:
        """What stands in the window, its run where it is shown."""
        from engine.files.session_content import Session

        state = self._document.state
        run = self._run(state)
        if run is None and len(state.classes) >= 2:
            self._controller.show_now()  # a model that was just chosen has not been drawn yet
            run = self._run(state)
        return Session(state, run, self._setup.view())

    def _run(self, state: DocumentState) -> SavedRun | None:
        """The models on screen, where they are those of the document."""
        snapshot = self._controller.snapshot
        if snapshot is None or len(state.classes) < 2:
            return None
        shown, spec = snapshot.spec, state.training_spec()
        if (shown.models, shown.losses, shown.class_ids) != (spec.models, spec.losses, spec.class_ids):
            return None
        run = SavedRun.of(snapshot, self._controller.curve)
        return run if run.is_finite else None

    def _proposed_path(self) -> Path:
        if self.file.path is not None:
            return self.file.path
        name = "".join("-" if character in '/\\:*?"<>|' else character for character in self.name)
        return self._preferences.last_folder / f"{name}{SUFFIX}"

    def _on_made(self) -> None:
        """A scene is another document, which can be had again; generated samples are a change to a file."""
        if self.file.path is None or self._scenes.scene is not None:
            self._forget_file()
            self._run_watch.begin(self._controller.snapshot)
            self._document.undo_stack.set_clean()
            self.name_changed.emit()

    def _forget_file(self) -> None:
        self.file.forget()
        self._is_opened = False

    def _stand_without_file(self) -> None:
        self._forget_file()
        self._document.undo_stack.set_clean()
        self.name_changed.emit()
