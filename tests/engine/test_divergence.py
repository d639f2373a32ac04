"""What counts as divergence, what as oscillation, and which rate is suggested."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.curvature import suggest_learning_rate
from engine.running.divergence import (
    DivergenceWatch,
    OscillationWatch,
    diverged_stop,
    oscillation_warning,
    own_losses,
    safer_learning_rate,
)
from engine.specs import OptimizerSpec, TrainingSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import ADAM, compare_spec, softmax_spec


def data_of(spec: TrainingSpec) -> TrainingData:
    return TrainingData.from_samples(spec.samples, spec.model.n_classes)


def test_each_model_is_judged_by_the_loss_it_is_trained_on() -> None:
    metrics = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    assert own_losses(metrics, ("bce", "mse", "ce")).tolist() == [1.0, 5.0, 7.0]


def test_own_losses_are_the_steppers() -> None:
    spec = softmax_spec()
    stepper, state = Stepper(spec, data_of(spec)), start_state(spec)
    expected = stepper.full_batch_losses(state)
    np.testing.assert_array_equal(own_losses(stepper.metrics(state), spec.losses), expected)


@pytest.mark.parametrize(("start", "limit"), [(0.1, 1000 * math.log(3)), (5.0, 5000.0)])
def test_a_loss_above_a_thousand_times_the_larger_of_start_and_chance_is_divergence(
    start: float, limit: float
) -> None:
    watch = DivergenceWatch(np.array([start, start]), n_classes=3)
    assert watch.see(np.array([limit, limit * 0.999]), is_full_batch=True) is None
    assert watch.see(np.array([0.0, limit * 1.001]), is_full_batch=True) == 1


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("is_full_batch", [True, False])
def test_a_loss_that_is_not_finite_is_divergence_at_once(value: float, is_full_batch: bool) -> None:
    watch = DivergenceWatch(np.ones(2), n_classes=2)
    assert watch.see(np.ones(2), is_full_batch) is None
    assert watch.see(np.array([value, 1.0]), is_full_batch) == 0


def test_mini_batches_are_judged_by_a_running_mean() -> None:
    watch = DivergenceWatch(np.ones(1), n_classes=2)
    watch.see(np.ones(1), is_full_batch=False)
    assert watch.see(np.array([5000.0]), is_full_batch=False) is None
    for _ in range(20):
        watch.see(np.ones(1), is_full_batch=False)
    seen = [watch.see(np.array([5000.0]), is_full_batch=False) for _ in range(5)]
    assert seen[0] is None
    assert seen[-1] == 0
    watch.restart_mean()
    assert watch.see(np.ones(1), is_full_batch=False) is None


def test_oscillation_is_a_loss_that_rises_between_neighbouring_steps() -> None:
    watch = OscillationWatch(models=2)
    seen = [watch.see(step, np.array([1.0, 1.0 + step % 2])) for step in range(40)]
    assert seen[5] is None
    assert seen[-1] == 1


def test_rises_between_steps_that_lie_apart_say_nothing() -> None:
    watch = OscillationWatch(models=1)
    assert all(watch.see(2 * step, np.array([float(step)])) is None for step in range(100))


def test_rounding_at_the_bottom_is_no_oscillation() -> None:
    watch = OscillationWatch(models=1)
    assert all(watch.see(step, np.array([1.0 + (step % 2) * 1e-13])) is None for step in range(100))


def test_an_oscillation_that_ends_is_forgotten_after_a_while() -> None:
    watch = OscillationWatch(models=1)
    for step in range(40):
        watch.see(step, np.array([1.0 + step % 2]))
    seen = [watch.see(40 + step, np.array([1.0 / (1 + step)])) for step in range(40)]
    assert seen[0] == 0
    assert seen[-1] is None


@pytest.mark.parametrize("loss", ["bce", "mse"])
def test_the_suggested_rate_is_one_over_the_curvature_rounded_down(loss: str) -> None:
    spec = compare_spec(losses=(loss,), optimizer=OptimizerSpec("gd", 1000.0))
    parameters = np.array([[-0.4, 1.2, 0.1]])
    data = data_of(spec)
    exact = suggest_learning_rate(spec.model, parameters[0], data, spec.losses[0])
    rate = safer_learning_rate(spec, data, 0, parameters)
    assert exact is not None
    assert rate is not None
    assert exact * 0.9 < rate <= exact
    assert float(f"{rate:.1e}") == rate


def test_where_the_loss_is_flat_the_curvature_at_zero_counts() -> None:
    spec = compare_spec(losses=("bce",), optimizer=OptimizerSpec("gd", 50.0))
    data = data_of(spec)
    far_out = np.array([[500.0, -500.0, 0.0]])
    at_zero = safer_learning_rate(spec, data, 0, np.zeros((1, 3)))
    assert at_zero is not None
    assert safer_learning_rate(spec, data, 0, far_out) == at_zero


@pytest.mark.parametrize("optimizer", [ADAM, OptimizerSpec("gd", 1e-6)])
def test_no_rate_is_suggested_where_the_curvature_gives_none_below_the_present_one(
    optimizer: OptimizerSpec,
) -> None:
    spec = compare_spec(optimizer=optimizer)
    parameters = np.zeros((2, 3))
    assert safer_learning_rate(spec, data_of(spec), 0, parameters) is None
    stop = diverged_stop(spec, data_of(spec), 1, 1234, parameters)
    assert stop.suggested_learning_rate is None
    assert str(stop.message).startswith("The MSE model diverged at step 1,234")
    assert "smaller" in str(stop.message)


def test_a_warning_names_the_model_and_a_rate() -> None:
    spec = softmax_spec(optimizer=OptimizerSpec("gd", 100.0))
    warning = oscillation_warning(spec, data_of(spec), 0, start_state(spec).parameters)
    assert "CE" in str(warning.message)
    assert f"{warning.suggested_learning_rate:g}" in str(warning.message)
