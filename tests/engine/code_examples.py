"""Models to copy, and people to try the copies on."""

from __future__ import annotations

import numpy as np

from tests.engine.weights_examples import hidden, logistic, output_layer, softmax, step

EXAMPLES = {
    "logistic": logistic(),
    "steep": logistic(1e5),
    "softmax 2": softmax(2),
    "softmax 8": softmax(8),
    "tanh": hidden((4, 3), "tanh"),
    "sigmoid": hidden((16,), "sigmoid"),
    "relu": hidden((3, 2, 5), "relu"),
    "largest": hidden((16, 16, 16), "tanh"),
    "step": step(),
    "sigmoids": output_layer("sigmoids"),
    "absolute": output_layer("absolute", 8),
    "square": output_layer("square", 2),
}

_GENERATOR = np.random.default_rng(1)
HEIGHT_CM, WEIGHT_KG = _GENERATOR.uniform(50, 250, 60), _GENERATOR.uniform(5, 200, 60)
