"""Answers, confusion, scores, ROC and calibration against scikit-learn, SciPy and counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, mannwhitneyu
from sklearn import metrics as reference
from sklearn.calibration import calibration_curve

from engine.classification import (
    answers,
    class_scores,
    confusion_counts,
    mean_of_defined,
    rates_of_class,
    row_shares,
)
from engine.classification_curves import reliability, roc_curve, round_threshold, wilson_interval
from engine.metrics import confusion_matrix
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from tests.engine.run_examples import people


def draw(seed: int, n: int = 400, *, decimals: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that say something of the labels; rounded ones have many ties."""
    generator = np.random.default_rng(seed)
    is_positive = generator.random(n) < 0.4
    z = generator.normal(0.0, 1.5, n) + np.where(is_positive, 1.0, -1.0)
    probability = 1.0 / (1.0 + np.exp(-z))
    return (probability if decimals is None else np.round(probability, decimals)), is_positive


def labels_and_answers(seed: int, n_classes: int, n: int = 300) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, n_classes, n)
    return labels, np.where(generator.random(n) < 0.6, labels, generator.integers(0, n_classes, n))


class TestAnswers:
    def test_a_p_at_the_threshold_is_positive(self):
        p = np.array([0.29, 0.3, 0.31])
        assert answers(np.stack([1.0 - p, p]), 0.3).tolist() == [0, 1, 1]

    def test_the_largest_p_wins_and_the_lowest_class_among_equal_ones(self):
        probability = np.array([[0.2, 0.4, 1 / 3], [0.5, 0.4, 1 / 3], [0.3, 0.2, 1 / 3]])
        assert answers(probability).tolist() == [1, 0, 0]

    def test_rows_need_not_sum_to_one(self):
        assert answers(np.array([[0.9, 0.1], [0.95, 0.05], [0.2, 0.3]])).tolist() == [1, 2]

    def test_a_threshold_is_for_two_classes(self):
        with pytest.raises(ValueError, match="two classes, not 3"):
            answers(np.full((3, 2), 1 / 3), 0.5)


class TestConfusion:
    @pytest.mark.parametrize("n_classes", [2, 3, 8])
    def test_is_scikit_learns(self, n_classes):
        labels, answer = labels_and_answers(n_classes, n_classes)
        found = confusion_counts(labels, answer, n_classes)
        expected = reference.confusion_matrix(labels, answer, labels=range(n_classes))
        assert found.tolist() == expected.tolist()

    def test_is_that_of_the_training_metrics_at_one_half(self):
        data = TrainingData.from_samples(people(), 2)
        weights = np.array([0.4, -1.1, 0.2])
        p = 1.0 / (1.0 + np.exp(-weights @ data.design))
        found = confusion_counts(data.class_index, answers(np.stack([1.0 - p, p]), 0.5), 2)
        expected = confusion_matrix(ModelSpec("logistic", 2), weights, data)
        assert found.tolist() == expected.tolist()

    def test_shares_are_those_of_the_row_and_undefined_without_a_sample(self):
        shares = row_shares(np.array([[3, 1], [0, 0]]))
        assert shares[0].tolist() == [0.75, 0.25]
        assert np.isnan(shares[1]).all()


class TestScores:
    @pytest.mark.parametrize("n_classes", [2, 3, 8])
    def test_are_scikit_learns(self, n_classes):
        labels, answer = labels_and_answers(n_classes + 10, n_classes)
        found = class_scores(confusion_counts(labels, answer, n_classes))
        expected = reference.precision_recall_fscore_support(
            labels, answer, labels=range(n_classes), zero_division=np.nan
        )
        for own, theirs in zip(
            (found.precision, found.recall, found.f1, found.support), expected, strict=True
        ):
            np.testing.assert_allclose(own, theirs, rtol=1e-14)
        assert found.accuracy == pytest.approx(reference.accuracy_score(labels, answer), rel=1e-15)

    def test_what_divides_by_nothing_is_undefined_and_not_0(self):
        # Class 1 has samples but is never the answer; class 2 has neither.
        labels, answer = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 0])
        found = class_scores(confusion_counts(labels, answer, 3))
        expected = reference.precision_recall_fscore_support(
            labels, answer, labels=range(3), zero_division=np.nan
        )
        np.testing.assert_array_equal(found.precision, [0.5, np.nan, np.nan])
        np.testing.assert_array_equal(found.recall, [1.0, 0.0, np.nan])
        np.testing.assert_allclose(found.f1, [2 / 3, 0.0, np.nan])
        np.testing.assert_allclose(found.f1, expected[2])

    def test_averages_leave_out_what_is_undefined_as_scikit_learn_does(self):
        labels, answer = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 0])
        found = class_scores(confusion_counts(labels, answer, 2))
        expected = reference.precision_score(labels, answer, average="macro", zero_division=np.nan)
        assert mean_of_defined(found.precision) == expected == 0.5
        assert np.isnan(mean_of_defined(np.full(2, np.nan)))

    def test_without_samples_nothing_is_defined(self):
        found = class_scores(np.zeros((2, 2), dtype=np.int64))
        assert np.isnan(found.accuracy)
        assert np.isnan([found.precision, found.recall, found.f1]).all()


class TestRoc:
    @pytest.mark.parametrize("decimals", [None, 1, 0])
    def test_is_scikit_learns_with_equal_p_at_one_point(self, decimals):
        probability, is_positive = draw(3, decimals=decimals)
        curve = roc_curve(probability, is_positive)
        false_rate, true_rate, threshold = reference.roc_curve(
            is_positive, probability, drop_intermediate=False
        )
        np.testing.assert_allclose(curve.false_positive_rate, false_rate, rtol=1e-14)
        np.testing.assert_allclose(curve.true_positive_rate, true_rate, rtol=1e-14)
        np.testing.assert_array_equal(curve.threshold, threshold)
        assert curve.area == pytest.approx(reference.roc_auc_score(is_positive, probability), rel=1e-14)

    @pytest.mark.parametrize("decimals", [None, 1])
    def test_its_area_is_the_share_of_pairs_in_the_right_order(self, decimals):
        probability, is_positive = draw(4, 150, decimals=decimals)
        high, low = probability[is_positive], probability[~is_positive]
        pairs = (high[:, None] > low).mean() + 0.5 * (high[:, None] == low).mean()
        area = roc_curve(probability, is_positive).area
        assert area == pytest.approx(pairs, rel=1e-14)
        assert area == pytest.approx(mannwhitneyu(high, low).statistic / (high.size * low.size), rel=1e-14)

    def test_one_p_for_all_is_the_diagonal(self):
        curve = roc_curve(np.full(6, 0.5), np.array([True, False, False, True, False, False]))
        assert curve.false_positive_rate.tolist() == curve.true_positive_rate.tolist() == [0.0, 1.0]
        assert curve.area == 0.5

    @pytest.mark.parametrize("label", [True, False])
    def test_needs_both_kinds_of_samples(self, label):
        assert roc_curve(np.array([0.2, 0.7]), np.array([label, label])) is None
        assert roc_curve(np.array([]), np.array([], dtype=bool)) is None

    @given(st.integers(0, 10_000), st.integers(0, 2))
    def test_every_threshold_has_its_point(self, seed, decimals):
        probability, is_positive = draw(seed, 40, decimals=decimals or None)
        curve = roc_curve(probability, is_positive)
        if curve is None:
            assert is_positive.all() or not is_positive.any()
            return
        for number, (lower, upper) in enumerate(zip(curve.lower, curve.threshold, strict=True)):
            for threshold in (upper, np.nextafter(lower, upper)):
                answer = answers(np.stack([1.0 - probability, probability]), threshold)
                rates = rates_of_class(confusion_counts(is_positive.astype(int), answer, 2), 1)
                assert rates == (curve.false_positive_rate[number], curve.true_positive_rate[number])

    def test_thinned_keeps_the_ends_the_area_and_has_no_gap(self):
        probability, is_positive = draw(5, 20_000)
        curve = roc_curve(probability, is_positive)
        thin = curve.thinned(200)
        assert thin.threshold.size <= 200 < curve.threshold.size
        assert thin.area == curve.area
        for rate in ("false_positive_rate", "true_positive_rate"):
            values = getattr(thin, rate)
            assert (values[0], values[-1]) == (0.0, 1.0)
            assert np.diff(values).max() <= 2 / 200 + 1e-3
        assert np.isin(thin.threshold, curve.threshold).all()
        assert curve.thinned(curve.threshold.size) is curve


class TestRatesOfOneClass:
    def test_are_those_of_it_against_the_rest(self):
        labels, answer = labels_and_answers(9, 4)
        confusion = confusion_counts(labels, answer, 4)
        for k in range(4):
            hits, alarms = (answer[labels == k] == k).mean(), (answer[labels != k] == k).mean()
            assert rates_of_class(confusion, k) == pytest.approx((alarms, hits), rel=1e-14)

    def test_are_undefined_without_samples_on_a_side(self):
        false_alarms, found = rates_of_class(np.array([[2, 1], [0, 0]]), 0)
        assert np.isnan(false_alarms)
        assert found == pytest.approx(2 / 3)


class TestRoundThreshold:
    @pytest.mark.parametrize(
        ("lower", "upper", "expected"),
        [
            (0.43, 0.57, 0.5),
            (0.31, 0.397, 0.35),
            (0.5, 0.5004, 0.5002),
            (-np.inf, 0.27, 0.1),
            (0.71, 0.8, 0.8),
            (0.4, np.inf, 0.7),
        ],
    )
    def test_has_the_fewest_decimals_that_answer_alike(self, lower, upper, expected):
        assert round_threshold(lower, upper) == expected

    def test_between_neighbouring_numbers_is_the_upper_one(self):
        upper = 0.1 + 0.2
        assert round_threshold(np.nextafter(upper, 0.0), upper) == upper

    @given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
    def test_lies_in_the_interval(self, first, second):
        lower, upper = sorted((first, second))
        if lower == upper:
            with pytest.raises(ValueError, match="no threshold"):
                round_threshold(lower, upper)
        else:
            assert lower < round_threshold(lower, upper) <= upper


class TestReliability:
    @pytest.mark.parametrize(("bins", "strategy"), [("width", "uniform"), ("quantile", "quantile")])
    @pytest.mark.parametrize("decimals", [None, 1])
    def test_is_scikit_learns(self, bins, strategy, decimals):
        probability, is_positive = draw(6, decimals=decimals)
        found = reliability(probability, is_positive, bins)
        share, mean = calibration_curve(is_positive, probability, n_bins=10, strategy=strategy)
        np.testing.assert_allclose(found.share, share, rtol=1e-13)
        np.testing.assert_allclose(found.mean_probability, mean, rtol=1e-13)
        assert found.count.sum() == is_positive.size
        expected = reference.brier_score_loss(is_positive, probability)
        assert found.brier == pytest.approx(expected, rel=1e-13)

    def test_the_expected_error_is_the_weighted_gap(self):
        probability, is_positive = draw(7, 60)
        found = reliability(probability, is_positive, n_bins=4)
        total = 0.0
        for low, high in ((0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)):
            chosen = (probability > low) & (probability <= high)
            total += abs(is_positive[chosen].sum() - probability[chosen].sum())
        assert found.expected_error == pytest.approx(total / 60, rel=1e-12)

    def test_bins_without_samples_are_left_out(self):
        found = reliability(np.array([0.0, 0.1, 0.95, 1.0]), np.array([False, False, True, True]))
        assert found.count.tolist() == [2, 2]
        assert found.low.tolist() == [0.0, 0.9]
        assert found.high.tolist() == [0.1, 1.0]

    def test_each_p_lies_in_its_bin(self):
        probability, is_positive = draw(8, decimals=2)
        for bins in ("width", "quantile"):
            found = reliability(probability, is_positive, bins)
            assert (found.low <= found.mean_probability).all()
            assert (found.mean_probability <= found.high).all()

    def test_without_samples_there_is_none_and_without_bins_an_error(self):
        assert reliability(np.array([]), np.array([], dtype=bool)) is None
        with pytest.raises(ValueError, match="at least one bin"):
            reliability(np.array([0.5]), np.array([True]), n_bins=0)

    @pytest.mark.parametrize(("found", "count"), [(0, 5), (5, 5), (3, 10), (700, 1000)])
    def test_the_interval_is_scipys_score_interval(self, found, count):
        low, high = wilson_interval(np.array([found / count]), np.array([count]))
        expected = binomtest(found, count).proportion_ci(0.95, method="wilson")
        assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)
