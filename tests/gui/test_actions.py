"""The table of commands: whole, without two commands on one key, and silent while somebody types."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget

from gui.actions import ACTIONS, MENUS, SEPARATOR, SUBMENUS, Actions
from gui.widgets.slider_field import SliderField
from tests.gui.window_driver import open_window

NAMES = [spec.name for spec in ACTIONS]
SINGLE_KEYS = [key for spec in ACTIONS for key in spec.keys if "+" not in key]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


class Recorder:
    """A handler for each command that notes that it was called."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.handlers = {name: self._noting(name) for name in NAMES}

    def _noting(self, name):
        return lambda *_: self.calls.append(name)


def menu_names() -> set[str]:
    names = {name for _, menu in MENUS for name in menu} | {n for _, menu in SUBMENUS.values() for n in menu}
    return {name for name in names if name != SEPARATOR and not name.startswith("menu:")}


def test_no_name_and_no_key_is_given_twice():
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_command_is_in_a_menu_or_is_of_one_class():
    assert menu_names() == {name for name in NAMES if not name.startswith(("class_", "toggle_label_"))}


def test_every_submenu_named_in_a_menu_is_known():
    named = {name.removeprefix("menu:") for _, menu in MENUS for name in menu if name.startswith("menu:")}
    assert set(SUBMENUS) <= named


def test_every_command_runs_its_handler(qtbot):
    window, recorder = QWidget(), Recorder()
    qtbot.addWidget(window)
    actions = Actions(window, recorder.handlers)
    for name in NAMES:
        actions[name].trigger()
    assert recorder.calls == NAMES


def test_every_key_reaches_its_command(qtbot):
    window, recorder = QWidget(), Recorder()
    qtbot.addWidget(window)
    Actions(window, recorder.handlers)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.setFocus()
    expected = []
    for spec in ACTIONS:
        for key in spec.keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(window, combination.key(), combination.keyboardModifiers())
            expected.append(spec.name)
    assert recorder.calls == expected


def test_a_command_without_a_handler_is_an_error(qtbot):
    window, recorder = QWidget(), Recorder()
    qtbot.addWidget(window)
    del recorder.handlers["fit"]
    with pytest.raises(KeyError, match="fit"):
        Actions(window, recorder.handlers)


def test_choices_of_a_group_exclude_one_another(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, Recorder().handlers)
    actions["tool_add"].setChecked(True)
    actions["tool_brush"].setChecked(True)
    assert not actions["tool_add"].isChecked()


def test_the_overview_lists_every_command_with_keys(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    overview = Actions(window, Recorder().handlers).overview()
    assert len(overview) == sum(1 for spec in ACTIONS if spec.keys)
    assert ("Export weights", "Ctrl+E") in overview
    assert ("Redo", "Ctrl+Shift+Z / Ctrl+Y") in overview
    assert not any("&" in text or "{" in text for text, _ in overview)


def test_the_window_has_a_handler_for_every_command(driver):
    for name in NAMES:
        assert driver.window.actions_by_name[name].text()


def visible_menus(driver) -> list[QMenu]:
    return [menu for menu in driver.window.menuBar().findChildren(QMenu) if menu.title()]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_access_key_is_given_twice_in_a_menu(driver, language):
    driver.speak(language)
    for menu in [driver.window.menuBar(), *visible_menus(driver)]:
        keys = re.findall(r"&(\w)", " ".join(action.text().replace("&&", "") for action in menu.actions()))
        twice = [key for key, count in Counter(map(str.upper, keys)).items() if count > 1]
        assert twice == [], [action.text() for action in menu.actions()]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_menus_have_words_and_no_two_lines_alike(driver, language):
    driver.speak(language)
    for menu in visible_menus(driver):
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert texts
        assert all(texts)
        assert len(set(texts)) == len(texts)


def typed_into(driver, field: QLineEdit) -> None:
    """Type all single keys that a text can hold into a field that has the focus."""
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    for key in SINGLE_KEYS:
        combination = QKeySequence(key)[0]
        if key not in ("Esc", "F1", "F2", "F5", "F6", "F7", "F8", "F9", "F11"):
            QTest.keyClick(field, combination.key())


def test_single_keys_are_text_while_a_number_is_typed(driver):
    before, tool, speed = driver.document.state, driver.interaction.tool, driver.controller.speed
    field = driver.window.left_column.findChild(SliderField, "learning_rate").field
    typed_into(driver, field)
    driver.settle()
    assert driver.document.state is before
    assert (driver.interaction.tool, driver.interaction.current_class) == (tool, 0)
    assert driver.controller.speed == speed
    assert not driver.controller.playing
    assert driver.snapshot.last_step == 0
    assert not driver.controller.is_optimum_shown


def test_single_keys_are_the_canvas_keys_again_when_the_number_is_typed(driver):
    field = driver.window.left_column.findChild(SliderField, "learning_rate").field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, "0.25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.key(Qt.Key.Key_2)
    assert driver.interaction.current_class == 1
    driver.key(Qt.Key.Key_B)
    assert driver.interaction.tool == "brush"


def test_single_keys_work_wherever_a_panels_button_was_clicked(driver):
    driver.press(driver.window.transport.speed_slider)
    driver.press(driver.window.left_column.findChild(SliderField, "learning_rate").slider)
    driver.key(Qt.Key.Key_Right)
    driver.until(lambda: driver.snapshot.step == 1)
    driver.key(Qt.Key.Key_Space)
    driver.until(lambda: driver.snapshot.step > 3)
    driver.key(Qt.Key.Key_Space)
    driver.stand()


def test_tools_have_check_marks_that_follow(driver):
    for key, name in (
        (Qt.Key.Key_S, "select"),
        (Qt.Key.Key_B, "brush"),
        (Qt.Key.Key_E, "erase"),
        (Qt.Key.Key_A, "add"),
    ):
        driver.key(key)
        assert driver.interaction.tool == name
        assert driver.window.actions_by_name[f"tool_{name}"].isChecked()


def test_the_pulls_are_in_the_view_menu_with_a_check_mark_that_follows_both_ways(driver):
    action = driver.window.actions_by_name["pulls"]
    assert action.shortcuts() == []
    for is_shown in (True, False):
        driver.trigger("pulls")
        assert (driver.interaction.pulls_shown, action.isChecked()) == (is_shown, is_shown)
    driver.interaction.set_pulls_shown(True)  # as the sensitivity instrument's box does
    assert action.isChecked()
    driver.trigger("pulls")
    assert (driver.interaction.pulls_shown, action.isChecked()) == (False, False)


def test_undo_and_redo_say_what_they_take_back(driver):
    actions = driver.window.actions_by_name
    assert (actions["undo"].text(), actions["undo"].isEnabled()) == ("&Undo", False)
    driver.click(driver.free_px())
    assert (actions["undo"].text(), actions["undo"].isEnabled()) == ("&Undo: Add a sample", True)
    driver.trigger("undo")
    assert actions["redo"].text() == "&Redo: Add a sample"
    assert not actions["undo"].isEnabled()


def test_the_overview_does_not_say_what_undo_would_take_back_now(driver):
    driver.click(driver.free_px())
    assert "Add a sample" in driver.window.actions_by_name["undo"].text()
    listed = []

    driver.in_dialog(
        lambda dialog: listed.extend(label.text() for label in dialog.findChildren(QLabel)),
        lambda: driver.key(Qt.Key.Key_F1),
    )
    assert "Undo" in listed
    assert not any(text.startswith("Undo:") for text in listed)


def test_the_overview_leaves_out_mnemonics_in_brackets(qtbot, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, Recorder().handlers)
    monkeypatch.setattr(actions, "text_of", lambda name: "열기(&O)…" if name == "open" else "모델(새) &X")
    texts = {text for text, _ in actions.overview()}
    assert "열기" in texts
    assert "모델(새) X" in texts
