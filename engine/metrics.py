"""How good a model is over all labelled training samples: cross-entropy, squared error, wrong answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.classification import confusion_counts
from engine.evaluators import evaluator_of
from engine.models import logits
from engine.snapshots import METRICS
from engine.specs import RIVAL_KINDS, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def predicted_class(model: ModelSpec, parameters: Floats, design: Floats) -> Ints:
    """The answer for each sample, shape (n,): class 1 where z >= 0 for a single output node.

    With a node for each class it is the one with the largest p, the first among equal ones: the largest
    logit, or for softmax's rivals the largest |z|.
    """
    values = logits(model, parameters, design)
    if model.is_binary:
        return np.where(values[0] >= 0.0, 1, 0)
    first_largest: Ints = np.argmax(np.abs(values) if model.kind in RIVAL_KINDS else values, axis=0)
    return first_largest


def confusion_matrix(model: ModelSpec, parameters: Floats, data: TrainingData) -> Ints:
    """Counts, shape (K, K): row = label's class, column = predicted class.

    Samples that carry several labels, or an empty set of them, have no row and are not counted.
    """
    data = data.for_model(model)
    if data.label_set is not None:
        data = data.take(np.flatnonzero(data.has_one_label))
    answer = predicted_class(model, parameters, data.design)
    return confusion_counts(data.class_index, answer, model.n_classes)


def model_metrics(model: ModelSpec, parameters: Floats, data: TrainingData) -> Floats:
    """Metrics of one model (its parameters of shape (P,)), shape (3,), in the order of `snapshots.METRICS`.

    NaN without samples; infinite or NaN weights give NaN losses without a warning. The cross-entropy of the
    step model is infinite as soon as one sample is wrong, else 0; that of softmax's rivals is where the logit
    of one sample's own class is 0 and another is not.
    """
    result = np.empty(len(METRICS))
    with np.errstate(all="ignore"):
        evaluator_of(model, data).evaluate(parameters, result)
    return result
