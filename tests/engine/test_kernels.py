"""The fast kernels compute what the textbook losses say, at every size and at logits that overflow."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels.kernel import FoldedKernel, Overflow, make_kernel
from engine.kernels.rows import GEMV_FROM
from engine.losses import LOSSES, loss_of
from engine.models import layout_of, logits
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import BLOCK_SIZE, TrainingData, blocks_of, kernel_columns

CASES = [
    pytest.param(ModelSpec(kind, n_classes), name, id=f"{kind}-{name}-{n_classes}")
    for kind, name in LOSSES
    if kind not in ("mlp", "step")
    for n_classes in ((2,) if kind == "logistic" else (2, 3, 8))
]


def random_data(n, n_classes):
    generator = np.random.default_rng([n, n_classes])
    samples = Samples.from_columns(
        generator.normal(170.0, 9.0, n), generator.normal(65.0, 12.0, n), generator.integers(0, n_classes, n)
    )
    return TrainingData.from_samples(samples, n_classes)


def textbook_gradient(model, loss, parameters, data):
    z = logits(model, parameters, data.design)
    by_logits = loss_of(model.kind, loss).value_and_gradient(z, data.class_index)[1]
    return (by_logits @ data.design.T).ravel() / len(data)


def random_parameters(model, spread):
    return np.random.default_rng(5).normal(0.0, spread, layout_of(model).parameter_count)


@pytest.mark.parametrize("spread", [0.0, 1.0, 200.0, 5000.0])
@pytest.mark.parametrize("n", [1, 2, 100, GEMV_FROM, BLOCK_SIZE + 1])
@pytest.mark.parametrize(("model", "loss"), CASES)
def test_gradient_is_the_textbooks(model, loss, n, spread):
    data, parameters = random_data(n, model.n_classes), random_parameters(model, spread)
    overflow, found = Overflow(), np.empty(parameters.size)
    kernel = make_kernel(model, loss, overflow)
    with np.errstate(all="ignore", over="call", call=overflow):
        kernel.gradient(parameters, blocks_of(kernel_columns(model, data)), found)
    # A rounding of a logit of size s moves a probability by s times 1e-16.
    tolerance = 1e-14 * max(1.0, spread)
    np.testing.assert_allclose(found, textbook_gradient(model, loss, parameters, data), atol=tolerance)


@pytest.mark.parametrize("spread", [0.0, 1.0, 5000.0])
@pytest.mark.parametrize("n", [1, 100, GEMV_FROM])
@pytest.mark.parametrize(("model", "loss"), CASES)
def test_folded_steps_are_steps_along_the_textbook_gradient(model, loss, n, spread):
    data, parameters = random_data(n, model.n_classes), random_parameters(model, spread)
    overflow = Overflow()
    kernel = make_kernel(model, loss, overflow)
    assert isinstance(kernel, FoldedKernel)
    kernel.fold(kernel_columns(model, data), 0.7)
    expected = parameters.copy()
    for _ in range(3):
        expected -= 0.7 * textbook_gradient(model, loss, expected, data)
    with np.errstate(all="ignore", over="call", call=overflow):
        kernel.descend(parameters, 3)
    np.testing.assert_allclose(parameters, expected, atol=1e-13 * max(1.0, spread))


@pytest.mark.parametrize("loss", ["ce", "mse"])
def test_sums_of_exponentials_that_just_do_not_overflow_are_finite(loss):
    """Seven logits of 709.7 above class 0: each exponential is finite, their plain sum would not be."""
    model, overflow = ModelSpec("softmax", 8), Overflow()
    data = random_data(20, 8)
    parameters = np.zeros((8, 3))
    parameters[1:, 2] = 709.7
    found = np.empty(24)
    with np.errstate(all="ignore", over="call", call=overflow):
        make_kernel(model, loss, overflow).gradient(
            parameters.ravel(), blocks_of(kernel_columns(model, data)), found
        )
    np.testing.assert_allclose(
        found, textbook_gradient(model, loss, parameters.ravel(), data), rtol=1e-12, atol=1e-15
    )


def test_an_overflow_leaves_nothing_behind_in_the_buffers():
    model, overflow = ModelSpec("softmax", 3), Overflow()
    data = random_data(50, 3)
    kernel, batch = make_kernel(model, "ce", overflow), blocks_of(kernel_columns(model, data))
    small = random_parameters(model, 1.0)
    before, between, after = np.empty((3, 9))
    with np.errstate(all="ignore", over="call", call=overflow):
        kernel.gradient(small, batch, before)
        kernel.gradient(random_parameters(model, 5000.0), batch, between)
        kernel.gradient(small, batch, after)
    assert (before == after).all()


@pytest.mark.parametrize(("kind", "loss"), [("logistic", "ce"), ("softmax", "bce")])
def test_a_loss_of_another_model_is_refused(kind, loss):
    with pytest.raises(ValueError, match="not trained on"):
        make_kernel(ModelSpec(kind, 2), loss, Overflow())


def test_blocks_hold_every_column_in_order():
    columns = np.arange(3.0 * (2 * BLOCK_SIZE + 5)).reshape(3, -1)
    blocks = blocks_of(columns)
    assert [block.shape[1] for block in blocks] == [BLOCK_SIZE, BLOCK_SIZE, 5]
    assert (np.concatenate(blocks, axis=1) == columns).all()
    assert all(block.flags.c_contiguous for block in blocks)
