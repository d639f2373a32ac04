"""Start maps: the curriculum's figures, the same steps as single runs of the Stepper, coarse first."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from engine.batched_descent import (
    NOT_REACHED,
    LogisticRuns,
    Target,
    loss_target,
    steps_to_target,
)
from engine.examples import ONE_SAMPLE, TRAP
from engine.landscape.minima import local_minimum
from engine.landscape.planes import Plane
from engine.losses import loss_of
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import OptimizerSpec, StartSpec, TrainingSpec
from engine.start_map import LEVELS, MapModel, StartMap, start_map, start_map_levels
from engine.training import Stepper, start_state
from tests.engine.lab_examples import LOGISTIC, people, plain_sigmoid, separable_people

PRECISIONS = ("single", "double")
CERTAIN = Target("own_probability", 0.9)


def one_run(data, loss, start, rate, steps, has_arrived):
    """Steps of a single run of the program's own Stepper until `has_arrived(logits)`."""
    spec = TrainingSpec(
        LOGISTIC,
        (loss,),
        Samples(),
        0,
        (0, 1),
        OptimizerSpec("gd", rate),
        start=StartSpec("exact", parameters=tuple(start)),
    )
    stepper, state = Stepper(spec, data), start_state(spec)
    for step in range(steps + 1):
        if has_arrived(state.parameters[0] @ data.design):
            return step
        stepper.advance(state, 1)
    return NOT_REACHED


def arrival(target, data):
    """The target said once more, with the losses' own formulas."""
    own = 2 * data.class_index - 1

    def has_arrived(z):
        if target.measure == "own_probability":
            return all(plain_sigmoid(m) > target.threshold for m in own * z)
        if target.measure == "accuracy":
            return ((z >= 0.0) == (data.class_index == 1)).mean() >= target.threshold
        value = loss_of("logistic", target.measure).value_and_gradient(z[None], data.class_index)[0]
        return value.mean() <= target.threshold

    return has_arrived


class TestCurriculum:
    @pytest.mark.parametrize("precision", PRECISIONS)
    def test_from_minus_ten_bce_takes_31_steps_and_mse_does_not_arrive(self, precision):
        data, start = ONE_SAMPLE.training_data(), np.array([[-10.0, -10.0, 0.0]])
        bce = steps_to_target(LogisticRuns(data, "bce", CERTAIN, precision), start, 0.5, 200_000)
        mse = steps_to_target(LogisticRuns(data, "mse", CERTAIN, precision), start, 0.5, 20_000)
        assert bce.tolist() == [31]
        assert mse.tolist() == [NOT_REACHED]

    @pytest.mark.parametrize("precision", PRECISIONS)
    def test_from_minus_two_it_is_15_against_70(self, precision):
        data, start = ONE_SAMPLE.training_data(), np.array([[-2.0, -2.0, 0.0]])
        steps = [
            int(steps_to_target(LogisticRuns(data, loss, CERTAIN, precision), start, 0.5, 1000)[0])
            for loss in ("bce", "mse")
        ]
        assert steps == [15, 70]

    def test_mse_has_hardly_moved_after_200_000_steps(self):
        data = ONE_SAMPLE.training_data()
        spec = TrainingSpec(
            LOGISTIC,
            ("mse",),
            Samples(),
            0,
            (0, 1),
            OptimizerSpec("gd", 0.5),
            start=StartSpec("exact", parameters=(-10.0, -10.0, 0.0)),
        )
        stepper, state = Stepper(spec, data), start_state(spec)
        stepper.advance(state, 200_000)
        moved = state.parameters[0] + [10.0, 10.0, 0.0]
        assert 0.0 < moved[0] < 0.0005
        assert moved[0] == moved[1]
        assert moved[2] == 0.0
        # dz/dt = 2 e^z while p is tiny (rate 1/2, two weights, gradient -2 e^z), so e^20 / 2 steps in all.
        assert moved[0] == pytest.approx(200_000 * math.exp(-20.0), rel=1e-2)
        assert math.exp(20.0) / 2.0 == pytest.approx(2.4e8, rel=0.02)

    def test_the_trap_catches_mse_and_not_bce(self):
        data = TRAP.training_data()
        plane = Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (-6, 6), (-6, 6), 13, 13)
        best = find_optimum(LOGISTIC, data).cross_entropy
        better = local_minimum(LOGISTIC, "mse", data, (0.0, 0.0, 0.0)).loss
        maps = {}
        for loss, reference in (("bce", best), ("mse", better)):
            runs = LogisticRuns(data, loss, loss_target(loss, reference))
            maps[loss] = start_map(MapModel(loss, runs, 0.5), plane, 3000)
        assert maps["bce"].reached_share == 1.0
        assert 0.2 < maps["mse"].reached_share < 0.9
        # At the bottom of the trap nothing moves, however long it takes.
        column, row = int(np.argmin(np.abs(plane.u - 2.0))), int(np.argmin(np.abs(plane.v + 4.0)))
        assert maps["mse"].steps[row, column] == NOT_REACHED


class TestAgainstSingleRuns:
    @pytest.mark.parametrize("loss", ["bce", "mse"])
    @pytest.mark.parametrize(
        "target",
        [
            Target("bce", 0.5),
            Target("mse", 0.17),
            Target("accuracy", 0.75),
        ],
    )
    def test_steps_are_those_of_the_stepper(self, loss, target):
        data = people(41)
        starts = np.random.default_rng(0).normal(0.0, 3.0, (12, 3))
        steps = steps_to_target(LogisticRuns(data, loss, target), starts, 0.3, 120)
        expected = [one_run(data, loss, start, 0.3, 120, arrival(target, data)) for start in starts]
        assert steps.tolist() == expected
        assert len(set(expected)) > 4

    @pytest.mark.parametrize("loss", ["bce", "mse"])
    def test_until_every_own_class_is_certain(self, loss):
        data = separable_people()
        starts = np.random.default_rng(1).normal(0.0, 4.0, (8, 3))
        steps = steps_to_target(LogisticRuns(data, loss, CERTAIN), starts, 2.0, 400)
        expected = [one_run(data, loss, start, 2.0, 400, arrival(CERTAIN, data)) for start in starts]
        assert steps.tolist() == expected
        assert max(expected) > 20

    def test_single_precision_is_a_step_off_at_most(self):
        data = people(80)
        starts = np.random.default_rng(2).normal(0.0, 3.0, (200, 3))
        target = Target("bce", find_optimum(LOGISTIC, data).cross_entropy * 1.05)
        single, double = (
            steps_to_target(LogisticRuns(data, "bce", target, precision), starts, 0.5, 400)
            for precision in PRECISIONS
        )
        assert np.abs(single - double).max() <= 1
        assert double.min() >= 0

    def test_many_samples_are_multiplied_without_overflow(self):
        data = people(2500)
        starts = np.array([[0.0, 0.0, 0.0], [5.0, -5.0, 0.0]])
        target = Target("bce", 0.5)
        expected = [one_run(data, "bce", start, 0.5, 200, arrival(target, data)) for start in starts]
        for precision in PRECISIONS:
            steps = steps_to_target(LogisticRuns(data, "bce", target, precision), starts, 0.5, 200)
            assert steps.tolist() == expected

    def test_a_tie_is_the_positive_class(self):
        # At zero weights every logit is 0: all of class 1 are right, all of class 0 wrong.
        data = people(41)
        share = float((data.class_index == 1).mean())
        for threshold, expected in ((share, 0), (share + 0.01, NOT_REACHED)):
            runs = LogisticRuns(data, "bce", Target("accuracy", threshold))
            assert steps_to_target(runs, np.zeros((1, 3)), 1e-9, 0).tolist() == [expected]

    @pytest.mark.parametrize(("allowed", "expected"), [(31, 31), (30, NOT_REACHED), (32, 31)])
    def test_the_last_step_allowed_counts(self, allowed, expected):
        runs = LogisticRuns(ONE_SAMPLE.training_data(), "bce", CERTAIN)
        start = np.array([[-10.0, -10.0, 0.0]])
        assert steps_to_target(runs, start, 0.5, allowed).tolist() == [expected]

    def test_blocks_and_waiting_runs_change_nothing(self):
        data = people(50)
        starts = np.random.default_rng(3).normal(0.0, 3.0, (60, 3))
        runs = LogisticRuns(data, "mse", Target("mse", 0.17))
        together = steps_to_target(runs, starts, 0.5, 150)
        runs.block_size = 7
        assert np.array_equal(steps_to_target(runs, starts, 0.5, 150), together)

    def test_each_run_has_its_own_rate(self):
        data, start = people(50), np.array([2.0, -2.0, 0.0])
        rates = np.array([0.1, 0.5, 3.0])
        runs = LogisticRuns(data, "bce", Target("bce", 0.5))
        together = steps_to_target(runs, np.tile(start, (3, 1)), rates, 500)
        alone = [int(steps_to_target(runs, start[None], rate, 500)[0]) for rate in rates]
        assert together.tolist() == alone
        assert alone[0] > alone[1] > alone[2] > 0

    def test_runs_that_leave_the_numbers_do_not_arrive(self):
        runs = LogisticRuns(TRAP.training_data(), "bce", Target("bce", 0.1))
        assert steps_to_target(runs, np.zeros((2, 3)), 1e308, 10_000).tolist() == [NOT_REACHED] * 2

    def test_runs_that_stand_still_are_given_up_at_once(self):
        asked = []

        def never_stop():
            asked.append(None)
            return False

        runs = LogisticRuns(ONE_SAMPLE.training_data(), "mse", CERTAIN)
        start = np.array([[-500.0, -500.0, 0.0]])
        assert steps_to_target(runs, start, 0.5, 10_000_000, should_stop=never_stop).tolist() == [NOT_REACHED]
        assert len(asked) == 1

    def test_stops(self):
        runs = LogisticRuns(people(), "bce", Target("bce", 0.0))
        assert steps_to_target(runs, np.zeros((4, 3)), 0.1, 10**9, should_stop=lambda: True) is None

    def test_no_starts(self):
        runs = LogisticRuns(people(), "bce", Target("bce", 0.0))
        assert steps_to_target(runs, np.zeros((0, 3)), 0.1, 10).shape == (0,)


class TestTargets:
    def test_within_a_tolerance_of_the_optimum(self):
        assert loss_target("mse", 0.2) == Target("mse", 0.2 * 1.05)
        assert loss_target("bce", 0.2, 0.5) == Target("bce", 0.2 * 1.5)

    def test_without_a_lowest_loss_it_is_certainty(self):
        assert loss_target("bce", find_optimum(LOGISTIC, ONE_SAMPLE.training_data()).cross_entropy) == CERTAIN

    @pytest.mark.parametrize(("loss", "reference"), [("ce", 0.1), ("bce", float("nan")), ("mse", -1.0)])
    def test_refuses_what_is_no_reference(self, loss, reference):
        with pytest.raises(ValueError, match="loss"):
            loss_target(loss, reference)


class TestMap:
    def plane(self, size=9):
        return Plane.of_weights((0.0, 0.0, 0.3), 0, 1, (-4.0, 4.0), (-3.0, 5.0), size, size)

    def model(self, loss="bce"):
        return MapModel(loss, LogisticRuns(people(50), loss, Target("bce", 0.5)), 0.5)

    def test_rows_are_v_and_columns_are_u(self):
        plane = Plane.of_weights((0.0, 0.0, 0.3), 0, 1, (-4.0, 4.0), (-3.0, 5.0), 4, 3)
        found = start_map(self.model(), plane, 300)
        assert found.steps.shape == (3, 4)
        assert found.steps.dtype == np.int32
        assert not found.steps.flags.writeable
        start = np.array([[plane.u[3], plane.v[1], 0.3]])
        alone = steps_to_target(self.model().runs, start, 0.5, 300)
        assert found.steps[1, 3] == alone[0] > 0

    def test_levels_are_finer_and_finer_and_agree(self):
        models = [self.model("bce"), self.model("mse")]
        levels = list(start_map_levels(models, self.plane(), 60, sizes=(3, 5, 9)))
        assert [[m.loss_name for m in maps] for maps in levels] == [["bce", "mse"]] * 3
        assert [maps[0].steps.shape for maps in levels] == [(3, 3), (5, 5), (9, 9)]
        for place, model in enumerate(models):
            whole = start_map(model, self.plane(), 60)
            assert np.array_equal(levels[2][place].steps, whole.steps)
            assert np.array_equal(levels[1][place].steps, whole.steps[::2, ::2])
        assert 0.0 < levels[2][1].reached_share < 1.0

    def test_known_starts_are_not_trained_again(self):
        plane = self.plane(3)
        invented = StartMap(plane, "bce", np.full((3, 3), 7, dtype=np.int32), 60)
        finer = start_map(self.model(), plane.resized(5, 5), 60, coarser=invented)
        assert (finer.steps[::2, ::2] == 7).all()
        assert (finer.steps[1::2] != 7).any()

    def test_levels_whose_starts_differ_are_trained_anew(self):
        told = []
        levels = list(start_map_levels([self.model()], self.plane(), 60, None, told.append, sizes=(4, 5)))
        assert np.array_equal(levels[1][0].steps, start_map(self.model(), self.plane(5), 60).steps)
        assert told[-1] == pytest.approx(1.0)

    def test_refuses_a_coarser_map_that_does_not_fit(self):
        coarse = start_map(self.model(), self.plane(4), 5)
        with pytest.raises(ValueError, match="among the finer"):
            start_map(self.model(), self.plane(5), 5, coarser=coarse)

    def test_progress_grows_to_the_end(self):
        told = []
        models = [self.model("bce"), self.model("mse")]
        for _ in start_map_levels(models, self.plane(), 60, None, told.append, sizes=(3, 5)):
            pass
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1.0)
        assert told[0] < 0.5

    def test_stops_between_levels_and_within_one(self):
        allowed = [4]

        def should_stop():
            allowed[0] -= 1
            return allowed[0] < 0

        levels = list(start_map_levels([self.model()], self.plane(), 10**6, should_stop, sizes=(3, 5, 9)))
        assert 1 <= len(levels) < 3
        assert start_map(self.model(), self.plane(), 60, lambda: True) is None

    def test_the_programs_own_levels_contain_one_another(self):
        assert all((fine - 1) % (coarse - 1) == 0 for coarse, fine in pairwise(LEVELS))
