"""Sensitivity and likelihood with any number of classes, against finite differences and plain products."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import sigmoid, softmax
from engine.class_sensitivity import (
    output_loss,
    pull_strength,
    squared_error_bounds,
    squared_error_slope_bounds,
    true_class_log_odds,
)
from engine.likelihoods import likelihood_along, running_product
from engine.losses import loss_of
from engine.models import logits
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

LOGITS = np.array([[0.3, -2.0, 4.0, 0.0], [1.2, 0.5, -3.0, 0.0], [-0.7, 6.0, 0.1, 0.0]])
LABELS = np.array([0, 2, 1, 1])
THREE = ModelSpec("softmax", 3)


def test_the_sigmoid_of_the_log_odds_is_the_softmax_probability_of_the_true_class():
    expected = softmax(LOGITS)[LABELS, np.arange(4)]
    np.testing.assert_allclose(sigmoid(true_class_log_odds(LOGITS, LABELS)), expected, rtol=1e-14)


def test_with_one_output_node_the_log_odds_are_the_logit_signed_by_the_label():
    z = np.array([[1.5, 1.5, -2.0]])
    assert true_class_log_odds(z, np.array([1, 0, 0])).tolist() == [1.5, -1.5, 2.0]


def test_log_odds_keep_their_digits_where_p_is_rounded_to_1():
    z = np.array([[800.0], [0.0], [0.0]])
    assert true_class_log_odds(z, np.array([0]))[0] == pytest.approx(800.0 - np.log(2.0), rel=1e-15)


@pytest.mark.parametrize("n_classes", [2, 3, 8])
def test_the_squared_error_of_every_model_lies_between_its_bounds_and_reaches_both(n_classes):
    generator = np.random.default_rng(1)
    z = generator.normal(0.0, 3.0, (n_classes, 400))
    labels = generator.integers(0, n_classes, 400)
    value, gradient = loss_of("softmax", "mse").value_and_gradient(z, labels)
    slope = gradient[labels, np.arange(400)]
    margin = true_class_log_odds(z, labels)
    low, high = squared_error_bounds(margin, n_classes)
    small, large = squared_error_slope_bounds(margin, n_classes)
    assert (value >= low - 1e-14).all()
    assert (value <= high + 1e-14).all()
    assert (slope <= small + 1e-14).all()
    assert (slope >= large - 1e-14).all()
    even, one = np.zeros((n_classes, 1)), np.full((n_classes, 1), -800.0)
    even[0], one[0], one[1] = 0.7, 0.7, 0.0
    for logits_of_one, end in ((even, 0), (one, 1)):
        label = np.array([0])
        reached = loss_of("softmax", "mse").value_and_gradient(logits_of_one, label)
        margin = true_class_log_odds(logits_of_one, label)
        assert reached[0] == pytest.approx(squared_error_bounds(margin, n_classes)[end])
        assert reached[1][0] == pytest.approx(squared_error_slope_bounds(margin, n_classes)[end])


def test_the_logit_of_the_true_class_moves_its_log_odds_one_to_one():
    moved = LOGITS.copy()
    moved[LABELS, np.arange(4)] += 1e-3
    difference = true_class_log_odds(moved, LABELS) - true_class_log_odds(LOGITS, LABELS)
    np.testing.assert_allclose(difference, 1e-3, rtol=1e-10)


def test_a_class_alone_has_no_bounds():
    with pytest.raises(ValueError, match="at least one other"):
        squared_error_bounds(np.zeros(1), 1)


def test_the_pull_is_the_length_of_the_gradient_by_the_logits():
    gradient = loss_of("softmax", "ce").value_and_gradient(LOGITS, LABELS)[1]
    np.testing.assert_allclose(pull_strength("ce", LOGITS, LABELS), np.linalg.norm(gradient, axis=0))
    z = np.array([[2.0, -1.0]])
    expected = np.abs(sigmoid(z[0]) - [1, 0])
    np.testing.assert_allclose(pull_strength("bce", z, np.array([1, 0])), expected)


def test_one_output_node_has_the_losses_of_a_sigmoid_whatever_lies_before_it():
    assert output_loss("mse", 1) is loss_of("logistic", "mse")
    assert output_loss("mse", 2) is loss_of("softmax", "mse")


def test_a_running_product_takes_samples_that_repeat():
    log_odds = np.tile(np.array([0.4, -1.1]), 700)
    running = running_product(log_odds)
    np.testing.assert_allclose(running.product_double[:4], np.cumprod(sigmoid(log_odds[:4])))
    assert running.underflow_double is not None
    assert running.log_sum[-1] == pytest.approx(700 * np.log(sigmoid(np.array([0.4, -1.1]))).sum())


@pytest.mark.parametrize("index", range(9))
def test_the_peak_along_a_softmax_weight_is_where_its_cross_entropy_is_smallest(index):
    generator = np.random.default_rng(index)
    labels = np.arange(90) % 3
    height = 160.0 + 8.0 * labels + generator.normal(0.0, 9.0, 90)
    weight = 55.0 + 9.0 * (labels == 2) + generator.normal(0.0, 9.0, 90)
    data = TrainingData.from_samples(Samples.from_columns(height, weight, labels), 3)
    parameters = generator.normal(0.0, 1.0, 9)
    curve = likelihood_along(parameters, index, np.linspace(-6.0, 6.0, 121), data, THREE)
    assert curve.peak is not None
    losses = []
    for offset in (-1e-3, 0.0, 1e-3):
        row = parameters.copy()
        row[index] = curve.peak + offset
        z = logits(THREE, row, data.design)
        losses.append(loss_of("softmax", "ce").value_and_gradient(z, data.class_index)[0].mean())
    assert losses[1] < min(losses[0], losses[2])
    assert curve.peak_loss == pytest.approx(losses[1], rel=1e-12)
    assert (curve.loss >= losses[1]).all()
