from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.activations import sigmoid
from gui.plots.scene3d.box import SpaceAxes, SpaceAxis, Tick
from gui.plots.scene3d.camera import BOX_HEIGHT, HIGHEST_DEG, LOWEST_DEG, Camera, Projection
from gui.plots.scene3d.colors import (
    MOST_TINT,
    SHADES,
    Brushes,
    from_oklab,
    perceptual_table,
    shades_of,
    tint_scale,
    to_oklab,
)
from gui.plots.scene3d.content import SpaceContent, SpaceLine, SpaceNote, SpacePoints
from gui.plots.scene3d.contours import contour_segments, level_segments, pieces_along
from gui.plots.scene3d.labels import Metrics, box_area, lay_out, place_note
from gui.plots.scene3d.memory import PolygonMemory, StampSheet, draw_segments
from gui.plots.scene3d.painting import FARTHEST, OVERLAP_PX, SpacePainter, grown
from gui.plots.scene3d.points import NO_SPOTS, Spots
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField, Surface
from gui.plots.scene3d.terraces import WALL_BANDS, TerraceField
from gui.plots.scene3d.view import SpaceView
from gui.plots.scene3d.visibility import surface_point, visible
from gui.theme import Appearance, make_theme
from tests.gui.lab_bench import turn_wheel
from tests.gui.view_fakes import keep

cameras = st.builds(Camera, st.floats(0.0, 360.0), st.floats(LOWEST_DEG, HIGHEST_DEG))
AREA = QRectF(20.0, 10.0, 400.0, 300.0)
CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0.0, BOX_HEIGHT)])

PLANE = np.array([-6.0, 9.0, 1.0])
CUTS = np.linspace(-8.0, 8.0, 33)


def bumpy(rows: int = 11, columns: int = 13, seed: int = 3) -> HeightField:
    return HeightField(np.random.default_rng(seed).random((rows, columns)))


def ridge() -> RidgeField:
    return RidgeField(PLANE, sigmoid, CUTS)


def cliff() -> CliffField:
    return CliffField(np.array([PLANE, [1.0, 0.3, 0.35]]))


def terraces(rows: int = 11, columns: int = 13, seed: int = 3) -> TerraceField:
    """Islands and lakes, with saddles of both kinds among them."""
    return TerraceField(np.random.default_rng(seed).normal(size=(rows, columns)))


SURFACES = {"grid": bumpy, "ridge": ridge, "cliff": cliff, "terraces": terraces}


# --- camera -----------------------------------------------------------------------------------------------


@given(cameras)
def test_the_box_fits_into_its_area_from_wherever_it_is_seen(camera: Camera) -> None:
    pixels = Projection(camera, AREA).project(CORNERS)
    assert AREA.left() - 1e-6 <= pixels[:, 0].min()
    assert pixels[:, 0].max() <= AREA.right() + 1e-6
    assert AREA.top() - 1e-6 <= pixels[:, 1].min()
    assert pixels[:, 1].max() <= AREA.bottom() + 1e-6


@given(cameras, st.floats(0.5, 3.0), st.tuples(*[st.floats(-0.5, 0.5)] * 3))
def test_the_ray_of_a_points_pixel_goes_through_the_point(
    camera: Camera, zoom: float, place: tuple[float, float, float]
) -> None:
    projection = Projection(camera.zoomed(zoom), AREA)
    point = np.array(place)
    pixel = projection.project(point)
    direction = projection.ray(QPointF(*pixel.tolist()))
    away = point - projection.eye
    assert np.cross(direction, away) == pytest.approx(np.zeros(3), abs=1e-9)
    assert direction @ away > 0.0


def test_from_straight_above_it_lies_as_on_the_canvas() -> None:
    projection = Projection(Camera(0.0, 90.0), AREA)
    origin, right, up = projection.project(np.array([[0.0, 0.0, 0.0], [0.4, 0.0, 0.0], [0.0, 0.4, 0.0]]))
    assert right[0] > origin[0] + 50
    assert right[1] == pytest.approx(origin[1])
    assert up[1] < origin[1] - 50
    assert up[0] == pytest.approx(origin[0])


def test_turning_is_held_between_level_and_straight_above() -> None:
    camera = Camera(10.0, 30.0)
    assert camera.turned(0.0, 10_000.0).elevation_deg == HIGHEST_DEG
    assert camera.turned(0.0, -10_000.0).elevation_deg == LOWEST_DEG
    assert camera.turned(100.0, 0.0).azimuth_deg == pytest.approx((10.0 - 45.0) % 360.0)


# --- surfaces ---------------------------------------------------------------------------------------------


def depths_at(surface: Surface, projection: Projection, pixel: QPointF) -> dict[int, float]:
    """Facets that the ray of a pixel meets, with the distance at which it does, triangle by triangle."""
    direction, eye, corners = projection.ray(pixel), projection.eye, surface.facets.corners
    found: dict[int, float] = {}
    for second in range(1, corners.shape[1] - 1):
        along = corners[:, second] - corners[:, 0]
        across = corners[:, second + 1] - corners[:, 0]
        normal = np.cross(along, across)
        facing = normal @ direction
        is_flat = np.abs(facing) < 1e-12
        t = np.einsum("nk,nk->n", normal, corners[:, 0] - eye) / np.where(is_flat, 1.0, facing)
        place = eye + t[:, None] * direction - corners[:, 0]
        size = np.einsum("nk,nk->n", normal, normal) + 1e-300
        u = np.einsum("nk,nk->n", np.cross(place, across), normal) / size
        v = np.einsum("nk,nk->n", np.cross(along, place), normal) / size
        for index in np.flatnonzero((u >= 0.0) & (v >= 0.0) & (u + v <= 1.0) & ~is_flat).tolist():
            found[index] = min(float(t[index]), found.get(index, math.inf))
    return found


@pytest.mark.parametrize("kind", SURFACES)
def test_what_is_drawn_last_is_nearest(kind: str) -> None:
    surface = SURFACES[kind]()
    random = np.random.default_rng(5)
    covered = 0
    for azimuth in range(0, 360, 40):
        for elevation in (6.0, 20.0, 50.0, 90.0):
            projection = Projection(Camera(azimuth, elevation), AREA)
            rank = {index: place for place, index in enumerate(surface.order(projection.eye).tolist())}
            ground = random.uniform(-0.5, 0.5, (12, 2))
            heights = surface.height_at(ground[:, 0], ground[:, 1])
            for pixel in projection.project(np.column_stack([ground, heights])).tolist():
                met = depths_at(surface, projection, QPointF(*pixel))
                if len(met) >= 2:
                    covered += 1
                    last = max(met, key=lambda index: rank[index])
                    assert met[last] == pytest.approx(min(met.values()), abs=2e-3)
    assert covered >= 10


@pytest.mark.parametrize("kind", SURFACES)
def test_every_facet_is_drawn_once(kind: str) -> None:
    surface = SURFACES[kind]()
    order = surface.order(Projection(Camera(), AREA).eye)
    assert sorted(order.tolist()) == list(range(len(surface.facets.corners)))


def floor_area(corners: np.ndarray) -> float:
    """Area of polygons (n, m, 3) as seen from above."""
    x, y = corners[..., 0], corners[..., 1]
    return float(np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1)).sum() / 2)


@pytest.mark.parametrize(
    "plane", [PLANE, [4.0, 0.0, 1.0], [0.0, -4.0, 1.0], [-3.0, -3.0, 0.5], [0.0, 0.0, 0.3], [1e-14, 0.0, 0.0]]
)
def test_a_ridge_covers_the_floor_with_heights_of_its_profile(plane: object) -> None:
    surface = RidgeField(np.array(plane), sigmoid, CUTS)
    corners = surface.facets.corners
    assert floor_area(corners) == pytest.approx(1.0)
    logit = corners[..., :2] @ surface.plane[:2] + surface.plane[2]
    assert corners[..., 2] == pytest.approx(BOX_HEIGHT * sigmoid(logit), abs=1e-6)
    assert surface.height_at(corners[..., 0], corners[..., 1]) == pytest.approx(corners[..., 2], abs=1e-6)


def test_a_ridge_stays_exact_however_steep() -> None:
    steep = RidgeField(1000.0 * PLANE, sigmoid, CUTS)
    assert steep.facets.corners[..., 2].max() == pytest.approx(BOX_HEIGHT)
    wall = np.ptp(steep.facets.corners[..., 2], axis=1) > 0.01
    logit = steep.facets.corners[wall][..., :2] @ steep.plane[:2] + steep.plane[2]
    assert np.abs(logit).max() <= 8.0 + 1e-6


def test_a_grid_lies_the_right_way_round() -> None:
    surface = HeightField(np.array([[0.0, 0.25, 0.5], [0.5, 0.75, 1.0]]))
    assert surface.height_at(np.array(0.5), np.array(-0.5)) == pytest.approx(0.5 * BOX_HEIGHT)
    assert surface.height_at(np.array(-0.5), np.array(0.5)) == pytest.approx(0.5 * BOX_HEIGHT)
    assert surface.height_at(np.array(0.25), np.array(0.0)) == pytest.approx(0.625 * BOX_HEIGHT)
    corners = surface.facets.corners
    assert surface.height_at(corners[..., 0], corners[..., 1]) == pytest.approx(corners[..., 2])
    assert surface.facets.level == pytest.approx([0.375, 0.625])


def test_a_grids_normals_are_those_of_its_slopes() -> None:
    x = np.linspace(-0.5, 0.5, 9)
    surface = HeightField(0.5 + 0.4 * x[None, :] - 0.3 * x[:, None])
    expected = np.array([-0.4 * BOX_HEIGHT, 0.3 * BOX_HEIGHT, 1.0])
    assert surface.facets.normal == pytest.approx(np.tile(expected / np.linalg.norm(expected), (64, 1)))


def test_a_cliff_is_the_floor_lifted_where_all_are_positive() -> None:
    surface = cliff()
    flat = np.ptp(surface.facets.corners[..., 2], axis=1) == 0.0
    assert floor_area(surface.facets.corners[flat]) == pytest.approx(1.0)
    for corners, level in zip(surface.facets.corners[flat], surface.facets.level[flat], strict=True):
        middle = corners[:, :2].mean(axis=0)
        is_high = bool((surface.half_planes[:, :2] @ middle + surface.half_planes[:, 2] >= 0.0).all())
        assert is_high == (level == 1.0) == (corners[0, 2] == BOX_HEIGHT)
    for start, end in surface.walls:
        values = [surface.half_planes[:, :2] @ place + surface.half_planes[:, 2] for place in (start, end)]
        assert np.abs(np.array(values)).min(axis=1) == pytest.approx([0.0, 0.0], abs=1e-9)


def test_terraces_cover_the_floor_and_their_walls_stand_where_marching_squares_has_the_edge() -> None:
    surface = terraces()
    corners, level = surface.facets.corners, surface.facets.level
    flat = np.ptp(corners[..., 2], axis=1) == 0.0
    assert floor_area(corners[flat]) == pytest.approx(1.0)
    assert corners[flat, 0, 2] == pytest.approx(level[flat] * BOX_HEIGHT)
    assert set(level[flat].tolist()) == {0.0, 1.0}
    ends = corners[~flat][:, :2, :2]
    assert len(ends) % WALL_BANDS == 0
    expected = level_segments(surface.values, 0.0, (-0.5, 0.5), (-0.5, 0.5))
    found = {tuple(sorted(map(tuple, piece.round(9).tolist()))) for piece in ends}
    assert found == {tuple(sorted(map(tuple, piece.round(9).tolist()))) for piece in expected}
    # The normal looks away from the high part.
    middle, normal = ends.mean(axis=1), surface.facets.normal[~flat][:, :2]
    for sign, height in ((1.0, 0.0), (-1.0, 1.0)):
        beside = middle + 1e-6 * sign * normal
        tops = [
            level[flat][[_holds(polygon, place) for polygon in corners[flat][..., :2]]]
            for place in beside[::WALL_BANDS]
        ]
        assert all(top.size and (top == height).all() for top in tops)


def _holds(polygon: np.ndarray, place: np.ndarray) -> bool:
    """Whether a place is inside a convex polygon, counter-clockwise, with corners that may repeat."""
    edge, to = np.roll(polygon, -1, axis=0) - polygon, place - polygon
    return bool((edge[:, 0] * to[:, 1] - edge[:, 1] * to[:, 0] >= 0.0).all())


def test_terraces_are_high_where_the_function_is_not_negative() -> None:
    x, y = np.linspace(-0.5, 0.5, 13), np.linspace(-0.5, 0.5, 11)
    surface = TerraceField(x[None, :] - 0.5 * y[:, None] + 0.1)
    random = np.random.default_rng(8).uniform(-0.5, 0.5, (200, 2))
    above = random[:, 0] - 0.5 * random[:, 1] + 0.1 >= 0.0
    assert surface.height_at(random[:, 0], random[:, 1]) == pytest.approx(np.where(above, BOX_HEIGHT, 0.0))
    for value, height in ((1.0, BOX_HEIGHT), (0.0, BOX_HEIGHT), (-1.0, 0.0)):
        level = TerraceField(np.full((4, 5), value))
        assert np.unique(level.facets.corners[..., 2]).tolist() == [height]
        assert floor_area(level.facets.corners) == pytest.approx(1.0)


@pytest.mark.parametrize(("constant", "height"), [(1.0, BOX_HEIGHT), (0.0, BOX_HEIGHT), (-1.0, 0.0)])
def test_without_slope_the_cliff_is_one_level(constant: float, height: float) -> None:
    surface = CliffField(np.array([[0.0, 0.0, constant]]))
    assert np.unique(surface.facets.corners[..., 2]).tolist() == [height]
    assert floor_area(surface.facets.corners) == pytest.approx(1.0)
    assert surface.walls == []


# --- what hides what --------------------------------------------------------------------------------------


def test_the_hill_hides_what_is_behind_and_below_it() -> None:
    surface = CliffField(np.array([[0.0, -1.0, 0.0], [0.0, 1.0, 0.3]]))  # a wall from y = -0.3 to y = 0
    eye = Projection(Camera(0.0, 20.0), AREA).eye
    points = np.array(
        [
            [0.0, -0.45, 0.0],  # before the wall
            [0.0, 0.1, 0.0],  # behind it
            [0.0, 0.45, BOX_HEIGHT],  # behind it, but as high
            [0.0, -0.1, BOX_HEIGHT],  # on it
            [0.0, -0.1, 0.1],  # inside it
        ]
    )
    assert visible(surface, points, eye).tolist() == [True, False, True, True, False]
    assert visible(surface, points[:0], eye).shape == (0,)


def test_what_is_under_an_open_side_is_seen() -> None:
    surface = HeightField(np.array([[0.9, 0.9], [0.9, 0.9]]))
    eye = Projection(Camera(0.0, 10.0), AREA).eye
    points = np.array([[0.0, -0.45, 0.0], [0.0, 0.3, 0.4], [0.0, 0.45, 0.5]])
    assert visible(surface, points, eye).tolist() == [True, True, False]


@given(cameras, st.floats(-0.45, 0.45), st.floats(-0.45, 0.45))
def test_the_place_under_a_pixel_is_on_the_surface_and_in_front(camera: Camera, x: float, y: float) -> None:
    surface = ridge()
    projection = Projection(camera, AREA)
    there = np.array([x, y, float(surface.height_at(np.array(x), np.array(y)))])
    found = surface_point(
        surface, projection.eye, projection.ray(QPointF(*projection.project(there).tolist()))
    )
    if found is None:  # only grazing the surface, between two steps of the search
        return
    assert float(surface.height_at(found[0], found[1])) == pytest.approx(found[2], abs=1e-5)
    near, far = np.linalg.norm(found - projection.eye), np.linalg.norm(there - projection.eye)
    assert near <= far + 0.02


def test_no_place_is_under_a_pixel_beside_the_box() -> None:
    projection = Projection(Camera(), AREA)
    assert surface_point(ridge(), projection.eye, projection.ray(QPointF(-500.0, 0.0))) is None


# --- contours ---------------------------------------------------------------------------------------------


def test_the_contour_of_a_cone_is_its_circle() -> None:
    x, y = np.linspace(-2.0, 2.0, 81), np.linspace(-3.0, 3.0, 121)
    segments = level_segments(np.hypot(x[None, :] - 0.3, y[:, None] + 0.5), 1.2, (-2.0, 2.0), (-3.0, 3.0))
    radii = np.hypot(segments[..., 0] - 0.3, segments[..., 1] + 0.5)
    assert radii == pytest.approx(np.full(radii.shape, 1.2), abs=1e-3)
    length = np.hypot(*(segments[:, 1] - segments[:, 0]).T).sum()
    assert length == pytest.approx(2 * math.pi * 1.2, rel=1e-3)


def test_the_contour_of_a_plane_is_exact_and_the_right_way_round() -> None:
    x, y = np.linspace(0.0, 1.0, 6), np.linspace(10.0, 30.0, 9)
    segments = level_segments(3.0 * x[None, :] + 0.1 * y[:, None], 3.3, (0.0, 1.0), (10.0, 30.0))
    assert 3.0 * segments[..., 0] + 0.1 * segments[..., 1] == pytest.approx(np.full(segments.shape[:2], 3.3))


@pytest.mark.parametrize(("middle", "joined"), [(0.6, True), (0.4, False)])
def test_a_saddle_is_cut_by_its_middle(middle: float, joined: bool) -> None:
    values = np.array([[1.0, 2 * middle - 1.0], [2 * middle - 1.0, 1.0]])
    segments = level_segments(values, 0.5, (0.0, 1.0), (0.0, 1.0))
    centers = segments.mean(axis=1)
    assert len(segments) == 2
    # Where the middle is above, the pieces cut off the two low corners, else the high ones.
    off_diagonal = np.abs(centers[:, 0] + centers[:, 1] - 1.0) < 1e-9
    assert off_diagonal.all() == joined


def test_no_contour_where_the_level_is_not_reached() -> None:
    assert level_segments(np.zeros((4, 5)), 0.5, (0.0, 1.0), (0.0, 1.0)).shape == (0, 2, 2)


def pieces_cell_by_cell(values: np.ndarray, level: float) -> list[tuple[float, ...]]:
    """Marching squares in plain words: one cell after the other, its crossed edges joined two and two."""
    found = []
    for row in range(values.shape[0] - 1):
        for column in range(values.shape[1] - 1):
            corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            crossings = []
            for first, second in ((0, 1), (1, 2), (3, 2), (0, 3)):
                (r0, c0), (r1, c1) = corners[first], corners[second]
                before, after = values[r0, c0], values[r1, c1]
                if (before >= level) != (after >= level):
                    share = (level - before) / (after - before)
                    crossings.append((c0 + share * (c1 - c0), r0 + share * (r1 - r0)))
            if len(crossings) == 4:
                # The pieces cut off those corners whose side is not the middle's.
                bottom, right, top, left = crossings
                is_above = np.mean([values[corner] for corner in corners]) >= level
                if (values[corners[0]] >= level) == is_above:
                    crossings = [bottom, right, top, left]
                else:
                    crossings = [bottom, left, right, top]
            for start, end in zip(crossings[::2], crossings[1::2], strict=True):
                found.append(tuple(value for end in sorted((start, end)) for value in end))
    return sorted(found)


@pytest.mark.parametrize("seed", range(12))
def test_all_levels_in_one_pass_are_those_of_marching_squares_cell_by_cell(seed: int) -> None:
    generator = np.random.default_rng(seed)
    rows, columns = generator.integers(2, 14, 2).tolist()
    # Whole numbers lie on the levels exactly, with saddles and flat cells among them.
    values = (
        generator.normal(size=(rows, columns)) if seed % 2 else generator.integers(-2, 3, (rows, columns))
    )
    values = values.astype(float)
    levels = [-1.0, -0.5, 0.0, 0.3, 1.0, 9.0]
    ranges = ((0.0, columns - 1.0), (0.0, rows - 1.0))
    together = contour_segments(values, levels, *ranges)
    assert len(together) == len(levels)
    for level, segments in zip(levels, together, strict=True):
        found = sorted(
            tuple(value for end in sorted(map(tuple, piece)) for value in end) for piece in segments
        )
        expected = pieces_cell_by_cell(values, level)
        assert len(found) == len(expected)
        assert np.array(found) == pytest.approx(np.array(expected), abs=1e-12)
        np.testing.assert_array_equal(level_segments(values, level, *ranges), segments)


def test_no_levels_have_no_lines() -> None:
    assert contour_segments(np.eye(3), [], (0.0, 1.0), (0.0, 1.0)) == []


# --- colours ----------------------------------------------------------------------------------------------


def test_the_scale_of_heights_grows_evenly_in_lightness() -> None:
    table = perceptual_table(128)
    assert table.shape == (128, 3)
    assert (table >= 0.0).all()
    assert (table <= 255.0).all()
    steps = np.diff(to_oklab(table)[:, 0])
    assert (steps > 0.0).all()
    assert steps.max() < 1.25 * steps.mean()
    seen = np.linalg.norm(np.diff(to_oklab(table), axis=0), axis=1)
    assert seen.max() < 2.0 * seen.mean()


def test_oklab_there_and_back() -> None:
    colors = np.random.default_rng(1).random((50, 3)) * 255.0
    assert from_oklab(to_oklab(colors)) == pytest.approx(colors, abs=1e-6)
    assert to_oklab(np.array([255.0, 255.0, 255.0])) == pytest.approx([1.0, 0.0, 0.0], abs=1e-6)


@pytest.mark.parametrize("dark", [False, True])
def test_one_half_is_neutral_and_the_ends_are_the_classes(dark: bool) -> None:
    theme = make_theme(dark=dark)
    table = tint_scale(theme, theme.class_fill(0), theme.class_fill(1), 101)
    neutral = tint_scale(theme, None, theme.class_fill(1), 101)
    assert table[50] == pytest.approx(neutral[0])
    assert table[100] == pytest.approx(neutral[100])
    low = np.array(theme.class_fill(0).getRgb()[:3])
    assert table[0] == pytest.approx(table[50] + MOST_TINT * (low - table[50]))
    away = np.linalg.norm(to_oklab(table) - to_oklab(table[50]), axis=1)
    assert (np.diff(away[50:]) > 0.0).all()
    assert (np.diff(away[:51]) < 0.0).all()


def test_light_falls_on_level_parts_alike_and_shows_slopes() -> None:
    up, left, right = [0.0, 0.0, 1.0], [-0.6, 0.0, 0.8], [0.6, 0.0, 0.8]
    for camera in (Camera(0.0, 30.0), Camera(0.0, 80.0)):
        shades = shades_of(np.array([up, left, right]), Projection(camera, AREA).axes)
        assert shades[0] == (SHADES - 1) // 2
        assert shades[2] < shades[0] < shades[1]  # the light comes from the left
    turned = shades_of(np.array([up, left, right]), Projection(Camera(180.0, 30.0), AREA).axes)
    assert turned[1] < turned[0] < turned[2]  # and turns with the eye


def test_brushes_are_made_once() -> None:
    brushes = Brushes(perceptual_table())
    key = brushes.indices(np.array([0.0, 1.0]), np.array([(SHADES - 1) // 2] * 2))
    assert brushes[key[0]] is brushes[key[0]]
    assert brushes[key[1]].color().lightness() > brushes[key[0]].color().lightness()


# --- texts ------------------------------------------------------------------------------------------------


def axes_of(right: bool = False) -> SpaceAxes:
    p = SpaceAxis("p", 0.0, 1.0, tuple(Tick(value, f"{value:g}") for value in (0.0, 0.25, 0.5, 0.75, 1.0)))
    return SpaceAxes(
        SpaceAxis("height (cm)", 145.0, 192.0), SpaceAxis("몸무게 (kg)", 35.0, 110.0), p, p if right else None
    )


@pytest.mark.parametrize(("width", "height", "scale"), [(480, 300, 1.0), (170, 140, 1.0), (420, 300, 2.0)])
@pytest.mark.parametrize("right", [False, True])
def test_no_text_overlaps_another_or_leaves_the_view(
    qtbot: QtBot, width: int, height: int, scale: float, right: bool
) -> None:
    del qtbot
    axes, metrics = axes_of(right), Metrics.of(make_theme(dark=False, scale=scale))
    bounds = QRectF(0.0, 0.0, width, height)
    most = 0
    for azimuth in range(0, 360, 15):
        for elevation in (4.0, 20.0, 45.0, 90.0):
            area = box_area(QSizeF(width, height), axes, metrics)
            projection = Projection(Camera(azimuth, elevation), area)
            layout = lay_out(projection, axes, metrics, bounds)
            place_note(layout, area.center(), "p = 0.83", metrics, bounds)
            rects = [placed.rect for placed in layout.texts]
            assert all(bounds.contains(rect) for rect in rects)
            assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])
            most = max(most, len(rects))
    assert most >= 9


def test_in_the_usual_view_all_titles_and_ends_are_written(qtbot: QtBot) -> None:
    del qtbot
    axes, metrics = axes_of(right=True), Metrics.of(make_theme(dark=False))
    bounds = QRectF(0.0, 0.0, 480.0, 300.0)
    projection = Projection(Camera(), box_area(bounds.size(), axes, metrics))
    layout = lay_out(projection, axes, metrics, bounds)
    titles = [placed.text for placed in layout.texts if placed.is_title]
    assert sorted(titles) == sorted(["p", "p", "height (cm)", "몸무게 (kg)"])
    numbers = [placed.text for placed in layout.texts if not placed.is_title]
    assert {"0", "1", "160", "180", "40", "100"} <= set(numbers)


def test_numbers_given_first_win_where_there_is_no_room(qtbot: QtBot) -> None:
    del qtbot
    crowded = tuple(Tick(0.5 + 0.001 * number, f"{number}.0") for number in range(5))
    axes = SpaceAxes(SpaceAxis("x", 0.0, 1.0), SpaceAxis("y", 0.0, 1.0), SpaceAxis("z", 0.0, 1.0, crowded))
    metrics, bounds = Metrics.of(make_theme(dark=False)), QRectF(0.0, 0.0, 300.0, 240.0)
    layout = lay_out(Projection(Camera(), box_area(bounds.size(), axes, metrics)), axes, metrics, bounds)
    assert [placed.text for placed in layout.texts if placed.text in ("0.0", "1.0", "2.0")].count("1.0") <= 2
    assert layout.texts[3].text == "0.0"


# --- painting ---------------------------------------------------------------------------------------------


def painted(
    content: SpaceContent, camera: Camera, size: QSize, background: str, dark: bool = False
) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(background))
    painter = QPainter(image)
    bounds = QRectF(0.0, 0.0, size.width(), size.height())
    SpacePainter().paint(painter, content, camera, make_theme(dark=dark), bounds)
    painter.end()
    return image


@pytest.mark.parametrize("elevation", [8.0, 20.0, 40.0, 90.0])
@pytest.mark.parametrize("kind", ["level grid", "level ridge", "waves"])
def test_no_seam_shows_between_facets(qtbot: QtBot, kind: str, elevation: float) -> None:
    del qtbot
    x = np.linspace(-0.5, 0.5, 40)
    surface = {
        "level grid": HeightField(np.full((40, 40), 0.5)),
        "level ridge": RidgeField(PLANE, lambda z: 0.0 * z + 0.5, CUTS),
        "waves": HeightField(0.5 + 0.02 * np.sin(14.0 * x)[:, None] * np.cos(11.0 * x)),
    }[kind]
    grey = Brushes(np.full((2, 3), 200.0))
    content, camera = SpaceContent(axes_of(), surface, grey, draped_grid=False), Camera(33.0, elevation)
    image = painted(content, camera, QSize(320, 240), "#FF00FF")
    projection = SpacePainter().projection(
        content, camera, make_theme(dark=False), QRectF(0.0, 0.0, 320.0, 240.0)
    )
    floor = np.array([[x, y] for x in np.linspace(-0.4, 0.4, 40) for y in np.linspace(-0.4, 0.4, 40)])
    heights = surface.height_at(floor[:, 0], floor[:, 1])
    pixels = projection.project(np.column_stack([floor, heights])).round().astype(int).tolist()
    colors = np.array([image.pixelColor(*pixel).getRgb()[:3] for pixel in pixels])
    # Shaded grey has three equal channels, and so have the axes nearly; magenta that shows through has not.
    assert (colors[:, 0] - colors[:, 1]).max() <= 4


@pytest.mark.parametrize("kind", SURFACES)
def test_facets_grow_by_a_little_and_never_into_spikes(kind: str) -> None:
    surface = SURFACES[kind]()
    for azimuth in (0.0, 33.0, 123.0, 290.0):
        for elevation in (4.0, 27.0, 90.0):
            pixels = Projection(Camera(azimuth, elevation), AREA).project(surface.facets.corners)
            moved = np.linalg.norm(grown(pixels) - pixels, axis=-1)
            assert moved.max() <= OVERLAP_PX * math.hypot(1.0, FARTHEST) + 1e-9


def test_a_square_grows_on_all_sides() -> None:
    square = np.array([[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]])
    one = OVERLAP_PX
    expected = [[-one, -one], [10 + one, -one], [10 + one, 10 + one], [-one, 10 + one]]
    assert grown(square)[0] == pytest.approx(np.array(expected))
    assert grown(square[:, ::-1])[0] == pytest.approx(np.array(expected[::-1]))


def test_a_line_on_the_surface_hides_behind_the_hill(qtbot: QtBot) -> None:
    del qtbot
    wall = CliffField(np.array([[0.0, -1.0, 0.0], [0.0, 1.0, 0.3]]))
    grey = Brushes(np.full((2, 3), 200.0))
    axes = SpaceAxes(SpaceAxis("x", -0.5, 0.5), SpaceAxis("y", -0.5, 0.5), SpaceAxis("z", 0.0, 1.0))
    pieces = pieces_along(np.array([[x, y] for y in (0.15,) for x in np.linspace(-0.2, 0.2, 9)]))
    for azimuth, is_seen in ((0.0, False), (180.0, True)):
        for hidden_opacity in (0.0, 0.3):
            line = SpaceLine(pieces, QColor("#FF0000"), 3.0, hidden_opacity=hidden_opacity)
            content = SpaceContent(axes, wall, grey, (line,), draped_grid=False)
            camera = Camera(azimuth, 20.0)
            image = painted(content, camera, QSize(320, 240), "#FFFFFF")
            projection = SpacePainter().projection(
                content, camera, make_theme(dark=False), QRectF(0.0, 0.0, 320.0, 240.0)
            )
            pixel = projection.point(0.0, 0.15, 0.0).toPoint()
            color = image.pixelColor(pixel)
            assert (color.red() > 250 and color.green() < 5) == is_seen
            assert (color.red() - color.green() > 20) == (is_seen or hidden_opacity > 0.0)


def full_content() -> SpaceContent:
    theme = make_theme(dark=False)
    points = SpacePoints(
        np.array([7, 8]),
        np.array([[150.0, 100.0, 1.0], [185.0, 40.0, 0.0]]),
        theme.class_fill(0),
        theme.class_outline(0),
        "triangle",
        4.0,
        np.array([0.7, math.nan]),
    )
    line = SpaceLine(
        pieces_along(np.array([[150.0, 60.0], [180.0, 90.0]])), QColor("#000000"), halo=theme.plot
    )
    return SpaceContent(
        axes_of(),
        ridge(),
        Brushes(tint_scale(theme, theme.class_fill(0), theme.class_fill(1))),
        (line,),
        (points,),
        (SpaceNote((150.0, 100.0, 1.0), "p = 1"),),
    )


def test_an_svg_has_paths_and_texts_and_no_picture(qtbot: QtBot) -> None:
    del qtbot
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(320, 240))
    painter = QPainter(generator)
    bounds = QRectF(0.0, 0.0, 320.0, 240.0)
    SpacePainter().paint(painter, full_content(), Camera(), make_theme(dark=False), bounds)
    painter.end()
    svg = data.toStdString()
    assert "height (cm)" in svg
    assert svg.count("<path") + svg.count("<poly") > 30
    assert "<image" not in svg


def test_shared_memory_follows_the_array(qtbot: QtBot) -> None:
    del qtbot
    memory = PolygonMemory()
    corners = np.arange(24, dtype=float).reshape(3, 4, 2)
    first = memory.polygons(corners)
    again = memory.polygons(corners + 100.0)
    assert again is first
    assert again[2][3] == QPointF(122.0, 123.0)
    assert memory.polygons(corners[:2])[1][0] == QPointF(8.0, 9.0)


def test_stamps_are_painted_in_order_at_their_middles_and_as_strong_as_told(qtbot: QtBot) -> None:
    del qtbot
    stamps = []
    for name, side in (("red", 3), ("blue", 5)):
        stamp = QPixmap(side, side)
        stamp.fill(QColor(name))
        stamps.append(stamp)
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    centers = np.array([[5.5, 5.5], [7.5, 5.5], [20.5, 10.5], [34.5, 10.5]])
    sheet = StampSheet(stamps, 1.0)
    sheet.paint(painter, centers, np.array([1, 0, 1, 0]), np.array([1.0, 1.0, 1.0, 0.5]))
    sheet.paint(painter, np.zeros((0, 2)), np.zeros(0, dtype=np.int64), np.zeros(0))
    painter.end()
    assert [image.pixelColor(x, 5).name() for x in (2, 3, 5, 6, 8, 9)] == [
        "#ffffff", "#0000ff", "#0000ff", "#ff0000", "#ff0000", "#ffffff",
    ]  # fmt: skip
    assert [image.pixelColor(18, y).name() for y in (7, 8, 12, 13)] == [
        "#ffffff", "#0000ff", "#0000ff", "#ffffff",
    ]  # fmt: skip
    assert image.pixelColor(34, 10).green() == pytest.approx(127, abs=1)


def test_a_marker_with_a_stem_is_as_strong_as_one_without(qtbot: QtBot) -> None:
    del qtbot
    axes = SpaceAxes(SpaceAxis("x", 0.0, 1.0), SpaceAxis("y", 0.0, 1.0), SpaceAxis("z", 0.0, 1.0))
    red, green = QColor("#FF0000"), QColor("#00FF00")
    plain = SpacePoints(np.array([1]), np.array([[0.2, 0.5, 0.5]]), green, green, "square", 6.0)
    stemmed = SpacePoints(
        np.array([2]), np.array([[0.8, 0.5, 0.5]]), red, red, "square", 6.0, stem_to=np.array([0.1])
    )
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    content = SpaceContent(axes, None, None, (), (plain, stemmed), draped_grid=False)
    spots = SpacePainter().paint(painter, content, Camera(), make_theme(dark=False), QRectF(image.rect()))
    painter.end()
    for spot in spots.listed():
        assert image.pixelColor(spot.pixel.toPoint()) == (green if spot.point_id == 1 else red)


def test_within_reach_a_seen_marker_comes_before_a_nearer_hidden_one() -> None:
    pixels = np.array([[10.0, 10.0], [14.0, 10.0], [13.0, 10.0], [40.0, 10.0]])
    spots = Spots(np.array([5, 6, 7, 8]), pixels, np.array([False, True, True, True]))
    assert spots.at(QPointF(10.0, 10.0), 6.0) == 7
    assert spots.at(QPointF(10.0, 10.0), 2.0) == 5
    assert spots.at(QPointF(25.0, 10.0), 6.0) is None
    assert NO_SPOTS.at(QPointF(25.0, 10.0), 6.0) is None
    assert spots.pixels_of(8) == [QPointF(40.0, 10.0)]
    assert spots.pixels_of(None) == []


def test_segments_are_drawn_from_arrays(qtbot: QtBot) -> None:
    del qtbot
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    draw_segments(painter, np.array([[[2.0, 3.0], [2.0, 15.0]], [[5.0, 10.0], [15.0, 10.0]]]))
    draw_segments(painter, np.zeros((0, 2, 2)))
    painter.end()
    assert image.pixelColor(2, 9) == image.pixelColor(10, 10) == QColor("black")
    assert image.pixelColor(10, 3) == QColor("white")


# --- the widget -------------------------------------------------------------------------------------------


class Stage:
    def __init__(self, qtbot: QtBot) -> None:
        self.appearance = Appearance()
        self.appearance.set_mode("light")
        self.view = SpaceView(self.appearance)
        keep(qtbot, self.view, self)
        self.cameras: list[Camera] = []
        self.hovered: list[object] = []
        self.clicked: list[object] = []
        self.places: list[object] = []
        self.view.camera_changed.connect(self.cameras.append)
        self.view.point_hovered.connect(self.hovered.append)
        self.view.point_clicked.connect(self.clicked.append)
        self.view.surface_clicked.connect(self.places.append)
        self.view.set_content(full_content())
        self.view.resize(420, 300)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.grab()

    def pixel(self, point_id: int) -> QPoint:
        return next(spot.pixel for spot in self.view.spots if spot.point_id == point_id).toPoint()

    def drag(self, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(self.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(self.view, end)
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    def wheel(self, notches: int) -> None:
        turn_wheel(self.view, self.view.rect().center(), notches)


def test_a_drag_turns_the_box_the_way_of_the_pointer(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    near = np.array([0.0, 0.0, 0.0]) + Projection(stage.view.camera, AREA).eye * (0.1, 0.1, 0.0)
    before = Projection(stage.view.camera, AREA).project(near)
    stage.drag(QPoint(200, 150), QPoint(240, 130))
    after = Projection(stage.view.camera, AREA).project(near)
    assert stage.cameras == [stage.view.camera]
    assert after[0] > before[0] + 3
    assert stage.view.camera.elevation_deg < Camera().elevation_deg
    assert stage.clicked == stage.places == []


def test_the_wheel_zooms_and_a_double_click_resets(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.wheel(2)
    assert stage.view.camera.zoom == pytest.approx(1.15**2)
    stage.wheel(-3)
    assert stage.view.camera.zoom < 1.0
    stage.drag(QPoint(200, 150), QPoint(100, 100))
    QTest.mouseDClick(stage.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 150))
    assert stage.view.camera == Camera()
    assert stage.cameras[-1] == Camera()


def test_pointing_at_a_marker_tells_its_id_and_a_click_too(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    QTest.mouseMove(stage.view, stage.pixel(7) + QPoint(2, -1))
    assert stage.hovered == [7]
    QTest.mouseMove(stage.view, QPoint(3, 3))
    assert stage.hovered == [7, None]
    QTest.mouseClick(stage.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, stage.pixel(8))
    assert stage.clicked == [8]


def test_a_click_on_the_surface_tells_where(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    axes = stage.view.content.axes
    height = float(ridge().height_at(np.array(0.1), np.array(0.2))) / BOX_HEIGHT
    x, y = axes.to_ground(0.1, 0.2)
    pixel = stage.view.pixel_of(x, y, height)
    QTest.mouseClick(stage.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pixel.toPoint())
    assert stage.places[0] == pytest.approx((x, y), rel=0.02)


def test_the_highlighted_marker_is_ringed(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    ring = stage.pixel(7) + QPoint(8, 0)
    plain = stage.view.grab().toImage().pixelColor(ring)
    stage.view.set_highlight(7)
    assert stage.view.grab().toImage().pixelColor(ring) != plain


def test_it_paints_into_other_sizes_and_themes_and_follows_the_scale(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    stage.view.paint_into(painter, QRectF(0.0, 0.0, 800.0, 600.0), make_theme(dark=True))
    painter.end()
    assert image != QImage(800, 600, QImage.Format.Format_RGB32)
    before = stage.view.grab().toImage()
    stage.appearance.set_scale_percent(200)
    assert stage.view.grab().toImage() != before


def test_without_a_content_nothing_is_drawn_and_nothing_is_hit(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.view.set_content(None)
    image = stage.view.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, 420, 7) for y in range(0, 300, 7)}) == 1
    QTest.mouseClick(stage.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(210, 150))
    assert stage.places == stage.clicked == []
    with pytest.raises(ValueError, match="no axes"):
        stage.view.pixel_of(0.0, 0.0, 0.0)
