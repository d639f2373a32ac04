"""The words of the metrics tab in the language in use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.classification import ClassScores
from engine.classification_curves import Reliability, RocCurve
from engine.specs import ModelSpec
from gui.formulas import count_text, fixed_text, percent_text, probability_text
from gui.i18n import translate
from gui.model_names import model_names
from gui.plots.metrics.matrix import Cell
from gui.plots.metrics.table import Column, TablePlace, column_title, score_text, scores_of
from gui.plots.metrics.work import Answer, Part, decision_threshold, has_threshold
from gui.widgets.segmented import Segment


def explanation() -> str:
    """What one is looking at."""
    return translate(
        "Metrics",
        "Whom the model takes for whom: with a row for each label and a column for each answer, right "
        "answers lie on the diagonal; ROC and calibration judge its probabilities. On held-out samples, "
        "which training never sees, the numbers tell what it has learnt rather than memorised.",
    )


def part_segments(*, has_held_out: bool) -> list[Segment]:
    """The switch between both parts of the samples."""
    held_out_tip = (
        translate("Metrics", "The samples that training never sees")
        if has_held_out
        else translate("Metrics", "No labelled sample is held out of training yet")
    )
    return [
        Segment(
            "training",
            translate("Metrics", "Training"),
            translate("Metrics", "The samples that the model is trained on"),
        ),
        Segment("held_out", translate("Metrics", "Held out"), held_out_tip),
    ]


def page_segments() -> list[Segment]:
    """The switch of pages, where there is no room for all at once."""
    return [
        Segment(
            "confusion",
            translate("Metrics", "Confusion"),
            translate("Metrics", "Confusion matrix, precision, recall and F1"),
        ),
        Segment("roc", "ROC", translate("Metrics", "True and false positives at every threshold")),
        Segment(
            "calibration",
            translate("Metrics", "Calibration"),
            translate("Metrics", "Whether p is right as often as it says"),
        ),
    ]


def bins_segments() -> list[Segment]:
    """The switch of calibration's bins."""
    return [
        Segment(
            "width",
            translate("Metrics", "Width"),
            translate("Metrics", "Ten bins of p, each 10 % wide"),
        ),
        Segment(
            "quantile",
            translate("Metrics", "Counts"),
            translate("Metrics", "Ten bins with equally many samples each, as nearly as ties allow"),
        ),
    ]


def samples_text(count: int) -> str:
    """A number of samples."""
    if count == 1:
        return translate("Metrics", "1 sample")
    return translate("Metrics", "{count} samples", count=count_text(count))


def part_text(part: Part, count: int) -> str:
    """A number of samples of a part."""
    if part == "training":
        if count == 1:
            return translate("Metrics", "1 training sample")
        return translate("Metrics", "{count} training samples", count=count_text(count))
    if count == 1:
        return translate("Metrics", "1 held-out sample")
    return translate("Metrics", "{count} held-out samples", count=count_text(count))


def summary(answer: Answer, row: int, *, has_held_out: bool) -> str:
    """Accuracy of each model on the samples, whose the rest is, and what must be known of them."""
    question, count = answer.question, answer.count
    if not count:
        return translate("Metrics", "There is no labelled sample to judge by.")
    sentences = [_accuracy_text(answer, row, part_text(question.part, count))]
    selected = answer.models[row]
    if selected is None:
        sentences.append(
            translate("Metrics", "The model's weights are not finite numbers: it has no answers to judge.")
        )
    elif selected.undefined:
        sentences.append(
            translate(
                "Metrics",
                "{samples} without a defined p: each class counts as equally likely there.",
                samples=samples_text(selected.undefined),
            )
        )
    if answer.uncounted:
        sentences.append(
            translate(
                "Metrics",
                "{samples} with several labels or none: only the curves count them.",
                samples=samples_text(answer.uncounted),
            )
        )
    if not has_held_out:
        sentences.append(translate("Metrics", "No sample is held out."))
    return " ".join(sentences)


def _accuracy_text(answer: Answer, row: int, samples: str) -> str:
    spec = answer.question.snapshot.spec
    accuracies = [
        percent_text(float("nan") if model is None else model.scores.accuracy) for model in answer.models
    ]
    threshold = decision_threshold(spec.model_of(row), answer.question.threshold)
    has_one = threshold is not None and spec.model.kind != "step"
    rule = (
        translate("Metrics", "p ≥ {threshold}", threshold=threshold_text(threshold))
        if has_one and threshold is not None
        else translate("Metrics", "the largest p")
    )
    if spec.model.kind == "step":
        rule = "z ≥ 0"
    if len(accuracies) == 1:
        return translate(
            "Metrics",
            "Accuracy {value} on {samples} ({rule}).",
            value=accuracies[0],
            samples=samples,
            rule=rule,
        )
    both = ", ".join(f"{name} {value}" for name, value in zip(model_names(spec), accuracies, strict=True))
    return translate(
        "Metrics", "Accuracy on {samples} ({rule}): {both}.", samples=samples, rule=rule, both=both
    )


def threshold_text(threshold: float) -> str:
    """A threshold with at least two decimals, and no more than it has, up to four."""
    return f"{threshold:.2f}" if round(threshold, 2) == threshold else fixed_text(threshold, 4).rstrip("0")


def cell_sentence(cell: Cell, count: int, share: float, names: Sequence[str]) -> str:
    """What a cell of the matrix says."""
    label, answer = cell
    values = {"samples": samples_text(count), "label": names[label], "answer": names[answer]}
    if np.isnan(share):
        return translate("Metrics", "No sample is labelled {label}.", label=names[label])
    if label == answer:
        sentence = translate("Metrics", "{samples} labelled {label} answered rightly", **values)
    else:
        sentence = translate("Metrics", "{samples} labelled {label} answered {answer}", **values)
    return translate(
        "Metrics", "{sentence}: {share} of those labelled so.", sentence=sentence, share=percent_text(share)
    )


def selected_sentence(cell: Cell, count: int, step: int, names: Sequence[str]) -> str:
    """Which samples a click on a cell selected, and when: training may move the counts on."""
    return translate(
        "Metrics",
        "Selected at step {step}: {samples} labelled {label}, answered {answer}.",
        step=count_text(step),
        samples=samples_text(count),
        label=names[cell[0]],
        answer=names[cell[1]],
    )


def score_sentence(place: TablePlace, scores: ClassScores, names: Sequence[str]) -> str:
    """What a number of the table says, or why there is none."""
    row, column = place
    if row == len(names):
        return _mean_sentence(column, scores)
    name, value = names[row], float(scores_of(scores, column)[row])
    hits, support, answered = (int(one[row]) for one in (scores.hits, scores.support, scores.answered))
    if column == "support":
        return translate("Metrics", "{samples} labelled {name}.", samples=samples_text(support), name=name)
    if np.isnan(value):
        return _undefined_sentence(column, name)
    if column == "precision":
        return translate(
            "Metrics",
            "Precision: {hits} of {samples} answered {name} are labelled so.",
            hits=count_text(hits),
            samples=samples_text(answered),
            name=name,
        )
    if column == "recall":
        return translate(
            "Metrics",
            "Recall: {hits} of {samples} labelled {name} are answered so.",
            hits=count_text(hits),
            samples=samples_text(support),
            name=name,
        )
    return translate("Metrics", "F1 of {name}: the harmonic mean of its precision and recall.", name=name)


def _undefined_sentence(column: Column, name: str) -> str:
    if column == "precision":
        return translate(
            "Metrics", "No sample is answered {name}: its precision is 0 / 0, no number.", name=name
        )
    if column == "recall":
        return translate(
            "Metrics", "No sample is labelled {name}: its recall is 0 / 0, no number.", name=name
        )
    return translate(
        "Metrics", "No sample is labelled or answered {name}: its F1 is 0 / 0, no number.", name=name
    )


def _mean_sentence(column: Column, scores: ClassScores) -> str:
    if column == "support":
        return translate("Metrics", "{samples} in all.", samples=samples_text(int(scores.support.sum())))
    return translate(
        "Metrics",
        "The mean of {column} over the classes for which it is defined, each counting alike (macro average).",
        column=column_title(column),
    )


def undefined_note(scores: ClassScores, names: Sequence[str]) -> str:
    """Why some numbers are dashes; empty where none is."""
    never = [name for name, count in zip(names, scores.answered.tolist(), strict=True) if not count]
    empty = [name for name, count in zip(names, scores.support.tolist(), strict=True) if not count]
    notes = []
    if never:
        notes.append(translate("Metrics", "Never the answer: {names}.", names=", ".join(never)))
    if empty:
        notes.append(translate("Metrics", "No samples: {names}.", names=", ".join(empty)))
    if notes:
        notes.append(translate("Metrics", "– is 0 / 0: no number."))
    return " ".join(notes)


def roc_heading(curve: RocCurve, name: str) -> str:
    """The area under the curve, and whose it is."""
    return translate(
        "Metrics", "AUC {area} · {name} against the rest", area=score_text(curve.area), name=name
    )


def roc_hint(model: ModelSpec) -> str:
    """What can be done with the curve, or why nothing can."""
    if model.kind == "step":
        return translate("Metrics", "The step's p is 0 or 1: no threshold moves its answers.")
    if has_threshold(model):
        return translate("Metrics", "Click on the curve to set the threshold.")
    return translate(
        "Metrics",
        "One class against the rest: choose it in the table. The largest p decides, not a threshold, so the "
        "point of the answers need not lie on the curve.",
    )


def no_roc(name: str) -> str:
    """Why there is no curve."""
    return translate("Metrics", "A ROC curve needs samples labelled {name}, and others.", name=name)


def roc_sentence(curve: RocCurve, number: int, name: str) -> str:
    """What a point of the curve says."""
    threshold = float(curve.threshold[number])
    found, false_alarms = (
        percent_text(float(rate[number])) for rate in (curve.true_positive_rate, curve.false_positive_rate)
    )
    if not np.isfinite(threshold):
        return translate("Metrics", "Above every p: nothing is answered {name}.", name=name)
    return translate(
        "Metrics",
        "From p ≥ {threshold} on: {found} of those labelled {name} found, {alarms} of the others taken "
        "for it.",
        threshold=fixed_text(threshold, 3),
        found=found,
        name=name,
        alarms=false_alarms,
    )


def calibration_headings(found: Reliability, name: str) -> tuple[str, str]:
    """Brier score and expected calibration error: with whose they are, and without."""
    brier, error = score_text(found.brier), score_text(found.expected_error)
    short = translate("Metrics", "Brier {brier} · ECE {error}", brier=brier, error=error)
    return f"{short} · p({name})", short


def calibration_hint() -> str:
    """How to read the plot."""
    return translate(
        "Metrics",
        "On the diagonal p is right as often as it says. Lines: 95 % intervals. Bars: samples in each bin.",
    )


def bin_sentence(found: Reliability, number: int, name: str) -> str:
    """What a bin says."""
    return translate(
        "Metrics",
        "{samples} with p from {low} to {high}, {mean} on average: {share} labelled {name} "
        "(95 % interval {share_low} to {share_high}).",
        samples=samples_text(int(found.count[number])),
        low=percent_text(float(found.low[number])),
        high=percent_text(float(found.high[number])),
        mean=probability_text(float(found.mean_probability[number])),
        share=percent_text(float(found.share[number])),
        name=name,
        share_low=percent_text(float(found.share_low[number])),
        share_high=percent_text(float(found.share_high[number])),
    )
