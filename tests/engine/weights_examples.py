"""Weights to test the files with: one example of each model."""

from __future__ import annotations

import math

import numpy as np

from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from
from engine.models import layout_of
from engine.scaling import Standardizer
from engine.specs import HiddenActivation, ModelKind, ModelSpec

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


def hidden(sizes: tuple[int, ...] = (4, 3), activation: HiddenActivation = "tanh") -> WeightsFile:
    """A model with hidden layers and drawn weights."""
    model = ModelSpec("mlp", 2, sizes, activation)
    parameters = np.random.default_rng(len(sizes)).normal(0.0, 1.5, layout_of(model).parameter_count)
    return weights_from(
        model,
        parameters,
        SCALER,
        "bce",
        ("F", "M"),
        TrainingInfo("adam", 0.02, None, 300, 4, "none", start="normal", start_spread=1.0),
        MetricsInfo(200, 0.2, 0.06, 0.92, ((106, 6), (10, 78))),
    )


def output_layer(kind: ModelKind, n_classes: int = 3, label_smoothing: float | None = None) -> WeightsFile:
    """A model with an output node for each class and drawn weights."""
    model = ModelSpec(kind, n_classes)
    parameters = np.random.default_rng(n_classes).normal(0.5, 2.0, 3 * n_classes)
    counts = tuple(tuple(row) for row in np.eye(n_classes, dtype=int).tolist())
    return weights_from(
        model,
        parameters,
        SCALER,
        model.likelihood,
        tuple(f"class {index}" for index in range(n_classes)),
        TrainingInfo(
            "gd", 0.1, None, 900, 3, "none", start="normal", start_spread=1.0, label_smoothing=label_smoothing
        ),
        MetricsInfo(n_classes, 1.0, 0.5, 1.0, counts),
    )


def step(cross_entropy: float = math.inf) -> WeightsFile:
    """A step model, trained by the perceptron rule."""
    return weights_from(
        ModelSpec("step", 2),
        np.array([1.5, 2.5, -0.5]),
        SCALER,
        "mse",
        ("F", "M"),
        TrainingInfo("perceptron", 1.0, None, 900, 4, "none", start="zeros"),
        MetricsInfo(200, cross_entropy, 0.09, 0.91, ((104, 8), (10, 78))),
    )
