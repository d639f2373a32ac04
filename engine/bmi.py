"""The body mass index and the two rules that name its ranges: a source of labels for teaching.

BMI = weight in kg / (height in m)^2 (Quetelet 1832; Keys and others 1972). Where a class begins is a
convention: the World Health Organization takes 18.5, 25 and 30 kg/m^2, the Korean Society for the Study of
Obesity 18.5, 23 and 25. A range begins at its number: a BMI of exactly 25 is overweight under the first rule.

A range's edge, kg = cut (cm / 100)^2, is a curve over height and weight that a straight line nearly follows.
Labels made by such a rule have no chance in them, so that a model's weights grow for ever, or nearly so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import QT_TRANSLATE_NOOP

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
RuleName = Literal["who", "korean"]


@dataclass(frozen=True, slots=True)
class BmiRule:
    """Where underweight ends, and where overweight and obesity begin, in kg/m^2."""

    name: RuleName
    title: str
    cuts: tuple[float, float, float]


BMI_RULES: tuple[BmiRule, ...] = (
    BmiRule(
        "who", QT_TRANSLATE_NOOP("Bmi", "World Health Organization (18.5 / 25 / 30)"), (18.5, 25.0, 30.0)
    ),
    BmiRule(
        "korean",
        QT_TRANSLATE_NOOP("Bmi", "Korean Society for the Study of Obesity (18.5 / 23 / 25)"),
        (18.5, 23.0, 25.0),
    ),
)

CLASS_KEYS: dict[int, tuple[str, ...]] = {
    2: ("no_diet", "needs_diet"),
    3: ("underweight", "normal", "overweight"),
    4: ("underweight", "normal", "overweight", "obese"),
}
"""Built-in names of the classes for each number of classes; two are split where overweight begins."""


def bmi_rule(name: RuleName) -> BmiRule:
    """The rule of this name."""
    return next(rule for rule in BMI_RULES if rule.name == name)


def body_mass_index(height_cm: ArrayLike, weight_kg: ArrayLike) -> Floats:
    """BMI in kg/m^2, elementwise; not finite where the height is 0."""
    height_m = np.asarray(height_cm, dtype=np.float64) / 100.0
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        result: Floats = np.asarray(weight_kg, dtype=np.float64) / height_m**2
    return result


def weight_of_bmi(bmi: float, height_cm: ArrayLike) -> Floats:
    """The weight in kg at which each height in cm has this BMI: the rule's edge on the canvas."""
    result: Floats = bmi * (np.asarray(height_cm, dtype=np.float64) / 100.0) ** 2
    return result


def cuts_for(rule: BmiRule, n_classes: int) -> tuple[float, ...]:
    """The cuts that separate 2, 3 or 4 classes.

    Raises
    ------
    ValueError
        If no rule has that many classes.
    """
    if n_classes not in CLASS_KEYS:
        raise ValueError(f"a BMI rule makes 2, 3 or 4 classes, not {n_classes}")
    return rule.cuts[1:2] if n_classes == 2 else rule.cuts[: n_classes - 1]


def bmi_classes(rule: BmiRule, n_classes: int, height_cm: ArrayLike, weight_kg: ArrayLike) -> Ints:
    """Class index of each sample, shape (n,): the number of cuts that its BMI has reached.

    Raises
    ------
    ValueError
        If no rule has that many classes.
    """
    cuts = cuts_for(rule, n_classes)
    result: Ints = np.searchsorted(cuts, body_mass_index(height_cm, weight_kg), side="right").astype(np.int64)
    return result
