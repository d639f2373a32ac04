"""A loss as a function of many models' parameters at once: what chords and general landscapes are made of."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.hidden.mlp_losses import mlp_batched_losses
from engine.landscape.planes import Plane
from engine.losses import loss_of
from engine.models import layout_of
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_BLOCK_ELEMENTS = 65_536
"""Logits worked on at a time."""


class BatchedLoss(Protocol):
    """The mean loss of M models of one kind over data that stay the same."""

    def __call__(self, parameters: Floats) -> Floats:
        """Losses (M,) of `parameters` (M, P)."""
        ...


def batched_loss(model: ModelSpec, loss: LossName, data: TrainingData) -> BatchedLoss:
    """The mean loss of a model, exact for huge logits too: `engine.losses` or `engine.hidden.mlp_losses`.

    Raises
    ------
    ValueError
        If this model is not trained on that loss.
    """
    formula, layout = loss_of(model.kind, loss), layout_of(model)
    if model.hidden:
        column = 1 if loss == "mse" else 0
        return lambda parameters: np.ascontiguousarray(mlp_batched_losses(model, parameters, data)[:, column])
    data = data.for_model(model)
    n, outputs = len(data), layout.layers[0].outputs
    targets = data.targets(model) if data.has_soft_targets else None

    def losses_of(parameters: Floats) -> Floats:
        rows = layout.layer_view(np.ascontiguousarray(parameters, dtype=np.float64), 0)
        total = np.zeros(len(rows))
        per_model = min(n, _BLOCK_ELEMENTS)
        together = max(_BLOCK_ELEMENTS // max(per_model * outputs, 1), 1)
        for first in range(0, len(rows), together):
            some = rows[first : first + together]
            for start in range(0, n, per_model):
                design = data.design[:, start : start + per_model]
                z = (some @ design).transpose(1, 0, 2).reshape(outputs, -1)
                if targets is None:
                    labels = np.tile(data.class_index[start : start + per_model], len(some))
                    values = formula.value_and_gradient(z, labels)[0]
                else:
                    soft = np.tile(targets[:, start : start + per_model], len(some))
                    values = formula.of_targets(z, soft)[0]
                total[first : first + together] += values.reshape(len(some), -1).sum(axis=1)
        return total / n

    return losses_of


def on_plane(function: BatchedLoss, plane: Plane) -> BatchedLoss:
    """The same loss as a function of (u, v), shape (M, 2), on a plane of the parameters."""
    return lambda points: function(plane.parameters(points[:, 0], points[:, 1]))
