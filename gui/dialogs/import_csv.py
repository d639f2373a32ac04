"""Opening a table of people: which columns, units and labels, with everything that is left out in view."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.document.commands import moved_label_sets
from engine.document.importing import matched_classes, replaced_by
from engine.errors import FallLineError, Message
from engine.files.atomic import write_files
from engine.files.label_sets import carried_labels
from engine.files.left_out_csv import left_out_csv
from engine.files.tables import (
    Extraction,
    FileSource,
    OpenedTable,
    Table,
    TableSource,
    extract_samples,
    open_table,
)
from engine.samples import NO_SET, UNLABELLED, lowest_label
from engine.specs import MAX_CLASSES
from gui.background import Background
from gui.dialogs.column_chooser import ColumnChooser
from gui.dialogs.dialog import Dialog, quiet_label
from gui.dialogs.import_pages import DoubtsPage, LeftOutPage, preview_view
from gui.dialogs.import_preview import PreviewModel, class_names, first_rows, reason_text
from gui.dialogs.import_words import error_text, order_text, source_text
from gui.dialogs.label_classes import LabelClasses
from gui.document import Document
from gui.i18n import class_name, message_text, translate
from gui.theme import Theme

Outcome = Literal["cancelled", "replaced", "added"]


class ImportDialog(Dialog):
    """Asks how rows of a file or pasted text become samples; `extraction` holds them once all is clear.

    Reading the file and its rows happens in the background, so that a large one does not stop the window.
    """

    def __init__(
        self,
        source: TableSource | Path,
        theme: Theme,
        present_names: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("ImportDialog", "Open samples"), parent)
        self._source = FileSource(source) if isinstance(source, Path) else source
        self._present_names = present_names
        self._table: Table | None = None
        self._lack: Message | None = None
        self._is_content_shown = True
        self.extraction: Extraction | None = None
        self._written: str = ""
        self.file_label = QLabel()
        self.file_label.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.sheet_label = QLabel(translate("ImportDialog", "Sheet"))
        self.sheet_box = QComboBox()
        self.columns = ColumnChooser()
        self.labels = LabelClasses()
        self.reverse_button = QPushButton(translate("ImportDialog", "Reverse the order"))
        self.order_label = quiet_label("")
        self._hint = quiet_label(
            translate(
                "ImportDialog",
                "Type over a class to rename it. One name beside two labels makes one class of both.",
            )
        )
        self.tabs = QTabWidget()
        self._first_rows = PreviewModel(theme.error)
        self.doubts = DoubtsPage(theme)
        self.left_out = LeftOutPage(theme)
        self.replace_choice = QRadioButton(translate("ImportDialog", "Replace the samples on the canvas"))
        self.add_choice = QRadioButton(translate("ImportDialog", "Add to them"))
        self.replace_choice.setChecked(True)
        self.content = QWidget()
        self._size = QSize(theme.px(860), theme.px(620))
        self._build_layout()
        self.accept_button = self.add_accept(translate("ImportDialog", "Open"))
        self._connect()
        self.background = Background(self)
        self.background.arrived.connect(self._on_arrived)
        self.background.finished.connect(self._on_finished)
        self._read(None)
        self.resize(self._size)

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
        left.addWidget(self._hint)
        left.addStretch(1)
        top.addLayout(left, 2)
        top.addLayout(classes, 3)
        for page in (preview_view(self._first_rows), self.left_out, self.doubts):
            self.tabs.addTab(page, "")
        targets = QHBoxLayout()
        targets.setSpacing(16)
        targets.addWidget(self.replace_choice)
        targets.addWidget(self.add_choice)
        targets.addStretch(1)
        self.sheet_label.setBuddy(self.sheet_box)
        source = QHBoxLayout()
        source.setSpacing(8)
        source.addWidget(self.file_label, 1)
        source.addWidget(self.progress)
        source.addWidget(self.sheet_label)
        source.addWidget(self.sheet_box)
        self.body.addLayout(source)
        content = QVBoxLayout(self.content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(self.body.spacing())
        content.addLayout(top, 2)
        content.addWidget(self.tabs, 3)
        content.addLayout(targets)
        self.body.addWidget(self.content, 1)
        self._show_preview()

    def _connect(self) -> None:
        self.sheet_box.activated.connect(lambda: self._read(self.sheet_box.currentText()))
        self.columns.choice_changed.connect(self._extract_anew)
        self.columns.label_changed.connect(self._show_labels)
        self.columns.held_out_box.clicked.connect(self._extract)
        self.labels.rules_changed.connect(self._extract)
        self.doubts.decided.connect(self._extract)
        self.left_out.save_button.clicked.connect(self._save_left_out)
        self.reverse_button.clicked.connect(self.labels.reverse)
        self.add_choice.toggled.connect(self._update_accept)

    def _read(self, sheet: str | None) -> None:
        """Read the source, of a spreadsheet this sheet or the one that holds people."""
        self._table = self.extraction = None
        self.accept_button.setEnabled(False)
        self.set_trouble("")
        self.file_label.setText(translate("ImportDialog", "Reading {file} …", file=self._source.name))
        self.file_label.setToolTip("")
        self.progress.setRange(0, 0)
        self.progress.show()
        has_sheets = self.sheet_box.count() > 1
        self.sheet_label.setVisible(has_sheets)
        self.sheet_box.setVisible(has_sheets)
        self.background.stream("table", open_table, self._source, sheet)

    def _on_arrived(self, kind: str, value: object) -> None:
        del kind
        if isinstance(value, OpenedTable):
            self._show_table(value)
        elif isinstance(value, float):
            self.progress.setRange(0, 1000)
            self.progress.setValue(round(1000 * value))

    def _on_finished(self, kind: str, value: object) -> None:
        if kind == "table":
            self.progress.hide()
        if isinstance(value, FallLineError):
            self.set_trouble(error_text(value))
            if kind == "save":
                return
            self.extraction = None
            if kind == "table":
                self.file_label.setText(self._source.name)
                self._show_content(is_shown=False)
        elif isinstance(value, Extraction):
            self.extraction = value
            self.set_trouble("")
        elif kind == "save":
            self.left_out.note.setText(translate("Files", "Written: {names}", names=self._written))
            return
        else:
            return
        self._show_preview()
        self._update_accept()

    def _show_content(self, *, is_shown: bool) -> None:
        """Show what can be chosen, or, where there is no table, only what is wrong."""
        if is_shown == self._is_content_shown:
            return
        self._is_content_shown = is_shown
        self.content.setVisible(is_shown)
        self.accept_button.setVisible(is_shown)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the size that what is hidden needs bounds the dialog no more
        self.resize(self._size if is_shown else QSize(self.width(), self.sizeHint().height()))

    def _show_table(self, opened: OpenedTable) -> None:
        table = self._table = opened.table
        self._lack = opened.lack
        self._show_content(is_shown=True)
        self.file_label.setText(source_text(self._source.name, table))
        self.file_label.setToolTip(html.escape("\n".join(table.above)).replace("\n", "<br>"))
        self.sheet_box.clear()
        self.sheet_box.addItems(table.sheets)
        self.sheet_box.setCurrentText(table.sheet)
        self.sheet_label.setVisible(len(table.sheets) > 1)
        self.sheet_box.setVisible(len(table.sheets) > 1)
        self.doubts.forget()
        self.columns.show_table(table, opened.guess)
        self._show_labels()

    def _show_labels(self) -> None:
        table = self._table
        if table is not None:
            label = self.columns.label
            has_labels = self.columns.label_source == "column"
            self.labels.setVisible(has_labels)
            self.reverse_button.setVisible(has_labels)
            self._hint.setVisible(has_labels)
            vertical = Qt.AlignmentFlag.AlignVCenter if has_labels else Qt.AlignmentFlag.AlignTop
            self.order_label.setAlignment(Qt.AlignmentFlag.AlignLeft | vertical)
            carried = carried_labels(table, label)
            self.labels.show_labels(
                table.columns[table.names.index(label)] if label else (),
                {} if carried is None else carried.names,
                self._present_names,
            )

    def _extract_anew(self) -> None:
        """Other columns or units: what was decided about single rows counts no more."""
        self.doubts.forget()
        self._extract()

    def _extract(self) -> None:
        if self._table is None:
            return
        self.accept_button.setEnabled(False)
        self.extraction = None  # what was read stands for the choice before
        self.set_trouble("")
        if not self.columns.is_complete:
            choose = translate("ImportDialog", "Choose the columns of height, weight and label.")
            self.set_trouble(message_text(self._lack) if self._lack else choose)
            self._show_preview()
            return
        count = self.labels.rowCount()
        if self.columns.label_source == "column" and count > 1 and not self.labels.rules():
            self.set_trouble(
                translate(
                    "ImportDialog",
                    "There are {count} labels: choose which of them become classes, 2 to {most} in all.",
                    count=count,
                    most=MAX_CLASSES,
                )
            )
            self._show_preview()
            return
        choice = replace(
            self.columns.choice(self.labels.rules()), swapped=self.doubts.swapped, removed=self.doubts.removed
        )
        self.background.run("samples", extract_samples, self._table, choice)

    def _save_left_out(self) -> None:
        """Ask for a file, and write the rows that are left out to it in the background."""
        if self._table is None or self.extraction is None:
            return
        title = translate("ImportDialog", "Save the rows that are left out")
        proposed = f"{Path(self._source.name).stem}-{translate('ImportDialog', 'left out')}.csv"
        name, _ = QFileDialog.getSaveFileName(self, title, str(self._folder / proposed), "CSV (*.csv)")
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(".csv")
        self._written = path.name
        titles = (translate("ImportDialog", "line"), translate("ImportDialog", "reason"))
        self.background.run("save", _write_left_out, path, self._table, self.extraction, titles)

    @property
    def _folder(self) -> Path:
        return self._source.path.parent if isinstance(self._source, FileSource) else Path.home()

    def _show_preview(self) -> None:
        extraction = self.extraction
        if self._table is not None:
            choice = self.columns.choice(())
            self._first_rows.show_table(first_rows(self._table, choice, extraction))
        marks = extraction.held_out if extraction else None
        self.columns.show_held_out_count(None if marks is None else int(np.count_nonzero(marks)))
        left_out = self.left_out.show_rows(extraction)
        doubts = self.doubts.show_rows(self._table, extraction)
        self.tabs.setTabText(0, translate("ImportDialog", "First rows"))
        self.tabs.setTabText(1, translate("ImportDialog", "Left out: {count}", count=f"{left_out:,}"))
        self.tabs.setTabText(2, translate("ImportDialog", "Outside sense: {count}", count=f"{doubts:,}"))
        self.order_label.setText(order_text(extraction) if extraction else "")

    def _update_accept(self) -> None:
        extraction = self.extraction
        count = len(extraction.height_cm) if extraction else 0
        room = True
        if extraction is not None:
            _, new_names = matched_classes(self._present_names, class_names(extraction))
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


def _write_left_out(path: Path, table: Table, extraction: Extraction, titles: tuple[str, str]) -> None:
    write_files({path: left_out_csv(table, extraction, titles, reason_text)})


def take_over(document: Document, extraction: Extraction, adds: bool) -> None:
    """Put the samples into the document as one undo command, in place of the present ones or with them."""
    columns = (extraction.height_cm, extraction.weight_kg)
    if adds:
        present = [class_name(info) for info in document.state.classes]
        names = class_names(extraction)
        indices, new_names = matched_classes(present, names)
        labels = np.array([*indices, UNLABELLED])[extraction.class_index]  # -1 reads the last one
        label_set = extraction.label_set
        if label_set is not None:
            label_set = moved_label_sets(label_set, indices)
            labels = np.where(label_set == NO_SET, labels, lowest_label(label_set))
        keys = dict(zip(names, extraction.class_keys, strict=False))
        document.append_samples(*columns, labels, new_names, keys, label_set, extraction.held_out)
    else:
        state = replaced_by(
            document.state,
            *columns,
            extraction.class_index,
            extraction.class_names,
            extraction.class_keys,
            extraction.label_set,
            extraction.held_out,
        )
        document.replace(state, translate("Undo", "Open samples"))


def import_csv(
    document: Document, source: TableSource | Path, theme: Theme, parent: QWidget | None = None
) -> Outcome:
    """Ask how a table becomes samples, put them into the document, and tell what became of it."""
    names = tuple(class_name(info) for info in document.state.classes)
    dialog = ImportDialog(source, theme, names, parent)
    outcome: Outcome = "cancelled"
    if dialog.exec() and dialog.extraction is not None:
        take_over(document, dialog.extraction, dialog.adds)
        outcome = "added" if dialog.adds else "replaced"
    dialog.deleteLater()
    return outcome
