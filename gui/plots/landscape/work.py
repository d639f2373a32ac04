"""What a landscape's background work is asked and answers: grids, values at points, chords, ways down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.batched_losses import BatchedLoss, batched_loss, on_plane
from engine.examples import Example
from engine.landscape.chords import Chord, chord_between
from engine.landscape.descent_path import descent_path
from engine.landscape.grid import LandscapeSource, SampledLandscape, landscape_source, smallest_eigenvalue_at
from engine.landscape.hidden import HiddenLandscape
from engine.landscape.planes import LandscapeGrid, Plane
from engine.optimum.newton import ShouldStop
from engine.optimum.optimum import find_optimum
from engine.running.compiled import Compiled
from engine.scaling import Standardizer
from engine.specs import LossName, ModelSpec, StartSpec, TrainingSpec
from engine.training import start_state
from engine.training_data import TrainingData
from gui.plots.landscape.box import Box
from gui.plots.landscape.minima import Minimum, minima_of
from gui.plots.landscape.picture import Look, color_range, common_range, drawable, landscape_picture

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Point = tuple[float, float]

EXACT_KINDS = ("logistic", "softmax")
"""Models whose losses have their curvature in closed form, and whose cross-entropy has one valley."""
CERTAIN_SHARE = 0.9
"""An example is learnt when the probability of every sample's own class is above this (claim 7)."""
_MOST_SAMPLES_WITH_MINIMA = 50_000
_MOST_WORK_OF_ALL_WEIGHTS = 1e7
"""Samples times weights up to which the Hessian by all weights of a model with hidden layers is looked at."""
_REPLAYED_POINTS = 150
_REPLAYED_WORK = 5e7
"""Steps times samples that are repeated at most, to draw the beginning of a way that frames have skipped."""


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """The model and the samples whose losses are drawn: those of a run, or an example's."""

    spec: TrainingSpec
    scaler: Standardizer
    example: Example | None = None

    @property
    def model(self) -> ModelSpec:
        """An example is for the logistic model."""
        return self.spec.model if self.example is None else ModelSpec("logistic", 2)

    def data(self) -> TrainingData:
        """The samples as training reads them."""
        if self.example is not None:
            return self.example.training_data()
        return TrainingData.of(self.spec, self.scaler)


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """Which two parameters are drawn, and what becomes of the others.

    Attributes
    ----------
    losses : tuple of LossName
    origins : tuple of ndarray of shape (P,)
        For each loss the parameters through which its plane goes.
    index_u, index_v : int
        Places of the two parameters in the row.
    minimised : int or None
        Place of a third parameter that goes, at each point, to where the loss is smallest.
    """

    losses: tuple[LossName, ...]
    origins: tuple[Floats, ...]
    index_u: int
    index_v: int
    minimised: int | None = None

    def plane(self, number: int, box: Box, size: int) -> Plane:
        """The plane of one loss over a box, as a grid of size x size points."""
        ranges = (box.u_range, box.v_range)
        return Plane.of_weights(self.origins[number], self.index_u, self.index_v, *ranges, size, size)

    def direction(self) -> Floats | None:
        """Unit vector of the parameter that is minimised out."""
        if self.minimised is None:
            return None
        result: Floats = np.eye(self.origins[0].size)[self.minimised]
        return result


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """A landscape to compute and paint: over which box, how finely, and how it looks."""

    ground: Ground
    cut: Cut
    box: Box
    sizes: tuple[int, ...]
    look: Look


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """One level of a landscape: a grid, a picture and the minima for each loss.

    Minima are looked for on the finest level only, and never among very many samples; else they are empty.
    """

    question: Question
    grids: tuple[LandscapeGrid, ...]
    pictures: tuple[QImage, ...]
    minima: tuple[tuple[Minimum, ...], ...]
    is_finest: bool


@dataclass(frozen=True, slots=True)
class PointValue:
    """One loss at one point: its value, and the smallest eigenvalues of two Hessians.

    `slice_eigenvalue` is that of the 2 x 2 Hessian of what is drawn, `full_eigenvalue` that of the Hessian
    by all parameters, None where that is not known exactly. `third` is where the minimised parameter is.
    """

    loss: float
    slice_eigenvalue: float
    full_eigenvalue: float | None
    third: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Descent:
    """A way down from a chosen start on an example: points (m, 2), and when it was learnt.

    `certain_step` is the first step at which every sample's own class has p > 0.9; None if that never came.
    """

    points: Floats
    steps: int
    loss: float
    certain_step: int | None


def answer_levels(question: Question, should_stop: ShouldStop) -> Iterator[Answer]:
    """The landscapes of a question on finer and finer grids."""
    data = question.ground.data()
    for size in question.sizes:
        is_finest = size == question.sizes[-1]
        grids = _grids(question, data, size, should_stop)
        if grids is None:
            return
        yield Answer(
            question,
            grids,
            paint(grids, question.look),
            _minima(question, data, grids) if is_finest else ((),) * len(grids),
            is_finest,
        )


def paint(grids: Sequence[LandscapeGrid], look: Look) -> tuple[QImage, ...]:
    """The pictures of grids; with one scale of colours for all of them if the look says so."""
    together = common_range(grids)
    return tuple(
        landscape_picture(grid, look, together if look.is_common else color_range(grid)) for grid in grids
    )


def values_at(
    ground: Ground, cut: Cut, points: Sequence[Point | None], *, with_all_weights: bool = True
) -> tuple[PointValue | None, ...]:
    """Each loss at its point, exactly; None where there is none.

    Parameters
    ----------
    with_all_weights : bool
        Find the curvature by all weights of a model with hidden layers too, which takes longest.
    """
    data = ground.data()
    return tuple(
        None if point is None else _value_at(ground, cut, data, number, point, with_all_weights)
        for number, point in enumerate(points)
    )


def chords(ground: Ground, cut: Cut, a: Point, b: Point) -> tuple[Chord, ...]:
    """Each loss along the line from `b` (t = 0) to `a` (t = 1) of the landscape, with its chord."""
    data = ground.data()
    result = []
    for number, name in enumerate(cut.losses):
        plane = cut.plane(number, Box((0.0, 1.0), (0.0, 1.0)), 2)
        if cut.minimised is None:
            function = on_plane(batched_loss(ground.model, name, data), plane)
        else:
            function = _along_profile(_source(ground, cut, data, (name,)), plane)
        result.append(chord_between(function, a, b))
    return tuple(result)


def find_valley(ground: Ground) -> Floats | None:
    """The weights with the smallest cross-entropy, shape (P,), in the ground's z-space; None without."""
    if ground.example is not None or ground.model.kind not in EXACT_KINDS:
        return None
    return find_optimum(ground.model, ground.data()).parameters


def descents(
    ground: Ground, cut: Cut, start: Floats, learning_rate: float, steps: int
) -> tuple[Descent, ...]:
    """Gradient descent on an example from `start` (P,), for each loss."""
    data = ground.data()
    margin_design = data.design * (2.0 * data.class_index - 1.0)
    certain = np.log(CERTAIN_SHARE / (1.0 - CERTAIN_SHARE))
    result = []
    for name in cut.losses:
        path = descent_path(ground.model, name, data, start, learning_rate, steps)
        margins = (path.parameters @ margin_design).min(axis=1)
        learnt = np.flatnonzero(margins > certain)
        result.append(
            Descent(
                points=path.parameters[:, [cut.index_u, cut.index_v]],
                steps=int(path.step[-1]),
                loss=float(path.loss[-1]),
                certain_step=int(path.step[learnt[0]]) if learnt.size else None,
            )
        )
    return tuple(result)


def replay(spec: TrainingSpec, scaler: Standardizer, start: Floats, steps: int) -> tuple[Ints, Floats] | None:
    """Repeat the first steps of a run: steps (m,) and parameters (m, models, P) on the way; None if too many.

    Training is a pure function of spec, samples and start, so these are the run's own numbers.
    """
    if steps * max(len(spec.samples), 100) > _REPLAYED_WORK:
        return None
    stepper = Compiled.of(spec, scaler).stepper
    # The spec's own start may be another model's: the run began where `start` says.
    state = start_state(replace(spec, start=StartSpec()))
    state.parameters[...] = start
    kept = np.unique(np.geomspace(1, steps, _REPLAYED_POINTS).astype(np.int64))
    rows = []
    for step in kept:
        stepper.advance(state, int(step) - state.step)
        rows.append(state.parameters.copy())
    return kept, np.array(rows)


def _grids(
    question: Question, data: TrainingData, size: int, should_stop: ShouldStop
) -> tuple[LandscapeGrid, ...] | None:
    """One grid a loss; computed together where their planes are the same."""
    ground, cut = question.ground, question.cut
    has_curvature = ground.model.kind != "step"  # which is flat but for its jumps
    planes = [cut.plane(number, question.box, size) for number in range(len(cut.losses))]
    if all(np.array_equal(planes[0].origin, plane.origin) for plane in planes):
        grids = _source(ground, cut, data, cut.losses).grids(planes[0], should_stop, curvature=has_curvature)
        return None if grids is None else tuple(map(drawable, grids))
    result: list[LandscapeGrid] = []
    for name, plane in zip(cut.losses, planes, strict=True):
        grids = _source(ground, cut, data, (name,)).grids(plane, should_stop, curvature=has_curvature)
        if grids is None:
            return None
        result += grids
    return tuple(map(drawable, result))


def _minima(
    question: Question, data: TrainingData, grids: tuple[LandscapeGrid, ...]
) -> tuple[tuple[Minimum, ...], ...]:
    if len(data) > _MOST_SAMPLES_WITH_MINIMA:
        return ((),) * len(grids)
    return tuple(
        minima_of(grid, _source(question.ground, question.cut, data, (grid.loss_name,))) for grid in grids
    )


def _source(ground: Ground, cut: Cut, data: TrainingData, losses: tuple[LossName, ...]) -> LandscapeSource:
    if ground.model.kind in EXACT_KINDS:
        return landscape_source(ground.model, data, losses, cut.direction())
    if ground.model.hidden:
        return HiddenLandscape(ground.model, data, losses)
    return SampledLandscape({loss: batched_loss(ground.model, loss, data) for loss in losses})


def _value_at(
    ground: Ground, cut: Cut, data: TrainingData, number: int, point: Point, with_all_weights: bool
) -> PointValue:
    name = cut.losses[number]
    plane = cut.plane(number, Box((0.0, 1.0), (0.0, 1.0)), 2).at_point(*point)
    grids = _source(ground, cut, data, (name,)).grids(plane, curvature=ground.model.kind != "step")
    assert grids is not None  # nothing asks it to stop
    grid, parameters, third = grids[0], plane.parameters(*point), None
    own = grid.smallest_eigenvalue
    has_all = ground.model.kind in EXACT_KINDS
    if ground.model.hidden:
        has_all = with_all_weights and len(data) * parameters.size <= _MOST_WORK_OF_ALL_WEIGHTS
    if cut.minimised is not None and grid.minimiser is not None:
        parameters[cut.minimised] += grid.minimiser[0, 0]
        third = float(parameters[cut.minimised])
    return PointValue(
        loss=float(grid.loss[0, 0]),
        slice_eigenvalue=0.0 if own is None else float(own[0, 0]),
        full_eigenvalue=smallest_eigenvalue_at(ground.model, parameters, data, name) if has_all else None,
        third=third,
    )


def _along_profile(source: LandscapeSource, plane: Plane) -> BatchedLoss:
    """A minimised loss as a function of points (m, 2): evenly spaced ones on a line all at once."""

    def losses_of(parameters: Floats) -> Floats:
        points = parameters  # of the plane: (u, v)
        steps = np.diff(points, axis=0)
        if len(points) > 2 and np.allclose(steps, steps[0], rtol=1e-9, atol=1e-12):
            (u0, v0), (u1, v1) = points[0], points[-1]
            direction = (u1 - u0) * plane.direction_u + (v1 - v0) * plane.direction_v
            line = Plane(
                plane.parameters(u0, v0), direction, plane.direction_v, (0.0, 1.0), (0.0, 0.0), len(points), 1
            )
            return _first_losses(source, line)
        return np.concatenate([_first_losses(source, plane.at_point(*point)) for point in points])

    return losses_of


def _first_losses(source: LandscapeSource, plane: Plane) -> Floats:
    grids = source.grids(plane, curvature=False)
    assert grids is not None  # nothing asks it to stop
    result: Floats = grids[0].loss[0]
    return result
