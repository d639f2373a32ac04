"""Maximum likelihood: the strip from data to gradient descent, and three pages that show it on data."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.samples import Samples
from engine.snapshots import Snapshot
from gui.document import Change
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.maximum_likelihood import page_texts, strip_texts
from gui.plots.maximum_likelihood.choice import DISTRIBUTIONS, LOSSES, TARGETS, Choice, row_of
from gui.plots.maximum_likelihood.data import LabelView, numbers_a_sample
from gui.plots.maximum_likelihood.feed import Feed
from gui.plots.maximum_likelihood.labels_page import LabelsPage
from gui.plots.maximum_likelihood.parameter_data import (
    BARE,
    ParameterView,
    Trouble,
    bare_label,
    label_sigma,
    parameter_keys,
    regression_parameter,
)
from gui.plots.maximum_likelihood.parameter_page import ParameterPage
from gui.plots.maximum_likelihood.place import Place, outcome_of, place_of
from gui.plots.maximum_likelihood.regression_data import RegressionView
from gui.plots.maximum_likelihood.regression_page import RegressionPage
from gui.plots.maximum_likelihood.strip import Strip
from gui.plots.maximum_likelihood.strip_numbers import label_numbers, no_numbers, regression_numbers
from gui.plots.maximum_likelihood.training_page import TrainingPage
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelCombo
from gui.widgets.scrolled import Scrolled
from gui.widgets.segmented import SegmentedControl

Page = Literal["data", "parameter", "training"]
PAGES: tuple[Page, ...] = get_args(Page)

_FORMULAS_FROM_PX, _SENTENCE_FROM_PX, _COMBO_PX = 340, 480, 130
_BUTTON_PAD_PX = 14
_LEAST_PAGE_PX = 160


class _Content(QWidget):
    """Strip and pages: as wide as the tab, however narrow, and as high as they need."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class MaximumLikelihoodTab(LabTab):
    """The strip, and below it the data, one parameter, or the run."""

    key = "maximum_likelihood"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page: Page = "data"
        is_binary = len(context.document.state.classes) <= 2
        self._choice = Choice(distribution="bernoulli" if is_binary else "categorical")
        self._feed = Feed(self)
        self._labels: tuple[Snapshot, LabelView] | None = None
        self._regression: RegressionView | None = None
        self._samples: Samples | None = None
        self._build()
        self._strip_texts = Throttle(self._show_strip, TEXT_INTERVAL_MS, self)
        self._connect()
        self.retranslate()

    @property
    def choice(self) -> Choice:
        """What is assumed of y."""
        return self._choice

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page

    @property
    def labels(self) -> LabelView | None:
        """The labelled samples as they were drawn last."""
        return None if self._labels is None else self._labels[1]

    def explanation(self) -> str:
        return strip_texts.explanation()

    def set_page(self, page: Page) -> None:
        """Look at the data, at one parameter, or at the run."""
        self._page = page
        self.page_switch.set_key(page)
        self.parameter_combo.setVisible(page == "parameter")
        self.redraw()

    def set_choice(self, choice: Choice) -> None:
        """Assume something else of y; every box and page follows."""
        self._choice = choice
        self._labels = None
        if choice.target == "label":
            self.regression.stop()
        self._set_parameter_choices()
        self._strip_texts.run_now()
        self.redraw()

    def draw(self, frame: Frame) -> None:
        """Show a frame: the labels as its models see them, or the regression, which needs no run."""
        if self._choice.target == "weight":
            self._draw_regression()
            return
        snapshot = frame.snapshot
        if not snapshot.spec.samples.moments[0]:
            self._labels = None
            self._show_sentence(page_texts.needs_labels())
            return
        interaction = self.context.interaction
        row = row_of(self._choice, snapshot.spec, interaction.selected_model)
        self._feed.ask_labels(snapshot, row, self._choice, interaction.current_class)

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active:
            self.regression.stop()

    def forget(self) -> None:
        self._feed.forget()
        self._labels = None
        self.label_page.forget()

    def close_jobs(self) -> None:
        """End the background work."""
        self._feed.close()

    def wait_until_idle(self) -> bool:
        """Block until nothing is worked on; the answers come with the event loop."""
        return self._feed.wait_until_idle()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.page_switch.set_segments(page_texts.page_segments())
        self.parameter_combo.setToolTip(
            translate("MaximumLikelihoodTab", "Which parameter changes; all others stay")
        )
        self._arrange()
        self._set_parameter_choices()
        for page in (self.label_page, self.regression, self.parameter, self.training):
            page.retranslate()
        self._strip_texts.run_now()
        self.redraw()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        content = self._make_scroll()
        self.strip = Strip(self.context.appearance, content)
        self.apart, self.sentence = QLabel(content), QLabel(content)
        for label in (self.apart, self.sentence):
            label.setProperty("quiet", True)
            label.setWordWrap(True)
        self.page_switch = SegmentedControl(PAGES, content)
        self.parameter_combo = PanelCombo(content)
        self.parameter_combo.hide()
        self._stack = QStackedWidget(content)
        self.label_page = LabelsPage(self.context, self._stack)
        self.regression = RegressionPage(self.context, self._stack)
        self.parameter = ParameterPage(self.context, self._stack)
        self.training = TrainingPage(self.context, self._stack)
        for page in (self.label_page, self.regression, self.parameter, self.training):
            self._stack.addWidget(page)
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self.page_switch)
        header.addWidget(self.parameter_combo, 1)
        header.addStretch(0)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 4, 0)  # off the scroll bar
        layout.setSpacing(5)
        layout.addWidget(self.strip)
        layout.addWidget(self.apart)
        layout.addLayout(header)
        layout.addWidget(self.sentence)
        layout.addWidget(self._stack, 1)

    def _make_scroll(self) -> QWidget:
        """What holds strip and pages: it scrolls where the tab is too low for both."""
        content = _Content(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(content, self))
        return content

    def _connect(self) -> None:
        interaction = self.context.interaction
        self.strip.chosen.connect(self._on_box_chosen)
        self.page_switch.chosen.connect(self.set_page)
        self.page_switch.set_key(self._page)
        self.parameter_combo.activated.connect(self.redraw)
        self.regression.moved.connect(self._follow_regression)
        self.parameter.value_wanted.connect(self._feed.ask_value)
        self._feed.labels_ready.connect(self._take_labels)
        self._feed.regression_ready.connect(self._take_regression)
        self._feed.weight_ready.connect(self._take_weight)
        self._feed.value_ready.connect(self.parameter.take_value)
        interaction.selected_model_changed.connect(self.redraw)
        interaction.current_class_changed.connect(self.redraw)
        for changed in (
            interaction.hovered_id_changed,
            interaction.pointer_changed,
            interaction.selected_ids_changed,
        ):
            changed.connect(self._on_pointed)
        self.context.document.changed.connect(self._on_document_changed)
        self.context.appearance.changed.connect(self._arrange)

    def _arrange(self) -> None:
        """Leave formulas and the sentence out where they would take the plots' room."""
        theme = self.context.appearance.theme
        self.strip.set_compact(self.height() < theme.px(_FORMULAS_FROM_PX))
        self.apart.setVisible(self.height() >= theme.px(_SENTENCE_FROM_PX))
        self.parameter_combo.setMinimumWidth(theme.px(_COMBO_PX))
        self._stack.setMinimumHeight(theme.px(_LEAST_PAGE_PX))
        bold = QFontMetricsF(theme.font(bold=True))
        for page in PAGES:  # the chosen one is bold, and the list beside it takes all that is left
            button = self.page_switch.button(page)
            button.setMinimumWidth(round(bold.horizontalAdvance(button.text())) + theme.px(_BUTTON_PAD_PX))

    def _draw_regression(self) -> None:
        samples = self.context.document.state.samples
        if self._samples is samples:
            self._take_regression(samples, self._regression)
        else:
            self._feed.ask_regression(samples)

    def _take_labels(self, snapshot: Snapshot, view: LabelView) -> None:
        if not self.is_active or view.choice != self._choice:
            return
        self._labels = (snapshot, view)
        if self._page == "data":
            self.label_page.show_view(view)
            self._show_page(self.label_page)
        elif self._page == "parameter":
            self._draw_label_parameter(snapshot, view)
        else:
            self._draw_training(snapshot, view)
        self._on_pointed()

    def _draw_label_parameter(self, snapshot: Snapshot, view: LabelView) -> None:
        key = self.parameter_combo.key
        if key == BARE:
            self._show_parameter(bare_label(view, view.positive))
        elif key == "sigma":
            self._show_parameter(label_sigma(view))
        elif key:
            row = row_of(self._choice, snapshot.spec, self.context.interaction.selected_model)
            shown = self.parameter.view
            before = (shown.low, shown.high) if shown is not None and shown.key == key else None
            self._feed.ask_weight(snapshot, row, int(key), before)

    def _draw_training(self, snapshot: Snapshot, view: LabelView) -> None:
        assert self.frame is not None
        if snapshot.spec.model.n_classes > 2 and self._choice.distribution == "bernoulli":
            self._show_sentence(page_texts.needs_categorical())
            return
        row = row_of(self._choice, snapshot.spec, self.context.interaction.selected_model)
        outputs = numbers_a_sample(snapshot.spec.model_of(row))
        self.training.show_run(self.frame, row, self._choice, outputs)
        self._show_page(self.training)

    def _take_regression(self, samples: Samples, view: RegressionView | None) -> None:
        self._samples, self._regression = samples, view
        if not self.is_active or self._choice.target != "weight":
            return
        if view is None:
            self.regression.stop()
            self._show_sentence(page_texts.needs_samples())
            return
        if self.regression.view is not view:
            self.regression.show_view(view)
        self._follow_regression()

    def _follow_regression(self) -> None:
        """Show the line of gradient descent in the page in front and in the strip."""
        run, view = self.regression.run, self._regression
        if self._choice.target != "weight" or run is None or view is None or not self.is_active:
            return
        if self._page == "data":
            self._show_page(self.regression)
        elif self._page == "parameter":
            key = self.parameter_combo.key
            self._show_parameter(regression_parameter(view.regression, run.line, key))
        else:
            self.training.show_regression(run)
            self._show_page(self.training)
        self._strip_texts.request()

    def _take_weight(self, index: int, found: ParameterView | Trouble) -> None:
        if self.is_active and self._page == "parameter" and self.parameter_combo.key == str(index):
            self._show_parameter(found)

    def _show_parameter(self, found: ParameterView | Trouble) -> None:
        if not isinstance(found, ParameterView):
            self._show_sentence(page_texts.trouble_sentence(found, self._choice))
            return
        choice = self._choice
        symbol = page_texts.parameter_symbol(found.key, choice)
        mark, sentence = page_texts.peak_mark(found), page_texts.peak_sentence(found, choice)
        self.parameter.show_view(found, symbol, mark, sentence)
        self._show_page(self.parameter)

    def _show_page(self, page: QWidget) -> None:
        self.sentence.hide()
        self._stack.show()
        self._stack.setCurrentWidget(page)

    def _show_sentence(self, text: str) -> None:
        self.sentence.setText(text)
        self.sentence.show()
        self._stack.hide()
        self._strip_texts.request()

    def _place(self) -> Place:
        return place_of(self.context.document.state.samples, self.context.interaction)

    def _on_pointed(self) -> None:
        """Show the distribution at the x that the person points at."""
        if not self.is_active:
            return
        if self._choice.target == "weight":
            self.regression.light()
        elif self._labels is not None and self._page == "data":
            self.label_page.show_outcome(outcome_of(*self._labels, self._place()))
        self._strip_texts.request()

    def _show_strip(self) -> None:
        self.apart.setText(strip_texts.parameters_sentence(self._choice))
        run, place = self.regression.run, self._place()
        if self._choice.target == "weight" and run is not None and self._regression is not None:
            numbers = regression_numbers(run, place, len(self.context.document.state.classes))
        elif self._choice.target == "label" and self._labels is not None:
            numbers = label_numbers(*self._labels, outcome_of(*self._labels, place))
        else:
            numbers = no_numbers(len(self.context.document.state.classes))
        self.strip.set_contents(strip_texts.strip_contents(self._choice, numbers))

    def _set_parameter_choices(self) -> None:
        state = self.context.document.state
        keys = parameter_keys(self._choice, state.model, bias=state.settings.bias)
        positive = self.context.interaction.current_class if len(state.classes) > 2 else 1
        choices = page_texts.parameter_choices(keys, self._choice, state.model, state.classes, positive)
        self.parameter_combo.set_choices(choices)

    def _on_box_chosen(self, box: str, key: str) -> None:
        choice = self._choice
        if box == "data":
            changed = choice.with_target(next(name for name in TARGETS if name == key))
        elif box == "distribution":
            changed = choice.with_distribution(next(name for name in DISTRIBUTIONS if name == key))
        else:
            changed = choice.with_loss(next(name for name in LOSSES if name == key))
        self.set_choice(changed)

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.settings or change.replaced:
            is_binary = len(self.context.document.state.classes) <= 2
            if not is_binary and self._choice.distribution == "bernoulli" and change.replaced:
                self._choice = self._choice.with_distribution("categorical")
                self._labels = None
            self._set_parameter_choices()
            self._strip_texts.request()
        if self._choice.target == "weight" and self.is_active:
            self._draw_regression()
