"""What the training controller says of an edit and of a run, in words; it decides nothing."""

from __future__ import annotations

import numpy as np

from engine.document.state import GuessLine
from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.layout import Floats
from engine.models import can_carry
from engine.specs import ModelSpec, TrainingSpec

FEW_CLASSES = Message(QT_TRANSLATE_NOOP("Engine", "Training needs at least two classes."))
FLAT_GRADIENT = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "Gradient = 0: the step jumps at z = 0 and its derivative is 0 everywhere else, so gradient descent "
        "cannot move the line.",
    )
)
NO_LINE = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "A line says nothing about hidden layers: training starts from it in a model without them.",
    )
)
_OTHER_MODEL = Message(
    QT_TRANSLATE_NOOP("Engine", "Another model shape: a new run starts from the converted weights.")
)
_OTHER_HIDDEN = Message(
    QT_TRANSLATE_NOOP("Engine", "Another model shape: a new run starts from new start weights.")
)
_OTHER_LOSSES = Message(QT_TRANSLATE_NOOP("Engine", "Other losses: a new run starts from the start weights."))


def new_run_message(old: TrainingSpec, new: TrainingSpec) -> Message | None:
    """Why an edit starts a new run, and from where; None if it does not."""
    if (old.model, old.class_ids) != (new.model, new.class_ids):
        return _OTHER_MODEL if can_carry(old, new) else _OTHER_HIDDEN
    return _OTHER_LOSSES if old.losses != new.losses else None


def is_flat(spec: TrainingSpec) -> bool:
    """Whether the gradient is 0 wherever there is one: the step model without its own rule."""
    return spec.model.kind == "step" and spec.optimizer.kind != "perceptron"


def guess_parameters(guess: GuessLine, model: ModelSpec) -> Floats | None:
    """A model's row (P,) in cm and kg that has the person's own line; None for models that have no line."""
    if model.n_classes != 2 or model.hidden:
        return None
    row = np.array([guess.per_cm, guess.per_kg, guess.bias])
    return row if model.is_binary else np.concatenate([-row, row]) / 2
