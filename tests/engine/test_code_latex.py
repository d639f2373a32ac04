"""A model copied as LaTeX: it can be set, and whoever computes it by its numbers gets the same p."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from ziamath.zmath import Latex

from engine.files.code_latex import latex_code
from engine.scaling import Standardizer
from tests.engine.code_examples import EXAMPLES, HEIGHT_CM, WEIGHT_KG
from tests.engine.latex_formulas import definitions, probabilities
from tests.engine.weights_examples import hidden, logistic, output_layer


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - {"steep"}))
def test_its_numbers_give_the_engines_probabilities(name):
    copied = probabilities(latex_code(EXAMPLES[name]), HEIGHT_CM, WEIGHT_KG)
    expected = EXAMPLES[name].probabilities(HEIGHT_CM, WEIGHT_KG)
    np.testing.assert_allclose(copied, expected, rtol=0.0, atol=1e-3)


def test_six_digits_leave_six_digits_of_the_logit():
    copied = probabilities(latex_code(logistic()), HEIGHT_CM, WEIGHT_KG)
    expected = logistic().probabilities(HEIGHT_CM, WEIGHT_KG)

    def logit(p):
        with np.errstate(divide="ignore"):
            return np.log(p[1]) - np.log(p[0])

    middle = np.abs(logit(expected)) < 20.0  # further out 1 - p has no digits left
    assert middle.sum() > 10
    np.testing.assert_allclose(logit(copied)[middle], logit(expected)[middle], rtol=0.0, atol=1e-4)


# "largest" takes seconds to set; "sigmoid" has rows as long, of 16 numbers.
@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - {"largest"}))
def test_it_can_be_set(name):
    block = latex_code(EXAMPLES[name])
    inside = block.partition("\\[")[2].rpartition("\\]")[0]
    picture = ElementTree.fromstring(Latex(inside).svg())
    drawn = [node for node in picture.iter() if node.tag.endswith(("}use", "}path"))]
    assert len(drawn) > 40


@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_is_opened_is_closed(name):
    block = latex_code(EXAMPLES[name])
    counts = [
        (block.count(opening), block.count(closing))
        for opening, closing in ("{}", (r"\left", r"\right"), (r"\begin", r"\end"), (r"\[", r"\]"))
    ]
    assert all(opened == closed for opened, closed in counts)


def test_it_says_what_it_is():
    first, second = latex_code(logistic()).splitlines()[:2]
    assert first == "% Logistic regression trained on MSE with Fall Line."
    assert second.startswith("% h is the height in cm, m the weight in kg; numbers are rounded to six")


@pytest.mark.parametrize("name", ["다이어트 필요", "ㄱ", "A반", "\u1112\u1161\u11ab"])
def test_hangul_is_said_to_need_more_than_amsmath(name):
    comments = [line for line in latex_code(logistic(names=("F", name))).splitlines() if line.startswith("%")]
    assert comments[-1].startswith("% Hangul needs the package kotex too, or XeLaTeX or LuaLaTeX")
    assert "Hangul" not in latex_code(logistic(names=("F", "é – 1")))


def test_a_line_for_each_layer_and_the_sigmoid_only_where_it_is_used():
    names = [line.split(" &= ")[0] for line in definitions(latex_code(hidden((4, 3), "sigmoid")))]
    assert names == ["x_1", r"\sigma(z)", "a^{(1)}", "a^{(2)}", "z", r"p(\text{M})"]
    assert r"\sigma" not in latex_code(hidden((4, 3), "tanh"))


def test_names_are_set_as_they_are_written():
    block = latex_code(logistic(names=("a_b{50%} #1 & $2", "~x^2\\\n키")))
    assert r"p(\text{a\_b\{50\%\} \#1 \& \$2})" in block
    assert r"p(\text{\textasciitilde{}x\textasciicircum{}2\textbackslash{} 키})" in block


def test_a_name_cannot_end_the_comment_or_the_formula():
    example = output_layer("sigmoids")
    block = latex_code(dataclasses.replace(example, class_names=("\\]\n\\input{x}", "b", "c")))
    assert r"\input" not in block
    assert block.count(r"\]") == 1


def test_means_below_zero_and_powers_of_ten():
    scaler = Standardizer(-3.0, 1e-7, 2e20, 1e-5)
    block = latex_code(dataclasses.replace(logistic(), scaler=scaler))
    assert r"\frac{h + 3}{2 \times 10^{20}}" in block
    assert r"\frac{m - 1 \times 10^{-7}}{1 \times 10^{-5}}" in block
