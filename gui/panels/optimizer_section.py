"""How a step is made: optimiser, learning rate, momentum, batch size. A change never resets the weights.

The step model has two optimisers, one of which cannot move it; that is said below them.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from engine.document.state import DocumentState
from engine.specs import OptimizerKind
from gui.document import Change, Document
from gui.i18n import message_text, translate
from gui.interaction import Interaction
from gui.model_choice import optimizers_of
from gui.panels.batch_hint import BatchHint
from gui.run_words import FLAT_GRADIENT
from gui.widgets.controls import PanelCombo, SectionHeading, is_language_change
from gui.widgets.number_field import FieldError, number_text, parse_count, parse_number, parse_positive
from gui.widgets.slider import CountScale, LinearScale, LogScale
from gui.widgets.slider_field import SliderField

RATE_SCALE = LogScale(1e-4, 100.0)
MOMENTUM_SCALE = LinearScale(0.0, 0.99, 99)


class OptimizerSection(QWidget):
    """Optimiser, learning rate and batch size; each slider drag is one undo command."""

    def __init__(self, document: Document, interaction: Interaction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._interaction = interaction
        self._sample_count = 1
        self.heading = SectionHeading(self)
        self.optimizer = PanelCombo(self)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", True)
        self.fan = QCheckBox(self)
        self.fan.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rate = SliderField(RATE_SCALE, parse_positive, number_text, self)
        self.momentum = SliderField(MOMENTUM_SCALE, parse_momentum, number_text, self)
        self.batch = SliderField(CountScale(1), self._parse_batch, self._batch_text, self)
        self.batch_hint = BatchHint(document, self)
        self.rate.setObjectName("learning_rate")
        self.momentum.setObjectName("momentum")
        self.batch.setObjectName("batch_size")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (
            self.heading,
            self.optimizer,
            self.note,
            self.rate,
            self.momentum,
            self.batch,
            self.batch_hint,
            self.fan,
        ):
            layout.addWidget(widget)
        self.optimizer.activated.connect(self._on_optimizer)
        self.rate.value_picked.connect(self._on_rate)
        self.momentum.value_picked.connect(self._on_momentum)
        self.batch.value_picked.connect(self._on_batch)
        self.fan.clicked.connect(interaction.set_fan_shown)
        interaction.fan_shown_changed.connect(self.fan.setChecked)
        document.changed.connect(self._on_document_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("OptimizerSection", "Optimiser"))
        self.optimizer.setAccessibleName(translate("OptimizerSection", "Optimiser"))
        self.rate.set_texts(
            translate("OptimizerSection", "Learning rate"),
            translate("OptimizerSection", "Learning rate: how far one step goes down the gradient"),
        )
        self.momentum.set_texts(
            translate("OptimizerSection", "Momentum"),
            translate(
                "OptimizerSection",
                "Momentum: the share of the last step that the next one keeps, 0 to below 1",
            ),
        )
        self.batch.set_texts(
            translate("OptimizerSection", "Batch size"),
            translate(
                "OptimizerSection",
                "Batch size: samples that one step looks at. All of them: the exact gradient; fewer: "
                "stochastic gradient descent (SGD)",
            ),
        )
        self.fan.setText(translate("OptimizerSection", "lines from 30 starts"))
        self.fan.setToolTip(
            translate(
                "OptimizerSection",
                "The lines that the perceptron rule ends on from 30 starts: all are equally good to it",
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the document's optimiser, rate and batch size."""
        state = self._document.state
        model, optimizer = state.model.kind, state.settings.optimizer
        kind = optimizer_of(state)
        names = _optimizer_names()
        self.optimizer.set_choices([(one, names[one]) for one in optimizers_of(model)])
        self.optimizer.set_key(kind)
        self.optimizer.setToolTip(self._optimizer_tooltip(kind))
        self.rate.set_number(optimizer.learning_rate)
        self.momentum.set_number(optimizer.momentum)
        self.momentum.setVisible(kind == "momentum")
        self.note.setText(_note_text(kind) if model == "step" else "")
        self.note.setVisible(model == "step")
        self.fan.setVisible(model == "step")
        self.fan.setChecked(self._interaction.fan_shown)
        self.batch.setVisible(kind != "perceptron")
        self._show_batch()

    def _show_batch(self) -> None:
        state = self._document.state
        count = max(state.samples.moments[0], 1)
        if count != self._sample_count:
            self._sample_count = count
            self.batch.slider.set_scale(CountScale(count))
        batch_size = state.settings.batch_size
        self.batch.set_number(count if batch_size is None else min(batch_size, count))
        self.batch.field.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _optimizer_tooltip(self, kind: OptimizerKind) -> str:
        return {
            "gd": translate(
                "OptimizerSection",
                "Gradient descent: each step is the learning rate times the gradient, downhill",
            ),
            "momentum": translate(
                "OptimizerSection", "Momentum: a step keeps a share of the one before, like a ball that rolls"
            ),
            "adam": translate(
                "OptimizerSection",
                "Adam: momentum, with a step length for each weight from its past gradients",
            ),
            "perceptron": translate(
                "OptimizerSection",
                "Perceptron rule (Rosenblatt): w moves by rate × (y - p) × x, one sample a step",
            ),
        }[kind]

    def _batch_text(self, value: float) -> str:
        if not self._document.state.samples.moments[0]:
            return translate("OptimizerSection", "all")
        if value >= self._sample_count:
            return translate("OptimizerSection", "all {count}", count=f"{self._sample_count:,}")
        return f"{round(value):,}"

    def _parse_batch(self, text: str) -> float:
        everything = translate("OptimizerSection", "all")
        if text.strip().casefold() in (
            everything.casefold(),
            self._batch_text(self._sample_count).casefold(),
        ):
            return float(self._sample_count)
        try:
            count = parse_count(text, self._sample_count)
        except FieldError:
            count = 0
        if count == 0:
            raise FieldError(
                translate(
                    "OptimizerSection",
                    "Type a whole number from 1 to {count}, or {all}.",
                    count=f"{self._sample_count:,}",
                    all=everything,
                )
            )
        return float(count)

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced or change.classes or change.settings & {"model", "optimizer", "batch_size"}:
            self.refresh()
        elif change.samples:
            self._show_batch()

    def _on_optimizer(self, row: int) -> None:
        optimizer = self._document.state.settings.optimizer
        self._document.change_settings(optimizer=replace(optimizer, kind=self.optimizer.itemData(row)))

    def _on_rate(self, value: float, gesture: object) -> None:
        optimizer = self._document.state.settings.optimizer
        self._document.change_settings(gesture, optimizer=replace(optimizer, learning_rate=value))

    def _on_momentum(self, value: float, gesture: object) -> None:
        optimizer = self._document.state.settings.optimizer
        self._document.change_settings(gesture, optimizer=replace(optimizer, momentum=value))

    def _on_batch(self, value: float, gesture: object) -> None:
        batch_size = None if value >= self._sample_count else round(value)
        self._document.change_settings(gesture, batch_size=batch_size)


def optimizer_of(state: DocumentState) -> OptimizerKind:
    """The optimiser that a step is really made with: the perceptron rule is the step model's alone."""
    kind = state.settings.optimizer.kind
    return kind if kind in optimizers_of(state.model.kind) else "gd"


def _optimizer_names() -> dict[OptimizerKind, str]:
    return {
        "gd": translate("OptimizerSection", "Gradient descent"),
        "momentum": translate("OptimizerSection", "Momentum"),
        "adam": translate("OptimizerSection", "Adam"),
        "perceptron": translate("OptimizerSection", "Perceptron rule"),
    }


def _note_text(kind: OptimizerKind) -> str:
    """What becomes of the step model under an optimiser."""
    if kind == "perceptron":
        return translate(
            "OptimizerSection",
            "One step is one sample, in seeded order. Only a wrong answer moves the line.",
        )
    return message_text(FLAT_GRADIENT)


def parse_momentum(text: str) -> float:
    """Read a momentum: 0 or more and below 1; raises `FieldError` for anything else."""
    value = parse_number(text)
    if not 0.0 <= value < 1.0:
        raise FieldError(translate("OptimizerSection", "The momentum is at least 0 and below 1."))
    return value
