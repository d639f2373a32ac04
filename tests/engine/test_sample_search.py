"""What lies in a rectangle, found block by block, against looking at every sample."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.sample_search import evenly_chosen, prepare, samples_in
from engine.samples import BLOCK_SIZE, Samples

whole = st.integers(0, 12).map(float)
ranges = st.tuples(whole, whole).map(lambda pair: (min(pair), max(pair)))


def looked_through(samples: Samples, heights, weights) -> list[int]:
    rows = samples.rows
    inside = (rows.height_cm >= heights[0]) & (rows.height_cm <= heights[1])
    inside &= (rows.weight_kg >= weights[0]) & (rows.weight_kg <= weights[1])
    return rows.sample_id[inside].tolist()


@given(st.lists(st.tuples(whole, whole), max_size=40), ranges, ranges, st.integers(1, 7))
def test_it_finds_what_looking_at_every_sample_finds(places, heights, weights, block_size):
    samples = Samples()
    for start in range(0, len(places), block_size):  # whole numbers: many lie right on an edge
        height, weight = zip(*places[start : start + block_size], strict=True)
        added = samples.add(height, weight, [0] * len(height))[1]
        samples = Samples((*samples.blocks, added), samples.next_id + len(added))
    ids, height_cm, weight_kg = samples_in(samples, heights, weights)
    assert ids.tolist() == looked_through(samples, heights, weights)
    rows = samples.select(ids)
    np.testing.assert_array_equal(height_cm, rows.height_cm)
    np.testing.assert_array_equal(weight_kg, rows.weight_kg)


def test_an_edit_that_adds_sorts_only_the_block_that_it_touched():
    rng = np.random.default_rng(2)
    count = 3 * BLOCK_SIZE
    samples = Samples.from_columns(rng.normal(170, 9, count), rng.normal(70, 9, count), np.zeros(count))
    prepare(samples)
    after = samples.put(samples.select([BLOCK_SIZE + 7]))
    assert ["by_height" in vars(block) for block in after.blocks] == [True, False, True]
    found = samples_in(after, (165.0, 166.0), (60.0, 75.0))[0].tolist()
    assert found == looked_through(after, (165.0, 166.0), (60.0, 75.0)) != []


def test_removing_sorts_no_block_anew():
    rng = np.random.default_rng(2)
    count = 2 * BLOCK_SIZE
    height_cm = np.rint(rng.normal(170, 9, count))  # many are equally tall
    samples = Samples.from_columns(height_cm, rng.normal(70, 9, count), np.zeros(count))
    prepare(samples)
    gone = rng.choice(count, 3_000, replace=False)
    after = samples.remove(gone)[0]
    assert len(after) == count - 3_000
    for block in after.blocks:
        assert "by_height" in vars(block)
        order, sorted_cm = block.by_height
        assert order.tolist() == np.argsort(block.height_cm, kind="stable").tolist()
        assert (sorted_cm == block.height_cm[order]).all()
    found = samples_in(after, (165.0, 166.0), (60.0, 75.0))[0].tolist()
    assert found == looked_through(after, (165.0, 166.0), (60.0, 75.0)) != []


def test_the_extent_is_that_of_all_blocks():
    samples = Samples.from_columns(
        [170.0] * BLOCK_SIZE + [150.0, 190.0], [70.0] * BLOCK_SIZE + [95.0, 45.0], np.zeros(BLOCK_SIZE + 2)
    )
    assert samples.extent == (150.0, 190.0, 45.0, 95.0)
    assert Samples().extent is None


@given(st.lists(st.integers(-1, 2), max_size=30), st.integers(1, 12), st.integers(1, 7))
def test_evenly_chosen_samples_are_those_of_the_whole_table(labels, most, block_size):
    samples = Samples()
    for start in range(0, len(labels), block_size):
        some = labels[start : start + block_size]
        added = samples.add([170.0] * len(some), [70.0] * len(some), some)[1]
        samples = Samples((*samples.blocks, added), samples.next_id + len(added))
    labelled = np.flatnonzero(np.array(labels, dtype=int) >= 0)
    if labelled.size > most:
        labelled = labelled[np.linspace(0, labelled.size - 1, most).astype(int)]
    assert evenly_chosen(samples, most).sample_id.tolist() == labelled.tolist()
