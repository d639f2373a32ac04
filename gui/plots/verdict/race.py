"""Races of BCE against MSE from one start, by gradient descent in the background: the fairness options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.batched_descent import NOT_REACHED, LogisticRuns, OnProgress, Target
from engine.landscape.descent_path import descent_path
from engine.optimum.newton import ShouldStop
from engine.rate_sweep import RateSweep, log_spaced_rates, rate_sweep
from engine.specs import LossName
from engine.training_data import TrainingData
from gui.plots.start_map.work import part_of
from gui.plots.verdict.work import Case, accuracy_of, same_case

Floats = NDArray[np.float64]
Fairness = Literal["same", "times", "best"]

RACE_STEPS = 20_000
LATER_STEPS = 200
"""A run that has arrived must still be there during this many steps more."""
_ROUNDING = 1e-9
RATE_RANGE = (1e-3, 1e3)


@dataclass(frozen=True, eq=False, slots=True)
class RaceQuestion:
    """A race to be run.

    Attributes
    ----------
    case : Case
        Of the logistic model.
    fairness : "times" or "best"
    accuracy : float
        To be reached, 0 to 1.
    rate : float
        BCE's, for "times".
    factor : float
        MSE's rate is this many times as large, for "times".
    max_steps : int
    """

    case: Case
    fairness: Fairness
    accuracy: float
    rate: float
    factor: float
    max_steps: int = RACE_STEPS


@dataclass(frozen=True, eq=False, slots=True)
class RaceAnswer:
    """Steps and rates of both losses, in the order BCE, MSE.

    Attributes
    ----------
    question : RaceQuestion
    rates : tuple of float or None
        None where no rate of a sweep arrives.
    steps : tuple of int or None
        None where the accuracy was not reached in the steps that were allowed.
    sweeps : tuple of RateSweep
        Every rate that was tried, for "best"; for "times" the one rate of each.
    best : tuple of int or None
        Place of the rate that counts in each sweep.
    """

    question: RaceQuestion
    rates: tuple[float | None, ...]
    steps: tuple[int | None, ...]
    sweeps: tuple[RateSweep, ...]
    best: tuple[int | None, ...]


def run_race(question: RaceQuestion, tell: OnProgress, should_stop: ShouldStop) -> Iterator[RaceAnswer]:
    """Race both losses to an accuracy; nothing comes if `should_stop` said so."""
    data = part_of(question.case.data())
    target = Target("accuracy", question.accuracy)
    sweeps, best = [], []
    for number, loss in enumerate(question.case.losses):
        runs = LogisticRuns(data, loss, target)
        half = _Half(tell, 0.5 * number)
        found = rate_sweep(
            runs, question.case.start, _rates(question, number), question.max_steps, should_stop, half
        )
        if found is None:
            return
        sweeps.append(found)
        best.append(_best_place(question, loss, data, found, should_stop))
    if should_stop():
        return
    is_sweep = question.fairness == "best"
    yield RaceAnswer(
        question=question,
        rates=tuple(
            None if place is None and is_sweep else float(one.rates[place or 0])
            for one, place in zip(sweeps, best, strict=True)
        ),
        steps=tuple(
            None if place is None else int(one.steps[place]) for one, place in zip(sweeps, best, strict=True)
        ),
        sweeps=tuple(sweeps),
        best=tuple(best),
    )


def same_race(one: RaceQuestion | None, other: RaceQuestion | None) -> bool:
    """Whether two races have the same answer."""
    if one is None or other is None:
        return one is other
    if (one.fairness, one.accuracy) != (other.fairness, other.accuracy):
        return False
    if one.fairness == "times" and (one.rate, one.factor) != (other.rate, other.factor):
        return False
    return same_case(one.case, other.case)


def _best_place(
    question: RaceQuestion, loss: LossName, data: TrainingData, sweep: RateSweep, should_stop: ShouldStop
) -> int | None:
    """Place of the fewest steps among the rates at which training stays where it arrived.

    At a rate that is too high a run jumps about and may pass the goal by chance. None if no rate arrives; the
    one rate of "times" counts in any case.
    """
    reached = np.flatnonzero(sweep.steps != NOT_REACHED)
    if question.fairness != "best":
        return sweep.best
    for place in reached[np.argsort(sweep.steps[reached], kind="stable")].tolist():
        if should_stop():
            return None
        if _stays(question, loss, data, float(sweep.rates[place]), int(sweep.steps[place])):
            return int(place)
    return None


def _stays(question: RaceQuestion, loss: LossName, data: TrainingData, rate: float, steps: int) -> bool:
    """Whether a run has the accuracy at all of some later steps too."""
    model, case = question.case.model, question.case
    way = descent_path(model, loss, data, case.start, rate, steps, max(steps, 1))
    later = descent_path(model, loss, data, way.parameters[-1], rate, LATER_STEPS, LATER_STEPS // 8)
    is_whole = later.step[-1] == LATER_STEPS
    return is_whole and all(
        accuracy_of(model, row, data) >= question.accuracy - _ROUNDING for row in later.parameters
    )


def _rates(question: RaceQuestion, number: int) -> Floats:
    if question.fairness == "best":
        return log_spaced_rates(*RATE_RANGE)
    return np.array([question.rate * (question.factor if number else 1.0)])


@dataclass(frozen=True, slots=True)
class _Half:
    """Progress of one loss's half of the work."""

    tell: OnProgress
    first: float

    def __call__(self, share: float) -> None:
        self.tell(self.first + 0.5 * share)
