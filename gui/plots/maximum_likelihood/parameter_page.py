"""The likelihood of one parameter above its NLL: the peak stands where the valley is."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.plots.card import fold_card
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.loss.axes import Axis, steady_axis
from gui.plots.maximum_likelihood.numbers import float64_number, likelihood_number, sum_number
from gui.plots.maximum_likelihood.parameter_data import ParameterView
from gui.plots.weight_plot import WeightPlot
from gui.theme import Appearance
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelButton
from gui.widgets.slider import LinearScale, ValueSlider

_CARD, _FORMULA_PX, _LINE_PX = (186, 0.4), 14.0, 20
_TOP_OF_LIKELIHOOD, _SLIDER_STEPS = 1.25, 400
_NOTE_FROM_PX = 215


class DragPlot(WeightPlot):
    """A curve on which a press and a drag take the parameter along."""

    dragged = Signal(float)

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, is_filled: bool = False
    ) -> None:
        super().__init__(appearance, parent, is_filled=is_filled)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragged.emit(self.x_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.x_at(event.position().x()))


class ParameterPage(QWidget):
    """Two plots that share the axis of one parameter, a slider for it, and the numbers where it stands."""

    value_wanted = Signal(object, float)
    """The numbers at a value of a view with very many samples: to be worked out off the window's thread."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: ParameterView | None = None
        self._symbol, self._mark = "", ""
        self._at = (0.0, 0.0, 0.0)
        self._picked: float | None = None
        self._loss_axis: Axis | None = None
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        context.appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def view(self) -> ParameterView | None:
        """What is shown."""
        return self._view

    @property
    def value(self) -> float:
        """Where the parameter stands: where the person put it, else where the model is."""
        assert self._view is not None
        chosen = self._view.now if self._picked is None else self._picked
        return min(max(chosen, self._view.low), self._view.high)

    def show_view(self, view: ParameterView, symbol: str, mark: str, sentence: str) -> None:
        """Show another curve.

        Parameters
        ----------
        symbol : str
            The parameter in LaTeX.
        mark : str
            What the peak is called.
        sentence : str
            What is to be seen.
        """
        if self._view is None or view.key != self._view.key or symbol != self._symbol:
            self._picked, self._loss_axis = None, None
        self._view, self._symbol, self._mark = view, symbol, mark
        self.sentence.setText(sentence)
        finite = view.curve.loss[np.isfinite(view.curve.loss)]
        self._loss_axis = steady_axis(float(finite.min()), float(finite.max()), self._loss_axis, 1e-9)
        x_axis = Axis(view.low, view.high)
        self.likelihood.set_axes(x_axis, Axis(0.0, _TOP_OF_LIKELIHOOD))
        self.nll.set_axes(x_axis, self._loss_axis)
        self.slider.set_scale(LinearScale(view.low, view.high, _SLIDER_STEPS))
        self._align()
        self._move()

    def pick(self, value: float | None) -> None:
        """Put the parameter somewhere, or None: back to where the model is."""
        self._picked = value
        if self._view is not None:
            self._move()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.likelihood.set_titles(
            "", translate("MaximumLikelihoodTab", "likelihood, as a share of its peak")
        )
        self.nll.set_titles("", translate("MaximumLikelihoodTab", "NLL: minus ln of it, divided by n"))
        self.peak_button.setText(translate("MaximumLikelihoodTab", "to the peak"))
        tip = translate("MaximumLikelihoodTab", "The parameter: drag it here or in the plots")
        self.slider.setToolTip(tip)
        self.slider.setAccessibleName(tip)
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        fold_card(self, theme, self._card, self.line, _CARD)
        self.sentence.setVisible(self.height() >= theme.px(_NOTE_FROM_PX))
        self._show_texts()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.likelihood = DragPlot(appearance, self, is_filled=True)
        self.nll = DragPlot(appearance, self)
        self.likelihood.set_has_x_labels(False)
        self.slider = ValueSlider(LinearScale(0.0, 1.0, _SLIDER_STEPS), self)
        self.peak_button = PanelButton(self)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self._card = QWidget(self)
        self.now, self.peak, self.product, self.stored, self.sum, self.mean = (
            LiveFormula(appearance, self._card, size_px=_FORMULA_PX) for _ in range(6)
        )
        self.sentence = QLabel(self._card)
        self.sentence.setProperty("quiet", True)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(3)
        for widget in (self.now, self.peak, self.product, self.stored, self.sum, self.mean, self.sentence):
            card.addWidget(widget)
        card.addStretch(1)
        plots = QVBoxLayout()
        plots.setSpacing(2)
        plots.addWidget(self.likelihood, 1)
        plots.addWidget(self.nll, 1)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addLayout(plots, 1)
        body.addWidget(self._card)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.slider, 1)
        foot.addWidget(self.peak_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        layout.addWidget(self.line)
        for plot in (self.likelihood, self.nll):
            plot.laid_out.connect(self._align)
            plot.dragged.connect(self.pick)
        self.slider.value_picked.connect(self._on_slid)
        self.peak_button.clicked.connect(self._on_peak)

    def _apply_theme(self) -> None:
        self.line.setFixedHeight(self._context.appearance.theme.px(_LINE_PX))

    def _align(self) -> None:
        room = max(self.likelihood.needed_left_room(), self.nll.needed_left_room())
        self.likelihood.set_left_room(room)
        self.nll.set_left_room(room)

    def _on_slid(self, value: float, gesture: object) -> None:
        del gesture
        self.pick(value)

    def _on_peak(self) -> None:
        if self._view is not None and self._view.curve.peak is not None:
            self.pick(self._view.curve.peak)

    def _move(self) -> None:
        view = self._view
        assert view is not None
        self.slider.set_number(self.value)
        self.peak_button.setEnabled(view.curve.peak is not None)
        if view.is_heavy:
            self.value_wanted.emit(view, self.value)
        else:
            self.take_value(view, self.value, view.at(self.value))

    def take_value(self, view: ParameterView, value: float, at: tuple[float, float, float]) -> None:
        """Show the log-likelihood, its share and the NLL at a value, if it is still asked for."""
        if view is not self._view or value != self.value:
            return
        self._at = at
        curve = view.curve
        self.likelihood.set_curve(
            curve.weight, curve.relative_likelihood, curve.peak, (value, at[1]), self._mark
        )
        valley = translate("MaximumLikelihoodTab", "valley")
        self.nll.set_curve(curve.weight, curve.loss, curve.peak, (value, at[2]), valley)
        self._texts.request()

    def _show_texts(self) -> None:
        view = self._view
        if view is None:
            return
        total, share, nll = self._at
        symbol, value, peak = self._symbol, self.value, view.curve.peak
        digits = _decimals(view)
        if self._card.isHidden():
            self.line.set_formula(
                rf"{symbol} = ⟦{value:.{digits}f}⟧,\quad L = {likelihood_number(total)},\quad "
                rf"\mathrm{{NLL}} = ⟦{nll:.4f}⟧"
            )
            return
        self.now.set_formula(rf"{symbol} = ⟦{value:.{digits}f}⟧")
        self.peak.set_formula("" if peak is None else rf"\hat{{{symbol}}} = ⟦{peak:.{digits}f}⟧")
        self.product.set_formula(rf"L = {likelihood_number(total)} = ⟦{share:.3f}⟧\,\hat{{L}}")
        self.stored.set_formula(
            rf"{float64_number(total)}\quad \text{{(float64)}}", is_wrong=float64_number(total) == "⟦0⟧"
        )
        self.sum.set_formula(rf"\ln L = {sum_number(total)}")
        self.mean.set_formula(
            rf"\mathrm{{NLL}} = ⟦{nll:.4f}⟧" if math.isfinite(nll) else r"\mathrm{NLL} = ⟦∞⟧"
        )


def _decimals(view: ParameterView) -> int:
    """Digits with which the axis can be read to about a thousandth of its length."""
    return max(0, min(8, 3 - math.floor(math.log10(view.high - view.low))))
