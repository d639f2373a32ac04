"""Models with hidden layers to test with, and backpropagation written out in loops as their reference."""

from __future__ import annotations

import math

import numpy as np

from engine.models import layout_of
from engine.samples import Samples
from engine.specs import ModelSpec, StartSpec, TrainingSpec
from engine.training_data import TrainingData

SHAPES = [(1,), (8,), (3, 5), (16, 1), (8, 8), (4, 2, 6)]
ACTIVATIONS = ["tanh", "sigmoid", "relu"]
MODELS = [ModelSpec("mlp", 2, hidden, activation) for hidden in SHAPES for activation in ACTIVATIONS]


def name_of(model):
    return f"{'-'.join(map(str, model.hidden))} {model.activation}"


def random_parameters(model, spread=1.0, seed=3):
    return np.random.default_rng(seed).normal(0.0, spread, layout_of(model).parameter_count)


def people(n=60, seed=0):
    """Two classes that no line tells apart well: the second is in the middle."""
    generator = np.random.default_rng([seed, n])
    height_cm, weight_kg = generator.normal(168.0, 9.0, n), generator.normal(68.0, 13.0, n)
    score = ((height_cm - 168.0) / 9.0) ** 2 + ((weight_kg - 68.0) / 13.0) ** 2
    return Samples.from_columns(
        height_cm, weight_kg, (score + generator.normal(0.0, 0.4, n) < 1.2).astype(int)
    )


def data(n=60, seed=0, bias=True):
    return TrainingData.from_samples(people(n, seed), 2, bias=bias)


def spec_of(model, losses=("bce", "mse"), samples=None, **changes):
    changes.setdefault("start", StartSpec("normal"))
    return TrainingSpec(model, losses, people() if samples is None else samples, 0, (0, 1), **changes)


def loss_and_gradient_in_loops(model, loss, parameters, samples):
    """The mean loss and its gradient in plain Python numbers, sample by sample, node by node."""
    layout = layout_of(model)
    layers = [layout.layer_view(parameters, index).tolist() for index in range(len(layout.layers))]
    total, gradient = 0.0, [[[0.0] * len(row) for row in layer] for layer in layers]
    for x1, x2, one, label in zip(*samples.design.tolist(), samples.class_index.tolist(), strict=True):
        outputs, logits = [[x1, x2]], []
        for layer in layers:
            inputs = [*outputs[-1], one]
            logits.append([sum(w * x for w, x in zip(row, inputs, strict=True)) for row in layer])
            outputs.append([_activated(model.activation, z) for z in logits[-1]])
        z = logits[-1][0]
        p = 1.0 / (1.0 + math.exp(-z))
        if loss == "bce":
            total += math.log1p(math.exp(-abs(z))) + max(z, 0.0) - label * z
            errors = [p - label]
        else:
            total += (p - label) ** 2
            errors = [2.0 * (p - label) * p * (1.0 - p)]
        for index in reversed(range(len(layers))):
            below = [0.0] * len(outputs[index])
            for node, error in enumerate(errors):
                for place, x in enumerate([*outputs[index], one]):
                    gradient[index][node][place] += error * x
                for place in range(len(below)):
                    below[place] += error * layers[index][node][place]
            if index:
                slopes = [_slope(model.activation, z) for z in logits[index - 1]]
                errors = [a * b for a, b in zip(below, slopes, strict=True)]
    n = len(samples)
    return total / n, np.concatenate([np.ravel(layer) for layer in gradient]) / n


def _activated(activation, z):
    if activation == "relu":
        return z if z > 0.0 else 0.0
    return math.tanh(z) if activation == "tanh" else 1.0 / (1.0 + math.exp(-z))


def _slope(activation, z):
    if activation == "relu":
        return 1.0 if z > 0.0 else 0.0
    value = _activated(activation, z)
    return 1.0 - value**2 if activation == "tanh" else value * (1.0 - value)
