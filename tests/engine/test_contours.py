"""Contour lines: on the level, in the grid's orientation, joined, and with larger values on the left."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contours import contour_lines

X, Y = np.linspace(-2.0, 3.0, 61), np.linspace(-1.0, 2.5, 43)


def on_grid(function, x=X, y=Y):
    return function(*np.meshgrid(x, y))


def signed_area(line):
    x, y = line[:, 0], line[:, 1]
    return 0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def asymmetric(x, y):
    return x + 3.0 * y + 0.5 * x * x - 0.2 * x * y


def test_the_line_of_an_asymmetric_function_lies_where_the_function_has_the_level():
    (line,) = contour_lines(on_grid(asymmetric), 1.5, X, Y)
    assert line.shape[1] == 2
    assert len(line) > 50
    assert not line.flags.writeable
    np.testing.assert_allclose(asymmetric(*line.T), 1.5, atol=2e-3)
    # It goes all the way from the left edge to the lower one, larger values on its left.
    assert line[0, 0] == X[0]
    assert line[-1, 1] == Y[0]


def test_finer_grids_come_closer_to_the_function():
    errors = []
    for n in (20, 40, 80):
        x, y = np.linspace(-2.0, 3.0, n), np.linspace(-1.0, 2.5, n)
        lines = contour_lines(on_grid(asymmetric, x, y), 1.5, x, y)
        errors.append(max(np.abs(asymmetric(*line.T) - 1.5).max() for line in lines))
    assert errors[0] > 3.0 * errors[1] > 9.0 * errors[2]


def test_a_plane_has_an_exactly_straight_line():
    (line,) = contour_lines(on_grid(lambda x, y: 2.0 * x - 3.0 * y), 0.7, X, Y)
    np.testing.assert_allclose(2.0 * line[:, 0] - 3.0 * line[:, 1], 0.7, atol=1e-12)


def test_a_hill_has_a_closed_line_with_the_hill_on_its_left():
    (line,) = contour_lines(on_grid(lambda x, y: -(x**2) - 2.0 * (y - 0.5) ** 2), -0.5, X, Y)
    assert line[0].tolist() == line[-1].tolist()
    area = np.pi * np.sqrt(0.5) * np.sqrt(0.25)
    assert signed_area(line) == pytest.approx(area, rel=0.01)


def test_a_hole_has_its_line_the_other_way_round():
    (line,) = contour_lines(on_grid(lambda x, y: x**2 + 2.0 * (y - 0.5) ** 2), 0.5, X, Y)
    assert signed_area(line) < 0.0


def test_an_open_line_has_larger_values_on_its_left():
    (line,) = contour_lines(on_grid(asymmetric), 1.5, X, Y)
    along = line[30] - line[29]
    left = 0.5 * (line[29] + line[30]) + 0.2 * np.array([-along[1], along[0]])
    right = 0.5 * (line[29] + line[30]) - 0.2 * np.array([-along[1], along[0]])
    assert asymmetric(*left) > 1.5 > asymmetric(*right)


def test_many_islands_are_as_many_closed_lines():
    lines = contour_lines(on_grid(lambda x, y: np.sin(4.0 * x) * np.sin(4.0 * y)), 0.6, X, Y)
    closed = [line for line in lines if line[0].tolist() == line[-1].tolist()]
    assert len(closed) >= 3
    assert len({tuple(line[0]) for line in lines}) == len(lines)


@pytest.mark.parametrize(("level", "joined"), [(0.4, True), (0.6, False)])
def test_the_mean_decides_whether_opposite_corners_are_joined(level, joined):
    lines = contour_lines([[1.0, 0.0], [0.0, 1.0]], level, [0.0, 1.0], [0.0, 1.0])
    assert len(lines) == 2
    # Joined: each line cuts off one of the two low corners; else one of the two high ones.
    low, high = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 0.0], [1.0, 1.0]])
    for line in lines:
        middle = line.mean(axis=0)
        to_low, to_high = (np.linalg.norm(corners - middle, axis=1).min() for corners in (low, high))
        assert (to_low < to_high) == joined


@pytest.mark.parametrize("kind", range(16))
def test_every_kind_of_cell_cuts_off_its_corners(kind):
    values = np.zeros((4, 4))
    for bit, (row, column) in enumerate([(1, 1), (1, 2), (2, 2), (2, 1)]):
        values[row, column] = bool(kind & (1 << bit))
    lines = contour_lines(values, 0.5, np.arange(4.0), np.arange(4.0))
    assert all(line[0].tolist() == line[-1].tolist() for line in lines)
    # Crossings lie half-way: what a cell has above the level follows from how many of its corners are.
    shares = {0: 0.0, 1: 1 / 8, 2: 1 / 2, 3: 7 / 8, 4: 1.0}
    corners = values[:-1, :-1] + values[:-1, 1:] + values[1:, :-1] + values[1:, 1:]
    expected = sum(shares[int(count)] for count in corners.ravel())
    if kind in (5, 10):
        expected += 3 / 4 - 1 / 2  # two opposite corners, joined
    assert sum(signed_area(line) for line in lines) == pytest.approx(expected, abs=1e-12)


def test_no_crossing_is_no_line():
    assert contour_lines(np.zeros((5, 6)), 0.5, np.arange(6.0), np.arange(5.0)) == []
    assert contour_lines(np.ones((5, 6)), 1.0, np.arange(6.0), np.arange(5.0)) == []
    assert contour_lines(np.zeros((1, 6)), 0.5, np.arange(6.0), np.arange(1.0)) == []


def test_cells_that_are_not_finite_have_no_line():
    values = on_grid(asymmetric)
    whole = contour_lines(values, 1.5, X, Y)
    values[:, 30] = np.nan
    values[:, 45] = np.inf
    lines = contour_lines(values, 1.5, X, Y)
    assert len(lines) > len(whole)
    assert all(np.isfinite(line).all() for line in lines)
