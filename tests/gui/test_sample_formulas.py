"""A sample's numbers as formulas that can be worked out by hand, and the lines that they are set in."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import sigmoid
from gui.plots.formula_line import FormulaLine, LiveFormula
from gui.plots.sample_formulas import number_template, probability_template, sample_numbers, sample_rows
from gui.theme import Appearance, make_theme


@pytest.mark.parametrize(("label", "own"), [(1, "p"), (0, r"(1 - p)")])
def test_the_formulas_work_out_by_hand(label, own):
    z = np.array([[0.7]])
    one = sample_numbers(z, label)
    p = float(sigmoid(z[0])[0])
    right = p if label == 1 else 1.0 - p
    bce, mse, bce_slope, mse_slope = sample_rows(one)
    assert bce.definition.endswith(rf"\ln {own}")
    assert bce.numbers == rf"= {{-}}\ln⟦{right:.3f}⟧ = {number_template(-np.log(right))}"
    assert mse.numbers.endswith(number_template((p - label) ** 2))
    assert bce_slope.numbers.endswith(number_template(p - label))
    assert mse_slope.numbers.endswith(number_template(2.0 * (p - label) * p * (1.0 - p)))


def test_softmax_formulas_are_those_of_the_true_class():
    z = np.array([[0.7], [1.9], [-0.4]])
    one = sample_numbers(z, 1)
    p = np.exp(z[:, 0]) / np.exp(z[:, 0]).sum()
    ce, mse, ce_slope, mse_slope = sample_rows(one)
    assert ce.numbers.endswith(number_template(-np.log(p[1])))
    assert mse.numbers == f"= {number_template(((p - np.eye(3)[1]) ** 2).sum())}"
    assert ce_slope.numbers.endswith(number_template(p[1] - 1.0))
    gradient = -2.0 * p[1] * ((1.0 - p[1]) ** 2 + p[0] ** 2 + p[2] ** 2)
    assert mse_slope.numbers == f"= {number_template(gradient)}"


@pytest.mark.parametrize(
    ("p", "rest", "shown"),
    [
        (0.8311, 0.1689, "⟦0.831⟧"),
        (2.1e-7, 1.0, "⟦2.1e-7⟧"),
        (1.0, 2.1e-7, "(1 - ⟦2.1e-7⟧)"),
        (1.0, 0.0, "⟦1⟧"),
    ],
)
def test_a_probability_near_an_end_keeps_its_digits(p, rest, shown):
    assert probability_template(p, rest) == shown


class TestFormulaLine:
    def test_a_number_is_as_wide_as_another_of_as_many_digits(self, qapp):
        theme = make_theme(dark=False)
        widths = {FormulaLine(f"p = ⟦{text}⟧", theme.text).size(17.0).width() for text in ("0.111", "0.888")}
        assert len(widths) == 1

    def test_a_number_in_its_place_is_as_wide_as_the_formula_set_as_a_whole(self, qapp):
        theme = make_theme(dark=False)
        apart = FormulaLine(r"a = ⟦8⟧ - b", theme.text).size(100.0).width()
        whole = FormulaLine(r"a = 8 - b", theme.text).size(100.0).width()
        assert apart == pytest.approx(whole, abs=0.5)

    def test_an_exponent_stands_higher_and_smaller(self, qapp):
        theme = make_theme(dark=False)
        plain = FormulaLine("⟦2.1⟧", theme.text).size(17.0)
        raised = FormulaLine("⟦2.1e-7⟧", theme.text).size(17.0)
        assert raised.height() > plain.height()
        assert raised.width() < FormulaLine(r"⟦2.1⟧ \times 10⟦-7⟧", theme.text).size(17.0).width()

    def test_it_can_be_painted_and_read_aloud(self, qtbot):
        formula = LiveFormula(Appearance())
        qtbot.addWidget(formula)
        formula.resize(300, 30)
        empty = formula.grab().toImage()
        formula.set_formula(r"x = ⟦∞⟧ - ⟦1,075⟧")
        assert formula.grab().toImage() != empty
        assert formula.accessibleName() == "x = ∞ - 1,075"
        formula.set_formula(r"x = ⟦1⟧", "x equals one")
        assert formula.accessibleName() == "x equals one"
