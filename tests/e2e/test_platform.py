"""The ground under the real-window tests: a display that shows windows and hears keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit


@pytest.mark.real_window
def test_the_display_shows_a_window_at_least_as_large_as_a_projector(qtbot):
    assert QGuiApplication.platformName() not in ("offscreen", "minimal")
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.width() >= 1024
    assert screen.height() >= 768


@pytest.mark.real_window
def test_a_click_and_keys_reach_a_window_on_the_display(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.keyClicks(field, "172.5 cm")
    assert field.text() == "172.5 cm"
    shown = field.grab().toImage()
    field.clear()
    assert field.grab().toImage() != shown
