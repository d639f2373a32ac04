"""What happens in a window is on disk, and stands again in the next one when it was not closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDateTime, QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine.document.commands import apply, same_rows
from engine.document.state import ClassInfo, DocumentState
from engine.files import journal_writer
from engine.files.journal import read_journal
from engine.samples import Samples
from engine.specs import StartSpec
from gui.panels.recovery_bar import RecoveryBar
from gui.recovery import CURVE_GROWTH, Recovery
from gui.undo_stack import UndoStack
from tests.gui.window_driver import CTRL, WindowDriver, answer, open_window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def driver(qtbot, folder) -> Iterator[WindowDriver]:
    with open_window(qtbot) as driver:
        protect(driver, folder)
        yield driver


def protect(driver: WindowDriver, folder: Path) -> None:
    driver.window.protect(folder)
    driver.until(lambda: recovery_of(driver).has_looked)


def recovery_of(driver: WindowDriver) -> Recovery:
    recovery = driver.window.recovery
    assert recovery is not None
    return recovery


def written(driver: WindowDriver):
    """What the journal says when all is written."""
    driver.settle()
    assert recovery_of(driver).wait_until_written()
    journal = recovery_of(driver).journal
    assert journal is not None
    return read_journal(journal)


def same_document(one, other) -> bool:
    return same_rows(one.samples.rows, other.samples.rows) and (one.classes, one.settings, one.guess) == (
        other.classes,
        other.settings,
        other.guess,
    )


def undo_texts(stack: UndoStack) -> list[str]:
    return [str(stack.entry(number)[1]) for number in range(stack.count())]


def edit(driver: WindowDriver) -> None:
    """A click, a drag, a class, a setting, and the newest of them undone."""
    driver.click(driver.free_px())
    sample = driver.lone_sample()
    start = driver.sample_px(sample)
    driver.drag(start, start + driver.free_px() * 0.02, start + driver.free_px() * 0.04)
    driver.document.add_class()
    driver.document.change_settings(seed=99)
    driver.key(Qt.Key.Key_Z, CTRL)


def leave_behind(qtbot, folder: Path, act=edit) -> dict[str, object]:
    """A window that is not closed as windows are: its journal stays. Returns what stood there."""
    with open_window(qtbot) as driver:
        protect(driver, folder)
        act(driver)
        work = written(driver)
        stack = driver.document.undo_stack
        stood = {
            "work": work,
            "state": driver.document.state,
            "texts": undo_texts(stack),
            "index": stack.index(),
            "step": driver.snapshot.step,
            "weights": driver.weights,
        }
        recovery_of(driver).close(keep=True)
        driver.window.recovery = None
    return stood


def test_nothing_is_written_before_the_first_change(driver, folder):
    driver.settle()
    assert recovery_of(driver).wait_until_written()
    assert recovery_of(driver).journal is None
    assert not folder.exists()


def test_every_change_is_in_the_journal_with_the_stack(driver):
    edit(driver)
    work, stack = written(driver), driver.document.undo_stack
    assert same_document(work.state, driver.document.state)
    assert (work.index, len(work.entries)) == (stack.index(), stack.count())
    assert work.index < len(work.entries)
    assert work.run is not None
    assert work.run.run.parameters.tobytes() == driver.weights


def test_a_closed_window_leaves_nothing(qtbot, folder):
    with open_window(qtbot) as driver:
        protect(driver, folder)
        edit(driver)
        written(driver)
        assert list(folder.iterdir())
    assert list(folder.iterdir()) == []


def test_what_was_not_closed_is_offered_and_comes_back_with_its_undo_stack(qtbot, folder):
    def act(driver):
        edit(driver)
        driver.train_to(20)

    stood = leave_behind(qtbot, folder, act)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        offer = driver.window.recovery_offer
        assert not same_document(driver.document.state, stood["state"])  # it starts clean
        assert offer.bar.isVisible()
        driver.press(offer.bar.bring_back_button)
        driver.until(lambda: not offer.bar.isVisible())
        driver.settle()
        driver.until(lambda: driver.snapshot.step == stood["step"])
        assert same_document(driver.document.state, stood["state"])
        assert undo_texts(driver.document.undo_stack) == stood["texts"]
        assert driver.document.undo_stack.index() == stood["index"]
        assert np.allclose(np.frombuffer(driver.weights), np.frombuffer(stood["weights"]), rtol=1e-12, atol=0)
        assert driver.window.sessions.is_modified
        written(driver)
        assert [path.suffix for path in folder.iterdir()].count(".journal") == 1  # the old one went
        driver.document.undo_stack.set_index(0)
        assert driver.document.undo_stack.index() == 0
    assert list(folder.iterdir()) == []


def test_discarded_work_is_gone_and_what_is_in_the_window_stays(qtbot, folder):
    leave_behind(qtbot, folder)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        before = driver.document.state
        driver.press(driver.window.recovery_offer.bar.discard_button)
        assert not driver.window.recovery_offer.bar.isVisible()
        assert driver.document.state is before
        assert list(folder.iterdir()) == []


def test_work_that_nobody_decided_about_is_offered_again(qtbot, folder):
    leave_behind(qtbot, folder)
    for _ in range(2):
        with open_window(qtbot) as driver:
            protect(driver, folder)
            assert driver.window.recovery_offer.bar.isVisible()


def test_bringing_back_asks_about_changes_in_this_window(qtbot, folder):
    stood = leave_behind(qtbot, folder)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        driver.click(driver.free_px())
        own = driver.document.state
        offer = driver.window.recovery_offer
        driver.in_dialog(answer("Cancel"), lambda: bring_back(driver))
        assert driver.document.state is own
        assert offer.bar.isVisible()
        driver.in_dialog(answer("Don't save"), lambda: bring_back(driver))
        driver.until(lambda: not offer.bar.isVisible())
        assert same_document(driver.document.state, stood["state"])


def bring_back(driver: WindowDriver) -> None:
    driver.press(driver.window.recovery_offer.bar.bring_back_button)
    driver.until(lambda: not recovery_of(driver).is_reading)


def test_two_windows_do_not_offer_the_work_of_each_other(qtbot, folder):
    with open_window(qtbot) as one:
        protect(one, folder)
        edit(one)
        written(one)
        with open_window(qtbot) as other:
            protect(other, folder)
            assert other.window.recovery_offer.bar is None
            edit(other)
            written(other)
            assert recovery_of(one).journal != recovery_of(other).journal


def test_a_drag_is_one_command_in_the_journal_and_an_aborted_one_is_none(driver):
    driver.click(driver.free_px())
    sample = driver.lone_sample()
    start = driver.sample_px(sample)
    written(driver)
    driver.drag(start, *(start + QPoint(step, -step) for step in range(1, 12)))
    work = written(driver)
    assert [entry.key for entry in work.entries] == ["add", "move"]
    assert same_document(work.state, driver.document.state)
    driver.drag(driver.sample_px(sample), driver.sample_px(sample) + QPoint(20, 20), driver.sample_px(sample))
    assert len(written(driver).entries) == driver.document.undo_stack.count()
    assert same_document(written(driver).state, driver.document.state)


def test_what_takes_the_place_of_undone_commands_does_so_in_the_journal(driver):
    for seed in (1, 2, 3):
        driver.document.change_settings(seed=seed)
    written(driver)
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.key(Qt.Key.Key_Z, CTRL)
    assert (written(driver).index, len(written(driver).entries)) == (1, 3)
    driver.document.change_settings(batch_size=8)
    driver.document.change_settings(batch_size=9)
    work = written(driver)
    assert [entry.key for entry in work.entries] == [
        "setting_seed",
        "setting_batch_size",
        "setting_batch_size",
    ]
    assert (work.state.settings.seed, work.state.settings.batch_size) == (1, 9)


def test_where_the_oldest_commands_go_the_journal_holds_those_that_are_left(driver, monkeypatch):
    monkeypatch.setattr("gui.undo_stack.UNDO_BYTES", 20_000)
    edit(driver)
    for number in range(30):
        driver.document.change_settings(seed=number)
        if number % 7 == 0:
            QApplication.processEvents()
    work, stack = written(driver), driver.document.undo_stack
    assert stack.count() < 20
    assert same_document(work.state, driver.document.state)
    assert (work.index, len(work.entries)) == (stack.index(), stack.count())
    state = work.state
    for entry in reversed(work.entries):
        state = apply(state, entry.command.inverted())
    stack.set_index(0)
    assert same_document(state, driver.document.state)


def test_another_document_begins_the_journal_anew(driver):
    edit(driver)
    written(driver)
    driver.document.open(
        DocumentState(Samples.from_columns([170.0], [60.0], [0]), (ClassInfo(0), ClassInfo(1)))
    )
    work = written(driver)
    assert len(work.state.samples) == 1
    assert (work.index, len(work.entries)) == (0, 0)
    driver.document.change_settings(seed=5)
    assert written(driver).state.settings.seed == 5


def test_training_alone_is_worth_a_journal(driver):
    driver.train_to(5)
    work = written(driver)
    assert len(work.entries) == 0
    assert work.run.run.step == driver.snapshot.step


def test_the_loss_curve_comes_back_without_being_written_at_each_step(qtbot, folder):
    drawn = []

    def act(driver):
        driver.train_to(40)
        written(driver)
        size = recovery_of(driver).journal.stat().st_size
        for _ in range(3):
            driver.step_on(1)
            written(driver)
        assert b'"curve"' not in recovery_of(driver).journal.read_bytes()[size:]
        drawn.append(driver.frames[-1].curve.steps.tolist())

    leave_behind(qtbot, folder, act)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        bring_back(driver)
        driver.settle()
        again = driver.frames[-1].curve.steps.tolist()
        assert set(again[:-1]) <= set(drawn[0][:-3])
        assert again[-2:] == [drawn[0][-4], drawn[0][-1]]  # its end is where the model stands
        driver.step_on(2)
        last = drawn[0][-1]
        assert driver.frames[-1].curve.steps.tolist() == [*again, last + 1, last + 2]


def test_the_end_of_the_curve_that_comes_back_is_what_the_weights_are_worth(qtbot, folder):
    stood = []

    def act(driver):
        driver.train_to(40)
        written(driver)
        driver.step_on(2)
        stood.append(driver.snapshot.metrics)

    step = leave_behind(qtbot, folder, act)["step"]
    with open_window(qtbot) as driver:
        protect(driver, folder)
        bring_back(driver)
        driver.settle()
        curve = driver.frames[-1].curve
        assert curve.last_step == step
        ends = [[curve.arrays(row, metric)[3][-1] for metric in range(3)] for row in (0, 1)]
        np.testing.assert_allclose(ends, stood[0], rtol=1e-12)


def test_the_curve_is_written_while_training_goes_on(driver):
    driver.controller.set_speed(None)
    driver.key(Qt.Key.Key_Space)
    for step in (20, 200, 2000):
        driver.until(lambda step=step: driver.snapshot.step >= step)
        assert recovery_of(driver).wait_until_written()
        run = read_journal(recovery_of(driver).journal).run.run
        assert run.step >= step
        assert run.curve.step[0] == 0
        assert run.step < CURVE_GROWTH * run.curve.step[-1]
    driver.key(Qt.Key.Key_Space)
    driver.stand()


def test_undo_after_coming_back_shows_the_scene_of_those_people(qtbot, folder):
    def act(driver):
        scenes = driver.window.scenes
        driver.click(driver.free_px())
        scenes.open_scene(next(entry for entry in scenes.scenes if entry.key == "three_classes"))
        driver.settle()
        driver.click(driver.free_px())

    leave_behind(qtbot, folder, act)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        bring_back(driver)
        window = driver.window
        title = window.scene_card.title_label.text()
        for _ in range(2):
            assert window.scenes.scene.key == "three_classes"
            assert window.scene_card.title_label.text() == title
            assert len(driver.document.state.classes) == 3
            driver.key(Qt.Key.Key_Z, CTRL)
        assert len(driver.document.state.classes) == 2
        assert window.scenes.scene is None  # the journal does not say whose people these were
        assert window.windowTitle() == "Untitled[*]"
        driver.key(Qt.Key.Key_Y, CTRL)
        assert window.scene_card.title_label.text() == title


def test_the_tab_the_ruler_and_the_class_come_back(qtbot, folder):
    def act(driver):
        edit(driver)
        driver.window.lab.open_tab("verdict")
        driver.window.loss_plot.set_ruler("mse")
        driver.interaction.set_current_class(1)
        driver.document.change_settings(seed=3)

    leave_behind(qtbot, folder, act)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        bring_back(driver)
        assert driver.window.lab.current_key == "verdict"
        assert driver.window.loss_plot.ruler == "mse"
        assert driver.interaction.current_class == 1


def test_a_start_of_exact_numbers_is_converted_to_the_classes_as_before(qtbot, folder):
    starts = []

    def act(driver):
        driver.document.change_settings(start=StartSpec("exact", parameters=(1.0, 2.0, 3.0)))
        driver.settle()
        driver.document.add_class()
        driver.settle()
        driver.train_to(3)
        driver.controller.reset()
        driver.until(lambda: driver.snapshot.step == 0)
        starts.append(driver.snapshot.parameters)

    leave_behind(qtbot, folder, act)
    with open_window(qtbot) as driver:
        protect(driver, folder)
        bring_back(driver)
        driver.settle()
        driver.train_to(3)
        driver.controller.reset()
        driver.until(lambda: driver.snapshot.step == 0)
        np.testing.assert_allclose(driver.snapshot.parameters, starts[0], rtol=1e-12)


def test_work_that_cannot_be_read_is_told_and_can_be_discarded(qtbot, folder):
    leave_behind(qtbot, folder)
    (path,) = folder.glob("*.journal")
    with open_window(qtbot) as driver:
        protect(driver, folder)
        before = driver.document.state
        data = bytearray(path.read_bytes())
        data[200] ^= 1
        path.write_bytes(data)
        bring_back(driver)
        assert "recovery file" in driver.notice
        assert driver.document.state is before
        assert path.exists()
        driver.press(driver.window.recovery_offer.bar.discard_button)
        assert not path.exists()


def test_a_folder_that_cannot_be_used_is_told_once_and_work_goes_on(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(journal_writer, "RETRY_SECONDS", 0.01)
    in_the_way = tmp_path / "recovery"
    in_the_way.write_text("not a folder", encoding="utf-8")
    with open_window(qtbot) as driver:
        protect(driver, in_the_way)
        told = []
        recovery_of(driver).notice.connect(told.append)
        edit(driver)
        driver.until(lambda: bool(told))
        assert driver.notice == told[0]
        edit(driver)
        in_the_way.unlink()
        assert same_document(written(driver).state, driver.document.state)
        assert len(told) == 1


def test_the_bar_names_the_time_and_on_another_day_the_date(qtbot):
    bar = RecoveryBar()
    qtbot.addWidget(bar)
    now = QDateTime.currentDateTime()
    bar.show_offer(now.toSecsSinceEpoch())
    assert bar.label.text() == f"Work of {now.toString('HH:mm')} was not closed."
    before = now.addDays(-3)
    bar.show_offer(before.toSecsSinceEpoch())
    assert bar.label.text() == f"Work of {before.toString('yyyy-MM-dd, HH:mm')} was not closed."
    bar.show_offer(None)
    assert bar.isHidden()
