"""Scenes in the window: opened, restored exactly, undone, and left for other documents."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from engine.files.scenes import list_scenes
from gui.scene_controller import SCENE_FOLDER
from tests.gui.window_driver import CTRL, open_window

KEYS = [scene.key for scene in list_scenes(SCENE_FOLDER)]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def scene_of(driver, key: str):
    return next(scene for scene in driver.window.scenes.scenes if scene.key == key)


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
    assert driver.window.scenes.scene is scene
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
    driver.trigger("new")
    assert (window.scenes.scene, window.windowTitle()) == (None, "")
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "three_classes"
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "first"
    assert window.windowTitle() == window.scene_card.title_label.text() == "A line the wrong way round"
    driver.key(Qt.Key.Key_Y, CTRL)
    assert window.scenes.scene.key == "three_classes"
    driver.click(driver.free_px())  # another future: the empty document is no more
    assert window.scenes.scene.key == "three_classes"
    driver.key(Qt.Key.Key_Z, CTRL)
    assert window.scenes.scene.key == "three_classes"


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
