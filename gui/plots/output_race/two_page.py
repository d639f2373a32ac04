"""Two classes: softmax is the sigmoid of z_1 - z_0, and takes the logistic model's steps at another rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.activations import sigmoid, softmax
from engine.two_classes import RATE_FACTORS, TwoClassSteps
from gui.formulas import count_text, fixed_text
from gui.i18n import translate
from gui.plots.formula_line import LiveFormula
from gui.plots.output_layer.words import layer_name
from gui.plots.output_race.feed import STEPS
from gui.plots.output_race.words import difference_text
from gui.theme import Appearance
from gui.widgets.controls import is_language_change
from gui.widgets.scrolled import Scrolled
from gui.widgets.segmented import Segment, SegmentedControl

Floats = NDArray[np.float64]

FOLLOWS_WITHIN = 1e-6
"""Weights that differ by more are those of an unstable run, in which rounding errors grow."""
_FORMULA_PX = 15.0


class TwoPage(QWidget):
    """Formulas with the numbers at one place, and a table of steps that the engine has just taken."""

    loss_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: TwoClassSteps | None = None
        self.obstacle, self.place, self.same = QLabel(self), QLabel(self), QLabel(self)
        self.outcome = QLabel(self)
        self.function = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.numbers = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.loss_switch = SegmentedControl(("likelihood", "mse"), self)
        self.loss_switch.set_key("likelihood")
        self.table = StepsTable(self)
        for label in (self.obstacle, self.same, self.outcome):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place.setProperty("quiet", True)
        self._lay_out()
        self.loss_switch.chosen.connect(self.loss_chosen)

    @property
    def steps(self) -> TwoClassSteps | None:
        """What the table shows."""
        return self._steps

    def set_two(self, is_two: bool) -> None:
        """Show the page, or why there is none."""
        self._pages.setCurrentIndex(1 if is_two else 0)

    def show_place(self, place: str, logits: Floats) -> None:
        """Work softmax and the sigmoid out for logits (2,)."""
        first, second = logits.tolist()
        by_softmax = float(softmax(logits)[1])
        by_sigmoid = float(sigmoid(np.array(second - first)))
        self.place.setText(place)
        sign = "+" if first < 0.0 else "-"
        minus = f"{sign} ⟦{fixed_text(abs(first), 3)}⟧"
        self.numbers.set_formula(
            rf"p_1 = \sigma(⟦{fixed_text(second, 3)}⟧ {minus}) = \sigma(⟦{fixed_text(second - first, 3)}⟧) = "
            f"⟦{fixed_text(by_sigmoid, 4)}⟧"
        )
        self.same.setText(
            translate(
                "OutputRace",
                "Softmax: {softmax}. The sigmoid of the difference: {sigmoid}. They differ by {difference}.",
                softmax=f"{by_softmax:.15f}",
                sigmoid=f"{by_sigmoid:.15f}",
                difference=difference_text(abs(by_softmax - by_sigmoid)),
            )
        )

    def show_steps(self, steps: TwoClassSteps) -> None:
        """Show the steps that both models have taken."""
        self._steps = steps
        self.loss_switch.set_key(steps.loss)
        self.table.set_steps(steps)
        self.outcome.setText(_outcome(steps))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.obstacle.setText(
            translate(
                "OutputRace",
                "This page is for two classes: there softmax is the logistic model, trained at another rate.",
            )
        )
        self.function.set_formula(
            r"p_1 = \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \frac{1}{1 + e^{-(z_1 - z_0)}} = \sigma(z_1 - z_0)"
        )
        self.loss_switch.set_segments(
            [
                Segment(
                    "likelihood",
                    translate("OutputRace", "on CE"),
                    translate("OutputRace", "Both trained on cross-entropy"),
                ),
                Segment(
                    "mse",
                    translate("OutputRace", "on MSE"),
                    translate("OutputRace", "Both trained on the squared error"),
                ),
            ]
        )
        self.table.retranslate()
        if self._steps is not None:
            self.show_steps(self._steps)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _lay_out(self) -> None:
        body = QWidget(self)
        switch = QHBoxLayout()
        switch.addWidget(self.loss_switch)
        switch.addStretch(1)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        for widget in (self.function, self.place, self.numbers, self.same):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(switch)
        layout.addWidget(self.table)
        layout.addWidget(self.outcome)
        layout.addStretch(1)
        scroll = Scrolled(body, self)
        body.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.obstacle)
        self._pages.addWidget(scroll)


class StepsTable(QWidget):
    """For each step: one weight of both models, the largest difference of all, and both MSE."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate, self._factor = 0.1, 2.0
        self.heads = [QLabel(self) for _ in range(6)]
        self.cells = [[QLabel(self) for _ in range(6)] for _ in STEPS]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        for column, head in enumerate(self.heads):
            head.setProperty("quiet", True)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            head.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        for row, cells in enumerate(self.cells, start=1):
            for column, cell in enumerate(cells):
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, row, column)

    def set_steps(self, steps: TwoClassSteps) -> None:
        """Show other steps."""
        self._rate, self._factor = steps.rate, RATE_FACTORS[steps.loss]
        self.retranslate()
        for index, cells in enumerate(self.cells):
            binary, both = steps.mse[index].tolist()
            texts = (
                count_text(int(steps.step[index])),
                fixed_text(float(steps.logistic[index, 1]), 6),
                fixed_text(float(steps.softmax[index, 1]), 6),
                difference_text(float(steps.difference[index])),
                fixed_text(binary, 5),
                fixed_text(both, 5),
            )
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)

    def retranslate(self) -> None:
        """Set the headings in the language in use."""
        logistic = translate("OutputRace", "logistic")
        rate, larger = f"{self._rate:.6g}", f"{self._factor * self._rate:.6g}"
        texts = (
            translate("OutputRace", "step"),
            logistic + "\n" + translate("OutputRace", "w, rate {rate}", rate=larger),
            layer_name("softmax") + "\n" + translate("OutputRace", "w₁ - w₀, rate {rate}", rate=rate),
            translate("OutputRace", "largest difference").replace(" ", "\n", 1),
            f"{logistic}\nMSE",
            layer_name("softmax") + "\nMSE",
        )
        for head, text in zip(self.heads, texts, strict=True):
            head.setText(text)
        self.setToolTip(
            translate(
                "OutputRace",
                "w: the weight of body weight, in z-scores; the largest difference is that of all numbers",
            )
        )


def _outcome(steps: TwoClassSteps) -> str:
    largest = float(steps.difference.max())
    if not largest < FOLLOWS_WITHIN:
        return translate(
            "OutputRace",
            "At this rate training does not settle, and rounding errors grow with every step: take a lower "
            "one.",
        )
    values = {
        "difference": difference_text(largest),
        "steps": count_text(int(steps.step[-1])),
        "samples": count_text(steps.n_samples),
    }
    if steps.loss == "mse":
        return translate(
            "OutputRace",
            "On MSE a row per class at rate r follows the logistic model at 4r: its MSE is twice the binary "
            "one, and two rows move apart. Largest difference in {steps} steps on {samples} samples: "
            "{difference}, rounding.",
            **values,
        )
    return translate(
        "OutputRace",
        "A row per class at rate r follows the logistic model at 2r, as both rows move, in opposite "
        "directions; its MSE is twice the binary one. Largest difference in {steps} steps on {samples} "
        "samples: {difference}, rounding.",
        **values,
    )
