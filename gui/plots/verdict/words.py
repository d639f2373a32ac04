"""The words of the verdict's table: what is measured, and each number as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.snapshots import METRICS, Snapshot
from engine.specs import ModelSpec
from gui.formulas import count_text, fixed_text, loss_name, loss_text, percent_text, probability_text
from gui.i18n import translate
from gui.plots.verdict.race import Fairness
from gui.plots.verdict.work import Case, Facts, Share

NO_VALUE = "–"
WAITING = "…"
RATIO_LATEX = r"\frac{d\,\mathrm{BCE}/dz}{d\,\mathrm{MSE}/dz} = \frac{1}{2\,p\,(1-p)} \geq 2"
FACT_KEYS = ("steepest", "most_wrong", "curved", "eigenvalue", "hidden")
RUN_KEYS = ("steps", "loss", "mse", "right")
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class RowText:
    """One row: its name, what it means in full, and a value for each loss."""

    title: str
    hint: str
    values: tuple[str, str]


@dataclass(frozen=True, slots=True)
class StepsShown:
    """Steps to an accuracy, for both losses; None: not reached in `limit` steps.

    `is_trained` says which of them there are numbers for at all, `is_exact` which of them may not be fewer:
    a run that goes fast records some of its steps only.
    """

    accuracy: float
    steps: tuple[int | None, int | None]
    limit: int
    is_trained: tuple[bool, bool] = (True, True)
    is_exact: tuple[bool, bool] = (True, True)

    def text(self, column: int) -> str:
        """The steps of one loss in words."""
        steps = self.steps[column]
        if not self.is_trained[column]:
            return translate("Verdict", "not trained")
        if steps is None:
            return translate("Verdict", "not in {steps}", steps=count_text(self.limit))
        return count_text(steps) if self.is_exact[column] else f"≤ {count_text(steps)}"


def ratio_spoken() -> str:
    """Return the formula of the ratio as a screen reader says it."""
    return translate(
        "Verdict", "d BCE by d z over d MSE by d z is 1 over 2 p times 1 minus p, which is at least 2"
    )


def explanation() -> str:
    """Two sentences about what one is looking at."""
    return translate(
        "Verdict",
        "The verdict on BCE and MSE from your own run: sensitivity, curvature of the output and the hidden "
        "layers, and the steps to a common accuracy. At one learning rate BCE simply steps further, so the "
        "comparison can also give MSE a multiple of the rate, or each loss its best one.",
    )


def fact_rows(facts: Facts | None, *, is_busy: bool) -> dict[str, RowText]:
    """The rows that depend on samples and start alone."""
    empty = (WAITING, WAITING) if is_busy else (NO_VALUE, NO_VALUE)
    return {
        "steepest": RowText(
            translate("Verdict", "Sensitivity, largest when wrong"),
            translate(
                "Verdict",
                "Largest gradient |dL/dz| of a sample that is answered wrongly at the start of this run. "
                "BCE's tends to 1; MSE's is never above 8/27 = 0.296.",
            ),
            empty if facts is None else _slopes(facts.steepest),
        ),
        "most_wrong": RowText(
            _most_wrong_title(facts),
            translate(
                "Verdict",
                "The gradient |dL/dz| of the sample that the start is most confidently wrong about: "
                "BCE's is largest there, MSE's vanishes.",
            ),
            empty if facts is None else _slopes(facts.most_wrong),
        ),
        "curved": RowText(
            translate("Verdict", "Output layer: curves downwards"),
            _curved_hint(facts),
            empty if facts is None else _shares(facts.curved),
        ),
        "eigenvalue": RowText(
            translate("Verdict", "Smallest eigenvalue at the start"),
            translate(
                "Verdict",
                "Of the Hessian by all weights where this run started. Below 0 the loss curves downwards "
                "there: it is not convex.",
            ),
            empty if facts is None else _signed(facts.eigenvalues),
        ),
        "hidden": RowText(
            translate("Verdict", "Hidden layers: curve downwards"),
            translate(
                "Verdict",
                "Share of random slices through the hidden weights around the start where the loss curves "
                "downwards: mean over layers and 5 seeds, with the range. A model without hidden layers has "
                "none.",
            ),
            empty if facts is None else (_shares(facts.hidden) if facts.hidden else (NO_VALUE, NO_VALUE)),
        ),
    }


def steps_row(shown: StepsShown | None, detail: str) -> RowText:
    """The row of steps to a common accuracy."""
    hint = translate(
        "Verdict",
        "The first recorded step at which the model answers this share of the samples rightly (≤: the step "
        "before it was not recorded); the same accuracy for both losses.",
    )
    if shown is None:
        title = translate("Verdict", "Steps to a common accuracy")
        return RowText(title, hint, (NO_VALUE, NO_VALUE))
    title = translate("Verdict", "Steps to {accuracy} right", accuracy=whole_percent(shown.accuracy))
    return RowText(f"{title}, {detail}", hint, (shown.text(0), shown.text(1)))


def run_rows(snapshot: Snapshot | None, case: Case | None) -> dict[str, RowText]:
    """Losses and accuracy of the run's models at this step."""
    name = "BCE" if case is None else loss_name(case.losses[0])
    ruler = translate(
        "Verdict", "Both models measured with the same ruler: heights of different losses can't be compared."
    )
    rows = {
        "loss": (translate("Verdict", "Now, measured by {loss}", loss=name), ruler, "cross_entropy"),
        "mse": (translate("Verdict", "Now, measured by {loss}", loss="MSE"), ruler, "mse"),
        "right": (
            translate("Verdict", "Now, right answers"),
            translate("Verdict", "Accuracy at the step that is shown, on the samples trained on."),
            "error_rate",
        ),
    }
    return {
        key: RowText(title, hint, _metric(snapshot, case, METRICS.index(metric)))
        for key, (title, hint, metric) in rows.items()
    }


def fairness_detail(fairness: Fairness, rates: tuple[float | None, ...], factor: float) -> str:
    """What the row of steps adds to its name."""
    if fairness == "same":
        return translate("Verdict", "same rate")
    if fairness == "times":
        return translate("Verdict", "MSE's rate × {factor}", factor=f"{factor:g}")
    known = [NO_VALUE if rate is None else f"{float(f'{rate:.2g}'):g}" for rate in rates]
    if not known:
        return translate("Verdict", "best rates")
    return translate("Verdict", "best rates {first} and {second}", first=known[0], second=known[1])


def fairness_text(fairness: Fairness) -> str:
    """Which comparison it was, and what to think of it."""
    if fairness == "same":
        return translate(
            "Verdict",
            "Same rate for both: by the logit BCE's gradient is at least twice MSE's, so BCE simply steps "
            "further.",
        )
    if fairness == "times":
        return translate(
            "Verdict",
            "MSE at a multiple of BCE's rate: near the answer (p around 1/2) a doubled rate makes MSE equal; "
            "when the start is confidently wrong no fixed rate does.",
        )
    return translate(
        "Verdict",
        "Each loss at its best rate from 0.001 to 1,000, where it arrives soonest and stays, from this run's "
        "start: what is left of the difference is not the length of the steps.",
    )


def obstacle_text(model: ModelSpec) -> str:
    """Why there is nothing to judge: the model has no gradient, or there is no sample."""
    if model.kind == "step":
        return translate(
            "Verdict",
            "The step model has a gradient of 0 for either loss: there is nothing to compare. Choose a "
            "model with a smooth activation.",
        )
    return translate("Verdict", "There is no labelled sample to judge by.")


def part_text(used: int, all_samples: int) -> str:
    """That not all samples were measured."""
    return translate(
        "Verdict",
        "Measured on {used} of {all} samples, chosen at random.",
        used=count_text(used),
        all=count_text(all_samples),
    )


def other_steps_text() -> str:
    """That a race's steps are not those of the run on the canvas."""
    return translate(
        "Verdict",
        "These runs use gradient descent on all samples; the run on the canvas is set otherwise.",
    )


def whole_percent(share: float) -> str:
    """A share as a percentage without decimals unless it has some."""
    return f"{100 * share:.10g} %"


def _most_wrong_title(facts: Facts | None) -> str:
    if facts is None or facts.most_wrong is None:
        return translate("Verdict", "Sensitivity, most wrong answer")
    p = probability_text(facts.smallest_own)
    # Its own class's p, kept together with its sign and unit.
    p = (p if p.startswith("<") else f"= {p}").replace(" ", "\u00a0")
    return translate("Verdict", "Sensitivity, most wrong answer (p\u00a0{p})", p=p)


def _curved_hint(facts: Facts | None) -> str:
    if facts is not None and facts.box_half is not None:
        return translate(
            "Verdict",
            "Share of the box where the loss curves downwards (a negative eigenvalue of the slice's "
            "Hessian): both weights from -{half} to {half}, the bias as at the start.",
            half=f"{facts.box_half:g}",
        )
    return translate(
        "Verdict",
        "Share of random slices through the output layer's weights around the start where the loss curves "
        "downwards: mean over 5 seeds, with the range.",
    )


def _slopes(pair: tuple[float, float] | None) -> tuple[str, str]:
    """Gradients, 0 to 1: three decimals, or digits where these would be 0."""
    if pair is None:
        return NO_VALUE, NO_VALUE
    first, second = (fixed_text(slope, 3) if slope >= 0.001 else loss_text(slope) for slope in pair)
    return first, second


def _signed(pair: tuple[float, float]) -> tuple[str, str]:
    first, second = (_signed_text(0.0 if abs(value) < _ROUNDING else value) for value in pair)
    return first, second


def _signed_text(value: float) -> str:
    text = loss_text(value)
    return f"+{text}" if value > 0 else text


def _shares(pair: tuple[Share, Share]) -> tuple[str, str]:
    first, second = (_share_text(share) for share in pair)
    return first, second


def _share_text(share: Share) -> str:
    if share.low == share.high:
        return percent_text(share.mean)
    low, high = (f"{100 * value:.0f}" for value in (share.low, share.high))
    return f"{percent_text(share.mean)} ({low}–{high})"


def _metric(snapshot: Snapshot | None, case: Case | None, index: int) -> tuple[str, str]:
    """One metric of the models trained on each loss."""
    if snapshot is None or case is None:
        return NO_VALUE, NO_VALUE
    values = []
    for loss in case.losses:
        if loss not in snapshot.spec.losses:
            values.append(NO_VALUE)
            continue
        value = float(snapshot.metrics[snapshot.spec.losses.index(loss), index])
        is_error = METRICS[index] == "error_rate"
        values.append(percent_text(1.0 - value) if is_error else loss_text(value))
    return values[0], values[1]
