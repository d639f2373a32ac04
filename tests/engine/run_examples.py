"""Samples and specs for the tests of a run, and the same steps made by a bare Stepper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.samples import Samples
from engine.snapshots import LossRecords, Snapshot
from engine.specs import HiddenActivation, ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, TrainingState, start_state
from engine.training_data import TrainingData

WRONG_WAY = StartSpec("exact", parameters=(5.0, -5.0, 0.0))

GD = OptimizerSpec("gd", 0.1)
MOMENTUM = OptimizerSpec("momentum", 0.05)
ADAM = OptimizerSpec("adam", 0.02)


def people(n: int = 60, seed: int = 1, n_classes: int = 2) -> Samples:
    """Overlapping classes of invented people."""
    rng = np.random.default_rng(seed)
    height = rng.normal(168.0, 9.0, n)
    weight = 65.0 + 0.7 * (height - 168.0) + rng.normal(0.0, 10.0, n)
    score = weight / (height / 100.0) ** 2 + rng.normal(0.0, 1.5, n)
    edges = np.quantile(score, np.linspace(0.0, 1.0, n_classes + 1)[1:-1])
    return Samples.from_columns(height, weight, np.searchsorted(edges, score))


def compare_spec(samples: Samples | None = None, **changes: Any) -> TrainingSpec:
    """BCE against MSE from the wrong way round, as the first scene has it."""
    spec = TrainingSpec(
        ModelSpec("logistic", 2),
        ("bce", "mse"),
        people() if samples is None else samples,
        data_revision=1,
        class_ids=(0, 1),
        optimizer=GD,
        start=WRONG_WAY,
        seed=5,
    )
    return replace(spec, **changes)


def softmax_spec(n_classes: int = 3, **changes: Any) -> TrainingSpec:
    """CE against MSE on several classes, from a normal start."""
    spec = TrainingSpec(
        ModelSpec("softmax", n_classes),
        ("ce", "mse"),
        people(n_classes=n_classes),
        data_revision=1,
        class_ids=tuple(range(n_classes)),
        optimizer=GD,
        start=StartSpec("normal"),
        seed=5,
    )
    return replace(spec, **changes)


def hidden_spec(activation: HiddenActivation = "tanh", **changes: Any) -> TrainingSpec:
    """BCE against MSE with hidden layers of 4 and 3 units (31 parameters), from a normal start."""
    model = ModelSpec("mlp", 2, (4, 3), activation)
    changes.setdefault("start", StartSpec("normal"))
    return compare_spec(model=model, **changes)


def moved(spec: TrainingSpec, delta_kg: float = 30.0, sample_id: int = 3) -> TrainingSpec:
    """The spec after one sample was moved: mean and standard deviation differ."""
    row = spec.samples.select([sample_id])
    rows = type(row).make(row.sample_id, row.height_cm, row.weight_kg + delta_kg, row.class_index)
    return replace(spec, samples=spec.samples.put(rows), data_revision=spec.data_revision + 1)


def bare_steps(spec: TrainingSpec, n_steps: int) -> TrainingState:
    """The state after `n_steps` in one call, with nothing of a run around it."""
    state = start_state(spec)
    Stepper(spec, TrainingData.from_samples(spec.samples, spec.model.n_classes)).advance(state, n_steps)
    return state


def assert_same_state(one: TrainingState, other: TrainingState) -> None:
    """Equal to the last bit, the optimiser's memory and the place in the epoch included."""
    assert one.step == other.step
    assert (one.optimizer_step, one.epoch, one.position) == (
        other.optimizer_step,
        other.epoch,
        other.position,
    )
    np.testing.assert_array_equal(one.parameters, other.parameters)
    np.testing.assert_array_equal(one.slots, other.slots)


def probabilities_at(snapshot: Snapshot, height_cm: np.ndarray, weight_kg: np.ndarray) -> np.ndarray:
    """p(cm, kg) of every model of a snapshot: shape (models, K, n)."""
    from engine.models import probabilities

    design = np.stack([*snapshot.scaler.standardize(height_cm, weight_kg), np.ones_like(height_cm)])
    return np.array([probabilities(snapshot.spec.model, row, design) for row in snapshot.parameters])


def joined(records: list[LossRecords]) -> tuple[np.ndarray, np.ndarray]:
    """Steps (m,) and values (m, models, 3) of batches of records."""
    steps = np.concatenate([batch.step for batch in records])
    return steps, np.concatenate([batch.values for batch in records])
