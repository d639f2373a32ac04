"""What the kernels of models with an output node for each class share, and those of K sigmoids.

K sigmoids are K logistic models on one set of samples (`engine.kernels.logistic`): with r_k = tanh(z_k / 2)
and c_k = 1 - 2 t_k, twice the error p_k - t_k is r_k + c_k. The samples are kept as A = F / 2 above C
(`training_data.kernel_columns`), so that r = tanh(W A), and the mean losses have the gradients

    BCE = -mean sum_k [t_k ln p_k + (1 - t_k) ln(1 - p_k)]:  (r + c) A^T / n
    MSE = mean sum_k (p_k - t_k)^2:                          (r + c) (1 - r^2) A^T / (2 n)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.layout import Floats
from engine.training_data import N_DESIGN_ROWS

Product = tuple[Callable[[Floats, Floats], object], Floats, Floats]
"""A product to take: (dot, right factor, result)."""

GEMV_FROM = 512
"""From this many samples one matrix-vector product a class beats one product of two matrices."""


def forward_products(rows: Floats, design: Floats, logits: Floats) -> list[Product]:
    """The products that write rows @ design, shape (rows, m), to `logits`."""
    if design.shape[1] < GEMV_FROM:
        return [(rows.dot, design, logits)]
    return [(row.dot, design, result) for row, result in zip(rows, logits, strict=True)]


def backward_products(slope: Floats, design: Floats, gradient: Floats) -> list[Product]:
    """The products that write slope @ design^T, shape (rows, 3), to `gradient`."""
    if design.shape[1] < GEMV_FROM:
        return [(slope.dot, design.T, gradient)]
    return [(design.dot, row, result) for row, result in zip(slope, gradient, strict=True)]


def take(products: list[Product]) -> None:
    """Take products."""
    for dot, factor, result in products:
        dot(factor, result)


class RowsKernel:
    """Logits forward, gradient back, block by block; what lies between is the loss's own (`_to_slope`)."""

    factor: float
    """The number before the samples in the gradient, but for 1 / n."""

    def __init__(self, n_classes: int) -> None:
        self._n_classes = n_classes
        self._buffers: dict[int, Floats] = {}
        self._partial = np.empty((n_classes, N_DESIGN_ROWS))
        self._one, self._ones = np.ones(1), np.ones(n_classes)

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """See `kernels.Kernel`."""
        n = 0
        rows, total = (flat.reshape(self._n_classes, N_DESIGN_ROWS) for flat in (parameters, out))
        out.fill(0.0)
        for block in batch:
            size = block.shape[1]
            design, targets = block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
            buffers = self._buffers_of(size)
            z = buffers[0]
            take(forward_products(rows, design, z))
            self._to_slope(z, targets, buffers)
            take(backward_products(z, design, self._partial))
            self._mend(rows, block)
            np.add(total, self._partial, out=total)
            n += size
        np.multiply(out, self.factor / n, out=out)

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`."""
        self._block, self._design = block, np.ascontiguousarray(block[:N_DESIGN_ROWS])
        self._scaled = self._design * (self.factor * learning_rate / block.shape[1])

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        rows, change = parameters.reshape(self._n_classes, N_DESIGN_ROWS), self._partial
        targets, buffers = self._block[N_DESIGN_ROWS:], self._buffers_of(self._block.shape[1])
        z = buffers[0]
        forward = forward_products(rows, self._design, z)
        backward = backward_products(z, self._scaled, change)
        to_slope, subtract = self._to_slope, np.subtract
        for _ in range(n_steps):
            for dot, factor, result in forward:
                dot(factor, result)
            to_slope(z, targets, buffers)
            for dot, factor, result in backward:
                dot(factor, result)
            self._mend_change(rows)
            subtract(rows, change, rows)

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        """Turn logits, shape (K, m), into what the samples are multiplied with, in place.

        `z` is ``buffers[0]``; ``buffers[1:]`` are of the same shape and free.
        """
        raise NotImplementedError

    def _mend(self, rows: Floats, block: Floats) -> None:
        """Replace a block's summed gradient where a slope is undefined."""

    def _mend_change(self, rows: Floats) -> None:
        """The same for a change of the weights in `descend`."""

    def _buffers_of(self, size: int) -> Floats:
        if size not in self._buffers:
            self._buffers[size] = np.empty((3, self._n_classes, size))
        return self._buffers[size]


class SigmoidsBce(RowsKernel):
    """Binary cross-entropy, summed over the classes."""

    factor = 1.0

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        np.tanh(z, out=z)
        np.add(z, targets, out=z)

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`.

        (r + c) A^T is written as [r | 1 at k] [A | A C^T]^T: with the constant part as K more columns a step
        has no addition.
        """
        size = block.shape[1]
        self._design, offsets = np.ascontiguousarray(block[:N_DESIGN_ROWS]), block[N_DESIGN_ROWS:]
        scaled = self._design * (self.factor * learning_rate / size)
        self._folded = np.concatenate([scaled, scaled @ offsets.T], axis=1)
        self._r = np.concatenate([np.zeros((self._n_classes, size)), np.eye(self._n_classes)], axis=1)
        self._half_logits = self._r[:, :size]

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        rows, change = parameters.reshape(self._n_classes, N_DESIGN_ROWS), self._partial
        z, half_logits = self._buffers_of(self._design.shape[1])[0], self._half_logits
        forward = forward_products(rows, self._design, z)
        backward = backward_products(self._r, self._folded, change)
        tanh, subtract = np.tanh, np.subtract
        for _ in range(n_steps):
            for dot, factor, result in forward:
                dot(factor, result)
            tanh(z, half_logits)
            for dot, factor, result in backward:
                dot(factor, result)
            subtract(rows, change, rows)


class SigmoidsMse(RowsKernel):
    """Mean squared error, summed over the classes."""

    factor = 0.5

    def _to_slope(self, z: Floats, targets: Floats, buffers: Floats) -> None:
        square = buffers[1]
        np.tanh(z, out=z)
        np.multiply(z, z, out=square)
        np.subtract(self._one, square, out=square)
        np.add(z, targets, out=z)
        np.multiply(z, square, out=z)
