"""Weights as a table: a row for each weight and bias, standardised and in cm and kg side by side.

A model with hidden layers has a table of its own, as only its first layer reads height and weight. What no
row says - the names of all classes, how the model was trained, how it does - stands as JSON in the last
column of the first row.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np

from engine.errors import FallLineError
from engine.files.csv_bytes import csv_bytes
from engine.files.weights import FEATURES, WeightsFile
from engine.files.weights_cells import METADATA, WeightCells
from engine.files.weights_check import Node, check_kind, class_names_of, in_agreement, weights_from_document
from engine.files.weights_json import parse, to_document
from engine.files.weights_rows import Header, PlacedError, Row, header_in, placed, read_rows
from engine.models import OUTPUT_ACTIVATIONS, layout_of
from engine.scaling import Standardizer
from engine.specs import MULTI_CLASS_KINDS, ModelKind

HEADER = ("model", "loss", "class", "term", "unit", "mean", "std", "standardized", "original_units", METADATA)
HIDDEN_HEADER = (
    "model", "loss", "layer", "node", "activation", "term", "unit", "mean", "std", "value", METADATA,
)  # fmt: skip

IN_METADATA = ("format", "version", "classes", "training", "metrics")
"""Keys of the JSON document that stand there."""

BIAS = ("bias", "")

Terms = tuple[tuple[str, str], ...]
"""What the weights of a node are for, and the unit of that."""


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: UTF-8 (`csv_bytes`), comma, a header; numbers in full."""
    has_hidden = weights.model == "mlp"
    document = to_document(weights)
    metadata = json.dumps({key: document[key] for key in IN_METADATA}, ensure_ascii=False, allow_nan=False)
    lines = [_line(HIDDEN_HEADER if has_hidden else HEADER)]
    for row in _node_rows(weights) if has_hidden else _class_rows(weights):
        lines.append(_line((weights.model, weights.loss, *row, "" if len(lines) > 1 else metadata)))
    return csv_bytes("".join(lines))


def is_weights_table(start: bytes) -> bool:
    """Whether a file that begins like this is such a table, perhaps saved again by a spreadsheet."""
    return header_in(start, (HEADER, HIDDEN_HEADER)) is not None


def decode(data: bytes) -> WeightsFile:
    """Read a table that `encode` wrote, perhaps saved again by a spreadsheet.

    Raises
    ------
    FallLineError
        If it is none, or something in it is wrong; the sentence names line and column.
    """
    table = read_rows(data, (HEADER, HIDDEN_HEADER))
    cells = WeightCells(table)
    first = cells.peek()
    with placed(*cells.place(first, METADATA)):
        metadata = Node(METADATA, parse(cells.cell(first, METADATA).encode("utf-8", "surrogatepass")))
        document: dict[str, Any] = {key: metadata.at(key).value for key in IN_METADATA}
    document["model"] = cells.text(first, "model", "model")
    document["loss"] = cells.text(first, "loss", "loss")
    document["features"] = [{"name": name, "unit": unit} for name, unit in FEATURES]
    try:
        read = _read_layers if _has_hidden(document, table.header) else _read_classes
        read(cells, document)
        cells.end()
        return weights_from_document(document)
    except PlacedError:
        raise
    except FallLineError as error:
        place = cells.places.get(_path_of(error, document), cells.place(first, METADATA))
        raise PlacedError(*place, error.message) from None


def _line(cells: Sequence[object]) -> str:
    """A row as CSV, with a line feed at its end."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow(cells)  # so that a lone return is quoted, too
    return stream.getvalue()[:-2] + "\n"


def _input_terms(weights: WeightsFile) -> list[tuple[object, ...]]:
    """Name, unit, mean and standard deviation of height and weight."""
    means, stds = weights.scaler.mean.tolist(), weights.scaler.std.tolist()
    return [
        (name, unit, repr(mean), repr(std))
        for (name, unit), mean, std in zip(FEATURES, means, stds, strict=True)
    ]


def _class_rows(weights: WeightsFile) -> Iterator[tuple[object, ...]]:
    terms = [*_input_terms(weights), (*BIAS, "", "")]
    for row, name in enumerate(_rows_of(weights.model, weights.class_names)):
        for column, term in enumerate(terms):
            values = (float(weights.standardized[row, column]), float(weights.original_units[row, column]))
            yield (name, *term, *map(repr, values))


def _node_rows(weights: WeightsFile) -> Iterator[tuple[object, ...]]:
    terms = _input_terms(weights)
    for index, (rows, layer) in enumerate(zip(weights.layers, layout_of(weights.spec).layers, strict=True)):
        for node, row in enumerate(rows.tolist()):
            for term, value in zip([*terms, (*BIAS, "", "")], row, strict=True):
                yield (index + 1, node + 1, layer.activation, *term, repr(value))
        terms = [(*term, "", "") for term in _node_terms(layer.outputs)]


def _rows_of(model: str, names: Sequence[str]) -> Sequence[str]:
    """The classes whose logits a model without hidden layers computes."""
    return names if model in MULTI_CLASS_KINDS else names[1:]


def _node_terms(count: int) -> Terms:
    """What the weights of a layer are for where `count` nodes stand before it."""
    return tuple((f"node {node + 1}", "") for node in range(count))


def _has_hidden(document: Mapping[str, Any], header: Header) -> bool:
    """Whether the model has hidden layers; its table has to have the header for it."""
    root = Node("", document)
    check_kind(root)
    has_hidden = header == HIDDEN_HEADER
    root.at("model").one_of(*(kind for kind in get_args(ModelKind) if (kind == "mlp") == has_hidden))
    return has_hidden


@dataclass(frozen=True, slots=True)
class _Part:
    """Weights and biases of the document, that stand at `path` in it and in a column of the table."""

    path: str
    column: str
    layer: dict[str, Any] = field(default_factory=lambda: {"weights": [], "bias": []})


def _read_classes(cells: WeightCells, document: dict[str, Any]) -> None:
    """Put the weights of a model without hidden layers into the document."""
    model = document["model"]
    parts = [_Part(name, name) for name in ("standardized", "original_units")]
    for name in _rows_of(model, class_names_of(Node("", document).at("classes"), model)):
        _read_node(cells, {"class": name}, FEATURES, document["features"], parts)
    document.update({part.path: part.layer for part in parts})
    document["layers"] = [{**document["standardized"], "activation": OUTPUT_ACTIVATIONS[model]}]


def _read_layers(cells: WeightCells, document: dict[str, Any]) -> None:
    """Put the layers of a model with hidden ones into the document."""
    layers = document["layers"] = []
    terms: Terms = FEATURES
    while cells.has_next:
        number, first = len(layers), cells.peek()
        part = _Part(f"layers[{number}]", "value")
        cells.text(first, "layer", "layers")
        cells.text(first, "node", f"{part.path}.weights")
        activation = cells.text(first, "activation", f"{part.path}.activation")
        biases = part.layer["bias"]
        while not biases or (cells.has_next and cells.cell(cells.peek(), "layer") == str(number + 1)):
            fixed = {"layer": str(number + 1), "node": str(len(biases) + 1), "activation": activation}
            _read_node(cells, fixed, terms, [] if layers else document["features"], [part])
        layers.append({**part.layer, "activation": activation})
        terms = _node_terms(len(biases))


def _read_node(
    cells: WeightCells,
    fixed: Mapping[str, str],
    terms: Terms,
    features: Sequence[dict[str, Any]],
    parts: Sequence[_Part],
) -> None:
    """Take the rows of a node, with `fixed` cells in some columns; its first terms are the `features`."""
    for part in parts:
        part.layer["weights"].append([])
    for index, (term, unit) in enumerate((*terms, BIAS)):
        is_feature = index < len(features)
        no_feature = {} if is_feature else {"mean": "", "std": ""}
        row = cells.take({**fixed, "term": term, "unit": unit, **no_feature})
        if is_feature:
            _read_feature(cells, row, features[index], f"features[{index}]")
        for part in parts:
            node = len(part.layer["bias"])
            if (term, unit) == BIAS:
                part.layer["bias"].append(cells.number(row, part.column, f"{part.path}.bias[{node}]"))
            else:
                path = f"{part.path}.weights[{node}][{index}]"
                part.layer["weights"][node].append(cells.number(row, part.column, path))


def _read_feature(cells: WeightCells, row: Row, feature: dict[str, Any], path: str) -> None:
    """Mean and standard deviation, which are the same in all rows of a feature."""
    for name in ("mean", "std"):
        number = cells.number(row, name, f"{path}.{name}")
        if feature.setdefault(name, number) != number:
            with placed(*cells.place(row, name)):
                Node(name, number).fail("{number}", number=feature[name])


def _path_of(error: FallLineError, document: Mapping[str, Any]) -> str:
    """Which value of the document an error is about."""
    values = error.message.values
    path = str(values.get("path", "model" if "model" in values else METADATA))
    return path if path != "original_units" else _contradiction(document)


def _contradiction(document: Mapping[str, Any]) -> str:
    """The first weight in cm and kg that is not the standardised one."""
    scaler = Standardizer(*(feature[name] for name in ("mean", "std") for feature in document["features"]))
    standardized, original = (
        np.column_stack([np.array(document[part]["weights"]), np.array(document[part]["bias"])])
        for part in ("standardized", "original_units")
    )
    found = np.argwhere(~in_agreement(scaler, standardized, original)).tolist()
    node, column = found[0] if found else (0, 0)  # all of them are too large for numbers
    is_bias = column == len(FEATURES)
    return f"original_units.bias[{node}]" if is_bias else f"original_units.weights[{node}][{column}]"
