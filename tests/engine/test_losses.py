from __future__ import annotations

import math

import numpy as np
import pytest

from engine.activations import sigmoid
from engine.losses import LOSSES, loss_of, one_hot
from engine.specs import MULTI_CLASS_KINDS, RIVAL_KINDS

CASES = [
    pytest.param(kind, name, n_classes, id=f"{kind}-{name}-{n_classes}")
    for kind, name in LOSSES
    for n_classes in ((2, 3, 5, 8) if kind in MULTI_CLASS_KINDS else (2,))
]
BCE, BINARY_MSE = loss_of("logistic", "bce"), loss_of("logistic", "mse")
CE, MSE = loss_of("softmax", "ce"), loss_of("softmax", "mse")


def random_case(kind, n_classes, n=40, spread=3.0):
    generator = np.random.default_rng([n_classes, n])
    n_outputs = n_classes if kind in MULTI_CLASS_KINDS else 1
    return generator.normal(0.0, spread, (n_outputs, n)), generator.integers(0, n_classes, n)


def one(loss, z, y):
    """Value and gradient of one sample with the logits `z`."""
    values, gradient = loss.value_and_gradient(np.array(z, dtype=float).reshape(-1, 1), np.array([y]))
    return values[0], gradient[:, 0]


@pytest.mark.parametrize(("kind", "name", "n_classes"), CASES)
def test_gradient_equals_fourth_order_central_differences(kind, name, n_classes):
    loss = loss_of(kind, name)
    logits, labels = random_case(kind, n_classes)
    if kind in RIVAL_KINDS:  # away from the kinks, where differences say nothing
        logits = np.copysign(0.5 + np.abs(logits), logits)
    gradient = loss.value_and_gradient(logits, labels)[1]
    assert gradient.shape == logits.shape
    h = 1e-3
    for output in range(len(logits)):

        def at(shift, output=output):
            moved = logits.copy()
            moved[output] += shift
            return loss.value_and_gradient(moved, labels)[0]

        numeric = (at(-2 * h) - 8 * at(-h) + 8 * at(h) - at(2 * h)) / (12 * h)
        np.testing.assert_allclose(gradient[output], numeric, atol=1e-11)


@pytest.mark.parametrize(("kind", "name", "n_classes"), CASES)
def test_value_equals_the_textbook_formula_of_the_probabilities(kind, name, n_classes):
    logits, labels = random_case(kind, n_classes)
    if kind not in MULTI_CLASS_KINDS:
        p = (logits[0] >= 0.0).astype(float) if kind == "step" else 1.0 / (1.0 + np.exp(-logits[0]))
        y = labels
        expected = -(y * np.log(p) + (1 - y) * np.log(1 - p)) if name == "bce" else (p - y) ** 2
    else:
        power = {"softmax": np.exp, "absolute": np.abs, "square": np.square}.get(kind)
        p = power(logits) / power(logits).sum(axis=0) if power else 1.0 / (1.0 + np.exp(-logits))
        y = np.eye(n_classes)[labels].T
        terms = y * np.log(p) + (0.0 if power else (1 - y) * np.log(1 - p))
        expected = ((p - y) ** 2).sum(axis=0) if name == "mse" else -terms.sum(axis=0)
    value = loss_of(kind, name).value_and_gradient(logits, labels)[0]
    # Near p = 1 the formula's own 1 - p has an error of 1e-16, whatever computes it.
    np.testing.assert_allclose(value, expected, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("loss", [CE, MSE])
@pytest.mark.parametrize("n_classes", [2, 3, 5, 8])
def test_gradient_of_softmax_sums_to_zero_as_a_shared_shift_changes_nothing(loss, n_classes):
    logits, labels = random_case("softmax", n_classes, spread=30.0)
    gradient = loss.value_and_gradient(logits, labels)[1]
    np.testing.assert_allclose(gradient.sum(axis=0), 0.0, atol=1e-15)


@pytest.mark.parametrize(
    ("z", "y", "value", "slope"),
    [(1000.0, 1, 0.0, 0.0), (-1000.0, 1, 1000.0, -1.0), (1000.0, 0, 1000.0, 1.0), (-1000.0, 0, 0.0, 0.0)],
)
def test_bce_at_logits_of_a_thousand(z, y, value, slope):
    assert one(BCE, [z], y) == (value, [slope])


@pytest.mark.parametrize(
    ("z", "y", "value"), [(1000.0, 1, 0.0), (-1000.0, 1, 1.0), (1000.0, 0, 1.0), (-1000.0, 0, 0.0)]
)
def test_binary_mse_at_logits_of_a_thousand_is_flat(z, y, value):
    assert one(BINARY_MSE, [z], y) == (value, [0.0])


def test_ce_and_mse_at_logits_of_a_thousand():
    logits = [1000.0, -1000.0, 0.0]
    value, gradient = one(CE, logits, 0)
    assert (value, gradient.tolist()) == (0.0, [0.0, 0.0, 0.0])
    value, gradient = one(CE, logits, 1)
    assert (value, gradient.tolist()) == (2000.0, [1.0, -1.0, 0.0])
    value, gradient = one(MSE, logits, 1)
    assert (value, gradient.tolist()) == (2.0, [0.0, 0.0, 0.0])


def test_small_losses_keep_their_digits():
    assert one(BCE, [50.0], 1)[0] == pytest.approx(math.exp(-50.0), rel=1e-14)
    assert one(BCE, [50.0], 1)[1][0] == pytest.approx(-math.exp(-50.0), rel=1e-14)
    assert one(BINARY_MSE, [-20.0], 1)[1][0] == pytest.approx(-2.0 * math.exp(-20.0), rel=1e-7)


def test_mse_gradient_is_largest_at_one_third_and_is_eight_twenty_sevenths():
    z = np.linspace(-5.0, 5.0, 100_001)
    gradient = BINARY_MSE.value_and_gradient(z[None, :], np.ones(z.size, dtype=np.int64))[1][0]
    steepest = np.argmax(np.abs(gradient))
    assert sigmoid(z[steepest : steepest + 1])[0] == pytest.approx(1.0 / 3.0, abs=1e-4)
    assert abs(one(BINARY_MSE, [-math.log(2.0)], 1)[1][0]) == pytest.approx(8.0 / 27.0, rel=1e-15)
    assert np.abs(gradient).max() == pytest.approx(8.0 / 27.0, rel=1e-8)


def test_ratio_of_the_gradients_is_one_over_twice_p_times_one_minus_p_and_never_below_two():
    z = np.linspace(-20.0, 20.0, 401)[None, :]
    for label in (0, 1):
        labels = np.full(z.shape[1], label)
        ratio = BCE.value_and_gradient(z, labels)[1] / BINARY_MSE.value_and_gradient(z, labels)[1]
        np.testing.assert_allclose(ratio, 1.0 / (2.0 * sigmoid(z) * sigmoid(-z)), rtol=1e-12)
        assert ratio.min() == pytest.approx(2.0)


def test_softmax_of_two_classes_has_the_logistic_ce_and_twice_its_mse():
    generator = np.random.default_rng(7)
    logits, labels = generator.normal(0.0, 4.0, (2, 60)), generator.integers(0, 2, 60)
    difference = (logits[1] - logits[0])[None, :]
    for pair, single, factor in ((CE, BCE, 1.0), (MSE, BINARY_MSE, 2.0)):
        value, gradient = pair.value_and_gradient(logits, labels)
        expected, slope = single.value_and_gradient(difference, labels)
        np.testing.assert_allclose(value, factor * expected, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(gradient[1], factor * slope[0], rtol=1e-11, atol=1e-15)


def steps_until_confident(loss, start, limit):
    """Steps from w = (start, start) on x = (1, 1), y = 1, bias 0, rate 0.5, until p > 0.9, if ever."""
    x, w = np.array([1.0, 1.0]), np.full(2, float(start))
    for step in range(limit + 1):
        z = w @ x
        if sigmoid(np.array([z]))[0] > 0.9:
            return step, w
        w = w - 0.5 * one(loss, [z], 1)[1][0] * x
    return None, w


def test_one_sample_from_far_away_bce_arrives_in_31_steps_and_mse_stands_still():
    assert steps_until_confident(BCE, -10.0, 100)[0] == 31
    arrived, w = steps_until_confident(BINARY_MSE, -10.0, 2_000)
    assert arrived is None
    # The gradient grows by 0.2 % over 200,000 steps of this size: they move 100 times as far as 2,000.
    assert 0.0 < 100.0 * (w[0] + 10.0) < 0.0005


def test_one_sample_from_nearby_takes_15_steps_with_bce_and_70_with_mse():
    assert steps_until_confident(BCE, -2.0, 100)[0] == 15
    assert steps_until_confident(BINARY_MSE, -2.0, 100)[0] == 70


def test_a_loss_of_another_model_is_refused():
    with pytest.raises(ValueError, match="logistic model is not trained on the loss ce"):
        loss_of("logistic", "ce")


def test_the_step_models_loss_counts_wrong_answers_and_a_tie_is_class_1():
    value, gradient = loss_of("step", "mse").value_and_gradient(
        np.array([[-2.0, 0.0, 3.0, -2.0, 0.0, 3.0]]), np.array([0, 0, 0, 1, 1, 1])
    )
    assert value.tolist() == [0, 1, 1, 1, 0, 0]
    assert not gradient.any()


def test_one_hot_has_one_one_in_each_column():
    assert one_hot(np.array([2, 0]), 3).tolist() == [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]


# The curriculum's trap: used as given, without z-scores and without bias.
TRAP = [
    (-0.1, 0.6, 0, 6),
    (-0.2, 0.2, 1, 2),
    (2.7, 2.2, 0, 3),
    (-1.6, -0.5, 0, 3),
    (2.0, 1.9, 0, 6),
    (-7.9, 0.9, 1, 6),
]


def trap_loss_and_gradient(loss, w):
    points = np.repeat([[x1, x2] for x1, x2, _, _ in TRAP], [times for *_, times in TRAP], axis=0).T
    labels = np.repeat([y for _, _, y, _ in TRAP], [times for *_, times in TRAP])
    value, gradient = loss.value_and_gradient((w @ points)[None, :], labels)
    return value.mean(), gradient[0] @ points.T / labels.size


def trap_minimum(loss, start):
    """Where Newton's method (its Hessian from differences) arrives, and the eigenvalues there."""
    w, h = np.array(start), 1e-5
    for _ in range(20):
        steps = h * np.eye(2)
        columns = [
            (trap_loss_and_gradient(loss, w + step)[1] - trap_loss_and_gradient(loss, w - step)[1]) / (2 * h)
            for step in steps
        ]
        hessian = np.array(columns)
        w = w - np.linalg.solve(hessian, trap_loss_and_gradient(loss, w)[1])
    return w, np.linalg.eigvalsh(hessian)


@pytest.mark.parametrize(
    ("minimum", "value"), [((-0.373, -1.076), 0.1211), ((2.047, -3.622), 0.2820)], ids=["best", "trap"]
)
def test_mse_has_two_minima_on_the_trap(minimum, value):
    w, eigenvalues = trap_minimum(BINARY_MSE, minimum)
    assert w == pytest.approx(minimum, abs=5e-4)
    assert trap_loss_and_gradient(BINARY_MSE, w)[0] == pytest.approx(value, abs=5e-5)
    assert np.abs(trap_loss_and_gradient(BINARY_MSE, w)[1]).max() < 1e-10
    assert (eigenvalues > 1e-6).all()


def test_bce_falls_from_the_trap_of_mse_to_its_one_minimum():
    trap = np.array([2.047, -3.622])
    assert np.abs(trap_loss_and_gradient(BCE, trap)[1]).max() > 0.1
    arrived = []
    for start in (trap, np.array([-0.373, -1.076])):
        w = start
        for _ in range(5_000):
            w = w - 0.4 * trap_loss_and_gradient(BCE, w)[1]
        arrived.append(w)
    np.testing.assert_allclose(arrived[0], arrived[1], atol=1e-6)


def test_curvature_by_the_logit_is_positive_for_bce_and_changes_sign_for_mse_at_one_third():
    h = 1e-5
    for z in (-6.0, -math.log(2.0) - 0.01, -math.log(2.0) + 0.01, 0.0, 3.0):
        p = 1.0 / (1.0 + math.exp(-z))
        slopes = {
            name: (one(loss, [z + h], 1)[1][0] - one(loss, [z - h], 1)[1][0]) / (2 * h)
            for name, loss in (("bce", BCE), ("mse", BINARY_MSE))
        }
        assert slopes["bce"] == pytest.approx(p * (1 - p), rel=1e-7)
        assert slopes["mse"] == pytest.approx(2 * p * (1 - p) ** 2 * (3 * p - 1), rel=1e-6)
        assert (slopes["mse"] < 0.0) == (z < -math.log(2.0))


@pytest.mark.parametrize(("kind", "name", "n_classes"), CASES)
def test_targets_that_are_one_hot_give_what_the_labels_give(kind, name, n_classes):
    loss = loss_of(kind, name)
    logits, labels = random_case(kind, n_classes)
    if kind in RIVAL_KINDS:
        logits = np.copysign(0.5 + np.abs(logits), logits)
    by_labels = loss.value_and_gradient(logits, labels)
    by_targets = loss.of_targets(logits, one_hot(labels, n_classes))
    for expected, found in zip(by_labels, by_targets, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)
