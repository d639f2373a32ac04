"""Scenes in the window: opened, restored exactly, undone, and left for other documents."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from engine.files.scenes import list_scenes
from gui.scene_controller import SCENE_FOLDER
from gui.scene_menu import scene_entries
from tests.gui.lab_bench import settle_layout
from tests.gui.lesson_scenes import ANSWER, STEP, WRONG, ship_lessons
from tests.gui.window_driver import CTRL, SHIFT, answer, open_window

KEYS = [scene.key for scene in list_scenes(SCENE_FOLDER)]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


@pytest.fixture
def lessons(qtbot, tmp_path, monkeypatch):
    """The window with two lessons more, its settings in a file."""
    ship_lessons(tmp_path, monkeypatch)
    with open_window(qtbot, settings=tmp_path / "fall-line.ini") as driver:
        yield driver


def scene_of(driver, key: str):
    return next(scene for scene in driver.window.scenes.scenes if scene.key == key).load()


def open_scene(driver, key: str) -> None:
    """Choose a scene in the menu, by its line's own text."""
    title = driver.window.scenes.title_of(scene_of(driver, key))
    menus = [action.menu() for action in driver.window.menuBar().actions()]
    menus += [action.menu() for menu in menus for action in menu.actions() if action.menu()]
    action = next(action for menu in menus for action in menu.actions() if action.text() == title)
    action.trigger()
    driver.settle()


@pytest.mark.parametrize("key", KEYS)
def test_every_scene_opens_and_trains(driver, key):
    open_scene(driver, key)
    scene = scene_of(driver, key)
    assert driver.window.scenes.scene.key == scene.key
    assert driver.window.windowTitle() == scene.title["en"]
    assert driver.document.state.settings == scene.state.settings
    assert driver.controller.speed == scene.speed
    assert driver.controller.can_train is None
    driver.step_on(2)
    may_be_infinite = scene.state.model.kind == "step"  # its cross-entropy, where one sample is wrong
    assert np.isfinite(driver.snapshot.metrics[:, 1 if may_be_infinite else 0 :]).all()


def test_a_scene_is_one_undo(driver):
    before = driver.document.state
    open_scene(driver, "three_classes")
    assert driver.document.undo_stack.count() == 1
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.samples is before.samples
    assert driver.document.state.settings == before.settings


def test_restoring_a_scene_takes_everything_back(driver):
    start, samples = driver.weights, driver.samples
    driver.train_to(15)
    driver.click(driver.free_px())
    driver.document.change_settings(threshold=0.7)
    driver.key(Qt.Key.Key_F5)
    driver.settle()
    driver.until(lambda: driver.snapshot.step == 0)
    assert driver.samples is samples
    assert driver.document.state.settings == scene_of(driver, "first").state.settings
    assert driver.weights == start
    assert not driver.controller.playing
    driver.key(Qt.Key.Key_Z, CTRL)
    assert len(driver.samples) == len(samples) + 1


def test_undo_across_scenes_shows_the_caption_of_what_stands_there(driver):
    window = driver.window
    open_scene(driver, "three_classes")
    driver.click(driver.free_px())
    driver.in_dialog(answer("Don't save"), lambda: driver.trigger("new"))
    assert (window.scenes.scene, window.windowTitle()) == (None, "Untitled")
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "three_classes"
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "first"
    assert window.scene_card.title_label.text() == "A line the wrong way round"
    assert window.windowTitle() == "A line the wrong way round[*]"  # another document than the new one
    driver.key(Qt.Key.Key_Y, CTRL)
    assert window.scenes.scene.key == "three_classes"
    driver.click(driver.free_px())  # another future: the empty document is no more
    assert window.scenes.scene.key == "three_classes"
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "three_classes"


def test_where_the_oldest_commands_go_undo_still_shows_the_scene_of_what_stands_there(driver, monkeypatch):
    monkeypatch.setattr("gui.undo_stack.UNDO_BYTES", 40_000)
    scenes, document = driver.window.scenes, driver.document
    open_scene(driver, "three_classes")
    document.undo_stack.undo()
    document.change_settings(seed=3)  # in the place of the command that opened the scene
    open_scene(driver, "three_classes")
    for seed in range(25):
        document.change_settings(seed=seed + 100)
    count = document.undo_stack.count()
    assert count < 25
    assert scenes.scene.key == "three_classes"
    document.undo_stack.set_index(0)
    assert scenes.scene.key == "three_classes"  # the one before cannot be undone to any more
    assert len(document.state.classes) == 3
    document.undo_stack.set_index(count)
    open_scene(driver, "first")
    document.undo_stack.undo()
    assert scenes.scene.key == "three_classes"
    document.undo_stack.redo()
    assert scenes.scene.key == "first"


def test_a_new_document_is_empty_and_no_scene(driver):
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    assert len(driver.samples) == 0
    assert len(driver.document.state.classes) == 2
    assert driver.window.scenes.scene is None
    assert not driver.window.scene_card.isVisible()
    assert not driver.window.actions_by_name["restore_scene"].isEnabled()
    driver.key(Qt.Key.Key_F5)
    assert len(driver.samples) == 0


def test_people_clicked_onto_a_new_document_can_be_trained(driver):
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    middle = driver.canvas.viewport.rect.center().toPoint()
    for key, side in ((Qt.Key.Key_1, QPoint(-120, 60)), (Qt.Key.Key_2, QPoint(120, -60))):
        driver.key(key)
        for number in range(3):
            driver.click(middle + side + QPoint(0, 40 * number))
    assert driver.samples.class_counts == {0: 3, 1: 3}
    driver.settle()
    driver.train_to(30)
    assert driver.accuracy(0) == 1.0


def test_every_generator_makes_people_that_can_be_trained(driver):
    for info in driver.window.scenes.generators:
        driver.window.scenes.open_generator(info)
        driver.settle()
        assert driver.window.scenes.scene is None
        assert driver.controller.can_train is None, info.name
        driver.until(lambda: driver.snapshot.step == 0)
        driver.step_on(1)


def test_titles_and_captions_follow_the_language(driver):
    driver.speak("ko")
    scene = scene_of(driver, "first")
    assert driver.window.windowTitle() == scene.title["ko"]
    assert driver.window.scene_card.text_label.text().startswith(scene.caption["ko"])
    assert scene.hint["ko"] in driver.window.scene_card.text_label.text()


def choice_text(driver, number: int) -> str:
    return driver.window.scene_card.choice_buttons[number].text()


def marked(driver) -> list[int]:
    buttons = driver.window.scene_card.choice_buttons
    return [number for number, button in enumerate(buttons) if button.isChecked()]


def test_every_scenes_tab_is_one_of_the_labs(driver):
    wanted = {scene.tab for scene in list_scenes(SCENE_FOLDER) if scene.tab is not None}
    assert wanted <= set(driver.window.lab.keys)
    assert len(wanted) > 3


def test_opening_a_scene_brings_its_tab_ruler_and_model(lessons):
    assert lessons.window.lab.current_key != "landscape"
    open_scene(lessons, "lesson")
    assert lessons.window.lab.current_key == "landscape"
    assert lessons.window.lab.tab("landscape").is_active
    assert lessons.window.loss_plot.ruler == "mse"
    assert lessons.interaction.selected_model == 1
    lessons.window.lab.open_tab("surface")
    lessons.key(Qt.Key.Key_F5)
    lessons.settle()
    assert lessons.window.lab.current_key == "landscape"
    open_scene(lessons, "asked")
    assert lessons.window.loss_plot.ruler == "mse"  # a scene without a ruler leaves it
    open_scene(lessons, "first")
    assert lessons.interaction.selected_model == 0


def test_a_question_is_answered_by_a_click_and_by_a_key(lessons):
    open_scene(lessons, "lesson")
    buttons = lessons.window.scene_card.choice_buttons
    lessons.press(buttons[WRONG])
    assert marked(lessons) == [WRONG]
    assert lessons.canvas.hasFocus()  # so that the next key is still the canvas's
    lessons.window.scene_card.fold_button.setFocus()
    lessons.key(Qt.Key.Key_Tab)
    assert buttons[0].hasFocus()
    lessons.key(Qt.Key.Key_Tab)
    lessons.key(Qt.Key.Key_Return)
    assert marked(lessons) == [1]
    lessons.key(Qt.Key.Key_Backtab, SHIFT)
    lessons.key(Qt.Key.Key_Return)
    assert marked(lessons) == [ANSWER]
    assert lessons.window.scenes.lesson.choice == ANSWER


def test_the_outcome_comes_at_its_step_without_stopping_the_run(lessons):
    open_scene(lessons, "lesson")
    card = lessons.window.scene_card
    lessons.press(card.choice_buttons[WRONG])
    lessons.step_on(STEP - 1)
    assert card.outcome_label.isHidden()
    lessons.key(Qt.Key.Key_Space)
    lessons.until(lambda: card.outcome_label.isVisible())
    assert lessons.snapshot.step >= STEP
    assert lessons.controller.playing
    assert card.verdict_label.text().startswith("Your guess was wrong: Both at once")
    step = lessons.snapshot.step
    lessons.until(lambda: lessons.snapshot.step > step)
    lessons.key(Qt.Key.Key_Space)
    lessons.stand()


def test_training_needs_no_answer_and_the_outcome_says_which_it_was(lessons):
    open_scene(lessons, "lesson")
    lessons.train_to(STEP)
    assert lessons.window.scene_card.verdict_label.text() == "The answer was: The one trained on BCE"


def test_an_outcome_without_a_step_waits_for_its_button(lessons):
    open_scene(lessons, "asked")
    card = lessons.window.scene_card
    lessons.press(card.choice_buttons[ANSWER])
    lessons.train_to(STEP)
    assert card.outcome_label.isHidden()
    lessons.press(card.reveal_button)
    assert card.verdict_label.text() == "Your guess was right: The one trained on BCE"
    assert card.outcome_label.isVisible()


def test_restoring_a_lesson_asks_anew_and_undo_brings_the_guess_back(lessons):
    open_scene(lessons, "lesson")
    card = lessons.window.scene_card
    lessons.press(card.choice_buttons[WRONG])
    lessons.train_to(STEP)
    assert card.outcome_label.isVisible()
    lessons.key(Qt.Key.Key_F5)
    lessons.settle()
    assert card.outcome_label.isHidden()
    assert (marked(lessons), len(card.choice_buttons)) == ([], 3)
    lessons.key(Qt.Key.Key_Z, CTRL)
    lessons.settle()
    assert card.outcome_label.isVisible()
    assert card.verdict_label.text().startswith("Your guess was wrong")


def test_undo_brings_back_the_earlier_document_with_its_card(lessons):
    open_scene(lessons, "lesson")
    card, people = lessons.window.scene_card, lessons.samples
    lessons.press(card.choice_buttons[1])
    open_scene(lessons, "three_classes")
    lessons.train_to(STEP + 5)
    lessons.key(Qt.Key.Key_Z, CTRL)
    lessons.settle()
    assert lessons.samples is people
    assert card.title_label.text() == "Which one turns first"
    assert marked(lessons) == [1]
    assert card.outcome_label.isHidden()  # it was the other scene's run that had come so far
    lessons.key(Qt.Key.Key_Y, CTRL)
    lessons.settle()
    assert card.title_label.text() == scene_of(lessons, "three_classes").title["en"]


def test_edits_on_the_way_do_not_keep_the_outcome_back(lessons):
    open_scene(lessons, "lesson")
    card = lessons.window.scene_card
    lessons.press(card.choice_buttons[ANSWER])
    lessons.step_on(STEP - 1)
    lessons.click(lessons.free_px())
    assert marked(lessons) == [ANSWER]
    lessons.key(Qt.Key.Key_Z, CTRL)
    lessons.settle()
    lessons.step_on(1)
    assert card.verdict_label.text() == "Your guess was right: The one trained on BCE"
    assert card.outcome_label.text() == "BCE turned it."  # the edit was undone


def test_undo_to_a_document_that_is_no_scene_takes_the_card_away(lessons):
    lessons.trigger("new")
    open_scene(lessons, "lesson")
    assert lessons.window.scene_card.isVisible()
    lessons.key(Qt.Key.Key_Z, CTRL)
    lessons.settle()
    assert not lessons.window.scene_card.isVisible()
    assert not lessons.window.actions_by_name["restore_scene"].isEnabled()
    lessons.key(Qt.Key.Key_Y, CTRL)
    assert lessons.window.scene_card.isVisible()


def test_the_card_follows_the_language_while_it_asks_and_when_it_has_answered(lessons):
    open_scene(lessons, "lesson")
    card = lessons.window.scene_card
    lessons.press(card.choice_buttons[WRONG])
    lessons.speak("ko")
    assert card.question_label.text() == "Which line turns first? 한국어"
    assert choice_text(lessons, WRONG) == "Both at once 한국어"
    assert marked(lessons) == [WRONG]
    lessons.train_to(STEP)
    assert card.outcome_label.text() == "BCE turned it. 한국어"
    assert "The one trained on BCE 한국어" in card.verdict_label.text()
    lessons.speak("en")
    assert card.outcome_label.text() == "BCE turned it."
    assert card.title_label.text() == lessons.window.windowTitle() == "Which one turns first"


def test_a_folded_card_gives_its_room_to_the_canvas_and_is_folded_at_the_next_start(
    qtbot, tmp_path, monkeypatch
):
    ship_lessons(tmp_path, monkeypatch)
    settings = tmp_path / "fall-line.ini"
    with open_window(qtbot, settings=settings) as first:
        open_scene(first, "lesson")
        height = first.canvas.height()
        first.press(first.window.scene_card.fold_button)
        first.until(lambda: first.canvas.height() > height + 80)
    with open_window(qtbot, settings=settings) as second:
        card = second.window.scene_card
        assert card.is_folded
        assert card.isVisible()
        assert card.text_label.visibleRegion().isEmpty()
        second.press(card.fold_button)
        second.until(lambda: not card.text_label.visibleRegion().isEmpty())


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_scenes_card_leaves_the_canvas_the_larger_part(driver, language, size):
    driver.window.resize(*size)
    driver.speak(language)
    card = driver.window.scene_card
    for scene in driver.window.scenes.scenes:
        driver.window.scenes.open_scene(scene)
        settle_layout(driver.window)  # the card's height follows from its width, the canvas's from the card's
        assert card.height() <= 0.7 * driver.canvas.height(), scene.key


def test_the_menu_has_the_first_scenes_themselves_and_a_submenu_for_each_lab(lessons):
    lessons.speak("en")
    scenes = lessons.window.scenes
    entries = scene_entries(scenes)
    titles = {
        series: [scene.title["en"] for scene in scenes.scenes if scene.series == series]
        for series in ("binary", "multi_class")
    }
    groups = {entry.text(): entry for entry in entries if hasattr(entry, "entries")}
    assert list(groups) == ["Binary lab", "Multi-class lab"]
    for group, series in zip(groups.values(), titles, strict=True):
        assert [entry.text() for entry in group.entries] == titles[series]
    others = [entry.text() for entry in entries if entry.text() not in groups]
    assert others == [scene.title["en"] for scene in scenes.scenes if scene.series in (None, "start")]
    open_scene(lessons, "lesson")
    checked = [entry.text() for entry in groups["Binary lab"].entries if entry.is_checked()]
    assert checked == ["Which one turns first"]


@pytest.mark.parametrize("key", ["one_sample", "trap"])
def test_the_start_maps_example_opens_as_a_scene_beside_the_map(driver, key):
    driver.window.lab.open_tab("start_map")
    tab = driver.window.lab.tab("start_map")
    tab.controls.data.set_key(key)
    tab.controls.data.activated.emit(tab.controls.data.currentIndex())
    driver.until(tab.open_example.isVisible)
    driver.press(tab.open_example)
    driver.settle()
    assert driver.window.scenes.scene.key == key
    assert driver.window.lab.current_key == "start_map"
    driver.until(lambda: not tab.open_example.isVisible())
