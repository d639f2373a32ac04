"""Activation functions, from a node's logit z to its output, and their logarithms; none overflows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def step(logits: Floats) -> Floats:
    """Unit step function: 1 where z >= 0, else 0 (a tie is positive). Its derivative is 0 everywhere else."""
    return (logits >= 0.0).astype(np.float64)


def sigmoid(logits: Floats) -> Floats:
    """Sigmoid: p = 1 / (1 + e^-z), written with e^-|z| so that no exponential overflows.

    It is the inverse of `logit`; its slope p (1 - p) is steepest, 1/4, at z = 0.
    """
    decay = np.exp(-np.abs(logits))
    result: Floats = np.where(logits >= 0.0, 1.0, decay) / (1.0 + decay)
    return result


def relu(logits: Floats) -> Floats:
    """ReLU: max(z, 0). Its slope is 1 where z > 0, else 0: at the kink itself, z = 0, it counts as 0."""
    result: Floats = np.maximum(logits, 0.0)
    return result


def logit(probability: Floats) -> Floats:
    """Logit: ln(p / (1 - p)), the natural logarithm of the odds; -inf at p = 0 and inf at p = 1."""
    with np.errstate(divide="ignore"):
        result: Floats = np.log(probability) - np.log1p(-probability)
    return result


def softplus(logits: Floats) -> Floats:
    """Softplus: ln(1 + e^z) = max(z, 0) + ln(1 + e^-|z|): finite for every finite z."""
    result: Floats = np.maximum(logits, 0.0) + np.log1p(np.exp(-np.abs(logits)))
    return result


def log_sigmoid(logits: Floats) -> Floats:
    """Logarithm of the sigmoid: ln p = -softplus(-z)."""
    return -softplus(-logits)


def log_sum_exp(logits: Floats) -> Floats:
    """Log-sum-exp, ln sum_k e^(z_k), over the first axis (classes): no exponential overflows.

    Parameters
    ----------
    logits : ndarray of shape (K, n)

    Returns
    -------
    ndarray of shape (n,)
    """
    result: Floats = logits.max(axis=0) + _log_of_relative_sum(logits)
    return result


def softmax(logits: Floats) -> Floats:
    """Softmax over the first axis: p_k = e^(z_k) / sum_j e^(z_j), shape (K, ...).

    Adding one number to all logits changes nothing, so the largest is subtracted first: then no
    exponential overflows. Where a logit is infinite or NaN, as after a run has diverged, p is NaN.
    """
    with np.errstate(invalid="ignore"):
        exponentials = np.exp(logits - logits.max(axis=0))
        result: Floats = exponentials / exponentials.sum(axis=0)
    return result


def log_softmax(logits: Floats) -> Floats:
    """Logarithm of softmax: ln p_k = z_k - ln sum_j e^(z_j), shape (K, n).

    Exact to the last digits also where p_k is nearly 1 and its logarithm nearly 0.
    """
    result: Floats = (logits - logits.max(axis=0)) - _log_of_relative_sum(logits)
    return result


def normalize_absolute(logits: Floats) -> Floats:
    """|z| / sum |z| over the first axis: p_k = |z_k| / sum_j |z_j|, shape (K, ...).

    A rival of softmax that forgets the sign of a logit. NaN where every logit is 0: there it is undefined.
    It does not change when all logits are multiplied by one number, so the largest is made 1 first: then no
    sum overflows.
    """
    with np.errstate(invalid="ignore"):
        sizes = np.abs(logits)
        sizes = sizes / sizes.max(axis=0)
        result: Floats = sizes / sizes.sum(axis=0)
    return result


def normalize_square(logits: Floats) -> Floats:
    """z^2 / sum z^2 over the first axis: p_k = z_k^2 / sum_j z_j^2, shape (K, ...).

    As `normalize_absolute` with squares: smooth, with the slope 0 at z_k = 0.
    """
    with np.errstate(invalid="ignore"):
        squares = (logits / np.abs(logits).max(axis=0)) ** 2
        result: Floats = squares / squares.sum(axis=0)
    return result


def log_normalize_absolute(logits: Floats) -> Floats:
    """Logarithm of `normalize_absolute`: ln |z_k| - ln sum_j |z_j|; -inf where z_k alone is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.abs(logits)
        sizes = sizes / sizes.max(axis=0)
        result: Floats = np.log(sizes) - np.log(sizes.sum(axis=0))
    return result


def log_normalize_square(logits: Floats) -> Floats:
    """Logarithm of `normalize_square`: 2 ln |z_k| - ln sum_j z_j^2; -inf where z_k alone is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.abs(logits)
        sizes = sizes / sizes.max(axis=0)
        result: Floats = 2.0 * np.log(sizes) - np.log((sizes * sizes).sum(axis=0))
    return result


HIDDEN_ACTIVATIONS: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": relu,
}
"""What a hidden unit may do to its z: tanh (slope 1 - a^2), sigmoid (a (1 - a)) or ReLU; in single precision
where z is."""


def _log_of_relative_sum(logits: Floats) -> Floats:
    """The part ln sum_k e^(z_k - max z) of a log-sum-exp: the largest term is 1, so ln(1 + the others)."""
    others = np.exp(logits - logits.max(axis=0))
    np.put_along_axis(others, logits.argmax(axis=0)[None, :], 0.0, axis=0)
    result: Floats = np.log1p(others.sum(axis=0))
    return result
