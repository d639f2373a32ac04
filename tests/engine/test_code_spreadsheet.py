"""A model copied as a spreadsheet's formulas: pasted at C1, the same probabilities from A2 and B2."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.code_spreadsheet import spreadsheet_formulas
from engine.scaling import Standardizer
from tests.engine.code_examples import EXAMPLES, HEIGHT_CM, WEIGHT_KG
from tests.engine.spreadsheet import CellError, Sheet, letters, pasted
from tests.engine.weights_examples import hidden, logistic, output_layer

LONGEST_FORMULA = 8192  # characters that Excel accepts in a cell


def answers(weights, height_cm, weight_kg):
    """The classes' cells after pasting."""
    sheet = pasted(spreadsheet_formulas(weights), (3, 1), {"A2": height_cm, "B2": weight_kg})
    return [sheet.value(f"{letters(3 + place)}2") for place in range(len(weights.class_names))]


@pytest.mark.parametrize("name", EXAMPLES)
def test_same_probabilities_as_the_engine(name):
    weights = EXAMPLES[name]
    pairs = zip(HEIGHT_CM.tolist(), WEIGHT_KG.tolist(), strict=True)
    copied = np.array([answers(weights, *pair) for pair in pairs]).T
    np.testing.assert_allclose(copied, weights.probabilities(HEIGHT_CM, WEIGHT_KG), rtol=0.0, atol=1e-12)


@given(height_cm=st.floats(-1e5, 1e5), weight_kg=st.floats(-1e5, 1e5), name=st.sampled_from(sorted(EXAMPLES)))
def test_no_cell_overflows_for_any_logit(height_cm, weight_kg, name):
    assert all(0.0 <= value <= 1.0 for value in answers(EXAMPLES[name], height_cm, weight_kg))


@pytest.mark.parametrize("kind", ["absolute", "square"])
def test_where_every_logit_is_zero_a_rival_of_softmax_is_an_error(kind):
    example = output_layer(kind)
    nothing = dataclasses.replace(example, layers=(np.zeros_like(example.standardized),))
    with pytest.raises(CellError, match="DIV/0"):
        answers(nothing, 170.0, 60.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_name_the_classes_and_the_last_says_how_to_paste(name):
    weights = EXAMPLES[name]
    headings, formulas = (line.split("\t") for line in spreadsheet_formulas(weights).splitlines())
    assert headings[: len(weights.class_names)] == [f"p({name})" for name in weights.class_names]
    assert "with Fall Line. Paste at C1" in headings[-1]
    assert len(headings) == len(formulas) + 1
    assert all(formula.startswith("=") and len(formula) <= LONGEST_FORMULA for formula in formulas)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_of_a_cell_is_said_in_the_language_in_use(name):
    weights = EXAMPLES[name]
    headings, formulas = (
        line.split("\t") for line in spreadsheet_formulas(weights, "<{}>".format).splitlines()
    )
    english, same_formulas = (line.split("\t") for line in spreadsheet_formulas(weights).splitlines())
    assert formulas == same_formulas
    signs = {"z", *(f"p({name})" for name in weights.class_names)}
    assert headings[:-1] == [heading if heading in signs else f"<{heading}>" for heading in english[:-1]]
    assert headings[-1] == "<" + english[-1].replace(". Paste", ".> <Paste") + ">"


def test_formulas_read_their_own_row_alone_so_that_they_can_be_filled_down():
    for weights in EXAMPLES.values():
        formulas = spreadsheet_formulas(weights).splitlines()[1]
        assert {row for _, row in re.findall(r"\b([A-Z]{1,2})(\d+)\b", formulas)} == {"2"}


def test_hidden_nodes_have_headings_of_their_own():
    headings = spreadsheet_formulas(hidden((2, 1))).splitlines()[0].split("\t")
    assert headings[2:-1] == [
        "z height",
        "z weight",
        "layer 1 node 1",
        "layer 1 node 2",
        "layer 2 node 1",
        "z",
    ]


def test_a_name_stays_in_its_cell_and_is_no_formula():
    headings = spreadsheet_formulas(logistic(names=("=1+1", "a\tb\nc"))).splitlines()[0].split("\t")
    assert headings[:2] == ["p(=1+1)", "p(a b c)"]


def test_means_below_zero_and_numbers_with_a_power_of_ten():
    scaler = Standardizer(-3.0, 1e-7, 2e20, 1e-5)
    weights = dataclasses.replace(logistic(), scaler=scaler)
    expected = weights.probabilities(np.array([5e19]), np.array([2e-5]))[:, 0]
    np.testing.assert_allclose(answers(weights, 5e19, 2e-5), expected, rtol=0.0, atol=1e-12)


def test_the_small_spreadsheet_computes_as_excel_does():
    def value(formula):
        return Sheet({"A1": formula, "B1": 4.0}).value("A1")

    assert value("=-2^2") == 4.0  # the sign first
    assert value("=1-2^2*3+B1/2/2") == -10.0
    assert value("=IF(1>=1,MAX(1,2),MIN(1,2))") == 2.0
    assert value("=0.12345678901234567") == 0.123456789012346
    with pytest.raises(CellError, match="NUM"):
        value("=EXP(710)")
