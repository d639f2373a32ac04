"""What the scenes say of maximum likelihood and of several classes is what comes out: claims 11 to 13.

Each test runs a scene, shows which of its choices is true, and computes every number in its texts.
"""

from __future__ import annotations

import numpy as np
import pytest

from engine.distributions import Bernoulli, Gaussian, gaussian_nll, mean_nll
from engine.gaussian_regression import Regression, RegressionRun, seeded_line
from engine.models import logits, probabilities
from engine.normalizers import normalized, undefined_spot
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from tests.engine.scene_examples import (
    BCE_MODEL,
    CROSS_ENTROPY,
    MSE,
    Run,
    check_answer,
    check_figures,
    decimals,
    percent,
    sigmoid,
)

RIVALS = ("absolute", "square")


def test_maximum_likelihood_mse_is_the_nll_of_a_gaussian_around_p():
    run = Run("maximum_likelihood")
    metrics = run.to_outcome()
    y = run.data.class_index
    bell = Gaussian(float(np.sqrt(metrics[BCE_MODEL, MSE])))
    z = np.random.default_rng(1).normal(0.0, 3.0, (20, 1, len(y)))
    mse = np.array([np.mean((sigmoid(row[0]) - y) ** 2) for row in z])
    gaussian = np.array([mean_nll(bell, sigmoid(row), y) for row in z])
    bernoulli = np.array([mean_nll(Bernoulli(), row, y) for row in z])
    assert gaussian == pytest.approx([gaussian_nll(value, bell.sigma) for value in mse], rel=1e-12)
    factor = np.diff(gaussian) / np.diff(mse)
    is_gaussian = bool(np.allclose(factor, 1 / (2 * bell.sigma**2), rtol=1e-9))
    is_bernoulli = np.ptp(np.diff(bernoulli) / np.diff(mse)) < 1e-9
    check_answer("maximum_likelihood", is_bernoulli, is_gaussian, not (is_gaussian or is_bernoulli))
    bce = mean_nll(Bernoulli(), logits(run.model, run.state.parameters[BCE_MODEL], run.data.design), y)
    assert bce == pytest.approx(metrics[BCE_MODEL, CROSS_ENTROPY], rel=1e-12)
    outside = bell.share_below(0.9, 0.0) + 1.0 - bell.share_below(0.9, 1.0)
    check_figures(
        "maximum_likelihood", "0", "1", "0.9", decimals(bell.sigma, 2), percent(outside), decimals(bce, 3),
        decimals(bce * len(y), 1), str(len(y)),
    )  # fmt: skip


def test_gaussian_regression_is_least_squares_and_sigma_squared_its_mse():
    rows = Run("gaussian_regression").scene.state.samples.rows
    slope, intercept = np.polyfit(rows.height_cm, rows.weight_kg, 1)
    mse = float(np.mean((rows.weight_kg - slope * rows.height_cm - intercept) ** 2))
    regression = Regression.of(rows.height_cm, rows.weight_kg)
    assert regression.in_units(regression.optimum) == pytest.approx((slope, intercept), rel=1e-9)
    descent = RegressionRun(regression, seeded_line(7))
    for _ in range(100):
        descent.advance(0.1)
    assert regression.in_units(descent.line) == pytest.approx((slope, intercept), rel=1e-6)
    variances = np.linspace(0.5, 300.0, 29_951)
    likeliest = variances[
        np.argmin([regression.nll(regression.optimum, sigma) for sigma in np.sqrt(variances)])
    ]
    check_answer(
        "gaussian_regression",
        likeliest == pytest.approx(np.var(rows.weight_kg), abs=0.01),
        likeliest == pytest.approx(1.0, abs=0.01),
        likeliest == pytest.approx(mse, abs=0.01),
    )
    nearby = [(0.0, 0.0), (1e-4, 0.0), (-1e-4, 0.0), (0.0, 1e-2), (0.0, -1e-2)]
    for sigma in (1.0, 30.0):
        nll = [
            mean_nll(Gaussian(sigma), ((slope + a) * rows.height_cm + intercept + b)[None], rows.weight_kg)
            for a, b in nearby
        ]
        assert np.argmin(nll) == 0
    check_figures(
        "gaussian_regression", decimals(mse, 1), decimals(np.sqrt(mse), 1),
        decimals(np.var(rows.weight_kg), 1),
        decimals(slope, 3), decimals(-intercept, 1), "170", decimals(slope * 170 + intercept, 1),
    )  # fmt: skip


def test_softmax_forgets_a_shift_alone_and_its_rivals_every_sign():
    before = np.array([[2.0], [0.0], [-1.0]])
    stays = {
        kind: bool(np.allclose(normalized(kind, before), normalized(kind, before + 5.0), atol=1e-12))
        for kind in ("softmax", *RIVALS)
    }
    check_answer(
        "softmax", list(stays.values()) == [True, False, False], all(stays.values()), not any(stays.values())
    )
    ones, negative = np.ones((3, 1)), np.array([[1.0], [-1.0], [1.0]])
    for kind in RIVALS:
        assert (normalized(kind, ones) == normalized(kind, negative)).all()
        assert normalized(kind, ones) == pytest.approx(1 / 3)
    after = normalized("softmax", negative)
    # Equal answers have equal ratios, so logits that differ by one number for all.
    other = np.log(normalized("softmax", before))
    assert np.ptp(other - before) < 1e-12
    shown = [percent(float(p[0])) for p in (*normalized("softmax", before), *after)]
    assert percent(float(normalized("softmax", ones)[0, 0])) == "33"
    run = Run("softmax")
    run.to_outcome()
    p = probabilities(run.model, run.state.parameters[0], run.data.design)
    assert p.min() > 0
    assert p.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    check_figures("softmax", "0", "1", "−1", "2", "5", "33", *shown)


def right_from_starts(key, kind, starts=30):
    """How many samples a kind of model answers rightly after 1,000 steps, from each start by chance."""
    right = []
    for seed in range(starts):
        run = Run(key, model=ModelSpec(kind, 3), seed=seed, start=StartSpec("normal"), losses=("ce",))
        run.to(1_000)
        right.append(run.right())
    return np.array(right)


def test_rivals_learn_by_luck_and_softmax_always():
    run = Run("rivals")
    start = run.state.parameters.copy()
    assert undefined_spot(np.zeros((3, 3))).kind == "everywhere"
    run.to_outcome()
    assert (run.scene.outcome_step, run.spec.seed) == (1_000, 7)
    found = {kind: right_from_starts("rivals", kind) for kind in ("softmax", *RIVALS)}
    assert found["square"][7] == run.right()
    spread = [int(np.ptp(right)) for right in found.values()]
    check_answer(
        "rivals",
        max(spread) <= 2,
        (run.state.parameters == start).all(),
        spread[0] <= 2 < 10 < min(spread[1:]),
    )
    clouds = {kind: right_from_starts("softmax", kind) for kind in ("softmax", "absolute")}
    best = clouds["softmax"].max()
    assert (clouds["softmax"] == best).all()
    assert clouds["absolute"].max() == best
    n = len(run.data)
    ends = [str(end) for right in found.values() for end in (right.min(), right.max())]
    check_figures(
        "rivals", "0", "1,000", str(found["softmax"].size), *ends, str(run.right()), str(n), str(best),
        str((clouds["absolute"] == best).sum()), str((clouds["absolute"] < n / 2).sum()),
    )  # fmt: skip


def test_softmax_or_sigmoids_differ_on_the_class_in_the_middle():
    run = Run("softmax_or_sigmoids")
    assert run.spec.kinds == ("softmax", "sigmoids")
    run.to_outcome()
    labels = run.data.class_index
    softmax, sigmoids = (
        probabilities(run.spec.model_of(row), run.state.parameters[row], run.data.design) for row in (0, 1)
    )
    found = np.array(
        [[(p.argmax(axis=0) == k)[labels == k].sum() for k in range(3)] for p in (softmax, sigmoids)]
    )
    assert found.sum(axis=1).tolist() == [run.right(0), run.right(1)]
    check_answer("softmax_or_sigmoids", *(found[1] < found[0]))
    assert softmax.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    total = sigmoids.sum(axis=0)
    check_figures(
        "softmax_or_sigmoids", "1", *map(str, found[:, 1]), str((labels == 1).sum()), str(run.right(0)),
        str(run.right(1)), str(len(labels)), percent(total.min()), percent(total.max()),
    )  # fmt: skip


def test_multi_label_two_questions_have_two_answers():
    run = Run("multi_label")
    run.to_outcome()
    labels = run.data.labels(run.model)
    kinds = {tuple(column) for column in labels.T.tolist()}
    assert kinds == {(0, 0), (0, 1), (1, 0), (1, 1)}
    rows = run.scene.state.samples.rows
    both, none = (
        (rows.height_cm == cm) & (rows.weight_kg == kg) for cm, kg in ((171.8, 80.8), (166.5, 56.8))
    )
    assert (labels[:, both].tolist(), labels[:, none].tolist()) == ([[1], [1]], [[0], [0]])
    p = probabilities(run.model, run.state.parameters[0], run.data.design)
    alone = Run("multi_label", model=ModelSpec("softmax", 2), losses=("ce",))
    alone.to_outcome()
    assert (alone.data.class_index == np.where(labels[0] == 1, 0, 1)[labels.any(axis=0)]).all()
    shared = probabilities(alone.model, alone.state.parameters[0], run.data.design)[:, both]
    of_both = p[:, both]
    check_answer("multi_label", (of_both > 0.8).all(), (of_both <= 0.5).all(), of_both.min() < 0.2)
    right = ((p >= 0.5) == labels).all(axis=0).sum()
    assert right == run.right()
    figures = [percent(float(value)) for value in np.concatenate([of_both, p[:, none], shared]).ravel()]
    check_figures(
        "multi_label", "1", "100", "171.8", "80.8", "166.5", "56.8", *figures, str(right), str(len(run.data))
    )


def test_two_rows_of_softmax_follow_the_logistic_model_at_twice_the_rate():
    run = Run("two_rows")
    metrics = run.to_outcome()
    softmax, sigmoids = run.state.parameters.reshape(2, 2, 3)
    difference = softmax[1] - softmax[0]
    follows, logistic = {}, {}
    for rate in (0.05, 0.1, 0.2):
        one = Run(
            "two_rows",
            model=ModelSpec("logistic", 2),
            losses=("bce",),
            kinds=(),
            optimizer=OptimizerSpec("gd", rate),
        )
        logistic_metrics = one.to(run.state.step)
        logistic[rate] = one.state.parameters[0]
        follows[rate] = bool(np.allclose(difference, logistic[rate], rtol=0, atol=1e-10))
    check_answer("two_rows", *follows.values())
    assert run.spec.optimizer == OptimizerSpec("gd", 0.1)
    assert sigmoids[1] == pytest.approx(logistic[0.1], abs=1e-10)
    assert softmax[0] == pytest.approx(-softmax[1], abs=1e-12)
    assert metrics[0, MSE] == pytest.approx(2 * logistic_metrics[0, MSE], rel=1e-9)
    p = probabilities(run.spec.model_of(0), run.state.parameters[0], run.data.design)[1]
    assert p == pytest.approx(sigmoid(difference @ run.data.design), abs=1e-12)
    check_figures(
        "two_rows", "0.1", "0.2", str(run.state.step), *(decimals(w, 2) for w in difference[:2]),
        *(decimals(w, 2) for w in logistic[0.1][:2]), decimals(metrics[0, MSE], 3),
        decimals(logistic_metrics[0, MSE], 3),
    )  # fmt: skip
