from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decision_regions import Line, clip_line, decision_line, pairwise_segments, probability_grid
from engine.models import layout_of, probabilities
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest
from engine.specs import MULTI_CLASS_KINDS, RIVAL_KINDS, ModelSpec

LOGISTIC = ModelSpec("logistic", 2)
SCALER = Standardizer(168.0, 66.0, 9.0, 13.0)
HEIGHTS, WEIGHTS = (140.0, 210.0), (35.0, 130.0)
numbers = st.floats(-10.0, 10.0)


def request_of(columns=30, rows=20):
    return RegionRequest(*HEIGHTS, *WEIGHTS, columns, rows, 0)


def contains(point):
    return HEIGHTS[0] <= point[0] <= HEIGHTS[1] and WEIGHTS[0] <= point[1] <= WEIGHTS[1]


def softmax_at(rows, point):
    z = rows @ [*point, 1.0]
    return z - z.max()


# The map


@pytest.mark.parametrize(
    "model", [LOGISTIC, *(ModelSpec(kind, k) for kind in MULTI_CLASS_KINDS for k in (3, 8))], ids=str
)
@pytest.mark.parametrize("spread", [0.0, 1.0, 1000.0])
def test_every_cell_has_the_models_probabilities_at_its_centre(model, spread):
    parameters = spread * np.random.default_rng(4).normal(size=layout_of(model).parameter_count)
    grid = probability_grid(model, parameters, SCALER, request_of())
    assert grid.probability.shape == (model.n_classes, 20, 30)
    assert grid.probability.dtype == np.float32
    for row, column in [(0, 0), (0, 29), (19, 0), (13, 7)]:
        height = HEIGHTS[0] + (column + 0.5) * 70.0 / 30
        weight = WEIGHTS[0] + (row + 0.5) * 95.0 / 20
        z = SCALER.standardize(np.array([height]), np.array([weight]))
        expected = probabilities(model, parameters, np.stack([*z, np.ones(1)]))[:, 0]
        if model.kind in RIVAL_KINDS and spread == 0.0:
            expected = np.full(model.n_classes, 1.0 / model.n_classes)
        np.testing.assert_allclose(
            grid.probability[:, row, column], expected, atol=1e-6 * max(1.0, spread / 100)
        )


def test_rows_go_up_with_weight_and_columns_right_with_height():
    heavier = probability_grid(LOGISTIC, np.array([0.0, 1.0, 0.0]), SCALER, request_of()).probability[1]
    taller = probability_grid(LOGISTIC, np.array([1.0, 0.0, 0.0]), SCALER, request_of()).probability[1]
    assert (np.diff(heavier, axis=0) > 0.0).all()
    assert (np.diff(heavier, axis=1) == 0.0).all()
    assert (np.diff(taller, axis=1) > 0.0).all()


def test_probabilities_of_a_cell_sum_to_one_and_are_read_only():
    grid = probability_grid(ModelSpec("softmax", 5), np.arange(15.0), SCALER, request_of())
    np.testing.assert_allclose(grid.probability.sum(axis=0), 1.0, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        grid.probability[0, 0, 0] = 0.0


# Lines


@given(numbers, numbers, st.floats(-500.0, 500.0), st.floats(0.01, 0.99), st.floats(-100.0, 100.0))
def test_p_on_the_decision_line_is_the_threshold(a, b, bias, threshold, along):
    if math.hypot(a, b) < 1e-3:
        a = 1.0
    line = decision_line(np.array([a, b, bias]), threshold)
    square = line.a**2 + line.b**2
    cm = -line.c * line.a / square - along * line.b
    kg = -line.c * line.b / square + along * line.a
    z = a * cm + b * kg + bias
    assert z == pytest.approx(math.log(threshold / (1.0 - threshold)), abs=1e-9)


def test_the_threshold_moves_the_line_in_parallel_and_half_is_z_zero():
    weights = np.array([-0.24, 0.245, 23.0])
    half, high = decision_line(weights, 0.5), decision_line(weights, 0.8)
    assert half == Line(-0.24, 0.245, 23.0)
    assert (high.a, high.b) == (half.a, half.b)
    assert high.c == pytest.approx(23.0 - math.log(4.0), rel=1e-15)


@pytest.mark.parametrize(
    ("weights", "threshold"),
    [([0.0, 0.0, 1.0], 0.5), ([1.0, 1.0, 0.0], 0.0), ([1.0, 1.0, 0.0], 1.0), ([np.nan, 1.0, 0.0], 0.5)],
)
def test_where_no_point_has_the_threshold_there_is_no_line(weights, threshold):
    assert decision_line(np.array(weights), threshold) is None


def test_clipping_gives_the_two_points_on_the_rectangles_edge():
    upright = clip_line(Line(1.0, 0.0, -170.0), HEIGHTS, WEIGHTS)
    assert sorted(upright) == [(170.0, 35.0), (170.0, 130.0)]
    level = clip_line(Line(0.0, -2.0, 160.0), HEIGHTS, WEIGHTS)
    assert sorted(level) == [(140.0, 80.0), (210.0, 80.0)]


@pytest.mark.parametrize(
    "line", [Line(1.0, 0.0, -300.0), Line(0.0, 1.0, 0.0), Line(1.0, 1.0, 0.0), Line(0.0, 0.0, 1.0)]
)
def test_a_line_outside_the_rectangle_has_no_part_in_it(line):
    assert clip_line(line, HEIGHTS, WEIGHTS) is None


@given(numbers, numbers, st.floats(*HEIGHTS), st.floats(*WEIGHTS), st.sampled_from([1.0, 1e-200, 1e200]))
def test_a_line_through_a_point_of_the_rectangle_is_cut_on_its_edge(a, b, cm, kg, scale):
    if math.hypot(a, b) < 1e-6:
        b = 1.0
    inner = (141.0 + (cm - 140.0) * 68.0 / 70.0, 36.0 + (kg - 35.0) * 93.0 / 95.0)
    line = Line(a * scale, b * scale, -(a * inner[0] + b * inner[1]) * scale)
    ends = clip_line(line, HEIGHTS, WEIGHTS)
    assert ends is not None
    for point in ends:
        assert contains(point)
        assert a * point[0] + b * point[1] == pytest.approx(a * inner[0] + b * inner[1], abs=1e-8)
        gaps = [abs(point[0] - edge) for edge in HEIGHTS] + [abs(point[1] - edge) for edge in WEIGHTS]
        assert min(gaps) < 1e-9


# Lines between classes


@given(st.lists(numbers, min_size=9, max_size=12))
def test_on_top_is_exactly_where_the_two_classes_lead(flat):
    layer = np.array(flat[: 3 * (len(flat) // 3)]).reshape(-1, 3)
    rows = SCALER.to_original_units(layer)
    for segment in pairwise_segments(rows, HEIGHTS, WEIGHTS):
        (h0, w0), (h1, w1) = segment.full
        assert segment.first < segment.second
        scale = 1e-9 * (1.0 + np.abs(rows).max() * 200.0)
        spots = np.linspace(0.0, 1.0, 41)[1:-1]
        points = [(h0 + t * (h1 - h0), w0 + t * (w1 - w0)) for t in spots]
        margins = []
        for point in points:
            z = softmax_at(rows, point)
            assert z[segment.first] == pytest.approx(z[segment.second], abs=scale)
            margins.append(z[segment.first] - np.delete(z, [segment.first, segment.second]).max())
        leads = [spot for spot, margin in zip(spots, margins, strict=True) if margin > 1e-6]
        trails = [spot for spot, margin in zip(spots, margins, strict=True) if margin < -1e-6]
        if segment.on_top is None:
            assert not leads
            continue
        length = math.dist(*segment.full)
        low, high = sorted(math.dist(segment.full[0], end) / length for end in segment.on_top)
        assert all(contains(end) for end in segment.on_top)
        assert all(not low + 1e-6 < spot < high - 1e-6 for spot in trails)
        assert all(low - 1e-6 <= spot <= high + 1e-6 for spot in leads)


def test_three_classes_meet_in_one_point():
    rows = SCALER.to_original_units(np.array([[1.0, 0.0, 0.0], [-0.5, 0.9, 0.0], [-0.5, -0.9, 0.0]]))
    segments = pairwise_segments(rows, HEIGHTS, WEIGHTS)
    assert [(one.first, one.second) for one in segments] == [(0, 1), (0, 2), (1, 2)]
    for segment in segments:
        nearest = min(segment.on_top, key=lambda end: math.dist(end, (168.0, 66.0)))
        assert nearest == pytest.approx((168.0, 66.0), abs=1e-9)
        assert math.dist(*segment.on_top) < math.dist(*segment.full)


def test_a_pair_below_a_third_class_has_a_line_but_no_border():
    rows = np.array([[0.1, 0.0, -17.0], [-0.1, 0.0, 17.0], [0.0, 0.0, 100.0]])
    (segment,) = pairwise_segments(rows, HEIGHTS, WEIGHTS)
    assert (segment.first, segment.second, segment.on_top) == (0, 1, None)
    assert sorted(segment.full) == [(170.0, 35.0), (170.0, 130.0)]


def test_the_border_of_two_classes_stays_when_a_third_ties_all_along_it():
    """As just after a class has been added: rows -w/2, +w/2 and 0."""
    generator = np.random.default_rng(8)
    for _ in range(50):
        w = generator.normal(size=3)
        w[2] = -w[:2] @ generator.normal(size=2)  # through a point near the middle
        rows = SCALER.to_original_units(np.array([-w / 2.0, w / 2.0, 0.0 * w]))
        border = pairwise_segments(rows, HEIGHTS, WEIGHTS)[0]
        assert (border.first, border.second) == (0, 1)
        assert border.on_top == border.full


def test_equal_rows_have_no_line_between_them():
    assert pairwise_segments(np.zeros((4, 3)), HEIGHTS, WEIGHTS) == []


# The borders of models whose p forgets the sign of z


@pytest.mark.parametrize("kind", RIVAL_KINDS)
@pytest.mark.parametrize("n_classes", [2, 3, 5])
@pytest.mark.parametrize("seed", range(6))
def test_a_rivals_borders_are_where_its_map_changes_its_answer(kind, n_classes, seed):
    """Between two neighbouring cells with different answers a border crosses, and on it both are on top."""
    model = ModelSpec(kind, n_classes)
    rows = np.random.default_rng([seed, n_classes]).normal(size=(n_classes, 3))
    in_cm_kg = SCALER.to_original_units(rows)
    segments = pairwise_segments(in_cm_kg, HEIGHTS, WEIGHTS, kind)
    borders = [segment for segment in segments if segment.on_top is not None]
    for segment in borders:
        (h0, w0), (h1, w1) = segment.on_top
        assert contains(segment.on_top[0])
        assert contains(segment.on_top[1])
        for share in (0.01, 0.5, 0.99):
            z = np.abs(in_cm_kg @ [h0 + share * (h1 - h0), w0 + share * (w1 - w0), 1.0])
            assert z[segment.first] == pytest.approx(z[segment.second], abs=1e-9)
            assert z[segment.first] >= z.max() - 1e-9
    grid = probability_grid(model, rows.ravel(), SCALER, request_of(60, 60))
    answer = grid.probability.argmax(axis=0)
    heights, weights = request_of(60, 60).cell_centres()
    rows_changed, columns_changed = np.nonzero(answer[:, 1:] != answer[:, :-1])
    for row, column in zip(rows_changed.tolist(), columns_changed.tolist(), strict=True):
        crossings = [
            height
            for segment in borders
            for height in crossed_at(segment.on_top, weights[row])
            if heights[column] - 1e-9 <= height <= heights[column + 1] + 1e-9
        ]
        assert crossings


def crossed_at(segment, weight):
    """Heights at which a segment crosses one weight."""
    (h0, w0), (h1, w1) = segment
    if not min(w0, w1) <= weight <= max(w0, w1) or w0 == w1:
        return []
    return [h0 + (weight - w0) / (w1 - w0) * (h1 - h0)]


def test_a_border_in_two_parts_is_two_segments():
    """|x| = |y| is a border but where a constant lies above both: around the middle."""
    rows = np.array([[1.0, 0.0, -175.0], [0.0, 1.0, -82.5], [0.0, 0.0, 10.0]])
    segments = pairwise_segments(rows, HEIGHTS, WEIGHTS, "absolute")
    parts = [one.on_top for one in segments if (one.first, one.second) == (0, 1)]
    assert len(parts) == 4
    assert all(part is not None for part in parts)
    assert len({one.full for one in segments if (one.first, one.second) == (0, 1)}) == 2
    assert len(pairwise_segments(rows, HEIGHTS, WEIGHTS, "sigmoids")) == len(
        pairwise_segments(rows, HEIGHTS, WEIGHTS)
    )
