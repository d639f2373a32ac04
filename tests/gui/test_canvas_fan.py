"""The perceptron's lines from 30 starts on the canvas, and the curved boundaries of hidden layers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtTest import QTest

from engine.document.state import GuessLine
from engine.metrics import model_metrics
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from gui.canvas.boundaries import nearest_boundary
from gui.canvas.curve_tags import place_on_curves
from gui.canvas.curves import distance_to_curve, simplified
from gui.canvas.fan import N_STARTS, FanLayer
from gui.canvas.guess_card import GuessCard
from gui.canvas.layers import FAN_TAG, MODEL_TAG
from gui.frame import Frame
from tests.gui.canvas_stage import Stage
from tests.gui.deep_examples import band_snapshot, with_regions

APART = Samples.from_columns(
    [150.0, 155.0, 158.0, 171.0, 180.0, 185.0], [50.0, 52.0, 57.0, 82.0, 90.0, 95.0], [0, 0, 0, 1, 1, 1]
)
STEP = ModelSpec("step", 2)


@pytest.fixture
def make_stage(qtbot):
    stages = []

    def make(*arguments, **settings) -> Stage:
        stages.append(Stage(qtbot, *arguments, **settings))
        return stages[-1]

    yield make
    for stage in stages:
        stage.view.close_jobs()


def fan_of(stage: Stage) -> FanLayer:
    return stage.view.layers.fan


def show_fan(qtbot, stage: Stage) -> np.ndarray:
    with qtbot.waitSignal(fan_of(stage).changed):
        stage.interaction.set_fan_shown(True)
    return fan_of(stage).rows


def test_thirty_different_lines_each_without_a_mistake_on_separable_samples(make_stage, qtbot):
    stage = make_stage(APART)
    rows = show_fan(qtbot, stage)
    assert rows.shape == (N_STARTS, 3)
    data = TrainingData.from_samples(APART, 2, Standardizer.identity())
    assert all(model_metrics(STEP, row, data)[2] == 0.0 for row in rows)
    slopes = -rows[:, 0] / rows[:, 1]
    assert np.ptp(slopes) > 0.1
    assert stage.document.undo_stack.count() == 0


def test_the_lines_are_drawn_behind_and_named_and_gone_when_switched_off(make_stage, qtbot):
    stage = make_stage(APART)
    stage.show_model([0.0, 1.0, -70.0], [0.0, 1.0, -68.0])
    before = stage.view.grab().toImage()
    show_fan(qtbot, stage)
    after = stage.view.grab().toImage()
    assert after != before
    assert [tag.spec.text for tag in stage.view.layers.tags.tags][:3] == [
        "BCE",
        "MSE",
        "perceptron, 30 starts",
    ]
    assert FAN_TAG in {tag.spec.key for tag in stage.view.layers.tags.tags}
    rect = stage.view.viewport.rect.adjusted(-1, -1, 1, 1)
    lines = fan_of(stage).lines()
    assert lines
    assert all(rect.contains(line.p1()) and rect.contains(line.p2()) for line in lines)
    stage.interaction.set_fan_shown(False)
    assert fan_of(stage).rows is None
    assert stage.view.grab().toImage() == before


def test_an_edit_of_the_samples_finds_other_lines(make_stage, qtbot):
    stage = make_stage(APART)
    first = show_fan(qtbot, stage)
    with qtbot.waitSignal(fan_of(stage).changed):
        stage.document.move_samples([0, 1, 2], -5.0, -20.0, object())
    assert not np.array_equal(fan_of(stage).rows, first)


@pytest.mark.parametrize("change", ["one_class", "no_samples"])
def test_there_is_no_fan_without_two_classes_of_samples(make_stage, qtbot, change):
    stage = make_stage(APART)
    show_fan(qtbot, stage)
    with qtbot.waitSignal(fan_of(stage).changed):
        if change == "one_class":
            stage.document.set_class_of([3, 4, 5], 0)
        else:
            stage.document.clear_samples()
    assert fan_of(stage).rows is None


# --- curved boundaries ------------------------------------------------------------------------------


def show_bands(stage: Stage, half_widths: tuple[float, ...] = (1.0, 1.4)) -> None:
    """Model 0's p is above 1/2 from 155 to 175 cm, model 1's from 151 to 179."""
    snapshot = with_regions(band_snapshot(stage.document, half_widths), stage.requests[-1])
    stage.view.show_frame(Frame(snapshot, LossCurve(), False, ()))


def band_stage(make_stage) -> Stage:
    stage = make_stage(model="mlp", hidden=(2,))
    show_bands(stage)
    return stage


def test_each_models_curve_stands_where_its_p_is_one_half(make_stage):
    stage = band_stage(make_stage)
    boundaries = stage.view.layers.boundaries
    assert [boundary.loss for boundary in boundaries] == ["bce", "mse"]
    for boundary, wanted in zip(boundaries, ((155.0, 175.0), (151.0, 179.0)), strict=True):
        heights = sorted(stage.view.viewport.height_at(curve[:, 0].mean()) for curve in boundary.curves)
        assert heights == pytest.approx(wanted, abs=0.3)


def test_a_click_on_the_other_models_curve_or_tag_selects_it_and_adds_nothing(make_stage):
    stage = band_stage(make_stage)
    stage.click(stage.px(151.0, 62.0))
    assert stage.interaction.selected_model == 1
    stage.view.grab()
    tag = next(tag for tag in stage.view.layers.tags.tags if tag.spec.key == f"{MODEL_TAG}0")
    stage.click(tag.rect.center().toPoint())
    assert stage.interaction.selected_model == 0
    assert len(stage.rows) == 4


def test_curves_are_painted_with_a_halo_solid_for_bce_and_dashed_for_mse(make_stage):
    stage = band_stage(make_stage)
    picture = stage.view.grab().toImage()
    ratio = picture.devicePixelRatio()

    def darks(height_cm: float) -> list[bool]:
        column = round(stage.view.viewport.x_of(height_cm) * ratio)
        rows = range(
            round(stage.view.viewport.y_of(58.0) * ratio), round(stage.view.viewport.y_of(52.0) * ratio)
        )
        return [
            min(picture.pixelColor(column + shift, row).lightness() for shift in (-1, 0, 1)) < 140
            for row in rows
        ]

    solid, dashed = darks(155.0), darks(151.0)
    assert all(solid)
    assert any(dashed)
    assert not all(dashed)


def test_moving_the_threshold_asks_for_other_curves(make_stage):
    stage = band_stage(make_stage)
    count = len(stage.requests)
    stage.document.change_settings(threshold=0.8)
    assert len(stage.requests) == count + 1
    assert stage.requests[-1].threshold == 0.8
    before = stage.view.layers.boundaries[0].curves[0].copy()
    show_bands(stage)
    assert not np.allclose(
        stage.view.layers.boundaries[0].curves[0][:, 0].mean(), before[:, 0].mean(), atol=0.01
    )


def test_before_the_first_curves_there_is_no_boundary_and_no_line(make_stage):
    stage = make_stage(model="mlp", hidden=(2,))
    snapshot = band_snapshot(stage.document)
    stage.view.show_frame(Frame(snapshot, LossCurve(), False, ()))
    assert stage.view.layers.boundaries == ()
    stage.view.show_frame(Frame(replace(snapshot, contours=((), ())), LossCurve(), False, ()))
    assert [boundary.curves for boundary in stage.view.layers.boundaries] == [(), ()]
    assert (
        nearest_boundary(stage.view.layers.boundaries, stage.view.viewport, QRectF(0, 0, 9, 9).center(), 5)
        is None
    )


def test_the_steps_line_is_at_z_0_whatever_the_threshold(make_stage):
    stage = make_stage(model="step", threshold=0.9)
    stage.show_model([0.0, 1.0, -72.0])
    (segment,) = stage.view.layers.boundaries[0].segments
    assert segment[0][1] == pytest.approx(72.0)


def test_a_line_is_no_start_for_hidden_layers_and_the_button_says_so(make_stage):
    stage = make_stage(model="mlp", hidden=(2,))
    stage.document.set_guess(GuessLine(0.0, 0.2, -14.0))
    stage.interaction.set_tool("line")
    card = stage.view.findChild(GuessCard)
    button = card.findChild(object, "train_from_guess")
    assert card.isVisible()
    assert not button.isEnabled()
    assert "says nothing about hidden layers" in button.toolTip()
    stage.document.change_settings(model="step")
    assert button.isEnabled()
    asked = []
    stage.view.train_from_guess_requested.connect(lambda: asked.append(True))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [True]


# --- geometry ---------------------------------------------------------------------------------------


def test_a_simplified_curve_stays_within_a_fraction_of_a_pixel():
    angle = np.linspace(0.0, 2.0 * np.pi, 700)
    circle = 200.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    simple = simplified(circle, 0.2)
    assert len(simple) < 200
    assert np.array_equal(simple[0], circle[0])
    assert np.array_equal(simple[-1], circle[-1])
    assert max(distance_to_curve(simple, x, y) for x, y in circle) < 0.8


def test_a_straight_line_needs_few_points():
    line = np.stack([np.linspace(0.0, 100.0, 257), np.linspace(0.0, 50.0, 257)], axis=1)
    assert len(simplified(line, 0.2)) <= 18


def test_a_tag_stays_near_its_last_place_and_clear_of_others():
    curve = np.stack([np.full(200, 300.0), np.linspace(0.0, 400.0, 200)], axis=1)
    inner, size = QRectF(20, 20, 560, 360), QSizeF(40, 20)
    first = place_on_curves([curve], size, inner, [], None, 6.0)
    assert first.center().y() == pytest.approx(20.0, abs=14)
    second = place_on_curves([curve], size, inner, [first], None, 6.0)
    assert not second.intersects(first)
    kept = place_on_curves([curve + np.array([3.0, 0.0])], size, inner, [], second.center(), 6.0)
    assert (kept.center() - second.center()).manhattanLength() < 16
    assert place_on_curves([curve + np.array([900.0, 0.0])], size, inner, [], None, 6.0) is None


def test_the_distance_to_a_curve_is_to_its_nearest_piece():
    corner = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    assert distance_to_curve(corner, 4.0, 3.0) == pytest.approx(3.0)
    assert distance_to_curve(corner, 13.0, 14.0) == pytest.approx(5.0)
    assert distance_to_curve(corner[:1], 0.0, 0.0) == float("inf")
