"""BCE and MSE of a model with hidden layers over a plane of its parameters, with the slice's exact Hessian.

Along the plane every number of the model has a value, first derivatives by u and v and second ones by u u,
u v and v v, and all of them go forward through the layers together (Griewank and Walther 2008, section 13.2).
With weights W + u U + v V and inputs a, and by the letters c and d for u or v:

    z = W a      z_c = W a_c + C a      z_cd = W a_cd + C a_d + D a_c      C, D: U or V
    g(z)         g'(z) z_c              g''(z) z_c z_d + g'(z) z_cd        g: the hidden activation
    l(z)                                l''(z) z_c z_d + l'(z) z_cd        l: a sample's loss by the logit z

With the wrong class's probability q, and its sign s = -1 for the label 1 and +1 for the label 0:

    BCE = -ln(1 - q)    l' = s q                l'' = q (1 - q)
    MSE = q^2           l' = 2 s q^2 (1 - q)    l'' = 2 q^2 (1 - q) (2 - 3 q)

What the plane does not change is worked out once for all of its points: the layers below, and the units
beside the ones whose weights it moves. Where it moves the weights of a single unit, everything depends on
that unit's z = z_0 + u i + v j alone: then derivatives by z do, and the Hessian is the mean of l_zz times
i^2, i j and j^2.

ReLU has g'' = 0 everywhere but in its kink, where it has none: what this says of it holds between kinks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hidden.mlp_losses import activate
from engine.landscape.planes import LandscapeGrid, Plane, curvature_of
from engine.models import layout_of
from engine.optimum.newton import ShouldStop
from engine.specs import HiddenActivation, LossName, ModelSpec
from engine.training_data import N_DESIGN_ROWS, TrainingData

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_BLOCK_ELEMENTS = 32_768
"""Outputs of a layer's units worked on at a time: points times units times samples, 256 KB."""
_BLOCK_SAMPLES = 1024
_LEAST_UNITS = 4
"""As many are counted where there are fewer, as the loss needs some room too."""
_PAIRS: tuple[tuple[tuple[int, int], ...], ...] = ((), ((0, 0),), ((0, 0), (0, 1), (1, 1)))
"""Which of none, one or two letters each second derivative is by."""


class HiddenLandscape:
    """The losses of a model with hidden layers as a source of landscapes; see `landscape.LandscapeSource`.

    Parameters
    ----------
    model : ModelSpec
        Of kind "mlp".
    data : TrainingData
        At least one sample.
    losses : sequence of "bce" and "mse"
    """

    def __init__(self, model: ModelSpec, data: TrainingData, losses: Sequence[LossName]) -> None:
        self._model, self._data, self._losses = model, data, tuple(losses)
        self._sign = np.where(data.class_index == 1, -1.0, 1.0)

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """See `landscape.LandscapeSource`. Where weights that diverged overflow, eigenvalues are NaN."""
        n = len(self._data)
        u, v = (axis.ravel() for axis in np.meshgrid(plane.u, plane.v))
        sums = {loss: np.zeros((4, u.size)) for loss in self._losses}
        width = min(n, _BLOCK_SAMPLES)
        units = max(*self._model.hidden, _LEAST_UNITS)
        together = min(max(_BLOCK_ELEMENTS // (units * width), 1), u.size)
        with np.errstate(over="ignore", invalid="ignore"):
            for first in range(0, n, width):
                block = slice(first, first + width)
                way = _Way(self._model, plane, self._data.design[:, block], together, curvature)
                for start in range(0, u.size, together):
                    if should_stop is not None and should_stop():
                        return None
                    some = slice(start, start + together)
                    z = way.logit(u[some], v[some])
                    _add_losses(
                        {loss: total[:, some] for loss, total in sums.items()},
                        z,
                        self._sign[block],
                        way.products,
                    )
        return tuple(_grid(plane, loss, total / n, curvature) for loss, total in sums.items())


class _Way:
    """The way of a block of samples through the model, for some points of a plane at a time.

    What goes through it is an array (parts, points, units, samples): values, first derivatives by each
    letter, second ones by each pair. There are two letters, u and v, or one, the z of the only unit whose
    weights the plane moves; or none, without curvature. The arrays are used over and over: memory that is
    taken from the system and given back at every step costs more than the arithmetic.

    Attributes
    ----------
    products : ndarray of shape (n, 3) or None
        With one letter what its second derivatives are to be multiplied by, of each sample: i^2, i j and j^2.
    """

    def __init__(
        self, model: ModelSpec, plane: Plane, design: Floats, together: int, curvature: bool
    ) -> None:
        layout, one = layout_of(model), design[N_DESIGN_ROWS - 1 :]
        rows = (plane.origin, plane.direction_u, plane.direction_v)
        layers = [[layout.layer_view(row, layer) for row in rows] for layer in range(len(layout.layers))]
        moved = [layer for layer, (_, *moves) in enumerate(layers) if np.any(moves)]
        lowest = moved[0] if moved else len(layers) - 1
        inputs = design
        for weights, _, _ in layers[:lowest]:
            inputs = np.concatenate([activate(model.activation, weights @ inputs), one])
        # Units that stay are worked out once, unless the plane moves also what they lead to.
        _, by_u, by_v = layers[lowest]
        moves_unit = (by_u != 0.0).any(axis=1) | (by_v != 0.0).any(axis=1) | (len(moved) != 1)
        self._activation, self._inputs = model.activation, inputs
        self._weights = [part[moves_unit] for part in layers[lowest]]
        self._along = [part @ inputs for part in self._weights[1:]]
        self.products: Floats | None = None
        if moves_unit.sum() == 1 and len(moved) <= 1:
            i, j = self._along
            self.products = np.concatenate([i * i, i * j, j * j]).T
            self._along = [np.ones_like(i)]
        if not curvature:
            self._along = []
        beside = activate(model.activation, layers[lowest][0][~moves_unit] @ inputs)
        self._above = _layers_above(layers[lowest + 1 :], moves_unit, beside, one)
        parts, n = 1 + len(self._along) + len(self._pairs), design.shape[1]
        outputs = [int(moves_unit.sum()), *(len(above.weights) for above in self._above)]
        self._jets = [np.zeros((parts, together, units, n)) for units in outputs]
        self._jets[0][1 : 1 + len(self._along)] = 1.0  # of the output's own z, if there is nothing above
        self._work = np.empty((3, together * max(outputs) * n))

    def logit(self, u: Floats, v: Floats) -> Floats:
        """The output's z at points (m,), shape (parts, m, n); valid until the next call."""
        u, v = u[:, None, None], v[:, None, None]
        at_0, by_u, by_v = self._weights
        weights = at_0 + u * by_u + v * by_v
        jet = self._jets[0][:, : len(u)]
        np.matmul(weights, self._inputs, out=jet[0])
        for layer, room in zip(self._above, self._jets[1:], strict=True):
            self._bend(jet, is_lowest=jet.base is self._jets[0])
            inputs, jet = jet, room[:, : len(u)]
            layer.logits(inputs, u, v, jet, self._work[0])
        return jet[:, :, 0]

    @property
    def _pairs(self) -> tuple[tuple[int, int], ...]:
        return _PAIRS[len(self._along)]

    def _bend(self, jet: Floats, *, is_lowest: bool) -> None:
        """Put units' outputs in the place of their z, whose derivatives are known at the lowest layer."""
        value = activate(self._activation, jet[0])
        if not self._along:
            return
        slope, bend, work = self._work[:, : value.size].reshape(3, *value.shape)
        _derivatives(self._activation, value, slope, bend)
        first, second = jet[1 : 1 + len(self._along)], jet[1 + len(self._along) :]
        if is_lowest:
            for (c, d), part in zip(self._pairs, second, strict=True):
                np.multiply(bend, self._along[c] * self._along[d], out=part)
            for along, part in zip(self._along, first, strict=True):
                np.multiply(slope, along, out=part)
            return
        second *= slope
        if self._activation != "relu":
            for (c, d), part in zip(self._pairs, second, strict=True):
                np.multiply(first[c], first[d], out=work)
                work *= bend
                part += work
        first *= slope


@dataclass(frozen=True, eq=False, slots=True)
class _Above:
    """A layer above the lowest one that the plane moves.

    Attributes
    ----------
    still : ndarray of shape (outputs, n) or (outputs, 1)
        What its biases and the units that stay add to its z.
    weights : ndarray of shape (outputs, k)
        From the units that move.
    moves : tuple of (ndarray (outputs, k), ndarray (outputs, 1)) or None
        By u and by v, how the weights move, and what the biases then add; None where nothing moves.
    """

    still: Floats
    weights: Floats
    moves: tuple[tuple[Floats, Floats], ...] | None

    def logits(self, inputs: Floats, u: Floats, v: Floats, out: Floats, work: Floats) -> None:
        """Write this layer's z; `u` and `v` are (m, 1, 1), `work` has room for one part of `out`."""
        if self.moves is None:
            # A single unit's products need no matrix: NumPy would make a slow one of them.
            times = np.multiply if self.weights.shape[1] == 1 else np.matmul
            times(self.weights, inputs, out=out)
            out[0] += self.still
            return
        (by_u, bias_u), (by_v, bias_v) = self.moves
        np.matmul(self.weights + u * by_u + v * by_v, inputs, out=out)
        out[0] += self.still + u * bias_u + v * bias_v
        if len(out) == 1:
            return
        work = work[: out[0].size].reshape(out[0].shape)
        for (move, bias), part in zip(self.moves, out[1:3], strict=True):
            part += np.matmul(move, inputs[0], out=work)
            part += bias
        for (c, d), part in zip(_PAIRS[2], out[3:], strict=True):
            part += np.matmul(self.moves[c][0], inputs[1 + d], out=work)
            part += np.matmul(self.moves[d][0], inputs[1 + c], out=work)


def _layers_above(
    layers: Sequence[Sequence[Floats]], moves_unit: Bools, beside: Floats, one: Floats
) -> list[_Above]:
    """Layers of (weights, by u, by v) above the lowest one, whose units that stay give `beside`."""
    result: list[_Above] = []
    for weights, *moves in layers:
        still, kept = weights[:, -1:] * one[0, 0], np.ones(weights.shape[1] - 1, dtype=bool)
        if not result and len(beside):
            kept = moves_unit
            still = still + weights[:, :-1][:, ~kept] @ beside
        parts = tuple((move[:, :-1][:, kept], move[:, -1:] * one[0, 0]) for move in moves)
        is_moved = any(move.any() for move in moves)
        result.append(_Above(still, weights[:, :-1][:, kept], parts if is_moved else None))
    return result


def _derivatives(activation: HiddenActivation, value: Floats, slope: Floats, bend: Floats) -> None:
    """Write the first and the second derivative of a hidden activation where it has a value."""
    if activation == "relu":
        np.greater(value, 0.0, out=slope, casting="unsafe")
        bend[...] = 0.0
        return
    if activation == "tanh":
        np.multiply(value, value, out=slope)
        np.subtract(1.0, slope, out=slope)
        np.multiply(value, -2.0, out=bend)
    else:
        np.subtract(1.0, value, out=slope)
        np.multiply(value, -2.0, out=bend)
        bend += 1.0
        slope *= value
    bend *= slope


def _add_losses(sums: Mapping[LossName, Floats], z: Floats, sign: Floats, products: Floats | None) -> None:
    """Add a block of samples to value and second derivatives by u u, u v and v v of each loss, (4, m).

    `z` is (parts, m, n).
    """
    margin = z[0] * sign
    # Probabilities by the smaller one's share of the larger one: exact also where they are tiny.
    small = np.exp(-np.abs(margin))
    whole = 1.0 + small
    wrong = np.where(margin > 0.0, 1.0, small) / whole
    for loss, total in sums.items():
        if loss == "bce":
            total[0] += (np.maximum(margin, 0.0) + np.log1p(small)).sum(axis=1)
        else:
            total[0] += np.einsum("mn,mn->m", wrong, wrong)
        if len(z) == 1:
            continue
        slope, bend = wrong * sign, small / (whole * whole)
        if loss == "mse":
            slope = 2.0 * wrong * bend
            bend = slope * (2.0 - 3.0 * wrong)
            slope *= sign
        if products is not None:
            total[1:] += products.T @ (bend * z[1] * z[1] + slope * z[2]).T
            continue
        for (c, d), part, entry in zip(_PAIRS[2], z[3:], total[1:], strict=True):
            entry += np.einsum("mn,mn,mn->m", bend, z[1 + c], z[1 + d])
            entry += np.einsum("mn,mn->m", slope, part)


def _grid(plane: Plane, loss: LossName, means: Floats, curvature: bool) -> LandscapeGrid:
    """The landscape of means (4, points): the value and the slice's Hessian."""
    shape = (plane.rows, plane.columns)
    value = means[0].reshape(shape)
    if not curvature:
        return LandscapeGrid(plane, loss, value)
    eigenvalue, largest = np.full(means.shape[1], np.nan), 0.0
    is_known = np.isfinite(means).all(axis=0)
    if is_known.any():
        eigenvalue[is_known], largest = curvature_of(*means[1:, is_known])
    return LandscapeGrid(plane, loss, value, eigenvalue.reshape(shape), largest_curvature=largest)
