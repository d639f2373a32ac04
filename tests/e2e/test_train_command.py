"""`main.py train` as other programs use it: real processes, its files, its sentences and its statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from engine.files.registry import open_weights
from engine.specs import ModelSpec
from tests.e2e.train_tools import COLUMNS, MAIN, overlapping, weights_of

WITHOUT_QT = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph", "gui"}:
            raise ImportError(f"train must not import {name}")

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, sys.argv.pop(1))
import main
status = main.main(sys.argv[1:])
assert not any(name.startswith("PySide6") for name in sys.modules)
sys.exit(status)
"""


@pytest.fixture(scope="module")
def reference(shared_data):
    """The entries of REFERENCE.json by the name of their task."""
    entries = json.loads((shared_data / "REFERENCE.json").read_text(encoding="utf-8"))["open"]
    return {entry["task"]: entry for entry in entries}


class TestReferenceAnswers:
    """The same numbers as two independent libraries got, through the whole command."""

    CASES = (
        ("Davis: sex (M=1), swapped row 12 kept", ("height", "weight", "sex"), ()),
        (
            "500: Index -> 3 classes (0,1 | 2 | 3,4,5)",
            ("Height", "Weight", "Index"),
            ("--class", "underweight=0,1", "--class", "normal=2", "--class", "overweight+=3,4,5"),
        ),
        ("500: Index 6 classes", ("Height", "Weight", "Index"), ()),
        (
            "ML4H: Gender (Male=1), inches/pounds",
            ("Height", "Weight", "Gender"),
            ("--height-unit", "in", "--weight-unit", "lb"),
        ),
        (
            "Howell2: male, complete cases",
            ("height", "weight", "male"),
            ("--class", "female=0", "--class", "male=1"),
        ),
    )

    def train(self, run_main, shared_data, tmp_path, entry, columns, options):
        data = shared_data / entry["dataset"]
        names = [
            word for pair in zip(("--height", "--weight", "--label"), columns, strict=True) for word in pair
        ]
        done = run_main("train", data, *names, *options, "--export", tmp_path / "out.json")
        assert (done.returncode, done.stderr) == (0, "")
        weights = weights_of(tmp_path / "out.json")
        assert weights["classes"] == entry["classes"]
        assert weights["metrics"]["n"] == entry["n"]
        return weights

    @pytest.mark.parametrize(("task", "columns", "options"), CASES)
    def test_optimum(self, run_main, shared_data, tmp_path, reference, task, columns, options):
        entry = reference[task]
        weights = self.train(run_main, shared_data, tmp_path, entry, columns, (*options, "--optimum"))
        assert weights["training"]["separable"] == "none"
        metrics = weights["metrics"]
        assert next(iter(metrics["loss"].values())) == pytest.approx(entry["mean_log_loss"], rel=1e-9)
        assert metrics["accuracy"] == pytest.approx(entry["accuracy"], abs=1e-10)  # ten digits are given
        assert metrics["confusion"] == entry["confusion_rows_true_cols_pred"]
        expected = self.rows(entry)
        np.testing.assert_allclose(
            self.layer(weights), expected, rtol=0.0, atol=1e-6 * np.abs(expected).max()
        )

    @pytest.mark.parametrize(("task", "columns", "options"), CASES)
    @pytest.mark.parametrize(("rate", "steps"), [("0.1", 100), ("1", 1000)])
    def test_gradient_descent(
        self, run_main, shared_data, tmp_path, reference, task, columns, options, rate, steps
    ):
        entry = reference[task]
        run = entry["full_batch_gd_from_zero"][f"lr={rate},epochs={steps}"]
        options = (*options, "--learning-rate", rate, "--steps", str(steps))
        weights = self.train(run_main, shared_data, tmp_path, entry, columns, options)
        assert next(iter(weights["metrics"]["loss"].values())) == pytest.approx(
            run["mean_log_loss"], rel=1e-8
        )
        expected = np.atleast_2d(run["coef"])[:, [1, 2, 0]]
        np.testing.assert_allclose(
            self.layer(weights), expected, rtol=0.0, atol=1e-8 * np.abs(expected).max()
        )

    @staticmethod
    def layer(weights):
        part = weights["standardized"]
        return np.column_stack([part["weights"], part["bias"]])

    @staticmethod
    def rows(entry):
        coefficients = entry.get("coef_sum_to_zero") or {"": entry["coef_standardised"]}
        return np.array([[row["height"], row["weight"], row["intercept"]] for row in coefficients.values()])


class TestWhatIsTrained:
    @pytest.mark.parametrize(
        ("classes", "options", "model", "loss"),
        [
            (2, (), "logistic", "bce"),
            (2, ("--loss", "mse"), "logistic", "mse"),
            (2, ("--loss", "ce"), "softmax", "ce"),
            (3, (), "softmax", "ce"),
            (3, ("--loss", "mse"), "softmax", "mse"),
        ],
    )
    def test_model_and_loss_follow_from_the_classes(self, run_main, tmp_path, classes, options, model, loss):
        (tmp_path / "people.csv").write_text(overlapping(classes))
        out = tmp_path / "out.json"
        assert run_main("train", tmp_path / "people.csv", *COLUMNS, *options, "--export", out).returncode == 0
        weights = weights_of(out)
        assert (weights["model"], weights["loss"]) == (model, loss)
        assert len(weights["standardized"]["weights"]) == (1 if model == "logistic" else classes)
        assert list(weights["metrics"]["loss"]) == ["bce" if model == "logistic" else "ce", "mse"]
        np.testing.assert_allclose(np.sum(weights["metrics"]["confusion"]), 60)

    @pytest.mark.parametrize(
        ("classes", "options", "loss", "rows"),
        [
            (2, ("logistic",), "bce", 1),
            (2, ("softmax",), "ce", 2),
            (2, ("sigmoids",), "bce", 2),
            (3, ("sigmoids",), "bce", 3),
            (3, ("sigmoids", "--loss", "mse"), "mse", 3),
            (3, ("absolute",), "ce", 3),
            (3, ("square", "--loss", "mse", "--label-smoothing", "0.1"), "mse", 3),
        ],
    )
    def test_a_model_can_be_asked_for(self, run_main, tmp_path, classes, options, loss, rows):
        (tmp_path / "people.csv").write_text(overlapping(classes))
        out = tmp_path / "out.json"
        words = ("--model", *options, "--export", out)
        done = run_main("train", tmp_path / "people.csv", *COLUMNS, *words)
        assert (done.returncode, done.stderr) == (0, "")
        weights = weights_of(out)
        assert (weights["model"], weights["loss"]) == (options[0], loss)
        assert len(weights["standardized"]["weights"]) == rows
        likelihood = "bce" if options[0] in ("logistic", "sigmoids") else "ce"
        assert list(weights["metrics"]["loss"]) == [likelihood, "mse"]
        is_rival = options[0] in ("absolute", "square")
        assert weights["training"]["start"] == ("normal" if is_rival else "zeros")
        assert weights["training"].get("label_smoothing") == (0.1 if "--label-smoothing" in options else None)
        assert ("by a straight line" in done.stdout) == is_rival

    def test_the_optimum_of_sigmoids_and_of_smoothed_labels(self, run_main, people, tmp_path):
        losses = {}
        for name, options in {
            "sigmoids": ("--model", "sigmoids"),
            "logistic": ("--model", "logistic"),
            "smoothed": ("--label-smoothing", "0.2"),
        }.items():
            out = tmp_path / f"{name}.json"
            done = run_main("train", people, *COLUMNS, *options, "--optimum", "--export", out)
            assert (done.returncode, done.stderr) == (0, "")
            losses[name] = weights_of(out)["metrics"]["loss"]["bce"]
        assert losses["sigmoids"] == pytest.approx(2.0 * losses["logistic"], rel=1e-12)
        assert losses["smoothed"] > losses["logistic"]
        assert weights_of(tmp_path / "smoothed.json")["training"]["label_smoothing"] == 0.2
        assert "smoothed by 0.2" in done.stdout

    @pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
    def test_hidden_layers(self, run_main, people, tmp_path, activation):
        options = ("--hidden", "8,8", "--activation", activation, "--optimizer", "adam", "--steps", "150")
        done = run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "out.json")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"mlp 2-8-8-1, {activation}, on BCE, 150 steps of adam" in done.stdout
        assert "not by a straight line" in done.stdout
        assert "logit" not in done.stdout
        weights = weights_of(tmp_path / "out.json")
        assert (weights["model"], weights["loss"]) == ("mlp", "bce")
        assert [layer["activation"] for layer in weights["layers"]] == [activation] * 2 + ["sigmoid"]
        assert [np.shape(layer["weights"]) for layer in weights["layers"]] == [(8, 2), (8, 8), (1, 8)]
        assert (weights["training"]["start"], weights["training"]["start_spread"]) == ("normal", 1.0)
        assert weights["metrics"]["accuracy"] > 0.6

    def test_hidden_layers_in_every_format_are_one_model(self, run_main, people, tmp_path):
        options = ("--hidden", "5", "--loss", "mse", "--start", "normal:2", "--steps", "20")
        paths = [tmp_path / name for name in ("a.json", "b.npz", "c.csv")]
        exports = [word for path in paths for word in ("--export", path)]
        assert run_main("train", people, *COLUMNS, *options, *exports).returncode == 0
        first, *others = map(open_weights, paths)
        assert first.spec == ModelSpec("mlp", 2, (5,), "tanh")
        for other in others:
            assert other.spec == first.spec
            assert other.parameters.tolist() == first.parameters.tolist()

    def test_defaults(self, run_main, people, tmp_path):
        assert run_main("train", people, *COLUMNS, "--export", tmp_path / "out.json").returncode == 0
        assert weights_of(tmp_path / "out.json")["training"] == {
            "optimizer": "gd",
            "learning_rate": 0.1,
            "batch_size": "full",
            "steps": 1000,
            "seed": 0,
            "separable": "none",
            "start": "zeros",
        }

    def test_every_option_of_training_is_used_and_written_down(self, run_main, people, tmp_path):
        options = (
            "--optimizer",
            "momentum",
            "--momentum",
            "0.5",
            "--learning-rate",
            "0.05",
            "--batch-size",
            "16",
        )
        options += ("--steps", "123", "--start", "normal:0.25", "--seed", "42")
        assert run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "a.json").returncode == 0
        assert run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "b.json").returncode == 0
        options = (*options[:-1], "43")
        assert run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "c.json").returncode == 0
        first, second, other = (weights_of(tmp_path / f"{name}.json") for name in "abc")
        assert first == second
        assert first["standardized"] != other["standardized"]
        assert first["training"] == {
            "optimizer": "momentum",
            "learning_rate": 0.05,
            "batch_size": 16,
            "steps": 123,
            "seed": 42,
            "separable": "none",
            "momentum": 0.5,
            "start": "normal",
            "start_spread": 0.25,
        }

    def test_the_same_bits_as_the_engine_in_one_go(self, run_main, people, tmp_path):
        from engine.files.tables import ColumnChoice, extract_samples, read_table
        from engine.samples import Samples
        from engine.specs import ModelSpec, OptimizerSpec, TrainingSpec
        from engine.training import Stepper, TrainingData, start_state

        options = ("--optimizer", "adam", "--batch-size", "7", "--steps", "457", "--seed", "5")
        assert (
            run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "out.json").returncode == 0
        )
        found = extract_samples(read_table(people), ColumnChoice("height", "weight", "sex"))
        samples = Samples.from_columns(found.height_cm, found.weight_kg, found.class_index)
        spec = TrainingSpec(
            ModelSpec("logistic", 2),
            ("bce",),
            samples,
            0,
            (0, 1),
            OptimizerSpec("adam", 0.1),
            batch_size=7,
            seed=5,
        )
        state = start_state(spec)
        Stepper(spec, TrainingData.from_samples(samples, 2)).advance(state, 457)
        np.testing.assert_array_equal(open_weights(tmp_path / "out.json").parameters, state.parameters[0])

    def test_no_step_at_all_writes_the_start(self, run_main, people, tmp_path):
        assert (
            run_main("train", people, *COLUMNS, "--steps", "0", "--export", tmp_path / "a.json").returncode
            == 0
        )
        weights = weights_of(tmp_path / "a.json")
        assert weights["standardized"] == {"weights": [[0.0, 0.0]], "bias": [0.0]}
        assert weights["metrics"]["loss"]["mse"] == 0.25

    @pytest.mark.parametrize("kind", ["complete", "quasi"])
    def test_separable_data_are_trained_and_said_to_be(self, run_main, tmp_path, kind):
        data = tmp_path / "people.csv"
        touching = "170,70,M\n170,70,F\n" if kind == "quasi" else ""
        data.write_text("height,weight,sex\n160,60,F\n165,66,F\n170,70,F\n180,80,M\n185,84,M\n" + touching)
        assert run_main("train", data, *COLUMNS, "--export", tmp_path / "out.json").returncode == 0
        assert weights_of(tmp_path / "out.json")["training"]["separable"] == kind
        done = run_main("train", data, *COLUMNS, "--optimum", "--export", tmp_path / "none.json")
        assert done.returncode == 2
        assert f"separable: {kind}" in done.stderr
        assert not (tmp_path / "none.json").exists()


class TestExports:
    def test_several_formats_hold_one_model(self, run_main, people, tmp_path):
        names = ["a.json", "b.npz", "c.onnx", "d.safetensors", "e.csv"]
        paths = [tmp_path / name for name in names]
        exports = [word for path in paths for word in ("--export", path)]
        done = run_main("train", people, *COLUMNS, *exports)
        assert done.returncode == 0
        assert all(str(path) in done.stdout for path in paths)
        first, *others = map(open_weights, paths)
        assert all(np.array_equal(first.standardized, other.standardized) for other in others)
        assert sorted(os.listdir(tmp_path)) == [*names, "home", "people.csv", "work"]

    @pytest.mark.parametrize(
        ("exports", "sentence"),
        [
            (["out.txt"], "must end in .json, .npz, .csv"),
            (["out.json", "./out.json"], "to be written twice"),
            (["none/out.json"], "no folder"),
            (["folder.json"], "is a folder"),
            (["good.json", "bad"], "must end in"),
            (["../people.csv"], "holds the data"),
        ],
    )
    def test_what_cannot_be_written_is_refused_before_training(
        self, run_main, people, tmp_path, exports, sentence
    ):
        (tmp_path / "work" / "folder.json").mkdir()
        before = people.read_bytes()
        words = [word for name in exports for word in ("--export", name)]
        done = run_main("train", people, *COLUMNS, "--steps", "9000000000000000", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert os.listdir(tmp_path / "work") == ["folder.json"]
        assert people.read_bytes() == before


class TestSummary:
    def test_rows_that_are_left_out_are_counted_and_listed(self, run_main, people, tmp_path):
        with people.open("a", encoding="utf-8") as file:
            file.write("NA,60,F\n170,heavy,M\n170,,M\n\n170,-3,M\n170,60,X\n")
        words = ("--class", "women=F", "--class", "men=M,N", "--export", tmp_path / "out.json")
        done = run_main("train", people, *COLUMNS, *words)
        assert done.returncode == 0
        assert "66 rows" not in done.stdout
        assert "65 rows" in done.stdout
        assert "60 (women: 30, men: 30)" in done.stdout
        assert "1 height is missing: line 62 ('NA')" in done.stdout
        assert "1 weight is not a number: line 63 ('heavy')" in done.stdout
        assert "1 weight is missing: line 64" in done.stdout
        assert "1 weight is not above zero: line 66 ('-3')" in done.stdout
        assert "1 sex belongs to no chosen class: line 67 ('X')" in done.stdout
        assert "no row has the label N" in done.stdout

    def test_the_formula_can_be_worked_out_by_hand(self, run_main, people, tmp_path):
        done = run_main("train", people, *COLUMNS, "--export", tmp_path / "out.json")
        words = next(line for line in done.stdout.splitlines() if "z(M)" in line).split()
        per_cm, sign_kg, per_kg, sign, bias = (words[index] for index in (3, 5, 6, 8, 9))
        by_hand = float(per_cm) * 183.0 + float(sign_kg + per_kg) * 91.0 + float(sign + bias)
        p = open_weights(tmp_path / "out.json").probabilities(np.array([183.0]), np.array([91.0]))[1, 0]
        assert by_hand == pytest.approx(np.log(p / (1.0 - p)), abs=0.01)

    def test_oscillation_is_a_warning(self, run_main, people, tmp_path):
        done = run_main(
            "train", people, *COLUMNS, "--learning-rate", "300", "--export", tmp_path / "out.json"
        )
        assert done.returncode == 0
        assert "oscillates" in done.stdout

    def test_help_holds_every_default(self, run_main):
        done = run_main("train", "--help")
        assert done.returncode == 0
        for default in ("cm", "kg", "gd", "0.1", "full", "1000", "zeros", "0.9", "0", "bce for"):
            assert f"(default: {default}" in " ".join(done.stdout.split())

    def test_nobody_reads_the_summary(self, people, tmp_path):
        process = subprocess.Popen(
            [sys.executable, MAIN, "train", people, *COLUMNS, "--export", tmp_path / "out.json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        process.stdout.close()
        assert process.stderr.read() == ""
        process.stderr.close()
        assert process.wait(60) == 0
        weights_of(tmp_path / "out.json")


def test_qt_is_never_imported(people, tmp_path, own_home):
    out = tmp_path / "out.json"
    words = ["train", people, *COLUMNS, "--export", out]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, MAIN.parent, *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    weights_of(out)


def test_other_encodings_and_delimiters_end_in_the_same_weights(run_main, people, tmp_path):
    korean = (
        overlapping()
        .replace("height,weight,sex", "키,몸무게,성별")
        .replace("M\n", "남\n")
        .replace("F\n", "여\n")
    )
    expected = None
    for encoding, delimiter in {"utf-8": ",", "cp949": ";", "utf-16": "\t", "utf-8-sig": "|"}.items():
        data, out = tmp_path / f"{encoding}.csv", tmp_path / f"{encoding}.json"
        data.write_bytes(korean.replace(",", delimiter).encode(encoding))
        columns = ("--height", "키", "--weight", "몸무게", "--label", "성별")
        done = run_main("train", data, *columns, "--class", "여자=여", "--class", "남자=남", "--export", out)
        assert (done.returncode, done.stderr) == (0, "")
        expected = expected or weights_of(out)
        assert weights_of(out) == expected
    assert expected["classes"] == ["여자", "남자"]
