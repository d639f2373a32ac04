"""BCE and MSE of the logistic model over a plane of its parameters, exact and fast.

The logits are linear, so over the plane z = z0 + u zu + v zv for each sample. With the label's sign s = +1
for y = 1 and -1 for y = 0, half the margin is h = s z / 2, and r = tanh(h) serves both losses:

    own class's probability (1 + r) / 2, wrong class's q = (1 - r) / 2
    BCE = -2 min(h, 0) - ln((1 + |r|) / 2)     second derivative by z: q (1 - q) = (1 - r^2) / 4
    MSE = q^2                                  second derivative by z: 2 (1 - q) q^2 (3 (1 - q) - 1)

The second derivative of MSE has one form for both labels in q, and with w = 1 - r it is
(1 - r^2) (4 w - 3 w^2) / 8. The slice's Hessian is the mean of the second derivatives times zu^2, zu zv and
zv^2.

Label smoothing by epsilon makes the wrong class's target epsilon / 2: BCE grows by epsilon h, and MSE is
(q - epsilon / 2)^2, whose second derivative is less by q (1 - q) (1 - 2 q) epsilon.

Speed: blocks of samples by a row of the grid stay in the processor's cache; the sum of logarithms is the
logarithm of a product (1 <= 1 + |r| <= 2, so that 512 of them cannot overflow); tanh is vectorised. It is
exact to 1e-16 of 1, so a sample's loss is exact to about 1e-16 absolutely, not relative to a tiny loss.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.landscape.planes import LandscapeGrid, Plane, curvature_of
from engine.optimum.newton import ShouldStop
from engine.specs import LossName
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_BLOCK_ELEMENTS = 25_600
"""Numbers in a buffer, 200 KB: samples of a block times columns of the grid."""
_MOST_FACTORS = 512
"""Factors between 1 and 2 in one product: at most 2^512."""


class LogisticLandscape:
    """The losses of the logistic model as a source of landscapes; see `landscape.LandscapeSource`.

    Parameters
    ----------
    data : TrainingData
        At least one sample.
    losses : sequence of "bce" and "mse"
    """

    def __init__(self, data: TrainingData, losses: Sequence[LossName]) -> None:
        self._half_margins = data.design * (data.class_index - 0.5)
        self._losses = tuple(losses)
        self._smoothing = data.label_smoothing

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """See `landscape.LandscapeSource`."""
        sums = _Sums(plane, self._losses, curvature)
        n = self._half_margins.shape[1]
        size = min(max(_BLOCK_ELEMENTS // plane.columns, 1), _MOST_FACTORS)
        work = _Work(plane, size, self._smoothing)
        for start in range(0, n, size):
            directions = np.stack([plane.direction_u, plane.direction_v, plane.origin])
            half_u, half_v, half_0 = directions @ self._half_margins[:, start : start + size]
            work.load(half_u, half_v)
            for row, v in enumerate(plane.v):
                if should_stop is not None and should_stop():
                    return None
                work.add_row(sums, row, half_0 + v * half_v)
        if self._smoothing and "bce" in sums.value:
            half_u, half_v, half_0 = np.stack(
                [plane.direction_u, plane.direction_v, plane.origin]
            ) @ self._half_margins.sum(axis=1)
            sums.value["bce"] += self._smoothing * (half_0 + half_u * plane.u + half_v * plane.v[:, None])
        return sums.grids(n)


class _Sums:
    """What is summed over the samples, for each loss: values (rows, columns) and the Hessian's entries."""

    def __init__(self, plane: Plane, losses: tuple[LossName, ...], curvature: bool) -> None:
        shape = (plane.rows, plane.columns)
        self.plane, self.losses, self.curvature = plane, losses, curvature
        self.value = {loss: np.zeros(shape) for loss in losses}
        self.hessian = {loss: np.zeros((3, *shape)) for loss in losses if curvature}

    def grids(self, n: int) -> tuple[LandscapeGrid, ...]:
        """The means over n samples."""
        result = []
        for loss in self.losses:
            eigenvalue, largest = None, 0.0
            if self.curvature:
                uu, uv, vv = self.hessian[loss] / n
                eigenvalue, largest = curvature_of(uu, uv, vv)
            value = self.value[loss] / n
            result.append(LandscapeGrid(self.plane, loss, value, eigenvalue, largest_curvature=largest))
        return tuple(result)


class _Work:
    """Buffers of (samples of a block, columns), and the arithmetic of one row of the grid on them."""

    def __init__(self, plane: Plane, size: int, smoothing: float) -> None:
        self._u, self._smoothing = plane.u, smoothing
        self._buffers = np.empty((4, size, plane.columns))
        self._ones = np.ones(size)

    def load(self, half_u: Floats, half_v: Floats) -> None:
        """Prepare a block of m samples; their half margins grow by `half_u`, `half_v` (m,) a unit of u, v."""
        m = half_u.size
        self._step, self._tanh, self._one, self._other = self._buffers[:, :m]
        np.multiply(half_u[:, None], self._u, out=self._step)
        # Of the logits, not of their halves, and 1 / 4 from either second derivative: the factors cancel.
        self._products = (half_u * half_u, half_u * half_v, half_v * half_v)
        self._count = self._ones[:m]

    def add_row(self, sums: _Sums, row: int, half: Floats) -> None:
        """Add the block to one row of the grid; `half` (m,) are its half margins at u = 0."""
        np.add(self._step, half[:, None], out=self._tanh)
        if "bce" in sums.losses:
            np.minimum(self._tanh, 0.0, out=self._one)
            sums.value["bce"][row] -= 2.0 * (self._count @ self._one)
        np.tanh(self._tanh, out=self._tanh)
        if "bce" in sums.losses:
            np.abs(self._tanh, out=self._one)
            np.add(self._one, 1.0, out=self._one)
            product = np.multiply.reduce(self._one, axis=0)
            # Scaled by a power of two, which is exact: a product of certain samples has a logarithm of 0.
            sums.value["bce"][row] -= np.log(np.ldexp(product, -self._count.size))
        if "mse" in sums.losses:
            np.subtract(1.0, self._tanh, out=self._one)
            np.multiply(self._one, self._one, out=self._other)
            sums.value["mse"][row] += 0.25 * (self._count @ self._other)
            if self._smoothing:
                of_certain = 2.0 * (self._count @ self._one) - self._smoothing * self._count.size
                sums.value["mse"][row] -= 0.25 * self._smoothing * of_certain
        if sums.curvature:
            self._add_curvature(sums, row)

    def _add_curvature(self, sums: _Sums, row: int) -> None:
        """Continue with r, w = 1 - r and w^2 in the buffers; turn them into second derivatives."""
        np.multiply(self._tanh, self._tanh, out=self._tanh)
        np.subtract(1.0, self._tanh, out=self._tanh)
        if "bce" in sums.losses:
            for entry, product in zip(sums.hessian["bce"], self._products, strict=True):
                entry[row] += product @ self._tanh
        if "mse" in sums.losses:
            np.multiply(self._one, 2.0 + self._smoothing, out=self._one)
            np.multiply(self._other, 1.5, out=self._other)
            np.subtract(self._one, self._other, out=self._one)
            if self._smoothing:
                np.subtract(self._one, self._smoothing, out=self._one)
            np.multiply(self._one, self._tanh, out=self._one)
            for entry, product in zip(sums.hessian["mse"], self._products, strict=True):
                entry[row] += product @ self._one
