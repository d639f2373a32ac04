"""The invented data: seeded, plausible, what they say they are, and with a finite optimum where they must."""

from __future__ import annotations

import numpy as np
import pytest

from engine.document.state import BUILT_IN_CLASS_KEYS
from engine.generators import GENERATORS, HEIGHT_RANGE_CM, WEIGHT_RANGE_KG, generate
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

NAMES = [info.name for info in GENERATORS]
SHIPPED_SEED = 7
FIRST_HEIGHTS_CM = [168.1, 170.8, 170.7, 178.3]
FIRST_WEIGHTS_KG = [64.4, 69.0, 66.2, 92.8]
FIRST_LABELS = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1]


def optimum_of(made):
    n_classes = len(made.class_keys)
    samples = Samples.from_columns(made.height_cm, made.weight_kg, made.class_index)
    model = ModelSpec("logistic" if n_classes == 2 else "softmax", n_classes)
    return find_optimum(model, TrainingData.from_samples(samples, n_classes))


def bmi(made):
    return made.weight_kg / (made.height_cm / 100) ** 2


@pytest.mark.parametrize("info", GENERATORS, ids=NAMES)
def test_every_generator_gives_what_it_promises(info):
    made = generate(info.name, SHIPPED_SEED)
    assert made.class_keys == info.class_keys
    assert set(info.class_keys) <= set(BUILT_IN_CLASS_KEYS)
    assert made.height_cm.shape == made.weight_kg.shape == made.class_index.shape == (info.n_samples,)
    assert np.unique(made.class_index).tolist() == list(range(len(info.class_keys)))
    assert HEIGHT_RANGE_CM[0] <= made.height_cm.min() < made.height_cm.max() <= HEIGHT_RANGE_CM[1]
    assert WEIGHT_RANGE_KG[0] <= made.weight_kg.min() < made.weight_kg.max() <= WEIGHT_RANGE_KG[1]
    np.testing.assert_array_equal(made.height_cm, np.round(made.height_cm, 1))
    np.testing.assert_array_equal(made.weight_kg, np.round(made.weight_kg, 1))


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_decides_everything(name):
    first, again, other = generate(name, 3), generate(name, 3), generate(name, 4)
    np.testing.assert_array_equal(first.height_cm, again.height_cm)
    np.testing.assert_array_equal(first.weight_kg, again.weight_kg)
    np.testing.assert_array_equal(first.class_index, again.class_index)
    assert not np.array_equal(first.height_cm, other.height_cm)
    assert generate(name, 3, n=57).class_index.size == 57


def test_the_first_people_are_these_whatever_numpy_does():
    made = generate("people", SHIPPED_SEED)
    np.testing.assert_array_equal(made.height_cm[:4], FIRST_HEIGHTS_CM)
    np.testing.assert_array_equal(made.weight_kg[:4], FIRST_WEIGHTS_KG)
    assert made.class_index[:12].tolist() == FIRST_LABELS


def test_people_have_the_stated_means_spreads_and_correlations():
    made = generate("people", 1, n=200_000)
    groups = {"men": slice(0, 100_000), "women": slice(100_000, None)}
    stated = {"men": (172.5, 5.8, 74.0, 11.0, 0.45), "women": (159.6, 5.5, 57.6, 8.5, 0.3)}
    for name, rows in groups.items():
        height, weight = made.height_cm[rows], made.weight_kg[rows]
        measured = np.array([height.mean(), height.std(), weight.mean(), weight.std()])
        np.testing.assert_allclose(measured, stated[name][:4], rtol=0.01)
        assert np.corrcoef(height, weight)[0, 1] == pytest.approx(stated[name][4], abs=0.01)


def test_diet_labels_are_bernoulli_of_the_stated_probability():
    made = generate("people", 2, n=200_000)
    p = 1 / (1 + np.exp(-(bmi(made) - 24) / 1.2))
    for low, high in [(0.05, 0.2), (0.4, 0.6), (0.8, 0.95)]:
        chosen = (p > low) & (p < high)
        assert made.class_index[chosen].mean() == pytest.approx(p[chosen].mean(), abs=0.015)


def test_three_classes_follow_noisy_cut_offs_and_a_fifth_is_underweight():
    made = generate("people_3", 2, n=100_000)
    assert (made.class_index == 0).mean() == pytest.approx(0.2, abs=1e-3)
    others = made.class_index > 0  # their proportions are left as they are
    p_overweight = 1 / (1 + np.exp(-(bmi(made) - 23)))
    for low, high in [(21.5, 22.0), (22.9, 23.1), (24.0, 24.5)]:
        # Of a BMI b, a share of sigmoid(18.5 - b), 4 % and less here, counts as underweight.
        chosen = others & (bmi(made) > low) & (bmi(made) < high)
        kept = 1 / (1 + np.exp(18.5 - bmi(made)[chosen]))
        expected = (p_overweight[chosen] / kept).mean()
        assert (made.class_index[chosen] == 2).mean() == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("name", ["people", "people_3"])
def test_the_believable_people_have_a_finite_optimum(name):
    assert optimum_of(generate(name, SHIPPED_SEED)).separable == "none"


@pytest.mark.parametrize("seed", range(5))
def test_generators_named_for_it_are_separable_or_not(seed):
    assert optimum_of(generate("separable", seed)).separable == "complete"
    for name in ("clouds", "overlapping", "imbalanced", "outlier", "xor", "clouds_8"):
        assert optimum_of(generate(name, seed)).separable in ("none", "quasi")


def test_imbalanced_has_one_in_twenty_and_the_outlier_is_alone():
    imbalanced = generate("imbalanced", SHIPPED_SEED)
    assert (imbalanced.class_index == 1).sum() == 10
    outlier = generate("outlier", SHIPPED_SEED)
    healthy = outlier.weight_kg[outlier.class_index == 0]
    assert np.sort(healthy)[-1] == 128.0
    assert np.sort(healthy)[-2] < 90.0


def test_unknown_names_and_too_few_samples_are_refused():
    with pytest.raises(ValueError, match="no generator 'nobody'"):
        generate("nobody", 0)
    with pytest.raises(ValueError, match="at least 8"):
        generate("clouds_8", 0, n=7)
    assert np.bincount(generate("clouds_8", 0, n=8).class_index).tolist() == [1] * 8
    assert np.bincount(generate("imbalanced", 0, n=2).class_index).tolist() == [1, 1]
