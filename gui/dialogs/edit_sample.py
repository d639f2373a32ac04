"""Exact numbers and class of one sample, or its labels where samples may carry several."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from engine.document.edits import labels_of
from engine.document.state import DocumentState
from engine.samples import NO_SET, UNLABELLED
from gui.dialogs.dialog import Dialog
from gui.document import Document
from gui.i18n import class_name, translate
from gui.labels import knows_label_sets
from gui.widgets.number_field import NumberField, number_text, parse_positive

SEVERAL = -2
"""In the list of classes: the labels are picked one by one."""


class EditSampleDialog(Dialog):
    """Height, weight and class of a sample as they stand, to be typed over."""

    def __init__(self, state: DocumentState, sample_id: int, parent: QWidget | None = None) -> None:
        super().__init__(translate("EditSample", "Edit sample"), parent)
        row = state.samples.select([sample_id])
        if not len(row):
            raise ValueError(f"there is no sample {sample_id}")
        self.height_cm = NumberField(parse_positive, number_text)
        self.weight_kg = NumberField(parse_positive, number_text)
        self.sample_class = QComboBox()
        self.labels: list[QCheckBox] = []
        for index, info in enumerate(state.classes):
            self.sample_class.addItem(class_name(info), index)
        self.sample_class.addItem(translate("EditSample", "no label"), UNLABELLED)
        self.height_cm.set_value(float(row.height_cm[0]))
        self.weight_kg.set_value(float(row.weight_kg[0]))
        self._label_set = int(labels_of(row)[0])
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(translate("EditSample", "Height (cm)"), self.height_cm)
        form.addRow(translate("EditSample", "Weight (kg)"), self.weight_kg)
        form.addRow(translate("EditSample", "Class"), self.sample_class)
        if knows_label_sets(state):
            form.addRow(translate("EditSample", "Labels"), self._label_boxes(state))
        has_set = int(row.label_set[0]) != NO_SET
        self.sample_class.setCurrentIndex(
            self.sample_class.findData(SEVERAL if has_set else int(row.class_index[0]))
        )
        self._on_class()
        self.sample_class.currentIndexChanged.connect(self._on_class)
        self.body.addLayout(form)
        for field in (self.height_cm, self.weight_kg):
            field.trouble_changed.connect(self.set_trouble)
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance("0" * 20))
        self.add_accept(translate("EditSample", "Change"))
        self.height_cm.setFocus()
        self.height_cm.selectAll()

    @property
    def class_index(self) -> int:
        """The chosen class; -1 for no label, or where the labels are picked one by one."""
        return max(int(self.sample_class.currentData()), UNLABELLED)

    @property
    def label_set(self) -> int | None:
        """The labels picked one by one as a bit mask, maybe none; None where a class was chosen."""
        if self.sample_class.currentData() != SEVERAL:
            return None
        return sum(1 << k for k, box in enumerate(self.labels) if box.isChecked())

    def accept(self) -> None:
        """Close if both numbers can be read."""
        if self.height_cm.commit() and self.weight_kg.commit():
            super().accept()

    def _label_boxes(self, state: DocumentState) -> QVBoxLayout:
        """A box for each label, of which any may be ticked; ticking one is picking them one by one."""
        self.sample_class.addItem(translate("EditSample", "several labels, or none of them"), SEVERAL)
        column = QVBoxLayout()
        column.setSpacing(4)
        for k, info in enumerate(state.classes):
            box = QCheckBox(class_name(info).replace("&", "&&"))
            box.setObjectName(f"label_{k}")
            box.setChecked(bool(self._label_set >> k & 1))
            box.clicked.connect(self._on_label)
            self.labels.append(box)
            column.addWidget(box)
        return column

    def _on_class(self) -> None:
        """A class is one label, and the boxes show it."""
        chosen = int(self.sample_class.currentData())
        if chosen != SEVERAL:
            for k, box in enumerate(self.labels):
                box.setChecked(k == chosen)

    def _on_label(self) -> None:
        self.sample_class.setCurrentIndex(self.sample_class.findData(SEVERAL))


def edit_sample(document: Document, sample_id: int, parent: QWidget | None = None) -> None:
    """Ask for the exact numbers and labels of a sample, and change them as one undo command."""
    dialog = EditSampleDialog(document.state, sample_id, parent)
    if dialog.exec():
        numbers = dialog.height_cm.value, dialog.weight_kg.value
        document.edit_sample(sample_id, *numbers, dialog.class_index, dialog.label_set)
    dialog.deleteLater()
