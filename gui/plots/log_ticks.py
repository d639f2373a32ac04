"""Ticks that a person reads: 0.05, 0.1, 0.2, 0.5, 1 on a log axis, round steps on a linear one."""

from __future__ import annotations

import itertools
import math

NICE_STEPS = (1.0, 2.0, 2.5, 5.0)
_FULL_DECADE = (1.0, 2.0, 5.0)
_SMALLEST_GAP_DECADES = math.log10(2.0)


def linear_ticks(low: float, high: float, max_count: int, *, whole: bool = False) -> list[float]:
    """Return at most `max_count` round numbers in [low, high], evenly apart.

    Parameters
    ----------
    low, high : float
        Finite, low < high.
    max_count : int
        At least 1.
    whole : bool
        Whole numbers only (steps).
    """
    step = _nice_step((high - low) / max(max_count, 1), whole=whole)
    while True:
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        if last - first + 1 <= max(max_count, 1):
            return [_clean(index * step, step) for index in range(first, last + 1)]
        step = _nice_step(step * 1.001, whole=whole)


def log_ticks(low: float, high: float, length_px: float, min_gap_px: float) -> list[float]:
    """Return ticks for a log axis, each at least `min_gap_px` from its neighbours.

    1, 2, 5 in each decade where they fit, else whole decades, else every second, third ... decade.
    A range with fewer than two of those gets round numbers evenly apart.

    Parameters
    ----------
    low, high : float
        Positive and finite, low < high.
    length_px, min_gap_px : float
        Length of the axis and of a label along it, with its margin.
    """
    decades = math.log10(high / low)
    decade_px = length_px / decades
    if decade_px * _SMALLEST_GAP_DECADES >= min_gap_px:
        ticks = _decade_ticks(low, high, _FULL_DECADE)
    else:
        every = max(1, math.ceil(min_gap_px / decade_px - 1e-9))
        powers = _decade_ticks(low, high, (1.0,))
        ticks = [power for power in powers if round(math.log10(power)) % every == 0]
        if len(ticks) < 2:
            ticks = powers[::every]
    if len(ticks) >= 2 or decades >= 1.0:
        return ticks
    return _ticks_in_short_range(low, high, length_px, min_gap_px)


def tick_texts(ticks: list[float], *, log: bool) -> list[str]:
    """Return a label for each tick; on a linear axis all have the same number of decimals."""
    if log or len(ticks) < 2:
        return [_plain_text(value) for value in ticks]
    step = min(abs(b - a) for a, b in itertools.pairwise(ticks))
    if max(map(abs, ticks)) >= 1e6 or step < 1e-4:
        return [_plain_text(value) for value in ticks]
    decimals = _decimals_of(step)
    return [f"{value:,.{decimals}f}" for value in ticks]


def _nice_step(at_least: float, *, whole: bool) -> float:
    if whole:
        at_least = max(at_least, 1.0)
    magnitude = 10.0 ** math.floor(math.log10(at_least))
    for scale in (magnitude, magnitude * 10.0):
        for nice in NICE_STEPS:
            step = nice * scale
            if step >= at_least * (1 - 1e-9) and (not whole or step == round(step)):
                return step
    raise ValueError(f"no round step is at least {at_least}")


def _decade_ticks(low: float, high: float, factors: tuple[float, ...]) -> list[float]:
    first = math.floor(math.log10(low) + 1e-9)
    last = math.ceil(math.log10(high) - 1e-9)
    values = [float(f"{factor:g}e{power}") for power in range(first, last + 1) for factor in factors]
    return [value for value in values if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def _ticks_in_short_range(low: float, high: float, length_px: float, min_gap_px: float) -> list[float]:
    """Evenly spaced numbers whose closest pair, the upper one on a log axis, is far enough apart."""
    pixels_per_unit = length_px / math.log(high / low)
    for count in range(max(2, int(length_px / min_gap_px)), 1, -1):
        ticks = linear_ticks(low, high, count)
        if len(ticks) < 2 or pixels_per_unit * math.log(ticks[-1] / ticks[-2]) >= min_gap_px:
            return ticks
    return linear_ticks(low, high, 1)


def _clean(value: float, step: float) -> float:
    """Take off the rounding error of a product: 0.30000000000000004 becomes 0.3."""
    return round(value, max(0, 2 - math.floor(math.log10(step)))) + 0.0


def _decimals_of(step: float) -> int:
    return next(d for d in range(9) if abs(step * 10**d - round(step * 10**d)) < 1e-6 * 10**d * step)


def _plain_text(value: float) -> str:
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return f"{value:,.10g}"
