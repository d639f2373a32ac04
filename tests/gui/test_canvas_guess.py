"""The person's own line: exact geometry, handles under the mouse, one undo command a drag, a live score."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from engine.document.state import DocumentState, GuessLine
from engine.samples import Samples
from gui.canvas.guess_line import HANDLE_LOGIT, PixelLine, handles_of
from gui.canvas.layers import GUESS_TAG
from gui.canvas.viewport import Viewport
from tests.gui.canvas_stage import Stage

VIEW = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(50.0, 20.0, 600.0, 400.0))
CROWD = 30_000
weight = st.floats(-2.0, 2.0)


def logit(guess: GuessLine, height_cm: float, weight_kg: float) -> float:
    return guess.per_cm * height_cm + guess.per_kg * weight_kg + guess.bias


@given(weight, weight, st.floats(-100, 100))
def test_a_line_comes_back_from_its_pixels(per_cm, per_kg, bias):
    back = PixelLine.of(GuessLine(per_cm, per_kg, bias), VIEW).to_guess(VIEW)
    assert (back.per_cm, back.per_kg) == pytest.approx((per_cm, per_kg), abs=1e-12)
    assert back.bias == pytest.approx(bias, abs=1e-9)


@given(weight, weight, st.floats(140, 200), st.floats(40, 120))
def test_the_logit_is_the_same_over_pixels(per_cm, per_kg, height_cm, weight_kg):
    guess = GuessLine(per_cm, per_kg, 3.0)
    line, point = PixelLine.of(guess, VIEW), VIEW.point(height_cm, weight_kg)
    value = line.a * point.x() + line.b * point.y() + line.c
    assert value == pytest.approx(logit(guess, height_cm, weight_kg), abs=1e-9)


@given(st.floats(0, 6.28), st.floats(60, 640), st.floats(30, 410))
def test_turning_goes_through_both_points_and_keeps_steepness_and_side(angle, x, y):
    line = PixelLine(0.03, -0.02, 1.0)
    pivot, through = line.foot(QPointF(300.0, 200.0)), QPointF(x, y)
    assume(math.hypot(x - pivot.x(), y - pivot.y()) > 1.5)
    turned = line.turned(pivot, through)
    for point in (pivot, through):
        assert turned.a * point.x() + turned.b * point.y() + turned.c == pytest.approx(0.0, abs=1e-9)
    assert turned.slope == pytest.approx(line.slope)
    assert turned.a * line.a + turned.b * line.b >= 0


def test_steepness_moves_ninety_per_cent_to_the_pointer_and_leaves_the_line():
    line = PixelLine(0.03, 0.04, -14.0)
    middle = line.foot(QPointF(100.0, 100.0))
    steeper = line.steepened(middle, middle + line.towards * 20.0)
    assert steeper.reach == pytest.approx(20.0)
    assert steeper.foot(middle).toTuple() == pytest.approx(middle.toTuple())
    assert QPointF.dotProduct(steeper.towards, line.towards) == pytest.approx(1.0)


def test_pulling_the_third_handle_across_the_line_swaps_the_sides():
    line = PixelLine(0.03, 0.04, -14.0)
    middle = line.foot(QPointF(100.0, 100.0))
    swapped = line.steepened(middle, middle - line.towards * 30.0)
    assert QPointF.dotProduct(swapped.towards, line.towards) == pytest.approx(-1.0)
    assert swapped.reach == pytest.approx(30.0)


@pytest.mark.parametrize("slope", [1e-4, 0.03, 50.0])
def test_the_third_handle_is_always_within_reach(slope):
    handles = handles_of(PixelLine(slope, 0.0, -300.0 * slope), VIEW.rect, None, 1.0)
    away = handles.steepness - handles.middle
    assert 15.9 <= math.hypot(away.x(), away.y()) <= 161.0


def test_a_line_out_of_view_has_no_handles():
    assert handles_of(PixelLine(1.0, 0.0, 5000.0), VIEW.rect, None, 1.0) is None


@pytest.fixture
def stage(qtbot) -> Stage:
    """Two classes that an upright line at 165 cm separates."""
    samples = Samples.from_columns([150.0, 155.0, 175.0, 180.0], [50.0, 90.0, 55.0, 85.0], [0, 0, 1, 1])
    stage = Stage(qtbot, samples)
    stage.interaction.set_tool("line")
    return stage


def handles(stage: Stage):
    return stage.view.layers.guess.handles()


def card(stage: Stage) -> QWidget:
    return stage.view.findChild(QWidget, "guess_card")


def test_taking_the_tool_draws_a_first_line_between_the_classes(stage):
    guess = stage.document.state.guess
    assert logit(guess, 165.0, 70.0) == pytest.approx(0.0, abs=1e-9)
    assert logit(guess, 180.0, 70.0) > 0
    assert stage.view.layers.guess.score().accuracy == 1.0
    assert stage.document.undo_stack.count() == 1
    stage.document.undo_stack.undo()
    assert stage.document.state.guess is None
    assert not card(stage).isVisible()


def test_taking_the_tool_again_keeps_the_line(stage):
    guess = stage.document.state.guess
    stage.interaction.set_tool("add")
    stage.interaction.set_tool("line")
    assert stage.document.state.guess == guess


def test_dragging_an_end_turns_the_line_around_the_other_as_one_command(stage):
    before = handles(stage)
    start = before.first.toPoint()
    stage.drag(start, start + QPoint(20, 0), start + QPoint(60, 0))
    guess, view = stage.document.state.guess, stage.view.viewport
    pivot, moved = before.second, before.first + QPointF(60, 0)
    for point in (pivot, moved):
        assert logit(guess, view.height_at(point.x()), view.weight_at(point.y())) == pytest.approx(
            0.0, abs=1e-6
        )
    assert handles(stage).first.toTuple() == pytest.approx(moved.toTuple(), abs=1e-6)
    assert stage.document.undo_stack.count() == 2
    stage.document.undo_stack.undo()
    assert logit(stage.document.state.guess, 165.0, 70.0) == pytest.approx(0.0, abs=1e-9)


def test_dragging_the_line_itself_shifts_it_in_parallel(stage):
    before = stage.document.state.guess
    start = (handles(stage).first * 0.6 + handles(stage).middle * 0.4).toPoint()
    stage.drag(start, start + QPoint(30, 0))
    after = stage.document.state.guess
    assert (after.per_cm, after.per_kg) == pytest.approx((before.per_cm, before.per_kg))
    shifted_cm = 165.0 + 30 / stage.view.viewport.px_per_cm
    assert logit(after, shifted_cm, 70.0) == pytest.approx(0.0, abs=1e-6)


def test_dragging_the_third_handle_changes_the_steepness_alone(stage):
    start = handles(stage).steepness.toPoint()
    reach = stage.view.layers.guess.line().reach
    stage.drag(start, start - QPoint(30, 0))
    line = stage.view.layers.guess.line()
    assert line.reach == pytest.approx(reach - 30, abs=1.0)
    view = stage.view.viewport
    height_cm = view.height_at(view.x_of(165.0) + line.reach)
    assert logit(stage.document.state.guess, height_cm, 70.0) == pytest.approx(HANDLE_LOGIT)
    assert logit(stage.document.state.guess, 165.0, 70.0) == pytest.approx(0.0, abs=1e-6)


def test_dragging_over_the_empty_plot_draws_a_new_line_the_right_way_round(stage):
    stage.document.set_guess(None)
    top, bottom = stage.px(160.0, 90.0), stage.px(170.0, 48.0)
    stage.drag(top, (top + bottom) / 2, bottom)
    guess = stage.document.state.guess
    assert logit(guess, 180.0, 70.0) > 0 > logit(guess, 150.0, 70.0)
    for place in ((160.0, 90.0), (170.0, 48.0)):
        assert abs(logit(guess, *place)) < 0.1
    assert stage.document.undo_stack.count() == 3  # the first line, its removal, the new one


def test_a_new_line_is_right_more_often_than_wrong_even_after_one_that_was_not(stage):
    guess = stage.document.state.guess
    stage.document.set_guess(GuessLine(-guess.per_cm, -guess.per_kg, -guess.bias))
    stage.drag(stage.px(157.0, 90.0), stage.px(161.0, 48.0))
    assert logit(stage.document.state.guess, 180.0, 70.0) > 0


def test_escape_during_a_drag_takes_the_line_back(stage):
    before = stage.document.state.guess
    start = handles(stage).second.toPoint()
    stage.press(start)
    stage.move(start + QPoint(70, 0))
    assert stage.document.state.guess != before
    stage.key(Qt.Key.Key_Escape)
    assert stage.document.state.guess == before
    stage.move(start + QPoint(90, 0))
    assert stage.document.state.guess == before
    stage.release(start)


def test_the_score_is_the_lines_own_over_the_labelled_samples(stage):
    stage.document.set_guess(GuessLine(0.1, 0.0, -16.0))  # p = 0.5 at 160 cm
    score = stage.view.layers.guess.score()
    p = 1 / (1 + np.exp(-(0.1 * stage.rows.height_cm - 16.0)))
    y = stage.rows.class_index
    assert score.accuracy == 1.0
    assert score.cross_entropy == pytest.approx(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    assert score.squared_error == pytest.approx(np.mean((p - y) ** 2))


def test_the_score_follows_an_edit_of_the_samples(stage):
    assert stage.view.layers.guess.score().accuracy == 1.0
    stage.document.set_class_of([3], 0)
    assert stage.view.layers.guess.score().accuracy == 0.75


def test_the_card_trains_from_the_line_and_removes_it(stage, qtbot):
    assert card(stage).isVisible()
    with qtbot.waitSignal(stage.view.train_from_guess_requested, timeout=1000):
        QTest.mouseClick(card(stage).findChild(QPushButton, "train_from_guess"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(card(stage).findChild(QPushButton, "remove_guess"), Qt.MouseButton.LeftButton)
    assert stage.document.state.guess is None
    assert stage.interaction.tool == "add"
    assert not card(stage).isVisible()


def test_with_another_tool_the_line_is_a_ghost_whose_tag_takes_it_up_again(stage):
    stage.interaction.set_tool("add")
    assert not card(stage).isVisible()
    stage.view.grab()
    (tag,) = (tag for tag in stage.view.layers.tags.tags if tag.spec.key == GUESS_TAG)
    assert "100 %" in tag.spec.text
    stage.click(tag.rect.center().toPoint())
    assert stage.interaction.tool == "line"
    assert len(stage.rows) == 4


def test_three_classes_have_no_line(qtbot):
    stage = Stage(qtbot, n_classes=3)
    stage.interaction.set_tool("line")
    assert stage.document.state.guess is None
    stage.drag(stage.px(160.0, 85.0), stage.px(170.0, 60.0))
    assert stage.document.state.guess is None
    assert stage.document.undo_stack.count() == 0


@pytest.fixture
def crowded(qtbot):
    """Two classes of very many people, mixed along 165 cm."""
    generator = np.random.default_rng(8)
    height_cm, weight_kg = generator.normal(165.0, 9.0, CROWD), generator.normal(70.0, 12.0, CROWD)
    label = (height_cm + generator.normal(0.0, 5.0, CROWD) > 165.0).astype(int)
    stage = Stage(qtbot, Samples.from_columns(height_cm, weight_kg, label))
    yield stage
    stage.view.close_jobs()


def test_of_a_crowd_the_score_comes_from_the_background_and_catches_up(crowded, qtbot):
    layer, rows = crowded.view.layers.guess, crowded.rows

    def catches_up() -> None:
        z = logit(crowded.document.state.guess, rows.height_cm, rows.weight_kg)
        share = float(((z >= 0.0) == rows.class_index).mean())
        qtbot.waitUntil(lambda: layer.score() is not None and layer.score().accuracy == pytest.approx(share))

    crowded.interaction.set_tool("line")
    catches_up()
    first = layer.score()
    qtbot.waitUntil(card(crowded).isVisible)
    start = handles(crowded).first.toPoint()
    crowded.drag(start, start + QPoint(20, 0), start + QPoint(60, 0))
    assert layer.score() is not None  # the one before stands in until the new one is there
    catches_up()
    assert layer.score().accuracy != first.accuracy
    crowded.document.undo_stack.undo()
    catches_up()
    crowded.document.open(DocumentState())
    assert layer.score() is None
