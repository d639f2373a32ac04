"""The start map's tab: the curriculum's figures under the pointer, squares of starts, runs by a click."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.examples import TRAP
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import OptimizerSpec, StartSpec
from gui.document import Document
from gui.plots.start_map import texts
from gui.plots.start_map.tab import StartMapTab
from tests.gui.lab_bench import LEFT, LabBench, settle_layout, turn_wheel
from tests.gui.view_fakes import FakeController, document_of, frame_of


class Controller(FakeController):
    def load(self, parameters: object, scaler: Standardizer) -> None:
        self.calls.append(("load", np.asarray(parameters).tolist(), scaler))


def example_state(example) -> DocumentState:
    rows = example.rows()
    classes = (ClassInfo(0), ClassInfo(1, color=1, marker=MARKERS[1]))
    samples = Samples.from_columns(rows.height_cm, rows.weight_kg, rows.class_index)
    return DocumentState(samples, classes, Settings(standardize=False, bias=False))


class Stage(LabBench):
    """The tab in front with a document of twenty people and a frame."""

    tab_type = StartMapTab

    def __init__(self, qtbot, *, steps: int = 60, document: Document | None = None) -> None:
        document = document or document_of(optimizer=OptimizerSpec("gd", 0.2))
        super().__init__(qtbot, document, (620, 420), Controller())
        self.tab.controls.choose(max_steps=steps)
        self.show([[1.0, -2.0, 0.5], [3.0, 4.0, 0.5]])

    def wait(self):
        self.qtbot.waitUntil(lambda: self.tab.is_answered and not self.tab.feed.is_running, timeout=20_000)
        return self.tab.answer

    @property
    def plots(self):
        return self.tab.stage.plots

    def point_at(self, u: float, v: float, plot: int = 0) -> None:
        QTest.mouseMove(self.plots[plot], self.plots[plot].pixel_of((u, v)).toPoint())

    def click_at(self, u: float, v: float, plot: int = 0) -> None:
        self.click(self.plots[plot], self.plots[plot].pixel_of((u, v)))

    def wheel(self, notches: int, u: float, v: float) -> None:
        turn_wheel(self.plots[0], self.plots[0].pixel_of((u, v)), notches)

    def drag_by(self, dx: int, dy: int) -> None:
        plot = self.plots[0]
        start = plot.area.center().toPoint()
        QTest.mousePress(plot, LEFT, pos=start)
        QTest.mouseMove(plot, start + QPoint(dx, dy))
        QTest.mouseRelease(plot, LEFT, pos=start + QPoint(dx, dy))


class TestTab:
    def test_the_maps_of_the_samples_come_by_themselves_with_the_documents_rate(self, qtbot):
        stage = Stage(qtbot)
        answer = stage.wait()
        assert answer.question.learning_rate == 0.2
        assert answer.question.max_steps == 60
        assert [one.loss_name for one in answer.maps] == ["bce", "mse"]
        assert stage.plots[0].shown_map is answer.maps[0]
        assert stage.plots[1].shown_map is answer.maps[1]
        assert stage.tab.stage.headers[0].share.text() == texts.reached_text(answer.maps[0])
        assert "5 %" in stage.tab.status.text()
        assert not stage.tab.run.isVisible()

    def test_a_frame_moves_the_models_dots_and_nothing_else(self, qtbot):
        stage = Stage(qtbot)
        answer = stage.wait()
        assert (stage.plots[0].dot, stage.plots[1].dot) == ((1.0, -2.0), (3.0, 4.0))
        stage.show([[0.5, -1.0, 9.0], [0.0, 0.0, 9.0]], step=200)
        assert (stage.plots[0].dot, stage.plots[1].dot) == ((0.5, -1.0), (0.0, 0.0))
        assert stage.tab.answer is answer
        assert not stage.tab.feed.is_running

    def test_the_pointer_tells_the_curriculums_figures(self, qtbot):
        stage = Stage(qtbot, steps=1000)
        stage.tab.controls.choose(data="one_sample")
        answer = stage.wait()
        assert answer.question.learning_rate == 0.5
        settle_layout(stage.tab)
        stage.point_at(-10.0, -10.0)
        qtbot.waitUntil(lambda: "plateau" in stage.tab.status.text())
        sentence = stage.tab.status.text()
        assert "w₁ -10, w₂ -10" in sentence
        assert "BCE 31 steps" in sentence
        assert "MSE not in 1,000 steps" in sentence
        stage.point_at(-2.0, -2.0, plot=1)
        qtbot.waitUntil(lambda: "BCE 15 steps" in stage.tab.status.text())
        assert "MSE 70 steps" in stage.tab.status.text()
        QApplication.sendEvent(stage.plots[1], QEvent(QEvent.Type.Leave))
        assert "p > 0.9" in stage.tab.status.text()

    def test_a_click_starts_a_run_on_the_canvas_there(self, qtbot):
        stage = Stage(qtbot)
        stage.wait()
        u, v = -3.0, 2.0
        stage.click_at(u, v)
        (name, row, scaler), play = stage.controller.calls
        assert (name, play) == ("load", ("play",))
        spacing = stage.tab.question.box.spacing
        assert row[0] == pytest.approx(u, abs=spacing)
        assert row[1] == pytest.approx(v, abs=spacing)
        assert row[0] / spacing == int(row[0] / spacing)
        assert row[2] == 0.0
        assert scaler == stage.tab.frame.snapshot.scaler

    def test_the_cross_stands_where_the_run_started_until_another_one_does(self, qtbot):
        stage = Stage(qtbot)
        stage.wait()
        stage.click_at(-3.0, 2.0)
        assert stage.plots[0].cross is None
        frame = frame_of(stage.document, parameters=[[-3.0, 2.0, 0.0], [-3.0, 2.0, 0.0]])
        for run_id, expected in ((2, True), (2, True), (3, False)):
            stage.tab.show_frame(replace(frame, snapshot=replace(frame.snapshot, run_id=run_id)))
            assert (stage.plots[1].cross is not None) == expected

    def test_an_examples_start_is_only_offered_until_the_example_is_the_document(self, qtbot):
        stage = Stage(qtbot)
        stage.tab.controls.choose(data="trap")
        stage.wait()
        assert texts.example_text() in stage.tab.status.text()
        assert not stage.tab.open_example.isVisible()  # nobody would hear it
        stage.click_at(2.0, -4.0)
        assert stage.controller.calls == []
        spy = QSignalSpy(stage.tab.example_requested)
        stage.tab.retranslate()
        QTest.mouseClick(stage.tab.open_example, Qt.MouseButton.LeftButton)
        assert spy.at(0) == ["trap"]
        stage.document.replace(example_state(TRAP), "example")
        stage.show([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], scaler=Standardizer.identity())
        assert not stage.tab.open_example.isVisible()
        stage.wait()
        assert texts.click_text() in stage.tab.status.text()
        stage.click_at(2.0, -4.0)
        (name, row, scaler), _ = stage.controller.calls
        assert name == "load"
        assert row[:2] == pytest.approx([2.0, -4.0], abs=0.13)
        assert scaler == Standardizer.identity()

    def test_wheel_and_drag_ask_for_other_starts_and_fit_goes_back(self, qtbot):
        stage = Stage(qtbot)
        stage.wait()
        box = stage.tab.question.box
        stage.wheel(1, 0.0, 0.0)
        assert stage.tab.question.box.half == box.half / 2
        assert stage.plots[1].box == stage.tab.question.box
        assert stage.tab.answer is not None  # the old map stays until the new one comes
        assert stage.wait().question.box == stage.tab.question.box
        before = stage.tab.question.box
        stage.drag_by(-40, 0)
        assert stage.tab.question.box.u > before.u
        assert stage.tab.question.box.v == before.v
        assert stage.controller.calls == []
        stage.tab.controls.fit.click()
        assert stage.tab.question.box == box

    def test_another_plane_fixes_the_third_weight_at_the_start(self, qtbot):
        document = document_of(start=StartSpec("exact", parameters=(5.0, -5.0, 0.75)))
        stage = Stage(qtbot, document=document)
        assert stage.tab.controls.fixed.value == 0.75
        assert stage.tab.question.fixed.tolist() == [0.0, 0.0, 0.75]
        stage.tab.controls.choose(plane=1)
        assert stage.tab.controls.fixed.value == -5.0
        assert (stage.tab.question.index_u, stage.tab.question.index_v) == (0, 2)
        stage.tab.controls.fixed.setFocus()
        stage.tab.controls.fixed.selectAll()
        QTest.keyClicks(stage.tab.controls.fixed, "2.5")
        QTest.keyClick(stage.tab.controls.fixed, Qt.Key.Key_Return)
        assert stage.tab.question.fixed.tolist() == [0.0, 2.5, 0.0]
        assert stage.tab.question.start((1.0, 3.0)).tolist() == [1.0, 2.5, 3.0]

    def test_a_typed_rate_holds_for_its_data_and_is_named_beside_the_runs_own(self, qtbot):
        stage = Stage(qtbot)
        stage.wait()
        field = stage.tab.controls.rate
        field.selectAll()
        QTest.keyClicks(field, "1.5")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert stage.tab.question.learning_rate == 1.5
        stage.wait()
        assert "rate is 1.5; your run's is 0.2" in stage.tab.status.text()
        stage.tab.controls.choose(data="one_sample")
        assert stage.tab.question.learning_rate == 0.5
        stage.tab.controls.choose(data="samples")
        assert stage.tab.question.learning_rate == 1.5

    def test_the_documents_rate_is_followed(self, qtbot):
        stage = Stage(qtbot)
        stage.document.change_settings(optimizer=OptimizerSpec("gd", 0.7))
        stage.show([[1.0, -2.0, 0.5], [3.0, 4.0, 0.5]])
        assert stage.tab.controls.rate.value == 0.7
        assert stage.wait().question.learning_rate == 0.7

    def test_refuses_no_steps_and_too_many(self, qtbot):
        stage = Stage(qtbot)
        field = stage.tab.controls.steps
        for typed in ("0", "200000"):
            field.selectAll()
            QTest.keyClicks(field, typed)
            QTest.keyClick(field, Qt.Key.Key_Return)
            assert field.trouble
            assert stage.tab.controls.trouble.isVisible()
        assert stage.tab.question.max_steps == 60

    def test_stop_leaves_it_at_that_and_go_on_finishes(self, qtbot):
        stage = Stage(qtbot)
        qtbot.waitUntil(lambda: stage.tab.run.isVisible())
        assert stage.tab.progress.isVisible()
        QTest.mouseClick(stage.tab.run, Qt.MouseButton.LeftButton)
        assert not stage.tab.feed.is_running
        assert not stage.tab.progress.isVisible()
        assert stage.tab.feed.wait_until_idle()
        stage.show([[1.0, -2.0, 0.5], [3.0, 4.0, 0.5]])
        assert not stage.tab.feed.is_running
        QTest.mouseClick(stage.tab.run, Qt.MouseButton.LeftButton)
        assert stage.wait().is_finest

    def test_behind_another_tab_nothing_is_computed(self, qtbot):
        stage = Stage(qtbot)
        stage.tab.set_active(False)
        assert not stage.tab.feed.is_running
        assert stage.tab.feed.wait_until_idle()
        QApplication.processEvents()
        assert stage.tab.answer is None
        stage.tab.set_active(True)
        assert stage.wait().is_finest

    def test_edited_samples_are_mapped_again(self, qtbot):
        stage = Stage(qtbot)
        first = stage.wait()
        stage.document.add_samples([190.0] * 3, [50.0] * 3, 1)
        stage.show([[1.0, -2.0, 0.5], [3.0, 4.0, 0.5]])
        qtbot.waitUntil(lambda: stage.tab.answer is not first, timeout=20_000)
        assert stage.wait().all_samples == 23

    def test_three_classes_have_no_map_but_the_examples_do(self, qtbot):
        stage = Stage(qtbot, document=document_of(3))
        assert stage.tab.question is None
        assert stage.plots[0].message == texts.other_model_text()
        stage.click_at(0.0, 0.0)
        assert stage.controller.calls == []
        stage.tab.controls.choose(data="one_sample")
        assert stage.wait().maps[0].reached_share == 1.0
        assert stage.plots[0].message == ""

    def test_explains_itself_in_two_sentences(self, qtbot):
        stage = Stage(qtbot)
        assert stage.tab.explanation().count(". ") == 1

    def test_a_language_change_and_a_dark_theme_keep_everything(self, qtbot):
        stage = Stage(qtbot)
        answer = stage.wait()
        stage.appearance.set_mode("dark")
        QApplication.sendEvent(stage.tab, QEvent(QEvent.Type.LanguageChange))
        assert stage.tab.answer is answer
        image = stage.plots[0].grab().toImage()
        assert image.pixelColor(stage.plots[0].area.center().toPoint()) != stage.appearance.theme.plot
