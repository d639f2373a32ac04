"""Frames for the views, the document's changes for the runner, and no tick while nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.document.state import ClassInfo, DocumentState, GuessLine, Settings
from engine.entropy import smoothed_entropy
from engine.errors import Message
from engine.samples import Samples
from engine.snapshots import RegionRequest, Snapshot
from engine.specs import OptimizerSpec, StartSpec
from gui import references
from gui.document import Document
from gui.frame import Frame
from gui.training_controller import TrainingController
from tests.engine.run_examples import WRONG_WAY, bare_steps, people

TWO = (ClassInfo(0), ClassInfo(1))
TIMEOUT_MS = 30_000


def two_class_state(**settings: object) -> DocumentState:
    return DocumentState(people(), TWO, replace(Settings(start=WRONG_WAY), **settings), data_revision=1)


class Desk:
    """A controller with its document, and everything that it says."""

    def __init__(self, qtbot: QtBot, state: DocumentState) -> None:
        self._qtbot = qtbot
        self.document = Document(state)
        self.frames: list[Frame] = []
        self.notices: list[Message] = []
        self.playing: list[bool] = []
        self.controller = TrainingController(self.document)
        self.controller.frame.connect(self.frames.append)
        self.controller.notice.connect(self.notices.append)
        self.controller.playing_changed.connect(self.playing.append)

    @property
    def snapshot(self) -> Snapshot:
        return self.frames[-1].snapshot

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=TIMEOUT_MS)

    def settle(self) -> Snapshot:
        """The frame after everything sent so far (not while training plays)."""
        assert self.controller.wait_until_idle()
        runner = self.controller._runner
        assert runner is not None
        self.until(lambda: bool(self.frames) and not runner.mailbox.has_snapshot)
        return self.snapshot

    def train_to(self, step: int) -> Snapshot:
        self.controller.play()
        self.until(lambda: bool(self.frames) and self.snapshot.step >= step)
        self.controller.pause()
        return self.settle()


@pytest.fixture
def desk_of(qtbot: QtBot) -> Iterator[Callable[[DocumentState], Desk]]:
    desks: list[Desk] = []

    def make(state: DocumentState) -> Desk:
        desks.append(Desk(qtbot, state))
        return desks[-1]

    yield make
    for desk in desks:
        desk.controller.close()


@pytest.fixture
def desk(desk_of: Callable[[DocumentState], Desk]) -> Desk:
    return desk_of(two_class_state())


def test_a_first_frame_comes_by_itself(desk: Desk) -> None:
    snapshot = desk.settle()
    assert (snapshot.step, snapshot.playing) == (0, False)
    assert not desk.controller.playing
    assert desk.controller.can_train is None


def test_playing_draws_frames_until_pause_and_trains_the_same_steps(desk: Desk) -> None:
    desk.settle()
    snapshot = desk.train_to(300)
    assert len(desk.frames) > 2
    assert not snapshot.playing
    expected = bare_steps(desk.document.state.training_spec(), snapshot.step)
    np.testing.assert_array_equal(snapshot.parameters, expected.parameters)
    assert desk.frames[-1].curve.last_step == snapshot.step
    assert desk.playing == [True, False]


def test_frames_never_go_back_and_tell_whether_the_curve_changed(desk: Desk) -> None:
    desk.settle()
    desk.train_to(300)
    desk.controller.seek(100)
    desk.settle()
    steps = [frame.snapshot.step for frame in desk.frames]
    assert steps[:-1] == sorted(steps[:-1])
    assert steps[-1] == 100
    assert not desk.frames[-1].curve_changed
    assert any(frame.curve_changed for frame in desk.frames)


def test_nothing_ticks_while_nothing_happens(desk: Desk) -> None:
    desk.train_to(10)
    desk.until(lambda: not desk.controller._clock.is_ticking)
    count = len(desk.frames)
    desk.controller.request_regions(None)
    desk.settle()
    desk.until(lambda: not desk.controller._clock.is_ticking)
    assert len(desk.frames) == count + 1


def test_toggle_plays_and_pauses(desk: Desk) -> None:
    desk.controller.toggle()
    assert desk.controller.playing
    desk.controller.toggle()
    assert not desk.controller.playing
    desk.settle()
    assert not desk.controller.playing


def test_transport_steps_and_goes_back(desk: Desk) -> None:
    for _ in range(3):
        desk.controller.step_forward()
    assert desk.settle().step == 3
    desk.controller.step_back()
    assert (desk.settle().step, desk.snapshot.last_step) == (2, 3)
    desk.controller.reset()
    snapshot = desk.settle()
    assert (snapshot.step, snapshot.run_id) == (0, 2)
    curve = desk.frames[-1].curve
    assert curve.arrays(0, 0)[0].tolist() == [0]
    assert curve.arrays(0, 0)[3].tolist() == [snapshot.metrics[0, 0]]


def test_an_edit_while_training_reaches_the_model_and_marks_the_curve(desk: Desk) -> None:
    desk.settle()
    desk.controller.play()
    desk.until(lambda: desk.snapshot.step > 10)
    desk.document.move_samples([3], 0.0, 25.0)
    revision = desk.document.state.data_revision
    desk.until(lambda: desk.snapshot.data_revision == revision)
    assert desk.controller.playing
    desk.controller.pause()
    desk.settle()
    assert [mark.kind for mark in desk.frames[-1].marks] == ["data"]
    assert desk.snapshot.run_id == 1
    assert desk.notices == []


def test_what_training_does_not_read_is_not_sent(desk: Desk) -> None:
    desk.settle()
    count = len(desk.frames)
    desk.document.change_settings(threshold=0.3)
    desk.document.set_guess(GuessLine(0.1, 0.2, 0.3))
    assert desk.controller.wait_until_idle()
    desk.controller.request_regions(None)
    desk.settle()
    assert len(desk.frames) == count + 1


def test_undo_of_a_setting_reaches_the_model(desk: Desk) -> None:
    desk.document.change_settings(optimizer=OptimizerSpec("adam", 0.02))
    assert desk.settle().spec.optimizer.kind == "adam"
    desk.document.undo_stack.undo()
    assert desk.settle().spec.optimizer.kind == "gd"


def test_another_model_shape_says_that_a_new_run_starts(desk: Desk) -> None:
    desk.train_to(20)
    desk.document.add_class()
    snapshot = desk.settle()
    assert (snapshot.run_id, snapshot.step, snapshot.spec.model.n_classes) == (2, 0, 3)
    assert [str(notice) for notice in desk.notices] == [
        "Another model shape: a new run starts from the converted weights."
    ]


def test_other_losses_say_that_a_new_run_starts(desk: Desk) -> None:
    desk.train_to(20)
    desk.document.change_settings(loss_mode="mse")
    assert desk.settle().run_id == 2
    assert desk.frames[-1].curve.models == 1
    assert [str(notice) for notice in desk.notices] == [
        "Other losses: a new run starts from the start weights."
    ]


def test_before_any_step_there_is_no_run_to_speak_of(desk: Desk) -> None:
    desk.settle()
    desk.document.add_class()
    desk.document.change_settings(loss_mode="mse")
    desk.settle()
    assert desk.notices == []


def test_another_document_starts_at_its_own_start(desk: Desk) -> None:
    desk.train_to(20)
    other = replace(two_class_state(start=StartSpec("zeros")), samples=people(seed=9))
    desk.document.replace(other, "Open a scene")
    snapshot = desk.settle()
    assert (snapshot.step, snapshot.playing) == (0, False)
    np.testing.assert_array_equal(snapshot.parameters, np.zeros((2, 3)))
    assert desk.notices == []


def test_without_two_classes_of_people_training_says_why_it_does_not_begin(desk: Desk) -> None:
    changes: list[bool] = []
    desk.controller.can_train_changed.connect(lambda: changes.append(desk.controller.can_train is None))
    desk.train_to(20)
    desk.document.clear_samples()
    assert desk.controller.can_train is not None
    desk.controller.play()
    assert not desk.controller.playing
    desk.controller.step_forward()
    assert [str(notice) for notice in desk.notices] == [str(desk.controller.can_train)] * 2
    desk.document.undo_stack.undo()
    assert desk.controller.can_train is None
    assert changes == [False, True]


def test_losing_the_people_while_training_pauses_and_says_why(desk: Desk) -> None:
    desk.settle()
    desk.controller.play()
    desk.until(lambda: desk.snapshot.step > 10)
    desk.document.clear_samples()
    desk.until(lambda: not desk.controller.playing)
    assert len(desk.notices) == 1
    assert desk.snapshot.step > 10


def test_a_document_of_one_class_waits_for_a_second(desk_of: Callable[[DocumentState], Desk]) -> None:
    desk = desk_of(DocumentState(Samples.from_columns([170.0], [60.0], [0]), (ClassInfo(0),)))
    assert desk.controller.can_train is not None
    for act in (
        desk.controller.play,
        desk.controller.pause,
        desk.controller.step_forward,
        desk.controller.step_back,
        desk.controller.reset,
        desk.controller.train_from_guess,
    ):
        act()
    desk.controller.seek(3)
    desk.controller.set_speed(10.0)
    desk.controller.set_hidden(False)
    assert desk.frames == []
    desk.document.add_class()
    desk.document.add_samples([175.0], [90.0], 1)
    assert desk.controller.can_train is None
    assert desk.settle().spec.class_ids == tuple(info.class_id for info in desk.document.state.classes)


def test_going_down_to_one_class_pauses_and_keeps_the_model(desk: Desk) -> None:
    desk.settle()
    desk.controller.play()
    desk.until(lambda: desk.snapshot.step > 10)
    desk.document.remove_class(1, None)
    assert not desk.controller.playing
    snapshot = desk.settle()
    assert snapshot.spec.model.n_classes == 2
    desk.document.undo_stack.undo()
    assert desk.controller.can_train is None
    assert desk.settle().spec.model.n_classes == 2


def test_a_start_that_does_not_fit_gives_way_to_zeros(desk_of: Callable[[DocumentState], Desk]) -> None:
    state = DocumentState(Samples.from_columns([170.0], [60.0], [0]), (ClassInfo(0),))
    desk = desk_of(replace(state, settings=Settings(start=StartSpec("exact", parameters=(1.0,)))))
    desk.document.add_class()
    snapshot = desk.settle()
    assert not snapshot.parameters.any()
    assert not desk.notices


def test_divergence_is_told_once_with_a_rate(desk: Desk) -> None:
    desk.document.change_settings(
        optimizer=OptimizerSpec("momentum", 1e6), loss_mode="cross_entropy", start=StartSpec()
    )
    desk.settle()
    desk.controller.play()
    desk.until(lambda: bool(desk.frames) and desk.snapshot.stop is not None)
    assert not desk.controller.playing
    desk.controller.request_regions(None)
    desk.settle()
    assert len(desk.notices) == 1
    assert "diverged" in str(desk.notices[0])


def test_an_oscillation_is_told_once_while_training_goes_on(desk: Desk) -> None:
    desk.document.change_settings(
        optimizer=OptimizerSpec("gd", 40.0), loss_mode="cross_entropy", start=StartSpec()
    )
    desk.train_to(3000)
    assert any(frame.snapshot.warning is not None for frame in desk.frames)
    assert len(desk.notices) == 1
    assert "oscillates" in str(desk.notices[0])


def test_the_speed_limit_reaches_the_runner(desk: Desk) -> None:
    heard: list[float | None] = []
    desk.controller.speed_changed.connect(heard.append)
    desk.controller.set_speed(20.0)
    desk.controller.set_speed(20.0)
    assert (desk.controller.speed, heard) == (20.0, [20.0])
    desk.train_to(3)
    assert [frame.snapshot.step for frame in desk.frames if frame.snapshot.playing][-1] <= 5


def test_regions_come_with_the_frames(desk: Desk) -> None:
    request = RegionRequest(150.0, 190.0, 40.0, 100.0, columns=8, rows=6, model_index=1)
    desk.controller.request_regions(request)
    grid = desk.settle().regions
    assert grid is not None
    assert grid.request is request


def test_training_starts_from_the_persons_line(desk: Desk) -> None:
    guess = GuessLine(-0.24, 0.245, 23.0)
    desk.document.set_guess(guess)
    desk.controller.train_from_guess()
    desk.until(lambda: bool(desk.frames) and desk.snapshot.step > 5)
    desk.controller.seek(0)
    snapshot = desk.settle()
    original = snapshot.scaler.to_original_units(snapshot.parameters)
    np.testing.assert_allclose(original, [[guess.per_cm, guess.per_kg, guess.bias]] * 2, rtol=1e-9)


def test_a_softmax_of_two_classes_starts_from_the_persons_line_too(desk: Desk) -> None:
    desk.document.change_settings(model="softmax", start=StartSpec())
    guess = GuessLine(-0.24, 0.245, 23.0)
    desk.document.set_guess(guess)
    desk.controller.train_from_guess()
    desk.controller.seek(0)
    snapshot = desk.settle()
    rows = snapshot.scaler.to_original_units(snapshot.parameters.reshape(2, 2, 3))
    expected = [guess.per_cm, guess.per_kg, guess.bias]
    np.testing.assert_allclose(rows[:, 1] - rows[:, 0], [expected] * 2, rtol=1e-9)
    np.testing.assert_allclose(rows.sum(axis=1), 0.0, atol=1e-9)


def test_a_new_seed_is_another_one_and_starts_again(desk: Desk) -> None:
    desk.document.change_settings(start=StartSpec("normal"))
    old, before = desk.document.state.settings.seed, desk.settle().parameters
    desk.train_to(5)
    desk.controller.new_seed()
    snapshot = desk.settle()
    assert desk.document.state.settings.seed != old
    assert snapshot.step == 0
    assert not np.array_equal(snapshot.parameters, before)


def test_the_optimum_is_found_kept_up_and_forgotten(desk: Desk) -> None:
    desk.controller.show_optimum(True)
    assert desk.controller.is_optimum_shown
    desk.until(lambda: desk.controller.optimum is not None and desk.controller.best_mse is not None)
    first = desk.controller.optimum
    desk.document.move_samples([3], 0.0, 25.0)
    desk.until(lambda: desk.controller.optimum is not first)
    assert desk.controller.optimum_scaler == desk.settle().scaler
    desk.document.change_settings(loss_mode="cross_entropy")
    desk.until(lambda: desk.controller.best_mse is None)
    desk.document.add_class()
    assert desk.controller.optimum is None
    desk.until(lambda: desk.controller.optimum is not None)
    desk.controller.show_optimum(False)
    assert desk.controller.optimum is None


def test_the_entropy_of_the_targets_comes_with_the_optimum(desk: Desk) -> None:
    assert desk.controller.entropy_bound_of(0) is None
    desk.controller.show_optimum(True)
    desk.until(lambda: desk.controller.entropy_bound_of(0) is not None)
    assert desk.controller.entropy_bound_of(0) == 0.0
    desk.document.change_settings(label_smoothing=0.1)
    desk.until(lambda: desk.controller.entropy_bound_of(0) != 0.0)
    assert desk.controller.entropy_bound_of(1) == pytest.approx(smoothed_entropy(2, 0.1))
    desk.until(lambda: desk.controller.optimum is not None)
    assert desk.controller.optimum.cross_entropy > desk.controller.entropy_bound_of(0)
    desk.controller.show_optimum(False)
    assert desk.controller.entropy_bound_of(0) is None


def test_with_one_class_left_there_is_no_optimum(desk: Desk) -> None:
    desk.controller.show_optimum(True)
    desk.controller.show_optimum(True)
    desk.until(lambda: desk.controller.optimum is not None)
    desk.document.remove_class(1, None)
    assert desk.controller.optimum is None
    assert desk.controller.is_optimum_shown
    desk.document.undo_stack.undo()
    desk.until(lambda: desk.controller.optimum is not None)


def test_a_search_that_fails_leaves_no_optimum_and_training_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ArithmeticError("no search")

    monkeypatch.setattr(references, "find_optimum", fail)
    heard: list[bool] = []
    desk.controller.optimum_changed.connect(lambda: heard.append(True))
    desk.controller.show_optimum(True)
    desk.until(lambda: bool(heard))
    assert desk.controller.optimum is None
    assert "no search" in caplog.text
    assert desk.train_to(10).step >= 10


def test_a_hidden_window_goes_on_training(desk: Desk) -> None:
    desk.settle()
    desk.controller.set_hidden(True)
    desk.train_to(2000)
    desk.controller.set_hidden(False)
    desk.train_to(desk.snapshot.step + 100)


def test_after_closing_nothing_is_emitted(desk: Desk, qtbot: QtBot) -> None:
    desk.settle()
    desk.controller.play()
    desk.until(lambda: desk.snapshot.step > 10)
    desk.controller.close()
    count = len(desk.frames)
    for _ in range(20):
        qtbot.wait(1)
    assert len(desk.frames) == count
