"""Data and weights in and out: opening them, exporting weights and samples, copying the model as code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.document.state import MARKERS, DocumentState, LossMode
from engine.errors import FallLineError
from engine.samples import Samples
from engine.specs import StartSpec
from gui.class_identity import are_called, class_called
from gui.document import Document
from gui.i18n import class_name, message_text, translate
from gui.interaction import Interaction
from gui.model_names import are_outputs_compared, exported_name
from gui.preferences import Preferences
from gui.questions import import_csv, show_export
from gui.theme import Appearance
from gui.training_controller import TrainingController
from gui.window_commands import Handlers

if TYPE_CHECKING:
    from engine.files.tables import TableSource
    from engine.files.weights import WeightsFile

# What reads and writes files is imported by the command that needs it: a start waits for none of it.

WEIGHT_SUFFIXES = (".json", ".npz", ".onnx", ".safetensors")
"""Files of these hold weights and nothing else; a table of them is known by its header."""

OPEN_PATTERNS = " ".join(
    f"*{suffix}" for suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", *WEIGHT_SUFFIXES)
)

LONGEST_HEADER_BYTES = 1024
"""Of a table of weights, in any form that a spreadsheet gives it."""

COPY_FORMS = ("python", "numpy", "spreadsheet", "latex")
"""The forms in which a model is copied (`engine.files.code`)."""

_MOST_NAMED = 3
"""So many files are told by their names."""


class FileCommands(QObject):
    """What the File menu does. Trouble is told in a sentence; what is on the canvas stays."""

    notice = Signal(str)
    opened = Signal()

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        controller: TrainingController,
        preferences: Preferences,
        appearance: Appearance,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._interaction = interaction
        self._controller = controller
        self._preferences = preferences
        self._appearance = appearance
        self._window = window

    def handlers(self) -> Handlers:
        """What the commands of the File menu do."""
        return {
            "export_weights": self.export_weights,
            **{f"copy_{form}": partial(self.copy_as, form) for form in COPY_FORMS},
            "export_samples": self.export_samples,
            "paste": self.paste,
        }

    def open_path(self, path: Path) -> bool:
        """Open a table of people through its dialog, or exported weights at once; returns whether it was."""
        if path.suffix.lower() in WEIGHT_SUFFIXES:
            return self._open_weights(path)
        return self._open_weights(path, ".csv") if is_weights_table(path) else self._import(path)

    def paste(self) -> bool:
        """Take a table over that was copied in a spreadsheet, through the dialog that opens files."""
        from engine.files.tables import TextSource

        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.notice.emit(translate("Files", "There is no text on the clipboard to make samples of."))
            return False
        return self._import(TextSource(text, translate("Files", "Clipboard")))

    def _import(self, source: TableSource | Path) -> bool:
        outcome = import_csv(self._document, source, self._appearance.theme, self._window)
        if outcome != "cancelled":
            self.opened.emit()
        return outcome != "cancelled"

    def export_weights(self) -> None:
        """Ask which models go to which files, and write them."""
        models = self._trained()
        if models:
            written = show_export(
                models, self._interaction.selected_model, self._preferences.last_folder, self._window
            )
            if written:
                self._preferences.last_folder = written[0].parent
                self.notice.emit(written_text(written))

    def copy_as(self, form: str) -> None:
        """Put the selected model on the clipboard in one of `COPY_FORMS`."""
        from engine.files.code import code_of

        models = self._trained()
        if models:
            row = self._interaction.selected_model
            QGuiApplication.clipboard().setText(code_of(form, models[row], message_text))
            name = exported_name(models, row)
            words = (
                translate("Files", "{model} is on the clipboard as {form}.", model=name, form=form_name(form))
                if are_outputs_compared(models)
                else translate(
                    "Files",
                    "The model trained on {loss} is on the clipboard as {form}.",
                    loss=name,
                    form=form_name(form),
                )
            )
            if form == "spreadsheet":
                words += " " + translate("Files", "Paste at C1, with height in A2 and body weight in B2.")
            self.notice.emit(words)

    def export_samples(self) -> bool:
        """Ask for a file and write the samples to it; returns whether they were written."""
        from engine.files.atomic import write_files
        from engine.files.samples_csv import samples_csv

        state = self._document.state
        title = translate("Files", "Export samples as CSV")
        start = str(self._preferences.last_folder / "fall-line-samples.csv")
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, "CSV (*.csv)")
        if not name:
            return False
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(".csv")
        try:
            write_files({path: samples_csv(state.samples, [class_name(info) for info in state.classes])})
        except FallLineError as error:
            self.notice.emit(message_text(error.message))
            return False
        self._preferences.last_folder = path.parent
        self.notice.emit(translate("Files", "Written: {names}", names=path.name))
        return True

    def _trained(self) -> list[WeightsFile]:
        """The models on screen as they are exported; empty, and said why, where there is none."""
        from engine.files.trained import trained_weights

        snapshot = self._controller.snapshot
        names = [class_name(info) for info in self._document.state.classes]
        try:
            if snapshot is None or snapshot.spec.model.n_classes != len(names):
                raise ValueError("no model")
            return trained_weights(snapshot, names)
        except ValueError:
            self.notice.emit(
                translate("Files", "There is no trained model to export: it needs labelled samples.")
            )
            return []

    def _open_weights(self, path: Path, suffix: str = "") -> bool:
        from engine.files.registry import open_weights

        try:
            weights = open_weights(path, suffix)
        except FallLineError as error:
            self.notice.emit(message_text(error.message))
            return False
        before = self._document.state
        self._document.replace(with_weights(before, weights), translate("Undo", "Open weights"))
        self._controller.load(weights.parameters, weights.scaler)
        words = translate("Files", "{name}: the model stands here as it was exported.", name=path.name)
        gone = len(before.samples) - len(self._document.state.samples)
        self.notice.emit(f"{words} {gone_text(gone)}" if gone else words)
        self.opened.emit()
        return True


def is_weights_table(path: Path) -> bool:
    """Whether a file is a table of exported weights; one that cannot be read is for the import to tell."""
    from engine.files import weights_csv
    from engine.files.reading import read_file

    try:
        return weights_csv.is_weights_table(read_file(path, LONGEST_HEADER_BYTES))
    except FallLineError:
        return False


def form_name(form: str) -> str:
    """What one of `COPY_FORMS` is called within a sentence."""
    if form == "spreadsheet":
        return translate("Files", "spreadsheet formulas")
    return {"python": "Python", "numpy": "NumPy", "latex": "LaTeX"}[form]


def gone_text(count: int) -> str:
    """That samples, `count` of them, had to go, and how they come back."""
    if count == 1:
        return translate("Files", "Its classes are others, so the one sample went; Undo brings it back.")
    return translate(
        "Files",
        "Its classes are others, so all {count} samples went; Undo brings them back.",
        count=f"{count:,}",
    )


def with_weights(state: DocumentState, weights: WeightsFile) -> DocumentState:
    """The document in which exported weights stand.

    Its samples stay where their classes have the names that the file gives, built-in ones in any language;
    other samples would be people of other classes, so they go (undo brings them back).
    """
    mode: LossMode = "mse" if weights.loss == "mse" else "cross_entropy"
    settings = replace(state.settings, model=weights.model, loss_mode=mode, start=StartSpec())
    if weights.model == "mlp":
        settings = replace(settings, hidden=weights.spec.hidden, activation=weights.activation)
    if are_called(state.classes, weights.class_names):
        return replace(state, settings=settings, guess=None)
    classes = tuple(
        replace(class_called(name, number), color=number, marker=marker)
        for number, (name, marker) in enumerate(zip(weights.class_names, MARKERS, strict=False))
    )
    return DocumentState(Samples(), classes, settings)


def written_text(paths: Sequence[Path]) -> str:
    """Which files are written: up to three by their names, more by their number and their folder."""
    if len(paths) <= _MOST_NAMED:
        names = ", ".join(path.name for path in paths)
        return translate("Files", "Written: {names}", names=names)
    folder = paths[0].parent.name or str(paths[0].parent)
    return translate("Files", "Written: {count} files in {folder}", count=len(paths), folder=folder)
