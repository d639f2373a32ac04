"""The lab's hidden layers: slices of the loss through a layer's weights, and how non-convex each layer is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.hidden.nonconvexity import Slices
from engine.snapshots import Snapshot
from gui.frame import Frame
from gui.i18n import translate
from gui.model_choice import choose_model
from gui.plots.hidden import words as words
from gui.plots.hidden.controls import HiddenControls
from gui.plots.hidden.feed import HiddenFeed
from gui.plots.hidden.measure import HiddenMeasure
from gui.plots.hidden.slices import HiddenSlices
from gui.plots.hidden.work import (
    COARSE,
    FINE,
    LOSSES,
    Centre,
    MeasureAnswer,
    MeasureQuestion,
    SliceAnswer,
    SliceQuestion,
    drawn_pair,
    layer_places,
)
from gui.plots.lab_tab import LabContext, LabTab
from gui.throttle import Throttle
from gui.widgets.controls import PanelButton

INTERVAL_MS = 250
"""Slices are asked for at most this often."""
_ZOOM_DIGITS = 3


class HiddenTab(LabTab):
    """Follows the selected model's weights; measuring starts by itself once and then when asked."""

    key = "hidden"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.feed = HiddenFeed(self)
        self.controls = HiddenControls(self)
        self.slices = HiddenSlices(context.appearance, self)
        self.measure = HiddenMeasure(context.appearance, self)
        self.reason = QLabel(self)
        self.choose_button = PanelButton(self)
        self._centre: Centre | None = None
        self._slice: SliceAnswer | None = None
        self._shares: MeasureAnswer | None = None
        self._is_stopped = False
        self._throttle = Throttle(self._ask_slice, INTERVAL_MS, self)
        self._lay_out()
        self._connect()
        self.controls.apply_theme(context.appearance.theme)
        self.retranslate()

    @property
    def slice_answer(self) -> SliceAnswer | None:
        """The slices shown; None while there are none."""
        return self._slice

    @property
    def shares(self) -> MeasureAnswer | None:
        """What is measured of the present model and samples."""
        return self._shares

    def explanation(self) -> str:
        return words.explanation()

    def draw(self, frame: Frame) -> None:
        centre = self._centre_of(frame.snapshot)
        before, self._centre = self._centre, centre
        if centre is None:
            self._show_reason()
            return
        self._stack.setCurrentIndex(1)
        if not centre.shares_ground(before):
            self._take_ground(centre, before)
        self._throttle.request()
        self._measure_once()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.feed.stop_slices()
            self._stop_measure()

    def close_jobs(self) -> None:
        self.feed.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.controls.retranslate()
        self.choose_button.setText(translate("Hidden", "Use hidden layers"))
        self.measure.retranslate(None if self._centre is None else self._centre.model)
        if self._centre is None:
            self._show_reason()
        else:
            self._name_layers(self._centre)
            self._name_axes()
            self._show_hint()
            if self._slice is not None:
                self.slices.set_answer(self._slice)

    def _lay_out(self) -> None:
        self.reason.setWordWrap(True)
        self.reason.setProperty("quiet", True)
        other = QWidget(self)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        column = QVBoxLayout(other)
        column.addStretch(1)
        column.addWidget(self.reason)
        column.addLayout(row)
        column.addStretch(2)
        self._views = QStackedWidget(self)
        self._views.addWidget(self.slices)
        self._views.addWidget(self.measure)
        main = QWidget(self)
        body = QVBoxLayout(main)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        body.addWidget(self.controls)
        body.addWidget(self._views, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(other)
        self._stack.addWidget(main)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        context = self.context
        self.choose_button.clicked.connect(lambda: choose_model(context.document, "mlp"))
        self.controls.changed.connect(self._on_choices)
        self.slices.clicked.connect(self._start_at)
        self.slices.zoomed.connect(self._zoom)
        self.slices.resized.connect(self._throttle.request)
        self.slices.name_clicked.connect(self._select)
        self.controls.measure_requested.connect(self._start_measure)
        self.controls.stop_requested.connect(self._on_stop)
        self.feed.sliced.connect(self._on_slice)
        self.feed.measured.connect(self._on_measured)
        self.feed.progressed.connect(self.controls.set_progress)
        self.feed.ended.connect(self._show_running)
        context.interaction.selected_model_changed.connect(self.redraw)
        context.appearance.changed.connect(self._on_appearance_changed)

    def _centre_of(self, snapshot: Snapshot) -> Centre | None:
        """The selected model's weights; None without hidden layers or samples."""
        if not snapshot.spec.model.hidden or not snapshot.spec.samples.moments[0]:
            return None
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        loss = snapshot.spec.losses[row]
        return Centre(snapshot.spec, snapshot.scaler, snapshot.parameters[row], loss, snapshot.step)

    def _take_ground(self, centre: Centre, before: Centre | None) -> None:
        """Begin with another shape or other samples: what was measured no longer holds."""
        if before is None or before.model != centre.model:
            self._slice = None
            self.slices.set_answer(None)
            self._name_layers(centre)
        self._stop_measure()
        self._shares, self._is_stopped = None, False
        self.measure.set_answer(None, centre.model)
        self._show_running()

    def _show_reason(self) -> None:
        """Say how to come to hidden layers, or that there is nothing to measure a loss on."""
        state = self.context.document.state
        self._stack.setCurrentIndex(0)
        self.feed.stop_slices()
        self._stop_measure()
        is_other = not state.model.hidden
        self.choose_button.setVisible(is_other)
        self.choose_button.setEnabled(len(state.classes) == 2)
        self.reason.setText(
            words.other_model_text(len(state.classes)) if is_other else words.no_samples_text()
        )

    def _name_layers(self, centre: Centre) -> None:
        names = [words.layer_name(centre.model, layer) for layer in range(len(centre.layout.layers))]
        self.controls.set_layers(names)

    def _question(self) -> SliceQuestion | None:
        centre, choices = self._centre, self.controls.choices
        if centre is None or self.frame is None:
            return None
        if choices.layer >= len(centre.layout.layers):  # fewer layers have just come: the choice is to follow
            return None
        pair = choices.pair or drawn_pair(centre, choices.layer, choices.seed)
        sizes = (COARSE,) if self.frame.snapshot.playing else (COARSE, FINE)
        return SliceQuestion(
            centre,
            choices.layer,
            choices.kind,
            choices.seed,
            pair,
            choices.half_width,
            sizes,
            self.slices.look(),
        )

    def _ask_slice(self) -> None:
        """Have the newest weights sliced, unless that is what is shown."""
        question = self._question()
        if question is None or not self.is_active or self.controls.choices.view != "slice":
            return
        self._name_weights(question)
        if self._slice is None or not same_slice(self._slice, question):
            self.feed.ask_slice(question)

    def _name_weights(self, question: SliceQuestion) -> None:
        """Name the weights that can be chosen, and the axes."""
        centre, layer = question.centre, question.layer
        if question.kind == "weights":
            first = centre.layout.layer_slice(layer).start
            names = [
                (place, words.weight_name(centre.model, layer, place - first))
                for place in layer_places(centre, layer)
            ]
            self.controls.set_weights(names, question.pair)
        self._name_axes()

    def _name_axes(self) -> None:
        question = self._question()
        if question is None:
            return
        titles = words.direction_names()
        if question.kind == "weights":
            model, first = question.centre.model, question.centre.layout.layer_slice(question.layer).start
            u, v = (words.weight_name(model, question.layer, place - first) for place in question.pair)
            titles = (u, v)
        losses = question.centre.spec.losses
        selected = LOSSES.index(question.centre.loss) if len(losses) > 1 else None
        self.slices.set_titles(titles, selected)

    def _show_hint(self) -> None:
        if self._slice is not None:
            self.slices.set_hint(self._slice.question, self._slice.used, self._slice.total)

    def _measure_once(self) -> None:
        """Measure without being asked, the first time that there is nothing to see."""
        is_wanted = self.is_active and self.controls.choices.view == "measure"
        if is_wanted and self._shares is None and self.feed.measuring is None and not self._is_stopped:
            self._start_measure()

    def _start_measure(self) -> None:
        centre, choices = self._centre, self.controls.choices
        if centre is not None:
            slices = Slices(choices.half_width, seeds=choices.seeds, kind=choices.kind)
            self.feed.ask_measure(MeasureQuestion(centre, slices))
            self._show_running()

    def _stop_measure(self) -> None:
        self.feed.stop_measure()
        self._show_running()

    def _show_running(self) -> None:
        is_measured = self._shares is not None
        self.controls.set_running(self.feed.measuring is not None, is_measured=is_measured)

    def _on_stop(self) -> None:
        self._is_stopped = True
        self._stop_measure()

    def _on_choices(self) -> None:
        self._views.setCurrentIndex(0 if self.controls.choices.view == "slice" else 1)
        self._throttle.request()
        self._measure_once()

    def _on_slice(self, answer: SliceAnswer) -> None:
        if self._centre is None or answer.question.centre.model != self._centre.model:
            return
        self._slice = answer
        self.slices.set_answer(answer)
        self._show_hint()
        self._name_axes()

    def _on_measured(self, answer: MeasureAnswer) -> None:
        if answer.question.centre.shares_ground(self._centre):
            self._shares = answer
            self.measure.set_answer(answer, answer.question.centre.model)

    def _zoom(self, factor: float) -> None:
        half = float(f"{self.controls.choices.half_width * factor:.{_ZOOM_DIGITS}g}")
        self.controls.choose(half_width=min(max(half, 1e-2), 1e3))

    def _start_at(self, u: float, v: float) -> None:
        """Start a run from a point of the slice."""
        if self._slice is not None and self._centre is not None:
            row = self._slice.question.plane(2).parameters(u, v)
            self.context.controller.load(row, self._slice.question.centre.scaler)

    def _select(self, number: int) -> None:
        """Select the model that is trained on a panel's loss."""
        if self._centre is not None and LOSSES[number] in self._centre.spec.losses:
            row = self._centre.spec.losses.index(LOSSES[number])
            self.context.interaction.set_selected_model(row)

    def _on_appearance_changed(self) -> None:
        self.controls.apply_theme(self.context.appearance.theme)
        self._slice = None
        self._throttle.request()


def same_slice(answer: SliceAnswer, question: SliceQuestion) -> bool:
    """Whether an answer is what a question asks for, as fine and for the same room."""
    old = answer.question
    return (
        answer.is_finest
        and old.centre.shares_ground(question.centre)
        and bool((old.centre.parameters == question.centre.parameters).all())
        and (old.layer, old.kind, old.half_width, old.look)
        == (question.layer, question.kind, question.half_width, question.look)
        and (old.pair == question.pair if old.kind == "weights" else old.seed == question.seed)
        and len(old.sizes) >= len(question.sizes)
    )
