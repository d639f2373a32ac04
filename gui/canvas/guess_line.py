"""The geometry of the person's own line: a logit that grows evenly over the pixels, and its handles."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from engine.document.state import GuessLine
from engine.samples import SampleRows
from gui.canvas.viewport import Viewport

HANDLE_LOGIT = math.log(9.0)
"""The third handle stands where p = 90 %."""
DEFAULT_REACH_PX = 70.0
MIN_REACH_PX = 2.0
_HANDLE_SHARES = (0.2, 0.8)


@dataclass(frozen=True, slots=True)
class PixelLine:
    """A logit over pixels: z = a x + b y + c. The line is where z = 0."""

    a: float
    b: float
    c: float

    @classmethod
    def of(cls, guess: GuessLine, viewport: Viewport) -> PixelLine:
        """The same logit over the pixels of a view."""
        a, b = guess.per_cm / viewport.px_per_cm, -guess.per_kg / viewport.px_per_kg
        at_corner = guess.per_cm * viewport.height_min_cm + guess.per_kg * viewport.weight_min_kg + guess.bias
        return cls(a, b, at_corner - a * viewport.rect.left() - b * viewport.rect.bottom())

    def to_guess(self, viewport: Viewport) -> GuessLine:
        """The same logit over cm and kg; inverse of `of`."""
        per_cm, per_kg = self.a * viewport.px_per_cm, -self.b * viewport.px_per_kg
        at_corner = self.a * viewport.rect.left() + self.b * viewport.rect.bottom() + self.c
        bias = at_corner - per_cm * viewport.height_min_cm - per_kg * viewport.weight_min_kg
        return GuessLine(per_cm, per_kg, bias)

    @property
    def slope(self) -> float:
        """How much the logit grows over a pixel straight away from the line."""
        return math.hypot(self.a, self.b)

    @property
    def reach(self) -> float:
        """Pixels from the line to where p = 90 %."""
        return HANDLE_LOGIT / self.slope

    @property
    def towards(self) -> QPointF:
        """Unit vector from the line to the positive class's side."""
        return QPointF(self.a / self.slope, self.b / self.slope)

    def level(self, logit: float) -> PixelLine:
        """The parallel line where z has another value."""
        return replace(self, c=self.c - logit)

    def foot(self, point: QPointF) -> QPointF:
        """The place on the line nearest to a point."""
        distance = (self.a * point.x() + self.b * point.y() + self.c) / self.slope
        return point - self.towards * distance

    def clipped(self, rect: QRectF) -> QLineF | None:
        """The part of the line in a rectangle, or None."""
        middle = self.foot(rect.center())
        along = QPointF(-self.towards.y(), self.towards.x())
        return clipped_segment(QLineF(middle - along * 1e5, middle + along * 1e5), rect)

    def shifted(self, delta: QPointF) -> PixelLine:
        """The line moved by `delta`, as steep as before."""
        return replace(self, c=self.c - self.a * delta.x() - self.b * delta.y())

    def turned(self, pivot: QPointF, through: QPointF) -> PixelLine:
        """The line through two points, as steep as before and with the positive class on the same side."""
        way = QLineF(pivot, through)
        if way.length() < 1.0:
            return self
        a, b = -way.dy() / way.length() * self.slope, way.dx() / way.length() * self.slope
        if a * self.a + b * self.b < 0:
            a, b = -a, -b
        return PixelLine(a, b, -a * pivot.x() - b * pivot.y())

    def steepened(self, middle: QPointF, pointer: QPointF) -> PixelLine:
        """The same line with p = 90 % as far away as `pointer`; beyond the line the classes swap sides."""
        away = QPointF.dotProduct(pointer - middle, self.towards)
        slope = math.copysign(HANDLE_LOGIT / max(abs(away), MIN_REACH_PX), away)
        ratio = slope / self.slope
        return PixelLine(self.a * ratio, self.b * ratio, self.c * ratio)

    def reversed(self) -> PixelLine:
        """The same line with the classes' sides swapped."""
        return PixelLine(-self.a, -self.b, -self.c)


@dataclass(frozen=True, slots=True)
class Handles:
    """Pixels of the three handles: two turn the line, the third (where p = 90 %) sets its steepness."""

    first: QPointF
    second: QPointF
    steepness: QPointF

    @property
    def middle(self) -> QPointF:
        """Halfway between the two that turn."""
        return (self.first + self.second) / 2


def clipped_segment(line: QLineF, rect: QRectF) -> QLineF | None:
    """The part of a segment in a rectangle (Liang and Barsky 1984), or None where it misses it."""
    low, high = 0.0, 1.0
    x, y, dx, dy = line.x1(), line.y1(), line.dx(), line.dy()
    for step, room in (
        (-dx, x - rect.left()), (dx, rect.right() - x), (-dy, y - rect.top()), (dy, rect.bottom() - y),
    ):  # fmt: skip
        if step == 0.0:
            if room < 0.0:
                return None
        elif step < 0.0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    if low >= high:
        return None
    return QLineF(line.pointAt(low), line.pointAt(high))


def handles_of(
    line: PixelLine, rect: QRectF, anchors: tuple[QPointF, QPointF] | None, scale: float
) -> Handles | None:
    """Where the handles stand: on the anchors where they are in view, else spread over the visible part.

    None where the line cannot be seen. The third handle never hides under the line or beyond the view.
    """
    visible = line.clipped(rect)
    if visible is None:
        return None
    if anchors is not None and all(rect.contains(point) for point in anchors):
        first, second = (line.foot(point) for point in anchors)
    else:
        first, second = (visible.pointAt(share) for share in _HANDLE_SHARES)
    reach = min(max(line.reach, 16.0 * scale), 0.4 * min(rect.width(), rect.height()))
    return Handles(first, second, (first + second) / 2 + line.towards * reach)


def default_line(rows: SampleRows, viewport: Viewport, scale: float) -> PixelLine:
    """An upright line halfway between the two classes' mean heights, or through the middle of the view."""
    means = [
        float(rows.height_cm[rows.class_index == index].mean()) if np.any(rows.class_index == index) else None
        for index in (0, 1)
    ]
    slope = HANDLE_LOGIT / (DEFAULT_REACH_PX * scale)
    x = viewport.rect.center().x()
    if means[0] is not None and means[1] is not None:
        between = float(viewport.x_of((means[0] + means[1]) / 2))
        margin = 0.1 * viewport.rect.width()
        x = min(max(between, viewport.rect.left() + margin), viewport.rect.right() - margin)
        slope = math.copysign(slope, means[1] - means[0])
    return PixelLine(slope, 0.0, -slope * x)
