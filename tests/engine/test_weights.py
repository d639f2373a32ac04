"""Exported weights: the documented JSON, and every format read back to the same model."""

from __future__ import annotations

import copy
import csv
import dataclasses
import io
import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files import weights_csv, weights_json, weights_npz, weights_onnx, weights_safetensors
from engine.files.atomic import check_writable, write_files
from engine.files.registry import export_weights, format_of, open_weights
from engine.files.trained import trained_weights
from engine.files.weights import NotFiniteError, weights_from
from engine.files.weights_check import weights_from_document
from engine.running.run import Run
from engine.specs import ModelSpec, OptimizerSpec
from tests.engine.run_examples import compare_spec, hidden_spec
from tests.engine.weights_examples import SCALER, hidden, logistic, output_layer, softmax, step

CANVAS = np.meshgrid(np.linspace(20.0, 300.0, 41), np.linspace(1.0, 400.0, 43))
HEIGHT_CM, WEIGHT_KG = (axis.ravel() for axis in CANVAS)

FORMATS = [weights_json, weights_npz, weights_csv, weights_onnx, weights_safetensors]
EXAMPLES = [
    *(logistic(), logistic(1e6), softmax(2), softmax(3), softmax(8), step(), step(0.0)),
    *(output_layer("sigmoids"), output_layer("absolute", 8), output_layer("square", 2, 0.1)),
    *(hidden(), hidden((1,), "sigmoid"), hidden((16, 16, 16), "relu")),
]


def document(weights=None):
    return json.loads(weights_json.encode(weights or logistic()))


class TestJson:
    def test_keys_and_their_order_are_the_documented_ones(self):
        weights = document()
        assert list(weights) == [
            "format", "version", "model", "loss", "classes", "features", "standardized", "original_units",
            "layers", "training", "metrics",
        ]  # fmt: skip
        assert (weights["format"], weights["version"], weights["model"]) == (
            "fall-line-weights",
            1,
            "logistic",
        )
        assert [list(feature) for feature in weights["features"]] == [["name", "unit", "mean", "std"]] * 2
        assert list(weights["standardized"]) == list(weights["original_units"]) == ["weights", "bias"]
        assert [list(layer) for layer in weights["layers"]] == [["weights", "bias", "activation"]]
        assert list(weights["training"])[:6] == [
            "optimizer", "learning_rate", "batch_size", "steps", "seed", "separable",
        ]  # fmt: skip
        assert list(weights["metrics"]) == ["n", "loss", "accuracy", "confusion"]

    def test_logistic_has_the_row_of_the_positive_class(self):
        weights = document()
        assert weights["loss"] == "mse"
        assert weights["standardized"] == {"weights": [[3.3000000000000003, 2.7]], "bias": [-1.0 / 3.0]}
        assert weights["layers"][0] == {**weights["standardized"], "activation": "sigmoid"}
        assert weights["training"]["batch_size"] == 32
        assert weights["metrics"]["loss"] == {"bce": 0.2360622979, "mse": 0.0679}

    def test_softmax_has_a_centred_row_for_each_class(self):
        weights = document(softmax(3))
        for part in ("standardized", "original_units"):
            np.testing.assert_allclose(np.sum(weights[part]["weights"], axis=0), 0.0, atol=1e-13)
            np.testing.assert_allclose(np.sum(weights[part]["bias"]), 0.0, atol=1e-12)
        assert weights["layers"][0] == {**weights["standardized"], "activation": "softmax"}
        assert weights["training"]["batch_size"] == "full"
        assert weights["training"]["separable"] is None
        assert list(weights["metrics"]["loss"]) == ["ce", "mse"]

    def test_weights_in_cm_and_kg_are_the_same_model(self):
        weights = document()
        (per_cm, per_kg), bias = weights["original_units"]["weights"][0], weights["original_units"]["bias"][0]
        logit = per_cm * HEIGHT_CM + per_kg * WEIGHT_KG + bias
        expected = logistic().probabilities(HEIGHT_CM, WEIGHT_KG)[1]
        np.testing.assert_allclose(1.0 / (1.0 + np.exp(-logit)), expected, rtol=0.0, atol=1e-12)

    def test_the_documented_example_has_just_these_keys(self):
        page = Path(__file__).parents[2] / "docs" / "weights-format.md"
        example = page.read_text(encoding="utf-8").partition("```json")[2].partition("```")[0]
        weights = document(dataclasses.replace(logistic(), training=softmax().training))

        def keys(value):
            if isinstance(value, dict):
                return {key: keys(part) for key, part in value.items()}
            return [keys(part) for part in value] if isinstance(value, list) else None

        assert keys(json.loads(example)) == keys(weights)

    def test_names_stay_readable(self):
        assert '"키 큰 사람"' in weights_json.encode(logistic(names=("키 큰 사람", "b"))).decode("utf-8")


class TestHiddenLayers:
    def test_the_document_has_layers_and_no_whole_model_in_one(self):
        weights = document(hidden((4, 3), "relu"))
        assert list(weights) == [
            "format", "version", "model", "loss", "classes", "features", "layers", "training", "metrics",
        ]  # fmt: skip
        assert weights["model"] == "mlp"
        shapes = [np.shape(layer["weights"]) for layer in weights["layers"]]
        assert shapes == [(4, 2), (3, 4), (1, 3)]
        assert [len(layer["bias"]) for layer in weights["layers"]] == [4, 3, 1]
        assert [layer["activation"] for layer in weights["layers"]] == ["relu", "relu", "sigmoid"]
        assert list(weights["metrics"]["loss"]) == ["bce", "mse"]

    @pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
    def test_whoever_reads_it_gets_the_engines_probabilities(self, activation):
        weights = document(hidden((5, 3, 2), activation))
        functions = {
            "tanh": np.tanh,
            "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
            "relu": lambda z: np.maximum(z, 0.0),
        }
        values = np.array([HEIGHT_CM, WEIGHT_KG])
        for row, feature in zip(values, weights["features"], strict=True):
            row[:] = (row - feature["mean"]) / feature["std"]
        for layer in weights["layers"]:
            z = np.array(layer["weights"]) @ values + np.array(layer["bias"])[:, None]
            values = functions[layer["activation"]](z)
        expected = hidden((5, 3, 2), activation).probabilities(HEIGHT_CM, WEIGHT_KG)[1]
        np.testing.assert_allclose(values[0], expected, rtol=1e-11, atol=1e-14)

    @pytest.mark.parametrize(
        ("path", "value", "sentence"),
        [
            (("layers",), [], "layers: expected a list of 2 to 4, found a list of 0"),
            (("layers", 0, "activation"), "step", r'layers\[0\].activation: expected "tanh" \| "sigmoid"'),
            (("layers", 1, "activation"), "relu", r'layers\[1\].activation: expected "tanh", found "relu"'),
            (("layers", 2, "activation"), "tanh", r'layers\[2\].activation: expected "sigmoid"'),
            (("layers", 1, "weights", 2), [1, 2, 3], r"layers\[1\].weights\[2\]: expected a list of 4"),
            (("layers", 2, "weights"), [[1, 2, 3]] * 2, r"layers\[2\].weights: expected a list of 1"),
            (("layers", 0, "weights"), [[1, 2]] * 17, r"layers\[0\].weights: expected a list of 1 to 16"),
            (("layers", 0, "bias"), [1, 2, 3], r"layers\[0\].bias: expected a list of 4"),
            (("layers", 1, "bias", 0), None, r"layers\[1\].bias\[0\]: expected a number, found null"),
            (("loss",), "ce", r'loss: expected "bce" \| "mse", found "ce"'),
            (("classes",), ["a", "b", "c"], "classes: expected a list of 2, found a list of 3"),
            (("metrics", "loss", "bce"), None, "metrics.loss.bce: expected a number, found null"),
        ],
    )
    def test_a_fault_is_told_by_its_place(self, path, value, sentence):
        with pytest.raises(FallLineError, match=sentence):
            weights_from_document(changed(path, value, hidden()))

    def test_both_models_of_a_run_are_exported(self):
        run = Run(hidden_spec("sigmoid"))
        run.advance(20)
        for weights, row in zip(trained_weights(run.snapshot(), "FM"), run.state.parameters, strict=True):
            again = weights_npz.decode(weights_npz.encode(weights))
            assert again.parameters.tolist() == row.tolist()
            assert again.spec == run.spec.model

    def test_a_table_names_every_weight_by_layer_and_node(self):
        table = list(csv.DictReader(io.StringIO(weights_csv.encode(hidden((2, 3))).decode("utf-8"))))
        assert list(table[0]) == list(weights_csv.HIDDEN_HEADER)
        assert len(table) == 6 + 9 + 4
        assert [row["term"] for row in table[:3]] == ["height", "weight", "bias"]
        assert [(row["layer"], row["node"], row["term"]) for row in table[12:15]] == [
            ("2", "3", "node 1"),
            ("2", "3", "node 2"),
            ("2", "3", "bias"),
        ]
        assert [float(row["value"]) for row in table] == hidden((2, 3)).parameters.tolist()
        assert (table[0]["unit"], float(table[0]["mean"])) == ("cm", SCALER.mean_height_cm)
        assert {row["activation"] for row in table} == {"tanh", "sigmoid"}


class TestStep:
    def test_an_infinite_bce_is_null(self):
        weights = document(step())
        assert weights["metrics"]["loss"] == {"bce": None, "mse": 0.09}
        assert weights["layers"][0]["activation"] == "step"
        assert weights["training"]["optimizer"] == "perceptron"
        assert document(step(0.0))["metrics"]["loss"]["bce"] == 0.0

    def test_no_other_model_may_have_it(self):
        with pytest.raises(FallLineError, match=r"metrics\.loss\.bce: expected a number, found null"):
            weights_from_document(changed(("metrics", "loss", "bce"), None, logistic()))
        for example in (logistic(), hidden()):
            metrics = dataclasses.replace(example.metrics, cross_entropy=float("inf"))
            with pytest.raises(NotFiniteError):
                weights_from(
                    example.spec, example.parameters, SCALER, "mse", ("F", "M"), example.training, metrics
                )

    def test_a_run_of_the_perceptron_rule_is_exported(self):
        rule = OptimizerSpec("perceptron", 0.5)
        run = Run(compare_spec(model=ModelSpec("step", 2), losses=("mse",), optimizer=rule))
        run.advance(300)
        (weights,) = trained_weights(run.snapshot(), ("F", "M"))
        again = weights_json.decode(weights_json.encode(weights))
        assert again.parameters.tolist() == run.state.parameters[0].tolist()
        assert again.metrics.cross_entropy == float("inf")
        assert again.metrics.mse == pytest.approx(1.0 - again.metrics.accuracy)

    def test_it_is_trained_on_mse_alone(self):
        with pytest.raises(FallLineError, match='loss: expected "mse", found "bce"'):
            weights_from_document(changed(("loss",), "bce", step()))


class TestReadingBack:
    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("weights", EXAMPLES)
    def test_the_same_model_to_the_last_bit(self, form, weights):
        again = form.decode(form.encode(weights))
        np.testing.assert_array_equal(
            again.probabilities(HEIGHT_CM, WEIGHT_KG), weights.probabilities(HEIGHT_CM, WEIGHT_KG)
        )
        assert (again.spec, again.loss, again.class_names) == (
            weights.spec,
            weights.loss,
            weights.class_names,
        )
        np.testing.assert_array_equal(again.parameters, weights.parameters)
        assert (again.scaler, again.training, again.metrics) == (
            weights.scaler,
            weights.training,
            weights.metrics,
        )

    @given(
        numbers=st.lists(st.floats(-1e8, 1e8, allow_subnormal=False), min_size=9, max_size=9),
        names=st.lists(st.text(min_size=1), min_size=3, max_size=3, unique=True),
    )
    def test_any_numbers_and_names(self, numbers, names):
        if any("\ud800" <= character <= "\udfff" for name in names for character in name):
            return  # half a character is no text that a file can hold
        example = softmax(3)
        weights = weights_from(
            ModelSpec("softmax", 3),
            np.array(numbers),
            SCALER,
            "ce",
            tuple(names),
            example.training,
            example.metrics,
        )
        again = weights_json.decode(weights_json.encode(weights))
        np.testing.assert_array_equal(again.standardized, weights.standardized)
        assert again.class_names == tuple(names)

    def test_keys_that_a_reader_does_not_know_are_ignored(self):
        extended = document() | {"comment": "mine"}
        extended["training"]["host"] = None
        assert weights_from_document(extended).training == logistic().training

    def test_optimum_has_neither_rate_nor_seed(self):
        weights = document()
        weights["training"] = {
            "optimizer": "newton",
            "learning_rate": None,
            "batch_size": "full",
            "steps": 6,
            "seed": None,
            "separable": "none",
        }
        assert weights_from_document(weights).training.learning_rate is None


def changed(path, value, example=None):
    """The example's document with one place changed; a path is a tuple of keys and positions."""
    weights = copy.deepcopy(document(example or softmax(3)))
    place = weights
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return weights


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "value", "sentence"),
        [
            (("format",), "other", "not weights exported by Fall Line"),
            (("version",), 2, "have version 2 .* reads version 1"),
            (("version",), "1", 'version: expected a whole number, at least 1, found "1"'),
            (("model",), "cnn", 'does not know the model "cnn"'),
            (("loss",), "bce", 'loss: expected "ce" | "mse", found "bce"'),
            (("classes",), ["a"], "classes: expected a list of 2 to 8, found a list of 1"),
            (("classes", 1), "class 0", r"classes\[1\]: expected another name"),
            (("classes", 1), 3, r"classes\[1\]: expected a text, found 3"),
            (("features", 0, "name"), "weight", r'features\[0\].name: expected "height"'),
            (("features", 1, "unit"), "lb", r'features\[1\].unit: expected "kg", found "lb"'),
            (("features", 1, "std"), 0.0, r"features\[1\].std: expected a number above zero, found 0.0"),
            (
                ("standardized", "weights", 0, 1),
                None,
                r"standardized.weights\[0\]\[1\]: expected a number, found null",
            ),
            (("standardized", "weights", 0, 1), True, r"weights\[0\]\[1\]: expected a number, found true"),
            (("standardized", "weights", 0, 1), 10**400, r"weights\[0\]\[1\]: expected a finite number"),
            (
                ("standardized", "weights", 0),
                [1, 2, 3],
                r"weights\[0\]: expected a list of 2, found a list of 3",
            ),
            (("standardized", "weights"), [[1, 2]], "weights: expected a list of 3, found a list of 1"),
            (("standardized", "bias"), {}, "standardized.bias: expected a list, found an object"),
            (("standardized",), 1, "standardized: expected an object, found 1"),
            (("original_units", "bias", 2), 0.5, "original_units and standardized are two different models"),
            (("layers", 0, "bias", 2), 0.5, r"layers\[0\] and standardized are two different models"),
            (("layers", 0, "activation"), "sigmoid", r'layers\[0\].activation: expected "softmax"'),
            (("layers",), [], "layers: expected a list of 1, found a list of 0"),
            (
                ("training", "batch_size"),
                0,
                "training.batch_size: expected a whole number, at least 1, found 0",
            ),
            (("training", "steps"), 1.5, "training.steps: expected a whole number"),
            (("training", "separable"), "yes", "training.separable: expected"),
            (("metrics", "confusion", 2), [1, 2], r"metrics.confusion\[2\]: expected a list of 3"),
            (("metrics", "loss"), {"mse": 1.0}, "metrics.loss.ce is missing"),
        ],
    )
    def test_each_names_the_place(self, path, value, sentence):
        with pytest.raises(FallLineError, match=sentence):
            weights_from_document(changed(path, value))

    @pytest.mark.parametrize(
        "key", ["version", "classes", "features", "standardized", "layers", "training", "metrics"]
    )
    def test_a_missing_key(self, key):
        weights = document()
        del weights[key]
        with pytest.raises(FallLineError, match=f"^{key} is missing"):
            weights_from_document(weights)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b'{"format": NaN}', "NaN is no JSON number"),
            (b'{"format": 1,\n "version"}', "line 2, column"),
            (b'{"a": 1, "a": 2}', "a stands there twice"),
            (b"\xff\xfe", "not valid JSON"),
            (b"[" * 100_000, "not valid JSON"),
            (b"[1, 2]", "This is JSON, but not weights exported by Fall Line. Open weights"),
            (b'{"format": "other"}', "This is JSON, but not weights exported by Fall Line. Open weights"),
            (b"1" * 5000, "not valid JSON"),
            (weights_json.encode(logistic()).replace(b'"F"', b'"\\ud800"'), r'classes\[0\]: .* "\\ud800"'),
        ],
    )
    def test_bytes_that_are_no_such_json(self, data, sentence):
        with pytest.raises(FallLineError, match=sentence):
            weights_json.decode(data)

    @given(data=st.binary(max_size=200))
    def test_any_bytes_are_refused_in_words(self, data):
        for form in FORMATS:
            with pytest.raises(FallLineError):
                form.decode(data)

    def test_a_pickle_in_an_archive_is_not_opened(self):
        stream = io.BytesIO()
        np.savez(stream, format=np.array([{"a": 1}], dtype=object))
        with pytest.raises(FallLineError, match="not a valid NPZ"):
            weights_npz.decode(stream.getvalue())

    def test_an_archive_of_something_else(self):
        stream = io.BytesIO()
        np.savez(stream, x=np.arange(3))
        with pytest.raises(FallLineError, match="not weights exported"):
            weights_npz.decode(stream.getvalue())

    def test_weights_that_are_not_finite_are_not_exported(self):
        example = logistic()
        with pytest.raises(NotFiniteError, match="no finite numbers"):
            weights_from(
                example.spec,
                np.array([np.inf, 0.0, 0.0]),
                SCALER,
                "mse",
                ("a", "b"),
                example.training,
                example.metrics,
            )


class TestOtherFormats:
    def test_npz_holds_plain_arrays(self):
        weights = softmax(3)
        with np.load(io.BytesIO(weights_npz.encode(weights)), allow_pickle=False) as archive:
            np.testing.assert_array_equal(archive["standardized_weights"], weights.standardized[:, :2])
            np.testing.assert_array_equal(archive["original_units_bias"], weights.original_units[:, 2])
            assert archive["classes"].tolist() == list(weights.class_names)
            assert archive["classes"].dtype.kind == "U"
            assert json.loads(str(archive["metadata"]))["metrics"]["n"] == 3

    def test_csv_has_a_row_for_each_weight(self):
        weights = softmax(3)
        rows = list(csv.DictReader(io.StringIO(weights_csv.encode(weights).decode("utf-8"))))
        assert [(row["class"], row["term"]) for row in rows[:4]] == [
            ("class 0", "height"), ("class 0", "weight"), ("class 0", "bias"), ("class 1", "height"),
        ]  # fmt: skip
        np.testing.assert_array_equal(
            [float(row["standardized"]) for row in rows], weights.standardized.ravel()
        )
        np.testing.assert_array_equal(
            [float(row["original_units"]) for row in rows], weights.original_units.ravel()
        )
        assert float(rows[1]["mean"]) == SCALER.mean_weight_kg

    def test_csv_of_a_logistic_model_names_the_positive_class(self):
        rows = list(csv.DictReader(io.StringIO(weights_csv.encode(logistic()).decode("utf-8"))))
        assert [row["class"] for row in rows] == ["M", "M", "M"]


class TestFiles:
    def test_the_suffix_is_the_format(self, tmp_path):
        paths = [tmp_path / name for name in ("a.json", "b.NPZ", "d.onnx", "e.SafeTensors", "c.Csv")]
        export_weights(dict.fromkeys(paths, logistic()))
        assert all(open_weights(path).training == logistic().training for path in paths)
        assert paths[-1].read_text().startswith("model,")
        with pytest.raises(FallLineError, match=r"must end in \.json, \.npz, \.csv, \.onnx, \.safetensors"):
            format_of(tmp_path / "a.txt")

    def test_a_file_far_too_large_is_refused_before_it_is_read(self, tmp_path):
        path = tmp_path / "a.json"
        with path.open("wb") as file:
            file.truncate(2**40)  # a hole: it takes no room on the disk
        with pytest.raises(FallLineError, match="too large to be weights"):
            open_weights(path)

    def test_the_trouble_of_a_file_begins_with_its_name(self, tmp_path):
        path = tmp_path / "a.json"
        path.write_text("{}")
        with pytest.raises(FallLineError, match=r"^a\.json: This is JSON, but not weights"):
            open_weights(path)
        with pytest.raises(FallLineError, match="cannot be read: there is no such file"):
            open_weights(tmp_path / "none.json")

    def test_trouble_with_one_file_leaves_all_as_they_were(self, tmp_path):
        good, bad = tmp_path / "good.json", tmp_path / "no folder" / "bad.json"
        good.write_bytes(b"before")
        with pytest.raises(FallLineError, match="cannot be written"):
            write_files({good: b"after", bad: b"after"})
        assert good.read_bytes() == b"before"
        assert os.listdir(tmp_path) == ["good.json"]

    def test_permissions_and_links_survive(self, tmp_path):
        path, link = tmp_path / "a.json", tmp_path / "link.json"
        path.write_bytes(b"before")
        path.chmod(0o640)
        link.symlink_to(path)
        write_files({link: b"after"})
        assert link.is_symlink()
        assert path.read_bytes() == b"after"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_a_new_file_gets_the_usual_permissions(self, tmp_path):
        write_files({tmp_path / "new": b""})
        (tmp_path / "usual").touch()
        modes = [(tmp_path / name).stat().st_mode for name in ("new", "usual")]
        assert modes[0] == modes[1]

    def test_what_cannot_be_written_is_known_before(self, tmp_path):
        check_writable([tmp_path / "a.json"])
        for paths, sentence in (
            ([tmp_path / "a", tmp_path / "." / "a"], "to be written twice"),
            ([tmp_path], "is a folder"),
            ([tmp_path / "none" / "a"], "no folder"),
        ):
            with pytest.raises(FallLineError, match=sentence):
                check_writable(paths)

    def test_a_folder_that_cannot_be_written_to(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
        with pytest.raises(FallLineError, match="permission denied"):
            check_writable([tmp_path / "a.json"])
