"""The lab's metrics: answers against labels, and what the probabilities are worth, live while training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.classification import row_shares
from engine.classification_curves import Bins, RocCurve, round_threshold
from engine.document.state import ClassInfo
from gui.document import Change
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.model_names import is_long_dashed, model_names
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.metrics import words as words
from gui.plots.metrics.feed import MetricsFeed
from gui.plots.metrics.matrix import Cell
from gui.plots.metrics.panes import AnswersPane, CalibrationPane, RocPane, quiet_label, set_text
from gui.plots.metrics.work import (
    PARTS,
    Answer,
    ModelScores,
    Part,
    Question,
    count_of,
    has_threshold,
    subject_of,
)
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.emblems import loss_icon
from gui.widgets.scrolled import Scrolled
from gui.widgets.segmented import Segment, SegmentedControl

Page = Literal["confusion", "roc", "calibration"]
Hover = tuple[Literal["cell", "score", "roc", "bin"], object]

PAGES: tuple[Page, ...] = ("confusion", "roc", "calibration")
MODELS = ("0", "1")
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 0.01, 0.99
"""As far as the threshold's slider goes."""
_ALL_FROM_PX = (600, 480)
"""A tab this wide and high shows all pages at once."""
_ICON_PX = (26, 12)
_BOLDER_PX = 12
"""Room for the letters of the chosen segment, which are bold."""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A cell whose samples were selected: whose they are, which, and at which step."""

    cell: Cell
    part: Part
    row: int
    ids: frozenset[int]
    step: int


class MetricsTab(LabTab):
    """Matrix, scores, ROC and calibration of the selected model on one part of the samples."""

    key = "metrics"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._part: Part = "training"
        self._page: Page = "confusion"
        self._bins: Bins = "width"
        self._answer: Answer | None = None
        self._hover: Hover | None = None
        self._marked: _Marked | None = None
        self.feed = MetricsFeed(self)
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._connect()
        self.retranslate()

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    @property
    def page(self) -> Page:
        """The page in front, where there is no room for all."""
        return self._page

    def explanation(self) -> str:
        return words.explanation()

    def draw(self, frame: Frame) -> None:
        del frame  # `_ask` takes the newest one
        self._ask()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.feed.stop()

    def forget(self) -> None:
        self.feed.forget()
        self._answer = None

    def close_jobs(self) -> None:
        self.feed.close()

    def set_part(self, part: Part) -> None:
        """Judge by the training samples or by the held-out ones."""
        self._part = part
        self._ask()

    def set_page(self, page: Page) -> None:
        """Bring a page to the front."""
        self._page, self._hover = page, None
        self._arrange()
        self._texts.run_now()

    def set_bins(self, bins: Bins) -> None:
        """Have calibration's bins equally wide, or equally full."""
        self._bins = bins
        self.calibration.bins_switch.set_key(bins)
        self._ask()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(words.page_segments())
        self._arrange()
        for pane in (self.answers, self.roc, self.calibration):
            pane.retranslate()
        self._texts.run_now()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.part_switch = SegmentedControl(PARTS, self)
        self.model_switch = SegmentedControl(MODELS, self)
        self.page_switch = SegmentedControl(PAGES, self)
        self.summary, self.status = quiet_label(self), quiet_label(self)
        self.answers = AnswersPane(appearance, self)
        self._answers_view = Scrolled(self.answers, self)
        self.roc, self.calibration = RocPane(appearance, self), CalibrationPane(appearance, self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.part_switch)
        head.addStretch(1)
        head.addWidget(self.page_switch)
        whose = QHBoxLayout()
        whose.setSpacing(8)
        whose.addWidget(self.summary, 1)
        whose.addWidget(self.model_switch, 0, Qt.AlignmentFlag.AlignTop)
        self._curves = QWidget(self)
        curves = QHBoxLayout(self._curves)
        curves.setContentsMargins(0, 0, 0, 0)
        curves.setSpacing(12)
        curves.addWidget(self.roc, 1)
        curves.addWidget(self.calibration, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(whose)
        layout.addWidget(self._answers_view, 1)
        layout.addWidget(self._curves, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        context, interaction = self.context, self.context.interaction
        self.part_switch.chosen.connect(self.set_part)
        self.page_switch.chosen.connect(self.set_page)
        self.model_switch.chosen.connect(lambda key: interaction.set_selected_model(int(key)))
        self.calibration.bins_switch.chosen.connect(self.set_bins)
        self.calibration.bins_switch.set_key(self._bins)
        self.feed.answered.connect(self._on_answered)
        self.answers.matrix.clicked.connect(self._on_cell_clicked)
        self.answers.table.class_clicked.connect(interaction.set_current_class)
        self.roc.plot.picked.connect(self._on_point_picked)
        self.answers.matrix.hovered.connect(lambda cell: self._on_hovered("cell", cell))
        self.answers.table.hovered.connect(lambda place: self._on_hovered("score", place))
        self.roc.plot.hovered.connect(lambda number: self._on_hovered("roc", number))
        self.calibration.plot.hovered.connect(lambda number: self._on_hovered("bin", number))
        interaction.selected_ids_changed.connect(self._on_selection)
        interaction.selected_model_changed.connect(self._show_answer)
        interaction.current_class_changed.connect(self._ask)
        context.document.changed.connect(self._on_document_changed)
        context.appearance.changed.connect(self._on_appearance_changed)

    def _arrange(self) -> None:
        """Show all pages at once, or the one in front."""
        px = self.context.appearance.theme.px
        has_all = self.width() >= px(_ALL_FROM_PX[0]) and self.height() >= px(_ALL_FROM_PX[1])
        self.page_switch.setVisible(not has_all)
        self.page_switch.set_key(self._page)
        self._give_bold_room()
        for page, pane in zip(PAGES, (self._answers_view, self.roc, self.calibration), strict=True):
            pane.setVisible(has_all or page == self._page)
        self._curves.setVisible(has_all or self._page != "confusion")
        # Room for two lines, so that what is pointed at never moves when its sentence gets longer.
        self.status.setMinimumHeight(2 * self.status.fontMetrics().lineSpacing())

    def _give_bold_room(self) -> None:
        """Keep room in the head for the bold letters of chosen segments, where there is enough."""
        bolder, head = self.context.appearance.theme.px(_BOLDER_PX), (self.part_switch, self.page_switch)
        widths = [switch.sizeHint().width() + bolder for switch in head]
        has_room = sum(widths) + bolder <= self.width()
        for switch, width in zip(head, widths, strict=True):
            switch.setMinimumWidth(width if has_room else 0)

    def _ask(self) -> None:
        """Have the newest frame judged, while the tab is in front."""
        frame, document = self.frame, self.context.document.state
        if frame is None or not self.is_active:
            return
        spec = frame.snapshot.spec
        if len(document.classes) != spec.model.n_classes:
            return  # the frame with the other classes is on its way
        has_held_out = count_of(spec.samples, "held_out") > 0
        part: Part = self._part if has_held_out else "training"
        subject = subject_of(spec.model, self.context.interaction.current_class)
        self.feed.ask(Question(frame.snapshot, part, document.settings.threshold, subject, self._bins))

    def _on_answered(self, answer: Answer) -> None:
        if self.is_active:
            self._answer = answer
            self._show_answer()

    def _show_answer(self) -> None:
        """Move the curves at once; numbers change at a pace that can be read."""
        answer = self._shown_answer()
        if answer is not None:
            self.roc.show_curves(answer, self._row(answer))
            self.calibration.show_curves(answer, self._row(answer))
            self._texts.request()

    def _shown_answer(self) -> Answer | None:
        """The answer, if the document still has its classes."""
        answer, classes = self._answer, self.context.document.state.classes
        if answer is None or answer.question.snapshot.spec.model.n_classes != len(classes):
            return None
        return answer

    def _row(self, answer: Answer) -> int:
        return min(self.context.interaction.selected_model, len(answer.models) - 1)

    def _show_texts(self) -> None:
        self._show_switches()
        answer = self._shown_answer()
        if answer is None:
            set_text(self.summary, "")
            set_text(self.status, "")
            return
        row, question = self._row(answer), answer.question
        model, classes = answer.models[row], self.context.document.state.classes
        spec, name = question.snapshot.spec, class_name(classes[question.subject])
        has_held_out = count_of(spec.samples, "held_out") > 0
        set_text(self.summary, words.summary(answer, row, has_held_out=has_held_out))
        self.answers.show_model(model, classes, question.subject, is_choosable=not spec.model.is_binary)
        self.answers.matrix.set_marked(self._marked_cell(answer, row))
        self.roc.show_heading(model, name)
        self.roc.plot.set_can_pick(has_threshold(spec.model))
        self.calibration.show_heading(model, name)
        set_text(self.status, self._status(answer, model, classes))

    def _show_switches(self) -> None:
        """Offer the held-out samples where there are any, and the models of a comparison by their names."""
        answer, theme = self._shown_answer(), self.context.appearance.theme
        spec = None if answer is None else answer.question.snapshot.spec
        has_held_out = spec is not None and count_of(spec.samples, "held_out") > 0
        self.part_switch.set_segments(words.part_segments(has_held_out=has_held_out))
        self.part_switch.button("held_out").setEnabled(has_held_out)
        self.part_switch.set_key("training" if answer is None else answer.question.part)
        losses, names = ((), ()) if spec is None else (spec.losses, model_names(spec))
        self.model_switch.setVisible(len(losses) > 1)
        size = QSize(theme.px(_ICON_PX[0]), theme.px(_ICON_PX[1]))
        tip = translate("Metrics", "Show the model trained on this loss")
        self.model_switch.set_segments(
            [
                Segment(key, name, tip, loss_icon(theme, loss, size, long_dash=is_long_dashed(loss, losses)))
                for key, loss, name in zip(MODELS, losses, names, strict=False)
            ],
            size,
        )
        if answer is not None:
            self.model_switch.set_key(str(self._row(answer)))

    def _status(self, answer: Answer, model: ModelScores | None, classes: tuple[ClassInfo, ...]) -> str:
        names = [class_name(info) for info in classes]
        if model is None:
            return ""
        hovered = self._hovered_sentence(answer, model, names)
        if hovered:
            return hovered
        if self._page == "roc" and self.page_switch.isVisible():
            return words.roc_hint(answer.question.snapshot.spec.model)
        if self._page == "calibration" and self.page_switch.isVisible():
            return words.calibration_hint()
        if self._marked is not None:
            marked = self._marked
            return words.selected_sentence(marked.cell, len(marked.ids), marked.step, names)
        return translate("Metrics", "Click on a cell to select its samples on the canvas.")

    def _hovered_sentence(self, answer: Answer, model: ModelScores, names: list[str]) -> str:
        """What is under the pointer, in words; empty where there is nothing (any more)."""
        kind, place = self._hover or (None, None)
        subject = names[answer.question.subject]
        if kind == "cell" and isinstance(place, tuple) and max(place) < len(names):
            share = float(row_shares(model.confusion)[place])
            return words.cell_sentence(place, int(model.confusion[place]), share, names)
        if kind == "score" and isinstance(place, tuple) and place[0] <= len(names):
            return words.score_sentence(place, model.scores, names)
        curve, found = self.roc.plot.curve, model.reliability
        if kind == "roc" and isinstance(place, int) and curve is not None and place < curve.threshold.size:
            return words.roc_sentence(curve, place, subject)
        if kind == "bin" and isinstance(place, int) and found is not None and place < found.count.size:
            return words.bin_sentence(found, place, subject)
        return ""

    def _marked_cell(self, answer: Answer, row: int) -> Cell | None:
        marked = self._marked
        if marked is None or (marked.part, marked.row) != (answer.question.part, row):
            return None
        return marked.cell

    def _on_hovered(self, kind: Literal["cell", "score", "roc", "bin"], place: object) -> None:
        self._hover = None if place is None else (kind, place)
        self._texts.run_now()

    def _on_cell_clicked(self, cell: Cell) -> None:
        """Select a cell's samples on the canvas; a second click lets them go."""
        answer = self._shown_answer()
        if answer is None:
            return
        row = self._row(answer)
        if self._marked_cell(answer, row) == cell:
            self.context.interaction.set_selected_ids(())
            return
        ids = frozenset(answer.ids_in_cell(row, *cell).tolist())
        self._marked = None
        if ids:
            self._marked = _Marked(cell, answer.question.part, row, ids, answer.question.snapshot.step)
        self.context.interaction.set_selected_ids(ids)
        self._texts.run_now()

    def _on_selection(self, ids: frozenset[int]) -> None:
        """Another selection than the marked cell's takes its mark away."""
        if self._marked is not None and ids != self._marked.ids:
            self._marked = None
            self._texts.run_now()

    def _on_point_picked(self, number: int) -> None:
        """Set the threshold to that of a point of the curve, as round as it may be."""
        answer, curve = self._shown_answer(), self.roc.plot.curve
        if answer is None or curve is None or not has_threshold(answer.question.snapshot.spec.model):
            return
        present = self.context.document.state.settings.threshold
        if not curve.lower[number] < present <= curve.threshold[number]:
            self.context.document.change_settings(threshold=threshold_at(curve, number))

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced:
            self._marked = None
        if change.classes or change.replaced or "threshold" in change.settings:
            self._ask()
            self._texts.request()

    def _on_appearance_changed(self) -> None:
        self._arrange()
        self._texts.request()


def threshold_at(curve: RocCurve, number: int) -> float:
    """The roundest threshold with the answers of a point of a curve, as near to it as the slider goes."""
    lower, upper = float(curve.lower[number]), min(float(curve.threshold[number]), HIGHEST_THRESHOLD)
    if not lower < upper:
        return HIGHEST_THRESHOLD
    return float(np.clip(round_threshold(lower, upper), LOWEST_THRESHOLD, HIGHEST_THRESHOLD))
