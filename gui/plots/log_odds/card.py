"""The log-odds of the pair as formulas with their numbers, and read as a sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.formulas import formula_decimals
from gui.i18n import translate
from gui.plots.formula_line import LiveFormula
from gui.plots.log_odds import formulas
from gui.plots.log_odds.field import LogOddsField
from gui.theme import Appearance

NO_BREAK = "\N{NO-BREAK SPACE}"
_FORMULA_PX = 14.0


class LogOddsCard(QWidget):
    """The plane in cm and kg and in z-scores, or what takes its place; below it what one more unit does."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self.ratio, self.terms, self.second = (
            LiveFormula(appearance, self, size_px=_FORMULA_PX) for _ in range(3)
        )
        self.terms.hide()
        self.z_label, self.sentence = QLabel(self), QLabel(self)
        self.z_label.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.z_label)
        second.addWidget(self.second, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.ratio)
        layout.addWidget(self.terms)
        layout.addLayout(second)
        layout.addWidget(self.sentence)
        layout.addStretch(1)

    def set_narrow(self, is_narrow: bool) -> None:
        """Have the plane's numbers in a line of their own, beside a picture."""
        self._is_narrow = is_narrow
        self.sentence.setMinimumHeight(0)

    def show_field(self, field: LogOddsField, height_cm: float, weight_kg: float, sentence: str) -> None:
        """Show a model's numbers; those of one place where the log-odds are no plane."""
        heights, weights = field.height_range_cm, field.weight_range_kg
        decimals = formula_decimals(max(map(abs, heights)), max(map(abs, weights)))
        ratio, terms = formulas.ratio_template(field), formulas.plane_template(field, decimals)
        is_plane = field.shape == "plane"
        self.terms.setVisible(is_plane and self._is_narrow)
        self.ratio.set_formula(ratio if self._is_narrow or not is_plane else f"{ratio} {terms}")
        self.terms.set_formula(terms)
        self.z_label.setVisible(is_plane)
        self.second.set_formula(
            formulas.standardized_template(field)
            if is_plane
            else formulas.logits_template(field, height_cm, weight_kg)
        )
        set_text(self.sentence, sentence)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.z_label.setText(translate("LogOdds", "z-scores"))


def set_text(label: QLabel, text: str) -> None:
    """Show other words; what once needed more lines keeps them, so that the picture beside stands still.

    No line ends between a number and its sign.
    """
    text = text.replace(" %", f"{NO_BREAK}%")
    if text != label.text():
        label.setText(text)
        needed = label.heightForWidth(label.width())
        if needed > label.minimumHeight():
            label.setMinimumHeight(needed)
