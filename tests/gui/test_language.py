"""The language in use: the program's own words and, where Qt has the word, Qt's."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QSpinBox, QToolButton

from gui.i18n import Language, translate
from tests.gui.window_driver import CTRL, open_window

NATIVE = QKeySequence.SequenceFormat.NativeText


@pytest.fixture
def language(qtbot):
    language = Language()
    language.set_code("en")
    yield language
    language.set_code("en")


def file_dialog_words(qtbot) -> list[str]:
    """Buttons and tooltips of the dialog that Qt draws where the desktop has none."""
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    buttons = [button.text() for button in dialog.findChildren(QPushButton)]
    return buttons + [button.toolTip() for button in dialog.findChildren(QToolButton) if button.toolTip()]


def text_menu_words() -> list[str]:
    """The context menu of a text field, without its keys."""
    field = QLineEdit("172.4")
    menu = field.createStandardContextMenu()
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def test_dialogs_and_menus_of_qt_follow_the_language_there_and_back(language, qtbot):
    english = file_dialog_words(qtbot), text_menu_words()
    assert {"&Open", "Cancel", "Back"} <= set(english[0])
    assert "&Paste" in english[1]
    language.set_code("ko")
    buttons, menu = file_dialog_words(qtbot), text_menu_words()
    assert {"열기(&O)", "취소", "뒤로", "새 폴더 만들기"} <= set(buttons)
    assert {"실행 취소(&U)", "붙여넣기(&P)", "모두 선택"} <= set(menu)
    language.set_code("en")
    assert (file_dialog_words(qtbot), text_menu_words()) == english


def test_the_program_is_asked_before_qt(language):
    language.set_code("ko")
    qt, own = language._translators
    assert qt.translate("QShortcut", "Right") == "오른쪽"
    for key in ("Space", "Left", "Right"):
        assert translate("QShortcut", key) == (
            own.translate("QShortcut", key) or qt.translate("QShortcut", key)
        )


def test_a_switch_tells_each_widget_once(language, qtbot):
    told = []

    class Listener(QSpinBox):
        def changeEvent(self, event):
            if event.type() == event.Type.LanguageChange:
                told.append(self)
            super().changeEvent(event)

    listener = Listener()
    qtbot.addWidget(listener)
    listener.show()
    qtbot.waitExposed(listener)
    for code in ("ko", "en"):
        told.clear()
        language.set_code(code)
        qtbot.waitUntil(lambda: bool(told))
        assert told == [listener]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


@pytest.mark.parametrize("code", ["en", "ko"])
def test_a_key_has_one_name_in_menus_the_overview_and_tooltips(driver, code):
    driver.speak(code)
    named = {action.objectName(): action.shortcut().toString(NATIVE) for action in driver.window.actions()}
    overview = {keys for _, keys in driver.window.actions_by_name.overview()}
    transport = driver.window.transport
    for name, button in {
        "train": transport.train_button,
        "step_forward": transport.forward_button,
        "step_back": transport.back_button,
    }.items():
        assert named[name] in overview
        assert button.toolTip().endswith(f"({named[name]})")


def test_a_notice_is_said_again_in_the_other_language_with_what_can_be_done(driver):
    driver.speak("ko")
    driver.window.tell_failure(lambda: translate("Notices", "Close"))  # any sentence that the catalogue has
    notices = driver.window.notices
    assert (driver.notice, notices.close_button.text()) == ("닫기", "닫기")
    driver.speak("en")
    assert (driver.notice, notices.close_button.text()) == ("Close", "Close")
    assert notices.button.text() == "Save as…"
    assert notices.button.isVisible()


def test_what_training_says_follows_the_language(driver):
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    driver.key(Qt.Key.Key_Space)
    english = driver.notice
    assert english
    driver.speak("ko")
    assert re.search("[가-힣]", driver.notice)
    driver.speak("en")
    assert driver.notice == english


def test_a_notice_that_cannot_be_said_again_goes_with_its_language(driver):
    driver.speak("ko")
    driver.window.files.notice.emit("저장했습니다: a.json")
    assert driver.notice
    driver.speak("en")
    assert driver.notice == ""
    driver.window.files.notice.emit("Written: a.json")
    assert driver.window.notices.close_button.text() == "Close"
