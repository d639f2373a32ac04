"""The verdict's switches: how both losses are compared, and to which accuracy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.plots.verdict.race import Fairness
from gui.plots.verdict.words import whole_percent
from gui.theme import Theme
from gui.widgets.controls import TroubleLabel
from gui.widgets.number_field import FieldError, NumberField, number_text, parse_number, parse_positive
from gui.widgets.segmented import Segment, SegmentedControl

FAIRNESS: tuple[Fairness, ...] = ("same", "times", "best")
DEFAULT_FACTOR = 2.0
_FIELD_PX = 52


class VerdictControls(QWidget):
    """The comparison, MSE's factor, and the accuracy to reach (the program's own unless typed)."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fairness: Fairness = "same"
        self._accuracy: float | None = None
        self.fairness_switch = SegmentedControl(FAIRNESS, self)
        self.factor = NumberField(parse_positive, number_text, self)
        self.accuracy = NumberField(_parse_percent, whole_percent, self)
        self.factor_label, self.accuracy_label = QLabel(self), QLabel(self)
        self.trouble = TroubleLabel(self)
        self.factor.set_value(DEFAULT_FACTOR)
        self._lay_out()
        self.fairness_switch.chosen.connect(self._on_fairness)
        self.factor.committed.connect(lambda value: self.changed.emit())
        self.accuracy.committed.connect(self._on_accuracy)
        for field in (self.factor, self.accuracy):
            field.trouble_changed.connect(self.trouble.set_trouble)
        self._show()

    @property
    def fairness(self) -> Fairness:
        """How both losses are compared."""
        return self._fairness

    @property
    def typed_accuracy(self) -> float | None:
        """The accuracy that the person asked for, 0 to 1; None: the program's own."""
        return self._accuracy

    def choose(self, fairness: Fairness) -> None:
        """Compare in another way, as a person would."""
        self._on_fairness(fairness)

    def show_accuracy(self, accuracy: float | None) -> None:
        """Show the accuracy that holds."""
        if accuracy is not None:
            self.accuracy.set_value(accuracy)

    def set_can_race(self, can_race: bool) -> None:
        """Offer the comparisons that need runs of their own, or only the run at hand."""
        for key in FAIRNESS[1:]:
            self.fairness_switch.button(key).setEnabled(can_race)

    def apply_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        for field in (self.factor, self.accuracy):
            field.setFixedWidth(theme.px(_FIELD_PX))

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.fairness_switch.set_segments(
            [
                Segment(
                    "same",
                    translate("Verdict", "Same rate"),
                    translate("Verdict", "The run at hand: one learning rate for both losses"),
                ),
                Segment(
                    "times",
                    translate("Verdict", "MSE's rate × k"),
                    translate("Verdict", "Runs of their own from this run's start, MSE's rate k times BCE's"),
                ),
                Segment(
                    "best",
                    translate("Verdict", "Best rates"),
                    translate("Verdict", "A sweep over learning rates for each loss, from this run's start"),
                ),
            ]
        )
        self.factor_label.setText("k")
        self.factor.set_hint(translate("Verdict", "MSE's learning rate is this many times BCE's"))
        self.factor.setAccessibleName(translate("Verdict", "MSE's learning rate is this many times BCE's"))
        self.accuracy_label.setText(translate("Verdict", "right answers"))
        hint = translate(
            "Verdict",
            "The accuracy whose steps are counted. By itself a little less than the best weights of both "
            "losses have; type 0 for that again",
        )
        self.accuracy.set_hint(hint)
        self.accuracy.setAccessibleName(hint)

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(6)
        for label, field in ((self.accuracy_label, self.accuracy), (self.factor_label, self.factor)):
            label.setProperty("quiet", True)
            label.setBuddy(field)
            second.addWidget(label)
            second.addWidget(field)
            second.addSpacing(8)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.fairness_switch)
        layout.addLayout(second)
        layout.addWidget(self.trouble)

    def _show(self) -> None:
        self.fairness_switch.set_key(self._fairness)
        for widget in (self.factor_label, self.factor):
            widget.setVisible(self._fairness == "times")

    def _on_fairness(self, key: str) -> None:
        found = next((one for one in FAIRNESS if one == key), self._fairness)
        if found != self._fairness:
            self._fairness = found
            self._show()
            self.changed.emit()

    def _on_accuracy(self, value: float) -> None:
        self._accuracy = value if value > 0.0 else None
        self.changed.emit()


def _parse_percent(text: str) -> float:
    """Read a percentage, with or without its sign, as a share."""
    percent = parse_number(text.strip().removesuffix("%"))
    if not 0.0 <= percent <= 100.0:
        raise FieldError(translate("Verdict", "Type a percentage from 0 to 100."))
    return percent / 100
