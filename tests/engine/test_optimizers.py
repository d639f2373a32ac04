from __future__ import annotations

import math

import numpy as np
import pytest

from engine.optimizers import N_SLOTS, make_optimizer
from engine.specs import OptimizerSpec

RATE = 0.1


def walk(spec, gradients, start=(0.0, 0.0)):
    """Parameters after each of the gradients, and the optimiser's memory at the end."""
    parameters = np.array([start], dtype=float)
    slots = np.zeros((N_SLOTS[spec.kind], *parameters.shape))
    optimizer = make_optimizer(spec, parameters.shape)
    path = []
    for step, gradient in enumerate(gradients, start=1):
        optimizer.update(parameters, np.array([gradient], dtype=float), slots, step)
        path.append(parameters[0].copy())
    return np.array(path), slots


def test_gradient_descent_goes_the_rate_times_the_gradient_downhill():
    path, slots = walk(OptimizerSpec("gd", RATE), [(1.0, -2.0), (3.0, 0.0)], start=(5.0, 5.0))
    np.testing.assert_allclose(path, [[4.9, 5.2], [4.6, 5.2]], rtol=1e-15)
    assert slots.shape == (0, 1, 2)


def test_momentum_is_polyaks_heavy_ball():
    path, slots = walk(OptimizerSpec("momentum", RATE, momentum=0.5), [(1.0, 0.0), (1.0, 2.0)])
    np.testing.assert_allclose(path, [[-0.1, 0.0], [-0.25, -0.2]], rtol=1e-15)
    np.testing.assert_allclose(slots[0], [[-0.15, -0.2]], rtol=1e-15)


def test_momentum_on_a_constant_slope_reaches_the_rate_over_one_minus_momentum():
    path, _ = walk(OptimizerSpec("momentum", RATE, momentum=0.9), [(1.0, -1.0)] * 400)
    np.testing.assert_allclose(path[-1] - path[-2], [-1.0, 1.0], rtol=1e-12)


def test_momentum_of_zero_is_gradient_descent():
    gradients = np.random.default_rng(0).normal(size=(5, 2))
    path = walk(OptimizerSpec("momentum", RATE, momentum=0.0), gradients)[0]
    np.testing.assert_allclose(path, walk(OptimizerSpec("gd", RATE), gradients)[0], rtol=1e-15)


def adam_by_the_paper(spec, gradients):
    """Algorithm 1 of Kingma and Ba (2015), line by line, on one number."""
    theta = m = v = 0.0
    path = []
    for t, g in enumerate(gradients, start=1):
        m = spec.beta1 * m + (1 - spec.beta1) * g
        v = spec.beta2 * v + (1 - spec.beta2) * g * g
        m_hat = m / (1 - spec.beta1**t)
        v_hat = v / (1 - spec.beta2**t)
        theta = theta - spec.learning_rate * m_hat / (math.sqrt(v_hat) + spec.epsilon)
        path.append(theta)
    return path


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.6), (0.0, 0.0)])
def test_adam_is_algorithm_one_of_the_paper(betas):
    spec = OptimizerSpec("adam", RATE, beta1=betas[0], beta2=betas[1])
    gradients = np.random.default_rng(1).normal(size=(300, 2)) * [1.0, 1e-6]
    path, slots = walk(spec, gradients)
    for column in range(2):
        expected = adam_by_the_paper(spec, gradients[:, column])
        np.testing.assert_allclose(path[:, column], expected, rtol=1e-12, atol=1e-13)
    assert slots.shape == (2, 1, 2)


def test_adams_first_step_has_the_rates_size_whatever_the_gradients():
    path, _ = walk(OptimizerSpec("adam", RATE), [(1e-3, -1e4)])
    np.testing.assert_allclose(path[0], [-RATE, RATE], rtol=1e-4)
