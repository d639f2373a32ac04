"""What becomes of a file's rows: a table of the first ones, and one of those that are left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, takewhile

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from engine.document.state import ClassInfo
from engine.files.table import column_title
from engine.files.tables import ColumnChoice, Extraction, LeftOut, Table
from gui.i18n import class_name, message_text, translate

SHOWN_ROWS = 200
MOST_LISTED = 100_000
_NO_PARENT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of either table: its cells as text, and whether it is left out."""

    cells: tuple[str, ...]
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """Headers and rows, ready to be shown."""

    headers: tuple[str, ...] = ()
    rows: list[PreviewRow] = field(default_factory=list)


def first_rows(table: Table, choice: ColumnChoice, extraction: Extraction | None) -> PreviewTable:
    """Return the first rows of the file, each with how it will be read (nothing while that is not known)."""
    chosen = (choice.height, choice.weight, choice.label, choice.held_out)
    columns = [table.names.index(name) for name in chosen if name]
    shown = min(len(table), SHOWN_ROWS)
    last_line = table.line_numbers[shown - 1]
    left_out = (
        {left.line: left for left in takewhile(lambda left: left.line <= last_line, extraction.left_out)}
        if extraction
        else {}
    )
    doubtful = set(extraction.doubts.rows[:SHOWN_ROWS].tolist()) if extraction else set()
    names = class_names(extraction) if extraction else ()
    kept = 0
    rows = []
    for row in range(shown):
        line = table.line_numbers[row]
        cells = (str(line), *(table.columns[column][row] for column in columns))
        if extraction is None:
            rows.append(PreviewRow((*cells, "")))
        elif line in left_out:
            reason = translate("ImportDialog", "left out: {reason}", reason=reason_text(left_out[line]))
            rows.append(PreviewRow((*cells, reason), left_out=True))
        else:
            reading = _reading(extraction, kept, names)
            if row in doubtful:
                reading = translate("ImportDialog", "{reading} (outside sense)", reading=reading)
            rows.append(PreviewRow((*cells, reading), left_out=row in doubtful))
            kept += 1
    titles = tuple(title_text(table.names[column]) for column in columns)
    line_title, read_as = translate("ImportDialog", "line"), translate("ImportDialog", "is read as")
    return PreviewTable((line_title, *titles, read_as), rows)


def left_out_rows(extraction: Extraction | None) -> PreviewTable:
    """Return every row that makes no sample: where it stands and why."""
    headers = (
        translate("ImportDialog", "line"),
        translate("ImportDialog", "column"),
        translate("ImportDialog", "cell"),
        translate("ImportDialog", "reason"),
    )
    if extraction is None:
        return PreviewTable(headers)
    rows = [
        PreviewRow((str(left.line), title_text(left.column), left.cell, reason_text(left)), left_out=True)
        for left in islice(extraction.left_out, MOST_LISTED)
    ]
    return PreviewTable(headers, rows)


def title_text(name: str) -> str:
    """What a column is called, by its number in the language in use where the file does not name it."""
    title = column_title(name)
    return title if isinstance(title, str) else message_text(title)


def reason_text(left: LeftOut) -> str:
    """Why a row is left out, in the language in use."""
    return message_text(left.reason)


def doubtful_rows(table: Table, extraction: Extraction | None) -> PreviewTable:
    """Return every sample whose values are outside sense, and what may be wrong."""
    headers = (
        translate("ImportDialog", "line"),
        translate("ImportDialog", "is read as"),
        translate("ImportDialog", "what may be wrong"),
    )
    if extraction is None:
        return PreviewTable(headers)
    doubts = extraction.doubts
    swapped = translate("ImportDialog", "height and weight stand in each other's columns")
    other = translate("ImportDialog", "no person has these numbers: another unit, or a slip")
    rows = [
        PreviewRow(
            (
                str(table.line_numbers[int(doubts.rows[number])]),
                f"{doubts.height_cm[number]:.1f} cm, {doubts.weight_kg[number]:.1f} kg",
                swapped if doubts.swapped[number] else other,
            ),
            left_out=True,
        )
        for number in range(min(len(doubts), MOST_LISTED))
    ]
    return PreviewTable(headers, rows)


def class_names(extraction: Extraction) -> tuple[str, ...]:
    """The names of the classes, built-in ones in the language in use."""
    if extraction.class_keys:
        return tuple(class_name(ClassInfo(0, key=key)) for key in extraction.class_keys)
    return extraction.class_names


def _reading(extraction: Extraction, index: int, names: tuple[str, ...]) -> str:
    number = int(extraction.class_index[index])
    name = names[number] if number >= 0 else translate("ImportDialog", "no label")
    if extraction.label_set is not None and (mask := int(extraction.label_set[index])) > 0:
        name = ", ".join(carried for bit, carried in enumerate(names) if mask >> bit & 1)
    reading = f"{extraction.height_cm[index]:.1f} cm, {extraction.weight_kg[index]:.1f} kg, {name}"
    if extraction.held_out is not None and extraction.held_out[index]:
        return translate("ImportDialog", "{reading}, held out", reading=reading)
    return reading


class PreviewModel(QAbstractTableModel):
    """Shows a `PreviewTable`; rows that are left out stand in the colour of errors."""

    def __init__(self, error_color: QColor) -> None:
        super().__init__()
        self._table = PreviewTable()
        self._error_color = error_color

    def show_table(self, table: PreviewTable) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._table.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and row.left_out:
            return self._error_color
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._table.headers[section]
        return None
