"""The exact gradient of a model's mean loss over all samples, by the kernels that training uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.kernels.kernel import Overflow, make_kernel
from engine.specs import LossName, ModelSpec, TrainingSpec
from engine.training_data import TrainingData, block_size_of, blocks_of, kernel_columns

Floats = NDArray[np.float64]


class LossGradient:
    """Gradient of the mean loss over all samples, as a function of one model's parameters; owns its buffers.

    Parameters
    ----------
    model : ModelSpec
    loss : LossName
        One that the model is trained on.
    data : TrainingData
        At least one sample.

    Raises
    ------
    ValueError
        If there is no sample, or this model is not trained on that loss.
    """

    def __init__(self, model: ModelSpec, loss: LossName, data: TrainingData) -> None:
        if not len(data):
            raise ValueError("a gradient needs at least one sample")
        self._overflow = Overflow()
        self._kernel = make_kernel(model, loss, self._overflow, data.label_smoothing)
        self._blocks = blocks_of(kernel_columns(model, data), block_size_of(model))

    def __call__(self, parameters: Floats) -> Floats:
        """The gradient (P,) at `parameters` (P,); exactly 0 for the step model."""
        result = np.empty(parameters.size)
        with np.errstate(all="ignore", over="call", call=self._overflow):
            self._kernel.gradient(np.ascontiguousarray(parameters), self._blocks, result)
        return result


def gradient_norms(spec: TrainingSpec, parameters: Floats, data: TrainingData) -> Floats:
    """Length of each model's gradient over all samples, shape (models,); NaN without samples.

    Parameters
    ----------
    parameters : ndarray of shape (models, P)
        In z-space of the data's scaler.
    """
    if not len(data):
        return np.full(len(parameters), np.nan)
    gradients = [
        LossGradient(model, loss, data)(row)
        for model, loss, row in zip(spec.models, spec.losses, parameters, strict=True)
    ]
    norms: Floats = np.linalg.norm(gradients, axis=1)
    return norms
