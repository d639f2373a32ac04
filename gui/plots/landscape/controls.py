"""The landscape's switches: what is drawn, of which data, over which weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QWidget

from gui.i18n import translate
from gui.widgets.controls import PanelButton, PanelCombo, PanelToolButton
from gui.widgets.segmented import Segment, SegmentedControl

_WIDE_FONT_HEIGHTS = 50
"""Both rows stand side by side from this width on."""

DataChoice = Literal["samples", "one_sample", "trap"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose to see.

    Attributes
    ----------
    data : "samples", "one_sample" or "trap"
    index_u, index_v : int
        Places of the two parameters, to the right and upwards.
    is_minimised : bool
        The third parameter goes to where the loss is smallest, instead of staying at its current value.
    is_common : bool
        One scale of colours for both losses.
    is_shaded : bool
    is_space : bool
        3-D in place of 2-D.
    is_chord : bool
    """

    data: DataChoice = "samples"
    index_u: int = 0
    index_v: int = 1
    is_minimised: bool = False
    is_common: bool = False
    is_shaded: bool = True
    is_space: bool = False
    is_chord: bool = False


class LandscapeControls(QWidget):
    """Two rows of switches. They hold the choices and say when one changes."""

    changed = Signal()
    automatic_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._names: list[str] = []
        self._short_names: list[str] = []
        self._can_minimise = True
        self.view = SegmentedControl(("flat", "space"), self)
        self.chord = PanelButton(self)
        self.chord.setCheckable(True)
        self.chord.setProperty("segment", True)
        self.data = PanelCombo(self)
        self.up, self.right, self.third = PanelCombo(self), PanelCombo(self), PanelCombo(self)
        self.more = PanelToolButton(self)
        self.more.setText("⋯")
        self._menu = QMenu(self)
        self.common, self.shaded, self.automatic = QAction(self), QAction(self), QAction(self)
        for action in (self.common, self.shaded):
            action.setCheckable(True)
        for action in (self.common, self.shaded, self.automatic):
            self._menu.addAction(action)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        return self._choices

    @property
    def names(self) -> list[str]:
        """Names of the parameters on offer, in the order of a row."""
        return list(self._names)

    def set_parameters(self, names: Sequence[str], short_names: Sequence[str], *, can_minimise: bool) -> None:
        """Offer the parameters of a model; choices that it does not have go back to the first two."""
        self._names, self._short_names, self._can_minimise = list(names), list(short_names), can_minimise
        kept = self._choices
        if max(kept.index_u, kept.index_v) >= len(names):
            kept = replace(kept, index_u=0, index_v=1)
        self._show(replace(kept, is_minimised=kept.is_minimised and can_minimise))

    def choose(self, **changes: object) -> None:
        """Change choices as a person would."""
        self._take(**changes)

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.view.set_segments(
            [
                Segment(
                    "flat",
                    translate("Landscape", "2-D"),
                    translate("Landscape", "Seen from above, with lines of equal loss"),
                ),
                Segment(
                    "space",
                    translate("Landscape", "3-D"),
                    translate("Landscape", "The loss as a height; drag to turn"),
                ),
            ]
        )
        self.chord.setText(translate("Landscape", "Chord"))
        self.chord.setToolTip(
            translate(
                "Landscape", "Pick two points: is the loss between them below the straight line (convex)?"
            )
        )
        self.data.setToolTip(translate("Landscape", "Whose loss is drawn"))
        self.up.setToolTip(translate("Landscape", "Weight drawn upwards"))
        self.right.setToolTip(translate("Landscape", "Weight drawn to the right"))
        self.more.setToolTip(translate("Landscape", "Colours, hatching and box"))
        self.more.setAccessibleName(translate("Landscape", "Colours, hatching and box"))
        self.common.setText(translate("Landscape", "One scale of colours for both losses"))
        self.shaded.setText(translate("Landscape", "Hatch where the loss curves downwards"))
        self.automatic.setText(translate("Landscape", "Automatic box (double click)"))
        self._show(self._choices)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where there is room for it."""
        is_wide = self.width() >= _WIDE_FONT_HEIGHTS * self.fontMetrics().height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._rows.direction() != direction:
            self._rows.setDirection(direction)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for row in (first, second, self._rows):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
        first.addWidget(self.view)
        first.addWidget(self.chord)
        first.addWidget(self.data, 1)
        self._axes = second
        second.addWidget(self.right, 4)
        second.addWidget(self.up, 4)
        second.addWidget(self.third, 5)
        second.addWidget(self.more)
        self._rows.addLayout(first, 4)
        self._rows.addLayout(second, 4)
        self.setLayout(self._rows)

    def _connect(self) -> None:
        self.view.chosen.connect(lambda key: self._take(is_space=key == "space"))
        self.chord.clicked.connect(lambda checked: self._take(is_chord=checked))
        self.data.activated.connect(lambda row: self._take(data=self.data.itemData(row)))
        self.right.activated.connect(lambda row: self._take_axis("index_u", row))
        self.up.activated.connect(lambda row: self._take_axis("index_v", row))
        self.third.activated.connect(lambda row: self._take(is_minimised=self.third.itemData(row) == "best"))
        self.common.triggered.connect(lambda checked: self._take(is_common=checked))
        self.shaded.triggered.connect(lambda checked: self._take(is_shaded=checked))
        self.automatic.triggered.connect(self.automatic_requested)
        self.more.clicked.connect(self._open_menu)

    def _open_menu(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _take_axis(self, name: str, row: int) -> None:
        """Draw another parameter; the one that both axes would show goes to the other axis."""
        other = "index_v" if name == "index_u" else "index_u"
        changes: dict[str, object] = {name: row}
        if getattr(self._choices, other) == row:
            changes[other] = getattr(self._choices, name)
        self._take(**changes)

    def _take(self, **changes: object) -> None:
        before = self._choices
        self._show(replace(before, **changes))  # type: ignore[arg-type]
        if self._choices != before:
            self.changed.emit()

    def _show(self, choices: Choices) -> None:
        self._choices = choices
        self.view.set_key("space" if choices.is_space else "flat")
        self.chord.setChecked(choices.is_chord)
        self.common.setChecked(choices.is_common)
        self.shaded.setChecked(choices.is_shaded)
        self.data.set_choices(
            [
                ("samples", translate("Landscape", "your samples")),
                ("one_sample", translate("Landscape", "one sample (1, 1), y = 1")),
                ("trap", translate("Landscape", "a trap with two local minima")),
            ]
        )
        self.data.set_key(choices.data)
        for combo, arrow, index in ((self.right, "→", choices.index_u), (self.up, "↑", choices.index_v)):
            names = enumerate(self._short_names)
            combo.set_choices([(str(place), f"{arrow} {name}") for place, name in names])
            combo.set_key(str(index))
            for place, name in enumerate(self._names):
                combo.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
        self._show_third(choices)

    def _show_third(self, choices: Choices) -> None:
        """The third weight's switch, named after it; with more than three only that the others are fixed."""
        left = [
            name for index, name in enumerate(self._names) if index not in (choices.index_u, choices.index_v)
        ]
        self.third.setVisible(bool(left))
        if len(left) == 1:
            texts = [("now", translate("Landscape", "{name}: fixed", name=left[0]))]
            if self._can_minimise:
                texts.append(("best", translate("Landscape", "{name}: minimised out", name=left[0])))
        else:
            texts = [("now", translate("Landscape", "rest fixed"))]
        self.third.set_choices(texts)
        self.third.set_key("best" if choices.is_minimised else "now")
        self.third.setEnabled(len(texts) > 1)
        self._axes.setStretch(2, 5 if len(texts) > 1 else 3)
        self.third.setToolTip(
            translate(
                "Landscape",
                "Weights that are not drawn: fixed at the models' current values, each loss at its own "
                "model's; or minimised out, at each point where the loss is smallest",
            )
        )
