"""What a model says about one person: the numbers that the status bar and the network picture show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.layout import Floats
from engine.models import hidden_units, layout_of, logits, probabilities
from engine.snapshots import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class PointValues:
    """One person's way through a model.

    Attributes
    ----------
    height_cm, weight_kg : float
    z_scores : ndarray of shape (2,)
        Height and weight, standardised.
    logits : ndarray of shape (outputs,)
        K with an output node for each class, else one.
    probability : ndarray of shape (K,)
        Of each class; two for a single output node too. They add to 1 but for K sigmoids, and are NaN where
        softmax's rivals are undefined.
    hidden : tuple of ndarray of shape (units,)
        Outputs of the units of each hidden layer; empty for models without any.
    """

    height_cm: float
    weight_kg: float
    z_scores: Floats
    logits: Floats
    probability: Floats
    hidden: tuple[Floats, ...] = ()


def values_at(snapshot: Snapshot, model_index: int, height_cm: float, weight_kg: float) -> PointValues:
    """Evaluate row `model_index` of a snapshot at a height (cm) and weight (kg)."""
    z_height, z_weight = snapshot.scaler.standardize(np.array([height_cm]), np.array([weight_kg]))
    design = np.stack([z_height, z_weight, np.full(1, float(snapshot.spec.bias))])
    model, parameters = snapshot.spec.model_of(model_index), snapshot.parameters[model_index]
    return PointValues(
        height_cm=height_cm,
        weight_kg=weight_kg,
        z_scores=design[:2, 0],
        logits=logits(model, parameters, design)[:, 0],
        probability=probabilities(model, parameters, design)[:, 0],
        hidden=tuple(units[:, 0] for units in hidden_units(model, parameters, design)),
    )


def standardized_rows(snapshot: Snapshot, model_index: int) -> Floats:
    """Return the first layer in z-space, shape (outputs, 3): weights of height and weight, bias."""
    return layout_of(snapshot.spec.model).layer_view(snapshot.parameters[model_index], 0)


def original_rows(snapshot: Snapshot, model_index: int) -> Floats:
    """Return the same layer in cm and kg, shape (outputs, 3); its nodes' z are the same."""
    return snapshot.scaler.to_original_units(standardized_rows(snapshot, model_index))
