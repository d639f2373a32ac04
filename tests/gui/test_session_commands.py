"""Sessions in the window: saved, marked as unsaved, asked about, opened at their step, listed, dropped."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.files.session import read_session
from engine.specs import StartSpec
from tests.gui.window_driver import CTRL, NO_KEYS, SHIFT, answer, open_window

SAVE, DISCARD, CANCEL = "Save", "Don't save", "Cancel"
HEIGHTS, WEIGHTS = np.linspace(140.0, 200.0, 13), np.linspace(40.0, 120.0, 13)


@pytest.fixture
def driver(qtbot, tmp_path):
    with open_window(qtbot, settings=tmp_path / "settings.ini") as driver:
        driver.may_close = type(driver.window.sessions).may_close
        yield driver


@pytest.fixture
def choose(monkeypatch):
    """Have the system's file dialogs choose a path, or none."""

    def choose(path):
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path) if path else "", ""))

    return choose


def files_stand(driver):
    """Let reading and writing end, and its news arrive."""
    file = driver.window.sessions.file
    driver.until(lambda: not (file.is_reading or file.is_writing))


def settle_files(driver):
    files_stand(driver)
    driver.settle()


def save_as(driver, choose, path):
    choose(path)
    driver.key(Qt.Key.Key_S, CTRL | SHIFT)
    settle_files(driver)
    return path


def open_session(driver, path):
    driver.window.open_path(path)
    settle_files(driver)


def test_a_session_opens_where_it_was_saved(driver, choose, tmp_path):
    driver.click(driver.free_px())
    driver.train_to(40)
    driver.window.lab.open_tab("surface")
    driver.window.loss_plot.set_ruler("mse")
    driver.interaction.set_selected_model(1)
    driver.interaction.set_bmi_rule("korean")
    driver.key(Qt.Key.Key_2)
    driver.controller.set_speed(30.0)
    before = driver.snapshot
    probabilities = [driver.probabilities(row, HEIGHTS, WEIGHTS) for row in (0, 1)]
    state = driver.document.state
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    assert len(driver.samples) == 0
    assert driver.interaction.current_class == 0
    open_session(driver, path)
    assert driver.interaction.current_class == 1
    assert driver.snapshot.step == before.step == driver.snapshot.last_step
    for row in (0, 1):
        np.testing.assert_allclose(
            driver.probabilities(row, HEIGHTS, WEIGHTS), probabilities[row], rtol=0, atol=1e-12
        )
    opened = driver.document.state
    assert (opened.classes, opened.settings, opened.guess) == (state.classes, state.settings, state.guess)
    for one, other in zip(opened.samples.rows.columns, state.samples.rows.columns, strict=True):
        np.testing.assert_array_equal(one, other)
    assert driver.window.lab.current_key == "surface"
    assert driver.window.loss_plot.ruler == "mse"
    assert (driver.interaction.selected_model, driver.interaction.bmi_rule) == (1, "korean")
    assert driver.controller.speed == 30.0
    assert driver.window.scenes.scene is not None


def test_a_saved_run_goes_on_as_if_it_had_never_stopped(driver, choose, tmp_path):
    driver.train_to(20)
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.step_on(3)
    after = driver.weights
    driver.in_dialog(answer(DISCARD), lambda: open_session(driver, path))
    driver.step_on(3)
    assert driver.weights == after


def curve_of(driver):
    """Steps and newest values of both models' curves on screen."""
    curve = driver.frames[-1].curve
    return curve.steps.tolist(), np.array([curve.arrays(row, k)[3] for row in (0, 1) for k in range(3)])


def test_the_curve_comes_back_and_training_goes_on_drawing_it(driver, choose, tmp_path):
    driver.train_to(20)
    driver.document.change_settings(threshold=0.4, seed=5)
    driver.click(driver.free_px())
    driver.train_to(300)
    steps, values = curve_of(driver)
    marks = [(mark.step, mark.kind) for mark in driver.frames[-1].marks]
    assert len(steps) > 100
    assert marks
    open_session(driver, save_as(driver, choose, tmp_path / "lesson.fallline"))
    again, drawn = curve_of(driver)
    assert set(again) <= set(steps)
    assert (again[0], again[-1]) == (steps[0], steps[-1])
    np.testing.assert_allclose(drawn, values[:, np.isin(steps, again)], rtol=1e-5)
    assert [(mark.step, mark.kind) for mark in driver.frames[-1].marks] == marks
    step = driver.snapshot.step
    driver.click(driver.free_px())  # an edit is marked where the run goes on
    driver.step_on(3)
    longer, _ = curve_of(driver)
    assert longer[: len(again)] == again
    assert longer[-3:] == [step + 1, step + 2, step + 3]
    assert [(mark.step, mark.kind) for mark in driver.frames[-1].marks] == [*marks, (step, "data")]
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: driver.snapshot.step == 0)
    assert curve_of(driver)[0] == [0]


def test_a_file_without_a_curve_opens_with_the_point_where_its_run_stands(driver, choose, tmp_path):
    driver.train_to(20)
    step = driver.snapshot.step
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    document = json.loads(path.read_text())
    del document["run"]["curve"]
    path.write_text(json.dumps(document))
    open_session(driver, path)
    assert curve_of(driver)[0] == [step]


def test_of_a_run_that_was_gone_back_in_the_curve_ends_where_it_stands(driver, choose, tmp_path):
    driver.train_to(200)
    driver.drag_slider(driver.window.transport.scrub_slider, 0.5)
    driver.until(lambda: 0 < driver.snapshot.step < driver.snapshot.last_step)
    step = driver.snapshot.step
    open_session(driver, save_as(driver, choose, tmp_path / "lesson.fallline"))
    assert driver.snapshot.step == driver.snapshot.last_step == step
    assert 0 < curve_of(driver)[0][-1] <= step


def test_what_was_before_the_save_cannot_be_scrubbed_to(driver, choose, tmp_path):
    driver.train_to(20)
    step = driver.snapshot.step
    open_session(driver, save_as(driver, choose, tmp_path / "lesson.fallline"))
    transport = driver.window.transport
    assert not transport.back_button.isEnabled()
    assert not transport.scrub_slider.isEnabled()
    assert transport.scrub_slider.value() == transport.scrub_slider.maximum()
    driver.step_on(2)
    assert transport.back_button.isEnabled()
    driver.drag_slider(transport.scrub_slider, 0.0)
    driver.until(lambda: driver.snapshot.step == step)
    assert driver.snapshot.last_step == step + 2
    assert not transport.back_button.isEnabled()


def test_a_trained_scene_can_be_had_again_and_closes_without_a_question(driver):
    driver.train_to(10)
    assert not driver.window.isWindowModified()
    assert driver.may_close(driver.window.sessions)


# A run that no file holds


def ways_out(driver, path):
    """Everything that ends the document, as a person asks for it."""
    scene = next(entry for entry in driver.window.scenes.scenes if entry.key == "three_classes")
    return (
        lambda: driver.key(Qt.Key.Key_N, CTRL),
        lambda: open_session(driver, path),
        lambda: driver.key(Qt.Key.Key_F5),
        lambda: driver.window.scenes.open_scene(scene),
        driver.window.close,
    )


def test_a_run_that_went_on_since_it_was_saved_is_marked_and_asked_about(driver, choose, tmp_path):
    other = save_as(driver, choose, tmp_path / "other.fallline")
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    named = []
    driver.window.sessions.name_changed.connect(lambda: named.append(driver.snapshot.step))
    driver.train_to(40)
    assert len(named) == 1  # not with each frame
    assert driver.window.windowTitle() == "lesson.fallline[*]"
    for way in ways_out(driver, other):
        weights = driver.weights
        driver.in_dialog(answer(CANCEL), way)
        driver.settle()
        assert driver.window.windowTitle() == "lesson.fallline[*]"
        assert driver.weights == weights
        assert driver.window.isVisible()
    driver.key(Qt.Key.Key_S, CTRL)
    settle_files(driver)
    assert driver.window.windowTitle() == "lesson.fallline"
    assert read_session(path).run.step == driver.snapshot.step
    assert driver.may_close(driver.window.sessions)


def test_a_scene_opens_when_the_run_is_saved_or_given_up(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.train_to(20)
    step = driver.snapshot.step
    driver.in_dialog(answer(SAVE), lambda: driver.key(Qt.Key.Key_F5))
    settle_files(driver)
    assert read_session(path).run.step == step
    assert driver.window.windowTitle() == "A line the wrong way round"
    open_session(driver, path)
    driver.until(lambda: driver.snapshot.step == step)
    driver.step_on()
    driver.in_dialog(answer(DISCARD), lambda: driver.key(Qt.Key.Key_F5))
    driver.settle()
    assert driver.window.windowTitle() == "A line the wrong way round"
    assert read_session(path).run.step == step


def test_opening_a_session_marks_nothing_until_its_run_is_left(driver, choose, tmp_path):
    driver.train_to(20)
    step = driver.snapshot.step
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_F5)
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > step)
    for _ in range(2):  # over a scene that is training, and again
        open_session(driver, path)
        driver.until(lambda: driver.snapshot.step == driver.snapshot.first_step == step)
        driver.settle()
        assert driver.window.windowTitle() == "lesson.fallline"
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: driver.snapshot.step == 0)
    assert driver.window.windowTitle() == "lesson.fallline[*]"


def test_a_reset_to_the_start_that_was_saved_is_no_change(driver, choose, tmp_path):
    save_as(driver, choose, tmp_path / "lesson.fallline")
    run_id = driver.snapshot.run_id
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: driver.snapshot.run_id > run_id)
    assert driver.window.windowTitle() == "lesson.fallline"
    driver.step_on()
    assert driver.window.windowTitle() == "lesson.fallline[*]"


def test_what_is_trained_while_the_file_is_written_is_marked(driver, choose, tmp_path):
    choose(tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_S, CTRL | SHIFT)
    step = driver.snapshot.step + 1
    driver.key(Qt.Key.Key_Right)
    driver.until(lambda: driver.snapshot.step == step)
    settle_files(driver)
    assert driver.window.windowTitle() == "lesson.fallline[*]"


@pytest.mark.parametrize("button", ["replace_choice", "add_choice"])
def test_training_on_samples_that_were_opened_is_a_change(driver, tmp_path, button):
    path = tmp_path / "people.csv"
    names = ("no diet needed", "needs a diet")  # the scene's: its run goes on where samples are added
    rows = [f"{150 + n},{50 + n},{names[n > 20]}" for n in range(40)]
    path.write_text("\n".join(["height_cm,weight_kg,label", *rows]) + "\n", encoding="utf-8")
    driver.train_to(20)  # of the scene, which can be had again
    step = driver.snapshot.step

    def accept(dialog):
        driver.until(dialog.accept_button.isEnabled)
        getattr(dialog, button).click()
        dialog.accept_button.click()

    driver.in_dialog(accept, lambda: driver.window.open_path(path))
    driver.settle()
    assert len(driver.samples) == (40 if button == "replace_choice" else 160)
    assert driver.snapshot.step == (0 if button == "replace_choice" else step)
    assert not driver.window.isWindowModified()
    driver.step_on()
    assert driver.window.isWindowModified()
    driver.in_dialog(answer(CANCEL), lambda: driver.key(Qt.Key.Key_N, CTRL))
    driver.in_dialog(answer(CANCEL), driver.window.close)
    driver.in_dialog(answer(DISCARD), lambda: driver.key(Qt.Key.Key_N, CTRL))
    assert len(driver.samples) == 0
    assert not driver.window.isWindowModified()


def test_an_edit_is_marked_and_undoing_it_takes_the_mark_away(driver):
    title = driver.window.windowTitle()
    driver.click(driver.free_px())
    assert driver.window.isWindowModified()
    assert driver.window.windowTitle() == f"{title}[*]"
    driver.key(Qt.Key.Key_Z, CTRL)
    assert not driver.window.isWindowModified()
    assert driver.window.windowTitle() == title


def test_settings_are_a_change_of_a_session(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    assert driver.window.windowTitle() == "lesson.fallline"
    driver.document.change_settings(threshold=0.7)
    assert driver.window.windowTitle() == "lesson.fallline[*]"
    driver.key(Qt.Key.Key_S, CTRL)
    settle_files(driver)
    assert driver.window.windowTitle() == "lesson.fallline"
    assert read_session(path).state.settings.threshold == 0.7


def test_an_emptied_canvas_without_a_file_is_nothing_to_save(driver):
    driver.key(Qt.Key.Key_Delete, CTRL)
    assert driver.may_close(driver.window.sessions)


def test_a_scene_asks_about_what_was_trained_on_people_that_were_clicked(driver):
    driver.train_to(20)  # of the scene, which is no longer there
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    scene = driver.window.scenes.scenes[0]
    middle = driver.canvas.viewport.rect.center().toPoint()
    for key, side in ((Qt.Key.Key_1, -60), (Qt.Key.Key_2, 60)):
        driver.key(key)
        driver.click(middle + QPoint(side, side))
    driver.settle()
    driver.window.scenes.open_scene(scene)  # people alone come back with undo
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.settle()
    assert len(driver.samples) == 2
    driver.step_on(3)
    driver.in_dialog(answer(CANCEL), lambda: driver.window.scenes.open_scene(scene))
    assert len(driver.samples) == 2
    driver.in_dialog(answer(DISCARD), lambda: driver.window.scenes.open_scene(scene))
    assert driver.window.scenes.scene is not None


# The question


@pytest.fixture
def edited(driver):
    """A window with a person more, whose closing asks."""
    driver.click(driver.free_px())
    driver.window.sessions.may_close = lambda: driver.may_close(driver.window.sessions)
    return driver


def test_cancelling_keeps_the_window(edited):
    edited.in_dialog(answer(CANCEL), edited.window.close)
    assert edited.window.isVisible()
    edited.step_on(1)  # the training thread lives
    assert len(edited.samples) == 121


def test_not_saving_closes(edited):
    edited.in_dialog(answer(DISCARD), edited.window.close, stays=False)
    assert not edited.window.isVisible()


def test_saving_writes_the_file_and_then_closes(edited, choose, tmp_path):
    choose(tmp_path / "lesson")
    edited.in_dialog(answer(SAVE), edited.window.close, stays=False)
    edited.until(lambda: not edited.window.isVisible())
    assert len(read_session(tmp_path / "lesson.fallline").state.samples) == 121


def test_thinking_better_of_saving_stays(edited, choose):
    choose(None)
    edited.in_dialog(answer(SAVE), edited.window.close)
    settle_files(edited)
    assert edited.window.isVisible()


def test_a_session_that_cannot_be_written_is_told_and_the_window_stays(edited, choose, tmp_path):
    choose(tmp_path / "no" / "such" / "folder.fallline")
    edited.in_dialog(answer(SAVE), edited.window.close)
    settle_files(edited)
    assert edited.window.isVisible()
    assert "folder.fallline" in edited.notice
    assert edited.window.isWindowModified()


def test_new_asks_and_undo_brings_even_the_discarded_back(edited):
    edited.in_dialog(answer(CANCEL), lambda: edited.key(Qt.Key.Key_N, CTRL))
    assert len(edited.samples) == 121
    edited.in_dialog(answer(DISCARD), lambda: edited.key(Qt.Key.Key_N, CTRL))
    assert len(edited.samples) == 0
    assert not edited.window.isWindowModified()
    edited.key(Qt.Key.Key_Z, CTRL)
    assert len(edited.samples) == 121
    assert edited.window.isWindowModified()


@pytest.mark.parametrize("act", ["new", "scene", "session", "undo"])
def test_what_was_told_of_a_document_goes_with_it(driver, choose, tmp_path, act):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_F5)
    driver.train_to(20)
    driver.press(driver.window.left_column.settings.model.loss.button("mse"))  # a new run, which is told
    assert "new run" in driver.notice
    match act:
        case "new":
            driver.in_dialog(answer(DISCARD), lambda: driver.key(Qt.Key.Key_N, CTRL))
        case "scene":
            driver.key(Qt.Key.Key_F5)
        case "session":
            driver.in_dialog(answer(DISCARD), lambda: open_session(driver, path))
        case "undo":
            driver.key(Qt.Key.Key_Z, CTRL)
            assert "new run" in driver.notice
            driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.notice == ""


def test_opening_asks_only_when_the_file_can_be_read(edited, choose, tmp_path):
    path = tmp_path / "lesson.fallline"
    path.write_bytes(b'{"format": "fall-line-session", "version": 1, }')
    open_session(edited, path)
    assert edited.notice == (
        "lesson.fallline: This is not valid JSON: line 1, column 47: a comma, a colon, a bracket or a "
        "quotation mark is missing, or there is one too many."
    )
    assert len(edited.samples) == 121
    assert edited.window.isWindowModified()


def test_saving_before_another_session_opens(edited, choose, tmp_path):
    other = save_as(edited, choose, tmp_path / "other.fallline")
    edited.click(edited.free_px())
    mine = tmp_path / "mine.fallline"

    def let_it_be_read():
        edited.window.open_path(other)
        files_stand(edited)

    edited.in_dialog(answer(CANCEL), let_it_be_read)
    assert len(edited.samples) == 122
    edited.window.sessions.file.forget()
    choose(mine)
    edited.in_dialog(answer(SAVE), let_it_be_read)
    settle_files(edited)
    edited.until(lambda: len(edited.samples) == 121)
    assert len(read_session(mine).state.samples) == 122
    assert edited.window.windowTitle() == "other.fallline"


# Two windows on one file


def changed_by_another(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.click(driver.free_px())
    path.write_bytes(path.read_bytes() + b"\n")
    return path


def answered(driver, text):
    """Ctrl+S, and what is answered when the file turns out to be another's."""

    def save():
        driver.key(Qt.Key.Key_S, CTRL)
        files_stand(driver)

    driver.in_dialog(answer(text), save)
    settle_files(driver)


def test_a_file_that_changed_on_disk_is_not_written_over_without_a_word(driver, choose, tmp_path):
    path = changed_by_another(driver, choose, tmp_path)
    before = path.read_bytes()
    answered(driver, "Cancel")
    assert path.read_bytes() == before
    assert driver.window.isWindowModified()
    answered(driver, "Overwrite")
    assert len(read_session(path).state.samples) == 121
    assert not driver.window.isWindowModified()


def test_it_can_be_saved_beside_the_file_that_changed(driver, choose, tmp_path):
    path = changed_by_another(driver, choose, tmp_path)
    before = path.read_bytes()
    choose(tmp_path / "mine.fallline")
    answered(driver, "Save as…")
    assert path.read_bytes() == before
    assert len(read_session(tmp_path / "mine.fallline").state.samples) == 121
    assert driver.window.windowTitle() == "mine.fallline"


def test_a_file_that_is_gone_is_written_again(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    path.unlink()
    driver.key(Qt.Key.Key_S, CTRL)
    settle_files(driver)
    assert len(read_session(path).state.samples) == 120


# Other ways in and out


def recent_texts(driver) -> list[str]:
    menu = driver.window.menus.submenus["recent"]
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent_files_are_listed_the_newest_first_and_can_be_cleared(driver, choose, tmp_path):
    assert recent_texts(driver) == ["No recent files"]
    for number in range(12):
        save_as(driver, choose, tmp_path / f"a & {number}.fallline")
    texts = recent_texts(driver)
    assert [text.split("   ")[0] for text in texts] == [
        *(f"a && {number}.fallline" for number in range(11, 1, -1)),
        "Clear the list",
    ]
    driver.window.menus.submenus["recent"].actions()[1].trigger()
    settle_files(driver)
    assert driver.window.windowTitle() == "a & 10.fallline"
    assert recent_texts(driver)[0].startswith("a && 10.fallline")
    driver.window.menus.submenus["recent"].actions()[-1].trigger()
    assert recent_texts(driver) == ["No recent files"]


def test_a_recent_file_that_is_gone_is_said_and_dropped(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    path.unlink()
    recent_texts(driver)
    driver.window.menus.submenus["recent"].actions()[0].trigger()
    assert "lesson.fallline" in driver.notice
    assert recent_texts(driver) == ["No recent files"]


def test_the_open_command_and_a_drop_open_a_session(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    for act in (lambda: driver.key(Qt.Key.Key_O, CTRL), lambda: drop(driver, path)):
        driver.key(Qt.Key.Key_N, CTRL)
        assert driver.window.windowTitle() == "Untitled"
        act()
        settle_files(driver)
        assert driver.window.windowTitle() == "lesson.fallline"
        assert len(driver.samples) == 120


def drop(driver, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    middle = driver.window.rect().center()
    QApplication.sendEvent(driver.window, QDragEnterEvent(middle, copy, data, left, NO_KEYS))
    QApplication.sendEvent(driver.window, QDropEvent(QPointF(middle), copy, data, left, NO_KEYS))


def test_a_scene_is_another_document_and_leaves_the_file_alone(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    before = path.read_bytes()
    driver.key(Qt.Key.Key_F5)
    assert driver.window.windowTitle() == "A line the wrong way round"
    assert driver.may_close(driver.window.sessions)
    choose(None)
    driver.key(Qt.Key.Key_S, CTRL)  # asks where
    settle_files(driver)
    assert path.read_bytes() == before


def test_a_scene_over_unsaved_changes_of_a_file_asks(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.click(driver.free_px())
    count = len(driver.samples)
    driver.in_dialog(answer(CANCEL), lambda: driver.key(Qt.Key.Key_F5))
    assert driver.window.windowTitle() == "lesson.fallline[*]"
    assert len(driver.samples) == count
    driver.in_dialog(answer(SAVE), lambda: driver.key(Qt.Key.Key_F5))
    settle_files(driver)
    assert driver.window.windowTitle() == "A line the wrong way round"
    assert len(read_session(path).state.samples) == count


def test_undo_of_another_scene_brings_back_where_the_run_stood(driver):
    driver.train_to(25)
    step, last, weights = driver.snapshot.step, driver.snapshot.last_step, driver.weights
    curve = driver.controller.curve.arrays(0, 0)[0].tolist()
    scene = next(entry for entry in driver.window.scenes.scenes if entry.key == "three_classes")
    driver.window.scenes.open_scene(scene)
    driver.until(lambda: driver.snapshot.step == 0)
    driver.step_on(3)
    other = driver.weights
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.until(lambda: driver.snapshot.step == step)
    assert (driver.snapshot.last_step, driver.weights) == (last, weights)
    assert driver.controller.curve.arrays(0, 0)[0].tolist() == curve
    driver.key(Qt.Key.Key_Y, CTRL)
    driver.until(lambda: driver.snapshot.step == 3)
    assert driver.weights == other


def test_undo_of_a_new_document_brings_back_where_the_run_stood(driver):
    driver.train_to(12)
    step, weights = driver.snapshot.step, driver.weights
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    assert not len(driver.samples)
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.until(lambda: driver.snapshot.step == step)
    assert driver.weights == weights


def test_generated_samples_are_a_change_to_the_file(driver, choose, tmp_path):
    save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.window.scenes.open_generator(driver.window.scenes.generators[0])
    assert driver.window.windowTitle() == "lesson.fallline[*]"


def test_exact_start_weights_are_saved_as_they_are_with_a_class_more(driver, choose, tmp_path):
    exact = StartSpec("exact", parameters=(1.0, 2.0, 3.0))
    driver.document.change_settings(start=exact)
    driver.settle()
    driver.press(driver.window.left_column.problem.add_button)
    driver.settle()
    start, weights = driver.document.state.settings.start, driver.weights
    assert start.parameters == (-0.5, -1.0, -1.5, 0.5, 1.0, 1.5, 0.0, 0.0, 0.0)
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    open_session(driver, path)
    assert driver.document.state.settings.start == start
    assert not driver.window.isWindowModified()
    driver.step_on(2)
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: driver.snapshot.step == 0)
    assert driver.weights == weights


def test_a_file_whose_start_does_not_fit_opens_and_keeps_the_numbers(driver, choose, tmp_path):
    path = save_as(driver, choose, tmp_path / "lesson.fallline")
    document = json.loads(path.read_text())
    document["settings"]["start"] = {"kind": "exact", "parameters": [1, 2]}
    path.write_text(json.dumps(document))
    driver.train_to(20)
    driver.in_dialog(answer(DISCARD), lambda: open_session(driver, path))
    driver.until(lambda: driver.snapshot.step == 0)
    assert driver.snapshot.stop is None
    trouble = driver.window.left_column.settings.start.trouble
    assert trouble.text() == "The start has 2 numbers; this model has 3 weights: it starts from zeros."
    driver.key(Qt.Key.Key_Home)
    driver.until(lambda: not driver.snapshot.parameters.any())
    driver.key(Qt.Key.Key_S, CTRL)
    settle_files(driver)
    assert read_session(path).state.settings.start == StartSpec("exact", parameters=(1.0, 2.0))


def test_saving_right_after_the_model_was_chosen_keeps_a_run(driver, choose, tmp_path):
    driver.document.change_settings(model="mlp", start=StartSpec("normal"))
    choose(tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_S, CTRL)
    settle_files(driver)
    run = read_session(tmp_path / "lesson.fallline").run
    assert run is not None
    assert run.parameters.shape == (2, 33)


def test_a_document_with_one_class_is_saved_without_a_run_and_opens_again(driver, choose, tmp_path):
    driver.document.remove_class(1, None)
    choose(tmp_path / "lesson.fallline")
    driver.key(Qt.Key.Key_S, CTRL)
    files_stand(driver)
    assert read_session(tmp_path / "lesson.fallline").run is None
    driver.key(Qt.Key.Key_N, CTRL)
    driver.window.open_path(tmp_path / "lesson.fallline")
    files_stand(driver)
    assert len(driver.document.state.classes) == 1
