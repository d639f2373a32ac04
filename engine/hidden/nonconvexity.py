"""How far from convex a loss is in the weights of each layer: measured, with its spread over seeds.

A *slice* is a plane through given weights along two weights of one layer, or along two random directions of
it, over a square box; the other weights stay. At each point of a grid the slice's 2 x 2 Hessian comes from
central differences of the exact gradient, with steps h and 2 h extrapolated to h -> 0, wrong by a term of the
order h^4. A point counts as curved downwards where its smaller eigenvalue is below -1e-9 max|lambda| over the
slice, and below what rounding makes of the differences. ReLU has kinks that no Hessian sees: so random chords
of the same slice are counted too, where the loss somewhere lies above its chord.

What is measured holds for this box around these weights and these samples; other weights may differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.batched_losses import BatchedLoss, batched_loss, on_plane
from engine.gradients import LossGradient
from engine.hidden.curvature import part_of
from engine.landscape.chords import violated_share
from engine.landscape.planes import NEGATIVE_SHARE_TOLERANCE, Plane, curvature_of
from engine.models import layout_of
from engine.optimum.newton import ShouldStop
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
SliceKind = Literal["weights", "directions"]

MOST_SAMPLES = 1000
"""Of more samples an even choice is measured."""
LEAST_SEEDS = 5

_STEP = 3e-4
_ROUNDING = 8.0 * float(np.finfo(np.float64).eps) / _STEP
"""Error of a curvature, generously: probabilities, and so gradients, are exact to 1e-16 of 1."""


@dataclass(frozen=True, slots=True)
class Slices:
    """Which slices are measured, and how finely.

    Attributes
    ----------
    box_half_width : float
        The box reaches this far from the given weights along both directions; above 0.
    side : int
        Points of a slice's grid along each direction, at least 2.
    seeds : int
        Slices, one a seed from 0 on, at least 5.
    kind : "weights" or "directions"
        What they run along: two weights of the layer drawn by the seed, or two random directions at right
        angles, each of length 1.
    chords : int or None
        Random chords of each slice; None is 200 for ReLU and none for others.
    """

    box_half_width: float = 3.0
    side: int = 15
    seeds: int = LEAST_SEEDS
    kind: SliceKind = "directions"
    chords: int | None = None

    def __post_init__(self) -> None:
        if self.seeds < LEAST_SEEDS or self.side < 2 or not self.box_half_width > 0.0:
            raise ValueError("at least 5 seeds, 2 points a side and a box with a width are needed")


DEFAULT_SLICES = Slices()


@dataclass(frozen=True, slots=True)
class NonConvexity:
    """The non-convexity of one loss in one layer, over the slices of all seeds.

    Attributes
    ----------
    layer : int
        0 is the first hidden layer; the last one is the output layer.
    loss : LossName
    slices : Slices
        What was measured.
    samples : int
        How many samples the loss was a mean of.
    curved_shares : tuple of float
        For each seed, the share of the slice's points that curve downwards, 0 to 1.
    chord_shares : tuple of float
        For each seed, the share of random chords of the slice that are violated; empty where none were asked
        for.
    """

    layer: int
    loss: LossName
    slices: Slices
    samples: int
    curved_shares: tuple[float, ...]
    chord_shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Mean of `curved_shares`."""
        return float(np.mean(self.curved_shares))

    @property
    def spread(self) -> tuple[float, float]:
        """Smallest and largest of `curved_shares`."""
        return min(self.curved_shares), max(self.curved_shares)

    @property
    def chord_mean(self) -> float | None:
        """Mean of `chord_shares`; None where there are none."""
        return float(np.mean(self.chord_shares)) if self.chord_shares else None


def measure(
    model: ModelSpec,
    parameters: Floats,
    data: TrainingData,
    loss: LossName,
    layer: int,
    slices: Slices = DEFAULT_SLICES,
    should_stop: ShouldStop | None = None,
) -> NonConvexity | None:
    """Measure the non-convexity of a loss in one layer around one model's parameters.

    Parameters
    ----------
    model : ModelSpec
        Any but the step model.
    parameters : ndarray of shape (P,)
        The centre of every slice, such as the weights at hand.
    data : TrainingData
        At least one sample.
    loss : LossName
    layer : int
        Whose weights and biases change.
    slices : Slices
    should_stop : callable, optional
        Asked before each row of a grid.

    Returns
    -------
    NonConvexity or None
        None if `should_stop` said so.

    Raises
    ------
    ValueError
        If there is no sample, or a slice has no two parameters to run along.
    """
    part = part_of(data, MOST_SAMPLES)
    gradient, function = LossGradient(model, loss, part), batched_loss(model, loss, part)
    chords = slices.chords
    if chords is None:
        chords = 200 if model.hidden and model.activation == "relu" else 0
    curved, violated = [], []
    for seed in range(slices.seeds):
        plane = layer_slice(model, parameters, layer, slices, seed, bias=part.has_bias)
        share = _curved_share(plane, gradient, should_stop)
        chord_share = _chord_share(plane, function, chords, seed, should_stop)
        if share is None or chord_share is None:
            return None
        curved.append(share)
        violated.append(chord_share)
    return NonConvexity(layer, loss, slices, len(part), tuple(curved), tuple(violated) if chords else ())


def layer_slice(
    model: ModelSpec,
    parameters: Floats,
    layer: int,
    slices: Slices,
    seed: int,
    *,
    bias: bool = True,
) -> Plane:
    """The slice of one seed: u and v are 0 at `parameters` and count along two directions of the layer.

    Raises
    ------
    ValueError
        If the layer has fewer than two parameters that change anything.
    """
    layout = layout_of(model)
    place = np.arange(layout.parameter_count)[layout.layer_slice(layer)]
    if not bias:
        place = np.setdiff1d(place, layout.bias_positions)
    if place.size < 2:
        raise ValueError("a slice needs a layer with two parameters")
    generator = np.random.Generator(np.random.Philox(key=[seed, layer]))
    directions = np.zeros((2, layout.parameter_count))
    if slices.kind == "weights":
        directions[[0, 1], generator.choice(place, 2, replace=False)] = 1.0
    else:
        directions[:, place] = np.linalg.qr(generator.normal(size=(place.size, 2)))[0].T
    reach = (-slices.box_half_width, slices.box_half_width)
    return Plane(parameters, directions[0], directions[1], reach, reach, slices.side, slices.side)


def _curved_share(
    plane: Plane, gradient: Callable[[Floats], Floats], should_stop: ShouldStop | None
) -> float | None:
    """Share of the plane's points where the slice curves downwards."""
    directions = np.stack([plane.direction_u, plane.direction_v])
    curvatures = np.empty((3, plane.rows, plane.columns))
    for row, v in enumerate(plane.v):
        if should_stop is not None and should_stop():
            return None
        for column, u in enumerate(plane.u):
            point = plane.parameters(u, v)
            by_u, by_v = (_slope(gradient, point, direction) @ directions.T for direction in directions)
            curvatures[:, row, column] = by_u[0], 0.5 * (by_u[1] + by_v[0]), by_v[1]
    smallest, largest = curvature_of(*curvatures)
    return float((smallest < -max(NEGATIVE_SHARE_TOLERANCE * largest, _ROUNDING)).mean())


def _chord_share(
    plane: Plane, function: BatchedLoss, chords: int, seed: int, should_stop: ShouldStop | None
) -> float | None:
    """Share of random chords of the plane's rectangle that are violated; 0 where none are asked for."""
    if not chords:
        return 0.0
    low, high = np.array([plane.u_range, plane.v_range]).T
    counted = violated_share(on_plane(function, plane), low, high, chords, seed, should_stop=should_stop)
    return None if counted is None else counted.share


def _slope(gradient: Callable[[Floats], Floats], point: Floats, direction: Floats) -> Floats:
    """How the gradient (P,) changes along a direction: Hessian times direction."""
    near, far = (
        (gradient(point + step * direction) - gradient(point - step * direction)) / (2.0 * step)
        for step in (_STEP, 2.0 * _STEP)
    )
    result: Floats = (4.0 * near - far) / 3.0
    return result
