"""The entropy tab: cross-entropy as H(y) + KL(y || p), over the run and sample by sample."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.samples import UNLABELLED, SampleRows
from gui.document import Change
from gui.formulas import count_text
from gui.frame import Frame
from gui.i18n import translate
from gui.model_names import trained_on
from gui.plots.entropy import words
from gui.plots.entropy.card import SampleTerms
from gui.plots.entropy.controls import EntropyControls
from gui.plots.entropy.data import EntropyView, SameBound, run_split
from gui.plots.entropy.feed import EntropyFeed
from gui.plots.entropy.run_plot import RunPlot
from gui.plots.entropy.strip_plot import StripPlot
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext, LabTab
from gui.style_sheet import owner_sheet
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.scrolled import Scrolled
from gui.widgets.segmented import SegmentedControl

Page = Literal["run", "samples"]
PAGES: tuple[Page, ...] = ("run", "samples")

_BOTH_FROM_PX, _LOW_PX = 560, 330
_CARD_PX, _FORMULA_PX, _BOLDER_PX = 262, 14.0, 24


class EntropyTab(LabTab):
    """The selected model's cross-entropy on its training samples."""

    key = "entropy"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "run"
        self._view: EntropyView | None = None
        self._cursor: int | None = None
        self._same_bound = SameBound()
        self.feed = EntropyFeed(self)
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._connect()
        self.retranslate()

    @property
    def view(self) -> EntropyView | None:
        """The numbers as they were drawn last."""
        return self._view

    @property
    def page(self) -> Page:
        """The page in front, where there is no room for both."""
        return self._page

    def explanation(self) -> str:
        return words.explanation()

    def show_frame(self, frame: Frame) -> None:
        self._same_bound.note(frame)
        super().show_frame(frame)

    def draw(self, frame: Frame) -> None:
        """Have the newest frame's samples split; the answer draws itself."""
        snapshot = frame.snapshot
        if snapshot.spec.model.n_classes != len(self.context.document.state.classes):
            return  # the frame with the document's classes is on its way
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        if np.isfinite(snapshot.parameters[row]).all():
            self.feed.ask(snapshot, row)

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.feed.stop()

    def forget(self) -> None:
        self.feed.forget()
        self._view = None
        self.strip.set_view(None, self.context.document.state.classes)

    def close_jobs(self) -> None:
        self.feed.close()

    def set_page(self, page: Page) -> None:
        """Look at the run, or at the samples."""
        self._page = page
        self._arrange()
        self._texts.run_now()

    def duplicate_selected(self) -> None:
        """Add an equal sample of the next class for each selected one, as one undo command."""
        rows, classes = self._selected_rows(), self.context.document.state.classes
        if len(rows):
            following = (rows.class_index + 1) % len(classes)
            self.context.document.add_samples(rows.height_cm, rows.weight_kg, following)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(words.page_segments())
        self.run.set_titles(translate("Entropy", "step"), translate("Entropy", "nats"))
        self.strip.retitle()
        self.controls.retranslate()
        self._arrange()
        self._texts.run_now()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.page_switch = SegmentedControl(PAGES, self)
        self.owner_label = QLabel(self)
        self.step_label, self.sentence = QLabel(self), QLabel(self)
        for label in (self.step_label, self.sentence):
            label.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.sum = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.run = RunPlot(appearance, self)
        self.strip = StripPlot(appearance, self)
        self.terms = SampleTerms(appearance, self)
        self._scroll = Scrolled(self.terms, self)
        self._scroll.viewport().setAutoFillBackground(False)
        self.terms.setAutoFillBackground(False)
        self._samples = QWidget(self)
        self.controls = EntropyControls(appearance, self)
        head, line, samples = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self._samples)
        head.addWidget(self.page_switch)
        head.addStretch(1)
        head.addWidget(self.owner_label)
        line.setSpacing(8)
        line.addWidget(self.step_label)
        line.addWidget(self.sum, 1)
        samples.setContentsMargins(0, 0, 0, 0)
        samples.setSpacing(10)
        samples.addWidget(self.strip, 1)
        samples.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(head)
        layout.addLayout(line)
        layout.addWidget(self.run, 1)
        layout.addWidget(self._samples, 1)
        layout.addWidget(self.sentence)
        layout.addWidget(self.controls)

    def _connect(self) -> None:
        context, interaction = self.context, self.context.interaction
        self.page_switch.chosen.connect(self.set_page)
        self.feed.ready.connect(self._take)
        self.run.moved.connect(self._on_run_moved)
        self.strip.sample_hovered.connect(interaction.set_hovered_id)
        self.strip.sample_clicked.connect(lambda sample_id: interaction.set_selected_ids((sample_id,)))
        self.controls.smoothing_picked.connect(self._on_smoothing)
        self.controls.duplicate_wanted.connect(self.duplicate_selected)
        self.controls.optimum_wanted.connect(self._on_optimum_wanted)
        context.controller.optimum_changed.connect(self._show_view)
        interaction.hovered_id_changed.connect(self._on_pointed)
        interaction.selected_ids_changed.connect(self._on_pointed)
        interaction.selected_model_changed.connect(self.redraw)
        context.document.changed.connect(self._on_document_changed)
        context.appearance.changed.connect(self._on_appearance_changed)

    def _arrange(self) -> None:
        """Show both pages, or the one in front."""
        px = self.context.appearance.theme.px
        has_both = self.height() >= px(_BOTH_FROM_PX)
        self.page_switch.setVisible(not has_both)
        self.page_switch.set_key(self._page)
        self.page_switch.setMinimumWidth(self.page_switch.sizeHint().width() + px(_BOLDER_PX))
        self.run.setVisible(has_both or self._page == "run")
        self._samples.setVisible(has_both or self._page == "samples")
        self._scroll.setFixedWidth(min(px(_CARD_PX), round(self.width() * 0.56)))
        self.controls.set_low(self._is_low)
        self.terms.set_low(self._is_low)
        self.sentence.setMinimumHeight(0)
        self.sentence.setVisible(not self._is_low or self._page == "run")
        self._texts.request()

    @property
    def _is_low(self) -> bool:
        """Whether words have to leave their room to the plots: the bound's reason is a hint then."""
        return self.height() < self.context.appearance.theme.px(_LOW_PX)

    def _take(self, view: EntropyView) -> None:
        if self.is_active and view.model.n_classes == len(self.context.document.state.classes):
            self._view = view
            self._show_view()

    def _show_view(self) -> None:
        view, frame = self._view, self.frame
        if view is None or frame is None or not self.is_active:
            return
        if view.row < len(frame.snapshot.spec.losses):
            optimum = self.context.controller.optimum_of(view.row)
            value = optimum.cross_entropy if optimum is not None and optimum.parameters is not None else None
            since = self._same_bound.since(frame)
            self.run.set_run(run_split(frame, view.row, view.pooled.bound, since, value))
        self.strip.set_view(view, self.context.document.state.classes)
        self._mark()
        self._texts.request()

    def _pointed(self, view: EntropyView) -> tuple[int, bool] | None:
        """Place of the sample that is hovered or alone selected, else of the worst; and whether it is so."""
        interaction = self.context.interaction
        place = view.place_of(interaction.hovered_id)
        if place is None and len(interaction.selected_ids) == 1:
            place = view.place_of(next(iter(interaction.selected_ids)))
        if place is not None:
            return place, False
        return (int(view.order[-1]), True) if len(view.data) else None

    def _mark(self) -> None:
        view = self._view
        if view is not None:
            pointed = self._pointed(view)
            self.strip.set_marked(None if pointed is None else pointed[0])

    def _show_texts(self) -> None:
        view, controller, state = self._view, self.context.controller, self.context.document.state
        self.controls.show_state(
            state.model,
            state.settings.label_smoothing,
            len(self._selected_rows()),
            is_optimum_shown=controller.is_optimum_shown,
        )
        if view is None or view.model.n_classes != len(state.classes):
            return
        self._show_owner(view)
        self._show_sum(view)
        optimum = words.optimum_sentence(
            view, controller.optimum_of(view.row), is_shown=controller.is_optimum_shown
        )
        bound = words.bound_sentence(view)
        self.sentence.setToolTip(bound if self._is_low and optimum else "")
        shown = (optimum or bound,) if self._is_low else filter(None, (bound, optimum))
        _set_text(self.sentence, " ".join(shown))
        pointed = self._pointed(view)
        self.terms.setVisible(pointed is not None)
        if pointed is not None:
            place, is_worst = pointed
            largest = float(view.split.cross_entropy[view.order[-1]])
            self.terms.show_sample(view.model, state.classes, view.sample(place), largest, is_worst=is_worst)

    def _show_owner(self, view: EntropyView) -> None:
        spec, theme = view.snapshot.spec, self.context.appearance.theme
        self.owner_label.setVisible(len(spec.losses) > 1)
        self.owner_label.setText(trained_on(spec, view.row))
        self.owner_label.setStyleSheet(owner_sheet(theme, spec.losses[view.row]))

    def _show_sum(self, view: EntropyView) -> None:
        """The sum at the step under the pointer, else at the one that is shown."""
        run = self.run.run
        if self._cursor is not None and run is not None:
            index = run.index_at(self._cursor)
            step, total = int(run.step[index]), float(run.cross_entropy[index])
            entropy, divergence = run.bound, max(total - run.bound, 0.0)
        else:
            step = view.snapshot.step
            entropy, divergence = view.split.means
        self.step_label.setText(translate("Entropy", "step {step}", step=count_text(step)))
        self.sum.set_formula(words.split_template(view.model, entropy, divergence))

    def _selected_rows(self) -> SampleRows:
        """The selected samples with a class."""
        ids = sorted(self.context.interaction.selected_ids)
        rows = self.context.document.state.samples.select(ids)
        return rows.take(rows.class_index != UNLABELLED)

    def _on_run_moved(self, place: QPointF | None) -> None:
        self._cursor = None if place is None else self.run.step_at(place)
        self.run.set_cursor(self._cursor)
        self._texts.request()

    def _on_smoothing(self, value: float, gesture: object) -> None:
        self.context.document.change_settings(gesture, label_smoothing=value)

    def _on_optimum_wanted(self, is_wanted: bool) -> None:
        self.context.controller.show_optimum(is_wanted)
        self._texts.request()

    def _on_pointed(self) -> None:
        if self.is_active:
            self._mark()
            self._texts.request()

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced:
            self.redraw()
        self._texts.request()

    def _on_appearance_changed(self) -> None:
        self._arrange()
        self._texts.request()


def _set_text(label: QLabel, text: str) -> None:
    """Show other words; what once needed more lines keeps them, so that the plot above stands still."""
    if text != label.text():
        label.setText(text)
        needed = label.heightForWidth(label.width())
        if needed > label.minimumHeight():
            label.setMinimumHeight(needed)
