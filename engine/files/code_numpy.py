"""A model as a NumPy function for whole arrays of people, to be copied into other programs."""

from __future__ import annotations

from engine.files.code_python import origin
from engine.files.weights import WeightsFile
from engine.specs import HiddenActivation, ModelKind

HEAD = """\
import numpy as np

CLASSES = {classes}

MEAN = np.array({mean})  # height in cm, weight in kg
STD = np.array({std})

LAYERS = [  # from the inputs to the output: a row of weights for each node, then the nodes' biases
{layers}
]
"""

SIGMOID = """

def sigmoid(z):
    small = np.exp(-np.abs(z))  # never overflows
    return np.where(z >= 0.0, 1.0, small) / (1.0 + small)
"""

FUNCTION = '''

def predict_probabilities(height_cm, weight_kg):
    """{what} for heights in cm and weights in kg.

    These are numbers or arrays; the result has their shape and one more axis, the last, for the classes.
    {origin}
    """
    values = (np.stack(np.broadcast_arrays(height_cm, weight_kg), axis=-1) - MEAN) / STD
'''

HIDDEN = """\
    for weights, bias in LAYERS[:-1]:
        values = {activation}
"""

LOGITS = """\
    weights, bias = LAYERS[-1]
    z = values @ weights.T + bias
"""

ONE_NODE = """\
    return np.concatenate([sigmoid(-z), sigmoid(z)], axis=-1)
"""

RIVAL = """\
    sizes = np.abs(z)
    with np.errstate(invalid="ignore"):  # undefined where every z is 0: NaN
        sizes = {size}
        return sizes / sizes.sum(axis=-1, keepdims=True)
"""

OUTPUTS: dict[ModelKind, str] = {
    "logistic": ONE_NODE,
    "mlp": ONE_NODE,
    "step": """\
    p = np.where(z >= 0.0, 1.0, 0.0)
    return np.concatenate([1.0 - p, p], axis=-1)
""",
    "softmax": """\
    powers = np.exp(z - z.max(axis=-1, keepdims=True))  # the largest is taken away, so that nothing overflows
    return powers / powers.sum(axis=-1, keepdims=True)
""",
    "sigmoids": """\
    return sigmoid(z)
""",
    "absolute": RIVAL.format(size="sizes / sizes.max(axis=-1, keepdims=True)"),
    "square": RIVAL.format(size="(sizes / sizes.max(axis=-1, keepdims=True)) ** 2"),
}
"""From z, shape (..., nodes), to the probabilities."""

ACTIVATIONS: dict[HiddenActivation, str] = {
    "tanh": "np.tanh(values @ weights.T + bias)",
    "sigmoid": "sigmoid(values @ weights.T + bias)",
    "relu": "np.maximum(values @ weights.T + bias, 0.0)",
}


def numpy_code(weights: WeightsFile) -> str:
    """Source of a function ``predict_probabilities(height_cm, weight_kg)`` over arrays.

    Numbers stand in full, so that the probabilities are the program's own, and finite for any logit.
    """
    layers = "\n".join(
        f"    (\n        np.array({_rows(layer[:, :-1].tolist())}),\n"
        f"        np.array({layer[:, -1].tolist()!r}),\n    ),"
        for layer in weights.layers
    )
    what = "Return the probability of each class in CLASSES"
    if weights.model == "sigmoids":
        what += " (these need not add to 1)"
    parts = [
        HEAD.format(
            classes=repr(list(weights.class_names)),
            mean=weights.scaler.mean.tolist(),
            std=weights.scaler.std.tolist(),
            layers=layers,
        ),
        FUNCTION.format(what=what, origin=origin(weights)),
        LOGITS + OUTPUTS[weights.model],
    ]
    if weights.model == "mlp":
        parts.insert(2, HIDDEN.format(activation=ACTIVATIONS[weights.activation]))
    if "sigmoid(" in "".join(parts[2:]):
        parts.insert(1, SIGMOID)
    return "".join(parts)


def _rows(rows: list[list[float]]) -> str:
    """A nested list, each row on a line of its own where there are several."""
    if len(rows) == 1:
        return repr(rows)
    lines = "".join(f"            {row!r},\n" for row in rows)
    return f"[\n{lines}        ]"
