"""Downhill on MSE to the nearest minimum: MSE is not convex, so it has several, and some lie at infinity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.curvature import hessian
from engine.losses import loss_of
from engine.models import layout_of, logits
from engine.specs import ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
ShouldStop = Callable[[], bool]

GRADIENT_TOLERANCE = 1e-12
"""A minimum is polished until the largest entry of the mean gradient is below this."""

_MAX_ITERATIONS = 300
_SETTLED_STEP = 1e-5
"""At a minimum the full Newton step is below this share of the weights; on the way to infinity it is not."""

_FIRST_DAMPING = 1e-2
_SMALLEST_DAMPING = 1e-14
_LARGEST_DAMPING = 1e8


@dataclass(frozen=True, slots=True, eq=False)
class Polished:
    """Where a descent on MSE ended.

    Attributes
    ----------
    parameters : ndarray of shape (P,)
    mse : float
    gradient_max : float
        Largest entry of the mean gradient.
    is_minimum : bool
        The gradient vanishes and the Hessian is positive definite (where the samples spread at all).
        False where the MSE keeps falling while the weights grow, or the search was stopped.
    """

    parameters: Floats
    mse: float
    gradient_max: float
    is_minimum: bool


def polish(
    model: ModelSpec,
    data: TrainingData,
    start: Floats,
    should_stop: ShouldStop | None = None,
    targets: Floats | None = None,
) -> Polished:
    """Go down from `start` (P,) by Newton steps that always descend.

    A step solves (|H| + mu I) s = -g, where |H| is the exact Hessian with its negative eigenvalues turned
    positive, so that saddles repel (Nocedal and Wright 2006, section 3.4); the damping mu shrinks while steps
    succeed and grows while they fail (Levenberg 1944).

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
        At least one sample.
    start : ndarray of shape (P,)
    should_stop : callable, optional
        Asked before each step.
    targets : ndarray of shape (K, n), optional
        Soft ones, instead of those of the data.
    """
    space = _free_space(model, data)
    parameters = start.copy()
    if targets is None and data.has_soft_targets:
        targets = data.targets(model)
    value, gradient = _value_and_gradient(model, parameters, data, targets)
    damping = _FIRST_DAMPING
    eigenvalues, along, vectors = _spectrum(model, parameters, data, gradient, space, targets)
    for _ in range(_MAX_ITERATIONS):
        if float(np.abs(gradient).max()) < GRADIENT_TOLERANCE or (should_stop is not None and should_stop()):
            break
        moved = None
        while moved is None and damping < _LARGEST_DAMPING:
            step = -(vectors @ (along / (np.abs(eigenvalues) + damping)))
            new_value, new_gradient = _value_and_gradient(model, parameters + step, data, targets)
            smaller = float(np.abs(new_gradient).max()) < float(np.abs(gradient).max())
            if new_value < value or (new_value == value and smaller):
                moved = parameters + step
                damping = max(damping * 0.1, _SMALLEST_DAMPING)
            else:
                damping *= 4.0
        if moved is None:
            break
        parameters, value, gradient = moved, new_value, new_gradient
        eigenvalues, along, vectors = _spectrum(model, parameters, data, gradient, space, targets)
    gradient_max = float(np.abs(gradient).max())
    return Polished(
        parameters, value, gradient_max, _is_minimum(parameters, gradient_max, eigenvalues, along)
    )


def _is_minimum(parameters: Floats, gradient_max: float, eigenvalues: Floats, along: Floats) -> bool:
    if not eigenvalues.size:  # no weight changes anything: all samples in one place, and no bias
        return True
    if gradient_max >= 1e-10 or float(eigenvalues[0]) <= 1e-12 * float(eigenvalues[-1]):
        return False
    step = float(np.abs(along / eigenvalues).max())
    return step <= _SETTLED_STEP * (1.0 + float(np.abs(parameters).max()))


def _value_and_gradient(
    model: ModelSpec, parameters: Floats, data: TrainingData, targets: Floats | None
) -> tuple[float, Floats]:
    loss, z = loss_of(model.kind, "mse"), logits(model, parameters, data.design)
    if targets is None:
        value, by_logit = loss.value_and_gradient(z, data.class_index)
    else:
        value, by_logit = loss.of_targets(z, targets)
    return float(value.mean()), (by_logit @ data.design.T).ravel() / len(data)


def _spectrum(
    model: ModelSpec,
    parameters: Floats,
    data: TrainingData,
    gradient: Floats,
    space: Floats,
    targets: Floats | None,
) -> tuple[Floats, Floats, Floats]:
    """Eigenvalues of the Hessian within the free space, the gradient along its eigenvectors, and these."""
    full = hessian(model, parameters, data, "mse", targets)
    eigenvalues, inner = np.linalg.eigh(space.T @ full @ space)
    vectors = space @ inner
    return eigenvalues, gradient @ vectors, vectors


def _free_space(model: ModelSpec, data: TrainingData) -> Floats:
    """Orthonormal basis (P, q) of the directions that change a probability.

    Left out are a shift shared by all softmax rows, and weights of what the samples do not spread in.
    """
    values, vectors = np.linalg.eigh(data.design @ data.design.T)
    spread = vectors[:, values > 1e-13 * values[-1]]
    outputs = layout_of(model).layers[0].outputs
    if outputs == 1:
        return np.asarray(spread)
    centring = np.eye(outputs) - 1.0 / outputs
    classes = np.linalg.eigh(centring)[1][:, 1:]
    return np.asarray(np.kron(classes, spread))
