"""Sentences that come and go at the foot of the canvas: never modal, never in the way of a click for long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.i18n import translate
from gui.theme import Appearance
from gui.widgets.controls import is_language_change

Words = str | Callable[[], str]
"""What is said: as it is, or how to say it in the language in use."""

READING_MS_PER_CHARACTER = 90
SHORTEST_MS = 4000


class Notices(QFrame):
    """One sentence at a time over the foot of `host`, with at most one thing to do about it.

    A sentence goes by itself when there was time to read it; one with something to do stays until it is
    done, closed, or followed by another. When the language is switched, a sentence that knows how is said
    again in the other one; one that is given as it is goes.
    """

    def __init__(self, appearance: Appearance, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._appearance = appearance
        self._words: tuple[Words, Words] = ("", "")
        self._act: Callable[[], object] | None = None
        self.setProperty("card", True)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.close_button = QPushButton(self)
        for button in (self.button, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setProperty("flat", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._on_button)
        self.close_button.clicked.connect(self.hide)
        appearance.changed.connect(self._place)
        host.installEventFilter(self)
        self.hide()

    def tell(self, sentence: Words, action: Words = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence and, with `action`, a button that does `act`."""
        self._words = (sentence, action)
        self._act = act
        self._write()
        self.button.setVisible(bool(action))
        self.show()
        self.raise_()
        self._place()
        self._timer.stop()
        if not action:
            self._timer.start(max(SHORTEST_MS, READING_MS_PER_CHARACTER * len(self.label.text())))

    def drop(self) -> None:
        """Take away what is told, and what could be done about it: it no longer holds."""
        self._timer.stop()
        self._act = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the host's foot when it is resized."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Say it in the language in use, or say nothing."""
        if is_language_change(event) and not self.isHidden():
            if all(callable(words) or not words for words in self._words):
                self._write()
                self._place()
            else:
                self.drop()
        super().changeEvent(event)

    def _write(self) -> None:
        sentence, action = (words() if callable(words) else words for words in self._words)
        self.label.setText(sentence)
        self.button.setText(action)
        self.close_button.setText(translate("Notices", "Close"))

    def _place(self) -> None:
        if self.isHidden():
            return
        margin = self._appearance.theme.px(12)
        width = min(self._host.width() - 2 * margin, self._appearance.theme.px(560))
        height = max(self.heightForWidth(width), self.sizeHint().height())
        foot = self._host.height() - height - self._appearance.theme.px(56)
        self.setGeometry((self._host.width() - width) // 2, foot, width, height)

    def _on_button(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
