"""Exact numbers and class of one sample."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from engine.document.state import DocumentState
from engine.samples import UNLABELLED
from gui.dialogs.dialog import Dialog
from gui.document import Document
from gui.i18n import class_name, translate
from gui.widgets.number_field import NumberField, number_text, parse_positive


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
        for index, info in enumerate(state.classes):
            self.sample_class.addItem(class_name(info), index)
        self.sample_class.addItem(translate("EditSample", "no label"), UNLABELLED)
        self.height_cm.set_value(float(row.height_cm[0]))
        self.weight_kg.set_value(float(row.weight_kg[0]))
        self.sample_class.setCurrentIndex(self.sample_class.findData(int(row.class_index[0])))
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(translate("EditSample", "Height (cm)"), self.height_cm)
        form.addRow(translate("EditSample", "Weight (kg)"), self.weight_kg)
        form.addRow(translate("EditSample", "Class"), self.sample_class)
        self.body.addLayout(form)
        for field in (self.height_cm, self.weight_kg):
            field.trouble_changed.connect(self.set_trouble)
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance("0" * 20))
        self.add_accept(translate("EditSample", "Change"))
        self.height_cm.setFocus()
        self.height_cm.selectAll()

    @property
    def class_index(self) -> int:
        """The chosen class; -1 for no label."""
        return int(self.sample_class.currentData())

    def accept(self) -> None:
        """Close if both numbers can be read."""
        if self.height_cm.commit() and self.weight_kg.commit():
            super().accept()


def edit_sample(document: Document, sample_id: int, parent: QWidget | None = None) -> None:
    """Ask for the exact numbers and class of a sample, and change them as one undo command."""
    dialog = EditSampleDialog(document.state, sample_id, parent)
    if dialog.exec():
        document.edit_sample(sample_id, dialog.height_cm.value, dialog.weight_kg.value, dialog.class_index)
    dialog.deleteLater()
