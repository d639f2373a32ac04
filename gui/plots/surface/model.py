"""The selected model over a rectangle of heights and weights: its logit, its p at any steepness, its step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid, softmax, step
from engine.models import layout_of, logits
from engine.rival_losses import shares
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import RIVAL_KINDS, ModelSpec

Floats = NDArray[np.float64]
Range = tuple[float, float]

GRID, MOVING_GRID = 50, 36
"""Vertices along each side of a surface on a grid: at rest, and for half as many facets while it moves."""

STEP = math.inf
"""The steepness at which sigmoid(k z) has become the unit step, and softmax(k z) the largest logit."""


@dataclass(frozen=True, eq=False)
class SurfaceModel:
    """A model's probability of one class; where one logit z decides it, also that.

    So it is with one output node, of two softmax rows (their difference) and of each of K sigmoids.

    Attributes
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
        In the z-space of `scaler`.
    scaler : Standardizer
    height_range_cm, weight_range_kg : (float, float)
    class_index : int
        The class whose probability is shown.
    grid : int
        Vertices along each side of what is evaluated on a grid.
    """

    model: ModelSpec
    parameters: Floats
    scaler: Standardizer
    height_range_cm: Range
    weight_range_kg: Range
    class_index: int
    grid: int = GRID

    @classmethod
    def of(
        cls, snapshot: Snapshot, row: int, height_range_cm: Range, weight_range_kg: Range, class_index: int
    ) -> SurfaceModel:
        """Row `row` of a snapshot; with two classes it is always class 1 whose probability is shown."""
        model = snapshot.spec.model_of(row)
        shown = 1 if model.n_classes == 2 else min(class_index, model.n_classes - 1)
        ranges, grid = (height_range_cm, weight_range_kg), MOVING_GRID if snapshot.playing else GRID
        return cls(model, snapshot.parameters[row], snapshot.scaler, *ranges, shown, grid)

    @property
    def is_binary(self) -> bool:
        """Whether one logit decides: p = sigmoid(z)."""
        return has_one_logit(self.model)

    @property
    def is_finite(self) -> bool:
        """Whether there is anything to draw: a run that diverges passes through infinite numbers."""
        return bool(np.isfinite(self.parameters).all())

    @cached_property
    def rows(self) -> Floats | None:
        """Logits in cm and kg, shape (outputs, 3), or None where they are not linear."""
        layout = layout_of(self.model)
        if len(layout.layers) != 1:
            return None
        return self.scaler.to_original_units(layout.layer_view(self.parameters, 0))

    @cached_property
    def row(self) -> Floats | None:
        """The one logit z in cm and kg, shape (3,); None with several classes or where it is not linear."""
        if self.rows is None or not self.is_binary:
            return None
        return self._one_logit(self.rows)

    @cached_property
    def leads(self) -> Floats | None:
        """How far the chosen class's logit leads each other one, (m, 3) in cm and kg; None if not linear.

        Softmax's rivals have none: there the size of the logits decides.
        """
        if self.rows is None or self.model.kind in RIVAL_KINDS:
            return None
        if self.row is not None:
            return self.row[None, :]
        others = np.delete(self.rows, self.class_index, axis=0)
        leads: Floats = self.rows[self.class_index] - others
        return leads

    def on_floor(self, rows: Floats) -> Floats:
        """Planes (..., 3) in cm and kg -> over the box's floor, which runs from -1/2 to 1/2 either way."""
        (low_cm, high_cm), (low_kg, high_kg) = self.height_range_cm, self.weight_range_kg
        middle = rows[..., 0] * (low_cm + high_cm) / 2 + rows[..., 1] * (low_kg + high_kg) / 2 + rows[..., 2]
        return np.stack(
            [rows[..., 0] * (high_cm - low_cm), rows[..., 1] * (high_kg - low_kg), middle], axis=-1
        )

    def logits_at(self, height_cm: Floats, weight_kg: Floats) -> Floats:
        """Values of the output nodes, shape (outputs, n), at n places."""
        z_height, z_weight = self.scaler.standardize(height_cm, weight_kg)
        return logits(self.model, self.parameters, np.stack([z_height, z_weight, np.ones_like(z_height)]))

    def logit_at(self, height_cm: Floats, weight_kg: Floats) -> Floats:
        """The one logit z, shape (n,), at n places.

        Raises
        ------
        ValueError
            If there are more than two classes.
        """
        return self._one_logit(self.logits_at(height_cm, weight_kg))

    def probability_at(self, height_cm: Floats, weight_kg: Floats, steepness: float = 1.0) -> Floats:
        """Probability of the chosen class, shape (n,), of the logits times `steepness`; 0 or 1 at `STEP`."""
        return self._probability(self.logits_at(height_cm, weight_kg), steepness)

    @property
    def logit_grid(self) -> Floats:
        """The one logit z at the vertices of a grid over the rectangle, (grid, grid); rows are weights."""
        return self._one_logit(self._grid_logits).reshape(self.grid, self.grid)

    @property
    def lead_grid(self) -> Floats:
        """How far the chosen class's logit leads the largest other one there; z itself where it decides.

        Of softmax's rivals: how far its size does.
        """
        if self.is_binary:
            return self.logit_grid
        values = np.abs(self._grid_logits) if self.model.kind in RIVAL_KINDS else self._grid_logits
        others = np.delete(values, self.class_index, axis=0)
        leads: Floats = values[self.class_index] - others.max(axis=0)
        return leads.reshape(self.grid, self.grid)

    def probability_grid(self, steepness: float) -> Floats:
        """Probability of the chosen class at the vertices of that grid, shape (grid, grid)."""
        return self._probability(self._grid_logits, steepness).reshape(self.grid, self.grid)

    @cached_property
    def largest_logit(self) -> float:
        """The largest |z| over the rectangle."""
        if self.row is not None:
            a, b, c = np.abs(self.on_floor(self.row)).tolist()
            return float(a / 2 + b / 2 + c)
        return float(np.abs(self.logit_grid).max())

    @cached_property
    def _grid_logits(self) -> Floats:
        heights, weights = np.meshgrid(
            np.linspace(*self.height_range_cm, self.grid), np.linspace(*self.weight_range_kg, self.grid)
        )
        return self.logits_at(heights.ravel(), weights.ravel())

    def _one_logit(self, values: Floats) -> Floats:
        if not self.is_binary:
            raise ValueError("classes that share one softmax have no single logit")
        if self.model.kind == "sigmoids":
            own: Floats = values[self.class_index]
            return own
        result: Floats = values[0] if len(values) == 1 else values[1] - values[0]
        return result

    def _probability(self, values: Floats, steepness: float) -> Floats:
        if self.is_binary:
            return at_steepness(self._one_logit(values), steepness)
        is_rival = self.model.kind in RIVAL_KINDS
        if steepness == STEP:
            sizes = np.abs(values) if is_rival else values
            return np.where(sizes.argmax(axis=0) == self.class_index, 1.0, 0.0)
        if is_rival:  # the same at every steepness
            return np.asarray(shares(self.model.kind, values)[self.class_index])
        result: Floats = softmax(steepness * values)[self.class_index]
        return result


def has_one_logit(model: ModelSpec) -> bool:
    """Whether a class's probability is the sigmoid of one number."""
    return model.is_binary or model.kind == "sigmoids" or (model.kind == "softmax" and model.n_classes == 2)


def at_steepness(logit: Floats, steepness: float) -> Floats:
    """sigmoid(k z), or the unit step of z at steepness `STEP`."""
    return step(logit) if steepness == STEP else sigmoid(steepness * logit)


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person, moved across the line z = 0 by a little weight.

    Attributes
    ----------
    height_cm : float
    before_kg, after_kg : float
    step, sigmoid : (float, float)
        p before and after, by the unit step and by sigmoid(k z).
    """

    height_cm: float
    before_kg: float
    after_kg: float
    step: tuple[float, float]
    sigmoid: tuple[float, float]


def crossing_at(model: SurfaceModel, height_cm: float, moved_kg: float, steepness: float) -> Crossing | None:
    """What `moved_kg` of weight change across the line does to p, for a person of this height.

    None where no change of weight crosses the line: the logit is not linear, or does not depend on weight.
    """
    row = model.row
    if row is None or row[1] == 0.0 or not np.isfinite(row).all():
        return None
    line_kg = -(row[0] * height_cm + row[2]) / row[1]
    weights = np.array([line_kg - moved_kg / 2, line_kg + moved_kg / 2])
    logit = row[0] * height_cm + row[1] * weights + row[2]
    stepped, smooth = step(logit).tolist(), at_steepness(logit, steepness).tolist()
    return Crossing(
        height_cm, float(weights[0]), float(weights[1]), (stepped[0], stepped[1]), (smooth[0], smooth[1])
    )
