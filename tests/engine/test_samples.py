from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import samples as samples_module
from engine.samples import BLOCK_SIZE, SampleRows, Samples

heights, weights = st.floats(50.0, 250.0), st.floats(10.0, 250.0)
labels = st.one_of(
    st.tuples(st.integers(-1, 3), st.just(-1)),
    st.integers(0, 15).map(lambda mask: ((mask & -mask).bit_length() - 1, mask)),
)
people = st.tuples(heights, weights, labels, st.booleans()).map(lambda p: (*p[:2], p[2][0], p[3], p[2][1]))
actions = st.one_of(
    st.tuples(st.just("add"), st.lists(people, max_size=9)),
    st.tuples(st.just("change"), st.lists(st.tuples(st.integers(0, 40), people), max_size=6)),
    st.tuples(st.just("remove"), st.lists(st.integers(0, 40), max_size=9)),
    st.tuples(st.just("restore"), st.none()),
)


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of four rows, so that a handful of samples fills several."""
    monkeypatch.setattr(samples_module, "BLOCK_SIZE", 4)


def columns_of(persons):
    return tuple(zip(*persons, strict=True)) if persons else ((), (), (), (), ())


def assert_equals_model(samples: Samples, model: dict[int, tuple], next_id: int) -> None:
    """`model` is the plain truth: sample id -> (height, weight, class, held out, label set)."""
    rows = samples.rows
    ids = sorted(model)
    assert rows.sample_id.tolist() == ids
    expected = columns_of([model[one] for one in ids])
    for found, column in zip(rows.columns[1:], expected, strict=True):
        assert found.tolist() == list(column)
    assert len(samples) == len(model)
    assert samples.next_id == next_id
    assert all(0 < len(block) <= 4 for block in samples.blocks)
    classes = [person[2] for person in model.values()]
    assert samples.class_counts == {k: classes.count(k) for k in set(classes)}
    used = np.array([p[:2] for p in model.values() if (p[2] != -1 or p[4] == 0) and not p[3]])
    used = used.reshape(-1, 2)
    count, mean, std = samples.moments
    assert count == len(used)
    if count:
        np.testing.assert_allclose(mean, used.mean(axis=0), rtol=1e-12)
        np.testing.assert_allclose(std, used.std(axis=0), rtol=1e-9, atol=1e-12)
    for one in range(next_id + 1):
        place = samples.find(one)
        assert (place is not None) == (one in model)
        if place is not None:
            assert samples.blocks[place[0]].sample_id[place[1]] == one


@given(st.lists(actions, max_size=12))
def test_any_sequence_of_edits_equals_the_same_edits_of_a_plain_dictionary(steps):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples_module, "BLOCK_SIZE", 4)
        samples, model, next_id = Samples(), {}, 0
        removed: list[tuple[SampleRows, dict]] = []
        for kind, argument in steps:
            if kind == "add":
                samples, added = samples.add(*columns_of(argument))
                assert added.sample_id.tolist() == list(range(next_id, next_id + len(argument)))
                model |= dict(zip(added.sample_id.tolist(), argument, strict=True))
                next_id += len(argument)
            elif kind == "change":
                changes = {one: person for one, person in argument if one in model}
                ids = sorted(changes)
                samples = samples.put(SampleRows.make(ids, *columns_of([changes[one] for one in ids])))
                model |= changes
            elif kind == "remove":
                samples, gone = samples.remove(argument)
                assert gone.sample_id.tolist() == sorted(set(argument) & set(model))
                removed.append((gone, {one: model.pop(one) for one in gone.sample_id.tolist()}))
            elif removed:
                rows, persons = removed.pop()
                samples, model = samples.put(rows), model | persons
            assert_equals_model(samples, model, next_id)


def test_moments_of_many_blocks_equal_numpys():
    generator = np.random.default_rng(0)
    height, weight = generator.normal(170.0, 9.0, 50_000), generator.normal(65.0, 12.0, 50_000)
    label = generator.integers(-1, 3, 50_000)
    held_out = generator.random(50_000) < 0.1
    samples = Samples.from_columns(height, weight, label, held_out)
    samples = samples.remove(np.arange(20_000, 31_000))[0]
    kept = np.r_[0:20_000, 31_000:50_000]
    used = kept[(label[kept] != -1) & ~held_out[kept]]
    count, mean, std = samples.moments
    assert count == used.size
    np.testing.assert_allclose(mean, [height[used].mean(), weight[used].mean()], rtol=1e-12)
    np.testing.assert_allclose(std, [height[used].std(), weight[used].std()], rtol=1e-12)


def test_moments_do_not_cancel_far_from_zero():
    height = 1e8 + np.arange(30_000.0) % 7
    std = Samples.from_columns(height, height, np.zeros(30_000)).moments[2]
    assert std[0] == pytest.approx(np.std(np.arange(30_000.0) % 7), rel=1e-12)


def test_an_edit_of_one_sample_shares_all_other_blocks():
    samples = Samples.from_columns(
        np.full(10 * BLOCK_SIZE, 170.0), np.full(10 * BLOCK_SIZE, 60.0), np.zeros(10 * BLOCK_SIZE)
    )
    moved = SampleRows.make([3 * BLOCK_SIZE + 5], [180.0], [60.0], [1])
    edited = samples.put(moved)
    shared = [new is old for new, old in zip(edited.blocks, samples.blocks, strict=True)]
    assert shared.count(False) == 1
    smaller = samples.remove([0])[0]
    assert [new is old for new, old in zip(smaller.blocks, samples.blocks, strict=True)].count(False) == 1


def test_ids_are_never_used_again(small_blocks):
    samples, first = Samples().add([170.0, 171.0], [60.0, 61.0], [0, 1])
    samples = samples.remove(first.sample_id)[0]
    assert len(samples) == 0
    assert samples.add([172.0], [62.0], [0])[1].sample_id.tolist() == [2]


def test_select_gives_the_rows_asked_for_in_id_order_and_leaves_out_the_rest(small_blocks):
    samples = Samples.from_columns(np.arange(150.0, 162.0), np.full(12, 60.0), np.zeros(12))
    rows = samples.select([9, 2, 40, 2])
    assert rows.sample_id.tolist() == [2, 9]
    assert rows.height_cm.tolist() == [152.0, 159.0]
    assert len(samples.select([])) == 0


def test_columns_are_read_only_copies():
    height = np.array([170.0])
    rows = SampleRows.make([0], height, [60.0], [1])
    height[0] = 0.0
    assert rows.height_cm.tolist() == [170.0]
    for column in (*rows.columns, *rows.take(np.array([True])).columns):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_nobody_is_held_out_unless_told():
    assert not Samples.from_columns([170.0, 171.0], [60.0, 61.0], [0, 1]).rows.held_out.any()


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([0, 1], [170.0], [60.0, 61.0], [0, 0]), "one length"),
        (([1, 1], [170.0, 171.0], [60.0, 61.0], [0, 0]), "increase strictly"),
        (([0], [np.nan], [60.0], [0]), "finite"),
        (([0], [170.0], [np.inf], [0]), "finite"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, message):
    with pytest.raises(ValueError, match=message):
        SampleRows.make(*columns)


def test_iterating_gives_the_blocks(small_blocks):
    samples = Samples.from_columns(np.arange(150.0, 160.0), np.full(10, 60.0), np.zeros(10))
    assert [len(block) for block in samples] == [4, 4, 2]
