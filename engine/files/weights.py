"""An exported model as it stands in memory: what every format of weights writes and reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.models import centred, layout_of, probabilities
from engine.scaling import Standardizer
from engine.specs import (
    INFINITE_KINDS,
    HiddenActivation,
    LossName,
    ModelKind,
    ModelSpec,
    OptimizerKind,
    StartKind,
    TrainingSpec,
)

Floats = NDArray[np.float64]
Separable = Literal["none", "quasi", "complete"]
WeightsOptimizer = Literal["gd", "momentum", "adam", "perceptron", "newton"]
"""How the weights were found: an optimiser that trained, or Newton's method to the exact optimum."""

FEATURES = (("height", "cm"), ("weight", "kg"))


class NotFiniteError(FallLineError):
    """Weights or losses are no finite numbers, which no file holds."""


@dataclass(frozen=True, slots=True)
class TrainingInfo:
    """How the weights came to be.

    Attributes
    ----------
    optimizer : "gd", "momentum", "adam", "perceptron" or "newton"
    learning_rate : float or None
        None for Newton, which has none.
    batch_size : int or None
        None is the full batch.
    steps : int
        Steps of training, or iterations of Newton.
    seed : int or None
        None where nothing was drawn by chance.
    separable : "none", "quasi", "complete" or None
        Whether a line separates the data, so that no finite weights are best; None if not decided.
    momentum : float or None
        Of the optimiser "momentum"; else None.
    start : StartKind or None
        Where training started; None for Newton.
    start_spread : float or None
        Of a "normal" start; else None.
    label_smoothing : float or None
        Epsilon, where the labels were softened; else None.
    """

    optimizer: WeightsOptimizer
    learning_rate: float | None
    batch_size: int | None
    steps: int
    seed: int | None
    separable: Separable | None = None
    momentum: float | None = None
    start: StartKind | None = None
    start_spread: float | None = None
    label_smoothing: float | None = None

    @classmethod
    def of(cls, spec: TrainingSpec, steps: int, separable: Separable | None) -> TrainingInfo:
        """What a spec says of a model that it trained for `steps` steps."""
        kind: OptimizerKind = spec.optimizer.kind
        return cls(
            optimizer=kind,
            learning_rate=spec.optimizer.learning_rate,
            batch_size=spec.batch_size,
            steps=steps,
            seed=spec.seed,
            separable=separable,
            momentum=spec.optimizer.momentum if kind == "momentum" else None,
            start=spec.start.kind,
            start_spread=spec.start.spread if spec.start.kind == "normal" else None,
            label_smoothing=spec.label_smoothing or None,
        )


@dataclass(frozen=True, slots=True)
class MetricsInfo:
    """How the model does on the samples it was trained on.

    Attributes
    ----------
    n : int
        Labelled training samples.
    cross_entropy, mse : float
        The model's loss of maximum likelihood (CE or BCE) in nats, and MSE, each a mean over samples; with
        label smoothing, of the softened labels. The BCE of a step model is infinite as soon as one answer is
        wrong, and the CE of softmax's rivals where a sample's own logit alone is 0.
    accuracy : float
        Share of right answers, 0 to 1; of a sample with several labels all have to be right.
    confusion : tuple of rows
        Rows are true classes, columns predicted ones; samples with several labels or none are not counted.
    """

    n: int
    cross_entropy: float
    mse: float
    accuracy: float
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class WeightsFile:
    """A trained model with everything needed to use it and to know where it is from.

    Attributes
    ----------
    model : ModelKind
    loss : LossName
        What the model was trained on.
    class_names : tuple of str
    scaler : Standardizer
    layers : tuple of ndarray of shape (nodes, inputs + 1), read-only
        From the inputs, which are z-scores, to the output: weights, then bias, a row for each node. A single
        layer for models without hidden ones: one row (class 1), or one a class.
    original_units : ndarray of shape (nodes, 3), read-only
        The first layer per cm, per kg, and its biases.
    activation : HiddenActivation
        Of the hidden units, where there are any.
    """

    model: ModelKind
    loss: LossName
    class_names: tuple[str, ...]
    scaler: Standardizer
    layers: tuple[Floats, ...]
    original_units: Floats = field(repr=False)
    training: TrainingInfo
    metrics: MetricsInfo
    activation: HiddenActivation = "tanh"

    @property
    def spec(self) -> ModelSpec:
        """The engine's name for this model."""
        hidden = tuple(len(layer) for layer in self.layers[:-1])
        return ModelSpec(self.model, len(self.class_names), hidden, self.activation)

    @property
    def standardized(self) -> Floats:
        """The first layer, shape (nodes, 3): weight of z_height, weight of z_weight, bias."""
        return self.layers[0]

    @property
    def parameters(self) -> Floats:
        """One model's row (P,) in z-space, in the order of its `Layout`."""
        return np.concatenate([layer.ravel() for layer in self.layers])

    @property
    def likelihood_loss(self) -> LossName:
        """The model's own loss from maximum likelihood, CE or BCE (`ModelSpec.likelihood`)."""
        return self.spec.likelihood

    def probabilities(self, height_cm: Floats, weight_kg: Floats) -> Floats:
        """Probability of each class, shape (K, n), for heights in cm and weights in kg of shape (n,)."""
        z_height, z_weight = self.scaler.standardize(height_cm, weight_kg)
        design = np.stack([z_height, z_weight, np.ones_like(z_height)])
        return probabilities(self.spec, self.parameters, design)


def weights_from(
    model: ModelSpec,
    parameters: Floats,
    scaler: Standardizer,
    loss: LossName,
    class_names: tuple[str, ...],
    training: TrainingInfo,
    metrics: MetricsInfo,
) -> WeightsFile:
    """Make the exported form of one model.

    Parameters
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
        In z-space of `scaler`. Softmax rows are centred to sum to zero over the classes.
    scaler : Standardizer
    loss : LossName
        What the model was trained on.
    class_names : tuple of str
    training : TrainingInfo
    metrics : MetricsInfo

    Raises
    ------
    ValueError
        If the number of names is not the model's number of classes.
    NotFiniteError
        If a weight or a loss is not a finite number (but for a cross-entropy that may be infinite).
    """
    if len(class_names) != model.n_classes:
        raise ValueError(f"{model.n_classes} class names are needed, not {len(class_names)}")
    layout, row = layout_of(model), np.ascontiguousarray(parameters)
    layers = [np.array(layout.layer_view(row, index)) for index in range(len(layout.layers))]
    with np.errstate(over="ignore", invalid="ignore"):
        if model.kind == "softmax":
            layers[0] = centred(layers[0])
        original = scaler.to_original_units(layers[0])
    may_be_infinite = model.kind in INFINITE_KINDS and metrics.cross_entropy == np.inf
    losses = np.array([0.0 if may_be_infinite else metrics.cross_entropy, metrics.mse])
    if not all(np.isfinite(numbers).all() for numbers in (*layers, original, losses)):
        raise NotFiniteError(
            QT_TRANSLATE_NOOP("Engine", "The weights or losses are no finite numbers and cannot be exported.")
        )
    for numbers in (*layers, original):
        numbers.flags.writeable = False
    return WeightsFile(
        model.kind,
        loss,
        tuple(class_names),
        scaler,
        tuple(layers),
        original,
        training=training,
        metrics=metrics,
        activation=model.activation,
    )
