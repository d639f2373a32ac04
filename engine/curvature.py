"""Curvature of the losses: exact Hessians over all samples, and the learning rate that they suggest.

The logits are linear in the weights, so a Hessian is the mean over samples of S (x) x x^T, where S is the
second derivative of one sample's loss by its logits: one number for the logistic model, K x K with an output
node for each class.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid, softmax
from engine.hidden.curvature import largest_curvature
from engine.losses import one_hot
from engine.models import layout_of, logits
from engine.rival_losses import curvature as rival_curvature
from engine.specs import RIVAL_KINDS, LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BLOCK = 16384
_FLAT = 1e-12
"""An eigenvalue below this is rounding: the loss is flat, and no learning rate follows from it."""


def logit_curvature(
    model: ModelSpec, loss: LossName, values: Floats, class_index: Ints, targets: Floats | None = None
) -> Floats:
    """Second derivative of each sample's loss by its logits.

    Logistic, with p = sigmoid(z): BCE p (1 - p); MSE 2 p (1 - p)^2 (3 p - 1) for y = 1, and the same with p
    and 1 - p exchanged for y = 0: negative where the model is confidently wrong.
    Softmax, with e = p - y, s = sum_j e_j p_j and Q = sum_j p_j^2: CE p_j (delta_jk - p_k); MSE
    2 [delta_jk p_j (e_j + p_j - s) - p_j p_k (e_j + p_j + e_k + p_k - 2 s - Q)].
    Sigmoids, for j = k and 0 elsewhere: BCE p (1 - p); MSE 2 p (1 - p) [p (1 - p) + (p - t) (1 - 2 p)], which
    for soft targets is the logistic model's too. The rivals of softmax: `rival_losses.curvature`.

    Parameters
    ----------
    model : ModelSpec
    loss : "bce", "ce" or "mse"
    values : ndarray of shape (outputs, n)
        Logits.
    class_index : ndarray of int64, shape (n,)
    targets : ndarray of shape (K, n), optional
        Soft ones, in place of the labels.

    Returns
    -------
    ndarray of shape (outputs, outputs, n)
    """
    if model.kind == "logistic" and targets is not None:
        return _sigmoid_curvature(loss, values, targets[1:])
    if model.kind == "logistic":
        own = sigmoid(np.where(class_index == 1, values[0], -values[0]))
        other = sigmoid(np.where(class_index == 1, -values[0], values[0]))
        second = own * other if loss == "bce" else 2.0 * own * other**2 * (3.0 * own - 1.0)
        return np.asarray(second)[None, None]
    if targets is None:
        targets = one_hot(class_index, len(values))
    if model.kind == "sigmoids":
        return _sigmoid_curvature(loss, values, targets)
    if model.kind in RIVAL_KINDS:
        return rival_curvature(model.kind, loss, values, targets)
    p = softmax(values)
    each = np.arange(len(p))
    if loss == "ce":
        curvature = -p[:, None] * p
        curvature[each, each] += p
        return np.asarray(curvature)
    error = p - targets
    mean_error, purity = (error * p).sum(axis=0), (p * p).sum(axis=0)
    lean = error + p
    curvature = -2.0 * p[:, None] * p * (lean[:, None] + lean - 2.0 * mean_error - purity)
    curvature[each, each] += 2.0 * p * (lean - mean_error)
    return np.asarray(curvature)


def _sigmoid_curvature(loss: LossName, values: Floats, targets: Floats) -> Floats:
    """Second derivatives of independent sigmoids' losses, shape (outputs, outputs, n): a diagonal."""
    p = sigmoid(values)
    slope = p * sigmoid(-values)
    each = np.arange(len(p))
    curvature = np.zeros((len(p), *p.shape))
    curvature[each, each] = (
        slope if loss == "bce" else 2.0 * slope * (slope + (p - targets) * (1.0 - 2.0 * p))
    )
    return curvature


def hessian(
    model: ModelSpec, parameters: Floats, data: TrainingData, loss: LossName, targets: Floats | None = None
) -> Floats:
    """Exact Hessian of the mean loss over all samples, shape (P, P), in the order of the model's layout.

    Parameters
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
    data : TrainingData
        At least one sample.
    loss : "bce", "ce" or "mse"
    targets : ndarray of shape (K, n), optional
        Instead of those of the data.

    Raises
    ------
    ValueError
        If the logits are not linear in the model's weights, or its loss is flat.
    """
    if model.kind in ("mlp", "step"):
        raise ValueError(f"a {model.kind} model's Hessian is not computed in closed form")
    data = data.for_model(model)
    outputs = layout_of(model).layers[0].outputs
    total = np.zeros((outputs, 3, outputs, 3))
    if targets is None and data.has_soft_targets:
        targets = data.targets(model)
    for start in range(0, len(data), _BLOCK):
        x = data.design[:, start : start + _BLOCK]
        labels = data.class_index[start : start + _BLOCK]
        soft = None if targets is None else targets[:, start : start + _BLOCK]
        curvature = logit_curvature(model, loss, logits(model, parameters, x), labels, soft)
        for row in range(outputs):
            for column in range(row + 1):
                block = (x * curvature[row, column]) @ x.T
                total[row, :, column, :] += block
                if column < row:
                    total[column, :, row, :] += block
    square = total.reshape(3 * outputs, 3 * outputs) / len(data)
    return np.asarray(0.5 * (square + square.T))


def suggest_learning_rate(
    model: ModelSpec, parameters: Floats, data: TrainingData, loss: LossName
) -> float | None:
    """The learning rate 1 / lambda_max for full-batch gradient descent, from the curvature at hand.

    lambda_max is the largest eigenvalue of the exact Hessian of the mean loss at `parameters`. Where the
    loss is its quadratic approximation, rates below 2 / lambda_max descend and 1 / lambda_max lands at the
    bottom along the direction that curves most (Nocedal and Wright 2006, section 3.3). MSE curves downwards
    too, which sets no limit: only its largest positive eigenvalue counts. With hidden layers it is that of
    `hidden_curvature.largest_curvature`.

    Returns
    -------
    float or None
        None where no direction curves upwards: the loss is flat, or there is no sample.
    """
    if not len(data) or model.kind == "step":
        return None
    if model.kind == "mlp":
        largest = largest_curvature(model, parameters, data, loss)
        return 1.0 / largest if largest > _FLAT else None
    largest = float(np.linalg.eigvalsh(hessian(model, parameters, data, loss))[-1])
    return 1.0 / largest if largest > _FLAT else None
