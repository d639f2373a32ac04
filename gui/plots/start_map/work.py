"""What a start map's background work is asked and answers: maps, coarse first, and single runs in full."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.batched_descent import (
    NOT_REACHED,
    LogisticRuns,
    OnProgress,
    Target,
    loss_target,
    steps_to_target,
)
from engine.landscape.descent_path import descent_path
from engine.landscape.minima import local_minimum
from engine.landscape.planes import Plane
from engine.optimum.best_mse import best_found_mse
from engine.optimum.newton import ShouldStop
from engine.optimum.optimum import find_optimum
from engine.specs import LossName, ModelSpec
from engine.start_map import LEVELS, MapModel, StartMap, start_map_levels
from engine.training_data import TrainingData
from gui.plots.landscape.work import Ground
from gui.plots.start_map.box import Point, StartBox

Floats = NDArray[np.float64]

LOSSES: tuple[LossName, ...] = ("bce", "mse")
MOST_SAMPLES = 5_000
"""With more samples than this the runs are made on a random part of them."""
PART_SAMPLES = 2_000
_LOGISTIC = ModelSpec("logistic", 2)
_PART_SEED = 0
_PATH_PIECES = 64
_PLATEAU_SHARE = 0.01
_TRAP_DISTANCE = 0.25


@dataclass(frozen=True, eq=False, slots=True)
class MapQuestion:
    """A start map to compute.

    Attributes
    ----------
    ground : Ground
        The samples, or an example's.
    fixed : ndarray of shape (3,)
        Where the third parameter stands.
    index_u, index_v : int
        Places of the two parameters in the row.
    box : StartBox
    learning_rate : float
    max_steps : int
    sizes : tuple of int
        Columns and rows of the grids, coarse first.
    """

    ground: Ground
    fixed: Floats
    index_u: int
    index_v: int
    box: StartBox
    learning_rate: float
    max_steps: int
    sizes: tuple[int, ...] = LEVELS

    def start(self, point: Point) -> Floats:
        """The whole row (3,) of a start."""
        row = np.array(self.fixed, dtype=np.float64)
        row[[self.index_u, self.index_v]] = point
        return row

    def plane(self) -> Plane:
        """The plane of starts."""
        size = self.sizes[-1]
        ranges = (self.box.u_range, self.box.v_range)
        return Plane.of_weights(self.fixed, self.index_u, self.index_v, *ranges, size, size)


@dataclass(frozen=True, slots=True)
class Goal:
    """When a run of one loss has arrived, and the loss that it was measured by (0: none is smallest)."""

    loss: LossName
    reference: float
    target: Target


@dataclass(frozen=True, eq=False, slots=True)
class MapAnswer:
    """One level of a start map: a map for each goal.

    `used_samples` of `all_samples` were trained on.
    """

    question: MapQuestion
    goals: tuple[Goal, ...]
    maps: tuple[StartMap, ...]
    is_finest: bool
    used_samples: int
    all_samples: int


@dataclass(frozen=True, slots=True)
class StartRun:
    """One run in full.

    Attributes
    ----------
    loss : LossName
    steps : int
        To the goal; `NOT_REACHED`.
    moved : float
        How far any weight has moved at most, if it did not arrive.
    is_plateau : bool
        It did not arrive and has come no further than a hundredth of the way down.
    trap : float or None
        It did not arrive and lies at a local minimum: the loss there.
    """

    loss: LossName
    steps: int
    moved: float = 0.0
    is_plateau: bool = False
    trap: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class RunsAnswer:
    """The runs of all losses from one start of a question's map."""

    question: MapQuestion
    point: Point
    runs: tuple[StartRun, ...]


def map_levels(question: MapQuestion, tell: OnProgress, should_stop: ShouldStop) -> Iterator[MapAnswer]:
    """The maps of a question on finer and finer grids."""
    whole = question.ground.data()
    data = part_of(whole)
    goals = find_goals(data, should_stop)
    if goals is None:
        return
    models = [
        MapModel(goal.loss, LogisticRuns(data, goal.loss, goal.target, "single"), question.learning_rate)
        for goal in goals
    ]
    levels = start_map_levels(
        models, question.plane(), question.max_steps, should_stop, tell, sizes=question.sizes
    )
    for maps in levels:
        is_finest = maps[0].plane.columns == question.sizes[-1]
        yield MapAnswer(question, goals, maps, is_finest, len(data), len(whole))


def find_goals(data: TrainingData, should_stop: ShouldStop) -> tuple[Goal, ...] | None:
    """Within 5 % of each loss's smallest value; where that is 0, certain of every sample. None if stopped.

    MSE's smallest value is that of the lowest minimum found; only where there is none, what it tends to.
    """
    optimum = find_optimum(_LOGISTIC, data, should_stop)
    best = best_found_mse(_LOGISTIC, data, should_stop, optimum=optimum)
    if should_stop():
        return None
    mse = best.mse if math.isfinite(best.mse) else (best.limit or 0.0)
    references = {"bce": optimum.cross_entropy, "mse": mse}
    if optimum.cross_entropy == 0.0:
        references["mse"] = 0.0
    return tuple(Goal(loss, references[loss], loss_target(loss, references[loss])) for loss in LOSSES)


def runs_from(
    question: MapQuestion, goals: tuple[Goal, ...], point: Point, should_stop: ShouldStop
) -> Iterator[RunsAnswer]:
    """The runs from one start in double precision: the very steps that the program's own training takes."""
    data = part_of(question.ground.data())
    start = question.start(point)
    runs = []
    for goal in goals:
        run = _run_from(question, data, goal, start, should_stop)
        if run is None:
            return
        runs.append(run)
    yield RunsAnswer(question, point, tuple(runs))


def part_of(data: TrainingData) -> TrainingData:
    """The data, or a random part of them that thousands of runs can be made on; the same one each time."""
    if len(data) <= MOST_SAMPLES:
        return data
    generator = np.random.Generator(np.random.PCG64(_PART_SEED))
    rows = np.sort(generator.choice(len(data), PART_SAMPLES, replace=False))
    return data.take(rows)


def _run_from(
    question: MapQuestion, data: TrainingData, goal: Goal, start: Floats, should_stop: ShouldStop
) -> StartRun | None:
    rate, most = question.learning_rate, question.max_steps
    runs = LogisticRuns(data, goal.loss, goal.target)
    steps = steps_to_target(runs, start[None], rate, most, should_stop=should_stop)
    if steps is None:
        return None
    if steps[0] != NOT_REACHED:
        return StartRun(goal.loss, int(steps[0]))
    every = max(most // _PATH_PIECES, 1)
    path = descent_path(_LOGISTIC, goal.loss, data, start, rate, most, every, should_stop)
    if should_stop():
        return None
    end = path.parameters[-1]
    to_go, gone = path.loss[0] - goal.reference, path.loss[0] - path.loss[-1]
    return StartRun(
        goal.loss,
        NOT_REACHED,
        moved=float(np.abs(end - start).max()),
        is_plateau=bool(abs(gone) < _PLATEAU_SHARE * to_go),
        trap=_trap_at(goal, data, end),
    )


def _trap_at(goal: Goal, data: TrainingData, end: Floats) -> float | None:
    """The loss at the local minimum where a run ended, if it is one and higher than the goal."""
    if goal.loss == "bce" or goal.reference == 0.0:
        return None
    minimum = local_minimum(_LOGISTIC, goal.loss, data, end)
    is_near = float(np.abs(minimum.parameters - end).max()) < _TRAP_DISTANCE
    if not (minimum.is_strict and is_near and minimum.loss > goal.target.threshold):
        return None
    return minimum.loss
