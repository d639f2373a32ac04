"""Which start map is asked for: the person's choices, put together with the document and the run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.examples import ONE_SAMPLE, TRAP, Example
from engine.models import layout_of, start_parameters
from engine.running.compiled import same_samples
from engine.snapshots import Snapshot
from engine.specs import ModelSpec, TrainingSpec
from gui.plots.landscape.texts import example_names, parameter_names
from gui.plots.landscape.work import Floats, Ground
from gui.plots.start_map import texts as texts
from gui.plots.start_map.box import Point, StartBox, box_around
from gui.plots.start_map.controls import PLANES, Choices, third_of
from gui.plots.start_map.work import LOSSES, MapQuestion

EXAMPLES: dict[str, Example] = {"one_sample": ONE_SAMPLE, "trap": TRAP}
EXAMPLE_RATE = 0.5
"""The curriculum's rate for the examples (claim 7)."""
_LOGISTIC_LAYOUT = layout_of(ModelSpec("logistic", 2))
EXAMPLE_BOXES = {"one_sample": StartBox(half=12.0), "trap": StartBox(half=6.0)}


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """What the map is of.

    Attributes
    ----------
    question : MapQuestion or None
        None where there is nothing to map: `message` says why.
    names : tuple of str
        The parameters' names, two for an example.
    learning_rate, fixed : float
        What holds for the choices: the person's numbers, or those of the data.
    """

    question: MapQuestion | None
    names: tuple[str, ...]
    learning_rate: float
    fixed: float
    message: str = ""


def subject_of(
    choices: Choices, state: DocumentState, snapshot: Snapshot | None, box: StartBox | None
) -> Subject:
    """The subject of choices; `box` None is the automatic one."""
    if choices.data != "samples":
        return _example_subject(choices, snapshot, box)
    rate = choices.rates.get("samples", state.settings.optimizer.learning_rate)
    names = _names(state)
    obstacle = _obstacle(snapshot)
    if obstacle or snapshot is None:
        return Subject(None, names, rate, 0.0, obstacle)
    spec = snapshot.spec
    start, third = _start_of(spec), third_of(choices.plane)
    u, v = PLANES[choices.plane]
    fixed = choices.fixed.get(choices.plane, float(start[third]))
    row = np.zeros(3)
    row[third] = fixed
    question = MapQuestion(
        ground=Ground(spec, snapshot.scaler),
        fixed=row,
        index_u=u,
        index_v=v,
        box=box or box_around(start[[u, v]]),
        learning_rate=rate,
        max_steps=choices.max_steps,
    )
    return Subject(question, names, rate, fixed)


def same_question(one: MapQuestion | None, other: MapQuestion | None) -> bool:
    """Whether two questions have the same answer."""
    if one is None or other is None:
        return one is other
    return (
        _same_ground(one.ground, other.ground)
        and np.array_equal(one.fixed, other.fixed)
        and (one.index_u, one.index_v, one.box) == (other.index_u, other.index_v, other.box)
        and (one.learning_rate, one.max_steps) == (other.learning_rate, other.max_steps)
    )


def is_open(key: str, state: DocumentState) -> bool:
    """Whether the document is an example, used as given: without z-scores and without a bias."""
    rows, settings = EXAMPLES[key].rows(), state.settings
    if settings.standardize or settings.bias or state.model.kind != "logistic":
        return False
    if len(state.samples) != len(rows):
        return False
    own = state.samples.rows
    return all(
        np.array_equal(getattr(own, name), getattr(rows, name))
        for name in ("height_cm", "weight_kg", "class_index")
    )


def model_points(question: MapQuestion, snapshot: Snapshot) -> tuple[Point | None, ...]:
    """Where the run's models stand on a map of the samples, for each of `LOSSES`."""
    points: list[Point | None] = []
    for loss in LOSSES:
        if question.ground.example is not None or loss not in snapshot.spec.losses:
            points.append(None)
            continue
        row = snapshot.parameters[snapshot.spec.losses.index(loss)]
        points.append((float(row[question.index_u]), float(row[question.index_v])))
    return tuple(points)


def _example_subject(choices: Choices, snapshot: Snapshot | None, box: StartBox | None) -> Subject:
    rate = choices.rates.get(choices.data, EXAMPLE_RATE)
    names = tuple(example_names())
    if snapshot is None:
        return Subject(None, names, rate, 0.0)
    question = MapQuestion(
        ground=Ground(snapshot.spec, snapshot.scaler, EXAMPLES[choices.data]),
        fixed=np.zeros(3),
        index_u=0,
        index_v=1,
        box=box or EXAMPLE_BOXES[choices.data],
        learning_rate=rate,
        max_steps=choices.max_steps,
    )
    return Subject(question, names, rate, 0.0)


def _names(state: DocumentState) -> tuple[str, ...]:
    """Names of the logistic model's three parameters, whatever the model is."""
    return tuple(parameter_names(_LOGISTIC_LAYOUT, state.classes))


def _obstacle(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return ""
    if snapshot.spec.model.kind != "logistic":
        return texts.other_model_text()
    if not snapshot.spec.samples.moments[0]:
        return texts.no_samples_text()
    return ""


def _start_of(spec: TrainingSpec) -> Floats:
    """The start of the settings; zeros where its numbers do not fit the model."""
    try:
        row: Floats = start_parameters(spec)[0]
    except FallLineError:
        return np.zeros(3)
    return row


def _same_ground(one: Ground, other: Ground) -> bool:
    if one.example is not None or other.example is not None:
        return one.example is other.example
    a, b = one.spec, other.spec
    return (
        (a.model, a.standardize, a.bias) == (b.model, b.standardize, b.bias)
        and one.scaler == other.scaler
        and same_samples(a.samples, b.samples)
    )
