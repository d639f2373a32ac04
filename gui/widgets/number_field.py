"""A field for an exact number: checks what is typed and says in a sentence what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.i18n import translate
from gui.widgets.escape_first import EscapeFirst

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"\d{1,3}([,. ]\d{3})+|\d+")


class FieldError(ValueError):
    """What is wrong with a typed text, as one sentence in the language in use."""


Parser = Callable[[str], float]
Formatter = Callable[[float], str]


def parse_number(text: str) -> float:
    """Read a finite number with a point or a comma as its decimal mark.

    Raises
    ------
    FieldError
        If the text is no such number.
    """
    stripped = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(stripped):
        raise FieldError(translate("NumberField", "Type a number, such as 0.1 or 1e-3."))
    value = float(stripped.replace(",", "."))
    if not math.isfinite(value):
        raise FieldError(translate("NumberField", "This number is too large."))
    return value


def parse_positive(text: str) -> float:
    """Read a finite number above 0; raises `FieldError` for anything else."""
    value = parse_number(text)
    if value <= 0.0:
        raise FieldError(translate("NumberField", "The number must be above 0."))
    return value


def parse_count(text: str, largest: int) -> int:
    """Read a whole number from 0 to `largest`, thousands apart or not; raises `FieldError` otherwise."""
    stripped = text.strip()
    if not _GROUPED.fullmatch(stripped):
        raise FieldError(translate("NumberField", "Type a whole number."))
    value = int(re.sub(r"\D", "", stripped))
    if value > largest:
        raise FieldError(translate("NumberField", "The largest is {largest}.", largest=f"{largest:,}"))
    return value


def number_text(value: float) -> str:
    """Return the shortest text that reads back as exactly `value`: 0.1, 100, 1e-05."""
    text = repr(float(value))
    return text.removesuffix(".0")


class NumberField(QLineEdit):
    """A number in a line of text. Return or leaving the field commits, Escape takes the typing back."""

    committed = Signal(float)
    trouble_changed = Signal(str)

    def __init__(
        self,
        parse: Parser = parse_number,
        text_of: Formatter = number_text,
        parent: QWidget | None = None,
        *,
        inline: bool = False,
    ) -> None:
        super().__init__(parent)
        EscapeFirst(self)
        self._parse = parse
        self._text_of = text_of
        self._value = math.nan
        self._hint = ""
        self._trouble = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setProperty("inline", inline)
        self.editingFinished.connect(self._commit)
        self.textEdited.connect(self._on_edited)

    @property
    def value(self) -> float:
        """The last number set or committed."""
        return self._value

    @property
    def trouble(self) -> str:
        """What is wrong with the text; empty while nothing is."""
        return self._trouble

    def set_value(self, value: float) -> None:
        """Show a number; what is being typed is left alone until the number itself changes."""
        unchanged = value == self._value
        self._value = value
        if not (unchanged and self.isModified()):
            self._show_value()

    def set_hint(self, hint: str) -> None:
        """Set the tooltip shown while nothing is wrong."""
        self._hint = hint
        self._update_tooltip()

    def refresh(self) -> None:
        """Write the number again: its wording may have changed."""
        if not self.isModified():
            self._show_value()

    def commit(self) -> bool:
        """Take what is typed for the number; False where that cannot be read, which is then said."""
        self._commit()
        return not self._trouble

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            untouched = not self.isModified()
            self._show_value()
            self.clearFocus()
            event.setAccepted(not untouched)
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._trouble:
            self.clearFocus()  # the single keys are the canvas's again

    def _show_value(self) -> None:
        self.setText("" if math.isnan(self._value) else self._text_of(self._value))
        self.setModified(False)
        self._set_trouble("")

    def _on_edited(self, text: str) -> None:
        del text
        if self._trouble:
            self._set_trouble("")

    def _commit(self) -> None:
        if not self.isModified():
            return
        try:
            value = self._parse(self.text())
        except FieldError as error:
            self._set_trouble(str(error))
            return
        self._value = value
        self._show_value()
        self.committed.emit(value)

    def _set_trouble(self, sentence: str) -> None:
        if sentence == self._trouble:
            return
        self._trouble = sentence
        self.setProperty("error", bool(sentence))
        self.style().unpolish(self)
        self.style().polish(self)
        self._update_tooltip()
        self.trouble_changed.emit(sentence)

    def _update_tooltip(self) -> None:
        self.setToolTip(self._trouble or self._hint)
