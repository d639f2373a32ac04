"""The pages below an import: rows, and what a person can do about those in doubt and those left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from engine.files.tables import Extraction, Table
from gui.dialogs.import_preview import PreviewModel, PreviewTable, doubtful_rows, left_out_rows
from gui.i18n import translate
from gui.theme import Theme


def preview_view(model: PreviewModel, parent: QWidget | None = None) -> QTableView:
    """A quiet table that shows `model`."""
    view = QTableView(parent)
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.setAlternatingRowColors(True)
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return view


class _Page(QWidget):
    """A table, and a row of buttons below it with a sentence beside them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = PreviewModel(theme.error)
        self.view = preview_view(self.rows, self)
        self.note = QLabel()
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.view, 1)
        layout.addLayout(self.row)

    def _show(self, table: PreviewTable) -> None:
        self.rows.show_table(table)
        self.view.resizeColumnsToContents()  # of the first thousand rows

    def _add_button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        self.row.addWidget(button)
        return button


class DoubtsPage(_Page):
    """Samples with values outside sense; what a person decides stands in `swapped` and `removed`."""

    decided = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.swapped: frozenset[int] = frozenset()
        self.removed: frozenset[int] = frozenset()
        self._extraction: Extraction | None = None
        self.swap_button = self._add_button("")
        self.remove_button = self._add_button("")
        self.restore_button = self._add_button(translate("ImportDialog", "As in the file"))
        self.row.addWidget(self.note, 1)
        self.note.setText(
            translate("ImportDialog", "For some of them, select their rows first. Those left alone stay.")
        )
        self.swap_button.clicked.connect(self._swap)
        self.remove_button.clicked.connect(self._remove)
        self.restore_button.clicked.connect(self._restore)
        self.view.selectionModel().selectionChanged.connect(self._update)
        self._update()

    def forget(self) -> None:
        """Take back every decision, as the columns mean something else now."""
        self.swapped = self.removed = frozenset()

    def show_rows(self, table: Table | None, extraction: Extraction | None) -> int:
        """Show the rows that are in doubt; returns how many there are."""
        self._extraction = extraction
        if table is not None:
            self._show(doubtful_rows(table, extraction))
        self._update()
        return len(extraction.doubts) if extraction else 0

    def _picked(self, *, swapped: bool) -> frozenset[int]:
        """The table's rows that a button acts on: the selected ones, or all."""
        if self._extraction is None:
            return frozenset()
        doubts = self._extraction.doubts
        numbers = [index.row() for index in self.view.selectionModel().selectedRows()] or range(len(doubts))
        return frozenset(
            int(doubts.rows[number]) for number in numbers if not swapped or doubts.swapped[number]
        )

    def _update(self) -> None:
        swaps, removals = len(self._picked(swapped=True)), len(self._picked(swapped=False))
        self.swap_button.setText(
            translate("ImportDialog", "Swap height and weight ({count})", count=f"{swaps:,}")
        )
        self.remove_button.setText(translate("ImportDialog", "Leave out ({count})", count=f"{removals:,}"))
        self.swap_button.setEnabled(swaps > 0)
        self.remove_button.setEnabled(removals > 0)
        self.restore_button.setEnabled(bool(self.swapped or self.removed))

    def _swap(self) -> None:
        self.swapped ^= self._picked(swapped=True)
        self.decided.emit()

    def _remove(self) -> None:
        self.removed |= self._picked(swapped=False)
        self.decided.emit()

    def _restore(self) -> None:
        self.forget()
        self.decided.emit()


class LeftOutPage(_Page):
    """Rows that make no sample, with the reasons, to be saved and mended."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.save_button = self._add_button(translate("ImportDialog", "Save these rows…"))
        self.save_button.setEnabled(False)
        self.row.addWidget(self.note, 1)

    def show_rows(self, extraction: Extraction | None) -> int:
        """Show the rows that are left out; returns how many there are."""
        self._show(left_out_rows(extraction))
        count = len(extraction.left_out) if extraction else 0
        self.save_button.setEnabled(count > 0)
        self.note.setText("")
        return count
