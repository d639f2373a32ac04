"""Which samples are held out of training: a train/test split by seed, stratified by class.

Every sample id gets a key, a 64-bit hash of the split's seed and the id (`engine.batches`); of each class the
samples with the smallest keys are held out, as many as the share asks for. So the split needs no storing:
the same ids give the same one on every machine, a larger share holds out all that a smaller one did, and a
sample that is moved keeps its side. Adding or removing one changes the side of at most one other, of the same
class.

A model must not be judged by samples that it has learnt from. `held_out_of_added` therefore decides about new
samples alone: those at hand keep their side until the split is made anew.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.batches import epoch_keys
from engine.samples import UNLABELLED, SampleRows, Samples

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SPLIT_EPOCH = -1
"""The stream of keys of the split: no epoch of training has this number, so the two are independent."""


def held_out_count(n: int, share: float) -> int:
    """How many of `n` samples of a class are held out: `share` of them, rounded, and never all.

    Parameters
    ----------
    share : float
        From 0 to below 1; half a sample counts as one.

    Raises
    ------
    ValueError
        If the share is not one.
    """
    if not 0.0 <= share < 1.0:
        raise ValueError("the held-out share is at least 0 and below 1")
    return max(0, min(math.floor(share * n + 0.5), n - 1))


def held_out_mask(samples: Samples, share: float, seed: int) -> Bools:
    """Which samples a split holds out: a pure function of the share, the seed, the ids and their classes.

    Parameters
    ----------
    samples : Samples
        Their present marks do not matter.
    share : float
        Of each class, from 0 to below 1.
    seed : int
        Another one gives another split.

    Returns
    -------
    ndarray of bool, shape (n,)
        In the order of ``samples.rows``. Of each class `held_out_count` samples are held out: its share to
        within one sample, and at least one sample is left to train on. Samples without a label never are;
        those that carry none of several labels are a class of their own here.

    Raises
    ------
    ValueError
        If the share is not one.
    """
    rows = samples.rows
    mask = np.zeros(len(rows), dtype=bool)
    held_out_count(0, share)  # complains of a share that is none
    if share == 0.0:
        return mask
    keys = epoch_keys(rows.sample_id, seed, SPLIT_EPOCH)
    for class_index in samples.class_counts:
        members = _members(rows, class_index)
        mask[_smallest(members, keys, held_out_count(members.size, share))] = True
    return mask


def held_out_of_added(samples: Samples, added: SampleRows, share: float, seed: int) -> Bools:
    """Which of the samples that are about to be added are held out, so that each class keeps its share.

    As many of each class as its share of old and new samples together still lacks, by the smallest keys.

    Parameters
    ----------
    samples : Samples
        Those at hand, whose marks stay.
    added : SampleRows
        New samples with the ids that they will have; their own marks do not matter.

    Returns
    -------
    ndarray of bool, shape (n,)
        In the order of `added`.

    Raises
    ------
    ValueError
        If the share is not one.
    """
    mask = np.zeros(len(added), dtype=bool)
    keys = epoch_keys(added.sample_id, seed, SPLIT_EPOCH)
    for class_index in added.class_counts:
        members = _members(added, class_index)
        present, held_out = _counts(samples, class_index) if members.size else (0, 0)
        lacking = held_out_count(present + members.size, share) - held_out
        mask[_smallest(members, keys, min(max(lacking, 0), members.size))] = True
    return mask


def with_held_out(samples: Samples, held_out_ids: Ints) -> Samples:
    """The samples with exactly these held out, as far as they exist; `held_out_ids` increase.

    Blocks that stay alike are shared.
    """
    blocks = []
    for block in samples:
        first, end = np.searchsorted(held_out_ids, [block.sample_id[0], block.sample_id[-1] + 1])
        ids = held_out_ids[first:end]
        places = np.searchsorted(block.sample_id, ids)
        mask = np.zeros(len(block), dtype=bool)
        mask[places[block.sample_id[places] == ids]] = True
        blocks.append(block if np.array_equal(mask, block.held_out) else marked(block, mask))
    is_same = all(new is old for new, old in zip(blocks, samples.blocks, strict=True))
    return samples if is_same else Samples(tuple(blocks), samples.next_id)


def marked(rows: SampleRows, held_out: Bools) -> SampleRows:
    """The same rows with other marks of shape (n,): True keeps a sample from training."""
    marks = held_out.copy()
    marks.flags.writeable = False
    return replace(rows, held_out=marks)


def _members(rows: SampleRows, class_index: int) -> Ints:
    """Positions of the labelled rows of a class; of -1 those that carry none of several labels."""
    is_member = rows.class_index == class_index
    return np.flatnonzero(is_member & rows.is_labelled if class_index == UNLABELLED else is_member)


def _counts(samples: Samples, class_index: int) -> tuple[int, int]:
    """How many labelled samples of a class there are, and how many of them are held out."""
    if class_index != UNLABELLED:
        return samples.class_counts.get(class_index, 0), samples.held_out_counts.get(class_index, 0)
    present = held_out = 0
    for block in samples:
        if UNLABELLED in block.class_counts:
            members = _members(block, UNLABELLED)
            present += members.size
            held_out += int(np.count_nonzero(block.held_out[members]))
    return present, held_out


def _smallest(members: Ints, keys: NDArray[np.uint64], count: int) -> Ints:
    """The `count` members with the smallest keys."""
    if count == 0:
        return members[:0]
    if count == members.size:
        return members
    own = keys[members]
    smallest: Ints = members[own < np.partition(own, count)[count]]
    return smallest
