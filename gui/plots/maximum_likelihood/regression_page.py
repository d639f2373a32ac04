"""The Gaussian on data: the regression of weight on height, by gradient descent and by least squares."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.gaussian_regression import RegressionRun, seeded_line
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.icons import icon
from gui.plots.card import fold_card
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.maximum_likelihood.regression_data import RegressionView
from gui.plots.maximum_likelihood.regression_plot import RegressionPlot
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelCombo, PanelToolButton
from gui.widgets.elided_label import ElidedLabel

RATES = (0.01, 0.05, 0.1, 0.3, 0.5, 0.9)
"""Learning rates in z-space, all below 1, from which on no descent arrives."""
DEFAULT_RATE = 0.05
_TICK_MS = 50
_CARD, _FORMULA_PX, _LINE_PX, _RATE_PX = (176, 0.4), 14.0, 20, 112
_NOTE_FROM_PX = 190


class RegressionPage(QWidget):
    """The plot, buttons to let gradient descent run, and the numbers beside them."""

    moved = Signal()
    """The line, or the run, is another one."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: RegressionView | None = None
        self._run: RegressionRun | None = None
        self._seed = context.document.state.settings.seed
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._connect()
        self._apply_theme()

    @property
    def run(self) -> RegressionRun | None:
        """The descent; None before there are samples."""
        return self._run

    @property
    def view(self) -> RegressionView | None:
        """What is shown."""
        return self._view

    @property
    def is_playing(self) -> bool:
        """Whether gradient descent runs by itself."""
        return self._timer.isActive()

    def show_view(self, view: RegressionView) -> None:
        """Show other samples; the line stays where it is in cm and kg."""
        is_other = self._view is None or self._view.samples is not view.samples
        self._view = view
        if self._run is None:
            self._run = RegressionRun(view.regression, seeded_line(self._seed))
        elif is_other:
            self._run = self._run.carried(view.regression)
        self.plot.set_view(view, self._context.document.state.classes)
        self.light()
        self._move()

    def step(self) -> None:
        """Take one step of gradient descent."""
        if self._run is not None:
            self._run.advance(float(self.rate_combo.key))
            self._move()

    def toggle_playing(self) -> None:
        """Let gradient descent run until it has arrived, or stop it; from a new start if it has arrived."""
        if self.is_playing or self._run is None:
            self.stop()
            return
        if self._run.has_arrived:
            self.restart()
        self._timer.start()
        self._show_play()

    def restart(self) -> None:
        """Begin at the start again."""
        if self._view is not None:
            self._run = RegressionRun(self._view.regression, seeded_line(self._seed))
            self._move()

    def new_start(self) -> None:
        """Begin at another start, of the next seed."""
        self._seed += 1
        self.restart()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()
        self._show_play()

    def light(self) -> None:
        """Ring the hovered sample."""
        view = self._view
        hovered = self._context.interaction.hovered_id
        self.plot.set_lit(None if view is None else view.index_of(hovered))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.plot.set_titles(
            translate("MaximumLikelihoodTab", "height (cm)"),
            translate("MaximumLikelihoodTab", "weight y (kg)"),
        )
        key = self.rate_combo.key or f"{DEFAULT_RATE:g}"
        self.rate_combo.set_choices(
            [
                (f"{rate:g}", translate("MaximumLikelihoodTab", "rate {rate}", rate=f"{rate:g}"))
                for rate in RATES
            ]
        )
        self.rate_combo.set_key(key)
        self.rate_combo.setToolTip(
            translate(
                "MaximumLikelihoodTab",
                "Learning rate in z-scores. MSE curves by 2 in every direction here, so 0.5 arrives in one "
                "step, and from 1 on no descent arrives.",
            )
        )
        self.step_button.setToolTip(translate("MaximumLikelihoodTab", "One step of gradient descent"))
        self.start_button.setToolTip(translate("MaximumLikelihoodTab", "Back to the start"))
        self.dice_button.setToolTip(translate("MaximumLikelihoodTab", "Another start"))
        for button in (self.step_button, self.start_button, self.dice_button):
            button.setAccessibleName(button.toolTip())
        self._show_play()
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        fold_card(self, theme, self._card, self.line, _CARD)
        self.note.setVisible(self.height() >= theme.px(_NOTE_FROM_PX))
        self._show_texts()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.plot = RegressionPlot(appearance, self)
        self.start_button, self.play_button, self.step_button, self.dice_button = (
            PanelToolButton(self) for _ in range(4)
        )
        self.rate_combo = PanelCombo(self)
        self.rate_combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.status = ElidedLabel(self)
        self.status.setProperty("quiet", True)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self._card = QWidget(self)
        self.mu, self.least, self.mse, self.sigma, self.nll = (
            LiveFormula(appearance, self._card, size_px=_FORMULA_PX) for _ in range(5)
        )
        self.note = QLabel(self._card)
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(3)
        for widget in (self.mu, self.least, self.mse, self.sigma, self.nll, self.note):
            card.addWidget(widget)
        card.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        for button in (self.start_button, self.play_button, self.step_button, self.dice_button):
            foot.addWidget(button)
        foot.addWidget(self.rate_combo)
        foot.addWidget(self.status, 1)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.plot, 1)
        body.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(body, 1)
        layout.addWidget(self.line)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self._on_restart)
        self.play_button.clicked.connect(self.toggle_playing)
        self.step_button.clicked.connect(self._on_step)
        self.dice_button.clicked.connect(self.new_start)
        self._timer.timeout.connect(self._advance)
        self.plot.moved.connect(self._on_moved)
        self._context.appearance.changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        theme = self._context.appearance.theme
        for button, name in (
            (self.start_button, "to-start"),
            (self.step_button, "step-forward"),
            (self.dice_button, "dice"),
        ):
            button.setIcon(icon(name, theme.text, theme.px(16)))
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.rate_combo.setFixedWidth(theme.px(_RATE_PX))
        self.line.setFixedHeight(theme.px(_LINE_PX))
        self._show_play()

    def _advance(self) -> None:
        self.step()
        if self._run is None or self._run.has_arrived:
            self.stop()

    def _on_step(self) -> None:
        self.stop()
        self.step()

    def _on_restart(self) -> None:
        self.stop()
        self.restart()

    def _on_moved(self, place: QPointF | None) -> None:
        index = None if place is None else self.plot.dot_at(place)
        view = self._view
        found = None if view is None or index is None else int(view.sample_id[index])
        self._context.interaction.set_hovered_id(found)

    def _move(self) -> None:
        assert self._run is not None
        self.plot.set_line(self._run.line)
        self._texts.request()
        self.moved.emit()

    def _show_play(self) -> None:
        theme = self._context.appearance.theme
        name = "pause" if self.is_playing else "play"
        self.play_button.setIcon(icon(name, theme.text, theme.px(16)))
        self.play_button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.play_button.setToolTip(
            translate("MaximumLikelihoodTab", "Pause")
            if self.is_playing
            else translate("MaximumLikelihoodTab", "Let gradient descent run on the regression")
        )
        self.play_button.setAccessibleName(self.play_button.toolTip())

    def _show_texts(self) -> None:
        run = self._run
        if run is None:
            return
        regression = run.regression
        mse, sigma = regression.mse_kg2(run.line), regression.best_sigma_kg(run.line)
        self.status.setText(_status(run))
        if self._card.isHidden():
            self.line.set_formula(
                rf"\mathrm{{MSE}} = ⟦{fixed_text(mse, 2)}⟧ = \sigma^2,\quad \sigma = ⟦{fixed_text(sigma, 2)}⟧"
            )
            return
        self.mu.set_formula(_line_formula(r"\mu", *regression.in_units(run.line)))
        self.least.set_formula(_line_formula(r"\hat{\mu}", *regression.in_units(regression.optimum)))
        self.mse.set_formula(rf"\mathrm{{MSE}} = ⟦{fixed_text(mse, 2)}⟧\,\mathrm{{kg}}^2")
        self.sigma.set_formula(rf"\sigma = \sqrt{{\mathrm{{MSE}}}} = ⟦{fixed_text(sigma, 2)}⟧\,\mathrm{{kg}}")
        nll = f"{regression.nll(run.line, sigma):.4f}" if sigma > 0.0 else "-∞"
        self.nll.set_formula(rf"\mathrm{{NLL}} = ⟦{nll}⟧")
        least = regression.mse_kg2(regression.optimum)
        self.note.setText(
            translate(
                "MaximumLikelihoodTab",
                "Least squares has the smallest MSE, {mse} kg², and the largest likelihood: the same line.",
                mse=fixed_text(least, 2),
            )
        )


def _line_formula(symbol: str, kg_per_cm: float, intercept_kg: float) -> str:
    sign = "-" if intercept_kg < 0.0 else "+"
    slope, intercept = fixed_text(kg_per_cm, 3), fixed_text(abs(intercept_kg), 1)
    return rf"{symbol} = ⟦{slope}⟧\,\mathrm{{cm}} {sign} ⟦{intercept}⟧"


def _status(run: RegressionRun) -> str:
    if run.has_arrived:
        return translate("MaximumLikelihoodTab", "step {step}: least squares reached", step=f"{run.step:,}")
    return translate("MaximumLikelihoodTab", "step {step}", step=f"{run.step:,}")
