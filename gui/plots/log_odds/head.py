"""The log-odds tab's controls: the page, the two classes, and whose model it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.specs import LossName, TrainingSpec
from gui.i18n import class_name, translate
from gui.model_names import trained_on
from gui.plots.log_odds.pair import Pair
from gui.plots.log_odds.words import page_segments
from gui.style_sheet import owner_sheet
from gui.theme import Appearance
from gui.widgets.controls import PanelButton, PanelCombo
from gui.widgets.segmented import SegmentedControl

PAGES = ("map", "space", "softmax")
_BOLDER_PX = 16
"""Room for the letters of the chosen segment, which are bold."""


class LogOddsHead(QWidget):
    """A switch of pages above the pair of classes; every choice is told, and shown when it is set."""

    page_chosen = Signal(str)
    first_chosen = Signal(int)
    second_chosen = Signal(int)
    swapped = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._owner: tuple[str, LossName] | None = None
        self.page_switch = SegmentedControl(PAGES, self)
        self.owner_label = QLabel(self)
        self.of_label, self.against_label = QLabel(self), QLabel(self)
        self.first_combo, self.second_combo = PanelCombo(self), PanelCombo(self)
        self.swap_button = PanelButton(self)
        self.swap_button.setText("⇄")
        top, pair = QHBoxLayout(), QHBoxLayout()
        for row in (top, pair):
            row.setSpacing(6)
        top.addWidget(self.page_switch)
        top.addStretch(1)
        top.addWidget(self.owner_label)
        pair.addWidget(self.of_label)
        pair.addWidget(self.first_combo, 1)
        pair.addWidget(self.against_label)
        pair.addWidget(self.second_combo, 1)
        pair.addWidget(self.swap_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(pair)
        self.page_switch.chosen.connect(self.page_chosen)
        self.first_combo.activated.connect(lambda: self.first_chosen.emit(int(self.first_combo.key)))
        self.second_combo.activated.connect(lambda: self.second_chosen.emit(int(self.second_combo.key)))
        self.swap_button.clicked.connect(self.swapped)
        appearance.changed.connect(self._show_owner)
        appearance.changed.connect(self._widen_switch)

    def set_pair(self, classes: tuple[ClassInfo, ...], pair: Pair) -> None:
        """Offer the classes and show the pair."""
        choices = [(str(number), class_name(info)) for number, info in enumerate(classes)]
        for combo, index in zip((self.first_combo, self.second_combo), pair, strict=True):
            combo.set_choices(choices)
            combo.set_key(str(index))

    def set_owner(self, spec: TrainingSpec, row: int) -> None:
        """Say which model of a comparison it is; one alone needs no name."""
        owner = (trained_on(spec, row), spec.losses[row]) if len(spec.losses) > 1 else None
        if owner != self._owner:
            self._owner = owner
            self._show_owner()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(page_segments())
        self._widen_switch()
        self.of_label.setText(translate("LogOdds", "odds of"))
        self.against_label.setText(translate("LogOdds", "against"))
        self.first_combo.setAccessibleName(translate("LogOdds", "class"))
        self.first_combo.setToolTip(translate("LogOdds", "The class whose odds are shown"))
        self.second_combo.setAccessibleName(translate("LogOdds", "reference class"))
        self.second_combo.setToolTip(translate("LogOdds", "The reference class that it is compared with"))
        self.swap_button.setAccessibleName(translate("LogOdds", "Swap the two classes"))
        self.swap_button.setToolTip(
            translate("LogOdds", "Swap the two classes: the log-odds change their sign")
        )
        self._show_owner()

    def _widen_switch(self) -> None:
        """Give the chosen page's bolder name its room."""
        needed = self.page_switch.sizeHint().width() + self._appearance.theme.px(_BOLDER_PX)
        self.page_switch.setMinimumWidth(needed)

    def _show_owner(self) -> None:
        theme = self._appearance.theme
        self.owner_label.setVisible(self._owner is not None)
        if self._owner is None:
            return
        text, loss = self._owner
        self.owner_label.setText(text)
        self.owner_label.setStyleSheet(owner_sheet(theme, loss))
