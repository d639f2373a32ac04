"""Landscapes over two weights with the third minimised out: each point goes to where its loss is smallest.

For each (u, v) the loss is minimised over t along a third direction of the logistic model's parameters,
usually the bias. With the label's sign s = +-1, margin m = s z, wrong class's probability q = sigmoid(-m) and
d = dm/dt, the mean losses have these derivatives by t:

    BCE: -<q d>               <q (1 - q) d^2>
    MSE: -<2 q^2 (1 - q) d>   <2 (1 - q) q^2 (3 (1 - q) - 1) d^2>

Label smoothing by epsilon makes the wrong class's target a = epsilon / 2 in place of 0: BCE grows by a m, and
MSE is (q - a)^2, with the derivatives -2 (q - a) q (1 - q) and 2 q (1 - q) [q (1 - q) + (q - a) (1 - 2 q)].

BCE is convex: Newton inside a bracket finds its minimum. It has none where all margins grow in one direction
(one class only, for the bias): t then goes so far that the infimum is reached to rounding. MSE is not convex:
it is scanned over the t at which a sample may be in doubt, about one logit apart, and the best place
polished; a dip narrower than the scan could be missed, so that its minimum is the best found.

The second derivatives of the minimised loss are those of the loss by (u, v) less h h^T / f_tt (a Schur
complement), with h the mixed derivatives by t: where the minimum is one, the exact curvature of what is
drawn.
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

CERTAIN = 40.0
"""A margin, in logits, at which a sample's loss is gone to rounding (e^-40 = 4e-18)."""
_SCAN_LOGITS = 1.0
"""Distance of a scan's places, by the sample that moves fastest."""
_SCAN_POINTS = (17, 129)
"""Fewest and most places of a scan."""
_SCAN_CROSSINGS = 64
"""Most places of a scan at which a sample crosses the boundary."""
_BLOCK_ELEMENTS = 25_600
"""Margins worked on at a time, so that they stay in the processor's cache."""
_SEARCH_LOGITS = 200.0
"""Evenly spaced places are no further off than this many logits (root mean square over the samples)."""
_ITERATIONS = 80
_DOUBLINGS = 200
_T_TOLERANCE = 1e-9
"""Relative; the loss is then exact to its square."""
_TINY = 1e-300


class ProfileLandscape:
    """The losses of the logistic model with one direction minimised out; see `landscape.LandscapeSource`.

    Parameters
    ----------
    data : TrainingData
        At least one sample.
    losses : sequence of "bce" and "mse"
    direction : ndarray of shape (3,)
    """

    def __init__(self, data: TrainingData, losses: Sequence[LossName], direction: Floats) -> None:
        self._signed = data.design * (2.0 * data.class_index - 1.0)
        self._losses = tuple(losses)
        self._direction = direction
        self._wrong_target = 0.5 * data.label_smoothing

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """See `landscape.LandscapeSource`."""
        directions = np.stack([plane.origin, plane.direction_u, plane.direction_v, self._direction])
        at_0, along_u, along_v, along_t = directions @ self._signed
        along = (along_u, along_v, along_t)
        size = min(max(_BLOCK_ELEMENTS // along_t.size, 1), plane.columns)
        blocks = [slice(start, start + size) for start in range(0, plane.columns, size)]
        loss = {name: np.empty((plane.rows, plane.columns)) for name in self._losses}
        minimiser = {name: np.empty((plane.rows, plane.columns)) for name in self._losses}
        hessian = {name: np.zeros((3, plane.rows, plane.columns)) for name in self._losses}
        for row, v in enumerate(plane.v):
            if should_stop is not None and should_stop():
                return None
            for columns in blocks:
                margins = (at_0 + v * along_v)[:, None] + along_u[:, None] * plane.u[columns]
                for name in self._losses:
                    t = best_along(name, margins, along_t, self._wrong_target)
                    moved = margins + along_t[:, None] * t
                    minimiser[name][row, columns] = t
                    loss[name][row, columns] = _values(name, moved, self._wrong_target).mean(axis=0)
                    if curvature:
                        hessian[name][:, row, columns] = _slice_hessian(
                            name, moved, along, self._wrong_target
                        )
        result = []
        for name in self._losses:
            eigenvalue, largest = curvature_of(*hessian[name]) if curvature else (None, 0.0)
            result.append(
                LandscapeGrid(plane, name, loss[name], eigenvalue, minimiser[name], largest_curvature=largest)
            )
        return tuple(result)


def _values(name: LossName, margins: Floats, wrong_target: float) -> Floats:
    """Loss of each sample from its margin."""
    if name == "bce":
        value = np.log1p(np.exp(-np.abs(margins))) - np.minimum(margins, 0.0)
        return np.asarray(value + wrong_target * margins if wrong_target else value)
    return (_wrong(margins) - wrong_target) ** 2


def _wrong(margins: Floats) -> Floats:
    """Probability of the wrong class, q = sigmoid(-m)."""
    result: Floats = 0.5 - 0.5 * np.tanh(0.5 * margins)
    return result


def _slopes(name: LossName, margins: Floats, wrong_target: float) -> tuple[Floats, Floats]:
    """First and second derivative of each sample's loss by its margin."""
    q = _wrong(margins)
    if name == "bce":
        return wrong_target - q, q * (1.0 - q)
    common = 2.0 * (1.0 - q) * q * q
    if not wrong_target:
        return -common, common * (2.0 - 3.0 * q)
    smoothed = 2.0 * (1.0 - q) * q * wrong_target
    return smoothed - common, common * (2.0 - 3.0 * q) - smoothed * (1.0 - 2.0 * q)


def best_along(name: LossName, margins: Floats, along_t: Floats, wrong_target: float = 0.0) -> Floats:
    """Where along t the mean loss is smallest, for each column of margins: shape (columns,).

    Parameters
    ----------
    name : "bce" or "mse"
    margins : ndarray of shape (n, columns)
        At t = 0.
    along_t : ndarray of shape (n,)
        How the margins grow a unit of t. Where all grow one way, the answer is so far off that every sample
        which moves is certain (without label smoothing); where none moves, it is 0.
    wrong_target : float
        What the wrong class's probability is pulled to: half of what labels are smoothed by.
    """
    moving = along_t != 0.0
    if not moving.any():
        return np.zeros(margins.shape[1])
    margins, along_t = margins[moving], along_t[moving]
    if not wrong_target and ((along_t > 0.0).all() or (along_t < 0.0).all()):
        far = (CERTAIN - margins) / np.abs(along_t)[:, None]
        return np.asarray(np.sign(along_t[0]) * np.maximum(far.max(axis=0), 0.0))
    if name == "bce":
        low, high = _bracket(margins, along_t, wrong_target)
        start = 0.5 * (low + high)
    else:
        low, start, high = _scan(margins, along_t, wrong_target)
    return _polish(name, margins, along_t, wrong_target, low, start, high)


def _bracket(margins: Floats, along_t: Floats, wrong_target: float) -> tuple[Floats, Floats]:
    """Bounds (columns,) between which the slope of BCE changes its sign."""
    width = 1.0 / float(np.sqrt((along_t**2).mean()))
    ends = []
    for sign in (-1.0, 1.0):
        end = np.full(margins.shape[1], sign * width)
        for _ in range(_DOUBLINGS):
            slope = -(along_t @ (_wrong(margins + along_t[:, None] * end) - wrong_target))
            inside = slope * sign < 0.0
            if not inside.any():
                break
            end[inside] *= 2.0
        ends.append(end)
    return ends[0], ends[1]


def _scan(margins: Floats, along_t: Floats, wrong_target: float) -> tuple[Floats, Floats, Floats]:
    """The best of `_places` for MSE, between its neighbours: lower one, itself, upper one, each (columns,).

    Outwards from the first and the last place the loss has at most one more minimum, no further off than
    these two are from each other: if one of them is best, its neighbour is there.
    """
    places = _places(margins, along_t)
    best, chosen = np.full(margins.shape[1], np.inf), np.zeros(margins.shape[1], dtype=np.int64)
    half_margins, half_along = 0.5 * margins, 0.5 * along_t[:, None]
    buffer, ones = np.empty_like(margins), np.ones(len(margins))
    for index, place in enumerate(places):
        np.multiply(half_along, place, out=buffer)
        np.add(buffer, half_margins, out=buffer)
        np.tanh(buffer, out=buffer)
        np.subtract(1.0 - 2.0 * wrong_target, buffer, out=buffer)
        np.multiply(buffer, buffer, out=buffer)
        value = ones @ buffer
        better = value < best
        best[better], chosen[better] = value[better], index
    width = places[-1] - places[0]
    around = np.concatenate([places[:1] - width, places, places[-1:] + width])
    low, middle, high = (np.take_along_axis(around, chosen[None] + shift, axis=0)[0] for shift in (0, 1, 2))
    return low, middle, high


def _places(margins: Floats, along_t: Floats) -> Floats:
    """Where to look for the minimum of MSE: ascending t, shape (count, columns).

    From where all samples are certain by `ln n + 4` logits one way to where they are the other way. For the
    bias, evenly; for a weight, along which samples move at different speeds, evenly near 0 and also where the
    samples (their quantiles, if they are many) cross the boundary.
    """
    speed = np.abs(along_t)
    crossing = -margins / along_t[:, None]
    certain = ((np.log(along_t.size) + 4.0) / speed)[:, None]
    low, high = (crossing - certain).min(axis=0), (crossing + certain).max(axis=0)
    is_even = bool(speed.max() <= speed.min() * (1.0 + 1e-9))
    limit = np.inf if is_even else _SEARCH_LOGITS / float(np.sqrt((along_t**2).mean()))
    first, last = np.clip(low, -limit, limit), np.clip(high, -limit, limit)
    reach = float((last - first).max() * speed.max())
    count = int(np.clip(np.ceil(reach / _SCAN_LOGITS) + 1, *_SCAN_POINTS))
    even = first + (last - first) * np.linspace(0.0, 1.0, count)[:, None]
    if is_even:
        return np.asarray(even)
    ranks = np.unique(np.linspace(0, along_t.size - 1, _SCAN_CROSSINGS).round().astype(np.int64))
    places = np.concatenate([low[None], even, np.sort(crossing, axis=0)[ranks], high[None]])
    return np.asarray(np.sort(places, axis=0))


def _polish(
    name: LossName,
    margins: Floats,
    along_t: Floats,
    wrong_target: float,
    low: Floats,
    start: Floats,
    high: Floats,
) -> Floats:
    """The minimum between `low` and `high`: Newton, or half of the bracket where Newton would leave it.

    Where the slope is gone to rounding the loss is flat; the minimum is then looked for nearer to the start.
    """
    t, squares = start, along_t**2
    for _ in range(_ITERATIONS):
        by_margin, by_margin_twice = _slopes(name, margins + along_t[:, None] * t, wrong_target)
        slope, second = along_t @ by_margin, squares @ by_margin_twice
        rises = (slope > 0.0) | ((slope == 0.0) & (t > start))
        high, low = np.where(rises, t, high), np.where(rises, low, t)
        newton = t - slope / np.where(second > _TINY, second, np.inf)
        fits = (second > _TINY) & (newton >= low) & (newton <= high)
        moved = np.where(fits, newton, 0.5 * (low + high))
        change, t = np.abs(moved - t), moved
        if (change <= _T_TOLERANCE * (1.0 + np.abs(t))).all():
            break
    return t


def _slice_hessian(
    name: LossName, margins: Floats, along: tuple[Floats, Floats, Floats], wrong_target: float
) -> Floats:
    """Second derivatives of the minimised loss by u u, u v and v v: shape (3, columns)."""
    second = _slopes(name, margins, wrong_target)[1] / len(margins)
    u, v, t = along
    uu, uv, vv, ut, vt, tt = (product @ second for product in (u * u, u * v, v * v, u * t, v * t, t * t))
    # Where nothing curves along t any more (an infimum that is never reached), u and v are all there is.
    inverse = np.where(tt > _TINY, 1.0 / np.where(tt > _TINY, tt, 1.0), 0.0)
    return np.stack([uu - ut * ut * inverse, uv - ut * vt * inverse, vv - vt * vt * inverse])
