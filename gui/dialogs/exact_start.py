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
    """One line of numbers for each node: of a single output, of every class, of each hidden layer."""

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(translate("ExactStart", "Start weights"), parent)
        self.fields: list[NumberField] = []
        self.body.addWidget(
            quiet_label(
                translate(
                    "ExactStart", "The weights are those of z-scores of height and weight; b is the bias."
                )
            )
        )
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        row = 0
        for index, layer in enumerate(layout_of(state.model).layers):
            titles = _titles(layer.inputs, is_first=index == 0)
            for column, title in enumerate(titles):
                grid.addWidget(QLabel(title), row, column + 1)
            for node in range(layer.outputs):
                row, name = row + 1, _node_name(state, index, node)
                grid.addWidget(QLabel(name), row, 0)
                for column, title in enumerate(titles):
                    grid.addWidget(self._add_field(title, name), row, column + 1)
            row += 1
        grid.setRowStretch(row, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setMinimumHeight(min(content.sizeHint().height(), 360))
        scroll.setMinimumWidth(min(content.sizeHint().width() + 12, 720))
        self.body.addWidget(scroll, 1)
        if not state.model.is_binary:
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

    def _add_field(self, title: str, name: str) -> NumberField:
        field = NumberField(parse_number, number_text)
        field.setAccessibleName(f"{title}, {name}")
        field.trouble_changed.connect(self._on_trouble)
        self.fields.append(field)
        return field

    def _on_trouble(self, sentence: str) -> None:
        del sentence
        self.set_trouble(next((field.trouble for field in self.fields if field.trouble), ""))


def _titles(inputs: int, *, is_first: bool) -> list[str]:
    """What the numbers of a node are for: height and weight, or the units of the layer before; the bias."""
    names = [translate("ExactStart", "w height"), translate("ExactStart", "w weight")]
    if not is_first:
        names = [translate("ExactStart", "w unit {unit}", unit=unit + 1) for unit in range(inputs)]
    return [*names, translate("ExactStart", "b")]


def _node_name(state: DocumentState, layer: int, node: int) -> str:
    """A node of a layer: a hidden unit, or the class whose logit it is."""
    if layer < len(state.model.hidden):
        return translate("ExactStart", "Hidden layer {layer}, unit {unit}", layer=layer + 1, unit=node + 1)
    return class_name(state.classes[1 if state.model.is_binary else node])


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
