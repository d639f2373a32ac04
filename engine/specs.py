"""What is trained and how, as immutable data: the only thing that goes into the training thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.samples import Samples

ModelKind = Literal["logistic", "softmax"]
LossName = Literal["bce", "ce", "mse"]
OptimizerKind = Literal["gd", "momentum", "adam"]
StartKind = Literal["zeros", "normal", "exact"]

MAX_CLASSES = 8


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which model: its kind and its number of classes (logistic: exactly 2; softmax: 2 to 8)."""

    kind: ModelKind
    n_classes: int


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """Which optimiser, with its constants.

    gd:        theta <- theta - rate g
    momentum:  v <- momentum v - rate g;  theta <- theta + v   (Polyak 1964)
    adam:      Kingma and Ba 2015, algorithm 1, with bias correction
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
