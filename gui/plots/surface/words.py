"""What the surface tab says in words: its two sentences, its formulas, and a person moved across the line."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.decision_regions import Line, clip_line
from engine.specs import RIVAL_KINDS, ModelKind
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.surface.model import STEP, Crossing, SurfaceModel, crossing_at

MOVED_KG = 0.1

STEP_FORMULA = r"p = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}"
SIGMOID_FORMULA = r"p = \frac{1}{1 + e^{-z}}"
STEEP_FORMULA = r"p = \frac{1}{1 + e^{-kz}}"
PLANE_FORMULA = r"z = w_1 x_1 + w_2 x_2 + b"
HIDDEN_FORMULA = r"z = w \cdot a + b"
RIVAL_FORMULAS: dict[ModelKind, str] = {
    "absolute": r"p_c = \frac{|z_c|}{\sum_j |z_j|}",
    "square": r"p_c = \frac{z_c^2}{\sum_j z_j^2}",
}
LARGEST_SIZE_FORMULA = r"p_c = \begin{cases} 1 & |z_c| = \max_j |z_j| \\ 0 & \text{else} \end{cases}"
LARGEST_FORMULA = r"p_c = \begin{cases} 1 & z_c = \max_j z_j \\ 0 & \text{else} \end{cases}"
SOFTMAX_FORMULA = r"p_c = \frac{e^{z_c}}{\sum_j e^{z_j}}"
STEEP_SOFTMAX_FORMULA = r"p_c = \frac{e^{k z_c}}{\sum_j e^{k z_j}}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as LaTeX and as it is read aloud."""

    latex: str
    spoken: str


def step_formula(*, is_binary: bool, kind: ModelKind = "softmax") -> Formula:
    """The unit step function, or with several classes the largest logit; of softmax's rivals, by its size."""
    if is_binary:
        return Formula(STEP_FORMULA, translate("Surface", "p is 1 where z is at least 0, and 0 elsewhere"))
    if kind in RIVAL_KINDS:
        spoken = translate("Surface", "p is 1 where this class's logit has the largest size, and 0 elsewhere")
        return Formula(LARGEST_SIZE_FORMULA, spoken)
    return Formula(
        LARGEST_FORMULA,
        translate("Surface", "p is 1 where this class has the largest logit, and 0 elsewhere"),
    )


def smooth_formula(steepness: float, *, is_binary: bool, kind: ModelKind = "softmax") -> Formula:
    """The sigmoid or softmax of k times the logits, or what a rival of softmax makes of them for any k."""
    if steepness == STEP:
        return step_formula(is_binary=is_binary, kind=kind)
    if kind in RIVAL_KINDS:
        spoken = (
            translate("Surface", "p is the size of this class's logit over the sum of all sizes")
            if kind == "absolute"
            else translate("Surface", "p is the square of this class's logit over the sum of all squares")
        )
        return Formula(RIVAL_FORMULAS[kind], spoken)
    if is_binary:
        latex = SIGMOID_FORMULA if steepness == 1.0 else STEEP_FORMULA
        return Formula(latex, translate("Surface", "p is 1 over 1 plus e to the minus k z"))
    latex = SOFTMAX_FORMULA if steepness == 1.0 else STEEP_SOFTMAX_FORMULA
    return Formula(latex, translate("Surface", "p is e to the k z of this class over the sum of all of them"))


def logit_formula(*, is_linear: bool) -> Formula:
    """The logit as a linear function of height and weight, or of the last hidden layer."""
    if is_linear:
        return Formula(
            PLANE_FORMULA, translate("Surface", "z is w1 times height plus w2 times weight plus b")
        )
    return Formula(
        HIDDEN_FORMULA, translate("Surface", "z is the weighted sum of the last hidden layer plus b")
    )


def step_name(*, is_binary: bool, kind: ModelKind = "softmax") -> str:
    """What the cliff is called."""
    if kind in RIVAL_KINDS:
        return translate("Surface", "Largest size")
    return translate("Surface", "Unit step function") if is_binary else translate("Surface", "Largest logit")


def smooth_name(steepness: float, *, is_binary: bool, kind: ModelKind = "softmax") -> str:
    """What the hill is called; at the end of the steepness it is the cliff."""
    if steepness == STEP:
        return step_name(is_binary=is_binary, kind=kind)
    if kind in RIVAL_KINDS:
        return "|z| / Σ|z|" if kind == "absolute" else "z² / Σz²"
    return translate("Surface", "Sigmoid") if is_binary else translate("Surface", "Softmax")


def explanation(*, is_binary: bool, is_linear: bool, kind: ModelKind = "softmax") -> str:
    """What one is looking at, in two sentences."""
    if kind in RIVAL_KINDS:
        return translate(
            "Surface",
            "The probability of one class over height and weight under a rival of softmax: it is 0 along the "
            "line where the class's logit is 0 and rises on both sides of it. Larger logits of all classes "
            "change nothing, so that steepness has no effect.",
        )
    if not is_binary:
        return translate(
            "Surface",
            "The probability of one class over height and weight: softmax makes a smooth hill of the logits, "
            "and the steeper it gets the more it becomes the cliff around the largest logit. The samples of "
            "that class stand at 1, all others at 0.",
        )
    if not is_linear:
        return translate(
            "Surface",
            "With the same weights the step activation at the output is a cliff, whose slope is 0 everywhere "
            "else, and the sigmoid a smooth hill with the same decision boundary. Hidden layers bend the "
            "logit z, which is no plane any more, and with it the boundary.",
        )
    return translate(
        "Surface",
        "With the same weights the step activation is a cliff, whose slope is 0 everywhere else, and the "
        "sigmoid a smooth hill with the same straight decision boundary, steepest (1/4) at z = 0. "
        "The logit z is a flat plane over height and weight, and the sigmoid bends it into that hill.",
    )


def crossing_sentence(model: SurfaceModel, steepness: float, height_cm: float | None) -> str:
    """What a little weight across the line does to p under both activations, with the numbers of this model.

    Parameters
    ----------
    height_cm : float or None
        Of the person to move; None, or a height at which the line leaves the picture, takes one on the line.
    """
    row = model.row
    if row is None:
        return ""
    if row[0] == row[1] == 0.0:
        return translate(
            "Surface", "Both weights are 0: p is the same everywhere, and there is no line to cross."
        )
    place = height_on_line(model, height_cm)
    if place is None:
        return translate("Surface", "The line z = 0 lies outside this picture.")
    crossing = crossing_at(model, place, MOVED_KG, steepness)
    if crossing is None:
        return translate("Surface", "The line stands upright: no change of body weight crosses it.")
    return _crossing_text(crossing)


def height_on_line(model: SurfaceModel, height_cm: float | None) -> float | None:
    """A height (cm) at which the line z = 0 is in the picture: the one wished for, else the middle's."""
    row = model.row
    if row is None:
        return None
    a, b, c = row.tolist()
    low_kg, high_kg = model.weight_range_kg
    if height_cm is not None and b != 0.0 and low_kg <= -(a * height_cm + c) / b <= high_kg:
        return height_cm
    ends = clip_line(Line(a, b, c), model.height_range_cm, model.weight_range_kg)
    return None if ends is None else (ends[0][0] + ends[1][0]) / 2


def percent_pair(before: float, after: float) -> tuple[str, str]:
    """Two probabilities as percentages with as many decimals as it takes to tell them apart, at most 6.

    No line breaks before the sign.
    """
    for decimals in range(7):
        texts = (fixed_text(100.0 * before, decimals), fixed_text(100.0 * after, decimals))
        is_sharp = before in (0.0, 1.0) and after in (0.0, 1.0)
        if is_sharp or (texts[0] != texts[1] and decimals >= 1):
            break
    return f"{texts[0]}\u00a0%", f"{texts[1]}\u00a0%"


def steepness_text(steepness: float) -> str:
    """The steepness as it stands beside its slider: k = 1, k = 2.5, k = ∞."""
    return "k = ∞" if math.isinf(steepness) else f"k = {steepness:g}"


def _crossing_text(crossing: Crossing) -> str:
    step, smooth = percent_pair(*crossing.step), percent_pair(*crossing.sigmoid)
    return translate(
        "Surface",
        "{moved} kg more across the line, at {height} cm from {before} to {after} kg: "
        "step {step_before} → {step_after}, sigmoid {before_share} → {after_share}.",
        moved=f"{MOVED_KG:g}",
        height=f"{crossing.height_cm:.1f}",
        before=f"{crossing.before_kg:.2f}",
        after=f"{crossing.after_kg:.2f}",
        step_before=step[0],
        step_after=step[1],
        before_share=smooth[0],
        after_share=smooth[1],
    )
