"""Log-odds against SciPy, scikit-learn, the probabilities themselves and finite differences."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.special import expit, log_softmax
from scipy.special import logit as scipy_logit
from sklearn.linear_model import LogisticRegression

from engine.activations import softmax
from engine.log_odds import (
    level_planes,
    log_odds,
    log_odds_plane,
    odds_factors,
    odds_of,
    one_layer,
    probabilities_from_log_odds,
)
from engine.models import layout_of, logits, probabilities
from engine.scaling import Standardizer
from engine.specs import ModelSpec

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
KINDS = ("softmax", "sigmoids", "absolute", "square")
LINE_KINDS = ("logistic", "softmax", "absolute", "square")


def parameters_of(model: ModelSpec, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, layout_of(model).parameter_count)


def places(n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(9)
    return generator.uniform(145.0, 195.0, n), generator.uniform(40.0, 110.0, n)


def design_of(height_cm: np.ndarray, weight_kg: np.ndarray) -> np.ndarray:
    return np.stack([*SCALER.standardize(height_cm, weight_kg), np.ones_like(height_cm)])


def at_places(model: ModelSpec, parameters: np.ndarray, first: int, second: int, *where) -> np.ndarray:
    return log_odds(model, logits(model, parameters, design_of(*where)), first, second)


MODELS = [
    ModelSpec("logistic", 2),
    ModelSpec("mlp", 2, (4, 3)),
    *(ModelSpec(kind, n) for kind in KINDS for n in (2, 3, 5)),
]


class TestValues:
    @pytest.mark.parametrize("model", MODELS, ids=lambda one: f"{one.kind}-{one.n_classes}")
    def test_they_are_the_logarithm_of_the_ratio_of_the_probabilities(self, model):
        parameters = parameters_of(model)
        p = probabilities(model, parameters, design_of(*places()))
        for first, second in itertools.permutations(range(model.n_classes), 2):
            found = at_places(model, parameters, first, second, *places())
            assert found == pytest.approx(np.log(p[first] / p[second]), rel=1e-9, abs=1e-12)

    def test_softmaxs_are_scipys_where_its_probabilities_underflow(self):
        z = np.array([[0.0, -900.0, 3.0], [-800.0, 40.0, 1.0], [5.0, 5.0, 5.0]])
        model, reference = ModelSpec("softmax", 3), log_softmax(z, axis=0)
        for first, second in itertools.permutations(range(3), 2):
            expected = reference[first] - reference[second]
            assert log_odds(model, z, first, second) == pytest.approx(expected, rel=1e-12)

    def test_the_logistic_models_are_scipys_logit(self):
        z = np.linspace(-6.0, 6.0, 25)[None]
        model = ModelSpec("logistic", 2)
        assert log_odds(model, z, 1, 0) == pytest.approx(scipy_logit(expit(z[0])), abs=1e-12)
        assert (log_odds(model, z, 0, 1) == -z[0]).all()

    def test_the_steps_are_infinite_and_a_tie_is_the_positive_class(self):
        z = np.array([[-2.0, 0.0, 0.1]])
        model = ModelSpec("step", 2)
        assert log_odds(model, z, 1, 0).tolist() == [-math.inf, math.inf, math.inf]
        assert log_odds(model, z, 0, 1).tolist() == [math.inf, -math.inf, -math.inf]

    def test_a_rivals_are_infinite_where_one_logit_is_0_and_unknown_where_two_are(self):
        z = np.array([[0.0, 2.0, 0.0, 0.0], [3.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]])
        for kind in ("absolute", "square"):
            found = log_odds(ModelSpec(kind, 3), z, 0, 1)
            assert found[:2].tolist() == [-math.inf, math.inf]
            assert np.isnan(found[2:]).all()

    @pytest.mark.parametrize("pair", [(1, 1), (0, 3), (-1, 0)])
    def test_a_pair_is_two_classes_of_the_model(self, pair):
        model = ModelSpec("softmax", 3)
        with pytest.raises(ValueError, match="not two of 3 classes"):
            log_odds(model, np.zeros((3, 1)), *pair)
        with pytest.raises(ValueError, match="not two of 3 classes"):
            log_odds_plane(model, np.zeros((3, 3)), *pair)


class TestPlane:
    @pytest.mark.parametrize(
        "model", [ModelSpec("logistic", 2), ModelSpec("softmax", 2), ModelSpec("softmax", 4)]
    )
    def test_it_is_the_log_odds_in_z_scores_and_in_cm_and_kg(self, model):
        parameters = parameters_of(model)
        layer = one_layer(model, parameters)
        height, weight = places()
        for first, second in itertools.permutations(range(model.n_classes), 2):
            expected = at_places(model, parameters, first, second, height, weight)
            plane = log_odds_plane(model, layer, first, second)
            assert plane @ design_of(height, weight) == pytest.approx(expected, abs=1e-12)
            a, b, c = log_odds_plane(model, SCALER.to_original_units(layer), first, second)
            assert a * height + b * weight + c == pytest.approx(expected, abs=1e-10)

    @pytest.mark.parametrize("kind", ["sigmoids", "absolute", "square"])
    def test_the_others_have_none_and_are_truly_not_linear(self, kind):
        model = ModelSpec(kind, 3)
        parameters = parameters_of(model)
        assert log_odds_plane(model, one_layer(model, parameters), 2, 1) is None
        line = np.linspace(150.0, 190.0, 3), np.linspace(50.0, 100.0, 3)
        low, middle, high = at_places(model, parameters, 2, 1, *line)
        assert abs(low + high - 2 * middle) > 0.05

    def test_hidden_layers_have_no_single_layer(self):
        model = ModelSpec("mlp", 2, (3,))
        assert one_layer(model, parameters_of(model)) is None

    def test_it_is_scikit_learns_difference_of_coefficients(self):
        height, weight = places(300)
        generator = np.random.default_rng(1)
        labels = np.digitize(weight + generator.normal(0.0, 12.0, 300), (60.0, 85.0))
        features = np.stack(SCALER.standardize(height, weight), axis=1)
        fit = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(features, labels)
        layer = np.concatenate([fit.coef_, fit.intercept_[:, None]], axis=1)
        p = fit.predict_proba(features)
        plane = log_odds_plane(ModelSpec("softmax", 3), layer, 2, 1)
        assert plane @ design_of(height, weight) == pytest.approx(np.log(p[:, 2] / p[:, 1]), abs=1e-8)


class TestLevels:
    @pytest.mark.parametrize("kind", LINE_KINDS)
    @pytest.mark.parametrize("level", [-1.5, 0.0, 0.7])
    def test_every_point_of_the_lines_has_the_log_odds_and_every_crossing_is_on_one(self, kind, level):
        model = ModelSpec(kind, 2 if kind == "logistic" else 3)
        parameters = parameters_of(model)
        first, second = model.n_classes - 1, 0
        planes = level_planes(model, one_layer(model, parameters), first, second, level)
        assert len(planes) == (1 if kind in ("logistic", "softmax") else 2)
        for a, b, c in planes:
            along = np.linspace(-3.0, 3.0, 7)
            foot = -c * np.array([a, b]) / (a * a + b * b)
            x, y = foot[:, None] + along * np.array([[-b], [a]])
            design = np.stack([x, y, np.ones(7)])
            found = log_odds(model, logits(model, parameters, design), first, second)
            assert found == pytest.approx(np.full(7, level), abs=1e-9)
        # No other place has this value: the sign of log-odds - level is that of the planes' product.
        design = design_of(*places(400))
        values = log_odds(model, logits(model, parameters, design), first, second) - level
        assert (values > 0.0).tolist() == (_side(planes, design) > 0.0).tolist()

    def test_k_sigmoids_are_equal_on_a_straight_line_and_have_no_other_one(self):
        model = ModelSpec("sigmoids", 3)
        parameters = parameters_of(model)
        layer = one_layer(model, parameters)
        (plane,) = level_planes(model, layer, 2, 1, 0.0)
        design = design_of(*places(400))
        found = log_odds(model, logits(model, parameters, design), 2, 1)
        assert (found > 0.0).tolist() == (plane @ design > 0.0).tolist()
        assert level_planes(model, layer, 2, 1, 0.5) is None

    def test_no_level_overflows(self):
        layer = np.arange(9.0).reshape(3, 3)
        for kind, level in itertools.product(("absolute", "square"), (-5000.0, 5000.0)):
            planes = level_planes(ModelSpec(kind, 3), layer, 2, 1, level)
            assert np.isfinite(planes).all()

    def test_the_step_has_no_level(self):
        assert level_planes(ModelSpec("step", 2), np.ones((1, 3)), 1, 0, 0.0) is None


def _side(planes: tuple[np.ndarray, ...], design: np.ndarray) -> np.ndarray:
    """Above 0 where log-odds are above the level: |z_j|^2 - c^2 |z_k|^2 is the product of the two planes."""
    return np.prod([plane @ design for plane in planes], axis=0)


class TestFactors:
    @pytest.mark.parametrize("model", [ModelSpec("logistic", 2), ModelSpec("softmax", 3)])
    def test_one_more_unit_multiplies_the_odds_of_the_models_own_probabilities(self, model):
        parameters = parameters_of(model)
        plane = log_odds_plane(model, one_layer(model, parameters), 1, 0)
        factors = odds_factors(plane, SCALER)
        height, weight = places(20)

        def odds(height_cm: np.ndarray, weight_kg: np.ndarray) -> np.ndarray:
            p = probabilities(model, parameters, design_of(height_cm, weight_kg))
            return p[1] / p[0]

        before = odds(height, weight)
        for after, factor in (
            (odds(height + 1.0, weight), factors.per_cm),
            (odds(height, weight + 1.0), factors.per_kg),
            (odds(height + SCALER.std_height_cm, weight), factors.per_std_height),
            (odds(height, weight + SCALER.std_weight_kg), factors.per_std_weight),
        ):
            assert after / before == pytest.approx(np.full(20, factor), rel=1e-10)

    def test_they_are_the_exponential_of_the_weights(self):
        factors = odds_factors(np.array([-0.9, 2.8, 0.3]), SCALER)
        assert factors.per_std_weight == math.exp(2.8)
        assert factors.per_kg == math.exp(2.8 / 14.0)
        assert factors.per_std_height == math.exp(-0.9)
        assert factors.per_cm == math.exp(-0.1)

    def test_odds_are_e_to_the_log_odds_without_an_overflow(self):
        assert odds_of(0.0) == 1.0
        assert odds_of(-1e5) == 0.0
        assert odds_of(1e5) == math.inf


class TestBackToSoftmax:
    def test_solving_all_log_odds_gives_the_models_probabilities_for_every_reference(self):
        model = ModelSpec("softmax", 5)
        z = logits(model, parameters_of(model), design_of(*places()))
        for reference in range(5):
            against = np.stack(
                [
                    np.zeros(z.shape[1]) if k == reference else log_odds(model, z, k, reference)
                    for k in range(5)
                ]
            )
            solved = probabilities_from_log_odds(against)
            assert solved == pytest.approx(softmax(z), abs=1e-14)
            assert solved.sum(axis=0) == pytest.approx(np.ones(z.shape[1]))

    def test_two_classes_give_the_sigmoid(self):
        z = np.linspace(-5.0, 5.0, 11)
        assert probabilities_from_log_odds(np.stack([np.zeros(11), z]))[1] == pytest.approx(
            expit(z), abs=1e-15
        )

    def test_k_sigmoids_come_back_divided_by_their_sum(self):
        model = ModelSpec("sigmoids", 3)
        z = logits(model, parameters_of(model), design_of(*places()))
        against = np.stack([np.zeros(z.shape[1]), log_odds(model, z, 1, 0), log_odds(model, z, 2, 0)])
        p = expit(z)
        assert probabilities_from_log_odds(against) == pytest.approx(p / p.sum(axis=0), abs=1e-12)
