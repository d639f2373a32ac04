"""Sensitivity: closed forms, differences, the 8/27, and the samples' pulls against the model's gradient."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from engine.curvature import hessian
from engine.kernels.kernel import Overflow, make_kernel
from engine.samples import Samples
from engine.sensitivity import (
    MSE_INFLECTION_LOGIT,
    MSE_STEEPEST_ERROR,
    MSE_STEEPEST_SLOPE,
    sample_sensitivity,
    sensitivity_curve,
)
from engine.training_data import TrainingData, kernel_columns
from tests.engine.lab_examples import LOGISTIC, people, plain_sigmoid

LOSSES = ("bce", "mse")
LABELS = (0, 1)


def textbook(loss, p, y):
    return -(y * math.log(p) + (1 - y) * math.log(1 - p)) if loss == "bce" else (p - y) ** 2


def difference(function, x, step=1e-5):
    return (function(x + step) - function(x - step)) / (2 * step)


class TestCurves:
    @pytest.mark.parametrize("loss", LOSSES)
    @pytest.mark.parametrize("label", LABELS)
    def test_by_the_probability(self, loss, label):
        x = np.linspace(0.05, 0.95, 19)
        curve = sensitivity_curve(loss, "probability", x, label)
        assert curve.value == pytest.approx([textbook(loss, p, label) for p in x], rel=1e-14)
        expected = [difference(lambda p: textbook(loss, p, label), p) for p in x]
        assert curve.slope == pytest.approx(expected, rel=1e-6)

    @pytest.mark.parametrize("loss", LOSSES)
    @pytest.mark.parametrize("label", LABELS)
    def test_by_the_logit(self, loss, label):
        x = np.linspace(-6.0, 6.0, 25)
        curve = sensitivity_curve(loss, "logit", x, label)

        def value(z):
            return textbook(loss, plain_sigmoid(z), label)

        assert curve.value == pytest.approx([value(z) for z in x], rel=1e-12)
        assert curve.slope == pytest.approx([difference(value, z, 1e-4) for z in x], abs=1e-9)
        second = [difference(lambda z: difference(value, z, 1e-3), z, 1e-3) for z in x]
        assert curve.curvature_by_logit == pytest.approx(second, abs=1e-6)
        assert np.array_equal(curve.slope, curve.slope_by_logit)

    @pytest.mark.parametrize("label", LABELS)
    def test_by_the_error_both_labels_lie_on_one_curve(self, label):
        e = np.linspace(0.0, 0.99, 12)
        assert sensitivity_curve("bce", "error", e, label).value == pytest.approx(-np.log(1.0 - e))
        assert sensitivity_curve("mse", "error", e, label).value == pytest.approx(e**2)
        assert sensitivity_curve("bce", "error", e, label).slope == pytest.approx(1.0 / (1.0 - e))
        assert sensitivity_curve("mse", "error", e, label).slope == pytest.approx(2.0 * e)

    @pytest.mark.parametrize("loss", LOSSES)
    @pytest.mark.parametrize("label", LABELS)
    def test_the_three_axes_agree_on_the_slope_and_curvature_by_the_logit(self, loss, label):
        z = np.linspace(-8.0, 8.0, 33)
        p = np.array([plain_sigmoid(value) for value in z])
        by_logit = sensitivity_curve(loss, "logit", z, label)
        for axis, x in (("probability", p), ("error", np.abs(label - p))):
            curve = sensitivity_curve(loss, axis, x, label)
            np.testing.assert_allclose(curve.value, by_logit.value, rtol=1e-11)
            np.testing.assert_allclose(curve.slope_by_logit, by_logit.slope_by_logit, rtol=1e-11)
            np.testing.assert_allclose(
                curve.curvature_by_logit, by_logit.curvature_by_logit, rtol=1e-11, atol=1e-15
            )

    def test_gradients_by_the_logit_are_the_curriculums(self):
        p = np.linspace(0.0, 1.0, 21)
        for y in LABELS:
            bce = sensitivity_curve("bce", "probability", p, y).slope_by_logit
            mse = sensitivity_curve("mse", "probability", p, y).slope_by_logit
            np.testing.assert_allclose(bce, p - y, atol=1e-16)
            np.testing.assert_allclose(mse, 2.0 * (p - y) * p * (1.0 - p), atol=1e-16)

    def test_mse_is_steepest_at_a_third_with_eight_twenty_sevenths(self):
        third = Fraction(1, 3)
        assert pytest.approx(float(2 * (1 - third) ** 2 * third), rel=1e-15) == MSE_STEEPEST_SLOPE
        p = np.linspace(0.0, 1.0, 30_001)
        for y, steepest in ((1, 1.0 / 3.0), (0, 2.0 / 3.0)):
            slope = np.abs(sensitivity_curve("mse", "probability", p, y).slope_by_logit)
            assert p[slope.argmax()] == pytest.approx(steepest, abs=2e-5)
            assert slope.max() == pytest.approx(MSE_STEEPEST_SLOPE, abs=1e-9)
            assert abs(y - steepest) == pytest.approx(MSE_STEEPEST_ERROR)

    def test_mse_bends_the_other_way_below_minus_ln_2(self):
        beside = np.array([MSE_INFLECTION_LOGIT - 1e-6, MSE_INFLECTION_LOGIT + 1e-6])
        second = sensitivity_curve("mse", "logit", beside, 1).curvature_by_logit
        assert second[0] < 0.0 < second[1]
        mirrored = sensitivity_curve("mse", "logit", -beside, 0).curvature_by_logit
        assert mirrored[0] < 0.0 < mirrored[1]
        assert (sensitivity_curve("bce", "logit", beside, 1).curvature_by_logit > 0.0).all()

    def test_bce_has_no_bound_and_mse_stops_at_1(self):
        wrong = sensitivity_curve("bce", "probability", np.array([0.0]), 1)
        assert (wrong.value[0], wrong.slope[0], wrong.slope_by_logit[0]) == (math.inf, -math.inf, -1.0)
        wrong = sensitivity_curve("mse", "error", np.array([1.0]), 1)
        assert (wrong.value[0], wrong.slope_by_logit[0]) == (1.0, 0.0)

    def test_huge_logits(self):
        z = np.array([-1000.0, 1000.0])
        bce, mse = (sensitivity_curve(loss, "logit", z, 1) for loss in LOSSES)
        assert bce.value.tolist() == [1000.0, 0.0]
        assert bce.slope.tolist() == [-1.0, 0.0]
        assert mse.value.tolist() == [1.0, 0.0]
        assert mse.slope.tolist() == [0.0, 0.0]
        assert not mse.curvature_by_logit.any()

    def test_a_right_answer_costs_a_plain_zero(self):
        curve = sensitivity_curve("bce", "probability", np.array([1.0]), 1)
        assert math.copysign(1.0, curve.value[0]) == 1.0
        assert math.copysign(1.0, curve.slope_by_logit[0]) == 1.0

    def test_any_shape(self):
        assert sensitivity_curve("mse", "logit", np.zeros((2, 3)), 0).curvature_by_logit.shape == (2, 3)
        assert sensitivity_curve("mse", "error", 0.5, 0).value == pytest.approx(0.25)

    @pytest.mark.parametrize(
        ("loss", "axis", "x", "label"),
        [
            ("ce", "error", 0.5, 0),
            ("mse", "error", 0.5, 2),
            ("mse", "error", 1.5, 0),
            ("bce", "probability", -1, 1),
        ],
    )
    def test_refuses_what_has_no_sensitivity(self, loss, axis, x, label):
        with pytest.raises(ValueError, match=r"must be from 0 to 1|label 0 or 1"):
            sensitivity_curve(loss, axis, x, label)


class TestSamples:
    PARAMETERS = np.array([1.5, -2.0, 0.4])

    @pytest.mark.parametrize("loss", LOSSES)
    def test_every_sample_sits_on_its_curve(self, loss):
        data = people()
        samples = sample_sensitivity(self.PARAMETERS, data, loss)
        for label in LABELS:
            own = data.class_index == label
            curve = sensitivity_curve(loss, "probability", samples.probability[own], label)
            np.testing.assert_allclose(samples.value[own], curve.value, rtol=1e-10)
            np.testing.assert_allclose(samples.slope_by_logit[own], curve.slope_by_logit, rtol=1e-10)
            np.testing.assert_allclose(
                samples.error[own], np.abs(label - samples.probability[own]), atol=1e-15
            )

    @pytest.mark.parametrize("loss", LOSSES)
    def test_pulls_add_up_to_the_step_that_training_takes(self, loss):
        data = people()
        samples = sample_sensitivity(self.PARAMETERS, data, loss)
        gradient = np.empty(3)
        make_kernel(LOGISTIC, loss, Overflow()).gradient(
            self.PARAMETERS, [kernel_columns(LOGISTIC, data)], gradient
        )
        assert samples.pull.sum(axis=1) == pytest.approx(-gradient, abs=1e-14)

    @pytest.mark.parametrize("loss", LOSSES)
    def test_curvatures_add_up_to_the_hessian(self, loss):
        data = people()
        samples = sample_sensitivity(self.PARAMETERS, data, loss)
        total = (data.design * samples.curvature_by_logit) @ data.design.T / len(data)
        np.testing.assert_allclose(total, hessian(LOGISTIC, self.PARAMETERS, data, loss), atol=1e-15)

    @pytest.mark.parametrize("loss", LOSSES)
    def test_shares_are_of_the_pulls_lengths(self, loss):
        samples = sample_sensitivity(self.PARAMETERS, people(), loss)
        length = np.linalg.norm(samples.pull, axis=0)
        np.testing.assert_allclose(samples.share, length / length.sum(), rtol=1e-12)
        assert samples.share.sum() == pytest.approx(1.0)

    def test_a_confidently_wrong_sample_pulls_under_bce_and_not_under_mse(self):
        data = people()
        parameters = 20.0 * self.PARAMETERS
        wrong = np.argmax(sample_sensitivity(parameters, data, "bce").value)
        bce, mse = (sample_sensitivity(parameters, data, loss) for loss in LOSSES)
        assert bce.error[wrong] == pytest.approx(1.0)
        assert np.abs(bce.slope_by_logit[wrong]) == pytest.approx(1.0)
        assert np.abs(mse.slope_by_logit[wrong]) < 1e-6

    def test_huge_logits_are_finite_and_pull_towards_the_own_class(self):
        data = people()
        for loss in LOSSES:
            samples = sample_sensitivity(np.array([1000.0, 1000.0, 0.0]), data, loss)
            for name in ("value", "slope_by_logit", "curvature_by_logit", "pull", "share"):
                assert np.isfinite(getattr(samples, name)).all()
        own = 2 * data.class_index - 1
        bce = sample_sensitivity(self.PARAMETERS, data, "bce")
        assert ((bce.pull * data.design).sum(axis=0) * own > 0.0).all()

    def test_tiny_pulls_still_have_shares(self):
        design = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
        data = TrainingData(design, np.array([1, 1]), np.array([0, 1]), people().scaler)
        # p = e^-700: the squares of the pulls' lengths are 0 to a double.
        samples = sample_sensitivity(np.array([-350.0, -350.0, 0.0]), data, "mse")
        assert samples.share.tolist() == [0.5, 0.5]

    def test_without_anything_to_pull(self):
        data = people()
        empty = sample_sensitivity(np.zeros(3), TrainingData.from_samples(Samples(), 2), "bce")
        assert empty.share.shape == (0,)
        far = np.zeros((3, 1))
        alone = TrainingData(far, np.array([1]), np.array([0]), data.scaler)
        assert sample_sensitivity(np.zeros(3), alone, "bce").share.tolist() == [0.0]

    def test_arrays_are_read_only(self):
        samples = sample_sensitivity(self.PARAMETERS, people(), "bce")
        assert not samples.pull.flags.writeable
        assert not samples.value.flags.writeable

    def test_refuses_another_loss(self):
        with pytest.raises(ValueError, match="ce"):
            sample_sensitivity(self.PARAMETERS, people(), "ce")
