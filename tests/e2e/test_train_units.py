"""`main.py train` says where a table seems to be in other units than those that nobody gave."""

from __future__ import annotations

import json

import pytest

from engine.command_line.parser import main

INCHES = "Height(in),Weight(lb),sex\n69.1,154.8,M\n63.0,135.3,F\n66.1,133.4,M\n68.2,157.8,F\n"
METRIC = "height,weight,sex\n182,77,M\n161,58,F\n170,60,M\n172,70,F\n"
METRES = METRIC.replace("182", "1.82").replace("161", "1.61").replace("170", "1.70").replace("172", "1.72")


@pytest.fixture
def train(tmp_path, capsys):
    def run(text: str, *flags: str) -> tuple[int, str, dict]:
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        height, weight, label = text.partition("\n")[0].split(",")
        columns = ("--height", height, "--weight", weight, "--label", label)
        out = tmp_path / "out.json"
        status = main([str(tmp_path / "a.csv"), *columns, "--steps", "5", *flags, "--export", str(out)])
        return status, capsys.readouterr().err, json.loads(out.read_text(encoding="utf-8"))

    return run


@pytest.mark.parametrize(
    ("text", "flags", "sentence"),
    [
        (INCHES, (), 'It seems that the column "Height(in)" holds in and the column "Weight(lb)" holds lb, '
                     "read here as cm and kg: add --height-unit in --weight-unit lb if so."),
        (INCHES, ("--height-unit", "in"), 'It seems that the column "Weight(lb)" holds lb, read here as kg: '
                                          "add --weight-unit lb if so."),
        (METRES, (), 'It seems that the column "height" holds m, read here as cm: '
                     "add --height-unit m if so."),
    ],
)  # fmt: skip
def test_one_sentence_names_the_flags_to_add(train, text, flags, sentence):
    status, complaint, _ = train(text, *flags)
    assert status == 0
    assert complaint.endswith(f"train: warning: {sentence}\n")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (METRIC, ()),
        (INCHES, ("--height-unit", "in", "--weight-unit", "lb")),
        (INCHES, ("--height-unit", "cm", "--weight-unit", "kg")),
        (METRES, ("--height-unit", "m")),
    ],
)
def test_nothing_is_said_where_the_unit_is_given_or_agrees(train, text, flags):
    assert train(text, *flags)[:2] == (0, "")


def test_what_is_exported_is_that_of_the_units_assumed(train):
    assert train(INCHES)[2] == train(INCHES, "--height-unit", "cm", "--weight-unit", "kg")[2]
