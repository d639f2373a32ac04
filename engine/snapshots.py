"""What comes out of the training thread: read-only data, never shared with the worker's own arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import Message
from engine.scaling import Standardizer
from engine.specs import TrainingSpec

Floats = NDArray[np.float64]
StopKind = Literal["diverged", "failed", "no_data"]
MarkKind = Literal["data", "settings"]

METRICS = ("cross_entropy", "mse", "error_rate")
"""Order of the last axis of every metrics array: BCE or CE in nats, MSE, share of wrong answers (0 to 1)."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionRequest:
    """The part of the canvas to evaluate, and how finely; `model_index` counts rows of the state.

    `threshold` is the p of the contours of a model whose decision boundary is not a straight line.
    """

    height_min_cm: float
    height_max_cm: float
    weight_min_kg: float
    weight_max_kg: float
    columns: int
    rows: int
    model_index: int
    threshold: float = 0.5

    def cell_centres(self, margin: int = 0) -> tuple[Floats, Floats]:
        """Heights (cm) of the columns' centres and weights (kg) of the rows', `margin` more at every end."""
        columns, rows = (
            np.arange(-margin, count + margin, dtype=np.float64) + 0.5 for count in (self.columns, self.rows)
        )
        return (
            self.height_min_cm + columns * ((self.height_max_cm - self.height_min_cm) / self.columns),
            self.weight_min_kg + rows * ((self.weight_max_kg - self.weight_min_kg) / self.rows),
        )


@dataclass(frozen=True, slots=True, eq=False)
class RegionGrid:
    """Probabilities at the centres of a grid of cells.

    Attributes
    ----------
    request : RegionRequest
    probability : ndarray of float32, shape (K, rows, columns)
        Row 0 is the lowest weight, column 0 the smallest height. K = 2 for the logistic model too.
    """

    request: RegionRequest
    probability: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class LossRecords:
    """A batch of recorded steps of one run; none is ever dropped.

    Attributes
    ----------
    run_id : int
    step : ndarray of int64, shape (m,)
    values : ndarray of float64, shape (m, models, 3)
        Metrics in the order of `METRICS`, over all labelled training samples.
    fork_step : int
        First step of this run id; what another run id recorded after it is no longer part of the curve.
    held_out : ndarray of float64, shape (m, models, 3), or None
        The same over all labelled held-out samples, NaN at a step when there were none; None if at no step.
    """

    run_id: int
    step: NDArray[np.int64]
    values: Floats
    fork_step: int = 0
    held_out: Floats | None = None


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Samples that the perceptron rule found on the wrong side, each when its turn came.

    `epoch` is the epoch that `so_far` counts; `last_epoch` is the number in the last whole epoch, None before
    there was one. After an epoch without a mistake the rule changes nothing any more.
    """

    epoch: int
    so_far: int
    last_epoch: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What the next step depends on besides parameters, samples and settings.

    Attributes
    ----------
    slots : ndarray of shape (n_slots, models, parameter_count), read-only
        The optimiser's memory: velocity (momentum), first and second moments (Adam).
    optimizer_step : int
        Steps since that memory started.
    epoch, position : int
        Whole passes over the samples, and samples already visited in the present one.
    mistakes : ndarray of int64, shape (models, 2), read-only, or None
        Of the perceptron rule, as in `TrainingState`.
    """

    slots: Floats
    optimizer_step: int
    epoch: int
    position: int
    mistakes: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the loss curve where the person changed something."""

    run_id: int
    step: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended by itself, in words, with a learning rate to try where one is known."""

    kind: StopKind
    message: Message
    suggested_learning_rate: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The model at one step. Newest wins: a reader may see only some of them.

    Attributes
    ----------
    run_id, data_revision, step : int
        A reset, a fork or another model shape starts another run id.
    fork_step : int
        First step of this run id: its loss curve goes on from the curve before it up to here
        (0 after a reset: the old curve goes).
    last_step : int
        Newest step that can be scrubbed to; the oldest is `first_step`, that of a saved run, else 0.
    epoch : float
    spec : TrainingSpec
        What the model is being trained on.
    scaler : Standardizer
    parameters : ndarray of shape (models, parameter_count), read-only
    metrics : ndarray of shape (models, 3), read-only
        Of this very step, in the order of `METRICS`; NaN without a labelled sample.
    playing : bool
    steps_per_second : float
        Measured over about the last second; 0 when paused.
    regions : RegionGrid or None
        Of these parameters, where a region was requested.
    stop : Stop or None
    warning : Stop or None
        Training goes on, but oscillates: a smaller rate is suggested.
    contours : tuple or None
        The decision boundaries of models with hidden layers, where a region was requested: for each model
        the polylines p = `RegionRequest.threshold`, arrays of shape (m, 2) of height in cm and weight in kg.
    mistakes : tuple of Mistakes or None
        One a model, while the perceptron rule trains.
    held_out_metrics : ndarray of shape (models, 3), read-only, or None
        As `metrics`, over the labelled held-out samples; None where there are none.
    memory : Memory or None
        With it a run that is saved here goes on as this one would have.
    """

    run_id: int
    data_revision: int
    step: int
    fork_step: int
    last_step: int
    epoch: float
    spec: TrainingSpec
    scaler: Standardizer
    parameters: Floats
    metrics: Floats
    playing: bool
    steps_per_second: float
    regions: RegionGrid | None = None
    stop: Stop | None = None
    warning: Stop | None = None
    contours: tuple[tuple[Floats, ...], ...] | None = None
    mistakes: tuple[Mistakes, ...] | None = None
    held_out_metrics: Floats | None = None
    memory: Memory | None = None
    first_step: int = 0
