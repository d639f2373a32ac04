"""The log-odds as formulas with their numbers, and the way from them back to softmax."""

from __future__ import annotations

from gui.formulas import FormulaDecimals, fixed_text
from gui.plots.log_odds.field import LogOddsField

SOLVED_STEPS: tuple[str, ...] = (
    r"\ell_k = \ln\frac{p_k}{p_r} \;\Rightarrow\; p_k = p_r\, e^{\ell_k}",
    r"\sum_k p_k = 1 \;\Rightarrow\; p_r = \frac{1}{\sum_j e^{\ell_j}}",
)
"""From log-odds against a reference r to probabilities; true for every p that sums to 1."""

_Z_DECIMALS = 3


def ratio_template(field: LogOddsField) -> str:
    """The log-odds of the pair, and what they are by the model's own formula."""
    return rf"\ln\frac{{p_{field.first}}}{{p_{field.second}}} = {_by_logits(field)}"


def plane_template(field: LogOddsField, decimals: FormulaDecimals) -> str:
    """The plane in cm and kg, as what follows in the line; empty where there is none."""
    if field.plane is None:
        return ""
    per_cm, per_kg, bias = field.plane.tolist()
    terms = (
        rf"{_signed(per_cm, decimals.weight, first=True)}\,\mathrm{{cm}}",
        rf"{_signed(per_kg, decimals.weight)}\,\mathrm{{kg}}",
        _signed(bias, decimals.bias),
    )
    return f"= {' '.join(terms)}"


def standardized_template(field: LogOddsField) -> str:
    """The plane's weights in z-scores; empty where there is none."""
    if field.plane_z is None:
        return ""
    height, weight, bias = (f"⟦{fixed_text(value, _Z_DECIMALS)}⟧" for value in field.plane_z.tolist())
    return rf"w = ({height},\; {weight}),\quad b = {bias}"


def logits_template(field: LogOddsField, height_cm: float, weight_kg: float) -> str:
    """The two logits at one place, of models whose log-odds are no difference of them."""
    values = field.logits_at(height_cm, weight_kg)[:, 0]
    if len(values) == 1:
        return rf"z = ⟦{fixed_text(float(values[0]), 2)}⟧"
    first, second = field.first, field.second
    one, other = (fixed_text(float(values[index]), 2) for index in (first, second))
    return rf"z_{first} = ⟦{one}⟧,\quad z_{second} = ⟦{other}⟧"


def result_step(field: LogOddsField) -> str:
    """The last line of the way back: softmax of the logits where the log-odds are differences of them."""
    solved = r"p_k = \frac{e^{\ell_k}}{\sum_j e^{\ell_j}}"
    if field.model.kind == "softmax":
        return solved + r" = \frac{e^{z_k - z_r}}{\sum_j e^{z_j - z_r}} = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    if field.model.is_binary:
        return solved + r",\qquad p_1 = \frac{e^z}{1 + e^z} = \frac{1}{1 + e^{-z}}"
    return solved


def _by_logits(field: LogOddsField) -> str:
    first, second = field.first, field.second
    kind = field.model.kind
    if kind == "sigmoids":
        return rf"\ln\sigma(z_{first}) - \ln\sigma(z_{second})"
    if kind == "absolute":
        return rf"\ln|z_{first}| - \ln|z_{second}|"
    if kind == "square":
        return rf"2\ln|z_{first}| - 2\ln|z_{second}|"
    if kind == "step":
        return r"\pm\infty"
    if field.model.is_binary:
        return "z" if first == 1 else "{-}z"
    return f"z_{first} - z_{second}"


def _signed(value: float, decimals: int, *, first: bool = False) -> str:
    """A term of a sum: its sign as an operator, unless it comes first."""
    text = fixed_text(value, decimals)
    if first:
        return f"⟦{text}⟧"
    return f"- ⟦{text[1:]}⟧" if text.startswith("-") else f"+ ⟦{text}⟧"
