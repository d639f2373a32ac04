"""Training: a spec compiles to a Stepper with its own buffers, which advances a TrainingState in place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.batches import carried_position, epoch_order
from engine.losses import loss_of
from engine.metrics import model_metrics
from engine.models import carry_classes, carry_scaler, layout_of, logits, start_parameters
from engine.optimizers import N_SLOTS, make_optimizer
from engine.specs import TrainingSpec
from engine.training_data import TrainingData

__all__ = ["Stepper", "TrainingData", "TrainingState", "carry_state", "is_full_batch", "start_state"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(eq=False)
class TrainingState:
    """Where a run stands: all that the next step depends on besides spec and data.

    Attributes
    ----------
    step : int
        Steps taken since the start.
    parameters : ndarray of shape (models, P)
    slots : ndarray of shape (n_slots, models, P)
        The optimiser's memory: velocity (momentum), first and second moments (Adam).
    optimizer_step : int
        Steps since the optimiser's memory started.
    epoch, position : int
        Whole passes over the samples, and samples already visited in the current one. With the full batch
        every step is an epoch.
    """

    step: int
    parameters: Floats
    slots: Floats
    optimizer_step: int = 0
    epoch: int = 0
    position: int = 0

    def copy(self) -> TrainingState:
        """A state that shares nothing with this one."""
        return TrainingState(
            self.step,
            self.parameters.copy(),
            self.slots.copy(),
            self.optimizer_step,
            self.epoch,
            self.position,
        )

    def passes(self, n: int) -> float:
        """Passes over `n` samples so far, the current one's part included."""
        return self.epoch + (self.position / n if n else 0.0)


def start_state(spec: TrainingSpec) -> TrainingState:
    """The state at step 0.

    Raises
    ------
    FallLineError
        If the start's exact numbers do not fit the model.
    """
    parameters = start_parameters(spec)
    return TrainingState(0, parameters, _fresh_slots(spec))


def _fresh_slots(spec: TrainingSpec) -> Floats:
    shape = (N_SLOTS[spec.optimizer.kind], len(spec.losses), layout_of(spec.model).parameter_count)
    return np.zeros(shape)


def carry_state(
    state: TrainingState,
    old_spec: TrainingSpec,
    old_data: TrainingData,
    new_spec: TrainingSpec,
    new_data: TrainingData,
) -> TrainingState:
    """The same model on other data, settings or classes: a new state; `state` is left alone.

    - Parameters are carried over the scaler (p(cm, kg) unchanged), then over the classes (`carry_classes`).
    - The optimiser's memory: a velocity is carried over the scaler like the parameters; Adam's moments start
      again when the scaler changes; another optimiser, model, losses or classes start fresh.
    - An epoch goes on: samples not visited yet are still visited once (`batches.carried_position`). It ends
      early when the order changes (another seed) or the batch becomes the full one.
    - `step` stays.
    """
    parameters = carry_scaler(old_spec.model, state.parameters, old_data.scaler, new_data.scaler)
    parameters = carry_classes(parameters, old_spec, new_spec)
    carried = TrainingState(state.step, parameters, _fresh_slots(new_spec))
    same_shape = (old_spec.model, old_spec.class_ids, old_spec.losses) == (
        new_spec.model,
        new_spec.class_ids,
        new_spec.losses,
    )
    same_scaler = old_data.scaler == new_data.scaler
    kind = new_spec.optimizer.kind
    if same_shape and kind == old_spec.optimizer.kind and (same_scaler or kind != "adam"):
        carried.slots = carry_scaler(old_spec.model, state.slots, old_data.scaler, new_data.scaler)
        carried.optimizer_step = state.optimizer_step
    carried.epoch, carried.position = _carry_epoch(state, old_spec, old_data, new_spec, new_data)
    return carried


def _carry_epoch(
    state: TrainingState,
    old_spec: TrainingSpec,
    old_data: TrainingData,
    new_spec: TrainingSpec,
    new_data: TrainingData,
) -> tuple[int, int]:
    """Epoch and position in it after an edit."""
    if state.position == 0:
        return state.epoch, 0
    if old_spec.seed != new_spec.seed or is_full_batch(new_spec, len(new_data)):
        return state.epoch + 1, 0
    position = carried_position(
        old_data.sample_id, new_data.sample_id, new_spec.seed, state.epoch, state.position
    )
    return (state.epoch, position) if position < len(new_data) else (state.epoch + 1, 0)


def is_full_batch(spec: TrainingSpec, n: int) -> bool:
    """Whether every step uses all `n` samples."""
    return spec.batch_size is None or spec.batch_size >= n


class Stepper:
    """Takes steps of one spec on one set of data; owns its buffers, changes only the state it is given.

    Bits depend on spec, data and state alone: not on how many steps one call takes, nor on the other models
    of a comparison. Without samples a step does nothing.
    """

    def __init__(self, spec: TrainingSpec, data: TrainingData) -> None:
        self._spec = spec
        self._data = data
        self._losses = [loss_of(spec.model.kind, name) for name in spec.losses]
        shape = (len(spec.losses), layout_of(spec.model).parameter_count)
        self._gradient = np.empty(shape)
        self._optimizer = make_optimizer(spec.optimizer, shape)

    def advance(self, state: TrainingState, n_steps: int) -> None:
        """Take `n_steps` steps in place."""
        if not len(self._data):
            return
        for _ in range(n_steps):
            batch = self._next_batch(state)
            self._gradients(state.parameters, batch)
            state.optimizer_step += 1
            self._optimizer.update(state.parameters, self._gradient, state.slots, state.optimizer_step)
            state.step += 1

    def metrics(self, state: TrainingState) -> Floats:
        """Metrics of every model over all samples, shape (models, 3), in the order of `snapshots.METRICS`."""
        return np.array([model_metrics(self._spec.model, row, self._data) for row in state.parameters])

    def full_batch_losses(self, state: TrainingState) -> Floats:
        """Each model's own loss over all samples, shape (models,)."""
        columns = [int(name == "mse") for name in self._spec.losses]
        return self.metrics(state)[np.arange(len(columns)), columns]

    def _next_batch(self, state: TrainingState) -> Ints | slice:
        n = len(self._data)
        if is_full_batch(self._spec, n) or self._spec.batch_size is None:
            state.epoch += 1
            return slice(None)
        order = epoch_order(self._data.sample_id, self._spec.seed, state.epoch)
        batch = order[state.position : state.position + self._spec.batch_size]
        state.position += len(batch)
        if state.position == n:
            state.epoch, state.position = state.epoch + 1, 0
        return batch

    def _gradients(self, parameters: Floats, batch: Ints | slice) -> None:
        design, class_index = self._data.design[:, batch], self._data.class_index[batch]
        for model, loss in enumerate(self._losses):
            values = logits(self._spec.model, parameters[model], design)
            by_logits = loss.value_and_gradient(values, class_index)[1]
            self._gradient[model] = (by_logits @ design.T).ravel() / len(class_index)
