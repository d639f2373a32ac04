"""Likelihoods as a person reads them: numbers where there are any, else powers of ten."""

from __future__ import annotations

import math

from engine.distributions import underflows
from gui.formulas import fixed_text

_LN_10 = math.log(10.0)
_PLAIN_POWERS = (-3.0, 5.0)


def likelihood_number(log_likelihood: float) -> str:
    """A likelihood with this logarithm in a template: 0.0123, or 10 to the power -34.2."""
    if math.isnan(log_likelihood):
        return "⟦–⟧"
    if log_likelihood == -math.inf:
        return "⟦0⟧"
    if log_likelihood == math.inf:
        return "⟦∞⟧"
    power = log_likelihood / _LN_10
    if _PLAIN_POWERS[0] <= power < _PLAIN_POWERS[1]:
        return f"⟦{_three_digits(math.exp(log_likelihood))}⟧"
    decimals = 1 if abs(power) < 1e4 else 0
    return f"10⟦^{power:,.{decimals}f}⟧"


def float64_number(log_likelihood: float) -> str:
    """The same as double precision holds it: exactly 0 where it underflows, infinite where it overflows."""
    if underflows(log_likelihood):
        return "⟦0⟧"
    if log_likelihood > math.log(1.7e308):
        return "⟦∞⟧"
    value = math.exp(log_likelihood)
    if 1e-3 <= value < 1e5:
        return f"⟦{_three_digits(value)}⟧"
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"⟦{mantissa}e{int(exponent)}⟧"


def sum_number(value: float) -> str:
    """A sum of logarithms in a template."""
    if not math.isfinite(value):
        return f"⟦{fixed_text(value, 0)}⟧"
    return f"⟦{value:,.0f}⟧" if abs(value) >= 1000.0 else f"⟦{fixed_text(value, 2)}⟧"


def _three_digits(value: float) -> str:
    decimals = 0 if value >= 100.0 else 1 if value >= 10.0 else 2 if value >= 1.0 else 3
    return f"{value:,.{decimals}f}" if value >= 0.01 else f"{value:.4f}"
