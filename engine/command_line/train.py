"""What ``main.py train`` does: read a table, train or solve, export, and say so in a few lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from engine.command_line.progress import Progress
from engine.command_line.report import summary
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.atomic import check_writable
from engine.files.column_guess import guess_units
from engine.files.registry import export_weights, format_of
from engine.files.tables import ColumnChoice, FileSource, Table, extract_samples
from engine.files.trained import metrics_of
from engine.files.weights import TrainingInfo, weights_from
from engine.layout import Floats
from engine.losses import LOSSES
from engine.optimum.optimum import find_optimum, separation_of
from engine.running.divergence import (
    DivergenceWatch,
    may_be_infinite,
    oscillation_warning,
    safer_learning_rate,
)
from engine.samples import Samples
from engine.specs import (
    MULTI_CLASS_KINDS,
    HiddenActivation,
    LossName,
    ModelKind,
    ModelSpec,
    OptimizerSpec,
    StartSpec,
    TrainingSpec,
)
from engine.training import Stepper, TrainingData, is_full_batch, start_state

STEPS_PER_LOOK = 100
"""Steps between two looks at the loss: fixed, so that a run ends the same way however fast the machine is."""

OSCILLATION = 1.05
"""A full-batch loss that ends this many times above the best one seen goes up and down: too high a rate."""


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """Everything that the command line asks for; `loss` None chooses by the number of classes.

    `hidden` asks for a model with hidden layers, of so many units each; without it `model` None chooses by
    the number of classes and the loss. A unit in the choice that nobody gave is only assumed.
    """

    path: Path
    choice: ColumnChoice
    loss: LossName | None
    optimizer: OptimizerSpec
    batch_size: int | None
    steps: int
    start: StartSpec
    seed: int
    optimum: bool
    exports: tuple[Path, ...]
    hidden: tuple[int, ...] = ()
    activation: HiddenActivation = "tanh"
    model: ModelKind | None = None
    label_smoothing: float = 0.0
    is_height_unit_given: bool = True
    is_weight_unit_given: bool = True


class DivergedError(FallLineError):
    """Training ended because the loss exploded; nothing is exported."""


def run(request: TrainRequest, progress_stream: TextIO, warn: Callable[[str], None]) -> str:
    """Do what a request asks for and return the summary, a few lines of English.

    `warn` is given a sentence where the data seem to be in other units than those that are assumed.

    Raises
    ------
    FallLineError
        If something about the request, the data or a file to write stands in the way: nothing is written.
    DivergedError, NotFiniteError
        If training diverges: nothing is written.
    """
    _check_exports(request)
    *_, table = FileSource(request.path).read(None, lambda: False)
    assert isinstance(table, Table)
    extraction = extract_samples(table, request.choice)
    if doubt := _unit_doubt(request, table):
        warn(doubt)
    model, loss = _model_and_loss(len(extraction.class_names), request)
    samples = Samples.from_columns(extraction.height_cm, extraction.weight_kg, extraction.class_index)
    data = TrainingData.from_samples(samples, model.n_classes, label_smoothing=request.label_smoothing)
    warning: str | None = None
    if request.optimum:
        parameters, training = _solve(model, data)
    else:
        spec = _spec(request, model, loss, samples)
        parameters, warning = _train(spec, data, request.steps, Progress(request.steps, progress_stream))
        training = TrainingInfo.of(spec, request.steps, separation_of(model, data))
    weights = weights_from(
        model,
        parameters,
        data.scaler,
        loss,
        extraction.class_names,
        training,
        metrics_of(model, parameters, data),
    )
    export_weights(dict.fromkeys(request.exports, weights))
    return summary(table, extraction, weights, request.exports, warning)


def _unit_doubt(request: TrainRequest, table: Table) -> str:
    """A sentence where names or values of columns speak for other units than the assumed ones; else empty."""
    choice = request.choice
    given = choice.height_unit if request.is_height_unit_given else None
    height_unit, weight_unit = guess_units(table, choice.height, choice.weight, given)
    doubts = [
        (column, guessed, f"--{feature}-unit {guessed}", assumed)
        for feature, column, guessed, assumed, is_given in (
            ("height", choice.height, height_unit, choice.height_unit, request.is_height_unit_given),
            ("weight", choice.weight, weight_unit, choice.weight_unit, request.is_weight_unit_given),
        )
        if not is_given and guessed != assumed
    ]
    if not doubts:
        return ""
    columns = " and ".join(f'the column "{column}" holds {guessed}' for column, guessed, _, _ in doubts)
    assumed = " and ".join(unit for *_, unit in doubts)
    flags = " ".join(flag for _, _, flag, _ in doubts)
    return f"It seems that {columns}, read here as {assumed}: add {flags} if so."


def _check_exports(request: TrainRequest) -> None:
    """Find out before any work whether the files can be written, and that the data are not among them."""
    for path in request.exports:
        format_of(path)
        if path.exists() and request.path.exists() and path.samefile(request.path):
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", '"{path}" holds the data and is not overwritten.'), path=str(path)
            )
    check_writable(request.exports)


def _model_and_loss(n_classes: int, request: TrainRequest) -> tuple[ModelSpec, LossName]:
    """The model that a loss trains: logistic for two classes unless CE is asked for, else softmax.

    With hidden layers there are two classes always.
    """
    loss = request.loss
    if request.model is not None and not request.hidden:
        return _chosen_model(request.model, n_classes, loss)
    if request.hidden:
        if n_classes != 2:
            raise FallLineError(
                QT_TRANSLATE_NOOP(
                    "Engine", "A model with hidden layers is for two classes, and these are {count}."
                ),
                count=n_classes,
            )
        return ModelSpec("mlp", 2, request.hidden, request.activation), loss or "bce"
    if loss == "bce" and n_classes > 2:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "BCE is for two classes, and these are {count}: choose CE or MSE."),
            count=n_classes,
        )
    if n_classes == 2 and loss != "ce":
        return ModelSpec("logistic", 2), loss or "bce"
    return ModelSpec("softmax", n_classes), loss or "ce"


def _chosen_model(kind: ModelKind, n_classes: int, loss: LossName | None) -> tuple[ModelSpec, LossName]:
    """The model that was asked for by name, and its loss of maximum likelihood unless another is told."""
    if kind not in MULTI_CLASS_KINDS and n_classes != 2:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "The model “{model}” is for two classes, and these are {count}."),
            model=kind,
            count=n_classes,
        )
    model = ModelSpec(kind, n_classes)
    if loss is not None and (kind, loss) not in LOSSES:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine", "The model “{model}” is trained on {likelihood} or MSE, not on {loss}."
            ),
            model=kind,
            likelihood=model.likelihood.upper(),
            loss=loss.upper(),
        )
    return model, loss or model.likelihood


def _spec(request: TrainRequest, model: ModelSpec, loss: LossName, samples: Samples) -> TrainingSpec:
    return TrainingSpec(
        model=model,
        losses=(loss,),
        samples=samples,
        data_revision=0,
        class_ids=tuple(range(model.n_classes)),
        optimizer=request.optimizer,
        batch_size=request.batch_size,
        start=request.start,
        seed=request.seed,
        label_smoothing=request.label_smoothing,
    )


def _train(
    spec: TrainingSpec, data: TrainingData, steps: int, progress: Progress
) -> tuple[Floats, str | None]:
    """Train from the start for `steps` steps; returns the model's row (P,) and a warning if it oscillates."""
    stepper = Stepper(spec, data)
    state = start_state(spec)
    losses = stepper.full_batch_losses(state)
    watch = DivergenceWatch(losses, spec.model.n_classes, may_be_infinite(spec))
    full_batch = is_full_batch(spec, len(data))
    best_loss, best = losses[0], state.parameters.copy()
    with progress, np.errstate(over="ignore", invalid="ignore"):
        while state.step < steps:
            stepper.advance(state, min(STEPS_PER_LOOK, steps - state.step))
            losses = stepper.full_batch_losses(state)
            if watch.see(losses, full_batch) is not None or not np.isfinite(state.parameters).all():
                raise _diverged(spec, data, best, state.step)
            if losses[0] < best_loss:
                best_loss, best = losses[0], state.parameters.copy()
            progress.show(state.step)
    oscillates = full_batch and losses[0] > OSCILLATION * best_loss
    warning = str(oscillation_warning(spec, data, 0, best).message) if oscillates else None
    return state.parameters[0], warning


def _diverged(spec: TrainingSpec, data: TrainingData, good: Floats, step: int) -> DivergedError:
    rate = safer_learning_rate(spec, data, 0, good)
    if rate is None:
        template = QT_TRANSLATE_NOOP(
            "Engine", "Training diverged by step {step}; nothing was exported. Try a smaller learning rate."
        )
        return DivergedError(template, step=step)
    template = QT_TRANSLATE_NOOP(
        "Engine", "Training diverged by step {step}; nothing was exported. Try a learning rate of {rate}."
    )
    return DivergedError(template, step=step, rate=f"{rate:g}")


def _solve(model: ModelSpec, data: TrainingData) -> tuple[Floats, TrainingInfo]:
    """The exact optimum (P,) and how it was found."""
    optimum = find_optimum(model, data)
    if optimum.parameters is None:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "There is no exact optimum to export (separable: {kind}). {reason}"),
            kind=optimum.separable or "null",
            reason=optimum.message,
        )
    training = TrainingInfo(
        optimizer="newton",
        learning_rate=None,
        batch_size=None,
        steps=optimum.iterations,
        seed=None,
        separable=optimum.separable,
        label_smoothing=data.label_smoothing or None,
    )
    return optimum.parameters, training
