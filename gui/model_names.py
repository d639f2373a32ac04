"""What the models of a run are called, and how their lines are told apart."""

from __future__ import annotations

from engine.specs import TrainingSpec
from gui.formulas import loss_name
from gui.i18n import translate


def model_name(spec: TrainingSpec, row: int) -> str:
    """What the model in a row is called: by its loss or, where output layers are compared, by its own."""
    if not spec.kinds:
        return loss_name(spec.losses[row])
    if spec.kinds[row] == "sigmoids":
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


def has_long_dash(spec: TrainingSpec, row: int) -> bool:
    """Whether a model's line has long dashes: BCE's beside one of CE, as both losses are ink."""
    return spec.losses[row] == "bce" and "ce" in spec.losses
