"""Likelihoods: when the product underflows, and that its peak is the loss's valley; with exact arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from engine.likelihoods import likelihood_along, running_likelihood
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.training_data import TrainingData
from tests.engine.lab_examples import LOGISTIC, people, plain_loss, separable_people


class TestRunning:
    def test_at_one_half_it_is_0_from_150_and_from_1075_samples(self):
        running = running_likelihood(np.zeros(3), people(1200))
        assert (running.probability == 0.5).all()
        assert running.underflow_single == 150
        assert running.underflow_double == 1075
        assert running.product_single[148] == np.float32(2.0**-149) > 0.0
        assert running.product_double[1073] == 2.0**-1074 > 0.0
        assert running.product_double[1074] == 0.0
        assert running.log_sum[-1] == pytest.approx(-1200 * math.log(2.0), rel=1e-13)

    def test_products_are_those_of_exact_arithmetic(self):
        data, parameters = people(25), np.array([0.7, -1.1, 0.2])
        running = running_likelihood(parameters, data)
        exact = Fraction(1)
        for place in range(25):
            exact *= Fraction(float(running.probability[place]))
            assert running.product_double[place] == pytest.approx(float(exact), rel=1e-14)
            assert running.product_single[place] == pytest.approx(float(exact), rel=1e-5)
            assert running.log_sum[place] == pytest.approx(math.log(exact), rel=1e-13)
        assert running.underflow_single is None
        assert running.underflow_double is None

    def test_the_probability_is_that_of_the_samples_own_label(self):
        data, parameters = people(), np.array([0.7, -1.1, 0.2])
        p = 1.0 / (1.0 + np.exp(-parameters @ data.design))
        expected = np.where(data.class_index == 1, p, 1.0 - p)
        np.testing.assert_allclose(running_likelihood(parameters, data).probability, expected, rtol=1e-12)

    def test_minus_the_last_sum_by_n_is_bce(self):
        data, parameters = people(), np.array([0.7, -1.1, 0.2])
        running = running_likelihood(parameters, data)
        assert -running.log_sum[-1] / len(data) == pytest.approx(
            plain_loss("bce", parameters, data), rel=1e-13
        )

    def test_the_order_moves_the_underflow_and_not_the_sum(self):
        data, parameters = people(1200), np.array([0.5, 1.0, 0.0])
        p = running_likelihood(parameters, data).probability
        worst_first, best_first = np.argsort(p), np.argsort(-p)
        early, late = (running_likelihood(parameters, data, order) for order in (worst_first, best_first))
        assert early.order.tolist() == worst_first.tolist()
        assert early.underflow_double < late.underflow_double
        assert early.log_sum[-1] == pytest.approx(late.log_sum[-1], rel=1e-12)
        assert np.array_equal(early.probability, p[worst_first])

    def test_some_of_the_samples(self):
        running = running_likelihood(np.zeros(3), people(), [3, 1])
        assert running.product_double.tolist() == [0.5, 0.25]

    def test_huge_logits_have_finite_logarithms(self):
        data = separable_people()
        running = running_likelihood(np.array([0.0, -1000.0, 0.0]), data)
        assert running.underflow_double is not None
        assert np.isfinite(running.log_sum).all()
        z = -1000.0 * data.design[1]
        assert running.log_sum[-1] == pytest.approx(np.minimum(z * (2 * data.class_index - 1), 0.0).sum())

    def test_without_samples(self):
        running = running_likelihood(np.zeros(3), TrainingData.from_samples(Samples(), 2))
        assert running.product_double.shape == (0,)
        assert running.underflow_double is None

    def test_arrays_are_read_only(self):
        assert not running_likelihood(np.zeros(3), people()).product_single.flags.writeable

    @pytest.mark.parametrize(("order", "words"), [([0, 0], "only once"), ([-1], "place"), ([60], "place")])
    def test_refuses_what_is_no_order(self, order, words):
        with pytest.raises(ValueError, match=words):
            running_likelihood(np.zeros(3), people(60), order)


class TestAlongOneWeight:
    def test_peak_and_valley_are_in_the_same_place(self):
        data, weight = people(), np.linspace(-4.0, 4.0, 801)
        curve = likelihood_along(np.array([0.5, 0.0, 0.3]), 1, weight, data)
        assert curve.log_likelihood.argmax() == curve.loss.argmin()
        assert curve.relative_likelihood.argmax() == curve.loss.argmin()
        assert curve.weight[curve.loss.argmin()] == pytest.approx(curve.peak, abs=0.005)
        assert curve.peak_loss <= curve.loss.min()

    def test_the_peak_has_no_slope(self):
        data = people()
        for index in range(3):
            row = np.array([0.5, -0.4, 0.3])
            row[index] = likelihood_along(row, index, np.array([9.0]), data).peak
            p = 1.0 / (1.0 + np.exp(-row @ data.design))
            assert data.design[index] @ (p - data.class_index) == pytest.approx(0.0, abs=1e-11)

    def test_the_peak_of_a_bare_bias_is_the_logit_of_the_share(self):
        data = people()
        share = data.class_index.mean()
        curve = likelihood_along(np.zeros(3), 2, np.linspace(-3, 3, 7), data)
        assert curve.peak == pytest.approx(math.log(share / (1.0 - share)), abs=1e-12)

    def test_through_the_optimum_the_peak_is_the_optimum(self):
        data = people()
        best = find_optimum(LOGISTIC, data)
        for index in range(3):
            curve = likelihood_along(best.parameters, index, np.array([0.0]), data)
            assert curve.peak == pytest.approx(best.parameters[index], abs=1e-9)
            assert curve.peak_loss == pytest.approx(best.cross_entropy, rel=1e-14)

    def test_values(self):
        data = people(20)
        row = np.array([0.5, -0.4, 0.3])
        curve = likelihood_along(row, 0, np.array([-1.0, 0.0, 2.0]), data)
        for weight, likelihood, log_likelihood, relative, loss in zip(
            curve.weight,
            curve.likelihood,
            curve.log_likelihood,
            curve.relative_likelihood,
            curve.loss,
            strict=True,
        ):
            running = running_likelihood(np.array([weight, -0.4, 0.3]), data)
            assert likelihood == pytest.approx(running.product_double[-1], rel=1e-12)
            assert log_likelihood == pytest.approx(running.log_sum[-1], rel=1e-13)
            assert loss == pytest.approx(plain_loss("bce", (weight, -0.4, 0.3), data), rel=1e-13)
            top = math.exp(-curve.peak_loss * 20)
            assert relative == pytest.approx(likelihood / top, rel=1e-11)

    def test_of_many_samples_the_likelihood_is_0_and_its_share_is_not(self):
        data = people(3000)
        curve = likelihood_along(np.zeros(3), 1, np.linspace(-3.0, 3.0, 601), data)
        assert not curve.likelihood.any()
        assert curve.relative_likelihood.max() > 0.9
        assert curve.relative_likelihood.max() <= 1.0

    def test_without_a_peak(self):
        data = separable_people()
        along = likelihood_along(np.array([0.0, 1.0, 0.0]), 1, np.linspace(0.0, 30.0, 31), data)
        assert (along.peak, along.peak_loss) == (None, None)
        assert (np.diff(along.loss) < 0.0).all()
        assert along.relative_likelihood[-1] == 1.0

    def test_a_sample_on_either_side_makes_a_peak(self):
        data = people()
        curve = likelihood_along(np.array([0.0, 50.0, 0.0]), 0, np.array([0.0]), data)
        assert curve.peak is not None

    def test_arrays_are_read_only(self):
        curve = likelihood_along(np.zeros(3), 0, [0.0, 1.0], people())
        assert not curve.loss.flags.writeable
        assert not curve.relative_likelihood.flags.writeable

    def test_refuses_nothing(self):
        with pytest.raises(ValueError, match="at least one sample"):
            likelihood_along(np.zeros(3), 0, [], people())
        with pytest.raises(ValueError, match="at least one sample"):
            likelihood_along(np.zeros(3), 0, [1.0], TrainingData.from_samples(Samples(), 2))
