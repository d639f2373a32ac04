"""What the scenes say of MSE against BCE is what comes out: claims 6 to 10 and the counter-examples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from engine.batched_descent import LogisticRuns, Target, steps_to_target
from engine.batched_losses import batched_loss
from engine.examples import ONE_SAMPLE, TRAP
from engine.hidden.nonconvexity import DEFAULT_SLICES, measure
from engine.landscape.chords import chord_between, violated_share
from engine.landscape.grid import landscape_source
from engine.landscape.minima import local_minimum
from engine.landscape.planes import Plane
from engine.models import start_parameters
from engine.optimum.optimum import find_optimum
from engine.rate_sweep import log_spaced_rates, rate_sweep
from engine.samples import Samples
from engine.sensitivity import sample_sensitivity
from engine.specs import OptimizerSpec, StartSpec
from engine.start_map import MapModel, start_map
from engine.training_data import TrainingData
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
    lengths,
    percent,
    sigmoid,
)


def steps_to_nine_tenths(run, most=300):
    """Steps of each model until p > 0.9; None: not within `most`."""
    steps = [None] * len(run.spec.losses)
    for step in range(most + 1):
        run.to(step)
        for row, found in enumerate(steps):
            if found is None and run.probabilities(row)[0] > 0.9:
                steps[row] = step
    return steps


def is_example(run, example):
    """Whether a scene is one of the curriculum's data sets, used as given."""
    return (
        (run.spec.standardize, run.spec.bias) == (False, False)
        and (run.data.design == example.training_data().design).all()
        and (run.data.class_index == example.training_data().class_index).all()
    )


def test_one_sample_bce_arrives_and_mse_does_not_move():
    run = Run("one_sample")
    assert is_example(run, ONE_SAMPLE)
    start = run.state.parameters[0].copy()
    p = float(run.probabilities()[0])
    bce, mse = steps_to_nine_tenths(run)
    assert bce <= run.scene.outcome_step
    alone = Run("one_sample", losses=("mse",))
    alone.to(200_000)
    moved = np.abs(alone.state.parameters[0] - start).max()
    assert 0 < moved < 0.0005
    check_answer("one_sample", mse is not None and mse < 2 * bce, mse is not None, mse is None)
    # dz = 2 dw, and dw = rate 2 p (1 - p)^2 a step.
    rate = run.spec.optimizer.learning_rate
    needed, _ = quad(lambda z: 1 / (4 * rate * sigmoid(z) * sigmoid(-z) ** 2), -20.0, np.log(9.0), limit=500)
    assert needed == pytest.approx(np.exp(20) / 2, rel=1e-3)
    assert np.abs(start).max() == 10
    check_figures(
        "one_sample", "1", "−10", "0", decimals(p, 9), str(rate), "0.9", str(bce), "0.0005", "200,000",
        decimals(round(needed, -7)),
    )  # fmt: skip


def test_convexity_bce_curves_upwards_everywhere_and_mse_does_not():
    run = Run("convexity")
    assert not run.data.has_bias
    shares = []
    for side in (61, 121):
        plane = Plane.of_weights(np.zeros(3), 0, 1, (-6.0, 6.0), (-6.0, 6.0), side, side)
        grids = landscape_source(run.model, run.data, ("bce", "mse")).grids(plane)
        shares.append([grid.negative_share for grid in grids])
    assert [percent(share) for share in shares[0]] == [percent(share) for share in shares[1]]
    bce, mse = shares[1]
    check_answer("convexity", not (bce or mse), mse and not bce, bce and not mse, bce and mse)
    run.to_outcome()
    assert np.abs(run.state.parameters).max() < 6  # the box holds both ways
    p = np.array([0.01, 0.32, 0.34, 0.99])
    assert ((2 * p * (1 - p) ** 2 * (3 * p - 1) < 0) == (p < 1 / 3)).all()
    check_figures("convexity", "−6", "6", percent(bce), percent(mse), "0", "1", "2", "3")


def test_plateau_mse_is_slower_from_here_and_stuck_from_further_off():
    run = Run("plateau")
    assert is_example(run, ONE_SAMPLE)
    p = float(run.probabilities()[0])
    bce, mse = steps_to_nine_tenths(run)
    far = steps_to_nine_tenths(Run("one_sample"))
    check_answer("plateau", mse < 20, mse == 70, mse > 200_000)
    target = Target("own_probability", 0.9)
    plane = Plane.of_weights(np.zeros(3), 0, 1, (-10.0, 10.0), (-10.0, 10.0), 6, 6)
    maps = [
        start_map(MapModel(loss, LogisticRuns(run.data, loss, target), 0.5), plane, 1000)
        for loss in ("bce", "mse")
    ]
    assert (maps[0].steps[0, 0], maps[1].steps[0, 0]) == (far[0], -1)
    assert (maps[0].steps[2, 2], maps[1].steps[2, 2]) == (bce, mse)
    assert maps[0].reached_share == 1.0 > maps[1].reached_share
    assert far[1] is None  # nor in 200,000 steps: see `one_sample`
    check_figures("plateau", "−2", decimals(p, 3), "0.9", str(bce), str(mse), "−10", str(far[0]), "200,000")


def trap_from(*start):
    run = Run("trap", start=StartSpec("exact", parameters=(*start, 0.0)))
    run.to_outcome()
    return run


def test_trap_has_two_minima_under_mse_and_one_under_bce():
    run = Run("trap")
    assert is_example(run, TRAP)
    assert run.spec.start == StartSpec("exact", parameters=(3.5, -3.0, 0.0))
    run.to_outcome()
    other = trap_from(0.0, 0.0)
    figures = []
    for one in (run, other):
        end = one.state.parameters[MSE_MODEL]
        minimum = local_minimum(run.model, "mse", run.data, end)
        assert minimum.is_strict
        assert end == pytest.approx(minimum.parameters, abs=1e-3)
        figures += [*(decimals(weight, 3) for weight in end[:2]), decimals(minimum.loss, 4)]
        assert one.stepper.metrics(one.state)[MSE_MODEL, MSE] == pytest.approx(minimum.loss, abs=1e-6)
    assert figures == ["2.047", "−3.622", "0.2820", "−0.373", "−1.076", "0.1211"]
    bce = [one.state.parameters[BCE_MODEL] for one in (run, other)]
    optimum = find_optimum(run.model, run.data)
    assert bce[0] == pytest.approx(optimum.parameters, abs=1e-5)
    assert bce[1] == pytest.approx(optimum.parameters, abs=1e-5)
    end = run.state.parameters
    is_lower_elsewhere = float(figures[5]) < float(figures[2])
    near_bce = np.abs(end[MSE_MODEL] - end[BCE_MODEL]).max() < 0.2
    check_answer("trap", not near_bce and is_lower_elsewhere, near_bce, lengths(end[MSE_MODEL]) > 10)
    check_figures(
        "trap", str(len(run.data)), "3.5", "−3", "0.5", "0", *figures,
        *(decimals(weight, 3) for weight in end[BCE_MODEL, :2]),
    )  # fmt: skip


def test_chord_mse_lies_above_it_and_bce_never_does():
    run = Run("chord")
    assert not run.data.has_bias
    start = np.array(run.spec.start.parameters)
    chords, shares = [], []
    for loss in ("bce", "mse"):
        function = batched_loss(run.model, loss, run.data)
        chords.append(chord_between(function, start, np.zeros(3)))
        shares.append(violated_share(function, [-6, -6, 0], [6, 6, 0], 300, seed=1).share)
    bce, mse = (bool(chord.violated) for chord in chords)
    check_answer("chord", bce and not mse, mse and not bce, bce and mse, not (bce or mse))
    assert shares[0] == 0.0 < shares[1]
    ((first, last),) = chords[1].violated
    assert (first, last) == pytest.approx((0.0, 1.0), abs=1e-6)
    assert (start[0], start[1]) == (5, -5)
    check_figures("chord", "1", "0", "5", "−5", decimals(chords[1].largest_violation, 3))


def test_xor_bce_says_half_and_mse_cuts_off_a_corner():
    run = Run("xor")
    assert find_optimum(run.model, run.data).separable == "none"
    run.to_outcome()
    p = run.probabilities(BCE_MODEL)
    right = [run.right(row) / len(run.data) for row in (BCE_MODEL, MSE_MODEL)]
    corner = run.probabilities(MSE_MODEL) >= 0.5
    cut_off = corner.sum() == len(run.data) / 4 == (corner & (run.data.class_index == 1)).sum()
    half = np.abs(p - 0.5).max() < 0.1
    check_answer("xor", cut_off and not half, min(right) == 1.0, half and cut_off)
    check_figures("xor", "50", percent(p.min()), percent(p.max()), *(percent(share) for share in right))


def test_hidden_layers_are_measured_and_disagree_with_the_tendency():
    run = Run("hidden_layers")
    start = start_parameters(run.spec)[0]
    assert run.model.hidden == (4, 4)
    found = {
        (layer, loss): measure(run.model, start, run.data, loss, layer)
        for layer in range(3)
        for loss in ("bce", "mse")
    }
    means = [found[layer, "bce"].mean for layer in range(3)]
    is_convex = [max(found[layer, "bce"].curved_shares) == 0.0 for layer in range(3)]
    check_answer(
        "hidden_layers", all(is_convex), is_convex[0], is_convex == [False, False, True], not any(is_convex)
    )
    assert means[0] < means[1]  # the further layer is not the worse one here
    assert (run.to_outcome()[:, WRONG] == 0).all()
    figures = [percent(share) for one in found.values() for share in (one.mean, *one.spread)]
    check_figures(
        "hidden_layers",
        "4",
        "1",
        "2",
        decimals(DEFAULT_SLICES.box_half_width),
        str(DEFAULT_SLICES.seeds),
        *figures,
    )


def steps_to(run, accuracy, rates):
    """Steps of BCE and MSE to an accuracy, each at its rate."""
    target = Target("accuracy", accuracy)
    return [
        int(steps_to_target(LogisticRuns(run.data, loss, target), run.state.parameters[:1], rate, 20_000)[0])
        for loss, rate in zip(("bce", "mse"), rates, strict=True)
    ]


def best_steps(run, loss, accuracy):
    """The fewest steps to an accuracy at any rate at which a run keeps it for 200 steps more."""
    runs = LogisticRuns(run.data, loss, Target("accuracy", accuracy))
    sweep = rate_sweep(runs, run.state.parameters[0], log_spaced_rates(), 20_000)
    reached = np.flatnonzero(sweep.steps >= 0)
    for place in reached[np.argsort(sweep.steps[reached], kind="stable")]:
        optimizer = OptimizerSpec("gd", float(sweep.rates[place]))
        again, first = Run(run.key, losses=(loss,), optimizer=optimizer), int(sweep.steps[place])
        if all(1 - again.to(first + more)[0, WRONG] >= accuracy - 1e-9 for more in range(201)):
            return first
    return None


def test_verdict_holds_at_one_rate_at_twice_the_rate_and_at_the_best_rates():
    run = Run("verdict")
    rate = run.spec.optimizer.learning_rate
    same, doubled = steps_to(run, 0.85, (rate, rate)), steps_to(run, 0.85, (rate, 2 * rate))
    best = [best_steps(run, loss, 0.85) for loss in ("bce", "mse")]
    assert same[0] <= run.scene.outcome_step
    ratio = doubled[1] / doubled[0]
    check_answer("verdict", ratio > 3, 2 / 3 < ratio < 1.5, ratio < 1)
    bce, mse = (sample_sensitivity(run.state.parameters[0], run.data, loss) for loss in ("bce", "mse"))
    p = bce.probability
    times = 1 / (2 * p * (1 - p))
    assert bce.slope_by_logit == pytest.approx(times * mse.slope_by_logit, rel=1e-9)
    assert times.min() >= 2
    check_figures(
        "verdict", "1", "2", "85", str(rate), *(decimals(steps) for steps in (*same, *doubled, *best))
    )


def test_easy_tie_is_close():
    run = Run("easy_tie")
    rate = run.spec.optimizer.learning_rate
    assert (run.probabilities() == 0.5).all()
    nine, more = steps_to(run, 0.9, (rate, rate)), steps_to(run, 0.91, (rate, rate))
    check_answer("easy_tie", nine[1] > 3 * nine[0], nine[0] == nine[1], nine[0] > 3 * nine[1])
    assert max(more) < 1.5 * min(more)
    assert max(more) <= run.scene.outcome_step
    assert nine[0] == run.first_step(BCE_MODEL, 0.9, 0, 100)
    check_figures("easy_tie", "0", "0.5", "90", "91", str(nine[0]), *map(str, more))


def test_outlier_keeps_bce_gentle_and_mse_does_not_listen():
    run = Run("outlier")
    run.to_outcome()
    bce, mse = lengths(run.state.parameters)
    heavy = int(run.data.design[1].argmax())
    without = TrainingData(
        np.delete(run.data.design, heavy, axis=1),
        np.delete(run.data.class_index, heavy),
        np.delete(run.data.sample_id, heavy),
        run.data.scaler,
    )
    alone = lengths(find_optimum(run.model, without).parameters)
    rows = run.scene.state.samples.rows
    assert rows.class_index[heavy] == 0
    costs = [
        sample_sensitivity(run.state.parameters[row], run.data, loss).value[heavy]
        for row, loss in enumerate(("bce", "mse"))
    ]
    check_answer("outlier", bce < 0.5 * alone < mse, mse < 0.5 * alone < bce, abs(bce / mse - 1) < 0.1)
    assert 0.999 < costs[1] < 1
    check_figures(
        "outlier", str(len(run.data)), decimals(rows.weight_kg[heavy]), "1", decimals(run.scene.outcome_step),
        decimals(costs[0], 2), decimals(bce, 2), decimals(alone, 2), decimals(mse, 2),
    )  # fmt: skip


def test_wrong_labels_move_bce_far_and_mse_hardly():
    run = Run("wrong_labels")
    rows = run.scene.state.samples.rows
    heavy = rows.weight_kg == rows.weight_kg.max()
    assert (int(heavy.sum()), rows.class_index[heavy].tolist()) == (3, [0, 0, 0])
    z_score = run.data.design[1, heavy]
    assert z_score == pytest.approx(3.5, abs=1e-3)
    labels = np.where(heavy, 1, rows.class_index)
    right = Run("wrong_labels", Samples.from_columns(rows.height_cm, rows.weight_kg, labels))
    assert (right.data.design == run.data.design).all()
    for one in (run, right):
        one.to_outcome()
    models = (BCE_MODEL, MSE_MODEL)
    falls = [[one.line_kg(168, row) - one.line_kg(169, row) for row in models] for one in (run, right)]
    sizes = [lengths(one.state.parameters) for one in (run, right)]
    others = [
        [((one.probabilities(row) >= 0.5) == rows.class_index)[~heavy].sum() for row in models]
        for one in (run, right)
    ]
    bce, mse = np.abs(np.subtract(*falls))
    check_answer("wrong_labels", bce > 10 * mse, mse > 10 * bce, abs(bce - mse) < 1)
    assert others[0][BCE_MODEL] < others[1][BCE_MODEL]
    assert others[0][MSE_MODEL] == others[1][MSE_MODEL]
    check_figures(
        "wrong_labels", str(len(run.data)), decimals(rows.weight_kg.max(), 1), "3.5",
        decimals(run.scene.outcome_step), str((~heavy).sum()),
        *(decimals(fall, 2) for pair in falls for fall in pair),
        *(decimals(size, 2) for pair in sizes for size in pair),
        *(str(count) for pair in others for count in pair),
    )  # fmt: skip


def test_separable_weights_keep_growing_when_the_line_stands():
    run = Run("separable")
    assert find_optimum(run.model, run.data).separable == "complete"
    loss, size, place = [], [], []
    steps = (300, run.scene.outcome_step, 5_000, 10_000, 20_000)
    for step in steps:
        metrics = run.to(step)[0]
        assert metrics[WRONG] == 0
        loss.append(metrics[CROSS_ENTROPY])
        size.append(lengths(run.state.parameters[0]))
        place.append(run.line_kg(168))
    assert (np.diff(loss) < 0).all()
    assert loss[-1] > 0
    check_answer("separable", (np.diff(size) > 0).all(), size[-1] < 1.001 * size[-2], size[-1] < size[0])
    gained = np.diff(size) / np.diff(steps)
    assert (np.diff(gained) < 0).all()
    assert np.ptp(place[2:]) < 0.2  # kg, on the line at 168 cm
    check_figures(
        "separable", decimals(steps[0]), decimals(steps[1]), *(decimals(length, 1) for length in size[:2]),
        *(decimals(value, 3) for value in loss[:2]), "168", decimals(place[1] - place[0], 1), "0",
    )  # fmt: skip


def test_wrong_way_scenes_differ_only_in_what_they_show():
    first, verdict, pulls = (Run(key).spec for key in ("first", "verdict", "sensitivity"))
    assert replace(first, samples=verdict.samples) == verdict == replace(pulls, samples=verdict.samples)
