"""Judging probabilities, not answers: the ROC curve over all thresholds, and calibration.

Both look at one class against the rest: for each sample the probability p of that class and whether its label
is that class.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bins = Literal["width", "quantile"]

N_BINS = 10
_NORMAL_QUANTILE = 1.959963984540054
"""97.5 % of the standard normal distribution lie below it: both sides together leave 5 % out."""
_MOST_DECIMALS = 17


@dataclass(frozen=True, slots=True, eq=False)
class RocCurve:
    """Receiver operating characteristic: what each threshold finds, and what it takes by mistake.

    Attributes
    ----------
    threshold : ndarray of shape (m,)
        Strictly falling; the first is infinite, with which no sample is positive. Samples of one p share a
        point: no threshold can tell them apart.
    lower : ndarray of shape (m,)
        Every threshold in (lower, threshold] gives the same answers; the last is -infinity.
    false_positive_rate, true_positive_rate : ndarray of shape (m,)
        Shares of the rest, and of the class, with p >= threshold; from (0, 0) to (1, 1).
    area : float
        Under the curve, by trapezia: the probability that a sample of the class has a larger p than one of
        the rest, ties counted half (Mann and Whitney 1947; Hanley and McNeil 1982).
    """

    threshold: Floats
    lower: Floats
    false_positive_rate: Floats
    true_positive_rate: Floats
    area: float

    def thinned(self, limit: int) -> RocCurve:
        """The curve with at most about `limit` of its points, none further than 2 / limit from the next.

        Both rates rise along the curve, so points at even distances of their sum leave no gap in either.
        The area stays that of the whole curve.
        """
        if self.threshold.size <= limit:
            return self
        way = self.false_positive_rate + self.true_positive_rate
        kept = np.unique(np.searchsorted(way, np.linspace(0.0, way[-1], limit)))
        return RocCurve(
            self.threshold[kept],
            self.lower[kept],
            self.false_positive_rate[kept],
            self.true_positive_rate[kept],
            self.area,
        )


def roc_curve(probability: Floats, is_positive: Bools) -> RocCurve | None:
    """The ROC curve of one class against the rest; None where one of both has no samples.

    Parameters
    ----------
    probability : ndarray of shape (n,)
        Of the class; no NaN.
    is_positive : ndarray of bool, shape (n,)
        Whether the label is that class.
    """
    positives = int(np.count_nonzero(is_positive))
    negatives = is_positive.size - positives
    if not positives or not negatives:
        return None
    order = np.argsort(probability)[::-1]
    falling = probability[order]
    last_of_equals = np.append(np.flatnonzero(np.diff(falling)), falling.size - 1)
    found = np.cumsum(is_positive[order])[last_of_equals]
    taken = 1 + last_of_equals - found
    true_positives, false_positives = np.append(0, found), np.append(0, taken)
    # Twice the area in whole numbers, so that it is exact until the one division.
    twice = int(np.sum(np.diff(false_positives) * (true_positives[1:] + true_positives[:-1])))
    threshold = np.append(np.inf, falling[last_of_equals])
    return RocCurve(
        threshold=threshold,
        lower=np.append(threshold[1:], -np.inf),
        false_positive_rate=false_positives / negatives,
        true_positive_rate=true_positives / positives,
        area=twice / (2 * positives * negatives),
    )


def round_threshold(lower: float, upper: float) -> float:
    """A number with the fewest decimals in (lower, upper], near the middle of what of it lies in [0, 1].

    Any threshold in there answers alike, so the one that is easiest to read will do.

    Raises
    ------
    ValueError
        If the interval is empty.
    """
    if not lower < upper:
        raise ValueError(f"no threshold lies above {lower} and up to {upper}")
    high = min(upper, 1.0)
    middle = (max(lower, 0.0) + high) / 2.0
    for decimals in range(1, _MOST_DECIMALS):
        scale = 10**decimals
        candidates: tuple[float, ...] = (round(middle, decimals), math.floor(high * scale) / scale)
        for candidate in candidates:
            if lower < candidate <= upper:
                return candidate
    return upper


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Calibration: of the samples with about this p, how many are of the class? Only bins with samples.

    Attributes
    ----------
    low, high : ndarray of shape (m,)
        The ends of each bin: low < p <= high, and p = low too in the very first one.
    mean_probability : ndarray of shape (m,)
        Mean p of a bin's samples.
    share : ndarray of shape (m,)
        How many of them are of the class; where it equals the mean p, the model is calibrated.
    share_low, share_high : ndarray of shape (m,)
        The 95 % interval of that share (Wilson 1927): a bin of few samples says little.
    count : ndarray of int64, shape (m,)
    brier : float
        Brier score, the mean of (p - y)^2 over all samples.
    expected_error : float
        Expected calibration error: the mean of abs(share - mean p) over the bins, weighted by their counts.
    """

    low: Floats
    high: Floats
    mean_probability: Floats
    share: Floats
    share_low: Floats
    share_high: Floats
    count: Ints
    brier: float
    expected_error: float


def reliability(
    probability: Floats, is_positive: Bools, bins: Bins = "width", n_bins: int = N_BINS
) -> Reliability | None:
    """The reliability curve of one class against the rest; None without samples.

    Parameters
    ----------
    probability : ndarray of shape (n,)
        Of the class, within [0, 1]; no NaN.
    is_positive : ndarray of bool, shape (n,)
    bins : "width" or "quantile"
        Bins of equal width, or with equally many samples each (as nearly as equal p allow).
    n_bins : int

    Raises
    ------
    ValueError
        If there is not at least one bin.
    """
    if n_bins < 1:
        raise ValueError(f"at least one bin is needed, not {n_bins}")
    if not probability.size:
        return None
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    if bins == "quantile":
        edges = np.percentile(probability, 100.0 * edges)
    number = np.searchsorted(edges[1:-1], probability)
    count = np.bincount(number, minlength=n_bins)
    has_samples = count > 0
    count = count[has_samples]
    mean = np.bincount(number, weights=probability, minlength=n_bins)[has_samples] / count
    share = np.bincount(number, weights=is_positive, minlength=n_bins)[has_samples] / count
    low, high = wilson_interval(share, count)
    return Reliability(
        low=edges[:-1][has_samples],
        high=edges[1:][has_samples],
        mean_probability=mean,
        share=share,
        share_low=low,
        share_high=high,
        count=count,
        brier=float(np.mean((probability - is_positive) ** 2)),
        expected_error=float(count @ np.abs(share - mean) / probability.size),
    )


def wilson_interval(share: Floats, count: Ints) -> tuple[Floats, Floats]:
    """The 95 % score interval of a share found among `count` samples (Wilson 1927), within [0, 1].

    (s + q^2 / 2n +- q sqrt(s (1 - s) / n + q^2 / 4n^2)) / (1 + q^2 / n), q the normal distribution's 97.5 %
    quantile.
    """
    by_count = _NORMAL_QUANTILE**2 / count
    middle = (share + by_count / 2.0) / (1.0 + by_count)
    spread = np.sqrt(by_count * (share * (1.0 - share) + by_count / 4.0)) / (1.0 + by_count)
    return np.maximum(middle - spread, 0.0), np.minimum(middle + spread, 1.0)
