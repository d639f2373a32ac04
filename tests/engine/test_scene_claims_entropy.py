"""What the scenes say of cross-entropy, log-odds and judging is what comes out: claims 14 and 15.

Each test runs a scene, shows which of its choices is true, and computes every number in its texts.
"""

from __future__ import annotations

import numpy as np
import pytest

from engine.bmi import bmi_classes, bmi_rule
from engine.entropy import class_terms, entropy_bound, entropy_split, pooled_targets, smoothed_entropy
from engine.held_out import held_out_data
from engine.log_odds import log_odds_plane, odds_factors, probabilities_from_log_odds
from engine.models import logits, probabilities
from engine.optimum.optimum import find_optimum
from engine.specs import OptimizerSpec, StartSpec
from tests.engine.scene_examples import (
    CROSS_ENTROPY,
    WRONG,
    Run,
    check_answer,
    check_figures,
    decimals,
    percent,
)


def test_cross_entropy_of_smoothed_labels_ends_above_their_entropy():
    run = Run("cross_entropy")
    loss = run.to_outcome()[0, CROSS_ENTROPY]
    epsilon, target = run.spec.label_smoothing, run.data.targets(run.model)[:, 0]
    bound = entropy_bound(run.model, run.data)
    assert bound == pytest.approx(-(target * np.log(target)).sum(), abs=1e-12)
    assert bound == pytest.approx(smoothed_entropy(3, epsilon), abs=1e-12)
    assert loss == pytest.approx(run.least_cross_entropy, rel=1e-4)
    check_answer("cross_entropy", loss < 0.01, loss == pytest.approx(bound, abs=0.01), loss > bound + 0.1)
    entropy, divergence = entropy_split(
        run.model, run.state.parameters[0], run.data, pooled_targets(run.model, run.data)
    ).means
    assert entropy + divergence == pytest.approx(loss, rel=1e-12)
    plain = Run("cross_entropy", label_smoothing=0.0)
    assert entropy_bound(plain.model, plain.data) == 0.0
    terms = class_terms(
        plain.model,
        plain.data.targets(plain.model),
        logits(plain.model, run.state.parameters[0], plain.data.design),
    )
    assert ((terms != 0.0) == plain.data.labels(plain.model)).all()
    check_figures(
        "cross_entropy", "0", str(epsilon), decimals(target.max(), 3), decimals(target.min(), 3),
        decimals(loss, 3), decimals(bound, 3), decimals(divergence, 3),
    )  # fmt: skip


def test_same_place_with_different_labels_leaves_an_entropy():
    run = Run("same_place")
    loss = run.to_outcome()[0, CROSS_ENTROPY]
    places, place = np.unique(run.data.design[:2], axis=1, return_inverse=True)
    counts = np.zeros((places.shape[1], 3), dtype=int)
    np.add.at(counts, (place.ravel(), run.data.class_index), 1)
    shares = counts / counts.sum(axis=1, keepdims=True)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    bound = -float((shares * logs).sum(axis=1).mean())
    best = -float(logs[place.ravel(), run.data.class_index].mean())  # of a model that answers the shares
    assert best == pytest.approx(bound, abs=1e-12)
    assert entropy_bound(run.model, run.data) == pytest.approx(bound, abs=1e-12)
    assert loss == pytest.approx(run.least_cross_entropy, rel=1e-6)
    check_answer("same_place", best == 0.0, best == pytest.approx(bound), best == pytest.approx(np.log(3)))
    most = counts.max(axis=1).sum()
    assert run.right() == most
    (people,) = set(counts.sum(axis=1).tolist())
    assert [14, 6, 0] in counts.tolist()
    check_figures(
        "same_place", str(len(counts)), str(people), "14", "6", "0", decimals(bound, 3), decimals(loss, 3),
        decimals(loss - bound, 3), str(most), str(len(run.data)),
    )  # fmt: skip


def test_log_odds_one_more_kg_multiplies_the_odds_by_one_factor():
    run = Run("log_odds")
    run.to_outcome()
    normal, overweight = 1, 2
    plane = log_odds_plane(run.model, run.state.parameters[0].reshape(3, 3), overweight, normal)
    factors = odds_factors(plane, run.data.scaler)

    def p(weight_kg):
        z = run.data.scaler.standardize(np.array([165.0]), np.array([float(weight_kg)]))
        return probabilities(run.model, run.state.parameters[0], np.vstack([*z, [1.0]]))[:, 0]

    light, heavy = ((p(kg), p(kg + 1)) for kg in (65, 80))
    odds = [[one[overweight] / one[normal] for one in pair] for pair in (light, heavy)]
    times = [after / before for before, after in odds]
    assert times == pytest.approx([factors.per_kg] * 2, rel=1e-9)
    gained = [pair[1][overweight] - pair[0][overweight] for pair in (light, heavy)]
    added = [after - before for before, after in odds]
    check_answer(
        "log_odds",
        np.ptp(times) < 1e-9 * times[0],
        np.ptp(gained) < 0.01,
        added[1] == pytest.approx(added[0]),
    )
    against_normal = np.log(light[0] / light[0][normal])
    assert probabilities_from_log_odds(against_normal) == pytest.approx(light[0], abs=1e-12)
    per_cm, per_kg, bias = run.data.scaler.to_original_units(plane)
    line = -(bias + per_cm * 165) / per_kg
    assert p(line)[overweight] == pytest.approx(p(line)[normal], rel=1e-9)
    check_figures(
        "log_odds", "1", "0", "165", "65", "66", "80", "81", decimals(factors.per_kg, 2),
        decimals(factors.per_cm, 3), *(percent(one[overweight]) for one in light),
        *(decimals(100 * one[overweight], 2) for one in heavy), decimals(line, 1),
    )  # fmt: skip


def first_right(wanted, most, **changes):
    """The first step of each model of the scene at which it is right for a share of the samples."""
    run = Run("ce_or_mse", **changes)
    return [
        Run("ce_or_mse", **{**changes, "losses": (loss,)}).first_step(0, wanted, 0, most)
        for loss in run.spec.losses
    ]


def test_ce_or_mse_depends_on_start_and_rate():
    run = Run("ce_or_mse")
    p = probabilities(run.model, run.state.parameters[0], run.data.design)
    own = np.take_along_axis(p, run.data.class_index[None], axis=0)[0]
    assert run.to(0)[0, WRONG] > 0.9
    ce, mse = first_right(0.9, 4_000)
    assert ce <= run.scene.outcome_step
    check_answer("ce_or_mse", mse < ce, abs(mse - ce) < 10, mse > 10 * ce)
    rate = run.spec.optimizer.learning_rate
    (faster,) = first_right(0.9, 500, losses=("mse",), optimizer=OptimizerSpec("gd", 30 * rate))
    from_zeros = set(first_right(0.9, 100, start=StartSpec()))
    check_figures(
        "ce_or_mse", str((own < 0.1).sum()), str(own.size), str(rate), "90", decimals(ce), decimals(mse),
        "30", str(faster), *map(str, from_zeros), "0",
    )  # fmt: skip


def test_bmi_labels_are_separable_and_the_weights_grow_for_ever():
    run = Run("bmi_labels")
    rows = run.scene.state.samples.rows
    rule = bmi_rule("korean")
    assert (bmi_classes(rule, 3, rows.height_cm, rows.weight_kg) == rows.class_index).all()
    optimum = find_optimum(run.model, run.data)
    assert (optimum.separable, optimum.parameters, optimum.cross_entropy) == ("complete", None, 0.0)
    noisy = Run("three_classes")
    assert find_optimum(noisy.model, noisy.data).separable == "none"
    assert noisy.scene.title["en"] in run.scene.outcome["en"]
    assert noisy.scene.title["ko"] in run.scene.outcome["ko"]
    loss, size = [], []
    steps = (300, run.scene.outcome_step, 5_000, 10_000, 20_000)
    for step in steps:
        loss.append(run.to(step)[0, CROSS_ENTROPY])
        size.append(float(np.linalg.norm(run.state.parameters[0].reshape(3, 3)[:, :2])))
        assert step < steps[1] or run.right() == len(run.data)
    assert (np.diff(loss) < 0).all()
    assert loss[-1] > 0
    check_answer("bmi_labels", size[-1] < 1.001 * size[-2], (np.diff(size) > 0).all(), size[-1] < size[0])
    low, high = rule.cuts[:2]
    check_figures(
        "bmi_labels", str(low), decimals(high), str(len(run.data)), str(steps[0]), decimals(steps[1]),
        *(decimals(length, 1) for length in size[:2]), decimals(loss[1], 3), "0",
    )  # fmt: skip


def test_metrics_a_lower_threshold_finds_more_with_more_false_alarms():
    run = Run("metrics")
    run.to_outcome()
    held_out = held_out_data(run.spec, run.data.scaler)
    ill = held_out.class_index == 1
    p = probabilities(run.model, run.state.parameters[0], held_out.design)[1]
    alarms, found, right = (
        [int(count(p >= threshold).sum()) for threshold in (0.5, 0.2)]
        for count in (lambda alarm: alarm, lambda alarm: alarm & ill, lambda alarm: alarm == ill)
    )
    precision = np.divide(found, alarms)
    check_answer(
        "metrics",
        found[1] > found[0] and precision[1] < precision[0],
        found[1] < found[0] and precision[1] > precision[0],
        found[1] > found[0] and precision[1] > precision[0],
    )
    rows = run.scene.state.samples.rows
    settings = run.scene.state.settings
    (accuracy,) = {percent(count / ill.size) for count in right}
    check_figures(
        "metrics", str((rows.class_index == 1).sum()), str(len(rows)), percent(settings.held_out_share),
        str(settings.threshold), "0.2", str(ill.size), str(ill.sum()), *map(str, found), *map(str, alarms),
        accuracy, percent(1 - ill.mean()),
    )  # fmt: skip
