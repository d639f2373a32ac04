from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scaling import Standardizer

means, stds = st.floats(-500.0, 500.0), st.floats(0.01, 100.0)
scalers = st.builds(Standardizer, means, means, stds, stds)
rows = st.lists(st.floats(-50.0, 50.0), min_size=6, max_size=6).map(lambda row: np.array(row).reshape(2, 3))
CM, KG = np.array([150.0, 170.0, 203.5]), np.array([40.0, 120.0, 71.25])


def logits(layer, scaler):
    return layer @ np.stack([*scaler.standardize(CM, KG), np.ones(3)])


def test_z_scores_are_differences_from_the_mean_in_standard_deviations():
    height, weight = Standardizer(170.0, 60.0, 10.0, 5.0).standardize(np.array([185.0]), np.array([50.0]))
    assert (height.tolist(), weight.tolist()) == ([1.5], [-2.0])


def test_the_identity_changes_nothing():
    height, weight = Standardizer.identity().standardize(CM, KG)
    assert (height == CM).all()
    assert (weight == KG).all()


def test_no_spread_counts_as_a_spread_of_one():
    scaler = Standardizer.from_moments(np.array([170.0, 60.0]), np.array([0.0, 12.0]))
    assert scaler.std.tolist() == [1.0, 12.0]
    assert scaler.mean.tolist() == [170.0, 60.0]


@given(rows, scalers)
def test_weights_in_cm_and_kg_give_the_same_logits(layer, scaler):
    original = scaler.to_original_units(layer)
    expected = logits(layer, scaler)
    tolerance = 1e-12 * (np.abs(original[:, :2]) @ np.abs([CM + 500.0, KG + 500.0]) + 50.0)
    assert (np.abs(original @ np.stack([CM, KG, np.ones(3)]) - expected) <= tolerance).all()


@given(rows, scalers)
def test_original_units_and_back_is_the_same_layer(layer, scaler):
    back = scaler.from_original_units(scaler.to_original_units(layer))
    scale = 1.0 + np.abs(scaler.mean / scaler.std).sum()
    np.testing.assert_allclose(back, layer, rtol=1e-12, atol=1e-12 * scale * 50.0)


@given(rows, scalers, scalers)
def test_carrying_to_another_scaler_keeps_every_logit(layer, old, new):
    carried = old.carry(layer, new)
    scale = np.abs(layer[:, :2]) @ ((np.abs(old.mean) + np.abs(new.mean) + 200.0) / old.std) + 50.0
    assert (np.abs(logits(carried, new) - logits(layer, old)) <= 1e-12 * scale[:, None]).all()


@given(rows, rows, scalers, scalers)
def test_the_map_is_linear_so_a_velocity_may_be_carried_too(first, second, old, new):
    together = old.carry(first + 2.0 * second, new)
    scale = 1.0 + np.abs((old.mean - new.mean) / old.std).sum() + np.abs(new.std / old.std).max()
    apart = old.carry(first, new) + 2.0 * old.carry(second, new)
    np.testing.assert_allclose(together, apart, atol=1e-11 * scale * 50.0)


def test_carrying_reads_the_last_axis_of_any_shape():
    old, new = Standardizer(170.0, 60.0, 10.0, 5.0), Standardizer(160.0, 70.0, 20.0, 4.0)
    stack = np.arange(24.0).reshape(2, 4, 3)
    carried = old.carry(stack, new)
    assert carried.shape == (2, 4, 3)
    assert carried[1, 2] == pytest.approx(old.carry(stack[1, 2], new))
