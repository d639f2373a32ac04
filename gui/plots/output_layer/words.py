"""What the output layer tab says: names, formulas and sentences."""

from __future__ import annotations

from collections.abc import Sequence

from engine.specs import ModelKind
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.output_layer.logit_choice import Answers, LogitChoice, all_ones, one_negative
from gui.widgets.segmented import Segment

FORMULAS: dict[ModelKind, str] = {
    "softmax": r"\frac{e^{z_k}}{\sum_j e^{z_j}}",
    "absolute": r"\frac{|z_k|}{\sum_j |z_j|}",
    "square": r"\frac{z_k^2}{\sum_j z_j^2}",
    "sigmoids": r"\frac{1}{1 + e^{-z_k}}",
}
"""p_k from the logits, for each output layer."""

_JOINER = "\u2060"
PAGES = ("bars", "regions", "simplex", "race")


def explanation() -> str:
    """The tab's two sentences."""
    return translate(
        "OutputLayer",
        "One logit a class goes through four output layers, which make probabilities of it, each in its own "
        "way. Drag a logit: softmax alone has for every list of logits an answer that sums to 1 and forgets "
        "nothing of them but a constant added to all.",
    )


def layer_name(kind: ModelKind) -> str:
    """What an output layer is called."""
    if kind in ("absolute", "square"):
        return "|z|" if kind == "absolute" else "z²"
    return translate("ModelName", "softmax") if kind == "softmax" else translate("ModelName", "K sigmoids")


def short_layer_name(kind: ModelKind) -> str:
    """What an output layer is called where there is little room."""
    return translate("ModelName", "sigmoids") if kind == "sigmoids" else layer_name(kind)


def page_segments() -> list[Segment]:
    """The pages."""
    return [
        Segment(
            "bars",
            translate("OutputLayer", "Bars"),
            translate("OutputLayer", "The probabilities of all classes under each output layer"),
        ),
        Segment(
            "regions",
            translate("OutputLayer", "Regions"),
            translate("OutputLayer", "What each output layer answers where, with the present weights"),
        ),
        Segment(
            "simplex",
            translate("OutputLayer", "Simplex"),
            translate("OutputLayer", "Three probabilities that sum to 1 as a point of a triangle"),
        ),
        Segment(
            "race",
            translate("OutputLayer", "Learning"),
            translate("OutputLayer", "All four trained from the same start: how well each learns"),
        ),
    ]


def unbroken(text: str) -> str:
    """A sentence in which no line ends inside |z|."""
    return text.replace("|z|", f"|{_JOINER}z{_JOINER}|")


def logits_text(values: Sequence[float]) -> str:
    """A list of logits as (1, -1, 1)."""
    return "(" + ", ".join(fixed_text(value, 2).removesuffix(".00") for value in values) + ")"


def bars_sentence(choice: LogitChoice, answers: Answers, *, is_single_node: bool) -> str:
    """What the bars show just now."""
    n_classes = len(answers.logits)
    if not answers.logits.any():
        return translate(
            "OutputLayer",
            "Every logit is 0: |z| and z² are undefined, 0 divided by 0. Training takes p as 1/K there, with "
            "no gradient: from zeros they never start.",
        )
    twins = {all_ones(n_classes), one_negative(n_classes)}
    if choice.shift == 0.0 and {choice.own, choice.before} == twins:
        return translate(
            "OutputLayer",
            "{one} and {other} get one and the same answer from |z| and from z²: the sign is lost. Softmax "
            "and the sigmoids tell them apart.",
            one=logits_text(all_ones(n_classes)),
            other=logits_text(one_negative(n_classes)),
        )
    if choice.shift != 0.0:
        return _shift_sentence(choice.shift, answers)
    if choice.before is not None:
        return translate(
            "OutputLayer",
            "Dotted: before. In softmax a logit that rises lowers all other probabilities; of the sigmoids "
            "only its own changes; |z| and z² look at its distance from 0 alone.",
        )
    if is_single_node:
        return translate(
            "OutputLayer",
            "The model has one output node z, shown as the logits -z/2 and z/2: softmax of them is its p, "
            "exactly. |z| and z² cannot tell opposite numbers apart.",
        )
    return translate(
        "OutputLayer",
        "For softmax a larger logit is always a larger p. For |z| and z² a very negative logit counts as "
        "much as a very positive one; the sigmoids need not sum to 100 %.",
    )


def _shift_sentence(shift: float, answers: Answers) -> str:
    changed = [layer_name(kind) for kind in answers.p if not answers.is_same(kind)]
    added = f"{shift:+.10g}"
    if not changed:
        return translate(
            "OutputLayer",
            "{added} on every logit: softmax never changes with it, its only ambiguity. Here no other answer "
            "changes either.",
            added=added,
        )
    return translate(
        "OutputLayer",
        "{added} on every logit: softmax's answer stays, as for every constant. That is its only ambiguity. "
        "Changed: {names}.",
        added=added,
        names=", ".join(changed),
    )
