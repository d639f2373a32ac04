"""Kernels of softmax's rivals, p = |z| / sum |z| and p = z^2 / sum z^2 (`engine.rival_losses`).

With S the sum in the denominator, e = p - t and s = sum_j e_j p_j, the slopes by the logits are

    |z|:  CE sign(z) / S - t / z      MSE 2 sign(z) (e - s) / S
    z^2:  CE 2 (z / S - t / z)        MSE 4 z (e - s) / S

A logit that is exactly 0 makes one of these quotients infinite or NaN, and so the sum over the samples: then
that block's gradient is computed again by the textbook's formulas, which say what counts there.
"""

from __future__ import annotations

import numpy as np

from engine.kernels.rows import RowsKernel
from engine.layout import Floats
from engine.losses import loss_of
from engine.specs import LossName, ModelKind
from engine.training_data import N_DESIGN_ROWS


class _RivalKernel(RowsKernel):
    """What the four share: what counts at logits of 0."""

    kind: ModelKind
    loss: LossName

    def __init__(self, n_classes: int) -> None:
        super().__init__(n_classes)
        self._flat_partial = self._partial.reshape(-1)
        self._zeros = np.zeros(self._flat_partial.size)

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`."""
        super().fold(block, learning_rate)
        self._rate = self.factor * learning_rate / block.shape[1]

    def _mend(self, rows: Floats, block: Floats) -> None:
        # A product with 0 is 0 but for numbers that are not finite.
        if self._flat_partial.dot(self._zeros) == 0.0:
            return
        design, targets = block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
        slope = loss_of(self.kind, self.loss).of_targets(rows @ design, targets)[1]
        np.dot(slope / self.factor, design.T, out=self._partial)

    def _mend_change(self, rows: Floats) -> None:
        if self._flat_partial.dot(self._zeros) != 0.0:
            self._mend(rows, self._block)
            np.multiply(self._partial, self._rate, out=self._partial)


class AbsoluteCe(_RivalKernel):
    """Cross-entropy of |z| / sum |z|."""

    kind, loss, factor = "absolute", "ce", 1.0

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        slope, total = buffers[1], buffers[2, 0]
        np.absolute(z, out=slope)
        self._ones.dot(slope, total)
        np.divide(self._one, total, out=total)
        np.copysign(total, z, out=slope)
        np.divide(targets, z, out=z)
        np.subtract(slope, z, out=z)


class AbsoluteMse(_RivalKernel):
    """Mean squared error of |z| / sum |z|."""

    kind, loss, factor = "absolute", "mse", 2.0

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        p, error = buffers[1:]
        np.absolute(z, out=p)
        total = self._ones.dot(p)
        np.divide(p, total, out=p)
        np.divide(p, z, out=z)  # sign(z) / S, and NaN where z is 0
        np.subtract(p, targets, out=error)
        np.multiply(p, error, out=p)
        self._ones.dot(p, total)
        np.subtract(error, total, out=error)
        np.multiply(z, error, out=z)


class SquareCe(_RivalKernel):
    """Cross-entropy of z^2 / sum z^2."""

    kind, loss, factor = "square", "ce", 2.0

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        slope, total = buffers[1], buffers[2, 0]
        np.multiply(z, z, out=slope)
        self._ones.dot(slope, total)
        np.divide(z, total, out=slope)
        np.divide(targets, z, out=z)
        np.subtract(slope, z, out=z)


class SquareMse(_RivalKernel):
    """Mean squared error of z^2 / sum z^2."""

    kind, loss, factor = "square", "mse", 4.0

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        p, error = buffers[1:]
        np.multiply(z, z, out=p)
        total = self._ones.dot(p)
        np.divide(p, total, out=p)
        np.divide(z, total, out=z)
        np.subtract(p, targets, out=error)
        np.multiply(p, error, out=p)
        self._ones.dot(p, total)
        np.subtract(error, total, out=error)
        np.multiply(z, error, out=z)
