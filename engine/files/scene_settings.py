"""The settings of a scene: every key optional, each checked, the rest as the program's own defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from engine.document.state import LossMode, Settings
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.weights_check import Node
from engine.specs import (
    MAX_HIDDEN_LAYERS,
    MAX_HIDDEN_UNITS,
    HiddenActivation,
    ModelKind,
    OptimizerKind,
    OptimizerSpec,
    StartKind,
    StartSpec,
)

_KEYS = (
    "model",
    "loss_mode",
    "optimizer",
    "learning_rate",
    "momentum",
    "batch_size",
    "start",
    "seed",
    "threshold",
    "hidden",
    "activation",
    "standardize",
    "bias",
    "held_out_share",
    "split_seed",
    "label_smoothing",
)


def check_keys(node: Node, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    """Fail where an object lacks a required key or has one that means nothing here."""
    for key in required:
        node.at(key)
    if not isinstance(node.value, Mapping):
        node.fail(QT_TRANSLATE_NOOP("Engine", "an object"))
    for key in node.value:
        if key not in required and key not in optional:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "{path} is not a known key."),
                path=f"{node.path}.{key}" if node.path else key,
            )


def settings_from(node: Node) -> Settings:
    """Settings from a scene's object `node`.

    Raises
    ------
    FallLineError
        If a key is unknown or a value is not one that it can have.
    """
    check_keys(node, (), _KEYS)
    default = Settings()
    model, mode = default.model, default.loss_mode
    if node.has("model"):
        model = cast(ModelKind, node.at("model").one_of(*get_args(ModelKind)))
    if node.has("loss_mode"):
        mode = cast(LossMode, node.at("loss_mode").one_of(*get_args(LossMode)))
    return Settings(
        model=model,
        loss_mode=mode,
        optimizer=_optimizer(node, default.optimizer),
        batch_size=_batch_size(node, default.batch_size),
        start=_start(node.at("start")) if node.has("start") else default.start,
        seed=node.at("seed").whole() if node.has("seed") else default.seed,
        threshold=_between(node, "threshold", default.threshold),
        hidden=_hidden(node.at("hidden")) if node.has("hidden") else default.hidden,
        activation=cast(HiddenActivation, node.at("activation").one_of(*get_args(HiddenActivation)))
        if node.has("activation")
        else default.activation,
        standardize=flag(node.at("standardize")) if node.has("standardize") else default.standardize,
        bias=flag(node.at("bias")) if node.has("bias") else default.bias,
        held_out_share=_below_one(node, "held_out_share", default.held_out_share),
        split_seed=node.at("split_seed").whole() if node.has("split_seed") else default.split_seed,
        label_smoothing=_below_one(node, "label_smoothing", default.label_smoothing),
    )


def _hidden(node: Node) -> tuple[int, ...]:
    """Units of each hidden layer."""
    items = node.items()
    if not 1 <= len(items) <= MAX_HIDDEN_LAYERS:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a list of {least} to {most}"), least=1, most=MAX_HIDDEN_LAYERS)
    for item in items:
        if item.whole(1) > MAX_HIDDEN_UNITS:
            item.fail(
                QT_TRANSLATE_NOOP("Engine", "a whole number from {least} to {most}"),
                least=1,
                most=MAX_HIDDEN_UNITS,
            )
    return tuple(item.whole(1) for item in items)


def flag(node: Node) -> bool:
    """True or false."""
    if not isinstance(node.value, bool):
        node.fail(QT_TRANSLATE_NOOP("Engine", "true or false"))
    return node.value


def _optimizer(node: Node, default: OptimizerSpec) -> OptimizerSpec:
    kind, rate, momentum = default.kind, default.learning_rate, default.momentum
    if node.has("optimizer"):
        kind = cast(OptimizerKind, node.at("optimizer").one_of(*get_args(OptimizerKind)))
        if kind == "perceptron" and not (node.has("model") and node.at("model").value == "step"):
            node.at("optimizer").fail(
                QT_TRANSLATE_NOOP("Engine", "another optimiser, as the model is not “step”")
            )
    if node.has("learning_rate"):
        rate = above_zero(node.at("learning_rate"))
    momentum = _below_one(node, "momentum", momentum)
    return OptimizerSpec(kind=kind, learning_rate=rate, momentum=momentum)


def _batch_size(node: Node, default: int | None) -> int | None:
    if not node.has("batch_size"):
        return default
    size = node.at("batch_size")
    return None if size.value == "full" else size.whole(1)


def _start(node: Node) -> StartSpec:
    """Zeros, normal with a spread, or exact numbers in the order of the model's layout."""
    kind = cast(StartKind, node.at("kind").one_of("zeros", "normal", "exact"))
    if kind == "normal":
        check_keys(node, ("kind",), ("spread",))
        return StartSpec("normal", spread=above_zero(node.at("spread")) if node.has("spread") else 1.0)
    if kind == "exact":
        check_keys(node, ("kind", "parameters"))
        return StartSpec("exact", parameters=tuple(item.number() for item in node.at("parameters").items()))
    check_keys(node, ("kind",))
    return StartSpec()


def above_zero(node: Node) -> float:
    """A number above 0."""
    number = node.number()
    if number <= 0.0:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a number above 0"))
    return number


def _below_one(node: Node, key: str, default: float) -> float:
    if not node.has(key):
        return default
    number = node.at(key).number()
    if not 0.0 <= number < 1.0:
        node.at(key).fail(QT_TRANSLATE_NOOP("Engine", "a number from 0 to below 1"))
    return number


def _between(node: Node, key: str, default: float) -> float:
    if not node.has(key):
        return default
    number = node.at(key).number()
    if not 0.0 < number < 1.0:
        node.at(key).fail(QT_TRANSLATE_NOOP("Engine", "a number between 0 and 1"))
    return number
