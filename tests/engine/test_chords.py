"""Chords: of functions whose convexity is known, of the losses, and counted over a box."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batched_losses import batched_loss, on_plane
from engine.examples import ONE_SAMPLE
from engine.landscape.chords import chord_between, violated_share
from engine.landscape.planes import Plane
from tests.engine.lab_examples import LOGISTIC, people


def cube(rows):
    """f(x) = x^3 of the first parameter: convex above 0, concave below."""
    return rows[:, 0] ** 3


def bowl(rows):
    return (rows**2).sum(axis=1)


class TestOneChord:
    def test_runs_from_b_to_a(self):
        chord = chord_between(bowl, (3.0, 0.0), (0.0, 1.0), points=5)
        assert chord.t.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
        assert chord.loss[0] == 1.0
        assert chord.loss[-1] == 9.0
        assert chord.chord.tolist() == [1.0, 3.0, 5.0, 7.0, 9.0]
        assert chord.loss[2] == pytest.approx(1.5**2 + 0.5**2)

    def test_of_a_convex_function_is_nowhere_crossed(self):
        chord = chord_between(bowl, (3.0, -2.0), (-1.0, 1.0))
        assert chord.violated == ()
        assert chord.largest_violation == 0.0
        assert chord.largest_at is None

    def test_of_a_straight_function_is_not_violated_by_rounding(self):
        rng = np.random.default_rng(0)
        slope = rng.normal(size=6)
        for a, b in rng.normal(size=(20, 2, 6)) * 1e3:
            assert chord_between(lambda rows: rows @ slope, a, b).violated == ()

    def test_ends_of_the_violation_are_exact(self):
        # x^3 less its chord from p to q is (x - p) (x - q) (x + p + q): it changes its sign at x = -(p + q).
        p, q = -1.5, 1.0
        chord = chord_between(cube, (q,), (p,))
        crossing = (-(p + q) - p) / (q - p)
        ((first, last),) = chord.violated
        assert first == pytest.approx(0.0, abs=1e-9)
        assert last == pytest.approx(crossing, abs=1e-9)

    def test_the_largest_violation_is_exact(self):
        p, q = -1.5, 1.0
        chord = chord_between(cube, (q,), (p,), points=50)
        slope = (q**3 - p**3) / (q - p)
        x = -np.sqrt(slope / 3.0)
        assert chord.largest_violation == pytest.approx(x**3 - (p**3 + slope * (x - p)), rel=1e-10)
        assert chord.largest_at == pytest.approx((x - p) / (q - p), abs=1e-6)

    def test_several_violations(self):
        chord = chord_between(lambda rows: -np.cos(rows[:, 0]), (5 * np.pi,), (-np.pi,))
        # The first chord is the constant 1, the largest value there is; the second the constant 0.
        assert chord.violated == ()
        shifted = chord_between(lambda rows: np.sin(rows[:, 0]), (4 * np.pi,), (0.0,))
        assert np.array(shifted.violated) == pytest.approx(np.array([[0.0, 0.25], [0.5, 0.75]]), abs=1e-9)
        assert shifted.largest_violation == pytest.approx(1.0)

    def test_mse_of_one_sample_violates_it_and_bce_does_not(self):
        data, a, b = ONE_SAMPLE.training_data(), (2.0, 2.0, 0.0), (-6.0, -6.0, 0.0)
        assert chord_between(batched_loss(LOGISTIC, "bce", data), a, b).violated == ()
        mse = chord_between(batched_loss(LOGISTIC, "mse", data), a, b)
        assert len(mse.violated) == 1
        z = 4.0 * mse.largest_at - 12.0 * (1.0 - mse.largest_at)
        p_at = [1.0 / (1.0 + np.exp(-z)) for z in (z, 4.0, -12.0)]
        loss, at_a, at_b = ((1.0 - p) ** 2 for p in p_at)
        expected = loss - mse.largest_at * at_a - (1.0 - mse.largest_at) * at_b
        assert mse.largest_violation == pytest.approx(expected, rel=1e-9)
        assert mse.largest_violation >= (mse.loss - mse.chord).max()

    @pytest.mark.parametrize("seed", range(8))
    def test_bce_is_convex_between_any_two_points(self, seed):
        a, b = np.random.default_rng(seed).normal(0.0, 10.0, (2, 3))
        assert chord_between(batched_loss(LOGISTIC, "bce", people()), a, b).violated == ()

    @pytest.mark.parametrize(
        ("a", "b", "points", "words"),
        [((0.0,), (1.0, 2.0), 9, "one length"), ((0.0,), (1.0,), 2, "at least 3")],
    )
    def test_refuses_what_is_no_chord(self, a, b, points, words):
        with pytest.raises(ValueError, match=words):
            chord_between(bowl, a, b, points)


class TestManyChords:
    def test_none_of_a_convex_function(self):
        share = violated_share(bowl, (-1.0, -1.0), (1.0, 1.0), 500, seed=3)
        assert (share.chords, share.violated, share.share, share.largest_violation) == (500, 0, 0.0, 0.0)

    def test_all_of_a_concave_function(self):
        share = violated_share(lambda rows: -bowl(rows), (-1.0, -1.0), (1.0, 1.0), 500, seed=3)
        assert share.share == 1.0
        # At the middle of a chord from corner to corner it would be 2.
        assert 1.0 < share.largest_violation < 2.0

    def test_share_of_the_cube(self):
        # (x - p) (x - q) (x + p + q) is positive for some x between p and q iff min(p, q) + p + q < 0.
        rng = np.random.default_rng(0)
        p, q = rng.uniform(-1.0, 1.0, (2, 1_000_000))
        expected = (np.minimum(p, q) + p + q < 0.0).mean()
        share = violated_share(cube, (-1.0,), (1.0,), 20_000, seed=5, points=99)
        assert share.share == pytest.approx(expected, abs=0.02)

    def test_kinks_count(self):
        # -|x|: every second derivative is 0 where there is one.
        share = violated_share(lambda rows: -np.abs(rows[:, 0]), (-1.0,), (1.0,), 4000, seed=1, points=99)
        assert share.share == pytest.approx(0.5, abs=0.03)

    def test_the_seed_decides(self):
        function = batched_loss(LOGISTIC, "mse", people())
        low, high = np.full(3, -5.0), np.full(3, 5.0)
        first, again, other = (violated_share(function, low, high, 50, seed).share for seed in (1, 1, 2))
        assert first == again
        assert 0.0 < first <= 1.0
        assert 0.0 < other <= 1.0

    def test_on_a_plane_of_the_losses(self):
        data = people()
        plane = Plane.of_weights((0.0, 0.0, 0.5), 0, 1, (-8, 8), (-8, 8), 3, 3)
        shares = {
            loss: violated_share(
                on_plane(batched_loss(LOGISTIC, loss, data), plane), (-8.0, -8.0), (8.0, 8.0), 200, seed=0
            ).share
            for loss in ("bce", "mse")
        }
        assert shares["bce"] == 0.0
        assert shares["mse"] > 0.5

    def test_an_equal_end_stays_fixed(self):
        seen = []

        def function(rows):
            seen.append(rows[:, 1])
            return bowl(rows)

        violated_share(function, (0.0, 2.0), (1.0, 2.0), 10, seed=0)
        assert all((values == 2.0).all() for values in seen)

    def test_stops(self):
        assert violated_share(bowl, (0.0,), (1.0,), 10, 0, should_stop=lambda: True) is None

    @pytest.mark.parametrize(
        ("low", "high", "chords", "points", "words"),
        [
            ((0.0,), (1.0,), 0, 9, "at least one chord"),
            ((0.0,), (1.0,), 9, 0, "at least one chord"),
            ((1.0,), (0.0,), 9, 9, "low and a high"),
            ((1.0,), (0.0, 3.0), 9, 9, "low and a high"),
        ],
    )
    def test_refuses_what_is_no_box(self, low, high, chords, points, words):
        with pytest.raises(ValueError, match=words):
            violated_share(bowl, low, high, chords, 0, points)
