"""The scene's caption: what to watch for, in a few words, until the person closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.icons import icon
from gui.theme import Appearance
from gui.widgets.controls import PanelToolButton, is_language_change


class CaptionCard(QFrame):
    """A card with a title, a text and a way to close it; hidden while it has nothing to say."""

    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("card", True)
        self.title_label, self.text_label = QLabel(self), QLabel(self)
        for label in (self.title_label, self.text_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.text_label.setProperty("quiet", True)
        self.close_button = PanelToolButton(self)
        self.close_button.clicked.connect(self._on_close)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title_label)
        words.addWidget(self.text_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()
        self.hide()

    def set_text(self, title: str, text: str) -> None:
        """Show a title and a text, either of which may be empty; with both empty the card goes.

        A text that was closed comes back only when it differs or `open` asks for it.
        """
        if (title, text) == (self.title_label.text(), self.text_label.text()):
            return
        self.title_label.setText(title)
        self.text_label.setText(text)
        self.title_label.setVisible(bool(title))
        self.text_label.setVisible(bool(text))
        self.setVisible(bool(title or text))

    def open(self) -> None:
        """Show the present text again after it was closed."""
        self.setVisible(bool(self.title_label.text() or self.text_label.text()))

    def retranslate(self) -> None:
        """Set the button's words; title and text are the scene's own."""
        self.close_button.setToolTip(translate("Caption", "Close this caption"))
        self.close_button.setAccessibleName(self.close_button.toolTip())

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.title_label.setFont(theme.font(bold=True))
        self.close_button.setIcon(icon("close", theme.quiet, theme.px(14)))
        self.close_button.setIconSize(QSize(theme.px(14), theme.px(14)))

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
