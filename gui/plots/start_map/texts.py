"""The words of the start map: what arrives means here, how much of the map does, and what single runs did."""

from __future__ import annotations

from collections.abc import Sequence

from engine.batched_descent import NOT_REACHED
from engine.specs import TrainingSpec
from engine.start_map import StartMap
from gui.formulas import count_text, loss_name, loss_text, percent_text
from gui.i18n import translate
from gui.plots.start_map.box import Point
from gui.plots.start_map.work import Goal, MapAnswer, RunsAnswer, StartRun


def explanation() -> str:
    """Two sentences about what one is looking at."""
    return translate(
        "StartMap",
        "Each point is a start of training, its colour the number of steps that gradient descent takes from "
        "there until the loss is next to its minimum. Under MSE some starts do not get there in time: on a "
        "plateau the gradient is almost 0, in a local minimum it is exactly 0; BCE, convex in the output "
        "layer, has neither.",
    )


def reached_text(found: StartMap) -> str:
    """From how many of the starts training arrives."""
    return translate("StartMap", "{share} arrive", share=percent_text(found.reached_share))


def not_reached_text(max_steps: int) -> str:
    """What the hatching means."""
    return translate("StartMap", "not in {steps} steps", steps=count_text(max_steps))


def goal_text(goals: Sequence[Goal]) -> str:
    """When a run has arrived."""
    if all(goal.target.measure == "own_probability" for goal in goals):
        return translate(
            "StartMap",
            "Steps until p > 0.9 on every sample's own class: the loss has no minimum here, it tends to 0.",
        )
    values = ", ".join(f"{loss_name(goal.loss)} {loss_text(goal.reference)}" for goal in goals)
    return translate(
        "StartMap", "Steps until the loss is within 5 % of its smallest value ({values}).", values=values
    )


def click_text() -> str:
    """What a click does."""
    return translate("StartMap", "Click: a run starts there. Wheel and drag: other starts.")


def caution_text(answer: MapAnswer, spec: TrainingSpec | None) -> str:
    """In what the runs of the map differ from the run on the canvas; empty where they do not."""
    parts = []
    if answer.used_samples < answer.all_samples:
        parts.append(
            translate(
                "StartMap",
                "Made on {used} of {all} samples, chosen at random.",
                used=count_text(answer.used_samples),
                all=count_text(answer.all_samples),
            )
        )
    question = answer.question
    if question.ground.example is None and spec is not None:
        if question.learning_rate != spec.optimizer.learning_rate:
            parts.append(
                translate(
                    "StartMap",
                    "The map's rate is {rate}; your run's is {own}.",
                    rate=f"{question.learning_rate:g}",
                    own=f"{spec.optimizer.learning_rate:g}",
                )
            )
        if spec.optimizer.kind != "gd" or spec.batch_size is not None:
            parts.append(
                translate(
                    "StartMap", "The map's runs use gradient descent on all samples; yours is set otherwise."
                )
            )
    return " ".join(parts)


def point_text(names: Sequence[str], point: Point) -> str:
    """A start by its two weights."""
    return ", ".join(f"{name} {number_text(value)}" for name, value in zip(names, point, strict=True))


def number_text(value: float) -> str:
    """A start's number, which is a round one."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if value else "0"


def map_values_text(answer: MapAnswer, names: Sequence[str], point: Point) -> str:
    """What the maps say about the start nearest to a point, while its own runs are still going."""
    parts = []
    for found in answer.maps:
        row, column = answer.question.box.cell(point, *found.steps.shape)
        run = StartRun(found.loss_name, int(found.steps[row, column]))
        parts.append(_steps_text(run, answer.question.max_steps))
    return f"{point_text(names, point)}:  " + "  ·  ".join(parts)


def runs_text(answer: RunsAnswer, names: Sequence[str]) -> str:
    """What became of the runs from one start."""
    parts = [_run_text(run, answer.question.max_steps) for run in answer.runs]
    return f"{point_text(names, answer.point)}:  " + "  ·  ".join(parts)


def example_text() -> str:
    """Why a click on an example's map starts nothing yet."""
    return translate("StartMap", "A click starts a run on the canvas once this example is the document.")


def other_model_text() -> str:
    """Why there is no map of the samples."""
    return translate(
        "StartMap",
        "The start map is made for the logistic model with two classes. The two examples are always there.",
    )


def no_samples_text() -> str:
    """Why there is no map of the samples: nothing to train on."""
    return translate("StartMap", "There is no labelled sample to train on.")


def _steps_text(run: StartRun, max_steps: int) -> str:
    name = loss_name(run.loss)
    if run.steps == NOT_REACHED:
        return translate("StartMap", "{loss} not in {steps} steps", loss=name, steps=count_text(max_steps))
    if run.steps == 1:
        return translate("StartMap", "{loss} 1 step", loss=name)
    return translate("StartMap", "{loss} {steps} steps", loss=name, steps=count_text(run.steps))


def _run_text(run: StartRun, max_steps: int) -> str:
    text = _steps_text(run, max_steps)
    if run.steps != NOT_REACHED:
        return text
    if run.trap is not None:
        reason = translate("StartMap", "caught in a local minimum, loss {loss}", loss=loss_text(run.trap))
    elif run.is_plateau:
        reason = translate("StartMap", "on a plateau, moved by {way}", way=loss_text(run.moved))
    else:
        reason = translate("StartMap", "still on its way")
    return f"{text} ({reason})"
