"""A model as a Python function that needs nothing but `math`, to be copied into other programs."""

from __future__ import annotations

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.weights import WeightsFile
from engine.specs import HiddenActivation, ModelKind

LOGISTIC = '''\
import math

CLASSES = {classes}


def predict_probabilities(height_cm, weight_kg):
    """Return the probability of each class in CLASSES for a height in cm and a weight in kg.

    {origin}
    """
    z_height = (height_cm - {mean_height}) / {std_height}
    z_weight = (weight_kg - {mean_weight}) / {std_weight}
    z = {w_height} * z_height + {w_weight} * z_weight + {bias}
    small = math.exp(-abs(z))  # never overflows
    likely, unlikely = 1.0 / (1.0 + small), small / (1.0 + small)
    return [unlikely, likely] if z >= 0.0 else [likely, unlikely]
'''

ROWS_HEAD = '''\
import math

CLASSES = {classes}

WEIGHTS = [  # a row for each class: weight of height, weight of weight, bias
{rows}
]


def predict_probabilities(height_cm, weight_kg):
    """{what} for a height in cm and a weight in kg.

    {origin}
    """
    z_height = (height_cm - {mean_height}) / {std_height}
    z_weight = (weight_kg - {mean_weight}) / {std_weight}
    z = [w_height * z_height + w_weight * z_weight + bias for w_height, w_weight, bias in WEIGHTS]
'''
"""What all models with an output node for each class have in common."""

SOFTMAX = """\
    largest = max(z)  # taken away, so that nothing overflows
    powers = [math.exp(value - largest) for value in z]
    total = math.fsum(powers)
    return [power / total for power in powers]
"""

SIGMOIDS = """\
    small = [math.exp(-abs(value)) for value in z]  # never overflows
    return [(1.0 if value >= 0.0 else power) / (1.0 + power) for value, power in zip(z, small)]
"""

RIVAL = """\
    largest = max(map(abs, z))
    if largest == 0.0:  # undefined where every z is 0
        return [math.nan] * len(z)
    sizes = [{size} for value in z]
    total = math.fsum(sizes)
    return [size / total for size in sizes]
"""

OUTPUTS: dict[ModelKind, str] = {
    "softmax": SOFTMAX,
    "sigmoids": SIGMOIDS,
    "absolute": RIVAL.format(size="abs(value) / largest"),
    "square": RIVAL.format(size="(value / largest) ** 2"),
}
"""From z to the probabilities, for models with an output node for each class."""

STEP = '''\
CLASSES = {classes}


def predict_probabilities(height_cm, weight_kg):
    """Return 1.0 for the class in CLASSES that a height in cm and a weight in kg give, 0.0 for the other.

    {origin}
    """
    z_height = (height_cm - {mean_height}) / {std_height}
    z_weight = (weight_kg - {mean_weight}) / {std_weight}
    z = {w_height} * z_height + {w_weight} * z_weight + {bias}
    return [0.0, 1.0] if z >= 0.0 else [1.0, 0.0]
'''

HIDDEN = '''\
import math

CLASSES = {classes}

LAYERS = [  # from the inputs to the output; a row for each node: a weight for each input, then the bias
{layers}
]


def sigmoid(z):
    small = math.exp(-abs(z))  # never overflows
    return (1.0 if z >= 0.0 else small) / (1.0 + small)


def {activation_function}


def weighted_sums(layer, inputs):
    return [sum(w * x for w, x in zip(node, [*inputs, 1.0])) for node in layer]


def predict_probabilities(height_cm, weight_kg):
    """Return the probability of each class in CLASSES for a height in cm and a weight in kg.

    {origin}
    """
    values = [(height_cm - {mean_height}) / {std_height}, (weight_kg - {mean_weight}) / {std_weight}]
    for layer in LAYERS[:-1]:
        values = [activation(z) for z in weighted_sums(layer, values)]
    (z,) = weighted_sums(LAYERS[-1], values)
    return [sigmoid(-z), sigmoid(z)]
'''

ACTIVATION_FUNCTIONS: dict[HiddenActivation, str] = {
    "tanh": "activation(z):\n    return math.tanh(z)",
    "sigmoid": "activation(z):\n    return sigmoid(z)",
    "relu": "activation(z):\n    return max(z, 0.0)",
}
MODEL_TITLES: dict[ModelKind, str] = {
    "logistic": QT_TRANSLATE_NOOP("Engine", "Logistic regression"),
    "softmax": QT_TRANSLATE_NOOP("Engine", "Softmax regression"),
    "mlp": QT_TRANSLATE_NOOP("Engine", "A multi-layer perceptron"),
    "step": QT_TRANSLATE_NOOP("Engine", "A step perceptron"),
    "sigmoids": QT_TRANSLATE_NOOP("Engine", "Independent sigmoids, one for each class,"),
    "absolute": QT_TRANSLATE_NOOP("Engine", "A linear model with |z| / sum |z|"),
    "square": QT_TRANSLATE_NOOP("Engine", "A linear model with z^2 / sum z^2"),
}


def origin(weights: WeightsFile) -> Message:
    """The sentence that says what was copied."""
    return Message(
        QT_TRANSLATE_NOOP("Engine", "{model} trained on {loss} with Fall Line."),
        {"model": Message(MODEL_TITLES[weights.model]), "loss": weights.loss.upper()},
    )


def python_code(weights: WeightsFile) -> str:
    """Source of a function ``predict_probabilities(height_cm, weight_kg)`` that returns this model's p.

    Numbers stand in full, so that the probabilities are the program's own, and finite for any logit.
    """
    scaler = weights.scaler
    values: dict[str, object] = {
        "classes": repr(list(weights.class_names)),
        "origin": origin(weights),
        "mean_height": _number(scaler.mean_height_cm),
        "std_height": _number(scaler.std_height_cm),
        "mean_weight": _number(scaler.mean_weight_kg),
        "std_weight": _number(scaler.std_weight_kg),
    }
    rows = weights.standardized.tolist()
    if weights.model == "mlp":
        layers = "\n".join(f"    [\n{_rows(layer.tolist(), 8)}\n    ]," for layer in weights.layers)
        function = ACTIVATION_FUNCTIONS[weights.activation]
        return HIDDEN.format(layers=layers, activation_function=function, **values)
    if weights.model in OUTPUTS:
        independent = " (these need not add to 1)" if weights.model == "sigmoids" else ""
        what = f"Return the probability of each class in CLASSES{independent}"
        return ROWS_HEAD.format(rows=_rows(rows, 4), what=what, **values) + OUTPUTS[weights.model]
    values |= dict(zip(("w_height", "w_weight", "bias"), map(_number, rows[0]), strict=True))
    return (STEP if weights.model == "step" else LOGISTIC).format(**values)


def _rows(rows: list[list[float]], indent: int) -> str:
    """A tuple a row, each on a line of its own."""
    return "\n".join(f"{' ' * indent}({', '.join(map(repr, row))})," for row in rows)


def _number(value: float) -> str:
    """A float literal; a negative one in brackets, to stand after any operator."""
    return f"({value!r})" if value < 0.0 else repr(value)
