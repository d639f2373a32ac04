"""When a run has diverged, when it only oscillates, and which learning rate to try instead."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.curvature import suggest_learning_rate
from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.layout import Floats
from engine.snapshots import METRICS, Stop
from engine.specs import INFINITE_KINDS, LossName, TrainingSpec
from engine.training_data import TrainingData

EXPLOSION_FACTOR = 1000.0
MEAN_WEIGHT = 0.1
OSCILLATION_WINDOW = 24
_RISE_TOLERANCE = 1e-9

LOSS_TITLES: dict[LossName, str] = {"bce": "BCE", "ce": "CE", "mse": "MSE"}


def own_losses(metrics: Floats, losses: Sequence[LossName]) -> Floats:
    """The loss that each model is trained on, shape (models,), out of metrics of shape (models, 3)."""
    columns = [METRICS.index("mse" if loss == "mse" else "cross_entropy") for loss in losses]
    own: Floats = metrics[np.arange(len(columns)), columns]
    return own


def may_be_infinite(spec: TrainingSpec) -> NDArray[np.bool_]:
    """Which models, shape (models,), may have an infinite cross-entropy without having diverged."""
    return np.array([model.kind in INFINITE_KINDS for model in spec.models])


class DivergenceWatch:
    """Says when a model's full-batch loss has exploded: above 1,000 x max(loss at the start, ln K).

    Mini-batches make the loss jump, so there its running mean counts. MSE is bounded by 1 (softmax: 2), so a
    model trained on it diverges by numbers that are not finite alone.

    Parameters
    ----------
    start_losses : ndarray of shape (models,)
        Each model's own loss where the run starts.
    n_classes : int
    infinite : ndarray of bool, shape (models,), optional
        Models whose loss may be infinite and fall again (`may_be_infinite`); none unless told.
    """

    def __init__(
        self, start_losses: Floats, n_classes: int, infinite: NDArray[np.bool_] | None = None
    ) -> None:
        finite = np.where(np.isfinite(start_losses), start_losses, 0.0)
        self._limit: Floats = EXPLOSION_FACTOR * np.maximum(finite, math.log(n_classes))
        self._infinite = np.zeros(len(finite), dtype=bool) if infinite is None else infinite
        self._mean: Floats | None = None

    def restart_mean(self) -> None:
        """Begin the running mean anew: the losses before were measured on other data."""
        self._mean = None

    def see(self, losses: Floats, is_full_batch: bool) -> int | None:
        """Take in each model's own loss; returns the row of the first model that has diverged, or None."""
        if self._infinite.any():
            losses = np.where(self._infinite & np.isinf(losses), self._limit, losses)
        if is_full_batch or self._mean is None:
            self._mean = losses.copy()
        else:
            self._mean += MEAN_WEIGHT * (losses - self._mean)
        gone = ~np.isfinite(losses) | (self._mean > self._limit)
        return int(np.argmax(gone)) if gone.any() else None


class OscillationWatch:
    """Says when full-batch gradient descent overshoots: the loss went up in many of the last single steps.

    Below a rate of 2 / lambda_max no step of gradient descent raises the loss; so a rise from one step to the
    very next is the sign, and steps that lie further apart are not compared.
    """

    def __init__(self, models: int) -> None:
        self._rises: list[deque[bool]] = [deque(maxlen=OSCILLATION_WINDOW) for _ in range(models)]
        self._step = -2
        self._losses: Floats = np.zeros(models)
        self._warned: int | None = None

    def see(self, step: int, losses: Floats) -> int | None:
        """Take in each model's own loss at a step; returns the row of a model that oscillates, or None.

        A warning comes when a quarter of the last steps went up, and clears when hardly one does.
        """
        if step == self._step + 1:
            for row, rises in enumerate(self._rises):
                rises.append(bool(losses[row] > self._losses[row] * (1.0 + _RISE_TOLERANCE)))
        self._step, self._losses = step, losses.copy()
        counts = [sum(rises) for rises in self._rises]
        if self._warned is not None and counts[self._warned] > OSCILLATION_WINDOW // 12:
            return self._warned
        worst = int(np.argmax(counts))
        self._warned = worst if counts[worst] >= OSCILLATION_WINDOW // 4 else None
        return self._warned


def diverged_stop(spec: TrainingSpec, data: TrainingData, row: int, step: int, good: Floats) -> Stop:
    """Tell that model `row` diverged at `step`; `good` (models, P) are the weights that were restored."""
    rate = safer_learning_rate(spec, data, row, good)
    values: dict[str, object] = {"loss": LOSS_TITLES[spec.losses[row]], "step": f"{step:,}"}
    text = QT_TRANSLATE_NOOP(
        "Engine", "The {loss} model diverged at step {step}; its last good weights are back. {advice}"
    )
    return Stop("diverged", Message(text, {**values, "advice": _advice(rate)}), rate)


def oscillation_warning(spec: TrainingSpec, data: TrainingData, row: int, parameters: Floats) -> Stop:
    """Tell that model `row` oscillates at `parameters` (models, P); training goes on."""
    rate = safer_learning_rate(spec, data, row, parameters)
    values: dict[str, object] = {"loss": LOSS_TITLES[spec.losses[row]]}
    text = QT_TRANSLATE_NOOP("Engine", "The {loss} model oscillates: its steps are too long. {advice}")
    return Stop("diverged", Message(text, {**values, "advice": _advice(rate)}), rate)


def safer_learning_rate(spec: TrainingSpec, data: TrainingData, row: int, parameters: Floats) -> float | None:
    """A learning rate below the present one: 1 / lambda_max, rounded down to two digits; None if not known.

    The curvature is that of the model's loss at hand. Where a model is far out its loss is flat and the
    rate would come out too large; then the curvature at zero weights counts, where that of cross-entropy is
    largest (but not with hidden layers). Adam's steps do not follow the curvature.
    """
    if spec.optimizer.kind == "adam" or not np.isfinite(parameters[row]).all():
        return None
    zeros = np.zeros_like(parameters[row])
    for point in (parameters[row],) if spec.model.hidden else (parameters[row], zeros):
        rate = suggest_learning_rate(spec.model_of(row), point, data, spec.losses[row])
        if rate is not None and 0.0 < rate < spec.optimizer.learning_rate:
            return _round_down(rate)
    return None


def _advice(rate: float | None) -> Message:
    if rate is None:
        return Message(QT_TRANSLATE_NOOP("Engine", "Try a smaller learning rate."))
    return Message(QT_TRANSLATE_NOOP("Engine", "Try a learning rate of {rate}."), {"rate": f"{rate:g}"})


def _round_down(rate: float) -> float:
    unit = 10.0 ** (math.floor(math.log10(rate)) - 1)
    return float(f"{math.floor(rate / unit) * unit:.1e}")
