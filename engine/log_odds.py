"""Log-odds ln(p_j / p_k) of two classes: from logits, as planes with level lines, and weights as factors.

Softmax regression is the model whose log-odds are linear in the inputs: ln(p_j / p_k) = z_j - z_k. Solving
that for p with sum_k p_k = 1 gives softmax back, so softmax is the inverse of the log-odds as the sigmoid is
that of the logit (Bishop 2006, eq. 4.62 and 4.63; Agresti 2013, section 8.1).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import (
    log_normalize_absolute,
    log_normalize_square,
    log_sigmoid,
    softmax,
    step,
)
from engine.layout import Layout
from engine.models import layout_of
from engine.scaling import Standardizer
from engine.specs import RIVAL_KINDS, ModelKind, ModelSpec

Floats = NDArray[np.float64]

LINEAR_KINDS: tuple[ModelKind, ...] = ("logistic", "softmax")
"""Models whose log-odds are a plane over height and weight."""

_LOGARITHMS: dict[ModelKind, Callable[[Floats], Floats]] = {
    "sigmoids": log_sigmoid,
    "absolute": log_normalize_absolute,
    "square": log_normalize_square,
}
"""ln p from the logits (K, n), of models whose log-odds are no plane."""


def log_odds(model: ModelSpec, logits: Floats, first: int, second: int) -> Floats:
    """Log-odds ln(p_first / p_second) at n places, from logits: exact also where a p rounds to 0 or 1.

    Parameters
    ----------
    model : ModelSpec
    logits : ndarray of shape (outputs, n)
        As `engine.models.logits` gives them.
    first, second : int
        Class indices.

    Returns
    -------
    ndarray of shape (n,)
        logistic, mlp: z, or -z for class 0 against class 1. softmax: z_first - z_second. sigmoids:
        ln sigmoid(z_first) - ln sigmoid(z_second). absolute: ln|z_first| - ln|z_second|; square: twice that.
        Infinite where one p is 0 (always for the step), NaN where both are or p is undefined.

    Raises
    ------
    ValueError
        If the two are one class, or one of them is no class of the model.
    """
    _check_pair(model, first, second)
    if model.is_binary:
        sign = 1.0 if first == 1 else -1.0
        result: Floats = logits[0]
        if model.kind == "step":
            result = np.where(step(logits[0]) == 1.0, np.inf, -np.inf)
        return sign * result
    if model.kind == "softmax":
        result = logits[first] - logits[second]
        return result
    logs = _LOGARITHMS[model.kind](logits)
    with np.errstate(invalid="ignore"):
        difference: Floats = logs[first] - logs[second]
    return difference


def log_odds_plane(model: ModelSpec, layer: Floats, first: int, second: int) -> Floats | None:
    """The log-odds of two classes as a plane over height and weight, or None where they are none.

    Parameters
    ----------
    model : ModelSpec
    layer : ndarray of shape (outputs, 3)
        The one layer, in z-scores or in cm and kg: the plane is in the same units.
    first, second : int
        Class indices.

    Returns
    -------
    ndarray of shape (3,) or None
        Weight of height, weight of weight, bias. None for models that are not one of `LINEAR_KINDS`.

    Raises
    ------
    ValueError
        As `log_odds`.
    """
    _check_pair(model, first, second)
    if model.kind not in LINEAR_KINDS:
        return None
    if model.is_binary:
        return np.asarray(layer[0] if first == 1 else -layer[0])
    return np.asarray(layer[first] - layer[second])


def level_planes(
    model: ModelSpec, layer: Floats, first: int, second: int, level: float
) -> tuple[Floats, ...] | None:
    """Planes whose zero lines together are all places of one log-odds; None where they are not straight.

    Linear models have one line a level. Softmax's rivals have two, z_first = c z_second and
    z_first = -c z_second, with c = e^level (absolute) or e^(level / 2) (square). K sigmoids have a straight
    line where both are equal, as the sigmoid only grows, and curves elsewhere.

    Parameters
    ----------
    layer : ndarray of shape (outputs, 3)
        As in `log_odds_plane`.

    Returns
    -------
    tuple of ndarray of shape (3,), or None
        None for a model without one, straight, layer: with hidden layers, or the step, which has no finite
        log-odds.
    """
    plane = log_odds_plane(model, layer, first, second)
    if plane is not None:
        return (plane - np.array([0.0, 0.0, level]),)
    if model.kind == "sigmoids" and level == 0.0:
        return (layer[first] - layer[second],)
    if model.kind in RIVAL_KINDS:
        # The larger side keeps the factor 1, so that no level overflows.
        half = 0.5 * level if model.kind == "square" else level
        own, other = math.exp(min(-half, 0.0)), math.exp(min(half, 0.0))
        return (own * layer[first] - other * layer[second], own * layer[first] + other * layer[second])
    return None


@dataclass(frozen=True, slots=True)
class OddsFactors:
    """By what one more unit multiplies the odds p_j / p_k, everything else unchanged: e^weight.

    Attributes
    ----------
    per_cm, per_kg : float
        For one more cm of height, one more kg of weight.
    per_std_height, per_std_weight : float
        For one more standard deviation of either. Infinite where e^weight is above the largest number.
    """

    per_cm: float
    per_kg: float
    per_std_height: float
    per_std_weight: float


def odds_factors(plane: Floats, scaler: Standardizer) -> OddsFactors:
    """The factors of a plane of log-odds (3,), given in z-scores of `scaler`."""
    in_units = scaler.to_original_units(plane)
    return OddsFactors(
        odds_of(float(in_units[0])),
        odds_of(float(in_units[1])),
        odds_of(float(plane[0])),
        odds_of(float(plane[1])),
    )


def odds_of(log_odds_value: float) -> float:
    """Odds e^log-odds, infinite where that is too large; of a difference, the factor between two odds."""
    try:
        return math.exp(log_odds_value)
    except OverflowError:
        return math.inf


def probabilities_from_log_odds(against_reference: Floats) -> Floats:
    """Solve ln(p_k / p_r) = l_k for all k, with sum_k p_k = 1: p_k = e^(l_k) / sum_j e^(l_j).

    p_k = p_r e^(l_k); summed over the classes that is 1, so p_r = 1 / sum_j e^(l_j). It is softmax of the
    log-odds, and with l_k = z_k - z_r softmax of the logits.

    Parameters
    ----------
    against_reference : ndarray of shape (K, ...)
        Log-odds of every class against one reference class r; its own row is 0.

    Returns
    -------
    ndarray of shape (K, ...)
    """
    return softmax(against_reference)


def one_layer(model: ModelSpec, parameters: Floats) -> Floats | None:
    """The single layer (outputs, 3) of a model's row (P,); None with hidden layers."""
    layout: Layout = layout_of(model)
    return layout.layer_view(parameters, 0) if len(layout.layers) == 1 else None


def _check_pair(model: ModelSpec, first: int, second: int) -> None:
    classes = range(model.n_classes)
    if first == second or first not in classes or second not in classes:
        raise ValueError(f"{first} and {second} are not two of {model.n_classes} classes")
