"""What the start map is made of: squares of starts, runs in the background, colours and their scale."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.batched_descent import NOT_REACHED
from engine.examples import ONE_SAMPLE, TRAP
from engine.landscape.planes import Plane
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import OptimizerSpec
from engine.start_map import LEVELS, StartMap
from engine.training_data import TrainingData
from gui.plots.landscape.work import Ground
from gui.plots.scene3d.colors import perceptual_table
from gui.plots.start_map import texts
from gui.plots.start_map.box import LARGEST_HALF, StartBox, box_around
from gui.plots.start_map.picture import StepScale, hatching, map_picture, step_scale
from gui.plots.start_map.progress import ProgressTeller
from gui.plots.start_map.scale import StepScaleBar
from gui.plots.start_map.work import (
    MOST_SAMPLES,
    PART_SAMPLES,
    MapQuestion,
    find_goals,
    map_levels,
    part_of,
    runs_from,
)
from gui.theme import Appearance, make_theme
from tests.gui.view_fakes import document_of


def never() -> bool:
    return False


def question_of(example=ONE_SAMPLE, *, half=12.0, rate=0.5, steps=1000, sizes=(5, 9)) -> MapQuestion:
    ground = Ground(document_of().state.training_spec(), Standardizer.identity(), example)
    return MapQuestion(ground, np.zeros(3), 0, 1, StartBox(half=half), rate, steps, sizes)


class TestBox:
    def test_the_curriculums_starts_are_on_every_grid_of_the_one_samples_square(self):
        box = StartBox(half=12.0)
        for size in LEVELS:
            grid = np.linspace(*box.u_range, size)
            assert -10.0 in grid
            row, column = box.cell((-10.0, -2.0), size, size)
            assert (grid[column], np.linspace(*box.v_range, size)[row]) == (-10.0, -2.0)

    def test_a_point_snaps_to_the_nearest_start_inside(self):
        box = StartBox(1.0, 0.0, 6.0)
        assert box.spacing == 0.125
        assert box.snapped((0.05, -0.07)) == (0.0, -0.125)
        assert box.snapped((100.0, -100.0)) == (7.0, -6.0)

    def test_zooming_keeps_the_point_and_round_starts(self):
        zoomed = StartBox(half=12.0).zoomed(1, (-10.0, -10.0))
        assert zoomed.half == 6.0
        assert (zoomed.u, zoomed.v) == (-5.0, -5.0)
        assert zoomed.zoomed(-1, (-10.0, -10.0)) == StartBox(half=12.0)
        assert StartBox(half=LARGEST_HALF).zoomed(-1, (0.0, 0.0)).half == LARGEST_HALF

    def test_moving_goes_by_whole_distances_of_starts(self):
        assert StartBox(half=6.0).moved(1.03, -0.2) == StartBox(1.0, -0.25, 6.0)

    def test_the_automatic_square_holds_the_start(self):
        assert box_around(np.array([5.0, -5.0])).half == 6.0
        assert box_around(np.array([5.6, 0.0])).half == 12.0
        assert box_around(np.array([np.nan, 1.0])).half == 6.0


class TestWork:
    def test_from_minus_ten_bce_takes_31_steps_and_mse_stays_on_its_plateau(self):
        question = question_of()
        goals = find_goals(ONE_SAMPLE.training_data(), never)
        ((bce, mse),) = [one.runs for one in runs_from(question, goals, (-10.0, -10.0), never)]
        assert bce.steps == 31
        assert mse.steps == NOT_REACHED
        assert mse.is_plateau
        assert 0.0 < mse.moved < 0.0005
        assert mse.trap is None

    def test_from_minus_two_it_is_15_against_70(self):
        goals = find_goals(ONE_SAMPLE.training_data(), never)
        (answer,) = runs_from(question_of(), goals, (-2.0, -2.0), never)
        assert [run.steps for run in answer.runs] == [15, 70]

    def test_the_traps_goals_are_the_curriculums_minima_and_the_trap_is_named(self):
        goals = find_goals(TRAP.training_data(), never)
        assert goals[1].reference == pytest.approx(0.1211, abs=5e-5)
        assert goals[1].target.threshold == pytest.approx(1.05 * goals[1].reference)
        (answer,) = runs_from(question_of(TRAP, half=6.0), goals, (2.0, -4.0), never)
        bce, mse = answer.runs
        assert bce.steps > 0
        assert mse.trap == pytest.approx(0.2820, abs=5e-5)

    def test_levels_come_coarse_first_and_tell_their_progress(self):
        told = []
        levels = list(map_levels(question_of(sizes=(3, 5, 9)), told.append, never))
        assert [one.maps[0].plane.columns for one in levels] == [3, 5, 9]
        assert [one.is_finest for one in levels] == [False, False, True]
        assert told[-1] == pytest.approx(1.0)
        row, column = levels[2].question.box.cell((-9.0, -9.0), 9, 9)
        assert levels[2].maps[0].steps[row, column] > 0
        assert levels[2].maps[1].steps[row, column] == NOT_REACHED

    def test_many_samples_are_mapped_on_a_part_that_is_always_the_same(self):
        n = MOST_SAMPLES + 1
        samples = Samples.from_columns(np.linspace(150, 190, n), np.linspace(50, 90, n), np.arange(n) % 2)
        data = TrainingData.from_samples(samples, 2)
        part = part_of(data)
        assert len(part) == PART_SAMPLES
        assert np.array_equal(part.sample_id, part_of(data).sample_id)
        assert part_of(part) is part

    def test_nothing_comes_once_it_is_stopped(self):
        assert list(map_levels(question_of(), lambda share: None, lambda: True)) == []


class TestPicture:
    def found(self, steps) -> StartMap:
        steps = np.array(steps, dtype=np.int32)
        plane = Plane.of_weights(np.zeros(3), 0, 1, (0.0, 1.0), (0.0, 1.0), steps.shape[1], steps.shape[0])
        return StartMap(plane, "bce", steps, 100)

    def test_the_lowest_row_is_at_the_bottom_and_few_steps_are_light(self):
        found = self.found([[1, 10], [100, NOT_REACHED]])
        theme = make_theme(dark=False)
        image = map_picture(found, StepScale(1, 100), theme, (40, 40), 1.0)
        few, some = QColor(image.pixel(2, 37)).lightness(), QColor(image.pixel(37, 37)).lightness()
        many = QColor(image.pixel(2, 2)).lightness()
        assert few > some > many
        stripes = hatching(theme, 40, 40, 1.0)
        assert image.pixel(37, 2) == int(stripes[2, 37])

    def test_what_is_not_reached_has_less_colour_than_any_number_of_steps(self):
        def chroma(channels):
            return max(channels) - min(channels)

        least = min(chroma(row) for row in perceptual_table(256).tolist())
        for dark in (False, True):
            pixels = np.unique(hatching(make_theme(dark=dark), 60, 60, 2.0)).tolist()
            assert len(pixels) > 2
            assert max(chroma(QColor(pixel).getRgb()[:3]) for pixel in pixels) < least / 2

    def test_the_scale_has_round_ends_around_all_maps(self):
        maps = [self.found([[3, 44]]), self.found([[NOT_REACHED, 620]])]
        assert step_scale(maps, 1000) == StepScale(2, 1000)
        assert step_scale([self.found([[0, 0]])], 1000) == StepScale(1, 2)
        assert step_scale([self.found([[NOT_REACHED]])], 1000) == StepScale(1, 1000)
        assert step_scale([self.found([[100, 100]])], 1000) == StepScale(100, 200)

    def test_equal_factors_are_equal_ways_on_the_scale(self):
        index = StepScale(1, 1000).color_index(np.array([1, 10, 100, 1000, 0], dtype=np.int32))
        assert index.tolist() == [255, 170, 85, 0, 255]

    def test_the_bars_numbers_are_round_and_do_not_overlap(self, qtbot):
        bar = StepScaleBar(Appearance())
        qtbot.addWidget(bar)
        for width in (260, 700):
            bar.resize(width, 40)
            bar.set_content(StepScale(1, 1000), "steps", "not in 1,000 steps")
            labels = [text for _, text in bar.ticks]
            assert labels[:1] + labels[-1:] == (["1", "1,000"] if width > 600 else ["1", "100"])
        assert "20" in labels


def test_progress_is_heard_of_the_newest_work_only(qtbot):
    teller = ProgressTeller()
    told = []
    teller.told.connect(told.append)
    old, new = teller.begin(), teller.begin()
    old(0.4)
    new(0.6)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [0.6]


def test_a_mini_batch_run_is_told_apart_from_the_maps_runs():
    question = question_of(None)
    answer = SimpleNamespace(question=question, used_samples=20, all_samples=20)
    spec = replace(question.ground.spec, optimizer=OptimizerSpec("gd", 0.5))
    assert texts.caution_text(answer, spec) == ""
    assert "gradient descent on all samples" in texts.caution_text(answer, replace(spec, batch_size=5))
    answer.all_samples = 9_000
    assert "20 of 9,000" in texts.caution_text(answer, spec)
