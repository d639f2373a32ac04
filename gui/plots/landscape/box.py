"""The rectangle of a landscape that is looked at: chosen by itself without wobbling, or by the person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Range = tuple[float, float]

LEAST_HALF_SPAN = 2.5
"""Half of the shortest side that the automatic box has, in units of a weight."""
MARGIN = 0.22
"""Room that a new automatic box leaves at each side, as a share of what it holds."""
KEPT_MARGIN = 0.04
"""Room that is left at each side, as a share of the box, before it moves."""
TOO_LARGE = 2.6
"""An automatic box this many times longer than a new one would be is given up."""
SMALLEST_SPAN, LARGEST_SPAN = 1e-3, 1e4
_ASPECT_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of two weights: `u` to the right, `v` upwards."""

    u_range: Range
    v_range: Range

    @property
    def u_span(self) -> float:
        """Width, in units of a weight."""
        return self.u_range[1] - self.u_range[0]

    @property
    def v_span(self) -> float:
        """Height, in units of a weight."""
        return self.v_range[1] - self.v_range[0]

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.u_span / self.v_span

    def fractions(self, points: Floats) -> Floats:
        """Where points (..., 2) lie: 0 at the low ends, 1 at the high ends."""
        low = np.array([self.u_range[0], self.v_range[0]])
        result: Floats = (points - low) / np.array([self.u_span, self.v_span])
        return result

    def holds(self, points: Floats, margin: float = 0.0) -> bool:
        """Whether all points (m, 2) lie inside, `margin` (a share of the box) away from every side."""
        fractions = self.fractions(points)
        return bool(((fractions >= margin) & (fractions <= 1.0 - margin)).all())

    def moved(self, du: float, dv: float) -> Box:
        """The box that much further."""
        return Box((self.u_range[0] + du, self.u_range[1] + du), (self.v_range[0] + dv, self.v_range[1] + dv))

    def zoomed(self, factor: float, u: float, v: float) -> Box:
        """The box `factor` times as large, (u, v) staying where it is; held within what can be computed."""
        spans = (self.u_span, self.v_span)
        factor = min(max(factor, SMALLEST_SPAN / min(spans)), LARGEST_SPAN / max(spans))
        return Box(
            (u + (self.u_range[0] - u) * factor, u + (self.u_range[1] - u) * factor),
            (v + (self.v_range[0] - v) * factor, v + (self.v_range[1] - v) * factor),
        )

    def with_aspect(self, aspect: float) -> Box:
        """The smallest box around this one that is `aspect` times as wide as high."""
        u_half = max(self.u_span, self.v_span * aspect) / 2
        v_half = u_half / aspect
        u, v = sum(self.u_range) / 2, sum(self.v_range) / 2
        return Box((u - u_half, u + u_half), (v - v_half, v + v_half))


def automatic_box(points: Floats, aspect: float, old: Box | None = None) -> Box:
    """A box with room around points (m, 2), one unit of u as long on the screen as one of v.

    Parameters
    ----------
    points : ndarray of shape (m, 2)
        Those that are not finite do not count.
    aspect : float
        Width by height of the plot.
    old : Box, optional
        Kept while it holds the points with a little room and is not far too large, so that the view stands
        still while a path grows.
    """
    finite = points[np.isfinite(points).all(axis=1)] if len(points) else points
    if not len(finite):
        finite = np.zeros((1, 2))
    low, high = finite.min(axis=0), finite.max(axis=0)
    half = np.maximum((high - low) * (0.5 + MARGIN), LEAST_HALF_SPAN)
    middle = (low + high) / 2
    new = Box(
        (float(middle[0] - half[0]), float(middle[0] + half[0])),
        (float(middle[1] - half[1]), float(middle[1] + half[1])),
    ).with_aspect(aspect)
    if old is None or abs(old.aspect / aspect - 1.0) > _ASPECT_TOLERANCE:
        return new
    still_fits = old.holds(finite, KEPT_MARGIN) and old.u_span <= TOO_LARGE * new.u_span
    return old if still_fits else new


class BoxKeeper:
    """The box of a view: automatic until the person zooms or moves it, and again when asked for.

    Attributes
    ----------
    box : Box or None
        None before the first points came.
    is_automatic : bool
    """

    def __init__(self) -> None:
        self.box: Box | None = None
        self.is_automatic = True

    def follow(self, points: Floats, aspect: float) -> Box:
        """Hold these points (m, 2) if the box is automatic; keep to the plot's shape in any case."""
        if self.box is None or self.is_automatic:
            self.box = automatic_box(points, aspect, self.box)
        elif abs(self.box.aspect / aspect - 1.0) > _ASPECT_TOLERANCE:
            self.box = self.box.with_aspect(aspect)
        return self.box

    def zoom(self, factor: float, u: float, v: float) -> None:
        """Take the box into the person's hand: `factor` times as large around (u, v)."""
        if self.box is not None:
            self.box, self.is_automatic = self.box.zoomed(factor, u, v), False

    def move(self, du: float, dv: float) -> None:
        """Take the box into the person's hand: that much further."""
        if self.box is not None:
            self.box, self.is_automatic = self.box.moved(du, dv), False

    def release(self) -> None:
        """Choose the box anew from the next points."""
        self.box, self.is_automatic = None, True
