from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batches import carried_position, epoch_keys, epoch_order

ids = st.lists(st.integers(0, 10**12), min_size=1, max_size=200, unique=True).map(sorted).map(np.array)
seeds = st.integers(-(2**70), 2**70)


@given(ids, seeds, st.integers(0, 10**6))
def test_an_epoch_visits_every_sample_once(sample_id, seed, epoch):
    order = epoch_order(sample_id, seed, epoch)
    assert sorted(order.tolist()) == list(range(len(sample_id)))


@given(ids, seeds, st.integers(0, 10**6))
def test_the_order_is_a_pure_function_of_seed_epoch_and_ids(sample_id, seed, epoch):
    assert (epoch_order(sample_id, seed, epoch) == epoch_order(sample_id.copy(), seed, epoch)).all()


def test_seed_and_epoch_each_give_another_order():
    sample_id = np.arange(1000)
    orders = [epoch_order(sample_id, seed, epoch).tolist() for seed in (0, 1, 2) for epoch in (0, 1, 2)]
    assert len({tuple(order) for order in orders}) == 9


@given(ids, seeds, st.integers(0, 100), st.data())
def test_removing_samples_leaves_the_order_of_the_others(sample_id, seed, epoch, data):
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(sample_id), max_size=len(sample_id))))
    before = sample_id[epoch_order(sample_id, seed, epoch)]
    after = sample_id[kept][epoch_order(sample_id[kept], seed, epoch)]
    assert after.tolist() == [one for one in before.tolist() if one in set(sample_id[kept].tolist())]


@given(ids, ids, seeds, st.integers(0, 100), st.data())
def test_after_an_edit_every_old_sample_is_still_visited_once(old, new, seed, epoch, data):
    position = data.draw(st.integers(0, len(old) - 1))
    visited = old[epoch_order(old, seed, epoch)][:position].tolist()
    start = carried_position(old, new, seed, epoch, position)
    ahead = new[epoch_order(new, seed, epoch)][start:].tolist()
    stayed = sorted(set(old.tolist()) & set(new.tolist()))
    assert sorted(one for one in visited + ahead if one in stayed) == stayed


def test_the_position_stays_when_the_ids_do():
    sample_id = np.arange(50)
    assert carried_position(sample_id, sample_id.copy(), seed=1, epoch=2, position=17) == 17


def test_keys_of_a_million_samples_are_all_different():
    assert len(np.unique(epoch_keys(np.arange(1_000_000), seed=3, epoch=4))) == 1_000_000


@pytest.mark.parametrize("spacing", [1, 2, 1024, 2**32])
def test_every_sample_falls_everywhere_equally_often(spacing):
    """Chi-square of where 64 samples land over 4,096 epochs: 63 * 63 degrees of freedom."""
    sample_id = np.arange(64) * spacing
    counts = np.zeros((64, 64))
    for epoch in range(4096):
        counts[epoch_order(sample_id, 12, epoch), np.arange(64)] += 1
    expected = 4096 / 64
    chi_square = ((counts - expected) ** 2 / expected).sum()
    freedom = 63 * 63
    assert abs(chi_square - freedom) < 5.0 * np.sqrt(2.0 * freedom)


def test_neighbouring_epochs_are_not_alike():
    orders = np.array([epoch_order(np.arange(200), 0, epoch) for epoch in range(300)])
    correlations = [np.corrcoef(a, b)[0, 1] for a, b in pairwise(orders)]
    assert np.mean(correlations) == pytest.approx(0.0, abs=5.0 / np.sqrt(200 * 299))
