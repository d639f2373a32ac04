from __future__ import annotations

import math
from dataclasses import replace
from weakref import ref

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from engine.batches import epoch_order
from engine.errors import FallLineError
from engine.models import probabilities
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, TrainingData, carry_state, start_state
from engine.training_data import BLOCK_SIZE

LOGISTIC, THREE = ModelSpec("logistic", 2), ModelSpec("softmax", 3)
OPTIMIZERS = [
    OptimizerSpec("gd", 0.3),
    OptimizerSpec("momentum", 0.05),
    OptimizerSpec("adam", 0.05),
]
BATCHES = [None, 7, 1000]
MODELS = [
    pytest.param(LOGISTIC, ("bce", "mse"), id="logistic"),
    pytest.param(THREE, ("ce", "mse"), id="softmax"),
]


def people(n=60, n_classes=2, seed=0):
    """Overlapping classes: heavier for the height, more likely a higher class."""
    generator = np.random.default_rng([seed, n])
    height_cm, weight_kg = generator.normal(168.0, 9.0, n), generator.normal(68.0, 13.0, n)
    score = (weight_kg - 68.0) / 13.0 - (height_cm - 168.0) / 18.0 + generator.normal(0.0, 0.8, n)
    cuts = np.quantile(score, np.arange(1, n_classes) / n_classes)
    return Samples.from_columns(height_cm, weight_kg, np.searchsorted(cuts, score))


def spec_of(samples, model=LOGISTIC, losses=("bce", "mse"), **changes):
    changes.setdefault("start", StartSpec("normal", 1.0))
    return TrainingSpec(model, losses, samples, 0, tuple(range(model.n_classes)), **changes)


def data_of(spec):
    return TrainingData.from_samples(spec.samples, spec.model.n_classes)


def trained(spec, *slices):
    """State after the slices of steps."""
    stepper, state = Stepper(spec, data_of(spec)), start_state(spec)
    for n_steps in slices:
        stepper.advance(state, n_steps)
    return state


def assert_same_bits(one, other):
    assert (one.parameters == other.parameters).all()
    assert (one.slots == other.slots).all()
    assert (one.step, one.optimizer_step) == (other.step, other.optimizer_step)
    assert (one.epoch, one.position) == (other.epoch, other.position)


# Training data


def test_training_data_are_z_scores_of_the_labelled_samples_that_are_not_held_out():
    samples = Samples.from_columns(
        [160.0, 170.0, 500.0, 180.0, 900.0],
        [50.0, 60.0, 500.0, 100.0, 900.0],
        [0, 1, -1, 1, 0],
        [0, 0, 0, 0, 1],
    )
    data = TrainingData.from_samples(samples, 2)
    assert data.sample_id.tolist() == [0, 1, 3]
    assert data.class_index.tolist() == [0, 1, 1]
    np.testing.assert_allclose(data.design[:2].mean(axis=1), 0.0, atol=1e-15)
    np.testing.assert_allclose(data.design[:2].std(axis=1), 1.0, rtol=1e-14)
    assert (data.design[2] == 1.0).all()
    assert data.scaler.mean_height_cm == pytest.approx(170.0)
    assert not any(array.flags.writeable for array in (data.design, data.class_index, data.sample_id))


def test_training_data_over_many_blocks_equal_those_of_one_table():
    samples = people(20_000, 3)
    samples = samples.remove(np.arange(5000, 9000))[0]
    rows, data = samples.rows, TrainingData.from_samples(samples, 3)
    assert (data.sample_id == rows.sample_id).all()
    assert (data.class_index == rows.class_index).all()
    expected = data.scaler.standardize(rows.height_cm, rows.weight_kg)
    assert (data.design[:2] == np.array(expected)).all()


def test_a_given_scaler_is_used_as_it_is():
    data = TrainingData.from_samples(Samples.from_columns([1.0], [1.0], [1]), 2, Standardizer.identity())
    assert data.design[:, 0].tolist() == [1.0, 1.0, 1.0]


def test_no_labelled_sample_is_no_data_and_a_step_does_nothing():
    spec = spec_of(Samples.from_columns([170.0], [60.0], [-1]))
    state = trained(spec, 5)
    assert state.step == 0
    assert (state.parameters == start_state(spec).parameters).all()
    assert np.isnan(Stepper(spec, data_of(spec)).metrics(state)).all()
    assert state.passes(0) == 0.0


def test_a_label_beyond_the_classes_is_refused():
    with pytest.raises(ValueError, match="class index"):
        TrainingData.from_samples(Samples.from_columns([1.0], [1.0], [2]), 2)


def test_identical_samples_have_no_spread_and_stay_finite():
    spec = spec_of(
        Samples.from_columns([170.0] * 4, [60.0] * 4, [0, 1, 1, 1]), optimizer=OptimizerSpec("gd", 1.0)
    )
    state = trained(spec, 2000)
    p = probabilities(LOGISTIC, state.parameters[0], data_of(spec).design)
    np.testing.assert_allclose(p[1], 0.75, rtol=1e-9)


# Same bits


@pytest.mark.parametrize("batch_size", BATCHES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
@pytest.mark.parametrize(("model", "losses"), MODELS)
def test_bits_do_not_depend_on_the_size_of_a_slice(model, losses, optimizer, batch_size):
    spec = spec_of(people(60, model.n_classes), model, losses, optimizer=optimizer, batch_size=batch_size)
    assert_same_bits(trained(spec, 47), trained(spec, *[1] * 47))
    assert_same_bits(trained(spec, 47), trained(spec, 13, 0, 29, 5))


@pytest.mark.parametrize("n", [60, 600, BLOCK_SIZE + 100])
@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
@pytest.mark.parametrize(("model", "losses"), MODELS)
def test_bits_do_not_depend_on_the_other_model_of_a_comparison(model, losses, optimizer, batch_size, n):
    spec = spec_of(people(n, model.n_classes), model, losses, optimizer=optimizer, batch_size=batch_size)
    together = trained(spec, 20)
    for row, loss in enumerate(losses):
        alone = trained(replace(spec, losses=(loss,)), 20)
        assert (alone.parameters[0] == together.parameters[row]).all()
        assert (alone.slots[:, 0] == together.slots[:, row]).all()


def test_one_model_that_explodes_changes_no_bit_of_the_other():
    """Softmax at a rate that overflows: only that model's exponentials are computed the careful way."""
    start = StartSpec("exact", parameters=(3000.0, 0.0, 0.0, 0.0, 3000.0, 0.0, 0.0, 0.0, -1.0))
    for optimizer in (OptimizerSpec("gd", 1e308), OptimizerSpec("momentum", 1e308)):
        spec = spec_of(people(60, 3), THREE, ("mse", "ce"), optimizer=optimizer, start=start)
        together = trained(spec, 3)
        alone = trained(replace(spec, losses=("mse",)), 3)
        np.testing.assert_array_equal(alone.parameters[0], together.parameters[0])


@pytest.mark.parametrize("batch_size", BATCHES)
def test_recording_metrics_changes_no_bit(batch_size):
    spec = spec_of(people(), batch_size=batch_size)
    stepper, state = Stepper(spec, data_of(spec)), start_state(spec)
    for _ in range(30):
        stepper.advance(state, 1)
        stepper.metrics(state)
        stepper.full_batch_losses(state)
    assert_same_bits(state, trained(spec, 30))


@pytest.mark.parametrize("batch_size", BATCHES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
def test_a_copy_replayed_by_another_stepper_gives_the_same_bits(optimizer, batch_size):
    spec = spec_of(people(), optimizer=optimizer, batch_size=batch_size)
    checkpoint = trained(spec, 23).copy()
    Stepper(spec, data_of(spec)).advance(checkpoint, 31)
    assert_same_bits(checkpoint, trained(spec, 54))


def test_a_copy_shares_nothing():
    spec = spec_of(people(), optimizer=OptimizerSpec("momentum"))
    state = trained(spec, 3)
    copy = state.copy()
    Stepper(spec, data_of(spec)).advance(state, 1)
    assert copy.step == 3
    assert (copy.parameters != state.parameters).any()
    assert not np.shares_memory(copy.slots, state.slots)


# What a step does


def test_metrics_are_those_of_this_very_step_and_own_losses_are_picked_from_them():
    spec = spec_of(people(), losses=("mse", "bce"))
    stepper, state = Stepper(spec, data_of(spec)), start_state(spec)
    stepper.advance(state, 10)
    metrics = stepper.metrics(state)
    assert metrics.shape == (2, 3)
    assert stepper.full_batch_losses(state).tolist() == [metrics[0, 1], metrics[1, 0]]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
def test_a_batch_of_at_least_all_samples_is_the_full_batch(optimizer):
    spec = spec_of(people(60), optimizer=optimizer)
    assert_same_bits(trained(spec, 12), trained(replace(spec, batch_size=60), 12))


def test_every_step_of_the_full_batch_is_an_epoch():
    state = trained(spec_of(people()), 12)
    assert (state.step, state.epoch, state.position, state.passes(60)) == (12, 12, 0, 12.0)


def test_an_epoch_of_small_batches_ends_with_a_smaller_one():
    spec = spec_of(people(60), batch_size=25)
    assert [trained(spec, k).position for k in range(4)] == [0, 25, 50, 0]
    state = trained(spec, 4)
    assert (state.step, state.epoch, state.position) == (4, 1, 25)
    assert state.passes(60) == pytest.approx(1.0 + 25 / 60)


def test_an_epoch_of_batches_of_one_visits_every_sample_once():
    """A tiny rate: the sum of an epoch's steps is n times the full-batch step, to first order."""
    spec = spec_of(people(40), optimizer=OptimizerSpec("gd", 1e-9))
    start = start_state(spec).parameters
    small = trained(replace(spec, batch_size=1), 40).parameters - start
    np.testing.assert_allclose(small, 40.0 * (trained(spec, 1).parameters - start), rtol=1e-5, atol=1e-14)


def test_batches_above_a_block_use_all_their_samples():
    samples = people(2 * BLOCK_SIZE + 10, 2)
    spec = spec_of(samples, optimizer=OptimizerSpec("gd", 1e-9))
    start = start_state(spec).parameters
    size = len(samples) // 2
    halves = trained(replace(spec, batch_size=size), 2).parameters - start
    np.testing.assert_allclose(halves, 2.0 * (trained(spec, 1).parameters - start), rtol=1e-5, atol=1e-14)


def test_an_exact_start_of_the_wrong_count_is_refused():
    with pytest.raises(FallLineError):
        start_state(spec_of(people(), start=StartSpec("exact", parameters=(1.0,))))


# What training arrives at


@pytest.mark.parametrize("n_classes", [2, 3])
def test_gradient_descent_arrives_at_scikit_learns_fit_without_penalty(n_classes):
    model, loss = (LOGISTIC, "bce") if n_classes == 2 else (ModelSpec("softmax", n_classes), "ce")
    samples = people(80, n_classes)
    spec = spec_of(samples, model, (loss,), optimizer=OptimizerSpec("gd", 1.0), start=StartSpec("zeros"))
    found = trained(spec, 20_000).parameters[0].reshape(-1, 3)
    data = data_of(spec)
    fit = LogisticRegression(C=math.inf, solver="newton-cholesky", tol=1e-12)
    fit.fit(data.design[:2].T, data.class_index)
    expected = np.column_stack([fit.coef_, fit.intercept_])
    np.testing.assert_allclose(found, expected - expected.mean(axis=0) * (n_classes > 2), rtol=1e-7)


@pytest.mark.parametrize("losses", [("bce", "ce"), ("mse", "mse")])
def test_softmax_of_two_follows_the_logistic_model_at_twice_the_rate(losses):
    """MSE of two classes is twice the binary one, so there the logistic model's rate is fourfold."""
    samples = people(50)
    factor = 2.0 if losses[0] == "bce" else 4.0
    logistic = spec_of(
        samples, LOGISTIC, losses[:1], optimizer=OptimizerSpec("gd", 0.1 * factor), start=StartSpec("zeros")
    )
    pair = spec_of(
        samples,
        ModelSpec("softmax", 2),
        losses[1:],
        optimizer=OptimizerSpec("gd", 0.1),
        start=StartSpec("zeros"),
    )
    rows = trained(pair, 300).parameters[0].reshape(2, 3)
    np.testing.assert_allclose(rows[1] - rows[0], trained(logistic, 300).parameters[0], rtol=1e-11)
    mse = [Stepper(s, data_of(s)).metrics(trained(s, 300))[0, 1] for s in (logistic, pair)]
    assert mse[1] == pytest.approx(2.0 * mse[0], rel=1e-10)


def test_training_with_a_rate_that_explodes_ends_in_numbers_that_are_not_finite_without_a_warning():
    spec = spec_of(people(60, 3), THREE, ("ce", "mse"), optimizer=OptimizerSpec("momentum", 1e308))
    assert not np.isfinite(trained(spec, 50).parameters[0]).all()


# Carrying a state over an edit


def edited(spec, samples, **changes):
    return replace(spec, samples=samples, data_revision=1, **changes)


def carry(state, old, new):
    return carry_state(state, old, data_of(old), new, data_of(new))


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
def test_an_edit_leaves_every_probability_on_the_canvas(optimizer):
    old = spec_of(people(), optimizer=optimizer)
    new = edited(old, old.samples.add([150.0, 210.0], [40.0, 160.0], [0, 1])[0])
    state = trained(old, 20)
    carried = carry(state, old, new)
    canvas = np.random.default_rng(0).uniform([[140.0], [40.0]], [[210.0], [150.0]], (2, 100))
    for before, after in zip(state.parameters, carried.parameters, strict=True):
        views = [
            probabilities(LOGISTIC, row, np.stack([*data_of(spec).scaler.standardize(*canvas), np.ones(100)]))
            for row, spec in ((before, old), (after, new))
        ]
        np.testing.assert_allclose(*views, atol=1e-13)
    assert carried.step == 20
    assert state.step == 20


def test_a_velocity_is_carried_over_the_scaler_and_adams_moments_start_again():
    old = spec_of(people(), optimizer=OptimizerSpec("momentum"))
    new = edited(old, old.samples.add([230.0], [190.0], [1])[0])
    state = trained(old, 20)
    carried = carry(state, old, new)
    expected = data_of(old).scaler.carry(state.slots, data_of(new).scaler)
    np.testing.assert_allclose(carried.slots, expected, rtol=1e-12)
    assert carried.optimizer_step == 20
    adam = OptimizerSpec("adam")
    old, new = replace(old, optimizer=adam), replace(new, optimizer=adam)
    carried = carry(trained(old, 20), old, new)
    assert not carried.slots.any()
    assert carried.optimizer_step == 0


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
def test_an_edit_that_leaves_the_scaler_changes_no_bit_of_the_state(optimizer):
    """A new label moves nobody: even Adam's moments go on."""
    old = spec_of(people(), optimizer=optimizer, batch_size=7)
    row = old.samples.rows.take(slice(5, 6))
    relabelled = replace(row, class_index=1 - row.class_index)
    new = edited(old, old.samples.put(relabelled))
    state = trained(old, 20)
    assert_same_bits(carry(state, old, new), state)


def test_the_rate_may_change_without_losing_the_optimisers_memory():
    old = spec_of(people(), optimizer=OptimizerSpec("adam", 0.1))
    state = trained(old, 20)
    assert_same_bits(carry(state, old, replace(old, optimizer=OptimizerSpec("adam", 0.01))), state)


def test_another_optimiser_starts_with_a_fresh_memory_and_keeps_the_weights():
    old = spec_of(people(), optimizer=OptimizerSpec("momentum"))
    state = trained(old, 20)
    carried = carry(state, old, replace(old, optimizer=OptimizerSpec("adam")))
    assert (carried.parameters == state.parameters).all()
    assert carried.slots.shape == (2, 2, 3)
    assert not carried.slots.any()
    assert (carried.step, carried.optimizer_step) == (20, 0)


def test_a_new_class_gets_a_zero_row_and_a_fresh_optimiser():
    old = spec_of(people(60, 2), optimizer=OptimizerSpec("momentum"))
    samples = old.samples.add([190.0], [110.0], [2])[0]
    new = edited(old, samples, model=THREE, losses=("ce", "mse"), class_ids=(0, 1, 2))
    state = trained(old, 20)
    carried = carry(state, old, new)
    w = data_of(old).scaler.carry(state.parameters, data_of(new).scaler)
    rows = carried.parameters.reshape(2, 3, 3)
    np.testing.assert_allclose(rows, np.stack([-w / 2.0, w / 2.0, 0.0 * w], axis=1), atol=1e-15)
    assert carried.slots.shape == (1, 2, 9)
    assert not carried.slots.any()
    Stepper(new, data_of(new)).advance(carried, 1)
    assert carried.step == 21


def test_an_epoch_goes_on_over_an_edit_with_every_sample_visited_once():
    old = spec_of(people(60), batch_size=8)
    state = trained(old, 4)
    new = edited(old, old.samples.remove([3, 30, 50])[0])
    carried = carry(state, old, new)
    assert carried.epoch == 0
    assert 32 - 3 <= carried.position <= 32
    moved = old.samples.rows.take(slice(7, 8))
    new = edited(old, old.samples.put(replace(moved, height_cm=moved.height_cm + 9.0)))
    assert carry(state, old, new).position == 32


def test_another_seed_or_the_full_batch_ends_the_epoch():
    old = spec_of(people(60), batch_size=8)
    state = trained(old, 4)
    for new in (replace(old, seed=1), replace(old, batch_size=None), replace(old, batch_size=60)):
        carried = carry(state, old, new)
        assert (carried.epoch, carried.position) == (1, 0)
    assert carry(state, old, replace(old, batch_size=20)).position == 32


def test_an_epoch_whose_last_samples_are_removed_is_over():
    old = spec_of(people(60), batch_size=29)
    state = trained(old, 2)
    assert (state.epoch, state.position) == (0, 58)
    last_two = epoch_order(data_of(old).sample_id, old.seed, 0)[58:]
    carried = carry(state, old, edited(old, old.samples.remove(last_two)[0]))
    assert (carried.epoch, carried.position) == (1, 0)
    carried = carry(state, old, edited(old, old.samples.remove(last_two[:1])[0]))
    assert (carried.epoch, carried.position) == (0, 58)


class TestSharedData:
    def test_equal_questions_about_the_same_samples_share_one_table(self):
        samples = people()
        one, other = spec_of(samples), spec_of(samples, losses=("mse",), batch_size=8)
        data = TrainingData.of(one)
        assert TrainingData.of(other) is data
        assert TrainingData.of(one, data.scaler) is data

    def test_another_scaler_bias_smoothing_or_version_has_its_own(self):
        samples = people()
        spec = spec_of(samples)
        data = TrainingData.of(spec)
        others = [
            TrainingData.of(spec, Standardizer(160.0, 60.0, 8.0, 9.0)),
            TrainingData.of(replace(spec, bias=False)),
            TrainingData.of(replace(spec, label_smoothing=0.1)),
            TrainingData.of(replace(spec, samples=people())),
        ]
        assert len({id(one) for one in (data, *others)}) == 5
        assert others[0].scaler != data.scaler
        assert not others[1].has_bias
        assert others[2].label_smoothing == 0.1
        assert (others[3].design == data.design).all()

    def test_nothing_is_kept_that_nobody_holds(self):
        data = TrainingData.of(spec_of(people()))
        gone = ref(data)
        del data
        assert gone() is None
