r"""Entropy: cross-entropy as H(t) + KL(t || p), and the bound that no model passes.

H(t) = -sum_k t_k ln t_k, the cross-entropy of t and p is -sum_k t_k ln p_k, and
KL(t || p) = sum_k t_k ln(t_k / p_k) >= 0, with 0 ln 0 = 0 (Cover and Thomas 2006, section 2.1 to 2.6). So the
cross-entropy is H(t) + KL(t || p) >= H(t). All in nats.

Equal samples (same height and weight) get the same p from every model. What counts for them is their mean
target, pooled: their mean cross-entropy is that of the pooled target, and its entropy is the bound. One-hot
labels have the entropy 0; smoothed ones, and pooled ones with different labels, more.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.activations import (
    log_normalize_absolute,
    log_normalize_square,
    log_sigmoid,
    log_softmax,
    step,
)
from engine.models import logits
from engine.rival_losses import is_undefined
from engine.specs import RIVAL_KINDS, ModelKind, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_BLOCK = 65_536
"""Samples that are split at a time."""

_LOGARITHMS: dict[ModelKind, Callable[[Floats], Floats]] = {
    "softmax": log_softmax,
    "sigmoids": log_sigmoid,
    "absolute": log_normalize_absolute,
    "square": log_normalize_square,
}


def entropy(target: Floats) -> Floats:
    """Entropy H(t) = -sum_k t_k ln t_k over the first axis, with 0 ln 0 = 0.

    Parameters
    ----------
    target : ndarray of shape (K, ...)
        Probabilities of the classes.

    Returns
    -------
    ndarray of shape (...)
    """
    result: Floats = _terms(target, _logarithm(target)).sum(axis=0)
    return result


def cross_entropy(target: Floats, log_p: Floats) -> Floats:
    """Cross-entropy -sum_k t_k ln p_k over the first axis; infinite where some t_k > 0 has p_k = 0.

    Parameters
    ----------
    target : ndarray of shape (K, ...)
    log_p : ndarray of shape (K, ...)
        Logarithms of the model's probabilities, -inf allowed: 0 ln 0 = 0.
    """
    result: Floats = _terms(target, log_p).sum(axis=0)
    return result


def kl_divergence(target: Floats, log_p: Floats) -> Floats:
    """Kullback-Leibler divergence KL(t || p) = sum_k t_k (ln t_k - ln p_k) over the first axis.

    Never below 0 (Gibbs's inequality), and 0 for p = t alone. Parameters as in `cross_entropy`.
    """
    log_target = np.where(target > 0.0, _logarithm(target), 0.0)
    with np.errstate(invalid="ignore"):
        ratio = np.where(target > 0.0, log_p - log_target, 0.0)
    result: Floats = np.maximum(_terms(target, ratio).sum(axis=0), 0.0)
    return result


def smoothed_entropy(n_classes: int, label_smoothing: float) -> float:
    """Entropy of a smoothed one-hot label, (1 - eps) y + eps / K, in closed form.

    -(1 - eps + eps / K) ln(1 - eps + eps / K) - (K - 1) (eps / K) ln(eps / K), and 0 for eps = 0
    (label smoothing: Szegedy and others 2016, section 7).
    """
    if label_smoothing == 0.0:
        return 0.0
    other = label_smoothing / n_classes
    own = 1.0 - label_smoothing + other
    return -own * math.log(own) - (n_classes - 1) * other * math.log(other)


def log_probabilities(model: ModelSpec, values: Floats) -> Floats:
    """Logarithms of the probabilities, from logits: exact where a p is nearly 0 or 1.

    Parameters
    ----------
    model : ModelSpec
    values : ndarray of shape (outputs, n)
        As `engine.models.logits` gives them.

    Returns
    -------
    ndarray of shape (K, n)
        -inf where a p is 0. Where softmax's rivals are undefined their p counts as 1/K, as in training.
    """
    if model.kind in _LOGARITHMS:
        result = _LOGARITHMS[model.kind](values)
        if model.kind in RIVAL_KINDS:
            result[:, is_undefined(values)] = -math.log(model.n_classes)
        return result
    if model.kind == "step":
        p = step(values)
        return _logarithm(np.concatenate([1.0 - p, p]))
    return log_sigmoid(np.concatenate([-values, values]))


def class_terms(model: ModelSpec, target: Floats, values: Floats) -> Floats:
    """What each class adds to the cross-entropy, shape (K, n).

    -t_k ln p_k: with one-hot labels only the true class's is not 0. For K sigmoids
    -t_k ln p_k - (1 - t_k) ln(1 - p_k), as each class is a Bernoulli distribution of its own.

    Parameters
    ----------
    target : ndarray of shape (K, n)
    values : ndarray of shape (outputs, n)
        Logits.
    """
    terms = _terms(target, log_probabilities(model, values))
    return terms + _terms(1.0 - target, log_sigmoid(-values)) if model.kind == "sigmoids" else terms


@dataclass(frozen=True, eq=False)
class PooledTargets:
    """The targets of samples, equal samples sharing their mean.

    Attributes
    ----------
    target : ndarray of shape (K, n)
        Mean target of all samples with this height and weight.
    own : ndarray of shape (K, n)
        Each sample's own target.
    count : ndarray of int64, shape (n,)
        How many samples are equal to it, itself included.
    is_mixed : ndarray of bool, shape (n,)
        Whether some of them have another label.
    entropy : ndarray of shape (n,)
        H of the pooled target; for K sigmoids the sum of its classes' Bernoulli entropies.
    """

    target: Floats
    own: Floats
    count: Ints
    is_mixed: Bools
    entropy: Floats

    @cached_property
    def bound(self) -> float:
        """Mean entropy: no function of height and weight has a smaller cross-entropy. NaN without samples."""
        return float(self.entropy.mean()) if self.entropy.size else math.nan


def pooled_targets(model: ModelSpec, data: TrainingData) -> PooledTargets:
    """Pool the targets of equal samples.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
        What the model trains on (`TrainingData.for_model` is applied).
    """
    data = data.for_model(model)
    own = data.targets(model)
    group, count = _equal_samples(data.design)
    is_mixed = _varies(own, group, len(count))[group]
    target = own  # equal targets have themselves as their mean, without its rounding
    if is_mixed.any():
        target = own.copy()
        for mean, row in zip(target, own, strict=True):
            sums = np.bincount(group, weights=row, minlength=len(count))
            mean[is_mixed] = (sums / count)[group[is_mixed]]
    found = np.empty(len(data))
    for start in range(0, found.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        found[block] = entropy(target[:, block])
        if model.kind == "sigmoids":
            found[block] += entropy(1.0 - target[:, block])
    return PooledTargets(target, own, count[group], is_mixed, found)


def entropy_bound(model: ModelSpec, data: TrainingData) -> float:
    """The mean H of the pooled targets: the bound below every model's cross-entropy. NaN without samples."""
    return pooled_targets(model, data).bound


@dataclass(frozen=True, eq=False)
class EntropySplit:
    """Cross-entropy of each sample against its pooled target, and what it is made of; arrays (n,), nats.

    The mean of `cross_entropy` is the model's loss (`METRICS`' cross_entropy), as pooling changes no mean.

    Attributes
    ----------
    entropy, divergence : ndarray of shape (n,)
        H(t) and KL(t || p).
    """

    entropy: Floats
    divergence: Floats

    @property
    def cross_entropy(self) -> Floats:
        """H(t) + KL(t || p)."""
        return self.entropy + self.divergence

    @property
    def means(self) -> tuple[float, float]:
        """Mean H(t) and mean KL(t || p); NaN without samples."""
        if not self.entropy.size:
            return math.nan, math.nan
        return float(self.entropy.mean()), float(self.divergence.mean())


def entropy_split(
    model: ModelSpec, parameters: Floats, data: TrainingData, pooled: PooledTargets
) -> EntropySplit:
    """Split a model's cross-entropy sample by sample.

    Parameters
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
    data : TrainingData
        Those that `pooled` was made of.
    pooled : PooledTargets
    """
    design = data.for_model(model).design
    divergence = np.empty(design.shape[1])
    for start in range(0, divergence.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        values = logits(model, parameters, np.ascontiguousarray(design[:, block]))
        divergence[block] = _divergence(model, pooled.target[:, block], values)
    return EntropySplit(pooled.entropy, divergence)


def _divergence(model: ModelSpec, target: Floats, values: Floats) -> Floats:
    """KL(t || p) of each sample, shape (n,), from its pooled target (K, n) and its logits (outputs, n)."""
    if model.kind == "sigmoids":
        # Each class is a distribution of two outcomes.
        outcomes, logs = (
            np.stack([target, 1.0 - target]),
            np.stack([log_sigmoid(values), log_sigmoid(-values)]),
        )
        return np.asarray(kl_divergence(outcomes, logs).sum(axis=0))
    return kl_divergence(target, log_probabilities(model, values))


def _logarithm(values: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        result: Floats = np.log(values)
    return result


def _terms(weight: Floats, logarithm: Floats) -> Floats:
    """-w ln p with 0 ln 0 = 0; never -0."""
    with np.errstate(invalid="ignore"):
        result: Floats = np.where(weight > 0.0, -weight * logarithm, 0.0) + 0.0
    return result


def _equal_samples(design: Floats) -> tuple[Ints, Ints]:
    """Number of each sample's group of equal ones, shape (n,), and how many samples each group has."""
    if not design.shape[1]:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = np.lexsort(design[:2])
    ordered = design[:2, order]
    starts = np.concatenate([[True], (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)])
    number = np.cumsum(starts) - 1
    group = np.empty(design.shape[1], dtype=np.int64)
    group[order] = number
    return group, np.bincount(group)


def _varies(own: Floats, group: Ints, n_groups: int) -> Bools:
    """Which groups hold samples with different targets, shape (n_groups,)."""
    varies = np.zeros(n_groups, dtype=bool)
    if group.size:
        first = np.zeros(n_groups, dtype=np.int64)
        first[group[::-1]] = np.arange(group.size)[::-1]
        np.logical_or.at(varies, group, (own != own[:, first[group]]).any(axis=0))
    return varies
