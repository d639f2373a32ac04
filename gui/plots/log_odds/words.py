"""What the log-odds tab says in words: its explanation, what one more unit does, and the place pointed at."""

from __future__ import annotations

import math

import numpy as np

from engine.log_odds import OddsFactors, odds_of
from gui.formulas import fixed_text, odds_text, probability_text, scientific_text
from gui.i18n import translate
from gui.plots.log_odds.field import LogOddsField
from gui.widgets.segmented import Segment


def explanation() -> str:
    """The tab's two sentences."""
    return translate(
        "LogOdds",
        "The log-odds ln(p / p of the reference) of two classes are a plane over height and weight: that is "
        "softmax regression. Its zero line is where both are equally probable; its weights say by what each "
        "kg and each cm multiplies the odds.",
    )


def page_segments() -> list[Segment]:
    """The three pages."""
    return [
        Segment(
            "map",
            translate("LogOdds", "Map"),
            translate("LogOdds", "Lines of equal log-odds over height and weight"),
        ),
        Segment(
            "space", translate("LogOdds", "3-D"), translate("LogOdds", "The log-odds as a surface in space")
        ),
        Segment(
            "softmax",
            translate("LogOdds", "Back to p"),
            translate("LogOdds", "Solve all log-odds for p, with the sum 1: that gives softmax"),
        ),
    ]


def factor_text(factor: float) -> str:
    """A factor between odds: 1.23, 0.941, 18.7, with more digits where it is close to 1."""
    if math.isnan(factor):
        return "–"
    if math.isinf(factor):
        return "∞"
    if factor >= 99_999.5 or factor < 0.000995:
        return "0" if factor == 0.0 else scientific_text(factor)
    if factor >= 99.95:
        return f"{factor:,.0f}"
    if factor >= 9.995:
        return f"{factor:.1f}"
    distance = abs(factor - 1.0)
    if 0.0 < distance < 0.0995:
        return f"{factor:.{min(max(1 - math.floor(math.log10(distance)), 2), 5)}f}"
    if factor >= 0.0995:
        return f"{factor:.2f}" if factor >= 0.995 else f"{factor:.3f}"
    return f"{factor:.3g}"


def factor_sentences(factors: OddsFactors, stds: tuple[float, float] | None, first: str, second: str) -> str:
    """The plane's weights in words.

    Parameters
    ----------
    stds : (float, float) or None
        Standard deviations of height (cm) and weight (kg); None where samples are used as given.
    first, second : str
        Names of the class and of the reference.
    """
    units = translate(
        "LogOdds",
        "One more kg multiplies the odds of {first} against {second} by {kg}, one more cm by {cm}.",
        first=first,
        second=second,
        kg=factor_text(factors.per_kg),
        cm=factor_text(factors.per_cm),
    )
    if stds is None:
        return units
    deviations = translate(
        "LogOdds",
        "One more standard deviation: of weight ({std_kg} kg) by {kg}, of height ({std_cm} cm) by {cm}.",
        std_kg=fixed_text(stds[1], 1),
        std_cm=fixed_text(stds[0], 1),
        kg=factor_text(factors.per_std_weight),
        cm=factor_text(factors.per_std_height),
    )
    return f"{units} {deviations}"


def bent_sentences(field: LogOddsField, height_cm: float, weight_kg: float) -> str:
    """Why the log-odds are no plane, and what one more unit does at one place."""
    per_cm, per_kg = field.one_more(height_cm, weight_kg)
    sentences = [_why_bent(field)]
    if math.isfinite(per_cm) and math.isfinite(per_kg):
        sentences.append(
            translate(
                "LogOdds",
                "From {height} cm, {weight} kg one more kg multiplies the odds by {kg}, one more cm by {cm}; "
                "elsewhere by another factor.",
                height=fixed_text(height_cm, 1),
                weight=fixed_text(weight_kg, 1),
                kg=factor_text(odds_of(per_kg)),
                cm=factor_text(odds_of(per_cm)),
            )
        )
    return " ".join(sentences)


def infinite_sentence() -> str:
    """What the step's log-odds are."""
    return translate(
        "LogOdds",
        "The step answers p = 0 or p = 1: its log-odds are minus or plus infinity, and no weight can be read "
        "as a factor.",
    )


def equal_sentence(first: str, second: str) -> str:
    """The plane of equal weights."""
    return translate(
        "LogOdds",
        "{first} and {second} have the same weights: the log-odds are 0 everywhere, without a zero line.",
        first=first,
        second=second,
    )


def place_sentence(field: LogOddsField, height_cm: float, weight_kg: float, first: str, second: str) -> str:
    """Log-odds, odds and both probabilities at one place."""
    value = float(field.at(np.array([height_cm]), np.array([weight_kg]))[0])
    p = field.probabilities_at(height_cm, weight_kg)
    return translate(
        "LogOdds",
        "{height} cm, {weight} kg: ln-odds {value}, odds {odds}, p({first}) {p_first}, "
        "p({second}) {p_second}",
        height=fixed_text(height_cm, 1),
        weight=fixed_text(weight_kg, 1),
        value=fixed_text(value, 2),
        odds=odds_text(value) if math.isfinite(value) else fixed_text(odds_of(value), 0),
        first=first,
        second=second,
        p_first=probability_text(float(p[field.first])),
        p_second=probability_text(float(p[field.second])),
    )


def derivation_sentence(field: LogOddsField) -> str:
    """What solving the log-odds gives for this model."""
    kind = field.model.kind
    if kind == "sigmoids":
        return translate(
            "LogOdds",
            "The probabilities of K sigmoids need not sum to 1: solving gives p divided by that sum, another "
            "p.",
        )
    if kind == "step":
        return infinite_sentence()
    if kind in ("absolute", "square"):
        return translate(
            "LogOdds",
            "Solving gives p back, as it does for all p that sum to 1; but here ln(p / p of the reference) "
            "is not a difference of logits, so what comes out is not softmax of them.",
        )
    if field.model.n_classes == 2:
        return translate(
            "LogOdds",
            "With two classes that is the sigmoid of the log-odds: softmax is the inverse of the log-odds as "
            "the sigmoid is of the logit.",
        )
    return translate(
        "LogOdds",
        "So softmax is the inverse of the log-odds, as the sigmoid is of the logit. Every reference gives "
        "the same p.",
    )


def _why_bent(field: LogOddsField) -> str:
    kind = field.model.kind
    if kind == "sigmoids":
        return translate(
            "LogOdds",
            "K sigmoids: the log-odds are no plane, as each p bends by itself. Only the zero line is "
            "straight.",
        )
    if kind == "mlp":
        return translate(
            "LogOdds",
            "Hidden layers bend the logit: the log-odds are no plane over height and weight.",
        )
    return translate(
        "LogOdds",
        "A p from the size of the logits alone: the log-odds are no plane. Two lines have the value 0, where "
        "the logits are equal and where they are opposite.",
    )
