"""What the maximum likelihood tab is made of: choices, numbers, the view of the labels."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from gui.plots.maximum_likelihood.bars_plot import bar_text
from gui.plots.maximum_likelihood.choice import Choice, row_of
from gui.plots.maximum_likelihood.data import drawn_places, label_view
from gui.plots.maximum_likelihood.numbers import float64_number, likelihood_number
from gui.plots.training_view import DataKeeper
from tests.gui.lab_bench import document_in_turn
from tests.gui.maximum_likelihood_bench import SCALER
from tests.gui.view_fakes import document_of, snapshot_of

PRETENCE = Choice("label", "gaussian")
REGRESSION = Choice("weight", "gaussian")


class TestChoice:
    def test_body_weight_is_gaussian(self):
        assert Choice("label", "categorical").with_target("weight") == REGRESSION

    def test_labels_keep_the_gaussian_which_they_only_pretend_to_be(self):
        assert REGRESSION.with_target("label") == PRETENCE
        assert PRETENCE.is_pretence
        assert not REGRESSION.is_pretence

    def test_a_distribution_brings_the_data_that_it_fits(self):
        assert Choice().with_distribution("gaussian") == REGRESSION
        assert REGRESSION.with_distribution("categorical") == Choice("label", "categorical")

    def test_a_loss_brings_its_distribution_and_mse_leaves_the_data(self):
        assert Choice().with_loss("mse") == PRETENCE
        assert REGRESSION.with_loss("mse") == REGRESSION
        assert REGRESSION.with_loss("ce") == Choice("label", "categorical")
        for choice in (Choice(), Choice("label", "categorical"), PRETENCE, REGRESSION):
            assert choice.with_loss(choice.loss) == choice

    def test_the_model_trained_on_the_loss_is_shown(self):
        spec = document_of(2).state.training_spec()
        assert spec.losses == ("bce", "mse")
        assert row_of(Choice(), spec, 1) == 0
        assert row_of(Choice("label", "categorical"), spec, 1) == 0
        assert row_of(PRETENCE, spec, 0) == 1
        alone = document_of(2, loss_mode="mse").state.training_spec()
        assert row_of(Choice(), alone, 0) == 0


class TestNumbers:
    @pytest.mark.parametrize(
        ("log_likelihood", "text"),
        [
            (math.log(0.25), "⟦0.250⟧"),
            (-100.0 * math.log(10.0), "10⟦^-100.0⟧"),
            (-math.inf, "⟦0⟧"),
            (math.log(42.0), "⟦42.0⟧"),
            (math.nan, "⟦–⟧"),
        ],
    )
    def test_a_likelihood_is_a_number_or_a_power_of_ten(self, log_likelihood, text):
        assert likelihood_number(log_likelihood) == text

    def test_a_double_holds_exactly_0_below_the_smallest(self):
        assert float64_number(-746.0) == "⟦0⟧"
        assert float64_number(-100.0 * math.log(10.0)) == "⟦1.00e-100⟧"
        assert float64_number(800.0) == "⟦∞⟧"

    def test_only_what_is_certain_has_a_bar_of_0_or_1(self):
        texts = [bar_text(p) for p in (0.0, 1.0, 1e-9, 0.9999, 0.25)]
        assert texts == ["0", "1", "< 0.01", "> 0.99", "0.25"]

    def test_places_that_are_drawn_are_spread_over_all(self):
        assert drawn_places(10).tolist() == list(range(10))
        places = drawn_places(1_000_000, 500)
        assert places.size == 500
        assert (places[0], places[-1]) == (0, 999_999)


def test_a_label_view_of_softmax_takes_sigma_from_all_its_numbers():
    """MSE is a sum over K numbers: the likeliest sigma of one of them is the root of MSE / K."""
    document = document_in_turn(30, 3)
    snapshot = snapshot_of(document, parameters=np.zeros((2, 9)), scaler=SCALER)
    view = label_view(DataKeeper(), snapshot, 1, PRETENCE, 0)
    assert view.sigma == pytest.approx(math.sqrt(snapshot.metrics[1, 1] / 3))
    expected = -90 * stats.norm(0.0, view.sigma).entropy()
    assert view.log_likelihood == pytest.approx(float(expected))
