"""Start maps: over a plane of starts, how many steps training takes from each until it has arrived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.batched_descent import NOT_REACHED, OnProgress, Runs, steps_to_target
from engine.landscape.planes import Plane
from engine.optimum.newton import ShouldStop
from engine.specs import LossName

Steps = NDArray[np.int32]

LEVELS = (13, 25, 49, 97)
"""Columns and rows of the maps that come one after the other: each contains the starts of the one before."""


@dataclass(frozen=True, eq=False, slots=True)
class MapModel:
    """A model to be mapped: what it is trained on, its runs (`LogisticRuns`), and its learning rate."""

    loss_name: LossName
    runs: Runs
    learning_rate: float


@dataclass(frozen=True, eq=False)
class StartMap:
    """Steps to the target from every start of a plane.

    Attributes
    ----------
    plane : Plane
    loss_name : LossName
        Trained on.
    steps : ndarray of int32, shape (rows, columns), read-only
        Rows = v, columns = u; `NOT_REACHED` (-1) where the target was not reached within `max_steps`.
    max_steps : int
    """

    plane: Plane
    loss_name: LossName
    steps: Steps
    max_steps: int

    @property
    def reached_share(self) -> float:
        """Share of the starts from which training arrives, 0 to 1."""
        return float((self.steps != NOT_REACHED).mean())


def start_map(
    model: MapModel,
    plane: Plane,
    max_steps: int,
    should_stop: ShouldStop | None = None,
    on_progress: OnProgress | None = None,
    coarser: StartMap | None = None,
) -> StartMap | None:
    """Train from every start of a plane at once; `plane` gives the models' whole rows, (P,) each.

    Parameters
    ----------
    model : MapModel
    plane : Plane
    max_steps : int
    should_stop : callable, optional
        Asked every few steps.
    on_progress : callable, optional
        Told the share of this map's runs that are finished, 0 to 1.
    coarser : StartMap, optional
        The same map on a grid whose starts are among these: they are not trained again.

    Returns
    -------
    StartMap or None
        None if `should_stop` said so.
    """
    steps = np.full((plane.rows, plane.columns), NOT_REACHED, dtype=np.int32)
    is_new = np.ones(steps.shape, dtype=bool)
    if coarser is not None:
        rows, columns = _strides(coarser.plane, plane)
        steps[::rows, ::columns] = coarser.steps
        is_new[::rows, ::columns] = False
    starts = plane.grid_parameters()[is_new.ravel()]
    found = steps_to_target(
        model.runs, starts, model.learning_rate, max_steps, should_stop=should_stop, on_progress=on_progress
    )
    if found is None:
        return None
    steps[is_new] = found
    steps.flags.writeable = False
    return StartMap(plane, model.loss_name, steps, max_steps)


def start_map_levels(
    models: Sequence[MapModel],
    plane: Plane,
    max_steps: int,
    should_stop: ShouldStop | None = None,
    on_progress: OnProgress | None = None,
    *,
    sizes: Sequence[int] = LEVELS,
) -> Iterator[tuple[StartMap, ...]]:
    """Maps of every model on finer and finer grids of size x size; ends early if `should_stop` says so.

    The plane's own columns and rows do not count. `on_progress` is told the share of all runs of all maps.
    """
    planes = [plane.resized(size, size) for size in sizes]
    coarser: list[StartMap | None] = [None] * len(models)
    counts = [_new_starts(before, now) for before, now in zip([None, *planes], planes, strict=False)]
    total, done = sum(counts) * len(models), 0
    for level, count in zip(planes, counts, strict=True):
        maps = []
        for model, before in zip(models, coarser, strict=True):
            progress = None if on_progress is None else _Part(on_progress, done / total, count / total)
            found = start_map(model, level, max_steps, should_stop, progress, _within(before, level))
            if found is None:
                return
            maps.append(found)
            done += count
        coarser = [*maps]
        yield tuple(maps)


@dataclass(frozen=True, slots=True)
class _Part:
    """Progress of a part of the work, told as progress of the whole."""

    on_progress: OnProgress
    first: float
    share: float

    def __call__(self, share: float) -> None:
        self.on_progress(self.first + self.share * share)


def _strides(coarse: Plane, fine: Plane) -> tuple[int, int]:
    """Every how manieth row and column of `fine` is one of `coarse`.

    Raises
    ------
    ValueError
        If the starts of `coarse` are not among those of `fine`.
    """
    strides = []
    for few, many in ((coarse.rows, fine.rows), (coarse.columns, fine.columns)):
        if few < 2 or (many - 1) % (few - 1):
            raise ValueError("the coarser map's starts must be among the finer one's")
        strides.append((many - 1) // (few - 1))
    return strides[0], strides[1]


def _contains(coarse: Plane, fine: Plane) -> bool:
    try:
        _strides(coarse, fine)
    except ValueError:
        return False
    return True


def _within(coarser: StartMap | None, plane: Plane) -> StartMap | None:
    """The coarser map, if its starts are among the plane's."""
    return coarser if coarser is not None and _contains(coarser.plane, plane) else None


def _new_starts(coarse: Plane | None, fine: Plane) -> int:
    """Starts of `fine` that are not those of `coarse`."""
    all_starts = fine.rows * fine.columns
    return all_starts - coarse.rows * coarse.columns if coarse and _contains(coarse, fine) else all_starts
