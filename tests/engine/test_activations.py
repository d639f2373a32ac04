from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import (
    log_sigmoid,
    log_softmax,
    log_sum_exp,
    logit,
    sigmoid,
    softmax,
    softplus,
    step,
)

finite_logits = st.floats(-1000.0, 1000.0)


def test_step_is_one_from_zero_on():
    assert step(np.array([-1e-300, -0.0, 0.0, 1e-300])).tolist() == [0.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("z", [-700.0, -40.0, -3.0, -1e-9, 0.0, 1e-9, 2.5, 30.0])
def test_sigmoid_equals_its_definition_to_the_last_digits(z):
    assert sigmoid(np.array([z]))[0] == pytest.approx(1.0 / (1.0 + math.exp(-z)), rel=4e-16)


def test_sigmoid_at_huge_logits_is_zero_or_one_and_never_overflows():
    assert sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1.0]


def test_sigmoid_is_steepest_at_zero_with_slope_a_quarter():
    z = np.linspace(-8.0, 8.0, 1601)
    slope = sigmoid(z) * sigmoid(-z)
    assert z[np.argmax(slope)] == pytest.approx(0.0, abs=1e-12)
    assert slope.max() == pytest.approx(0.25)


@given(st.floats(-30.0, 15.0))  # above, p is so near 1 that its digits no longer tell z
def test_logit_is_the_inverse_of_sigmoid(z):
    assert logit(sigmoid(np.array([z])))[0] == pytest.approx(z, abs=1e-9)


def test_logit_of_certainty_is_infinite():
    assert logit(np.array([0.0, 1.0])).tolist() == [-math.inf, math.inf]


@given(finite_logits)
def test_softplus_is_minus_the_logarithm_of_the_other_sigmoid(z):
    value = softplus(np.array([z]))[0]
    assert value - softplus(np.array([-z]))[0] == pytest.approx(z, abs=1e-9)
    assert log_sigmoid(np.array([-z]))[0] == -value
    if abs(z) < 700.0:
        assert value == pytest.approx(np.logaddexp(0.0, z), rel=1e-14)


def test_softplus_at_huge_logits_is_zero_or_the_logit_itself():
    assert softplus(np.array([-1000.0, 1000.0])).tolist() == [0.0, 1000.0]


@given(st.lists(finite_logits, min_size=2, max_size=8), finite_logits)
def test_softmax_is_a_distribution_that_a_shared_shift_does_not_change(logits, shift):
    z = np.array(logits)[:, None]
    p = softmax(z)
    assert p.sum() == pytest.approx(1.0)
    assert (p >= 0.0).all()
    np.testing.assert_allclose(softmax(z + shift), p, atol=1e-12)


@given(finite_logits, finite_logits)
def test_softmax_of_two_is_the_sigmoid_of_the_difference(first, second):
    p = softmax(np.array([[first], [second]]))
    assert p[1, 0] == pytest.approx(sigmoid(np.array([second - first]))[0], abs=1e-15)


@given(st.lists(finite_logits, min_size=1, max_size=8))
def test_log_softmax_is_exact_where_softmax_itself_is_rounded_to_zero(logits):
    z = np.array(logits)[:, None]
    expected = z - np.logaddexp.reduce(z, axis=0)
    np.testing.assert_allclose(log_softmax(z), expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(log_sum_exp(z), np.logaddexp.reduce(z, axis=0), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_softmax_of_logits_that_are_not_finite_is_not_a_number_and_warns_of_nothing(value):
    assert np.isnan(softmax(np.full((3, 2), value))).all()
