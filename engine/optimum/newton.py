"""Newton's method for cross-entropy, damped: the exact optimum of logistic and softmax regression.

A step solves H s = -g with the exact Hessian H and gradient g of the mean loss; it is halved until it lowers
the loss. lambda^2 = g . H^-1 g, the squared Newton decrement, is twice what the quadratic model promises, and
unlike the gradient it does not depend on the scale of the inputs (Boyd and Vandenberghe 2004, section 9.5).
Cross-entropy is convex, so there is nothing to be trapped in; whether a finite optimum exists is another
question: `NewtonResult.proves_finite` answers yes where it can, `separates` answers no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ShouldStop = Callable[[], bool]

MAX_ITERATIONS = 100
RELATIVE_DECREMENT = 1e-24
"""Newton stops at a squared decrement below this share of the loss (or when no step lowers the loss)."""

_QUADRATIC_REGION = 1e-10
"""Below this share of the loss, rounding hides what a step gains; a smaller gradient counts instead."""

_SUFFICIENT = 1e-4
"""Armijo's constant: the share of the promised gain that a step must bring."""

_HALVINGS = 40
_RANK_TOLERANCE = 1e-14
"""Eigenvalues of the Hessian below this share of the largest one are rounding, and not stepped along."""

_GRADIENT_ERROR = 1e-10
"""Assumed error of the gradient, per unit of weight: far above rounding, and as large as what rounding the
coordinates to 12 digits (`separability`) can change."""


class Objective(Protocol):
    """A mean cross-entropy over samples, as a function of p free parameters."""

    n_samples: int
    comparisons: Floats
    """Rows a, shape (m, p): the largest |a . v| bounds how far a step v moves two logits apart."""
    may_separate: bool
    """Whether a small loss proves that the samples are separated; with soft targets it proves nothing."""

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient (p,) and Hessian (p, p) at `parameters` (p,)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class NewtonResult:
    """Where Newton's method ended.

    Attributes
    ----------
    parameters : ndarray of shape (p,)
    loss : float
        Mean cross-entropy in nats.
    gradient : ndarray of shape (p,)
    iterations : int
        Steps taken.
    separates : bool
        These parameters give every sample's own class more than half of the probability, with a margin:
        the samples are completely separated.
    proves_finite : bool
        A finite optimum exists, near these parameters, and it is the only one.
    full_rank : bool
        False where some direction of the parameters changes no loss (or too little to tell).
    cancelled : bool
        `should_stop` said so.
    """

    parameters: Floats
    loss: float
    gradient: Floats
    iterations: int
    separates: bool = False
    proves_finite: bool = False
    full_rank: bool = True
    cancelled: bool = False


def minimize(objective: Objective, should_stop: ShouldStop | None = None) -> NewtonResult:
    """Run damped Newton from zero parameters until it stops, or until the samples are seen to be separated.

    Parameters
    ----------
    objective : Objective
    should_stop : callable, optional
        Asked before each step; True ends the search.
    """
    parameters = np.zeros(objective.comparisons.shape[1])
    loss, gradient, hessian = objective.evaluate(parameters)
    for iteration in range(MAX_ITERATIONS + 1):
        step = _Step.solve(gradient, hessian)
        if _separates(objective, parameters, loss):
            return NewtonResult(parameters, loss, gradient, iteration, separates=True)
        if should_stop is not None and should_stop():
            return NewtonResult(parameters, loss, gradient, iteration, cancelled=True)
        if step.decrement_squared <= RELATIVE_DECREMENT * loss or iteration == MAX_ITERATIONS:
            break
        moved = _search(objective, parameters, loss, gradient, step)
        if moved is None:
            break
        parameters, loss, gradient, hessian = moved
    return NewtonResult(
        parameters,
        loss,
        gradient,
        iteration,
        proves_finite=_proves_finite(objective, parameters, step),
        full_rank=step.full_rank,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A Newton step with the spectrum it was computed from: H = V diag(eigenvalues) V^T."""

    direction: Floats
    decrement_squared: float
    eigenvalues: Floats
    vectors: Floats
    full_rank: bool

    @classmethod
    def solve(cls, gradient: Floats, hessian: Floats) -> _Step:
        """The shortest step of least squares: directions without curvature are left alone."""
        eigenvalues, vectors = np.linalg.eigh(hessian)
        kept = eigenvalues > _RANK_TOLERANCE * max(float(eigenvalues[-1]), np.finfo(np.float64).tiny)
        full_rank = bool(kept[0])
        if not full_rank:
            eigenvalues, vectors = eigenvalues[kept], vectors[:, kept]
        along = gradient @ vectors
        scaled = along / eigenvalues
        return cls(-(vectors @ scaled), float(along @ scaled), eigenvalues, vectors, full_rank)


def _search(
    objective: Objective, parameters: Floats, loss: float, gradient: Floats, step: _Step
) -> tuple[Floats, float, Floats, Floats] | None:
    """The first of 1, 1/2, 1/4, ... of the step that lowers the loss enough, or None."""
    promised = step.decrement_squared
    quadratic = promised <= _QUADRATIC_REGION * loss
    size = 1.0
    for _ in range(1 if quadratic else _HALVINGS):
        candidate = parameters + size * step.direction
        new_loss, new_gradient, new_hessian = objective.evaluate(candidate)
        if quadratic:
            accepted = float(np.abs(new_gradient).max()) < float(np.abs(gradient).max())
        else:
            accepted = new_loss <= loss - _SUFFICIENT * size * promised
        if accepted:
            return candidate, new_loss, new_gradient, new_hessian
        size *= 0.5
    return None


def _separates(objective: Objective, parameters: Floats, loss: float) -> bool:
    """Whether the loss alone proves complete separation.

    A sample whose own class has at most half of the probability costs at least ln 2; so a summed loss below
    (ln 2) / 2 leaves every sample more than 1 / sqrt(2) of it, and its logit more than 0.8 above the others:
    a margin that rounding the coordinates cannot undo unless the weights are enormous.
    """
    if not objective.may_separate or loss * objective.n_samples >= 0.5 * np.log(2.0):
        return False
    return _GRADIENT_ERROR * float(np.abs(objective.comparisons).max() * np.abs(parameters).max()) < 0.1


def _proves_finite(objective: Objective, parameters: Floats, step: _Step) -> bool:
    """Whether a minimum must lie close by.

    Along any direction v the third derivative of cross-entropy is at most R times the second, where R is the
    largest change of a logit difference by v (Bach 2010, Self-concordant analysis for logistic regression,
    proposition 2). In the norm of the Hessian this gives a unique minimiser as soon as R lambda <= 1/2.
    The gradient is taken to be wrong by more than rounding can make it.
    """
    if not step.full_rank:
        return False
    spread = objective.comparisons @ step.vectors
    reach = float(np.sqrt((spread * spread / step.eigenvalues).sum(axis=1).max()))
    error = (
        _GRADIENT_ERROR * (1.0 + float(np.abs(parameters).max())) * float(np.abs(objective.comparisons).max())
    )
    decrement = np.sqrt(step.decrement_squared) + error * np.sqrt(
        parameters.size / float(step.eigenvalues[0])
    )
    return reach * float(decrement) <= 0.25
