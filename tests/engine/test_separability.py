"""Separability: the exact answer on cases checked by hand, and against SciPy's linear programs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from engine.optimum.convex_hull import hull_corners
from engine.optimum.gordan import dot, gordan, null_space
from engine.optimum.separability import separability_of


def kind(points, n_classes=None):
    """Separation of (x, y, class) triples."""
    x, y, labels = (np.array(column) for column in zip(*points, strict=True))
    return separability_of(x.astype(float), y.astype(float), labels, n_classes or int(labels.max()) + 1).kind


def by_linear_program(points, n_classes):
    """The same decision from SciPy: the largest sum of min(1, comparison) over directions that lose none."""
    rows = []
    for x, y, label in points:
        for other in range(n_classes):
            if other != label:
                row = np.zeros((n_classes, 3))
                row[label] += [x, y, 1]
                row[other] -= [x, y, 1]
                rows.append(row[1:].ravel())
    comparisons = np.array(rows)
    count, width = comparisons.shape
    result = linprog(
        np.concatenate([np.zeros(width), -np.ones(count)]),
        A_ub=np.hstack([-comparisons, np.eye(count)]),
        b_ub=np.zeros(count),
        bounds=[(None, None)] * width + [(0, 1)] * count,
        method="highs-ds",
    )
    assert result.status == 0
    won = int(np.rint(-result.fun))
    assert abs(won + result.fun) < 1e-6
    return "none" if won == 0 else "complete" if won == count else "quasi"


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(0, 0, 0), (1, 0, 1)], "complete"),
        ([(0, 0, 0), (0, 0, 1)], "none"),
        ([(0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1)], "none"),  # XOR
        ([(0, 0, 0), (1, 0, 0), (1, 0, 1), (2, 0, 1)], "quasi"),  # both classes share a point of the line
        ([(0, 0, 0), (0, 2, 0), (0, 1, 1), (5, 0, 1)], "quasi"),  # class 1 touches an edge of class 0
        ([(0, 0, 0), (0, 2, 0), (0, 1, 1)], "none"),  # all on one line, class 1 between the others
        ([(0, 0, 0), (0, 1, 0), (0, 2, 1)], "complete"),  # all on one line, side by side
        ([(0, 0, 0), (4, 0, 0), (0, 4, 0), (1, 1, 1)], "none"),  # inside
        ([(0, 0, 0), (2, 0, 1), (4, 0, 2)], "complete"),
        ([(0, 0, 0), (0, 0, 1), (9, 9, 2)], "quasi"),  # only class 2 can be split off
        ([(0, 0, 0), (0, 0, 1), (0, 0, 2)], "none"),
    ],
)
def test_kind_of_cases_checked_by_hand(points, expected):
    assert kind(points) == expected


def test_an_empty_class_is_quasi_unless_the_others_are_separated():
    overlapping = [(0, 0, 0), (0, 0, 1)]
    assert kind(overlapping, n_classes=2) == "none"
    assert kind(overlapping, n_classes=3) == "quasi"
    assert kind([(0, 0, 0), (1, 0, 2)], n_classes=3) == "complete"


def test_one_populated_class_is_completely_separated():
    assert kind([(160, 50, 1), (170, 60, 1)], n_classes=2) == "complete"


def test_pairwise_separation_does_not_separate_three_classes():
    # The classes are the blades of a wheel, each reaching past the next one's end: a line separates each
    # pair, but the three lines form a triangle, and those of three linear functions meet in a point.
    points = [(-6, -6, 0), (0, 1, 0), (6, 0, 1), (-1, -1, 1), (0, 6, 2), (1, 0, 2)]
    for left, right in [(0, 1), (0, 2), (1, 2)]:
        pair = [(x, y, int(label == right)) for x, y, label in points if label in (left, right)]
        assert kind(pair) == "complete"
    assert kind(points) == by_linear_program(points, 3) == "quasi"


def test_decimals_count_as_written():
    # 0.1 + 0.2 is not 0.3 in binary: the three points lie on one line as they are written, not as stored.
    points = [(0.1, 0.3, 0), (0.7, 2.1, 0), (0.3, 0.9, 1), (0.5, 9.0, 1)]
    assert kind(points) == "quasi"


@pytest.mark.parametrize("scale", [1e-7, 1.0, 1e9])
def test_units_do_not_matter(scale):
    touching = [(160, 50, 0), (180, 70, 0), (170, 60, 1), (150, 90, 1)]
    assert kind([(x * scale, y * scale, label) for x, y, label in touching]) == "quasi"


small = st.integers(0, 4)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(2, 4))
def test_agrees_with_linear_programs_on_small_integers(data, n_classes):
    label = st.integers(0, n_classes - 1)
    points = data.draw(st.lists(st.tuples(small, small, label), min_size=1, max_size=12))
    assert kind(points, n_classes) == by_linear_program(points, n_classes)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=1, max_size=150))
def test_hull_holds_every_point_and_turns_left_at_every_corner(points):
    corners = hull_corners(np.array(points).T)
    assert set(corners) <= set(points)
    following = corners[1:] + corners[:1]
    edges = list(zip(corners, following, strict=True)) if len(corners) > 1 else []
    for (ax, ay), (bx, by) in edges:
        sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in points]
        assert min(sides) >= 0
        if len(corners) > 2:
            assert sum((bx - ax) * (y - ay) == (by - ay) * (x - ax) for x, y in corners) == 2
    if len(corners) == 1:
        assert set(points) == set(corners)


def test_hull_of_many_points_is_the_hull_of_its_corners():
    rng = np.random.default_rng(5)
    points = rng.normal(scale=1e9, size=(2, 5000)).astype(np.int64)
    scipy_spatial = pytest.importorskip("scipy.spatial")
    expected = points[:, scipy_spatial.ConvexHull(points.T.astype(float)).vertices]
    assert sorted(hull_corners(points)) == sorted(zip(*expected.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4).flatmap(lambda p: st.lists(
    st.lists(st.integers(-3, 3), min_size=p, max_size=p), min_size=1, max_size=10)))  # fmt: skip
def test_gordan_gives_a_direction_or_rows_that_cancel_out(rows):
    direction, support = gordan(rows)
    if direction is not None:
        assert support == []
        assert all(dot(row, direction) > 0 for row in rows)
    else:
        assert support
        chosen = np.array([rows[index] for index in support], dtype=float)
        weights = linprog(
            np.zeros(len(support)),
            A_eq=chosen.T,
            b_eq=np.zeros(chosen.shape[1]),
            bounds=[(1, None)] * len(support),
        )
        assert weights.status == 0


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 5).flatmap(lambda p: st.lists(
    st.lists(st.integers(-4, 4), min_size=p, max_size=p), min_size=1, max_size=6)))  # fmt: skip
def test_null_space_is_orthogonal_and_complete(rows):
    width = len(rows[0])
    basis = null_space(rows, width)
    assert all(dot(row, vector) == 0 for row in rows for vector in basis)
    rank = np.linalg.matrix_rank(np.array(rows, dtype=float))
    assert len(basis) == width - rank
    if basis:
        assert np.linalg.matrix_rank(np.array(basis, dtype=float)) == len(basis)
