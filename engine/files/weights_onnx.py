"""Weights as an ONNX graph: height in cm and weight in kg go in, the probability of each class comes out.

The graph is computed in double precision throughout, as here: single precision would already lose the
program's digits in a height of 170.02. The JSON document rides along as metadata, and that is what is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files import weights_inside
from engine.files.broken_reasons import NOT_UTF8, broken_file, no_such_file
from engine.files.weights import WeightsFile
from engine.models import layout_of
from engine.specs import ModelKind
from engine.version import VERSION

INPUT = "height_weight"
OUTPUT = "probabilities"
OPSET = 13
"""Of 2020: read by every runtime in use; nothing that came later is needed here."""
IR_VERSION = 7
"""The file format that came with this opset."""
DOUBLE = 11
"""ONNX's number for double precision (`TensorProto.DOUBLE`)."""
_FIRST = b"\x08"
"""With this byte a file's IR version begins, which comes first."""

INPUT_WORDS = "(n, 2), double: a row for each person, height in cm, then weight in kg, as measured."
OUTPUT_WORDS = "(n, K), double: the probability of each class, in the order of the metadata's classes."

HIDDEN_OPERATORS = {"tanh": "Tanh", "sigmoid": "Sigmoid", "relu": "Relu"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the graph, named after what it gives."""

    operator: str
    inputs: tuple[str, ...]
    output: str
    attributes: dict[str, Any] = field(default_factory=dict)


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: the same ones for the same weights; ONNX's own checker has passed them."""
    from onnx import TensorProto, checker, helper, numpy_helper

    operations = _operations(weights)
    n_classes = len(weights.class_names)
    graph = helper.make_graph(
        [
            helper.make_node(step.operator, step.inputs, [step.output], step.output, **step.attributes)
            for step in operations
        ],
        weights.model,
        [helper.make_tensor_value_info(INPUT, TensorProto.DOUBLE, ["n", 2], INPUT_WORDS)],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.DOUBLE, ["n", n_classes], OUTPUT_WORDS)],
        [numpy_helper.from_array(values, name) for name, values in _constants(weights, operations).items()],
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="Fall Line",
        producer_version=VERSION,
        doc_string=f"{INPUT} {INPUT_WORDS} {OUTPUT} {OUTPUT_WORDS}",
    )
    texts = {
        "classes": weights_inside.classes_text(weights),
        weights_inside.KEY: weights_inside.text_of(weights),
    }
    helper.set_model_props(model, texts)
    checker.check_model(model, full_check=True)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def decode(data: bytes) -> WeightsFile:
    """Read a file that `encode` wrote; nothing in it is ever run.

    Raises
    ------
    FallLineError
        If the bytes are no ONNX model, or one that another program made or changed.
    """
    from onnx import ModelProto

    model = ModelProto()
    try:
        model.ParseFromString(data)
    except Exception as error:  # whatever the parser says: its own class of error is not onnx's to import
        raise broken_file("ONNX", error, begins_well=data.startswith(_FIRST)) from None
    texts = [entry.value for entry in model.metadata_props if entry.key == weights_inside.KEY]
    if any(isinstance(text, bytes) for text in texts):  # what protobuf makes of text that is no UTF-8
        raise no_such_file("ONNX", NOT_UTF8)
    weights = weights_inside.weights_inside(texts, "ONNX")
    weights_inside.check_unchanged(_numbers(data), _numbers(encode(weights)))
    return weights


def _numbers(data: bytes) -> dict[str, bytes]:
    """Every constant of a file's graph, bit for bit."""
    from onnx import load_model_from_string

    constants = load_model_from_string(data).graph.initializer
    return {tensor.name: tensor.SerializeToString(deterministic=True) for tensor in constants}


def _constants(weights: WeightsFile, operations: list[Operation]) -> dict[str, NDArray[Any]]:
    """The numbers that these operations use, by name."""
    constants: dict[str, NDArray[Any]] = {
        "mean": weights.scaler.mean,
        "std": weights.scaler.std,
        "zero": np.zeros(1),
        "one": np.ones(1),
        "class_axis": np.array([1], dtype=np.int64),
    }
    for index, layer in enumerate(weights.layers):
        constants |= {f"{index}.weight": layer[:, :-1], f"{index}.bias": layer[:, -1]}
    used = {name for operation in operations for name in operation.inputs}
    return {name: np.ascontiguousarray(values) for name, values in constants.items() if name in used}


def _operations(weights: WeightsFile) -> list[Operation]:
    """The graph from height and weight to the probabilities, in the order in which it is computed."""
    operations = [
        Operation("Sub", (INPUT, "mean"), "from_mean"),
        Operation("Div", ("from_mean", "std"), "z_scores"),
    ]
    values = "z_scores"
    layers = layout_of(weights.spec).layers
    for index, layer in enumerate(layers):
        sums = f"{index}.sums" if index < len(layers) - 1 else "logits"
        operations.append(
            Operation("Gemm", (values, f"{index}.weight", f"{index}.bias"), sums, {"transB": 1})
        )
        if index < len(layers) - 1:
            values = f"{index}.values"
            operations.append(Operation(HIDDEN_OPERATORS[layer.activation], (sums,), values))
    return [*operations, *_output_operations(weights.model)]


def _output_operations(model: ModelKind) -> list[Operation]:
    """From the logits to the probabilities: as `engine.models.probabilities`, two columns for one logit."""
    if model == "softmax":
        return [Operation("Softmax", ("logits",), OUTPUT, {"axis": 1})]
    if model == "sigmoids":
        return [Operation("Sigmoid", ("logits",), OUTPUT)]
    if model in ("absolute", "square"):
        return _rival_operations(squared=model == "square")
    if model == "step":
        return [
            Operation("GreaterOrEqual", ("logits", "zero"), "is_second"),
            Operation("Cast", ("is_second",), "second", {"to": DOUBLE}),
            Operation("Sub", ("one", "second"), "first"),
            Operation("Concat", ("first", "second"), OUTPUT, {"axis": 1}),
        ]
    return [
        Operation("Neg", ("logits",), "minus_logits"),
        Operation("Concat", ("minus_logits", "logits"), "both_logits", {"axis": 1}),
        Operation("Sigmoid", ("both_logits",), OUTPUT),
    ]


def _rival_operations(*, squared: bool) -> list[Operation]:
    """|z| / sum |z| or z^2 / sum z^2, with the largest made 1 first, so that no sum overflows."""
    operations = [
        Operation("Abs", ("logits",), "sizes"),
        Operation("ReduceMax", ("sizes",), "largest", {"axes": [1], "keepdims": 1}),
        Operation("Div", ("sizes", "largest"), "shares"),
    ]
    if squared:
        operations.append(Operation("Mul", ("shares", "shares"), "squares"))
    terms = "squares" if squared else "shares"
    return [
        *operations,
        Operation("ReduceSum", (terms, "class_axis"), "total", {"keepdims": 1}),
        Operation("Div", (terms, "total"), OUTPUT),
    ]
