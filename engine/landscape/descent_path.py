"""The way that gradient descent takes from a start: a preview to draw on a landscape, beside the real run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.optimum.newton import ShouldStop
from engine.samples import Samples
from engine.specs import LossName, ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DescentPath:
    """Where a model stood, oldest first; read-only.

    Attributes
    ----------
    step : ndarray of int64, shape (m,)
    parameters : ndarray of shape (m, P)
    loss : ndarray of shape (m,)
        The loss that it descends, over all samples.
    """

    step: NDArray[np.int64]
    parameters: Floats
    loss: Floats


def descent_path(
    model: ModelSpec,
    loss: LossName,
    data: TrainingData,
    start: Floats,
    learning_rate: float,
    steps: int,
    every: int = 1,
    should_stop: ShouldStop | None = None,
) -> DescentPath:
    """Full-batch gradient descent from `start` (P,): the same steps, bit for bit, as a run takes.

    The path has step 0, every `every`-th step and the last one. It ends early where `should_stop` says so, or
    before the first parameters or loss that are not finite.

    Raises
    ------
    ValueError
        If `steps` is negative or `every` not positive.
    """
    if steps < 0 or every < 1:
        raise ValueError("a path has at least no step, and keeps one at least now and then")
    spec = TrainingSpec(
        model=model,
        losses=(loss,),
        samples=Samples(),
        data_revision=0,
        class_ids=tuple(range(model.n_classes)),
        optimizer=OptimizerSpec("gd", learning_rate),
        start=StartSpec("exact", parameters=tuple(float(number) for number in start)),
    )
    stepper, state = Stepper(spec, data), start_state(spec)
    kept = [(0, state.parameters[0].copy(), float(stepper.full_batch_losses(state)[0]))]
    while state.step < steps and not (should_stop is not None and should_stop()):
        stepper.advance(state, min(every, steps - state.step))
        value = float(stepper.full_batch_losses(state)[0])
        if not (np.isfinite(state.parameters).all() and np.isfinite(value)):
            break
        kept.append((state.step, state.parameters[0].copy(), value))
    step, parameters, losses = (np.array(column) for column in zip(*kept, strict=True))
    for array in (step, parameters, losses):
        array.flags.writeable = False
    return DescentPath(step.astype(np.int64, copy=False), parameters, losses)
