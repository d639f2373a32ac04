"""Training: a spec compiles to a Stepper with its own buffers, which advances a TrainingState in place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.batches import carried_position, epoch_order
from engine.evaluators import evaluator_of
from engine.feeding import Feed
from engine.kernels.kernel import FoldedKernel, Kernel, Overflow, make_kernel
from engine.models import carry_classes, carry_scaler, held, layout_of, start_parameters
from engine.optimizers import N_SLOTS, Optimizer, make_optimizer
from engine.perceptron import MOST_SAMPLES_AT_ONCE, visit
from engine.snapshots import METRICS
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
    mistakes : ndarray of int64, shape (models, 2), or None
        Of the perceptron rule: in this epoch so far, and in the last whole one (-1 before the first).
    """

    step: int
    parameters: Floats
    slots: Floats
    optimizer_step: int = 0
    epoch: int = 0
    position: int = 0
    mistakes: Ints | None = None

    def copy(self) -> TrainingState:
        """A state that shares nothing with this one."""
        return TrainingState(
            self.step,
            self.parameters.copy(),
            self.slots.copy(),
            self.optimizer_step,
            self.epoch,
            self.position,
            None if self.mistakes is None else self.mistakes.copy(),
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
    return TrainingState(0, parameters, _fresh_slots(spec), mistakes=_no_mistakes(spec))


def _fresh_slots(spec: TrainingSpec) -> Floats:
    shape = (N_SLOTS[spec.optimizer.kind], len(spec.losses), layout_of(spec.model).parameter_count)
    return np.zeros(shape)


def _no_mistakes(spec: TrainingSpec) -> Ints | None:
    """Counts of the perceptron rule before its first sample; None for other optimisers."""
    return np.array([[0, -1]] * len(spec.losses)) if spec.optimizer.kind == "perceptron" else None


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
      early when the order changes (another seed) or the batch becomes the full one. Mistakes of the
      perceptron rule are counted on with it.
    - `step` stays.

    Raises
    ------
    ValueError
        If the parameters mean nothing in the new model (`models.can_carry`).
    """
    parameters = carry_scaler(old_spec.model, state.parameters, old_data.scaler, new_data.scaler)
    parameters = held(new_spec, carry_classes(parameters, old_spec, new_spec))
    carried = TrainingState(state.step, parameters, _fresh_slots(new_spec), mistakes=_no_mistakes(new_spec))
    same_shape = (old_spec.models, old_spec.class_ids, old_spec.losses) == (
        new_spec.models,
        new_spec.class_ids,
        new_spec.losses,
    )
    same_scaler = old_data.scaler == new_data.scaler
    kind = new_spec.optimizer.kind
    if same_shape and kind == old_spec.optimizer.kind and (same_scaler or kind != "adam"):
        slots = carry_scaler(old_spec.model, state.slots, old_data.scaler, new_data.scaler)
        carried.slots = held(new_spec, slots)
        carried.optimizer_step = state.optimizer_step
        if carried.mistakes is not None and state.mistakes is not None:
            carried.mistakes = state.mistakes.copy()
    carried.epoch, carried.position = _carry_epoch(state, old_spec, old_data, new_spec, new_data)
    if carried.mistakes is not None and carried.position == 0:
        carried.mistakes[:, 0] = 0
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
    return spec.samples_a_step is None or (spec.samples_a_step >= n and spec.optimizer.kind != "perceptron")


class _Trained:
    """One model of a comparison: its kernel and the samples that it reads.

    Attributes
    ----------
    folded : FoldedKernel or None
        The kernel, where it takes whole steps by itself.
    """

    def __init__(self, kernel: Kernel, feed: Feed) -> None:
        self.kernel, self.feed = kernel, feed
        self.folded: FoldedKernel | None = None

    def fold(self, learning_rate: float) -> None:
        """Let the kernel take full-batch steps of gradient descent by itself, if it can."""
        blocks = self.feed.blocks
        if isinstance(self.kernel, FoldedKernel) and len(blocks) == 1:
            self.kernel.fold(blocks[0], learning_rate)
            self.folded = self.kernel


class Stepper:
    """Takes steps of one spec on one set of data; owns its buffers, changes only the state it is given.

    Bits depend on spec, data and state alone: not on how many steps one call takes, nor on the other models
    of a comparison, each of which has a kernel of its own. Without samples a step does nothing.

    Raises
    ------
    ValueError
        If a model is not trained on one of the losses, or the perceptron rule is asked for another model than
        the step model.
    """

    def __init__(self, spec: TrainingSpec, data: TrainingData) -> None:
        if spec.optimizer.kind == "perceptron" and spec.model.kind != "step":
            raise ValueError(f"the perceptron rule does not train a {spec.model.kind} model")
        self._spec = spec
        self._data = data
        self._overflow = Overflow()
        self._is_full_batch = is_full_batch(spec, len(data))
        feeds = {
            model: Feed(model, data, in_batches=not self._is_full_batch)
            for model in dict.fromkeys(spec.models)
        }
        evaluators = {model: evaluator_of(model, data, feed.blocks) for model, feed in feeds.items()}
        self._feeds = tuple(feeds.values())
        self._models = [
            _Trained(make_kernel(model, loss, self._overflow, data.label_smoothing), feeds[model])
            for model, loss in zip(spec.models, spec.losses, strict=True)
        ]
        self._evaluators = [evaluators[model] for model in spec.models]
        self._gradient = np.empty((len(spec.losses), layout_of(spec.model).parameter_count))
        follows_gradient = spec.optimizer.kind != "perceptron"
        self._optimizer = make_optimizer(spec.optimizer, self._gradient.shape) if follows_gradient else None
        self._shuffled_epoch = -1
        if self._descends:
            for model in self._models:
                model.fold(spec.optimizer.learning_rate)

    @property
    def _descends(self) -> bool:
        """Whether the models can take their steps one after the other: nothing is shared between steps."""
        return self._is_full_batch and self._spec.optimizer.kind == "gd"

    def advance(self, state: TrainingState, n_steps: int) -> None:
        """Take `n_steps` steps in place."""
        if not len(self._data):
            return
        with np.errstate(all="ignore", over="call", call=self._overflow):
            if self._optimizer is None:
                self._visit(state, n_steps)
            elif self._descends:
                self._descend(state, n_steps)
            else:
                self._take_steps(state, n_steps, self._optimizer)
        state.step += n_steps
        state.optimizer_step += n_steps

    def metrics(self, state: TrainingState) -> Floats:
        """Metrics of every model over all samples, shape (models, 3), in the order of `snapshots.METRICS`.

        NaN without samples.
        """
        result = np.empty((len(state.parameters), len(METRICS)))
        with np.errstate(all="ignore"):
            for evaluator, row, out in zip(self._evaluators, state.parameters, result, strict=True):
                evaluator.evaluate(row, out)
        return result

    def full_batch_losses(self, state: TrainingState) -> Floats:
        """Each model's own loss over all samples, shape (models,)."""
        columns = [METRICS.index("mse" if loss == "mse" else "cross_entropy") for loss in self._spec.losses]
        return self.metrics(state)[np.arange(len(columns)), columns]

    def _descend(self, state: TrainingState, n_steps: int) -> None:
        rate = self._spec.optimizer.learning_rate
        for model, row, change in zip(self._models, state.parameters, self._gradient, strict=True):
            if model.folded is not None:
                model.folded.descend(row, n_steps)
                continue
            kernel, blocks = model.kernel, model.feed.blocks
            for _ in range(n_steps if blocks else 0):
                kernel.gradient(row, blocks, change)
                np.multiply(change, rate, out=change)
                np.subtract(row, change, out=row)
        state.epoch += n_steps

    def _take_steps(self, state: TrainingState, n_steps: int, optimizer: Optimizer) -> None:
        parameters, gradient, slots = state.parameters, self._gradient, state.slots
        models = [
            (model.kernel.gradient, self._feeds.index(model.feed), row, out)
            for model, row, out in zip(self._models, parameters, gradient, strict=True)
        ]
        update = optimizer.update
        for optimizer_step in range(state.optimizer_step + 1, state.optimizer_step + n_steps + 1):
            batches = self._next_batches(state)
            for write_gradient, feed, row, out in models:
                if batches[feed]:
                    write_gradient(row, batches[feed], out)
                else:
                    out.fill(0.0)
            update(parameters, gradient, slots, optimizer_step)

    def _visit(self, state: TrainingState, n_steps: int) -> None:
        """Take steps of the perceptron rule and count its mistakes."""
        mistakes = state.mistakes
        if mistakes is None:
            raise ValueError("the state was not made for the perceptron rule")
        while n_steps:
            if self._shuffled_epoch != state.epoch:
                self._shuffle(state.epoch)
            end = min(state.position + min(n_steps, MOST_SAMPLES_AT_ONCE), len(self._data))
            samples = self._feeds[0].points(state.position, end)
            for row, counts in zip(state.parameters, mistakes, strict=True):
                counts[0] += visit(row, samples, self._spec.optimizer.learning_rate)
            n_steps -= end - state.position
            state.position = end
            if end == len(self._data):
                state.epoch, state.position = state.epoch + 1, 0
                mistakes[:, 1], mistakes[:, 0] = mistakes[:, 0], 0

    def _next_batches(self, state: TrainingState) -> list[list[Floats]]:
        """The blocks of the next step's samples, for each of `_feeds`; moves `epoch` and `position` on."""
        batch_size = self._spec.samples_a_step
        if self._is_full_batch or batch_size is None:
            state.epoch += 1
            return [feed.blocks for feed in self._feeds]
        if self._shuffled_epoch != state.epoch:
            self._shuffle(state.epoch)
        start = state.position
        end = min(start + batch_size, len(self._data))
        state.position = end
        if end == len(self._data):
            state.epoch, state.position = state.epoch + 1, 0
        return [feed.batch(start, end) for feed in self._feeds]

    def _shuffle(self, epoch: int) -> None:
        """Put the samples into the order of an epoch."""
        order = epoch_order(self._data.sample_id, self._spec.seed, epoch)
        for feed in self._feeds:
            feed.shuffle(order)
        self._shuffled_epoch = epoch
