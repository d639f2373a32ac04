"""The lab: instruments built when they are first opened, in groups, the last one remembered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu

from gui.lab import GROUPS
from tests.gui.lab_bench import settle_layout
from tests.gui.window_driver import open_window

ROOT = Path(__file__).resolve().parents[2]
KEYS = [instrument.key for group in GROUPS for instrument in group.instruments]

# Starts the program as main.py does; says what is loaded when its event loop runs, and with a tab opened.
CHILD = """
import json, sys
import gui.app, main
from gui.garbage import GarbageCollector
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

def loaded():
    return sorted(sys.modules)

def look(window):
    first = loaded()
    window.lab.open_tab("likelihood")
    collects = bool(QApplication.instance().findChild(GarbageCollector))
    print(json.dumps({"first": first, "opened": loaded(), "collects": collects}))
    window.sessions.may_close = lambda: True  # nobody is there to ask
    window.close()
    QApplication.quit()

show = gui.app.MainWindow.show

def shown(window):
    show(window)
    QTimer.singleShot(0, lambda: look(window))

gui.app.MainWindow.show = shown
sys.exit(main.main([]))
"""


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> dict[str, object]:
    """What a process of its own has loaded."""
    folder = str(tmp_path_factory.mktemp("settings"))
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"), folder)
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def modules_of(names: list[str], *starts: str) -> list[str]:
    return [name for name in names if name.startswith(starts)]


def test_no_instrument_is_imported_before_it_is_opened(started):
    folders = {path.parent.name for path in (ROOT / "gui" / "plots").glob("*/tab.py")}
    assert {"landscape", "surface", "likelihood"} <= folders
    rooms = tuple(f"gui.plots.{folder}" for folder in folders)
    assert modules_of(started["first"], *rooms) == []
    assert "gui.network_tab" in started["first"]
    opened = modules_of(started["opened"], *rooms)
    assert "gui.plots.likelihood.tab" in opened
    assert all(name.startswith("gui.plots.likelihood") for name in opened)


def test_a_start_loads_no_dialog_and_no_reader_of_files(started):
    late = ("gui.dialogs", "engine.files.tables", "engine.files.registry", "charset_normalizer", "ziamath")
    assert modules_of(started["first"], *late, "pyqtgraph", "asyncio", "engine.landscape") == []


def test_a_started_window_collects_its_garbage_itself(started):
    assert started["collects"] is True


def test_a_window_has_its_numbers_before_its_first_paint(qtbot):
    with open_window(qtbot) as driver:
        window = driver.window
        fresh = type(window)(window._preferences, driver.appearance, driver.language)
        qtbot.addWidget(fresh)
        try:
            fresh.show()  # and no event is handled: what is painted next is what stands here
            texts = [label.text() for label in fresh.weights.findChildren(QLabel)]
            assert any(text.startswith("w = (5.000, -5.000)") for text in texts)
            assert fresh.canvas.layers.snapshot.regions is not None
            assert fresh.lab.tab("network").frame.snapshot is fresh.controller.snapshot
        finally:
            fresh.sessions.may_close = lambda: True
            fresh.close()


def test_keys_are_unique_and_each_instrument_makes_the_tab_of_its_key(driver):
    lab = driver.window.lab
    assert lab.keys == KEYS
    assert len(set(KEYS)) == len(KEYS)
    assert [key for key in KEYS if lab.is_built(key)] == ["network"]
    for key in KEYS:
        assert lab.tab(key).key == key
        assert lab.tab(key) is lab.tab(key)


def test_groups_are_small_enough_for_a_row_and_all_have_names_and_hints(driver):
    for group in GROUPS:
        assert 1 <= len(group.instruments) <= 5
        assert group.title()
    instruments = list(chain.from_iterable(group.instruments for group in GROUPS))
    hints = {instrument.hint() for instrument in instruments}
    assert len(hints) == len(instruments)
    assert all(hint.endswith(".") for hint in hints)


def test_an_instrument_that_is_opened_late_has_the_newest_frame(driver):
    driver.train_to(20)
    lab = driver.window.lab
    assert not lab.is_built("sensitivity")
    lab.open_tab("sensitivity")
    tab = lab.tab("sensitivity")
    assert tab.is_active
    assert tab.frame.snapshot is driver.snapshot
    driver.step_on(1)
    assert tab.frame.snapshot is driver.snapshot
    assert not lab.tab("network").is_active


def test_the_way_of_a_run_is_known_to_a_tab_that_was_built_after_it(driver):
    driver.step_on(5)
    path = driver.window.lab.tab("landscape").context.path
    assert path.steps.tolist() == [0, 1, 2, 3, 4, 5]
    assert driver.window.lab.tab("verdict").context.path is path


def test_an_instrument_behind_others_neither_is_active_nor_ends_with_them(driver):
    lab = driver.window.lab
    lab.open_tab("surface")
    lab.open_tab("likelihood")
    assert [key for key in KEYS if lab.is_built(key) and lab.tab(key).is_active] == ["likelihood"]
    lab.open_tab("no such key")
    assert lab.current_key == "likelihood"


def titles(driver) -> list[str]:
    bar = driver.window.lab.head.bar
    return [bar.tabText(number) for number in range(bar.count())]


def choose_group(driver, name: str) -> None:
    """Open the list of groups with the mouse, and click a line of it."""
    head = driver.window.lab.head
    driver.press(head.group_button)
    driver.until(head.group_menu.isVisible)
    action = next(action for action in head.group_menu.actions() if action.text().split("\t")[0] == name)
    at = head.group_menu.actionGeometry(action).center()
    QTest.mouseClick(head.group_menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def click_tab(driver, title: str) -> None:
    bar = driver.window.lab.head.bar
    at = bar.tabRect(titles(driver).index(title)).center()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_a_group_is_chosen_in_the_list_and_comes_back_with_its_last_instrument(driver):
    lab = driver.window.lab
    assert (lab.head.group_button.text(), lab.current_key) == ("Model", "network")
    choose_group(driver, "Loss")
    assert titles(driver) == ["Sensitivity", "Landscape", "Start map", "Verdict"]
    assert lab.current_key == "sensitivity"
    click_tab(driver, "Verdict")
    assert lab.current_key == "verdict"
    choose_group(driver, "Model")
    assert lab.current_key == "network"
    assert not lab.tab("verdict").isVisible()
    choose_group(driver, "Loss")
    assert lab.current_key == "verdict"
    assert lab.head.bar.currentIndex() == titles(driver).index("Verdict")
    checked = [action for action in lab.head.group_menu.actions() if action.isChecked()]
    assert [action.text().split("\t")[0] for action in checked] == ["Loss"]


def test_the_list_of_groups_names_the_instruments_of_each(driver):
    lines = dict(action.text().split("\t") for action in driver.window.lab.head.group_menu.actions())
    assert lines["Loss"] == "Sensitivity, Landscape, Start map, Verdict"
    assert list(lines) == [group.title() for group in GROUPS]


def lab_menu(driver) -> QMenu:
    return next(a.menu() for a in driver.window.menuBar().actions() if a.text().replace("&", "") == "Lab")


def test_the_lab_menu_has_a_submenu_for_each_group_and_a_check_at_the_one_in_front(driver):
    submenus = {action.text(): action.menu() for action in lab_menu(driver).actions()}
    assert list(submenus) == [group.title() for group in GROUPS]
    loss = submenus["Loss"]
    next(action for action in loss.actions() if action.text() == "Landscape").trigger()
    assert driver.window.lab.current_key == "landscape"
    assert driver.window.lab.head.group_button.text() == "Loss"
    for menu in submenus.values():
        menu.aboutToShow.emit()
    checked = [action.text() for menu in submenus.values() for action in menu.actions() if action.isChecked()]
    assert checked == ["Landscape"]


def test_the_last_instrument_is_in_front_at_the_next_start_and_the_only_one_built(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    with open_window(qtbot, settings=settings) as first:
        first.window.lab.open_tab("likelihood")
        first.window.close()
    with open_window(qtbot, settings=settings) as second:
        lab = second.window.lab
        assert lab.current_key == "likelihood"
        assert lab.head.group_button.text() == "Likelihood"
        assert [key for key in KEYS if lab.is_built(key)] == ["likelihood"]
        assert lab.tab("likelihood").frame.snapshot is second.snapshot


def test_a_remembered_instrument_that_is_no_more_leaves_the_first_in_front(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    settings.write_text("[layout]\ninstrument=crystal_ball\n", encoding="utf-8")
    with open_window(qtbot, settings=settings) as driver:
        assert driver.window.lab.current_key == "network"
        assert driver.window.lab.tab("network").is_active


def test_a_hidden_column_builds_no_instrument_for_a_frame(qtbot, tmp_path):
    settings = tmp_path / "fall-line.ini"
    settings.write_text("[view]\nshow_right=false\n", encoding="utf-8")
    with open_window(qtbot, settings=settings) as driver:
        driver.step_on(2)
        lab = driver.window.lab
        assert [key for key in KEYS if lab.is_built(key)] == []
        driver.key(Qt.Key.Key_F7)
        assert lab.tab("network").is_active
        assert lab.tab("network").frame.snapshot is driver.snapshot


def test_titles_follow_the_language_before_and_after_a_tab_is_built(driver):
    lab = driver.window.lab
    english = titles(driver)
    driver.speak("ko")
    korean = titles(driver)
    assert not set(english) & set(korean)
    lab.open_tab("surface")
    assert lab.explanation.text() == lab.tab("surface").explanation()
    in_korean = lab.explanation.text()
    driver.speak("en")
    assert titles(driver) == english
    assert lab.explanation.text() == lab.tab("surface").explanation() != in_korean
    assert lab.current_key == "surface"


def test_an_instrument_opened_after_a_change_of_theme_and_size_has_it(driver):
    driver.trigger("mode_dark")
    driver.appearance.set_scale_percent(150)
    QApplication.processEvents()
    lab = driver.window.lab
    lab.open_tab("sensitivity")
    driver.settle()
    QApplication.processEvents()
    image = lab.grab().toImage()
    assert image.pixelColor(1, image.height() - 1).lightness() < 60
    assert lab.tab("sensitivity").fontMetrics().height() == lab.head.fontMetrics().height() >= 24


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(("width", "percent"), [(1440, 100), (1280, 100), (1280, 150), (1024, 100)])
def test_no_tab_is_cut_off_and_there_are_no_scroll_arrows(driver, width, percent, language):
    driver.speak(language)
    driver.appearance.set_scale_percent(percent)
    driver.window.resize(width, 800)
    settle_layout(driver.window)
    head = driver.window.lab.head
    for group in GROUPS:
        driver.window.lab.open_tab(group.instruments[0].key)
        settle_layout(driver.window)
        assert head.bar.isVisible() != head.tab_list.isVisible()
        if head.bar.isVisible():
            assert head.bar.width() >= head.bar.sizeHint().width()
        names = head.tab_list if head.tab_list.isVisible() else head.bar
        for button in (head.group_button, head.explain_button, names):
            assert head.rect().contains(button.geometry())


def test_where_tabs_would_be_cut_off_a_list_stands_in_for_them(driver):
    lab, head = driver.window.lab, driver.window.lab.head
    lab.open_tab("sensitivity")
    head.resize(head.minimumSizeHint().width() + 40, head.height())
    assert head.tab_list.isVisible()
    assert [head.tab_list.itemText(row) for row in range(head.tab_list.count())] == titles(driver)
    head.tab_list.setFocus()
    QTest.keyClick(head.tab_list, Qt.Key.Key_Return)
    view = head.tab_list.view()
    driver.until(view.isVisible)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert lab.current_key == "landscape"
    assert isinstance(head.tab_list, QComboBox)
    head.resize(600, head.height())
    assert head.bar.isVisible()
    assert titles(driver)[head.bar.currentIndex()] == "Landscape"


def test_between_both_the_tabs_go_into_the_list_and_the_groups_name_stays(driver):
    head = driver.window.lab.head
    needed = head.bar.sizeHint().width() + head.explain_button.sizeHint().width() + 8
    head.resize(needed + head.group_button.sizeHint().width() - 10, head.height())
    assert head.tab_list.isVisible()
    assert head.group_button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert head.group_button.text() == "Model"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_group_is_named_in_a_small_window(driver, language):
    driver.speak(language)
    head = driver.window.lab.head
    for group in GROUPS:
        driver.window.lab.open_tab(group.instruments[0].key)
        settle_layout(driver.window)
        assert head.group_button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        assert head.group_button.width() >= head.group_button.sizeHint().width()


def test_return_opens_the_list_of_groups_and_the_arrows_choose(driver):
    head = driver.window.lab.head
    head.group_button.setFocus()
    QTest.keyClick(head.group_button, Qt.Key.Key_Return)
    driver.until(head.group_menu.isVisible)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(head.group_menu, key)
    assert driver.window.lab.current_key == GROUPS[1].instruments[0].key


def test_the_question_mark_folds_the_sentences_of_whichever_instrument(driver):
    lab = driver.window.lab
    was_shown = lab.explanation.isVisible()
    driver.press(lab.head.explain_button)
    assert lab.explanation.isVisible() != was_shown
    lab.open_tab("metrics")
    assert lab.explanation.isVisible() != was_shown
    assert lab.explanation.text() == lab.tab("metrics").explanation()


def test_an_example_that_an_instrument_asks_for_opens_and_its_tab_stays(driver):
    driver.window.lab.open_tab("start_map")
    driver.window.lab.tab("start_map").example_requested.emit("one_sample")
    driver.settle()
    assert len(driver.samples) == 1
    assert driver.window.lab.current_key == "start_map"


def test_closing_ends_the_work_of_every_instrument_that_was_built(driver):
    ended = []
    for key in ("landscape", "verdict"):
        tab = driver.window.lab.tab(key)
        close = tab.close_jobs
        tab.close_jobs = lambda key=key, close=close: (ended.append(key), close())
    driver.window.close()
    assert ended == ["landscape", "verdict"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_button_of_the_explanation_is_seen_while_it_is_shown(driver, mode):
    driver.window._appearance.set_mode(mode)
    button = driver.window.lab.head.explain_button
    if not button.isChecked():
        driver.press(button)
    driver.settle()
    image = button.grab().toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    theme = driver.window._appearance.theme
    assert theme.accent.rgb() in colors  # the ground
    assert theme.on_accent.rgb() in colors  # the question mark
