from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.errors import Message
from gui.panels.transport import SpeedScale, StepScale, Transport
from gui.theme import Appearance
from gui.widgets.slider import ValueSlider
from tests.gui.view_fakes import FakeController, document_of, frame_of, keep

LEFT = Qt.MouseButton.LeftButton


class Stage:
    """A transport with a document and a controller that records what it is asked."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = document_of()
        self.controller = FakeController()
        self.appearance = Appearance()
        self.view = Transport(self.document, self.controller, self.appearance)  # type: ignore[arg-type]
        keep(qtbot, self.view, self)
        self.view.resize(1000, 44)
        self.view.show()

    @property
    def calls(self) -> list[tuple[object, ...]]:
        return self.controller.calls

    def show(self, **keys: object) -> None:
        self.view.show_frame(frame_of(self.document, **keys))


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def at(slider: ValueSlider, share: float) -> QPoint:
    return QPoint(round(6 + share * (slider.width() - 12)), slider.height() // 2)


@pytest.mark.parametrize(
    ("button", "call"),
    [
        ("reset_button", "reset"),
        ("back_button", "step_back"),
        ("train_button", "toggle"),
        ("forward_button", "step_forward"),
        ("seed_button", "new_seed"),
    ],
)
def test_each_button_asks_the_controller(stage: Stage, button: str, call: str) -> None:
    stage.show(step=10)
    QTest.mouseClick(getattr(stage.view, button), LEFT)
    assert stage.calls == [(call,)]


def test_the_big_button_says_what_it_would_do(stage: Stage) -> None:
    assert stage.view.train_button.text() == "Train"
    stage.controller.play()
    assert stage.view.train_button.text() == "Pause"
    stage.controller.pause()
    assert stage.view.train_button.text() == "Train"


def test_without_two_classes_train_is_disabled_and_says_why(stage: Stage) -> None:
    stage.controller.forbid(Message("Training needs {n} classes.", {"n": 2}))
    assert not stage.view.train_button.isEnabled()
    assert not stage.view.forward_button.isEnabled()
    assert stage.view.reason_label.isVisible()
    assert stage.view.reason_label.text() == "Training needs 2 classes."
    assert stage.view.train_button.toolTip() == "Training needs 2 classes."
    stage.controller.forbid(None)
    assert stage.view.train_button.isEnabled()
    assert stage.view.reason_label.isHidden()


def test_running_training_can_be_paused_whatever_stands_in_its_way(stage: Stage) -> None:
    stage.controller.play()
    stage.controller.forbid(Message("No data."))
    assert stage.view.train_button.isEnabled()


def test_the_step_is_shown_with_its_thousands_apart(stage: Stage) -> None:
    stage.show(step=1240)
    assert stage.view.step_label.text() == "step 1,240"
    assert stage.view.scrub_slider.value() == stage.view.scrub_slider.maximum()


def test_at_the_start_there_is_nothing_to_go_back_to(stage: Stage) -> None:
    stage.show(step=0)
    assert not stage.view.back_button.isEnabled()
    assert not stage.view.scrub_slider.isEnabled()


def test_a_saved_run_stands_at_the_right_end_and_goes_back_to_where_it_was_saved(stage: Stage) -> None:
    slider = stage.view.scrub_slider
    stage.show(step=340, first_step=340)
    assert slider.value() == slider.maximum()
    assert not slider.isEnabled()
    assert "The left end is step 340" in slider.toolTip()
    stage.show(step=440, first_step=340)
    QTest.mouseClick(slider, LEFT, Qt.KeyboardModifier.NoModifier, at(slider, 0.0))
    assert ("seek", 340) in stage.calls
    stage.show(step=0)
    assert slider.value() == 0
    assert "The left end" not in slider.toolTip()


def test_dragging_the_slider_pauses_and_goes_back_in_time(stage: Stage) -> None:
    stage.show(step=1000, playing=True)
    stage.controller.play()
    stage.calls.clear()
    slider = stage.view.scrub_slider
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, at(slider, 1.0))
    assert not stage.controller.playing
    QTest.mouseMove(slider, at(slider, 0.5))
    sought = [call[1] for call in stage.calls if call[0] == "seek"]
    assert sought
    assert sought[-1] == pytest.approx(500, abs=10)
    assert stage.view.step_label.text() == f"step {sought[-1]}"
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, at(slider, 0.5))
    assert not stage.controller.playing


def test_a_frame_that_arrives_during_a_drag_leaves_the_handle_in_the_hand(stage: Stage) -> None:
    stage.show(step=1000)
    slider = stage.view.scrub_slider
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, at(slider, 1.0))
    QTest.mouseMove(slider, at(slider, 0.25))
    held = slider.value()
    stage.show(step=700, last_step=1000)
    assert slider.value() == held
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, at(slider, 0.25))
    stage.show(step=250, last_step=1000)
    assert slider.value() == pytest.approx(slider.maximum() / 4, abs=1)


def test_a_scrubbed_run_says_that_training_goes_on_from_there(stage: Stage) -> None:
    stage.show(step=250, last_step=1000)
    assert "from this step" in stage.view.train_button.toolTip()


def test_the_speed_slider_goes_up_to_as_fast_as_it_goes(stage: Stage) -> None:
    slider = stage.view.speed_slider
    QTest.mouseClick(slider, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(slider.width() - 1, 10))
    assert stage.calls == [("set_speed", None)]
    assert stage.view.speed_text.text() == "max"
    QTest.mouseClick(slider, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(1, 10))
    assert stage.calls[-1] == ("set_speed", 1.0)
    assert stage.view.speed_text.text() == "1 steps/s"


def test_a_speed_set_by_a_key_moves_the_slider(stage: Stage) -> None:
    stage.controller.set_speed(1200.0)
    assert stage.view.speed_text.text() == "1,200 steps/s"
    assert SpeedScale().value_at(stage.view.speed_slider.value()) == pytest.approx(1200, rel=0.1)


def test_at_full_speed_the_measured_one_is_shown(stage: Stage) -> None:
    stage.controller.set_speed(None)
    stage.controller.play()
    stage.show(step=10, playing=True, steps_per_second=312_345.0)
    stage.view.show_speed()
    assert stage.view.speed_text.text() == "max · 312,000 steps/s"


def test_numbers_change_a_few_times_a_second_and_the_slider_at_once(stage: Stage, qtbot: QtBot) -> None:
    stage.show(step=1, playing=True)
    shown = stage.view.step_label.text()
    for step in range(2, 40):
        stage.show(step=step, playing=True)
    assert stage.view.step_label.text() == shown
    qtbot.waitUntil(lambda: stage.view.step_label.text() == "step 39")


def test_no_click_takes_the_keys_away_from_the_canvas(stage: Stage) -> None:
    stage.show(step=10)
    for widget in (
        stage.view.train_button,
        stage.view.reset_button,
        stage.view.scrub_slider,
        stage.view.speed_slider,
    ):
        widget.clearFocus()
        QTest.mouseClick(widget, LEFT)
        assert not widget.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home])
def test_the_transport_keys_pass_through_every_control(stage: Stage, key: Qt.Key) -> None:
    stage.show(step=500, last_step=1000)
    for widget in (stage.view.train_button, stage.view.scrub_slider, stage.view.speed_slider):
        widget.setFocus()
        before = widget.value() if isinstance(widget, ValueSlider) else 0
        QTest.keyClick(widget, key)
        assert (widget.value() if isinstance(widget, ValueSlider) else 0) == before
    assert stage.calls == []


def test_the_seed_button_names_the_present_seed(stage: Stage) -> None:
    stage.document.change_settings(seed=4711)
    assert "4711" in stage.view.seed_button.toolTip()


@given(last_step=st.integers(1, 10**12), share=st.floats(0.0, 1.0))
def test_every_part_of_a_run_is_within_reach_of_the_slider(last_step: int, share: float) -> None:
    scale = StepScale(last_step)
    step = round(share * last_step)
    assert abs(scale.value_at(scale.position_of(step)) - step) <= last_step / scale.steps + 1
    assert scale.value_at(scale.steps) == last_step
    assert scale.value_at(0) == 0


def test_speeds_run_from_one_to_no_limit() -> None:
    scale = SpeedScale()
    values = [scale.value_at(position) for position in range(scale.steps + 1)]
    assert values[0] == 1.0
    assert math.isinf(values[-1])
    assert values == sorted(values)
    assert [scale.position_of(value) for value in values] == list(range(scale.steps + 1))
