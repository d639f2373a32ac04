from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect
from PySide6.QtWidgets import QMainWindow

from gui.window_place import FIRST_SIZE, bounded, place_window

ROOM = QRect(0, 24, 1280, 776)
"""A small screen with a panel at its top."""


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (QRect(100, 100, 900, 600), QRect(100, 100, 900, 600)),
        (QRect(0, 0, 1440, 900), ROOM),
        (QRect(2400, 300, 1000, 700), QRect(280, 100, 1000, 700)),
        (QRect(-500, -300, 1000, 700), QRect(0, 24, 1000, 700)),
        (QRect(-500, 500, 2000, 200), QRect(0, 500, 1280, 200)),
    ],
)
def test_a_place_is_brought_onto_the_screen(place: QRect, expected: QRect) -> None:
    assert bounded(place, ROOM) == expected


def test_the_first_size_is_no_larger_than_the_screen(qtbot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    place_window(window, QByteArray())
    room = window.screen().availableGeometry()
    assert window.width() == min(FIRST_SIZE.width(), room.width())
    assert window.height() <= min(FIRST_SIZE.height(), room.height())
    assert window.height() > room.height() - 60 or window.height() == FIRST_SIZE.height()


def test_a_window_remembered_on_a_larger_screen_comes_back_within_this_one(qtbot) -> None:
    before, after = QMainWindow(), QMainWindow()
    for window in (before, after):
        qtbot.addWidget(window)
    before.setGeometry(3000, 2000, 2560, 1400)
    place_window(after, before.saveGeometry())
    assert after.screen().availableGeometry().contains(after.geometry())
