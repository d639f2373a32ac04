"""The exact Hessian of models with hidden layers: against differences of the gradient, and full spectra."""

from __future__ import annotations

import numpy as np
import pytest

from engine.curvature import hessian
from engine.gradients import LossGradient
from engine.hidden.hessian import HessianProduct, smallest_eigenvalue
from engine.landscape.grid import smallest_eigenvalue_at
from engine.specs import ModelSpec
from tests.engine.mlp_examples import MODELS, data, name_of, random_parameters

SMOOTH = [model for model in MODELS if model.activation != "relu"]
LOGISTIC, STEP = ModelSpec("logistic", 2), ModelSpec("step", 2)


def by_products(model, loss, samples, parameters):
    """The whole Hessian, column by column."""
    product = HessianProduct(model, loss, samples, parameters)
    return np.array([product(unit) for unit in np.eye(parameters.size)])


def by_differences(model, loss, samples, parameters, step=3e-4):
    """Central differences of the exact gradient with steps h and 2 h, extrapolated to h -> 0."""
    gradient = LossGradient(model, loss, samples)

    def slopes(h):
        return np.array(
            [
                (gradient(parameters + h * unit) - gradient(parameters - h * unit)) / (2.0 * h)
                for unit in np.eye(parameters.size)
            ]
        )

    return (4.0 * slopes(step) - slopes(2.0 * step)) / 3.0


@pytest.mark.parametrize("loss", ["bce", "mse"])
@pytest.mark.parametrize("model", SMOOTH, ids=name_of)
def test_the_hessian_is_the_derivative_of_the_gradient(model, loss):
    samples, parameters = data(), random_parameters(model)
    exact = by_products(model, loss, samples, parameters)
    assert exact == pytest.approx(exact.T, abs=1e-13)
    assert exact == pytest.approx(by_differences(model, loss, samples, parameters), abs=1e-9)


@pytest.mark.parametrize("loss", ["bce", "mse"])
@pytest.mark.parametrize("model", [model for model in MODELS if model.activation == "relu"], ids=name_of)
def test_between_the_kinks_of_relu_too(model, loss):
    samples, parameters = data(12), random_parameters(model, seed=5)
    step = 1e-6  # so short that no sample crosses a kink
    differences = by_differences(model, loss, samples, parameters, step)
    assert by_products(model, loss, samples, parameters) == pytest.approx(differences, abs=1e-7)


@pytest.mark.parametrize("loss", ["bce", "mse"])
def test_biases_that_training_leaves_alone_have_no_part(loss):
    model = ModelSpec("mlp", 2, (3, 2), "tanh")
    samples, parameters = data(bias=False), random_parameters(model)
    exact = by_products(model, loss, samples, parameters)
    places = HessianProduct(model, loss, samples, parameters).is_used
    assert places.sum() == parameters.size - 6
    assert not exact[~places].any()
    assert not exact[:, ~places].any()
    differences = by_differences(model, loss, samples, parameters)
    assert exact[np.ix_(places, places)] == pytest.approx(differences[np.ix_(places, places)], abs=1e-9)


@pytest.mark.parametrize(("model", "loss"), [(LOGISTIC, "bce"), (LOGISTIC, "mse")])
def test_without_hidden_layers_it_is_the_closed_form(model, loss):
    samples, parameters = data(), np.array([0.7, -2.0, 0.4])
    expected = hessian(model, parameters, samples, loss)
    assert by_products(model, loss, samples, parameters) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("loss", ["bce", "mse"])
@pytest.mark.parametrize("model", MODELS, ids=name_of)
@pytest.mark.parametrize("spread", [0.3, 2.0])
def test_the_smallest_eigenvalue_is_that_of_the_whole_hessian(model, loss, spread):
    samples, parameters = data(), random_parameters(model, spread)
    spectrum = np.linalg.eigvalsh(by_products(model, loss, samples, parameters))
    found = smallest_eigenvalue(model, parameters, samples, loss)
    assert found == pytest.approx(spectrum[0], abs=1e-8 * np.abs(spectrum).max())
    assert smallest_eigenvalue_at(model, parameters, samples, loss) == found


def test_at_0_only_the_output_bias_curves():
    # All products of weights are 0 there, so that the logit and its slopes by all other weights are.
    model = ModelSpec("mlp", 2, (4, 3), "tanh")
    samples, parameters = data(), np.zeros(31)
    spectrum = np.linalg.eigvalsh(by_products(model, "bce", samples, parameters))
    assert spectrum[-1] == pytest.approx(0.25)
    found = smallest_eigenvalue(model, parameters, samples, "bce")
    assert found == pytest.approx(spectrum[0], abs=1e-12)


def test_a_step_model_and_no_samples_are_refused():
    with pytest.raises(ValueError, match="flat"):
        HessianProduct(STEP, "mse", data(), np.zeros(3))
    with pytest.raises(ValueError, match="sample"):
        HessianProduct(LOGISTIC, "bce", data(0), np.zeros(3))


def test_it_ends_when_it_is_told_to():
    model = ModelSpec("mlp", 2, (8, 8), "tanh")
    assert np.isnan(smallest_eigenvalue(model, random_parameters(model), data(), "bce", lambda: True))
