"""The output layer tab: the same logits through softmax, |z|, z^2 and K sigmoids."""

from __future__ import annotations

from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.errors import Message
from engine.normalizer_race import NormalizerRace
from engine.samples import UNLABELLED
from engine.snapshots import Snapshot
from engine.specs import RIVAL_KINDS, ModelKind
from gui.document import Change
from gui.formulas import fixed_text
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.plots.lab_tab import LabContext
from gui.plots.output_layer import words
from gui.plots.output_layer.bars_page import BarsPage
from gui.plots.output_layer.feed import OutputLayerFeed
from gui.plots.output_layer.logit_choice import LogitChoice, all_ones, one_negative, preset
from gui.plots.output_layer.logit_tab import LogitTab
from gui.plots.output_layer.race_page import RacePage
from gui.plots.output_layer.regions_page import RegionsPage
from gui.plots.output_layer.simplex_page import SimplexPage
from gui.plots.output_layer.train_row import TrainRow, train_layer, trained_kinds
from gui.plots.output_layer.work import MapQuestion, RegionMaps, logits_at
from gui.widgets.segmented import SegmentedControl

Floats = NDArray[np.float64]
Page = Literal["bars", "regions", "simplex", "race"]

_RACE_SETTINGS = frozenset(
    {"optimizer", "batch_size", "start", "seed", "standardize", "bias", "label_smoothing"}
)


class OutputLayerTab(LogitTab):
    """Bars, regions and the simplex follow the model and the pointer; a race is run when asked for."""

    key = "output_layer"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "bars"
        self.feed = OutputLayerFeed(self)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page

    def explanation(self) -> str:
        return words.explanation()

    def set_page(self, page: Page) -> None:
        """Show the bars, the maps, the triangle or the race."""
        self._page = page
        self.page_switch.set_key(page)
        self._pages.setCurrentIndex(words.PAGES.index(page))
        if page != "regions":
            self.feed.stop_maps()
        self.redraw()
        self._texts.run_now()

    def draw(self, frame: Frame) -> None:
        """Show a frame of the selected model."""
        snapshot, state = frame.snapshot, self.context.document.state
        classes = state.classes
        if snapshot.spec.model.n_classes != len(classes) or len(classes) < 2:
            return  # the frame with the document's classes is on its way
        row = self._row(snapshot)
        if not np.isfinite(snapshot.parameters[row]).all():
            return  # a run that diverges passes through infinite numbers
        self._choice = self._choice.fitting(len(classes))
        self._take_place(snapshot)
        self._show_answers()
        if self._page == "regions":
            question = MapQuestion(snapshot, row, *self._shown.ranges(state.samples))
            self.feed.ask_maps(question)
            self.regions.set_place(self._here, self._pointed.sample_id)
        elif self._page == "simplex":
            self._show_simplex(snapshot, row)
        self._texts.request()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.feed.stop_maps()
            self._stop_race()

    def forget(self) -> None:
        self.feed.forget()

    def close_jobs(self) -> None:
        self.feed.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(words.page_segments())
        for page in (self.bars, self.regions, self.simplex, self.race, self.train_row):
            page.retranslate()
        self._show_texts()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.page_switch = SegmentedControl(words.PAGES, self)
        self.page_switch.set_key(self._page)
        self.bars = BarsPage(appearance, self)
        self.regions = RegionsPage(appearance, self)
        self.simplex = SimplexPage(appearance, self)
        self.race = RacePage(appearance, self)
        self.train_row = TrainRow(self)
        self._pages = QStackedWidget(self)
        for page in (self.bars, self.regions, self.simplex, self.race):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.page_switch)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.train_row)
        self._show_trained()

    def _connect(self) -> None:
        context, interaction = self.context, self.context.interaction
        self.page_switch.chosen.connect(self.set_page)
        self.bars.logit_moved.connect(self._on_logit)
        self.bars.shift_moved.connect(lambda shift: self.set_choice(self._choice.shifted(self._live, shift)))
        self.bars.preset_chosen.connect(self._on_preset)
        self.bars.live_wanted.connect(lambda: self.set_choice(LogitChoice()))
        self.regions.pointed.connect(self._on_pointed)
        for page in (self.regions, self.simplex):
            page.sample_hovered.connect(interaction.set_hovered_id)
            page.sample_clicked.connect(lambda sample_id: interaction.set_selected_ids((sample_id,)))
        self.simplex.kind_changed.connect(self.redraw)
        self.race.race_wanted.connect(self._on_race)
        self.race.stop_wanted.connect(self._stop_race)
        self.train_row.chosen.connect(self._on_train)
        self.feed.maps_ready.connect(self._on_maps)
        self.feed.raced.connect(self.race.show_curves)
        self.feed.race_ended.connect(self._on_race_ended)
        self.follow()
        context.document.changed.connect(self._on_document_changed)

    def _show_answers(self) -> None:
        classes = self.context.document.state.classes
        if len(self._live) != len(classes):
            return
        answers = self.answers
        self.bars.show_answers(self._choice, answers, classes, self._true_class())
        self.simplex.show_place(answers, self._pointed.sample_id)

    def _true_class(self) -> int | None:
        """The class of the sample that the logits are of."""
        if self._choice.own is not None or self._pointed.sample_id is None:
            return None
        rows = self.context.document.state.samples.select([self._pointed.sample_id])
        index = int(rows.class_index[0]) if len(rows) else UNLABELLED
        return None if index == UNLABELLED else index

    def _show_simplex(self, snapshot: Snapshot, row: int) -> None:
        state = self.context.document.state
        rows = self._shown.rows(state.samples, self.context.interaction.hovered_id)
        logits = logits_at(snapshot, row, rows.height_cm, rows.weight_kg)
        self.simplex.show_samples(logits, rows, state.classes)

    def _show_texts(self) -> None:
        frame, classes = self.frame, self.context.document.state.classes
        if frame is None or len(self._live) != len(classes):
            return
        snapshot = frame.snapshot
        if self._page == "bars":
            is_single_node = snapshot.spec.model_of(self._row(snapshot)).is_binary
            place = self._place_text()
            self.bars.show_texts(self._choice, self.answers, place, is_single_node=is_single_node)
        elif self._page == "regions":
            self.regions.show_texts()
        elif self._page == "simplex":
            self.simplex.show_texts()

    def _place_text(self) -> str:
        index = self._true_class()
        if index is None:
            return super()._place_text()
        height, weight = (fixed_text(value, 1) for value in self._here)
        return translate(
            "OutputLayer",
            "{name}, {height} cm, {weight} kg:",
            name=class_name(self.context.document.state.classes[index]),
            height=height,
            weight=weight,
        )

    def _show_trained(self) -> None:
        kinds = trained_kinds(self.context.document.state)
        self.train_row.set_trained(kinds)
        self.bars.table.set_trained(kinds)

    def _on_preset(self, key: str) -> None:
        n_classes = len(self.context.document.state.classes)
        ones, negative = all_ones(n_classes), one_negative(n_classes)
        choices = {
            "ones": preset(ones, negative),
            "negative": preset(negative, ones),
            "zeros": preset((0.0,) * n_classes),
        }
        self.set_choice(choices[key])

    def _on_maps(self, maps: RegionMaps) -> None:
        state = self.context.document.state
        n_classes = len(state.classes)
        if self._page != "regions" or maps.question.snapshot.spec.model.n_classes != n_classes:
            return
        self.regions.set_maps(maps, self._shown.rows(state.samples), state.classes)
        self.regions.set_place(self._here, self._pointed.sample_id)
        self._texts.request()

    def _on_race(self, loss: str, n_steps: int) -> None:
        state = self.context.document.state
        if state.populated_classes < 2:
            self.race.end(self.context.controller.can_train)
            return
        race = NormalizerRace(state.training_spec(), "mse" if loss == "mse" else "likelihood", n_steps)
        self.race.begin(race)
        self.feed.ask_race(race)

    def _stop_race(self) -> None:
        if self.feed.racing is not None:
            self.feed.stop_race()
            self.race.end()

    def _on_race_ended(self, trouble: Message | None) -> None:
        self.race.end(trouble)

    def _on_train(self, kind: str) -> None:
        chosen = cast(ModelKind, kind)
        train_layer(self.context.document, chosen)
        frame = self.frame
        if chosen in RIVAL_KINDS and frame is not None and not frame.snapshot.parameters.any():
            self.context.controller.reset()  # the weights at hand are zeros: it takes the start by chance

    def _on_document_changed(self, change: Change) -> None:
        if change.settings or change.replaced or change.classes:
            self._show_trained()
        if change.samples or change.classes or change.replaced or change.settings & _RACE_SETTINGS:
            self.race.set_stale()
        if change.replaced:
            self._choice = LogitChoice()
        if change.samples or change.classes or change.replaced:
            self.redraw()
