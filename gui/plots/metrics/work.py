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
from engine.models import probabilities
from engine.samples import UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelSpec
from engine.training_data import blocks_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Part = Literal["training", "held_out"]

PARTS: tuple[Part, ...] = ("training", "held_out")
ROC_POINTS = 600
_STEP_THRESHOLD = 0.5
"""The step's p is 0 or 1: every threshold gives the same answers."""


@dataclass(frozen=True, slots=True, eq=False)
class PartData:
    """The labelled samples of one part: design matrix (3, n), class (n,) and id (n,)."""

    design: Floats
    class_index: Ints
    sample_id: Ints

    def __len__(self) -> int:
        return int(self.class_index.size)


class PartKeeper:
    """Keeps each part's samples standardised until samples or scaler change."""

    def __init__(self) -> None:
        self._key: tuple[Samples, Standardizer, bool] | None = None
        self._parts: dict[Part, PartData] = {}

    def data(self, snapshot: Snapshot, part: Part) -> PartData:
        """The labelled samples of a part, in z-scores of the snapshot's own scaler."""
        spec, known = snapshot.spec, self._key
        rest = (snapshot.scaler, spec.bias)
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

    `answer` (n,) is the class that it answers with; `rates` are the subject's false and true positive rate
    with these answers. `undefined` counts samples whose p is not defined: each class counts as equally
    likely there.
    """

    loss: LossName
    answer: Ints
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
    data: PartData
    models: tuple[ModelScores | None, ...]

    def ids_in_cell(self, row: int, label: int, answer: int) -> Ints:
        """Ids of the samples with a label that a model answers so."""
        model = self.models[row]
        if model is None:
            return np.empty(0, dtype=np.int64)
        ids: Ints = self.data.sample_id[(self.data.class_index == label) & (model.answer == answer)]
        return ids


def count_of(samples: Samples, part: Part) -> int:
    """Labelled samples of a part."""
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


def _model_scores(question: Question, data: PartData, row: int) -> ModelScores | None:
    snapshot, subject = question.snapshot, question.subject
    parameters, model = snapshot.parameters[row], snapshot.spec.model_of(row)
    if not np.isfinite(parameters).all():
        return None
    probability, undefined = _probability(model, parameters, data.design)
    answer = answers(probability, decision_threshold(model, question.threshold))
    confusion = confusion_counts(data.class_index, answer, model.n_classes)
    is_subject = data.class_index == subject
    curve = roc_curve(probability[subject], is_subject)
    return ModelScores(
        loss=snapshot.spec.losses[row],
        answer=answer,
        confusion=confusion,
        scores=class_scores(confusion),
        rates=rates_of_class(confusion, subject),
        roc=None if curve is None else curve.thinned(ROC_POINTS),
        reliability=reliability(probability[subject], is_subject, question.bins),
        undefined=undefined,
    )


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


def _part_data(snapshot: Snapshot, part: Part) -> PartData:
    spec, scaler = snapshot.spec, snapshot.scaler
    n = count_of(spec.samples, part)
    design, class_index = np.full((3, n), float(spec.bias)), np.empty(n, dtype=np.int64)
    sample_id = np.empty(n, dtype=np.int64)
    start = 0
    for block in spec.samples:
        used = (block.class_index != UNLABELLED) & (block.held_out == (part == "held_out"))
        rows = slice(start, start := start + int(np.count_nonzero(used)))
        design[0, rows], design[1, rows] = scaler.standardize(block.height_cm[used], block.weight_kg[used])
        class_index[rows], sample_id[rows] = block.class_index[used], block.sample_id[used]
    return PartData(design, class_index, sample_id)
