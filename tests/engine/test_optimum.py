"""The exact optimum: closed forms, degenerate samples, the infimum of separable data, size, stopping."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize as minimize_by_scipy

from engine.curvature import hessian
from engine.losses import loss_of
from engine.models import logits
from engine.optimum.best_mse import best_found_mse
from engine.optimum.cross_entropy import BinaryObjective
from engine.optimum.newton import MAX_ITERATIONS, minimize
from engine.optimum.optimum import GRADIENT_TOLERANCE, find_optimum, separation_message
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from engine.training_data import TrainingData

LOGISTIC = ModelSpec("logistic", 2)


def data_of(points, n_classes, scaler=None):
    x, y, labels = zip(*points, strict=True)
    return TrainingData.from_samples(Samples.from_columns(x, y, labels), n_classes, scaler)


def overlapping(n, n_classes, seed=0, gap=4.0):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, n_classes, n)
    samples = Samples.from_columns(
        rng.normal(165, 8, n) + gap * labels, rng.normal(60, 10, n) + 1.5 * gap * labels, labels
    )
    return TrainingData.from_samples(samples, n_classes)


def mean_loss_and_gradient(model, parameters, data, loss):
    value, by_logit = loss_of(model.kind, loss).value_and_gradient(
        logits(model, parameters, data.design), data.class_index
    )
    return value.mean(), (by_logit @ data.design.T).ravel() / len(data)


def test_two_by_two_table_has_the_log_odds_as_weights():
    # Two places, counts of the classes 1 : 3 and 4 : 2. The fit is saturated: logit = ln(n_1 / n_0) at each.
    places = [(160, 50, 0)] + [(160, 50, 1)] * 3 + [(180, 50, 0)] * 4 + [(180, 50, 1)] * 2
    data = data_of(places, 2, Standardizer(170.0, 50.0, 10.0, 1.0))
    optimum = find_optimum(LOGISTIC, data)
    here, there = np.log(3), np.log(0.5)
    np.testing.assert_allclose(optimum.parameters, [(there - here) / 2, 0.0, (here + there) / 2], atol=1e-14)
    entropy = -(np.log([1 / 4, 3 / 4]) @ [1, 3] + np.log([4 / 6, 2 / 6]) @ [4, 2]) / 10
    assert optimum.cross_entropy == pytest.approx(entropy, rel=1e-15)
    assert optimum.separable == "none"
    assert "others have the same" in str(optimum.message)  # nobody's weight differs: its weight is free


def test_softmax_of_one_place_has_the_class_shares():
    places = [(170, 60, 0)] * 2 + [(170, 60, 1)] * 3 + [(170, 60, 2)] * 5
    optimum = find_optimum(ModelSpec("softmax", 3), data_of(places, 3))
    rows = optimum.parameters.reshape(3, 3)
    p = np.exp(rows[:, 2]) / np.exp(rows[:, 2]).sum()
    np.testing.assert_allclose(p, [0.2, 0.3, 0.5], rtol=1e-12)
    np.testing.assert_allclose(rows.sum(axis=0), 0.0, atol=1e-15)
    np.testing.assert_array_equal(rows[:, :2], 0.0)


@pytest.mark.parametrize("n_classes", [2, 3, 5, 8])
def test_softmax_gradient_vanishes_and_no_neighbour_is_lower(n_classes):
    model = ModelSpec("softmax", n_classes)
    data = overlapping(400, n_classes)
    optimum = find_optimum(model, data)
    value, gradient = mean_loss_and_gradient(model, optimum.parameters, data, "ce")
    assert optimum.separable == "none"
    assert optimum.cross_entropy == pytest.approx(value, rel=1e-13)
    assert np.abs(gradient).max() < GRADIENT_TOLERANCE
    assert optimum.gradient_max == pytest.approx(np.abs(gradient).max(), abs=1e-14)
    rng = np.random.default_rng(1)
    for _ in range(20):
        other = optimum.parameters + rng.normal(0, 0.1, optimum.parameters.size)
        assert mean_loss_and_gradient(model, other, data, "ce")[0] > value


def test_logistic_and_two_softmax_rows_are_one_model():
    data = overlapping(300, 2)
    logistic, softmax = find_optimum(LOGISTIC, data), find_optimum(ModelSpec("softmax", 2), data)
    rows = softmax.parameters.reshape(2, 3)
    np.testing.assert_allclose(rows[1] - rows[0], logistic.parameters, rtol=1e-12)
    assert softmax.cross_entropy == pytest.approx(logistic.cross_entropy, rel=1e-14)


def test_parameters_are_read_only_and_the_data_are_left_alone():
    data = overlapping(50, 2)
    before = data.design.copy()
    parameters = find_optimum(LOGISTIC, data).parameters
    assert not parameters.flags.writeable
    np.testing.assert_array_equal(data.design, before)


@pytest.mark.parametrize("scaler", [None, Standardizer.identity()])
def test_the_optimum_does_not_depend_on_the_scaler(scaler):
    rng = np.random.default_rng(4)
    points = [(h, w, int(h + 2 * w + rng.normal(0, 30) > 300)) for h, w in rng.normal((170, 65), 9, (200, 2))]
    own = data_of(points, 2)
    other = data_of(points, 2, scaler)
    expected = own.scaler.to_original_units(find_optimum(LOGISTIC, own).parameters)
    found = other.scaler.to_original_units(find_optimum(LOGISTIC, other).parameters)
    np.testing.assert_allclose(found, expected, rtol=1e-7)


def test_an_outlier_on_the_wrong_side_of_a_million_stays_finite():
    data = overlapping(1_000_000, 2)
    far = data.design.copy()
    far[0, 0], far[1, 0] = (60.0, 60.0) if data.class_index[0] == 0 else (-60.0, -60.0)
    model_data = TrainingData(far, data.class_index, data.sample_id, data.scaler)
    optimum = find_optimum(LOGISTIC, model_data)
    assert optimum.separable == "none"
    assert optimum.gradient_max < GRADIENT_TOLERANCE
    value, gradient = mean_loss_and_gradient(LOGISTIC, optimum.parameters, model_data, "bce")
    assert optimum.cross_entropy == pytest.approx(value, rel=1e-12)
    assert np.abs(gradient).max() < GRADIENT_TOLERANCE


def test_a_million_separable_samples():
    rng = np.random.default_rng(2)
    height, weight = rng.normal(170, 8, 1_000_000), rng.normal(65, 10, 1_000_000)
    labels = (weight - 0.8 * height + 71 > 0).astype(int)
    data = TrainingData.from_samples(Samples.from_columns(height, weight, labels), 2)
    optimum = find_optimum(LOGISTIC, data)
    assert (optimum.parameters, optimum.cross_entropy, optimum.separable) == (None, 0.0, "complete")


@pytest.mark.parametrize(
    ("points", "n_classes", "kind", "infimum"),
    [
        ([(160, 50, 0), (180, 80, 1)], 2, "complete", 0.0),
        # Both classes have one of the two samples at (170, 60), on the line that splits off the others.
        ([(160, 50, 0), (170, 60, 0), (170, 60, 1), (180, 70, 1)], 2, "quasi", 2 * np.log(2) / 4),
        # Class 2 can be split off; classes 0 and 1 lie 1 : 2 on one another.
        ([(160, 50, 0), (160, 50, 1), (160, 50, 1), (190, 90, 2)], 3, "quasi", -np.log(4 / 27) / 4),
        # A class without samples, the other two on one another.
        ([(160, 50, 0), (160, 50, 1)], 3, "quasi", np.log(2)),
    ],
)
def test_separable_data_have_no_parameters_but_an_infimum(points, n_classes, kind, infimum):
    model = ModelSpec("logistic" if n_classes == 2 else "softmax", n_classes)
    optimum = find_optimum(model, data_of(points, n_classes))
    assert optimum.parameters is None
    assert optimum.separable == kind
    assert optimum.cross_entropy == pytest.approx(infimum, rel=1e-12)
    assert "the best weights do not exist" in str(optimum.message)


def test_two_samples_that_all_but_touch_are_still_separated():
    points = [
        (160, 50, 0),
        (170, 60, 0),
        (170, 60.000001, 1),
        (160, 50.000001, 1),
        (150, 90, 1),
        (150, 20, 0),
    ]
    assert find_optimum(LOGISTIC, data_of(points, 2)).separable == "complete"


coordinate = st.integers(150, 158)


@given(st.data(), st.integers(2, 4))
def test_infimum_is_where_another_minimiser_goes(data, n_classes):
    label = st.integers(0, n_classes - 1)
    points = data.draw(st.lists(st.tuples(coordinate, coordinate, label), min_size=1, max_size=10))
    model = ModelSpec("logistic" if n_classes == 2 else "softmax", n_classes)
    samples = data_of(points, n_classes)
    optimum = find_optimum(model, samples)
    loss = "bce" if n_classes == 2 else "ce"
    found = minimize_by_scipy(
        lambda parameters: mean_loss_and_gradient(model, parameters, samples, loss),
        np.zeros(3 if n_classes == 2 else 3 * n_classes),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-8},
    )
    assert -1e-9 <= found.fun - optimum.cross_entropy <= 1e-5


def test_newton_survives_separable_data_and_stops():
    result = minimize(BinaryObjective(*_columns([(0, 0, 0), (1, 0, 0), (1, 0, 1), (2, 0, 1)])))
    assert result.iterations <= MAX_ITERATIONS
    assert np.isfinite(result.parameters).all()
    assert not result.proves_finite
    assert not result.separates


def _columns(points):
    x, y, labels = np.array(points, dtype=float).T
    return np.stack([x, y, np.ones_like(x)]), labels.astype(np.int64)


def test_no_samples_and_a_stop_are_not_decided():
    empty = find_optimum(LOGISTIC, TrainingData.from_samples(Samples(), 2))
    assert (empty.parameters, empty.separable) == (None, None)
    asked = []

    def stop_at_the_third():
        asked.append(1)
        return len(asked) == 3

    stopped = find_optimum(LOGISTIC, overlapping(100, 2), stop_at_the_third)
    assert (stopped.parameters, stopped.separable, stopped.iterations) == (None, None, 2)
    assert "stopped" in str(stopped.message)


def test_a_stop_at_any_time_gives_no_answer_or_the_whole_one():
    points = [(160, 50, 0), (160, 50, 1), (160, 50, 1), (190, 90, 2)]
    model, data = ModelSpec("softmax", 3), data_of(points, 3)
    whole = find_optimum(model, data)
    for patience in range(60):
        asked = iter([False] * patience)
        optimum = find_optimum(model, data, lambda asked=asked: next(asked, True))
        if optimum.separable is None:
            assert np.isnan(optimum.cross_entropy)
        else:
            assert (optimum.separable, optimum.cross_entropy) == ("quasi", whole.cross_entropy)
    assert optimum.separable == "quasi"


def test_every_kind_of_separation_has_its_sentence():
    sentences = {
        str(separation_message(kind, n_classes, empty))
        for kind, n_classes, empty in [
            ("complete", 2, False),
            ("complete", 3, False),
            ("quasi", 3, False),
            ("quasi", 3, True),
        ]
    }
    assert len(sentences) == 4


@pytest.mark.parametrize("model", [LOGISTIC, ModelSpec("softmax", 3)])
def test_best_found_mse_is_a_minimum_that_no_seeded_descent_beats(model):
    data = overlapping(200, model.n_classes)
    best = best_found_mse(model, data)
    value, gradient = mean_loss_and_gradient(model, best.parameters, data, "mse")
    assert best.mse == pytest.approx(value, rel=1e-13)
    assert np.abs(gradient).max() < 1e-10
    curvature = np.linalg.eigvalsh(hessian(model, best.parameters, data, "mse"))
    shifts = 0 if model.kind == "logistic" else 3  # softmax: a shift of all rows changes nothing
    np.testing.assert_allclose(curvature[:shifts], 0.0, atol=1e-15)
    assert curvature[shifts] > 1e-6
    optimum = find_optimum(model, data)
    assert best.mse < mean_loss_and_gradient(model, optimum.parameters, data, "mse")[0]
    assert best.limit is None


def test_best_found_mse_takes_the_lower_of_two_minima():
    # The trap of the curriculum: MSE without bias has minima 0.1211 and 0.2820; with the bias there are more.
    places = [(-0.1, 0.6, 0)] * 6 + [(-0.2, 0.2, 1)] * 2 + [(2.7, 2.2, 0)] * 3
    places += [(-1.6, -0.5, 0)] * 3 + [(2.0, 1.9, 0)] * 6 + [(-7.9, 0.9, 1)] * 6
    data = data_of(places, 2, Standardizer.identity())
    best = best_found_mse(LOGISTIC, data)
    known = mean_loss_and_gradient(LOGISTIC, np.array([-0.373, -1.076, 0.0]), data, "mse")[0]
    assert known == pytest.approx(0.1211, abs=1e-4)
    assert (best.mse if best.parameters is not None else best.limit) < known


def test_mse_of_separable_data_has_no_best():
    best = best_found_mse(LOGISTIC, data_of([(160, 50, 0), (170, 70, 1), (150, 45, 0)], 2))
    assert (best.parameters, best.limit) == (None, 0.0)
    assert "tends to 0" in str(best.message)


def test_mse_that_falls_for_ever_is_told_with_its_limit():
    # Separated by height but for one wrong label far out: the steeper, the nearer to one error in ten.
    heights = [150, 152, 154, 156, 158, 170, 172, 174, 176, 220]
    labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 0]
    data = data_of([(height, 60, label) for height, label in zip(heights, labels, strict=True)], 2)
    best = best_found_mse(LOGISTIC, data)
    limit = best.limit
    assert limit == pytest.approx(0.1, abs=1e-6)
    assert best.parameters is None or best.mse > limit


def test_best_found_mse_is_seeded_and_can_be_stopped():
    data = overlapping(60, 2)
    first, again = best_found_mse(LOGISTIC, data, seed=3), best_found_mse(LOGISTIC, data, seed=3)
    np.testing.assert_array_equal(first.parameters, again.parameters)
    stopped = best_found_mse(LOGISTIC, data, lambda: True, optimum=find_optimum(LOGISTIC, data))
    assert stopped.parameters is None
    assert "stopped" in str(stopped.message)
    assert best_found_mse(LOGISTIC, TrainingData.from_samples(Samples(), 2)).parameters is None


def test_best_found_mse_of_many_samples_is_polished_on_all_of_them():
    data = overlapping(60_000, 2)
    best = best_found_mse(LOGISTIC, data)
    gradient = mean_loss_and_gradient(LOGISTIC, best.parameters, data, "mse")[1]
    assert np.abs(gradient).max() < 1e-10
