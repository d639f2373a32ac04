"""Weights as a table: a row for each weight and bias, standardised and in cm and kg side by side.

A model with hidden layers has a table of its own, as only its first layer reads height and weight.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from engine.files.csv_bytes import csv_bytes
from engine.files.weights import FEATURES, WeightsFile
from engine.models import layout_of

HEADER = ("model", "loss", "class", "term", "unit", "mean", "std", "standardized", "original_units")
HIDDEN_HEADER = ("model", "loss", "layer", "node", "activation", "term", "unit", "mean", "std", "value")


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: UTF-8 (`csv_bytes`), comma, a header; numbers in full."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    has_hidden = weights.model == "mlp"
    writer.writerow(HIDDEN_HEADER if has_hidden else HEADER)
    for row in _node_rows(weights) if has_hidden else _class_rows(weights):
        writer.writerow((weights.model, weights.loss, *row))
    return csv_bytes(stream.getvalue())


def is_weights_table(start: bytes) -> bool:
    """Whether a file that begins like this is such a table, perhaps saved again by a spreadsheet."""
    first = start.decode("utf-8-sig", errors="replace").splitlines()[:1]
    separated = (next(csv.reader(first, delimiter=delimiter), []) for delimiter in ",;\t")
    return any(tuple(cells) in (HEADER, HIDDEN_HEADER) for cells in separated)


def _input_terms(weights: WeightsFile) -> list[tuple[object, ...]]:
    """Name, unit, mean and standard deviation of height and weight."""
    means, stds = weights.scaler.mean.tolist(), weights.scaler.std.tolist()
    return [
        (name, unit, repr(mean), repr(std))
        for (name, unit), mean, std in zip(FEATURES, means, stds, strict=True)
    ]


def _class_rows(weights: WeightsFile) -> Iterator[tuple[object, ...]]:
    names = weights.class_names[1:] if weights.spec.is_binary else weights.class_names
    terms = [*_input_terms(weights), ("bias", "", "", "")]
    for row, name in enumerate(names):
        for column, term in enumerate(terms):
            values = (float(weights.standardized[row, column]), float(weights.original_units[row, column]))
            yield (name, *term, *map(repr, values))


def _node_rows(weights: WeightsFile) -> Iterator[tuple[object, ...]]:
    terms = _input_terms(weights)
    for index, (rows, layer) in enumerate(zip(weights.layers, layout_of(weights.spec).layers, strict=True)):
        for node, row in enumerate(rows.tolist()):
            for term, value in zip([*terms, ("bias", "", "", "")], row, strict=True):
                yield (index + 1, node + 1, layer.activation, *term, repr(value))
        terms = [(f"node {node + 1}", "", "", "") for node in range(layer.outputs)]
