"""How many steps the models of a run took to an accuracy: read off the curve, for the run at hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.running.history import LossCurve
from engine.snapshots import METRICS

_ERROR_RATE = METRICS.index("error_rate")
_ROUNDING = 1e-9
CLOSE_BESTS = 0.02
"""Best accuracies this close are a common one; else the goal is this much below the better one."""


@dataclass(frozen=True, slots=True)
class RunSteps:
    """First recorded step at which each model of the run was right on the share `accuracy`; None: not yet.

    Attributes
    ----------
    accuracy : float
    steps : tuple of int or None
        One a model.
    is_exact : tuple of bool
        Whether the step before was recorded too, so that it was not reached any earlier.
    last_step : int
        Newest recorded step.
    """

    accuracy: float
    steps: tuple[int | None, ...]
    is_exact: tuple[bool, ...]
    last_step: int


def run_steps(curve: LossCurve, accuracy: float) -> RunSteps:
    """Steps of each model to an accuracy (0 to 1); a thinned curve gives the last step of a bucket."""
    steps: list[int | None] = []
    is_exact = []
    for model in range(curve.models):
        step, lowest, _, _ = curve.arrays(model, _ERROR_RATE)
        reached = np.flatnonzero(1.0 - lowest >= accuracy - _ROUNDING)
        place = int(reached[0]) if reached.size else None
        steps.append(None if place is None else int(step[place]))
        before = -1 if not place else int(step[place - 1])
        is_exact.append(place is None or int(step[place]) - before == 1)
    return RunSteps(accuracy, tuple(steps), tuple(is_exact), max(curve.last_step, 0))


def common_accuracy(curve: LossCurve) -> float | None:
    """A whole percentage (as a share) that the models of the run reached, or nearly; None before the start.

    Where one model is far behind, it is what the other one reached, less some slack.
    """
    bests = []
    for model in range(curve.models):
        lowest = curve.arrays(model, _ERROR_RATE)[1]
        if not np.isfinite(lowest).any():
            return None
        bests.append(1.0 - float(np.nanmin(lowest)))
    if not bests:
        return None
    is_close = max(bests) - min(bests) <= CLOSE_BESTS
    goal = min(bests) if is_close else max(bests) - CLOSE_BESTS
    return float(np.floor(100 * goal + _ROUNDING)) / 100
