from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.threshold_control import ThresholdControl
from gui.theme import Appearance
from tests.gui.view_fakes import document_of, keep

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def appearance(qapp: object) -> Appearance:
    return Appearance()


def threshold_of(qtbot: QtBot, appearance: Appearance, n_classes: int = 2) -> tuple[ThresholdControl, object]:
    document = document_of(n_classes)
    control = ThresholdControl(document, appearance)
    keep(qtbot, control, document)
    control.resize(400, 50)
    control.setVisible(n_classes == 2)
    return control, document


def test_a_drag_sets_the_threshold_as_one_command(qtbot: QtBot, appearance: Appearance) -> None:
    control, document = threshold_of(qtbot, appearance)
    slider = control.slider
    middle, right = QPoint(slider.width() // 2, 10), QPoint(slider.width() - 7, 10)
    QTest.mousePress(slider, LEFT, NONE, middle)
    for share in (0.6, 0.8):
        QTest.mouseMove(slider, QPoint(round(slider.width() * share), 10))
    QTest.mouseMove(slider, right)
    QTest.mouseRelease(slider, LEFT, NONE, right)
    assert document.state.settings.threshold == 0.99
    assert control.value_label.text() == "0.99"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.state.settings.threshold == 0.5
    assert control.value_label.text() == "0.50"


def test_a_double_click_goes_back_to_one_half(qtbot: QtBot, appearance: Appearance) -> None:
    control, document = threshold_of(qtbot, appearance)
    document.change_settings(threshold=0.8)
    QTest.mouseDClick(control.slider, LEFT, NONE, QPoint(20, 10))
    assert document.state.settings.threshold == 0.5


def test_only_the_logistic_model_has_a_threshold(qtbot: QtBot, appearance: Appearance) -> None:
    control, document = threshold_of(qtbot, appearance)
    document.change_settings(model="softmax")
    assert control.isHidden()
    document.change_settings(model="logistic")
    assert not control.isHidden()
    document.add_class()
    assert control.isHidden()


def test_it_says_what_it_does_not_change(qtbot: QtBot, appearance: Appearance) -> None:
    control, _ = threshold_of(qtbot, appearance)
    assert "in parallel and changes no weight" in control.toolTip()


def test_the_name_gives_way_before_the_slider_does(qtbot: QtBot, appearance: Appearance) -> None:
    control, _ = threshold_of(qtbot, appearance)
    assert not control.name_label.isHidden()
    control.resize(110, 50)
    assert control.name_label.isHidden()
    assert control.toolTip().startswith("threshold on p: ")
    control.resize(400, 50)
    assert not control.name_label.isHidden()
