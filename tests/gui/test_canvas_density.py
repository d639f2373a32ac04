"""A crowd on the canvas: its density as pixels, edits of it by mouse, what is drawn by itself."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPicture
from PySide6.QtTest import QTest

from engine.density import count_samples
from engine.document.state import DocumentState
from engine.samples import BLOCK_SIZE, SampleRows, Samples
from gui.canvas.density import MOST_MARKED
from gui.canvas.density_colors import LOWEST_STRENGTH, Palette, density_colors, reference_of
from gui.canvas.density_picture import DensityLook, DensityPicture, density_pictures
from gui.canvas.markers import DOTS_ABOVE
from gui.canvas.viewport import Viewport
from gui.theme import make_theme
from tests.gui.canvas_stage import Stage, class_infos

COUNT = 30_000
VIEW = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(60.0, 10.0, 300.0, 240.0))


def crowd(count: int = COUNT) -> Samples:
    """People in the middle of the plot, blue in its left half; two in the corners keep the view wide."""
    rng = np.random.default_rng(11)
    height = np.concatenate([rng.uniform(162.0, 178.0, count - 2), [140.0, 200.0]])
    weight = np.concatenate([rng.uniform(65.0, 85.0, count - 2), [40.0, 120.0]])
    return Samples.from_columns(height, weight, (height > 170.0).astype(int))


@pytest.fixture
def make_stage(qtbot):
    stages = []

    def make(samples: Samples | None = None) -> Stage:
        stage = Stage(qtbot, samples or crowd())
        stages.append(stage)
        settle(qtbot, stage)
        return stage

    yield make
    for stage in stages:
        stage.view.close_jobs()


def settle(qtbot, stage: Stage) -> None:
    """Wait for the fine picture of the present view and samples."""

    def is_there() -> bool:
        stage.view.grab()
        shown = stage.view.layers.density.shown
        return (
            shown is not None
            and not shown.is_coarse
            and shown.look.viewport == stage.view.viewport
            and shown.samples is stage.document.state.samples
        )

    qtbot.waitUntil(is_there, timeout=20_000)


def look(ratio: float = 1.0, *, dark: bool = False, view: Viewport = VIEW) -> DensityLook:
    return DensityLook(view, class_infos(2), make_theme(dark=dark), ratio)


def fine(samples: Samples, of: DensityLook) -> DensityPicture:
    return list(density_pictures(samples, of, False, lambda: False))[-1]


def counts_match(stage: Stage) -> bool:
    shown = stage.view.layers.density.shown
    anew = count_samples(stage.document.state.samples, shown.grid, 2)
    return bool(np.array_equal(shown.counts, anew))


def hue_at(stage: Stage, point: QPoint) -> str:
    """Which class's hue a pixel of the canvas has, if any."""
    color = stage.view.grab().toImage().pixelColor(point)
    if color.saturationF() < 0.2:
        return "none"
    return "class 0" if 180 <= color.hue() <= 260 else "class 1"


# --- colours --------------------------------------------------------------------------------------


def colors_of(*cells: tuple[int, ...], dark: bool = False, reference: float = 100.0) -> list[QColor]:
    """Colours of cells with (no label, class 0, class 1, held out) samples, on the theme's plot."""
    theme = make_theme(dark=dark)
    pixels = density_colors(np.array(cells, np.int32).T, Palette.of(class_infos(2), theme), reference)
    return [over(QColor(theme.plot), int(pixel)) for pixel in pixels]


def over(ground: QColor, pixel: int) -> QColor:
    keep = 1.0 - (pixel >> 24) / 255.0
    channels = [(pixel >> shift) & 255 for shift in (16, 8, 0)]
    behind = (ground.red(), ground.green(), ground.blue())
    return QColor(*(min(255, round(c + keep * b)) for c, b in zip(channels, behind, strict=True)))


def distance(one: QColor, other: QColor) -> int:
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("dark", [False, True])
def test_no_sample_is_no_colour_and_one_sample_is_seen(dark):
    theme = make_theme(dark=dark)
    empty, one = colors_of((0, 0, 0, 0), (0, 1, 0, 0), dark=dark)
    assert empty == theme.plot
    fill = theme.class_fill(0)
    assert distance(one, theme.plot) >= 0.9 * LOWEST_STRENGTH * distance(fill, theme.plot)
    assert abs(one.hslHue() - fill.hslHue()) < 6


@pytest.mark.parametrize("dark", [False, True])
def test_more_samples_have_a_deeper_tone(dark):
    theme = make_theme(dark=dark)
    tones = colors_of((0, 1, 0, 0), (0, 3, 0, 0), (0, 10, 0, 0), (0, 40, 0, 0), (0, 100, 0, 0), dark=dark)
    lightness = [color.lightnessF() for color in tones]
    assert lightness == sorted(lightness, reverse=not dark)
    assert len(set(lightness)) == 5
    assert distance(tones[-1], theme.plot) > distance(tones[0], theme.plot)
    more = colors_of((0, 5_000, 0, 0), dark=dark)
    assert more == tones[-1:]


def test_the_majority_shows_and_equal_shares_are_neither():
    theme = make_theme(dark=False)
    most, even = colors_of((0, 9, 3, 0), (0, 6, 6, 0))
    blue, orange = theme.class_fill(0), theme.class_fill(1)
    assert distance(most, blue) < distance(most, orange)
    assert even.saturationF() < min(most.saturationF(), orange.saturationF())


def test_cells_that_are_held_out_are_pale():
    used, held_out = colors_of((0, 4, 0, 0), (0, 4, 0, 4))
    assert held_out.lightness() > used.lightness() + 40


def test_a_crowd_has_a_reference_even_where_it_is_thin():
    assert reference_of(np.ones((4, 9), np.int32)) == 24.0
    assert reference_of(np.full((4, 9), 30, np.int32)) == 90.0  # the held-out layer counts nobody twice


# --- the picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_its_grid_lies_on_the_plots_pixels(ratio):
    of = look(ratio)
    grid = of.grid()
    assert grid.cell_cm * VIEW.px_per_cm * ratio == pytest.approx(of.cell_device_px)
    target = fine(crowd(), of).target(VIEW)
    assert target.contains(VIEW.rect)
    assert (target.bottom() - VIEW.rect.bottom()) * ratio % of.cell_device_px == pytest.approx(0.0, abs=1e-6)


def test_a_pixel_of_the_picture_belongs_to_the_cell_of_its_place():
    samples = Samples.from_columns([150.2, 190.2], [110.3, 50.3], [0, 1])
    picture = fine(samples, look())
    image, target = picture.image(), picture.target(VIEW)
    for height, weight, hue in ((150.2, 110.3, 202), (190.2, 50.3, 26)):
        point = VIEW.point(height, weight) - target.topLeft()
        color = image.pixelColor(int(point.x()), int(point.y()))
        assert color.alphaF() == pytest.approx(LOWEST_STRENGTH, abs=0.01)
        assert abs(color.hue() - hue) < 8
    assert image.pixelColor(int(target.width() / 2), int(target.height() / 2)).alpha() == 0


def test_a_mended_picture_equals_a_fresh_one():
    samples, of = crowd(), look()
    picture = fine(samples, of)
    after = samples.add([150.0, 151.0, 300.0], [100.0, 101.0, 70.0], [0, 1, 0])[0].remove([5, 6, 7])[0]
    row = after.select([100])
    after = after.put(SampleRows.make([100], row.height_cm - 9.0, row.weight_kg, 1 - row.class_index))
    assert picture.mend(after)
    fresh = fine(after, of)
    assert reference_of(fresh.counts) == reference_of(count_samples(samples, picture.grid, 2))
    np.testing.assert_array_equal(picture.counts, fresh.counts)
    assert bytes(picture.image().constBits()) == bytes(fresh.image().constBits())
    assert picture.mend(samples)
    assert bytes(picture.image().constBits()) == bytes(fine(samples, of).image().constBits())


def test_an_edit_of_very_many_is_not_mended():
    samples = crowd(10 * BLOCK_SIZE)
    rows = samples.rows
    moved = samples.put(SampleRows.make(rows.sample_id, rows.height_cm + 1, rows.weight_kg, rows.class_index))
    picture = fine(samples, look())
    before = picture.counts.copy()
    assert not picture.mend(moved)
    np.testing.assert_array_equal(picture.counts, before)


def test_a_coarse_picture_comes_first_and_is_like_the_fine_one():
    coarse, exact = density_pictures(crowd(), look(), True, lambda: False)
    assert (coarse.is_coarse, exact.is_coarse) == (True, False)
    assert not coarse.mend(crowd())
    guessed = coarse.counts[:-1].sum() * 16
    assert guessed == pytest.approx(COUNT, rel=0.25)
    assert coarse.covers(VIEW)
    assert exact.covers(VIEW.panned(20.0, -20.0))
    assert not exact.covers(VIEW.panned(200.0, 0.0))
    assert not exact.covers(VIEW.zoomed(2.0, 100.0, 100.0))


# --- on the canvas --------------------------------------------------------------------------------


def test_a_crowd_is_drawn_in_the_colours_of_its_classes(make_stage):
    stage = make_stage()
    assert hue_at(stage, stage.px(165.0, 75.0)) == "class 0"
    assert hue_at(stage, stage.px(175.0, 75.0)) == "class 1"
    assert hue_at(stage, stage.px(150.0, 100.0)) == "none"


@pytest.mark.parametrize(("current", "hue"), [(0, "class 0"), (1, "class 1")])
def test_a_click_adds_one_to_the_crowd_and_it_is_drawn_at_once(make_stage, current, hue):
    stage = make_stage()
    stage.interaction.set_current_class(current)
    at = stage.px(150.0, 100.0)
    assert hue_at(stage, at) == "none"
    QTest.mouseMove(stage.view, at)
    stage.click(at)
    assert len(stage.document.state.samples) == COUNT + 1
    stage.move(stage.px(190.0, 50.0))  # the pointer's ring lies elsewhere
    assert hue_at(stage, at) == hue
    assert counts_match(stage)
    stage.document.undo_stack.undo()
    assert hue_at(stage, at) == "none"


def test_a_lone_sample_is_dragged_out_of_its_cell(make_stage):
    stage = make_stage()
    start, end = stage.px(150.0, 100.0), stage.px(190.0, 55.0)
    stage.click(start)
    stage.drag(start, start + QPoint(12, 4), end)
    stage.move(stage.px(150.0, 60.0))
    rows = stage.document.state.samples.select([COUNT])
    assert rows.height_cm[0] == pytest.approx(190.0, abs=0.3)
    assert hue_at(stage, start) == "none"
    assert hue_at(stage, end) == "class 0"
    assert counts_match(stage)


def test_the_eraser_takes_a_hole_out_of_the_crowd(make_stage):
    stage = make_stage(crowd(45_000))
    middle = stage.px(166.0, 75.0)
    rows = stage.rows
    x, y = stage.view.viewport.x_of(rows.height_cm), stage.view.viewport.y_of(rows.weight_kg)
    near = np.hypot(x - middle.x(), y - middle.y()) <= stage.view.context.scaled_tool_radius
    stage.interaction.set_tool("erase")
    stage.click(middle)
    assert set(stage.rows.sample_id) == set(rows.sample_id[~near])
    stage.move(stage.px(190.0, 50.0))
    assert hue_at(stage, middle) == "none"
    assert counts_match(stage)


def test_a_rubber_band_selects_what_looking_at_every_sample_finds(make_stage):
    stage = make_stage()
    stage.interaction.set_tool("select")
    start, end = stage.px(155.0, 90.0), stage.px(164.0, 70.0)
    rows, view = stage.rows, stage.view.viewport
    x, y = view.x_of(rows.height_cm), view.y_of(rows.weight_kg)
    inside = (x >= start.x()) & (x <= end.x()) & (y >= start.y()) & (y <= end.y())
    stage.drag(start, end)
    assert stage.interaction.selected_ids == set(rows.sample_id[inside].tolist()) != set()


def test_the_hovered_sample_is_the_nearest_one(make_stage):
    stage = make_stage()
    rows, view = stage.rows, stage.view.viewport
    place = stage.px(168.0, 75.0)
    stage.move(place)
    gaps = np.hypot(view.x_of(rows.height_cm) - place.x(), view.y_of(rows.weight_kg) - place.y())
    assert gaps.min() < 3.0
    assert stage.interaction.hovered_id == int(rows.sample_id[gaps.argmin()])
    stage.move(stage.px(150.0, 100.0))
    assert stage.interaction.hovered_id is None


def test_a_selected_sample_is_drawn_by_itself(make_stage):
    stage = make_stage()
    at = stage.sample_px(COUNT - 1)  # alone in its corner
    before = stage.view.grab().toImage()
    stage.interaction.set_selected_ids({COUNT - 1})
    after = stage.view.grab().toImage()
    around = [(at.x() + dx, at.y() + dy) for dx in range(-9, 10) for dy in range(-9, 10)]
    accent = stage.appearance.theme.accent
    assert min(distance(after.pixelColor(*place), accent) for place in around) < 30
    assert min(distance(before.pixelColor(*place), accent) for place in around) > 30


def test_the_note_counts_samples_and_says_how_many_selected_ones_are_marked(make_stage):
    stage = make_stage()
    layer = stage.view.layers.density
    assert layer.note() == "30,000 samples, shown as density"
    stage.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.interaction.set_selected_ids(range(MOST_MARKED + 1))
    stage.view.grab()
    assert layer.note().endswith("2,000 of 2,001 selected ones marked")


@pytest.mark.parametrize("weight_kg", [42.0, 43.0, 44.0, 45.0, 46.0])
def test_no_tag_covers_the_note(make_stage, weight_kg):
    stage = make_stage()
    stage.show_model([0.02, 1.0, -weight_kg - 4.0], [0.025, 1.0, -weight_kg - 5.0])
    stage.view.grab()
    note, tags = stage.view.layers.density.note_box(), stage.view.layers.tags.tags
    assert len(tags) == 2
    assert not any(tag.rect.intersects(note) for tag in tags)


def test_zooming_counts_in_the_new_view(make_stage, qtbot):
    stage = make_stage()
    stage.wheel(stage.px(166.0, 75.0), 4)
    settle(qtbot, stage)
    assert counts_match(stage)
    assert hue_at(stage, stage.px(165.0, 75.0)) == "class 0"


def test_edits_while_the_view_changes_are_all_counted(make_stage, qtbot):
    stage = make_stage()
    for number in range(5):
        stage.wheel(stage.px(170.0, 75.0), 1 if number % 2 else -1)
        stage.document.add_samples([150.0 + number], [100.0], 0)
        stage.view.grab()
    settle(qtbot, stage)
    assert counts_match(stage)


def test_fewer_samples_are_dots_again(make_stage):
    stage = make_stage()
    layers = stage.view.layers
    stage.document.remove_samples(range(COUNT - DOTS_ABOVE))
    assert not layers.density.is_needed
    assert hue_at(stage, stage.px(175.0, 75.0)) == "class 1"
    stage.document.undo_stack.undo()
    assert layers.density.is_needed


def test_another_document_shows_nothing_of_the_one_before(make_stage, qtbot):
    stage = make_stage()
    rng = np.random.default_rng(4)
    samples = Samples.from_columns(rng.uniform(185, 195, COUNT), rng.uniform(45, 55, COUNT), np.ones(COUNT))
    stage.document.open(DocumentState(samples, class_infos(2)))
    assert stage.view.layers.density.shown is None
    settle(qtbot, stage)
    assert hue_at(stage, stage.px(190.0, 50.0)) == "class 1"
    assert counts_match(stage)


def test_an_export_counts_at_once(qtbot):
    stage = Stage(qtbot, crowd())
    stage.view.layers.density.forget()
    picture = QPicture()
    painter = QPainter(picture)
    stage.view.layers.density.paint_now(painter)
    painter.end()
    image = stage.view.grab().toImage()
    image.fill(stage.appearance.theme.plot)
    painter = QPainter(image)
    painter.drawPicture(0, 0, picture)
    painter.end()
    assert 180 <= image.pixelColor(stage.px(165.0, 75.0)).hue() <= 260
    stage.view.close_jobs()
