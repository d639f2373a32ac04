"""Weights as JSON: the documented interface (`docs/weights-format.md`)."""

from __future__ import annotations

import json
import math
from typing import Any

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.broken_reasons import NO_JSON_NUMBER, broken_json, check_not_empty, no_json
from engine.files.weights import FEATURES, Floats, WeightsFile
from engine.files.weights_check import FORMAT, VERSION, weights_from_document
from engine.models import layout_of


def to_document(weights: WeightsFile) -> dict[str, Any]:
    """The weights as plain dictionaries and lists, keys in the documented order, numbers as they are."""
    means, stds = weights.scaler.mean.tolist(), weights.scaler.std.tolist()
    return {
        "format": FORMAT,
        "version": VERSION,
        "model": weights.model,
        "loss": weights.loss,
        "classes": list(weights.class_names),
        "features": [
            {"name": name, "unit": unit, "mean": mean, "std": std}
            for (name, unit), mean, std in zip(FEATURES, means, stds, strict=True)
        ],
        **_whole_model(weights),
        "layers": [
            {**_layer(rows), "activation": layer.activation}
            for rows, layer in zip(weights.layers, layout_of(weights.spec).layers, strict=True)
        ],
        "training": training_document(weights),
        "metrics": metrics_document(weights),
    }


def _whole_model(weights: WeightsFile) -> dict[str, Any]:
    """What only a model without hidden layers has: all of it in one layer, and that in cm and kg."""
    if weights.model == "mlp":
        return {}
    return {
        "standardized": _layer(weights.standardized),
        "original_units": _layer(weights.original_units),
    }


def training_document(weights: WeightsFile) -> dict[str, Any]:
    """How the weights came to be; from `momentum` on only what means something."""
    training = weights.training
    document: dict[str, Any] = {
        "optimizer": training.optimizer,
        "learning_rate": training.learning_rate,
        "batch_size": "full" if training.batch_size is None else training.batch_size,
        "steps": training.steps,
        "seed": training.seed,
        "separable": training.separable,
    }
    names = ("momentum", "start", "start_spread", "label_smoothing")
    optional = {name: getattr(training, name) for name in names}
    return document | {name: value for name, value in optional.items() if value is not None}


def metrics_document(weights: WeightsFile) -> dict[str, Any]:
    """How the model does on its samples; null for a cross-entropy that is infinite."""
    metrics = weights.metrics
    likelihood = metrics.cross_entropy if math.isfinite(metrics.cross_entropy) else None
    return {
        "n": metrics.n,
        "loss": {weights.likelihood_loss: likelihood, "mse": metrics.mse},
        "accuracy": metrics.accuracy,
        "confusion": [list(row) for row in metrics.confusion],
    }


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: UTF-8, one line for each key of the document."""
    lines = [
        f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}"
        for key, value in to_document(weights).items()
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8")


def decode(data: bytes) -> WeightsFile:
    """Read the file's bytes.

    Raises
    ------
    FallLineError
        If they are not such a file; the sentence names the place.
    """
    check_not_empty(data)
    document = parse(data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "This is JSON, but not weights exported by Fall Line. Open weights that it exported, "
                "a session (.fallline), or a table of people (.csv, .xlsx, .ods).",
            )
        )
    return weights_from_document(document)


def parse(data: bytes) -> object:
    """Parse JSON strictly: UTF-8, with or without a byte-order mark; no NaN or Infinity, no key twice.

    Raises
    ------
    FallLineError
        If the bytes are not JSON; the sentence names line and column where there is one such place.
    """
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_distinct_keys
        )
    except (ValueError, RecursionError) as error:  # a number of too many digits, brackets in brackets
        raise broken_json(data, error) from None


def _layer(rows: Floats) -> dict[str, Any]:
    return {"weights": rows[:, :-1].tolist(), "bias": rows[:, -1].tolist()}


def _refuse_constant(name: str) -> object:
    raise no_json(NO_JSON_NUMBER, name=name)


def _distinct_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "{path} stands there twice."), path=twice)
    return document
