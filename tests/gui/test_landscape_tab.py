"""The landscape tab follows the run, and hands on it start runs, move boxes and zoom."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.samples import Samples
from tests.gui.lab_bench import LEFT, turn_wheel
from tests.gui.landscape_bench import Stage, drag, own_loss


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


# Following the run


def test_both_losses_are_drawn_over_the_same_box_with_each_model_on_its_landscape(stage):
    answer = stage.tab.answer
    assert answer is not None
    assert answer.is_finest
    assert [grid.loss_name for grid in answer.grids] == ["bce", "mse"]
    assert stage.panels[0].box == stage.panels[1].box == answer.question.box == stage.panels[0].picture_box
    stage.step(5)
    for row, panel in enumerate(stage.panels):
        assert panel.overlay.start == (5.0, -5.0)
        assert panel.overlay.now == pytest.approx(tuple(stage.parameters[row, :2]))
        assert len(panel.overlay.past) >= 6
    assert stage.panels[0].overlay.now != stage.panels[1].overlay.now


def test_the_box_holds_start_way_and_valley(stage):
    bce = stage.tab.answer.minima[0]
    assert bce
    held = np.array([(5.0, -5.0), bce[0].point])
    assert stage.panels[0].box.holds(held)


def test_steps_move_the_dot_and_leave_a_landscape_that_does_not_depend_on_them(stage):
    stage.tab.controls.choose(is_minimised=True)
    stage.settle()
    before, dot = stage.tab.answer, stage.panels[0].overlay.now
    assert before.grids[0].minimiser is not None
    stage.step(3)
    assert stage.panels[0].overlay.now != dot
    assert stage.tab.answer is before


def test_with_the_bias_fixed_the_landscape_follows_each_model_s_own_bias(stage):
    stage.step(20)
    cut = stage.tab.answer.question.cut
    for row in (0, 1):
        assert cut.origins[row][2] == stage.parameters[row, 2]
    assert cut.origins[0][2] != cut.origins[1][2]


def test_the_model_s_loss_on_the_landscape_is_the_run_s(stage):
    stage.step(10)
    metrics = stage.snapshot.metrics
    expected = [metrics[0, 0], metrics[1, 1]]
    stage.until(lambda: [value.loss for value in stage.tab.values if value] == pytest.approx(expected))


def test_scrubbing_back_leaves_the_rest_of_the_way_as_the_future(stage):
    stage.step(10)
    stage.controller.seek(4)
    stage.until(lambda: stage.snapshot.step == 4)
    over = stage.panels[0].overlay
    assert over.now == tuple(over.past[-1]) == tuple(over.future[0]) == tuple(stage.parameters[0, :2])
    assert len(over.past) == 6
    assert len(over.future) == 7


def test_an_edit_of_the_samples_draws_their_landscape(stage):
    before = stage.tab.answer
    stage.document.add_samples([190.0], [50.0], 1)
    stage.settle()
    after = stage.tab.answer
    assert after is not before
    assert len(after.question.ground.data()) == len(before.question.ground.data()) + 1


def test_behind_other_tabs_nothing_is_computed_but_the_way_goes_on(stage):
    stage.tab.set_active(False)
    before = stage.tab.answer
    stage.step(6)
    assert stage.tab.is_up_to_date
    assert stage.tab.answer is before
    assert stage.tab.context.path.steps[-1] == 6
    stage.tab.set_active(True)
    stage.until(lambda: stage.tab.answer is not before)
    assert stage.panels[1].overlay.now == pytest.approx(tuple(stage.parameters[1, :2]))


def test_what_was_asked_for_in_front_is_not_worked_out_behind_but_when_it_is_in_front_again(stage):
    before = stage.tab.answer
    turn_wheel(stage.panels[0], stage.pixel(0.0, 0.0), 2)
    assert not stage.tab.is_up_to_date
    stage.tab.set_active(False)
    assert stage.tab.feed.wait_until_idle()
    QApplication.processEvents()
    assert stage.tab.answer is before
    stage.tab.set_active(True)
    stage.until(lambda: stage.tab.is_up_to_date)
    assert stage.tab.answer.question.box == stage.panels[0].box != before.question.box


def test_without_samples_it_says_so(stage):
    stage.document.clear_samples()
    stage.settle()
    assert "no labelled sample" in stage.panels[0].message
    assert stage.tab.answer is None
    stage.document.undo_stack.undo()
    stage.settle()
    assert stage.panels[0].message == ""
    assert stage.tab.answer is not None


def test_a_single_model_has_its_way_on_its_own_landscape_alone(qtbot):
    stage = Stage(qtbot, loss_mode="mse")
    bce, mse = (panel.overlay for panel in stage.panels)
    assert bce.now is None
    assert mse.now == (5.0, -5.0)


# Clicks, drags and the wheel


def test_a_click_starts_both_models_there_with_that_panel_s_bias(stage):
    stage.step(20)
    bias = stage.parameters[1, 2]
    at = stage.pixel(1.0, -2.0, panel=1)
    u, v = stage.panels[1].layout_.to_point(stage.panels[1].box, QPointF(at))
    stage.click_at(1.0, -2.0, panel=1)
    snapshot = stage.snapshot
    assert snapshot.step == 0
    assert not stage.controller.playing
    np.testing.assert_allclose(snapshot.parameters, [[u, v, bias]] * 2, rtol=1e-12)
    assert stage.panels[0].overlay.start == pytest.approx((u, v))
    QTest.mouseMove(stage.tab.controls)
    stage.tab._point_at(None)
    stage.see("Press Train")


def test_with_the_bias_minimised_out_a_click_starts_at_the_best_bias(stage):
    stage.tab.controls.choose(is_minimised=True)
    stage.settle()
    stage.click_at(1.0, -2.0)
    row = stage.parameters[0]
    best = own_loss(stage, "bce", row)
    for shift in (-0.05, 0.05):
        assert own_loss(stage, "bce", row + np.array([0.0, 0.0, shift])) > best


def test_a_drag_moves_both_boxes_and_starts_nothing(stage):
    before, run = stage.panels[0].box, stage.snapshot.run_id
    panel = stage.panels[0]
    start = stage.pixel(0.0, 0.0)
    grabbed = panel.layout_.to_point(before, QPointF(start))
    end = start + QPoint(30, -20)
    with stage.qtbot.assertNotEmitted(panel.clicked):
        drag(panel, start, end)
    stage.settle()
    assert stage.panels[1].box == panel.box != before
    assert panel.layout_.to_point(panel.box, QPointF(end)) == pytest.approx(grabbed)
    assert stage.snapshot.run_id == run
    assert stage.tab.answer.question.box == panel.box


def test_the_wheel_zooms_around_the_pointer_and_a_double_click_goes_back(stage):
    panel, automatic = stage.panels[1], stage.panels[1].box
    at = stage.pixel(2.0, -1.0, panel=1)
    under = panel.layout_.to_point(automatic, QPointF(at))
    turn_wheel(panel, at, 3)
    stage.settle()
    assert panel.box.u_span < automatic.u_span
    assert panel.layout_.to_point(panel.box, QPointF(at)) == pytest.approx(under)
    run = stage.snapshot.run_id
    with stage.qtbot.assertNotEmitted(panel.clicked, wait=QApplication.doubleClickInterval() + 50):
        QTest.mouseDClick(panel, LEFT, pos=at)
    stage.settle()
    assert panel.box == automatic
    assert stage.snapshot.run_id == run


def test_in_a_zoomed_box_a_click_waits_until_it_is_no_double_click(stage):
    turn_wheel(stage.panels[0], stage.pixel(2.0, -1.0), 2)
    run = stage.snapshot.run_id
    with stage.qtbot.waitSignal(stage.panels[0].clicked):
        QTest.mouseClick(stage.panels[0], LEFT, pos=stage.pixel(2.0, -1.0))
        QApplication.processEvents()
        assert stage.snapshot.run_id == run
    stage.qtbot.waitUntil(lambda: stage.snapshot.run_id != run)


def test_the_pointer_reads_losses_and_curvature_in_both_landscapes(stage):
    QTest.mouseMove(stage.panels[0], stage.pixel(4.0, -4.0))
    u, v = stage.panels[0].layout_.to_point(stage.panels[0].box, QPointF(stage.pixel(4.0, -4.0)))
    bce_there = own_loss(stage, "bce", np.array([u, v, 0.0]))
    stage.until(lambda: stage.tab.values[0] and stage.tab.values[0].loss == pytest.approx(bce_there))
    stage.see("λ over all weights")
    bce, mse = stage.tab.values
    assert mse.loss == pytest.approx(own_loss(stage, "mse", np.array([u, v, 0.0])))
    assert bce.slice_eigenvalue > 0.0 > mse.slice_eigenvalue
    assert "λ -" in stage.tab.stage.readouts[1].text
    assert "λ +" in stage.tab.stage.readouts[0].text


def test_a_click_on_a_loss_s_name_selects_its_model(stage):
    panel = stage.panels[1]
    panel.grab()
    QTest.mouseClick(panel, LEFT, pos=QPoint(round(panel.layout_.plot.left()) + 8, 8))
    assert stage.interaction.selected_model == 1


@pytest.mark.parametrize("size", [(320, 280), (700, 520)])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_paints_in_every_size_and_theme(qtbot, size, mode):
    stage = Stage(qtbot)
    stage.appearance.set_mode(mode)
    stage.resize(*size)
    stage.settle()
    image = stage.panels[0].grab().toImage()
    plot = stage.panels[0].layout_.plot.toRect()
    inside = {
        image.pixel(x, y)
        for x in range(plot.left(), plot.right(), 7)
        for y in range(plot.top(), plot.bottom(), 7)
    }
    assert len(inside) > 20
    ratio = stage.panels[0].devicePixelRatioF()
    assert stage.tab.answer.question.look.width == round(stage.panels[0].layout_.plot.width() * ratio)


def test_a_landscape_needs_a_labelled_sample_not_just_samples(qtbot):
    stage = Stage(qtbot)
    state = stage.document.state
    unlabelled = Samples.from_columns([160.0, 170.0], [60.0, 70.0], [-1, -1])
    stage.document.open(type(state)(unlabelled, state.classes, state.settings))
    stage.settle()
    assert "no labelled sample" in stage.panels[0].message
