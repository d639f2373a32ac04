"""Sensitivity: how each loss reacts to an error, with every sample of the data on the curves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.models import logits
from engine.sensitivity import Axis as XAxis
from engine.snapshots import Snapshot
from engine.specs import LossName
from engine.training_data import TrainingData
from gui.background import Background
from gui.document import Change
from gui.formulas import fixed_text
from gui.frame import Frame
from gui.i18n import class_name
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.loss.axes import Axis
from gui.plots.sample_card import SampleCard
from gui.plots.sample_formulas import (
    SampleNumbers,
    definition_rows,
    logit_row,
    sample_line,
    sample_numbers,
    sample_rows,
)
from gui.plots.sensitivity import texts as texts
from gui.plots.sensitivity.data import (
    VALUE_TOP,
    ModelDots,
    SlopeBy,
    axis_slopes,
    curves_of,
    dots_of,
    model_dots,
    slope_axis,
    x_axis_of,
)
from gui.plots.sensitivity.notes import slope_notes, value_notes
from gui.plots.sensitivity.plot import Dots, SensitivityPlot
from gui.plots.training_view import DataKeeper
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.segmented import SegmentedControl

AXES: tuple[XAxis, ...] = ("error", "probability", "logit")
SLOPES: tuple[SlopeBy, ...] = ("logit", "axis")
_SIDE_CARD_FROM_PX, _CARD_PX = 430, 208
_SHORT_BELOW_PX = 330
_BACKGROUND_ABOVE = 10_000
"""With more samples than this the dots are worked out off the window's thread."""
_LINE_PX, _LINE_FORMULA_PX = 20, 14.0


class SensitivityTab(LabTab):
    """Loss above, slope below, by the error, by p or by the logit."""

    key = "sensitivity"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._axis: XAxis = "probability"
        self._slope_by: SlopeBy = "logit"
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._shown: Snapshot | None = None
        self._data: TrainingData | None = None
        self._dots: list[ModelDots] = []
        self._x_axis: Axis | None = None
        self._drawn: tuple[object, ...] = ()
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._connect()
        self.retranslate()

    def explanation(self) -> str:
        return texts.explanation()

    @property
    def axis(self) -> XAxis:
        """What the horizontal axis is: error, probability or logit."""
        return self._axis

    @property
    def dots(self) -> list[ModelDots]:
        """Where the samples stand, for each model drawn; the selected model's last."""
        return self._dots

    def set_axis(self, axis: XAxis) -> None:
        """Draw by the error, by p or by the logit."""
        self._axis = axis
        self.axis_switch.set_key(axis)
        self._show_switches()
        self.slope_switch.set_segments(texts.slope_segments(axis))
        self.redraw()

    def set_slope_by(self, slope_by: SlopeBy) -> None:
        """Have the lower plot show the slope by the logit, or by what the axis is."""
        self._slope_by = slope_by
        self.slope_switch.set_key(slope_by)
        self.redraw()

    def draw(self, frame: Frame) -> None:
        """Move the dots of a frame; curves and axes only where they change."""
        snapshot = frame.snapshot
        self._show_sentence(snapshot)
        if texts.obstacle(snapshot.spec):
            self._dots, self._data = [], None
            return
        rows = self._rows(snapshot)
        if snapshot.spec.samples.moments[0] > _BACKGROUND_ABOVE:
            self._background.run("dots", dots_of, self._background_keeper, snapshot, rows)
            return
        data = self._keeper.data(snapshot)
        self._show_dots(snapshot, data, [model_dots(snapshot, row, data) for row in rows])

    def forget(self) -> None:
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()
        self._background.cancel("dots")
        self._shown, self._data, self._dots = None, None, []

    def close_jobs(self) -> None:
        """End the background work."""
        self._background.close()

    def _on_finished(self, kind: str, result: object) -> None:
        del kind
        if isinstance(result, tuple) and self.is_active:
            self._show_dots(*result)

    def _show_dots(self, snapshot: Snapshot, data: TrainingData, dots: list[ModelDots]) -> None:
        self._shown, self._data, self._dots = snapshot, data, dots
        self._x_axis = x_axis_of(self._axis, self._dots, self._x_axis)
        self._draw_still(snapshot)
        self._move_dots()
        self._texts.request()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.axis_switch.set_segments(texts.axis_segments(is_wide=self._is_wide()))
        self.slope_switch.set_segments(texts.slope_segments(self._axis))
        text, tip = texts.pulls_texts()
        self.pulls_box.setText(text)
        self.pulls_box.setToolTip(tip)
        self._show_texts()
        self._drawn = ()
        self.redraw()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        appearance = self.context.appearance
        self.axis_switch = SegmentedControl(AXES, self)
        self.slope_switch = SegmentedControl(SLOPES, self)
        self.pulls_box = QCheckBox(self)
        self.pulls_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.value_plot = SensitivityPlot(appearance, self)
        self.slope_plot = SensitivityPlot(appearance, self)
        self.value_plot.set_has_x_labels(False)
        self.card = SampleCard(appearance, self)
        self.sentence = QLabel(self)
        self.sentence.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self.status = QLabel(self)
        self.status.setProperty("quiet", True)
        self.line = LiveFormula(appearance, self, size_px=_LINE_FORMULA_PX)
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self.axis_switch)
        header.addWidget(self.slope_switch)
        header.addStretch(1)
        header.addWidget(self.pulls_box)
        plots = QVBoxLayout()
        plots.setSpacing(2)
        plots.addWidget(self.value_plot, 1)
        plots.addWidget(self.slope_plot, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(plots, 1)
        body.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self.sentence)
        layout.addLayout(body, 1)
        layout.addWidget(self.status)
        layout.addWidget(self.line)

    def _connect(self) -> None:
        interaction = self.context.interaction
        self.axis_switch.chosen.connect(self.set_axis)
        self.slope_switch.chosen.connect(self.set_slope_by)
        self.pulls_box.clicked.connect(interaction.set_pulls_shown)
        interaction.pulls_shown_changed.connect(self.pulls_box.setChecked)
        interaction.hovered_id_changed.connect(self._on_picked)
        interaction.selected_ids_changed.connect(self._on_picked)
        interaction.selected_model_changed.connect(self.redraw)
        self.context.document.changed.connect(self._on_document_changed)
        self.context.appearance.changed.connect(self._arrange)
        for plot in (self.value_plot, self.slope_plot):
            plot.laid_out.connect(self._align)
            plot.moved.connect(self._on_moved)
            plot.clicked.connect(self._on_clicked)
        self.axis_switch.set_key(self._axis)
        self.slope_switch.set_key(self._slope_by)
        self._show_switches()

    def _show_switches(self) -> None:
        """Offer a slope by the axis where that is another one than by z, and has one value."""
        self.slope_switch.setVisible(self._axis != "logit" and self._is_binary())

    def _is_wide(self) -> bool:
        return self.width() >= self.context.appearance.theme.px(_SIDE_CARD_FROM_PX)

    def _arrange(self) -> None:
        """Put the card beside the plots; in a narrow tab one line of numbers below them takes its place."""
        theme, is_wide = self.context.appearance.theme, self._is_wide()
        self.card.setFixedWidth(min(theme.px(_CARD_PX), round(self.width() * 0.42)))
        self.card.setVisible(is_wide)
        self.pulls_box.setVisible(is_wide)
        self.line.setFixedHeight(theme.px(_LINE_PX))
        self.axis_switch.set_segments(texts.axis_segments(is_wide=is_wide))
        self._show_texts()

    def _align(self) -> None:
        """Have both plots begin at the same pixel."""
        room = max(self.value_plot.needed_left_room(), self.slope_plot.needed_left_room())
        self.value_plot.set_left_room(room)
        self.slope_plot.set_left_room(room)

    def _is_binary(self) -> bool:
        return self.context.document.state.model.is_binary

    def _rows(self, snapshot: Snapshot) -> list[int]:
        """Rows of the state, the selected model's last: it is drawn on top."""
        rows = list(range(len(snapshot.parameters)))
        selected = self.context.interaction.selected_model
        return sorted(rows, key=lambda row: row == selected)

    def _draw_still(self, snapshot: Snapshot) -> None:
        model = snapshot.spec.model
        assert self._x_axis is not None
        slope_by = self._slope_by if model.is_binary else "logit"
        wanted = (self._axis, slope_by, self._x_axis, model.is_binary, model.n_classes)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        n_classes = None if model.is_binary else model.n_classes
        values, slopes = curves_of(self._axis, self._x_axis, n_classes)
        if slope_by == "axis" and self._axis != "logit":
            slopes = axis_slopes(self._axis, self._x_axis)
        self.value_plot.set_axes(self._x_axis, Axis(0.0, VALUE_TOP))
        self.slope_plot.set_axes(self._x_axis, slope_axis(self._axis, slope_by, is_binary=model.is_binary))
        x_title, value_title, slope_title = texts.titles(self._axis, slope_by, is_binary=model.is_binary)
        self.value_plot.set_titles("", value_title)
        self.slope_plot.set_titles(x_title, slope_title)
        notes = value_notes(self._axis, self._x_axis, is_binary=model.is_binary)
        self.value_plot.set_curves(values, notes, 1.0 if model.is_binary else None)
        self.slope_plot.set_curves(slopes, slope_notes(self._axis, slope_by, is_binary=model.is_binary))

    def _move_dots(self) -> None:
        assert self._data is not None
        classes = self.context.document.state.classes
        slope_by = self._slope_by if self._is_binary() else "logit"
        xs = [one.x(self._axis) for one in self._dots]
        values, slopes = [], []
        for x, one in zip(xs, self._dots, strict=True):
            labels = self._data.class_index[one.place]
            values.append(Dots(x, one.value, labels, one.place))
            slopes.append(Dots(x, one.y(self._axis, slope_by), labels, one.place))
        self.value_plot.set_dots(values, classes)
        self.slope_plot.set_dots(slopes, classes)
        self._light()

    def _light(self) -> None:
        interaction = self.context.interaction
        selected = next(iter(interaction.selected_ids)) if len(interaction.selected_ids) == 1 else None
        for plot in (self.value_plot, self.slope_plot):
            plot.set_lit(self._index_of(interaction.hovered_id), self._index_of(selected))

    def _index_of(self, sample_id: int | None) -> int | None:
        """Place of a sample in the training data, or None if it is not trained on."""
        if sample_id is None or self._data is None or not len(self._data):
            return None
        ids = self._data.sample_id
        index = min(int(np.searchsorted(ids, sample_id)), ids.size - 1)
        return index if ids[index] == sample_id else None

    def _shown_index(self) -> int | None:
        """The sample whose numbers are shown: the hovered one, else the only selected one."""
        interaction = self.context.interaction
        hovered = self._index_of(interaction.hovered_id)
        if hovered is not None or len(interaction.selected_ids) != 1:
            return hovered
        return self._index_of(next(iter(interaction.selected_ids)))

    def _show_texts(self) -> None:
        is_short = self.height() < self.context.appearance.theme.px(_SHORT_BELOW_PX)
        numbers = self._numbers(self._shown_index())
        self.status.setText(texts.edge_status(self._dots))
        self.line.setVisible(numbers is not None and not self._is_wide())
        self.status.setVisible(self.line.isHidden())
        if numbers is None:
            heading, note = texts.card_hint()
            self.card.set_texts(heading, note)
            self.card.set_rows(definition_rows(is_binary=self._is_binary()), is_short=is_short)
        elif self._is_wide():
            self.card.set_texts(*self._sample_texts())
            self.card.set_rows([logit_row(numbers), *sample_rows(numbers)], is_short=is_short)
        else:
            self.line.set_formula(sample_line(numbers, self._selected_loss()))

    def _numbers(self, index: int | None) -> SampleNumbers | None:
        """A sample as the selected model sees it."""
        snapshot = self._shown  # the newest frame may be of other classes than the dots
        if index is None or snapshot is None or self._data is None:
            return None
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        z = logits(snapshot.spec.model, snapshot.parameters[row], self._data.design[:, index : index + 1])
        return sample_numbers(z, int(self._data.class_index[index]))

    def _sample_texts(self) -> tuple[str, str]:
        """Heading and note of the card: the sample's class and place, and which model sees it."""
        index, state = self._shown_index(), self.context.document.state
        assert index is not None
        assert self._data is not None
        place = ""
        rows = state.samples.select([int(self._data.sample_id[index])])
        if len(rows):
            height, weight = fixed_text(float(rows.height_cm[0]), 1), fixed_text(float(rows.weight_kg[0]), 1)
            place = f"{height} cm, {weight} kg\n"
        label = int(self._data.class_index[index])
        name = class_name(state.classes[label]) if label < len(state.classes) else ""
        return name, place + texts.trained_on(self._selected_loss())

    def _selected_loss(self) -> LossName:
        assert self._shown is not None
        losses = self._shown.spec.losses
        return losses[min(self.context.interaction.selected_model, len(losses) - 1)]

    def _show_sentence(self, snapshot: Snapshot) -> None:
        obstacle = texts.obstacle(snapshot.spec)
        text = obstacle or texts.model_sentence(snapshot.spec.model)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        self.value_plot.setVisible(not obstacle)
        self.slope_plot.setVisible(not obstacle)
        self.card.setVisible(self._is_wide() and not obstacle)

    def _on_picked(self) -> None:
        if self.is_active and self.frame is not None:
            self._light()
            self._texts.request()

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings:
            self._show_switches()
            self.redraw()

    def _on_moved(self, place: QPointF | None) -> None:
        self.context.interaction.set_hovered_id(self._id_at(place))

    def _on_clicked(self, place: QPointF) -> None:
        found = self._id_at(place)
        self.context.interaction.set_selected_ids(() if found is None else (found,))

    def _id_at(self, place: QPointF | None) -> int | None:
        plot = self.sender()
        if place is None or self._data is None or not isinstance(plot, SensitivityPlot):
            return None
        index = plot.dot_at(place)
        return None if index is None else int(self._data.sample_id[index])
