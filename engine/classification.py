"""How well answers fit the labels: who was taken for whom, and precision, recall and F1 of each class.

A share whose denominator is 0 is undefined: it is NaN here, never 0. The words are the usual ones: with
class k as the positive one, TP samples of it were answered k, FN were answered otherwise, and FP samples of
other classes were answered k.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def answers(probability: Floats, threshold: float | None = None) -> Ints:
    """The class that each sample is answered with.

    Parameters
    ----------
    probability : ndarray of shape (K, n)
    threshold : float, optional
        For two classes: class 1 where its p is at least this. Without one the answer is the class of the
        largest p, the lowest among equal ones.

    Returns
    -------
    ndarray of int64, shape (n,)

    Raises
    ------
    ValueError
        If there is a threshold and not two classes.
    """
    if threshold is None:
        first_largest: Ints = np.argmax(probability, axis=0)
        return first_largest
    if len(probability) != 2:
        raise ValueError(f"a threshold decides between two classes, not {len(probability)}")
    above: Ints = (probability[1] >= threshold).astype(np.int64)
    return above


def confusion_counts(class_index: Ints, answer: Ints, n_classes: int) -> Ints:
    """Counts of samples, shape (K, K): row = the label's class, column = the answer."""
    counts = np.bincount(class_index * n_classes + answer, minlength=n_classes**2)
    return counts.reshape(n_classes, n_classes)


@dataclass(frozen=True, slots=True, eq=False)
class ClassScores:
    """What a confusion matrix says of each class.

    Attributes
    ----------
    accuracy : float
        Share of right answers; NaN without samples.
    precision : ndarray of shape (K,)
        TP / (TP + FP): how many of the answers k are right. NaN for a class that was never the answer.
    recall : ndarray of shape (K,)
        TP / (TP + FN): how many of the samples labelled k were found. NaN for a class without samples.
    f1 : ndarray of shape (K,)
        2 TP / (2 TP + FP + FN), the harmonic mean of both where both are defined. NaN for a class with
        neither samples nor answers.
    support, answered : ndarray of int64, shape (K,)
        Samples with this label, TP + FN, and with this answer, TP + FP.
    hits : ndarray of int64, shape (K,)
        TP.
    """

    accuracy: float
    precision: Floats
    recall: Floats
    f1: Floats
    support: Ints
    answered: Ints
    hits: Ints


def class_scores(confusion: Ints) -> ClassScores:
    """Scores of a confusion matrix (K, K) as `confusion_counts` makes it."""
    hits, support, answered = confusion.diagonal(), confusion.sum(axis=1), confusion.sum(axis=0)
    return ClassScores(
        accuracy=float(_shares(hits.sum(), confusion.sum())),
        precision=_shares(hits, answered),
        recall=_shares(hits, support),
        f1=_shares(2 * hits, support + answered),
        support=support,
        answered=answered,
        hits=hits,
    )


def mean_of_defined(values: Floats) -> float:
    """Macro average: the mean over the classes for which a score is defined; NaN if it is for none."""
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if defined.size else float("nan")


def row_shares(confusion: Ints) -> Floats:
    """Each count as a share of its row, so of the samples with that label; NaN in a row without samples."""
    return _shares(confusion, confusion.sum(axis=1, keepdims=True))


def rates_of_class(confusion: Ints, class_index: int) -> tuple[float, float]:
    """False and true positive rate of one class against the rest, the point that its answers have on ROC.

    FP / (FP + TN) and TP / (TP + FN); NaN where the rest, or the class, has no samples.
    """
    hits = confusion[class_index, class_index]
    support = confusion[class_index].sum()
    false_alarms, rest = confusion[:, class_index].sum() - hits, confusion.sum() - support
    return float(_shares(false_alarms, rest)), float(_shares(hits, support))


def _shares(part: Ints, whole: Ints) -> Floats:
    """Part / whole in float64, NaN where the whole is 0."""
    with np.errstate(invalid="ignore"):
        result: Floats = np.true_divide(part, whole)
    return result
