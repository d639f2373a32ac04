"""The surface tab's controls: what is shown and whose it is, and the sliders of its two changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.specs import LossName
from gui.formula_view import FormulaView
from gui.i18n import class_name, translate
from gui.plots.scene3d.view import SpaceView
from gui.plots.surface import words as words
from gui.plots.surface.model import STEP
from gui.style_sheet import owner_sheet
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo
from gui.widgets.segmented import Segment, SegmentedControl
from gui.widgets.slider import LinearScale, LogScale, ValueSlider

Mode = Literal["steep", "morph"]

MOST_STEEP, MOST_STEEP_ON_GRID = 50.0, 4.0
"""Steepest hills: of one linear logit, and of others, which are drawn on a grid that shows no steeper one."""

_BOLDER_PX = 32
"""Room for the letters of the chosen segment, which are bold."""


@dataclass(frozen=True, slots=True)
class SteepnessScale:
    """Steepness from 1 to `most` by equal ratios, and at the very end the step."""

    most: float

    @property
    def inner(self) -> LogScale:
        """All but the end."""
        return LogScale(1.0, self.most, 40)

    @property
    def steps(self) -> int:
        """The last position."""
        return self.inner.steps + 1

    def value_at(self, position: int) -> float:
        """The steepness at a position; `STEP` at the last one."""
        return STEP if position >= self.steps else self.inner.value_at(position)

    def position_of(self, value: float) -> int:
        """The position nearest to a steepness."""
        return self.steps if value == STEP else self.inner.position_of(value)


class SurfaceHead(QWidget):
    """Which picture, of which class, and whose model it is."""

    mode_chosen = Signal(str)
    class_chosen = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._loss: LossName | None = None
        self._owner = ""
        self._is_linear = True
        self.mode_switch = SegmentedControl(("steep", "morph"), self)
        self.class_combo = PanelCombo(self)
        self.owner_label = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.mode_switch)
        layout.addWidget(self.class_combo, 1)
        layout.addStretch(1)
        layout.addWidget(self.owner_label)
        self.mode_switch.chosen.connect(self.mode_chosen)
        self.class_combo.activated.connect(self.class_chosen)
        appearance.changed.connect(self._show_owner)

    def set_classes(
        self, classes: tuple[ClassInfo, ...], class_index: int, *, has_modes: bool = True
    ) -> None:
        """Offer the classes of a problem with several; two have one surface, in two pictures.

        Without `has_modes` two classes have but one picture, too: no single logit becomes their hill.
        """
        self.class_combo.set_choices([(str(number), class_name(info)) for number, info in enumerate(classes)])
        self.class_combo.set_key(str(class_index))
        self.mode_switch.setVisible(len(classes) == 2 and has_modes)
        self.class_combo.setVisible(len(classes) != 2)

    def set_linear(self, *, is_linear: bool) -> None:
        """Say whether the logit is a plane, or bent by hidden layers."""
        if is_linear != self._is_linear:
            self._is_linear = is_linear
            self.retranslate()

    def set_owner(self, owner: str, loss: LossName) -> None:
        """Say which model the surface belongs to (`gui.model_names.trained_on`)."""
        if (owner, loss) != (self._owner, self._loss):
            self._owner, self._loss = owner, loss
            self._show_owner()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        morph = (
            translate("Surface", "Plane and hill")
            if self._is_linear
            else translate("Surface", "Logit and hill")
        )
        self.mode_switch.set_segments(
            [
                Segment(
                    "steep",
                    translate("Surface", "Step and sigmoid"),
                    translate("Surface", "Both activations over the same weights"),
                ),
                Segment(
                    "morph",
                    morph,
                    translate("Surface", "How the sigmoid turns the logit z into the hill of p"),
                ),
            ]
        )
        self.class_combo.setToolTip(translate("Surface", "The class whose probability is shown"))
        self.class_combo.setAccessibleName(translate("Surface", "class"))
        self._show_owner()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _show_owner(self) -> None:
        if self._loss is None:
            return
        theme = self._appearance.theme
        self.owner_label.setText(self._owner)
        self.owner_label.setStyleSheet(owner_sheet(theme, self._loss))
        self._fit()

    def _fit(self) -> None:
        """The owner's name gives way where there is no room beside the switch."""
        px = self._appearance.theme.px
        switch = self.mode_switch.sizeHint().width() + px(_BOLDER_PX)
        self.mode_switch.setMinimumWidth(switch)
        needed = switch + self.owner_label.sizeHint().width() + px(16)
        self.owner_label.setVisible(self.width() >= needed)


class SurfaceSliders(QWidget):
    """The steepness, or the way from the logit to the hill with both formulas at its ends."""

    steepness_picked = Signal(float)
    share_picked = Signal(float)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steep_label = QLabel(self)
        self.steep_label.setProperty("quiet", True)
        self.steep_slider = ValueSlider(SteepnessScale(MOST_STEEP), self)
        self.steep_value = QLabel(self)
        self.logit_formula = FormulaView(appearance, parent=self)
        self.morph_slider = ValueSlider(LinearScale(0.0, 1.0, 100), self)
        self.hill_formula = FormulaView(appearance, parent=self)
        self._steep = _row(self, self.steep_label, self.steep_slider, self.steep_value)
        self._morph = _row(self, self.logit_formula, self.morph_slider, self.hill_formula)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._steep)
        layout.addWidget(self._morph)
        self.steep_slider.value_picked.connect(lambda value, gesture: self.steepness_picked.emit(value))
        self.morph_slider.value_picked.connect(lambda value, gesture: self.share_picked.emit(value))

    def set_mode(self, mode: Mode, most_steep: float) -> None:
        """Show the slider that belongs to a picture, the steepness up to `most_steep` and then the step."""
        scale = SteepnessScale(most_steep)
        if scale != self.steep_slider.scale:
            self.steep_slider.set_scale(scale)
        self._steep.setVisible(mode == "steep")
        self._morph.setVisible(mode == "morph")

    def set_linear(self, *, is_linear: bool) -> None:
        """Show the formula of a logit that is a plane, or of one that hidden layers bend."""
        formula = words.logit_formula(is_linear=is_linear)
        self.logit_formula.set_formula(formula.latex, formula.spoken)

    def show_values(self, steepness: float, share: float) -> None:
        """Show both values. Emits nothing."""
        self.steep_slider.set_number(steepness)
        self.steep_value.setText(words.steepness_text(steepness))
        self.morph_slider.set_number(share)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.steep_label.setText(translate("Surface", "steepness"))
        self.steep_slider.setToolTip(
            translate("Surface", "Multiplies the logit by k: the steeper, the nearer to the step")
        )
        self.steep_slider.setAccessibleName(translate("Surface", "steepness"))
        self.morph_slider.setToolTip(
            translate("Surface", "From the logit z on the left to the probability p on the right")
        )
        self.morph_slider.setAccessibleName(translate("Surface", "from the logit to the hill"))
        hill = words.smooth_formula(1.0, is_binary=True)
        self.hill_formula.set_formula(hill.latex, hill.spoken)


class TitledBox(QWidget):
    """A box with its name and formula above it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLabel(self)
        self.formula = FormulaView(appearance, parent=self)
        self.view = SpaceView(appearance, parent=self)
        self._head = _row(self, self.name, None, self.formula)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.view, 1)

    def set_title(self, name: str, formula: words.Formula) -> None:
        """Name what the box shows."""
        self.name.setText(name)
        self.formula.set_formula(formula.latex, formula.spoken)
        self.view.setAccessibleName(name)

    @property
    def title_height(self) -> int:
        """How high name and formula are."""
        return self._head.sizeHint().height()

    def set_title_height(self, height: int) -> None:
        """Make room for a title of this height, so that boxes side by side begin at one height."""
        self._head.setFixedHeight(height)

    def set_title_visible(self, is_visible: bool) -> None:
        """Whether name and formula stand above the box."""
        self._head.setVisible(is_visible)


def _row(parent: QWidget, left: QWidget, middle: QWidget | None, right: QWidget) -> QWidget:
    """Three widgets in a line, the middle one (or nothing) taking the room that is left."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(left)
    if middle is None:
        layout.addStretch(1)
    else:
        layout.addWidget(middle, 1)
    layout.addWidget(right, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
