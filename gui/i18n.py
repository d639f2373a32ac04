"""Languages: every visible string goes through here; English in the code, the rest in a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QKeySequence

from engine.document.state import ClassInfo
from engine.errors import QT_TRANSLATE_NOOP, Message

LanguageChoice = Literal["system", "en", "ko"]
LANGUAGES = ("en", "ko")

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

WORDS_OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QShortcut", "Space"),
    QT_TRANSLATE_NOOP("QShortcut", "Left"),
    QT_TRANSLATE_NOOP("QShortcut", "Right"),
)
"""What Qt says in this program and its own Korean catalogue lacks, or names otherwise than a keyboard."""


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


def key_name(key: str) -> str:
    """What a key ("Space", "Right") is called in menus and tooltips alike, in the language in use."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class Language(QObject):
    """The language in use; switching it sends `QEvent.LanguageChange` to all widgets."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: LanguageChoice = "system"
        # The one installed last is asked first: the program's own, then Qt's for its dialogs and menus.
        self._translators = (QTranslator(self), QTranslator(self))
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
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        if self.code == "en":
            return
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        catalogues = ((f"qtbase_{self.code}", qt_folder), (f"fall-line_{self.code}", str(CATALOGUE_FOLDER)))
        for translator, (name, folder) in zip(self._translators, catalogues, strict=True):
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
