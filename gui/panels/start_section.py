"""Where training starts: zeros, chance with a seed, or exact numbers. It counts from the next reset."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.document.state import DocumentState
from engine.models import layout_of, start_fits
from engine.running.compiled import starts_by_chance
from engine.specs import RIVAL_KINDS, StartKind
from gui.document import Change, Document
from gui.i18n import message_text, translate
from gui.icons import icon
from gui.panels.model_words import model_names
from gui.run_words import FEW_CLASSES
from gui.theme import Appearance
from gui.widgets.controls import (
    PanelButton,
    PanelCombo,
    PanelToolButton,
    SectionHeading,
    TroubleLabel,
    is_language_change,
)
from gui.widgets.number_field import NumberField, number_text, parse_count, parse_positive
from gui.widgets.slider import LogScale
from gui.widgets.slider_field import SliderField

SPREAD_SCALE = LogScale(0.01, 100.0)
LARGEST_SEED = 2**32 - 1
STARTS: tuple[StartKind, ...] = ("zeros", "normal", "exact")


class StartSection(QWidget):
    """Start weights and seed."""

    exact_start_requested = Signal()
    new_seed_requested = Signal()

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.heading = SectionHeading(self)
        self.start = PanelCombo(self)
        self.spread = SliderField(SPREAD_SCALE, parse_positive, number_text, self)
        self.spread.setObjectName("start_spread")
        self.numbers = QLabel(self)
        self.numbers.setWordWrap(True)
        self.edit_button = PanelButton(self)
        self.trouble = TroubleLabel(self)
        self.seed_label = QLabel(self)
        self.seed_label.setProperty("quiet", True)
        self.seed = NumberField(lambda text: parse_count(text, LARGEST_SEED), seed_text, self, inline=True)
        self.seed.setObjectName("seed")
        self.seed_label.setBuddy(self.seed)
        self.new_seed = PanelToolButton(self)
        self.new_seed.setObjectName("new_seed")
        self._seed_trouble = TroubleLabel(self)
        self._build_layout()
        self.start.activated.connect(self._on_start)
        self.spread.value_picked.connect(self._on_spread)
        self.seed.committed.connect(self._on_seed)
        self.seed.trouble_changed.connect(self._seed_trouble.set_trouble)
        self.edit_button.clicked.connect(self.exact_start_requested)
        self.new_seed.clicked.connect(self.new_seed_requested)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("StartSection", "Start"))
        self.start.setAccessibleName(translate("StartSection", "Start weights"))
        names = {
            "zeros": translate("StartSection", "All weights 0"),
            "normal": translate("StartSection", "By chance, from the seed"),
            "exact": translate("StartSection", "Exact numbers"),
        }
        self.start.set_choices([(kind, names[kind]) for kind in STARTS])
        self.start.setToolTip(
            translate(
                "StartSection",
                "Start weights, for z-scores of height and weight. They count from the next reset: a change "
                "here leaves the model that is being trained alone",
            )
        )
        self.spread.set_texts(
            translate("StartSection", "Spread"),
            translate(
                "StartSection",
                "Spread: the standard deviation of the normal distribution of the start weights",
            ),
        )
        self.edit_button.setText(translate("StartSection", "Edit…"))
        self.edit_button.setToolTip(translate("StartSection", "Type the start weights"))
        self.seed_label.setText(translate("StartSection", "Seed"))
        self.seed.set_hint(
            translate(
                "StartSection",
                "Seed: the same number gives the same start weights and the same order of batches",
            )
        )
        self.seed.setAccessibleName(translate("StartSection", "Seed"))
        self.new_seed.setToolTip(
            translate("StartSection", "New seed: another start and another order of batches")
        )
        self.new_seed.setAccessibleName(translate("StartSection", "New seed"))
        self.refresh()

    def refresh(self) -> None:
        """Show the document's start and seed."""
        state = self._document.state
        start = state.settings.start
        exact = start.kind == "exact"
        self.start.set_key(start.kind)
        self.spread.set_number(start.spread)
        self.spread.setVisible(start.kind == "normal")
        self.numbers.setVisible(exact)
        self.edit_button.setVisible(exact)
        self.edit_button.setEnabled(len(state.classes) >= 2)
        self.numbers.setText(exact_text(state) if exact else "")
        self.trouble.set_trouble(start_trouble(state))
        self.seed.set_value(state.settings.seed)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _build_layout(self) -> None:
        exact_line = QHBoxLayout()
        exact_line.setSpacing(8)
        exact_line.addWidget(self.numbers, 1)
        exact_line.addWidget(self.edit_button)
        seed_line = QHBoxLayout()
        seed_line.setSpacing(4)
        seed_line.addWidget(self.seed_label)
        seed_line.addWidget(self.seed, 1)
        seed_line.addWidget(self.new_seed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.start)
        layout.addWidget(self.spread)
        layout.addLayout(exact_line)
        layout.addWidget(self.trouble)
        layout.addLayout(seed_line)
        layout.addWidget(self._seed_trouble)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.new_seed.setIcon(icon("dice", theme.text))
        self.new_seed.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings & {"start", "seed", "model", "hidden"}:
            self.refresh()

    def _on_start(self, row: int) -> None:
        kind: StartKind = self.start.itemData(row)
        state = self._document.state
        start = state.settings.start
        if kind == "exact" and len(state.classes) < 2:
            self.refresh()  # without a model there is nothing that numbers could stand for
            self.trouble.set_trouble(message_text(FEW_CLASSES))
            return
        if not start_fits(replace(start, kind=kind), state.model):
            self.refresh()  # exact numbers hold only once they are typed
            self.exact_start_requested.emit()
        else:
            self._document.change_settings(start=replace(start, kind=kind))

    def _on_spread(self, value: float, gesture: object) -> None:
        start = self._document.state.settings.start
        self._document.change_settings(gesture, start=replace(start, spread=value))

    def _on_seed(self, value: float) -> None:
        self._document.change_settings(seed=int(value))


def seed_text(value: float) -> str:
    """A seed as plain digits."""
    return str(int(value))


def exact_text(state: DocumentState) -> str:
    """The exact start weights in short: all three of a model with one line, or how many there are."""
    parameters = state.settings.start.parameters
    if state.model.is_binary and not state.model.hidden and len(parameters) == 3:
        height, weight, bias = (f"{value:.2f}" for value in parameters)
        return translate(
            "StartSection", "w ({height}, {weight})  b {bias}", height=height, weight=weight, bias=bias
        )
    return translate("StartSection", "{count} numbers", count=len(parameters))


def start_trouble(state: DocumentState) -> str:
    """Why the start does not fit the model, as a sentence; empty where it does."""
    start = state.settings.start
    is_zero = start.kind == "zeros" or (start.kind == "exact" and not any(start.parameters))
    if is_zero and state.model.kind in RIVAL_KINDS:
        return translate(
            "StartSection",
            "From zeros the {model} is undefined: every logit is 0. Choose a start by chance.",
            model=model_names()[state.model.kind],
        )
    if start.kind == "zeros" and state.model.hidden:
        return translate(
            "StartSection",
            "From zeros the units of a layer stay alike: this start is a saddle point.",
        )
    if start.kind != "exact" or len(state.classes) < 2:
        return ""
    given, needed = len(start.parameters), layout_of(state.model).parameter_count
    if given == needed:
        return ""
    if starts_by_chance(state.model):
        return translate(
            "StartSection",
            "The start has {given} numbers; this model has {needed} weights: it starts by chance.",
            given=given,
            needed=needed,
        )
    return translate(
        "StartSection",
        "The start has {given} numbers; this model has {needed} weights: it starts from zeros.",
        given=given,
        needed=needed,
    )
