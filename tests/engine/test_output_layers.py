"""Softmax, its rivals and K sigmoids as models: how they train, and what they are to one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.activations import sigmoid
from engine.document.state import ClassInfo, DocumentState, Settings
from engine.gradients import LossGradient, gradient_norms
from engine.losses import loss_of
from engine.models import carry_classes, layout_of, logits, probabilities, start_parameters
from engine.rival_losses import is_undefined
from engine.running.run import Run
from engine.samples import Samples
from engine.snapshots import METRICS
from engine.specs import MULTI_CLASS_KINDS, RIVAL_KINDS, ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, carry_state, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import compare_spec, joined, people, softmax_spec

PAIRS = [(kind, loss) for kind in MULTI_CLASS_KINDS for loss in (ModelSpec(kind, 2).likelihood, "mse")]


def multi_spec(kind, n_classes=3, **changes):
    """A model with an output node for each class, on its likelihood's loss and MSE, from a normal start."""
    model = ModelSpec(kind, n_classes)
    return softmax_spec(n_classes, **{"model": model, "losses": (model.likelihood, "mse"), **changes})


def outputs_spec(n_classes=3, **changes):
    """Softmax on CE against K sigmoids on BCE, in lockstep."""
    return softmax_spec(n_classes, losses=("ce", "bce"), kinds=("softmax", "sigmoids"), **changes)


def stepped(spec, n_steps):
    state, stepper = start_state(spec), Stepper(spec, TrainingData.of(spec))
    stepper.advance(state, n_steps)
    return state, stepper


class TestTraining:
    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_a_step_goes_along_the_textbooks_gradient(self, kind, loss):
        spec = multi_spec(kind, losses=(loss,), optimizer=OptimizerSpec(learning_rate=0.3))
        data = TrainingData.of(spec)
        expected = start_parameters(spec)[0]
        for _ in range(5):
            z = logits(spec.model, expected, data.design)
            by_logit = loss_of(kind, loss).value_and_gradient(z, data.class_index)[1]
            expected = expected - 0.3 * (by_logit @ data.design.T).ravel() / len(data)
        np.testing.assert_allclose(stepped(spec, 5)[0].parameters[0], expected, rtol=1e-12, atol=1e-12)

    @pytest.mark.parametrize("kind", MULTI_CLASS_KINDS)
    def test_training_lowers_every_loss(self, kind):
        """The rivals' CE hardly falls: where a logit should change its sign a wall of -ln 0 stands."""
        spec = multi_spec(kind, samples=people(300, n_classes=3))
        state, stepper = stepped(spec, 0)
        before = stepper.full_batch_losses(state)
        stepper.advance(state, 3000)
        losses, wrong = (
            stepper.full_batch_losses(state),
            stepper.metrics(state)[:, METRICS.index("error_rate")],
        )
        if kind in RIVAL_KINDS:
            assert (losses < np.array([1.0, 0.75]) * before).all()
            assert 0.5 < wrong[0]
        else:
            assert (losses < 0.7 * before).all()
            assert (wrong < 0.3).all()

    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_gradients_are_central_differences_of_the_metrics_away_from_kinks(self, kind, loss):
        spec = multi_spec(kind, losses=(loss,))
        data = TrainingData.of(spec)
        row = np.random.default_rng(3).normal(0.0, 1.0, 9)
        row.reshape(3, 3)[:, 2] += [9.0, -9.0, 8.0]  # no difference crosses a kink
        assert np.abs(logits(spec.model, row, data.design)).min() > 0.5 or kind not in RIVAL_KINDS
        found = LossGradient(spec.model, loss, data)(row)
        h, stepper = 1e-4, Stepper(spec, data)

        def value(moved):
            return stepper.full_batch_losses(replace_parameters(start_state(spec), moved))[0]

        for place in range(9):
            shift = h * np.eye(9)[place]
            numeric = (
                value(row - 2 * shift)
                - 8 * value(row - shift)
                + 8 * value(row + shift)
                - value(row + 2 * shift)
            ) / (12 * h)
            assert found[place] == pytest.approx(numeric, abs=1e-9)

    def test_each_of_k_sigmoids_is_the_logistic_model_of_its_class_against_the_rest(self):
        samples = people(200, n_classes=3)
        spec = multi_spec("sigmoids", samples=samples, start=StartSpec())
        rows = stepped(spec, 200)[0].parameters.reshape(2, 3, 3)
        for k in range(3):
            own = samples.rows.class_index == k
            against = Samples.from_columns(samples.rows.height_cm, samples.rows.weight_kg, own)
            alone = stepped(compare_spec(against, start=StartSpec()), 200)[0].parameters
            np.testing.assert_allclose(rows[:, k], alone, rtol=1e-11, atol=1e-13)


def replace_parameters(state, row):
    state.parameters[0] = row
    return state


class TestLockstep:
    @pytest.mark.parametrize("batch_size", [None, 7])
    @pytest.mark.parametrize("kind", ["gd", "momentum", "adam"])
    def test_softmax_and_sigmoids_have_the_bits_that_they_have_alone(self, kind, batch_size):
        changes = {"optimizer": OptimizerSpec(kind, 0.05), "batch_size": batch_size}
        together = stepped(outputs_spec(**changes), 123)[0].parameters
        for row, name in enumerate(("softmax", "sigmoids")):
            loss = ModelSpec(name, 3).likelihood
            alone = stepped(multi_spec(name, losses=(loss,), **changes), 123)[0].parameters
            np.testing.assert_array_equal(together[row], alone[0])

    def test_both_start_from_the_same_row(self):
        start = start_parameters(outputs_spec())
        np.testing.assert_array_equal(start[0], start[1])
        assert start.any()

    def test_each_row_is_measured_as_what_it_is(self):
        spec = outputs_spec()
        state, stepper = stepped(spec, 50)
        data = TrainingData.of(spec)
        for row, model in enumerate(spec.models):
            z = logits(model, state.parameters[row], data.design)
            expected = loss_of(model.kind, model.likelihood).value_and_gradient(z, data.class_index)[0].mean()
            assert stepper.metrics(state)[row, 0] == pytest.approx(expected, rel=1e-12)
        assert (gradient_norms(spec, state.parameters, data) > 0.0).all()

    def test_a_document_asks_for_it_where_its_model_is_one_of_the_two(self):
        classes = tuple(ClassInfo(number) for number in range(3))
        for kind in MULTI_CLASS_KINDS:
            state = DocumentState(people(n_classes=3), classes, Settings(model=kind, loss_mode="outputs"))
            spec = state.training_spec()
            if kind in RIVAL_KINDS:
                assert (spec.losses, spec.kinds) == (("ce", "mse"), ())
            else:
                assert (spec.losses, spec.kinds) == (("ce", "bce"), ("softmax", "sigmoids"))
                assert [model.kind for model in spec.models] == ["softmax", "sigmoids"]

    def test_other_outputs_start_a_new_run_and_naming_the_other_model_changes_nothing(self):
        run = Run(softmax_spec())
        run.advance(20)
        run.set_spec(outputs_spec())
        assert run.state.step == 0
        run.advance(20)
        before, run_id = run.state.parameters.copy(), run.run_id
        run.set_spec(replace(outputs_spec(), model=ModelSpec("sigmoids", 3)))
        assert run.run_id == run_id
        np.testing.assert_array_equal(run.state.parameters, before)


class TestTwoClasses:
    """Softmax of two classes is sigmoid(z_1 - z_0), and learns as the logistic model at twice the rate."""

    def spec(self, kind, loss, rate):
        model = ModelSpec(kind, 2)
        return compare_spec(
            model=model, losses=(loss,), start=StartSpec(), optimizer=OptimizerSpec(learning_rate=rate)
        )

    @pytest.mark.parametrize(
        ("loss", "binary_loss", "factor"), [("ce", "bce", 2.0), ("mse", "mse", 4.0)], ids=["ce", "mse"]
    )
    def test_it_follows_the_logistic_model(self, loss, binary_loss, factor):
        """MSE of two rows is twice the binary one, so that its steps are twice as long once more."""
        rows = stepped(self.spec("softmax", loss, 0.2), 300)[0].parameters.reshape(2, 3)
        logistic = stepped(self.spec("logistic", binary_loss, factor * 0.2), 300)[0].parameters[0]
        np.testing.assert_allclose(rows[1] - rows[0], logistic, rtol=1e-11)

    def test_it_is_the_same_function_and_its_mse_is_twice_the_binary_one(self):
        (softmax, stepper) = stepped(self.spec("softmax", "ce", 0.2), 300)
        rows = softmax.parameters.reshape(2, 3)
        data = TrainingData.of(self.spec("softmax", "ce", 0.2))
        p = probabilities(ModelSpec("softmax", 2), softmax.parameters[0], data.design)
        np.testing.assert_allclose(p[1], sigmoid((rows[1] - rows[0]) @ data.design), rtol=1e-13)
        logistic, other = stepped(self.spec("logistic", "bce", 0.4), 300)
        ce, mse, wrong = stepper.metrics(softmax)[0]
        assert other.metrics(logistic)[0] == pytest.approx([ce, mse / 2.0, wrong], rel=1e-12)


class TestUndefinedSpots:
    @pytest.mark.parametrize(("kind", "loss"), [pair for pair in PAIRS if pair[0] in RIVAL_KINDS])
    @pytest.mark.parametrize("n_classes", [2, 3, 8])
    def test_from_zeros_nothing_moves_and_the_loss_is_that_of_equal_shares(self, kind, loss, n_classes):
        spec = multi_spec(kind, n_classes, losses=(loss,), start=StartSpec())
        run = Run(spec)
        run.advance(30)
        assert run.state.step == 30
        assert run.stop is None
        assert not run.state.parameters.any()
        uniform = (1.0 - 1.0 / n_classes) ** 2 + (n_classes - 1) / n_classes**2
        np.testing.assert_allclose(run.metrics()[0, :2], [np.log(n_classes), uniform], rtol=1e-14)
        data = TrainingData.of(spec)
        z = logits(spec.model, run.state.parameters[0], data.design)
        assert is_undefined(z).all()
        assert np.isnan(probabilities(spec.model, run.state.parameters[0], data.design)).all()

    @pytest.mark.parametrize("kind", RIVAL_KINDS)
    def test_an_infinite_cross_entropy_is_recorded_and_is_no_divergence(self, kind):
        """A class whose row is zeros has p = 0 everywhere, and no slope: its samples cost infinitely much."""
        start = (1.0, 2.0, 0.5, -1.0, 0.3, 0.1, 0.0, 0.0, 0.0)
        run = Run(multi_spec(kind, losses=("ce",), start=StartSpec("exact", parameters=start)))
        run.advance(60, every_step=True)
        assert run.stop is None
        assert run.state.step == 60
        assert not run.state.parameters[0, 6:].any()
        steps, values = joined(run.take_records()[0])
        assert steps.tolist() == list(range(61))
        assert np.isposinf(values[:, 0, 0]).all()
        assert np.isfinite(values[:, 0, 1:]).all()

    @pytest.mark.parametrize("kind", RIVAL_KINDS)
    def test_weights_that_are_not_finite_still_are_a_divergence(self, kind):
        start = StartSpec("normal", 1e-3)  # the slopes are the steeper, the smaller the weights are
        run = Run(multi_spec(kind, losses=("ce",), start=start, optimizer=OptimizerSpec(learning_rate=1e307)))
        run.advance(60)
        assert run.stop is not None
        assert run.stop.kind == "diverged"
        assert np.isfinite(run.state.parameters).all()

    def test_a_kink_counts_as_the_middle_of_its_two_slopes(self):
        z, label = np.array([[2.0], [0.0], [-1.0]]), np.array([0])
        for kind in RIVAL_KINDS:
            for name in ("ce", "mse"):
                loss = loss_of(kind, name)
                slopes = [
                    loss.value_and_gradient(z + shift * np.eye(3)[:, 1:2], label)[1][1, 0]
                    for shift in (-1e-9, 1e-9)
                ]
                assert loss.value_and_gradient(z, label)[1][1, 0] == pytest.approx(np.mean(slopes), abs=1e-8)


class TestCarrying:
    POINTS = np.stack([*np.random.default_rng(2).normal(size=(2, 20)), np.ones(20)])

    def carried(self, old, new, seed=0):
        rows = np.random.default_rng(seed).normal(
            size=(len(old.losses), layout_of(old.model).parameter_count)
        )
        return rows, carry_classes(rows, old, new)

    @pytest.mark.parametrize("old_kind", MULTI_CLASS_KINDS)
    @pytest.mark.parametrize("new_kind", MULTI_CLASS_KINDS)
    def test_between_kinds_the_rows_stay_but_for_softmaxs_free_shift(self, old_kind, new_kind):
        rows, carried = self.carried(multi_spec(old_kind), multi_spec(new_kind))
        before, after = rows.reshape(2, 3, 3), carried.reshape(2, 3, 3)
        if new_kind == "softmax" != old_kind:
            before = before - before.mean(axis=1, keepdims=True)
        np.testing.assert_array_equal(after, before)

    @pytest.mark.parametrize("kind", ["softmax", "sigmoids", "absolute", "square"])
    def test_logistic_becomes_two_rows_and_comes_back(self, kind):
        binary, rows_spec = compare_spec(), multi_spec(kind, 2)
        row, carried = self.carried(binary, rows_spec)
        if kind not in RIVAL_KINDS:  # a rival sees two logits of equal size
            for one, two in zip(row, carried, strict=True):
                expected = probabilities(binary.model, one, self.POINTS)
                np.testing.assert_allclose(
                    probabilities(rows_spec.model, two, self.POINTS), expected, rtol=1e-13
                )
        np.testing.assert_allclose(carry_classes(carried, rows_spec, binary), row, rtol=1e-15)

    @pytest.mark.parametrize("kind", ["sigmoids", "absolute", "square"])
    def test_a_new_class_leaves_the_rows_of_others_alone(self, kind):
        old, new = multi_spec(kind, 3), multi_spec(kind, 4)
        rows, carried = self.carried(old, new)
        np.testing.assert_array_equal(carried[:, :9], rows)
        assert not carried[:, 9:].any()
        back = carry_classes(carried, new, old)
        np.testing.assert_array_equal(back, rows)

    def test_leaving_the_comparison_goes_on_from_the_same_kind(self):
        together = outputs_spec()
        rows, carried = self.carried(together, multi_spec("sigmoids"))
        np.testing.assert_array_equal(carried, [rows[1], rows[1]])
        rows, carried = self.carried(multi_spec("absolute"), together)
        assert carried[1].tolist() == rows[0].tolist()

    @pytest.mark.parametrize("kind", MULTI_CLASS_KINDS)
    def test_new_z_scores_change_no_probability(self, kind):
        spec = multi_spec(kind)
        moved = spec.samples.put(type(spec.samples.rows).make([3], [230.0], [150.0], [1]))
        new = replace(spec, samples=moved, data_revision=2)
        state, old_data, new_data = start_state(spec), TrainingData.of(spec), TrainingData.of(new)
        carried = carry_state(state, spec, old_data, new, new_data)
        height, weight = np.array([150.0, 180.0, 199.0]), np.array([50.0, 66.0, 120.0])
        before, after = (
            probabilities(spec.model, row, np.stack([*data.scaler.standardize(height, weight), np.ones(3)]))
            for data, row in ((old_data, state.parameters[0]), (new_data, carried.parameters[0]))
        )
        assert new_data.scaler != old_data.scaler
        np.testing.assert_allclose(after, before, rtol=1e-11)

    def test_a_normal_start_is_centred_for_softmax_and_sigmoids_but_not_for_rivals(self):
        for kind in MULTI_CLASS_KINDS:
            sums = start_parameters(multi_spec(kind))[0].reshape(3, 3).sum(axis=0)
            assert (np.abs(sums).max() < 1e-14) == (kind not in RIVAL_KINDS)
