"""Opening a table of people: which columns, units and labels, with everything that is left out in view."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.document.importing import matched_classes, replaced_by
from engine.errors import FallLineError
from engine.files.tables import Extraction, Table, TableError, extract_samples, guess_columns, read_table
from engine.specs import MAX_CLASSES
from gui.background import Background
from gui.dialogs.column_chooser import ColumnChooser
from gui.dialogs.dialog import Dialog, quiet_label
from gui.dialogs.import_preview import PreviewModel, first_rows, left_out_rows
from gui.dialogs.label_classes import LabelClasses
from gui.document import Document
from gui.i18n import class_name, message_text, translate
from gui.theme import Theme

Outcome = Literal["cancelled", "replaced", "added"]


class ImportDialog(Dialog):
    """Asks how a file's rows become samples; `extraction` holds them once all is clear.

    Reading the file and its rows happens in the background, so that a large one does not stop the window.
    """

    def __init__(
        self, path: Path, theme: Theme, present_names: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("ImportDialog", "Open samples"), parent)
        self._path = path
        self._present_names = present_names
        self._table: Table | None = None
        self.extraction: Extraction | None = None
        self.file_label = QLabel(translate("ImportDialog", "Reading {file} …", file=path.name))
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.columns = ColumnChooser()
        self.labels = LabelClasses()
        self.reverse_button = QPushButton(translate("ImportDialog", "Reverse the order"))
        self.order_label = QLabel()
        self.order_label.setProperty("quiet", True)
        self.order_label.setWordWrap(True)
        self.order_label.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = QTabWidget()
        self._first_rows = PreviewModel(theme.error)
        self._left_out = PreviewModel(theme.error)
        self.replace_choice = QRadioButton(translate("ImportDialog", "Replace the samples on the canvas"))
        self.add_choice = QRadioButton(translate("ImportDialog", "Add to them"))
        self.replace_choice.setChecked(True)
        self._build_layout()
        self.accept_button = self.add_accept(translate("ImportDialog", "Open"))
        self.accept_button.setEnabled(False)
        self.columns.choice_changed.connect(self._extract)
        self.columns.label_changed.connect(self._show_labels)
        self.labels.rules_changed.connect(self._extract)
        self.reverse_button.clicked.connect(self.labels.reverse)
        self.add_choice.toggled.connect(self._update_accept)
        self.background = Background(self)
        self.background.finished.connect(self._on_finished)
        self.background.run("table", read_table, path)
        self.resize(theme.px(860), theme.px(620))

    @property
    def adds(self) -> bool:
        """Whether the samples join those on the canvas."""
        return self.add_choice.isChecked()

    def done(self, result: int) -> None:
        """Close, and end the background thread."""
        self.background.close()
        super().done(result)

    def _build_layout(self) -> None:
        order = QHBoxLayout()
        order.setSpacing(8)
        order.addWidget(self.order_label, 1)
        order.addWidget(self.reverse_button)
        classes = QVBoxLayout()
        classes.setSpacing(8)
        classes.addWidget(self.labels, 1)
        classes.addLayout(order)
        top = QHBoxLayout()
        top.setSpacing(24)
        left = QVBoxLayout()
        left.addWidget(self.columns)
        left.addWidget(
            quiet_label(
                translate(
                    "ImportDialog",
                    "Type over a class to rename it. One name beside two labels makes one class of both.",
                )
            )
        )
        left.addStretch(1)
        top.addLayout(left, 2)
        top.addLayout(classes, 3)
        for model in (self._first_rows, self._left_out):
            view = QTableView()
            view.setModel(model)
            view.verticalHeader().hide()
            view.setShowGrid(False)
            view.horizontalHeader().setDefaultAlignment(
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
            view.setAlternatingRowColors(True)
            view.horizontalHeader().setStretchLastSection(True)
            view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            self.tabs.addTab(view, "")
        targets = QHBoxLayout()
        targets.setSpacing(16)
        targets.addWidget(self.replace_choice)
        targets.addWidget(self.add_choice)
        targets.addStretch(1)
        self.body.addWidget(self.file_label)
        self.body.addLayout(top, 2)
        self.body.addWidget(self.tabs, 3)
        self.body.addLayout(targets)
        self._show_preview()

    def _on_finished(self, kind: str, value: object) -> None:
        if isinstance(value, FallLineError):
            self.extraction = None
            self.set_trouble(error_text(value))
            if kind == "table":
                self.file_label.setText(self._path.name)
        elif kind == "table" and isinstance(value, Table):
            self._show_table(value)
            return
        elif isinstance(value, Extraction):
            self.extraction = value
            self.set_trouble("")
        self._show_preview()
        self._update_accept()

    def _show_table(self, table: Table) -> None:
        self._table = table
        delimiter = delimiter_name(table.delimiter)
        self.file_label.setText(
            translate(
                "ImportDialog",
                "{file}: {count} rows, encoding {encoding}, delimiter {delimiter}",
                file=self._path.name,
                count=f"{len(table):,}",
                encoding=table.encoding,
                delimiter=delimiter,
            )
        )
        self.columns.show_table(table, guess_columns(table))
        self._show_labels()

    def _show_labels(self) -> None:
        table = self._table
        if table is not None:
            label = self.columns.label
            self.labels.show_labels(table.columns[table.names.index(label)] if label else ())

    def _extract(self) -> None:
        if self._table is None:
            return
        self.accept_button.setEnabled(False)
        self.extraction = None  # what was read stands for the choice before
        self.set_trouble("")
        if not self.columns.is_complete:
            self.set_trouble(translate("ImportDialog", "Choose the columns of height, weight and label."))
            self._show_preview()
            return
        choice = self.columns.choice(self.labels.rules())
        self.background.run("samples", extract_samples, self._table, choice)

    def _show_preview(self) -> None:
        extraction = self.extraction
        if self._table is not None:
            choice = self.columns.choice(())
            self._first_rows.show_table(first_rows(self._table, choice, extraction))
        self._left_out.show_table(left_out_rows(extraction))
        left_out = len(extraction.left_out) if extraction else 0
        self.tabs.setTabText(0, translate("ImportDialog", "First rows"))
        self.tabs.setTabText(1, translate("ImportDialog", "Left out: {count}", count=f"{left_out:,}"))
        self.order_label.setText(order_text(extraction) if extraction else "")

    def _update_accept(self) -> None:
        extraction = self.extraction
        count = len(extraction.height_cm) if extraction else 0
        room = True
        if extraction is not None:
            _, new_names = matched_classes(self._present_names, extraction.class_names)
            room = not self.adds or len(self._present_names) + len(new_names) <= MAX_CLASSES
            self.set_trouble(
                ""
                if room
                else translate(
                    "ImportDialog",
                    "Together with those on the canvas these are more than {most} classes.",
                    most=MAX_CLASSES,
                )
            )
        self.accept_button.setText(
            translate("ImportDialog", "Open {count} samples", count=f"{count:,}")
            if count
            else translate("ImportDialog", "Open")
        )
        self.accept_button.setEnabled(count > 0 and room)


def error_text(error: FallLineError) -> str:
    """The sentence of an error, with the line and column where they are known."""
    sentence = message_text(error.message)
    if not isinstance(error, TableError) or error.line is None:
        return sentence
    if error.column is None:
        return translate("ImportDialog", "Line {line}: {sentence}", line=error.line, sentence=sentence)
    return translate(
        "ImportDialog",
        "Line {line}, column {column}: {sentence}",
        line=error.line,
        column=error.column,
        sentence=sentence,
    )


def order_text(extraction: Extraction) -> str:
    """The classes in their order, with their counts; of two the second is the positive one."""
    counted = [
        f"{name} ({count:,})"
        for name, count in zip(extraction.class_names, extraction.class_counts, strict=True)
    ]
    if len(counted) == 2:
        return translate(
            "ImportDialog",
            "class 0: {reference}; class 1, positive: {positive}",
            reference=counted[0],
            positive=counted[1],
        )
    return translate("ImportDialog", "classes in order: {names}", names=", ".join(counted))


def delimiter_name(delimiter: str) -> str:
    """A delimiter's name in the language in use."""
    names = {
        ",": translate("ImportDialog", "comma"),
        ";": translate("ImportDialog", "semicolon"),
        "\t": translate("ImportDialog", "tab"),
        "|": translate("ImportDialog", "bar"),
    }
    return names.get(delimiter, delimiter)


def take_over(document: Document, extraction: Extraction, adds: bool) -> None:
    """Put the samples into the document as one undo command, in place of the present ones or with them."""
    columns = (extraction.height_cm, extraction.weight_kg)
    if adds:
        present = [class_name(info) for info in document.state.classes]
        indices, new_names = matched_classes(present, extraction.class_names)
        labels = np.array(indices)[extraction.class_index]
        document.append_samples(*columns, labels, new_names)
    else:
        state = replaced_by(document.state, *columns, extraction.class_index, extraction.class_names)
        document.replace(state, translate("Undo", "Open samples"))


def import_csv(document: Document, path: Path, theme: Theme, parent: QWidget | None = None) -> Outcome:
    """Ask how a file becomes samples, put them into the document, and tell what became of it."""
    names = tuple(class_name(info) for info in document.state.classes)
    dialog = ImportDialog(path, theme, names, parent)
    outcome: Outcome = "cancelled"
    if dialog.exec() and dialog.extraction is not None:
        take_over(document, dialog.extraction, dialog.adds)
        outcome = "added" if dialog.adds else "replaced"
    dialog.deleteLater()
    return outcome
