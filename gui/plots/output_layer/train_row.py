"""Buttons that train the model of one output layer, as one undo command."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.document.state import DocumentState
from engine.normalizers import NORMALIZERS
from engine.specs import RIVAL_KINDS, ModelKind
from gui.document import Document
from gui.i18n import translate
from gui.model_choice import choose_model
from gui.plots.output_layer.words import layer_name
from gui.widgets.controls import PanelButton, is_language_change


def train_layer(document: Document, kind: ModelKind) -> None:
    """Train the model of one output layer: one undo command, which ends a comparison with another."""
    is_compared = document.state.settings.loss_mode == "outputs"
    choose_model(document, kind, **({"loss_mode": "compare"} if is_compared else {}))


def trained_kinds(state: DocumentState) -> frozenset[ModelKind]:
    """The kinds of model that the document trains."""
    return frozenset(state.kinds or (state.model.kind,))


class TrainRow(QWidget):
    """One button an output layer; those that are being trained are pressed in."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trained: frozenset[ModelKind] = frozenset()
        self.label = QLabel(self)
        self.label.setProperty("quiet", True)
        self.buttons: dict[ModelKind, PanelButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        for kind in NORMALIZERS:
            button = PanelButton(self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.clicked.connect(lambda checked=False, kind=kind: self._on_clicked(kind))
            layout.addWidget(button, 1)
            self.buttons[kind] = button

    def set_trained(self, kinds: frozenset[ModelKind]) -> None:
        """Show which are being trained."""
        self._trained = kinds
        for kind, button in self.buttons.items():
            button.setChecked(kind in kinds)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.label.setText(translate("OutputLayer", "Train this one:"))
        for kind, button in self.buttons.items():
            button.setText(layer_name(kind))
            hint = translate(
                "OutputLayer",
                "Train the model with this output layer, from its present weights; Reset starts anew",
            )
            if kind in RIVAL_KINDS:
                hint = translate(
                    "OutputLayer", "{hint}. It starts by chance: at zeros it is undefined", hint=hint
                )
            button.setToolTip(hint)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self, kind: ModelKind) -> None:
        self.set_trained(self._trained)  # what holds is the document's to say
        self.chosen.emit(kind)
