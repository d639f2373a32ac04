"""The sentences at the foot of the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.notices import READING_MS_PER_CHARACTER, SHORTEST_MS, Notices
from gui.theme import Appearance


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(700, 500)
    host.show()
    return host


@pytest.fixture
def notices(host):
    host.appearance = Appearance()
    return Notices(host.appearance, host)


def test_nothing_is_there_before_something_is_told(notices):
    assert notices.isHidden()


def test_a_sentence_stands_at_the_foot_and_goes_by_itself(notices, host):
    notices.tell("Training needs at least two classes.")
    assert notices.isVisible()
    assert notices.label.text() == "Training needs at least two classes."
    assert not notices.button.isVisible()
    assert host.rect().contains(notices.geometry())
    assert notices.geometry().top() > host.height() / 2
    assert notices._timer.isActive()
    notices._timer.timeout.emit()  # as when there was time to read it
    assert notices.isHidden()


def test_a_long_sentence_stays_longer_and_is_not_cut_off(notices):
    notices.tell("word " * 60)
    assert notices._timer.interval() == READING_MS_PER_CHARACTER * 300 > SHORTEST_MS
    assert notices.label.heightForWidth(notices.label.width()) <= notices.label.height()
    notices.tell("Short.")
    assert notices._timer.interval() == SHORTEST_MS


def test_a_sentence_with_something_to_do_stays_until_it_is_done(notices, qtbot):
    done = []
    notices.tell("Too fast.", "Use 0.1", lambda: done.append(True))
    assert notices.button.isVisible()
    assert notices.button.text() == "Use 0.1"
    assert not notices._timer.isActive()
    qtbot.mouseClick(notices.button, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert notices.isHidden()


def test_a_sentence_can_be_closed_undone(notices, qtbot):
    done = []
    notices.tell("Too fast.", "Use 0.1", lambda: done.append(True))
    qtbot.mouseClick(notices.close_button, Qt.MouseButton.LeftButton)
    assert notices.isHidden()
    assert done == []


def test_the_next_sentence_replaces_the_last_and_its_button(notices):
    notices.tell("Too fast.", "Use 0.1", lambda: None)
    notices.tell("Written: a.json")
    assert notices.label.text() == "Written: a.json"
    assert not notices.button.isVisible()
    assert notices._timer.isActive()


def test_it_stays_at_the_foot_when_the_canvas_is_resized(notices, host):
    notices.tell("Training needs at least two classes.")
    host.resize(400, 300)
    assert host.rect().contains(notices.geometry())


def test_it_never_takes_the_focus(notices, host, qtbot):
    host.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    host.activateWindow()
    host.setFocus()
    qtbot.waitUntil(host.hasFocus)
    notices.tell("Too fast.", "Use 0.1", lambda: None)
    qtbot.mouseClick(notices.button, Qt.MouseButton.LeftButton)
    assert host.hasFocus()


def test_what_no_longer_holds_is_dropped_with_what_could_be_done_about_it(notices, qtbot):
    done = []
    notices.tell("Too fast.", "Use 0.1", lambda: done.append(True))
    notices.drop()
    assert notices.isHidden()
    notices.tell("Saved.")
    notices.drop()
    assert notices.isHidden()
    assert not notices._timer.isActive()
    assert not done
