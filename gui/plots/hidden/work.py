"""What the hidden-layer instrument's background work is asked and answers: slices, and measured shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.hidden.curvature import part_of
from engine.hidden.nonconvexity import NonConvexity, SliceKind, Slices, layer_slice, measure
from engine.landscape.hidden import HiddenLandscape
from engine.landscape.planes import LandscapeGrid, Plane
from engine.layout import Layout
from engine.models import layout_of
from engine.optimum.newton import ShouldStop
from engine.scaling import Standardizer
from engine.specs import LossName, ModelSpec, TrainingSpec
from engine.training_data import TrainingData
from gui.plots.landscape.box import Box
from gui.plots.landscape.picture import Look, color_range, landscape_picture

Floats = NDArray[np.float64]
Point = tuple[float, float]
OnProgress = Callable[[float], None]

LOSSES: tuple[LossName, ...] = ("bce", "mse")
COARSE, FINE = 15, 41
MOST_SAMPLES = 400
"""Of more samples an even choice makes a slice's picture."""


@dataclass(frozen=True, eq=False, slots=True)
class Centre:
    """The weights that slices go through.

    Attributes
    ----------
    spec : TrainingSpec
        Model and samples.
    scaler : Standardizer
    parameters : ndarray of shape (P,)
        In its z-space.
    loss : LossName
        What they were trained on.
    step : int
        When.
    """

    spec: TrainingSpec
    scaler: Standardizer
    parameters: Floats
    loss: LossName
    step: int

    @property
    def model(self) -> ModelSpec:
        """The model with its hidden layers."""
        return self.spec.model

    @property
    def layout(self) -> Layout:
        """Where its weights stand."""
        return layout_of(self.spec.model)

    def data(self) -> TrainingData:
        """The samples as training reads them."""
        return TrainingData.of(self.spec, self.scaler)

    def shares_ground(self, other: Centre | None) -> bool:
        """Whether another centre has the same samples, inputs and shape: only the weights may differ."""
        return (
            other is not None
            and self.spec.samples is other.spec.samples
            and (self.model, self.spec.bias, self.scaler) == (other.model, other.spec.bias, other.scaler)
        )


@dataclass(frozen=True, eq=False, slots=True)
class SliceQuestion:
    """A slice to compute and paint, for both losses.

    Attributes
    ----------
    layer : int
        0 is the first hidden layer; the last one is the output layer.
    kind : "weights" or "directions"
    seed : int
        Draws the directions; those of 0 to 4 are among the ones that are measured.
    pair : (int, int)
        For "weights": their places in the row.
    half_width : float
        How far the box reaches from the centre.
    sizes : tuple of int
        Columns and rows of the grids, coarse first.
    look : Look
    """

    centre: Centre
    layer: int
    kind: SliceKind
    seed: int
    pair: tuple[int, int]
    half_width: float
    sizes: tuple[int, ...]
    look: Look

    @property
    def now(self) -> Point:
        """Where the centre lies: the two weights' values, or (0, 0) of the directions."""
        if self.kind == "directions":
            return 0.0, 0.0
        u, v = self.centre.parameters[list(self.pair)].tolist()
        return u, v

    @property
    def box(self) -> Box:
        """The square around the centre."""
        (u, v), half = self.now, self.half_width
        return Box((u - half, u + half), (v - half, v + half))

    def plane(self, size: int) -> Plane:
        """The slice as a grid of size x size points."""
        centre, box = self.centre, self.box
        if self.kind == "weights":
            ranges = (box.u_range, box.v_range)
            return Plane.of_weights(centre.parameters, *self.pair, *ranges, size, size)
        slices = Slices(self.half_width, size)
        bias = centre.spec.bias
        return layer_slice(centre.model, centre.parameters, self.layer, slices, self.seed, bias=bias)


@dataclass(frozen=True, eq=False, slots=True)
class SliceAnswer:
    """One level of a slice: a grid and a picture for each loss, from `used` of `total` samples."""

    question: SliceQuestion
    grids: tuple[LandscapeGrid, ...]
    pictures: tuple[QImage, ...]
    used: int
    total: int

    @property
    def is_finest(self) -> bool:
        """Whether no finer level comes."""
        return self.grids[0].plane.columns == self.question.sizes[-1]


def slice_levels(question: SliceQuestion, should_stop: ShouldStop) -> Iterator[SliceAnswer]:
    """A slice on finer and finer grids."""
    whole = question.centre.data()
    data = part_of(whole, MOST_SAMPLES)
    source = HiddenLandscape(question.centre.model, data, LOSSES)
    for size in question.sizes:
        grids = source.grids(question.plane(size), should_stop)
        if grids is None:
            return
        pictures = tuple(landscape_picture(grid, question.look, color_range(grid)) for grid in grids)
        yield SliceAnswer(question, grids, pictures, len(data), len(whole))


def layer_places(centre: Centre, layer: int) -> list[int]:
    """Places in the row of the weights of a layer, without biases that are held at 0."""
    layout = centre.layout
    place = np.arange(layout.parameter_count)[layout.layer_slice(layer)]
    if not centre.spec.bias:
        place = np.setdiff1d(place, layout.bias_positions)
    result: list[int] = place.tolist()
    return result


def drawn_pair(centre: Centre, layer: int, seed: int) -> tuple[int, int]:
    """The two weights of a layer that a seed draws, as in `engine.hidden.nonconvexity`."""
    slices = Slices(kind="weights")
    plane = layer_slice(centre.model, centre.parameters, layer, slices, seed, bias=centre.spec.bias)
    return int(plane.direction_u.argmax()), int(plane.direction_v.argmax())


@dataclass(frozen=True, eq=False, slots=True)
class MeasureQuestion:
    """Which shares to measure: of both losses in every layer around a centre."""

    centre: Centre
    slices: Slices


@dataclass(frozen=True, eq=False, slots=True)
class MeasureAnswer:
    """What is measured so far: layer by layer, BCE before MSE."""

    question: MeasureQuestion
    found: tuple[NonConvexity, ...]

    @property
    def n_layers(self) -> int:
        """Hidden layers and the output layer."""
        return len(self.question.centre.layout.layers)

    @property
    def is_complete(self) -> bool:
        """Whether every layer and loss is measured."""
        return len(self.found) == self.n_layers * len(LOSSES)

    def of(self, layer: int, loss: LossName) -> NonConvexity | None:
        """One layer's and loss's share; None while it is not measured."""
        return next((one for one in self.found if (one.layer, one.loss) == (layer, loss)), None)


def measure_layers(
    question: MeasureQuestion, tell: OnProgress, should_stop: ShouldStop
) -> Iterator[MeasureAnswer]:
    """Measure layer after layer; `tell` hears the share of the slices' rows that are done."""
    centre, slices = question.centre, question.slices
    data, n_layers = centre.data(), len(centre.layout.layers)
    rows = n_layers * len(LOSSES) * slices.seeds * slices.side
    done = 0

    def stop_and_count() -> bool:
        nonlocal done
        done += 1
        tell(min(done / rows, 1.0))
        return should_stop()

    found: list[NonConvexity] = []
    for layer in range(n_layers):
        for number, loss in enumerate(LOSSES):
            done = (layer * len(LOSSES) + number) * slices.seeds * slices.side
            one = measure(centre.model, centre.parameters, data, loss, layer, slices, stop_and_count)
            if one is None:
                return
            found.append(one)
            yield MeasureAnswer(question, tuple(found))
