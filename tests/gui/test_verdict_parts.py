"""The verdict: numbers against closed forms, races against single runs, conclusions that are honest."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.curvature import hessian
from engine.document.state import DocumentState
from engine.generators import generate
from engine.hidden.hessian import HessianProduct
from engine.landscape.descent_path import descent_path
from engine.models import start_parameters
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training_data import TrainingData
from gui.plots.verdict.conclusion import Finding, conclusion, notes, outcome
from gui.plots.verdict.race import RaceQuestion, run_race, same_race
from gui.plots.verdict.steps import common_accuracy, run_steps
from gui.plots.verdict.words import StepsShown
from gui.plots.verdict.work import Case, accuracy_of, find_facts, same_case, target_accuracy
from tests.gui.verdict_examples import WRONG_START, curve_from, people_state
from tests.gui.view_fakes import document_of


def never() -> bool:
    return False


def case_of(state: DocumentState, start=WRONG_START) -> Case:
    spec = state.training_spec()
    scaler = TrainingData.from_samples(spec.samples, 2).scaler
    return Case(spec, scaler, np.array(start, dtype=float))


def facts_of(case: Case):
    (facts,) = find_facts(case, never)
    return facts


class TestFacts:
    def test_sensitivity_is_that_of_the_worst_answers(self):
        case = case_of(people_state())
        facts, data = facts_of(case), case.data()
        bce, mse, least = [], [], 1.0
        for x, label in zip(data.design.T.tolist(), data.class_index.tolist(), strict=True):
            z = sum(w * value for w, value in zip(case.start.tolist(), x, strict=True))
            p = 1.0 / (1.0 + math.exp(-z))
            least = min(least, p if label else 1.0 - p)
            if (z >= 0.0) != (label == 1):
                bce.append(abs(p - label))
                mse.append(abs(2.0 * (p - label) * p * (1.0 - p)))
        worst = max(range(len(bce)), key=bce.__getitem__)
        assert facts.steepest == pytest.approx((max(bce), max(mse)))
        assert facts.most_wrong == pytest.approx((bce[worst], mse[worst]))
        assert facts.smallest_own == pytest.approx(least)
        assert facts.steepest[1] <= 8.0 / 27.0
        assert facts.most_wrong[1] < 0.01 < 0.99 < facts.most_wrong[0]

    def test_without_a_wrong_answer_there_is_no_sensitivity_when_wrong(self):
        case = case_of(people_state(gap_kg=20.0), (0.0, 6.0, 0.0))
        facts = facts_of(case)
        assert facts.start_accuracy == 1.0
        assert facts.steepest is None
        assert facts.most_wrong is None

    def test_only_mse_curves_downwards_and_the_eigenvalues_are_the_hessians(self):
        case = case_of(people_state())
        facts = facts_of(case)
        assert facts.curved[0].mean == 0.0
        assert 0.3 < facts.curved[1].mean < 1.0
        for loss, found in zip(case.losses, facts.eigenvalues, strict=True):
            expected = np.linalg.eigvalsh(hessian(case.model, case.start, case.data(), loss))[0]
            assert found == pytest.approx(expected, abs=1e-12)
        assert facts.eigenvalues[1] < 0.0 < facts.eigenvalues[0]
        assert facts.hidden is None

    def test_the_accuracy_to_reach_is_one_that_both_losses_best_weights_have(self):
        case = case_of(people_state())
        facts, data = facts_of(case), case.data()
        path = descent_path(case.model, "bce", data, np.zeros(3), 1.0, 5000, 5000)
        assert facts.best_accuracy == pytest.approx(
            accuracy_of(case.model, path.parameters[-1], data), abs=0.04
        )
        assert facts.separable == "none"
        assert target_accuracy(0.875) == 0.85
        assert target_accuracy(1.0) == 0.98
        assert target_accuracy(0.01) == 0.0

    def test_separable_samples_are_known_as_such(self):
        facts = facts_of(case_of(people_state(gap_kg=20.0)))
        assert (facts.separable, facts.best_accuracy) == ("complete", 1.0)

    def test_hidden_layers_are_measured_with_their_spread(self):
        state = people_state(20)
        spec = replace(
            state.training_spec(), model=ModelSpec("mlp", 2, (3,), "tanh"), start=StartSpec("normal")
        )
        scaler = TrainingData.from_samples(spec.samples, 2).scaler
        case = Case(spec, scaler, start_parameters(spec)[0])
        facts = facts_of(case)
        assert facts.curved[0].mean == 0.0
        for share in facts.hidden:
            assert 0.0 <= share.low <= share.mean <= share.high <= 1.0
        assert max(share.high for share in facts.hidden) > 0.0
        for loss, found in zip(case.losses, facts.eigenvalues, strict=True):
            product = HessianProduct(case.model, loss, case.data(), case.start)
            whole = np.array([product(unit) for unit in np.eye(case.start.size)])
            assert found == pytest.approx(np.linalg.eigvalsh(whole)[0], abs=1e-9)
        assert facts.best_accuracy is None

    def test_softmax_is_judged_by_ce(self):
        spec = document_of(3).state.training_spec()
        scaler = TrainingData.from_samples(spec.samples, 3).scaler
        case = Case(spec, scaler, np.zeros(9))
        assert case.losses == ("ce", "mse")
        facts = facts_of(case)
        # At p = 1/3 each: |p - y| is 2/3; 2 p_k (e_k - sum e_j p_j) is 2/3 (-2/3 + 0) for the true class.
        assert facts.steepest == pytest.approx((2.0 / 3.0, 4.0 / 9.0))
        assert facts.curved[0].mean == 0.0

    def test_stops(self):
        assert list(find_facts(case_of(people_state()), lambda: True)) == []

    def test_a_case_is_the_same_until_samples_start_or_scaler_change(self):
        case = case_of(people_state())
        assert same_case(case, replace(case, spec=replace(case.spec, optimizer=OptimizerSpec("gd", 9.0))))
        assert not same_case(case, replace(case, start=np.zeros(3)))
        assert not same_case(case, replace(case, scaler=Standardizer.identity()))
        assert not same_case(case, case_of(people_state(40)))
        assert same_case(None, None)
        assert not same_case(case, None)


class TestRaces:
    def race(self, fairness, accuracy=0.85, rate=0.1, factor=2.0, state=None, most=3000):
        case = case_of(state or people_state())
        question = RaceQuestion(case, fairness, accuracy, rate, factor, most)
        (answer,) = run_race(question, lambda share: None, never)
        return answer

    def first_step(self, case, loss, rate, accuracy, most):
        path = descent_path(case.model, loss, case.data(), case.start, rate, most)
        right = [accuracy_of(case.model, row, case.data()) >= accuracy - 1e-12 for row in path.parameters]
        return right.index(True)

    def test_a_multiple_of_the_rate_gives_the_steps_of_single_runs(self):
        answer = self.race("times", factor=3.0)
        case = answer.question.case
        assert answer.rates == pytest.approx((0.1, 0.3))
        for loss, rate, steps in zip(case.losses, answer.rates, answer.steps, strict=True):
            assert steps == self.first_step(case, loss, rate, 0.85, steps + 1)
        assert answer.steps[0] < answer.steps[1]

    def test_undecided_a_doubled_rate_makes_mse_equal(self):
        # From zero weights p = 1/2, where the ratio of the gradients is exactly 2.
        case = case_of(people_state(), (0.0, 0.0, 0.0))
        question = RaceQuestion(case, "times", 0.9, 0.05, 2.0)
        (answer,) = run_race(question, lambda share: None, never)
        assert abs(answer.steps[0] - answer.steps[1]) <= 1

    def test_the_best_rate_is_the_soonest_at_which_training_stays(self):
        people = generate("people", 7)  # whose fewest steps are at a rate that jumps about
        samples = Samples.from_columns(people.height_cm, people.weight_kg, people.class_index)
        answer = self.race("best", state=replace(people_state(), samples=samples))
        case = answer.question.case

        def stays(loss, rate, steps):
            arrived = descent_path(case.model, loss, case.data(), case.start, rate, steps).parameters[-1]
            later = descent_path(case.model, loss, case.data(), arrived, rate, 200, 25).parameters
            return min(accuracy_of(case.model, row, case.data()) for row in later) >= 0.85

        passed_over = 0
        for loss, sweep, place in zip(case.losses, answer.sweeps, answer.best, strict=True):
            assert stays(loss, sweep.rates[place], sweep.steps[place])
            for other in np.flatnonzero((sweep.steps >= 0) & (sweep.steps < sweep.steps[place])).tolist():
                assert not stays(loss, sweep.rates[other], sweep.steps[other])
                passed_over += 1
        assert passed_over > 0
        assert answer.steps == tuple(
            int(sweep.steps[place]) for sweep, place in zip(answer.sweeps, answer.best, strict=True)
        )
        assert answer.rates == tuple(
            sweep.rates[place] for sweep, place in zip(answer.sweeps, answer.best, strict=True)
        )

    def test_an_accuracy_that_no_rate_reaches_has_no_best(self):
        answer = self.race("best", accuracy=1.01, state=people_state(20), most=100)
        assert answer.steps == (None, None)
        assert answer.rates == (None, None)
        assert answer.best == (None, None)

    def test_progress_goes_over_both_losses(self):
        told: list[float] = []
        question = RaceQuestion(case_of(people_state()), "times", 0.85, 0.1, 2.0)
        list(run_race(question, told.append, never))
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1.0)
        assert list(run_race(question, told.append, lambda: True)) == []

    def test_races_are_the_same_where_what_matters_to_them_is(self):
        question = RaceQuestion(case_of(people_state()), "times", 0.85, 0.1, 2.0)
        assert not same_race(question, replace(question, factor=3.0))
        assert not same_race(question, replace(question, accuracy=0.8))
        best = replace(question, fairness="best")
        assert same_race(best, replace(best, factor=3.0, rate=0.5))
        assert same_race(None, None)
        assert not same_race(None, best)


class TestRunSteps:
    def test_the_first_step_at_which_the_accuracy_is_reached(self):
        curve = curve_from([[0.6, 0.6], [0.4, 0.6], [0.15, 0.5], [0.2, 0.15], [0.1, 0.3]])
        found = run_steps(curve, 0.85)
        assert found.steps == (2, 3)
        assert found.is_exact == (True, True)
        assert found.last_step == 4
        assert run_steps(curve, 0.9).steps == (4, None)
        assert run_steps(curve, 0.4).steps == (0, 0)

    def test_between_records_it_is_at_most_that_step(self):
        found = run_steps(curve_from([[0.6], [0.5], [0.1]], steps=[0, 1, 9]), 0.9)
        assert found.steps == (9,)
        assert found.is_exact == (False,)

    def test_a_common_accuracy_follows_the_slower_model_only_if_it_is_near(self):
        assert common_accuracy(curve_from([[0.6, 0.6], [0.102, 0.115]])) == 0.88
        assert common_accuracy(curve_from([[0.6, 0.6], [0.1, 0.45]])) == 0.88
        assert common_accuracy(LossCurve(2)) is None


def finding(steps, limit=1000, fairness="same", **keys) -> Finding:
    return Finding("BCE", StepsShown(0.85, steps, limit, **keys.pop("shown", {})), fairness, **keys)


class TestConclusion:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (finding((500, 5000), 6000), "first"),
            (finding((500, None)), "first"),
            (finding((5000, 500), 6000), "second"),
            (finding((None, 500)), "second"),
            (finding((200, 290)), "close"),
            (finding((290, 200)), "close"),
            (finding((1, 4)), "close"),
            (finding((1, 5)), "first"),
            (finding((200, 310)), "first"),
            (finding((None, None)), "none"),
            (finding((0, 0)), "at_start"),
            (finding((None, None), 0), "waiting"),
            (Finding("BCE", None, "same"), "waiting"),
            (finding((500, None), shown={"is_trained": (True, False)}), "one_loss"),
            (finding((500, 5000), is_diverged=True), "diverged"),
            (finding((500, 5000), fairness="best", is_diverged=True), "first"),
        ],
    )
    def test_says_no_more_than_the_numbers_do(self, given, expected):
        assert outcome(given) == expected
        sentence = conclusion(given)
        assert ("natural" in sentence) == (expected == "first")
        assert ("close" in sentence) == (expected == "close")

    def test_names_the_numbers(self):
        assert conclusion(finding((518, None), 1018)).startswith(
            "BCE is 85 % right by step 518, MSE not in 1,018 steps."
        )
        assert "518" in conclusion(finding((518, 600)))
        assert "MSE is 85 % right by step 40, BCE by step 400." in conclusion(finding((400, 40)))

    def test_separable_samples_and_hopeless_ones_are_told(self):
        assert notes(finding((1, 2))) == []
        assert "separates" in notes(finding((1, 2), separable="complete"))[0]
        assert "splits off" in notes(finding((1, 2), separable="quasi"))[0]
        hopeless = finding((1, 2), best_accuracy=0.51, guess_accuracy=0.5)
        assert "one answer for everybody" in notes(hopeless)[0]
        assert notes(replace(hopeless, best_accuracy=0.9)) == []
