"""The table of a sample's contribution: each formula, and the same with every model's numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.samples import UNLABELLED
from engine.specs import RIVAL_KINDS, LossName, ModelKind
from gui.formulas import fixed_text, loss_text, scientific_text

NO_NUMBER = "–"
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One model's numbers at one sample.

    Attributes
    ----------
    kind : ModelKind
    loss : LossName
        What the model was trained on.
    logit, probability : float
        Of the sample's own class for a model with an output node for each, of class 1 for the others.
    target : float or None
        What that p is pulled to; None where the sample has no label that the model reads.
    is_soft : bool
        The targets are more than one 1 and the rest 0: smoothed labels, or several of them.
    values, gradients : dict
        For each loss of the model kind: its value, and its derivative by that logit. The step model has the
        MSE alone.
    name : str
        What the model is called at the head of its column.
    """

    kind: ModelKind
    loss: LossName
    logit: float
    probability: float
    target: float | None = None
    is_soft: bool = False
    values: dict[LossName, float] = field(default_factory=dict)
    gradients: dict[LossName, float] = field(default_factory=dict)
    name: str = ""


_Cells = dict[str, Callable[[Contribution], str]]


def contribution_rows(found: tuple[Contribution, ...], *, class_index: int) -> list[tuple[str, list[str]]]:
    """The table's rows: a formula, and for each model the same with its numbers, a dash where it has none."""
    has_nodes = found[0].kind not in ("logistic", "mlp", "step")
    if has_nodes and class_index == UNLABELLED and all(one.target is None for one in found):
        return []
    k = str(max(class_index, 0)).translate(_SUBSCRIPTS) if has_nodes else ""
    formulas = dict.fromkeys(_probability_formula(one.kind, k) for one in found)
    probability = next(iter(formulas)) if len(formulas) == 1 else f"p{k}"
    rows = [
        (f"z{k}", [fixed_text(one.logit, 3) for one in found]),
        (probability, [probability_number(one.probability) for one in found]),
    ]
    cells = [{} if one.target is None else _cells(one, k) for one in found]
    titles = dict.fromkeys(title for column in cells for title in column)
    for title in titles:
        pairs = zip(found, cells, strict=True)
        texts = [column[title](one) if title in column else NO_NUMBER for one, column in pairs]
        rows.append((title, texts))
    return rows


def probability_number(p: float) -> str:
    """A probability with three digits at either end: 0.819, 2.1e-7, 1 - 2.1e-7; a dash for NaN."""
    if math.isnan(p):
        return NO_NUMBER
    if 0.0005 <= p <= 0.9995:
        return f"{p:.3f}"
    return scientific_text(p) if p < 0.5 else f"1 - {scientific_text(1.0 - p)}" if p < 1.0 else "1"


def gradient_text(gradient: float) -> str:
    """A gradient with its sign and about three digits."""
    return f"{'-' if gradient < 0 else ''}{loss_text(abs(gradient))}"


def _probability_formula(kind: ModelKind, k: str) -> str:
    return {
        "logistic": "p = σ(z)",
        "mlp": "p = σ(z)",
        "step": "p = step(z)",
        "softmax": f"p{k} = softmax(z){k}",
        "sigmoids": f"p{k} = σ(z{k})",
        "absolute": f"p{k} = |z{k}| / Σ |zⱼ|",
        "square": f"p{k} = z{k}² / Σ zⱼ²",
    }[kind]


def _cells(one: Contribution, k: str) -> _Cells:
    """The formulas of one model's losses and gradients."""
    if one.kind == "step":
        return _step_cells(round(one.target or 0.0))
    if one.kind in ("logistic", "mlp"):
        return _soft_binary_cells() if one.is_soft else _binary_cells(round(one.target or 0.0))
    if one.kind == "sigmoids":
        return _sigmoids_cells(k, is_soft=one.is_soft)
    if one.kind in RIVAL_KINDS:
        return _rival_cells(one.kind, k, is_soft=one.is_soft)
    return _softmax_cells(k, is_soft=one.is_soft)


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

    return {
        f"BCE = -ln {likelihood}": cross_entropy,
        f"MSE = (p - {y})²": lambda one: f"({error(one)})² = {loss_text(one.values['mse'])}",
        f"∂BCE/∂z = p - {y}": lambda one: f"{error(one)} = {gradient_text(one.gradients['bce'])}",
        f"∂MSE/∂z = 2 (p - {y}) p (1 - p)": squared_gradient,
    }


def _soft_binary_cells() -> _Cells:
    return {
        "t": _target,
        "BCE = -t ln p - (1 - t) ln(1 - p)": _value_of("bce"),
        "MSE = (p - t)²": lambda one: f"({_error(one)})² = {loss_text(one.values['mse'])}",
        "∂BCE/∂z = p - t": lambda one: f"{_error(one)} = {gradient_text(one.gradients['bce'])}",
        "∂MSE/∂z = 2 (p - t) p (1 - p)": _gradient_of("mse"),
    }


def _step_cells(y: int) -> _Cells:
    return {
        f"MSE = (p - {y})²": lambda one: f"({one.probability:.0f} - {y})² = {one.values['mse']:.0f}",
        "∂MSE/∂z": lambda one: f"{one.gradients['mse']:.0f}",
    }


def _softmax_cells(k: str, *, is_soft: bool) -> _Cells:
    if is_soft:
        return {
            f"t{k}": _target,
            "CE = -Σ tⱼ ln pⱼ": _value_of("ce"),
            "MSE = Σ (pⱼ - tⱼ)²": _value_of("mse"),
            f"∂CE/∂z{k} = p{k} - t{k}": _error_gradient("ce"),
            f"∂MSE/∂z{k} = 2 p{k} [(p{k} - t{k}) - Σ (pⱼ - tⱼ) pⱼ]": _gradient_of("mse"),
        }
    return {
        f"CE = -ln p{k}": _minus_log,
        "MSE = Σ (pⱼ - yⱼ)²": _value_of("mse"),
        f"∂CE/∂z{k} = p{k} - 1": _error_gradient("ce"),
        f"∂MSE/∂z{k} = 2 p{k} [(p{k} - 1) - Σ (pⱼ - yⱼ) pⱼ]": _gradient_of("mse"),
    }


def _sigmoids_cells(k: str, *, is_soft: bool) -> _Cells:
    t, each = (f"t{k}", "t") if is_soft else ("1", "y")
    likelihood = f"BCE = -Σ [{each}ⱼ ln pⱼ + (1 - {each}ⱼ) ln(1 - pⱼ)]"
    cells: _Cells = {f"t{k}": _target} if is_soft else {}
    return {
        **cells,
        likelihood: _value_of("bce"),
        f"MSE = Σ (pⱼ - {each}ⱼ)²": _value_of("mse"),
        f"∂BCE/∂z{k} = p{k} - {t}": _error_gradient("bce"),
        f"∂MSE/∂z{k} = 2 (p{k} - {t}) p{k} (1 - p{k})": _gradient_of("mse"),
    }


def _rival_cells(kind: ModelKind, k: str, *, is_soft: bool) -> _Cells:
    each = "t" if is_soft else "y"
    cells: _Cells = {f"t{k}": _target} if is_soft else {}
    one, two = (f"t{k}", f"2 t{k}") if is_soft else ("1", "2")
    slope = f"sign(z{k}) / Σ |zⱼ| - {one} / z{k}"
    if kind == "square":
        slope = f"2 z{k} / Σ zⱼ² - {two} / z{k}"
    return {
        **cells,
        "CE = -Σ tⱼ ln pⱼ" if is_soft else f"CE = -ln p{k}": _value_of("ce") if is_soft else _minus_log,
        f"MSE = Σ (pⱼ - {each}ⱼ)²": _value_of("mse"),
        f"∂CE/∂z{k} = {slope}": _gradient_of("ce"),
        f"∂MSE/∂z{k}": _gradient_of("mse"),
    }


def _target(one: Contribution) -> str:
    return NO_NUMBER if one.target is None else f"{one.target:.6g}"


def _error(one: Contribution) -> str:
    return f"{probability_number(one.probability)} - {_target(one)}"


def _minus_log(one: Contribution) -> str:
    return f"-ln {probability_number(one.probability)} = {loss_text(one.values['ce'])}"


def _value_of(loss: LossName) -> Callable[[Contribution], str]:
    return lambda one: loss_text(one.values[loss])


def _gradient_of(loss: LossName) -> Callable[[Contribution], str]:
    return lambda one: gradient_text(one.gradients[loss])


def _error_gradient(loss: LossName) -> Callable[[Contribution], str]:
    """The gradient as the error p - t that it is."""
    return lambda one: f"{_error(one)} = {gradient_text(one.gradients[loss])}"
