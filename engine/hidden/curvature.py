"""How a loss curves in the weights of models with hidden layers, from differences of its exact gradient.

The Hessian times a direction v is how the gradient changes along v: (g(w + h v) - g(w - h v)) / (2 h), wrong
by a term of the order h^2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.gradients import LossGradient
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

MOST_SAMPLES = 4096
"""Of more samples an even choice is taken: a rate to suggest needs no more."""

_STEP = 1e-4
_ITERATIONS = 24


def largest_curvature(model: ModelSpec, parameters: Floats, data: TrainingData, loss: LossName) -> float:
    """Largest eigenvalue of the Hessian of the mean loss by all weights, by Lanczos' method (1950).

    24 products of the Hessian with a vector, kept orthogonal, give the largest eigenvalue to about a percent
    or better; never more than it is but for the differences' error.

    Parameters
    ----------
    parameters : ndarray of shape (P,)
    data : TrainingData
        At least one sample.
    """
    gradient = LossGradient(model, loss, part_of(data, MOST_SAMPLES))
    generator = np.random.Generator(np.random.Philox(key=0))
    vector: Floats = generator.normal(size=parameters.size)
    basis: list[Floats] = []
    images: list[Floats] = []
    for _ in range(min(_ITERATIONS, parameters.size)):
        for known in (*basis, *basis):  # twice: once leaves rounding
            vector = vector - (known @ vector) * known
        length = float(np.linalg.norm(vector))
        if not length > 0.0:
            break
        basis.append(vector / length)
        step = _STEP * basis[-1]
        images.append((gradient(parameters + step) - gradient(parameters - step)) / (2.0 * _STEP))
        vector = images[-1]
    projected = np.array(basis) @ np.array(images).T
    if not np.isfinite(projected).all():
        return float("nan")
    return float(np.linalg.eigvalsh(0.5 * (projected + projected.T))[-1])


def part_of(data: TrainingData, most: int) -> TrainingData:
    """The data, or where they are more than `most` samples an even choice of as many."""
    if len(data) <= most:
        return data
    rows = np.linspace(0, len(data) - 1, most).astype(np.int64)
    return data.take(rows)
