"""Languages: every visible string goes through here; English in the code, the rest in a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from engine.document.state import ClassInfo
from engine.errors import QT_TRANSLATE_NOOP, Message

LanguageChoice = Literal["system", "en", "ko"]

CATALOGUE_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "translations"

BUILT_IN_CLASS_NAMES = {
    "no_diet": QT_TRANSLATE_NOOP("ClassName", "no diet needed"),
    "needs_diet": QT_TRANSLATE_NOOP("ClassName", "needs a diet"),
    "underweight": QT_TRANSLATE_NOOP("ClassName", "underweight"),
    "normal": QT_TRANSLATE_NOOP("ClassName", "normal"),
    "overweight": QT_TRANSLATE_NOOP("ClassName", "overweight"),
    "obese": QT_TRANSLATE_NOOP("ClassName", "obese"),
    "tall": QT_TRANSLATE_NOOP("ClassName", "tall"),
    "class": QT_TRANSLATE_NOOP("ClassName", "class {number}"),
}


def translate(context: str, text: str, **values: object) -> str:
    """Return `text` in the language in use, with ``{name}`` places filled from `values`."""
    translated = QCoreApplication.translate(context, text)
    return translated.format(**values) if values else translated


def message_text(message: Message) -> str:
    """Return an engine's sentence in the language in use, a sentence among its values too."""
    values = {
        name: message_text(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return translate("Engine", message.template).format(**values)


def class_name(info: ClassInfo) -> str:
    """Return a class's name: the person's own, or the built-in one in the language in use."""
    if info.name is not None:
        return info.name
    return translate("ClassName", BUILT_IN_CLASS_NAMES[info.key]).format(number=info.class_id + 1)


class Language(QObject):
    """The language in use; switching it sends `QEvent.LanguageChange` to all widgets."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: LanguageChoice = "system"
        self._translator = QTranslator(self)
        self._installed = False
        self._apply()

    @property
    def choice(self) -> LanguageChoice:
        """What the person chose: "system", "en" or "ko"."""
        return self._choice

    @property
    def code(self) -> str:
        """The language shown: "en" or "ko"."""
        if self._choice == "system":
            return "ko" if QLocale.system().language() == QLocale.Language.Korean else "en"
        return self._choice

    def set_code(self, choice: LanguageChoice) -> None:
        """Follow the desktop's language, or use English or Korean."""
        if choice != self._choice:
            self._choice = choice
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        if self._installed:
            QCoreApplication.removeTranslator(self._translator)
            self._installed = False
        if self.code != "en" and self._translator.load(f"fall-line_{self.code}", str(CATALOGUE_FOLDER)):
            self._installed = QCoreApplication.installTranslator(self._translator)
