"""Losses of softmax's rivals, p_k = |z_k| / sum_j |z_j| and p_k = z_k^2 / sum_j z_j^2.

Both are defined but where every logit is 0: there p counts as 1/K and the gradient as 0, so that neither is
a NaN, and the program says so. Where z_k alone is 0, |z_k| has a kink and ln p_k is -inf: the slope by z_k
counts as 0, the middle of the slopes on either side, and the cross-entropy is infinite if t_k > 0.

With S the sum in the denominator, e = p - t and sum_k t_k = 1, by the chain rule with
dp_j/dz_k = sign(z_k) (delta_jk - p_j) / S and 2 z_k (delta_jk - p_j) / S:

    |z|:  dCE/dz_k = sign(z_k) (1 / S - t_k / |z_k|)    dMSE/dz_k = 2 sign(z_k) (e_k - sum_j e_j p_j) / S
    z^2:  dCE/dz_k = 2 z_k / S - 2 t_k / z_k            dMSE/dz_k = 4 z_k (e_k - sum_j e_j p_j) / S

p does not change when all logits are multiplied by one number, so their losses are not convex in the weights,
and their gradients shrink as the weights grow.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.activations import (
    log_normalize_absolute,
    log_normalize_square,
    normalize_absolute,
    normalize_square,
)
from engine.specs import LossName, ModelKind

Floats = NDArray[np.float64]

_NORMALIZE: dict[ModelKind, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]] = {
    "absolute": (normalize_absolute, log_normalize_absolute),
    "square": (normalize_square, log_normalize_square),
}

_POWER: dict[ModelKind, float] = {"absolute": 1.0, "square": 2.0}
"""Of |z| in the numerator of p."""


def is_undefined(logits: Floats) -> NDArray[np.bool_]:
    """Samples, shape (n,), whose logits (K, n) are all 0: no rival of softmax is defined there."""
    return np.asarray(~logits.any(axis=0))


def shares(kind: ModelKind, logits: Floats) -> Floats:
    """The p of a rival ("absolute" or "square"), shape (K, n): 1/K where it is undefined."""
    p = _NORMALIZE[kind][0](logits)
    p[:, is_undefined(logits)] = 1.0 / len(logits)
    return p


def cross_entropy(kind: ModelKind, logits: Floats, targets: Floats) -> Floats:
    """CE of each sample, -sum_k t_k ln p_k, shape (n,): ln K where p is undefined, else maybe infinite.

    Parameters
    ----------
    kind : "absolute" or "square"
    logits, targets : ndarray of shape (K, n)
    """
    log_p = _NORMALIZE[kind][1](logits)
    log_p[:, is_undefined(logits)] = -math.log(len(logits))
    # 0 ln 0 counts as 0.
    terms = np.multiply(targets, log_p, out=np.zeros_like(log_p), where=targets > 0.0)
    result: Floats = -terms.sum(axis=0)
    return result


def squared_error(kind: ModelKind, logits: Floats, targets: Floats) -> Floats:
    """MSE of each sample, sum_k (p_k - t_k)^2, shape (n,); arguments as in `cross_entropy`."""
    result: Floats = ((shares(kind, logits) - targets) ** 2).sum(axis=0)
    return result


def cross_entropy_gradient(kind: ModelKind, logits: Floats, targets: Floats) -> Floats:
    """Derivative of `cross_entropy` by each logit, shape (K, n)."""
    with np.errstate(all="ignore"):
        gradient = _lean(kind, logits) - _POWER[kind] * targets / logits
    return _without_kinks(gradient, logits)


def squared_error_gradient(kind: ModelKind, logits: Floats, targets: Floats) -> Floats:
    """Derivative of `squared_error` by each logit, shape (K, n)."""
    p = shares(kind, logits)
    error = p - targets
    with np.errstate(all="ignore"):
        gradient = 2.0 * _lean(kind, logits) * (error - (error * p).sum(axis=0))
    return _without_kinks(gradient, logits)


def curvature(kind: ModelKind, loss: LossName, logits: Floats, targets: Floats) -> Floats:
    """Second derivatives of CE or MSE by the logits, shape (K, K, n): 0 by a logit that is 0.

    With l_k = d ln S / dz_k, D = 0 for |z| and 2 / S for z^2, q the power of |z| in S, Q = sum_j p_j^2,
    s = sum_j e_j p_j and c_jk = delta_jk - e_j - p_j - e_k - p_k + 2 s + Q:

        CE:   -l_j l_k + delta_jk (D + q t_k / z_k^2)
        MSE:  2 l_j l_k c_jk + 2 delta_jk D (e_k - s)
    """
    each = np.arange(len(logits))
    with np.errstate(all="ignore"):
        lean = _lean(kind, logits)
        bend = np.zeros_like(lean) if kind == "absolute" else lean / logits
        result = -lean[:, None] * lean
        if loss == "ce":
            result[each, each] += bend + _POWER[kind] * targets / logits**2
        else:
            p = shares(kind, logits)
            error = p - targets
            mean_error, purity = (error * p).sum(axis=0), (p * p).sum(axis=0)
            sums = -(error + p)
            mixed = sums[:, None] + sums + 2.0 * mean_error + purity
            mixed[each, each] += 1.0
            result *= -2.0 * mixed
            result[each, each] += 2.0 * bend * (error - mean_error)
    kinks = logits == 0.0
    result[kinks[:, None] | kinks] = 0.0
    return np.asarray(result)


def _lean(kind: ModelKind, logits: Floats) -> Floats:
    """Derivative of ln S by z_k: sign(z_k) / S or 2 z_k / S, shape (K, n), with no square that overflows."""
    if kind == "absolute":
        return np.asarray(np.sign(logits) / np.abs(logits).sum(axis=0))
    largest = np.abs(logits).max(axis=0)
    scaled = logits / largest
    return np.asarray(2.0 * scaled / ((scaled * scaled).sum(axis=0) * largest))


def _without_kinks(gradient: Floats, logits: Floats) -> Floats:
    """The slope by a logit that is 0 counts as 0: in place."""
    gradient[logits == 0.0] = 0.0
    return gradient
