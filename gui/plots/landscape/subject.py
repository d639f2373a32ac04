"""What a landscape is about: data, model, weights and ways, as choices and the newest snapshot ask for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.examples import ONE_SAMPLE, TRAP, Example
from engine.landscape.planes import LandscapeGrid
from engine.models import layout_of
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelSpec
from gui.plots.landscape.controls import Choices, DataChoice
from gui.plots.landscape.minima import Minimum
from gui.plots.landscape.panel import Overlay
from gui.plots.landscape.work import Cut, Descent, Floats, Ground, Point
from gui.plots.run_path import RunPath

LEVELS = (25, 75, 200)
QUICK_WORK, PLAYING_WORK, MOST_WORK = 6e6, 2e8, 4e9
"""Points times samples of a level that is as good as immediate, of the finest beside training, and of any."""
_PROFILE_COST = 20.0
_HIDDEN_COST, _COST_A_PARAMETER = 10.0, 0.15
_EXAMPLE_WEIGHTS = 2


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """How gradient descent is shown on an example: from where at first, how fast, how long."""

    example: Example
    start: Point
    learning_rate: float
    steps: int


EXAMPLES: dict[DataChoice, ExampleRun] = {
    "one_sample": ExampleRun(ONE_SAMPLE, (-2.0, -2.0), 0.5, 3000),
    "trap": ExampleRun(TRAP, (3.5, -3.0), 0.1, 3000),
}


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """The ground, the cut through it, and which model of the run was trained on each loss.

    Attributes
    ----------
    ground_key : tuple
        Equal keys mean the same data and model.
    rows : tuple of (int or None)
        For each loss the model trained on it; None where there is none, and for an example.
    """

    ground: Ground
    ground_key: tuple[object, ...]
    cut: Cut
    rows: tuple[int | None, ...]

    @property
    def axes(self) -> list[int]:
        """Places of the two parameters drawn."""
        return [self.cut.index_u, self.cut.index_v]

    @property
    def is_example(self) -> bool:
        """Whether this is not about the document's own samples."""
        return self.ground.example is not None

    @property
    def sample_count(self) -> int:
        """Samples that a loss is the mean of."""
        example = self.ground.example
        return len(example.label) if example is not None else int(self.ground.spec.samples.moments[0])

    @property
    def can_minimise(self) -> bool:
        """Whether a third weight may be minimised out: the logistic model's, where it has a bias."""
        return not self.is_example and self.ground.model.kind == "logistic" and self.ground.spec.bias

    def shares_plane(self, other: Subject) -> bool:
        """Whether two subjects are about the same weights, so that a box and a way of one fit the other."""
        return (self.ground.model, self.axes, self.is_example, self.ground.example) == (
            other.ground.model, other.axes, other.is_example, other.ground.example,
        )  # fmt: skip

    def row_at(self, number: int, point: Point, grid: LandscapeGrid | None) -> Floats:
        """All parameters (P,) at a point of a loss's landscape, the minimised one as its grid has it."""
        row = np.array(self.cut.origins[number])
        row[self.axes] = point
        if self.cut.minimised is not None and grid is not None and grid.minimiser is not None:
            row[self.cut.minimised] = _interpolated(grid, grid.minimiser, point)
        return row

    def sizes(self, *, is_playing: bool = False) -> tuple[int, ...]:
        """Grid sizes, coarse first unless a finer one is there at once; fewer where samples are many.

        While training plays, none that would keep a processor busy for more than about a second, and a single
        one with hidden layers: their slice moves with all other weights, and is followed in one size.
        """
        most = PLAYING_WORK if is_playing else MOST_WORK
        sizes = [size for size in LEVELS if size == LEVELS[0] or size**2 * self._work <= most]
        sizes = sizes[1:] if self.is_quick else sizes
        return tuple(sizes[:1] if is_playing and self.ground.model.hidden else sizes)

    @property
    def is_quick(self) -> bool:
        """Whether the coarsest level can be left out, as the next one is as good as immediate."""
        return LEVELS[1] ** 2 * self._work <= QUICK_WORK

    @property
    def _work(self) -> float:
        """Work for one point of a grid, in units of a sample's exact curvature."""
        cost = 1.0
        if self.cut.minimised is not None:
            cost = _PROFILE_COST
        elif self.ground.model.hidden:
            cost = _HIDDEN_COST + _COST_A_PARAMETER * self.cut.origins[0].size
        return max(self.sample_count, 1) * cost


def subject_of(choices: Choices, snapshot: Snapshot, last: Subject | None) -> Subject:
    """What to draw; the ground of `last` is kept where it is the same."""
    spec = snapshot.spec
    key: tuple[object, ...]
    if choices.data == "samples":
        key = (spec.model, spec.class_ids, spec.data_revision, snapshot.scaler, spec.standardize, spec.bias)
        example, scaler = None, snapshot.scaler
    else:
        key, example, scaler = (choices.data,), EXAMPLES[choices.data].example, snapshot.scaler
    same = last is not None and last.ground_key == key
    ground = last.ground if same and last is not None else Ground(spec, scaler, example)
    model = ground.model
    count = layout_of(model).parameter_count
    index_u, index_v = choices.index_u, choices.index_v
    if max(index_u, index_v) >= (count if example is None else _EXAMPLE_WEIGHTS):
        index_u, index_v = 0, 1
    losses = _losses_of(model)
    rows = tuple(
        spec.losses.index(loss) if example is None and loss in spec.losses else None for loss in losses
    )
    minimised = None
    if choices.is_minimised and example is None and model.kind == "logistic" and spec.bias:
        minimised = ({0, 1, 2} - {index_u, index_v}).pop()
    origins = []
    for row in rows:
        origin = np.zeros(count) if example is not None else np.array(snapshot.parameters[row or 0])
        origin[[index_u, index_v]] = 0.0
        if minimised is not None:
            origin[minimised] = 0.0
        origins.append(origin)
    cut = Cut(losses, tuple(origins), index_u, index_v, minimised)
    return Subject(ground, key, cut, rows)


def _losses_of(model: ModelSpec) -> tuple[LossName, ...]:
    """The losses to draw, whether a model is trained on them or not; the step model's BCE is infinite."""
    if model.kind == "step":
        return ("mse",)
    return (model.likelihood, "mse")


def model_overlay(
    subject: Subject, number: int, snapshot: Snapshot, path: RunPath, minima: tuple[Minimum, ...]
) -> Overlay:
    """The way of the model trained on a loss: up to the step shown, and what lies after it."""
    model = subject.rows[number]
    if model is None:
        return Overlay(minima=minima)
    now = snapshot.parameters[model][subject.axes]
    way = path.parameters[:, model][:, subject.axes]
    count = path.count_up_to(snapshot.step)
    past = np.concatenate([way[:count], now[None]])
    future = np.concatenate([now[None], way[count:]]) if count < len(way) else way[:0]
    start = (float(way[0, 0]), float(way[0, 1])) if len(way) and path.steps[0] == 0 else None
    return Overlay(past, future, start, (float(now[0]), float(now[1])), minima)


def descent_overlay(descent: Descent | None, minima: tuple[Minimum, ...]) -> Overlay:
    """The way down an example."""
    if descent is None:
        return Overlay(minima=minima)
    points = descent.points
    first, last = points[0], points[-1]
    return Overlay(
        past=points,
        start=(float(first[0]), float(first[1])),
        now=(float(last[0]), float(last[1])),
        minima=minima,
    )


def _interpolated(grid: LandscapeGrid, values: Floats, point: Point) -> float:
    """A grid's values at a point, bilinearly; outside, at the edge."""
    u, v = grid.plane.u, grid.plane.v
    along = [float(np.interp(point[0], u, row)) for row in values]
    return float(np.interp(point[1], v, along))
