"""The map's orientation and colours, and the boundaries that must lie where the colours change."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor

from engine.samples import Samples
from gui.canvas.boundaries import boundary_segments, nearest_boundary
from gui.canvas.probability_map import LEVELS, MAX_TINT, region_request, tint_table, tinted
from gui.canvas.viewport import Viewport
from tests.gui.canvas_stage import Stage

PLOT = QColor("#FFFFFF")
FILLS = [QColor("#0072B2"), QColor("#D55E00"), QColor("#009E73")]

# z grows with the height alone above 165 cm, and with the weight twice as much: no symmetry hides a flip.
ASYMMETRIC = [0.2, 0.4, -62.0]


def blended(fill: QColor, share: float) -> tuple[int, ...]:
    channels = zip(PLOT.getRgb()[:3], fill.getRgb()[:3], strict=True)
    return tuple(round(back + share * MAX_TINT * (front - back)) for back, front in channels)


def rgb(value: int) -> tuple[int, ...]:
    return QColor.fromRgb(int(value)).getRgb()[:3]


def test_the_tint_runs_from_the_background_to_a_third_of_the_class_hue():
    table = tint_table(PLOT, FILLS)
    assert table.shape == (3, LEVELS)
    for index, fill in enumerate(FILLS):
        assert rgb(table[index, 0]) == (255, 255, 255)
        assert rgb(table[index, -1]) == pytest.approx(blended(fill, 1.0), abs=1)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_cell_has_its_winners_hue_as_strong_as_it_is_sure(n_classes):
    table = tint_table(PLOT, FILLS[:n_classes])
    winner_p = 0.8
    p = np.full((n_classes, 1, 1), (1 - winner_p) / (n_classes - 1), dtype=np.float32)
    p[1] = winner_p
    confidence = (winner_p - 1 / n_classes) / (1 - 1 / n_classes)
    assert rgb(tinted(p, table)[0, 0]) == pytest.approx(blended(FILLS[1], confidence), abs=1)


def test_where_all_classes_are_equal_the_background_shows():
    assert (
        rgb(tinted(np.full((3, 1, 1), 1 / 3, dtype=np.float32), tint_table(PLOT, FILLS))[0, 0]) == (255,) * 3
    )


def test_the_lowest_weight_is_the_bottom_row_and_the_smallest_height_the_left_column():
    p_one = np.array([[0.0, 0.2, 0.4], [0.6, 0.8, 1.0]], dtype=np.float32)  # row 0: the lowest weight
    picture = tinted(np.stack([1 - p_one, p_one]), tint_table(PLOT, FILLS[:2]))
    strongest_one, strongest_zero = blended(FILLS[1], 1.0), blended(FILLS[0], 1.0)
    assert rgb(picture[0, 2]) == pytest.approx(strongest_one, abs=1)  # heaviest and tallest: top right
    assert rgb(picture[1, 0]) == pytest.approx(strongest_zero, abs=1)  # lightest and smallest: bottom left


def test_a_broken_model_shows_the_background_instead_of_failing():
    nan = np.full((2, 1, 1), np.nan, dtype=np.float32)
    assert rgb(tinted(nan, tint_table(PLOT, FILLS[:2]))[0, 0]) == (255,) * 3


def test_the_request_covers_the_view_and_asks_for_few_cells():
    view = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(0, 0, 2000, 1500))
    request = region_request(view, 1)
    assert request.height_min_cm < 140.0 < 200.0 < request.height_max_cm
    assert request.weight_min_kg < 40.0 < 120.0 < request.weight_max_kg
    assert (request.columns, request.rows, request.model_index) == (200, 150, 1)


def test_a_region_is_requested_for_each_view_and_model(qtbot):
    stage = Stage(qtbot)
    assert len(stage.requests) >= 1
    before = len(stage.requests)
    stage.wheel(stage.px(165.0, 70.0), 1)
    assert len(stage.requests) == before + 1
    stage.interaction.set_selected_model(1)
    assert stage.requests[-1].model_index == 1
    assert stage.requests[-1].height_min_cm == stage.requests[-2].height_min_cm


def test_on_screen_the_map_is_the_right_way_round(qtbot):
    stage = Stage(qtbot, Samples(), loss_mode="cross_entropy")
    stage.show_model(ASYMMETRIC)
    theme = stage.appearance.theme
    fills = [theme.class_fill(0), theme.class_fill(1)]
    for height_cm, weight_kg in ((145.0, 115.0), (195.0, 45.0), (195.0, 115.0), (145.0, 45.0)):
        z = ASYMMETRIC[0] * height_cm + ASYMMETRIC[1] * weight_kg + ASYMMETRIC[2]
        p = 1 / (1 + np.exp(-z))
        expected = blended(fills[int(z >= 0)], abs(2 * p - 1))
        assert stage.color_at(stage.px(height_cm, weight_kg)).getRgb()[:3] == pytest.approx(expected, abs=3)


def test_the_line_lies_where_the_maps_colours_change(qtbot):
    stage = Stage(qtbot, Samples(), loss_mode="cross_entropy")
    stage.show_model(ASYMMETRIC)
    (segment,) = stage.view.layers.boundaries[0].segments
    middle = np.mean(segment, axis=0)
    assert ASYMMETRIC[0] * middle[0] + ASYMMETRIC[1] * middle[1] + ASYMMETRIC[2] == pytest.approx(
        0.0, abs=1e-9
    )
    on_line = stage.px(*middle)
    ink = stage.appearance.theme.loss_color("bce")
    assert stage.color_at(on_line).getRgb()[:3] == pytest.approx(ink.getRgb()[:3], abs=60)
    for offset, own in ((QPoint(30, -30), 1), (QPoint(-30, 30), 0)):
        color = stage.color_at(on_line + offset)
        # Blue is class 0's hue and orange class 1's: the tint keeps their order of red and blue.
        assert (color.red() > color.blue()) == (own == 1)


VIEW = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(0, 0, 600, 400))


def test_the_threshold_moves_the_line_in_parallel():
    rows = np.array([ASYMMETRIC])
    (half,), _ = boundary_segments(rows, 0.5, VIEW)
    (high,), _ = boundary_segments(rows, 0.9, VIEW)
    slopes = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in (half, high)]
    assert slopes[0] == pytest.approx(slopes[1])
    start = high[0]
    z = ASYMMETRIC[0] * start[0] + ASYMMETRIC[1] * start[1] + ASYMMETRIC[2]
    assert 1 / (1 + np.exp(-z)) == pytest.approx(0.9)


def test_two_softmax_rows_have_the_line_of_their_difference_at_the_threshold():
    rows = np.array([[-0.1, -0.2, 31.0], [0.1, 0.2, -31.0]])
    assert boundary_segments(rows, 0.8, VIEW) == boundary_segments(np.array([ASYMMETRIC]), 0.8, VIEW)


def test_three_classes_have_the_borders_of_the_map_and_the_faint_rest():
    rows = np.array([[-0.2, -0.2, 50.0], [0.0, 0.0, 0.0], [0.2, -0.2, -18.0]])
    segments, faint = boundary_segments(rows, 0.5, VIEW)
    assert len(faint) == 3
    for start, end in segments:
        logits = rows @ np.array([*np.mean([start, end], axis=0), 1.0])
        first, second, third = np.sort(logits)[::-1]
        assert first == pytest.approx(second, abs=1e-9)
        assert third < first


def test_weights_of_zero_have_no_line():
    assert boundary_segments(np.zeros((1, 3)), 0.5, VIEW) == ((), ())


def test_the_nearest_boundary_within_reach_is_found(qtbot):
    stage = Stage(qtbot)
    upright_at_165, level_at_70 = [1.0, 0.0, -165.0], [0.0, 1.0, -70.0]
    stage.show_model(upright_at_165, level_at_70)
    boundaries, view = stage.view.layers.boundaries, stage.view.viewport
    near_first = QPointF(stage.px(165.0, 90.0)) + QPointF(3, 0)
    near_second = QPointF(stage.px(175.0, 70.0)) + QPointF(0, 3)
    assert nearest_boundary(boundaries, view, near_first, 5.0) == 0
    assert nearest_boundary(boundaries, view, near_second, 5.0) == 1
    assert nearest_boundary(boundaries, view, QPointF(stage.px(150.0, 90.0)), 5.0) is None


def test_a_map_of_other_classes_than_the_documents_waits_for_its_own(qtbot):
    stage = Stage(qtbot)
    stage.show_model(ASYMMETRIC, ASYMMETRIC)
    assert not stage.view.layers.map.image.isNull()
    stage.document.add_class()
    assert stage.view.layers.map.image.isNull()
    stage.view.grab()
