"""The train/test split: pure, stratified, nested, and still when samples come and go."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batches import epoch_order
from engine.samples import BLOCK_SIZE, NO_SET, UNLABELLED, Samples
from engine.split import held_out_count, held_out_mask, held_out_of_added, marked, with_held_out

labels = st.lists(st.integers(UNLABELLED, 3), max_size=120)
shares = st.floats(0.0, 0.99)
seeds = st.integers(0, 2**40)


def samples_of(class_index, held_out=None) -> Samples:
    count = len(class_index)
    return Samples.from_columns(np.full(count, 170.0), np.full(count, 65.0), class_index, held_out)


def held_out_ids(samples: Samples, share: float, seed: int) -> set[int]:
    return set(samples.rows.sample_id[held_out_mask(samples, share, seed)].tolist())


@given(labels, shares, seeds)
def test_each_class_keeps_its_share_to_within_one_sample_and_one_to_train_on(class_index, share, seed):
    samples = samples_of(class_index)
    mask = held_out_mask(samples, share, seed)
    assert mask.shape == (len(samples),)
    for k in set(class_index) - {UNLABELLED}:
        members = samples.rows.class_index == k
        count, held = int(members.sum()), int((members & mask).sum())
        assert abs(held - share * count) <= 1.0
        assert held < count


@given(labels, shares, seeds)
def test_samples_without_a_label_are_never_held_out(class_index, share, seed):
    samples = samples_of(class_index)
    assert not held_out_mask(samples, share, seed)[samples.rows.class_index == UNLABELLED].any()


@given(labels, st.lists(st.booleans(), min_size=120, max_size=120), shares, seeds)
def test_the_split_is_a_pure_function_of_ids_and_classes(class_index, marks, share, seed):
    one, other = samples_of(class_index), samples_of(class_index, marks[: len(class_index)])
    moved = Samples.from_columns(np.arange(len(class_index)), np.ones(len(class_index)), class_index)
    assert held_out_ids(one, share, seed) == held_out_ids(other, share, seed)
    assert held_out_ids(one, share, seed) == held_out_ids(moved, share, seed)


@given(labels, shares, shares, seeds)
def test_a_larger_share_holds_out_all_that_a_smaller_one_did(class_index, one, other, seed):
    samples = samples_of(class_index)
    assert held_out_ids(samples, min(one, other), seed) <= held_out_ids(samples, max(one, other), seed)


@given(labels, st.integers(0, 3), shares, seeds)
def test_another_sample_moves_at_most_one_other_and_of_its_own_class(class_index, new, share, seed):
    before, after = samples_of(class_index), samples_of([*class_index, new])
    added = len(class_index)
    changed = (held_out_ids(before, share, seed) ^ held_out_ids(after, share, seed)) - {added}
    assert len(changed) <= 1
    assert all(class_index[one] == new for one in changed)


@given(labels, labels, shares, seeds)
def test_added_samples_keep_the_share_and_leave_the_others_alone(class_index, new, share, seed):
    before = samples_of(class_index)
    before = Samples().put(marked(before.rows, held_out_mask(before, share, seed)))
    after, added = before.add(np.full(len(new), 170.0), np.full(len(new), 65.0), new)
    mask = held_out_of_added(before, added, share, seed)
    held = np.concatenate([before.rows.held_out, mask])
    assert not mask[added.class_index == UNLABELLED].any()
    for k in set(new) - {UNLABELLED}:
        members = after.rows.class_index == k
        count = int(members.sum())
        assert abs(int((members & held).sum()) - share * count) <= 1.0
        assert (members & ~held).any()


@given(st.lists(st.integers(0, 2), min_size=1, max_size=60), st.floats(0.01, 0.9), seeds)
def test_samples_added_one_by_one_keep_the_share_all_along(class_index, share, seed):
    samples = Samples()
    for count, label in enumerate(class_index, 1):
        _, added = samples.add([170.0], [65.0], [label])
        samples = samples.put(marked(added, held_out_of_added(samples, added, share, seed)))
        members = samples.rows.class_index == label
        held = int((members & samples.rows.held_out).sum())
        assert held == held_out_count(int(members.sum()), share), count


def test_samples_held_out_by_hand_count_towards_the_share():
    samples = samples_of([0] * 8, [True] * 4 + [False] * 4)
    _, added = samples.add([170.0] * 2, [65.0] * 2, [0, 0])
    assert not held_out_of_added(samples, added, 0.2, seed=1).any()


def test_samples_that_carry_none_of_several_labels_are_split_as_a_class_of_their_own():
    sets = [0] * 20 + [1] * 10 + [NO_SET] * 10
    labels = [UNLABELLED] * 20 + [0] * 10 + [UNLABELLED] * 10
    numbers = np.full(40, 170.0)
    samples = Samples.from_columns(numbers, numbers, labels, label_set=sets)
    mask = held_out_mask(samples, 0.3, seed=2)
    assert [int(mask[part].sum()) for part in (slice(20), slice(20, 30), slice(30, 40))] == [6, 3, 0]
    split = Samples().put(marked(samples.rows, mask))
    after, added = split.add(numbers[:10], numbers[:10], [UNLABELLED] * 10, label_set=[0] * 10)
    new = held_out_of_added(split, added, 0.3, seed=2)
    assert int(new.sum()) == 3
    assert after.rows.held_out[:40].tolist() == mask.tolist()


def test_marks_are_set_exactly_and_blocks_that_stay_alike_are_shared():
    samples = samples_of([0, 1] * BLOCK_SIZE)
    samples, _ = samples.remove([5])
    ids = np.array([2, 5, BLOCK_SIZE - 1, 3 * BLOCK_SIZE])
    after = with_held_out(samples, ids)
    assert after.rows.sample_id[after.rows.held_out].tolist() == [2, BLOCK_SIZE - 1]
    assert [one is other for one, other in zip(samples, after, strict=True)] == [False, True]
    assert with_held_out(after, ids) is after
    assert not with_held_out(after, ids[:0]).held_out_counts


def test_without_a_share_nothing_is_held_out():
    samples = samples_of([0, 1] * 50, [True] * 100)
    assert not held_out_mask(samples, 0.0, seed=3).any()
    _, added = samples.add([170.0], [65.0], [0])
    assert not held_out_of_added(samples, added, 0.0, seed=3).any()


def test_each_seed_gives_another_split_and_none_follows_an_epochs_order():
    samples = samples_of([0] * 1000)
    splits = [frozenset(held_out_ids(samples, 0.3, seed)) for seed in range(20)]
    assert len(set(splits)) == 20
    # Two independent draws of 300 out of 1,000 share about 90; an epoch of the same seed is one of them.
    first = [set(epoch_order(samples.rows.sample_id, seed, 0)[:300].tolist()) for seed in range(20)]
    shared = np.array([len(split & order) for split, order in zip(splits, first, strict=True)])
    assert abs(shared.mean() - 90.0) < 10.0


def test_the_split_of_a_seed_is_the_same_on_every_machine():
    samples = samples_of([0, 1] * 10)
    assert sorted(held_out_ids(samples, 0.2, seed=7)) == [4, 7, 17, 18]


@pytest.mark.parametrize(
    ("n", "share", "count"), [(0, 0.5, 0), (1, 0.9, 0), (2, 0.5, 1), (5, 0.1, 1), (120, 0.2, 24)]
)
def test_half_a_sample_counts_as_one(n, share, count):
    assert held_out_count(n, share) == count


@pytest.mark.parametrize("share", [-0.1, 1.0, 1.5, math.nan])
def test_a_share_is_at_least_0_and_below_1(share):
    with pytest.raises(ValueError, match="held-out share"):
        held_out_count(10, share)
