"""All keys at a glance: those of the commands, and those of the mouse on the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.i18n import translate
from gui.widgets.controls import SectionHeading

Rows = Sequence[tuple[str, str]]
"""What a key or a gesture does, and the key or gesture."""


class ShortcutsDialog(Dialog):
    """Two lists side by side: keys, and the canvas's own keys and gestures."""

    def __init__(self, commands: Rows, canvas: Rows = (), parent: QWidget | None = None) -> None:
        super().__init__(translate("Shortcuts", "Keyboard shortcuts"), parent)
        content = QWidget()
        columns = QGridLayout(content)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setHorizontalSpacing(40)
        half = (len(commands) + len(canvas) + 1) // 2 if canvas else (len(commands) + 1) // 2
        first, rest = commands[:half], commands[half:]
        columns.addLayout(_list(translate("Shortcuts", "Commands"), first), 0, 0)
        right = QVBoxLayout()
        right.setSpacing(16)
        if rest:
            right.addLayout(_list("" if first else translate("Shortcuts", "Commands"), rest))
        if canvas:
            right.addLayout(_list(translate("Shortcuts", "On the canvas"), canvas))
        right.addStretch(1)
        columns.addLayout(right, 0, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setMinimumSize(content.sizeHint().width() + 16, min(content.sizeHint().height(), 480))
        self.body.addWidget(scroll, 1)
        self.add_close()


def _list(title: str, rows: Rows) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    heading = SectionHeading()
    heading.set_title(title or " ")  # a list that goes on keeps the height of the heading
    grid.addWidget(heading, 0, 0, 1, 2)
    for number, (text, keys) in enumerate(rows, start=1):
        grid.addWidget(QLabel(text), number, 0)
        key_label = QLabel(keys)
        key_label.setProperty("quiet", True)
        grid.addWidget(key_label, number, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(len(rows) + 1, 1)
    return grid


def show_shortcuts(commands: Rows, canvas: Rows = (), parent: QWidget | None = None) -> None:
    """Show the overview until it is closed."""
    dialog = ShortcutsDialog(commands, canvas, parent)
    dialog.exec()
    dialog.deleteLater()
