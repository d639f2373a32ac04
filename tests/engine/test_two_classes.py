"""Softmax of two classes against the logistic model: one function, and the same steps at another rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import sigmoid, softmax
from engine.models import start_parameters
from engine.specs import OptimizerSpec, StartSpec
from engine.training_data import TrainingData
from engine.two_classes import RATE_FACTORS, two_class_steps
from tests.engine.run_examples import compare_spec, hidden_spec, softmax_spec

STEPS = (0, 1, 2, 10, 100)


@given(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
def test_softmax_of_two_is_the_sigmoid_of_their_difference(first, second):
    p = softmax(np.array([first, second]))[1]
    assert p == pytest.approx(sigmoid(np.array(second - first)), rel=1e-13, abs=1e-300)


@pytest.mark.parametrize(("loss", "factor"), [("likelihood", 2.0), ("mse", 4.0)])
def test_it_follows_the_logistic_model_at_a_larger_rate(loss, factor):
    found = two_class_steps(compare_spec(), loss, STEPS)
    assert RATE_FACTORS[loss] == factor
    np.testing.assert_array_equal(found.step, STEPS)
    assert found.difference.max() < 1e-13
    assert np.abs(found.logistic[-1] - found.logistic[0]).max() > 0.1


@pytest.mark.parametrize("loss", ["likelihood", "mse"])
def test_its_mse_is_twice_the_binary_one(loss):
    found = two_class_steps(compare_spec(), loss, STEPS)
    np.testing.assert_allclose(found.mse[:, 1], 2.0 * found.mse[:, 0], rtol=1e-12)


@pytest.mark.parametrize("loss", ["likelihood", "mse"])
def test_the_first_step_is_the_textbooks(loss):
    """From zeros p = 1/2: dBCE/dz = 1/2 - y, and dMSE/dz is half of that."""
    spec = compare_spec(start=StartSpec(), optimizer=OptimizerSpec("gd", 0.3))
    data = TrainingData.of(spec)
    slope = data.design @ (0.5 - data.class_index) / len(data)
    rate = {"likelihood": 2 * 0.3, "mse": 4 * 0.3 * 0.5}[loss]
    found = two_class_steps(spec, loss, (1,))
    np.testing.assert_allclose(found.logistic[0], -rate * slope, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(found.softmax[0], -rate * slope, rtol=1e-12, atol=1e-15)


def test_other_rates_do_not_follow():
    same_rate = two_class_steps(compare_spec(), "likelihood", (100,))
    twice = two_class_steps(compare_spec(optimizer=OptimizerSpec("gd", 0.2)), "likelihood", (100,))
    assert np.abs(same_rate.softmax - twice.softmax).max() > 0.01


def test_smoothed_labels_and_inputs_as_given_follow_too():
    spec = compare_spec(
        label_smoothing=0.2, standardize=False, bias=False, optimizer=OptimizerSpec("gd", 1e-6)
    )
    found = two_class_steps(spec, "likelihood", STEPS)
    assert found.difference.max() < 1e-13
    assert (found.logistic[:, 2] == 0.0).all()


def test_the_start_is_the_specs_or_zeros():
    assert two_class_steps(compare_spec(), "mse", (0,)).logistic[0].tolist() == [5.0, -5.0, 0.0]
    rows = StartSpec("exact", parameters=(1.0, 2.0, 3.0, 5.0, 5.0, 5.0))
    found = two_class_steps(softmax_spec(2, start=rows), "mse", (0,))
    assert found.logistic[0].tolist() == found.softmax[0].tolist() == [4.0, 3.0, 2.0]
    drawn = compare_spec(start=StartSpec("normal"))
    np.testing.assert_array_equal(two_class_steps(drawn, "mse", (0,)).logistic[0], start_parameters(drawn)[0])
    deep = hidden_spec(start=StartSpec("exact", parameters=(1.0,) * 31))
    assert not two_class_steps(deep, "mse", (0,)).logistic.any()


def test_three_classes_are_no_logistic_model():
    with pytest.raises(ValueError, match="3 classes"):
        two_class_steps(softmax_spec(3), "mse", (0,))
