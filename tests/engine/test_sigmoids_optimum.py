"""The exact optimum of K sigmoids: K logistic models, each of which may be separable on its own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize as minimize_by_scipy
from sklearn.linear_model import LogisticRegression

from engine.curvature import hessian, suggest_learning_rate
from engine.gradients import LossGradient
from engine.metrics import model_metrics
from engine.optimum.best_mse import best_found_mse
from engine.optimum.optimum import find_optimum, joint_separation
from engine.samples import Samples
from engine.specs import MULTI_CLASS_KINDS, RIVAL_KINDS, ModelSpec
from engine.training_data import TrainingData
from tests.engine.run_examples import people
from tests.engine.test_label_sets import label_columns, labelled_people

SIGMOIDS, LOGISTIC = ModelSpec("sigmoids", 3), ModelSpec("logistic", 2)


def binary_data(data, labels):
    return TrainingData(data.design, labels.astype(np.int64), data.sample_id, data.scaler)


def in_a_row():
    """Three groups along the heights: the middle one no line splits off, the outer ones a line does."""
    height = np.array([150.0, 152.0, 170.0, 172.0, 190.0, 192.0])
    weight = np.array([50.0, 51.0, 50.0, 52.0, 51.0, 50.0])
    return TrainingData.from_samples(Samples.from_columns(height, weight, [0, 0, 1, 1, 2, 2]), 3)


def test_each_class_has_the_optimum_of_its_logistic_model():
    data = TrainingData.from_samples(people(150, n_classes=3), 3)
    optimum = find_optimum(SIGMOIDS, data)
    assert optimum.separable == "none"
    rows = optimum.parameters.reshape(3, 3)
    alone = [find_optimum(LOGISTIC, binary_data(data, data.class_index == k)) for k in range(3)]
    for k, one in enumerate(alone):
        np.testing.assert_array_equal(rows[k], one.parameters)
        assert optimum.by_class[k].cross_entropy == one.cross_entropy
    assert optimum.cross_entropy == pytest.approx(sum(one.cross_entropy for one in alone), rel=1e-15)
    assert optimum.cross_entropy == pytest.approx(
        model_metrics(SIGMOIDS, optimum.parameters, data)[0], rel=1e-13
    )


def test_with_several_labels_it_is_scikit_learns_one_against_the_rest():
    samples = labelled_people(200)
    data = TrainingData.from_samples(samples, 3, label_sets=True)
    optimum = find_optimum(SIGMOIDS, data)
    for row, labels in zip(optimum.parameters.reshape(3, 3), label_columns(samples), strict=True):
        reference = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12)
        reference.fit(data.design[:2].T, labels)
        np.testing.assert_allclose(row, [*reference.coef_[0], reference.intercept_[0]], rtol=1e-7, atol=1e-8)


def test_a_class_that_a_line_splits_off_is_named_and_the_others_keep_their_optimum():
    optimum = find_optimum(SIGMOIDS, in_a_row())
    assert [one.separable for one in optimum.by_class] == ["complete", "none", "complete"]
    assert (optimum.separable, optimum.parameters) == ("quasi", None)
    assert optimum.by_class[1].parameters is not None
    assert optimum.cross_entropy == pytest.approx(optimum.by_class[1].cross_entropy, rel=1e-15)
    assert str(optimum.message).startswith("2 of the 3 classes")


def test_softmax_can_separate_what_k_sigmoids_cannot():
    assert find_optimum(ModelSpec("softmax", 3), in_a_row()).separable == "complete"


def test_where_every_class_can_be_split_off_the_separation_is_complete():
    samples = Samples.from_columns([150.0, 190.0, 170.0], [50.0, 50.0, 90.0], [0, 1, 2])
    optimum = find_optimum(SIGMOIDS, TrainingData.from_samples(samples, 3))
    assert (optimum.separable, optimum.cross_entropy) == ("complete", 0.0)


def test_a_label_that_every_sample_carries_can_be_told_for_ever():
    samples = labelled_people(60)
    rows = samples.rows
    sets = np.where(rows.label_set < 0, 1 << np.maximum(rows.class_index, 0), rows.label_set) | 0b10
    data = TrainingData.from_samples(
        Samples().put(rows.with_label_sets(sets.astype(np.int16))), 3, label_sets=True
    )
    optimum = find_optimum(SIGMOIDS, data)
    assert optimum.by_class[1].separable == "complete"
    assert optimum.parameters is None


@pytest.mark.parametrize(
    ("kinds", "together"),
    [
        (["none", "none"], "none"),
        (["complete", "complete"], "complete"),
        (["none", "complete"], "quasi"),
        (["quasi", "complete"], "quasi"),
        (["none", None], None),
    ],
)
def test_what_is_said_of_all_classes_together(kinds, together):
    assert joint_separation(kinds) == together


def test_a_search_that_is_stopped_says_so():
    optimum = find_optimum(SIGMOIDS, TrainingData.from_samples(people(50, n_classes=3), 3), lambda: True)
    assert (optimum.parameters, optimum.separable) == (None, None)
    assert "stopped" in str(optimum.message)


@pytest.mark.parametrize("kind", RIVAL_KINDS)
def test_the_rivals_of_softmax_have_none_to_compute(kind):
    data = TrainingData.from_samples(people(50, n_classes=3), 3)
    optimum = find_optimum(ModelSpec(kind, 3), data)
    assert (optimum.parameters, optimum.separable) == (None, None)
    assert "not convex" in str(optimum.message)
    assert best_found_mse(ModelSpec(kind, 3), data).parameters is None


def test_the_best_mse_is_that_of_each_class_on_its_own():
    data = TrainingData.from_samples(people(120, n_classes=3), 3)
    best = best_found_mse(SIGMOIDS, data)
    alone = [best_found_mse(LOGISTIC, binary_data(data, data.class_index == k)) for k in range(3)]
    assert best.mse == pytest.approx(sum(one.mse for one in alone), rel=1e-14)
    np.testing.assert_array_equal(best.parameters, np.concatenate([one.parameters for one in alone]))
    assert best.mse == pytest.approx(model_metrics(SIGMOIDS, best.parameters, data)[1], rel=1e-12)
    gradient = LossGradient(SIGMOIDS, "mse", data)
    from_there = minimize_by_scipy(
        lambda row: model_metrics(SIGMOIDS, row, data)[1], best.parameters, jac=gradient, tol=1e-12
    )
    assert from_there.fun == pytest.approx(best.mse, abs=1e-12)


def test_a_class_without_a_best_mse_leaves_all_without():
    best = best_found_mse(SIGMOIDS, in_a_row())
    assert best.parameters is None
    assert best.limit is None or best.limit >= 0.0


@pytest.mark.parametrize("loss", ["likelihood", "mse"])
@pytest.mark.parametrize("kind", MULTI_CLASS_KINDS)
def test_hessians_are_differences_of_the_gradient(kind, loss):
    model = ModelSpec(kind, 3)
    name = model.likelihood if loss == "likelihood" else "mse"
    data = TrainingData.from_samples(people(40, n_classes=3), 3)
    row = np.random.default_rng(8).normal(size=9)
    row.reshape(3, 3)[:, 2] += [9.0, -9.0, 8.0] if kind in RIVAL_KINDS else 0.0
    found, gradient, h = hessian(model, row, data, name), LossGradient(model, name, data), 1e-5
    for place in range(9):
        shift = h * np.eye(9)[place]
        numeric = (gradient(row + shift) - gradient(row - shift)) / (2.0 * h)
        np.testing.assert_allclose(found[place], numeric, atol=1e-8)


def test_a_rate_is_suggested_from_the_class_that_curves_most():
    data = TrainingData.from_samples(people(80, n_classes=3), 3)
    row = np.random.default_rng(4).normal(size=9)
    rates = [
        suggest_learning_rate(LOGISTIC, part, binary_data(data, data.class_index == k), "bce")
        for k, part in enumerate(row.reshape(3, 3))
    ]
    assert suggest_learning_rate(SIGMOIDS, row, data, "bce") == pytest.approx(min(rates), rel=1e-10)
