"""Full-batch gradient descent from zero on real data, against runs that two other libraries agree with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.metrics import confusion_matrix
from engine.samples import Samples
from engine.specs import ModelSpec, OptimizerSpec, TrainingSpec
from engine.training import Stepper, TrainingData, start_state
from tests.engine.reference_tasks import Task, load_tasks

N_TASKS = 28


@pytest.fixture(scope="module")
def tasks(shared_data: Path) -> list[Task]:
    return load_tasks(shared_data)


def test_every_task_is_there(tasks):
    assert len(tasks) == N_TASKS
    assert len({task.name for task in tasks}) == N_TASKS


@pytest.mark.parametrize("number", range(N_TASKS))
def test_samples_have_the_recorded_counts_means_and_deviations(tasks, number):
    task = tasks[number]
    samples = Samples.from_columns(task.height_cm, task.weight_kg, task.class_index)
    assert len(samples) == task.expected["n"]
    assert [samples.class_counts[k] for k in range(task.n_classes)] == task.expected["counts"]
    unit = np.array([task.cm_per_unit, task.kg_per_unit])
    count, mean, std = samples.moments
    assert count == len(samples)
    np.testing.assert_allclose(mean / unit, task.expected["mean"], rtol=1e-9)
    np.testing.assert_allclose(std / unit, task.expected["std_ddof0"], rtol=1e-9)


@pytest.mark.parametrize("number", range(N_TASKS))
def test_gradient_descent_equals_the_recorded_runs(tasks, number):
    task = tasks[number]
    model = ModelSpec("logistic" if task.n_classes == 2 else "softmax", task.n_classes)
    samples = Samples.from_columns(task.height_cm, task.weight_kg, task.class_index)
    data = TrainingData.from_samples(samples, task.n_classes)
    runs = task.expected["full_batch_gd_from_zero"]
    assert len(runs) == 3
    for name, expected in runs.items():
        rate, n_steps = (float(part.partition("=")[2]) for part in name.split(","))
        spec = TrainingSpec(
            model=model,
            losses=("bce" if task.n_classes == 2 else "ce",),
            samples=samples,
            data_revision=0,
            class_ids=tuple(range(task.n_classes)),
            optimizer=OptimizerSpec("gd", rate),
        )
        stepper, state = Stepper(spec, data), start_state(spec)
        stepper.advance(state, int(n_steps))
        cross_entropy, _, error_rate = stepper.metrics(state)[0]
        assert cross_entropy == pytest.approx(expected["mean_log_loss"], rel=1e-8), name
        assert 1.0 - error_rate == pytest.approx(expected["accuracy"], rel=1e-8), name
        # Recorded as intercept, height, weight; kept as height, weight, bias.
        weights = np.atleast_2d(expected["coef"])[:, [1, 2, 0]]
        found = state.parameters[0].reshape(weights.shape)
        np.testing.assert_allclose(found, weights, atol=1e-8 * np.abs(weights).max(), rtol=0.0, err_msg=name)
        right = np.trace(confusion_matrix(model, state.parameters[0], data)) / len(data)
        assert right == pytest.approx(1.0 - error_rate), name
