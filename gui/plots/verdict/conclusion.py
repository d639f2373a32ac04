"""The verdict's conclusion, generated from numbers: it says no more than they support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.optimum.separability import Separation
from gui.formulas import count_text
from gui.i18n import translate
from gui.plots.verdict.race import Fairness
from gui.plots.verdict.words import StepsShown, whole_percent

Outcome = Literal["waiting", "diverged", "one_loss", "at_start", "none", "close", "first", "second"]

CLOSE_RATIO = 1.5
CLOSE_STEPS = 3
"""Numbers of steps that differ by no more than this factor, or this many steps, are called close."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the conclusion is drawn from.

    Attributes
    ----------
    name : str
        Of the first loss, BCE or CE.
    shown : StepsShown or None
        None while nothing is known.
    fairness : Fairness
    is_diverged : bool
        The run at hand diverged.
    separable : Separation or None
    best_accuracy : float or None
    guess_accuracy : float
        Of answering the largest class always.
    """

    name: str
    shown: StepsShown | None
    fairness: Fairness
    is_diverged: bool = False
    separable: Separation | None = None
    best_accuracy: float | None = None
    guess_accuracy: float = 0.0


def outcome(finding: Finding) -> Outcome:
    """Who arrived first, "first" being BCE (CE) and "second" MSE; "none" if nobody did."""
    shown = finding.shown
    if finding.is_diverged and finding.fairness == "same":
        return "diverged"
    if shown is None or (shown.limit == 0 and None in shown.steps):
        return "waiting"
    if not all(shown.is_trained):
        return "one_loss"
    first, second = shown.steps
    if first is None and second is None:
        return "none"
    if first is None:
        return "second"
    if second is None:
        return "first"
    if first == second == 0:
        return "at_start"
    few, many = min(first, second), max(first, second)
    if many <= CLOSE_RATIO * few or many - few <= CLOSE_STEPS:
        return "close"
    return "first" if first < second else "second"


def conclusion(finding: Finding) -> str:
    """The conclusion in a sentence or two."""
    kind = outcome(finding)
    shown = finding.shown
    if kind == "waiting" or shown is None:
        return translate("Verdict", "Train, and the verdict is drawn from your own run.")
    names = {"first": finding.name, "second": "MSE"}
    accuracy, limit = whole_percent(shown.accuracy), count_text(shown.limit)
    if kind == "diverged":
        return translate("Verdict", "This run diverged: no verdict. A smaller learning rate comes first.")
    if kind == "one_loss":
        return translate(
            "Verdict", "This run trains one loss only: compare both, or choose one of the other comparisons."
        )
    if kind == "at_start":
        return translate(
            "Verdict",
            "Both are {accuracy} right from the start, which decides nothing: choose a start that is wrong.",
            accuracy=accuracy,
        )
    if kind == "none":
        return translate(
            "Verdict",
            "Neither is {accuracy} right in {limit} steps: no verdict yet.",
            accuracy=accuracy,
            limit=limit,
        )
    if kind == "close":
        return translate(
            "Verdict",
            "On these samples the two are close: {first} steps with {loss}, {second} with MSE. Which loss to "
            "use is a choice, and it tells where the start is confidently wrong.",
            first=count_text(shown.steps[0] or 0),
            second=count_text(shown.steps[1] or 0),
            loss=names["first"],
        )
    return _one_is_ahead(shown, kind, names)


def notes(finding: Finding) -> list[str]:
    """What must be said beside the conclusion, so that it is not taken for more than it is."""
    result = []
    if finding.separable == "complete":
        result.append(
            translate(
                "Verdict",
                "A straight line separates these samples: both losses tend to 0 while the weights grow for "
                "ever, so the losses now only tell how long training went on.",
            )
        )
    elif finding.separable == "quasi":
        result.append(
            translate(
                "Verdict",
                "A straight line splits off part of these samples: part of the weights grow for ever while "
                "the accuracy stays.",
            )
        )
    best = finding.best_accuracy
    if best is not None and best < finding.guess_accuracy + 0.05:
        result.append(
            translate(
                "Verdict",
                "No straight line does much better here than one answer for everybody: steps to an accuracy "
                "say little.",
            )
        )
    return result


def _one_is_ahead(shown: StepsShown, kind: Outcome, names: dict[str, str]) -> str:
    ahead = 0 if kind == "first" else 1
    fast, slow = names[kind], names["second" if kind == "first" else "first"]
    few, many = shown.steps[ahead], shown.steps[1 - ahead]
    accuracy = whole_percent(shown.accuracy)
    assert few is not None
    if many is None:
        numbers = translate(
            "Verdict",
            "{fast} is {accuracy} right by step {few}, {slow} not in {limit} steps.",
            fast=fast,
            slow=slow,
            accuracy=accuracy,
            few=count_text(few),
            limit=count_text(shown.limit),
        )
    else:
        numbers = translate(
            "Verdict",
            "{fast} is {accuracy} right by step {few}, {slow} by step {many}.",
            fast=fast,
            slow=slow,
            accuracy=accuracy,
            few=count_text(few),
            many=count_text(many),
        )
    return f"{numbers} {_moral(kind, names['first'])}"


def _moral(kind: Outcome, name: str) -> str:
    if kind == "first":
        return translate(
            "Verdict",
            "Which loss to use is a choice, but it decides how hard training is, and for classification "
            "{loss} is the natural one.",
            loss=name,
        )
    return translate(
        "Verdict",
        "Here MSE is ahead: which loss to use is a choice, and what it changes depends on samples, start and "
        "rate.",
    )
