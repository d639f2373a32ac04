"""Thousands of runs of gradient descent at once: how many steps each takes to a target.

Start maps and rate sweeps ask nothing else of a run, so nothing else is kept. Runs that have arrived make
room for others: a block of runs stays full, and in the processor's cache.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.optimum.newton import ShouldStop
from engine.specs import LossName
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Reals = NDArray[np.floating]
"""Single or double precision, as asked for."""
Bools = NDArray[np.bool_]
Steps = NDArray[np.int32]
Precision = Literal["single", "double"]
OnProgress = Callable[[float], None]
Measure = Literal["bce", "mse", "own_probability", "accuracy"]

NOT_REACHED = -1
"""In an array of steps: not within the steps that were allowed."""
OWN_PROBABILITY = 0.9
TOLERANCE = 0.05

_DTYPES: dict[Precision, type[np.floating]] = {"single": np.float32, "double": np.float64}
_BLOCK_ELEMENTS = 100_000
"""Logits of a block: samples times runs."""
_MOST_RUNS = 10_000
_SERVICE_STEPS = 16
"""Steps between two looks at who has arrived, and whether to go on."""
_SHARE_ROUNDING = 1e-12
"""So that 0.8 of 5 samples is 4, whatever 0.8 times 5 rounds to."""
_MOST_FACTORS = {"single": 96, "double": 960}
"""Factors between 1 and 2 whose product does not overflow."""


@dataclass(frozen=True, slots=True)
class Target:
    """When a run has arrived.

    bce, mse:         that loss, over all samples, is at most `threshold` (whichever loss is trained on);
    own_probability:  every sample's own class has a probability above `threshold`;
    accuracy:         at least this share of the samples is classified right at p = 0.5.
    """

    measure: Measure
    threshold: float


def loss_target(loss: LossName, reference: float, tolerance: float = TOLERANCE) -> Target:
    """The target "within a tolerance of the optimum's loss", which is `reference`.

    Where no loss is lowest but 0 is tended to (`reference` = 0), a share of it says nothing: then p > 0.9 on
    every sample's own class.

    Parameters
    ----------
    loss : "bce" or "mse"
    reference : float
        The optimum's loss, or its infimum.
    tolerance : float
        As a share of the reference.

    Raises
    ------
    ValueError
        If the loss is neither of them, or the reference negative or not a number.
    """
    if loss == "ce":
        raise ValueError("the logistic model is not trained on the loss ce")
    if not reference >= 0.0:
        raise ValueError(f"a loss of reference must be a number from 0 on, not {reference}")
    if reference == 0.0:
        return Target("own_probability", OWN_PROBABILITY)
    return Target(loss, reference * (1.0 + tolerance))


class Runs(Protocol):
    """Models of one kind in training; owns its buffers."""

    block_size: int
    """How many are best trained at once."""
    precision: Precision

    def step(self, parameters: Reals, rates: Reals) -> Bools:
        """Take one step in place; whether each run had arrived *before* it, shape (m,).

        Parameters
        ----------
        parameters : ndarray of shape (P, m), C-contiguous
            One column a run.
        rates : ndarray of shape (m,)
        """
        ...


def steps_to_target(
    runs: Runs,
    starts: Floats,
    rates: float | Floats,
    max_steps: int,
    *,
    should_stop: ShouldStop | None = None,
    on_progress: OnProgress | None = None,
) -> Steps | None:
    """Steps that each run takes until it first arrives: 0 if its start has, `NOT_REACHED` if none does.

    A run whose parameters no longer change, or are no longer finite, is not followed to the end.

    Parameters
    ----------
    runs : Runs
    starts : ndarray of shape (M, P)
    rates : float or ndarray of shape (M,)
        Learning rates.
    max_steps : int
    should_stop : callable, optional
        Asked every few steps.
    on_progress : callable, optional
        Told the share of the runs that are finished, 0 to 1.

    Returns
    -------
    ndarray of int32, shape (M,), or None
        None if `should_stop` said so.
    """
    dtype = _DTYPES[runs.precision]
    waiting = np.ascontiguousarray(starts.T, dtype=dtype)
    all_rates = np.broadcast_to(np.asarray(rates, dtype=dtype), (len(starts),))
    steps = np.full(len(starts), NOT_REACHED, dtype=np.int32)
    block, entered = _Block.empty(len(waiting), dtype), 0
    with np.errstate(all="ignore"):
        while True:
            room = runs.block_size - block.run.size
            block = block.joined(waiting, all_rates, entered, min(entered + room, len(starts)))
            entered = min(entered + room, len(starts))
            if not block.run.size:
                return steps
            if should_stop is not None and should_stop():
                return None
            before = block.parameters.copy()
            for _ in range(_SERVICE_STEPS):
                has_arrived = runs.step(block.parameters, block.rates)
                is_first = has_arrived & (block.arrived_at < 0) & (block.age <= max_steps)
                np.copyto(block.arrived_at, block.age, where=is_first)
                block.age += 1
            block = block.without_finished(steps, before, max_steps)
            if on_progress is not None:
                on_progress((entered - block.run.size) / len(starts))


@dataclass(eq=False, slots=True)
class _Block:
    """The runs that are being trained: columns of equal length."""

    parameters: Reals
    rates: Reals
    run: NDArray[np.int64]
    age: Steps
    """Steps taken."""
    arrived_at: Steps

    @classmethod
    def empty(cls, parameter_count: int, dtype: type[np.floating]) -> _Block:
        none = np.empty(0, dtype=np.int32)
        return cls(
            np.empty((parameter_count, 0), dtype), np.empty(0, dtype), np.empty(0, np.int64), none, none
        )

    def joined(self, starts: Reals, rates: Reals, first: int, end: int) -> _Block:
        """With the runs `first` to `end` in it as well."""
        if first == end:
            return self
        count = end - first
        return _Block(
            np.concatenate([self.parameters, starts[:, first:end]], axis=1),
            np.concatenate([self.rates, rates[first:end]]),
            np.concatenate([self.run, np.arange(first, end)]),
            np.concatenate([self.age, np.zeros(count, np.int32)]),
            np.concatenate([self.arrived_at, np.full(count, NOT_REACHED, np.int32)]),
        )

    def without_finished(self, steps: Steps, before: Reals, max_steps: int) -> _Block:
        """Without the runs that need no further step; those that arrived are written into `steps`.

        Parameters that are what they were `_SERVICE_STEPS` steps before will go round for ever.
        """
        steps[self.run] = self.arrived_at
        idle = (self.parameters == before).all(axis=0) | ~np.isfinite(self.parameters).all(axis=0)
        stays = (self.arrived_at < 0) & (self.age <= max_steps) & ~idle
        if stays.all():
            return self
        return _Block(
            np.ascontiguousarray(self.parameters[:, stays]),
            self.rates[stays],
            self.run[stays],
            self.age[stays],
            self.arrived_at[stays],
        )


class LogisticRuns:
    """Logistic models in training on BCE or MSE, by the formulas of `engine.kernels.logistic`.

    With the label's sign s = 1 - 2 y and A = s F / 2, r = tanh(w A): the wrong class's probability is
    q = (1 + r) / 2, BCE and MSE have the gradients A (1 + r) / n and A (1 + r)^2 (1 - r) / (2 n), and 4 n
    times MSE itself is the sum of (1 + r)^2. Label smoothing by epsilon, with R = 1 + r: A (R - epsilon) / n,
    A (R - epsilon) R (2 - R) / (2 n), the sum of (R - epsilon)^2, and BCE less by epsilon s z / 2.

    Parameters
    ----------
    data : TrainingData
        At least one sample.
    loss : "bce" or "mse"
        Trained on.
    target : Target
    precision : "single" or "double"
        Single is enough for a map that is looked at, and about three times as fast.
    """

    def __init__(
        self, data: TrainingData, loss: LossName, target: Target, precision: Precision = "double"
    ) -> None:
        dtype, n = _DTYPES[precision], len(data)
        signed = data.design * (0.5 - data.class_index)
        factor = (1.0 if loss == "bce" else 0.5) / n
        self._loss, self._target = loss, target
        self._forward = np.ascontiguousarray(signed.T, dtype=dtype)
        self._backward = (signed * factor).astype(dtype)
        self._constant = (signed * factor).sum(axis=1, keepdims=True).astype(dtype)
        self._smoothing = dtype(data.label_smoothing)
        self._half_bounds = _half_bounds(target, data.class_index, dtype)
        self._ones = np.ones(n, dtype)
        self._chunk = _MOST_FACTORS[precision]
        self.precision: Precision = precision
        self.block_size = int(np.clip(_BLOCK_ELEMENTS // n, 1, _MOST_RUNS))
        self._flat = np.empty((2, n * self.block_size), dtype)

    def step(self, parameters: Reals, rates: Reals) -> Bools:
        """See `Runs`."""
        n, m = len(self._forward), parameters.shape[1]
        r, spare = (flat[: n * m].reshape(n, m) for flat in self._flat)
        np.matmul(self._forward, parameters, out=r)
        has_arrived = self._decided_by_logits(r, spare)
        np.tanh(r, out=r)
        if self._target.measure == "bce":
            has_arrived = self._decided_by_bce(r, spare)
        is_squared = "mse" in (self._loss, self._target.measure)
        if is_squared:
            np.add(r, 1.0, out=r)
            np.multiply(r, r, out=spare)
            if self._target.measure == "mse":
                has_arrived = self._decided_by_mse(r, spare)
        if self._loss == "mse":
            if self._smoothing:
                spare -= self._smoothing * r
            np.subtract(2.0, r, out=r)
            np.multiply(r, spare, out=r)
        change = np.stack([row @ r for row in self._backward])
        if self._loss == "bce":
            change += ((0.0 if is_squared else 1.0) - self._smoothing) * self._constant
        change *= rates
        parameters -= change
        return has_arrived

    def _decided_by_logits(self, half: Reals, spare: Reals) -> Bools:
        """Who has arrived, from the halved logits of the wrong classes (n, m), for a target that they decide.

        For BCE keeps the part of the loss that needs them.
        """
        if self._target.measure == "own_probability":
            return np.asarray(half.max(axis=0) < self._half_bounds[0])
        if self._target.measure == "accuracy":
            right = np.count_nonzero(half < self._half_bounds[:, None], axis=0)
            return np.asarray(right >= self._target.threshold * len(half) * (1.0 - _SHARE_ROUNDING))
        if self._target.measure == "bce":
            self._outside = self._ones @ np.maximum(half, 0.0, out=spare)
            if self._smoothing:
                self._outside -= 0.5 * self._smoothing * (self._ones @ half)
        return np.zeros(half.shape[1], dtype=bool)

    def _decided_by_bce(self, r: Reals, spare: Reals) -> Bools:
        """Who has arrived, from r = tanh(h), shape (n, m): ln(1 + e^2h) = 2 max(h, 0) - ln((1 + |r|) / 2)."""
        np.abs(r, out=spare)
        np.add(spare, 1.0, out=spare)
        total = 2.0 * self._outside
        for start in range(0, len(r), self._chunk):
            factors = spare[start : start + self._chunk]
            total -= np.log(np.ldexp(np.multiply.reduce(factors, axis=0), -len(factors)))
        return np.asarray(total <= self._target.threshold * len(r))

    def _decided_by_mse(self, doubled: Reals, squared: Reals) -> Bools:
        """Who has arrived, from R = 1 + r and its square, each of shape (n, m)."""
        total = self._ones @ squared
        if self._smoothing:
            total -= self._smoothing * (2.0 * (self._ones @ doubled) - self._smoothing * len(doubled))
        return np.asarray(total <= 4.0 * self._target.threshold * len(doubled))


def _half_bounds(target: Target, class_index: NDArray[np.int64], dtype: type[np.floating]) -> Reals:
    """Below which half of the wrong class's logit a sample counts, shape (n,).

    At a tie, z = 0, the positive class is the answer: for class 1 a logit of 0 is right.
    """
    if target.measure == "own_probability":
        bound = -0.5 * math.log(target.threshold / (1.0 - target.threshold))
        return np.full(class_index.shape, bound, dtype)
    above_zero = np.nextafter(dtype(0.0), dtype(1.0))
    return np.where(class_index == 1, above_zero, dtype(0.0))
