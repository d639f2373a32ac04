"""The rectangle of starts that is mapped: square, and such that the starts on its grids are round numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.start_map import LEVELS

Floats = NDArray[np.float64]
Point = tuple[float, float]
Range = tuple[float, float]

SMALLEST_HALF, LARGEST_HALF = 0.75, 192.0
"""Half sides are this times a power of 2."""
_INTERVALS = LEVELS[-1] - 1
_MARGIN = 1.1


@dataclass(frozen=True, slots=True)
class StartBox:
    """All starts within `half` of the centre, along both weights."""

    u: float = 0.0
    v: float = 0.0
    half: float = 6.0

    @property
    def u_range(self) -> Range:
        """First and last value to the right."""
        return self.u - self.half, self.u + self.half

    @property
    def v_range(self) -> Range:
        """First and last value upwards."""
        return self.v - self.half, self.v + self.half

    @property
    def spacing(self) -> float:
        """Distance of neighbouring starts on the finest grid."""
        return 2.0 * self.half / _INTERVALS

    def snapped(self, point: Point) -> Point:
        """The start of the finest grid that is nearest to a point."""
        places = []
        for value, (low, high) in zip(point, (self.u_range, self.v_range), strict=True):
            whole = round((min(max(value, low), high) - low) / self.spacing)
            places.append(low + whole * self.spacing + 0.0)
        return places[0], places[1]

    def cell(self, point: Point, rows: int, columns: int) -> tuple[int, int]:
        """Row and column of a grid's start that is nearest to a point."""
        result = []
        for value, (low, high), count in (
            (point[1], self.v_range, rows),
            (point[0], self.u_range, columns),
        ):
            share = (min(max(value, low), high) - low) / (high - low)
            result.append(round(share * (count - 1)))
        return result[0], result[1]

    def moved(self, du: float, dv: float) -> StartBox:
        """The box that much further, by whole distances of starts."""
        return StartBox(self.u + du, self.v + dv, self.half)._on_grid()

    def zoomed(self, direction: int, point: Point) -> StartBox:
        """Half (+1) or twice (-1) as large, a point staying about where it is."""
        factor = 0.5 if direction > 0 else 2.0
        half = min(max(self.half * factor, SMALLEST_HALF), LARGEST_HALF)
        factor = half / self.half
        u, v = (p + (c - p) * factor for p, c in zip(point, (self.u, self.v), strict=True))
        return StartBox(u, v, half)._on_grid()

    def _on_grid(self) -> StartBox:
        step = self.spacing
        return StartBox(round(self.u / step) * step + 0.0, round(self.v / step) * step + 0.0, self.half)


def box_around(points: Floats, least_half: float = 6.0) -> StartBox:
    """The smallest box around the origin that holds points (m, 2) with a little room."""
    finite = points[np.isfinite(points)]
    reach = float(np.abs(finite).max(initial=0.0)) * _MARGIN
    half = least_half
    while half < min(reach, LARGEST_HALF):
        half *= 2.0
    return StartBox(half=half)
