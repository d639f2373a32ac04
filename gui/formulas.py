"""Numbers as a person reads them, and formulas with enough digits to be worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from engine.specs import LossName

LOGIT_TOLERANCE = 0.01
Z_SCORE_DECIMALS = 3
"""Enough for standardised weights: over |z-score| <= 9 the logit by hand is within 0.01."""

_MAX_ODDS = 999_999.5
_NO_NUMBER = "–"
_SHARE_DECIMALS = 12
"""To so many a share is exact: beyond, 39 / 200 and 1 - 161 / 200 differ."""


def count_text(count: int) -> str:
    """Return a whole number with its thousands apart: 1,240."""
    return f"{count:,}"


def fixed_text(value: float, decimals: int) -> str:
    """Return `value` with fixed decimals and never a negative zero; a dash for NaN."""
    if math.isnan(value):
        return _NO_NUMBER
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


def percent_text(share: float) -> str:
    """Return a counted share (0 to 1) as a percentage; 0 % and 100 % only when they are exact.

    Within one per cent of either end it has one decimal, so that one wrong sample in 300 still shows.
    """
    if math.isnan(share):
        return _NO_NUMBER
    if share in (0.0, 1.0):
        return f"{share:.0%}".replace("%", " %")
    return probability_text(share)


def probability_text(probability: float) -> str:
    """Return a probability as a percentage: 82 %; never 0 % or 100 %, which no sigmoid reaches.

    One share is shown as one text, whichever way it was worked out. Half a per cent goes to the even one,
    so that a share and what it lacks to 1 still make 100 %: 0.195 is 20 %, 0.805 is 80 %.
    """
    if math.isnan(probability):
        return _NO_NUMBER
    shown = Decimal(f"{probability:.{_SHARE_DECIMALS}f}")
    if shown <= Decimal("0.0005"):
        return "< 0.1 %"
    if shown >= Decimal("0.9995"):
        return "> 99.9 %"
    decimals = 1 if shown < Decimal("0.0095") or shown >= Decimal("0.9905") else 0
    percent = (100 * shown).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return f"{percent} %"


def odds_text(logit: float) -> str:
    """Return odds = p / (1 - p) = e^logit as 4.9 : 1, or as 1 : 4.9 below even."""
    if math.isnan(logit):
        return _NO_NUMBER
    ratio = math.exp(min(abs(logit), 700.0))
    if ratio >= _MAX_ODDS:
        side = "> 1,000,000"
    else:
        side = f"{ratio:.1f}" if ratio < 99.95 else f"{ratio:,.0f}"
    return f"{side} : 1" if logit >= 0 else f"1 : {side}"


def logit_text(logit: float) -> str:
    """Return a logit with two decimals."""
    return fixed_text(logit, 2)


def loss_text(loss: float) -> str:
    """Return a loss with about three digits, small ones included: 12.3, 0.236, 0.0043, 2.1e-7."""
    if not math.isfinite(loss):
        return fixed_text(loss, 0)
    size = abs(loss)
    if size == 0.0:
        return "0"
    if size >= 99_999.5:
        return scientific_text(loss)
    if size >= 99.95:
        return f"{loss:,.0f}"
    if size >= 0.9995:
        return f"{loss:.1f}" if size >= 9.995 else f"{loss:.2f}"
    if size >= 0.00995:
        return f"{loss:.3f}"
    return f"{loss:.4f}" if size >= 0.000995 else scientific_text(loss)


def scientific_text(value: float) -> str:
    """Return a number as 2.1e-7, without the padding zeros of the exponent."""
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}"


@dataclass(frozen=True, slots=True)
class FormulaDecimals:
    """Decimals of a formula in cm and kg: of the two weights, and of the bias."""

    weight: int
    bias: int


def formula_decimals(
    height_max_cm: float, weight_max_kg: float, tolerance: float = LOGIT_TOLERANCE
) -> FormulaDecimals:
    """Return the fewest decimals with which the logit can be worked out by hand to `tolerance`.

    A number rounded to d decimals is wrong by at most 10^-d / 2. The bias may use up half of the tolerance;
    the weights, times the largest height and weight (in absolute value), share the other half. The result
    depends on the canvas alone, so the digits do not dance while training runs.

    Raises
    ------
    ValueError
        If the tolerance is not positive.
    """
    if tolerance <= 0:
        raise ValueError("the tolerance must be positive")
    reach = max(abs(height_max_cm) + abs(weight_max_kg), 1.0)
    return FormulaDecimals(
        weight=max(0, math.ceil(math.log10(reach / tolerance) - 1e-9)),
        bias=max(0, math.ceil(-math.log10(tolerance) - 1e-9)),
    )


def linear_text(terms: Sequence[tuple[str, str]], constant: str) -> str:
    """Join a linear formula's right side: "-0.240 cm + 0.245 kg + 23.0".

    Parameters
    ----------
    terms : sequence of (number, name)
        Numbers as text, a minus sign in front of negative ones.
    constant : str
        The number that stands alone at the end.
    """
    parts = [f"{number} {name}" for number, name in terms] + [constant]
    joined = parts[0]
    for part in parts[1:]:
        joined += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
    return joined


def logit_formula(
    row: Sequence[float], decimals: FormulaDecimals, height_name: str, weight_name: str, symbol: str = "z"
) -> str:
    """Return a logit in original units as "z = -0.24013 cm + 0.24512 kg + 23.03".

    Parameters
    ----------
    row : sequence of 3 floats
        Weight per cm, weight per kg, bias.
    decimals : FormulaDecimals
        From `formula_decimals`.
    height_name, weight_name : str
        The features' names in the language in use.
    """
    per_cm, per_kg, bias = row
    terms = [
        (fixed_text(per_cm, decimals.weight), height_name),
        (fixed_text(per_kg, decimals.weight), weight_name),
    ]
    return f"{symbol} = {linear_text(terms, fixed_text(bias, decimals.bias))}"


def weights_text(row: Sequence[float]) -> str:
    """Return standardised weights as "w = (-1.893, 3.004)  b = -0.519"."""
    height, weight, bias = (fixed_text(value, Z_SCORE_DECIMALS) for value in row)
    return f"w = ({height}, {weight})  b = {bias}"


def line_formula(
    row: Sequence[float], threshold: float, height_name: str, weight_name: str, height_max_cm: float
) -> str | None:
    """Return the decision line as "kg = 0.980 cm - 93.9", right to 0.1 kg over the canvas.

    The line is where the logit equals ln(t / (1 - t)) for the threshold t. None where it stands upright
    or where there is no line: the weight per kg is 0 or not finite.
    """
    per_cm, per_kg, bias = row
    if per_kg == 0 or not all(map(math.isfinite, row)):
        return None
    slope = -per_cm / per_kg
    intercept = (math.log(threshold / (1 - threshold)) - bias) / per_kg
    if not (math.isfinite(slope) and math.isfinite(intercept)):
        return None
    decimals = formula_decimals(height_max_cm, 0.0, 0.1)
    terms = [(fixed_text(slope, decimals.weight), height_name)]
    right = linear_text(terms, fixed_text(intercept, decimals.bias))
    return f"{weight_name} = {right}"


def loss_name(loss: LossName) -> str:
    """Return the term that every language uses for a loss: BCE, CE or MSE."""
    return loss.upper()
