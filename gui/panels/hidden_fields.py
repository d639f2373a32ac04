"""The hidden layers of the multi-layer perceptron: how many, units in each, and what every unit does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.specs import MAX_HIDDEN_LAYERS, MAX_HIDDEN_UNITS
from gui.document import Change, Document
from gui.i18n import translate
from gui.widgets.controls import is_language_change
from gui.widgets.count_spin import CountSpin
from gui.widgets.segmented import Segment, SegmentedControl

ACTIVATIONS = ("tanh", "sigmoid", "relu")


class HiddenFields(QWidget):
    """Two lines of small numbers and a line of activations; each change is one undo command."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.layers_label, self.units_label = QLabel(self), QLabel(self)
        self.layers = CountSpin(1, MAX_HIDDEN_LAYERS, self)
        self.layers.setObjectName("hidden_layers")
        self.units = tuple(CountSpin(1, MAX_HIDDEN_UNITS, self) for _ in range(MAX_HIDDEN_LAYERS))
        self.activation = SegmentedControl(ACTIVATIONS, self)
        for label in (self.layers_label, self.units_label):
            label.setProperty("quiet", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(_line(self.layers_label, self.layers))
        layout.addLayout(_line(self.units_label, *self.units))
        layout.addWidget(self.activation)
        self.layers.value_picked.connect(self._on_layers)
        for number, spin in enumerate(self.units):
            spin.setObjectName(f"hidden_units_{number + 1}")
            spin.value_picked.connect(
                lambda value, gesture, number=number: self._on_units(number, value, gesture)
            )
        self.activation.chosen.connect(self._on_activation)
        document.changed.connect(self._on_document_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.layers_label.setText(translate("HiddenFields", "Hidden layers"))
        self.layers.set_hint(
            self.layers_label.text(),
            translate(
                "HiddenFields",
                "Hidden layers between height, weight and the output: 1 to 3. Another shape starts a new run",
            ),
        )
        self.units_label.setText(translate("HiddenFields", "Units"))
        self.units_label.setToolTip(translate("HiddenFields", "Units of each hidden layer, 1 to 16"))
        for number, spin in enumerate(self.units, start=1):
            name = translate("HiddenFields", "Units of hidden layer {number}, 1 to 16", number=number)
            spin.set_hint(name, name)
        formulas = {
            "tanh": translate("HiddenFields", "tanh: every hidden unit answers from -1 to 1"),
            "sigmoid": translate("HiddenFields", "Sigmoid: every hidden unit answers from 0 to 1"),
            "relu": translate("HiddenFields", "ReLU: max(z, 0), every hidden unit answers from 0 upwards"),
        }
        names = {"tanh": "tanh", "sigmoid": translate("HiddenFields", "sigmoid"), "relu": "ReLU"}
        self.activation.set_segments(
            [Segment(key, names[key], formulas[key]) for key in ACTIVATIONS], QSize(0, 0)
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the document's hidden layers."""
        settings = self._document.state.settings
        self.layers.set_number(len(settings.hidden))
        for number, spin in enumerate(self.units):
            spin.setVisible(number < len(settings.hidden))
            if number < len(settings.hidden):
                spin.set_number(settings.hidden[number])
        self.activation.set_key(settings.activation)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced or change.settings & {"hidden", "activation"}:
            self.refresh()

    def _on_layers(self, count: int, gesture: object) -> None:
        """A layer more is as wide as the last one; layers are taken away from the output's side."""
        hidden = self._document.state.settings.hidden
        wanted = (*hidden, *(hidden[-1:] * MAX_HIDDEN_LAYERS))[:count]
        self._document.change_settings(gesture, hidden=wanted)

    def _on_units(self, number: int, units: int, gesture: object) -> None:
        hidden = self._document.state.settings.hidden
        wanted = (*hidden[:number], units, *hidden[number + 1 :])
        self._document.change_settings(gesture, hidden=wanted)

    def _on_activation(self, key: str) -> None:
        self._document.change_settings(activation=key)


def _line(label: QLabel, *spins: CountSpin) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(4)
    line.addWidget(label, 1)
    for spin in spins:
        line.addWidget(spin)
    label.setBuddy(spins[0])
    return line
