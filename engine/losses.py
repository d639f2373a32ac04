"""Loss functions: what training makes small. Each gives its value and its gradient by the logits together.

Notation: z logit (a node's value before its activation), p model output, y label, ln natural logarithm
(losses are in nats). Values and gradients are per sample; a model's loss is the mean over samples.

Everything is computed from the logits: ln(1 - p) of a p that has been rounded to 1 would be -inf, while the
same number from z is exact. Arrays are feature-major: logits have shape (outputs, n), one row an output node.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.activations import log_softmax, sigmoid, softmax, softplus, step
from engine.rival_losses import (
    cross_entropy,
    cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
)
from engine.specs import LossName, ModelKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Loss(Protocol):
    """A loss of one model kind, as a function of logits and labels."""

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Loss of each sample, shape (n,), and its derivative by each logit, shape (outputs, n).

        Parameters
        ----------
        logits : ndarray of shape (outputs, n)
            K rows for a model with an output node for each class, one row for the others.
        class_index : ndarray of int64, shape (n,)
            Labels 0 to K - 1.
        """
        ...

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """The same for soft targets t in place of one-hot labels y.

        Parameters
        ----------
        logits : ndarray of shape (outputs, n)
        targets : ndarray of shape (K, n)
            From 0 to 1; they add to 1 over the classes, but for the K sigmoids' own.
        """
        ...


class BinaryCrossEntropy:
    """BCE = -[y ln p + (1 - y) ln(1 - p)] with p = sigmoid(z).

    Domain: y in {0, 1}, z any number. Link: logit, z = ln(p / (1 - p)).
    From logits: softplus(z) - y z. Gradient: dBCE/dz = p - y.
    The negative log-likelihood of a Bernoulli distribution (Bishop 2006, eq. 4.90 and 4.91).
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample BCE (n,) and its gradient (1, n); see `Loss`."""
        z = logits[0]
        # softplus(z) - z = softplus(-z): choosing by label keeps all digits where the two would cancel.
        value = softplus(np.where(class_index == 1, -z, z))
        return value, _error(z, class_index)[None, :]

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Per-sample BCE (n,) and its gradient (1, n), y being t_1; see `Loss`."""
        t = targets[1]
        value = t * softplus(-logits[0]) + (1.0 - t) * softplus(logits[0])
        return value, _soft_error(logits, t)


class CategoricalCrossEntropy:
    """CE = -sum_k y_k ln p_k with p = softmax(z) and y one-hot: minus the log-probability of the label.

    Domain: label in {0, ..., K - 1}, z any K numbers. Link: log-odds, z_k - z_0 = ln(p_k / p_0).
    From logits: ln sum_j e^(z_j) - z_label. Gradient: dCE/dz_k = p_k - y_k.
    The negative log-likelihood of a categorical distribution (Bishop 2006, eq. 4.108 and 4.109).
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample CE (n,) and its gradient (K, n); see `Loss`."""
        value = -np.take_along_axis(log_softmax(logits), class_index[None, :], axis=0)[0]
        return value, softmax(logits) - one_hot(class_index, len(logits))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Per-sample CE (n,) and its gradient (K, n), p_k - t_k; see `Loss`."""
        return -(targets * log_softmax(logits)).sum(axis=0), softmax(logits) - targets


class BinarySquaredError:
    """MSE of two classes: (p - y)^2 with p = sigmoid(z), without a 1/2.

    Domain: y in {0, 1}, z any number. Link: logit.
    Gradient: dMSE/dz = 2 (p - y) p (1 - p), by the chain rule with dp/dz = p (1 - p). For y = 1 it is
    largest in size, 8/27, at p = 1/3, and vanishes where the model is confidently wrong.
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (1, n); see `Loss`."""
        z = logits[0]
        error = _error(z, class_index)
        return error**2, (2.0 * error * sigmoid(z) * sigmoid(-z))[None, :]

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (1, n), y being t_1; see `Loss`."""
        error = _soft_error(logits, targets[1])
        return error[0] ** 2, 2.0 * error * sigmoid(logits) * sigmoid(-logits)


class CategoricalSquaredError:
    """MSE of K classes: sum_k (p_k - y_k)^2 with p = softmax(z) and y one-hot, without a 1/2.

    Domain: label in {0, ..., K - 1}, z any K numbers. Link: log-odds.
    Gradient: dMSE/dz_k = 2 p_k [(p_k - y_k) - sum_j (p_j - y_j) p_j], by the chain rule with
    dp_j/dz_k = p_j (delta_jk - p_k). With K = 2 the value is twice `BinarySquaredError` of z_1 - z_0.
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (K, n); see `Loss`."""
        return self.of_targets(logits, one_hot(class_index, len(logits)))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (K, n), t in place of y; see `Loss`."""
        p = softmax(logits)
        error = p - targets
        return (error**2).sum(axis=0), 2.0 * p * (error - (error * p).sum(axis=0))


class StepSquaredError:
    """MSE of the step model: (p - y)^2 with p = 1 where z >= 0, else 0: 1 for a wrong answer, else 0.

    Domain: y in {0, 1}, z any number. Gradient: 0, as p does not change with z; at the jump itself, z = 0,
    it has none, and 0 is given.
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (1, n); see `Loss`."""
        return (step(logits[0]) - class_index) ** 2, np.zeros_like(logits)

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (1, n), y being t_1; see `Loss`."""
        return (step(logits[0]) - targets[1]) ** 2, np.zeros_like(logits)


class SigmoidsCrossEntropy:
    """BCE of K sigmoids: sum_k -[t_k ln p_k + (1 - t_k) ln(1 - p_k)] with p_k = sigmoid(z_k).

    Domain: t any K numbers from 0 to 1, as many of them 1 as a sample has labels. Link: each its own logit.
    Gradient: dBCE/dz_k = p_k - t_k: no class pulls at another's logit.
    The negative log-likelihood of K independent Bernoulli distributions (Bishop 2006, eq. 5.22 and 5.23).
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample BCE (n,) and its gradient (K, n); see `Loss`."""
        return self.of_targets(logits, one_hot(class_index, len(logits)))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """The same for targets (K, n); see `Loss`."""
        value = targets * softplus(-logits) + (1.0 - targets) * softplus(logits)
        return value.sum(axis=0), _soft_error(logits, targets)


class SigmoidsSquaredError:
    """MSE of K sigmoids: sum_k (p_k - t_k)^2 with p_k = sigmoid(z_k), without a 1/2.

    Gradient: dMSE/dz_k = 2 (p_k - t_k) p_k (1 - p_k), as K times `BinarySquaredError`.
    """

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (K, n); see `Loss`."""
        return self.of_targets(logits, one_hot(class_index, len(logits)))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """The same for targets (K, n); see `Loss`."""
        error = _soft_error(logits, targets)
        return (error**2).sum(axis=0), 2.0 * error * sigmoid(logits) * sigmoid(-logits)


class RivalCrossEntropy:
    """CE = -sum_k t_k ln p_k of a rival of softmax; see `engine.rival_losses` for its formulas and gaps."""

    def __init__(self, kind: ModelKind) -> None:
        self._kind = kind

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample CE (n,) and its gradient (K, n); see `Loss`."""
        return self.of_targets(logits, one_hot(class_index, len(logits)))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """The same for targets (K, n); see `Loss`."""
        gradient = cross_entropy_gradient(self._kind, logits, targets)
        return cross_entropy(self._kind, logits, targets), gradient


class RivalSquaredError:
    """MSE of a rival of softmax, sum_k (p_k - t_k)^2; see `engine.rival_losses`."""

    def __init__(self, kind: ModelKind) -> None:
        self._kind = kind

    def value_and_gradient(self, logits: Floats, class_index: Ints) -> tuple[Floats, Floats]:
        """Per-sample squared error (n,) and its gradient (K, n); see `Loss`."""
        return self.of_targets(logits, one_hot(class_index, len(logits)))

    def of_targets(self, logits: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """The same for targets (K, n); see `Loss`."""
        gradient = squared_error_gradient(self._kind, logits, targets)
        return squared_error(self._kind, logits, targets), gradient


def _error(z: Floats, y: Ints) -> Floats:
    """Error p - y of the logistic model; p - 1 as -sigmoid(-z), to keep its digits where p is nearly 1."""
    result: Floats = np.where(y == 1, -sigmoid(-z), sigmoid(z))
    return result


def _soft_error(logits: Floats, targets: Floats) -> Floats:
    """Errors p - t of sigmoids, with the digits of `_error` where t is 0 or 1."""
    result: Floats = (1.0 - targets) * sigmoid(logits) - targets * sigmoid(-logits)
    return result


def one_hot(class_index: Ints, n_classes: int) -> Floats:
    """Labels as columns of 0 and one 1, shape (K, n)."""
    columns: Floats = np.equal(np.arange(n_classes)[:, None], class_index).astype(np.float64)
    return columns


LOSSES: dict[tuple[ModelKind, LossName], Loss] = {
    ("logistic", "bce"): BinaryCrossEntropy(),
    ("logistic", "mse"): BinarySquaredError(),
    ("softmax", "ce"): CategoricalCrossEntropy(),
    ("softmax", "mse"): CategoricalSquaredError(),
    ("mlp", "bce"): BinaryCrossEntropy(),
    ("mlp", "mse"): BinarySquaredError(),
    ("step", "mse"): StepSquaredError(),
    ("sigmoids", "bce"): SigmoidsCrossEntropy(),
    ("sigmoids", "mse"): SigmoidsSquaredError(),
    ("absolute", "ce"): RivalCrossEntropy("absolute"),
    ("absolute", "mse"): RivalSquaredError("absolute"),
    ("square", "ce"): RivalCrossEntropy("square"),
    ("square", "mse"): RivalSquaredError("square"),
}
"""Every pair of a model and a loss that can be trained."""


def loss_of(kind: ModelKind, name: LossName) -> Loss:
    """The loss `name` of a model kind.

    Raises
    ------
    ValueError
        If this model is not trained on that loss (logistic, mlp, sigmoids: bce, mse; softmax, absolute,
        square: ce, mse; step: mse).
    """
    if (kind, name) not in LOSSES:
        raise ValueError(f"a {kind} model is not trained on the loss {name}")
    return LOSSES[kind, name]
