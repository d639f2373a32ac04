"""Sensitivity with any number of classes: the true class against all others together.

Let p be the softmax probability of a sample's true class and m = ln(p / (1 - p)) its log-odds against the
rest; then p = sigmoid(m), and with the other logits fixed dm/dz = 1 by the true class's own logit z. So

    CE = -ln p,  dCE/dz = p - 1

are the curves of a binary sample with y = 1. The squared error knows more than p: with s = sum over the wrong
classes of p_j^2,

    MSE = (1 - p)^2 + s,  dMSE/dz = -2 p [(1 - p)^2 + s],

and s lies between (1 - p)^2 / (K - 1), the rest shared equally, and (1 - p)^2, all of it in one class. With
two classes both ends are one, and the logistic model's (p - y)^2 is half of this.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.activations import log_sum_exp, sigmoid
from engine.losses import Loss, loss_of
from engine.specs import LossName

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def true_class_log_odds(logits: Floats, class_index: Ints) -> Floats:
    """Log-odds (n,) of each sample's own class against all others: sigmoid of it is P(y | x).

    Parameters
    ----------
    logits : ndarray of shape (1, n) or (K, n)
        Of the logistic model (one row, class 1's) or of softmax.
    class_index : ndarray of int64, shape (n,)
        Labels 0 to K - 1.
    """
    if len(logits) == 1:
        return np.asarray(np.where(class_index == 1, logits[0], -logits[0]))
    others = logits.copy()
    np.put_along_axis(others, class_index[None, :], -np.inf, axis=0)
    own = np.take_along_axis(logits, class_index[None, :], axis=0)[0]
    result: Floats = own - log_sum_exp(others)
    return result


def squared_error_bounds(log_odds: Floats, n_classes: int) -> tuple[Floats, Floats]:
    """Smallest and largest squared error of a softmax sample whose true class has these log-odds.

    Raises
    ------
    ValueError
        For fewer than two classes.
    """
    if n_classes < 2:
        raise ValueError("a sample's class needs at least one other")
    squared = sigmoid(-log_odds) ** 2
    return squared * (1.0 + 1.0 / (n_classes - 1)), 2.0 * squared


def squared_error_slope_bounds(log_odds: Floats, n_classes: int) -> tuple[Floats, Floats]:
    """Derivative by the true class's logit at either end of `squared_error_bounds`: both negative."""
    low, high = squared_error_bounds(log_odds, n_classes)
    twice = -2.0 * sigmoid(log_odds)
    return twice * low, twice * high


def pull_strength(loss: LossName, logits: Floats, class_index: Ints) -> Floats:
    """How hard each sample pulls at the logits: length (n,) of its own loss's gradient by them.

    Parameters
    ----------
    loss : "bce" or "mse" with one row of logits, "ce" or "mse" with K
    logits, class_index
        As in `true_class_log_odds`.
    """
    gradient = output_loss(loss, len(logits)).value_and_gradient(logits, class_index)[1]
    result: Floats = np.abs(gradient[0]) if len(gradient) == 1 else np.sqrt((gradient**2).sum(axis=0))
    return result


def output_loss(loss: LossName, outputs: int) -> Loss:
    """The loss of a model with this many output nodes, whatever lies before them: one is a sigmoid's."""
    return loss_of("logistic" if outputs == 1 else "softmax", loss)
