"""Chords: a function is convex where no chord between two of its points runs below it.

f(t a + (1 - t) b) <= t f(a) + (1 - t) f(b) for every t in [0, 1]: here checked on a fine grid of t, with the
places where it begins and ends to fail found exactly, and counted over random chords of a box. That works
without derivatives, so for ReLU too, whose kinks no Hessian sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.batched_losses import BatchedLoss
from engine.optimum.newton import ShouldStop

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""The function must rise this share of the chord's highest value above it, or rounding could have made it."""

_HALVINGS = 50
_ZOOMS = 8
_ZOOM_POINTS = 17
_MODELS_AT_ONCE = 8192


@dataclass(frozen=True, eq=False)
class Chord:
    """The loss along the line from b (t = 0) to a (t = 1), and the chord above or below it; read-only.

    Attributes
    ----------
    t : ndarray of shape (m,)
        0 to 1.
    loss : ndarray of shape (m,)
        f(t a + (1 - t) b).
    chord : ndarray of shape (m,)
        t f(a) + (1 - t) f(b).
    violated : tuple of (float, float)
        Stretches of t on which the loss is above the chord: empty for a convex loss.
    largest_violation : float
        How far above at most; 0 where it is nowhere.
    largest_at : float or None
        The t of that.
    """

    t: Floats
    loss: Floats
    chord: Floats
    violated: tuple[tuple[float, float], ...]
    largest_violation: float
    largest_at: float | None


def chord_between(function: BatchedLoss, a: ArrayLike, b: ArrayLike, points: int = 401) -> Chord:
    """Compare a loss with its chord between two points, each of shape (P,).

    Parameters
    ----------
    function : BatchedLoss
    a, b : array of shape (P,)
    points : int
        Values of t, both ends included: a violation narrower than one part of it may be missed.

    Raises
    ------
    ValueError
        If there are fewer than 3 points, or the shapes differ.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError("a chord needs two points of one length")
    if points < 3:
        raise ValueError("a chord needs at least 3 values of t")

    def loss_at(t: Floats) -> Floats:
        return function(t[:, None] * a + (1.0 - t)[:, None] * b)

    t = np.linspace(0.0, 1.0, points)
    loss = loss_at(t)
    at_b, at_a = float(loss[0]), float(loss[-1])
    tolerance = ROUNDING * max(abs(at_a), abs(at_b))

    def excess(t: Floats) -> Floats:
        """Loss above the chord, less what rounding may make."""
        result: Floats = loss_at(t) - (t * at_a + (1.0 - t) * at_b) - tolerance
        return result

    chord = t * at_a + (1.0 - t) * at_b
    above = loss - chord > tolerance
    above[[0, -1]] = False
    violated = _stretches(t, above, excess)
    largest, largest_at = 0.0, None
    if violated:
        largest_at, largest = _largest(t, int(np.argmax(loss - chord)), excess)
        largest += tolerance
    for array in (t, loss, chord):
        array.flags.writeable = False
    return Chord(t, loss, chord, violated, largest, largest_at)


def _stretches(
    t: Floats, above: NDArray[np.bool_], excess: Callable[[Floats], Floats]
) -> tuple[tuple[float, float], ...]:
    """Runs of `above` with their ends moved to where the excess is 0, all at once by bisection."""
    changes = np.flatnonzero(above[1:] != above[:-1])
    if not changes.size:
        return ()
    inside = np.where(above[changes + 1], t[changes + 1], t[changes])
    outside = np.where(above[changes + 1], t[changes], t[changes + 1])
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        is_above = excess(middle) > 0.0
        inside, outside = np.where(is_above, middle, inside), np.where(is_above, outside, middle)
    return tuple((float(first), float(last)) for first, last in inside.reshape(-1, 2))


def _largest(t: Floats, place: int, excess: Callable[[Floats], Floats]) -> tuple[float, float]:
    """Where the excess is largest, and how large, from the best of the grid by finer grids around it."""
    low, high = float(t[max(place - 1, 0)]), float(t[min(place + 1, t.size - 1)])
    best_t, best = float(t[place]), float(excess(t[place : place + 1])[0])
    for _ in range(_ZOOMS):
        finer = np.linspace(low, high, _ZOOM_POINTS)
        values = excess(finer)
        index = int(np.argmax(values))
        if values[index] > best:
            best_t, best = float(finer[index]), float(values[index])
        step = (high - low) / (_ZOOM_POINTS - 1)
        low, high = max(best_t - step, 0.0), min(best_t + step, 1.0)
    return best_t, best


@dataclass(frozen=True, slots=True)
class ViolatedShare:
    """Random chords of a box: how many there were, and how many ran below the function somewhere.

    `largest_violation` is the furthest that the function was seen above its chord.
    """

    chords: int
    violated: int
    largest_violation: float

    @property
    def share(self) -> float:
        """Share of the chords that are violated, 0 to 1."""
        return self.violated / self.chords


def violated_share(
    function: BatchedLoss,
    low: ArrayLike,
    high: ArrayLike,
    chords: int,
    seed: int,
    points: int = 33,
    should_stop: ShouldStop | None = None,
) -> ViolatedShare | None:
    """Measure non-convexity in a box by random chords between points drawn evenly from it.

    Parameters
    ----------
    function : BatchedLoss
        `batched_losses.on_plane` makes one of (u, v).
    low, high : array of shape (P,)
        The box's corners; a coordinate with equal ends stays fixed.
    chords : int
        At least 1.
    seed : int
        The same seed gives the same chords.
    points : int
        Values of t on each chord, evenly between its ends, which are not among them.

    Returns
    -------
    ViolatedShare or None
        None if `should_stop` said so.

    Raises
    ------
    ValueError
        If there is no chord or no point, or the box's corners are the wrong way round.
    """
    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    if chords < 1 or points < 1:
        raise ValueError("at least one chord and one point on it are needed")
    if low.shape != high.shape or low.ndim != 1 or (high < low).any():
        raise ValueError("the box needs a low and a high corner of one length")
    generator = np.random.Generator(np.random.Philox(key=seed % 2**64))
    ends = low + (high - low) * generator.random((chords, 2, low.size))
    t = np.arange(1, points + 1) / (points + 1)
    violated, largest = 0, 0.0
    together = max(_MODELS_AT_ONCE // points, 1)
    for first in range(0, chords, together):
        if should_stop is not None and should_stop():
            return None
        a, b = ends[first : first + together].transpose(1, 0, 2)
        between = t[:, None] * a[:, None] + (1.0 - t)[:, None] * b[:, None]
        loss = function(between.reshape(-1, low.size)).reshape(len(a), points)
        at_a, at_b = function(a)[:, None], function(b)[:, None]
        excess = loss - (t * at_a + (1.0 - t) * at_b)
        above = excess > ROUNDING * np.maximum(np.abs(at_a), np.abs(at_b))
        violated += int(above.any(axis=1).sum())
        largest = max(largest, float(np.where(above, excess, 0.0).max()))
    return ViolatedShare(chords, violated, largest)
