"""Fits against other people's libraries: a synthetic reference in the repository, and the real data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.metrics import confusion_matrix
from engine.optimum.optimum import GRADIENT_TOLERANCE, find_optimum
from engine.optimum.separability import separability_of
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from tests.engine.reference_tasks import load_tasks

SYNTHETIC = json.loads((Path(__file__).parent / "data" / "reference.json").read_text(encoding="utf-8"))[
    "tasks"
]
N_REAL_TASKS = 28
KINDS = {"none": "none", "quasi-complete": "quasi", "complete": "complete"}


def fit(height_cm, weight_kg, labels, n_classes):
    model = ModelSpec("logistic" if n_classes == 2 else "softmax", n_classes)
    data = TrainingData.from_samples(Samples.from_columns(height_cm, weight_kg, labels), n_classes)
    return model, data, find_optimum(model, data)


def assert_weights(actual, expected, tolerance=1e-6):
    """Equal to a share of the largest weight."""
    expected = np.asarray(expected)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=tolerance * np.abs(expected).max())


@pytest.mark.parametrize("task", SYNTHETIC, ids=[task["name"] for task in SYNTHETIC])
def test_synthetic_reference(task):
    n_classes = max(task["class"]) + 1
    _, _, optimum = fit(task["height_cm"], task["weight_kg"], task["class"], n_classes)
    assert optimum.separable == task["separation"]
    assert optimum.cross_entropy == pytest.approx(task["cross_entropy"], rel=1e-9)
    if "weights" in task:
        assert optimum.gradient_max < GRADIENT_TOLERANCE
        assert_weights(optimum.parameters.reshape(-1, 3), task["weights"])
    else:
        assert optimum.parameters is None


def test_the_synthetic_reference_has_every_kind():
    assert {task["separation"] for task in SYNTHETIC} == {"none", "quasi", "complete"}


@pytest.fixture(scope="module")
def tasks(shared_data):
    return load_tasks(shared_data)


def test_the_real_reference_is_whole(tasks):
    assert len(tasks) == N_REAL_TASKS


@pytest.mark.parametrize("number", range(N_REAL_TASKS))
def test_real_data(tasks, number):
    task = tasks[number]
    expected = task.expected
    model, data, optimum = fit(task.height_cm, task.weight_kg, task.class_index, task.n_classes)
    kind = KINDS[expected["separation"].partition(" ")[0]]
    assert optimum.separable == kind
    assert separability_of(task.height_cm, task.weight_kg, task.class_index, task.n_classes).kind == kind
    if kind != "none":
        assert optimum.parameters is None
        return
    assert optimum.gradient_max < GRADIENT_TOLERANCE
    assert optimum.cross_entropy == pytest.approx(expected["mean_log_loss"], rel=1e-9)
    standardised = expected["coef_standardised"] if task.n_classes == 2 else expected["coef_sum_to_zero"]
    rows = [standardised] if task.n_classes == 2 else [standardised[name] for name in expected["classes"]]
    wanted = [[row["height"], row["weight"], row["intercept"]] for row in rows]
    assert_weights(optimum.parameters.reshape(-1, 3), wanted)
    matrix = confusion_matrix(model, optimum.parameters, data)
    if "confusion_rows_true_cols_pred" in expected:
        assert matrix.tolist() == expected["confusion_rows_true_cols_pred"]
    assert matrix.trace() / matrix.sum() == pytest.approx(expected["accuracy"], abs=1e-9)


def test_real_weights_in_original_units(tasks):
    checked = 0
    for task in tasks:
        if task.n_classes != 2 or "coef_raw_units" not in task.expected:
            continue
        _, data, optimum = fit(task.height_cm, task.weight_kg, task.class_index, 2)
        per_cm, per_kg, bias = data.scaler.to_original_units(optimum.parameters)
        raw = task.expected["coef_raw_units"]
        measured = [per_cm * task.cm_per_unit, per_kg * task.kg_per_unit, bias]
        for actual, wanted in zip(measured, (raw["height"], raw["weight"], raw["intercept"]), strict=True):
            assert actual == pytest.approx(wanted, rel=1e-6)
        checked += 1
    assert checked >= 8
