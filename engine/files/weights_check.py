"""Reads a weights document strictly: each complaint names the place, as in ``standardized.weights[0][1]``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, cast, get_args

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.broken_reasons import WRONG_FILE
from engine.files.weights import FEATURES, Floats, MetricsInfo, TrainingInfo, WeightsFile, WeightsOptimizer
from engine.models import OUTPUT_ACTIVATIONS
from engine.scaling import Standardizer
from engine.specs import (
    INFINITE_KINDS,
    MAX_CLASSES,
    MAX_HIDDEN_LAYERS,
    MAX_HIDDEN_UNITS,
    MULTI_CLASS_KINDS,
    HiddenActivation,
    ModelKind,
    ModelSpec,
)

FORMAT = "fall-line-weights"
VERSION = 1
LARGEST_WHOLE = 2**53
AGREEMENT = 1e-9
"""How far, relative to the largest term, the weights in cm and kg may be from the standardised ones."""


def weights_from_document(document: object) -> WeightsFile:
    """Check a parsed document and turn it into weights. Unknown keys are ignored.

    Raises
    ------
    FallLineError
        If it is another format, version or model, or something is missing, of the wrong kind, or
        contradicts something else in it.
    """
    root = Node("", document)
    check_kind(root)
    model = cast(ModelKind, root.at("model").one_of(*get_args(ModelKind)))
    names = class_names_of(root.at("classes"), model)
    scaler = _scaler(root.at("features"))
    activation: HiddenActivation = "tanh"
    if model == "mlp":
        layers, activation = _hidden_layers(root.at("layers"))
        original = _in_cm_and_kg(root.at("layers"), scaler, layers[0])
        original.flags.writeable = False
    else:
        standardized, original = _single_layer(root, model, scaler, len(names))
        layers = (standardized,)
    likelihood = ModelSpec(model, len(names)).likelihood
    losses = ("mse",) if model == "step" else (likelihood, "mse")
    return WeightsFile(
        model=model,
        loss=cast(Any, root.at("loss").one_of(*losses)),
        class_names=names,
        scaler=scaler,
        layers=layers,
        original_units=original,
        training=_training(root.at("training")),
        metrics=_metrics(root.at("metrics"), likelihood, len(names), may_be_infinite=model in INFINITE_KINDS),
        activation=activation,
    )


class Node:
    """A value in a document and the path by which a person finds it."""

    def __init__(self, path: str, value: object) -> None:
        self.path = path
        self.value = value

    def fail(self, expected: str, **values: object) -> NoReturn:
        """Say what was expected here: a phrase marked for translation, and its values."""
        kinds = {"expected": Message(expected, values), "found": described(self.value)}
        if not self.path:
            raise FallLineError(WRONG_FILE, **kinds)
        text = QT_TRANSLATE_NOOP("Engine", "{path}: expected {expected}, found {found}.")
        raise FallLineError(text, path=self.path, **kinds)

    def at(self, key: str) -> Node:
        """The value under `key` of an object, which must be there."""
        if not isinstance(self.value, Mapping):
            self.fail(QT_TRANSLATE_NOOP("Engine", "an object"))
        path = f"{self.path}.{key}" if self.path else key
        if key not in self.value:
            raise FallLineError(QT_TRANSLATE_NOOP("Engine", "{path} is missing."), path=path)
        return Node(path, self.value[key])

    def has(self, key: str) -> bool:
        """Whether an object has this key."""
        return isinstance(self.value, Mapping) and key in self.value

    def items(self, length: int | None = None) -> list[Node]:
        """The entries of a list, `length` of them where that is told."""
        if not isinstance(self.value, list):
            self.fail(QT_TRANSLATE_NOOP("Engine", "a list"))
        values: Sequence[object] = self.value
        if length is not None and len(values) != length:
            self.fail(QT_TRANSLATE_NOOP("Engine", "a list of {length}"), length=length)
        return [Node(f"{self.path}[{index}]", value) for index, value in enumerate(values)]

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fail(QT_TRANSLATE_NOOP("Engine", "a number"))
        try:
            value = float(self.value)
        except OverflowError:
            self.fail(QT_TRANSLATE_NOOP("Engine", "a finite number"))
        if not math.isfinite(value):
            self.fail(QT_TRANSLATE_NOOP("Engine", "a finite number"))
        return value

    def whole(self, least: int = 0) -> int:
        """A whole number, at least `least`, that a session can hold too."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < least:
            self.fail(QT_TRANSLATE_NOOP("Engine", "a whole number, at least {least}"), least=least)
        if self.value > LARGEST_WHOLE:
            self.fail(
                QT_TRANSLATE_NOOP("Engine", "a whole number from {least} to {most}"),
                least=least,
                most=LARGEST_WHOLE,
            )
        return self.value

    def text(self) -> str:
        """A string that is not empty, and that a file can hold: no half of a character in it."""
        if not isinstance(self.value, str) or not self.value or not _is_unicode(self.value):
            self.fail(QT_TRANSLATE_NOOP("Engine", "a text"))
        return self.value

    def one_of(self, *words: str) -> str:
        """One of a few words."""
        if self.value not in words:
            self.fail("{words}", words=" | ".join(f'"{word}"' for word in words))
        return self.value


def _is_unicode(text: str) -> bool:
    return all(not 0xD800 <= ord(character) <= 0xDFFF for character in text)


def described(value: object) -> Message:
    """A value as it is told to a person, shortened if it is long."""
    if isinstance(value, Mapping):
        return Message(QT_TRANSLATE_NOOP("Engine", "an object"))
    if isinstance(value, list):
        return Message(QT_TRANSLATE_NOOP("Engine", "a list of {length}"), {"length": len(value)})
    text = json.dumps(value, ensure_ascii=isinstance(value, str) and not _is_unicode(value))
    return Message("{text}", {"text": text if len(text) <= 40 else text[:37] + "..."})


def not_ours() -> FallLineError:
    """The refusal of something that is no weights of the program at all."""
    return FallLineError(
        QT_TRANSLATE_NOOP(
            "Engine",
            "These are not weights exported by Fall Line. Open weights that it exported, a session "
            "(.fallline), or a table of people (.csv, .xlsx, .ods).",
        )
    )


def check_kind(root: Node) -> None:
    """Refuse a document of another format, version or model than are known."""
    if not root.has("format") or root.at("format").value != FORMAT:
        raise not_ours()
    version = root.at("version").whole(1)
    if version != VERSION:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "These weights have version {version} of the format; this program reads version {known}.",
            ),
            version=version,
            known=VERSION,
        )
    model = root.at("model").text()
    if model not in get_args(ModelKind):
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", 'This program does not know the model "{model}".'), model=model
        )


def class_names_of(node: Node, model: str) -> tuple[str, ...]:
    """The classes' names, as many as a model may have, all different."""
    items = node.items()
    if model not in MULTI_CLASS_KINDS and len(items) != 2:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a list of {length}"), length=2)
    if not 2 <= len(items) <= MAX_CLASSES:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a list of {least} to {most}"), least=2, most=MAX_CLASSES)
    names: list[str] = []
    for item in items:
        if item.text() in names:
            item.fail(QT_TRANSLATE_NOOP("Engine", "another name"))
        names.append(item.text())
    return tuple(names)


def _scaler(node: Node) -> Standardizer:
    means: list[float] = []
    stds: list[float] = []
    for item, (name, unit) in zip(node.items(len(FEATURES)), FEATURES, strict=True):
        item.at("name").one_of(name)
        item.at("unit").one_of(unit)
        means.append(item.at("mean").number())
        stds.append(item.at("std").number())
        if stds[-1] <= 0.0:
            item.at("std").fail(QT_TRANSLATE_NOOP("Engine", "a number above zero"))
    return Standardizer(means[0], means[1], stds[0], stds[1])


def _single_layer(
    root: Node, model: ModelKind, scaler: Standardizer, n_classes: int
) -> tuple[Floats, Floats]:
    """A model without hidden layers: standardised, and the same in cm and kg."""
    rows = n_classes if model in MULTI_CLASS_KINDS else 1
    standardized = _layer(root.at("standardized"), rows)
    original = _layer(root.at("original_units"), rows)
    _check_original(root.at("original_units"), scaler, standardized, original)
    _check_layers(root.at("layers"), standardized, OUTPUT_ACTIVATIONS[model])
    return standardized, original


def _hidden_layers(node: Node) -> tuple[tuple[Floats, ...], HiddenActivation]:
    """All layers of a model with hidden ones, each fitting the one before, and what its units do."""
    items = node.items()
    most = MAX_HIDDEN_LAYERS + 1
    if not 2 <= len(items) <= most:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a list of {least} to {most}"), least=2, most=most)
    layers: list[Floats] = []
    activation = items[0].at("activation").one_of(*get_args(HiddenActivation))
    inputs = len(FEATURES)
    for item in items[:-1]:
        item.at("activation").one_of(activation)
        units = len(item.at("weights").items())
        if not 1 <= units <= MAX_HIDDEN_UNITS:
            item.at("weights").fail(
                QT_TRANSLATE_NOOP("Engine", "a list of {least} to {most}"), least=1, most=MAX_HIDDEN_UNITS
            )
        layers.append(_layer(item, units, inputs))
        inputs = units
    items[-1].at("activation").one_of(OUTPUT_ACTIVATIONS["mlp"])
    layers.append(_layer(items[-1], 1, inputs))
    return tuple(layers), cast(HiddenActivation, activation)


def _layer(node: Node, rows: int, inputs: int = len(FEATURES)) -> Floats:
    """Weights and biases as an array (rows, inputs + 1), read-only."""
    weights = [[cell.number() for cell in row.items(inputs)] for row in node.at("weights").items(rows)]
    bias = [item.number() for item in node.at("bias").items(rows)]
    layer = np.column_stack([np.array(weights), np.array(bias)])
    layer.flags.writeable = False
    return layer


def _in_cm_and_kg(node: Node, scaler: Standardizer, standardized: Floats) -> Floats:
    """A first layer's weights in cm and kg; refused where they are too large for numbers."""
    with np.errstate(all="ignore"):
        original = scaler.to_original_units(standardized)
    if not np.isfinite(original).all():
        node.fail(QT_TRANSLATE_NOOP("Engine", "a finite number"))
    return original


def in_agreement(scaler: Standardizer, standardized: Floats, original: Floats) -> NDArray[np.bool_]:
    """Which weights in cm and kg are the standardised ones but for rounding; all of shape (rows, 3)."""
    with np.errstate(all="ignore"):
        expected = scaler.to_original_units(standardized)
        terms = np.abs(expected[:, :2] * scaler.mean).sum(axis=1) + np.abs(standardized[:, 2])
        allowed = AGREEMENT * np.column_stack([np.abs(expected[:, :2]), terms])
        return np.asarray(np.abs(original - expected) <= allowed)


def _check_original(node: Node, scaler: Standardizer, standardized: Floats, original: Floats) -> None:
    _in_cm_and_kg(node, scaler, standardized)
    if not in_agreement(scaler, standardized, original).all():
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "{path} and standardized are two different models."), path=node.path
        )


def _check_layers(node: Node, standardized: Floats, activation: str) -> None:
    layer = node.items(1)[0]
    layer.at("activation").one_of(activation)
    if not np.array_equal(_layer(layer, len(standardized)), standardized):
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "{path} and standardized are two different models."), path=layer.path
        )


def _training(node: Node) -> TrainingInfo:
    batch = node.at("batch_size")
    rate, seed, separable = node.at("learning_rate"), node.at("seed"), node.at("separable")
    return TrainingInfo(
        optimizer=cast(Any, node.at("optimizer").one_of(*get_args(WeightsOptimizer))),
        learning_rate=None if rate.value is None else rate.number(),
        batch_size=None if batch.value == "full" else batch.whole(1),
        steps=node.at("steps").whole(),
        seed=None if seed.value is None else seed.whole(),
        separable=None
        if separable.value is None
        else cast(Any, separable.one_of("none", "quasi", "complete")),
        momentum=node.at("momentum").number() if node.has("momentum") else None,
        start=cast(Any, node.at("start").one_of("zeros", "normal", "exact")) if node.has("start") else None,
        start_spread=node.at("start_spread").number() if node.has("start_spread") else None,
        label_smoothing=_share(node.at("label_smoothing")) if node.has("label_smoothing") else None,
    )


def _share(node: Node) -> float:
    """A number from 0 to below 1."""
    number = node.number()
    if not 0.0 <= number < 1.0:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a number from 0 to below 1"))
    return number


def _metrics(node: Node, likelihood: str, n_classes: int, *, may_be_infinite: bool) -> MetricsInfo:
    """How the model does; its cross-entropy may be null, for infinite, where that is told."""
    loss = node.at("loss")
    is_infinite = may_be_infinite and loss.at(likelihood).value is None
    confusion = tuple(
        tuple(cell.whole() for cell in row.items(n_classes)) for row in node.at("confusion").items(n_classes)
    )
    return MetricsInfo(
        n=node.at("n").whole(),
        cross_entropy=math.inf if is_infinite else loss.at(likelihood).number(),
        mse=loss.at("mse").number(),
        accuracy=node.at("accuracy").number(),
        confusion=confusion,
    )
