"""What the landscape is made of: boxes, ways, pictures, minima, and what the background works out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from engine.examples import ONE_SAMPLE, TRAP
from engine.landscape.planes import LandscapeGrid, Plane
from engine.models import probabilities
from engine.running.compiled import Compiled
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import start_state
from gui.plots.landscape import work as work
from gui.plots.landscape.asking import Asking
from gui.plots.landscape.box import Box, BoxKeeper, automatic_box
from gui.plots.landscape.chord_hand import ChordHand
from gui.plots.landscape.controls import Choices
from gui.plots.landscape.key import LineLabel
from gui.plots.landscape.painting import drawn_points
from gui.plots.landscape.picture import (
    Look,
    color_places,
    color_range,
    contour_levels,
    drawable,
    landscape_picture,
    level_lines,
    sampled,
)
from gui.plots.landscape.subject import subject_of
from gui.plots.run_path import MOST_REPEATED, RunPath
from gui.theme import Appearance
from tests.gui.view_fakes import document_of, snapshot_of

LOOK = Look(width=120, height=90, pixels=1.0)
PLANE = Plane(np.zeros(3), np.eye(3)[0], np.eye(3)[1], (-2.0, 3.0), (-1.0, 4.0), 40, 30)


def grid_of(loss: np.ndarray, eigenvalue: np.ndarray | None = None) -> LandscapeGrid:
    largest = 0.0 if eigenvalue is None else float(np.abs(eigenvalue).max())
    return LandscapeGrid(PLANE, "mse", loss, eigenvalue, largest_curvature=largest)


def lopsided() -> LandscapeGrid:
    """3 u + v^2: different to the right, to the left, upwards and downwards."""
    u, v = np.meshgrid(PLANE.u, PLANE.v)
    return grid_of(3.0 * u + v * v, eigenvalue=np.zeros_like(u))


def ground_of(example=None, **settings):
    spec = document_of(**settings).state.training_spec()
    return work.Ground(spec, Standardizer(165.0, 65.0, 8.0, 10.0), example)


def cut_of(losses=("bce", "mse"), minimised=None):
    return work.Cut(losses, (np.zeros(3),) * len(losses), 0, 1, minimised)


class FakeFeed(QObject):
    """Remembers what it is asked for; whether it is busy is said by the test."""

    def __init__(self) -> None:
        super().__init__()
        self.is_busy = False
        self.asked: list[work.Question] = []

    def ask_landscape(self, question: work.Question) -> None:
        self.asked.append(question)
        self.is_busy = True


def test_a_slice_that_moves_is_followed_by_a_rest_as_long_as_the_last_level_took():
    now, feed = [100.0], FakeFeed()
    asking = Asking(feed, clock=lambda: now[0])
    snapshot = snapshot_of(document_of())

    def follow(at: float, bias: float) -> int:
        """Follow a model with this bias at a time; how many landscapes have been asked for."""
        now[0] = at
        moved = replace(snapshot, parameters=np.array([[1.0, 1.0, bias], [1.0, 1.0, bias]]))
        subject = subject_of(Choices(), moved, None)
        asking.follow(subject, Box((-1.0, 1.0), (-1.0, 1.0)), LOOK, is_playing=True)
        return len(feed.asked)

    assert follow(100.0, 0.0) == 1
    assert follow(100.9, 1.0) == 1  # still at work
    feed.is_busy = False
    assert follow(101.0, 1.0) == 1  # it took 0.9 s: there is a rest until 101.8
    assert follow(101.7, 1.0) == 1
    assert follow(101.9, 1.0) == 2
    assert [question.cut.origins[0][2] for question in feed.asked] == [0.0, 1.0]


def test_with_hidden_layers_a_slice_has_one_size_while_training_plays_and_finer_ones_at_rest():
    document, feed = document_of(model="mlp", hidden=(4,), start=StartSpec("normal")), FakeFeed()
    now = [100.0]
    asking = Asking(feed, clock=lambda: now[0])
    parameters = np.linspace(-1.0, 1.0, 17)

    def follow(at: float, shift: float, *, half: float = 1.0, is_playing: bool = True) -> tuple[int, ...]:
        """The sizes that were asked for last, after a move of all weights at a time."""
        now[0] = at
        snapshot = snapshot_of(document, parameters=np.tile(parameters + shift, (2, 1)))
        subject = subject_of(Choices(), snapshot, None)
        asking.follow(subject, Box((-half, half), (-half, half)), LOOK, is_playing=is_playing)
        feed.is_busy = False
        return feed.asked[-1].sizes

    first = follow(100.0, 0.0)
    assert len(first) == 1
    assert follow(101.0, 0.5) == first  # in passing
    assert follow(102.0, 0.5, half=2.0) == first  # another box
    assert len(feed.asked) == 3
    at_rest = follow(103.0, 0.5, half=2.0, is_playing=False)
    assert at_rest[-1] > first[0]


# Boxes


def test_an_automatic_box_holds_its_points_with_room_and_shows_both_weights_at_one_scale():
    points = np.array([[5.0, -5.0], [-2.0, 4.0]])
    box = automatic_box(points, aspect=1.5)
    assert box.holds(points, 0.1)
    assert box.aspect == pytest.approx(1.5)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=20))
def test_an_automatic_box_holds_whatever_it_is_given(points):
    assert automatic_box(np.array(points), aspect=0.7).holds(np.array(points))


def test_points_that_are_not_finite_do_not_count():
    points = np.array([[1.0, 1.0], [np.inf, 0.0], [np.nan, 2.0]])
    assert automatic_box(points, 1.0) == automatic_box(points[:1], 1.0)


def test_the_box_stands_still_while_a_way_grows_inside_and_moves_when_it_leaves():
    start = np.array([[5.0, -5.0], [-2.0, 4.0]])
    old = automatic_box(start, 1.0)
    inside = np.concatenate([start, [[3.0, -6.0]]])
    outside = np.concatenate([start, [[9.0, 9.0]]])
    assert automatic_box(inside, 1.0, old) is old
    moved = automatic_box(outside, 1.0, old)
    assert moved != old
    assert moved.holds(outside)


def test_a_box_that_has_become_far_too_large_is_given_up():
    old = automatic_box(np.array([[-40.0, -40.0], [40.0, 40.0]]), 1.0)
    new = automatic_box(np.array([[0.0, 0.0], [1.0, 1.0]]), 1.0, old)
    assert new.u_span < old.u_span / 2


def test_zooming_keeps_the_point_under_the_pointer_and_ends_at_what_can_be_computed():
    box = Box((-2.0, 6.0), (0.0, 4.0))
    near = box.zoomed(0.5, 4.0, 1.0)
    assert near.fractions(np.array([4.0, 1.0])) == pytest.approx(box.fractions(np.array([4.0, 1.0])))
    assert near.u_span == pytest.approx(4.0)
    assert box.zoomed(1e-9, 0.0, 0.0).v_span == pytest.approx(1e-3)


def test_a_box_in_the_person_s_hand_stays_until_it_is_released():
    keeper, points = BoxKeeper(), np.array([[0.0, 0.0], [5.0, 5.0]])
    automatic = keeper.follow(points, 1.0)
    keeper.zoom(0.1, 0.0, 0.0)
    own = keeper.follow(points, 1.0)
    assert not own.holds(points)
    keeper.release()
    assert keeper.follow(points, 1.0) == automatic


# The way of a run


def test_the_way_goes_on_with_every_snapshot_and_keeps_the_start():
    document, path = document_of(), RunPath()
    for step in range(5):
        path.take(snapshot_of(document, step, parameters=[[step, 0, 0], [0, step, 0]]))
    assert path.steps.tolist() == [0, 1, 2, 3, 4]
    assert path.parameters[:, 0, 0].tolist() == [0, 1, 2, 3, 4]
    assert path.parameters[:, 1, 1].tolist() == [0, 1, 2, 3, 4]


def test_scrubbing_back_keeps_the_way_and_counts_what_lies_before():
    document, path = document_of(), RunPath()
    for step in (0, 10, 20, 30):
        path.take(snapshot_of(document, step, parameters=[[step, 0, 0]] * 2))
    path.take(snapshot_of(document, 15, 30, parameters=[[15, 0, 0]] * 2))
    assert path.steps.tolist() == [0, 10, 20, 30]
    assert path.count_up_to(15) == 2


def test_a_fork_cuts_the_way_and_a_reset_empties_it():
    document, path = document_of(), RunPath()
    for step in (0, 10, 20, 30):
        path.take(snapshot_of(document, step, parameters=[[step, 0, 0]] * 2))
    fork = replace(snapshot_of(document, 21, parameters=[[9, 9, 9]] * 2), run_id=2, fork_step=20)
    path.take(fork)
    assert path.steps.tolist() == [0, 10, 20, 21]
    path.take(replace(snapshot_of(document, 0), run_id=3))
    assert path.steps.tolist() == [0]


def test_another_comparison_empties_the_way():
    document, path = document_of(), RunPath()
    path.take(snapshot_of(document, 5))
    document.change_settings(loss_mode="mse")
    path.take(snapshot_of(document, 5))
    assert path.parameters.shape == (1, 1, 3)


def test_an_edit_carries_the_way_so_that_every_point_gives_the_same_probabilities():
    document, path = document_of(), RunPath()
    old, new = Standardizer(165.0, 65.0, 8.0, 10.0), Standardizer(170.0, 60.0, 5.0, 12.0)
    path.take(snapshot_of(document, 0, parameters=[[5, -5, 0.5], [1, 2, 3]], scaler=old))
    path.take(snapshot_of(document, 1, parameters=[[4, -4, 0.5], [1, 2, 2]], scaler=new))
    person = (np.array([181.0]), np.array([70.0]))
    model = document.state.model
    before, after = (np.stack([*scaler.standardize(*person), np.ones(1)]) for scaler in (old, new))
    for row, own in enumerate(([5.0, -5.0, 0.5], [1.0, 2.0, 3.0])):
        expected = probabilities(model, np.array(own), before)
        assert_allclose(probabilities(model, path.parameters[0, row], after), expected, rtol=1e-12)


def test_a_long_way_stays_bounded_keeps_its_ends_and_most_points_where_the_model_moved():
    document, path = document_of(), RunPath(most_points=50)
    for step in range(1000):
        place = 10.0 * (1.0 - np.exp(-step / 30.0))
        path.take(snapshot_of(document, step, parameters=[[place, 0, 0]] * 2))
    assert len(path) <= 50
    assert path.steps[0] == 0
    assert path.steps[-1] == 999
    assert np.count_nonzero(path.steps <= 100) > len(path) / 2
    assert (np.diff(path.steps) > 0).all()


def test_a_beginning_that_frames_skipped_is_asked_for_once_and_again_when_the_run_is_twice_as_far():
    document, path = document_of(), RunPath()
    path.take(snapshot_of(document, 0, parameters=[[5, -5, 0]] * 2))
    assert path.take_missing_beginning() is None
    path.take(snapshot_of(document, 400, parameters=[[1, 0, 0]] * 2))
    found = path.take_missing_beginning()
    assert found is not None
    assert found[3] == 400
    assert path.take_missing_beginning() is None
    path.take(snapshot_of(document, 600, parameters=[[0, 0, 0]] * 2))
    assert path.take_missing_beginning() is None
    path.take(snapshot_of(document, 10 * MOST_REPEATED, parameters=[[-2, 0, 0]] * 2))
    last = path.take_missing_beginning()
    assert last is not None
    assert last[3] == MOST_REPEATED


def test_no_beginning_is_asked_for_where_no_step_is_missing_or_a_setting_was_changed():
    document, path = document_of(), RunPath()
    for step in range(0, 10, 2):
        path.take(snapshot_of(document, step, parameters=[[step, 0, 0]] * 2))
    assert path.take_missing_beginning() is None
    document.change_settings(optimizer=OptimizerSpec("gd", 0.3))
    path.take(snapshot_of(document, 500, parameters=[[99, 0, 0]] * 2))
    assert path.take_missing_beginning() is None
    document.undo_stack.undo()  # the settings are those of the start again, but the way was made with others
    path.take(snapshot_of(document, 900, parameters=[[120, 0, 0]] * 2))
    assert path.take_missing_beginning() is None


@pytest.mark.parametrize("kind", ["gd", "momentum", "adam"])
def test_the_repeated_beginning_is_the_run_s_own(kind):
    document = document_of(optimizer=OptimizerSpec(kind, 0.2))
    spec, scaler = document.state.training_spec(), Standardizer(165.0, 65.0, 8.0, 10.0)
    start = np.array([[5.0, -5.0, 0.0], [5.0, -5.0, 0.0]])
    found = work.replay(spec, scaler, start, 300)
    assert found is not None
    steps, rows = found
    stepper, state = Compiled.of(spec, scaler).stepper, start_state(spec)
    state.parameters[:] = start
    for step, row in zip(steps, rows, strict=True):
        stepper.advance(state, int(step) - state.step)
        assert np.array_equal(state.parameters, row)
    assert steps[-1] == 300
    path = RunPath()
    path.take(snapshot_of(document, 0, parameters=start, scaler=scaler))
    path.take(snapshot_of(document, 300, parameters=rows[-1], scaler=scaler))
    path.fill_beginning(1, scaler, steps, rows)
    assert path.steps.tolist() == [0, *steps.tolist()]
    assert np.array_equal(path.parameters[1:], rows)


def test_a_beginning_is_repeated_where_the_settings_start_is_another_models():
    # Exact numbers for the logistic model stay in the settings when hidden layers are chosen.
    start = StartSpec("exact", parameters=(5.0, -5.0, 0.0))
    spec = document_of(model="mlp", hidden=(2,), start=start).state.training_spec()
    rows = np.array([np.linspace(-1.0, 1.0, 9)] * 2)
    found = work.replay(spec, Standardizer(165.0, 65.0, 8.0, 10.0), rows, 20)
    assert found is not None
    assert found[0][-1] == 20
    assert not np.array_equal(found[1][-1], rows)


@pytest.mark.parametrize("batch_size", [None, 1])
def test_a_beginning_of_the_perceptron_rule_is_repeated(batch_size):
    settings = {"model": "step", "optimizer": OptimizerSpec("perceptron", 0.1), "batch_size": batch_size}
    spec = document_of(**settings).state.training_spec()
    start = np.array([[5.0, -5.0, 0.0]] * len(spec.losses))
    found = work.replay(spec, Standardizer(165.0, 65.0, 8.0, 10.0), start, 30)
    assert found is not None
    assert not np.array_equal(found[1][-1], start)


def test_a_beginning_of_another_run_or_scaler_is_not_filled_in():
    document, path = document_of(), RunPath()
    path.take(snapshot_of(document, 0))
    path.take(snapshot_of(document, 50, parameters=[[1, 1, 1]] * 2))
    rows = np.zeros((1, 2, 3))
    path.fill_beginning(2, path.scaler, np.array([10]), rows)
    path.fill_beginning(1, Standardizer.identity(), np.array([10]), rows)
    assert path.steps.tolist() == [0, 50]


def test_a_fork_under_another_scaler_carries_what_it_keeps():
    document, path = document_of(), RunPath()
    for step in (0, 10, 20):
        path.take(snapshot_of(document, step, parameters=[[4, 2, 0]] * 2, scaler=Standardizer(0, 0, 2, 2)))
    fork = snapshot_of(document, 11, parameters=[[9, 9, 9]] * 2, scaler=Standardizer(0, 0, 1, 1))
    path.take(replace(fork, run_id=2, fork_step=10))
    assert path.parameters[:, 0].tolist() == [[2, 1, 0], [2, 1, 0], [9, 9, 9]]


def test_a_way_is_drawn_with_a_point_every_pixel_or_two_and_both_ends():
    way = np.stack([np.linspace(0.0, 30.0, 500), np.zeros(500)], axis=1)
    drawn = drawn_points(way)
    assert len(drawn) < 30
    assert np.diff(drawn[:, 0]).max() < 3.1
    assert drawn[[0, -1]].tolist() == [[0.0, 0.0], [30.0, 0.0]]
    resting = np.zeros((3, 2))
    assert drawn_points(resting).tolist() == [[0.0, 0.0]] * len(drawn_points(resting))


# The picture


def test_the_picture_shows_low_v_at_the_bottom_and_low_u_at_the_left():
    grid = lopsided()
    picture = landscape_picture(grid, replace(LOOK, is_shaded=False), color_range(grid))
    values = sampled(grid.loss, LOOK.width, LOOK.height)
    for x, y, u, v in ((0, 0, -2, 4), (119, 0, 3, 4), (0, 89, -2, -1), (119, 89, 3, -1)):
        assert values[y, x] == pytest.approx(3 * u + v * v, abs=0.5)

    def luminance(x: int, y: int) -> float:
        color = picture.pixelColor(x, y)
        return 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF()

    assert luminance(118, 1) > luminance(1, 1) > luminance(1, 88)
    assert luminance(118, 1) > luminance(118, 88) > luminance(1, 88)


def test_lines_of_equal_loss_lie_where_the_colours_have_that_loss():
    grid = lopsided()
    values = sampled(grid.loss, LOOK.width, LOOK.height)
    levels = contour_levels(*color_range(grid))
    assert len(levels) >= 5
    for level, lines in zip(levels, level_lines(grid.loss, levels, LOOK), strict=True):
        points = lines.reshape(-1, 2)
        assert len(points)
        column = np.clip(points[:, 0].astype(int), 0, LOOK.width - 1)
        row = np.clip(points[:, 1].astype(int), 0, LOOK.height - 1)
        # Half a pixel away the loss differs by no more than its slope there: 3 to the right, 8 upwards.
        assert np.abs(values[row, column] - level).max() < 3 * 5 / 120 + 8 * 5 / 90


def test_hatching_changes_only_what_curves_downwards():
    u, v = np.meshgrid(PLANE.u, PLANE.v)
    grid = grid_of(3.0 * u + v * v, eigenvalue=v - 2.0)
    plain = landscape_picture(grid, replace(LOOK, is_shaded=False), color_range(grid))
    hatched = landscape_picture(grid, LOOK, color_range(grid))
    changed = np.array(
        [[plain.pixel(x, y) != hatched.pixel(x, y) for x in range(LOOK.width)] for y in range(LOOK.height)]
    )
    curvature = sampled(grid.smallest_eigenvalue, LOOK.width, LOOK.height)
    assert not changed[curvature > 0.2].any()
    assert 0.1 < changed[curvature < -0.2].mean() < 0.9


def test_colours_are_fixed_by_the_range_and_the_same_loss_has_one_colour_on_a_common_scale():
    assert color_places(np.array([-1.0, 0.0, 2.0, 9.0]), 0.0, 2.0).tolist() == [0.0, 0.0, 1.0, 1.0]
    low = grid_of(np.full((30, 40), 0.25))
    high = LandscapeGrid(PLANE, "bce", np.linspace(0.0, 8.0, 1200).reshape(30, 40))
    own = work.paint((low, high), LOOK)
    common = work.paint((low, high), replace(LOOK, is_common=True))
    assert common[1].pixel(60, 45) == own[1].pixel(60, 45)
    assert common[0].pixel(5, 5) != own[0].pixel(5, 5)


def test_terraces_have_no_lines_on_them():
    steps = grid_of(np.repeat([[0.0], [1.0], [2.0]], 40, axis=1))
    picture = landscape_picture(steps, LOOK, (0.0, 2.0))
    lined = landscape_picture(grid_of(steps.loss.copy(), np.zeros((3, 40))), LOOK, (0.0, 2.0))
    colors = {picture.pixel(x, y) for x in range(LOOK.width) for y in (0, 1, 2)}
    assert len(colors) == 3
    assert picture != lined


def test_a_flat_landscape_has_no_lines():
    assert contour_levels(0.5, 0.5) == []
    assert contour_levels(1.0, 1.0 + 1e-12) == []


# What the background works out


def test_the_trap_has_two_minima_of_mse_and_one_of_bce_as_the_curriculum_says():
    look = replace(LOOK, is_shaded=True)
    question = work.Question(ground_of(TRAP), cut_of(), Box((-4.0, 5.0), (-6.0, 4.0)), (25, 75), look)
    coarse, fine = work.answer_levels(question, lambda: False)
    assert coarse.minima == ((), ())
    bce, mse = fine.minima
    assert len(bce) == 1
    assert_allclose([minimum.point for minimum in mse], [(-0.373, -1.076), (2.047, -3.622)], atol=2e-3)
    assert_allclose([minimum.loss for minimum in mse], [0.1211, 0.2820], atol=5e-5)
    # MSE has no global one: along (-3, -1) it tends to 3 wrong answers of 26, which is 0.1154.
    assert [minimum.is_global for minimum in (*bce, *mse)] == [True, False, False]
    assert fine.grids[0].negative_share == 0.0
    assert fine.grids[1].negative_share > 0.5


def test_a_minimum_is_only_local_where_something_outside_of_the_box_is_lower():
    # The trap of MSE alone: the lower minimum lies above this box.
    question = work.Question(ground_of(TRAP), cut_of(), Box((0.5, 4.5), (-6.0, -2.0)), (75,), LOOK)
    (answer,) = work.answer_levels(question, lambda: False)
    (trap,) = answer.minima[1]
    assert_allclose(trap.point, (2.047, -3.622), atol=2e-3)
    assert not trap.is_global


def test_two_minima_of_the_same_depth_are_both_global():
    # One hidden unit without biases: with the signs of both weights turned it is the same model.
    x = np.repeat([-3.0, -1.0, -0.3, 0.3, 1.0, 3.0], 5)
    ones = [1, 1, 2, 3, 4, 4]  # of five: the share rises, then stays
    labels = np.concatenate([np.arange(5) < count for count in ones]).astype(int)
    samples = Samples.from_columns(x, np.zeros(30), labels)
    spec = TrainingSpec(ModelSpec("mlp", 2, (1,), "tanh"), ("mse",), samples, 0, (0, 1))
    cut = work.Cut(("mse",), (np.zeros(5),), 0, 3)
    ground = work.Ground(spec, Standardizer.identity())
    question = work.Question(ground, cut, Box((-4.0, 4.0), (-6.0, 6.0)), (74,), LOOK)
    (answer,) = work.answer_levels(question, lambda: False)
    first, second = answer.minima[0]
    assert_allclose(first.point, np.negative(second.point), atol=2e-3)
    assert [first.is_global, second.is_global] == [True, True]


def test_a_landscape_that_is_no_longer_wanted_ends():
    question = work.Question(ground_of(), cut_of(), Box((-4.0, 4.0), (-4.0, 4.0)), (25, 75), LOOK)
    assert list(work.answer_levels(question, lambda: True)) == []


def test_a_landscape_beyond_all_numbers_is_flat_where_it_cannot_be_drawn():
    loss = np.linspace(0.0, 8.0, 1200).reshape(30, 40).copy()
    loss[:5], loss[5, 0], loss[6, 0] = 1e200, np.inf, np.nan
    eigenvalue = np.full((30, 40), np.nan)
    drawn = drawable(grid_of(loss, eigenvalue))
    assert color_range(drawn) == (loss[5, 1], 8.0)
    assert (drawn.loss[:5] == 8.0).all()
    assert drawn.loss[5:7, 0].tolist() == [8.0, 8.0]
    assert not drawn.negative.any()
    landscape_picture(drawn, LOOK, color_range(drawn))
    plain = grid_of(np.linspace(0.0, 8.0, 1200).reshape(30, 40), np.zeros((30, 40)))
    assert drawable(plain) is plain


@pytest.mark.parametrize("reach", [1e25, 1e35, 1e200])
def test_a_plane_that_weights_went_far_away_on_has_a_picture(reach):
    question = work.Question(ground_of(TRAP), cut_of(), Box((-reach, reach), (-reach, reach)), (25,), LOOK)
    (answer,) = work.answer_levels(question, lambda: False)
    assert all(np.isfinite(grid.loss).all() for grid in answer.grids)


def test_each_loss_is_cut_at_its_own_origin():
    ground, box = ground_of(), Box((-4.0, 4.0), (-4.0, 4.0))
    own = work.Cut(("bce", "mse"), (np.array([0, 0, 0.5]), np.array([0, 0, -2.0])), 0, 1)
    (answer,) = work.answer_levels(work.Question(ground, own, box, (25,), LOOK), lambda: False)
    for number, bias in enumerate((0.5, -2.0)):
        both = work.Cut(("bce", "mse"), (np.array([0, 0, bias]),) * 2, 0, 1)
        (expected,) = work.answer_levels(work.Question(ground, both, box, (25,), LOOK), lambda: False)
        assert_allclose(answer.grids[number].loss, expected.grids[number].loss, rtol=1e-12)


@pytest.mark.parametrize("logit", [-4.0, -1.0, 0.5])
def test_values_at_a_point_are_those_of_the_one_sample_s_formulas(logit):
    w = logit / 2.0
    bce, mse = work.values_at(ground_of(ONE_SAMPLE), cut_of(), [(w, w), (w, w)])
    p = 1.0 / (1.0 + np.exp(-logit))
    assert bce.loss == pytest.approx(-np.log(p))
    assert mse.loss == pytest.approx((1.0 - p) ** 2)
    # The Hessian is f''(z) [[1, 1], [1, 1]], with the eigenvalues 0 and 2 f''(z).
    second = 2.0 * p * (1.0 - p) ** 2 * (3.0 * p - 1.0)
    for value, expected in ((bce, 0.0), (mse, min(0.0, 2.0 * second))):
        assert value.slice_eigenvalue == pytest.approx(expected, abs=1e-12)
        assert value.full_eigenvalue == pytest.approx(expected, abs=1e-12)


def test_a_minimised_bias_is_where_no_other_bias_is_better():
    ground = ground_of()
    value, _ = work.values_at(ground, cut_of(minimised=2), [(1.0, -0.5), None])
    data, row = ground.data(), np.array([1.0, -0.5, value.third])
    at = [
        work.batched_loss(ground.model, "bce", data)(row + np.array([[0, 0, shift]]))
        for shift in (0, -0.01, 0.01)
    ]
    assert at[0] == pytest.approx(value.loss)
    assert at[0] < min(at[1:])


def test_no_point_gives_no_value():
    assert work.values_at(ground_of(), cut_of(), [None, None]) == (None, None)


def test_a_chord_of_the_minimised_landscape_is_its_own_loss_at_every_point():
    ground, cut = ground_of(), cut_of(minimised=2)
    a, b = (3.0, -4.0), (-2.0, 3.0)
    found = work.chords(ground, cut, a, b)
    for number, chord in enumerate(found):
        for place in (0, 100, 400):
            t = float(chord.t[place])
            point = tuple(t * np.array(a) + (1.0 - t) * np.array(b))
            value = work.values_at(ground, cut, [point] * 2)[number]
            assert chord.loss[place] == pytest.approx(value.loss, rel=1e-9)
    assert found[0].violated == ()


def test_gradient_descent_on_the_one_sample_takes_the_curriculum_s_steps():
    start = np.array([-2.0, -2.0, 0.0])
    bce, mse = work.descents(ground_of(ONE_SAMPLE), cut_of(), start, 0.5, 200)
    assert (bce.certain_step, mse.certain_step) == (15, 70)
    assert_allclose(bce.points[0], [-2.0, -2.0])
    far = np.array([-10.0, -10.0, 0.0])
    bce, mse = work.descents(ground_of(ONE_SAMPLE), cut_of(), far, 0.5, 1000)
    assert (bce.certain_step, mse.certain_step) == (31, None)
    assert np.abs(mse.points[-1] - mse.points[0]).max() < 0.0005


# The hand that makes a chord


def test_two_presses_make_a_chord_a_third_begins_anew_and_a_press_on_an_end_takes_it():
    hand = ChordHand()

    def nowhere(end: tuple[float, float]) -> bool:
        return False

    hand.press((1.0, 1.0), nowhere)
    hand.press((2.0, 3.0), nowhere)
    assert hand.ends == [(1.0, 1.0), (2.0, 3.0)]
    hand.press((1.1, 1.0), lambda end: end == (1.0, 1.0))
    hand.drag((0.0, 0.0))
    assert hand.ends == [(0.0, 0.0), (2.0, 3.0)]
    hand.press((7.0, 7.0), nowhere)
    assert hand.ends == [(7.0, 7.0)]


def test_a_drag_from_the_first_point_makes_the_second():
    hand = ChordHand()
    hand.press((1.0, 1.0), lambda end: False)
    hand.drag((2.0, 2.0))
    hand.drag((3.0, 3.0))
    assert hand.ends == [(1.0, 1.0), (3.0, 3.0)]


# Lines of text


def test_a_line_says_it_shorter_where_there_is_no_room(qtbot):
    label = LineLabel(Appearance())
    qtbot.addWidget(label)
    label.resize(400, 20)

    def picture(text: str, shorter: str = "") -> QImage:
        label.set_text(text, shorter)
        return label.grab().toImage()

    long, short = "curves downwards on 61 % of it", "61 %"
    assert picture(long, short) == picture(long) != picture(short)
    label.resize(80, 20)
    assert picture(long, short) == picture(short) != picture(long)
    assert (label.text, label.accessibleName()) == (long, long)
