"""The import dialog as a test opens it and works it by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.files.tables import TextSource
from gui.dialogs.import_csv import ImportDialog
from gui.theme import make_theme
from tests.gui.window_driver import WAIT_MS


def import_dialogs(qtbot) -> Iterator[Callable[[TextSource | Path], ImportDialog]]:
    """What opens a dialog on a table, read and shown; the work of all ends after the test."""
    opened: list[ImportDialog] = []

    def make(source: TextSource | Path) -> ImportDialog:
        dialog = ImportDialog(source, make_theme(dark=False), ("A", "B"))
        qtbot.addWidget(dialog)
        opened.append(dialog)
        dialog.show()
        settle(qtbot, dialog)
        return dialog

    yield make
    for dialog in opened:
        dialog.background.close()


def settle(qtbot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.accept_button.isEnabled() or bool(dialog.trouble), timeout=WAIT_MS)


def choose(qtbot, dialog: ImportDialog, box, data) -> None:
    """Pick an entry of a box by the keyboard, as a person does."""
    box.setFocus()
    for _ in range(box.count()):
        if box.currentData() == data:
            break
        down = box.findData(data) > box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    assert box.currentData() == data
    settle(qtbot, dialog)
