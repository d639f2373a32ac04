"""What the training controller says of an edit and of a run, in words; it decides nothing."""

from __future__ import annotations

import numpy as np

from engine.document.state import GuessLine
from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.layout import Floats
from engine.models import can_carry
from engine.running.compiled import same_model
from engine.snapshots import Snapshot
from engine.specs import RIVAL_KINDS, ModelSpec, TrainingSpec

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
_NO_LINE_HERE = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "This output layer cannot tell a logit from its opposite, so no line says what it should do: "
        "training starts from a line in another model.",
    )
)
UNDEFINED = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "From zeros this output layer is undefined: every logit is 0. Its gradient counts as 0 there, so "
        "training cannot move it. Choose a start by chance, then reset.",
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
    if not same_model(old, new):
        return _OTHER_MODEL if can_carry(old, new) else _OTHER_HIDDEN
    return _OTHER_LOSSES if (old.losses, old.kinds) != (new.losses, new.kinds) else None


def is_flat(spec: TrainingSpec) -> bool:
    """Whether the gradient is 0 wherever there is one: the step model without its own rule."""
    return spec.model.kind == "step" and spec.optimizer.kind != "perceptron"


def is_undefined(snapshot: Snapshot) -> bool:
    """Whether a rival of softmax stands where every logit is 0, which its training never leaves."""
    return snapshot.spec.model.kind in RIVAL_KINDS and not snapshot.parameters.any(axis=1).all()


def line_obstacle(model: ModelSpec) -> Message | None:
    """Why a model cannot start from the person's own line; None where it can."""
    if model.hidden:
        return NO_LINE
    return _NO_LINE_HERE if model.kind in RIVAL_KINDS else None


def guess_parameters(guess: GuessLine, model: ModelSpec) -> Floats | None:
    """A model's row (P,) in cm and kg that has the person's own line; None for models that have no line.

    Two softmax rows have it in their difference, each of two sigmoids has it for itself.
    """
    if model.n_classes != 2 or model.hidden or model.kind in RIVAL_KINDS:
        return None
    row = np.array([guess.per_cm, guess.per_kg, guess.bias])
    if model.is_binary:
        return row
    return np.concatenate([-row, row]) * (1.0 if model.kind == "sigmoids" else 0.5)
