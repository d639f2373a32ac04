"""Optimisers: how a gradient g moves the parameters theta. They know arrays, not models."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.specs import OptimizerKind, OptimizerSpec

Floats = NDArray[np.float64]

N_SLOTS: dict[OptimizerKind, int] = {"gd": 0, "momentum": 1, "adam": 2, "perceptron": 0}
"""Arrays of the parameters' shape that an optimiser remembers: velocity; first and second moment."""


class Optimizer(Protocol):
    """An optimiser with its constants and buffers for arrays of one shape."""

    def update(self, parameters: Floats, gradient: Floats, slots: Floats, step: int) -> None:
        """Move `parameters` in place; allocates nothing.

        Parameters
        ----------
        parameters : ndarray of shape (models, P)
        gradient : ndarray of shape (models, P)
            Overwritten: it may serve as a buffer.
        slots : ndarray of shape (n_slots, models, P)
            The optimiser's memory, changed in place.
        step : int
            Steps since the memory started, this one included: 1, 2, ...
        """
        ...


class GradientDescent:
    """theta <- theta - rate g."""

    def __init__(self, spec: OptimizerSpec) -> None:
        self._rate = spec.learning_rate

    def update(self, parameters: Floats, gradient: Floats, slots: Floats, step: int) -> None:
        """See `Optimizer`."""
        np.multiply(gradient, self._rate, out=gradient)
        np.subtract(parameters, gradient, out=parameters)


class Momentum:
    """v <- momentum v - rate g;  theta <- theta + v (Polyak 1964, the heavy ball)."""

    def __init__(self, spec: OptimizerSpec) -> None:
        self._rate = spec.learning_rate
        self._momentum = spec.momentum

    def update(self, parameters: Floats, gradient: Floats, slots: Floats, step: int) -> None:
        """See `Optimizer`."""
        velocity = slots[0]
        np.multiply(gradient, self._rate, out=gradient)
        np.multiply(velocity, self._momentum, out=velocity)
        np.subtract(velocity, gradient, out=velocity)
        np.add(parameters, velocity, out=parameters)


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1), with bias correction.

    m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2;
    theta <- theta - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon).
    """

    def __init__(self, spec: OptimizerSpec, shape: tuple[int, ...]) -> None:
        self._spec = spec
        self._buffer = np.empty(shape)

    def update(self, parameters: Floats, gradient: Floats, slots: Floats, step: int) -> None:
        """See `Optimizer`."""
        spec, buffer = self._spec, self._buffer
        first, second = slots
        np.multiply(first, spec.beta1, out=first)
        np.multiply(gradient, 1.0 - spec.beta1, out=buffer)
        np.add(first, buffer, out=first)
        np.multiply(gradient, gradient, out=gradient)
        np.multiply(gradient, 1.0 - spec.beta2, out=gradient)
        np.multiply(second, spec.beta2, out=second)
        np.add(second, gradient, out=second)
        np.divide(second, 1.0 - math.pow(spec.beta2, step), out=buffer)
        np.sqrt(buffer, out=buffer)
        np.add(buffer, spec.epsilon, out=buffer)
        np.divide(first, buffer, out=buffer)
        np.multiply(buffer, spec.learning_rate / (1.0 - math.pow(spec.beta1, step)), out=buffer)
        np.subtract(parameters, buffer, out=parameters)


def make_optimizer(spec: OptimizerSpec, shape: tuple[int, ...]) -> Optimizer:
    """The optimiser of a spec, for parameters of this shape.

    Raises
    ------
    ValueError
        For the perceptron rule, which follows no gradient: see `engine.perceptron`.
    """
    if spec.kind == "gd":
        return GradientDescent(spec)
    if spec.kind == "momentum":
        return Momentum(spec)
    if spec.kind == "adam":
        return Adam(spec, shape)
    raise ValueError("the perceptron rule follows no gradient")
