"""Which part of the plane is shown, and where: cm and kg to pixels and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.samples import Samples

Number = TypeVar("Number", float, NDArray[np.float64])
Range = tuple[float, float]

EMPTY_HEIGHT_CM: Range = (140.0, 200.0)
EMPTY_WEIGHT_KG: Range = (40.0, 120.0)
MIN_SPAN = 0.2
MAX_SPAN = 20_000.0
_FIT_MARGIN = 0.09
_FIT_MIN_SPAN = 10.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """The shown ranges of height (cm) and weight (kg) and the rectangle (px) that they fill."""

    height_min_cm: float = EMPTY_HEIGHT_CM[0]
    height_max_cm: float = EMPTY_HEIGHT_CM[1]
    weight_min_kg: float = EMPTY_WEIGHT_KG[0]
    weight_max_kg: float = EMPTY_WEIGHT_KG[1]
    rect: QRectF = field(default_factory=lambda: QRectF(0.0, 0.0, 1.0, 1.0))

    @property
    def height_range_cm(self) -> Range:
        """Smallest and largest height shown, in cm."""
        return self.height_min_cm, self.height_max_cm

    @property
    def weight_range_kg(self) -> Range:
        """Smallest and largest weight shown, in kg."""
        return self.weight_min_kg, self.weight_max_kg

    @property
    def px_per_cm(self) -> float:
        """Pixels to a centimetre of height."""
        return self.rect.width() / (self.height_max_cm - self.height_min_cm)

    @property
    def px_per_kg(self) -> float:
        """Pixels to a kilogram of weight."""
        return self.rect.height() / (self.weight_max_kg - self.weight_min_kg)

    def x_of(self, height_cm: Number) -> Number:
        """Pixel column of heights."""
        return self.rect.left() + (height_cm - self.height_min_cm) * self.px_per_cm

    def y_of(self, weight_kg: Number) -> Number:
        """Pixel row of weights; larger weights stand higher."""
        return self.rect.bottom() - (weight_kg - self.weight_min_kg) * self.px_per_kg

    def point(self, height_cm: float, weight_kg: float) -> QPointF:
        """Pixel of one place."""
        return QPointF(self.x_of(height_cm), self.y_of(weight_kg))

    def height_at(self, x: float) -> float:
        """Height in cm of a pixel column."""
        return self.height_min_cm + (x - self.rect.left()) / self.px_per_cm

    def weight_at(self, y: float) -> float:
        """Weight in kg of a pixel row."""
        return self.weight_min_kg + (self.rect.bottom() - y) / self.px_per_kg

    def rect_of(self, height_range_cm: Range, weight_range_kg: Range) -> QRectF:
        """Pixel rectangle of a rectangle in cm and kg."""
        left, right = (self.x_of(height) for height in height_range_cm)
        bottom, top = (self.y_of(weight) for weight in weight_range_kg)
        return QRectF(left, top, right - left, bottom - top)

    def in_rect(self, rect: QRectF) -> Viewport:
        """The same ranges in another rectangle."""
        return replace(self, rect=rect)

    def with_ranges(self, height_range_cm: Range, weight_range_kg: Range) -> Viewport:
        """Other ranges in the same rectangle; spans are held to what floats and eyes can tell apart."""
        height, weight = _held(height_range_cm), _held(weight_range_kg)
        return replace(
            self,
            height_min_cm=height[0], height_max_cm=height[1],
            weight_min_kg=weight[0], weight_max_kg=weight[1],
        )  # fmt: skip

    def zoomed(
        self, factor: float, x: float, y: float, *, height: bool = True, weight: bool = True
    ) -> Viewport:
        """Show `1 / factor` of the span, the place under pixel (x, y) staying where it is."""
        height_cm, weight_kg = self.height_at(x), self.weight_at(y)
        return self.with_ranges(
            _scaled(self.height_range_cm, height_cm, factor if height else 1.0),
            _scaled(self.weight_range_kg, weight_kg, factor if weight else 1.0),
        )

    def panned(self, dx: float, dy: float) -> Viewport:
        """Move what is shown by (dx, dy) pixels."""
        delta_cm, delta_kg = -dx / self.px_per_cm, dy / self.px_per_kg
        return replace(
            self,
            height_min_cm=self.height_min_cm + delta_cm, height_max_cm=self.height_max_cm + delta_cm,
            weight_min_kg=self.weight_min_kg + delta_kg, weight_max_kg=self.weight_max_kg + delta_kg,
        )  # fmt: skip

    def fitted(self, samples: Samples) -> Viewport:
        """Show all samples with a margin, from round number to round number."""
        extent = samples.extent
        if extent is None:
            return self.with_ranges(EMPTY_HEIGHT_CM, EMPTY_WEIGHT_KG)
        return self.with_ranges(round_range(*extent[:2]), round_range(*extent[2:]))


def nice_step(span: float, parts: float) -> float:
    """The smallest of 1, 2, 5 x 10^k that cuts `span` into at most `parts` parts."""
    raw = span / max(parts, 1.0)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= raw * (1 - 1e-9))


def round_range(low: float, high: float) -> Range:
    """A range around [low, high] with a margin, its ends on round numbers."""
    span = max((high - low) * (1 + 2 * _FIT_MARGIN), _FIT_MIN_SPAN)
    middle = (low + high) / 2
    step = nice_step(span, 30)
    return (
        math.floor((middle - span / 2) / step) * step,
        math.ceil((middle + span / 2) / step) * step,
    )


def _scaled(ends: Range, fixed: float, factor: float) -> Range:
    return fixed + (ends[0] - fixed) / factor, fixed + (ends[1] - fixed) / factor


def _held(ends: Range) -> Range:
    span = ends[1] - ends[0]
    held = min(max(span, MIN_SPAN), MAX_SPAN)
    if held == span:
        return ends
    middle = (ends[0] + ends[1]) / 2
    return middle - held / 2, middle + held / 2
