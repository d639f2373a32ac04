"""Choosing another model as one undo command: with a start and an optimiser that it can use."""

from __future__ import annotations

from dataclasses import replace

from engine.document.state import DocumentState
from engine.models import start_fits
from engine.specs import MULTI_CLASS_KINDS, RIVAL_KINDS, ModelKind, OptimizerKind
from gui.document import Document

BINARY_MODELS: tuple[ModelKind, ...] = ("logistic", "softmax", "sigmoids", "step", "mlp")


def models_of(state: DocumentState) -> tuple[ModelKind, ...]:
    """The models that the window offers for the document's classes, with the present one among them."""
    if len(state.classes) != 2:
        return MULTI_CLASS_KINDS
    kind = state.model.kind
    return BINARY_MODELS if kind in BINARY_MODELS else (*BINARY_MODELS, kind)


def optimizers_of(kind: ModelKind) -> tuple[OptimizerKind, ...]:
    """The optimisers that the window offers for a model: the step has no slope for all but its own rule."""
    return ("gd", "perceptron") if kind == "step" else ("gd", "momentum", "adam")


def choose_model(document: Document, kind: ModelKind, **others: object) -> None:
    """Train another model. What the present settings give it that it cannot use changes with it.

    From zeros all units of a hidden layer are alike and stay so, and softmax's rivals are undefined: training
    then starts by chance. `others` are further fields of `Settings` that change in the same command.
    """
    changes = {"model": kind, **_start_changes(document.state, kind), **_optimizer_changes(document, kind)}
    document.change_settings(**changes, **others)


def _start_changes(state: DocumentState, kind: ModelKind) -> dict[str, object]:
    start = state.settings.start
    if start.kind == "normal" or (kind != "mlp" and kind not in RIVAL_KINDS):
        return {}
    wanted = replace(state, settings=replace(state.settings, model=kind)).model
    is_model = len(state.classes) >= 2
    fits = is_model and start.kind == "exact" and start_fits(start, wanted)
    if fits and (kind == "mlp" or any(start.parameters)):
        return {}
    return {"start": replace(start, kind="normal")}


def _optimizer_changes(document: Document, kind: ModelKind) -> dict[str, object]:
    optimizer = document.state.settings.optimizer
    return {} if optimizer.kind in optimizers_of(kind) else {"optimizer": replace(optimizer, kind="gd")}
