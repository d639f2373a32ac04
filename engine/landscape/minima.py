"""Local minima of a loss, polished to rounding: where MSE's traps are, and that they are minima indeed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.batched_losses import BatchedLoss, batched_loss
from engine.curvature import hessian
from engine.models import logits
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData, losses_on

Floats = NDArray[np.float64]

_ITERATIONS = 500
_HALVINGS = 60
_GRADIENT_TOLERANCE = 1e-12
_LONGEST_STEP = 2.0
"""In parameters: far from a minimum the loss is anything but quadratic."""


@dataclass(frozen=True, eq=False)
class LocalMinimum:
    """Where a descent with curvature ended.

    Attributes
    ----------
    parameters : ndarray of shape (P,), read-only
    loss : float
    gradient_max : float
        Largest entry of the gradient, in size.
    eigenvalues : ndarray, ascending, read-only
        Of the exact Hessian by the parameters that anything depends on (not the bias of data without one).
    """

    parameters: Floats
    loss: float
    gradient_max: float
    eigenvalues: Floats

    @property
    def is_strict(self) -> bool:
        """Whether it is a minimum for certain: no slope left, and the Hessian is positive definite."""
        return self.gradient_max < 1e-9 and bool(self.eigenvalues[0] > 1e-9 * self.eigenvalues[-1])


def local_minimum(model: ModelSpec, loss: LossName, data: TrainingData, start: ArrayLike) -> LocalMinimum:
    """Go downhill from `start` (P,) to the minimum at hand by Newton steps with |lambda| for each eigenvalue.

    So modified, a step goes downhill where the loss is not convex too; it is halved until the loss falls
    (Nocedal and Wright 2006, section 3.4). For a softmax model the shift of all rows stays as it is.

    Raises
    ------
    ValueError
        If there is no sample.
    """
    if not len(data):
        raise ValueError("a loss needs at least one sample")
    function = batched_loss(model, loss, data)
    parameters = np.array(start, dtype=np.float64)
    used = np.flatnonzero(np.tile(data.design.any(axis=1), parameters.size // len(data.design)))
    value = float(function(parameters[None])[0])
    for _ in range(_ITERATIONS):
        gradient = _gradient(model, loss, data, parameters)[used]
        eigenvalues, vectors = np.linalg.eigh(hessian(model, parameters, data, loss)[np.ix_(used, used)])
        if np.abs(gradient).max() <= _GRADIENT_TOLERANCE:
            break
        size = np.abs(eigenvalues)
        floor = 1e-12 * max(float(size.max()), np.finfo(np.float64).tiny)
        along = gradient @ vectors
        direction = -(vectors @ np.where(size > floor, along / np.maximum(size, floor), 0.0))
        direction *= min(1.0, _LONGEST_STEP / max(float(np.linalg.norm(direction)), _GRADIENT_TOLERANCE))
        moved = _lower(function, parameters, value, used, direction)
        if moved is None:
            # Rounding hides what is left to gain in the loss, not yet in the gradient.
            candidate = parameters.copy()
            candidate[used] += direction
            left = np.abs(_gradient(model, loss, data, candidate)[used]).max()
            if not left < np.abs(gradient).max():
                break
            moved = candidate, float(function(candidate[None])[0])
        parameters, value = moved
    parameters.flags.writeable = False
    eigenvalues.flags.writeable = False
    return LocalMinimum(parameters, value, float(np.abs(gradient).max()), eigenvalues)


def _lower(
    function: BatchedLoss, parameters: Floats, value: float, used: NDArray[np.intp], direction: Floats
) -> tuple[Floats, float] | None:
    """The first of 1, 1/2, 1/4, ... of the step at which the loss is lower, or None."""
    for halving in range(_HALVINGS):
        candidate = parameters.copy()
        candidate[used] += direction * 0.5**halving
        lower = float(function(candidate[None])[0])
        if lower < value:
            return candidate, lower
    return None


def _gradient(model: ModelSpec, loss: LossName, data: TrainingData, parameters: Floats) -> Floats:
    """Gradient of the mean loss by all parameters, shape (P,)."""
    by_logit = losses_on(model, loss, logits(model, parameters, data.design), data)[1]
    return (by_logit @ data.design.T).ravel() / len(data)
