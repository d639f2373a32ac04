"""Entropy, KL divergence and the bound: against SciPy, closed forms, the metrics and the optimum."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import entr, rel_entr
from scipy.stats import entropy as scipy_entropy

from engine.entropy import (
    class_terms,
    cross_entropy,
    entropy,
    entropy_bound,
    entropy_split,
    kl_divergence,
    log_probabilities,
    pooled_targets,
    smoothed_entropy,
)
from engine.metrics import model_metrics
from engine.models import layout_of, logits, probabilities
from engine.optimum.optimum import find_optimum
from engine.samples import NO_SET, Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

SMOOTHED = (
    ModelSpec("logistic", 2),
    *(ModelSpec(kind, n) for kind in ("softmax", "sigmoids", "absolute", "square") for n in (2, 4)),
)
MODELS = (*SMOOTHED, ModelSpec("mlp", 2, (3,)))


def distributions(n_classes: int = 4, n: int = 50, seed: int = 5) -> np.ndarray:
    generator = np.random.default_rng(seed)
    values = generator.dirichlet(np.full(n_classes, 0.4), n).T
    values[:, :5] = np.eye(n_classes)[:, np.arange(5) % n_classes]  # some are certain
    return values


def data_of(n_classes: int, n: int = 80, *, equal: bool = True, label_smoothing: float = 0.0) -> TrainingData:
    """Overlapping people; some of them equal to one another, with labels of their own."""
    generator = np.random.default_rng(3)
    labels = generator.integers(0, n_classes, n)
    heights = generator.normal(168.0, 9.0, n)
    weights = 55.0 + 12.0 * labels + generator.normal(0.0, 14.0, n)
    if equal:
        heights[10:20], weights[10:20] = heights[10], weights[10]
        heights[20:30], weights[20:30] = heights[30:40], weights[30:40]
    samples = Samples.from_columns(heights, weights, labels)
    return TrainingData.from_samples(samples, n_classes, label_smoothing=label_smoothing)


def parameters_of(model: ModelSpec, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, layout_of(model).parameter_count)


def named(model: ModelSpec) -> str:
    return f"{model.kind}-{model.n_classes}"


class TestDefinitions:
    def test_entropy_is_scipys_with_0_ln_0_as_0(self):
        p = distributions()
        assert entropy(p) == pytest.approx(scipy_entropy(p), abs=1e-14)
        assert entropy(p) == pytest.approx(entr(p).sum(axis=0), abs=1e-15)
        assert (entropy(np.eye(3)) == 0.0).all()
        assert not np.signbit(entropy(np.eye(3))).any()
        assert entropy(np.full(5, 0.2)) == pytest.approx(math.log(5))

    def test_kl_divergence_is_scipys(self):
        target, p = distributions(seed=5), distributions(seed=6)[:, ::-1]
        with np.errstate(divide="ignore"):
            found = kl_divergence(target, np.log(p))
        assert found == pytest.approx(rel_entr(target, p).sum(axis=0), abs=1e-14)
        assert np.isinf(found).any()
        inside = np.random.default_rng(2).dirichlet(np.ones(4), 50).T
        assert kl_divergence(target, np.log(inside)) == pytest.approx(
            scipy_entropy(target, inside), abs=1e-13
        )

    def test_kl_divergence_is_0_for_equal_distributions_alone_and_never_below(self):
        p = np.random.default_rng(2).dirichlet(np.ones(6), 500).T
        assert kl_divergence(p, np.log(p)).max() < 1e-14
        other = p[:, ::-1]
        assert (kl_divergence(p, np.log(other)) > 1e-6).mean() > 0.99
        assert (kl_divergence(p, np.log(p * (1 + 1e-9))) >= 0.0).all()

    def test_cross_entropy_is_their_sum(self):
        target = distributions()
        p = np.random.default_rng(2).dirichlet(np.ones(4), 50).T
        total = entropy(target) + kl_divergence(target, np.log(p))
        assert cross_entropy(target, np.log(p)) == pytest.approx(total, rel=1e-13)

    def test_cross_entropy_is_infinite_where_something_possible_has_p_0(self):
        log_p = np.array([[0.0, -math.inf], [-math.inf, 0.0]])
        assert cross_entropy(np.array([[1.0, 1.0], [0.0, 0.0]]), log_p).tolist() == [0.0, math.inf]

    @pytest.mark.parametrize("n_classes", [2, 3, 8])
    @pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.6])
    def test_a_smoothed_labels_entropy_has_a_closed_form(self, n_classes, smoothing):
        target = (1.0 - smoothing) * np.eye(n_classes) + smoothing / n_classes
        expected = scipy_entropy(target)
        assert np.full(n_classes, smoothed_entropy(n_classes, smoothing)) == pytest.approx(
            expected, abs=1e-15
        )


class TestModels:
    @pytest.mark.parametrize("model", MODELS, ids=named)
    def test_logarithms_are_those_of_the_probabilities(self, model):
        data, parameters = data_of(model.n_classes), parameters_of(model)
        found = log_probabilities(model, logits(model, parameters, data.design))
        assert np.exp(found) == pytest.approx(probabilities(model, parameters, data.design), abs=1e-14)

    def test_they_keep_their_digits_where_p_underflows(self):
        found = log_probabilities(ModelSpec("logistic", 2), np.array([[-2000.0, 40.0]]))
        assert found[1] == pytest.approx([-2000.0, -math.exp(-40.0)], rel=1e-12)

    def test_the_steps_are_0_and_minus_infinity(self):
        found = log_probabilities(ModelSpec("step", 2), np.array([[-1.0, 0.0]]))
        assert found.tolist() == [[0.0, -math.inf], [-math.inf, 0.0]]

    @pytest.mark.parametrize("model", MODELS, ids=named)
    @pytest.mark.parametrize("smoothing", [0.0, 0.2])
    def test_the_means_add_up_to_the_recorded_cross_entropy(self, model, smoothing):
        smoothing = 0.0 if model.kind == "mlp" else smoothing
        data = data_of(model.n_classes, label_smoothing=smoothing)
        parameters = parameters_of(model)
        pooled = pooled_targets(model, data)
        bound, divergence = entropy_split(model, parameters, data, pooled).means
        assert bound == pooled.bound
        assert bound + divergence == pytest.approx(model_metrics(model, parameters, data)[0], rel=1e-12)

    @pytest.mark.parametrize("kind", ["absolute", "square"])
    def test_the_rivals_count_as_1_over_k_where_they_are_undefined(self, kind):
        model, data = ModelSpec(kind, 4), data_of(4, equal=False)
        split = entropy_split(model, np.zeros(12), data, pooled_targets(model, data))
        assert split.cross_entropy == pytest.approx(np.full(80, math.log(4)))

    @pytest.mark.parametrize("model", SMOOTHED, ids=named)
    def test_the_terms_of_a_samples_own_target_are_its_loss(self, model):
        for smoothing in (0.0, 0.3):
            data = data_of(model.n_classes, equal=False, label_smoothing=smoothing)
            parameters = parameters_of(model)
            values, pooled = logits(model, parameters, data.design), pooled_targets(model, data)
            terms = class_terms(model, pooled.own, values)
            split = entropy_split(model, parameters, data, pooled)
            assert terms.sum(axis=0) == pytest.approx(split.cross_entropy, rel=1e-12)
            if smoothing == 0.0 and model.kind != "sigmoids":
                assert (np.count_nonzero(terms, axis=0) == 1).all()
                assert (terms.argmax(axis=0) == data.class_index).all()
            else:
                assert (terms > 0.0).all()

    def test_k_sigmoids_are_the_sum_of_k_binary_splits(self):
        model, data = ModelSpec("sigmoids", 3), data_of(3, label_smoothing=0.1)
        parameters = parameters_of(model)
        pooled = pooled_targets(model, data)
        split = entropy_split(model, parameters, data, pooled)
        p, t = probabilities(model, parameters, data.design), pooled.target
        assert pooled.entropy == pytest.approx((entr(t) + entr(1 - t)).sum(axis=0))
        assert split.divergence == pytest.approx((rel_entr(t, p) + rel_entr(1 - t, 1 - p)).sum(axis=0))


@pytest.mark.parametrize("model", SMOOTHED)
def test_samples_are_split_alike_in_whatever_blocks(model, monkeypatch):
    data, parameters = data_of(model.n_classes), parameters_of(model)
    whole = pooled_targets(model, data)
    split = entropy_split(model, parameters, data, whole)
    monkeypatch.setattr("engine.entropy._BLOCK", 7)
    blocks = pooled_targets(model, data)
    assert (blocks.target == whole.target).all()
    assert (blocks.entropy == whole.entropy).all()
    assert entropy_split(model, parameters, data, blocks).divergence == pytest.approx(split.divergence)


class TestPooling:
    def test_one_hot_labels_of_distinct_samples_have_no_entropy(self):
        pooled = pooled_targets(ModelSpec("softmax", 3), data_of(3, equal=False))
        assert (pooled.entropy == 0.0).all()
        assert pooled.bound == 0.0
        assert (pooled.count == 1).all()
        assert not pooled.is_mixed.any()

    def test_equal_samples_get_the_shares_of_their_classes(self):
        samples = Samples.from_columns(
            [170.0, 170.0, 170.0, 170.0, 180.0, 180.0, 160.0],
            [70.0, 70.0, 70.0, 71.0, 90.0, 90.0, 50.0],
            [0, 1, 1, 0, 2, 2, 0],
        )
        data = TrainingData.from_samples(samples, 3)
        pooled = pooled_targets(ModelSpec("softmax", 3), data)
        third = scipy_entropy([1 / 3, 2 / 3])
        assert pooled.target[:, 0] == pytest.approx([1 / 3, 2 / 3, 0.0])
        assert pooled.entropy == pytest.approx([third, third, third, 0.0, 0.0, 0.0, 0.0])
        assert pooled.count.tolist() == [3, 3, 3, 1, 2, 2, 1]
        assert pooled.is_mixed.tolist() == [True, True, True, False, False, False, False]
        assert pooled.own[:, 0].tolist() == [1.0, 0.0, 0.0]
        assert pooled.bound == pytest.approx(3 * third / 7)

    def test_one_more_equal_sample_of_another_class_raises_the_bound(self):
        heights, weights, labels = [170.0, 165.0, 180.0], [70.0, 60.0, 90.0], [0, 0, 1]
        model, bounds = ModelSpec("logistic", 2), []
        for extra in (0, 1):
            rows = slice(0, 3 + extra)
            columns = ([*heights, 170.0][rows], [*weights, 70.0][rows], [*labels, 1][rows])
            bounds.append(entropy_bound(model, TrainingData.from_samples(Samples.from_columns(*columns), 2)))
        assert bounds == pytest.approx([0.0, 2 * math.log(2) / 4])

    @pytest.mark.parametrize("model", SMOOTHED, ids=named)
    def test_smoothing_gives_every_lone_sample_the_closed_form(self, model):
        data = data_of(model.n_classes, equal=False, label_smoothing=0.15)
        bound = entropy_bound(model, data)
        if model.kind == "sigmoids":
            own, other = 0.85 + 0.15 / model.n_classes, 0.15 / model.n_classes
            expected = sum(
                count * scipy_entropy([t, 1 - t]) for count, t in ((1, own), (model.n_classes - 1, other))
            )
        else:
            expected = smoothed_entropy(model.n_classes, 0.15)
        assert bound == pytest.approx(expected, rel=1e-12)

    def test_no_samples_have_no_bound(self):
        model, data = ModelSpec("softmax", 3), TrainingData.from_samples(Samples(), 3)
        pooled = pooled_targets(model, data)
        assert math.isnan(pooled.bound)
        assert all(map(math.isnan, entropy_split(model, np.zeros(9), data, pooled).means))

    def test_label_sets_count_for_k_sigmoids_alone(self):
        columns = [170.0, 170.0, 180.0], [70.0, 70.0, 90.0], [0, 0, 1]
        samples = Samples.from_columns(*columns, label_set=[NO_SET, 0b11, NO_SET])
        data = TrainingData.from_samples(samples, 2, label_sets=True)
        sigmoids = pooled_targets(ModelSpec("sigmoids", 2), data)
        assert sigmoids.target[:, 0].tolist() == [1.0, 0.5]
        assert sigmoids.entropy == pytest.approx([math.log(2), math.log(2), 0.0])
        assert pooled_targets(ModelSpec("softmax", 2), data).bound == 0.0


class TestBound:
    @pytest.mark.parametrize(
        "model", [one for one in SMOOTHED if one.kind not in ("absolute", "square")], ids=named
    )
    @pytest.mark.parametrize("smoothing", [0.0, 0.1])
    def test_the_models_own_optimum_lies_above_it_by_the_mean_kl_that_it_cannot_remove(
        self, model, smoothing
    ):
        data = data_of(model.n_classes, 200, label_smoothing=smoothing)
        optimum = find_optimum(model, data)
        assert optimum.parameters is not None
        pooled = pooled_targets(model, data)
        _, left = entropy_split(model, optimum.parameters, data, pooled).means
        assert left > 0.01
        assert pooled.bound + left == pytest.approx(optimum.cross_entropy, rel=1e-10)
        for seed in range(5):
            other = entropy_split(model, parameters_of(model, seed), data, pooled).means[1]
            assert other > left

    def test_a_model_that_can_give_the_pooled_targets_reaches_it(self):
        """Two places with shares of their own: a line through the two logits fits both exactly."""
        heights, weights = np.repeat([160.0, 180.0], 10), np.repeat([60.0, 80.0], 10)
        labels = np.array([0] * 7 + [1] * 3 + [0] * 2 + [1] * 8)
        data = TrainingData.from_samples(Samples.from_columns(heights, weights, labels), 2)
        model = ModelSpec("logistic", 2)
        bound = entropy_bound(model, data)
        assert bound == pytest.approx((scipy_entropy([0.7, 0.3]) + scipy_entropy([0.2, 0.8])) / 2)
        assert find_optimum(model, data).cross_entropy == pytest.approx(bound, rel=1e-10)
