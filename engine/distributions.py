"""Distributions whose parameter a network gives for each x, and the likelihood of data under them.

A network's outputs, put through the distribution's own link, are its *parameter* (which changes with x); the
weights behind them are the network's parameters (which are learnt). Minus the logarithm of the likelihood of
the data is the loss that follows from the distribution:

    Bernoulli(p)           -mean ln P(y|x) = BCE
    Categorical(p_1..p_K)  -mean ln P(y|x) = CE
    Gaussian(mu, sigma)    -mean ln f(y|x) = MSE / (2 sigma^2) + ln(sigma sqrt(2 pi)), sigma fixed

and in all three the slope by the network's output is (parameter - y), for the Gaussian over sigma^2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import log_sigmoid, log_softmax, sigmoid, softmax
from engine.likelihoods import LikelihoodCurve
from engine.losses import one_hot

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LN_SQRT_2_PI = 0.5 * math.log(2.0 * math.pi)


class Distribution(Protocol):
    """A distribution of y given x, as a function of the network's outputs."""

    def parameter(self, outputs: Floats) -> Floats:
        """The distribution's parameter for each sample, of the shape of `outputs`."""
        ...

    def log_likelihood(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Logarithm of P(y | x) of each sample, or of its density f(y | x): shape (n,)."""
        ...

    def slope(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Derivative of -ln P(y | x) by each output, of the shape of `outputs`."""
        ...


@dataclass(frozen=True, slots=True)
class Bernoulli:
    """P(y) = p^y (1 - p)^(1 - y) for y in {0, 1}, with p = sigmoid(z) (Bishop 2006, eq. 2.2)."""

    def parameter(self, outputs: Floats) -> Floats:
        """Probability p = sigmoid(z), shape (1, n); see `Distribution`."""
        return sigmoid(outputs)

    def log_likelihood(self, outputs: Floats, y: ArrayLike) -> Floats:
        """The sum y ln p + (1 - y) ln(1 - p), from the logit, shape (n,); see `Distribution`."""
        return log_sigmoid(np.where(np.asarray(y) == 1, outputs[0], -outputs[0]))

    def slope(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Parameter less label, p - y, shape (1, n); see `Distribution`."""
        positive = np.asarray(y) == 1
        # p - 1 is -(1 - p), kept to its last digit where p is nearly 1.
        return np.asarray(np.where(positive, -sigmoid(-outputs[0]), sigmoid(outputs[0])))[None, :]


@dataclass(frozen=True, slots=True)
class Categorical:
    """P(y = k) = p_k for K classes, with p = softmax(z) (Bishop 2006, eq. 2.26)."""

    def parameter(self, outputs: Floats) -> Floats:
        """Probabilities p = softmax(z), shape (K, n); see `Distribution`."""
        return softmax(outputs)

    def log_likelihood(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Logarithm of p_y, from the logits, shape (n,); see `Distribution`."""
        labels = np.asarray(y, dtype=np.int64)[None, :]
        return np.asarray(np.take_along_axis(log_softmax(outputs), labels, axis=0)[0])

    def slope(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Parameters less labels, p_k - y_k with y one-hot, shape (K, n); see `Distribution`."""
        return softmax(outputs) - one_hot(np.asarray(y, dtype=np.int64), len(outputs))


@dataclass(frozen=True, slots=True)
class Gaussian:
    """f(y) = exp(-(y - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi)), mu being the output.

    Bishop 2006, eq. 1.46.

    Attributes
    ----------
    sigma : float
        Fixed: the same for every x; positive, in the unit of y.
    """

    sigma: float

    def __post_init__(self) -> None:
        """Refuse a width that is none.

        Raises
        ------
        ValueError
            If sigma is not positive and finite.
        """
        if not 0.0 < self.sigma < math.inf:
            raise ValueError(f"sigma must be positive, not {self.sigma}")

    def parameter(self, outputs: Floats) -> Floats:
        """mu: the output as it is, shape (1, n); see `Distribution`."""
        return outputs

    def log_likelihood(self, outputs: Floats, y: ArrayLike) -> Floats:
        """Logarithm of f(y), shape (n,): above 0 where the density is above 1; see `Distribution`."""
        standard = (np.asarray(y, dtype=np.float64) - outputs[0]) / self.sigma
        return np.asarray(-0.5 * standard**2 - math.log(self.sigma) - LN_SQRT_2_PI)

    def slope(self, outputs: Floats, y: ArrayLike) -> Floats:
        """(mu - y) / sigma^2, shape (1, n); see `Distribution`."""
        return np.asarray((outputs - np.asarray(y, dtype=np.float64)) / self.sigma**2)

    def density(self, mu: float, y: Floats) -> Floats:
        """The bell f(y) around one mu, of the shape of `y`."""
        with np.errstate(under="ignore"):
            return np.asarray(np.exp(-0.5 * ((y - mu) / self.sigma) ** 2)) * self.peak_density

    @property
    def peak_density(self) -> float:
        """Height of the bell, 1 / (sigma sqrt(2 pi)): above 1 for a narrow one."""
        return math.exp(-LN_SQRT_2_PI) / self.sigma

    def share_below(self, mu: float, y: float) -> float:
        """Probability of a value below `y`."""
        return 0.5 * math.erfc((mu - y) / (self.sigma * math.sqrt(2.0)))


def mean_nll(distribution: Distribution, outputs: Floats, y: ArrayLike) -> float:
    """Minus the mean log-likelihood: BCE, CE, or MSE / (2 sigma^2) + ln(sigma sqrt(2 pi)).

    Raises
    ------
    ValueError
        If there is no sample.
    """
    values = distribution.log_likelihood(outputs, y)
    if not values.size:
        raise ValueError("a mean needs at least one sample")
    return -float(values.mean())


def gaussian_nll(mse: float, sigma: float) -> float:
    """Mean Gaussian NLL of samples with this mean squared error: MSE / (2 sigma^2) + ln(sigma sqrt(2 pi))."""
    return mse / (2.0 * sigma**2) + math.log(sigma) + LN_SQRT_2_PI


def mse_of_nll(nll: float, sigma: float) -> float:
    """The MSE behind a mean Gaussian NLL: 2 sigma^2 (NLL - ln(sigma sqrt(2 pi)))."""
    return 2.0 * sigma**2 * (nll - math.log(sigma) - LN_SQRT_2_PI)


def best_gaussian_log_likelihood(mse: ArrayLike, n: int) -> Floats:
    """Log-likelihood (of any shape) of n samples with the sigma that makes it largest, sigma^2 = MSE.

    -n/2 (ln(2 pi MSE) + 1) (Bishop 2006, eq. 3.21 in 3.11); inf where every sample is hit (MSE = 0).
    """
    with np.errstate(divide="ignore"):
        return np.asarray(-0.5 * n * (np.log(2.0 * math.pi * np.asarray(mse, dtype=np.float64)) + 1.0))


def bernoulli_curve(p: ArrayLike, n_positive: int, n: int) -> LikelihoodCurve:
    """The likelihood of one p for all samples, whatever their x: its peak is the sample mean of y.

    Parameters
    ----------
    p : array of shape (m,)
        Values from 0 to 1, where the likelihood may be 0 and the loss infinite.
    n_positive, n : int
        Samples with y = 1, and all.

    Raises
    ------
    ValueError
        If there is no sample, or more with y = 1 than there are.
    """
    if not 0 <= n_positive <= n or n == 0:
        raise ValueError(f"{n_positive} of {n} samples cannot have y = 1")
    p = np.array(p, dtype=np.float64)
    mean = n_positive / n
    with np.errstate(divide="ignore"):
        log_likelihood = _times(n_positive, np.log(p)) + _times(n - n_positive, np.log1p(-p))
    best = sum(count * math.log(count / n) for count in (n_positive, n - n_positive) if count)
    return _curve(p, log_likelihood, n, mean, best)


def gaussian_mean_curve(
    mu: ArrayLike, mean: float, mse_at_mean: float, n: int, sigma: float
) -> LikelihoodCurve:
    """The likelihood of one mu for all samples, sigma fixed: its peak is the sample mean of y.

    Parameters
    ----------
    mu : array of shape (m,)
    mean, mse_at_mean : float
        Of y: its mean and its mean squared deviation from it (the population variance).
    n : int
    sigma : float
    """
    mu = np.array(mu, dtype=np.float64)
    # sum (y - mu)^2 = n (variance + (mu - mean)^2): no term cancels.
    nll = ((mu - mean) ** 2 + mse_at_mean) / (2.0 * sigma**2) + math.log(sigma) + LN_SQRT_2_PI
    return _curve(mu, -n * nll, n, mean, -n * gaussian_nll(mse_at_mean, sigma))


def gaussian_sigma_curve(sigma: ArrayLike, mse: float, n: int) -> LikelihoodCurve:
    """The likelihood of sigma with every mu fixed: its peak is sigma = sqrt(MSE); none where the MSE is 0.

    Parameters
    ----------
    sigma : array of shape (m,)
        Positive.
    mse : float
        Mean squared distance of y from mu.
    n : int
    """
    sigma = np.array(sigma, dtype=np.float64)
    log_likelihood = -n * (mse / (2.0 * sigma**2) + np.log(sigma) + LN_SQRT_2_PI)
    if mse <= 0.0:
        return _curve(sigma, log_likelihood, n, None, float(log_likelihood.max()))
    return _curve(sigma, log_likelihood, n, math.sqrt(mse), float(best_gaussian_log_likelihood(mse, n)))


def underflows(log_likelihood: float) -> bool:
    """Whether a likelihood with this logarithm is exactly 0 in double precision (below about 10^-324)."""
    return math.exp(min(log_likelihood, 0.0)) == 0.0


def _times(count: int, logarithm: Floats) -> Floats:
    """Count times a logarithm, where no factor is 1 and not 0^0."""
    return count * logarithm if count else np.zeros_like(logarithm)


def _curve(
    value: Floats, log_likelihood: Floats, n: int, peak: float | None, highest: float
) -> LikelihoodCurve:
    """A curve with all its forms, as shares of the likelihood whose logarithm is `highest`; read-only."""
    with np.errstate(under="ignore", over="ignore"):
        likelihood = np.exp(log_likelihood)
        relative = np.exp(np.minimum(log_likelihood - highest, 0.0))
    loss = -log_likelihood / n
    for array in (value, log_likelihood, likelihood, relative, loss):
        array.flags.writeable = False
    return LikelihoodCurve(
        value, log_likelihood, likelihood, relative, loss, peak, None if peak is None else -highest / n
    )
