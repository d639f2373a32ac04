"""What is remembered between starts: window layout, theme, language, scale. Never the lesson itself."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args

from PySide6.QtCore import QByteArray, QSettings

from gui.i18n import LanguageChoice
from gui.theme import Mode

LayoutPart = Literal["geometry", "columns", "right_column"]


class Preferences:
    """Typed access to the settings file; a value that makes no sense reads as its default."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Fall Line", "fall-line"
        )

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the desktop."""
        value = self._text("appearance/mode")
        return cast("Mode", value) if value in get_args(Mode) else "system"

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("appearance/mode", mode)

    @property
    def scale_percent(self) -> int:
        """Size of text, lines and markers."""
        value = self._text("appearance/scale_percent")
        return int(value) if value.isdecimal() and len(value) < 6 else 100

    @scale_percent.setter
    def scale_percent(self, percent: int) -> None:
        self._settings.setValue("appearance/scale_percent", percent)

    @property
    def language(self) -> LanguageChoice:
        """English, Korean, or as the desktop."""
        value = self._text("language")
        return cast("LanguageChoice", value) if value in get_args(LanguageChoice) else "system"

    @language.setter
    def language(self, choice: LanguageChoice) -> None:
        self._settings.setValue("language", choice)

    @property
    def last_folder(self) -> Path:
        """Folder of the last file opened or exported, else the home folder."""
        folder = Path(self._text("files/last_folder") or Path.home())
        return folder if folder.is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._settings.setValue("files/last_folder", str(folder))

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """Files that were opened or saved, the newest first."""
        value = self._settings.value("files/recent", [])
        names = value if isinstance(value, list) else [value]
        return tuple(Path(name) for name in names if isinstance(name, str) and name)

    @recent_files.setter
    def recent_files(self, paths: tuple[Path, ...]) -> None:
        self._settings.setValue("files/recent", [str(path) for path in paths])

    @property
    def instrument(self) -> str:
        """Key of the lab's instrument that was last in front; empty if none was."""
        return self._text("layout/instrument")

    @instrument.setter
    def instrument(self, key: str) -> None:
        self._settings.setValue("layout/instrument", key)

    def flag(self, name: str, default: bool) -> bool:
        """A yes or no of the view, such as whether a column is shown."""
        value = self._text(f"view/{name}")
        return value == "true" if value in ("true", "false") else default

    def set_flag(self, name: str, value: bool) -> None:
        """Remember a yes or no of the view."""
        self._settings.setValue(f"view/{name}", "true" if value else "false")

    def layout(self, part: LayoutPart) -> QByteArray:
        """A part of the window's layout as Qt saved it; empty if none was."""
        value = self._settings.value(f"layout/{part}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, part: LayoutPart, state: QByteArray) -> None:
        """Remember a part of the window's layout."""
        self._settings.setValue(f"layout/{part}", state)

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else str(value)
