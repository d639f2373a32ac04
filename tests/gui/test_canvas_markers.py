"""The samples' picture: mended after an edit it equals one painted anew."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.document.state import MARKERS
from engine.samples import BLOCK_SIZE, Samples
from gui.canvas.hit_testing import distance_to_segment, inside, near_path, nearest
from gui.canvas.markers import Look, MarkerLayer, marker_radius_px
from gui.canvas.viewport import Viewport
from gui.marker_shapes import marker_path
from gui.theme import make_theme
from tests.gui.canvas_stage import class_infos

NONE: frozenset[int] = frozenset()
VIEW = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(60.0, 10.0, 300.0, 240.0))


def look(ratio: float = 1.0, count: int = 100) -> Look:
    return Look.of(class_infos(3), make_theme(dark=False), count, ratio)


def crowd(count: int = 60) -> Samples:
    rng = np.random.default_rng(5)
    return Samples.from_columns(
        rng.normal(170.0, 12.0, count), rng.normal(75.0, 15.0, count), rng.integers(-1, 3, count)
    )


def pixels(picture) -> bytes:
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return bytes(image.constBits())


def fresh(samples: Samples, selected=NONE, view=VIEW, style=None) -> bytes:
    return pixels(MarkerLayer().picture(samples, selected, view, style or look()))


def added(samples: Samples) -> Samples:
    return samples.add([171.0, 168.5], [74.0, 76.0], [0, 2])[0]


def removed(samples: Samples) -> Samples:
    return samples.remove([3, 17, 40])[0]


def moved(samples: Samples) -> Samples:
    row = samples.select([12])
    return samples.put(
        type(row).make(row.sample_id, row.height_cm + 4.0, row.weight_kg - 3.0, row.class_index)
    )


def recoloured(samples: Samples) -> Samples:
    row = samples.select([12])
    return samples.put(type(row).make(row.sample_id, row.height_cm, row.weight_kg, (row.class_index + 2) % 3))


def all_moved(samples: Samples) -> Samples:
    rows = samples.rows
    return samples.put(
        type(rows).make(rows.sample_id, rows.height_cm + 2.0, rows.weight_kg, rows.class_index)
    )


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("edit", [added, removed, moved, recoloured, all_moved])
def test_a_mended_picture_equals_a_fresh_one(qapp, edit, ratio):
    layer, samples = MarkerLayer(), crowd()
    before = pixels(layer.picture(samples, NONE, VIEW, look(ratio)))
    edited = edit(samples)
    mended = pixels(layer.picture(edited, NONE, VIEW, look(ratio)))
    assert mended == fresh(edited, style=look(ratio))
    assert mended != before


@pytest.mark.parametrize("selected", [frozenset({4}), frozenset(range(50))])
def test_a_changed_selection_is_mended_too(qapp, selected):
    layer, samples = MarkerLayer(), crowd()
    plain = pixels(layer.picture(samples, NONE, VIEW, look()))
    assert pixels(layer.picture(samples, selected, VIEW, look())) == fresh(samples, selected) != plain
    assert pixels(layer.picture(samples, NONE, VIEW, look())) == plain


def test_an_edit_and_its_undo_give_the_same_picture(qapp):
    layer, samples = MarkerLayer(), crowd()
    before = pixels(layer.picture(samples, NONE, VIEW, look()))
    layer.picture(removed(samples), NONE, VIEW, look())
    assert pixels(layer.picture(samples, NONE, VIEW, look())) == before


def test_samples_in_several_blocks_are_all_there(qapp):
    samples = crowd(BLOCK_SIZE + 40)
    layer, style = MarkerLayer(), look(count=len(samples))
    layer.picture(samples, NONE, VIEW, style)
    edited = samples.remove([5, BLOCK_SIZE + 10])[0]
    assert pixels(layer.picture(edited, NONE, VIEW, style)) == fresh(edited, style=style)


def test_a_view_or_theme_of_its_own_has_a_picture_of_its_own(qapp):
    layer, samples = MarkerLayer(), crowd()
    layer.picture(samples, NONE, VIEW, look())
    zoomed = VIEW.zoomed(1.5, 200.0, 100.0)
    assert pixels(layer.picture(samples, NONE, zoomed, look())) == fresh(samples, view=zoomed)
    dark = Look.of(class_infos(3), make_theme(dark=True), 100, 1.0)
    assert pixels(layer.picture(samples, NONE, zoomed, dark)) == fresh(samples, view=zoomed, style=dark)


def test_samples_far_outside_do_no_harm(qapp):
    far = Samples.from_columns([1e300, -1e300, 170.0], [80.0, 80.0, 80.0], [0, 1, 2])
    assert fresh(far) == fresh(Samples.from_columns([170.0], [80.0], [2]))


def test_more_samples_have_smaller_markers():
    radii = [marker_radius_px(count) for count in (100, 3_000, 20_000, 100_000)]
    assert radii == sorted(radii, reverse=True)
    assert len(set(radii)) == 4


def area(path) -> float:
    polygon = [point.toTuple() for point in path.toFillPolygon()]
    pairs = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2


@pytest.mark.parametrize("marker", MARKERS)
def test_markers_look_equally_large(qapp, marker):
    assert area(marker_path(marker, 100.0)) == pytest.approx(area(marker_path("circle", 100.0)), rel=0.25)


def test_the_nearest_point_in_reach_is_hit_and_of_equals_the_topmost():
    x, y = np.array([10.0, 20.0, 20.0]), np.array([10.0, 10.0, 10.0])
    assert nearest(x, y, (11.0, 10.0), 5.0) == 0
    assert nearest(x, y, (19.0, 10.0), 5.0) == 2
    assert nearest(x, y, (15.0, 30.0), 5.0) is None
    assert nearest(np.zeros(0), np.zeros(0), (0.0, 0.0), 5.0) is None


def test_a_rectangle_takes_its_corners_in_any_order():
    x, y = np.array([5.0, 15.0, 25.0]), np.array([5.0, 15.0, 25.0])
    assert inside(x, y, (20.0, 20.0), (10.0, 10.0)).tolist() == [False, True, False]


def test_a_path_reaches_along_its_way_and_no_further():
    x, y = np.array([0.0, 50.0, 50.0, 130.0]), np.array([0.0, 9.0, 11.0, 0.0])
    assert near_path(x, y, (0.0, 0.0), (100.0, 0.0), 10.0).tolist() == [True, True, False, False]
    assert near_path(x, y, (50.0, 0.0), (50.0, 0.0), 10.0).tolist() == [False, True, False, False]


def test_distance_to_a_segment_counts_its_ends():
    assert distance_to_segment((5.0, 3.0), (0.0, 0.0), (10.0, 0.0)) == pytest.approx(3.0)
    assert distance_to_segment((13.0, 4.0), (0.0, 0.0), (10.0, 0.0)) == pytest.approx(5.0)
    assert distance_to_segment((3.0, 4.0), (0.0, 0.0), (0.0, 0.0)) == pytest.approx(5.0)
