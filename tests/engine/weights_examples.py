"""Weights to test the files with: one example of each model."""

from __future__ import annotations

import numpy as np

from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from
from engine.scaling import Standardizer
from engine.specs import ModelSpec

SCALER = Standardizer(170.02, 65.8, 11.977879612945557, 15.057224181735)


def logistic(scale: float = 3.0, names: tuple[str, str] = ("F", "M")) -> WeightsFile:
    """A logistic model with weights of about `scale`."""
    return weights_from(
        ModelSpec("logistic", 2),
        scale * np.array([1.1, 0.9, -1.0 / 9.0]),
        SCALER,
        "mse",
        names,
        TrainingInfo("momentum", 0.3, 32, 500, 7, "none", momentum=0.9, start="normal", start_spread=0.5),
        MetricsInfo(200, 0.2360622979, 0.0679, 0.91, ((104, 8), (10, 78))),
    )


def softmax(n_classes: int = 3, seed: int = 0) -> WeightsFile:
    """A softmax model with drawn weights that are not centred yet."""
    parameters = np.random.default_rng(seed).normal(0.5, 4.0, 3 * n_classes)
    return weights_from(
        ModelSpec("softmax", n_classes),
        parameters,
        SCALER,
        "ce",
        tuple(f"class {index}" for index in range(n_classes)),
        TrainingInfo("gd", 0.1, None, 1000, 0, start="zeros"),
        MetricsInfo(
            n_classes, 1.0, 0.5, 1.0, tuple(tuple(row) for row in np.eye(n_classes, dtype=int).tolist())
        ),
    )
