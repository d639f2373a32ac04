"""Rate sweeps: steps from one start to a target at each of many learning rates; the fewest are the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.batched_descent import NOT_REACHED, OnProgress, Runs, steps_to_target
from engine.optimum.newton import ShouldStop

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RateSweep:
    """Steps at each rate; read-only.

    Attributes
    ----------
    rates : ndarray of shape (m,)
        Ascending.
    steps : ndarray of int32, shape (m,)
        `NOT_REACHED` (-1) where the target was not reached within `max_steps`.
    max_steps : int
    """

    rates: Floats
    steps: NDArray[np.int32]
    max_steps: int

    @property
    def best(self) -> int | None:
        """Place of the fewest steps, the smallest rate among equals; None if no rate arrives."""
        reached = np.flatnonzero(self.steps != NOT_REACHED)
        return int(reached[np.argmin(self.steps[reached])]) if reached.size else None

    @property
    def best_rate(self) -> float | None:
        """The rate with the fewest steps."""
        return None if self.best is None else float(self.rates[self.best])

    @property
    def best_steps(self) -> int | None:
        """The fewest steps."""
        return None if self.best is None else int(self.steps[self.best])


def log_spaced_rates(low: float = 1e-3, high: float = 1e3, per_decade: int = 12) -> Floats:
    """Learning rates from `low` to `high`, about `per_decade` to a factor of ten.

    Raises
    ------
    ValueError
        Unless 0 < low < high.
    """
    if not 0.0 < low < high:
        raise ValueError("rates grow from a positive number on")
    count = max(round(per_decade * np.log10(high / low)), 1) + 1
    return np.geomspace(low, high, count)


def rate_sweep(
    runs: Runs,
    start: ArrayLike,
    rates: ArrayLike,
    max_steps: int,
    should_stop: ShouldStop | None = None,
    on_progress: OnProgress | None = None,
) -> RateSweep | None:
    """Train from one start (P,) at every rate at once; None if `should_stop` said so.

    A rate at which training diverges, or goes back and forth for ever, has not arrived.

    Parameters
    ----------
    runs : Runs
        `LogisticRuns` with the loss to train on and a target. Losses are compared fairly by one target for
        both: an accuracy, or one ruler's loss.
    rates : array of shape (m,)
        Positive; sorted for the answer.

    Raises
    ------
    ValueError
        If there is no rate, or one is not positive.
    """
    ascending = np.sort(np.asarray(rates, dtype=np.float64).ravel())
    if not ascending.size or not ascending[0] > 0.0:
        raise ValueError("a sweep needs positive learning rates")
    starts = np.tile(np.asarray(start, dtype=np.float64), (ascending.size, 1))
    steps = steps_to_target(
        runs, starts, ascending, max_steps, should_stop=should_stop, on_progress=on_progress
    )
    if steps is None:
        return None
    for array in (ascending, steps):
        array.flags.writeable = False
    return RateSweep(ascending, steps, max_steps)
