"""What the tab of softmax and K sigmoids says."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gui.formulas import count_text, fixed_text
from gui.i18n import translate
from gui.plots.output_layer.logit_choice import Answers
from gui.plots.output_race.work import PairMaps
from gui.widgets.segmented import Segment

Floats = NDArray[np.float64]

PAGES = ("maps", "logits", "two")


def explanation() -> str:
    """The tab's two sentences."""
    return translate(
        "OutputRace",
        "Softmax shares out a probability of 1: one class gains what the others lose. K sigmoids are K "
        "independent binary models, whose probabilities need not sum to 1: right where a person can carry "
        "several labels.",
    )


def page_segments() -> list[Segment]:
    """The pages."""
    return [
        Segment(
            "maps",
            translate("OutputRace", "Maps"),
            translate("OutputRace", "The sum of the sigmoids' probabilities, and where the answers differ"),
        ),
        Segment(
            "logits",
            translate("OutputRace", "One logit"),
            translate("OutputRace", "Drag one logit and watch both"),
        ),
        Segment(
            "two",
            translate("OutputRace", "Two classes"),
            translate("OutputRace", "With two classes softmax is the logistic model, at another rate"),
        ),
    ]


def maps_sentence(maps: PairMaps) -> str:
    """What the maps show of the samples."""
    parts = []
    if maps.samples:
        counts = {"count": count_text(maps.differing_samples), "all": count_text(maps.samples)}
        low, high = (fixed_text(total, 2) for total in maps.total_range)
        parts.append(
            translate(
                "OutputRace",
                "The answers differ for {count} of {all} samples; the sigmoids sum to {low} at each.",
                low=low,
                **counts,
            )
            if low == high
            else translate(
                "OutputRace",
                "The answers differ for {count} of {all} samples, at which the sigmoids sum to {low} to "
                "{high}.",
                low=low,
                high=high,
                **counts,
            )
        )
    if maps.several_labels:
        parts.append(
            translate(
                "OutputRace",
                "{count} samples carry a set of labels: the sigmoids learn all of it, softmax one class.",
                count=count_text(maps.several_labels),
            )
        )
    else:
        parts.append(
            translate(
                "OutputRace",
                "A person can be both tall and overweight: such labels are for sigmoids (multi-label "
                "classification).",
            )
        )
    return " ".join(parts)


def moved_index(answers: Answers, before: Floats) -> int | None:
    """Which one logit differs from those before; None if none or several do."""
    changed = np.flatnonzero(answers.logits != before)
    return int(changed[0]) if changed.size == 1 else None


def logits_sentence(answers: Answers, before: Floats | None, names: tuple[str, ...]) -> str:
    """What moving one logit has done to the other classes."""
    index = None if before is None else moved_index(answers, before)
    if index is None or before is None or answers.before is None:
        return translate(
            "OutputRace",
            "Drag one logit: in softmax all other probabilities give way; only its own sigmoid moves.",
        )
    others = np.arange(len(names)) != index
    change = answers.p["softmax"][others].sum() - answers.before["softmax"][others].sum()
    values = {
        "name": names[index],
        "old": fixed_text(float(before[index]), 2),
        "new": fixed_text(float(answers.logits[index]), 2),
        "points": fixed_text(100.0 * abs(float(change)), 1),
    }
    if answers.logits[index] > before[index]:
        return translate(
            "OutputRace",
            "z of {name} from {old} up to {new}: in softmax the other classes lost {points} points together; "
            "the other sigmoids did not move.",
            **values,
        )
    return translate(
        "OutputRace",
        "z of {name} from {old} down to {new}: in softmax the other classes gained {points} points together; "
        "the other sigmoids did not move.",
        **values,
    )


def difference_text(value: float) -> str:
    """A difference that may be of rounding alone: 0, 4.4e-16."""
    if value == 0.0 or not math.isfinite(value):
        return fixed_text(value, 0)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}"
