"""The exact Hessian of a loss by all weights of a model with hidden layers, as products with vectors.

The product with v is the derivative of the gradient along v. Going forward and back once more, with every
number replaced by its derivative, gives it without differences (Pearlmutter 1994). With a_0 = x,
z_l = W_l [a_(l-1); 1], a_l = g(z_l), e_l the gradient by a_l, d_l = g'(z_l) e_l that by z_l, and V_l the part
of v in layer l:

    R z_l = V_l [a_(l-1); 1] + W_l [R a_(l-1); 0]        R a_l = g'(z_l) R z_l
    R d_L = S R z_L                                      S: second derivative of the loss by the logits
    R e_l = V_(l+1)^T d_(l+1) + W_(l+1)^T R d_(l+1)      R d_l = g'(z_l) R e_l + g''(z_l) e_l R z_l
    (H v)_l = mean of R d_l [a_(l-1); 1]^T + d_l [R a_(l-1); 0]^T

ReLU has g'' = 0 everywhere but in its kink, where it has none: what this says of it holds between kinks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid
from engine.curvature import logit_curvature
from engine.losses import loss_of
from engine.models import layout_of
from engine.optimum.newton import ShouldStop
from engine.specs import HiddenActivation, LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_TOLERANCE = 1e-8
"""An eigenvalue is found when what is left of its equation is this small beside the largest one."""
_BREAKDOWN = 1e-13
_LOOK_EVERY = 8


class HessianProduct:
    """Hessian of the mean loss over all samples at one point, as a function of a direction.

    Parameters
    ----------
    model : ModelSpec
        With or without hidden layers, but not the step model.
    loss : LossName
        One that the model is trained on.
    data : TrainingData
        At least one sample.
    parameters : ndarray of shape (P,)

    Raises
    ------
    ValueError
        If there is no sample, or the loss is flat.
    """

    def __init__(self, model: ModelSpec, loss: LossName, data: TrainingData, parameters: Floats) -> None:
        if not len(data):
            raise ValueError("a Hessian needs at least one sample")
        if model.kind == "step":
            raise ValueError("the loss of a step model is flat")
        self._layout = layout_of(model)
        self._n = len(data)
        layers = range(len(self._layout.layers))
        self._weights = [self._layout.layer_view(parameters, layer) for layer in layers]
        self._is_used = np.ones(parameters.size, dtype=bool)
        if not data.has_bias:
            self._is_used[self._layout.bias_positions] = False
        self._go_forward(model, data)
        self._go_back(model, loss, data)

    @property
    def is_used(self) -> NDArray[np.bool_]:
        """Which parameters the training changes, shape (P,): not the biases of data without one."""
        return self._is_used

    def __call__(self, direction: Floats) -> Floats:
        """The Hessian times `direction` (P,), shape (P,), by the used parameters alone: 0 for the others."""
        held = np.where(self._is_used, direction, 0.0)
        moves = [self._layout.layer_view(held, layer) for layer in range(len(self._weights))]
        by_z: list[Floats] = []
        by_input: Floats | None = None
        inputs_moved: list[Floats | None] = []
        for layer, (weights, move) in enumerate(zip(self._weights, moves, strict=True)):
            inputs_moved.append(by_input)
            moved = move @ self._inputs[layer]
            if by_input is not None:
                moved += weights[:, :-1] @ by_input
            by_z.append(moved)
            if layer < len(self._slopes):
                by_input = self._slopes[layer] * moved
        result = np.empty(direction.size)
        above = np.einsum("jkn,kn->jn", self._curvature, by_z[-1])
        for layer in reversed(range(len(moves))):
            part = self._layout.layer_view(result, layer)
            part[...] = above @ self._inputs[layer].T
            below = inputs_moved[layer]
            if below is not None:
                part[:, :-1] += self._errors[layer] @ below.T
                left = moves[layer][:, :-1].T @ self._errors[layer]
                left += self._weights[layer][:, :-1].T @ above
                above = self._slopes[layer - 1] * left + self._bends[layer - 1] * by_z[layer - 1]
        result /= self._n
        result[~self._is_used] = 0.0
        return result

    def _go_forward(self, model: ModelSpec, data: TrainingData) -> None:
        """Inputs of each layer, and the first two derivatives of each hidden activation."""
        self._inputs: list[Floats] = [data.design]
        self._slopes: list[Floats] = []
        seconds: list[Floats] = []
        for weights in self._weights[:-1]:
            value, slope, second = _activated(model.activation, weights @ self._inputs[-1])
            self._inputs.append(np.concatenate([value, np.ones((1, self._n))]))
            self._slopes.append(slope)
            seconds.append(second)
        self._bends = seconds  # times e_l as soon as that is known

    def _go_back(self, model: ModelSpec, loss: LossName, data: TrainingData) -> None:
        """Gradients by the z of each layer, and the second derivative by the logits."""
        logits = self._weights[-1] @ self._inputs[-1]
        outputs = len(logits)
        top = ModelSpec("logistic", 2) if outputs == 1 else ModelSpec("softmax", outputs)
        error = loss_of(top.kind, loss).value_and_gradient(logits, data.class_index)[1]
        self._curvature = logit_curvature(top, loss, logits, data.class_index)
        self._errors: list[Floats] = [error]
        for layer in reversed(range(len(self._slopes))):
            by_units = self._weights[layer + 1][:, :-1].T @ error
            self._bends[layer] = self._bends[layer] * by_units
            error = self._slopes[layer] * by_units
            self._errors.insert(0, error)


def smallest_eigenvalue(
    model: ModelSpec,
    parameters: Floats,
    data: TrainingData,
    loss: LossName,
    should_stop: ShouldStop | None = None,
) -> float:
    """Smallest eigenvalue of the exact Hessian of the mean loss by all weights, by Lanczos' method (1950).

    Products with a vector, each kept orthogonal to all before, until what is left of the equation
    H v = lambda v is below 1e-8 of the largest eigenvalue in size (Parlett 1998, section 13.2); after as
    many products as there are weights it is exact.

    Parameters
    ----------
    parameters : ndarray of shape (P,)
    data : TrainingData
        At least one sample.
    should_stop : callable, optional
        Asked now and then; NaN is returned if it says so.

    Raises
    ------
    ValueError
        If there is no sample, or the loss is flat.
    """
    product = HessianProduct(model, loss, data, parameters)
    count = int(product.is_used.sum())
    vector: Floats = np.random.Generator(np.random.Philox(key=0)).normal(size=parameters.size)
    vector[~product.is_used] = 0.0
    basis = np.zeros((count, parameters.size))
    diagonal, beside = np.zeros(count), np.zeros(count)
    length = float(np.linalg.norm(vector))
    for place in range(count):
        basis[place] = vector / length
        vector = product(basis[place])
        diagonal[place] = basis[place] @ vector
        known = basis[: place + 1]
        for _ in range(2):  # once leaves rounding
            vector = vector - (known @ vector) @ known
        length = beside[place] = float(np.linalg.norm(vector))
        scale = float(np.abs(diagonal[: place + 1]).max() + beside[: place + 1].max())
        # Nothing new is left of the product: all eigenvalues that there are have been met.
        is_complete = not length > _BREAKDOWN * scale or place == count - 1
        if is_complete or place % _LOOK_EVERY == _LOOK_EVERY - 1:
            if should_stop is not None and should_stop():
                return float("nan")
            lowest, left, largest = _lowest_pair(diagonal[: place + 1], beside[: place + 1])
            if is_complete or left <= _TOLERANCE * largest:
                return lowest
    raise ValueError("a Hessian needs at least one weight")


def _lowest_pair(diagonal: Floats, beside: Floats) -> tuple[float, float, float]:
    """Smallest eigenvalue of a tridiagonal matrix, what its equation leaves, and the largest in size."""
    matrix = np.diag(diagonal) + np.diag(beside[:-1], 1) + np.diag(beside[:-1], -1)
    if not np.isfinite(matrix).all():
        return float("nan"), 0.0, 1.0
    eigenvalues, vectors = np.linalg.eigh(matrix)
    largest = float(np.abs(eigenvalues[[0, -1]]).max())
    return float(eigenvalues[0]), float(beside[-1] * abs(vectors[-1, 0])), largest


def _activated(activation: HiddenActivation, z: Floats) -> tuple[Floats, Floats, Floats]:
    """A hidden activation and its first two derivatives at z."""
    if activation == "relu":
        value: Floats = np.maximum(z, 0.0)
        return value, (z > 0.0).astype(np.float64), np.zeros_like(z)
    if activation == "sigmoid":
        value = sigmoid(z)
        slope = value * sigmoid(-z)
        return value, slope, slope * (1.0 - 2.0 * value)
    value = np.tanh(z)
    slope = 1.0 - value * value
    return value, slope, -2.0 * value * slope
