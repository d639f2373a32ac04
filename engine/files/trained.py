"""From a run to the exported form of its models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from
from engine.layout import Floats
from engine.metrics import confusion_matrix, model_metrics
from engine.optimum.optimum import separation_of
from engine.snapshots import Snapshot
from engine.specs import ModelSpec
from engine.training_data import TrainingData


def metrics_of(model: ModelSpec, parameters: Floats, data: TrainingData) -> MetricsInfo:
    """Measure one model, parameters (P,), on labelled training samples."""
    with np.errstate(over="ignore", invalid="ignore"):
        cross_entropy, mse, error_rate = model_metrics(model, parameters, data).tolist()
        confusion = confusion_matrix(model, parameters, data)
    data = data.for_model(model)
    has_sets = data.label_set is not None
    return MetricsInfo(
        n=len(data),
        cross_entropy=cross_entropy,
        mse=mse,
        accuracy=1.0 - error_rate if has_sets else int(np.trace(confusion)) / len(data),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
    )


def trained_weights(snapshot: Snapshot, class_names: Sequence[str]) -> list[WeightsFile]:
    """The models of a snapshot as they are exported, in the order of its losses.

    Raises
    ------
    ValueError
        If there is no labelled sample to measure the models on, or a weight is not finite.
    """
    spec = snapshot.spec
    data = TrainingData.of(spec, snapshot.scaler)
    if not all(len(data.for_model(model)) for model in spec.models):
        raise ValueError("there is no labelled sample to measure the models on")
    separable = {model: separation_of(model, data) for model in dict.fromkeys(spec.models)}
    return [
        weights_from(
            model,
            parameters,
            snapshot.scaler,
            loss,
            tuple(class_names),
            TrainingInfo.of(spec, snapshot.step, separable[model]),
            metrics_of(model, parameters, data),
        )
        for model, loss, parameters in zip(spec.models, spec.losses, snapshot.parameters, strict=True)
    ]
