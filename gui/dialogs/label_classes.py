"""Which labels of a file make which class: a line for each label, its class typed or picked beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from engine.files.columns import distinct_cells
from engine.files.labels import find_classes, is_missing_label, label_key
from engine.files.tables import ClassRule
from engine.specs import MAX_CLASSES
from gui.i18n import BUILT_IN_CLASS_NAMES, translate

MOST_LABELS = 100
"""Labels offered; a column with more different ones is no label, and its rarest ones are left out."""

NO_LABELS: Mapping[str, int] = MappingProxyType({})
_BUILT_IN_ORDERS = (("no_diet", "needs_diet"), ("underweight", "normal", "overweight", "obese"))
_LEAVE_OUT = 0
_ROW_MARGIN_PX = 3


class LabelClasses(QTableWidget):
    """Label, number of rows, class. The same class name beside two labels makes one class of both."""

    rules_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalHeaderLabels(
            [
                translate("ImportDialog", "label"),
                translate("ImportDialog", "rows"),
                translate("ImportDialog", "class"),
            ]
        )
        self._labels: list[tuple[str, ...]] = []
        self._reversed = False

    def show_labels(
        self,
        cells: Sequence[str],
        carried: Mapping[str, int] = NO_LABELS,
        present: Sequence[str] = (),
    ) -> None:
        """Show the labels of a column, each a class of its own where there are not too many.

        Those `carried` by samples of several labels, with how many, come too if they are not in the column.
        Labels that are all among the names of the `present` classes come in their order.
        """
        groups = label_groups(cells, carried)
        for order in (tuple(present), *built_in_orders()):
            if all(spellings[0] in order for spellings, _count in groups):
                groups.sort(key=lambda group: order.index(group[0][0]))
                break
        names = [spellings[0] for spellings, _count in groups]
        own_classes = len(groups) <= MAX_CLASSES
        self._labels = [spellings for spellings, _count in groups]
        self._reversed = False
        self.setRowCount(len(groups))
        for row, (spellings, count) in enumerate(groups):
            self.setItem(row, 0, QTableWidgetItem(" = ".join(spellings)))
            number = QTableWidgetItem(f"{count:,}")
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, 1, number)
            self.setCellWidget(
                row, 2, self._class_box(names if own_classes else [], row if own_classes else -1)
            )
            self.box(row).ensurePolished()  # its height is the style sheet's
            self.setRowHeight(row, self.box(row).sizeHint().height() + 2 * _ROW_MARGIN_PX)
        self.rules_changed.emit()

    def rules(self) -> tuple[ClassRule, ...]:
        """The classes as they stand, in the order of their first label (or the reverse)."""
        values: dict[str, list[str]] = {}
        for row, spellings in enumerate(self._labels):
            name = self.class_of(row)
            if name:
                values.setdefault(name, []).extend(spellings)
        rules = tuple(ClassRule(name, tuple(labels)) for name, labels in values.items())
        return rules[::-1] if self._reversed else rules

    def class_of(self, row: int) -> str:
        """The class name beside a label; empty if its rows are left out."""
        box = self.box(row)
        text = box.currentText().strip()
        return "" if text == box.itemText(_LEAVE_OUT) else text

    def box(self, row: int) -> QComboBox:
        """The box in which the class of a label is typed or picked."""
        box = self.cellWidget(row, 2)
        assert isinstance(box, QComboBox)
        return box

    def reverse(self) -> None:
        """Count the classes from the other end: for two, the other one becomes the positive class."""
        self._reversed = not self._reversed
        self.rules_changed.emit()

    def _class_box(self, names: list[str], chosen: int) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItem(translate("ImportDialog", "leave out"))
        box.addItems(names)
        box.setCurrentIndex(chosen + 1)
        box.setToolTip(
            translate(
                "ImportDialog",
                "Type a name for the class; the same name twice makes one class of both labels",
            )
        )
        box.activated.connect(self.rules_changed)
        field = box.lineEdit()
        if field is not None:
            field.editingFinished.connect(self.rules_changed)
        return box


def built_in_orders() -> list[tuple[str, ...]]:
    """The program's own names of classes in the order that they have in it, in the language in use."""
    return [
        tuple(translate("ClassName", BUILT_IN_CLASS_NAMES[key]) for key in keys) for keys in _BUILT_IN_ORDERS
    ]


def label_groups(
    cells: Sequence[str], carried: Mapping[str, int] = NO_LABELS
) -> list[tuple[tuple[str, ...], int]]:
    """The different labels of a column, in the order of classes: their spellings ("1", "1.0") and their rows.

    Of more than `MOST_LABELS` only the most frequent are returned. Missing labels are no labels.
    """
    everything, codes = distinct_cells(cells)
    counts = dict(zip(everything, np.bincount(codes, minlength=len(everything)).tolist(), strict=True))
    counts = {**carried, **counts}
    everything = list(dict.fromkeys([*everything, *carried]))
    groups: dict[object, list[str]] = {}
    for label in everything:
        if not is_missing_label(label, everything, None):
            groups.setdefault(label_key(label), []).append(label)
    found = [(tuple(labels), sum(counts[label] for label in labels)) for labels in groups.values()]
    if len(found) > MOST_LABELS:
        found = sorted(found, key=lambda group: -group[1])[:MOST_LABELS]
    if len(found) <= MAX_CLASSES:
        order = find_classes([labels[0] for labels, _count in found]).names
        found.sort(key=lambda group: order.index(group[0][0]))
    else:
        found.sort(key=lambda group: (isinstance(label_key(group[0][0]), str), label_key(group[0][0])))
    return found
