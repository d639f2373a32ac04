"""What leaves the window to be shown elsewhere: pictures, films, curves, handouts, a scene in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from engine.errors import FallLineError
from gui.document import Document
from gui.frame import Frame
from gui.i18n import Language, message_text, translate
from gui.preferences import Preferences
from gui.theme import Appearance
from gui.training_controller import TrainingController
from gui.window_commands import Handlers

if TYPE_CHECKING:
    from engine.files.session_content import Session
    from gui.export.picture import Recording
    from gui.export.process import RenderProcess

# What makes pictures and films is imported by the command that needs it: a start waits for none of it.

_HANDOUT_NAMES = {False: "fall-line-handout.pdf", True: "fall-line-worksheet.pdf"}


@dataclass(frozen=True, slots=True)
class PicturedView:
    """A view of the window that can be pictured; `title` in the language in use."""

    key: str
    title: Callable[[], str]
    widget: Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class ExportRooms:
    """What an export may read."""

    document: Document
    controller: TrainingController
    preferences: Preferences
    appearance: Appearance
    language: Language
    session: Callable[[], Session]
    views: tuple[PicturedView, ...]


class ExportCommands(QObject):
    """The commands; trouble is told in a sentence, and the document stays as it is."""

    notice = Signal(str)
    replaced = Signal()
    """Another document came from the clipboard."""

    def __init__(self, rooms: ExportRooms, paste_samples: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._rooms = rooms
        self._paste_samples = paste_samples
        self._window = window
        self._frame: Frame | None = None
        self._process: RenderProcess | None = None
        self._progress: QProgressDialog | None = None
        rooms.controller.frame.connect(self._take_frame)

    @property
    def views(self) -> tuple[PicturedView, ...]:
        """What can be pictured while it is seen."""
        return self._rooms.views

    @property
    def process(self) -> RenderProcess | None:
        """The child that makes a film or a handout now."""
        return self._process

    def handlers(self) -> Handlers:
        """What the commands of the File and Edit menus do."""
        return {
            "export_picture": self.export_picture,
            "export_film": self.export_film,
            "export_curves": self.export_curves,
            "export_handout": partial(self.export_handout, with_blanks=False),
            "export_worksheet": partial(self.export_handout, with_blanks=True),
            "copy_line": self.copy_line,
            "paste": self.paste,
        }

    def close(self) -> None:
        """End a film that is being made, before the window closes."""
        if self._process is not None:
            self._process.close()

    def export_picture(self) -> None:
        """Ask for a view and a format, and write or copy the picture."""
        from gui.export.picture import image_of, picture_bytes
        from gui.questions import ask_picture

        shown = {view.key: view for view in self._rooms.views if view.widget().isVisible()}
        recorded = cache(lambda key: self._record(shown[key].widget()))  # what is previewed is what is kept
        choice = ask_picture([(key, view.title()) for key, view in shown.items()], recorded, self._window)
        if choice is None:
            return
        recording = recorded(choice.view)
        if choice.to_clipboard:
            QGuiApplication.clipboard().setImage(image_of(recording, choice.scale))
            self.notice.emit(translate("Export", "The picture is on the clipboard."))
            return
        path = self._ask_path(
            translate("Export", "Export picture"), f"fall-line-{choice.view}", choice.suffix
        )
        if path is not None:
            self._write(path, lambda: picture_bytes(recording, choice.suffix, choice.scale))

    def export_curves(self) -> None:
        """Ask for a file and write the loss curves to it."""
        from engine.files.curves_csv import curves_csv

        frame = self._frame
        if frame is None or not len(frame.curve):
            self.notice.emit(translate("Export", "There is no curve yet: press Train first."))
            return
        data = curves_csv(frame.curve, frame.snapshot.spec)  # now: the curve goes on while a dialog asks
        path = self._ask_path(translate("Export", "Export loss curves as CSV"), "fall-line-curves", ".csv")
        if path is not None:
            self._write(path, lambda: data)

    def export_film(self) -> None:
        """Ask what the film shows, and have it made in the background."""
        from gui.questions import ask_film

        if self._is_busy():
            return
        if self._rooms.controller.can_train is not None:
            self.notice.emit(message_text(self._rooms.controller.can_train))
            return
        snapshot = self._rooms.controller.snapshot
        choice = ask_film(0 if snapshot is None else snapshot.step, self._window)
        if choice is None:
            return
        path = self._ask_path(translate("Export", "Export film"), "fall-line", choice.suffix)
        if path is not None:
            options = {
                "--view": choice.view,
                "--width": choice.width,
                "--height": choice.height,
                "--fps": choice.frames_per_second,
                "--steps": choice.steps_per_frame,
                "--to": choice.last_step,
                "--theme": "dark" if self._rooms.appearance.theme.dark else "light",
            }
            self._start(path, [f"{key}={value}" for key, value in options.items()])

    def export_handout(self, *, with_blanks: bool) -> None:
        """Ask for a file and have the page made in the background."""
        if self._is_busy():
            return
        title = (
            translate("Export", "Export worksheet") if with_blanks else translate("Export", "Export handout")
        )
        name = Path(_HANDOUT_NAMES[with_blanks])
        path = self._ask_path(title, name.stem, name.suffix)
        if path is not None:
            self._start(path, ["--view=worksheet" if with_blanks else "--view=handout"])

    def copy_line(self) -> None:
        """Put the document on the clipboard as one line of text."""
        from engine.files.scene_text import encode_scene_text

        try:
            text = encode_scene_text(self._rooms.document.state)
        except FallLineError as error:
            self.notice.emit(message_text(error.message))
            return
        QGuiApplication.clipboard().setText(text)
        self.notice.emit(
            translate(
                "Export",
                "The scene is on the clipboard as one line of {count} characters.",
                count=f"{len(text):,}",
            )
        )

    def paste(self) -> None:
        """Open a scene that is on the clipboard as one line; else take the text over as samples."""
        from engine.files.scene_text import decode_scene_text, is_scene_text

        text = QGuiApplication.clipboard().text()
        if not is_scene_text(text):
            self._paste_samples()
            return
        try:
            state = decode_scene_text(text)
        except FallLineError as error:
            self.notice.emit(message_text(error.message))
            return
        self._rooms.document.replace(state, translate("Undo", "Paste a scene"))
        self.replaced.emit()
        self.notice.emit(
            translate("Export", "The scene from the clipboard is open; Undo brings the old one back.")
        )

    def _take_frame(self, frame: Frame) -> None:
        self._frame = frame

    def _record(self, widget: QWidget) -> Recording:
        from gui.export.picture import record

        theme = self._rooms.appearance.theme
        return record(widget, theme.window if widget.isWindow() else theme.card)

    def _ask_path(self, title: str, stem: str, suffix: str) -> Path | None:
        start = str(self._rooms.preferences.last_folder / f"{stem}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, f"{suffix[1:].upper()} (*{suffix})")
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def _write(self, path: Path, content: Callable[[], bytes]) -> None:
        from engine.files.atomic import write_files

        try:
            write_files({path: content()})
        except FallLineError as error:
            self.notice.emit(message_text(error.message))
            return
        self._written(path, [])

    def _written(self, path: Path, notes: list[str]) -> None:
        self._rooms.preferences.last_folder = path.parent
        words = translate("Files", "Written: {names}", names=path.name)
        self.notice.emit(" ".join([words, *notes]))

    def _is_busy(self) -> bool:
        is_busy = self._process is not None
        if is_busy:
            self.notice.emit(
                translate("Export", "One film or page after the other: the one before is not done yet.")
            )
        return is_busy

    def _start(self, path: Path, options: list[str]) -> None:
        """Have a child make the file, with a small window that shows how far it is and can cancel it."""
        from gui.export.process import RenderProcess

        language = f"--language={self._rooms.language.code}"
        process = RenderProcess(self._rooms.session(), path, [*options, language], self)
        progress = QProgressDialog(self._window)
        progress.setWindowTitle(translate("Export", "Export"))
        progress.setLabelText(translate("Export", "{name} is being made.", name=path.name))
        progress.setCancelButtonText(translate("Dialog", "Cancel"))
        progress.setAutoReset(False)
        progress.setRange(0, 0)
        progress.setMinimumDuration(500)
        progress.setValue(0)
        progress.canceled.connect(self._cancel)
        process.progressed.connect(self._show_progress)
        process.finished.connect(lambda notes: self._end(partial(self._written, path, notes)))
        process.failed.connect(lambda sentence: self._end(partial(self.notice.emit, sentence)))
        self._process, self._progress = process, progress

    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(done)

    def _cancel(self) -> None:
        if self._process is not None:
            self._process.cancel()
            self._end(lambda: self.notice.emit(translate("Export", "Cancelled: nothing was written.")))

    def _end(self, then: Callable[[], object]) -> None:
        process, progress, self._process, self._progress = self._process, self._progress, None, None
        if progress is not None:
            progress.canceled.disconnect(self._cancel)
            progress.close()
            progress.deleteLater()
        if process is not None and not process.is_running:
            process.deleteLater()
        then()
