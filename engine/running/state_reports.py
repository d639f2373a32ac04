"""What a snapshot tells of a training state besides its parameters: read-only, nothing shared with it."""

from __future__ import annotations

from engine.snapshots import Memory, Mistakes
from engine.training import TrainingState


def memory_of(state: TrainingState) -> Memory:
    """What the next step depends on besides the parameters."""
    copy = state.copy()
    copy.slots.flags.writeable = False
    if copy.mistakes is not None:
        copy.mistakes.flags.writeable = False
    return Memory(copy.slots, copy.optimizer_step, copy.epoch, copy.position, copy.mistakes)


def mistakes_of(state: TrainingState) -> tuple[Mistakes, ...] | None:
    """What the perceptron rule has counted, for each model; None for other optimisers."""
    if state.mistakes is None:
        return None
    return tuple(
        Mistakes(state.epoch, so_far, None if last < 0 else last) for so_far, last in state.mistakes.tolist()
    )
