"""Whole numbers in arrays: ids put in order, found among others, and classes counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


def distinct(ids: ArrayLike) -> Ints:
    """Ids in increasing order, each once.

    Ids that come in a few increasing stretches are merged, not sorted; `np.unique`, with its table of hashes,
    takes many times as long.

    Parameters
    ----------
    ids : array of int

    Returns
    -------
    ndarray of int64, shape (m,)
    """
    ordered = np.sort(np.atleast_1d(np.asarray(ids, dtype=np.int64)), kind="stable")
    is_new = np.ones(ordered.size, dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[is_new])


def among(ids: Ints, others: Ints) -> NDArray[np.bool_]:
    """Which of the ids, shape (n,), are among others; both increase strictly."""
    if not others.size:
        return np.zeros(ids.size, dtype=bool)
    at = np.minimum(others.searchsorted(ids), others.size - 1)
    return np.asarray(others[at] == ids)


def counts_of(values: Ints, lowest: int) -> dict[int, int]:
    """How often each value comes that is there at all, in increasing order; none is below `lowest`."""
    counts = np.bincount(values - lowest).tolist()
    return {lowest + place: count for place, count in enumerate(counts) if count}


def added_up(counts: list[dict[int, int]]) -> dict[int, int]:
    """Counts of parts as those of the whole."""
    total: dict[int, int] = {}
    for part in counts:
        for index, count in part.items():
            total[index] = total.get(index, 0) + count
    return total
