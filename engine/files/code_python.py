"""A model as a Python function that needs nothing but `math`, to be copied into other programs."""

from __future__ import annotations

from engine.files.weights import WeightsFile

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

SOFTMAX = '''\
import math

CLASSES = {classes}

WEIGHTS = [  # a row for each class: weight of height, weight of weight, bias
{rows}
]


def predict_probabilities(height_cm, weight_kg):
    """Return the probability of each class in CLASSES for a height in cm and a weight in kg.

    {origin}
    """
    z_height = (height_cm - {mean_height}) / {std_height}
    z_weight = (weight_kg - {mean_weight}) / {std_weight}
    z = [w_height * z_height + w_weight * z_weight + bias for w_height, w_weight, bias in WEIGHTS]
    largest = max(z)  # taken away, so that nothing overflows
    powers = [math.exp(value - largest) for value in z]
    total = math.fsum(powers)
    return [power / total for power in powers]
'''


def python_code(weights: WeightsFile) -> str:
    """Source of a function ``predict_probabilities(height_cm, weight_kg)`` that returns this model's p.

    Numbers stand in full, so that the probabilities are the program's own, and finite for any logit.
    """
    scaler = weights.scaler
    model = "Logistic regression" if weights.model == "logistic" else "Softmax regression"
    values: dict[str, object] = {
        "classes": repr(list(weights.class_names)),
        "origin": f"{model} trained on {weights.loss.upper()} with Fall Line.",
        "mean_height": _number(scaler.mean_height_cm),
        "std_height": _number(scaler.std_height_cm),
        "mean_weight": _number(scaler.mean_weight_kg),
        "std_weight": _number(scaler.std_weight_kg),
    }
    rows = weights.standardized.tolist()
    if weights.model == "logistic":
        values |= dict(zip(("w_height", "w_weight", "bias"), map(_number, rows[0]), strict=True))
        return LOGISTIC.format(**values)
    return SOFTMAX.format(rows="\n".join(f"    ({', '.join(map(repr, row))})," for row in rows), **values)


def _number(value: float) -> str:
    """A float literal; a negative one in brackets, to stand after any operator."""
    return f"({value!r})" if value < 0.0 else repr(value)
