"""The log-odds tab: ln(p_j / p_k) of two classes as a map, as a surface, and solved for p."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.activations import logit
from engine.log_odds import odds_factors
from engine.sample_search import evenly_chosen
from engine.samples import SampleRows, Samples
from engine.snapshots import Snapshot
from gui.document import Change
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.plots.lab_tab import MANY_SAMPLES, LabContext, LabTab
from gui.plots.log_odds import words
from gui.plots.log_odds.card import LogOddsCard, set_text
from gui.plots.log_odds.field import LogOddsField
from gui.plots.log_odds.head import LogOddsHead
from gui.plots.log_odds.map_plot import LogOddsMap
from gui.plots.log_odds.pair import PairChoice
from gui.plots.log_odds.pointed import Place, Pointed, pointed_at
from gui.plots.log_odds.softmax_page import SoftmaxPage
from gui.plots.log_odds.space import LogOddsSpace, log_odds_brushes
from gui.plots.scene3d.colors import Brushes
from gui.plots.scene3d.view import SpaceView
from gui.plots.surface.content import ShownSamples
from gui.theme import Appearance
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.scrolled import Scrolled

Page = Literal["map", "space", "softmax"]

_SPACE_MS = 30
"""Least time between two drawings of the box by training; turning it is not held up."""
_BESIDE_BELOW_PX, _BESIDE_FROM_PX, _CARD_PX = 330, 430, 230
_LEAST_PICTURE_PX = 130
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not name


class _Pages(QStackedWidget):
    """The pictures, never too low to be read: where room lacks, the tab scrolls."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._appearance.theme.px(_LEAST_PICTURE_PX))


class LogOddsTab(LabTab):
    """One pair of classes of the selected model."""

    key = "log_odds"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "map"
        self._pair = PairChoice()
        self._place: Place | None = None
        self._shown = ShownSamples()
        self._drawn: tuple[Samples, SampleRows] | None = None
        self._field: LogOddsField | None = None
        self._brushes: tuple[tuple[object, ...], Brushes] | None = None
        self._build()
        self._redraw_space = Throttle(self._draw_space, _SPACE_MS, self)
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._connect()
        self.retranslate()

    @property
    def field(self) -> LogOddsField | None:
        """The log-odds as they were drawn last."""
        return self._field

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page

    def explanation(self) -> str:
        return words.explanation()

    def set_page(self, page: Page) -> None:
        """Show the map, the surface, or the way back to p."""
        self._page = page
        self.head.page_switch.set_key(page)
        self._pages.setCurrentIndex(("map", "space", "softmax").index(page))
        self._arrange()
        self.redraw()

    def choose(self, *, first: int | None = None, second: int | None = None) -> None:
        """Compare another class, or with another reference; with neither, swap the two."""
        classes = self.context.document.state.classes
        self._pair.choose(classes, first=first, second=second)
        self.redraw()

    def draw(self, frame: Frame) -> None:
        """Show a frame of the selected model; numbers follow a few times a second."""
        snapshot, state = frame.snapshot, self.context.document.state
        classes = state.classes
        if snapshot.spec.model.n_classes != len(classes) or len(classes) < 2:
            return  # the frame with the document's classes is on its way
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        field = self._field_of(snapshot, row)
        if not field.is_finite:
            return
        self._field = field
        self.head.set_pair(classes, (field.first, field.second))
        self.head.set_owner(snapshot.spec, row)
        if self._page == "map":
            self.map.set_samples(self._rows_of(state.samples))
            self.map.set_field(field, classes, self._threshold_level(field))
            self._point()
        elif self._page == "space":
            self._redraw_space.request()
        self._texts.request()

    def forget(self) -> None:
        self._shown, self._drawn = ShownSamples(), None

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.head.retranslate()
        self.card.retranslate()
        self.map.set_titles(translate("LogOdds", "height (cm)"), translate("LogOdds", "weight (kg)"))
        self.space.setToolTip(translate("LogOdds", "Drag to turn, wheel to zoom, double click to reset."))
        self.redraw()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.head = LogOddsHead(appearance, self)
        self.map = LogOddsMap(appearance, self)
        self.space = SpaceView(appearance, parent=self)
        self.back = SoftmaxPage(appearance, self)
        self._pages = _Pages(appearance, self)
        for page in (self.map, self.space, self.back):
            self._pages.addWidget(page)
        self.card = LogOddsCard(appearance, self)
        self.readout = QLabel(self)
        self.readout.setProperty("quiet", True)
        self.readout.setWordWrap(True)
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(6)
        self._body.addWidget(self._pages, 1)
        self._body.addWidget(self.card)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._body, 1)
        column.addWidget(self.readout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        self.scrolled = Scrolled(below, self)
        layout.addWidget(self.scrolled, 1)

    def _connect(self) -> None:
        context, interaction = self.context, self.context.interaction
        self.head.page_chosen.connect(self.set_page)
        self.head.page_switch.set_key(self._page)
        self.head.first_chosen.connect(lambda index: self.choose(first=index))
        self.head.second_chosen.connect(lambda index: self.choose(second=index))
        self.head.swapped.connect(self.choose)
        self.map.pointed.connect(self._on_pointed)
        self.map.sample_hovered.connect(interaction.set_hovered_id)
        self.map.sample_clicked.connect(lambda sample_id: interaction.set_selected_ids((sample_id,)))
        self.space.point_hovered.connect(interaction.set_hovered_id)
        self.space.point_clicked.connect(lambda sample_id: interaction.set_selected_ids((sample_id,)))
        self.space.surface_hovered.connect(self._on_pointed)
        for changed in (
            interaction.hovered_id_changed,
            interaction.pointer_changed,
            interaction.selected_ids_changed,
        ):
            changed.connect(self._on_interaction)
        interaction.selected_model_changed.connect(self.redraw)
        context.document.changed.connect(self._on_document_changed)
        context.appearance.changed.connect(self._on_appearance_changed)

    def _arrange(self) -> None:
        """Put formulas and sentences beside the picture where height is scarce, else below it."""
        px = self.context.appearance.theme.px
        is_beside = self.height() < px(_BESIDE_BELOW_PX) and self.width() >= px(_BESIDE_FROM_PX)
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        width = max(px(_CARD_PX), self.width() // 2)
        self.card.setMinimumWidth(width if is_beside else 0)
        self.card.setMaximumWidth(width if is_beside else _ANY_WIDTH)
        self.card.set_narrow(is_beside)
        is_back = self._page == "softmax"
        self.card.setVisible(not is_back)
        self.readout.setVisible(not is_back)
        self.readout.setMinimumHeight(0)
        self._texts.request()

    def _field_of(self, snapshot: Snapshot, row: int) -> LogOddsField:
        state = self.context.document.state
        pair = self._pair.indices(state.classes)
        return LogOddsField.of(snapshot, row, *self._shown.ranges(state.samples), pair)

    def _field_of_document(self) -> LogOddsField | None:
        """What was drawn last; None while its classes are not the document's, whose frame is on its way."""
        field = self._field
        if field is None or field.model.n_classes != len(self.context.document.state.classes):
            return None
        return field

    def _rows_of(self, samples: Samples) -> SampleRows:
        """The rows that the map draws of: all, or of very many some, evenly chosen."""
        if self._drawn is None or self._drawn[0] is not samples:
            is_few = len(samples) <= MANY_SAMPLES
            self._drawn = samples, samples.rows if is_few else evenly_chosen(samples, MANY_SAMPLES)
        return self._drawn[1]

    def _threshold_level(self, field: LogOddsField) -> float:
        """The log-odds where the decision changes: another one than 0 with one output node alone."""
        if field.model.kind != "logistic":
            return 0.0
        level = float(logit(np.array(self.context.document.state.settings.threshold)))
        return level if field.first == 1 else -level

    def _draw_space(self) -> None:
        field, state = self._field_of_document(), self.context.document.state
        if field is None or not self.is_active or self._page != "space":
            return
        theme, hovered = self.context.appearance.theme, self.context.interaction.hovered_id
        key = (theme, state.classes, field.first, field.second)
        if self._brushes is None or self._brushes[0] != key:
            self._brushes = (key, log_odds_brushes(theme, state.classes, field.first, field.second))
        rows = self._shown.rows(state.samples, hovered)
        space = LogOddsSpace(field, rows, state.classes, theme, self._brushes[1], hovered)
        self.space.set_content(space.content(translate("LogOdds", "ln-odds")))
        self.space.set_highlight(hovered)

    def _pointed(self, field: LogOddsField) -> Pointed:
        middle = (sum(field.height_range_cm) / 2, sum(field.weight_range_kg) / 2)
        samples = self.context.document.state.samples
        return pointed_at(samples, self.context.interaction, self._place, middle)

    def _point(self) -> None:
        """Mark on the map what the numbers are of."""
        if self._field is None:
            return
        pointed = self._pointed(self._field)
        self.map.set_ringed(pointed.sample_id)
        is_here = self._place is not None and pointed.sample_id is None
        self.map.set_mark(None if is_here else (pointed.height_cm, pointed.weight_kg))

    def _show_texts(self) -> None:
        field, state = self._field_of_document(), self.context.document.state
        if field is None or not self.is_active:
            return
        pointed = self._pointed(field)
        if self._page == "softmax":
            self.back.show_place(field, state.classes, pointed.height_cm, pointed.weight_kg)
            return
        first, second = (class_name(state.classes[index]) for index in (field.first, field.second))
        place = (pointed.height_cm, pointed.weight_kg)
        set_text(self.readout, words.place_sentence(field, *place, first, second))
        self.card.show_field(field, *place, self._sentence(field, pointed, first, second))

    def _sentence(self, field: LogOddsField, pointed: Pointed, first: str, second: str) -> str:
        if field.shape == "infinite":
            return words.infinite_sentence()
        if field.plane_z is None:
            return words.bent_sentences(field, pointed.height_cm, pointed.weight_kg)
        if not field.plane_z.any():
            return words.equal_sentence(first, second)
        assert self.frame is not None
        scaler = field.scaler
        is_standardized = self.frame.snapshot.spec.standardize
        stds = (scaler.std_height_cm, scaler.std_weight_kg) if is_standardized else None
        return words.factor_sentences(odds_factors(field.plane_z, scaler), stds, first, second)

    def _on_pointed(self, place: Place | None) -> None:
        self._place = place
        self._on_interaction()

    def _on_interaction(self) -> None:
        if not self.is_active:
            return
        if self._page == "map":
            self._point()
        elif self._page == "space":
            self._redraw_space.request()
        self._texts.request()

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced:
            self._pair.forget()
        if change.classes or change.replaced or change.samples or "threshold" in change.settings:
            self.redraw()

    def _on_appearance_changed(self) -> None:
        self._arrange()
        self.redraw()
