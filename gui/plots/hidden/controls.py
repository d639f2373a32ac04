"""The hidden-layer instrument's switches: slice or measure, along what, over which box, of which layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from engine.hidden.nonconvexity import LEAST_SEEDS, SliceKind
from engine.specs import MAX_HIDDEN_LAYERS
from gui.i18n import translate
from gui.icons import icon
from gui.theme import Theme
from gui.widgets.controls import PanelButton, PanelCombo, PanelToolButton, TroubleLabel
from gui.widgets.count_spin import CountSpin
from gui.widgets.number_field import NumberField, number_text, parse_positive
from gui.widgets.segmented import Segment, SegmentedControl

View = Literal["slice", "measure"]

VIEWS: tuple[View, ...] = ("slice", "measure")
LAYERS = tuple(str(number) for number in range(MAX_HIDDEN_LAYERS + 1))
MOST_SEEDS = 20
_FIELD_PX = 44
_PROGRESS_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose.

    Attributes
    ----------
    view : "slice" or "measure"
    layer : int
        0 is the first hidden layer.
    kind : "directions" or "weights"
    seed : int
        Draws a slice.
    pair : tuple of two int, or None
        Chosen weights, as places in the row; None are those that the seed draws.
    half_width : float
    seeds : int
        How many slices are measured.
    """

    view: View = "slice"
    layer: int = 0
    kind: SliceKind = "directions"
    seed: int = 0
    pair: tuple[int, int] | None = None
    half_width: float = 3.0
    seeds: int = LEAST_SEEDS


class HiddenControls(QWidget):
    """Two rows of switches. They hold the choices and say when one changes."""

    changed = Signal()
    measure_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._pair = (0, 1)
        self._is_running = self._is_measured = False
        self.view = SegmentedControl(VIEWS, self)
        self.layer = SegmentedControl(LAYERS, self)
        self.kind = PanelCombo(self)
        self.dice = PanelToolButton(self)
        self.half_width = NumberField(parse_positive, number_text, self)
        self.half_label, self.seeds_label, self.layer_label = (QLabel(self) for _ in range(3))
        self.seeds = CountSpin(LEAST_SEEDS, MOST_SEEDS, self)
        self.first, self.second = PanelCombo(self), PanelCombo(self)
        self.run = PanelButton(self)
        self.progress = QProgressBar(self)
        self.trouble = TroubleLabel(self)
        self._lay_out()
        self.run.clicked.connect(self._on_run)
        self.view.chosen.connect(lambda key: self.choose(view=key))
        self.layer.chosen.connect(lambda key: self.choose(layer=int(key)))
        self.kind.activated.connect(lambda row: self.choose(kind=self.kind.itemData(row)))
        self.dice.clicked.connect(lambda: self.choose(seed=self._choices.seed + 1))
        self.half_width.committed.connect(lambda value: self.choose(half_width=value))
        self.half_width.trouble_changed.connect(self.trouble.set_trouble)
        self.seeds.value_picked.connect(lambda value, gesture: self.choose(seeds=value))
        for combo in (self.first, self.second):
            combo.activated.connect(self._on_pair)

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        return self._choices

    def choose(self, **changes: object) -> None:
        """Change choices; another layer, kind or seed draws its own weights again."""
        if changes.keys() & {"layer", "kind", "seed"} and "pair" not in changes:
            changes["pair"] = None
        new = replace(self._choices, **changes)  # type: ignore[arg-type]
        if new != self._choices:
            self._choices = new
            self._show()
            self.changed.emit()
        else:
            self._show()

    def set_layers(self, names: Sequence[str]) -> None:
        """Offer these layers, by their names from the input to the output."""
        for number, key in enumerate(LAYERS):
            self.layer.button(key).setVisible(number < len(names))
        self.layer.set_segments(
            [
                Segment(
                    key,
                    str(number + 1) if number < len(names) - 1 else name,
                    translate("Hidden", "The layer whose weights change: {name}", name=name),
                )
                for number, (key, name) in enumerate(zip(LAYERS, names, strict=False))
            ]
        )
        if self._choices.layer >= len(names):
            self._choices = replace(self._choices, layer=len(names) - 1, pair=None)
        self._show()

    def set_weights(self, names: Sequence[tuple[int, str]], pair: tuple[int, int]) -> None:
        """Offer a layer's weights by place and name, and show the two that are drawn."""
        self._pair = pair
        choices = [(str(place), name) for place, name in names]
        for combo, place in zip((self.first, self.second), pair, strict=True):
            combo.set_choices(choices)
            combo.set_key(str(place))

    def set_running(self, is_running: bool, *, is_measured: bool) -> None:
        """Say whether measuring goes on, and whether anything is measured."""
        if is_running and not self._is_running:
            self.set_progress(0.0)
        self._is_running, self._is_measured = is_running, is_measured
        self._show()

    def set_progress(self, share: float) -> None:
        """How far measuring is, 0 to 1."""
        self.progress.setValue(round(share * _PROGRESS_STEPS))

    def apply_theme(self, theme: Theme) -> None:
        """Follow theme and scale."""
        self.dice.setIcon(icon("dice", theme.text))
        self.dice.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.half_width.setFixedWidth(theme.px(_FIELD_PX))

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.view.set_segments(
            [
                Segment(
                    "slice",
                    translate("Hidden", "Slice"),
                    translate("Hidden", "The loss over two weights or two directions of one layer"),
                ),
                Segment(
                    "measure",
                    translate("Hidden", "Measure"),
                    translate("Hidden", "How often the loss curves downwards, by layer and loss"),
                ),
            ]
        )
        self.kind.set_choices(
            [
                ("directions", translate("Hidden", "two random directions")),
                ("weights", translate("Hidden", "two weights")),
            ]
        )
        self.kind.setToolTip(translate("Hidden", "What the slices run along; the other weights stay"))
        self.kind.setAccessibleName(self.kind.toolTip())
        self.dice.setToolTip(translate("Hidden", "Another slice of this layer"))
        self.dice.setAccessibleName(self.dice.toolTip())
        self.layer_label.setText(translate("Hidden", "layer"))
        self.progress.setAccessibleName(translate("Hidden", "Share of the slices that are measured"))
        self.half_label.setText(translate("Hidden", "box ±"))
        hint = translate("Hidden", "How far the box reaches from the weights, along both directions")
        self.half_width.set_hint(hint)
        self.half_width.setAccessibleName(hint)
        self.seeds_label.setText(translate("Hidden", "seeds"))
        self.seeds.set_hint(
            self.seeds_label.text(),
            translate("Hidden", "How many slices of each layer are measured, 5 to 20"),
        )
        for combo, name in (
            (self.first, translate("Hidden", "The weight to the right")),
            (self.second, translate("Hidden", "The weight upwards")),
        ):
            combo.setToolTip(name)
            combo.setAccessibleName(name)
        self._show()

    def _lay_out(self) -> None:
        for label in (self.half_label, self.seeds_label, self.layer_label):
            label.setProperty("quiet", True)
        self.half_label.setBuddy(self.half_width)
        self.seeds_label.setBuddy(self.seeds)
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(6)
        first.addWidget(self.view)
        first.addWidget(self.kind, 1)
        first.addWidget(self.half_label)
        first.addWidget(self.half_width)
        narrow: list[QWidget] = [self.layer_label, self.layer, self.seeds_label, self.seeds, self.run]
        wide: list[QWidget] = [self.first, self.second, self.progress]
        for widget in narrow + wide:
            second.addWidget(widget, int(widget in wide))
        second.addStretch(0)
        second.addWidget(self.dice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for row in (first, second):
            layout.addLayout(row)
        layout.addWidget(self.trouble)

    def _show(self) -> None:
        choices = self._choices
        is_slice = choices.view == "slice"
        self.view.set_key(choices.view)
        self.layer.set_key(str(choices.layer))
        of_slices: list[QWidget] = [self.layer_label, self.layer, self.dice]
        of_measuring: list[QWidget] = [self.seeds_label, self.seeds, self.run]
        for widget in of_slices + of_measuring:
            widget.setVisible(is_slice == (widget in of_slices))
        self.kind.set_key(choices.kind)
        self.half_width.set_value(choices.half_width)
        self.seeds.set_number(choices.seeds)
        self.progress.setVisible(not is_slice and self._is_running)
        if self._is_running:
            text = translate("Hidden", "Stop")
        elif self._is_measured:
            text = translate("Hidden", "Measure again here")
        else:
            text = translate("Hidden", "Measure here")
        self.run.setText(text)
        for combo in (self.first, self.second):
            combo.setVisible(is_slice and choices.kind == "weights")

    def _on_run(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        else:
            self.measure_requested.emit()

    def _on_pair(self, row: int) -> None:
        """Two different weights: where both are the same now, the other one takes the old one's place."""
        del row
        first, second = int(self.first.key), int(self.second.key)
        if first == second:
            if self.sender() is self.first:
                second = self._pair[0]
            else:
                first = self._pair[1]
        self.choose(pair=(first, second))
