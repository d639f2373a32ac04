"""What is trained and how, as immutable data: the only thing that goes into the training thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from engine.samples import Samples

ModelKind = Literal["logistic", "softmax", "mlp", "step", "sigmoids", "absolute", "square"]
LossName = Literal["bce", "ce", "mse"]
OptimizerKind = Literal["gd", "momentum", "adam", "perceptron"]
StartKind = Literal["zeros", "normal", "exact"]
HiddenActivation = Literal["tanh", "sigmoid", "relu"]

MULTI_CLASS_KINDS: tuple[ModelKind, ...] = ("softmax", "sigmoids", "absolute", "square")
"""Models with an output node for each class, of which there may be 2 to 8."""
RIVAL_KINDS: tuple[ModelKind, ...] = ("absolute", "square")
"""Softmax's rivals: normalisers that forget the sign of a logit and are undefined where every logit is 0."""
SMOOTHED_KINDS: tuple[ModelKind, ...] = ("logistic", *MULTI_CLASS_KINDS)
"""Models whose targets label smoothing softens."""
INFINITE_KINDS: tuple[ModelKind, ...] = ("step", *RIVAL_KINDS)
"""Models whose cross-entropy is infinite where a p is exactly 0, which finite weights can bring about."""

MAX_CLASSES = 8
MAX_HIDDEN_LAYERS = 3
MAX_HIDDEN_UNITS = 16


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which model, which is also the shape of its parameters.

    logistic:  two classes, one output node, sigmoid
    softmax:   2 to 8 classes, an output node each
    mlp:       two classes; hidden layers, then the logistic model's output node on top of the last one
    step:      two classes; the logistic model with the unit step function in place of the sigmoid
    sigmoids:  2 to 8 classes, an output node each, every one a logistic model of its own class against the
               rest; its probabilities need not add to 1, and a sample may carry several labels
    absolute:  as softmax, with p_k = |z_k| / sum_j |z_j|
    square:    as softmax, with p_k = z_k^2 / sum_j z_j^2

    Attributes
    ----------
    kind : ModelKind
    n_classes : int
    hidden : tuple of int
        mlp only: units of each hidden layer, 1 to 3 layers of 1 to 16 units; empty for the others.
    activation : "tanh", "sigmoid" or "relu"
        mlp only: of every hidden unit; the others leave it as it is.
    """

    kind: ModelKind
    n_classes: int
    hidden: tuple[int, ...] = ()
    activation: HiddenActivation = "tanh"

    @property
    def is_binary(self) -> bool:
        """Whether one output node decides between two classes (not so with an output node for each)."""
        return self.kind not in MULTI_CLASS_KINDS

    @property
    def likelihood(self) -> LossName:
        """The loss that maximum likelihood asks for: CE where p_1 ... p_K share out 1, else BCE."""
        return "bce" if self.is_binary or self.kind == "sigmoids" else "ce"


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """Which optimiser, with its constants.

    gd:         theta <- theta - rate g
    momentum:   v <- momentum v - rate g;  theta <- theta + v   (Polyak 1964)
    adam:       Kingma and Ba 2015, algorithm 1, with bias correction
    perceptron: w <- w + rate (y - p) x for one sample a step, in the order of the batches of size 1
                (Rosenblatt 1958); for the model "step" only
    """

    kind: OptimizerKind = "gd"
    learning_rate: float = 0.1
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8


@dataclass(frozen=True, slots=True)
class StartSpec:
    """Where training starts, in z-space: zeros, normal with a spread (from the seed), or exact numbers.

    `parameters` (kind "exact" only) is one model's row in the order of its `Layout`: for each output
    node weight of height, weight of weight, bias. Every model of a comparison starts from the same row.
    """

    kind: StartKind = "zeros"
    spread: float = 1.0
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """Everything that decides what a step does. Equal specs and states give equal bits.

    Attributes
    ----------
    losses : tuple of LossName
        One model is trained for each entry, in lockstep from the same start: ("bce", "mse") is compare mode.
    batch_size : int or None
        None is the full batch. With a number, each epoch is a fresh permutation of the samples, a pure
        function of (seed, epoch, sample ids); the last batch of an epoch may be smaller.
    class_ids : tuple of int
        Stable ids of the classes in order, so that a change of classes can carry weights row by row.
    data_revision : int
        Grows with every change of the samples; a snapshot says which one it was computed on.
    standardize : bool
        False: the samples are used as given, with the identity scaler in place of z-scores.
    bias : bool
        False: the design matrix's row of ones is a row of zeros, so that every bias is 0 and stays 0.
    kinds : tuple of ModelKind
        The kind of each model of a comparison, where they are not all `model.kind`: ("softmax", "sigmoids").
        Their layouts are the same.
    label_smoothing : float
        Epsilon, 0 to below 1: the targets are t = (1 - epsilon) y + epsilon / K in place of the labels y.
        0 for models that know no such thing (all but `SMOOTHED_KINDS`).
    """

    model: ModelSpec
    losses: tuple[LossName, ...]
    samples: Samples = field(repr=False, compare=False)
    data_revision: int
    class_ids: tuple[int, ...]
    optimizer: OptimizerSpec = OptimizerSpec()
    batch_size: int | None = None
    start: StartSpec = StartSpec()
    seed: int = 0
    standardize: bool = True
    bias: bool = True
    kinds: tuple[ModelKind, ...] = ()
    label_smoothing: float = 0.0

    def model_of(self, index: int) -> ModelSpec:
        """The model in row `index` of a state."""
        return replace(self.model, kind=self.kinds[index]) if self.kinds else self.model

    @property
    def models(self) -> tuple[ModelSpec, ...]:
        """The model in each row of a state, one for each of `losses`."""
        return tuple(map(self.model_of, range(len(self.losses))))

    @property
    def trains_on_label_sets(self) -> bool:
        """Whether some model reads the label sets of samples with several labels (`SampleRows.label_set`)."""
        return "sigmoids" in (self.kinds or (self.model.kind,))

    @property
    def samples_a_step(self) -> int | None:
        """Samples that one step uses: 1 for the perceptron rule, else the batch size; None for all."""
        return 1 if self.optimizer.kind == "perceptron" else self.batch_size
