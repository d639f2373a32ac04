"""From a run to the exported form of its models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.files.weights import MetricsInfo, Separable, TrainingInfo, WeightsFile, weights_from
from engine.layout import Floats
from engine.metrics import confusion_matrix, model_metrics
from engine.optimum.separability import separability_of
from engine.samples import UNLABELLED, Samples
from engine.snapshots import Snapshot
from engine.specs import ModelSpec
from engine.training_data import TrainingData

MOST_SAMPLES_TO_SEPARATE = 2_000_000
"""Above this many samples, whether a line separates them is left undecided."""


def metrics_of(model: ModelSpec, parameters: Floats, data: TrainingData) -> MetricsInfo:
    """Measure one model, parameters (P,), on labelled training samples."""
    with np.errstate(over="ignore", invalid="ignore"):
        cross_entropy, mse, _ = model_metrics(model, parameters, data).tolist()
        confusion = confusion_matrix(model, parameters, data)
    return MetricsInfo(
        n=len(data),
        cross_entropy=cross_entropy,
        mse=mse,
        accuracy=int(np.trace(confusion)) / len(data),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
    )


def separation_of(samples: Samples, n_classes: int, data: TrainingData | None = None) -> Separable | None:
    """Whether a line separates the labelled training samples; None where there are too many to decide.

    Without a bias (as `data` say) only lines through the point where both inputs are 0 count.
    """
    if data is not None and not data.has_bias:
        return separability_of(data.design[0], data.design[1], data.class_index, n_classes, bias=False).kind
    rows = samples.rows
    used = (rows.class_index != UNLABELLED) & ~rows.held_out
    if not used.any() or np.count_nonzero(used) > MOST_SAMPLES_TO_SEPARATE:
        return None
    return separability_of(rows.height_cm[used], rows.weight_kg[used], rows.class_index[used], n_classes).kind


def trained_weights(snapshot: Snapshot, class_names: Sequence[str]) -> list[WeightsFile]:
    """The models of a snapshot as they are exported, in the order of its losses.

    Raises
    ------
    ValueError
        If there is no labelled sample to measure the models on, or a weight is not finite.
    """
    spec = snapshot.spec
    data = TrainingData.of(spec, snapshot.scaler)
    if not len(data):
        raise ValueError("there is no labelled sample to measure the models on")
    training = TrainingInfo.of(spec, snapshot.step, separation_of(spec.samples, spec.model.n_classes, data))
    return [
        weights_from(
            spec.model,
            parameters,
            snapshot.scaler,
            loss,
            tuple(class_names),
            training,
            metrics_of(spec.model, parameters, data),
        )
        for loss, parameters in zip(spec.losses, snapshot.parameters, strict=True)
    ]
