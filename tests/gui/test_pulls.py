"""The pulls on the canvas: what a drop's area and point mean, and when it is there."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.activations import sigmoid
from engine.running.history import LossCurve
from engine.samples import Samples
from gui.canvas.pulls import MOST_SAMPLES, pulls_of, radii_px, rise_direction
from gui.canvas.viewport import Viewport
from gui.frame import Frame
from tests.gui.canvas_stage import Stage

LEVEL = (0.0, 0.2, -14.0)
"""p = 1/2 at 70 kg, higher above."""


def shares(stage, snapshot, model_index=0):
    stage.interaction.set_selected_model(model_index)
    pulls = stage.view.layers.pulls.pulls(snapshot)
    assert pulls is not None
    return pulls


def test_under_bce_a_share_is_the_size_of_p_minus_y(qtbot):
    stage = Stage(qtbot)
    snapshot = stage.show_model(LEVEL, LEVEL)
    rows = stage.rows
    p = sigmoid(0.2 * rows.weight_kg - 14.0)
    expected = np.abs(p - rows.class_index)
    assert shares(stage, snapshot).share == pytest.approx(expected / expected.sum())


def test_under_mse_a_share_has_the_factor_p_times_1_minus_p(qtbot):
    stage = Stage(qtbot)
    snapshot = stage.show_model(LEVEL, LEVEL)
    rows = stage.rows
    p = sigmoid(0.2 * rows.weight_kg - 14.0)
    expected = np.abs(p - rows.class_index) * p * (1.0 - p)
    assert shares(stage, snapshot, 1).share == pytest.approx(expected / expected.sum())


def test_softmax_pulls_by_the_length_of_p_minus_y(qtbot):
    samples = Samples.from_columns([150.0, 160.0, 170.0], [50.0, 60.0, 80.0], [0, 1, 2])
    stage = Stage(qtbot, samples, n_classes=3)
    weights = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    snapshot = stage.show_model(weights, weights)
    p = np.exp([1.0, 0.0, 0.0]) / np.exp([1.0, 0.0, 0.0]).sum()
    lengths = [float(np.linalg.norm(p - np.eye(3)[label])) for label in (0, 1, 2)]
    assert shares(stage, snapshot).share == pytest.approx(np.array(lengths) / sum(lengths))


def test_the_mean_area_does_not_depend_on_how_the_shares_lie():
    few = radii_px(np.full(10, 0.1))
    uneven = radii_px(np.array([0.3, *[0.7 / 9] * 9]))
    assert np.ptp(few) == 0.0
    assert (uneven**2).mean() == pytest.approx((few**2).mean())
    assert (uneven[0] / uneven[1]) ** 2 == pytest.approx(0.3 / (0.7 / 9))


def test_samples_without_a_label_or_held_out_do_not_pull(qtbot):
    samples = Samples.from_columns(
        [150.0, 160.0, 170.0, 180.0], [50.0, 80.0, 60.0, 90.0], [0, 1, -1, 1], [False, False, False, True]
    )
    stage = Stage(qtbot, samples)
    pulls = shares(stage, stage.show_model(LEVEL, LEVEL))
    assert pulls.row.tolist() == [0, 1]


def test_the_point_goes_the_way_in_which_the_logit_rises_on_the_screen(qtbot):
    stage = Stage(qtbot)
    viewport: Viewport = stage.view.viewport
    assert rise_direction(np.array([0.0, 1.0, 0.0]), viewport) == pytest.approx(-math.pi / 2)
    assert rise_direction(np.array([1.0, 0.0, 0.0]), viewport) == pytest.approx(0.0)
    assert rise_direction(np.array([0.0, 0.0, 3.0]), viewport) is None


def test_drops_are_on_the_canvas_only_while_they_are_asked_for(qtbot):
    stage = Stage(qtbot)
    stage.show_model(LEVEL, LEVEL)
    before = stage.view.grab().toImage()
    stage.interaction.set_pulls_shown(True)
    with_pulls = stage.view.grab().toImage()
    assert with_pulls != before
    stage.interaction.set_pulls_shown(False)
    assert stage.view.grab().toImage() == before


def test_a_confidently_wrong_sample_pulls_under_bce_and_hardly_under_mse(qtbot):
    samples = Samples.from_columns([160.0, 160.0, 160.0], [69.0, 71.0, 180.0], [0, 1, 0])
    stage = Stage(qtbot, samples)
    snapshot = stage.show_model(LEVEL, LEVEL)
    assert shares(stage, snapshot, 0).share[2] > 0.5
    assert shares(stage, snapshot, 1).share[2] < 1e-6


def test_a_drop_stands_where_its_sample_stands(qtbot):
    """Only the wrong sample has a drop that is large enough to see, and it is around its own place."""
    samples = Samples.from_columns([160.0, 162.0, 175.0], [20.0, 120.0, 85.0], [0, 1, 0])
    stage = Stage(qtbot, samples)
    stage.show_model(LEVEL, LEVEL)
    place = stage.sample_px(2)
    stage.interaction.set_selected_ids(())
    before = stage.view.grab().toImage()
    stage.interaction.set_pulls_shown(True)
    after = stage.view.grab().toImage()
    changed = [
        (x, y)
        for x in range(0, 600, 2)
        for y in range(0, 420, 2)
        if before.pixelColor(x, y) != after.pixelColor(x, y)
    ]
    assert changed
    distances = [math.hypot(x - place.x(), y - place.y()) for x, y in changed]
    assert max(distances) < 40 * 1.65 + 3
    assert max(distances) > 12 - 3


def test_the_step_model_has_no_pull(qtbot):
    stage = Stage(qtbot)
    snapshot = stage.show_model(LEVEL, LEVEL)
    step = replace(snapshot, spec=replace(snapshot.spec, model=replace(snapshot.spec.model, kind="step")))
    layer = stage.view.layers.pulls
    pulls = layer.pulls(step)
    assert pulls is not None
    assert not pulls.share.any()
    stage.interaction.set_pulls_shown(True)
    stage.view.show_frame(Frame(step, LossCurve(), False, ()))
    stage.view.grab()


def test_a_model_of_other_classes_has_no_pulls_until_it_is_trained_on_these(qtbot):
    stage = Stage(qtbot)
    snapshot = stage.show_model(LEVEL, LEVEL)
    stage.document.add_class()
    assert stage.view.layers.pulls.pulls(snapshot) is None
    stage.interaction.set_pulls_shown(True)
    stage.view.grab()


def test_very_many_samples_have_none_and_the_canvas_says_so(qtbot):
    count = MOST_SAMPLES + 1
    numbers = np.arange(count)
    samples = Samples.from_columns(150.0 + numbers % 40, 50.0 + numbers % 37, numbers % 2)
    stage = Stage(qtbot, samples)
    snapshot = stage.show_model(LEVEL, LEVEL)
    stage.interaction.set_pulls_shown(True)
    stage.view.grab()
    box = stage.view.layers.pulls.key_box(snapshot)
    assert stage.view.viewport.rect.contains(box)


def test_pulls_of_follows_the_selected_models_loss(qtbot):
    stage = Stage(qtbot)
    snapshot = stage.show_model(LEVEL, (0.0, 0.0, 5.0))
    layer = stage.view.layers.pulls
    first = shares(stage, snapshot, 0).share
    second = shares(stage, snapshot, 1).share
    assert not np.allclose(first, second)
    data = layer._data
    assert data is not None
    assert pulls_of(snapshot, 1, *data).share == pytest.approx(second)


def test_a_model_without_bias_on_plain_numbers_pulls_as_it_is_trained(qtbot):
    samples = Samples.from_columns([1.0, -2.0, 0.5, 1.5], [1.0, 0.5, -1.0, 2.0], [1, 0, 0, 1])
    stage = Stage(qtbot, samples, standardize=False, bias=False)
    # A bias that such a model does not have: no logit may contain it.
    snapshot = stage.show_model((0.3, -0.4, 5.0), (0.3, -0.4, 5.0))
    logits = 0.3 * stage.rows.height_cm - 0.4 * stage.rows.weight_kg
    expected = np.abs(sigmoid(logits) - stage.rows.class_index)
    assert shares(stage, snapshot).share == pytest.approx(expected / expected.sum())
    # The same samples with a bias are other training data.
    with_bias = replace(snapshot, spec=replace(snapshot.spec, bias=True))
    expected = np.abs(sigmoid(logits + 5.0) - stage.rows.class_index)
    assert shares(stage, with_bias).share == pytest.approx(expected / expected.sum())
