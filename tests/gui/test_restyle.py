"""Another scale, theme or language with every instrument opened: widgets styled once, and all of it right."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.exceptions import TimeoutError

from gui.restyle import set_style_sheet
from gui.style_sheet import style_sheet
from gui.theme import make_theme
from tests.gui.window_driver import open_window

OTHER = style_sheet(make_theme(dark=True, scale=1.5))
ROLES = [
    getattr(QPalette.ColorRole, name)
    for name in ("WindowText", "Text", "ButtonText", "Window", "Base", "Button")
]

CHANGES = {
    "scale": lambda driver: driver.appearance.set_scale_percent(150),
    "theme": lambda driver: driver.appearance.set_mode("dark"),
    "language": lambda driver: driver.speak("ko"),
}
ROOMY = (1600, 1200)
"""With less room some instruments keep what they showed before it became scarce."""
RANGED = ("landscape",)
"""Keeps the range that it was first worked out for: its pixels tell when it was opened."""


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
    with open_window(qtbot, size=ROOMY) as driver:
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


def shown(tab: QWidget) -> list[tuple[object, ...]]:
    """The widgets of a tab that can be seen, each with its place, words, font and colours."""
    found = []
    for widget in [tab, *(child for child in tab.findChildren(QWidget) if child.isVisible())]:
        text: object = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
        if isinstance(widget, QComboBox):
            text = [widget.itemText(row) for row in range(widget.count())]
        words = (text, widget.toolTip(), widget.accessibleName())
        found.append((type(widget).__name__, widget.geometry().getRect(), words, look(widget)))
    return found


@pytest.fixture
def fresh_tab(driver):
    """Opens an instrument once more, beside the tab that was opened before, at the same size."""
    lab = driver.window.lab
    made = []

    def open_again(key: str) -> QWidget:
        tab = lab.instrument(key).make(lab._context)
        made.append(tab)
        lab._stack.addWidget(tab)
        tab.show_frame(lab.tab(key).frame)
        lab._stack.setCurrentWidget(tab)
        tab.set_active(True)
        return tab

    yield open_again
    for tab in made:
        tab.set_active(False)
        tab.close_jobs()


@pytest.mark.parametrize("change", CHANGES)
def test_a_tab_behind_others_during_a_change_is_as_one_opened_after_it(driver, fresh_tab, change):
    lab = driver.window.lab
    CHANGES[change](driver)
    for key in lab.keys:
        lab.open_tab(key)
        tabs = (lab.tab(key), fresh_tab(key))
        seen: list[tuple[list[tuple[object, ...]], object]] = []

        def is_alike(key: str = key, tabs: tuple[QWidget, ...] = tabs, seen: list = seen) -> bool:
            seen.clear()
            for tab in tabs:
                lab._stack.setCurrentWidget(tab)
                QApplication.processEvents()
                seen.append((shown(tab), None if key in RANGED else tab.grab().toImage()))
            return seen[0] == seen[1]

        with suppress(TimeoutError):  # what is worked out in the background comes when it comes
            driver.until(is_alike)
        (behind, picture), (fresh, fresh_picture) = seen
        assert [pair for pair in zip(behind, fresh, strict=True) if pair[0] != pair[1]] == [], key
        assert picture == fresh_picture, key


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
