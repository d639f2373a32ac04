"""The loss plot: all models by one ruler or each by its own loss, with its switches and its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.snapshots import METRICS, Snapshot
from engine.specs import LossName
from gui.document import Change, Document
from gui.formulas import count_text, loss_name, loss_text, percent_text
from gui.frame import Frame
from gui.i18n import message_text, translate
from gui.interaction import Interaction
from gui.model_names import has_long_dash, model_name
from gui.plots.loss import words
from gui.plots.loss.chart import ChartTexts, LossChart
from gui.plots.loss.chart_content import ChartContent, ChartStyle, Floor, Reading, Series, last_values
from gui.plots.step_words import step_sentence
from gui.theme import Appearance
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.training_controller import TrainingController
from gui.widgets.controls import SectionHeading, is_language_change
from gui.widgets.segmented import Segment, WrappingSegments

Ruler = Literal["error_rate", "cross_entropy", "mse", "own"]

RULERS: tuple[Ruler, ...] = ("error_rate", "cross_entropy", "mse", "own")
_ERROR_RATE = METRICS.index("error_rate")
_CROSS_ENTROPY = METRICS.index("cross_entropy")
_MSE = METRICS.index("mse")
_SENTENCE_PX = 250


def own_metric(loss: LossName) -> int:
    """Return the metric that a model trained on `loss` minimises, as an index of `METRICS`."""
    return _MSE if loss == "mse" else _CROSS_ENTROPY


class LossPlot(QWidget):
    """Curves of every model of the run, measured as the person chooses."""

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        controller: TrainingController,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._interaction = interaction
        self._controller = controller
        self._appearance = appearance
        self._frame: Frame | None = None
        self._ruler: Ruler = "error_rate"
        self._asked_ruler: Ruler = self._ruler
        self._log_values: dict[Ruler, bool] = {ruler: ruler != "error_rate" for ruler in RULERS}
        self._log_steps = False
        self._build()
        self._end_texts = Throttle(self._name_ends, TEXT_INTERVAL_MS, self)
        self._connect()
        self._apply_theme()
        self.retranslate()

    @property
    def ruler(self) -> Ruler:
        """What the models are measured by."""
        return self._ruler

    def show_frame(self, frame: Frame) -> None:
        """Draw a frame: the curve where it changed, the cursor where the run stands."""
        self._frame = frame
        before = self.chart.content.series
        self._show_content(curve_changed=frame.curve_changed)
        if before != self.chart.content.series:
            self._update_words()
            self._end_texts.run_now()
        else:
            self._end_texts.request()

    def set_ruler(self, ruler: Ruler) -> None:
        """Measure by wrong answers, cross-entropy, MSE, or each model by its own loss."""
        self._asked_ruler = ruler
        self._take_ruler()

    def _take_ruler(self) -> None:
        """CE and the summed BCE of K sigmoids are two rulers: there each model has its own instead."""
        has_two = bool(self._document.state.kinds)
        self._ruler = "own" if has_two and self._asked_ruler == "cross_entropy" else self._asked_ruler
        self.ruler_switch.button("cross_entropy").setVisible(not has_two)
        self.ruler_switch.set_key(self._ruler)
        self.log_box.setChecked(self._log_values[self._ruler])
        self._refresh()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("LossPlot", "Loss"))
        self.log_box.setText(translate("LossPlot", "log"))
        self.log_box.setToolTip(
            translate("LossPlot", "Logarithmic value axis: equal distances are equal ratios")
        )
        self.log_steps_box.setText(translate("LossPlot", "log steps"))
        self.log_steps_box.setToolTip(
            translate("LossPlot", "Logarithmic step axis: the first steps in more detail")
        )
        self.optimum_box.setText(translate("LossPlot", "optimum"))
        self.optimum_box.setToolTip(
            translate("LossPlot", "Show the lowest loss that the model can reach (the global minimum)")
        )
        self._set_segments()
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold_footer()
        needed = self.heading.sizeHint().width() + self.ruler_switch.sizeHint().width()
        self.heading.setVisible(self.width() >= needed + self._appearance.theme.px(24))
        super().resizeEvent(event)

    def _fold_footer(self) -> None:
        """Put the switches below the sentence where both do not fit in one line."""
        boxes = sum(
            box.sizeHint().width() + 12 for box in (self.log_box, self.log_steps_box, self.optimum_box)
        )
        text = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text())
        fits = self.width() >= boxes + min(text, self._appearance.theme.px(_SENTENCE_PX)) + 12
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._footer.setDirection(direction)

    def _build(self) -> None:
        self.heading = SectionHeading(self)
        self.ruler_switch = WrappingSegments(RULERS, self)
        texts = ChartTexts(step=self._step_text, value=self._value_text, mark=words.mark_text)
        self.chart = LossChart(self._appearance, texts, self)
        self.sentence = QLabel(self)
        self.sentence.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self.log_box, self.log_steps_box, self.optimum_box = (QCheckBox(self) for _ in range(3))
        header = QHBoxLayout()
        header.addWidget(self.heading)
        header.addStretch(1)
        header.addWidget(self.ruler_switch)
        boxes = QHBoxLayout()
        boxes.setSpacing(12)
        boxes.addStretch(1)
        self._footer = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._footer.setSpacing(4)
        self._footer.addWidget(self.sentence, 1)
        self._footer.addLayout(boxes)
        for box in (self.log_box, self.log_steps_box, self.optimum_box):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            boxes.addWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(header)
        layout.addWidget(self.chart, 1)
        layout.addLayout(self._footer)

    def _connect(self) -> None:
        self.ruler_switch.chosen.connect(self.set_ruler)
        self.log_box.clicked.connect(self._on_log)
        self.log_steps_box.clicked.connect(self._on_log_steps)
        self.optimum_box.clicked.connect(self._controller.show_optimum)
        self.chart.model_clicked.connect(self._interaction.set_selected_model)
        self._interaction.selected_model_changed.connect(self._on_selected_model)
        self._controller.optimum_changed.connect(self._refresh)
        self._controller.separation.changed.connect(self._refresh)
        self._document.changed.connect(self._on_document_changed)
        self._appearance.changed.connect(self._apply_theme)
        self.set_ruler(self._ruler)

    def _apply_theme(self) -> None:
        self.sentence.setMinimumHeight(self._appearance.theme.px(20))

    def _refresh(self) -> None:
        """Show what is known in other words or by another ruler."""
        self._show_content(curve_changed=False)
        self._update_words()
        self._name_ends()

    def _show_content(self, *, curve_changed: bool) -> None:
        content = ChartContent(
            selected_model=self._interaction.selected_model,
            series=self._series(),
            floors=self._floors(),
            style=self._style(),
        )
        if self._frame is not None:
            snapshot = self._frame.snapshot
            content = replace(
                content,
                curve=self._frame.curve,
                marks=tuple(self._frame.marks),
                last_step=snapshot.last_step,
                cursor=self._cursor(snapshot) if snapshot.step < snapshot.last_step else None,
            )
        self.chart.set_content(content, curve_changed=curve_changed)

    def _cursor(self, snapshot: Snapshot) -> Reading:
        held_out = snapshot.held_out_metrics
        values = (
            (snapshot.metrics if held_out is None or not series.held_out else held_out)[
                series.model, series.metric
            ]
            for series in self._series()
        )
        return Reading(snapshot.step, tuple(map(float, values)))

    def _losses(self) -> tuple[LossName, ...]:
        """The losses of the models that the curve holds."""
        if self._frame is None:
            return ()
        return self._frame.snapshot.spec.losses[: self._frame.curve.models]

    def _series(self) -> tuple[Series, ...]:
        if self._frame is None:
            return ()
        own, spec = self._ruler == "own", self._frame.snapshot.spec
        return tuple(
            Series(
                model=model,
                loss=loss,
                metric=own_metric(loss) if own else METRICS.index(self._ruler),
                right=own and model > 0,
                held_out=held_out,
                name=model_name(spec, model) if spec.kinds else "",
                long_dash=has_long_dash(spec, model),
            )
            for model, loss in enumerate(self._losses())
            for held_out in ((False, True) if self._has_held_out else (False,))
        )

    @property
    def _has_held_out(self) -> bool:
        """Whether there are held-out samples now, and something was recorded on some."""
        frame = self._frame
        return frame is not None and frame.curve.has_held_out and frame.snapshot.held_out_metrics is not None

    def _style(self) -> ChartStyle:
        series = self._series()
        own = self._ruler == "own"
        titles = [
            words.own_title(one) if own else self._ruler_name(self._ruler)
            for one in [one for one in series if not one.held_out][: 2 if own else 1]
        ]
        return ChartStyle(
            percent=self._ruler == "error_rate",
            log_values=self._log_values[self._ruler],
            log_steps=self._log_steps,
            left_title=titles[0] if titles else "",
            right_title=titles[1] if len(titles) > 1 else "",
            step_title=translate("LossPlot", "step"),
        )

    def _floors(self) -> tuple[Floor, ...]:
        """The optimum and the best MSE found, each on the axis of its own ruler."""
        right_of = {series.metric: series.right for series in self._series()}
        best_mse = self._controller.best_mse
        wanted = [find(one) for one in self._series() for find in (self._optimum_of, self._bound_of)]
        floors = list(dict.fromkeys(filter(None, wanted)))
        if _MSE in right_of and best_mse is not None and best_mse.parameters is not None:
            text = translate("LossPlot", "best found: {value}", value=loss_text(best_mse.mse))
            floors.append(Floor(best_mse.mse, text, right_of[_MSE]))
        return tuple(floors)

    def _optimum_of(self, series: Series) -> Floor | None:
        """The optimum of a curve's model, where the curve is of its cross-entropy."""
        optimum = self._controller.optimum_of(series.model)
        if series.metric != _CROSS_ENTROPY or optimum is None or optimum.parameters is None:
            return None
        text = words.optimum_text(series, loss_text(optimum.cross_entropy))
        return Floor(optimum.cross_entropy, text, series.right)

    def _bound_of(self, series: Series) -> Floor | None:
        """The entropy of the targets below the cross-entropy of a curve's model; 0 needs no line."""
        bound = self._controller.entropy_bound_of(series.model)
        if series.metric != _CROSS_ENTROPY or bound is None or not bound > 0.0:
            return None
        return Floor(bound, words.bound_text(series, loss_text(bound)), series.right)

    def _optimum_words(self) -> str:
        """Why a floor that was asked for is not drawn; empty where it is."""
        optimum, best_mse = self._controller.optimum, self._controller.best_mse
        if not self._controller.is_optimum_shown or optimum is None:
            return ""
        if optimum.parameters is None:
            return message_text(optimum.message)
        if self._ruler == "mse" and best_mse is not None and best_mse.parameters is None:
            return message_text(best_mse.message)
        if self._ruler == "error_rate":
            ruler = self._ruler_name("cross_entropy")
            return translate(
                "LossPlot", "The optimum is the lowest {ruler}: measure by that to see it.", ruler=ruler
            )
        return ""

    def _name_ends(self) -> None:
        if self._frame is not None and self._frame.snapshot.mistakes is not None:
            self._update_words()  # they count
        content = self.chart.content
        numbers = {
            (one.model, one.held_out): self._number(one.metric, value)
            for one, value in zip(content.series, last_values(content), strict=True)
        }
        self.chart.set_end_texts(
            [
                ""
                if one.held_out
                else words.end_text(one, numbers[one.model, False], numbers.get((one.model, True)))
                for one in content.series
            ]
        )

    def _update_words(self) -> None:
        several = len(self._losses()) > 1
        if self._ruler == "own" and several:
            text = translate(
                "LossPlot", "Each loss has its own axis: heights of different rulers cannot be compared."
            )
        elif several:
            text = translate("LossPlot", "Both models measured with the same ruler.")
        elif self._frame is not None:
            text = step_sentence(self._frame.snapshot, self._controller.separation.kind)
        else:
            text = ""
        key = words.held_out_key() if self._has_held_out else ""
        self.sentence.setText(" ".join(filter(None, (text, key, self._optimum_words()))))
        self._fold_footer()
        self.optimum_box.setChecked(self._controller.is_optimum_shown)

    def _set_segments(self) -> None:
        tooltips = words.ruler_tooltips()
        self.ruler_switch.set_segments(
            [Segment(ruler, self._ruler_name(ruler), tooltips[ruler]) for ruler in RULERS]
        )

    def _ruler_name(self, ruler: Ruler) -> str:
        if ruler == "error_rate":
            return translate("LossPlot", "wrong answers")
        if ruler == "own":
            return translate("LossPlot", "own losses")
        if ruler == "mse":
            return loss_name("mse")
        return loss_name(self._document.state.model.likelihood)

    def _number(self, metric: int, value: float) -> str:
        return percent_text(value) if metric == _ERROR_RATE else loss_text(value)

    def _value_text(self, series: Series, value: float) -> str:
        return words.value_text(series, self._number(series.metric, value), paired=self._has_held_out)

    def _step_text(self, step: int) -> str:
        return translate("LossPlot", "step {step}", step=count_text(step))

    def _on_log(self, checked: bool) -> None:
        self._log_values[self._ruler] = checked
        self._refresh()

    def _on_log_steps(self, checked: bool) -> None:
        self._log_steps = checked
        self._refresh()

    def _on_selected_model(self, model: int) -> None:
        del model
        self._show_content(curve_changed=False)

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.settings or change.replaced:
            self._set_segments()
            self._take_ruler()
