"""Kernels of the logistic model.

With the label's sign s = 1 - 2y (+1 for class 0, -1 for class 1) both classes share one formula: for
r = tanh(s z / 2), the probability of the *wrong* class is q = (1 + r) / 2. The samples are kept as
A = s F / 2 (`training_data.kernel_columns`), so that r = tanh(w A), and by the weights the mean losses of n
samples have the gradients

    BCE = -mean ln(1 - q):  A (1 + r) / n
    MSE = mean q^2:         A (1 + r)^2 (1 - r) / (2 n)

With label smoothing epsilon the wrong class's target is epsilon / 2 in place of 0, so that the error is
(kappa + r) / 2 with kappa = 1 - epsilon: A (kappa + r) / n and A (kappa + r) (1 - r^2) / (2 n).

tanh is vectorised and faster than an exponential form. It is exact to 1e-16 of 1, so the MSE gradient of a
sample 38 or more logits on the wrong side, itself below 1e-16, counts as 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.layout import Floats
from engine.training_data import N_DESIGN_ROWS


class _LogisticKernel:
    """What the two losses share: logits forward, gradient back, block by block."""

    factor: float
    """The number before A in the gradient, but for 1 / n."""

    def __init__(self) -> None:
        self._buffers: dict[int, Floats] = {}
        self._partial = np.empty(N_DESIGN_ROWS)

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """See `kernels.Kernel`."""
        n = 0
        out.fill(0.0)
        for block in batch:
            size = block.shape[1]
            r, spare = self._buffers_of(size)
            parameters.dot(block, r)
            np.tanh(r, out=r)
            self._to_slope(r, spare)
            block.dot(r, self._partial)
            np.add(out, self._partial, out=out)
            n += size
        np.multiply(out, self.factor / n, out=out)

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        """Turn r, shape (m,), into what A is multiplied with, in place."""
        raise NotImplementedError

    def _buffers_of(self, size: int) -> Floats:
        if size not in self._buffers:
            self._buffers[size] = np.empty((2, size))
        return self._buffers[size]


class LogisticBce(_LogisticKernel):
    """Binary cross-entropy."""

    factor = 1.0

    def __init__(self, label_smoothing: float = 0.0) -> None:
        super().__init__()
        self._kappa = 1.0 - label_smoothing

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        np.add(r, self._kappa, out=r)

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`.

        A (kappa + r) is written as [A | A kappa] [r; 1]: with the constant part as one more column a step is
        four NumPy calls.
        """
        scaled = block * (self.factor * learning_rate / block.shape[1])
        self._block = block
        constant = self._kappa * scaled.sum(axis=1, keepdims=True)
        self._folded = np.concatenate([scaled, constant], axis=1)
        self._r = np.ones(block.shape[1] + 1)

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        block, r, change = self._block, self._r, self._partial
        half_logits = r[:-1]
        forward, backward, tanh, subtract = parameters.dot, self._folded.dot, np.tanh, np.subtract
        for _ in range(n_steps):
            forward(block, half_logits)
            tanh(half_logits, half_logits)
            backward(r, change)
            subtract(parameters, change, parameters)


class LogisticMse(_LogisticKernel):
    """Mean squared error."""

    factor = 0.5

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        np.add(r, 1.0, out=spare)
        np.subtract(1.0, r, out=r)
        np.multiply(r, spare, out=r)
        np.multiply(r, spare, out=r)

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`."""
        self._block = block
        self._folded = block * (self.factor * learning_rate / block.shape[1])

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        block, change = self._block, self._partial
        r, spare = self._buffers_of(block.shape[1])
        one = np.ones(1)  # as an array: to convert a Python number takes as long as the addition
        forward, backward, tanh = parameters.dot, self._folded.dot, np.tanh
        add, subtract, multiply = np.add, np.subtract, np.multiply
        for _ in range(n_steps):
            forward(block, r)
            tanh(r, r)
            add(r, one, spare)
            subtract(one, r, r)
            multiply(r, spare, r)
            multiply(r, spare, r)
            backward(r, change)
            subtract(parameters, change, parameters)


class SmoothedLogisticMse(_LogisticKernel):
    """Mean squared error with label smoothing."""

    factor = 0.5

    def __init__(self, label_smoothing: float) -> None:
        super().__init__()
        self._kappa = 1.0 - label_smoothing

    def _to_slope(self, r: Floats, spare: Floats) -> None:
        np.multiply(r, r, out=spare)
        np.subtract(1.0, spare, out=spare)
        np.add(r, self._kappa, out=r)
        np.multiply(r, spare, out=r)
