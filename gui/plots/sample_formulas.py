"""A sample's p, logit, losses and gradients as formulas with the numbers in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid, softmax
from engine.class_sensitivity import output_loss, true_class_log_odds
from engine.specs import LossName
from gui.formulas import fixed_text, loss_text, scientific_text

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SampleNumbers:
    """One labelled sample as one model sees it.

    Attributes
    ----------
    is_binary : bool
    label : int
        Class index.
    logit : float
        z of class 1; with more classes that of the true class.
    probability, rest : float
        p of class 1, or of the true class, and 1 - p, exact also where tiny.
    values, gradients : dict
        For each loss: its value, and its derivative by that logit.
    """

    is_binary: bool
    label: int
    logit: float
    probability: float
    rest: float
    values: dict[LossName, float]
    gradients: dict[LossName, float]


def sample_numbers(logits: Floats, label: int) -> SampleNumbers:
    """Work out one sample's numbers from its logits, shape (1, 1) or (K, 1)."""
    labels = np.array([label], dtype=np.int64)
    is_binary = len(logits) == 1
    own = 0 if is_binary else label
    losses: tuple[LossName, ...] = ("bce", "mse") if is_binary else ("ce", "mse")
    values: dict[LossName, float] = {}
    gradients: dict[LossName, float] = {}
    for loss in losses:
        value, gradient = output_loss(loss, len(logits)).value_and_gradient(logits, labels)
        values[loss], gradients[loss] = float(value[0]), float(gradient[own, 0])
    margin = logits[0] if is_binary else true_class_log_odds(logits, labels)
    p = sigmoid(margin) if is_binary else softmax(logits)[own]
    return SampleNumbers(
        is_binary=is_binary,
        label=label,
        logit=float(logits[own, 0]),
        probability=float(p[0]),
        rest=float(sigmoid(-margin)[0]),
        values=values,
        gradients=gradients,
    )


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """One quantity: its definition, and the same with a sample's numbers, both as templates."""

    definition: str
    numbers: str = ""


def probability_template(p: float, rest: float) -> str:
    """A probability in a formula: 0.831, 2.1 x 10^-7, or (1 - 2.1 x 10^-7)."""
    if rest < 0.0005:
        return rf"(1 - ⟦{scientific_text(rest)}⟧)" if rest > 0.0 else "⟦1⟧"
    return f"⟦{p:.3f}⟧" if p >= 0.0005 else f"⟦{scientific_text(p)}⟧"


def number_template(value: float) -> str:
    """A number with its sign and about three digits."""
    text = loss_text(abs(value))
    return f"⟦-{text}⟧" if value < 0.0 and text != "0" else f"⟦{text}⟧"


def definition_rows(*, is_binary: bool) -> list[FormulaRow]:
    """Losses and gradients before a sample is picked."""
    if is_binary:
        return [
            FormulaRow(r"e = |y - p|"),
            FormulaRow(r"\mathrm{BCE} = {-}\ln(1 - e)"),
            FormulaRow(r"\mathrm{MSE} = e^2"),
            FormulaRow(r"\partial\mathrm{BCE}/\partial z = p - y"),
            FormulaRow(r"\partial\mathrm{MSE}/\partial z = 2\,(p - y)\,p\,(1 - p)"),
        ]
    return [
        FormulaRow(r"\mathrm{CE} = {-}\ln p_y"),
        FormulaRow(r"\mathrm{MSE} = \sum_k (p_k - y_k)^2"),
        FormulaRow(r"\partial\mathrm{CE}/\partial z_y = p_y - 1"),
        FormulaRow(r"\partial\mathrm{MSE}/\partial z_y = {-}2\,p_y\,[(1 - p_y)^2 + \sum_{j \neq y} p_j^2]"),
    ]


def sample_rows(one: SampleNumbers) -> list[FormulaRow]:
    """Losses and gradients of a sample, each with its numbers."""
    return _binary_rows(one) if one.is_binary else _class_rows(one)


def logit_row(one: SampleNumbers) -> FormulaRow:
    """Logit and p of a sample."""
    p = probability_template(one.probability, one.rest)
    z = f"⟦{fixed_text(one.logit, 2)}⟧"
    if one.is_binary:
        return FormulaRow(r"p = \sigma(z)", rf"z = {z},\quad p = {p}")
    return FormulaRow(r"p_y = \mathrm{softmax}(z)_y", rf"z_y = {z},\quad p_y = {p}")


def sample_line(one: SampleNumbers, loss: LossName) -> str:
    """p, a loss and its slope, in one line."""
    y, name = "" if one.is_binary else "_y", loss.upper()
    value, slope = number_template(one.values[loss]), number_template(one.gradients[loss])
    p = probability_template(one.probability, one.rest)
    gradient = rf"\partial\mathrm{{{name}}} / \partial z{y}"
    return rf"p{y} = {p},\quad \mathrm{{{name}}} = {value},\quad {gradient} = {slope}"


def _binary_rows(one: SampleNumbers) -> list[FormulaRow]:
    p, rest = probability_template(one.probability, one.rest), probability_template(one.rest, one.probability)
    y = one.label
    own, error = (p, rf"({p} - 1)") if y == 1 else (rest, p)
    symbol = "p" if y == 1 else "(1 - p)"
    bce, mse = (number_template(one.values[loss]) for loss in ("bce", "mse"))
    bce_slope, mse_slope = (number_template(one.gradients[loss]) for loss in ("bce", "mse"))
    squared = rf"{error}^2" if y == 1 else rf"{p}⟦^2⟧"
    difference = rf"{p} - 1" if y == 1 else rf"{p} - 0"
    return [
        FormulaRow(rf"\mathrm{{BCE}} = {{-}}\ln {symbol}", rf"= {{-}}\ln{own} = {bce}"),
        FormulaRow(rf"\mathrm{{MSE}} = (p - {y})^2", rf"= {squared} = {mse}"),
        FormulaRow(rf"\partial\mathrm{{BCE}}/\partial z = p - {y}", rf"= {difference} = {bce_slope}"),
        FormulaRow(
            rf"\partial\mathrm{{MSE}}/\partial z = 2\,(p - {y})\,p\,(1 - p)",
            rf"= 2 \cdot {error} \cdot {p} \cdot {rest} = {mse_slope}",
        ),
    ]


def _class_rows(one: SampleNumbers) -> list[FormulaRow]:
    p = probability_template(one.probability, one.rest)
    ce, mse = (number_template(one.values[loss]) for loss in ("ce", "mse"))
    ce_slope, mse_slope = (number_template(one.gradients[loss]) for loss in ("ce", "mse"))
    definitions = definition_rows(is_binary=False)
    numbers = [rf"= {{-}}\ln{p} = {ce}", f"= {mse}", rf"= {p} - 1 = {ce_slope}", f"= {mse_slope}"]
    return [FormulaRow(one.definition, text) for one, text in zip(definitions, numbers, strict=True)]
