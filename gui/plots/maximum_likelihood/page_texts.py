"""The words and formulas of the pages in the language in use."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.distributions import Gaussian
from engine.document.state import ClassInfo
from engine.specs import ModelSpec
from gui.formulas import fixed_text, loss_name, loss_text, percent_text
from gui.i18n import class_name, translate
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.data import LabelView, Outcome
from gui.plots.maximum_likelihood.parameter_data import BARE, ParameterView, Trouble
from gui.plots.sample_formulas import probability_template
from gui.widgets.segmented import Segment


def page_segments() -> list[Segment]:
    """The switch between the three pages."""
    return [
        Segment(
            "data",
            translate("MaximumLikelihoodTab", "this data"),
            translate("MaximumLikelihoodTab", "The assumed distribution on the samples at hand"),
        ),
        Segment(
            "parameter",
            translate("MaximumLikelihoodTab", "one parameter"),
            translate("MaximumLikelihoodTab", "Likelihood and NLL as one parameter changes"),
        ),
        Segment(
            "training",
            translate("MaximumLikelihoodTab", "while training"),
            translate("MaximumLikelihoodTab", "The likelihood of the whole data, step by step"),
        ),
    ]


def outcome_heading(outcome: Outcome, classes: Sequence[ClassInfo]) -> str:
    """Who or where it is: 172.4 cm, 81.0 kg: needs a diet."""
    place = translate(
        "MaximumLikelihoodTab",
        "{height} cm, {weight} kg",
        height=fixed_text(outcome.height_cm, 1),
        weight=fixed_text(outcome.weight_kg, 1),
    )
    if outcome.sample_id is None:
        return place
    if outcome.label is None or outcome.label >= len(classes):
        return translate("MaximumLikelihoodTab", "{place}: no label", place=place)
    name = class_name(classes[outcome.label])
    return translate("MaximumLikelihoodTab", "{place}: {name}", place=place, name=name)


def outcome_formula(view: LabelView, outcome: Outcome) -> str:
    """P(y | x) of a sample with its numbers; without a label, the parameter alone."""
    p = outcome.probability
    own, rest = float(p[view.positive]), outcome.rest(view.positive)
    if view.choice.distribution == "categorical":
        if outcome.label is None or outcome.label >= len(p):
            return rf"p_1 + \cdots + p_K = ⟦{p.sum():.2f}⟧"
        of_label, others = float(p[outcome.label]), outcome.rest(outcome.label)
        text = probability_template(of_label, others)
        return rf"P(y \mid x) = p_y = {text},\quad {{-}}\ln = ⟦{_minus_log(of_label, others)}⟧"
    value = probability_template(own, rest)
    if outcome.label is None:
        return rf"p = {value}"
    is_positive = outcome.label == view.positive
    if view.choice.is_pretence:
        y = int(is_positive)
        squared = loss_text((rest if is_positive else own) ** 2)
        return rf"(y - p)^2 = (⟦{y}⟧ - {value})^2 = ⟦{squared}⟧"
    of_label, others = (own, rest) if is_positive else (rest, own)
    text = probability_template(of_label, others)
    return rf"P(y \mid x) = {text},\quad {{-}}\ln = ⟦{_minus_log(of_label, others)}⟧"


def _minus_log(probability: float, rest: float) -> str:
    """Minus the logarithm of a probability, from the rest of it where that has more digits."""
    if probability <= 0.0:
        return "∞"
    return loss_text(-math.log1p(-rest) if probability > 0.5 else -math.log(probability))


def label_note(view: LabelView, outcome: Outcome, classes: Sequence[ClassInfo]) -> str:
    """What is to be seen in the bars."""
    if view.is_smoothed:
        return smoothed_sentence()
    if view.choice.distribution == "categorical":
        if not outcome.adds_up:
            return translate(
                "MaximumLikelihoodTab",
                "These are K Bernoulli distributions, one a class: they need not add up to 1, so they are no "
                "Categorical.",
            )
        return translate(
            "MaximumLikelihoodTab",
            "p₁, p₂, … add up to 1 at every x. Only the bar of a sample's own class counts in the "
            "likelihood.",
        )
    lead = ""
    if len(classes) > 2 and view.positive < len(classes):
        name = class_name(classes[view.positive])
        lead = translate("MaximumLikelihoodTab", "y = 1 is “{name}”, y = 0 all others.", name=name)
    if not view.sigma > 0.0:
        return lead
    bell = Gaussian(view.sigma)
    p = float(outcome.probability[view.positive])
    outside = bell.share_below(p, 0.0) + 1.0 - bell.share_below(p, 1.0)
    pretence = translate(
        "MaximumLikelihoodTab",
        "Labels are 0 or 1: two bars. MSE takes them for Gaussian around p (dashed bell, σ² = MSE, "
        "σ = {sigma}): {share} of it below 0 or above 1, and none of it in a bar.",
        sigma=fixed_text(view.sigma, 2),
        share=percent_text(outside),
    )
    return f"{lead} {pretence}".strip()


def smoothed_sentence() -> str:
    """What the likelihood is of while labels are smoothed."""
    return translate(
        "MaximumLikelihoodTab",
        "Label smoothing is on: the loss of the run, and with it the likelihood here, is that of softened "
        "labels, not of 0 and 1.",
    )


def parameter_choices(
    keys: Sequence[str], choice: Choice, model: ModelSpec, classes: Sequence[ClassInfo], positive: int
) -> list[tuple[str, str]]:
    """The parameters to choose from, by their keys."""
    weights = (
        translate("MaximumLikelihoodTab", "weight for height"),
        translate("MaximumLikelihoodTab", "weight for body weight"),
        translate("MaximumLikelihoodTab", "bias"),
    )
    result = []
    for key in keys:
        if key == BARE:
            result.append((key, _bare_name(choice, classes, positive)))
        elif key == "sigma":
            result.append((key, translate("MaximumLikelihoodTab", "σ around the model")))
        elif key == "slope":
            result.append((key, translate("MaximumLikelihoodTab", "slope of the line (kg per cm)")))
        else:
            row, column = divmod(int(key), 3)
            is_named = not model.is_binary and row < len(classes)
            name = f"{class_name(classes[row])}: {weights[column]}" if is_named else weights[column]
            result.append((key, name))
    return result


def _bare_name(choice: Choice, classes: Sequence[ClassInfo], positive: int) -> str:
    if choice.distribution == "gaussian":
        return translate("MaximumLikelihoodTab", "μ alone, the same for every x")
    if choice.distribution == "categorical" and positive < len(classes):
        name = class_name(classes[positive])
        return translate("MaximumLikelihoodTab", "p of “{name}” alone, the same for every x", name=name)
    return translate("MaximumLikelihoodTab", "p alone, the same for every x")


def parameter_symbol(key: str, choice: Choice) -> str:
    """A parameter in LaTeX."""
    if key == BARE:
        return {"bernoulli": "p", "categorical": "p_k", "gaussian": r"\mu"}[choice.distribution]
    return {"sigma": r"\sigma", "slope": "w"}.get(key, "w")


def peak_mark(view: ParameterView) -> str:
    """What the peak is called in the plot."""
    if view.key == BARE:
        return translate("MaximumLikelihoodTab", "sample mean")
    if view.key == "sigma":
        return translate("MaximumLikelihoodTab", "√MSE")
    if view.key == "slope":
        return translate("MaximumLikelihoodTab", "least squares")
    return translate("MaximumLikelihoodTab", "peak")


def peak_sentence(view: ParameterView, choice: Choice) -> str:
    """What both curves have in common, or why there is no peak."""
    if view.grows > 0:
        return translate(
            "MaximumLikelihoodTab", "No peak: the likelihood grows for ever as this weight grows."
        )
    if view.grows < 0:
        return translate(
            "MaximumLikelihoodTab", "No peak: the likelihood grows for ever as this weight falls."
        )
    if view.curve.peak is None:
        return translate("MaximumLikelihoodTab", "This weight changes nothing for these samples.")
    if view.key == BARE and choice.is_pretence:
        return translate(
            "MaximumLikelihoodTab",
            "One μ for all: the sample mean, as for a Bernoulli. The two part ways once μ changes with x.",
        )
    if view.key == BARE:
        return translate("MaximumLikelihoodTab", "Peak and valley stand at one place: the sample mean of y.")
    if view.key == "sigma":
        return translate(
            "MaximumLikelihoodTab", "Peak and valley stand at one place: σ² = MSE around the model."
        )
    if view.key == "slope":
        return translate(
            "MaximumLikelihoodTab",
            "Lines through the middle of the samples: the likeliest slope is that of least squares.",
        )
    return translate(
        "MaximumLikelihoodTab",
        "The peak of the likelihood is the valley of {loss}: one and the same weight.",
        loss=loss_name(choice.loss),
    )


def trouble_sentence(trouble: Trouble, choice: Choice) -> str:
    """What is missing for a curve of one parameter."""
    if trouble == "no_samples":
        return needs_samples() if choice.target == "weight" else needs_labels()
    return translate(
        "MaximumLikelihoodTab",
        "All these samples have the same value: a Gaussian needs some spread. Add samples that differ.",
    )


def needs_labels() -> str:
    """What Bernoulli and Categorical need."""
    return translate(
        "MaximumLikelihoodTab",
        "Bernoulli and Categorical need samples with a label: add some on the canvas. The Gaussian on body "
        "weight needs none.",
    )


def needs_samples() -> str:
    """What the regression needs."""
    return translate(
        "MaximumLikelihoodTab", "The regression of weight on height needs samples: add some on the canvas."
    )


def needs_categorical() -> str:
    """Why a curve of the run is not there for a Bernoulli of one class among many."""
    return translate(
        "MaximumLikelihoodTab",
        "The run records the loss of all classes together: choose Categorical to see its likelihood.",
    )
