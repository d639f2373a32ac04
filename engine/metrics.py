"""How good a model is over all labelled training samples: cross-entropy, squared error, wrong answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.losses import loss_of
from engine.models import logits
from engine.specs import ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def predicted_class(model: ModelSpec, parameters: Floats, design: Floats) -> Ints:
    """The answer for each sample, shape (n,): class 1 where z >= 0; for softmax the first largest logit."""
    values = logits(model, parameters, design)
    if model.kind == "logistic":
        return np.where(values[0] >= 0.0, 1, 0)
    first_largest: Ints = np.argmax(values, axis=0)
    return first_largest


def confusion_matrix(model: ModelSpec, parameters: Floats, data: TrainingData) -> Ints:
    """Counts, shape (K, K): row = label's class, column = predicted class."""
    pairs = data.class_index * model.n_classes + predicted_class(model, parameters, data.design)
    counts = np.bincount(pairs, minlength=model.n_classes**2)
    return counts.reshape(model.n_classes, model.n_classes)


def model_metrics(model: ModelSpec, parameters: Floats, data: TrainingData) -> Floats:
    """Metrics of one model, shape (3,), in the order of `snapshots.METRICS`; NaN without samples."""
    if not data.class_index.size:
        return np.full(3, np.nan)
    values = logits(model, parameters, data.design)
    cross_entropy = loss_of(model.kind, "bce" if model.kind == "logistic" else "ce")
    wrong = predicted_class(model, parameters, data.design) != data.class_index
    return np.array(
        [
            cross_entropy.value_and_gradient(values, data.class_index)[0].mean(),
            loss_of(model.kind, "mse").value_and_gradient(values, data.class_index)[0].mean(),
            wrong.mean(),
        ]
    )
