"""What is asked before work could be lost: save changes, or write over what somebody else wrote."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.i18n import translate

SaveChoice = Literal["save", "discard", "cancel"]
OverwriteChoice = Literal["overwrite", "save_as", "cancel"]

_Role = QMessageBox.ButtonRole


def ask_save_changes(name: str, parent: QWidget) -> SaveChoice:
    """Ask whether the changes of the document called `name` are to be saved before it goes."""
    box = _question(translate("Session", "Save changes to “{name}”?", name=name), parent)
    save = box.addButton(translate("Session", "Save"), _Role.AcceptRole)
    discard = box.addButton(translate("Session", "Don't save"), _Role.DestructiveRole)
    cancel = box.addButton(translate("Session", "Cancel"), _Role.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    clicked = _answer(box)
    if clicked is save:
        return "save"
    return "discard" if clicked is discard else "cancel"


def ask_overwrite(sentence: str, parent: QWidget) -> OverwriteChoice:
    """Say why a file should not be written over, and ask whether it is to be."""
    box = _question(sentence, parent)
    box.setInformativeText(translate("Session", "Saving would replace what is there now."))
    overwrite = box.addButton(translate("Session", "Overwrite"), _Role.DestructiveRole)
    save_as = box.addButton(translate("Session", "Save as…"), _Role.AcceptRole)
    cancel = box.addButton(translate("Session", "Cancel"), _Role.RejectRole)
    box.setDefaultButton(save_as)
    box.setEscapeButton(cancel)
    clicked = _answer(box)
    if clicked is overwrite:
        return "overwrite"
    return "save_as" if clicked is save_as else "cancel"


def _question(text: str, parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    return box


def _answer(box: QMessageBox) -> object:
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return clicked
