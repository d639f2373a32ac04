from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import FallLineError
from engine.models import (
    carry_classes,
    carry_scaler,
    centred,
    layout_of,
    logits,
    probabilities,
    start_parameters,
)
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, StartSpec, TrainingSpec

LOGISTIC = ModelSpec("logistic", 2)


def softmax_of(n_classes):
    return ModelSpec("softmax", n_classes)


def spec_of(model, losses=("bce",), class_ids=None, **changes):
    ids = tuple(range(model.n_classes)) if class_ids is None else class_ids
    return TrainingSpec(model, losses, Samples(), 0, ids, **changes)


def design_of(n=50, seed=0):
    points = np.random.default_rng(seed).normal(0.0, 2.0, (2, n))
    return np.concatenate([points, np.ones((1, n))])


def parameters_of(model, models=1, seed=1):
    return np.random.default_rng(seed).normal(0.0, 2.0, (models, layout_of(model).parameter_count))


def test_logistic_has_one_output_and_softmax_one_a_class():
    assert layout_of(LOGISTIC).parameter_count == 3
    assert layout_of(softmax_of(5)).parameter_count == 15
    assert layout_of(softmax_of(5)).layers[0].activation == "softmax"


@pytest.mark.parametrize("model", [ModelSpec("logistic", 3), ModelSpec("softmax", 1)])
def test_a_model_with_the_wrong_number_of_classes_is_refused(model):
    with pytest.raises(ValueError, match="classes"):
        layout_of(model)


def test_logits_are_weights_times_design_bias_last():
    design = np.array([[2.0, -1.0], [3.0, 0.0], [1.0, 1.0]])
    z = logits(softmax_of(2), np.array([1.0, 10.0, 100.0, 0.0, 1.0, -1.0]), design)
    assert z.tolist() == [[132.0, 99.0], [2.0, -1.0]]


@pytest.mark.parametrize("model", [LOGISTIC, softmax_of(2), softmax_of(8)])
def test_probabilities_have_a_row_a_class_and_sum_to_one(model):
    p = probabilities(model, parameters_of(model)[0] * 100.0, design_of())
    assert p.shape == (model.n_classes, 50)
    np.testing.assert_allclose(p.sum(axis=0), 1.0, rtol=1e-15)


def test_row_one_of_the_logistic_model_is_p():
    p = probabilities(LOGISTIC, np.array([0.0, 0.0, np.log(4.0)]), design_of(1))
    np.testing.assert_allclose(p[:, 0], [0.2, 0.8], rtol=1e-15)


def test_a_zero_start_is_zero_for_every_model_of_the_comparison():
    start = start_parameters(spec_of(LOGISTIC, ("bce", "mse")))
    assert start.shape == (2, 3)
    assert not start.any()


def test_a_normal_start_is_a_pure_function_of_the_seed_and_the_same_for_all_models():
    start = StartSpec("normal", spread=2.0)
    spec = spec_of(LOGISTIC, ("bce", "mse"), start=start, seed=5)
    first = start_parameters(spec)
    assert (first[0] == first[1]).all()
    assert (first == start_parameters(spec)).all()
    assert (first != start_parameters(replace(spec, seed=6))).all()
    assert (start_parameters(replace(spec, seed=-1)) != first).all()
    np.testing.assert_allclose(
        start_parameters(replace(spec, start=replace(start, spread=4.0))), 2.0 * first, rtol=1e-15
    )


def test_a_normal_start_has_the_spread_asked_for():
    starts = [start_parameters(spec_of(LOGISTIC, start=StartSpec("normal", 3.0), seed=s)) for s in range(700)]
    assert np.mean(starts) == pytest.approx(0.0, abs=0.25)
    assert np.std(starts) == pytest.approx(3.0, rel=0.05)


def test_a_normal_start_of_softmax_is_centred_over_the_classes():
    start = start_parameters(spec_of(softmax_of(4), ("ce",), start=StartSpec("normal", 1.0)))
    np.testing.assert_allclose(start.reshape(4, 3).sum(axis=0), 0.0, atol=1e-15)
    assert (start != 0.0).all()


def test_an_exact_start_is_taken_as_it_is():
    start = start_parameters(spec_of(LOGISTIC, start=StartSpec("exact", parameters=(5.0, -5.0, 0.5))))
    assert start.tolist() == [[5.0, -5.0, 0.5]]


def test_exact_numbers_of_the_wrong_count_are_refused_in_words():
    spec = spec_of(softmax_of(3), ("ce",), start=StartSpec("exact", parameters=(1.0, 2.0, 3.0)))
    with pytest.raises(FallLineError, match="3 numbers; this model needs 9"):
        start_parameters(spec)


@pytest.mark.parametrize("model", [LOGISTIC, softmax_of(4)])
def test_carrying_over_the_scaler_keeps_every_logit(model):
    old = Standardizer(170.0, 65.0, 9.0, 12.0)
    new = Standardizer(171.5, 60.0, 4.0, 30.0)
    generator = np.random.default_rng(3)
    height, weight = generator.normal(170.0, 10.0, 40), generator.normal(65.0, 10.0, 40)
    parameters = parameters_of(model, models=3)
    carried = carry_scaler(model, parameters, old, new)
    for before, after in zip(parameters, carried, strict=True):
        z = logits(model, before, np.stack([*old.standardize(height, weight), np.ones(40)]))
        same = logits(model, after, np.stack([*new.standardize(height, weight), np.ones(40)]))
        np.testing.assert_allclose(same, z, rtol=1e-11, atol=1e-11)


def test_carrying_to_an_equal_scaler_changes_no_bit_and_shares_nothing():
    scaler = Standardizer(170.0, 65.0, 9.0, 12.0)
    parameters = parameters_of(LOGISTIC)
    carried = carry_scaler(LOGISTIC, parameters, scaler, replace(scaler))
    assert (carried == parameters).all()
    assert not np.shares_memory(carried, parameters)


def test_two_classes_to_three_gives_minus_half_plus_half_and_zero():
    w = parameters_of(LOGISTIC, models=1)
    rows = carry_classes(w, spec_of(LOGISTIC), spec_of(softmax_of(3), ("ce",))).reshape(3, 3)
    assert (rows == [-w[0] / 2.0, w[0] / 2.0, np.zeros(3)]).all()


def test_logistic_to_two_softmax_rows_and_back_is_exact_to_the_bit():
    w = parameters_of(LOGISTIC, models=2)
    logistic, pair = spec_of(LOGISTIC, ("bce", "mse")), spec_of(softmax_of(2), ("ce", "mse"))
    assert (carry_classes(carry_classes(w, logistic, pair), pair, logistic) == w).all()


def test_logistic_and_its_softmax_rows_give_the_same_probabilities():
    w = parameters_of(LOGISTIC)
    rows = carry_classes(w, spec_of(LOGISTIC), spec_of(softmax_of(2), ("ce",)))
    design = design_of()
    np.testing.assert_allclose(
        probabilities(softmax_of(2), rows[0], design), probabilities(LOGISTIC, w[0], design), rtol=1e-12
    )


def test_an_added_class_gets_a_zero_row_and_the_others_keep_their_odds():
    rows = centred(parameters_of(softmax_of(3)).reshape(1, 3, 3)).reshape(1, 9)
    grown = carry_classes(
        rows, spec_of(softmax_of(3), ("ce",)), spec_of(softmax_of(4), ("ce",), class_ids=(0, 1, 2, 9))
    ).reshape(4, 3)
    np.testing.assert_allclose(grown[:3], rows.reshape(3, 3), atol=1e-15)
    np.testing.assert_allclose(grown[3], 0.0, atol=1e-15)


def test_a_removed_class_takes_its_own_row_and_the_rest_is_centred():
    rows = parameters_of(softmax_of(4)).reshape(4, 3)
    old = spec_of(softmax_of(4), ("ce",), class_ids=(10, 11, 12, 13))
    new = spec_of(softmax_of(3), ("ce",), class_ids=(10, 12, 13))
    kept = carry_classes(rows.reshape(1, 12), old, new).reshape(3, 3)
    np.testing.assert_allclose(kept.sum(axis=0), 0.0, atol=1e-14)
    np.testing.assert_allclose(np.diff(kept, axis=0), np.diff(rows[[0, 2, 3]], axis=0), rtol=1e-12)


def test_three_classes_to_two_gives_the_logistic_model_of_the_two_that_stay():
    rows = parameters_of(softmax_of(3)).reshape(3, 3)
    old = spec_of(softmax_of(3), ("ce",), class_ids=(4, 5, 6))
    kept = carry_classes(rows.reshape(1, 9), old, spec_of(LOGISTIC, ("bce",), class_ids=(4, 6)))
    np.testing.assert_allclose(kept, [rows[2] - rows[0]])


def test_classes_that_swap_places_turn_the_logistic_model_round():
    w = parameters_of(LOGISTIC)
    old, new = spec_of(LOGISTIC, class_ids=(1, 2)), spec_of(LOGISTIC, class_ids=(2, 1))
    assert (carry_classes(w, old, new) == -w).all()


def test_the_same_classes_and_model_change_no_bit():
    rows = parameters_of(softmax_of(3), models=2)
    spec = spec_of(softmax_of(3), ("ce", "mse"))
    assert (carry_classes(rows, spec, spec) == rows).all()


@pytest.mark.parametrize(
    ("old", "new", "sources"),
    [
        (("bce", "mse"), ("mse", "bce"), [1, 0]),
        (("bce", "mse"), ("mse",), [1]),
        (("mse",), ("bce", "mse"), [0, 0]),
    ],
)
def test_each_model_goes_on_from_the_one_trained_on_its_own_loss(old, new, sources):
    w = parameters_of(LOGISTIC, models=len(old))
    assert (carry_classes(w, spec_of(LOGISTIC, old), spec_of(LOGISTIC, new)) == w[sources]).all()


def test_bce_and_ce_are_one_loss_when_the_model_changes():
    w = parameters_of(LOGISTIC, models=2)
    rows = carry_classes(w, spec_of(LOGISTIC, ("mse", "bce")), spec_of(softmax_of(2), ("ce",)))
    assert (rows[0, 3:] == w[1] / 2.0).all()
