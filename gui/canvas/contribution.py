"""What one sample contributes to loss and gradient, for each model, as formulas with numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.losses import LOSSES
from engine.models import logits, probabilities
from engine.samples import UNLABELLED
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelKind
from gui.formulas import count_text, fixed_text, loss_text, scientific_text
from gui.i18n import translate
from gui.theme import Theme
from gui.throttle import TEXT_INTERVAL_MS, Throttle

_NAMES: dict[LossName, str] = {"bce": "BCE", "ce": "CE", "mse": "MSE"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One model's numbers at one labelled sample.

    Attributes
    ----------
    loss : LossName
        What the model was trained on.
    logit, probability : float
        Of the sample's own class for softmax, of class 1 for the others.
    values, gradients : dict
        For each loss of the model kind: its value, and its derivative by that logit. The step model has the
        MSE alone.
    """

    loss: LossName
    logit: float
    probability: float
    values: dict[LossName, float]
    gradients: dict[LossName, float]


def contributions(
    snapshot: Snapshot, height_cm: float, weight_kg: float, class_index: int
) -> tuple[Contribution, ...]:
    """Every model's numbers at one sample; without a label (-1) neither loss nor gradient."""
    model = snapshot.spec.model
    z_scores = snapshot.scaler.standardize(np.array([height_cm]), np.array([weight_kg]))
    design = np.stack([*z_scores, np.ones(1)])
    row = 0 if model.is_binary else max(class_index, 0)
    label = np.array([class_index])
    found = []
    for loss, parameters in zip(snapshot.spec.losses, snapshot.parameters, strict=True):
        z = logits(model, parameters, design)
        p = probabilities(model, parameters, design)
        values: dict[LossName, float] = {}
        gradients: dict[LossName, float] = {}
        if class_index != UNLABELLED:
            for (kind, name), function in LOSSES.items():
                if kind == model.kind:
                    value, gradient = function.value_and_gradient(z, label)
                    values[name], gradients[name] = float(value[0]), float(gradient[row, 0])
        shown = 1 if model.is_binary else row
        found.append(Contribution(loss, float(z[row, 0]), float(p[shown, 0]), values, gradients))
    return tuple(found)


def probability_number(p: float) -> str:
    """A probability as a number with three digits at either end: 0.819, 2.1e-7, 1 - 2.1e-7."""
    if 0.0005 <= p <= 0.9995:
        return f"{p:.3f}"
    return scientific_text(p) if p < 0.5 else f"1 - {scientific_text(1.0 - p)}" if p < 1.0 else "1"


def contribution_rows(
    found: tuple[Contribution, ...], *, kind: ModelKind, class_index: int
) -> list[tuple[str, list[str]]]:
    """The table's rows: a formula, and for each model the same with its numbers."""
    is_binary = kind != "softmax"
    k = "" if is_binary else str(class_index).translate(_SUBSCRIPTS)
    sigma = "step(z)" if kind == "step" else "σ(z)" if is_binary else f"softmax(z){k}"
    rows = [
        (f"z{k}", [fixed_text(one.logit, 3) for one in found]),
        (f"p{k} = {sigma}", [probability_number(one.probability) for one in found]),
    ]
    if class_index == UNLABELLED:
        return rows[:2] if is_binary else []
    cells = _softmax_cells(k)
    if is_binary:
        cells = _step_cells(class_index) if kind == "step" else _binary_cells(class_index)
    rows += [(title, [cell(one) for one in found]) for title, cell in cells]
    return rows


_Cells = list[tuple[str, Callable[[Contribution], str]]]


def _binary_cells(y: int) -> _Cells:
    likelihood = "p" if y == 1 else "(1 - p)"

    def cross_entropy(one: Contribution) -> str:
        own = one.probability if y == 1 else 1.0 - one.probability
        return f"-ln {probability_number(own)} = {loss_text(one.values['bce'])}"

    def error(one: Contribution) -> str:
        return f"{probability_number(one.probability)} - {y}"

    def squared_gradient(one: Contribution) -> str:
        p, rest = (probability_number(value) for value in (one.probability, 1.0 - one.probability))
        return f"2·({error(one)})·{p}·{rest} = {gradient_text(one.gradients['mse'])}"

    return [
        (f"BCE = -ln {likelihood}", cross_entropy),
        (f"MSE = (p - {y})²", lambda one: f"({error(one)})² = {loss_text(one.values['mse'])}"),
        (f"∂BCE/∂z = p - {y}", lambda one: f"{error(one)} = {gradient_text(one.gradients['bce'])}"),
        (f"∂MSE/∂z = 2 (p - {y}) p (1 - p)", squared_gradient),
    ]


def _step_cells(y: int) -> _Cells:
    return [
        (f"MSE = (p - {y})²", lambda one: f"({one.probability:.0f} - {y})² = {one.values['mse']:.0f}"),
        ("∂MSE/∂z", lambda one: f"{one.gradients['mse']:.0f}"),
    ]


def _softmax_cells(k: str) -> _Cells:
    return [
        (
            f"CE = -ln p{k}",
            lambda one: f"-ln {probability_number(one.probability)} = {loss_text(one.values['ce'])}",
        ),
        ("MSE = Σ (pⱼ - yⱼ)²", lambda one: loss_text(one.values["mse"])),
        (
            f"∂CE/∂z{k} = p{k} - 1",
            lambda one: f"{probability_number(one.probability)} - 1 = {gradient_text(one.gradients['ce'])}",
        ),
        (
            f"∂MSE/∂z{k} = 2 p{k} [(p{k} - 1) - Σ (pⱼ - yⱼ) pⱼ]",
            lambda one: gradient_text(one.gradients["mse"]),
        ),
    ]


def gradient_text(gradient: float) -> str:
    """A gradient with its sign and about three digits."""
    return f"{'-' if gradient < 0 else ''}{loss_text(abs(gradient))}"


class ContributionPanel(QWidget):
    """A sample's table inside its menu; follows training a few times a second while the menu is open."""

    def __init__(
        self,
        theme: Theme,
        snapshot: Snapshot,
        sample: tuple[float, float, int],
        head: str,
        parent: QWidget | None = None,
        *,
        is_held_out: bool = False,
    ) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._sample = sample
        self._is_held_out = is_held_out
        self._head = head
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setFont(theme.font(12, tabular=True))
        self._quiet = theme.quiet.name()
        self._padding = theme.px(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        layout.addWidget(self._label)
        self._throttle = Throttle(self._show, TEXT_INTERVAL_MS, self)
        self._show()

    @property
    def text(self) -> str:
        """The table as rich text."""
        return self._label.text()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the model."""
        self._snapshot = snapshot
        self._throttle.request()

    def _show(self) -> None:
        snapshot, class_index = self._snapshot, self._sample[2]
        found = contributions(snapshot, *self._sample)
        rows = contribution_rows(found, kind=snapshot.spec.model.kind, class_index=class_index)
        heads = [translate("Canvas", "trained on {loss}", loss=_NAMES[one.loss]) for one in found]
        lines = [self._row(self._head, heads, bold=True), *(self._row(title, cells) for title, cells in rows)]
        note = ""
        if class_index != UNLABELLED:
            note = f'<p style="color:{self._quiet}">{escape(self._note())}</p>'
        self._label.setText(
            f"<table cellspacing=0 cellpadding={self._padding}>{''.join(lines)}</table>{note}"
        )

    def _note(self) -> str:
        """What becomes of the sample's numbers: a share of the mean, or nothing."""
        if self._is_held_out:
            return translate("Canvas", "Held out: no part of the loss and gradient of training.")
        count = self._snapshot.spec.samples.moments[0]
        return translate(
            "Canvas", "Loss and gradient are the mean over {count} samples.", count=count_text(count)
        )

    def _row(self, title: str, cells: list[str], *, bold: bool = False) -> str:
        tag = "b" if bold else "span"
        values = "".join(f'<td align="right"><{tag}>&nbsp;{escape(cell)}</{tag}></td>' for cell in cells)
        return f'<tr><td style="color:{self._quiet}">{escape(title)}</td>{values}</tr>'
