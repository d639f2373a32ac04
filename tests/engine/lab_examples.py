"""Data and other people's arithmetic that the tests of the lab share."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

LOGISTIC = ModelSpec("logistic", 2)
SOFTMAX = ModelSpec("softmax", 3)


def people(n=60, n_classes=2, seed=1):
    """Overlapping classes of people."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, n_classes, n)
    height, weight = rng.normal(170, 9, n) + 2 * labels, rng.normal(70, 12, n) - 16 * labels
    return TrainingData.from_samples(Samples.from_columns(height, weight, labels), n_classes)


def separable_people(n=40, seed=2):
    """Two classes with a gap between them."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    weight = np.where(labels == 1, 90.0, 60.0) + rng.uniform(-8, 8, n)
    return TrainingData.from_samples(Samples.from_columns(rng.normal(170, 9, n), weight, labels), 2)


def plain_sigmoid(z):
    """The sigmoid by the standard library, as the textbook has it."""
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


def plain_loss(name, parameters, data):
    """Mean loss of the logistic model, sample by sample with Python's own numbers."""
    total = Fraction(0)
    for x1, x2, x3, label in zip(*data.design.tolist(), data.class_index.tolist(), strict=True):
        z = parameters[0] * x1 + parameters[1] * x2 + parameters[2] * x3
        margin = z if label == 1 else -z
        if name == "bce":
            value = math.log1p(math.exp(-abs(margin))) + max(-margin, 0.0)
        else:
            value = plain_sigmoid(-margin) ** 2
        total += Fraction(value)
    return float(total / len(data))
