"""Another style sheet with every instrument opened: each widget styled once, and as by Qt alone."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.restyle import set_style_sheet
from gui.style_sheet import style_sheet
from gui.theme import make_theme
from tests.gui.window_driver import open_window

OTHER = style_sheet(make_theme(dark=True, scale=1.5))
ROLES = [
    getattr(QPalette.ColorRole, name)
    for name in ("WindowText", "Text", "ButtonText", "Window", "Base", "Button")
]


class StyleChanges(QObject):
    """Counts how often each widget is told that its style has become another."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[QObject] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self.counts[watched] += 1
        return False


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        for key in driver.window.lab.keys:
            driver.window.lab.open_tab(key)
            QApplication.processEvents()
        driver.window.lab.open_tab("network")
        QApplication.processEvents()
        yield driver


def look(widget: QWidget) -> tuple[object, ...]:
    """What a style sheet gives a widget: its font and its colours."""
    palette = widget.palette()
    colors = [palette.color(role).name(QColor.NameFormat.HexArgb) for role in ROLES]
    return widget.font().toString(), *colors


def test_every_widget_is_styled_once(driver):
    changes = StyleChanges()
    QApplication.instance().installEventFilter(changes)
    set_style_sheet(QApplication.instance(), OTHER)
    QApplication.instance().removeEventFilter(changes)
    widgets = {driver.window, *driver.window.findChildren(QWidget)}
    assert len(widgets) > 1000
    assert {widget: changes.counts[widget] for widget in widgets if changes.counts[widget] != 1} == {}


def test_styling_all_again_in_qts_own_way_would_change_nothing(driver):
    app = QApplication.instance()

    def looks() -> dict[QWidget, tuple[object, ...]]:
        QApplication.processEvents()
        return {
            widget: (look(widget), widget.minimumSize().toTuple())
            for widget in driver.window.findChildren(QWidget)
        }

    before = looks()
    set_style_sheet(app, OTHER)
    styled = looks()
    app.setStyleSheet(OTHER)
    again = looks()
    assert sum(styled[widget] != before[widget] for widget in styled) > 1000
    assert {
        widget: (styled[widget], again[widget]) for widget in styled if styled[widget] != again[widget]
    } == {}


def test_a_sheet_reaches_dialogs_what_is_hidden_and_what_has_a_sheet_of_its_own(qtbot, qapp):
    before = qapp.styleSheet()
    window = QWidget()
    qtbot.addWidget(window)
    try:
        set_style_sheet(qapp, "QLabel, QPushButton { font-size: 11px; color: #ff0000; }")
        dialog = QDialog(window)
        frame = QFrame(window)
        for parent in (frame, dialog):
            layout = QVBoxLayout(parent)
            for made in (QLabel("a"), QPushButton("b")):
                layout.addWidget(made)
        own = QLabel("own", window)
        own.setStyleSheet("font-size: 30px;")
        window.show()
        dialog.show()
        frame.hide()
        set_style_sheet(qapp, "QLabel, QPushButton { font-size: 17px; color: #00ff00; }")
        late = QPushButton("late", frame)
        frame.show()
        late.show()
        plain = [*frame.findChildren(QLabel), *window.findChildren(QPushButton), *dialog.findChildren(QLabel)]
        assert len(plain) == 5
        assert {widget.font().pixelSize() for widget in plain} == {17}
        assert own.font().pixelSize() == 30
        texts = {widget.palette().color(widget.foregroundRole()).name() for widget in (*plain, own)}
        assert texts == {"#00ff00"}
    finally:
        qapp.setStyleSheet(before)
