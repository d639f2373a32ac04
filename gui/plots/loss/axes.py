"""Axes of the loss plot: ranges that stand still while a curve grows, and where a value lies on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.plots.log_ticks import linear_ticks, log_ticks, tick_texts

Floats = NDArray[np.float64]

SHORTEST_STEP_RANGE = 20
MAX_DECADES = 12
_STEP_STOPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_VALUE_STOPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_LOG_STOPS = (1.0, 2.0, 5.0, 10.0)
_FILLED = 0.4


@dataclass(frozen=True, slots=True)
class Axis:
    """A range [low, high], linear or logarithmic; `percent` shows shares, `whole` has whole ticks only.

    `is_endless` is for values that are all 0 or infinite: those are its ends, with nothing between.
    """

    low: float
    high: float
    log: bool = False
    percent: bool = False
    whole: bool = False
    is_endless: bool = False

    def fraction(self, values: Floats) -> Floats:
        """Return where values lie: 0 at low, 1 at high.

        Values outside, zero and infinity included, go to an end; NaN stays NaN: there is nothing to draw.
        """
        if self.log:
            inside = np.clip(values, self.low, self.high)
            return np.asarray(np.log(inside / self.low) / math.log(self.high / self.low))
        return np.asarray((np.clip(values, self.low, self.high) - self.low) / (self.high - self.low))

    def value_at(self, fraction: float) -> float:
        """Return the value at a fraction of the axis; inverse of `fraction`."""
        if self.log:
            return float(self.low * (self.high / self.low) ** fraction)
        return self.low + (self.high - self.low) * fraction

    def ticks(self, length_px: float, min_gap_px: float) -> list[tuple[float, str]]:
        """Return (fraction, label) of each tick; labels `min_gap_px` long or shorter never overlap."""
        if length_px < 1:
            return []
        if self.is_endless:
            return [(0.0, "0"), (1.0, "∞")]
        if self.log:
            values = log_ticks(self.low, self.high, length_px, min_gap_px)
            if len(values) < 2 and length_px >= min_gap_px:
                values = [self.low, self.high]  # round numbers, as `value_axis` and `step_axis` make them
        else:
            count = max(2, int(length_px / min_gap_px) + 1)
            values = linear_ticks(self.low, self.high, count, whole=self.whole)
            if len(values) > 1 and length_px / (self.high - self.low) * (values[1] - values[0]) < min_gap_px:
                values = linear_ticks(self.low, self.high, count - 1, whole=self.whole)
        shown = [100 * value for value in values] if self.percent else values
        texts = [f"{text} %" if self.percent else text for text in tick_texts(shown, log=self.log)]
        fractions = self.fraction(np.array(values)).tolist()
        return list(zip(fractions, texts, strict=True))


def step_axis(last_step: int, *, log: bool = False) -> Axis:
    """Return the axis of steps: it grows by jumps, so that the curve is at rest between them.

    On a log axis step 0 lies at the left end, with step 1.
    """
    longest = max(last_step, SHORTEST_STEP_RANGE)
    return Axis(1.0 if log else 0.0, _stop_above(float(longest), _STEP_STOPS), log=log, whole=True)


def value_axis(values: Floats, *, log: bool, percent: bool) -> Axis:
    """Return an axis that holds all finite values (on a log axis, all positive ones).

    Where the only values are 0 and infinity, as the step model's BCE has, its ends are those.

    Parameters
    ----------
    values : ndarray
        Any shape; minima and maxima of the curves, and the floors.
    percent : bool
        The values are shares from 0 to 1; a linear axis ends at 100 % at most.
    """
    finite = values[np.isfinite(values)]
    if np.isposinf(values).any() and not finite.any():
        return Axis(0.0, 1.0, is_endless=True)
    if log:
        return _log_axis(finite[finite > 0], percent=percent)
    highest = float(finite.max(initial=0.0))
    top = _stop_above(highest, _VALUE_STOPS) if highest > 0 else 1.0
    if percent:
        top = next(stop for stop in (0.05, 0.1, 0.25, 0.5, 1.0) if stop >= min(top, 1.0))
    return Axis(0.0, top, percent=percent)


def steady_axis(low: float, high: float, before: Axis | None, least_span: float) -> Axis:
    """A linear axis around values from `low` to `high`, with ends on round numbers.

    The one before stays while the values fit in and fill most of it, so that it is at rest while they move.
    """
    span = max(high - low, least_span)
    if before is not None and before.low <= low and high <= before.high:
        if span >= _FILLED * (before.high - before.low):
            return before
    step = 10.0 ** math.floor(math.log10(span))
    step *= next(factor for factor in (0.2, 0.5, 1.0, 2.0) if factor * step >= span / 5.0)
    return Axis(math.floor((low - 0.1 * span) / step) * step, math.ceil((high + 0.02 * span) / step) * step)


def _log_axis(positive: Floats, *, percent: bool) -> Axis:
    if not positive.size:
        return Axis(0.01, 1.0, log=True, percent=percent)
    high = _stop_above(float(positive.max()), _LOG_STOPS)
    if percent:
        high = min(high, 1.0)
    low = max(_stop_below(float(positive.min()), _LOG_STOPS), high * 10.0**-MAX_DECADES)
    return Axis(low if low < high * 0.51 else high / 2, high, log=True, percent=percent)


def _stop_above(value: float, stops: tuple[float, ...]) -> float:
    magnitude = _power_of_ten(value)
    return next(float(f"{stop * magnitude:.6g}") for stop in stops if stop * magnitude >= value * (1 - 1e-9))


def _stop_below(value: float, stops: tuple[float, ...]) -> float:
    magnitude = _power_of_ten(value)
    return next(
        float(f"{stop * magnitude:.6g}") for stop in reversed(stops) if stop * magnitude <= value * (1 + 1e-9)
    )


def _power_of_ten(value: float) -> float:
    return float(10.0 ** math.floor(math.log10(value) + 1e-12))
