"""Counts of samples in cells against NumPy's own histogram, and kept up with edits against counted anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.density import (
    COARSE_STRIDE,
    DensityGrid,
    changed_rows,
    count_samples,
    differing_blocks,
    layered_cells,
    recount,
    removed_ids,
)
from engine.samples import BLOCK_SIZE, SampleRows, Samples

GRID = DensityGrid(140.0, 40.0, 1.5, 2.5, 40, 24)
"""140 to 200 cm and 40 to 100 kg."""


def crowd(count: int, *, n_classes: int = 3, seed: int = 3) -> Samples:
    rng = np.random.default_rng(seed)
    return Samples.from_columns(
        rng.normal(170.0, 14.0, count),
        rng.normal(72.0, 16.0, count),
        rng.integers(-1, n_classes, count),
        rng.random(count) < 0.2,
    )


def histogram(rows: SampleRows, chosen: np.ndarray) -> np.ndarray:
    edges = np.linspace(140.0, 200.0, 41), np.linspace(40.0, 100.0, 25)
    counts = np.histogram2d(rows.height_cm[chosen], rows.weight_kg[chosen], edges)[0]
    return counts.T.astype(np.int32)


def test_every_layer_is_numpys_histogram():
    samples = crowd(2 * BLOCK_SIZE + 77)
    rows = samples.rows
    counts = count_samples(samples, GRID, 3)
    assert counts.shape == (5, 24, 40)
    for index in range(-1, 3):
        np.testing.assert_array_equal(counts[index + 1], histogram(rows, rows.class_index == index))
    np.testing.assert_array_equal(counts[-1], histogram(rows, rows.held_out))


def test_a_class_that_there_is_not_counts_as_no_label():
    samples = Samples.from_columns([150.0, 150.0], [50.0, 50.0], [1, 7])
    counts = count_samples(samples, GRID, 2)
    assert (counts[0].sum(), counts[1].sum(), counts[2].sum()) == (1, 0, 1)


def test_cells_have_their_lower_and_left_edge_and_nothing_beyond_the_grid():
    height = [140.0, 141.5, np.nextafter(200.0, 0.0), 200.0, np.nextafter(140.0, 0.0), 1e300, -1e300]
    samples = Samples.from_columns(height, [40.0] * 7, [0] * 7)
    assert layered_cells(samples.rows, GRID, 1).tolist() == [960, 961, 999]
    weight = [42.5, np.nextafter(100.0, 0.0), 100.0, 39.99]
    samples = Samples.from_columns([140.0] * 4, weight, [-1] * 4)
    assert layered_cells(samples.rows, GRID, 1).tolist() == [40, 23 * 40]


def test_it_stops_when_it_is_told_to():
    answers = iter([False, True])
    assert count_samples(crowd(2 * BLOCK_SIZE + 5), GRID, 3, lambda: next(answers)) is None


def test_a_coarse_count_is_that_of_one_sample_in_a_stride():
    samples = crowd(BLOCK_SIZE + 500)
    counts = count_samples(samples, GRID, 3, stride=COARSE_STRIDE)
    some = np.concatenate([block.height_cm[::COARSE_STRIDE] for block in samples.blocks])
    assert not (counts % COARSE_STRIDE).any()
    assert abs(int(counts[:-1].sum()) - len(samples)) < 0.2 * len(samples)
    assert counts[:-1].sum() <= COARSE_STRIDE * some.size


def test_a_coarser_grid_covers_the_same_part():
    coarse = GRID.coarser(7)
    assert (coarse.columns, coarse.rows) == (6, 4)
    assert coarse.height_range_cm[1] >= GRID.height_range_cm[1]
    assert coarse.weight_range_kg[1] >= GRID.weight_range_kg[1]
    samples = crowd(500)
    fine, counts = count_samples(samples, GRID, 3), count_samples(samples, coarse, 3)
    padded = np.zeros((5, 28, 42), dtype=np.int32)
    padded[:, :24, :40] = fine
    folded = padded.reshape(5, 4, 7, 6, 7).sum(axis=(2, 4))
    inner = np.s_[:, :3, :5]  # the last cells reach beyond the fine grid
    np.testing.assert_array_equal(counts[inner], folded[inner])


people = st.tuples(st.floats(135.0, 205.0), st.floats(35.0, 105.0), st.integers(-1, 2), st.booleans())
edits = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(people, min_size=1, max_size=5)),
        st.tuples(st.just("change"), st.lists(st.tuples(st.integers(0, 60), people), max_size=5)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 60), max_size=8)),
    ),
    max_size=8,
)


def edited(samples: Samples, kind: str, what: list) -> Samples:
    if kind == "add":
        return samples.add(*zip(*what, strict=True))[0]
    if kind == "remove":
        return samples.remove(what)[0]
    there = dict(item for item in what if samples.find(item[0]) is not None)
    if not there:
        return samples
    ids = sorted(there)
    return samples.put(SampleRows.make(ids, *zip(*(there[one] for one in ids), strict=True)))


@given(edits)
def test_counts_kept_up_with_edits_equal_counts_made_anew(changes):
    samples = crowd(50)
    counts = count_samples(samples, GRID, 3)
    for kind, what in changes:
        before, samples = samples, edited(samples, kind, what)
        old_counts = counts.copy()
        cells = recount(counts, GRID, *changed_rows(before, samples))
        np.testing.assert_array_equal(counts, count_samples(samples, GRID, 3))
        moved = np.flatnonzero((counts != old_counts).any(axis=0))
        assert set(moved.tolist()) <= set(cells.tolist())
        assert len(set(cells.tolist())) == cells.size
        gone = removed_ids(before, samples).tolist()
        assert gone == sorted(set(before.rows.sample_id.tolist()) - set(samples.rows.sample_id.tolist()))


def test_one_change_in_many_blocks_concerns_one_block():
    samples = crowd(5 * BLOCK_SIZE)
    moved = samples.select([BLOCK_SIZE + 3])
    after = samples.put(SampleRows.make(moved.sample_id, [150.2], [50.2], [1]))
    old, new = differing_blocks(samples, after)
    assert (len(old), len(new)) == (1, 1)
    old_row, new_row = changed_rows(samples, after)
    assert old_row.sample_id.tolist() == new_row.sample_id.tolist() == [BLOCK_SIZE + 3]
    assert new_row.height_cm.tolist() == [150.2]


@pytest.mark.parametrize("change", ["held_out", "label_set"])
def test_what_a_row_is_besides_its_place_is_a_change_too(change):
    samples = Samples.from_columns([150.0, 160.0], [50.0, 60.0], [0, 1])
    row = samples.select([1])
    other = {"held_out": [True]} if change == "held_out" else {"label_set": [2]}
    after = samples.put(SampleRows.make([1], row.height_cm, row.weight_kg, row.class_index, **other))
    assert [len(rows) for rows in changed_rows(samples, after)] == [1, 1]
