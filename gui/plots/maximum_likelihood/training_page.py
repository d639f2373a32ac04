"""The likelihood of the whole data while a run goes on."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.distributions import best_gaussian_log_likelihood, underflows
from engine.gaussian_regression import RegressionRun
from engine.snapshots import METRICS
from gui.formulas import count_text
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.card import fold_card
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.maximum_likelihood import page_texts
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.numbers import float64_number, likelihood_number, sum_number
from gui.plots.maximum_likelihood.training_plot import LikelihoodPath, TrainingPlot
from gui.throttle import TEXT_INTERVAL_MS, Throttle

_CARD, _FORMULA_PX, _LINE_PX = (186, 0.4), 14.0, 20
_CROSS_ENTROPY, _MSE = METRICS.index("cross_entropy"), METRICS.index("mse")
_NOTE_FROM_PX = 180


class TrainingPage(QWidget):
    """The plot over steps, and the likelihood's numbers at the newest step or the one under the pointer."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._symbol, self._count = "", 0
        self._cursor: int | None = None
        self._is_smoothed = False
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        self._context.appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_run(self, frame: Frame, row: int, choice: Choice, outputs: int) -> None:
        """Show the document's run, of the model in `row` and any other.

        Parameters
        ----------
        outputs : int
            Numbers a sample of which MSE is the sum of squares: 1, or K.
        """
        paths = label_paths(frame, row, choice, outputs)
        symbol = r"\mathrm{MSE}" if choice.distribution == "gaussian" else r"\mathrm{NLL}"
        spec = frame.snapshot.spec
        self._show(paths, symbol, spec.samples.moments[0], None, is_smoothed=spec.label_smoothing > 0.0)

    def show_regression(self, run: RegressionRun) -> None:
        """Show the descent of the regression."""
        n, steps = run.regression.count, run.first_step + np.arange(len(run.mse_kg2))
        path = LikelihoodPath("mse", steps, best_gaussian_log_likelihood(np.array(run.mse_kg2), n))
        best = float(best_gaussian_log_likelihood(run.regression.mse_kg2(run.regression.optimum), n))
        self._show((path,), r"\mathrm{MSE}", n, best if math.isfinite(best) else None)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.plot.set_titles(
            translate("MaximumLikelihoodTab", "step"),
            translate("MaximumLikelihoodTab", "ln L of all samples"),
        )
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        fold_card(self, theme, self._card, self.line, _CARD)
        self.note.setVisible(self.height() >= theme.px(_NOTE_FROM_PX))
        self._show_texts()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.plot = TrainingPlot(appearance, self)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self._card = QWidget(self)
        self.heading, self.note = QLabel(self._card), QLabel(self._card)
        self.note.setProperty("quiet", True)
        for label in (self.heading, self.note):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sum, self.likelihood, self.stored = (
            LiveFormula(appearance, self._card, size_px=_FORMULA_PX) for _ in range(3)
        )
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(3)
        for widget in (self.heading, self.sum, self.likelihood, self.stored, self.note):
            card.addWidget(widget)
        card.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.plot, 1)
        body.addWidget(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(body, 1)
        layout.addWidget(self.line)
        self.plot.moved.connect(self._on_moved)

    def _apply_theme(self) -> None:
        self.line.setFixedHeight(self._context.appearance.theme.px(_LINE_PX))

    def _show(
        self,
        paths: tuple[LikelihoodPath, ...],
        symbol: str,
        count: int,
        bound: float | None,
        *,
        is_smoothed: bool = False,
    ) -> None:
        self._is_smoothed = is_smoothed
        self._symbol, self._count = symbol, count
        self.plot.set_paths(paths, bound)
        self._texts.request()

    def _on_moved(self, place: QPointF | None) -> None:
        inside = place is not None and self.plot.area.contains(place)
        self._cursor = self.plot.step_at(place.x()) if inside and place is not None else None
        self.plot.set_cursor(self._cursor)
        self._texts.request()

    def _show_texts(self) -> None:
        paths = self.plot.paths
        if not paths or not paths[-1].step.size:
            return
        path = paths[-1]
        index = -1
        if self._cursor is not None:
            index = min(int(np.searchsorted(path.step, self._cursor)), path.step.size - 1)
        total = float(path.log_likelihood[index])
        step = translate("MaximumLikelihoodTab", "step {step}", step=count_text(int(path.step[index])))
        if self._card.isHidden():
            self.line.set_formula(rf"\ln L = {sum_number(total)},\quad L = {likelihood_number(total)}")
            return
        self.heading.setText(step)
        if self._symbol == r"\mathrm{NLL}":
            per_sample = f"⟦{-total / max(self._count, 1):.4f}⟧"
            self.sum.set_formula(rf"\ln L = {{-}}⟦{self._count:,}⟧ \cdot {per_sample} = {sum_number(total)}")
        else:
            self.sum.set_formula(rf"\ln L = {sum_number(total)}")
        self.likelihood.set_formula(rf"L = {likelihood_number(total)}")
        self.stored.set_formula(
            rf"{float64_number(total)}\quad \text{{(float64)}}", is_wrong=underflows(total)
        )
        self.note.setText(self._note_text(total))

    def _note_text(self, total: float) -> str:
        if self._is_smoothed:
            return page_texts.smoothed_sentence()
        if self._symbol != r"\mathrm{NLL}":
            return translate(
                "MaximumLikelihoodTab",
                "A density, with σ² = MSE at every step: as the MSE falls, the likelihood grows.",
            )
        if underflows(total):
            return translate(
                "MaximumLikelihoodTab",
                "The product underflows: a computer holds exactly 0. Its logarithm, n times the loss with a "
                "minus, stays right.",
            )
        return translate(
            "MaximumLikelihoodTab",
            "As the loss falls, the likelihood of the whole data grows: one and the same.",
        )


def label_paths(frame: Frame, row: int, choice: Choice, outputs: int) -> tuple[LikelihoodPath, ...]:
    """The log-likelihood of every model's recorded steps since the samples last changed, `row` last.

    n times the recorded mean: with the samples as they are now, so nothing from before they became these.
    """
    snapshot, curve = frame.snapshot, frame.curve
    n = snapshot.spec.samples.moments[0]
    since = max((mark.step for mark in frame.marks if mark.kind == "data"), default=-1)
    paths = []
    order = sorted(range(min(len(snapshot.spec.losses), curve.models)), key=lambda index: index == row)
    for index in order:
        metric = _MSE if choice.distribution == "gaussian" else _CROSS_ENTROPY
        steps, _, _, last = curve.arrays(index, metric)
        kept = (steps > since) & (steps <= snapshot.step)
        steps, values = steps[kept], last[kept]
        if not steps.size or steps[-1] < snapshot.step:
            steps = np.append(steps, snapshot.step)
            values = np.append(values, snapshot.metrics[index, metric])
        if metric == _MSE:
            total = best_gaussian_log_likelihood(values / outputs, n * outputs)
        else:
            total = -n * values
        paths.append(LikelihoodPath(snapshot.spec.losses[index], steps.copy(), total))
    return tuple(paths)
