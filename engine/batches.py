"""Which samples form a batch: a pure function of (seed, epoch, sample ids), no generator to keep in step.

Every sample id gets a key, a 64-bit hash of (seed, epoch, id); the order of an epoch is the ids sorted by
key. So runs, forks and replays agree without storing an order, and an edit disturbs only what it touches: a
sample that is moved or relabelled keeps its place, one that is added or removed leaves the order of the
others as it was.

The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014; constants: Stafford's variant 13). It
is a bijection on 64 bits, so different ids never share a key and the order is unambiguous.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIERS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def epoch_keys(sample_id: Ints, seed: int, epoch: int) -> Keys:
    """Sort key of each sample id in one epoch, shape (n,); different ids have different keys."""
    stream = _mix(_mix(_word(seed)) + _word(epoch) * _GOLDEN)
    return _mix(_mix(sample_id.astype(np.uint64) + stream) + stream)


def epoch_order(sample_id: Ints, seed: int, epoch: int) -> Ints:
    """Positions 0 to n - 1 of the samples in the order in which this epoch visits them."""
    return np.argsort(epoch_keys(sample_id, seed, epoch))


def carried_position(old_id: Ints, new_id: Ints, seed: int, epoch: int, position: int) -> int:
    """Position in the epoch after an edit: every sample not visited yet is still visited once.

    A sample that was added is visited in this epoch if its key lies ahead, else from the next epoch on.

    Parameters
    ----------
    old_id, new_id : ndarray of int64
        Sample ids before and after the edit.
    position : int
        Samples of `old_id` already visited in this epoch, less than their number.
    """
    if position == 0 or np.array_equal(old_id, new_id):
        return position
    old_keys = epoch_keys(old_id, seed, epoch)
    next_key = np.partition(old_keys, position)[position]
    return int(np.count_nonzero(epoch_keys(new_id, seed, epoch) < next_key))


def _word(number: int) -> Keys:
    """A whole number as one 64-bit word (an array of one: array arithmetic wraps silently)."""
    return np.array([number % 2**64], dtype=np.uint64)


def _mix(words: Keys) -> Keys:
    mixed = words + _GOLDEN
    mixed ^= mixed >> np.uint64(30)
    mixed *= _MULTIPLIERS[0]
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MULTIPLIERS[1]
    mixed ^= mixed >> np.uint64(31)
    return mixed
