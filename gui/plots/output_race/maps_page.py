"""Two maps of the compared models side by side, and both models' probabilities at one place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.activations import sigmoid, softmax
from engine.document.state import ClassInfo
from engine.samples import SampleRows
from gui.formulas import fixed_text, percent_text
from gui.i18n import translate
from gui.plots.class_table import ClassTable, TableRow
from gui.plots.output_layer.map_plot import Place, SmallMap
from gui.plots.output_layer.tint import TintedImage, channels, diverging_tint, winner_tint
from gui.plots.output_layer.words import layer_name
from gui.plots.output_race.words import maps_sentence
from gui.plots.output_race.work import PairMaps
from gui.theme import Appearance, Theme
from gui.widgets.controls import PanelButton, is_language_change
from gui.widgets.scrolled import Scrolled

Floats = NDArray[np.float64]

TOTAL_REACH = 0.5
"""A sum this far from 1 has the strongest colour."""
_DIFFERS_TINT = 0.55
_LEAST_MAP_PX = 110


class MapsPage(QWidget):
    """Where the models are not compared yet, a button that has them compared."""

    pointed = Signal(object)
    sample_hovered = Signal(object)
    sample_clicked = Signal(int)
    compare_wanted = Signal()
    scene_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._maps: PairMaps | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self.total, self.differences = SmallMap(appearance, self), SmallMap(appearance, self)
        self.table = ClassTable(appearance, self)
        self.sentence, self.obstacle = QLabel(self), QLabel(self)
        for label in (self.sentence, self.obstacle):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.compare_button, self.scene_button = PanelButton(self), PanelButton(self)
        self._lay_out()
        for plot in (self.total, self.differences):
            plot.pointed.connect(self.pointed)
            plot.sample_hovered.connect(self.sample_hovered)
            plot.sample_clicked.connect(self.sample_clicked)
        self.compare_button.clicked.connect(self.compare_wanted)
        self.scene_button.clicked.connect(self.scene_wanted)
        appearance.changed.connect(self._paint_maps)
        appearance.changed.connect(self._keep_map_height)
        self._keep_map_height()

    @property
    def maps(self) -> PairMaps | None:
        """What is drawn."""
        return self._maps

    def set_compared(self, is_compared: bool) -> None:
        """Show the maps, or the button that has the models compared."""
        self._pages.setCurrentIndex(1 if is_compared else 0)

    def set_maps(self, maps: PairMaps, rows: SampleRows, classes: tuple[ClassInfo, ...]) -> None:
        """Show the maps of other weights, with these samples on them."""
        self._maps, self._classes = maps, classes
        for plot in (self.total, self.differences):
            plot.set_ranges(maps.question.height_range_cm, maps.question.weight_range_kg)
            plot.set_samples(rows, classes)
        self._paint_maps()

    def set_place(self, place: Place, sample_id: int | None) -> None:
        """Mark a place on both maps."""
        for plot in (self.total, self.differences):
            plot.set_place(place, sample_id)

    def show_texts(self, logits: Sequence[Floats], classes: tuple[ClassInfo, ...]) -> None:
        """Write the numbers at the place: logits (K,) of softmax and of the sigmoids."""
        shared, single = softmax(logits[0]), sigmoid(logits[1])
        rows = [
            TableRow(info, (percent_text(one), percent_text(other)))
            for info, one, other in zip(classes, shared.tolist(), single.tolist(), strict=True)
        ]
        total = f"{fixed_text(100.0 * float(single.sum()), 0)} %"
        rows.append(TableRow(None, ("100 %", total), translate("OutputLayer", "sum")))
        self.table.set_content((layer_name("softmax"), layer_name("sigmoids")), rows)
        self.total.set_titles(
            "", translate("OutputRace", "Sum of the sigmoids' p (line: 1): here {total}", total=total)
        )
        self.differences.set_titles("", translate("OutputRace", "Answers differ (dashed: sigmoids)"))
        if self._maps is not None:
            self.sentence.setText(maps_sentence(self._maps))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.compare_button.setText(translate("OutputRace", "Compare them"))
        self.compare_button.setToolTip(
            translate(
                "OutputRace", "Train softmax on CE and K sigmoids on BCE from the same start, step by step"
            )
        )
        self.obstacle.setText(
            translate(
                "OutputRace",
                "The maps show softmax and K sigmoids trained in lockstep, from the same start on the same "
                "samples. They are not compared yet.",
            )
        )
        self.total.setToolTip(
            translate("OutputRace", "Blue: more than 100 %, grey: less; on the line exactly 100 %")
        )
        self.differences.setToolTip(
            translate(
                "OutputRace",
                "Blue: the largest p is another class's. Borders: softmax solid, sigmoids dashed",
            )
        )
        self.scene_button.setText(translate("OutputRace", "Multi-label example"))
        self.scene_button.setToolTip(
            translate("OutputRace", "Open people who can be tall, overweight, both or neither")
        )
        if self._maps is not None:
            self.sentence.setText(maps_sentence(self._maps))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _lay_out(self) -> None:
        invitation, shown = QWidget(self), QWidget(self)
        first = QVBoxLayout(invitation)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(8)
        first.addStretch(1)
        first.addWidget(self.obstacle)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.compare_button)
        row.addStretch(1)
        first.addLayout(row)
        first.addStretch(1)
        maps, below, side = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        maps.setSpacing(6)
        maps.addWidget(self.total, 1)
        maps.addWidget(self.differences, 1)
        side.setSpacing(4)
        side.addWidget(self.sentence)
        scene = QHBoxLayout()
        scene.addWidget(self.scene_button)
        scene.addStretch(1)
        side.addLayout(scene)
        side.addStretch(1)
        below.setSpacing(14)
        below.addWidget(self.table, 0)
        below.addLayout(side, 1)
        second = QVBoxLayout(shown)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(6)
        second.addLayout(maps, 1)
        second.addLayout(below)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(invitation)
        self._pages.addWidget(Scrolled(shown, self))

    def _keep_map_height(self) -> None:
        for plot in (self.total, self.differences):
            plot.setMinimumHeight(self._appearance.theme.px(_LEAST_MAP_PX))

    def _paint_maps(self) -> None:
        maps, theme = self._maps, self._appearance.theme
        if maps is None:
            return
        share = (maps.total - 1.0) / TOTAL_REACH
        colors = diverging_tint(share, theme.plot, theme.quiet, theme.accent)
        self.total.set_map(TintedImage(colors), maps.one)
        differences = difference_colors(maps, theme, self._classes)
        self.differences.set_map(TintedImage(differences), maps.softmax_borders, dashed=maps.sigmoids_borders)


def difference_colors(maps: PairMaps, theme: Theme, classes: Sequence[ClassInfo]) -> Floats:
    """Softmax's map, faint, with the accent where the sigmoids answer otherwise; (rows, columns, 3)."""
    colors = winner_tint(maps.softmax, theme.plot, [theme.class_fill(info.color) for info in classes])
    ground = channels(theme.plot)
    colors = ground + 0.5 * (colors - ground)
    colors[maps.differs] = ground + _DIFFERS_TINT * (channels(theme.accent) - ground)
    return colors
