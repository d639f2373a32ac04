"""Weights of a network around which slices are drawn and measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.models import layout_of
from engine.samples import Samples
from engine.training_data import TrainingData
from gui.plots.hidden.work import Centre
from tests.gui.view_fakes import document_of


def centre_of(hidden=(3, 2), activation="tanh", seed=2, n=60, **keys) -> Centre:
    """Weights by chance around which samples that no line separates are measured."""
    generator = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    samples = Samples.from_columns(
        170.0 + 9.0 * generator.normal(size=n), 70.0 + 6.0 * labels + 12.0 * generator.normal(size=n), labels
    )
    document = document_of(2, model="mlp", hidden=hidden, activation=activation, **keys)
    spec = replace(document.state.training_spec(), samples=samples)
    data = TrainingData.of(spec)
    row = generator.normal(0.0, 0.7, layout_of(spec.model).parameter_count)
    return Centre(spec, data.scaler, row, "bce", 12)
