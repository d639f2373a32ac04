"""Hidden layers in the lab's tab: slices through the run's own weights, measured by a press."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.models import layout_of
from engine.specs import ModelSpec, OptimizerSpec
from gui.plots.hidden import words
from gui.plots.hidden.tab import HiddenTab
from tests.gui.hidden_examples import centre_of
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.view_fakes import FakeController, document_of, frame_of, snapshot_of


class FakeLoader(FakeController):
    def load(self, parameters: np.ndarray, scaler: object) -> None:
        self.calls.append(("load", parameters, scaler))


class Stage(LabBench):
    tab_type = HiddenTab
    starts_in_front = False

    def __init__(self, qtbot, **settings: object) -> None:
        document = document_of(2, **{"model": "mlp", "hidden": (3, 2), **settings})
        super().__init__(qtbot, document, (460, 420), FakeLoader())

    @property
    def rows(self) -> np.ndarray:
        model = self.document.state.model
        count, models = layout_of(model).parameter_count, len(self.document.state.losses)
        return np.random.default_rng(5).normal(0.0, 1.0, (models, count))

    def show(self, parameters: np.ndarray | None = None, **keys: object) -> None:
        self.draw(self.rows if parameters is None else parameters, **keys)
        self.tab.set_active(True)

    def wait_for_slice(self):
        self.qtbot.waitUntil(lambda: self.tab.slice_answer is not None and self.tab.slice_answer.is_finest)
        return self.tab.slice_answer


@pytest.fixture
def make_stage(qtbot):
    def make(**settings: object) -> Stage:
        return Stage(qtbot, **settings)

    return make


# --- slices -----------------------------------------------------------------------------------------


def test_the_tab_draws_both_losses_through_the_selected_models_weights(make_stage):
    stage = make_stage()
    stage.show()
    answer = stage.wait_for_slice()
    assert np.array_equal(answer.question.centre.parameters, stage.rows[0])
    slices = stage.tab.slices
    assert [panel.loss for panel in slices.panels] == ["bce", "mse"]
    assert all(panel.picture_box == answer.question.box for panel in slices.panels)
    assert "trained on BCE at step 100" in slices.hint.text
    for share, grid in zip(slices.shares, answer.grids, strict=True):
        assert share.text == words.share_text(grid)
        assert "2 × 2 Hessian" in share.text
    stage.interaction.set_selected_model(1)
    stage.qtbot.waitUntil(
        lambda: np.array_equal(stage.tab.slice_answer.question.centre.parameters, stage.rows[1])
    )


def test_any_layer_and_any_two_weights_can_be_chosen(make_stage):
    stage = make_stage()
    stage.show()
    stage.wait_for_slice()
    controls = stage.tab.controls
    assert [controls.layer.button(key).isVisible() for key in "0123"] == [True, True, True, False]
    QTest.mouseClick(controls.layer.button("1"), LEFT)
    controls.choose(kind="weights")
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.question.kind == "weights")
    place = stage.tab.slice_answer.question.centre.layout.layer_slice(1)
    assert controls.first.count() == place.stop - place.start
    names = [controls.first.itemText(row) for row in range(controls.first.count())]
    assert names == ["w 1, unit 1", "w 2, unit 1", "w 3, unit 1", "b, unit 1",
                     "w 1, unit 2", "w 2, unit 2", "w 3, unit 2", "b, unit 2"]  # fmt: skip
    before = stage.tab.slice_answer.question.pair
    controls.first.setCurrentIndex(controls.first.findData(str(before[1])))
    controls.first.activated.emit(controls.first.currentIndex())
    assert controls.choices.pair == (before[1], before[0])
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.question.pair == (before[1], before[0]))
    u, v = stage.tab.slice_answer.question.now
    assert (u, v) == tuple(stage.rows[0][[before[1], before[0]]])


def test_with_fewer_layers_the_choice_of_one_that_is_gone_follows(make_stage):
    stage = make_stage()
    stage.show()
    stage.wait_for_slice()
    controls = stage.tab.controls
    controls.choose(kind="weights")
    QTest.mouseClick(controls.layer.button("2"), LEFT)
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.question.layer == 2)
    # Asked in between: the frame of a smaller model has come, and the choice is still the former one.
    former, stage.tab._centre = stage.tab._centre, centre_of(hidden=(2,))
    stage.tab._ask_slice()
    stage.tab._centre = former
    stage.document.change_settings(hidden=(2,))
    stage.show()
    stage.qtbot.waitUntil(
        lambda: stage.tab.slice_answer is not None and stage.tab.slice_answer.question.layer == 1
    )


def test_the_dice_draw_another_slice_and_the_wheel_a_larger_box(make_stage):
    stage = make_stage()
    stage.show()
    first = stage.wait_for_slice()
    QTest.mouseClick(stage.tab.controls.dice, LEFT)
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.question.seed == 1)
    assert not np.array_equal(stage.tab.slice_answer.grids[0].loss, first.grids[0].loss)
    stage.tab.slices.panels[0].zoomed.emit(2.0, 0.0, 0.0)
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.question.half_width == 6.0)
    assert stage.tab.controls.half_width.value == 6.0


def test_a_click_on_a_slice_starts_a_run_there(make_stage):
    stage = make_stage()
    stage.show()
    answer = stage.wait_for_slice()
    panel = stage.tab.slices.panels[0]
    panel.waits_for_double_click = False
    QTest.mouseClick(panel, LEFT, pos=panel.pixel_of(1.5, -2.0).toPoint())
    ((name, row, scaler),) = stage.controller.calls
    assert name == "load"
    assert scaler == answer.question.centre.scaler
    at = panel.layout_.to_point(panel.box, QPointF(panel.pixel_of(1.5, -2.0).toPoint()))
    assert np.allclose(row, answer.question.plane(2).parameters(*at))


def test_while_training_plays_the_slices_follow_coarsely_and_then_finely(make_stage):
    stage = make_stage()
    stage.show(playing=True)
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer is not None)
    assert stage.tab.slice_answer.grids[0].loss.shape == (15, 15)
    stage.show(stage.rows + 0.25, playing=True)
    stage.qtbot.waitUntil(
        lambda: np.array_equal(stage.tab.slice_answer.question.centre.parameters, stage.rows[0] + 0.25)
    )
    stage.show(stage.rows + 0.25)
    stage.qtbot.waitUntil(lambda: stage.tab.slice_answer.grids[0].loss.shape == (41, 41))


# --- measuring --------------------------------------------------------------------------------------


def test_the_measure_view_measures_by_itself_once_and_says_over_what(make_stage):
    stage = make_stage(hidden=(2,))
    stage.show()
    QTest.mouseClick(stage.tab.controls.view.button("measure"), LEFT)
    stage.qtbot.waitUntil(
        lambda: stage.tab.shares is not None and stage.tab.shares.is_complete, timeout=20_000
    )
    measure_view = stage.tab.measure
    assert [group.name for group in measure_view.bars.groups] == ["layer 1", "output"]
    assert measure_view.conclusion.text() == words.conclusion(stage.tab.shares)
    note = measure_view.box_note.text()
    assert "± 3 along two random directions around the weights trained on BCE at step 100" in note
    assert "225 points a slice, 5 seeds, 20 samples" in note
    stage.qtbot.waitUntil(lambda: stage.tab.controls.run.text() == "Measure again here")
    measure_view.grab()
    done = stage.tab.shares
    stage.show(stage.rows + 1.0)
    assert stage.tab.shares is done


def test_measuring_can_be_stopped_and_begun_again(make_stage):
    stage = make_stage(hidden=(16, 16, 16))
    stage.show()
    stage.tab.controls.choose(view="measure")
    assert stage.tab.controls.progress.isVisible()
    assert stage.tab.controls.run.text() == "Stop"
    QTest.mouseClick(stage.tab.controls.run, LEFT)
    assert stage.tab.feed.measuring is None
    assert not stage.tab.controls.progress.isVisible()
    stage.show()
    assert stage.tab.feed.measuring is None
    QTest.mouseClick(stage.tab.controls.run, LEFT)
    assert stage.tab.feed.measuring is not None
    stage.tab.set_active(False)
    assert stage.tab.feed.measuring is None


def test_an_edit_of_the_samples_makes_what_was_measured_void(make_stage):
    stage = make_stage(hidden=(1,))
    stage.show()
    stage.tab.controls.choose(view="measure")
    stage.qtbot.waitUntil(
        lambda: stage.tab.shares is not None and stage.tab.shares.is_complete, timeout=20_000
    )
    stage.document.move_samples([0], 3.0, 3.0, object())
    stage.show()
    assert stage.tab.shares is None
    assert stage.tab.feed.measuring is not None


# --- other models -----------------------------------------------------------------------------------


def test_with_another_model_it_says_how_to_come_to_hidden_layers_and_takes_one_there(make_stage):
    stage = make_stage(model="logistic", optimizer=OptimizerSpec("adam"))
    stage.show(np.ones((2, 3)))
    assert "This model has no hidden layers" in stage.tab.reason.text()
    QTest.mouseClick(stage.tab.choose_button, LEFT)
    assert stage.document.state.model == ModelSpec("mlp", 2, (3, 2), "tanh")
    assert stage.document.state.settings.start.kind == "normal"
    stage.show()
    assert stage.wait_for_slice() is not None
    assert not stage.tab.reason.isVisible()


def test_with_three_classes_the_button_waits_for_two(make_stage, qtbot):
    stage = make_stage()
    stage.document.add_class()
    snapshot = snapshot_of(stage.document, parameters=np.zeros((2, 9)))
    stage.tab.show_frame(replace(frame_of(stage.document, parameters=np.zeros((2, 9))), snapshot=snapshot))
    stage.tab.set_active(True)
    assert not stage.tab.choose_button.isEnabled()
    assert "make the problem binary" in stage.tab.reason.text()


def test_behind_other_tabs_nothing_is_computed(make_stage):
    stage = make_stage()
    stage.tab.show_frame(frame_of(stage.document, parameters=stage.rows))
    assert stage.tab.slice_answer is None
    assert stage.tab.feed.wait_until_idle()


def test_every_text_is_set_again_when_the_language_changes(make_stage, monkeypatch):
    stage = make_stage()
    stage.show()
    stage.wait_for_slice()
    for module in ("tab", "words", "controls", "bars"):
        monkeypatch.setattr(
            f"gui.plots.hidden.{module}.translate",
            lambda context, text, **values: f"<{text.format(**values) if values else text}>",
        )
    QApplication.sendEvent(stage.tab, QEvent(QEvent.Type.LanguageChange))
    assert stage.tab.controls.view.button("slice").text() == "<Slice>"
    assert stage.tab.controls.layer.button("2").text() == "<output>"
    assert stage.tab.slices.hint.text.startswith("<Through the weights")
    assert stage.tab.slices.shares[0].text.startswith("<curves downwards")
    assert stage.tab.measure.bars.groups[0].name == "<layer 1>"
