from __future__ import annotations

import numpy as np
import pytest

from engine.losses import loss_of
from engine.metrics import confusion_matrix, model_metrics, predicted_class
from engine.models import layout_of, logits
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import MULTI_CLASS_KINDS, ModelSpec
from engine.training_data import BLOCK_SIZE, TrainingData

LOGISTIC = ModelSpec("logistic", 2)
MODELS = [LOGISTIC, *(ModelSpec(kind, k) for kind in MULTI_CLASS_KINDS for k in (2, 3, 8))]


def data_of(points, labels, n_classes):
    height, weight = np.array(points, dtype=float).reshape(-1, 2).T
    return TrainingData.from_samples(
        Samples.from_columns(height, weight, labels), n_classes, Standardizer.identity()
    )


def random_data(n, n_classes, seed=0):
    generator = np.random.default_rng([seed, n, n_classes])
    return data_of(generator.normal(size=(n, 2)), generator.integers(0, n_classes, n), n_classes)


@pytest.mark.parametrize("model", MODELS, ids=str)
@pytest.mark.parametrize("n", [1, 37, BLOCK_SIZE + 3])
@pytest.mark.parametrize("scale", [0.0, 1.0, 2000.0])
def test_metrics_are_the_means_of_the_losses_and_the_share_of_wrong_answers(model, n, scale):
    data = random_data(n, model.n_classes)
    parameters = scale * np.random.default_rng(1).normal(size=layout_of(model).parameter_count)
    z = logits(model, parameters, data.design)
    names = (model.likelihood, "mse")
    losses = [loss_of(model.kind, name).value_and_gradient(z, data.class_index)[0].mean() for name in names]
    wrong = np.mean(predicted_class(model, parameters, data.design) != data.class_index)
    found = model_metrics(model, parameters, data)
    np.testing.assert_allclose(found, [*losses, wrong], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_metrics_without_samples_are_nan(model):
    found = model_metrics(model, np.ones(layout_of(model).parameter_count), random_data(0, model.n_classes))
    assert np.isnan(found).all()


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_weights_that_are_not_finite_give_losses_that_are_not(model):
    parameters = np.full(layout_of(model).parameter_count, np.nan)
    assert np.isnan(model_metrics(model, parameters, random_data(5, model.n_classes))[:2]).all()


def test_a_tie_is_the_positive_class_and_the_first_of_equal_logits():
    design = np.array([[1.0], [1.0], [1.0]])
    assert predicted_class(LOGISTIC, np.array([1.0, -1.0, 0.0]), design).tolist() == [1]
    assert predicted_class(ModelSpec("softmax", 3), np.zeros(9), design).tolist() == [0]
    tied = np.array([0.0, 0.0, -1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 2.0])
    assert predicted_class(ModelSpec("softmax", 3), tied, design).tolist() == [1]


def test_error_rate_counts_a_tie_as_the_positive_class():
    on_the_line = data_of([(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (2.0, 0.0)], [0, 1, 1, 1], 2)
    assert model_metrics(LOGISTIC, np.array([1.0, -1.0, 0.0]), on_the_line)[2] == 0.25
    zero_weights = model_metrics(ModelSpec("softmax", 2), np.zeros(6), on_the_line)
    assert zero_weights[2] == 0.75


def test_small_losses_keep_their_digits():
    data = data_of([(1.0, 0.0)], [1], 2)
    expected = [np.exp(-40.0), np.exp(-80.0)]
    found = model_metrics(ModelSpec("softmax", 2), np.array([0.0, 0.0, 0.0, 40.0, 0.0, 0.0]), data)
    assert found[0] == pytest.approx(expected[0], rel=1e-12)
    assert model_metrics(LOGISTIC, np.array([40.0, 0.0, 0.0]), data)[0] == pytest.approx(
        expected[0], rel=1e-12
    )


def test_confusion_matrix_has_labels_in_rows_and_answers_in_columns():
    data = data_of([(-1.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)], [0, 0, 1, 1], 2)
    assert confusion_matrix(LOGISTIC, np.array([1.0, 0.0, 0.0]), data).tolist() == [[1, 1], [0, 2]]


def test_confusion_matrix_of_softmax_counts_every_sample_once():
    data = random_data(200, 4)
    model = ModelSpec("softmax", 4)
    parameters = np.random.default_rng(2).normal(size=12)
    matrix = confusion_matrix(model, parameters, data)
    assert matrix.shape == (4, 4)
    assert matrix.sum(axis=1).tolist() == np.bincount(data.class_index, minlength=4).tolist()
    assert 1.0 - np.trace(matrix) / 200 == pytest.approx(model_metrics(model, parameters, data)[2])
