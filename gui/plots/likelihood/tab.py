"""Likelihood: the product that underflows, the sum of logarithms that does not, and their common peak."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.snapshots import Snapshot
from gui.background import Background
from gui.document import Change
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.likelihood import texts as texts
from gui.plots.likelihood.data import Order, RunningView, WeightView, running_view, weight_view
from gui.plots.likelihood.running import RunningPage
from gui.plots.likelihood.weight import WeightPage
from gui.plots.training_view import DataKeeper
from gui.widgets.controls import PanelCombo
from gui.widgets.segmented import SegmentedControl

Page = Literal["running", "weight"]
PAGES: tuple[Page, ...] = get_args(Page)

_RUNNING_LIMIT, _WEIGHT_LIMIT = 20_000, 200
"""With more samples (times their repeats) than this the numbers come from the background."""
_COMBO_PX, _ONE_LINE_FROM_PX = 116, 430


class LikelihoodTab(LabTab):
    """Two pages: the samples one by one, and all of them along one weight."""

    key = "likelihood"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "running"
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()
        self._background = Background(self)
        self._range: tuple[float, float] | None = None
        self._build()
        self._connect()
        self.retranslate()

    def explanation(self) -> str:
        return texts.explanation()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page

    def set_page(self, page: Page) -> None:
        """Go sample by sample, or along a weight."""
        self._page = page
        self.page_switch.set_key(page)
        self.running.stop()
        self._show_page()
        self.redraw()

    def draw(self, frame: Frame) -> None:
        """Work out the page in front for a frame; of very many samples in the background."""
        snapshot = frame.snapshot
        self._show_sentence(snapshot)
        count = snapshot.spec.samples.moments[0]
        if not self.sentence.isHidden() or not count:
            return
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        if self._page == "running":
            self._draw_running(snapshot, row, count)
        else:
            self._draw_weight(snapshot, row, count)

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.running.stop()

    def forget(self) -> None:
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()
        for kind in ("running", "weight"):
            self._background.cancel(kind)
        self.running.forget()

    def close_jobs(self) -> None:
        """End the background work."""
        self._background.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(texts.page_segments())
        self.order_combo.set_choices(texts.order_choices())
        self.order_combo.setToolTip(translate("LikelihoodTab", "In which order the samples are multiplied"))
        self.repeat_combo.set_choices(texts.repeat_choices())
        self.repeat_combo.setToolTip(
            translate("LikelihoodTab", "Take the data several times over, as if there were more people")
        )
        self.weight_combo.setToolTip(translate("LikelihoodTab", "Which weight changes; the others stay"))
        self._set_weight_choices()
        self.running.retranslate()
        self.weight.retranslate()
        self.redraw()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self.page_switch = SegmentedControl(PAGES, self)
        self.order_combo, self.repeat_combo, self.weight_combo = (PanelCombo(self) for _ in range(3))
        self.running = RunningPage(self.context, self)
        self.weight = WeightPage(self.context, self)
        self.sentence = QLabel(self)
        self.sentence.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.running)
        self._stack.addWidget(self.weight)
        combos = QHBoxLayout()
        combos.setSpacing(8)
        for combo in (self.order_combo, self.repeat_combo, self.weight_combo):
            combos.addWidget(combo, 1)
        self._header = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._header.setSpacing(8)
        self._header.addWidget(self.page_switch)
        self._header.addStretch(1)
        self._header.addLayout(combos, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._header)
        layout.addWidget(self.sentence)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        interaction = self.context.interaction
        self.page_switch.chosen.connect(self.set_page)
        self.page_switch.set_key(self._page)
        for combo in (self.order_combo, self.repeat_combo):
            combo.activated.connect(self.redraw)
        self.weight_combo.activated.connect(self._on_weight_chosen)
        interaction.selected_model_changed.connect(self.redraw)
        interaction.hovered_id_changed.connect(self._light)
        self._background.finished.connect(self._on_finished)
        self.context.document.changed.connect(self._on_document_changed)
        self.context.appearance.changed.connect(self._arrange)
        self._show_page()
        self._arrange()

    def _arrange(self) -> None:
        """Put the choices beside the switch, or below it where the tab is narrow."""
        theme = self.context.appearance.theme
        is_wide = self.width() >= theme.px(_ONE_LINE_FROM_PX)
        directions = QBoxLayout.Direction
        self._header.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        for combo in (self.order_combo, self.repeat_combo, self.weight_combo):
            combo.setMinimumWidth(theme.px(_COMBO_PX) if is_wide else theme.px(_COMBO_PX) // 2)

    def _show_page(self) -> None:
        is_running = self._page == "running"
        self.order_combo.setVisible(is_running)
        self.repeat_combo.setVisible(is_running)
        self.weight_combo.setVisible(not is_running)
        self._stack.setCurrentWidget(self.running if is_running else self.weight)

    def _draw_running(self, snapshot: Snapshot, row: int, count: int) -> None:
        order: Order = "probability" if self.order_combo.key == "probability" else "data"
        repeats = int(self.repeat_combo.key or 1)
        if count * repeats > _RUNNING_LIMIT:
            self._background.run("running", _running, self._background_keeper, snapshot, row, order, repeats)
        else:
            self._show_running(snapshot, running_view(self._keeper, snapshot, row, order, repeats))

    def _draw_weight(self, snapshot: Snapshot, row: int, count: int) -> None:
        index = int(self.weight_combo.key or 0)
        if index >= snapshot.parameters.shape[1]:
            return
        if count > _WEIGHT_LIMIT:
            keeper = self._background_keeper
            self._background.run("weight", _weight, keeper, snapshot, row, index, self._range)
        else:
            self._show_weight(snapshot, weight_view(self._keeper, snapshot, row, index, self._range))

    def _on_finished(self, kind: str, result: object) -> None:
        if not isinstance(result, tuple) or not self.is_active:
            return
        snapshot, view = result
        if kind == "running" and isinstance(view, RunningView):
            self._show_running(snapshot, view)
        elif kind == "weight" and isinstance(view, WeightView):
            self._show_weight(snapshot, view)

    def _show_running(self, snapshot: Snapshot, view: RunningView) -> None:
        self.running.show_view(view, is_binary=snapshot.spec.model.is_binary)
        self._light()

    def _show_weight(self, snapshot: Snapshot, view: WeightView | None) -> None:
        if view is not None and view.index == int(self.weight_combo.key or 0):
            self._range = (view.low, view.high)
            self.weight.show_view(view, snapshot)

    def _light(self) -> None:
        hovered, view = self.context.interaction.hovered_id, self.running.view
        place = None
        if hovered is not None and view is not None and len(view.data):
            found = int(np.searchsorted(view.data.sample_id, hovered))
            if found < len(view.data) and view.data.sample_id[found] == hovered:
                place = found
        self.running.set_lit(place)

    def _obstacle(self, snapshot: Snapshot) -> str:
        """Why there is nothing to see of the selected model; empty where there is."""
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        return texts.model_sentence(snapshot.spec.model_of(row), is_running=self._page == "running")

    def _show_sentence(self, snapshot: Snapshot) -> None:
        text = self._obstacle(snapshot)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        self._stack.setVisible(not text)

    def _set_weight_choices(self) -> None:
        state = self.context.document.state
        self.weight_combo.set_choices(
            texts.weight_choices(state.model, state.classes, bias=state.settings.bias)
        )

    def _on_weight_chosen(self) -> None:
        self._range = None
        self.redraw()

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.settings or change.replaced:
            self._set_weight_choices()
            self._range = None


def _running(
    keeper: DataKeeper, snapshot: Snapshot, row: int, order: Order, repeats: int
) -> tuple[Snapshot, RunningView]:
    return snapshot, running_view(keeper, snapshot, row, order, repeats)


def _weight(
    keeper: DataKeeper, snapshot: Snapshot, row: int, index: int, before: tuple[float, float] | None
) -> tuple[Snapshot, WeightView | None]:
    return snapshot, weight_view(keeper, snapshot, row, index, before)
