"""The box around a surface: its axes in their own units, and the way from those into the box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.plots.log_ticks import linear_ticks, tick_texts
from gui.plots.scene3d.camera import BOX_HEIGHT

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of an axis with what is written beside it."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class SpaceAxis:
    """One axis of the box.

    Attributes
    ----------
    title : str
        With its unit, in the language in use.
    low, high : float
        Values at the two ends, low < high.
    ticks : tuple of Tick or None
        Those to write first where there is no room for all come first; None writes round numbers.
    """

    title: str
    low: float
    high: float
    ticks: tuple[Tick, ...] | None = None

    def written(self, most: int) -> tuple[Tick, ...]:
        """The ticks to write: those given, or at most `most` round numbers."""
        if self.ticks is not None:
            return self.ticks
        return round_ticks(self.low, self.high, most)

    def fraction(self, values: Floats) -> Floats:
        """Where values lie: 0 at low, 1 at high."""
        result: Floats = (values - self.low) / (self.high - self.low)
        return result

    def value_at(self, fraction: float) -> float:
        """The value at a fraction of the axis."""
        return self.low + fraction * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class SpaceAxes:
    """The axes of a box.

    Attributes
    ----------
    x, y : SpaceAxis
        Along the floor; at azimuth 0 x goes to the right and y away from the eye.
    z : SpaceAxis
        Upright, written at the left edge: the unit of all heights.
    right : SpaceAxis or None
        A second scale for the same heights, at the right edge; its ticks' values are in the unit of `z`.
    """

    x: SpaceAxis
    y: SpaceAxis
    z: SpaceAxis
    right: SpaceAxis | None = None

    def to_box(self, points: Floats) -> Floats:
        """Points (..., 3) in the axes' units -> the box's coordinates; heights are held to the box."""
        result = np.empty(np.shape(points))
        result[..., 0] = self.x.fraction(points[..., 0]) - 0.5
        result[..., 1] = self.y.fraction(points[..., 1]) - 0.5
        result[..., 2] = np.clip(self.z.fraction(points[..., 2]), 0.0, 1.0) * BOX_HEIGHT
        return result

    def to_ground(self, x: float, y: float) -> tuple[float, float]:
        """A place of the box's floor -> the units of the x and y axes."""
        return self.x.value_at(x + 0.5), self.y.value_at(y + 0.5)


def round_ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    """At most `most` (at least 2) round numbers in [low, high], evenly apart."""
    values = linear_ticks(low, high, max(most, 2))
    return tuple(Tick(value, text) for value, text in zip(values, tick_texts(values, log=False), strict=True))
