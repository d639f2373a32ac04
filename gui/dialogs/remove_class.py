"""What becomes of the samples when a class goes: they join another class, or go too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QRadioButton, QWidget

from engine.document.state import DocumentState
from gui.dialogs.dialog import Dialog
from gui.document import Document
from gui.i18n import class_name, translate


class _FateChoice(QWidget):
    """Two radio buttons: the samples join a class from a list, or are removed."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reassign = QRadioButton()
        self.target = QComboBox()
        self.discard = QRadioButton()
        self.set_count(count)
        self.reassign.setChecked(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reassign)
        line.addWidget(self.target, 1)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow(line)
        layout.addRow(self.discard)
        self.reassign.toggled.connect(self.target.setEnabled)

    def set_count(self, count: int) -> None:
        """Say how many samples it is about."""
        number = f"{count:,}"
        if count == 1:
            self.reassign.setText(translate("RemoveClass", "Give the sample to"))
            self.discard.setText(translate("RemoveClass", "Remove the sample too"))
        else:
            self.reassign.setText(translate("RemoveClass", "Give the {count} samples to", count=number))
            self.discard.setText(translate("RemoveClass", "Remove the {count} samples too", count=number))

    def set_targets(self, state: DocumentState, indices: list[int]) -> None:
        """Offer these classes, the one offered before if it is still among them."""
        before = self.target.currentData()
        self.target.clear()
        for index in indices:
            self.target.addItem(class_name(state.classes[index]), index)
        self.target.setCurrentIndex(max(self.target.findData(before), 0))

    @property
    def class_index(self) -> int | None:
        """The class that takes the samples; None if they are removed."""
        return int(self.target.currentData()) if self.reassign.isChecked() else None


class RemoveClassDialog(Dialog):
    """Asks what becomes of the samples of one class."""

    def __init__(self, state: DocumentState, index: int, parent: QWidget | None = None) -> None:
        name = class_name(state.classes[index])
        super().__init__(translate("RemoveClass", "Remove the class {name}", name=name), parent)
        self.fate = _FateChoice(state.samples.class_counts.get(index, 0))
        self.fate.set_targets(state, [other for other in range(len(state.classes)) if other != index])
        self.body.addWidget(
            _paragraph(
                translate("RemoveClass", "What becomes of the samples of the class {name}?", name=name)
            )
        )
        self.body.addWidget(self.fate)
        self.add_accept(translate("RemoveClass", "Remove the class"))


class MakeBinaryDialog(Dialog):
    """Asks which two classes stay, which of them is the positive one, and where the others' samples go."""

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(translate("RemoveClass", "Make the problem binary"), parent)
        self._state = state
        self.reference = QComboBox()
        self.positive = QComboBox()
        for index, info in enumerate(state.classes):
            self.reference.addItem(class_name(info), index)
            self.positive.addItem(class_name(info), index)
        self.positive.setCurrentIndex(len(state.classes) - 1)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(translate("RemoveClass", "Class 0 (reference)"), self.reference)
        form.addRow(translate("RemoveClass", "Class 1 (positive)"), self.positive)
        self.body.addWidget(
            _paragraph(translate("RemoveClass", "A binary problem has two classes. Which stay?"))
        )
        self.body.addLayout(form)
        self.body.addWidget(
            _paragraph(translate("RemoveClass", "What becomes of the samples of the others?"))
        )
        self._accept_button = self.add_accept(translate("RemoveClass", "Make it binary"))
        self.fate = _FateChoice(0)
        self.body.addWidget(self.fate)
        self.reference.currentIndexChanged.connect(self._update)
        self.positive.currentIndexChanged.connect(self._update)
        self._update()

    @property
    def kept(self) -> tuple[int, int]:
        """The two classes: reference, positive."""
        return int(self.reference.currentData()), int(self.positive.currentData())

    def _update(self) -> None:
        kept = self.kept
        different = kept[0] != kept[1]
        self.set_trouble("" if different else translate("RemoveClass", "Choose two different classes."))
        self._accept_button.setEnabled(different)
        counts = self._state.samples.class_counts
        others = sum(count for index, count in counts.items() if index >= 0 and index not in kept)
        self.fate.set_count(others)
        if different:
            self.fate.set_targets(self._state, list(kept))


def remove_class(document: Document, index: int, parent: QWidget | None = None) -> None:
    """Remove a class; one that has samples is asked about first."""
    if not document.state.samples.class_counts.get(index, 0):
        document.remove_class(index, None)
        return
    dialog = RemoveClassDialog(document.state, index, parent)
    if dialog.exec():
        document.remove_class(index, dialog.fate.class_index)
    dialog.deleteLater()


def make_binary(document: Document, parent: QWidget | None = None) -> None:
    """Ask which two classes stay, and keep them as one undo command."""
    dialog = MakeBinaryDialog(document.state, parent)
    if dialog.exec():
        document.keep_two_classes(*dialog.kept, dialog.fate.class_index)
    dialog.deleteLater()


def _paragraph(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
