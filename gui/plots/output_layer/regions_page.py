"""Four small maps of the canvas: the present weights under each output layer."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.normalizers import NORMALIZERS
from engine.samples import SampleRows
from engine.specs import RIVAL_KINDS, ModelKind
from gui.formulas import percent_text
from gui.i18n import translate
from gui.plots.output_layer.map_plot import Place, SmallMap
from gui.plots.output_layer.tint import TintedImage, winner_tint
from gui.plots.output_layer.words import layer_name, short_layer_name, unbroken
from gui.plots.output_layer.work import RegionMaps
from gui.theme import Appearance
from gui.widgets.controls import is_language_change

_IN_A_ROW_FROM = 2.6
"""Width over height from which the four maps stand side by side."""


class RegionsPage(QWidget):
    """Passes on what its maps tell."""

    pointed = Signal(object)
    sample_hovered = Signal(object)
    sample_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._maps: RegionMaps | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self.plots: dict[ModelKind, SmallMap] = {kind: SmallMap(appearance, self) for kind in NORMALIZERS}
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(self._grid, 1)
        layout.addWidget(self.sentence)
        for plot in self.plots.values():
            plot.pointed.connect(self.pointed)
            plot.sample_hovered.connect(self.sample_hovered)
            plot.sample_clicked.connect(self.sample_clicked)
        self._columns = 0
        self._arrange()
        appearance.changed.connect(self._paint_maps)

    @property
    def maps(self) -> RegionMaps | None:
        """What is drawn."""
        return self._maps

    def set_maps(self, maps: RegionMaps, rows: SampleRows, classes: tuple[ClassInfo, ...]) -> None:
        """Show the maps of other weights, with these samples on them."""
        self._maps, self._classes = maps, classes
        question = maps.question
        for plot in self.plots.values():
            plot.set_ranges(question.height_range_cm, question.weight_range_kg)
            plot.set_samples(rows, classes)
        self._paint_maps()

    def set_place(self, place: Place, sample_id: int | None) -> None:
        """Mark a place on all maps."""
        for plot in self.plots.values():
            plot.set_place(place, sample_id)

    def show_texts(self) -> None:
        """Write titles and sentence of the newest maps."""
        maps = self._maps
        if maps is None:
            return
        for kind, plot in self.plots.items():
            title = short = layer_name(kind)
            if not math.isnan(maps.layers[kind].wrong):
                share = percent_text(maps.layers[kind].wrong)
                title = translate("OutputLayer", "{name}: {share} wrong", name=title, share=share)
                short = f"{short_layer_name(kind)}: {share}"
            fits = plot.note_width(title) < plot.width()
            plot.set_titles("", title if fits else short)
            plot.setToolTip("" if fits else title)
        sentence = _sentence(maps)
        if maps.question.snapshot.spec.samples.has_label_sets:
            by_class = translate(
                "OutputLayer", "Samples with several labels are judged by the first of them."
            )
            sentence = f"{sentence} {by_class}"
        self.sentence.setText(unbroken(sentence))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.show_texts()
        self._paint_maps()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.show_texts()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _arrange(self) -> None:
        columns = 4 if self.width() > _IN_A_ROW_FROM * max(self.height(), 1) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for number, plot in enumerate(self.plots.values()):
            self._grid.addWidget(plot, number // columns, number % columns)
        for row in range(2):
            self._grid.setRowStretch(row, 1 if row < 4 // columns else 0)

    def _paint_maps(self) -> None:
        maps, theme = self._maps, self._appearance.theme
        if maps is None:
            return
        fills = [theme.class_fill(info.color) for info in self._classes]
        undefined = translate("OutputLayer", "undefined: 0 / 0")
        for kind, plot in self.plots.items():
            layer = maps.layers[kind]
            is_rival = kind in RIVAL_KINDS
            is_everywhere = is_rival and maps.spot.kind == "everywhere"
            tint = TintedImage(winner_tint(layer.probability, theme.plot, fills))
            plot.set_map(tint, layer.borders, is_hatched=is_everywhere)
            places: tuple[Place, ...] = ()
            if is_rival and maps.undefined is not None:
                places = maps.undefined
            elif is_rival and maps.spot.point is not None and _is_inside(maps):
                places = (maps.spot.point,)
            plot.set_undefined(places, undefined if places or is_everywhere else "", "0 / 0")


def _is_inside(maps: RegionMaps) -> bool:
    """Whether the one undefined place lies on the maps."""
    place = maps.spot.point
    if place is None:
        return False
    (low_cm, high_cm), (low_kg, high_kg) = maps.question.height_range_cm, maps.question.weight_range_kg
    return low_cm <= place[0] <= high_cm and low_kg <= place[1] <= high_kg


def _sentence(maps: RegionMaps) -> str:
    if maps.spot.kind == "everywhere":
        return translate(
            "OutputLayer",
            "All weights are 0, so every logit is: |z| and z² are undefined everywhere. Train, or choose a "
            "start by chance.",
        )
    if maps.spot.kind == "line":
        if np.allclose(np.nan_to_num(maps.layers["absolute"].probability, nan=0.5), 0.5):
            return translate(
                "OutputLayer",
                "The two logits are opposite numbers: |z| and z² make 1/2 of both everywhere, and are "
                "undefined where both are 0.",
            )
        return translate(
            "OutputLayer",
            "The same weights, read in four ways. Every logit is 0 along one line: |z| and z² are undefined "
            "there.",
        )
    if _is_inside(maps):
        return translate(
            "OutputLayer",
            "The same weights, read in four ways. Where every logit is 0, |z| and z² are undefined; along "
            "each ray from that place their p never changes.",
        )
    return translate(
        "OutputLayer",
        "The same weights, read in four ways. Softmax and the sigmoids answer alike everywhere; for |z| and "
        "z² a class may win on both sides of its line z = 0.",
    )
