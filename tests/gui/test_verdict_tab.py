"""The verdict: numbers against closed forms, races against single runs, conclusions that are honest."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout

from engine.curvature import hessian
from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.errors import Message
from engine.generators import generate
from engine.hidden.hessian import HessianProduct
from engine.landscape.descent_path import descent_path
from engine.models import start_parameters
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import LossRecords, Stop
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training_data import TrainingData
from gui.document import Document
from gui.plots.verdict.conclusion import Finding, conclusion, notes, outcome
from gui.plots.verdict.race import RaceQuestion, run_race, same_race
from gui.plots.verdict.steps import common_accuracy, run_steps
from gui.plots.verdict.tab import VerdictTab
from gui.plots.verdict.words import StepsShown
from gui.plots.verdict.work import Case, accuracy_of, find_facts, same_case, target_accuracy
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.view_fakes import curve_of, document_of, frame_of

WRONG_START = (5.0, -5.0, 0.0)


def never() -> bool:
    return False


def people_state(n: int = 60, *, gap_kg: float = 0.0, **settings: object) -> DocumentState:
    """Heavier people of class 1; overlapping without a gap between the classes."""
    rng = np.random.default_rng(4)
    labels = np.arange(n) % 2
    spread = 8.0 if gap_kg else 16.0
    weights = 65.0 + labels * (gap_kg + 14.0) + rng.uniform(-spread / 2, spread / 2, n)
    heights = rng.normal(170.0, 8.0, n)
    classes = tuple(ClassInfo(i, ("no_diet", "needs_diet")[i], None, i, MARKERS[i]) for i in range(2))
    return DocumentState(Samples.from_columns(heights, weights, labels), classes, Settings(**settings))


def case_of(state: DocumentState, start=WRONG_START) -> Case:
    spec = state.training_spec()
    scaler = TrainingData.from_samples(spec.samples, 2).scaler
    return Case(spec, scaler, np.array(start, dtype=float))


def facts_of(case: Case):
    (facts,) = find_facts(case, never)
    return facts


def curve_from(errors, steps=None) -> LossCurve:
    """A curve of the given error rates (m, models) at steps."""
    errors = np.asarray(errors, dtype=float)
    steps = np.arange(len(errors)) if steps is None else np.asarray(steps)
    values = np.repeat(errors[:, :, None], 3, axis=2)
    curve = LossCurve(errors.shape[1])
    curve.append(LossRecords(1, steps.astype(np.int64), values))
    return curve


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


class Stage(LabBench):
    """The tab with overlapping people and a run from the wrong side."""

    tab_type = VerdictTab
    starts_in_front = False

    def __init__(self, qtbot, state: DocumentState | None = None, *, width: int = 700) -> None:
        start = StartSpec("exact", parameters=WRONG_START)
        document = Document(state or people_state(start=start, optimizer=OptimizerSpec("gd", 0.1)))
        super().__init__(qtbot, document, (width, 520))
        self.scaler = TrainingData.of(self.document.state.training_spec()).scaler

    def frame(self, parameters=(WRONG_START, WRONG_START), curve=None, step=0, **changes):
        models = len(self.document.state.losses)
        frame = frame_of(
            self.document, curve or LossCurve(models), parameters=parameters[:models], step=step,
            scaler=self.scaler,
        )  # fmt: skip
        return replace(frame, snapshot=replace(frame.snapshot, **changes))

    def show_frame(self, frame):
        self.context.path.take(frame.snapshot)  # as the lab does
        self.tab.show_frame(frame)

    def begin(self):
        """Show the start, and wait for what is measured from it."""
        self.show_frame(self.frame())
        self.tab.set_active(True)
        self.qtbot.waitUntil(lambda: self.tab.facts is not None, timeout=20_000)

    def show_run(self, curve, **changes):
        step = curve.last_step
        self.show_frame(self.frame(((-1.0, 4.0, 0.0), (2.0, 1.0, 0.0)), curve, step, **changes))
        self.settle()

    def pick_fairness(self, key: str) -> None:
        QTest.mouseClick(self.tab.controls.fairness_switch.button(key), LEFT)

    def race(self):
        self.qtbot.waitUntil(
            lambda: self.tab.race is not None and self.tab.feed.racing is None, timeout=30_000
        )
        return self.tab.race


class TestTab:
    def test_the_table_fills_from_the_start_and_the_run(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        table, facts = stage.tab.table, stage.tab.facts
        assert table.text("steepest", 1) == f"{facts.steepest[1]:.3f}"
        assert table.text("curved", 0) == "0 %"
        assert table.text("eigenvalue", 1).startswith("-")
        assert (table.text("hidden", 0), table.text("hidden", 1)) == ("–", "–")
        goal = target_accuracy(facts.best_accuracy)
        errors = np.array([[0.9, 0.9]] * 50 + [[1.0 - goal, 0.8]] * 50)
        stage.show_run(curve_from(errors))
        assert table.text("steps", 0) == "50"
        assert table.text("steps", 1) == "not in 99"
        assert f"{100 * goal:.0f} %" in table.titles["steps"].text()
        assert (table.text("loss", 0), table.text("loss", 1)) == ("0.236", "1.20")
        assert (table.text("mse", 0), table.text("mse", 1)) == ("0.068", "0.400")
        assert (table.text("right", 0), table.text("right", 1)) == ("84 %", "55 %")
        assert "natural one" in stage.tab.conclusion.text()

    def test_the_start_is_the_runs_own_even_if_it_passed_behind_other_tabs(self, qtbot):
        stage = Stage(qtbot)
        stage.show_frame(stage.frame(((1.0, 2.0, 3.0), (1.0, 2.0, 3.0)), run_id=2))
        stage.show_frame(stage.frame(((0.0, 4.0, 0.0), (2.0, 2.0, 0.0)), step=70, run_id=2))
        stage.tab.set_active(True)
        assert stage.tab.case.start.tolist() == [1.0, 2.0, 3.0]

    def test_behind_other_tabs_nothing_is_measured(self, qtbot):
        stage = Stage(qtbot)
        stage.show_frame(stage.frame())
        assert stage.tab.feed.measuring is None
        stage.begin()
        stage.tab.set_active(False)
        assert stage.tab.feed.measuring is None
        assert stage.tab.feed.racing is None

    def test_mses_rate_times_k_is_raced_in_the_background(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        assert not stage.tab.controls.factor.isVisible()
        stage.pick_fairness("times")
        race = stage.race()
        assert race.rates == pytest.approx((0.1, 0.2))
        assert stage.tab.table.text("steps", 0) == f"{race.steps[0]:,}"
        assert "× 2" in stage.tab.table.titles["steps"].text()
        field = stage.tab.controls.factor
        assert field.isVisible()
        field.selectAll()
        QTest.keyClicks(field, "4")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert stage.race().rates == pytest.approx((0.1, 0.4))
        assert stage.race().steps[1] < race.steps[1]
        assert "near the answer" in stage.tab.fairness_note.text()

    def test_each_at_its_best_rate_shows_rates_steps_and_the_sweep(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        assert not stage.tab.rates.isVisible()
        stage.pick_fairness("best")
        race = stage.race()
        assert stage.tab.rates.isVisible()
        assert stage.tab.rates.sweeps == race.sweeps
        assert [stage.tab.table.text("steps", column) for column in (0, 1)] == [
            f"{steps:,}" for steps in race.steps
        ]
        assert not stage.tab.progress.isVisible()
        stage.pick_fairness("same")
        assert not stage.tab.rates.isVisible()
        assert stage.tab.race is None

    def test_a_race_can_be_stopped(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        stage.tab.controls.accuracy.setFocus()
        stage.tab.controls.accuracy.selectAll()
        QTest.keyClicks(stage.tab.controls.accuracy, "100")
        QTest.keyClick(stage.tab.controls.accuracy, Qt.Key.Key_Return)
        stage.pick_fairness("best")
        qtbot.waitUntil(lambda: stage.tab.feed.racing is not None)
        assert stage.tab.stop.isVisible()
        QTest.mouseClick(stage.tab.stop, Qt.MouseButton.LeftButton)
        assert stage.tab.feed.racing is None
        assert not stage.tab.progress.isVisible()
        stage.show_frame(stage.frame())
        assert stage.tab.feed.racing is None
        assert stage.tab.feed.wait_until_idle()

    def test_a_typed_accuracy_counts_and_zero_gives_it_back(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        stage.show_run(curve_of(100))
        own = stage.tab.table.titles["steps"].text()
        field = stage.tab.controls.accuracy
        for typed, expected in (("50 %", "Steps to 50 % right, same rate"), ("0", own)):
            field.selectAll()
            QTest.keyClicks(field, typed)
            QTest.keyClick(field, Qt.Key.Key_Return)
            assert stage.tab.table.titles["steps"].text() == expected
        field.selectAll()
        QTest.keyClicks(field, "140")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert stage.tab.controls.trouble.isVisible()

    def test_a_run_of_one_loss_says_that_the_other_is_not_trained(self, qtbot):
        stage = Stage(qtbot, people_state(loss_mode="mse"))
        stage.begin()
        stage.show_run(curve_of(100, 1))
        assert stage.tab.table.text("steps", 0) == "not trained"
        assert stage.tab.table.text("loss", 0) == "–"
        assert stage.tab.table.text("mse", 1) == "0.068"
        assert "one loss only" in stage.tab.conclusion.text()
        assert stage.tab.table.text("curved", 0) == "0 %"

    def test_separable_samples_are_told(self, qtbot):
        stage = Stage(qtbot, people_state(gap_kg=20.0))
        stage.begin()
        assert stage.tab.notes.isVisible()
        assert "separates" in stage.tab.notes.text()

    def test_a_run_that_diverged_has_no_verdict(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        stage.show_run(curve_of(100), stop=Stop("diverged", Message("It diverged.")))
        assert "diverged" in stage.tab.conclusion.text()

    def test_three_classes_are_judged_by_ce_and_only_by_the_run_at_hand(self, qtbot):
        stage = Stage(qtbot, document_of(3).state)
        zeros = [[0.0] * 9, [0.0] * 9]
        frame = frame_of(stage.document, parameters=zeros, curve=curve_of(100))
        stage.show_frame(frame)
        stage.tab.set_active(True)
        qtbot.waitUntil(lambda: stage.tab.facts is not None, timeout=20_000)
        assert stage.tab.table.columns[0][1].text() == "CE"
        assert not stage.tab.controls.fairness_switch.button("best").isEnabled()
        assert not stage.tab.ratio.isVisible()

    def test_a_mini_batch_run_is_told_apart_from_the_races(self, qtbot):
        stage = Stage(qtbot, people_state(batch_size=10))
        stage.begin()
        assert "gradient descent on all samples" not in stage.tab.notes.text()
        stage.pick_fairness("times")
        assert "gradient descent on all samples" in stage.tab.notes.text()

    def test_edited_samples_are_measured_again_from_the_same_start(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        first = stage.tab.facts
        stage.document.add_samples([190.0] * 4, [150.0] * 4, 0)
        stage.scaler = TrainingData.from_samples(stage.document.state.samples, 2).scaler
        stage.show_frame(stage.frame(step=5))
        assert stage.tab.facts is first  # until the new ones come
        qtbot.waitUntil(lambda: stage.tab.facts is not first, timeout=20_000)
        assert stage.tab.facts.all_samples == first.all_samples + 4

    @pytest.mark.parametrize(("width", "side"), [(340, "TopToBottom"), (700, "LeftToRight")])
    def test_the_comparison_stands_beside_the_table_or_below_it(self, qtbot, width, side):
        stage = Stage(qtbot, width=width)
        assert stage.tab._columns.direction() == getattr(QBoxLayout.Direction, side)

    def test_explains_itself_in_two_sentences_and_survives_language_and_theme(self, qtbot):
        stage = Stage(qtbot)
        stage.begin()
        assert stage.tab.explanation().count(". ") == 1
        facts = stage.tab.facts
        stage.appearance.set_mode("dark")
        QApplication.sendEvent(stage.tab, QEvent(QEvent.Type.LanguageChange))
        assert stage.tab.facts is facts
        assert "≥" not in stage.tab.ratio.accessibleName()
