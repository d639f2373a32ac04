"""What the landscape tab may show: other weights and models, examples, chords, surfaces in space."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.hidden.hessian import HessianProduct
from engine.specs import StartSpec
from engine.training_data import TrainingData
from tests.gui.lab_bench import LEFT
from tests.gui.landscape_bench import Stage, drag, own_loss


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


# The switches


def test_other_weights_can_be_drawn_and_the_same_one_twice_exchanges_the_axes(stage):
    controls = stage.tab.controls
    controls.right.setCurrentIndex(2)
    controls.right.activated.emit(2)
    stage.settle()
    assert stage.tab.subject.axes == [2, 1]
    assert controls.third.itemText(0).startswith("w height")
    controls.up.activated.emit(2)
    stage.settle()
    assert stage.tab.subject.axes == [1, 2]
    assert stage.panels[0].overlay.now == pytest.approx(tuple(stage.parameters[0, [1, 2]]))


def test_one_scale_of_colours_is_the_range_of_both_losses(stage):
    stage.tab.controls.common.trigger()
    stage.settle()
    grids = stage.tab.answer.grids
    expected = (min(grid.loss.min() for grid in grids), max(grid.loss.max() for grid in grids))
    assert stage.panels[0].colors == stage.panels[1].colors == expected


def test_without_hatching_the_key_does_not_speak_of_it(stage):
    glyphs = [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    assert "hatch" in glyphs
    stage.tab.controls.shaded.trigger()
    stage.settle()
    assert "hatch" not in [glyph for glyph, _ in stage.tab.stage.key_line.entries]


def test_the_key_gives_the_share_that_curves_downwards(stage):
    text = dict(stage.tab.stage.key_line.entries)["hatch"]
    assert "BCE 0 %" in text
    share = stage.tab.answer.grids[1].negative_share
    assert f"MSE {100 * share:.0f} %" in text


def test_three_classes_are_drawn_by_class_rows_and_ce(qtbot):
    stage = Stage(qtbot, n_classes=3)
    assert stage.tab.controls.names[3] == "normal: w height"
    assert len(stage.tab.controls.names) == 9
    assert [panel.loss for panel in stage.panels] == ["ce", "mse"]
    assert stage.tab.controls.third.count() == 1
    stage.tab.controls.choose(index_u=3, index_v=7)
    stage.settle()
    stage.click_at(1.0, -1.0)
    assert stage.panels[0].overlay.start == pytest.approx(tuple(stage.parameters[0, [3, 7]]))
    assert stage.parameters[0, 3] != 0.0


def test_the_step_model_has_one_landscape_of_terraces(qtbot):
    stage = Stage(qtbot, model="step")
    answer = stage.tab.answer
    assert [grid.loss_name for grid in answer.grids] == ["mse"]
    counts = np.unique(np.round(answer.grids[0].loss * 20, 9))
    assert np.array_equal(counts, np.round(counts))
    assert stage.panels[0].overlay.now == (5.0, -5.0)
    assert not stage.panels[1].isVisible()
    assert "gradient is 0" in stage.tab.stage.hint.text
    assert "hatch" not in [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    stage.document.change_settings(model="logistic")
    stage.settle()
    assert stage.panels[1].isVisible()


def test_a_model_with_hidden_layers_is_drawn_over_any_two_of_its_weights(qtbot):
    stage = Stage(qtbot, model="mlp", hidden=(3,), start=StartSpec("normal"))
    names = stage.tab.controls.names
    assert len(names) == 13
    assert "2" in names[9]
    assert "h1" in names[9]
    right = stage.tab.controls.right
    assert [right.itemText(place) for place in (0, 12)] == ["→ 1.1 w height", "→ 2.1 bias b"]
    assert right.itemData(12, Qt.ItemDataRole.ToolTipRole) == names[12] == "layer 2, unit 1: bias b"
    stage.tab.controls.choose(index_u=9, index_v=10)
    stage.settle()
    for row, panel in enumerate(stage.panels):
        grid = stage.tab.answer.grids[row]
        assert panel.overlay.now == pytest.approx(tuple(stage.parameters[row, [9, 10]]))
        nearest = [
            np.abs(axis - place).argmin()
            for axis, place in zip((grid.plane.v, grid.plane.u), panel.overlay.now[::-1], strict=True)
        ]
        metric = stage.snapshot.metrics[row, row]
        assert grid.loss[nearest[0], nearest[1]] == pytest.approx(metric, rel=0.05)
    assert stage.tab.answer.grids[0].negative_share == 0.0


def test_under_the_pointer_the_curvature_by_all_weights_is_known_with_hidden_layers_too(qtbot):
    stage = Stage(qtbot, model="mlp", hidden=(3,), start=StartSpec("normal"))
    stage.settle()
    stage.until(lambda: stage.tab.values[0] is not None)
    assert stage.tab.values[0].full_eigenvalue is None  # which is written for the pointer alone
    QTest.mouseMove(stage.panels[0], stage.pixel(0.5, -0.5))
    stage.see("λ over all weights")
    u, v = stage.panels[0].layout_.to_point(stage.panels[0].box, QPointF(stage.pixel(0.5, -0.5)))
    model, cut = stage.snapshot.spec.model, stage.tab.subject.cut
    data = TrainingData.of(stage.snapshot.spec, stage.snapshot.scaler)
    for number, loss in enumerate(cut.losses):
        parameters = cut.origins[number].copy()
        parameters[[cut.index_u, cut.index_v]] = u, v
        product = HessianProduct(model, loss, data, parameters)
        whole = np.array([product(unit) for unit in np.eye(parameters.size)])
        expected = np.linalg.eigvalsh(whole)[0]
        assert stage.tab.values[number].full_eigenvalue == pytest.approx(expected, abs=1e-7)


def test_the_key_tells_minima_from_local_ones(stage):
    stage.tab.controls.choose(data="trap")
    stage.settle()
    # BCE has its one minimum; MSE falls further outside of the box: both of its own are local ones.
    kinds = [True], [False, False]
    for panel, expected in zip(stage.panels, kinds, strict=True):
        stage.until(lambda at=panel, to=expected: [low.is_global for low in at.overlay.minima] == to)
    glyphs = [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    assert glyphs == ["hatch", "minimum", "local minimum", "start", "now"]


def test_the_one_sample_shows_the_curriculum_s_steps_and_leaves_the_run_alone(stage):
    run = stage.snapshot.run_id
    stage.tab.controls.choose(data="one_sample")
    stage.settle()
    stage.see("BCE 15 steps to p > 0.9, MSE 70 steps")
    assert stage.tab.controls.names == ["w₁", "w₂"]
    QTest.mouseClick(stage.panels[1], LEFT, pos=stage.pixel(-1.0, -3.0, panel=1))
    stage.until(lambda: stage.panels[1].overlay.start == pytest.approx((-1.0, -3.0), abs=0.1))
    assert stage.snapshot.run_id == run
    stage.tab.controls.choose(data="samples")
    stage.settle()
    assert stage.panels[1].overlay.start == (5.0, -5.0)
    assert len(stage.tab.controls.names) == 3


# Chords


def test_two_clicks_in_chord_mode_draw_the_chord_and_start_no_run(stage):
    run = stage.snapshot.run_id
    stage.tab.controls.choose(is_chord=True)
    stage.settle()
    panel = stage.panels[0]
    with stage.qtbot.assertNotEmitted(panel.clicked):
        stage.chord((5.0, -5.0), (-1.0, 0.5))
    area = stage.tab.stage.chord_area
    bce, mse = area.chords
    assert bce.violated == ()
    assert mse.violated
    assert "BCE: never above the chord." in area.sentence.text()
    assert "MSE: above it on" in area.sentence.text()
    assert stage.panels[1].chord == panel.chord
    assert stage.panels[1].violated == mse.violated
    assert stage.snapshot.run_id == run


def test_an_end_of_the_chord_can_be_dragged(stage):
    stage.tab.controls.choose(is_chord=True)
    stage.settle()
    panel = stage.panels[1]
    drag(panel, stage.pixel(4.0, -3.0, 1), stage.pixel(-1.0, 0.5, 1))
    stage.settle()
    first = stage.tab.stage.hand.ends
    assert len(first) == 2
    drag(panel, stage.pixel(*first[1], 1), stage.pixel(1.0, -1.0, 1))
    stage.settle()
    assert stage.tab.stage.hand.ends[0] == first[0]
    assert stage.tab.stage.hand.ends[1] == pytest.approx((1.0, -1.0), abs=0.15)
    expected = own_loss(stage, "bce", np.array([*stage.tab.stage.hand.ends[1], 0.0]))
    area = stage.tab.stage.chord_area
    stage.until(lambda: area.chords and area.chords[0].loss[0] == pytest.approx(expected))


def test_leaving_chord_mode_forgets_the_chord(stage):
    stage.tab.controls.choose(is_chord=True)
    drag(stage.panels[0], stage.pixel(4.0, -3.0), stage.pixel(-1.0, 0.5))
    stage.settle()
    stage.press(stage.tab.controls.chord)
    assert stage.panels[0].chord == []
    assert not stage.tab.stage.chord_area.isVisible()


# In space


def test_in_space_the_way_lies_on_the_surface_and_a_click_on_it_starts_a_run(stage):
    stage.step(10)
    QTest.mouseClick(stage.tab.controls.view.button("space"), LEFT)
    stage.qtbot.waitUntil(lambda: all(space.content is not None for space in stage.tab.stage.spaces))
    stage.settle()
    space = stage.tab.stage.spaces[0]
    assert not stage.panels[0].isVisible()
    ways = [line for line in space.content.lines if line.halo is not None]
    assert len(ways) == 1
    assert ways[0].pieces[0, 0] == pytest.approx((5.0, -5.0))
    assert [group.marker for group in space.content.points][-1] == "circle"
    assert space.content.axes.z.title == "BCE"
    space.surface_clicked.emit((1.0, -2.0))
    stage.until(lambda: stage.snapshot.step == 0)
    np.testing.assert_allclose(stage.parameters[:, :2], [[1.0, -2.0]] * 2)


def test_both_surfaces_are_turned_together(stage):
    stage.tab.controls.choose(is_space=True)
    stage.qtbot.waitUntil(lambda: all(space.content is not None for space in stage.tab.stage.spaces))
    first, second = stage.tab.stage.spaces
    before = second.camera
    middle = first.rect().center()
    QTest.mousePress(first, LEFT, pos=middle)
    QTest.mouseMove(first, middle + QPoint(40, 10))
    QTest.mouseRelease(first, LEFT, pos=middle + QPoint(40, 10))
    assert first.camera == second.camera != before


def test_in_space_a_loss_that_goes_is_not_waited_for(qtbot):
    of_two, of_one = Stage(qtbot), Stage(qtbot, model="step", loss_mode="mse", start=StartSpec())
    stage = of_two.tab.stage
    of_two.tab.controls.choose(is_space=True)
    of_two.settle()
    of_two.until(lambda: not stage._stale_spaces)
    stage.set_pointer((0.0, 0.0))
    stage.set_titles("w1", "w2", ("mse",), (True,))
    stage.set_answer(of_one.tab.answer)  # before the turn of the second box came
    for _ in range(3):
        stage._draw_space.run_now()
    assert stage.spaces[0].content.axes.z.title == "MSE"
    assert not stage.spaces[1].isVisible()
