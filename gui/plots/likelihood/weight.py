"""The likelihood along one weight above the loss along it: peak and valley stand at the same place."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.snapshots import Snapshot
from gui.formulas import loss_text
from gui.i18n import translate
from gui.plots.card import fold_card
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.likelihood import texts as texts
from gui.plots.likelihood.data import WeightView
from gui.plots.loss.axes import Axis, steady_axis
from gui.plots.weight_plot import WeightPlot
from gui.throttle import TEXT_INTERVAL_MS, Throttle

_CARD = (200, 0.42)
_FORMULA_PX, _LINE_PX = 14.0, 22
_TOP_OF_LIKELIHOOD = 1.25


class WeightPage(QWidget):
    """Two plots that share the axis of one weight, and their numbers."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: WeightView | None = None
        self._snapshot: Snapshot | None = None
        self._loss_axis: Axis | None = None
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        context.appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def view(self) -> WeightView | None:
        """What is shown."""
        return self._view

    def show_view(self, view: WeightView, snapshot: Snapshot) -> None:
        """Show other curves."""
        self._view, self._snapshot = view, snapshot
        curve = view.curve
        self._loss_axis = _loss_axis(view, self._loss_axis)
        x_axis = Axis(view.low, view.high)
        self.likelihood.set_axes(x_axis, Axis(0.0, _TOP_OF_LIKELIHOOD))
        self.loss.set_axes(x_axis, self._loss_axis)
        mark = translate("LikelihoodTab", "peak")
        now = (view.now, view.now_relative)
        self.likelihood.set_curve(curve.weight, curve.relative_likelihood, curve.peak, now, mark)
        valley = translate("LikelihoodTab", "valley")
        self.loss.set_curve(curve.weight, curve.loss, curve.peak, (view.now, view.now_loss), valley)
        self._align()
        self._texts.request()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.likelihood.set_titles("", translate("LikelihoodTab", "likelihood, as a share of its peak"))
        self.loss.set_titles(
            translate("LikelihoodTab", "standardised weight w"),
            translate("LikelihoodTab", "loss: minus ln of the likelihood, divided by n"),
        )
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        fold_card(self, theme, self._card, self.line, _CARD)
        self._show_texts()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.likelihood = WeightPlot(appearance, self, is_filled=True)
        self.loss = WeightPlot(appearance, self)
        self.likelihood.set_has_x_labels(False)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self._card = QWidget(self)
        self.heading, self.unit, self.sentence = (QLabel(self._card) for _ in range(3))
        self.definition, self.now, self.peak, self.loss_definition, self.loss_now = (
            LiveFormula(appearance, self._card, size_px=_FORMULA_PX) for _ in range(5)
        )
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(4)
        for label in (self.heading, self.unit, self.sentence):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setProperty("quiet", label is not self.heading)
        losses = (self.definition, self.loss_definition, self.loss_now)
        for widget in (self.heading, self.now, self.unit, self.peak, *losses, self.sentence):
            card.addWidget(widget)
        card.addStretch(1)
        plots = QVBoxLayout()
        plots.setSpacing(2)
        plots.addWidget(self.likelihood, 1)
        plots.addWidget(self.loss, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(plots, 1)
        body.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(body, 1)
        layout.addWidget(self.line)
        for plot in (self.likelihood, self.loss):
            plot.laid_out.connect(self._align)

    def _apply_theme(self) -> None:
        self.line.setFixedHeight(self._context.appearance.theme.px(_LINE_PX))

    def _align(self) -> None:
        room = max(self.likelihood.needed_left_room(), self.loss.needed_left_room())
        self.likelihood.set_left_room(room)
        self.loss.set_left_room(room)

    def _show_texts(self) -> None:
        view = self._view
        if view is None or self._snapshot is None:
            return
        if self._card.isHidden():
            self.line.set_formula(texts.weight_line(view))
            return
        is_binary = self._snapshot.spec.model.is_binary
        name = "BCE" if is_binary else "CE"
        peak = "" if view.curve.peak is None else rf"\hat{{w}} = ⟦{view.curve.peak:.3f}⟧"
        self.heading.setText(texts.trained_on(view.loss))
        self.now.set_formula(rf"w = ⟦{view.now:.3f}⟧")
        self.unit.setText(texts.unit_text(self._snapshot, view.index, view.now))
        self.peak.set_formula(peak)
        self.definition.set_formula(r"L(w) = \prod_{i=1}^{n} P(y_i \mid x_i)")
        self.loss_definition.set_formula(rf"\mathrm{{{name}}} = {{-}}\frac{{1}}{{n}} \ln L(w)")
        self.loss_now.set_formula(rf"\mathrm{{{name}}} = ⟦{loss_text(view.now_loss)}⟧")
        self.sentence.setText(texts.peak_sentence(view))


def _loss_axis(view: WeightView, before: Axis | None) -> Axis:
    """An axis around the curve that does not go below 0, as no loss does."""
    loss = view.curve.loss
    axis = steady_axis(float(np.min(loss)), float(np.max(loss)), before, 1e-6)
    return Axis(max(axis.low, 0.0), axis.high)
