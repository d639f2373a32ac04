"""The exact optimum: the weights with the smallest cross-entropy, or why there are none.

Logistic and softmax regression have one smallest loss, which damped Newton finds to rounding. Where a class
can be split off by a straight line no finite weights reach it (`separability`): then nothing is claimed. Nor
is anything for models with hidden layers and softmax's rivals, whose losses have many minima, and for the
step model, whose loss is flat. With soft targets a finite optimum always exists: a target between 0 and 1 is
missed by a p that tends to either.

K sigmoids are K logistic models, each with an optimum of its own or without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.losses import one_hot
from engine.models import centred
from engine.optimum.cross_entropy import BinaryObjective, SoftmaxObjective, SoftObjective
from engine.optimum.newton import NewtonResult, ShouldStop, minimize
from engine.optimum.separability import Separability, Separation, separability_of
from engine.specs import RIVAL_KINDS, ModelKind, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

GRADIENT_TOLERANCE = 1e-10
"""Largest entry of the mean gradient, in z-space, at what is called an optimum."""
MOST_SAMPLES_TO_SEPARATE = 2_000_000
"""Above this many samples, whether a line separates them is left undecided."""

LOGISTIC = ModelSpec("logistic", 2)

_NO_OPTIMUM: dict[ModelKind, str] = {
    "mlp": QT_TRANSLATE_NOOP("Engine", "A model with hidden layers has no single best weights to compute."),
    "step": QT_TRANSLATE_NOOP(
        "Engine", "The step model has no best weights to compute: its error rate is flat almost everywhere."
    ),
}
_NOT_CONVEX = QT_TRANSLATE_NOOP(
    "Engine", "This output layer has no single best weights to compute: its loss is not convex in them."
)
_NO_OPTIMUM.update(dict.fromkeys(RIVAL_KINDS, _NOT_CONVEX))


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The best weights for cross-entropy (BCE or CE), if they exist.

    Attributes
    ----------
    parameters : ndarray of shape (P,), read-only, or None
        In z-space of the data's scaler, in the order of the model's layout; softmax rows are centred (they
        add to zero over the classes). None where no finite weights are best, or none were found.
    cross_entropy : float
        The loss of `parameters`. For separable data its infimum, which the loss tends to and never reaches
        (0 for complete separation). NaN without an answer.
    separable : "none", "quasi", "complete" or None
        None: not decided.
    message : Message
        All of this in words.
    iterations : int
        Newton steps taken.
    gradient_max : float
        Largest entry of the mean gradient, where Newton ended.
    by_class : tuple of Optimum
        For K sigmoids alone: that of each class against the rest, a logistic model's. Together they are
        "none" or "complete" if all of them are, else "quasi".
    """

    parameters: Floats | None
    cross_entropy: float
    separable: Separation | None
    message: Message
    iterations: int
    gradient_max: float
    by_class: tuple[Optimum, ...] = ()


def find_optimum(model: ModelSpec, data: TrainingData, should_stop: ShouldStop | None = None) -> Optimum:
    """Find the smallest cross-entropy that a model can have on data, and the weights that have it.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
        No sample at all gives an `Optimum` without parameters.
    should_stop : callable, optional
        Asked before every step of Newton's method; after True the answer is "not decided".
    """
    if model.kind in _NO_OPTIMUM:
        return Optimum(None, float("nan"), None, Message(_NO_OPTIMUM[model.kind]), 0, float("nan"))
    data = data.for_model(model)
    if not len(data):
        text = QT_TRANSLATE_NOOP("Engine", "There are no samples to fit.")
        return Optimum(None, float("nan"), None, Message(text), 0, float("nan"))
    if model.kind == "sigmoids":
        problems = (class_against_rest(model, data, k) for k in range(model.n_classes))
        return _together([_convex_optimum(LOGISTIC, *problem, should_stop) for problem in problems])
    targets = data.targets(model) if data.has_soft_targets else None
    return _convex_optimum(model, data, targets, should_stop)


def class_against_rest(model: ModelSpec, data: TrainingData, k: int) -> tuple[TrainingData, Floats | None]:
    """What the sigmoid of class `k` trains on: its own labels, 0 and 1, and soft targets (2, n), if any.

    Parameters
    ----------
    model : ModelSpec
        Of the kind "sigmoids".
    """
    labels = data.labels(model)[k].astype(np.int64)
    against = TrainingData(data.design, labels, data.sample_id, data.scaler)
    if not data.label_smoothing:
        return against, None
    own = data.targets(model)[k]
    return against, np.stack([1.0 - own, own])


def _convex_optimum(
    model: ModelSpec, data: TrainingData, targets: Floats | None, should_stop: ShouldStop | None
) -> Optimum:
    """The optimum of a logistic or softmax model, for its labels or for soft targets (K, n)."""
    labelled = (
        BinaryObjective(data.design, data.class_index)
        if model.kind == "logistic"
        else SoftmaxObjective(data.design, data.class_index, model.n_classes)
    )
    if targets is not None:
        excess = one_hot(data.class_index, model.n_classes) - targets
        found = minimize(SoftObjective(labelled, data.design, excess[1:]), should_stop)
        return _stopped(found) if found.cancelled else _finite(found, model, data)
    found = minimize(labelled, should_stop)
    if found.cancelled:
        return _stopped(found)
    separability = _separability(found, model, data)
    if separability.kind == "none":
        return _finite(found, model, data)
    loss = 0.0
    if separability.undecided is not None:
        left = SoftmaxObjective(data.design, data.class_index, model.n_classes, separability.undecided)
        limit = minimize(left, should_stop)
        if limit.cancelled:
            return _stopped(found)
        loss = limit.loss
    message = separation_message(separability.kind, model.n_classes, has_empty_class(model, data))
    return Optimum(None, loss, separability.kind, message, found.iterations, _gradient_max(found))


def joint_separation(kinds: Sequence[Separation | None]) -> Separation | None:
    """What K independent models are together: "none" or "complete" if all are, else "quasi"."""
    if None in kinds:
        return None
    return kinds[0] if len(set(kinds)) == 1 else "quasi"


def _together(optima: list[Optimum]) -> Optimum:
    """The optimum of K sigmoids from those of its classes."""
    rows = [one.parameters for one in optima if one.parameters is not None]
    parameters, separable = None, joint_separation([one.separable for one in optima])
    unfinished = [one.message for one in optima if one.parameters is None]
    message = optima[0].message
    if len(rows) == len(optima):
        parameters = np.concatenate(rows)
        parameters.flags.writeable = False
    elif separable in (None, "none"):
        message = unfinished[0]
    else:
        split = sum(one.separable != "none" for one in optima)
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "{count} of the {total} classes can be split off from the rest by a straight line, wholly or in "
            "part: their best weights do not exist, they grow for ever.",
        )
        message = Message(text, {"count": split, "total": len(optima)})
    return Optimum(
        parameters,
        sum(one.cross_entropy for one in optima),
        separable,
        message,
        sum(one.iterations for one in optima),
        max(one.gradient_max for one in optima),
        tuple(optima),
    )


def _stopped(found: NewtonResult) -> Optimum:
    text = QT_TRANSLATE_NOOP("Engine", "The search for the best weights was stopped.")
    return Optimum(None, float("nan"), None, Message(text), found.iterations, _gradient_max(found))


def _separability(found: NewtonResult, model: ModelSpec, data: TrainingData) -> Separability:
    """What Newton has proved, else the exact decision on the samples in cm and kg."""
    if found.separates:
        return Separability("complete")
    if found.proves_finite:
        return Separability("none")
    return _exact_separability(data, model.n_classes)


def separation_of(model: ModelSpec, data: TrainingData) -> Separation | None:
    """Whether lines separate the samples, so that no finite weights are best for cross-entropy.

    With soft targets they never do. For K sigmoids it is what their classes, each against the rest, are
    together (`joint_separation`). Of the weights of models that have no optimum it says nothing.

    Returns
    -------
    "none", "quasi", "complete" or None
        None without samples, or for more than `MOST_SAMPLES_TO_SEPARATE`.
    """
    data = data.for_model(model)
    if not 0 < len(data) <= MOST_SAMPLES_TO_SEPARATE:
        return None
    if data.label_smoothing:
        return "none"
    if model.kind != "sigmoids":
        return _exact_separability(data, model.n_classes).kind
    problems = (class_against_rest(model, data, k)[0] for k in range(model.n_classes))
    return joint_separation([_exact_separability(problem, 2).kind for problem in problems])


def _exact_separability(data: TrainingData, n_classes: int) -> Separability:
    """The exact decision, on the samples in cm and kg; without a bias, on the inputs as they are."""
    if not data.has_bias:
        x, y = data.design[0], data.design[1]
        return separability_of(x, y, data.class_index, n_classes, bias=False)
    scaler = data.scaler
    height = data.design[0] * scaler.std_height_cm + scaler.mean_height_cm
    weight = data.design[1] * scaler.std_weight_kg + scaler.mean_weight_kg
    return separability_of(height, weight, data.class_index, n_classes)


def _finite(found: NewtonResult, model: ModelSpec, data: TrainingData) -> Optimum:
    gradient_max = _gradient_max(found)
    if gradient_max >= GRADIENT_TOLERANCE:
        text = QT_TRANSLATE_NOOP(
            "Engine", "The best weights exist, but rounding hides them: the samples all but lie on one line."
        )
        return Optimum(None, found.loss, "none", Message(text), found.iterations, gradient_max)
    if found.full_rank or (not data.has_bias and np.linalg.matrix_rank(data.design[:2]) == 2):
        text = QT_TRANSLATE_NOOP("Engine", "These are the best weights: all others have a larger loss.")
    else:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "No weights have a smaller loss, but others have the same: the samples lie on one line.",
        )
    parameters = _full_row(found.parameters, model)
    if not data.has_bias:
        parameters[2::3] = 0.0  # what rounding has put there
    parameters.flags.writeable = False
    return Optimum(parameters, found.loss, "none", Message(text), found.iterations, gradient_max)


def separation_message(kind: Separation, n_classes: int, empty_class: bool) -> Message:
    """What separable data mean for the weights, in words.

    Parameters
    ----------
    kind : "quasi" or "complete"
    n_classes : int
    empty_class : bool
        Whether some class has no sample, which alone makes data quasi-completely separable.
    """
    if kind == "complete" and n_classes == 2:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "A straight line separates these classes completely: the best weights do not exist, "
            "the loss tends to 0 while the weights grow for ever.",
        )
    elif kind == "complete":
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "Straight lines separate these classes completely: the best weights do not exist, "
            "the loss tends to 0 while the weights grow for ever.",
        )
    elif empty_class:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "A class has no samples: the best weights do not exist, "
            "part of the weights grow for ever while the accuracy stays.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "A straight line splits off part of the samples, but not every class: the best weights "
            "do not exist, part of the weights grow for ever while the accuracy stays.",
        )
    return Message(text)


def has_empty_class(model: ModelSpec, data: TrainingData) -> bool:
    """Whether some class of the model has no training sample."""
    return bool((np.bincount(data.class_index, minlength=model.n_classes) == 0).any())


def _full_row(parameters: Floats, model: ModelSpec) -> Floats:
    """The model's row: softmax gets class 0's zero row back and is centred over the classes."""
    if model.kind == "logistic":
        return parameters.copy()
    rows = np.concatenate([np.zeros(3), parameters]).reshape(model.n_classes, 3)
    return np.ravel(centred(rows))


def _gradient_max(found: NewtonResult) -> float:
    """Infinity norm of the gradient; the fixed softmax class has minus the sum of the others' rows."""
    rows = found.gradient.reshape(-1, 3)
    return float(max(np.abs(rows).max(), np.abs(rows.sum(axis=0)).max()))
