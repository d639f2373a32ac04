"""What the canvas shows: models and their names, the optimum, live edits, theme and language."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QTranslator
from PySide6.QtGui import QImage

from engine.optimum.optimum import Optimum
from engine.samples import Samples
from engine.scaling import Standardizer
from gui.canvas.layers import MODEL_TAG, OPTIMUM_TAG
from gui.export.picture import image_of, record
from tests.gui.canvas_stage import Stage

EMPTY_PLACE = (165.0, 85.0)


@pytest.fixture
def stage(qtbot) -> Stage:
    return Stage(qtbot)


UPRIGHT, LEVEL = [1.0, 0.0, -165.0], [0.0, 1.0, -72.0]


def tag_at(stage: Stage, key: str) -> QPoint:
    stage.view.grab()
    return next(tag.rect.center().toPoint() for tag in stage.view.layers.tags.tags if tag.spec.key == key)


def test_a_click_on_a_name_tag_selects_its_model_and_adds_nothing(stage):
    stage.show_model(UPRIGHT, LEVEL)
    stage.click(tag_at(stage, f"{MODEL_TAG}1"))
    assert stage.interaction.selected_model == 1
    stage.click(tag_at(stage, f"{MODEL_TAG}0"))
    assert stage.interaction.selected_model == 0
    assert len(stage.rows) == 4


def test_a_click_on_the_other_models_line_selects_it_and_on_ones_own_adds_a_sample(stage):
    stage.show_model(UPRIGHT, LEVEL)
    stage.click(stage.px(175.0, 72.0))
    assert stage.interaction.selected_model == 1
    assert len(stage.rows) == 4
    stage.click(stage.px(176.0, 72.0))
    assert len(stage.rows) == 5


def test_tags_name_the_loss_that_each_model_was_trained_on(stage):
    stage.show_model(UPRIGHT, LEVEL)
    stage.view.grab()
    assert [tag.spec.text for tag in stage.view.layers.tags.tags] == ["BCE", "MSE"]
    first, second = (tag.rect for tag in stage.view.layers.tags.tags)
    assert not first.intersects(second)


def test_the_line_follows_the_frames_and_the_threshold(stage):
    stage.show_model(UPRIGHT, LEVEL)
    (segment,) = stage.view.layers.boundaries[0].segments
    assert segment[0][0] == pytest.approx(165.0)
    stage.document.change_settings(threshold=0.9)
    (segment,) = stage.view.layers.boundaries[0].segments
    assert segment[0][0] == pytest.approx(165.0 + np.log(9.0))
    stage.show_model([1.0, 0.0, -170.0], LEVEL, step=1)
    (segment,) = stage.view.layers.boundaries[0].segments
    assert segment[0][0] == pytest.approx(170.0 + np.log(9.0))


def test_an_edit_while_frames_come_is_seen_in_the_next_painting(stage):
    stage.show_model(UPRIGHT, LEVEL)
    at = stage.px(*EMPTY_PLACE)
    background = stage.color_at(at)
    stage.click(at)
    stage.show_model(UPRIGHT, LEVEL, step=1)
    fill = stage.appearance.theme.class_fill(0)
    assert stage.color_at(at).getRgb()[:3] == pytest.approx(fill.getRgb()[:3], abs=12)
    stage.document.undo_stack.undo()
    stage.move(QPoint(3, 3))
    assert stage.color_at(at) == background


def optimum(parameters: list[float] | None) -> Optimum:
    row = None if parameters is None else np.array(parameters)
    return Optimum(row, 0.3, "none", None, 5, 1e-12)  # type: ignore[arg-type]


def test_the_optimum_is_a_ghost_that_stays_while_the_samples_change(stage):
    scaler = Standardizer(165.0, 70.0, 10.0, 15.0)
    stage.view.show_optimum(optimum([2.0, 0.0, 0.0]), scaler)  # upright at the mean height
    assert any(tag.spec.key == OPTIMUM_TAG for tag in tags_now(stage))
    before = tag_at(stage, OPTIMUM_TAG)
    assert before.x() == pytest.approx(stage.px(165.0, 70.0).x(), abs=2)
    stage.document.add_samples([199.0], [119.0], 0)
    assert tag_at(stage, OPTIMUM_TAG) == before
    stage.view.show_optimum(None)
    assert not tags_now(stage)


def test_the_optimum_uses_the_documents_own_scaler_unless_told(stage):
    stage.view.show_optimum(optimum([2.0, 0.0, 0.0]))
    assert tag_at(stage, OPTIMUM_TAG).x() == pytest.approx(stage.px(165.0, 70.0).x(), abs=2)


def test_data_without_an_optimum_have_no_ghost(stage):
    stage.view.show_optimum(optimum(None))
    assert not tags_now(stage)


def tags_now(stage: Stage):
    stage.view.grab()
    return stage.view.layers.tags.tags


def test_theme_and_scale_follow_live(stage):
    left = stage.view.viewport.rect.left()
    stage.appearance.set_mode("dark")
    corner = stage.view.viewport.rect.topLeft().toPoint() + QPoint(3, 3)
    assert stage.color_at(corner) == stage.appearance.theme.plot
    stage.appearance.set_scale_percent(200)
    assert stage.view.viewport.rect.left() > left


class Korean(QTranslator):
    """Stands in for the catalogue: what this room asks for, in Hangul."""

    TEXTS = {"weight (kg)": "몸무게 (kg)", "height (cm)": "키 (cm)"}  # noqa: RUF012

    def isEmpty(self):
        return False

    def translate(self, context, text, disambiguation=None, n=-1):
        return self.TEXTS.get(text, "") if context == "Canvas" else ""


def test_in_korean_the_weight_title_stands_above_the_axis_at_once(stage, qapp):
    english = stage.view.viewport.rect
    translator = Korean()
    qapp.installTranslator(translator)
    try:
        qapp.processEvents()
        korean = stage.view.viewport.rect
        title = stage.view.layers.axes.weight_title_rect(stage.view.viewport)
        assert korean.left() < english.left()
        assert korean.top() > english.top()
        assert title.width() > title.height()
        assert title.bottom() <= korean.top()
        stage.view.grab()
    finally:
        qapp.removeTranslator(translator)
    qapp.processEvents()
    assert stage.view.viewport.rect == english


def test_an_empty_canvas_says_what_a_click_does(qtbot):
    empty = Stage(qtbot, Samples())
    blank = empty.view.grab().toImage()
    empty.click(empty.px(*EMPTY_PLACE))
    empty.document.remove_samples([0])
    empty.move(QPoint(3, 3))
    assert empty.view.grab().toImage() == blank
    center = empty.view.viewport.rect.center().toPoint()
    colors = {
        blank.pixelColor(center + QPoint(dx, dy)).rgb()
        for dx in range(-100, 100, 2)
        for dy in range(-30, 30, 2)
    }
    assert len(colors) > 4


def recorded_image(stage: Stage) -> QImage:
    return image_of(record(stage.view, stage.appearance.theme.card))


@pytest.mark.parametrize("tool", ["add", "select", "brush", "erase"])
def test_a_picture_to_keep_has_nothing_of_the_pointer(stage, tool):
    stage.interaction.set_tool(tool)
    without = recorded_image(stage)
    shown_without = stage.view.grab().toImage()
    stage.move(stage.px(*EMPTY_PLACE))
    stage.move(stage.sample_px(1))
    assert stage.interaction.hovered_id == 1
    assert stage.view.grab().toImage() != shown_without
    assert recorded_image(stage) == without


def test_a_picture_to_keep_has_nothing_of_a_gesture_under_way(stage):
    without = recorded_image(stage)
    stage.interaction.set_tool("select")
    stage.press(stage.px(163.0, 66.0))
    stage.move(stage.px(164.0, 68.0))
    assert stage.interaction.selected_ids == frozenset()
    assert recorded_image(stage) == without
    stage.release(stage.px(164.0, 68.0))


def test_a_picture_to_keep_does_not_ask_for_a_click(qtbot):
    stage = Stage(qtbot, Samples())
    shown, kept = stage.view.grab().toImage(), recorded_image(stage)
    stage.interaction.set_current_class(1)
    assert stage.view.grab().toImage() != shown
    assert recorded_image(stage) == kept
