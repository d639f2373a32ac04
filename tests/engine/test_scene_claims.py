"""What the scenes say of the model and of its loss is what comes out of them: the start, claims 0 to 5.

Each test runs a scene, shows which of its choices is true, and computes every number in its texts.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.decision_regions import decision_line
from engine.gradients import LossGradient
from engine.likelihoods import likelihood_along, running_likelihood
from engine.metrics import confusion_matrix, predicted_class
from engine.models import logits
from engine.optimum.best_mse import best_found_mse
from engine.optimum.optimum import find_optimum
from engine.perceptron import perceptron_fan
from engine.sensitivity import MSE_STEEPEST_SLOPE, sample_sensitivity, sensitivity_curve
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper
from tests.engine.scene_examples import (
    BCE_MODEL,
    CROSS_ENTROPY,
    MSE,
    MSE_MODEL,
    WRONG,
    Run,
    check_answer,
    check_figures,
    decimals,
    percent,
    sigmoid,
)

WRONG_WAY = StartSpec("exact", parameters=(5.0, -5.0, 0.0))


def test_first_bce_turns_the_line_in_three_seconds_and_mse_struggles():
    run = Run("first")
    assert run.spec.losses == ("bce", "mse")
    assert (run.spec.start, run.spec.batch_size, run.scene.speed) == (WRONG_WAY, None, 120)
    assert run.spec.optimizer == OptimizerSpec("gd", learning_rate=0.1)
    pulls = {loss: sample_sensitivity(run.state.parameters[0], run.data, loss) for loss in ("bce", "mse")}
    confident = int((pulls["mse"].error > 0.9).sum())
    bce = run.first_step(BCE_MODEL, 0.8, 0, 500)
    assert bce / run.scene.speed == pytest.approx(3.0, abs=0.3)
    assert run.scene.outcome_step > bce
    assert 1 - run.to(15 * 120)[MSE_MODEL, WRONG] < 0.7  # after 15 s
    mse = run.first_step(MSE_MODEL, 0.8, 1801, 7001)
    surest_last = np.argsort(pulls["mse"].error)[-confident:]
    weaker = np.diff(np.abs(pulls["mse"].slope_by_logit[surest_last])) < 0
    check_answer(
        "first",
        False,  # one rate for both: the spec has only one
        best_found_mse(run.model, run.data).parameters is None,
        weaker.all(),
    )
    assert (np.diff(np.abs(pulls["bce"].slope_by_logit[surest_last])) > 0).all()
    check_figures(
        "first", decimals(bce / run.scene.speed), "80", "90", str(confident), str(len(run.data)),
        decimals(bce), decimals(mse),
    )  # fmt: skip


def test_overlapping_is_right_for_seven_in_ten_at_best():
    run = Run("overlapping")
    metrics = run.to_outcome()
    best = find_optimum(run.model, run.data)
    assert metrics[BCE_MODEL, CROSS_ENTROPY] == pytest.approx(best.cross_entropy, abs=1e-7)
    matrix = confusion_matrix(run.model, best.parameters, run.data)
    share = matrix.trace() / matrix.sum()
    assert run.right(BCE_MODEL) == run.right(MSE_MODEL) == matrix.trace()
    check_answer("overlapping", share < 0.55, 0.65 < share < 0.75, share > 0.85)
    assert sigmoid(run.logit(168, run.line_kg(168))) == pytest.approx(0.5, abs=1e-9)
    check_figures(
        "overlapping", "7", "10", "50", "0", str(run.right()), str(len(run.data)), percent(share),
        decimals(best.cross_entropy, 3),
    )  # fmt: skip


def test_imbalanced_is_right_for_most_and_finds_few():
    run = Run("imbalanced")
    run.to_outcome()
    ill = run.data.class_index == 1
    matrix = confusion_matrix(run.model, run.state.parameters[BCE_MODEL], run.data)
    assert (
        matrix == confusion_matrix(run.model, find_optimum(run.model, run.data).parameters, run.data)
    ).all()
    found = int(matrix[1, 1])
    check_answer("imbalanced", found == 10, found == 7, found == 3)
    low = run.probabilities() >= 0.1
    check_figures(
        "imbalanced", str(ill.sum()), str(ill.size), percent(1 - ill.mean()), "0.5", str(found),
        decimals(100 * matrix.trace() / matrix.sum(), 1), "0.1", str((low & ill).sum()),
        str((low & ~ill).sum()),
    )  # fmt: skip


def test_too_high_a_rate_never_settles_and_a_lower_one_does():
    run, usual = Run("rate_too_high"), Run("overlapping")
    rate = run.spec.optimizer.learning_rate
    # Later steps are chaotic: rounding decides where they jump.
    losses = np.array([run.to(step)[0, CROSS_ENTROPY] for step in range(1, 31)])
    late = np.array([run.to(step)[0, CROSS_ENTROPY] for step in range(1_001, 1_101)])
    assert late.max() > np.log(2) > late.min()
    best = run.least_cross_entropy
    check_answer(
        "rate_too_high",
        (np.diff(late) > 0).sum() > 20 and (np.diff(late) < 0).sum() > 20,
        late.max() < best + 1e-3,
        late.max() > 10 * losses.max(),
    )
    calm = replace(run.spec, optimizer=OptimizerSpec("gd", learning_rate=1.0))
    Stepper(calm, run.data).advance(run.state, 2_000)
    assert run.stepper.metrics(run.state)[0, CROSS_ENTROPY] == pytest.approx(best, rel=1e-9)
    assert (run.data.design == usual.data.design).all()
    check_figures(
        "rate_too_high", decimals(rate), str(usual.spec.optimizer.learning_rate), "1", str(losses.size),
        decimals(losses.min(), 3), decimals(losses.max(), 3), decimals(best, 3),
    )  # fmt: skip


def test_mini_batches_of_eight_tremble():
    run = Run("mini_batch")
    end = run.scene.outcome_step
    run.to(end - 100)
    late = np.array([run.to(step)[BCE_MODEL, CROSS_ENTROPY] for step in range(end - 99, end + 1)])
    up, down = int((np.diff(late) > 0).sum()), int((np.diff(late) < 0).sum())
    best = run.least_cross_entropy
    assert late.min() > best
    near = late.max() < 1.05 * best
    check_answer("mini_batch", not (up and down), not near, up > 20 and down > 20 and near)
    check_figures(
        "mini_batch", str(run.spec.batch_size), str(len(run.data)), str(end - 99), str(end), str(up),
        str(down), decimals(best, 3),
    )  # fmt: skip


def test_problem_a_threshold_shifts_the_line_and_changes_no_weight():
    run = Run("problem")
    run.to_outcome()
    z, weights = run.logit(170, 80), run.weights_cm_kg()
    half, high = decision_line(weights, 0.5), decision_line(weights, 0.8)
    is_parallel = (half.a, half.b) == (high.a, high.b)
    up = (half.c - high.c) / half.b
    assert up == pytest.approx(np.log(4) / weights[1])
    check_answer("problem", is_parallel and abs(up) > 1, not is_parallel, up == 0)
    check_figures(
        "problem", "1", "0.5", "0.8", "4", "170", "80", percent(sigmoid(z)), decimals(np.exp(z)),
        decimals(up, 1),
    )  # fmt: skip


def test_step_perceptron_has_no_gradient_and_stays():
    run = Run("step_perceptron")
    start = run.state.parameters.copy()
    assert (LossGradient(run.model, "mse", run.data)(start[0]) == 0.0).all()
    metrics = run.to_outcome()[0]
    stays = run.state.parameters.tobytes() == start.tobytes()
    check_answer("step_perceptron", metrics[WRONG] < 0.3, not stays, stays)
    assert metrics[CROSS_ENTROPY] == np.inf
    assert metrics[MSE] == metrics[WRONG]
    check_figures(
        "step_perceptron", "0", "1", str(run.scene.outcome_step), str(len(run.data) - run.right()),
        str(len(run.data)), decimals(metrics[MSE], 3),
    )  # fmt: skip


def mistakes_of(run, epochs):
    """Mistakes of the rule in each epoch, and whether the line moved in it."""
    counts, moved = [], []
    for epoch in range(1, epochs + 1):
        before = run.state.parameters.copy()
        run.to(epoch * len(run.data))
        counts.append(int(run.state.mistakes[0, 1]))
        moved.append(bool((run.state.parameters != before).any()))
    return counts, moved


def test_perceptron_rule_settles_where_a_line_separates():
    run = Run("perceptron_rule")
    assert find_optimum(ModelSpec("logistic", 2), run.data).separable == "complete"
    counts, moved = mistakes_of(run, 20)
    assert moved == [count > 0 for count in counts]
    assert run.to(run.state.step)[0, WRONG] == 0
    fan = perceptron_fan(run.data)
    assert all(
        (predicted_class(run.model, line, run.data.design) == run.data.class_index).all() for line in fan
    )
    places = np.unique(np.round(fan / np.linalg.norm(fan, axis=1, keepdims=True), 6), axis=0)
    settles = counts[-1] == 0
    check_answer("perceptron_rule", settles and len(places) > 1, settles and len(places) == 1, not settles)
    first = counts.index(0)
    assert run.scene.outcome_step == (first + 1) * len(run.data)
    assert not any(counts[first:])
    check_figures("perceptron_rule", *map(str, counts), str(len(fan)), str(len(places)))


def test_perceptron_rule_never_settles_where_no_line_separates():
    run = Run("perceptron_unsettled")
    assert find_optimum(ModelSpec("logistic", 2), run.data).separable == "none"
    told = run.scene.outcome_step // len(run.data)
    counts, moved = mistakes_of(run, 100)
    assert all(moved)
    early, late = np.array(counts[:told]), np.array(counts[-told:])
    similar = abs(early.mean() - late.mean()) < 5
    check_answer("perceptron_unsettled", late.min() == 0, similar, late.mean() > 1.5 * early.mean())
    check_figures("perceptron_unsettled", str(told), str(early.min()), str(early.max()), str(len(run.data)))


def test_step_and_sigmoid_answer_differently_across_the_same_line():
    run = Run("step_and_sigmoid")
    run.to_outcome()
    rows = run.scene.state.samples.rows
    assert ((rows.height_cm == 166.9) & (rows.weight_kg == 69.0)).sum() == 1
    below, above = run.logit(166.9, 69.0), run.logit(166.9, 69.1)
    step = [int(z >= 0) for z in (below, above)]
    smooth = [percent(sigmoid(z)) for z in (below, above)]
    check_answer(
        "step_and_sigmoid",
        smooth == ["0", "100"],
        (step, smooth) == ([0, 1], ["49", "51"]),
        step == [0.49, 0.51],
    )
    z = np.linspace(-5, 5, 1001)
    slope = np.gradient(sigmoid(z), z)
    assert (z[slope.argmax()], slope.max()) == pytest.approx((0.0, 1 / 4), abs=1e-4)
    check_figures(
        "step_and_sigmoid", decimals(69.1 - 69.0, 1), "166.9", "69.0", "69.1", "0", "100", *smooth, "1", "4",
        decimals(run.weights_cm_kg()[1], 2),
    )  # fmt: skip


def test_likelihood_underflows_and_the_sum_of_logarithms_does_not():
    run = Run("likelihood")
    n = len(run.data)
    start = running_likelihood(run.state.parameters[0], run.data)
    assert (start.probability == 0.5).all()
    metrics = run.to_outcome()[0]
    now = running_likelihood(run.state.parameters[0], run.data)
    assert start.product_double[-1] == now.product_double[-1] == 0.0
    assert now.log_sum[-1] == pytest.approx(-n * metrics[CROSS_ENTROPY])
    curve = likelihood_along(run.state.parameters[0], 1, np.linspace(0, 8, 801), run.data)
    assert curve.log_likelihood.argmax() == curve.loss.argmin()
    zero = start.underflow_double
    check_answer("likelihood", zero is None, zero == 150, zero == 1075)
    check_figures(
        "likelihood", decimals(n), "0.5", "0", "64", decimals(zero), str(start.underflow_single),
        decimals(start.log_sum[-1], 1), decimals(now.log_sum[-1], 1), str(run.scene.outcome_step),
        decimals(metrics[CROSS_ENTROPY], 3),
    )  # fmt: skip


def test_logit_grows_by_the_same_amount_everywhere():
    run = Run("logit_odds")
    run.to_outcome()
    z = np.array([run.logit(170, kg) for kg in (60, 70, 80)])
    grows_evenly = [np.ptp(np.diff(values)) < 1e-9 for values in (sigmoid(z), np.exp(z), z)]
    check_answer("logit_odds", *grows_evenly)
    times = np.exp(np.diff(z))
    assert times[0] == pytest.approx(times[1])
    check_figures(
        "logit_odds", "1", "10", "170", "60", "70", "80", *(decimals(value, 2) for value in z),
        decimals(z[1] - z[0], 2), decimals(times[0]), *(percent(p) for p in sigmoid(z)),
    )  # fmt: skip


def test_sensitivity_mse_pulls_hardest_at_one_third():
    run = Run("sensitivity")
    bce, mse = (sample_sensitivity(run.state.parameters[0], run.data, loss) for loss in ("bce", "mse"))
    worst = int(np.where(run.data.class_index == 1, mse.error, 0).argmax())
    assert worst == mse.error.argmax()
    sample = run.scene.state.samples.rows
    person = sample.height_cm[worst], sample.weight_kg[worst]
    p = np.linspace(0, 1, 6001)
    pull = np.abs(sensitivity_curve("mse", "probability", p, 1).slope_by_logit)
    strongest = p[pull.argmax()]
    check_answer("sensitivity", strongest < 0.1, abs(strongest - 0.5) < 1e-3, abs(strongest - 1 / 3) < 1e-3)
    assert pull.max() == pytest.approx(MSE_STEEPEST_SLOPE) == 8 / 27
    assert 1 - run.right() / len(run.data) > 0.5
    assert (mse.error > 0.9).sum() > 50
    run.to_outcome()  # by now the samples have gone through p = 1/3
    assert run.probabilities()[worst] > 1 / 3
    check_figures(
        "sensitivity", "2", "1", "3", "8", "27", decimals(MSE_STEEPEST_SLOPE, 4),
        *(decimals(size, 1) for size in person),
        decimals(mse.probability[worst], 7), decimals(-mse.slope_by_logit[worst], 7),
        decimals(-bce.slope_by_logit[worst], 7),
    )  # fmt: skip


def test_three_classes_have_straight_boundaries():
    run = Run("three_classes")
    run.to_outcome()
    rows = run.state.parameters[0].reshape(3, 3)
    on_line = np.cross(rows[0] - rows[1], [0.0, 0.0, 1.0])[:, None] * np.linspace(-2, 2, 9)
    difference = rows[0] - rows[1]
    foot = -difference[2] * difference[:2] / (difference[:2] @ difference[:2])
    design = np.vstack([on_line[:2] + foot[:, None], np.ones(9)])
    z = logits(run.model, run.state.parameters[0], design)
    is_straight = np.allclose(z[0], z[1])
    check_answer("three_classes", not is_straight, is_straight, False)
    check_figures(
        "three_classes", "18.5", "23", percent(run.right() / len(run.data)), str(len(run.data)),
        str(run.scene.outcome_step),
    )  # fmt: skip
