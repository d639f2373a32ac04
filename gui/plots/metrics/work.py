"""What the metrics tab works out for one frame: each model's answers, and what they and its p are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.classification import (
    ClassScores,
    answers,
    class_scores,
    confusion_counts,
    rates_of_class,
)
from engine.classification_curves import Bins, Reliability, RocCurve, reliability, roc_curve
from engine.held_out import held_out_data
from engine.models import probabilities
from engine.samples import NO_SET, UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData, blocks_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Part = Literal["training", "held_out"]

PARTS: tuple[Part, ...] = ("training", "held_out")
ROC_POINTS = 600
UNCOUNTED = -1
_STEP_THRESHOLD = 0.5
"""The step's p is 0 or 1: every threshold gives the same answers."""


class PartKeeper:
    """Keeps each part's samples standardised until samples, scaler or what is read of them change."""

    def __init__(self) -> None:
        self._key: tuple[Samples, Standardizer, int, bool, bool] | None = None
        self._parts: dict[Part, TrainingData] = {}

    def data(self, snapshot: Snapshot, part: Part) -> TrainingData:
        """The labelled samples of a part, in z-scores of the snapshot's own scaler.

        Raises
        ------
        ValueError
            If no labelled sample is held out, and those are asked for.
        """
        spec, known = snapshot.spec, self._key
        rest = (snapshot.scaler, spec.model.n_classes, spec.bias, spec.trains_on_label_sets)
        if known is None or known[0] is not spec.samples or known[1:] != rest:
            self._key, self._parts = (spec.samples, *rest), {}
        if part not in self._parts:
            self._parts[part] = _part_data(snapshot, part)
        return self._parts[part]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A frame's models on a part of the samples; `subject` is the class of the curves against the rest."""

    snapshot: Snapshot
    part: Part
    threshold: float
    subject: int
    bins: Bins


@dataclass(frozen=True, slots=True, eq=False)
class ModelScores:
    """One model on the samples.

    `answer` (n,) is the class that it answers with, `UNCOUNTED` for samples with several labels or none: they
    have no row in the matrix, but count in the curves of K sigmoids.
    `rates` are the subject's false and true positive rate
    with these answers. `undefined` counts samples whose p is not defined: each class counts as equally
    likely there.
    """

    loss: LossName
    answer: NDArray[np.int8]
    confusion: Ints
    scores: ClassScores
    rates: tuple[float, float]
    roc: RocCurve | None
    reliability: Reliability | None
    undefined: int


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was found, a model each; None for one whose weights are not finite numbers."""

    question: Question
    data: TrainingData
    models: tuple[ModelScores | None, ...]

    @property
    def count(self) -> int:
        """Samples with exactly one label: those that the matrix counts."""
        return int(np.count_nonzero(self.data.has_one_label))

    @property
    def uncounted(self) -> int:
        """Samples with several labels or none, where a model reads them."""
        return len(self.data) - self.count

    def ids_in_cell(self, row: int, label: int, answer: int) -> Ints:
        """Ids of the samples with a label that a model answers so."""
        model = self.models[row]
        if model is None:
            return np.empty(0, dtype=np.int64)
        ids: Ints = self.data.sample_id[(self.data.class_index == label) & (model.answer == answer)]
        return ids


def count_of(samples: Samples, part: Part) -> int:
    """Labelled samples of a part; held-out ones whose label set is empty not among them."""
    if part == "training":
        return samples.moments[0]
    return sum(count for index, count in samples.held_out_counts.items() if index != UNLABELLED)


def decision_threshold(model: ModelSpec, threshold: float) -> float | None:
    """The threshold on class 1's p that decides a model's answers; None where the largest p decides.

    Two softmax rows are one logistic model of their difference: the document's threshold moves their line
    too. At 0.5 it is the largest p that decides, with ties as softmax has them.
    """
    if model.kind == "step":
        return _STEP_THRESHOLD
    if has_threshold(model):
        return threshold
    return threshold if model.kind == "softmax" and model.n_classes == 2 and threshold != 0.5 else None


def has_threshold(model: ModelSpec) -> bool:
    """Whether the window has a threshold for a model: its p is one sigmoid."""
    return model.kind in ("logistic", "mlp")


def subject_of(model: ModelSpec, current_class: int) -> int:
    """The class of the curves: class 1 where one output node decides, else the picked one."""
    return 1 if model.is_binary else min(current_class, model.n_classes - 1)


def evaluate(keeper: PartKeeper, question: Question) -> Answer:
    """Work out all models of a question, with a keeper of the calling thread."""
    data = keeper.data(question.snapshot, question.part)
    count = len(question.snapshot.parameters)
    return Answer(question, data, tuple(_model_scores(question, data, row) for row in range(count)))


def _model_scores(question: Question, data: TrainingData, row: int) -> ModelScores | None:
    snapshot, subject = question.snapshot, question.subject
    parameters, model = snapshot.parameters[row], snapshot.spec.model_of(row)
    if not np.isfinite(parameters).all():
        return None
    probability, undefined = _probability(model, parameters, data.design)
    answer = answers(probability, decision_threshold(model, question.threshold))
    counted = data.has_one_label
    answer[~counted] = UNCOUNTED
    confusion = confusion_counts(data.class_index[counted], answer[counted], model.n_classes)
    judged, is_subject = _against_the_rest(model, data, probability[subject], subject)
    curve = roc_curve(judged, is_subject)
    return ModelScores(
        loss=snapshot.spec.losses[row],
        answer=answer.astype(np.int8),
        confusion=confusion,
        scores=class_scores(confusion),
        rates=rates_of_class(confusion, subject),
        roc=None if curve is None else curve.thinned(ROC_POINTS),
        reliability=reliability(judged, is_subject, question.bins),
        undefined=undefined,
    )


def _against_the_rest(
    model: ModelSpec, data: TrainingData, probability: Floats, subject: int
) -> tuple[Floats, Bools]:
    """The p of one class, and whether it is the sample's.

    K sigmoids know samples with several labels, or none. Other models are judged by the samples with a class,
    each by that alone.
    """
    sets, is_subject = data.label_set, data.class_index == subject
    if sets is None:
        return probability, is_subject
    if model.kind != "sigmoids":
        return probability[data.has_class], is_subject[data.has_class]
    return probability, np.where(sets == NO_SET, is_subject, (sets >> subject) & 1 == 1)


def _probability(model: ModelSpec, parameters: Floats, design: Floats) -> tuple[Floats, int]:
    """Probabilities (K, n), 1 / K where they are undefined, and for how many samples that is so."""
    probability = np.empty((model.n_classes, design.shape[1]))
    start = 0
    for block in blocks_of(design):
        end = start + block.shape[1]
        probability[:, start:end] = probabilities(model, parameters, block)
        start = end
    is_undefined = np.isnan(probability).any(axis=0)
    undefined = int(np.count_nonzero(is_undefined))
    if undefined:
        probability[:, is_undefined] = 1.0 / model.n_classes
    return probability, undefined


def _part_data(snapshot: Snapshot, part: Part) -> TrainingData:
    spec, scaler = snapshot.spec, snapshot.scaler
    data = TrainingData.of(spec, scaler) if part == "training" else held_out_data(spec, scaler)
    if data is None:
        raise ValueError("no labelled sample is held out")
    return data
