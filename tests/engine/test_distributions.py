"""Distributions, their parameter and their likelihood: against SciPy, closed forms and finite differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import LinearRegression

from engine.distributions import (
    Bernoulli,
    Categorical,
    Gaussian,
    bernoulli_curve,
    best_gaussian_log_likelihood,
    gaussian_mean_curve,
    gaussian_nll,
    gaussian_sigma_curve,
    mean_nll,
    mse_of_nll,
    underflows,
)
from engine.gaussian_regression import MeanLine, Regression, RegressionRun, seeded_line
from engine.losses import loss_of

RNG = np.random.default_rng(11)
N = 60
LOGITS = RNG.normal(0.0, 3.0, (1, N))
ROWS = RNG.normal(0.0, 2.0, (4, N))
Y = RNG.integers(0, 2, N)
LABELS = RNG.integers(0, 4, N)
HEIGHT = RNG.normal(170.0, 9.0, N)
WEIGHT = 0.9 * (HEIGHT - 170.0) + 70.0 + RNG.normal(0.0, 8.0, N)
FIT = Regression.of(HEIGHT, WEIGHT)


class TestDistributions:
    def test_bernoulli_is_scipys(self):
        p = Bernoulli().parameter(LOGITS)
        np.testing.assert_allclose(p[0], 1.0 / (1.0 + np.exp(-LOGITS[0])), rtol=1e-13)
        np.testing.assert_allclose(
            Bernoulli().log_likelihood(LOGITS, Y), stats.bernoulli.logpmf(Y, p[0]), rtol=1e-10
        )

    def test_categorical_is_scipys_multinomial_of_one_draw(self):
        p = Categorical().parameter(ROWS)
        np.testing.assert_allclose(p.sum(axis=0), 1.0)
        expected = [
            stats.multinomial.logpmf(np.eye(4)[y], 1, column / column.sum())
            for y, column in zip(LABELS, p.T, strict=True)
        ]
        np.testing.assert_allclose(Categorical().log_likelihood(ROWS, LABELS), expected, rtol=1e-9)

    def test_gaussian_is_scipys(self):
        bell = Gaussian(2.3)
        mu = 70.0 + LOGITS
        assert bell.parameter(mu) is mu
        np.testing.assert_allclose(
            bell.log_likelihood(mu, WEIGHT), stats.norm.logpdf(WEIGHT, mu[0], 2.3), rtol=1e-12
        )
        y = np.linspace(-5.0, 9.0, 31)
        np.testing.assert_allclose(bell.density(1.2, y), stats.norm.pdf(y, 1.2, 2.3), rtol=1e-12)
        assert bell.density(1.2, np.array(1.2)) == pytest.approx(bell.peak_density)
        assert bell.share_below(1.2, -3.0) == pytest.approx(stats.norm.cdf(-3.0, 1.2, 2.3), rel=1e-12)

    def test_bernoulli_is_categorical_with_the_rows_0_and_z(self):
        rows = np.concatenate([np.zeros_like(LOGITS), LOGITS])
        np.testing.assert_allclose(
            Categorical().log_likelihood(rows, Y), Bernoulli().log_likelihood(LOGITS, Y), rtol=1e-12
        )

    @pytest.mark.parametrize(
        ("distribution", "outputs", "y"),
        [(Bernoulli(), LOGITS, Y), (Categorical(), ROWS, LABELS), (Gaussian(3.0), 70.0 + LOGITS, WEIGHT)],
    )
    def test_the_slope_is_that_of_minus_the_log_likelihood(self, distribution, outputs, y):
        step = 1e-5
        for row in range(len(outputs)):
            up, down = outputs.copy(), outputs.copy()
            up[row] += step
            down[row] -= step
            by_difference = (distribution.log_likelihood(down, y) - distribution.log_likelihood(up, y)) / (
                2.0 * step
            )
            np.testing.assert_allclose(distribution.slope(outputs, y)[row], by_difference, atol=1e-7)

    def test_the_slope_is_the_parameter_less_the_label_in_all_three(self):
        np.testing.assert_allclose(Bernoulli().slope(LOGITS, Y), Bernoulli().parameter(LOGITS) - Y)
        one_hot = np.eye(4)[LABELS].T
        np.testing.assert_allclose(Categorical().slope(ROWS, LABELS), Categorical().parameter(ROWS) - one_hot)
        np.testing.assert_allclose(Gaussian(1.0).slope(LOGITS, WEIGHT), LOGITS - WEIGHT)
        np.testing.assert_allclose(Gaussian(2.0).slope(LOGITS, WEIGHT), (LOGITS - WEIGHT) / 4.0)

    def test_huge_logits_stay_exact(self):
        z = np.array([[1000.0, -1000.0, 40.0]])
        np.testing.assert_array_equal(Bernoulli().log_likelihood(z, [0, 1, 1])[:2], [-1000.0, -1000.0])
        assert Bernoulli().log_likelihood(z, [1, 1, 1])[2] == pytest.approx(-math.exp(-40.0), rel=1e-12)
        assert Bernoulli().slope(z, [1, 1, 1])[0, 2] == pytest.approx(-math.exp(-40.0), rel=1e-12)

    @pytest.mark.parametrize("sigma", [0.0, -1.0, math.inf, math.nan])
    def test_a_bell_needs_a_width(self, sigma):
        with pytest.raises(ValueError, match="sigma must be positive"):
            Gaussian(sigma)


class TestTheLossIsTheMeanNll:
    def test_bernoulli_gives_bce(self):
        bce = loss_of("logistic", "bce").value_and_gradient(LOGITS, Y)
        assert mean_nll(Bernoulli(), LOGITS, Y) == pytest.approx(bce[0].mean(), rel=1e-14)
        np.testing.assert_allclose(Bernoulli().slope(LOGITS, Y), bce[1], rtol=1e-14)

    def test_categorical_gives_ce(self):
        ce = loss_of("softmax", "ce").value_and_gradient(ROWS, LABELS)
        assert mean_nll(Categorical(), ROWS, LABELS) == pytest.approx(ce[0].mean(), rel=1e-14)
        np.testing.assert_allclose(Categorical().slope(ROWS, LABELS), ce[1], rtol=1e-14)

    @pytest.mark.parametrize("sigma", [0.05, 0.7, 12.0])
    def test_gaussian_gives_mse_by_2_sigma_squared(self, sigma):
        mu = 70.0 + LOGITS
        mse = float(((mu[0] - WEIGHT) ** 2).mean())
        nll = mean_nll(Gaussian(sigma), mu, WEIGHT)
        assert nll == pytest.approx(gaussian_nll(mse, sigma), rel=1e-12)
        assert mse_of_nll(nll, sigma) == pytest.approx(mse, rel=1e-9)

    def test_no_sample_has_no_mean(self):
        with pytest.raises(ValueError, match="at least one"):
            mean_nll(Bernoulli(), np.zeros((1, 0)), [])

    def test_the_likeliest_sigma_is_the_root_of_the_mse(self):
        sigma = np.linspace(0.3, 3.0, 2_001)
        by_hand = [-50 * gaussian_nll(1.7, one) for one in sigma]
        best = best_gaussian_log_likelihood(1.7, 50)
        assert best == pytest.approx(-50 * gaussian_nll(1.7, math.sqrt(1.7)), rel=1e-14)
        assert max(by_hand) <= best
        assert max(by_hand) == pytest.approx(best, rel=1e-6)
        assert best_gaussian_log_likelihood(0.0, 50) == math.inf


class TestOneParameter:
    @given(st.integers(1, 400), st.data())
    def test_a_bare_bernoulli_peaks_at_the_sample_mean(self, n, data):
        positive = data.draw(st.integers(0, n))
        curve = bernoulli_curve(np.linspace(0.0, 1.0, 201), positive, n)
        assert curve.peak == positive / n
        assert curve.peak_loss == pytest.approx(stats.bernoulli(positive / n).entropy(), abs=1e-12)
        assert curve.peak_loss <= curve.loss.min() + 1e-12
        assert abs(curve.weight[np.argmax(curve.likelihood)] - positive / n) <= 0.0051
        assert np.argmax(curve.relative_likelihood) == np.argmin(curve.loss)

    def test_a_bare_bernoulli_is_the_product_over_the_samples(self):
        curve = bernoulli_curve([0.2, 0.5, 0.9], 3, 5)
        np.testing.assert_allclose(curve.likelihood, [p**3 * (1 - p) ** 2 for p in (0.2, 0.5, 0.9)])
        np.testing.assert_allclose(curve.log_likelihood, np.log(curve.likelihood))
        np.testing.assert_allclose(curve.relative_likelihood, curve.likelihood / (0.6**3 * 0.4**2))

    def test_an_impossible_p_has_likelihood_0_and_infinite_loss(self):
        curve = bernoulli_curve([0.0, 1.0], 2, 3)
        np.testing.assert_array_equal(curve.likelihood, [0.0, 0.0])
        np.testing.assert_array_equal(curve.loss, [math.inf, math.inf])
        certain = bernoulli_curve([0.0, 1.0], 3, 3)
        np.testing.assert_array_equal(certain.likelihood, [0.0, 1.0])
        assert certain.peak == 1.0

    @pytest.mark.parametrize(("positive", "n"), [(0, 0), (3, 2), (-1, 4)])
    def test_counts_that_cannot_be_are_refused(self, positive, n):
        with pytest.raises(ValueError, match="cannot have y = 1"):
            bernoulli_curve([0.5], positive, n)

    def test_a_bare_gaussian_peaks_at_the_mean_and_is_the_product_of_densities(self):
        y = WEIGHT[:8]
        mu = np.linspace(50.0, 90.0, 401)
        curve = gaussian_mean_curve(mu, y.mean(), y.var(), y.size, 6.0)
        expected = stats.norm.pdf(y[:, None], mu, 6.0).prod(axis=0)
        np.testing.assert_allclose(curve.likelihood, expected, rtol=1e-9)
        assert curve.peak == y.mean()
        assert curve.peak_loss <= curve.loss.min()
        assert abs(mu[np.argmin(curve.loss)] - y.mean()) <= 0.051

    def test_sigma_peaks_at_the_root_of_the_mse(self):
        sigma = np.linspace(1.0, 20.0, 1_901)
        residual = WEIGHT - FIT.mu_kg(FIT.optimum, HEIGHT)
        curve = gaussian_sigma_curve(sigma, float((residual**2).mean()), N)
        expected = stats.norm.logpdf(residual[:, None], 0.0, sigma).sum(axis=0)
        np.testing.assert_allclose(curve.log_likelihood, expected, rtol=1e-10)
        assert curve.peak == pytest.approx(FIT.best_sigma_kg(FIT.optimum), rel=1e-12)
        assert curve.peak_loss <= curve.loss.min()

    def test_samples_on_the_line_have_no_likeliest_sigma(self):
        curve = gaussian_sigma_curve([0.1, 1.0, 2.0], 0.0, 7)
        assert curve.peak is None
        assert (np.diff(curve.log_likelihood) < 0.0).all()

    def test_underflow_is_what_the_product_does(self):
        assert not underflows(-745.0)
        assert underflows(-746.0)
        assert np.prod(np.full(1_074, 0.5)) > 0.0
        assert not underflows(-1_074 * math.log(2.0))
        assert underflows(-1_076 * math.log(2.0))
        assert not underflows(5_000.0)


class TestRegression:
    def test_the_optimum_is_scipys_and_scikit_learns_line(self):
        slope, intercept = FIT.in_units(FIT.optimum)
        ours = stats.linregress(HEIGHT, WEIGHT)
        assert (slope, intercept) == pytest.approx((ours.slope, ours.intercept), rel=1e-12)
        theirs = LinearRegression().fit(HEIGHT[:, None], WEIGHT)
        assert (slope, intercept) == pytest.approx((theirs.coef_[0], theirs.intercept_), rel=1e-12)

    def test_mu_mse_sigma_and_nll_are_those_of_the_residuals(self):
        line = MeanLine(-0.4, 0.7)
        residual = WEIGHT - FIT.mu_kg(line, HEIGHT)
        assert FIT.mse_kg2(line) == pytest.approx((residual**2).mean(), rel=1e-12)
        assert FIT.best_sigma_kg(line) == pytest.approx(residual.std(mean=0.0), rel=1e-12)
        expected = -stats.norm.logpdf(residual, 0.0, 5.0).mean()
        assert FIT.nll(line, 5.0) == pytest.approx(expected, rel=1e-12)

    def test_sigma_squared_at_the_optimum_is_the_population_mse(self):
        residual = WEIGHT - FIT.mu_kg(FIT.optimum, HEIGHT)
        assert residual.mean() == pytest.approx(0.0, abs=1e-12)
        assert residual @ HEIGHT == pytest.approx(0.0, abs=1e-7)
        assert FIT.mse_kg2(FIT.optimum) == pytest.approx(residual.var(), rel=1e-12)

    def test_units_and_z_scores_carry_the_same_line(self):
        line = MeanLine(0.3, -1.1)
        assert FIT.from_units(*FIT.in_units(line)).slope == pytest.approx(0.3)
        assert FIT.from_units(*FIT.in_units(line)).intercept == pytest.approx(-1.1)
        slope, intercept = FIT.in_units(line)
        np.testing.assert_allclose(FIT.mu_kg(line, HEIGHT), slope * HEIGHT + intercept)

    @pytest.mark.parametrize("sigma_kg", [None, 4.0, 20.0])
    def test_the_gradient_is_that_of_mse_or_nll(self, sigma_kg):
        def value(slope: float, intercept: float) -> float:
            line = MeanLine(slope, intercept)
            if sigma_kg is None:
                return FIT.mse_kg2(line) / FIT.scaler.std_weight_kg**2
            return FIT.nll(line, sigma_kg)

        a, b, h = 1.3, -0.6, 1e-5
        by_difference = (
            (value(a + h, b) - value(a - h, b)) / (2 * h),
            (value(a, b + h) - value(a, b - h)) / (2 * h),
        )
        assert FIT.gradient(MeanLine(a, b), sigma_kg) == pytest.approx(by_difference, rel=1e-7)

    def test_a_descent_is_the_one_over_all_samples(self):
        """Forty steps by the sums against forty by the design matrix."""
        height = (HEIGHT - HEIGHT.mean()) / HEIGHT.std()
        weight = (WEIGHT - WEIGHT.mean()) / WEIGHT.std()
        design = np.stack([height, np.ones(N)])
        start = seeded_line(3)
        theta = np.array([start.slope, start.intercept])
        run = RegressionRun(FIT, start)
        for _ in range(40):
            theta = theta - 0.1 * 2.0 * (theta @ design - weight) @ design.T / N
            run.advance(0.1)
        assert (run.line.slope, run.line.intercept) == pytest.approx(tuple(theta), rel=1e-10)
        assert run.step == 40
        assert len(run.mse_kg2) == 41
        assert run.mse_kg2[-1] == FIT.mse_kg2(run.line)

    def test_nll_with_a_fixed_sigma_goes_the_same_way_at_another_rate(self):
        sigma = 4.0
        factor = 2.0 * (sigma / FIT.scaler.std_weight_kg) ** 2
        by_mse = FIT.stepped(seeded_line(1), 0.1)
        by_nll = FIT.stepped(seeded_line(1), 0.1 * factor, sigma)
        assert (by_nll.slope, by_nll.intercept) == pytest.approx((by_mse.slope, by_mse.intercept))

    @pytest.mark.parametrize(("rate", "arrives"), [(0.05, True), (0.5, True), (0.9, True), (1.0, False)])
    def test_it_reaches_ordinary_least_squares_below_the_rate_1(self, rate, arrives):
        run = RegressionRun(FIT, seeded_line(5))
        for _ in range(400):
            run.advance(rate)
        assert run.has_arrived == arrives
        if arrives:
            slope, intercept = FIT.in_units(run.line)
            ours = stats.linregress(HEIGHT, WEIGHT)
            assert (slope, intercept) == pytest.approx((ours.slope, ours.intercept), rel=1e-9)

    def test_the_rate_one_half_arrives_in_one_step(self):
        run = RegressionRun(FIT, seeded_line(8))
        assert not run.has_arrived
        run.advance(0.5)
        assert run.has_arrived

    def test_an_edit_leaves_the_line_where_it_is(self):
        run = RegressionRun(FIT, seeded_line(2))
        for _ in range(3):
            run.advance(0.1)
        before = FIT.in_units(run.line)
        other = Regression.of(HEIGHT[:30] + 4.0, WEIGHT[:30] * 1.1)
        after = run.carried(other)
        assert after.step == 3
        assert other.in_units(after.line) == pytest.approx(before)
        assert after.mse_kg2 == [other.mse_kg2(after.line)]

    def test_a_start_is_a_function_of_its_seed(self):
        assert seeded_line(4) == seeded_line(4)
        assert seeded_line(4) != seeded_line(5)

    def test_equal_heights_have_no_slope_and_the_mean_is_best(self):
        fit = Regression.of([170.0] * 4, [60.0, 70.0, 75.0, 95.0])
        assert fit.in_units(fit.optimum) == (0.0, 75.0)
        assert fit.mse_kg2(fit.optimum) == pytest.approx(np.var([60.0, 70.0, 75.0, 95.0]))
        assert fit.mse_kg2(MeanLine(3.0, 0.0)) == fit.mse_kg2(fit.optimum)
        with pytest.raises(ValueError, match="every slope"):
            fit.slope_curve([0.0], 1.0)

    def test_samples_on_a_line_leave_nothing(self):
        height = np.linspace(150.0, 190.0, 13)
        fit = Regression.of(height, 0.7 * height - 51.3)
        assert fit.mse_kg2(fit.optimum) == 0.0
        assert fit.in_units(fit.optimum) == pytest.approx((0.7, -51.3))

    def test_one_sample_and_none(self):
        fit = Regression.of([171.0], [63.0])
        assert fit.mu_kg(fit.optimum, 171.0) == 63.0
        assert fit.mse_kg2(fit.optimum) == 0.0
        with pytest.raises(ValueError, match="at least one"):
            Regression.of([], [])

    def test_far_from_zero_the_sums_do_not_cancel(self):
        shift = 1e6
        far = Regression.of(HEIGHT + shift, WEIGHT + shift)
        assert far.mse_kg2(far.optimum) == pytest.approx(FIT.mse_kg2(FIT.optimum), rel=1e-8)
        assert far.in_units(far.optimum)[0] == pytest.approx(FIT.in_units(FIT.optimum)[0], rel=1e-8)

    def test_the_likelihood_of_the_slope_alone(self):
        slopes = np.linspace(-1.0, 3.0, 801)
        curve = FIT.slope_curve(slopes, 9.0)
        expected = [
            stats.norm.logpdf(WEIGHT, WEIGHT.mean() + slope * (HEIGHT - HEIGHT.mean()), 9.0).sum()
            for slope in slopes
        ]
        np.testing.assert_allclose(curve.log_likelihood, expected, rtol=1e-10)
        assert curve.peak == pytest.approx(stats.linregress(HEIGHT, WEIGHT).slope, rel=1e-12)
        assert curve.peak_loss <= curve.loss.min()
