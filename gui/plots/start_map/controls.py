"""The start map's switches: of which data, over which weights, at which rate and for how many steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.icons import icon
from gui.theme import Theme
from gui.widgets.controls import PanelCombo, PanelToolButton, TroubleLabel
from gui.widgets.number_field import (
    FieldError,
    NumberField,
    number_text,
    parse_count,
    parse_number,
    parse_positive,
)

DataChoice = Literal["samples", "one_sample", "trap"]

MOST_STEPS = 100_000
PLANES = ((0, 1), (0, 2), (1, 2))
"""Places of the parameters to the right and upwards; the third one is fixed."""
_FIELDS_PX = (48, 66, 48)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose; None in a dictionary's place means what the data have by themselves.

    Attributes
    ----------
    data : "samples", "one_sample" or "trap"
    plane : int
        Number in `PLANES`.
    rates : dict from data to learning rate
    max_steps : int
    fixed : dict from plane to where the third parameter stands
    """

    data: DataChoice = "samples"
    plane: int = 0
    rates: dict[str, float] = field(default_factory=dict)
    max_steps: int = 1000
    fixed: dict[int, float] = field(default_factory=dict)


class StartMapControls(QWidget):
    """Two rows of switches. They hold the choices and say when one changes."""

    changed = Signal()
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._names: list[str] = ["", "", ""]
        self.data, self.plane = PanelCombo(self), PanelCombo(self)
        self.fit = PanelToolButton(self)
        self.rate = NumberField(parse_positive, number_text, self)
        self.steps = NumberField(_parse_steps, lambda value: f"{round(value):,}", self)
        self.fixed = NumberField(parse_number, number_text, self)
        self.rate_label, self.steps_label, self.fixed_label = (QLabel(self) for _ in range(3))
        self.trouble = TroubleLabel(self)
        self._lay_out()
        self.data.activated.connect(lambda row: self._take(data=self.data.itemData(row)))
        self.plane.activated.connect(lambda row: self._take(plane=row))
        self.fit.clicked.connect(self.fit_requested)
        self.rate.committed.connect(self._on_rate)
        self.steps.committed.connect(lambda value: self._take(max_steps=round(value)))
        self.fixed.committed.connect(self._on_fixed)
        for one in (self.rate, self.steps, self.fixed):
            one.trouble_changed.connect(self.trouble.set_trouble)

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        return self._choices

    def choose(self, **changes: object) -> None:
        """Change choices as a person would."""
        self._take(**changes)

    def set_numbers(self, rate: float, fixed: float) -> None:
        """Show the learning rate and the third parameter that now hold."""
        self.rate.set_value(rate)
        self.fixed.set_value(fixed)

    def set_names(self, names: Sequence[str]) -> None:
        """Name the three parameters (an example has two)."""
        self._names = list(names)
        self._show()

    def apply_theme(self, theme: Theme) -> None:
        """Follow the theme and its scale."""
        self.fit.setIcon(icon("fit", theme.text, theme.px(16)))
        for one, width in zip((self.rate, self.steps, self.fixed), _FIELDS_PX, strict=True):
            one.setFixedWidth(theme.px(width))

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.data.set_choices(
            [
                ("samples", translate("StartMap", "your samples")),
                ("one_sample", translate("StartMap", "one sample (1, 1), y = 1")),
                ("trap", translate("StartMap", "a trap with two local minima")),
            ]
        )
        self.data.setToolTip(translate("StartMap", "What the runs are trained on"))
        self.plane.setToolTip(translate("StartMap", "The two weights whose starts are mapped"))
        self.fit.setToolTip(translate("StartMap", "Show the automatic square of starts again"))
        self.fit.setAccessibleName(self.fit.toolTip())
        self.rate_label.setText(translate("StartMap", "rate"))
        self.steps_label.setText(translate("StartMap", "steps"))
        hints = (
            (
                self.rate,
                translate("StartMap", "Learning rate of every run of the map, the same for both losses"),
            ),
            (self.steps, translate("StartMap", "How many steps a run may take at most")),
            (self.fixed, translate("StartMap", "Where the third weight starts, in every run of the map")),
        )
        for one, hint in hints:
            one.set_hint(hint)
            one.setAccessibleName(hint)
        self._show()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
        first.addWidget(self.data, 5)
        first.addWidget(self.plane, 6)
        first.addWidget(self.fit)
        for label, one in (
            (self.rate_label, self.rate),
            (self.steps_label, self.steps),
            (self.fixed_label, self.fixed),
        ):
            label.setProperty("quiet", True)
            label.setBuddy(one)
            second.addWidget(label)
            second.addWidget(one)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.trouble)

    def _show(self) -> None:
        choices, names = self._choices, self._names
        self.data.set_key(choices.data)
        planes = PLANES if len(names) > 2 else PLANES[:1]
        self.plane.set_choices(
            [(str(number), f"{names[u]}  ×  {names[v]}") for number, (u, v) in enumerate(planes)]
        )
        self.plane.set_key(str(choices.plane))
        self.plane.setEnabled(len(planes) > 1)
        self.steps.set_value(choices.max_steps)
        for one in (self.fixed_label, self.fixed):
            one.setVisible(len(names) > 2)
        if len(names) > 2:
            self.fixed_label.setText(names[third_of(choices.plane)])

    def _take(self, **changes: object) -> None:
        before = self._choices
        self._choices = replace(before, **changes)  # type: ignore[arg-type]
        self._show()
        if self._choices != before:
            self.changed.emit()

    def _on_rate(self, value: float) -> None:
        self._take(rates={**self._choices.rates, self._choices.data: value})

    def _on_fixed(self, value: float) -> None:
        self._take(fixed={**self._choices.fixed, self._choices.plane: value})


def third_of(plane: int) -> int:
    """Place of the parameter that a plane leaves fixed."""
    return 3 - sum(PLANES[plane])


def _parse_steps(text: str) -> float:
    count = parse_count(text, MOST_STEPS)
    if count == 0:
        raise FieldError(translate("StartMap", "At least one step."))
    return float(count)
