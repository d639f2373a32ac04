"""The exported form of models with an output node for each class: sigmoids, |z| and z^2."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import FallLineError
from engine.files import weights_csv, weights_json, weights_npz
from engine.files.trained import trained_weights
from engine.files.weights import NotFiniteError, weights_from
from engine.files.weights_check import weights_from_document
from engine.metrics import confusion_matrix, model_metrics
from engine.models import probabilities
from engine.running.run import Run
from engine.samples import NO_SET
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training_data import TrainingData
from tests.engine.run_examples import softmax_spec
from tests.engine.test_label_sets import labelled_people, spec_of
from tests.engine.weights_examples import SCALER, logistic, output_layer

KINDS = {"sigmoids": "sigmoid", "absolute": "absolute", "square": "square"}
FUNCTIONS = {
    "sigmoids": lambda z: 1.0 / (1.0 + np.exp(-z)),
    "absolute": lambda z: np.abs(z) / np.abs(z).sum(axis=0),
    "square": lambda z: z**2 / (z**2).sum(axis=0),
}
PLACES = np.array([[150.0, 171.0, 192.5, 160.0], [48.0, 70.5, 71.0, 110.0]])


def document(weights):
    return json.loads(weights_json.encode(weights))


@pytest.mark.parametrize("kind", KINDS)
class TestDocument:
    def test_a_row_for_each_class_with_its_activation_named(self, kind):
        weights = document(output_layer(kind))
        assert (weights["model"], weights["layers"][0]["activation"]) == (kind, KINDS[kind])
        assert np.shape(weights["standardized"]["weights"]) == (3, 2)
        likelihood = "bce" if kind == "sigmoids" else "ce"
        assert list(weights["metrics"]["loss"]) == [likelihood, "mse"]
        assert weights["loss"] == likelihood

    def test_rows_are_exported_as_they_are_as_a_shift_would_change_p(self, kind):
        example = output_layer(kind)
        expected = np.random.default_rng(3).normal(0.5, 2.0, 9)
        np.testing.assert_array_equal(example.parameters, expected)

    def test_whoever_reads_it_gets_the_engines_probabilities(self, kind):
        weights, example = document(output_layer(kind)), output_layer(kind)
        part = weights["original_units"]
        z = np.array(part["weights"]) @ PLACES + np.array(part["bias"])[:, None]
        np.testing.assert_allclose(FUNCTIONS[kind](z), example.probabilities(*PLACES), rtol=1e-11)

    def test_a_table_has_three_lines_for_each_class(self, kind):
        table = list(csv.DictReader(io.StringIO(weights_csv.encode(output_layer(kind)).decode("utf-8"))))
        assert [row["class"] for row in table] == [f"class {k}" for k in range(3) for _ in range(3)]
        assert [float(row["standardized"]) for row in table] == output_layer(kind).parameters.tolist()

    def test_a_reader_refuses_what_contradicts_it(self, kind):
        weights = document(output_layer(kind))
        wrong = "bce" if kind != "sigmoids" else "ce"
        for path, value, sentence in (
            (("loss",), wrong, f'loss: expected .*found "{wrong}"'),
            (("layers", 0, "activation"), "softmax", f'activation: expected "{KINDS[kind]}"'),
            (("classes",), ["a"], "classes: expected a list of 2 to 8"),
            (("training", "label_smoothing"), 1.0, r"label_smoothing: expected a number from 0 to below 1"),
        ):
            changed = json.loads(json.dumps(weights))
            place = changed
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value
            with pytest.raises(FallLineError, match=sentence):
                weights_from_document(changed)


class TestSmoothing:
    def test_it_is_written_where_there_is_any(self):
        assert "label_smoothing" not in document(output_layer("sigmoids"))["training"]
        weights = output_layer("sigmoids", label_smoothing=0.25)
        assert document(weights)["training"]["label_smoothing"] == 0.25
        for form in (weights_json, weights_npz):
            assert form.decode(form.encode(weights)).training == weights.training

    def test_a_run_tells_its_own_and_its_losses_are_those_of_the_soft_labels(self):
        spec = softmax_spec(label_smoothing=0.25)
        run = Run(spec)
        run.advance(30)
        weights = trained_weights(run.snapshot(), ("a", "b", "c"))[0]
        assert weights.training.label_smoothing == 0.25
        assert weights.training.separable == "none"
        assert weights.metrics.cross_entropy == run.metrics()[0, 0]


class TestInfiniteCrossEntropy:
    @pytest.mark.parametrize("kind", ["absolute", "square"])
    def test_it_is_null(self, kind):
        example = output_layer(kind)
        infinite = dataclasses.replace(example.metrics, cross_entropy=float("inf"))
        weights = weights_from(
            example.spec, example.parameters, SCALER, "ce", example.class_names, example.training, infinite
        )
        assert document(weights)["metrics"]["loss"]["ce"] is None
        for form in (weights_json, weights_npz):
            assert form.decode(form.encode(weights)).metrics == infinite

    def test_nan_is_refused_and_so_is_any_other_models(self):
        for example, value in (
            (output_layer("absolute"), float("nan")),
            (output_layer("sigmoids"), float("inf")),
            (logistic(), float("inf")),
        ):
            metrics = dataclasses.replace(example.metrics, cross_entropy=value)
            with pytest.raises(NotFiniteError):
                weights_from(
                    example.spec,
                    example.parameters,
                    SCALER,
                    "mse",
                    example.class_names,
                    example.training,
                    metrics,
                )

    def test_a_run_of_a_rival_whose_class_has_no_logit_is_exported(self):
        start = StartSpec("exact", parameters=(1.0, 2.0, 0.5, -1.0, 0.3, 0.1, 0.0, 0.0, 0.0))
        run = Run(softmax_spec(model=ModelSpec("absolute", 3), start=start))
        run.advance(5)
        for weights in trained_weights(run.snapshot(), ("a", "b", "c")):
            assert weights.metrics.cross_entropy == float("inf")
            assert weights_json.decode(weights_json.encode(weights)).metrics == weights.metrics


class TestRuns:
    def test_softmax_and_sigmoids_of_one_comparison_are_two_files(self):
        spec = softmax_spec(losses=("ce", "bce"), kinds=("softmax", "sigmoids"))
        run = Run(spec)
        run.advance(40)
        softmax, sigmoids = trained_weights(run.snapshot(), ("a", "b", "c"))
        assert (softmax.model, softmax.loss) == ("softmax", "ce")
        assert (sigmoids.model, sigmoids.loss) == ("sigmoids", "bce")
        np.testing.assert_array_equal(sigmoids.parameters, run.state.parameters[1])
        assert sigmoids.metrics.cross_entropy == run.metrics()[1, 0]
        p = sigmoids.probabilities(*PLACES)
        design = np.stack([*run.snapshot().scaler.standardize(*PLACES), np.ones(4)])
        np.testing.assert_array_equal(p, probabilities(spec.models[1], run.state.parameters[1], design))

    def test_several_labels_are_right_together_and_only_single_ones_are_counted_by_class(self):
        spec = spec_of(ModelSpec("sigmoids", 3), optimizer=OptimizerSpec(learning_rate=0.5))
        run = Run(spec)
        run.advance(60)
        weights = trained_weights(run.snapshot(), ("a", "b", "c"))[0]
        data, row = TrainingData.of(spec), run.state.parameters[0]
        assert weights.metrics.n == len(spec.samples)
        assert weights.metrics.accuracy == pytest.approx(1.0 - model_metrics(spec.model, row, data)[2])
        sets, labels = spec.samples.rows.label_set, spec.samples.rows.class_index
        alone = (sets == NO_SET) | (sets == 1) | (sets == 2) | (sets == 4)
        assert np.sum(weights.metrics.confusion) == alone.sum()
        counts = np.bincount(labels[alone], minlength=3)
        assert confusion_matrix(spec.model, row, data).sum(axis=1).tolist() == counts.tolist()

    def test_samples_without_any_class_are_no_samples_of_softmax(self):
        rows = labelled_people(9).rows
        empty = np.zeros(9, dtype=np.int16)
        spec = spec_of(ModelSpec("softmax", 3))
        only = replace(spec, samples=type(spec.samples)().put(rows.with_label_sets(empty)))
        with pytest.raises(ValueError, match="no labelled sample"):
            trained_weights(Run(only).snapshot(), ("a", "b", "c"))
