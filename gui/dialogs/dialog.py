"""What all dialogs share: margins, one line for what is wrong, and buttons in the language in use."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.i18n import translate
from gui.widgets.controls import TroubleLabel


class Dialog(QDialog):
    """A modal dialog: `body` takes the content; `set_trouble` says in place what is wrong."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._trouble = TroubleLabel(self)
        self._buttons = QDialogButtonBox(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self.body, 1)
        layout.addWidget(self._trouble)
        layout.addWidget(self._buttons)
        self._buttons.rejected.connect(self.reject)

    @property
    def trouble(self) -> str:
        """The sentence shown; empty while nothing is wrong."""
        return self._trouble.text()

    def set_trouble(self, sentence: str) -> None:
        """Say what is wrong, or nothing."""
        self._trouble.set_trouble(sentence)

    def add_accept(self, text: str) -> QPushButton:
        """Add the button that does it, and one that cancels. A dialog checks in its `accept`."""
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        button.setProperty("primary", True)
        button.style().unpolish(button)  # Qt dressed it when it joined the others
        button.style().polish(button)
        button.setDefault(True)
        button.clicked.connect(self.accept)
        self._buttons.addButton(translate("Dialog", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        return button

    def add_close(self) -> QPushButton:
        """Add the one button of a dialog that only shows something."""
        button = self._buttons.addButton(translate("Dialog", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
        button.setDefault(True)
        return button


def quiet_label(text: str) -> QLabel:
    """A paragraph in the quiet colour."""
    label = QLabel(text)
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
