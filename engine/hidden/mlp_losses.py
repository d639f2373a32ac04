"""Losses of many models with hidden layers at once, for landscapes and chords.

Models that differ in one layer alone share everything below it: on a slice through the weights of a layer,
the layers before it are computed once, and that layer for all models in one product.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.models import layout_of
from engine.specs import HiddenActivation, ModelSpec
from engine.training_data import N_DESIGN_ROWS, TrainingData

Floats = NDArray[np.float64]

_BLOCK_ELEMENTS = 131_072
"""Outputs of a layer's units worked on at a time."""
_BLOCK_SAMPLES = 4096


def mlp_batched_losses(model: ModelSpec, parameters: Floats, data: TrainingData) -> Floats:
    """BCE and MSE, means over all samples, of many models of one shape.

    Parameters
    ----------
    model : ModelSpec
        Of kind "mlp".
    parameters : ndarray of shape (M, P)
    data : TrainingData
        At least one sample.

    Returns
    -------
    ndarray of shape (M, 2)
        In nats, and from 0 to 1.
    """
    rows = np.ascontiguousarray(parameters, dtype=np.float64)
    n = len(data)
    width = min(n, _BLOCK_SAMPLES)
    together = max(_BLOCK_ELEMENTS // (max(model.hidden) * width), 1)
    total = np.zeros((len(rows), 2))
    half_sign = 0.5 - data.class_index
    for first in range(0, len(rows), together):
        some = rows[first : first + together]
        for start in range(0, n, width):
            block = slice(start, start + width)
            half = _logits(model, some, data.design[:, block]) * half_sign[block]
            total[first : first + together] += _loss_sums(half)
    return total / n


def _logits(model: ModelSpec, rows: Floats, design: Floats) -> Floats:
    """The output's z of each model for each sample, shape (m, n)."""
    layout = layout_of(model)
    one = design[N_DESIGN_ROWS - 1 :]
    inputs = design
    last = len(layout.layers) - 1
    for index in range(last + 1):
        weights = layout.layer_view(rows, index)
        if inputs.ndim == 3:
            z = np.ascontiguousarray(weights[:, :, :-1]) @ inputs
            z += weights[:, :, -1:] * one[0, 0]
        elif index < last and (weights == weights[0]).all():
            inputs = np.concatenate([activate(model.activation, weights[0] @ inputs), one])
            continue
        else:
            z = (weights.reshape(-1, weights.shape[2]) @ inputs).reshape(*weights.shape[:2], -1)
        if index < last:
            inputs = activate(model.activation, z)
    return z[:, 0]


def activate(activation: HiddenActivation, z: Floats) -> Floats:
    """The hidden activation of z, in place."""
    if activation == "relu":
        return np.maximum(z, 0.0, out=z)
    if activation == "tanh":
        return np.tanh(z, out=z)
    z *= 0.5
    np.tanh(z, out=z)
    z += 1.0
    z *= 0.5
    return z


def _loss_sums(half: Floats) -> Floats:
    """Sums of BCE and MSE over samples, shape (m, 2), from h = s z / 2 as in `metrics.LogisticEvaluator`."""
    size = np.abs(half)
    bce = (half + size + np.log1p(np.exp(-2.0 * size))).sum(axis=1)
    wrong = 1.0 + np.tanh(half)
    return np.stack([bce, 0.25 * np.einsum("ij,ij->i", wrong, wrong)], axis=1)
