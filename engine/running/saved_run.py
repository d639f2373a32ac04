"""Where a run stands, apart from its samples and settings: what a file keeps, so that the run can go on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.layout import Floats
from engine.models import carry_scaler, held
from engine.running.history import LossCurve
from engine.running.saved_curve import SavedCurve
from engine.scaling import Standardizer
from engine.snapshots import Memory, Snapshot
from engine.specs import LossName, ModelKind, StartSpec, TrainingSpec
from engine.training import TrainingState, start_state
from engine.training_data import TrainingData

ROUNDING = 1e-12
"""Scalers that differ by no more than this are of the same samples, added up in another order."""


@dataclass(frozen=True, slots=True, eq=False)
class SavedRun:
    """The models of a run at one step.

    Attributes
    ----------
    step : int
    losses, kinds : tuple
        As in `TrainingSpec`.
    scaler : Standardizer
    parameters : ndarray of shape (models, P)
        In z-space of `scaler`, a row in the order of the model's `Layout`.
    memory : Memory or None
        With it the next step is the one that the run would have taken; without, the optimiser starts afresh.
    curve : SavedCurve or None
        What was recorded on the way here.
    """

    step: int
    losses: tuple[LossName, ...]
    kinds: tuple[ModelKind, ...]
    scaler: Standardizer
    parameters: Floats
    memory: Memory | None = None
    curve: SavedCurve | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, curve: LossCurve | None = None) -> SavedRun:
        """What a snapshot shows and, with the run's `curve`, how it came there."""
        spec = snapshot.spec
        return cls(
            snapshot.step,
            spec.losses,
            spec.kinds,
            snapshot.scaler,
            snapshot.parameters,
            snapshot.memory,
            None if curve is None else SavedCurve.of(curve, snapshot.step),
        )

    @property
    def is_finite(self) -> bool:
        """Whether every number is finite, as a file has to hold them."""
        slots = np.zeros(0) if self.memory is None else self.memory.slots
        return bool(np.isfinite(self.parameters).all() and np.isfinite(slots).all())

    def state(self, spec: TrainingSpec, data: TrainingData) -> TrainingState:
        """The state from which training goes on with `spec` on `data`: p(cm, kg) is unchanged.

        Raises
        ------
        FallLineError
            If the parameters are not those of the models that `spec` trains.
        """
        state = start_state(replace(spec, start=StartSpec()))
        if (self.losses, self.kinds, self.parameters.shape) != (
            spec.losses,
            spec.kinds,
            state.parameters.shape,
        ):
            raise FallLineError(QT_TRANSLATE_NOOP("Engine", "The saved weights are those of another model."))
        state.step = self.step
        state.parameters[...] = held(
            spec, carry_scaler(spec.model, self.parameters.copy(), self.scaler, data.scaler)
        )
        if self.memory is not None and self.memory.slots.shape == state.slots.shape:
            self._remember(self.memory, state, spec, data)
        return state

    def _remember(self, memory: Memory, state: TrainingState, spec: TrainingSpec, data: TrainingData) -> None:
        """Take up the optimiser's memory and the epoch; Adam's moments mean nothing to another scaler."""
        if spec.optimizer.kind != "adam" or _is_close(self.scaler, data.scaler):
            slots = memory.slots.copy()
            if spec.optimizer.kind != "adam":
                slots = carry_scaler(spec.model, slots, self.scaler, data.scaler)
            state.slots[...] = held(spec, slots)
            state.optimizer_step = memory.optimizer_step
        state.epoch, state.position = memory.epoch, memory.position
        if state.position >= len(data):
            state.epoch, state.position = state.epoch + bool(state.position), 0
        if state.mistakes is not None and memory.mistakes is not None:
            state.mistakes[...] = memory.mistakes


def _is_close(one: Standardizer, other: Standardizer) -> bool:
    return all(
        np.allclose(here, there, rtol=ROUNDING, atol=0.0)
        for here, there in ((one.mean, other.mean), (one.std, other.std))
    )
