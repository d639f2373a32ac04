"""CE and MSE of softmax regression over a plane of its parameters, with the slice's exact Hessian.

The logits are linear, so over the plane Z = Z0 + u A + v B for each sample, with K rows. By a and b, columns
of A or B, and with e = p - y for labels or soft targets y, l = e + p, <f> = sum_k f_k, the second derivatives
along the plane are

    CE:  <p a b> - <p a> <p b>
    MSE: 2 [<p (l - s) a b> - <p l a> <p b> - <p a> <p l b> + (2 s + Q) <p a> <p b>],  s = <e p>, Q = <p p>

which is a . S b with the K x K second derivatives S of `curvature.logit_curvature`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.activations import softmax
from engine.landscape.planes import LandscapeGrid, Plane, curvature_of
from engine.losses import loss_of
from engine.models import logits
from engine.optimum.newton import ShouldStop
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_BLOCK_ELEMENTS = 65_536


class SoftmaxLandscape:
    """The losses of softmax regression as a source of landscapes; see `landscape.LandscapeSource`.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
        At least one sample.
    losses : sequence of "ce" and "mse"
    """

    def __init__(self, model: ModelSpec, data: TrainingData, losses: Sequence[LossName]) -> None:
        self._model, self._data, self._targets = model, data, data.targets(model)
        self._losses = tuple(losses)
        self._values = {loss: loss_of(model.kind, loss) for loss in self._losses}

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """See `landscape.LandscapeSource`."""
        n = len(self._data)
        size = min(max(_BLOCK_ELEMENTS // (plane.columns * self._model.n_classes), 1), n)
        sums = {loss: np.zeros((4, plane.rows, plane.columns)) for loss in self._losses}
        for start in range(0, n, size):
            design = self._data.design[:, start : start + size]
            targets = np.repeat(self._targets[:, start : start + size], plane.columns, axis=1)
            along_u, along_v, at_0 = (
                logits(self._model, direction, design)[:, :, None]
                for direction in (plane.direction_u, plane.direction_v, plane.origin)
            )
            for row, v in enumerate(plane.v):
                if should_stop is not None and should_stop():
                    return None
                z = (at_0 + v * along_v + plane.u * along_u).reshape(self._model.n_classes, -1)
                for loss, total in sums.items():
                    value = self._values[loss].of_targets(z, targets)[0]
                    total[0, row] += value.reshape(-1, plane.columns).sum(axis=0)
                    if curvature:
                        second = _second_derivatives(loss, z, targets, along_u, along_v, plane.columns)
                        total[1:, row] += second
        return tuple(_grid(plane, loss, total / n, curvature) for loss, total in sums.items())


def _grid(plane: Plane, loss: LossName, means: Floats, curvature: bool) -> LandscapeGrid:
    if not curvature:
        return LandscapeGrid(plane, loss, means[0].copy())
    eigenvalue, largest = curvature_of(means[1], means[2], means[3])
    return LandscapeGrid(plane, loss, means[0].copy(), eigenvalue, largest_curvature=largest)


def _second_derivatives(
    loss: LossName, z: Floats, targets: Floats, along_u: Floats, along_v: Floats, columns: int
) -> Floats:
    """By u u, u v and v v, summed over the block's samples: shape (3, columns).

    `z` is (K, samples * columns), `along_u` and `along_v` are (K, samples, 1).
    """
    n_classes = len(z)
    p = softmax(z)
    shape = (n_classes, -1, columns)
    pairs = ((along_u, along_u), (along_u, along_v), (along_v, along_v))
    if loss == "ce":
        p = p.reshape(shape)
        second = [(p * a * b).sum(axis=0) - (p * a).sum(axis=0) * (p * b).sum(axis=0) for a, b in pairs]
        return np.array([entry.sum(axis=0) for entry in second])
    error = p - targets
    lean, p = (error + p).reshape(shape), p.reshape(shape)
    mean_error = (error.reshape(shape) * p).sum(axis=0)
    purity = (p * p).sum(axis=0)
    leaning = p * lean
    second = []
    for a, b in pairs:
        mean_a, mean_b = (p * a).sum(axis=0), (p * b).sum(axis=0)
        own = ((leaning - mean_error * p) * a * b).sum(axis=0)
        mixed = (leaning * a).sum(axis=0) * mean_b + mean_a * (leaning * b).sum(axis=0)
        second.append(2.0 * (own - mixed + (2.0 * mean_error + purity) * mean_a * mean_b))
    return np.array([entry.sum(axis=0) for entry in second])
