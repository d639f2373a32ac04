"""Hessians against central differences of the gradient, and the learning rate that follows from them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.curvature import hessian, suggest_learning_rate
from engine.losses import loss_of
from engine.models import layout_of, logits
from engine.optimum.cross_entropy import BinaryObjective, SoftmaxObjective
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

CASES = [
    (ModelSpec("logistic", 2), "bce"),
    (ModelSpec("logistic", 2), "mse"),
    (ModelSpec("softmax", 2), "ce"),
    (ModelSpec("softmax", 3), "ce"),
    (ModelSpec("softmax", 3), "mse"),
    (ModelSpec("softmax", 8), "mse"),
]


def make_data(n_classes, n=40, seed=1):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, n_classes, n)
    return TrainingData.from_samples(
        Samples.from_columns(rng.normal(170, 9, n) + 3 * labels, rng.normal(70, 12, n) - 4 * labels, labels),
        n_classes,
    )


def gradient(model, parameters, data, loss):
    """Mean gradient from the losses' own gradients by the logits."""
    by_logit = loss_of(model.kind, loss).value_and_gradient(
        logits(model, parameters, data.design), data.class_index
    )[1]
    return (by_logit @ data.design.T).ravel() / len(data)


@pytest.mark.parametrize(("model", "loss"), CASES)
@pytest.mark.parametrize("spread", [0.0, 1.0, 4.0])
def test_hessian_is_the_derivative_of_the_gradient(model, loss, spread):
    data = make_data(model.n_classes)
    count = layout_of(model).parameter_count
    parameters = np.random.default_rng(3).normal(0.0, spread, count) if spread else np.zeros(count)
    step = 1e-5
    differences = np.array(
        [
            (
                gradient(model, parameters + shift, data, loss)
                - gradient(model, parameters - shift, data, loss)
            )
            / (2 * step)
            for shift in step * np.eye(count)
        ]
    )
    exact = hessian(model, parameters, data, loss)
    np.testing.assert_allclose(exact, differences, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(exact, exact.T)


def test_blocks_add_up_to_the_mean_over_all_samples():
    model = ModelSpec("softmax", 3)
    data = make_data(3, n=40_000)
    parameters = np.random.default_rng(5).normal(size=9)
    halves = [
        TrainingData(data.design[:, rows], data.class_index[rows], data.sample_id[rows], data.scaler)
        for rows in (slice(0, 20_000), slice(20_000, None))
    ]
    mean = sum(hessian(model, parameters, half, "mse") for half in halves) / 2
    np.testing.assert_allclose(hessian(model, parameters, data, "mse"), mean, rtol=0, atol=1e-14)


@pytest.mark.parametrize("n", [1, 50, 40_000])
def test_newtons_own_objectives_are_the_textbook_ones(n):
    parameters = np.random.default_rng(2).normal(0, 2, 9)
    for model, loss in [(ModelSpec("logistic", 2), "bce"), (ModelSpec("softmax", 3), "ce")]:
        data = make_data(model.n_classes, n)
        if model.kind == "logistic":
            free, full = BinaryObjective(data.design, data.class_index), parameters[:3]
        else:
            free, full = (
                SoftmaxObjective(data.design, data.class_index, 3),
                np.r_[np.zeros(3), parameters[3:]],
            )
        tail = full if model.kind == "logistic" else full[3:]
        value, slope, curvature = free.evaluate(tail)
        textbook = loss_of(model.kind, loss).value_and_gradient(
            logits(model, full, data.design), data.class_index
        )
        assert value == pytest.approx(textbook[0].mean(), rel=1e-12)
        np.testing.assert_allclose(slope, gradient(model, full, data, loss)[-tail.size :], rtol=0, atol=1e-14)
        np.testing.assert_allclose(
            curvature, hessian(model, full, data, loss)[-tail.size :, -tail.size :], rtol=0, atol=1e-14
        )


def test_logits_of_a_thousand_stay_finite():
    data = make_data(2)
    far = 1000.0 * np.array([1.0, -1.0, 0.3])
    loss, slope, curvature = BinaryObjective(data.design, data.class_index).evaluate(far)
    expected = (
        loss_of("logistic", "bce").value_and_gradient(far[None] @ data.design, data.class_index)[0].mean()
    )
    assert loss == pytest.approx(expected, rel=1e-14)
    assert np.isfinite(slope).all()
    assert np.isfinite(curvature).all()
    rows = np.concatenate([-far, far])
    value, slope, curvature = SoftmaxObjective(data.design, data.class_index, 2).evaluate(rows[3:] - rows[:3])
    assert value == pytest.approx(
        loss_of("softmax", "ce")
        .value_and_gradient(rows.reshape(2, 3) @ data.design, data.class_index)[0]
        .mean(),
        rel=1e-14,
    )
    assert np.isfinite(slope).all()
    assert np.isfinite(curvature).all()


def test_suggested_rate_of_zero_weights_is_known_in_closed_form():
    # At zero weights BCE's Hessian is X X^T / (4 n); for z-scores its eigenvalues are (1 +- r) / 4 and 1 / 4.
    data = make_data(2)
    correlation = float(data.design[0] @ data.design[1]) / len(data)
    rate = suggest_learning_rate(ModelSpec("logistic", 2), np.zeros(3), data, "bce")
    assert rate == pytest.approx(4.0 / (1.0 + abs(correlation)), rel=1e-12)


@pytest.mark.parametrize(("model", "loss"), CASES)
def test_suggested_rate_descends_and_three_times_it_does_not_settle(model, loss):
    data = make_data(model.n_classes)
    # The bottom, found with small steps: near it the loss is its quadratic approximation.
    parameters = np.zeros(layout_of(model).parameter_count)
    for _ in range(20_000):
        parameters -= 0.5 * gradient(model, parameters, data, loss)
    rate = suggest_learning_rate(model, parameters, data, loss)
    away = 1e-4 * np.random.default_rng(0).normal(size=parameters.size)

    def distance_after(chosen):
        moved = parameters + away
        for _ in range(60):
            moved = moved - chosen * gradient(model, moved, data, loss)
        return np.abs(gradient(model, moved, data, loss)).max()

    start = np.abs(gradient(model, parameters + away, data, loss)).max()
    assert distance_after(rate) < start < distance_after(3 * rate)


def test_confidently_wrong_mse_curves_downwards_and_suggests_nothing():
    samples = Samples.from_columns([160.0, 180.0], [60.0, 60.0], [0, 1])
    data = TrainingData.from_samples(samples, 2)
    model = ModelSpec("logistic", 2)
    wrong_way = np.array([-5.0, 0.0, 0.0])
    assert np.linalg.eigvalsh(hessian(model, wrong_way, data, "mse"))[0] < -1e-4
    assert suggest_learning_rate(model, wrong_way, data, "mse") is None
    assert suggest_learning_rate(model, wrong_way, TrainingData.from_samples(Samples(), 2), "mse") is None
