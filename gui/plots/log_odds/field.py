"""The log-odds of two classes over a rectangle of heights and weights, as one model has them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.decision_regions import Line, clip_line, decision_line
from engine.log_odds import level_planes, log_odds, log_odds_plane, one_layer
from engine.models import logits, probabilities
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import ModelSpec
from gui.plots.log_odds.pair import Pair
from gui.plots.log_ticks import linear_ticks
from gui.plots.scene3d.contours import contour_segments
from gui.plots.surface.shapes import round_logit_end

Floats = NDArray[np.float64]
Range = tuple[float, float]
Shape = Literal["plane", "bent", "infinite"]

GRID = (45, 60)
"""Vertices along weight and height where log-odds that are no plane are evaluated."""
MOST_LEVELS = 11
_HIGHEST_SHARE = 96.0
"""Of log-odds with poles the axis holds this percentage; the rest goes to its ends."""


@dataclass(frozen=True, eq=False)
class LogOddsField:
    """ln(p_first / p_second) of one model.

    Attributes
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
        In the z-space of `scaler`.
    scaler : Standardizer
    height_range_cm, weight_range_kg : (float, float)
    first, second : int
        Class indices.
    """

    model: ModelSpec
    parameters: Floats
    scaler: Standardizer
    height_range_cm: Range
    weight_range_kg: Range
    first: int
    second: int

    @classmethod
    def of(
        cls, snapshot: Snapshot, row: int, height_range_cm: Range, weight_range_kg: Range, pair: Pair
    ) -> LogOddsField:
        """The model in `row` of a snapshot."""
        spec = snapshot.spec
        return cls(
            spec.model_of(row),
            snapshot.parameters[row],
            snapshot.scaler,
            height_range_cm,
            weight_range_kg,
            *pair,
        )

    @property
    def is_finite(self) -> bool:
        """Whether there is anything to draw: a run that diverges passes through infinite numbers."""
        return bool(np.isfinite(self.parameters).all())

    @property
    def shape(self) -> Shape:
        """A plane, a bent surface, or plus and minus infinity alone (the step)."""
        if self.model.kind == "step":
            return "infinite"
        return "plane" if self.plane is not None else "bent"

    @cached_property
    def plane_z(self) -> Floats | None:
        """The plane in z-scores, shape (3,); None where the log-odds are none."""
        layer = one_layer(self.model, self.parameters)
        return None if layer is None else log_odds_plane(self.model, layer, self.first, self.second)

    @cached_property
    def plane(self) -> Floats | None:
        """The plane in cm and kg, shape (3,); None where the log-odds are none."""
        return None if self.plane_z is None else self.scaler.to_original_units(self.plane_z)

    @cached_property
    def on_floor(self) -> Floats | None:
        """The plane over a square from -1/2 to 1/2 either way, shape (3,)."""
        if self.plane is None:
            return None
        (low_cm, high_cm), (low_kg, high_kg) = self.height_range_cm, self.weight_range_kg
        a, b, c = self.plane.tolist()
        middle = a * (low_cm + high_cm) / 2 + b * (low_kg + high_kg) / 2 + c
        return np.array([a * (high_cm - low_cm), b * (high_kg - low_kg), middle])

    @cached_property
    def vertices(self) -> tuple[Floats, Floats]:
        """Heights (cm) of the grid's columns and weights (kg) of its rows."""
        return np.linspace(*self.height_range_cm, GRID[1]), np.linspace(*self.weight_range_kg, GRID[0])

    @cached_property
    def grid(self) -> Floats:
        """The log-odds at the vertices of the grid, shape `GRID`; row 0 is the lowest weight."""
        heights, weights = self.vertices
        if self.plane is not None:
            a, b, c = self.plane
            result: Floats = (b * weights + c)[:, None] + a * heights
            return result
        columns, rows = np.meshgrid(heights, weights)
        return self.at(columns.ravel(), rows.ravel()).reshape(GRID)

    @cached_property
    def end(self) -> float:
        """A round number that the log-odds over the rectangle do not (all but poles do not) exceed."""
        if self.on_floor is not None:
            a, b, c = np.abs(self.on_floor).tolist()
            return round_logit_end(a / 2 + b / 2 + c)
        sizes = np.abs(self.grid[np.isfinite(self.grid)])
        return round_logit_end(float(np.percentile(sizes, _HIGHEST_SHARE)) if sizes.size else 1.0)

    @cached_property
    def levels(self) -> tuple[float, ...]:
        """Round log-odds for contour lines, 0 among them, in increasing order."""
        if self.shape == "infinite":
            return (0.0,)
        return tuple(linear_ticks(-self.end, self.end, MOST_LEVELS))

    @cached_property
    def contours(self) -> dict[float, Floats]:
        """For each level its lines in cm and kg, pieces of shape (n, 2, 2); a straight line is one."""
        found = {level: self.straight_pieces(level) for level in self.levels}
        bent = [level for level, pieces in found.items() if pieces is None]
        curves = contour_segments(self.grid, bent, self.height_range_cm, self.weight_range_kg)
        return {
            level: (curves[bent.index(level)] if pieces is None else pieces)
            for level, pieces in found.items()
        }

    def straight_pieces(self, level: float) -> Floats | None:
        """The straight lines of one log-odds inside the rectangle, (n, 2, 2); None where they are curved."""
        layer = one_layer(self.model, self.parameters)
        if layer is None:
            return None
        rows = self.scaler.to_original_units(layer)
        if self.shape == "infinite":
            line = decision_line(rows[0], 0.5)
            lines = [] if line is None else [line]
        else:
            planes = level_planes(self.model, rows, self.first, self.second, level)
            if planes is None:
                return None
            lines = [Line(*plane.tolist()) for plane in planes]
        ends = [clip_line(line, self.height_range_cm, self.weight_range_kg) for line in lines]
        return np.array([pair for pair in ends if pair is not None]).reshape(-1, 2, 2)

    def at(self, height_cm: Floats, weight_kg: Floats) -> Floats:
        """The log-odds at n places, shape (n,)."""
        values = logits(self.model, self.parameters, self._design(height_cm, weight_kg))
        return log_odds(self.model, values, self.first, self.second)

    def logits_at(self, height_cm: float, weight_kg: float) -> Floats:
        """Values of the output nodes at one place, shape (outputs, 1)."""
        return logits(self.model, self.parameters, self._design(np.array([height_cm]), np.array([weight_kg])))

    def probabilities_at(self, height_cm: float, weight_kg: float) -> Floats:
        """Probability of each class at one place, shape (K,)."""
        design = self._design(np.array([height_cm]), np.array([weight_kg]))
        return probabilities(self.model, self.parameters, design)[:, 0]

    def all_against_reference(self, height_cm: float, weight_kg: float) -> Floats:
        """Log-odds of every class against the reference at one place, shape (K,); its own is 0."""
        values = self.logits_at(height_cm, weight_kg)
        return np.array(
            [
                0.0 if index == self.second else float(log_odds(self.model, values, index, self.second)[0])
                for index in range(self.model.n_classes)
            ]
        )

    def one_more(self, height_cm: float, weight_kg: float) -> tuple[float, float]:
        """How much the log-odds grow from one place with one more cm, and with one more kg."""
        values = self.at(
            height_cm + np.array([0.0, 1.0, 0.0]),
            weight_kg + np.array([0.0, 0.0, 1.0]),
        )
        with np.errstate(invalid="ignore"):
            return float(values[1] - values[0]), float(values[2] - values[0])

    def fraction(self, values: Floats) -> Floats:
        """Where log-odds lie on an axis from -`end` (0) to `end` (1)."""
        result: Floats = np.clip((values + self.end) / (2.0 * self.end), 0.0, 1.0)
        return result

    def _design(self, height_cm: Floats, weight_kg: Floats) -> Floats:
        z_height, z_weight = self.scaler.standardize(height_cm, weight_kg)
        return np.stack([z_height, z_weight, np.ones_like(z_height)])


def odds_ticks(end: float) -> tuple[tuple[float, str], ...]:
    """Round odds for an axis of log-odds from -`end` to `end`, as (log-odds, text), the even ones first."""
    ten = math.log(10.0)
    if end < ten:
        sides: tuple[tuple[float, str], ...] = ((math.log(2.0), "2"), (math.log(5.0), "5"))
    else:
        most = int(end / ten)
        every = max(1, math.ceil(most / 3))
        sides = tuple((power * ten, _power_text(power)) for power in range(every, most + 1, every))
    ticks = [(0.0, "1 : 1")]
    for value, text in sides:
        if value <= end:
            ticks += [(value, f"{text} : 1"), (-value, f"1 : {text}")]
    return tuple(ticks)


def _power_text(power: int) -> str:
    return (
        f"{10**power:,}"
        if power <= 4
        else "10" + str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    )
