from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui import formulas
from gui.formulas import FormulaDecimals

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def work_out(formula: str, cm: float, kg: float) -> float:
    """What a person with a calculator gets from "z = -0.24 cm + 0.25 kg - 3.1"."""
    right = formula.split("=")[1].replace(" - ", " + -")
    by_cm, by_kg, constant = (float(number) for number in NUMBER.findall(right))
    return by_cm * cm + by_kg * kg + constant


@given(
    row=st.tuples(*(st.floats(-limit, limit) for limit in (50.0, 50.0, 9000.0))),
    height_max_cm=st.floats(100.0, 260.0),
    weight_max_kg=st.floats(30.0, 400.0),
    at=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)),
)
def test_the_logit_by_hand_is_within_a_hundredth_over_the_canvas(
    row: tuple[float, float, float], height_max_cm: float, weight_max_kg: float, at: tuple[float, float]
) -> None:
    decimals = formulas.formula_decimals(height_max_cm, weight_max_kg)
    cm, kg = at[0] * height_max_cm, at[1] * weight_max_kg
    by_hand = work_out(formulas.logit_formula(row, decimals, "cm", "kg"), cm, kg)
    assert abs(by_hand - (row[0] * cm + row[1] * kg + row[2])) <= 0.01 + 1e-9


@given(reach=st.floats(10.0, 5000.0))
def test_one_decimal_fewer_would_not_do(reach: float) -> None:
    decimals = formulas.formula_decimals(reach, 0.0).weight
    assert 0.5 * 10.0**-decimals * reach <= 0.005 * (1 + 1e-6)
    assert 0.5 * 10.0 ** -(decimals - 1) * reach > 0.005


@given(st.tuples(*(st.floats(-100, 100) for _ in range(3))), st.floats(-9, 9), st.floats(-9, 9))
def test_standardised_weights_have_enough_digits_too(
    row: tuple[float, float, float], z_height: float, z_weight: float
) -> None:
    w_height, w_weight, bias = (float(number) for number in NUMBER.findall(formulas.weights_text(row)))
    exact = row[0] * z_height + row[1] * z_weight + row[2]
    assert abs(w_height * z_height + w_weight * z_weight + bias - exact) <= 0.01


def test_a_formula_reads_as_one_would_write_it() -> None:
    decimals = FormulaDecimals(weight=3, bias=1)
    assert (
        formulas.logit_formula((-0.24, 0.245, 23.0), decimals, "cm", "kg")
        == "z = -0.240 cm + 0.245 kg + 23.0"
    )
    assert formulas.logit_formula((0.663, -0.029, -110.4), decimals, "키", "몸무게", "z₁") == (
        "z₁ = 0.663 키 - 0.029 몸무게 - 110.4"
    )


def test_what_rounds_to_zero_has_no_minus_sign() -> None:
    assert formulas.fixed_text(-0.0004, 2) == "0.00"
    assert formulas.logit_formula((0.1, -1e-9, -0.0), FormulaDecimals(2, 1), "cm", "kg") == (
        "z = 0.10 cm + 0.00 kg + 0.0"
    )


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, "< 0.1 %"),
        (0.004, "0.4 %"),
        (0.0096, "1 %"),
        (0.5, "50 %"),
        (0.8236, "82 %"),
        (0.99, "99 %"),
        (0.994, "99.4 %"),
        (0.9994, "99.9 %"),
        (0.9999, "> 99.9 %"),
        (1.0, "> 99.9 %"),
        (math.nan, "–"),
    ],
)
def test_probability_as_percentage_never_claims_certainty(probability: float, text: str) -> None:
    assert formulas.probability_text(probability) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (1 / 300, "0.3 %"),
        (0.16, "16 %"),
        (299 / 300, "99.7 %"),
        (math.nan, "–"),
    ],
)
def test_counted_share_is_0_or_100_percent_only_when_exact(share: float, text: str) -> None:
    assert formulas.percent_text(share) == text


@pytest.mark.parametrize(
    ("wrong", "total", "text", "rest"),
    [
        (39, 200, "20 %", "80 %"),
        (161, 200, "80 %", "20 %"),
        (1, 8, "12 %", "88 %"),
        (1, 200, "0.5 %", "99.5 %"),
        (1, 2000, "< 0.1 %", "> 99.9 %"),
        (7, 2000, "0.4 %", "99.6 %"),
    ],
)
def test_one_share_is_one_text_however_it_was_worked_out(
    wrong: int, total: int, text: str, rest: str
) -> None:
    share = wrong / total
    others = (1.0 - (total - wrong) / total, math.nextafter(share, 0.0), math.nextafter(share, 1.0))
    for one in (share, *others):
        assert formulas.percent_text(one) == text
        assert formulas.percent_text(1.0 - one) == rest


@pytest.mark.parametrize(
    ("logit", "text"),
    [
        (0.0, "1.0 : 1"),
        (math.log(4.9), "4.9 : 1"),
        (-math.log(4.9), "1 : 4.9"),
        (math.log(1234.0), "1,234 : 1"),
        (1000.0, "> 1,000,000 : 1"),
        (-1000.0, "1 : > 1,000,000"),
        (math.inf, "> 1,000,000 : 1"),
        (math.nan, "–"),
    ],
)
def test_odds_are_a_ratio_to_one(logit: float, text: str) -> None:
    assert formulas.odds_text(logit) == text


@given(st.floats(-13.0, 13.0))
def test_odds_read_back_give_the_logit(logit: float) -> None:
    left, right = (float(side.replace(",", "")) for side in formulas.odds_text(logit).split(" : "))
    assert math.log(left / right) == pytest.approx(logit, abs=0.06)


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0, "0"),
        (0.2358, "0.236"),
        (0.0681, "0.068"),
        (0.00432, "0.0043"),
        (2.1e-7, "2.1e-7"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (1234.5, "1,234"),
        (3.2e8, "3.2e8"),
        (0.99999, "1.00"),
        (math.inf, "∞"),
        (math.nan, "–"),
    ],
)
def test_losses_keep_about_three_digits_at_any_size(loss: float, text: str) -> None:
    assert formulas.loss_text(loss) == text


def test_the_decision_line_follows_the_threshold() -> None:
    row = (-0.24, 0.25, 23.0)
    at_half = formulas.line_formula(row, 0.5, "cm", "kg", 200.0)
    assert at_half == "kg = 0.9600 cm - 92.0"
    shifted = formulas.line_formula(row, 0.8, "cm", "kg", 200.0)
    assert shifted == f"kg = 0.9600 cm - {92.0 - math.log(4) / 0.25:.1f}"
    assert formulas.line_formula((1.0, 0.0, -170.0), 0.5, "cm", "kg", 200.0) is None
    assert formulas.line_formula((1.0, math.nan, 0.0), 0.5, "cm", "kg", 200.0) is None


def test_a_tolerance_must_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        formulas.formula_decimals(200.0, 100.0, 0.0)
