"""The verdict's tab: a table that fills, races in the background, notes that are honest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout

from engine.document.state import DocumentState
from engine.errors import Message
from engine.running.history import LossCurve
from engine.snapshots import Stop
from engine.specs import OptimizerSpec, StartSpec
from engine.training_data import TrainingData
from gui.document import Document
from gui.plots.verdict.tab import VerdictTab
from gui.plots.verdict.work import target_accuracy
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.verdict_examples import WRONG_START, curve_from, people_state
from tests.gui.view_fakes import curve_of, document_of, frame_of


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
