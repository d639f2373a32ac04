"""Exporting weights: of which model, in which formats, to which files, with what will be written in view."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from engine.errors import FallLineError
from engine.files.registry import WEIGHT_FORMATS, export_weights, format_of
from engine.files.weights import WeightsFile
from engine.files.weights_preview import preview_text
from gui.background import Background
from gui.dialogs.dialog import Dialog, quiet_label
from gui.i18n import message_text, translate
from gui.model_names import are_outputs_compared, exported_name
from gui.widgets.segmented import Segment, SegmentedControl

DEFAULT_STEM = "fall-line-weights"
_FORBIDDEN = '/\\:*?"<>|'


class ExportDialog(Dialog):
    """Chooses models, formats and names; `files` maps each path to the weights that go there.

    Parameters
    ----------
    models : sequence of WeightsFile
        One, or the two of a comparison.
    selected : int
        Which of them is the selected one on screen.
    folder : Path
        Where to write at first.
    """

    def __init__(
        self, models: Sequence[WeightsFile], selected: int, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("ExportDialog", "Export weights"), parent)
        self._models = list(models)
        keys = [model.loss for model in self._models] + (["both"] if len(self._models) > 1 else [])
        self.model_choice = SegmentedControl(keys)
        self.formats = {known.suffix: QCheckBox(known.name) for known in WEIGHT_FORMATS}
        self.name_field = QLineEdit(DEFAULT_STEM)
        self.folder_field = QLineEdit(str(folder))
        self.browse_button = QPushButton(translate("ExportDialog", "Choose…"))
        self.files_label = quiet_label("")
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setProperty("code", True)
        self.accept_button = self.add_accept(translate("ExportDialog", "Export"))
        self._build_layout()
        self._set_segments()
        self.model_choice.set_key(keys[min(selected, len(self._models) - 1)])
        self.formats[".json"].setChecked(True)
        self.model_choice.chosen.connect(self._on_model)
        self.browse_button.clicked.connect(self._browse)
        self.name_field.textChanged.connect(self._update)
        self.folder_field.textChanged.connect(self._update)
        for box in self.formats.values():
            box.toggled.connect(self._update)
        self.background = Background(self)  # ONNX alone takes longer than a frame to load
        self.background.finished.connect(self._show_preview)
        self._update()
        self.resize(640, 520)

    @property
    def chosen_models(self) -> list[WeightsFile]:
        """The models to write."""
        key = self.model_choice.key
        return [model for model in self._models if key in (model.loss, "both")]

    @property
    def files(self) -> dict[Path, WeightsFile]:
        """Where each model will be written; of two, the loss stands in the name."""
        folder, stem = Path(self.folder_field.text().strip()), self._stem()
        models = self.chosen_models
        return {
            folder / f"{stem}{f'-{model.loss}' if len(models) > 1 else ''}{suffix}": model
            for model in models
            for suffix, box in self.formats.items()
            if box.isChecked()
        }

    def done(self, result: int) -> None:
        """Close, and end the background thread."""
        self.background.close()
        super().done(result)

    def accept(self) -> None:
        """Write all files or, on trouble, none; trouble keeps the dialog open."""
        try:
            export_weights(self.files)
        except FallLineError as error:
            self.set_trouble(message_text(error.message))
            return
        super().accept()

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        formats = QHBoxLayout()
        formats.setSpacing(16)
        for box in self.formats.values():
            formats.addWidget(box)
        formats.addStretch(1)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder_field, 1)
        folder.addWidget(self.browse_button)
        grid.addWidget(QLabel(self._model_label()), 0, 0)
        grid.addWidget(self.model_choice, 0, 1)
        grid.addWidget(QLabel(translate("ExportDialog", "Formats")), 1, 0)
        grid.addLayout(formats, 1, 1)
        grid.addWidget(QLabel(translate("ExportDialog", "Name")), 2, 0)
        grid.addWidget(self.name_field, 2, 1)
        grid.addWidget(QLabel(translate("ExportDialog", "Folder")), 3, 0)
        grid.addLayout(folder, 3, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.files_label)
        self.body.addWidget(self.preview, 1)

    def _model_label(self) -> str:
        """What the names of the models say: their losses, or their output layers."""
        if are_outputs_compared(self._models):
            return translate("ExportDialog", "Model")
        return translate("ExportDialog", "Model trained on")

    def _set_segments(self) -> None:
        segments = [
            Segment(model.loss, exported_name(self._models, row)) for row, model in enumerate(self._models)
        ]
        if len(self._models) > 1:
            segments.append(
                Segment(
                    "both",
                    translate("ExportDialog", "Both"),
                    translate("ExportDialog", "Both models, each in files of its own"),
                )
            )
        self.model_choice.set_segments(segments)

    def _stem(self) -> str:
        name = self.name_field.text().strip()
        suffix = Path(name).suffix.lower()
        return name[: -len(suffix)] if suffix in self.formats else name

    def _on_model(self, key: str) -> None:
        self.model_choice.set_key(key)
        self._update()

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, translate("ExportDialog", "Folder"), self.folder_field.text()
        )
        if folder:
            self.folder_field.setText(folder)

    def _update(self) -> None:
        trouble = self._trouble_now()
        self.set_trouble(trouble)
        self.accept_button.setEnabled(not trouble)
        files = self.files
        self.files_label.setText("\n".join(file_text(path) for path in files) if not trouble else "")
        first = next(iter(files), None)
        if first is None or trouble:
            self.background.cancel("preview")
            self.preview.clear()
        else:
            self.background.run("preview", preview_text, format_of(first), files[first])

    def _show_preview(self, _kind: str, answer: object) -> None:
        self.preview.setPlainText(
            message_text(answer.message) if isinstance(answer, FallLineError) else str(answer)
        )

    def _trouble_now(self) -> str:
        stem = self._stem()
        if not any(box.isChecked() for box in self.formats.values()):
            return translate("ExportDialog", "Choose at least one format.")
        if not stem:
            return translate("ExportDialog", "The files need a name.")
        if any(character in _FORBIDDEN for character in stem):
            return translate(
                "ExportDialog", "A name has none of the characters {characters}", characters=_FORBIDDEN
            )
        if not os.path.isdir(self.folder_field.text().strip()):  # also of what can be no path at all
            return translate("ExportDialog", "There is no such folder.")
        return ""


def file_text(path: Path) -> str:
    """A file's name, and a warning where there is one of that name."""
    if os.path.exists(path):  # a name that is too long is none
        return translate("ExportDialog", "{file} (replaces the file of that name)", file=path.name)
    return path.name


def show_export(
    models: Sequence[WeightsFile], selected: int, folder: Path, parent: QWidget | None = None
) -> list[Path]:
    """Ask, write, and return the files written; none if the person thought better of it."""
    dialog = ExportDialog(models, selected, folder, parent)
    written = list(dialog.files) if dialog.exec() else []
    dialog.deleteLater()
    return written
