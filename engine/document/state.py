"""What a document holds: samples, classes, settings and the person's own line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from engine.samples import UNLABELLED, Samples
from engine.specs import (
    MULTI_CLASS_KINDS,
    SMOOTHED_KINDS,
    HiddenActivation,
    LossName,
    ModelKind,
    ModelSpec,
    OptimizerSpec,
    StartSpec,
    TrainingSpec,
)

Marker = Literal["circle", "triangle", "square", "diamond", "cross", "star", "pentagon", "hexagon"]
LossMode = Literal["cross_entropy", "mse", "compare", "outputs"]

MARKERS: tuple[Marker, ...] = (
    "circle", "triangle", "square", "diamond", "cross", "star", "pentagon", "hexagon",
)  # fmt: skip

BUILT_IN_CLASS_KEYS = (
    "no_diet", "needs_diet", "underweight", "normal", "overweight", "obese", "tall", "class",
)  # fmt: skip
"""Names that follow the language until renamed; "class" is shown as "class 3" (class_id + 1)."""


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """One class. `name` is what the person or a file called it; None while `key` names it.

    `class_id` is stable over renaming and reordering; `color` indexes the palette (0 to 7).
    """

    class_id: int
    key: str = "class"
    name: str | None = None
    color: int = 0
    marker: Marker = "circle"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the left column sets. Everything here is undone and redone with the samples.

    `loss_mode` survives a change of model: "cross_entropy" is the loss of maximum likelihood, BCE or CE;
    the step model trains on MSE alone. "outputs" compares softmax trained on CE with K sigmoids trained on
    BCE, where the model is one of the two; for others it is "compare". Only models with an output node for
    each class fit more than two: others give way to softmax there. `hidden` and `activation` are those of the
    model "mlp". The optimiser "perceptron" is the step model's; another one takes gradient descent instead.
    `batch_size` None is the full batch. `threshold` moves the decision, never a weight.
    `label_smoothing` (epsilon, 0 to below 1) softens the labels of models that know it (`SMOOTHED_KINDS`).
    `standardize` False uses samples as given, `bias` False holds every bias at 0.
    `held_out_share` of each class was held out by the split of `split_seed` and is of new samples
    (`engine.split`); which ones are is a column of the samples, where a person may mark others.
    """

    model: ModelKind = "logistic"
    loss_mode: LossMode = "compare"
    optimizer: OptimizerSpec = OptimizerSpec()
    batch_size: int | None = None
    start: StartSpec = StartSpec()
    seed: int = 7
    threshold: float = 0.5
    hidden: tuple[int, ...] = (8,)
    activation: HiddenActivation = "tanh"
    standardize: bool = True
    bias: bool = True
    held_out_share: float = 0.0
    split_seed: int = 0
    label_smoothing: float = 0.0


@dataclass(frozen=True, slots=True)
class GuessLine:
    """The person's own line as a logit in original units: z = per_cm height + per_kg weight + bias."""

    per_cm: float
    per_kg: float
    bias: float


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document at one moment. `data_revision` grows with each change of the samples (undo included)."""

    samples: Samples = field(default_factory=Samples)
    classes: tuple[ClassInfo, ...] = ()
    settings: Settings = Settings()
    guess: GuessLine | None = None
    data_revision: int = 0

    @property
    def model(self) -> ModelSpec:
        """The model that the settings and the number of classes ask for."""
        settings = self.settings
        fits = len(self.classes) == 2 or settings.model in MULTI_CLASS_KINDS
        kind: ModelKind = settings.model if fits else "softmax"
        if kind == "mlp":
            return ModelSpec(kind, 2, settings.hidden, settings.activation)
        return ModelSpec(kind, len(self.classes))

    @property
    def losses(self) -> tuple[LossName, ...]:
        """The losses to train, one model each; both start from the same weights in compare mode."""
        model = self.model
        if model.kind == "step":
            return ("mse",)
        modes: dict[LossMode, tuple[LossName, ...]] = {
            "cross_entropy": (model.likelihood,),
            "mse": ("mse",),
            "compare": (model.likelihood, "mse"),
            "outputs": ("ce", "bce") if self.kinds else (model.likelihood, "mse"),
        }
        return modes[self.settings.loss_mode]

    @property
    def kinds(self) -> tuple[ModelKind, ...]:
        """The kinds of a comparison of softmax with K sigmoids; empty for all others."""
        compared: tuple[ModelKind, ...] = ("softmax", "sigmoids")
        is_asked_for = self.settings.loss_mode == "outputs" and self.model.kind in compared
        return compared if is_asked_for else ()

    @property
    def populated_classes(self) -> int:
        """Classes with at least one sample."""
        return sum(1 for index, count in self.samples.class_counts.items() if index != UNLABELLED and count)

    def training_spec(self) -> TrainingSpec:
        """The spec that the training thread gets for this document."""
        settings, model = self.settings, self.model
        optimizer = settings.optimizer
        if optimizer.kind == "perceptron" and model.kind != "step":
            optimizer = replace(optimizer, kind="gd")
        return TrainingSpec(
            model=model,
            losses=self.losses,
            samples=self.samples,
            data_revision=self.data_revision,
            class_ids=tuple(info.class_id for info in self.classes),
            optimizer=optimizer,
            batch_size=settings.batch_size,
            start=settings.start,
            seed=settings.seed,
            standardize=settings.standardize,
            bias=settings.bias,
            kinds=self.kinds,
            label_smoothing=settings.label_smoothing if model.kind in SMOOTHED_KINDS else 0.0,
        )
