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
from engine.specs import ModelSpec, StartSpec
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
        "gaussian_regression", decimals(mse, 1), decimals(np.sqrt(mse), 1), decimals(np.var(rows.weight_kg), 1),
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
