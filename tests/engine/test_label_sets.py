"""Samples with several labels: what K sigmoids train on, and what other models see of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.held_out import held_out_data
from engine.losses import loss_of
from engine.metrics import model_metrics
from engine.models import logits
from engine.running.compiled import obstacle
from engine.running.run import Run
from engine.samples import NO_SET, SampleRows, Samples, lowest_label
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData, losses_on
from tests.engine.run_examples import people, softmax_spec

SIGMOIDS, SOFTMAX = ModelSpec("sigmoids", 3), ModelSpec("softmax", 3)


def labelled_people(n=60, seed=4):
    """Half of them carry a set of labels, some of these an empty one; all of three classes."""
    rows = people(n, n_classes=3).rows
    generator = np.random.default_rng(seed)
    sets = np.where(generator.random(n) < 0.5, generator.integers(0, 8, n), NO_SET).astype(np.int16)
    return Samples().put(rows.with_label_sets(sets))


def label_columns(samples):
    """The labels y (3, n) of all samples, worked out one by one."""
    rows = samples.rows
    masks = [
        1 << label if mask == NO_SET else mask
        for label, mask in zip(rows.class_index.tolist(), rows.label_set.tolist(), strict=True)
    ]
    return np.array([[float(mask >> k & 1) for mask in masks] for k in range(3)])


def spec_of(model, samples=None, **changes):
    samples = labelled_people() if samples is None else samples
    return softmax_spec(
        **{"model": model, "losses": (model.likelihood, "mse"), "samples": samples, **changes}
    )


def test_the_lowest_label_is_the_lowest_bit():
    masks = range(256)
    expected = [-1] + [next(k for k in range(8) if mask >> k & 1) for mask in masks[1:]]
    assert lowest_label(list(masks)).tolist() == expected


@pytest.mark.parametrize(("class_index", "label_set"), [(0, 0b10), (1, 0), (-1, 0b1)])
def test_a_class_that_is_not_the_lowest_label_is_refused(class_index, label_set):
    with pytest.raises(ValueError, match="the lowest of them"):
        SampleRows.make([0], [170.0], [60.0], [class_index], None, [label_set])


class TestData:
    def test_sigmoids_read_every_label_and_samples_without_one(self):
        samples = labelled_people()
        data = TrainingData.of(spec_of(SIGMOIDS))
        assert len(data) == len(samples)
        np.testing.assert_array_equal(data.labels(SIGMOIDS), label_columns(samples))
        smoothed = TrainingData.of(spec_of(SIGMOIDS, label_smoothing=0.3))
        np.testing.assert_allclose(smoothed.targets(SIGMOIDS), 0.7 * label_columns(samples) + 0.1, rtol=1e-15)

    def test_other_models_read_the_class_alone(self):
        samples = labelled_people()
        data = TrainingData.of(spec_of(SOFTMAX))
        has_class = samples.rows.class_index >= 0
        assert 0 < len(data) < len(samples)
        assert data.label_set is None
        assert data.sample_id.tolist() == samples.rows.sample_id[has_class].tolist()
        assert data.class_index.tolist() == samples.rows.class_index[has_class].tolist()
        seen = TrainingData.of(spec_of(SIGMOIDS)).for_model(SOFTMAX)
        for name in ("design", "class_index", "sample_id"):
            np.testing.assert_array_equal(getattr(seen, name), getattr(data, name))
        assert seen.scaler == data.scaler

    def test_without_a_set_of_its_own_nothing_differs(self):
        plain = people(40, n_classes=3)
        data = TrainingData.of(spec_of(SIGMOIDS, plain))
        assert data.label_set is None
        assert data.for_model(SOFTMAX) is data

    def test_a_label_of_no_class_is_refused(self):
        samples = Samples.from_columns([170.0], [60.0], [0], None, [0b1001])
        with pytest.raises(ValueError, match="not one of 0 to 2"):
            TrainingData.of(spec_of(SIGMOIDS, samples))

    def test_samples_with_an_empty_set_count_in_the_z_scores(self):
        samples = labelled_people()
        design = TrainingData.of(spec_of(SIGMOIDS)).design
        np.testing.assert_allclose(design[:2].mean(axis=1), 0.0, atol=1e-12)
        np.testing.assert_allclose(design[:2].std(axis=1), 1.0, rtol=1e-12)
        assert samples.moments[0] == len(samples)

    def test_held_out_samples_keep_their_labels(self):
        samples = labelled_people()
        rows = samples.rows
        marks = rows.sample_id % 3 == 0
        spec = spec_of(SIGMOIDS, Samples().put(replace(rows, held_out=marks)))
        training = TrainingData.of(spec)
        data = held_out_data(spec, training.scaler)
        np.testing.assert_array_equal(data.labels(SIGMOIDS), label_columns(samples)[:, marks])
        np.testing.assert_array_equal(training.labels(SIGMOIDS), label_columns(samples)[:, ~marks])


class TestTraining:
    @pytest.mark.parametrize("loss", ["bce", "mse"])
    @pytest.mark.parametrize("smoothing", [0.0, 0.2])
    def test_steps_go_along_the_gradient_of_all_labels(self, loss, smoothing):
        spec = spec_of(SIGMOIDS, losses=(loss,), label_smoothing=smoothing)
        data, state = TrainingData.of(spec), start_state(spec)
        expected, targets = state.parameters[0].copy(), data.targets(SIGMOIDS)
        for _ in range(4):
            z = logits(SIGMOIDS, expected, data.design)
            by_logit = loss_of("sigmoids", loss).of_targets(z, targets)[1]
            expected = expected - 0.1 * (by_logit @ data.design.T).ravel() / len(data)
        Stepper(spec, data).advance(state, 4)
        np.testing.assert_allclose(state.parameters[0], expected, rtol=1e-12)

    def test_metrics_count_a_set_as_right_where_every_answer_is(self):
        samples, parameters = labelled_people(), np.random.default_rng(1).normal(size=9)
        data = TrainingData.of(spec_of(SIGMOIDS))
        z = logits(SIGMOIDS, parameters, data.design)
        y, rows = label_columns(samples), samples.rows
        by_set = ((z >= 0.0) == y).all(axis=0)
        is_right = np.where(rows.label_set == NO_SET, z.argmax(axis=0) == rows.class_index, by_set)
        expected = [losses_on(SIGMOIDS, name, z, data)[0].mean() for name in ("bce", "mse")]
        p = 1.0 / (1.0 + np.exp(-z))
        assert expected[0] == pytest.approx(-(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(axis=0).mean())
        found = model_metrics(SIGMOIDS, parameters, data)
        np.testing.assert_allclose(found, [*expected, 1.0 - is_right.mean()], rtol=1e-12)
        assert 0.0 < is_right.mean() < 1.0

    @pytest.mark.parametrize("optimizer", ["gd", "momentum", "adam"])
    @pytest.mark.parametrize("batch_size", [None, 8])
    def test_in_lockstep_each_trains_on_what_it_can_read(self, optimizer, batch_size):
        changes = {"optimizer": OptimizerSpec(optimizer, 0.05), "batch_size": batch_size}
        spec = spec_of(SOFTMAX, losses=("ce", "bce"), kinds=("softmax", "sigmoids"), **changes)
        together, data = start_state(spec), TrainingData.of(spec)
        stepper = Stepper(spec, data)
        stepper.advance(together, 70)
        alone = {}
        for model in (SOFTMAX, SIGMOIDS):
            own = spec_of(model, losses=(model.likelihood,), **changes)
            state = start_state(own)
            Stepper(own, TrainingData.of(own)).advance(state, 70)
            alone[model.kind] = state.parameters[0]
        np.testing.assert_array_equal(together.parameters[1], alone["sigmoids"])
        if batch_size is None:  # else softmax's batches are what is left of those of the sigmoids
            np.testing.assert_array_equal(together.parameters[0], alone["softmax"])
        for row, model in enumerate(spec.models):
            expected = model_metrics(model, together.parameters[row], data)
            np.testing.assert_array_equal(stepper.metrics(together)[row], expected)

    def test_a_batch_without_any_class_leaves_softmax_where_it_is(self):
        samples = Samples.from_columns(
            [160.0, 170.0, 180.0, 190.0], [50.0, 60.0, 70.0, 90.0], [0, -1, -1, 2], None, [-1, 0, 0, -1]
        )
        spec = spec_of(
            SOFTMAX,
            samples,
            losses=("ce", "bce"),
            kinds=("softmax", "sigmoids"),
            batch_size=1,
            start=StartSpec(),
        )
        state, stepper = start_state(spec), Stepper(spec, TrainingData.of(spec))
        moved = []
        for _ in range(4):
            before = state.parameters.copy()
            stepper.advance(state, 1)
            moved.append((state.parameters != before).any(axis=1))
        moved = np.array(moved)
        assert moved[:, 0].sum() == 2
        assert moved[:, 1].all()

    def test_a_run_trains_on_them_and_one_label_against_none_is_enough(self):
        height, weight = np.linspace(150.0, 190.0, 9), np.linspace(50.0, 90.0, 9)
        sets = [0, 0, 1, 0, 1, 0, 1, 1, 1]
        samples = Samples.from_columns(height, weight, lowest_label(sets), None, sets)
        assert obstacle(spec_of(SOFTMAX, samples)) is not None
        run = Run(spec_of(SIGMOIDS, samples))
        assert run.obstacle is None
        before = run.metrics()[0, 0]
        run.advance(300)
        assert run.metrics()[0, 0] < 0.5 * before
        alike = Samples.from_columns(height, weight, np.zeros(9), None, np.ones(9))
        assert obstacle(spec_of(SIGMOIDS, alike)) is not None

    def test_another_label_is_an_edit_of_the_data_and_keeps_the_weights(self):
        run = Run(spec_of(SIGMOIDS))
        run.advance(10)
        before = run.state.parameters.copy()
        rows = run.spec.samples.select([5])
        changed = run.spec.samples.put(rows.with_label_sets(np.array([0b111], dtype=np.int16)))
        run.set_spec(replace(run.spec, samples=changed, data_revision=2))
        np.testing.assert_array_equal(run.state.parameters, before)
        run.advance(1)
        assert (run.state.parameters != before).any()
