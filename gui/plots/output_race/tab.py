"""The tab of softmax against K sigmoids: both models over the canvas, one logit, and two classes."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.normalizer_race import RaceLoss
from gui.document import Change
from gui.frame import Frame
from gui.model_choice import choose_model
from gui.plots.lab_tab import LabContext
from gui.plots.output_layer.logit_choice import LogitChoice
from gui.plots.output_layer.logit_tab import LogitTab
from gui.plots.output_race import words
from gui.plots.output_race.feed import OutputRaceFeed
from gui.plots.output_race.logits_page import LogitsPage
from gui.plots.output_race.maps_page import MapsPage
from gui.plots.output_race.two_page import TwoPage
from gui.plots.output_race.work import SIGMOIDS_ROW, SOFTMAX_ROW, PairMaps, PairQuestion, is_pair
from gui.widgets.segmented import SegmentedControl

Floats = NDArray[np.float64]
Page = Literal["maps", "logits", "two"]

MULTI_LABEL_SCENE = "multi_label"
_STEP_SETTINGS = frozenset({"optimizer", "start", "seed", "standardize", "bias", "label_smoothing", "model"})


class OutputRaceTab(LogitTab):
    """Everything follows the frame and the pointer; the table of two classes follows samples and settings."""

    key = "output_race"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "maps"
        self._loss: RaceLoss = "likelihood"
        self.feed = OutputRaceFeed(self)
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
        """Show the maps, one logit, or two classes."""
        self._page = page
        self.page_switch.set_key(page)
        self._pages.setCurrentIndex(words.PAGES.index(page))
        self.feed.stop()
        self.redraw()
        self._ask_steps()
        self._texts.run_now()

    def draw(self, frame: Frame) -> None:
        """Show a frame of both models, or of the one that is trained."""
        snapshot, state = frame.snapshot, self.context.document.state
        classes = state.classes
        self.maps.set_compared(bool(state.kinds))
        self.two.set_two(len(classes) == 2)
        if snapshot.spec.model.n_classes != len(classes) or len(classes) < 2:
            return  # the frame with the document's classes is on its way
        if not np.isfinite(snapshot.parameters).all():
            return  # a run that diverges passes through infinite numbers
        self._choice = self._choice.fitting(len(classes))
        self._take_place(snapshot)
        if self._page == "maps" and is_pair(snapshot):
            self.feed.ask_maps(PairQuestion(snapshot, *self._shown.ranges(state.samples)))
            self.maps.set_place(self._here, self._pointed.sample_id)
        elif self._page == "logits":
            self._show_answers()
        self._texts.request()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if is_active:
            self._ask_steps()
        else:
            self.feed.stop()

    def forget(self) -> None:
        self.feed.forget()

    def close_jobs(self) -> None:
        self.feed.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(words.page_segments())
        for page in (self.maps, self.logits, self.two):
            page.retranslate()
        self._show_texts()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.page_switch = SegmentedControl(words.PAGES, self)
        self.page_switch.set_key(self._page)
        self.maps = MapsPage(appearance, self)
        self.logits = LogitsPage(appearance, self)
        self.two = TwoPage(appearance, self)
        self._pages = QStackedWidget(self)
        for page in (self.maps, self.logits, self.two):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.page_switch)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        context, interaction = self.context, self.context.interaction
        self.page_switch.chosen.connect(self.set_page)
        self.maps.pointed.connect(self._on_pointed)
        self.maps.sample_hovered.connect(interaction.set_hovered_id)
        self.maps.sample_clicked.connect(lambda sample_id: interaction.set_selected_ids((sample_id,)))
        self.maps.compare_wanted.connect(self._on_compare)
        self.maps.scene_wanted.connect(lambda: self.example_requested.emit(MULTI_LABEL_SCENE))
        self.logits.logit_moved.connect(self._on_logit)
        self.logits.live_wanted.connect(lambda: self.set_choice(LogitChoice()))
        self.two.loss_chosen.connect(self._on_loss)
        self.feed.maps_ready.connect(self._on_maps)
        self.feed.steps_ready.connect(self.two.show_steps)
        self.follow()
        context.document.changed.connect(self._on_document_changed)

    def _show_answers(self) -> None:
        classes = self.context.document.state.classes
        if len(self._live) == len(classes):
            self.logits.show_answers(self.answers, classes)

    def _show_texts(self) -> None:
        frame, classes = self.frame, self.context.document.state.classes
        if frame is None or len(self._live) != len(classes):
            return
        if self._page == "maps" and is_pair(frame.snapshot) and len(self._logits) == 2:
            pair = (self._logits[SOFTMAX_ROW], self._logits[SIGMOIDS_ROW])
            self.maps.show_texts(pair, classes)
        elif self._page == "logits":
            compared = self._choice.compared(self._live)
            self.logits.show_texts(self._choice, self.answers, compared, classes, self._place_text())
        elif self._page == "two" and len(classes) == 2:
            self.two.show_place(self._place_text(), self._live)

    def _ask_steps(self) -> None:
        """Have the table of two classes worked out, where it is seen."""
        state = self.context.document.state
        if self._page == "two" and self.is_active and len(state.classes) == 2:
            self.feed.ask_steps(state.training_spec(), self._loss)

    def _on_compare(self) -> None:
        document = self.context.document
        if document.state.model.kind in ("softmax", "sigmoids"):
            document.change_settings(loss_mode="outputs")
        else:
            choose_model(document, "softmax", loss_mode="outputs")

    def _on_loss(self, key: str) -> None:
        self._loss = "mse" if key == "mse" else "likelihood"
        self.two.loss_switch.set_key(self._loss)
        self._ask_steps()

    def _on_maps(self, maps: PairMaps) -> None:
        state = self.context.document.state
        if maps.question.snapshot.spec.model.n_classes != len(state.classes):
            return
        self.maps.set_maps(maps, self._shown.rows(state.samples), state.classes)
        self.maps.set_place(self._here, self._pointed.sample_id)
        self._texts.request()

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced:
            self._choice = LogitChoice()
        if change.samples or change.classes or change.replaced or change.settings:
            self.redraw()
        if change.samples or change.classes or change.replaced or change.settings & _STEP_SETTINGS:
            self._ask_steps()
