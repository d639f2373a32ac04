"""Which of a million samples lie in a small rectangle: each block is sorted by height once and kept so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.samples import UNLABELLED, SampleRows, Samples, join_rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Found = tuple[Ints, Floats, Floats]


def samples_in(
    samples: Samples, height_range_cm: tuple[float, float], weight_range_kg: tuple[float, float]
) -> Found:
    """Find the samples in a rectangle, edges included.

    An edit makes only the blocks anew that it touched, and the view of the plane plays no part: the first
    search sorts every block, any later one costs a few microseconds a block and what it finds.

    Parameters
    ----------
    samples : Samples
    height_range_cm, weight_range_kg : (float, float)
        From and to.

    Returns
    -------
    sample_id : ndarray of int64, shape (m,)
        Increasing.
    height_cm, weight_kg : ndarray of float64, shape (m,)
    """
    ids, heights, weights = [], [], []
    bounds = np.array(height_range_cm)
    low_kg, high_kg = weight_range_kg
    for block in samples.blocks:
        order, sorted_cm = block.by_height
        first, end = int(sorted_cm.searchsorted(bounds[0])), int(sorted_cm.searchsorted(bounds[1], "right"))
        if first >= end:
            continue
        at = order[first:end]
        kg = block.weight_kg[at]
        fits = (kg >= low_kg) & (kg <= high_kg)
        if fits.any():
            ids.append(block.sample_id[at[fits]])
            heights.append(sorted_cm[first:end][fits])
            weights.append(kg[fits])
    if not ids:
        return np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)
    found, cm, kilos = np.concatenate(ids), np.concatenate(heights), np.concatenate(weights)
    by_id = np.argsort(found, kind="stable")
    return found[by_id], cm[by_id], kilos[by_id]


def evenly_chosen(samples: Samples, most: int) -> SampleRows:
    """At most `most` of the samples with a class, evenly chosen in their order."""
    counts = [len(block) - block.class_counts.get(UNLABELLED, 0) for block in samples.blocks]
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if counts else 0
    chosen = np.linspace(0, total - 1, most).astype(np.int64) if total > most else np.arange(total)
    parts = []
    for block, count, end in zip(samples.blocks, counts, ends.tolist(), strict=True):
        first, last = chosen.searchsorted([end - count, end])
        if first < last:
            at = chosen[first:last] - (end - count)
            labelled = at if count == len(block) else np.flatnonzero(block.class_index != UNLABELLED)[at]
            parts.append(block.take(labelled))
    return join_rows(parts)


def prepare(samples: Samples) -> None:
    """Sort every block, in the thread that has time for it."""
    for block in samples.blocks:
        _ = block.by_height
