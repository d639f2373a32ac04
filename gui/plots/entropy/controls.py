"""What raises the bound, label smoothing and equal samples of other classes; and the optimum's switch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QWidget

from engine.specs import SMOOTHED_KINDS, ModelSpec
from gui.i18n import translate
from gui.plots.entropy import words
from gui.theme import Appearance
from gui.widgets.controls import PanelButton
from gui.widgets.slider import LinearScale, ValueSlider

MOST_SMOOTHING = 0.5
_STEPS = 50
_NUMBER_PX = 34


class EntropyControls(QWidget):
    """A slider, a button and a check box; all they do is tell."""

    smoothing_picked = Signal(float, object)
    duplicate_wanted = Signal()
    optimum_wanted = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.name, self.number = QLabel(self), QLabel(self)
        self.name.setProperty("quiet", True)
        self.slider = ValueSlider(LinearScale(0.0, MOST_SMOOTHING, _STEPS), self)
        self.duplicate = PanelButton(self)
        self.optimum = QCheckBox(self)
        self.optimum.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        smoothing, acts = QHBoxLayout(), QHBoxLayout()
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3)
        for row in (smoothing, acts):
            row.setSpacing(8)
            self._rows.addLayout(row)
        smoothing.addWidget(self.name)
        smoothing.addWidget(self.slider, 1)
        smoothing.addWidget(self.number)
        acts.addWidget(self.optimum)
        acts.addStretch(1)
        acts.addWidget(self.duplicate)
        self.slider.value_picked.connect(self.smoothing_picked)
        self.duplicate.clicked.connect(self.duplicate_wanted)
        self.optimum.clicked.connect(self.optimum_wanted)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_state(
        self, model: ModelSpec, smoothing: float, selected: int, *, is_optimum_shown: bool
    ) -> None:
        """Show what holds.

        Parameters
        ----------
        selected : int
            Labelled samples that the button would duplicate.
        """
        is_known = model.kind in SMOOTHED_KINDS
        self.slider.setEnabled(is_known)
        self.slider.set_number(smoothing if is_known else 0.0)
        self.number.setText(f"ε = {smoothing if is_known else 0.0:.2f}")
        for widget in (self.slider, self.name, self.number):
            widget.setToolTip(words.smoothing_tooltip(model))
        self.duplicate.setEnabled(selected > 0)
        self.duplicate.setToolTip(words.duplicate_tooltip(selected))
        self.optimum.setChecked(is_optimum_shown)

    def set_low(self, is_low: bool) -> None:
        """Have everything in one line, without the slider's name, which its number and hint tell."""
        direction = QBoxLayout.Direction.LeftToRight if is_low else QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(direction)
        self._rows.setSpacing(self._appearance.theme.px(10 if is_low else 3))
        self.name.setVisible(not is_low)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.name.setText(translate("Entropy", "label smoothing"))
        self.slider.setAccessibleName(self.name.text())
        self.duplicate.setText(translate("Entropy", "Duplicate, next class"))
        self.optimum.setText(translate("Entropy", "optimum"))
        self.optimum.setToolTip(
            translate("Entropy", "Show the lowest loss that this model can reach: it lies above H(y)")
        )

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.number.setFont(theme.font(tabular=True))
        self.number.setMinimumWidth(theme.px(_NUMBER_PX))
