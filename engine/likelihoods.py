"""Likelihood: the product that underflows, the sum of logarithms that does not, and their common peak.

P(y | x) = p^y (1 - p)^(1 - y), and the likelihood of independent samples is the product over them. Numbers
below 1, multiplied, soon lie below the smallest that a computer can write: at p = 0.5 the product is exactly
0 from 150 samples on in single precision and from 1,075 on in double. The logarithm is monotonic, so the
maximum stays where it was; its mean, with a minus sign, is BCE.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import log_sigmoid, sigmoid
from engine.batched_losses import batched_loss
from engine.class_sensitivity import true_class_log_odds
from engine.landscape.profile import best_along
from engine.models import logits
from engine.specs import ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_LOGISTIC = ModelSpec("logistic", 2)


@dataclass(frozen=True, eq=False)
class RunningLikelihood:
    """The likelihood of the first 1, 2, ..., n samples, in the order given; read-only.

    Attributes
    ----------
    order : ndarray of int64, shape (n,)
        Places of the samples in the data, first one first.
    probability : ndarray of shape (n,)
        P(y | x) of each, in this order.
    product_single : ndarray of float32, shape (n,)
        The running product in single precision, rounded after every sample.
    product_double : ndarray of shape (n,)
        The same in double precision.
    log_sum : ndarray of shape (n,)
        The running sum of ln P(y | x), each from its logit, in double precision.
    """

    order: NDArray[np.int64]
    probability: Floats
    product_single: NDArray[np.float32]
    product_double: Floats
    log_sum: Floats

    @property
    def underflow_single(self) -> int | None:
        """After how many samples the product is exactly 0 in single precision; None if it never is."""
        return _first_zero(self.product_single)

    @property
    def underflow_double(self) -> int | None:
        """After how many samples the product is exactly 0 in double precision; None if it never is."""
        return _first_zero(self.product_double)


def running_likelihood(
    parameters: Floats, data: TrainingData, order: ArrayLike | None = None
) -> RunningLikelihood:
    """Multiply the samples' likelihoods one by one, and add their logarithms, for the logistic model.

    Parameters
    ----------
    parameters : ndarray of shape (3,)
    data : TrainingData
    order : array of int, shape (m,), optional
        Places of the samples, each at most once; as they stand in the data unless told.

    Raises
    ------
    ValueError
        If a place is not one of the data's, or comes twice.
    """
    n = len(data)
    places = np.arange(n) if order is None else np.array(order, dtype=np.int64)
    if places.size and not 0 <= places.min() <= places.max() < n:
        raise ValueError(f"a sample's place must be from 0 to {n - 1}")
    if np.unique(places).size != places.size:
        raise ValueError("a sample may be multiplied only once")
    z = logits(_LOGISTIC, parameters, data.design)[0, places]
    return replace(running_product(np.where(data.class_index[places] == 1, z, -z)), order=places)


def running_product(log_odds: Floats) -> RunningLikelihood:
    """Multiply likelihoods one by one, and add their logarithms, for any model and samples that may repeat.

    Parameters
    ----------
    log_odds : ndarray of shape (n,)
        Of each sample's own class (`class_sensitivity.true_class_log_odds`): P(y | x) is the sigmoid of it.
    """
    probability = sigmoid(log_odds)
    # Underflow is what this shows.
    with np.errstate(under="ignore"):
        single = np.multiply.accumulate(probability.astype(np.float32), dtype=np.float32)
        double = np.multiply.accumulate(probability)
    log_sum = np.cumsum(log_sigmoid(log_odds))
    result = RunningLikelihood(np.arange(probability.size), probability, single, double, log_sum)
    for name in RunningLikelihood.__dataclass_fields__:
        getattr(result, name).flags.writeable = False
    return result


def _first_zero(product: NDArray[np.floating]) -> int | None:
    zeros = np.flatnonzero(product == 0.0)
    return int(zeros[0]) + 1 if zeros.size else None


@dataclass(frozen=True, eq=False)
class LikelihoodCurve:
    """Likelihood and loss of all samples along one parameter, the others fixed; read-only.

    Attributes
    ----------
    weight : ndarray of shape (m,)
        Values of the parameter.
    log_likelihood : ndarray of shape (m,)
        Sum of ln P(y | x).
    likelihood : ndarray of shape (m,)
        Their product as a double can hold it: for many samples 0 everywhere.
    relative_likelihood : ndarray of shape (m,)
        Likelihood as a share of its largest value, at `peak` (or, without one, of the largest of the curve).
    loss : ndarray of shape (m,)
        BCE: minus the log-likelihood, divided by n.
    peak : float or None
        Where the likelihood is largest and the loss smallest, within the curve or not. None where it grows
        for ever in one direction (then `loss` tends to its infimum), or where the parameter changes nothing.
    peak_loss : float or None
        BCE at the peak.
    """

    weight: Floats
    log_likelihood: Floats
    likelihood: Floats
    relative_likelihood: Floats
    loss: Floats
    peak: float | None
    peak_loss: float | None


def likelihood_along(
    parameters: Floats, index: int, weight: ArrayLike, data: TrainingData, model: ModelSpec = _LOGISTIC
) -> LikelihoodCurve:
    """The likelihood along parameter `index` of a logistic model or a softmax regression.

    Parameters
    ----------
    parameters : ndarray of shape (P,)
    weight : array of shape (m,)
        Values of the parameter, at least one.

    Raises
    ------
    ValueError
        If there is no sample or no value.
    """
    weight = np.array(weight, dtype=np.float64)
    if not len(data) or not weight.size:
        raise ValueError("a likelihood needs at least one sample and one value")
    rows = np.tile(np.asarray(parameters, dtype=np.float64), (weight.size, 1))
    rows[:, index] = weight
    function = batched_loss(model, "bce" if model.kind == "logistic" else "ce", data)
    loss = function(rows)
    log_likelihood = -loss * len(data)
    peak, peak_loss = _peak(model, rows[0], index, data), None
    if peak is not None:
        top = rows[:1].copy()
        top[0, index] = peak
        peak_loss = float(function(top)[0])
    largest = float(log_likelihood.max()) if peak_loss is None else -peak_loss * len(data)
    with np.errstate(under="ignore"):
        likelihood = np.exp(log_likelihood)
        relative = np.exp(np.minimum(log_likelihood - largest, 0.0))
    for array in (weight, log_likelihood, likelihood, relative, loss):
        array.flags.writeable = False
    return LikelihoodCurve(weight, log_likelihood, likelihood, relative, loss, peak, peak_loss)


def _peak(model: ModelSpec, row: Floats, index: int, data: TrainingData) -> float | None:
    """Value of the parameter with the smallest cross-entropy, or None if there is none.

    Along one row of softmax the loss is that of a logistic model of this class against the rest, whose own
    shares stay what they are: a constant.
    """
    at_0 = row.copy()
    at_0[index] = 0.0
    z = logits(model, at_0, data.design)
    inputs = len(data.design)
    chosen = 1 if model.kind == "logistic" else index // inputs
    sign = np.where(data.class_index == chosen, 1.0, -1.0)
    along = data.design[index % inputs] * sign
    if not ((along > 0.0).any() and (along < 0.0).any()):
        return None
    margin = sign * true_class_log_odds(z, np.full(len(data), chosen))
    return float(best_along("bce", margin[:, None], along)[0])
