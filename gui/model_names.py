"""What the models of a run are called, and how their lines are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from engine.specs import LossName, ModelKind, TrainingSpec
from gui.formulas import loss_name
from gui.i18n import translate

if TYPE_CHECKING:
    from engine.files.weights import WeightsFile


def model_name(spec: TrainingSpec, row: int) -> str:
    """What the model in a row is called: by its loss or, where output layers are compared, by its own."""
    return output_name(spec.kinds[row]) if spec.kinds else loss_name(spec.losses[row])


def output_name(kind: ModelKind) -> str:
    """What one of two output layers that are compared is called."""
    if kind == "sigmoids":
        return translate("ModelName", "K sigmoids")
    return translate("ModelName", "softmax")


def model_names(spec: TrainingSpec) -> tuple[str, ...]:
    """The names of all models of a run, in the order of the state's rows."""
    return tuple(model_name(spec, row) for row in range(len(spec.losses)))


def trained_on(spec: TrainingSpec, row: int) -> str:
    """The loss that a model is trained on, after the model where output layers are compared."""
    loss = loss_name(spec.losses[row])
    if not spec.kinds:
        return translate("ModelName", "trained on {loss}", loss=loss)
    return translate("ModelName", "{model}, trained on {loss}", model=model_name(spec, row), loss=loss)


def are_outputs_compared(models: Sequence[WeightsFile]) -> bool:
    """Whether exported models differ by their output layers, not by their losses alone."""
    return len({model.model for model in models}) > 1


def exported_name(models: Sequence[WeightsFile], row: int) -> str:
    """What an exported model is called, as `model_name` calls it on screen."""
    chosen = models[row]
    return output_name(chosen.model) if are_outputs_compared(models) else loss_name(chosen.loss)


def has_long_dash(spec: TrainingSpec, row: int) -> bool:
    """Whether a model's line has long dashes: BCE's beside one of CE, as both losses are ink."""
    return is_long_dashed(spec.losses[row], spec.losses)


def is_long_dashed(loss: LossName, losses: Iterable[LossName]) -> bool:
    """The same for the line of a loss among those of some models."""
    return loss == "bce" and "ce" in losses
