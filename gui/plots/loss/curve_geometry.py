"""From a loss curve's buckets to pixels: at most one point a pixel column, no minimum or maximum lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF
from shiboken6 import Shiboken

from gui.plots.loss.axes import Axis

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Curve = tuple[NDArray[np.int64], Floats, Floats, Floats]
"""Steps, minimum, maximum and last value of each bucket, in order of steps."""


@dataclass(frozen=True, slots=True, eq=False)
class CurveGeometry:
    """A curve in pixels. Own arrays, all of shape (m,): nothing of the recorder's memory is kept.

    `y_low` is the pixel of the smallest value (the larger y), `y_high` of the largest. `starts` are the
    points that no line joins to the one before: in between nothing was known.
    """

    x: Floats
    y_low: Floats
    y_high: Floats
    y: Floats
    starts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def end(self) -> tuple[float, float] | None:
        """Where the curve ends, or None where there is nothing to draw."""
        return (float(self.x[-1]), float(self.y[-1])) if self.x.size else None

    def piece(self, first: int, stop: int) -> CurveGeometry:
        """Points `first` to `stop` - 1."""
        part = slice(first, stop)
        starts = self.starts[(self.starts > first) & (self.starts < stop)] - first
        return CurveGeometry(self.x[part], self.y_low[part], self.y_high[part], self.y[part], starts)

    def stretches(self) -> list[CurveGeometry]:
        """The pieces between the gaps."""
        if not self.starts.size:
            return [self]
        return [self.piece(first, stop) for first, stop in pairwise([0, *self.starts.tolist(), self.x.size])]

    def line(self) -> QPolygonF:
        """The last values, as a polyline."""
        return _polygon(self.x, self.y)

    def envelope(self) -> QPolygonF | None:
        """The area between minimum and maximum, or None where it is thinner than a pixel throughout."""
        if not self.x.size or float(np.max(self.y_low - self.y_high)) < 1.0:
            return None
        x = np.concatenate([self.x, self.x[::-1]])
        return _polygon(x, np.concatenate([self.y_high, self.y_low[::-1]]))

    def y_range(self, x_from: float, x_to: float) -> tuple[float, float] | None:
        """Highest and lowest pixel of the curve over [x_from, x_to]; None where it is not there."""
        first = max(int(np.searchsorted(self.x, x_from)) - 1, 0)
        last = int(np.searchsorted(self.x, x_to, side="right"))
        if not self.x.size or last <= first or self.x[0] > x_to or self.x[-1] < x_from:
            return None
        return float(self.y_high[first:last].min()), float(self.y_low[first:last].max())

    def distance(self, x: float, y: float) -> float:
        """Vertical distance in pixels of a point from the curve's line, infinite beside it."""
        if not self.x.size or x < self.x[0] - 6 or x > self.x[-1] + 6:
            return float("inf")
        return abs(float(np.interp(x, self.x, self.y)) - y)


def curve_geometry(curve: Curve, x_axis: Axis, y_axis: Axis, area: QRectF) -> CurveGeometry:
    """Lay a curve out in `area`: one point a pixel column, with the column's minimum, maximum and last value.

    Buckets whose last value is NaN are left out, and the curve is interrupted there.
    """
    steps, minimum, maximum, last = curve
    known = np.flatnonzero(~np.isnan(last))
    opens = np.diff(known, prepend=known[:1]) > 1
    if known.size < last.size:
        steps, minimum, maximum, last = steps[known], minimum[known], maximum[known], last[known]
    x = area.left() + x_axis.fraction(steps.astype(np.float64)) * area.width()
    if x.size > 2:
        column = np.floor(x)
        starts = np.flatnonzero(np.concatenate([[True], column[1:] != column[:-1]]))
        ends = np.concatenate([starts[1:], [x.size]]) - 1
        x, last = x[ends], last[ends]
        minimum, maximum = np.minimum.reduceat(minimum, starts), np.maximum.reduceat(maximum, starts)
        opens = np.logical_or.reduceat(opens, starts)
    return CurveGeometry(
        x=x,
        y_low=_pixels(minimum, y_axis, area),
        y_high=_pixels(maximum, y_axis, area),
        y=_pixels(last, y_axis, area),
        starts=np.flatnonzero(opens),
    )


def nearest_bucket(steps: NDArray[np.int64], step: float) -> int:
    """Return the index of the bucket nearest to a step; `steps` must not be empty."""
    right = min(int(np.searchsorted(steps, step)), steps.size - 1)
    left = max(right - 1, 0)
    return left if step - float(steps[left]) <= float(steps[right]) - step else right


def _pixels(values: Floats, axis: Axis, area: QRectF) -> Floats:
    return area.bottom() - axis.fraction(values) * area.height()


def _polygon(x: Floats, y: Floats) -> QPolygonF:
    """Points filled in one go, as pyqtgraph does it, whose import the first frame need not wait for."""
    polygon = QPolygonF()
    if x.size:
        polygon.resize(x.size)
        byte_count = 2 * x.itemsize * x.size
        memory = Shiboken.VoidPtr(polygon.data(), byte_count, True)  # type: ignore[call-arg, arg-type]
        points = np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)  # type: ignore[call-overload]
        points[:, 0], points[:, 1] = x, y
    return polygon
