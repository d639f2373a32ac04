"""What the entropy tab says in words and formulas."""

from __future__ import annotations

import math

from engine.optimum.optimum import Optimum
from engine.specs import SMOOTHED_KINDS, ModelSpec
from gui.formulas import count_text, fixed_text, loss_name, loss_text
from gui.i18n import message_text, translate
from gui.plots.entropy.data import EntropyView, SampleView
from gui.plots.sample_formulas import number_template
from gui.widgets.segmented import Segment


def explanation() -> str:
    """The tab's two sentences."""
    return translate(
        "Entropy",
        "Cross-entropy is the entropy of the labels plus the KL divergence of the model from them: "
        "H(y) + KL(y ‖ p). No model passes H(y); training removes as much of KL as this model can.",
    )


def page_segments() -> list[Segment]:
    """The two pages."""
    return [
        Segment(
            "run",
            translate("Entropy", "Over the run"),
            translate("Entropy", "H(y) and KL(y ‖ p) stacked, step by step"),
        ),
        Segment(
            "samples",
            translate("Entropy", "Sample by sample"),
            translate("Entropy", "H(y) and KL(y ‖ p) of each sample, and which classes its terms come from"),
        ),
    ]


def split_template(model: ModelSpec, entropy: float, divergence: float) -> str:
    """The sum with its numbers."""
    parts = " + ".join(number_template(value) for value in (entropy, divergence))
    name = loss_name(model.likelihood)
    total = number_template(entropy + divergence)
    return rf"\mathrm{{{name}}} = H(y) + \mathrm{{KL}}(y \parallel p) = {parts} = {total}"


def bound_sentence(view: EntropyView) -> str:
    """What H(y) is, and why."""
    bound = view.pooled.bound
    if math.isnan(bound):
        return translate("Entropy", "There are no training samples.")
    if bound == 0.0:
        if view.mixed_count == 0 and view.data.label_set is not None:
            return translate(
                "Entropy", "All targets are 0 or 1: H(y) = 0, so all of the loss is KL divergence."
            )
        return translate("Entropy", "One-hot labels: H(y) = 0, so all of the loss is KL divergence.")
    reasons = []
    if view.data.label_smoothing:
        reasons.append(
            translate("Entropy", "labels are smoothed, ε = {eps}", eps=f"{view.data.label_smoothing:.3g}")
        )
    if view.mixed_count:
        reasons.append(
            translate(
                "Entropy",
                "{count} samples share height and weight with one of another label",
                count=count_text(view.mixed_count),
            )
        )
    return translate(
        "Entropy",
        "No model passes H(y) = {bound}: {reasons}.",
        bound=loss_text(bound),
        reasons="; ".join(reasons),
    )


def optimum_sentence(view: EntropyView, optimum: Optimum | None, *, is_shown: bool) -> str:
    """How far the model is from its own optimum, and how far that is from the bound.

    Parameters
    ----------
    optimum : Optimum or None
        None while it is not known.
    is_shown : bool
        Whether the person asked for it.
    """
    if not is_shown or math.isnan(view.pooled.bound):
        return ""
    if optimum is None:
        return translate("Entropy", "The optimum is being found.")
    if optimum.parameters is None:
        return message_text(optimum.message)
    bound, divergence = view.split.means
    left = max(optimum.cross_entropy - bound, 0.0)
    above = max(bound + divergence - optimum.cross_entropy, 0.0)
    return translate(
        "Entropy",
        "This model's optimum is {optimum}: {left} of KL is left that it cannot remove. Now it is {above} "
        "above its optimum.",
        optimum=loss_text(optimum.cross_entropy),
        left=loss_text(left),
        above=loss_text(above),
    )


def sample_heading(sample: SampleView, *, is_worst: bool) -> str:
    """Which sample the table is of."""
    if is_worst:
        return translate("Entropy", "The worst predicted sample")
    if sample.is_mixed:
        return translate("Entropy", "{count} equal samples, labels pooled", count=count_text(sample.count))
    return translate("Entropy", "This sample")


def sample_template(sample: SampleView) -> str:
    """One sample's sum, short."""
    values = (sample.entropy, sample.divergence, sample.entropy + sample.divergence)
    entropy, divergence, total = map(number_template, values)
    return rf"H + \mathrm{{KL}} = {entropy} + {divergence} = {total}"


def table_headers(model: ModelSpec) -> tuple[str, ...]:
    """Above target, p and term; K sigmoids have a second term for "not this class"."""
    term = translate("Entropy", "both terms") if model.kind == "sigmoids" else "-t ln p"
    return (translate("Entropy", "target t"), "p", term)


def table_cells(target: float, p: float, term: float) -> tuple[str, ...]:
    """One class's numbers."""
    return (fixed_text(target, 3), fixed_text(p, 3), "0" if term == 0.0 else loss_text(term))


def terms_sentence(model: ModelSpec, sample: SampleView) -> str:
    """Which terms count."""
    if model.kind == "sigmoids":
        return translate(
            "Entropy",
            "K sigmoids: every class is a question of its own and adds -t ln p - (1 - t) ln(1 - p).",
        )
    if sample.entropy > 0.0:
        return translate("Entropy", "With soft labels the terms of all classes with t > 0 count.")
    return translate(
        "Entropy",
        "Only the true class's term counts: 0 · ln p is 0. That is enough to shape all p, as they sum to 1: "
        "what raises this one lowers the others.",
    )


def smoothing_tooltip(model: ModelSpec) -> str:
    """What label smoothing does, or that this model knows none."""
    if model.kind not in SMOOTHED_KINDS:
        return translate(
            "Entropy", "This model is trained on the labels as they are: it knows no label smoothing"
        )
    return translate(
        "Entropy",
        "Label smoothing: targets t = (1 - ε) y + ε / K in place of the labels y. It raises H(y), and "
        "training goes on with the softer targets",
    )


def duplicate_tooltip(count: int) -> str:
    """What the button does, or what it needs."""
    if not count:
        return translate(
            "Entropy",
            "Select a sample on the canvas or in the strip first. An equal sample with another label is one "
            "that no model can tell apart: H(y) rises",
        )
    return translate(
        "Entropy",
        "Add a sample at the same height and weight, with the next class. No model can tell the two apart: "
        "H(y) rises",
    )
