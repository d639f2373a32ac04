"""What `main.py train` does when it cannot or should not go on: sentences, statuses, and no file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.e2e.train_tools import COLUMNS, MAIN, overlapping, weights_of

FOR_AGES = ("--steps", "9000000000000000", "--export")
NINE_LABELS = "height,weight,sex\n" + "".join(f"{number},{number},{number}\n" for number in range(1, 10))


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--learning-rate", "0"), '--learning-rate: "0" is not above 0'),
            (("--learning-rate", "-1"), '"-1" is not above 0'),
            (("--learning-rate", "nan"), '"nan" is not a finite number'),
            (("--learning-rate", "inf"), '"inf" is not a finite number'),
            (("--learning-rate", "fast"), '"fast" is not a finite number'),
            (("--momentum", "1"), '"1" is not from 0 to below 1'),
            (("--batch-size", "0"), '"0" is not a whole number from 1'),
            (("--batch-size", "half"), '"half" is not a whole number'),
            (("--steps", "-5"), '"-5" is not a whole number from 0'),
            (("--steps", "1.5"), '"1.5" is not a whole number'),
            (("--seed", "-1"), '"-1" is not a whole number'),
            (("--start", "ones"), "neither zeros nor normal"),
            (("--start", "normal:-1"), '"-1" is not above 0'),
            (("--loss", "hinge"), "--loss: invalid choice"),
            (("--optimizer", "rmsprop"), "--optimizer: invalid choice"),
            (("--height-unit", "ft"), "--height-unit: invalid choice"),
            (("--loss", "mse", "--optimum"), "--optimum: the MSE has no exact optimum"),
            (("--hidden", "0"), '"0" is not 1 to 3 numbers from 1 to 16'),
            (("--hidden", "8,17"), '"8,17" is not 1 to 3 numbers from 1 to 16'),
            (("--hidden", "8,8,8,8"), '"8,8,8,8" is not 1 to 3 numbers'),
            (("--hidden", "8,"), '"8," is not 1 to 3 numbers'),
            (("--hidden", "eight"), '"eight" is not 1 to 3 numbers'),
            (("--hidden", "8", "--activation", "step"), "--activation: invalid choice"),
            (("--activation", "tanh"), "only hidden layers have one; use --hidden"),
            (("--hidden", "8", "--optimum"), "a model with hidden layers has no exact optimum"),
            (("--hidden", "8", "--loss", "ce"), "use --loss bce or mse"),
            (("--optimizer", "perceptron"), "--optimizer: invalid choice"),
            (("--model", "tree"), "--model: invalid choice"),
            (("--model", "mlp"), "mlp needs the units of its hidden layers"),
            (("--model", "softmax", "--hidden", "8"), "the model softmax has no hidden layers"),
            (("--model", "absolute", "--optimum"), "the model absolute has no exact optimum"),
            (("--model", "softmax", "--loss", "bce"), "“softmax” is trained on CE or MSE, not on BCE"),
            (("--model", "sigmoids", "--loss", "ce"), "“sigmoids” is trained on BCE or MSE, not on CE"),
            (("--label-smoothing", "1"), '"1" is not from 0 to below 1'),
            (("--label-smoothing", "0.1", "--hidden", "8"), "hidden layers knows no such thing"),
            (("--class", "a"), "not of the form NAME=VALUE"),
            (("--class", "a="), "lacks a name or a value"),
            (("--class", "a=F"), "Between 2 and 8 classes"),
            (("--class", "a=F", "--class", "b=F"), 'given to both "a" and "b"'),
            (("--class", "a=F", "--class", "b=Q"), 'No row that can be used has a label of the class "b"'),
            (("--steps", "10", "--step", "10"), "unrecognized arguments: --step"),
        ],
    )
    def test_options(self, run_main, people, tmp_path, options, sentence):
        done = run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "out.json")
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out.json").exists()

    def test_hidden_layers_are_for_two_classes(self, run_main, tmp_path):
        (tmp_path / "three.csv").write_text(overlapping(3))
        out = tmp_path / "out.json"
        done = run_main("train", tmp_path / "three.csv", *COLUMNS, "--hidden", "8", "--export", out)
        assert (done.returncode, done.stdout) == (2, "")
        assert "A model with hidden layers is for two classes, and these are 3." in done.stderr
        assert not out.exists()

    @pytest.mark.parametrize("left_out", ["--height", "--weight", "--label", "--export"])
    def test_a_required_option_is_named(self, run_main, people, left_out):
        words = [*COLUMNS, "--export", "out.json"]
        at = words.index(left_out)
        done = run_main("train", people, *words[:at], *words[at + 2 :])
        assert done.returncode == 2
        assert left_out in done.stderr

    @pytest.mark.parametrize(
        ("text", "place", "sentence"),
        [
            ("", "", "The file is empty"),
            ("height,weight,sex\n", ", line 1", "a header but no rows"),
            ("hight,weight,sex\n1,2,F\n", ", line 1", 'no column "height". Did you mean "hight"'),
            ("height,weight,sex\n1,x,F\n2,y,M\n", ", line 2, column 2", "weight is not a number"),
            ("height,weight,sex\n1,2,F\n2,3,F\n", ", line 1, column 3", 'that can be used is "F"'),
            ('height,weight,sex\n1,2,F\n2,"3,M\n', ", line 3", "never closed"),
            (NINE_LABELS, ", line 1, column 3", "9 different values, and at most 8"),
        ],
    )
    def test_data_with_the_place(self, run_main, tmp_path, text, place, sentence):
        data = tmp_path / "data.csv"
        data.write_text(text)
        done = run_main("train", data, *COLUMNS, "--export", tmp_path / "out.json")
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{data}{place}: " in done.stderr
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1

    def test_a_file_that_is_not_there_and_one_that_is_not_text(self, run_main, tmp_path):
        done = run_main("train", "none.csv", *COLUMNS, "--export", "out.json")
        assert (done.returncode, done.stderr.count("no such file")) == (2, 1)
        (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        done = run_main("train", tmp_path / "picture.csv", *COLUMNS, "--export", "out.json")
        assert (done.returncode, done.stderr.count("not text")) == (2, 1)

    def test_bce_with_three_classes(self, run_main, tmp_path):
        (tmp_path / "people.csv").write_text(overlapping(3))
        done = run_main("train", tmp_path / "people.csv", *COLUMNS, "--loss", "bce", "--export", "out.json")
        assert done.returncode == 2
        assert "BCE is for two classes, and these are 3" in done.stderr


class TestDivergence:
    @pytest.mark.parametrize(
        "options",
        [
            ("--learning-rate", "1e6"),
            ("--learning-rate", "1e308"),
            ("--loss", "ce", "--learning-rate", "1e6"),
            ("--optimizer", "momentum", "--learning-rate", "1e5", "--batch-size", "8"),
        ],
    )
    def test_status_3_a_rate_to_try_and_no_file(self, run_main, people, tmp_path, options):
        done = run_main("train", people, *COLUMNS, *options, "--export", tmp_path / "out.json")
        assert (done.returncode, done.stdout) == (3, "")
        assert "diverged" in done.stderr
        assert "Try a learning rate of" in done.stderr
        assert not (tmp_path / "out.json").exists()

    def test_the_suggested_rate_does_not_diverge(self, run_main, people, tmp_path):
        done = run_main(
            "train", people, *COLUMNS, "--learning-rate", "1e6", "--export", tmp_path / "out.json"
        )
        rate = done.stderr.rstrip().rstrip(".").rpartition(" ")[2]
        done = run_main("train", people, *COLUMNS, "--learning-rate", rate, "--export", tmp_path / "out.json")
        assert done.returncode == 0
        assert weights_of(tmp_path / "out.json")["metrics"]["loss"]["bce"] < 0.69

    def test_an_old_export_is_left_alone(self, run_main, people, tmp_path):
        (tmp_path / "out.json").write_text("before")
        run_main("train", people, *COLUMNS, "--learning-rate", "1e6", "--export", tmp_path / "out.json")
        assert (tmp_path / "out.json").read_text() == "before"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_with_a_sentence_and_no_file(people, tmp_path, own_home, hears_ctrl_c):
    os.mkfifo(tmp_path / "slow.csv")
    process = subprocess.Popen(
        [sys.executable, MAIN, "train", tmp_path / "slow.csv", *COLUMNS, *FOR_AGES, tmp_path / "out.json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # The program opens the pipe when it is up; it then reads, and trains for ages.
    (tmp_path / "slow.csv").write_text(overlapping())
    process.send_signal(signal.SIGINT)
    output, sentence = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, "")
    assert sentence == "main.py train: error: Stopped: nothing was exported.\n"
    assert not (tmp_path / "out.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_progress_bar_on_a_terminal_and_none_elsewhere(people, tmp_path, own_home, hears_ctrl_c):
    import pty

    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, MAIN, "train", people, *COLUMNS, *FOR_AGES, tmp_path / "out.json"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    os.close(terminal)
    shown = b""
    while shown.count(b"\r") < 2:
        shown += os.read(controller, 4096)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    while b"Stopped" not in shown:
        shown += os.read(controller, 4096)
    os.close(controller)
    assert b"0%" in shown
    assert b"steps" in shown
    assert (process.returncode, output) == (130, "")
