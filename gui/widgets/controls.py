"""Buttons and lists that leave Space, the arrows and the wheel to the canvas and the transport."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

_TEXT_MARGIN_PX = 2
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TRANSPORT_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


def is_enter(event: QKeyEvent) -> bool:
    """Whether the key is Return or Enter, which press a control here in the place of Space."""
    return event.key() in _ENTER_KEYS


def belongs_to_transport(event: QKeyEvent) -> bool:
    """Whether the key is one that a control lets pass: Space, Left, Right, Home, End."""
    return event.key() in _TRANSPORT_KEYS


class PanelButton(QPushButton):
    """A button reached with Tab (a click takes no focus) and pressed with Return."""

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("flat", flat)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        elif belongs_to_transport(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class PanelToolButton(QToolButton):
    """A flat icon button reached with Tab (a click takes no focus) and pressed with Return."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("flat", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        elif belongs_to_transport(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class PanelCombo(QComboBox):
    """A list of keyed choices. A click takes no focus, Return opens it, the wheel is the scroll area's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Show (key, text) pairs and keep the present key where it is still among them. Emits nothing."""
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] == choices:
            return
        key = self.key
        self.blockSignals(True)
        self.clear()
        for choice, text in choices:
            self.addItem(text, choice)
        self.set_key(key)
        self.blockSignals(False)

    @property
    def key(self) -> str:
        """The chosen key; empty without a choice."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_key(self, key: str) -> None:
        """Show a key's choice. Emits no `activated`."""
        row = self.findData(key)
        if row != self.currentIndex():
            self.setCurrentIndex(max(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.showPopup()
        elif belongs_to_transport(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave out the middle of a choice that is longer than the box: both its ends tell it apart."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideMiddle, field.width() - _TEXT_MARGIN_PX
        )
        painter = QStylePainter(self)
        with painter:
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class SectionHeading(QLabel):
    """A quiet heading in capitals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("heading", True)

    def set_title(self, title: str) -> None:
        """Show `title` in capitals; assistive software reads it as written."""
        self.setText(title.upper())
        self.setAccessibleName(title)


class TroubleLabel(QLabel):
    """One sentence in the colour of errors; takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("error", True)
        self.setWordWrap(True)
        self.hide()

    def set_trouble(self, sentence: str) -> None:
        """Show a sentence, or nothing for an empty one."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


def is_language_change(event: QEvent) -> bool:
    """Whether the event asks a view to set its texts again."""
    return event.type() == QEvent.Type.LanguageChange
