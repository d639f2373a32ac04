"""Exact start weights: a number for each weight and bias, for z-scores of height and weight."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.models import layout_of, start_parameters
from gui.dialogs.dialog import Dialog, quiet_label
from gui.document import Document
from gui.i18n import class_name, translate
from gui.widgets.number_field import NumberField, number_text, parse_number


class ExactStartDialog(Dialog):
    """One line of numbers for the logistic model, one for each class for softmax."""

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(translate("ExactStart", "Start weights"), parent)
        self.fields: list[NumberField] = []
        logistic = state.model.kind == "logistic"
        self.body.addWidget(
            quiet_label(
                translate(
                    "ExactStart", "The weights are those of z-scores of height and weight; b is the bias."
                )
            )
        )
        rows = [state.classes[1]] if logistic else list(state.classes)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column, title in enumerate(self._titles()):
            grid.addWidget(QLabel(title), 0, column + 1)
        for number, info in enumerate(rows):
            grid.addWidget(QLabel(class_name(info)), number + 1, 0)
            for column in range(3):
                grid.addWidget(self._add_field(class_name(info), column), number + 1, column + 1)
        grid.setRowStretch(len(rows) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setMinimumHeight(min(content.sizeHint().height(), 360))
        scroll.setMinimumWidth(content.sizeHint().width() + 12)
        self.body.addWidget(scroll, 1)
        if not logistic:
            self.body.addWidget(
                quiet_label(
                    translate(
                        "ExactStart", "One number added to a column for all classes changes no probability."
                    )
                )
            )
        for field, value in zip(self.fields, first_numbers(state), strict=True):
            field.set_value(value)
        self.add_accept(translate("ExactStart", "Use these"))
        self.fields[0].setFocus()
        self.fields[0].selectAll()

    @property
    def parameters(self) -> tuple[float, ...]:
        """The numbers in the order of the model's layout."""
        return tuple(field.value for field in self.fields)

    def accept(self) -> None:
        """Close if every number can be read."""
        if all([field.commit() for field in self.fields]):
            super().accept()

    def _titles(self) -> tuple[str, str, str]:
        return (
            translate("ExactStart", "w height"),
            translate("ExactStart", "w weight"),
            translate("ExactStart", "b"),
        )

    def _add_field(self, name: str, column: int) -> NumberField:
        field = NumberField(parse_number, number_text)
        field.setAccessibleName(f"{self._titles()[column]}, {name}")
        field.trouble_changed.connect(self._on_trouble)
        self.fields.append(field)
        return field

    def _on_trouble(self, sentence: str) -> None:
        del sentence
        self.set_trouble(next((field.trouble for field in self.fields if field.trouble), ""))


def first_numbers(state: DocumentState) -> tuple[float, ...]:
    """The numbers that the present start stands for; zeros where it does not fit the model."""
    try:
        return tuple(start_parameters(state.training_spec())[0].tolist())
    except FallLineError:
        return (0.0,) * layout_of(state.model).parameter_count


def exact_start(document: Document, parent: QWidget | None = None) -> None:
    """Ask for the start weights and set them as one undo command; training starts there after a reset."""
    dialog = ExactStartDialog(document.state, parent)
    if dialog.exec():
        start = document.state.settings.start
        document.change_settings(start=replace(start, kind="exact", parameters=dialog.parameters))
    dialog.deleteLater()
