"""How the window looks and speaks: theme, language, scale, which columns show; remembered as preferences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from gui.actions import Actions
from gui.i18n import Language, LanguageChoice
from gui.preferences import Preferences
from gui.theme import Appearance, Mode
from gui.window_columns import Columns, Side
from gui.window_commands import Handlers

MODES: tuple[Mode, ...] = ("system", "light", "dark")
LANGUAGES: tuple[LanguageChoice, ...] = ("system", "en", "ko")


class Hideable(Protocol):
    """A part of the window that a command shows and hides: a widget, or a side of the columns."""

    def isHidden(self) -> bool: ...

    def setVisible(self, visible: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class ColumnSide:
    """A side of the columns; one that gave way counts as hidden, so that its command brings it back."""

    columns: Columns
    side: Side

    def isHidden(self) -> bool:
        return not self.columns.is_shown(self.side)

    def setVisible(self, visible: bool) -> None:
        self.columns.show_side(self.side, visible)


class ViewCommands(QObject):
    """Applies a choice of look at once and remembers it."""

    def __init__(
        self,
        preferences: Preferences,
        appearance: Appearance,
        language: Language,
        columns: dict[str, Hideable],  # by the name of the command that shows and hides them
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._appearance = appearance
        self._language = language
        self._columns = columns

    def handlers(self) -> Handlers:
        """What the commands of the View menu do."""
        return {
            "larger": partial(self._zoom, +1),
            "smaller": partial(self._zoom, -1),
            "normal_size": partial(self._zoom, 0),
            **{f"mode_{mode}": partial(self._set_mode, mode) for mode in MODES},
            **{f"language_{code}": partial(self._set_language, code) for code in LANGUAGES},
            **{name: partial(self._toggle_column, name) for name in self._columns},
        }

    def restore(self, actions: Actions) -> None:
        """Show what the preferences say, in the window and in the menus' check marks."""
        actions[f"mode_{self._appearance.mode}"].setChecked(True)
        actions[f"language_{self._language.choice}"].setChecked(True)
        for name, column in self._columns.items():
            shown = self._preferences.flag(name, default=True)
            column.setVisible(shown)
            actions[name].setChecked(shown)

    def show_marks(self, actions: Actions) -> None:
        """Show in the menu's check marks which columns are seen; no preference changes."""
        for name, column in self._columns.items():
            actions[name].setChecked(not column.isHidden())

    def _zoom(self, direction: int) -> None:
        if direction:
            self._appearance.zoom(direction)
        else:
            self._appearance.set_scale_percent(100)
        self._preferences.scale_percent = self._appearance.scale_percent

    def _set_mode(self, mode: Mode) -> None:
        self._appearance.set_mode(mode)
        self._preferences.mode = mode

    def _set_language(self, choice: LanguageChoice) -> None:
        self._language.set_code(choice)
        self._preferences.language = choice

    def _toggle_column(self, name: str) -> None:
        column = self._columns[name]
        column.setVisible(column.isHidden())
        self._preferences.set_flag(name, not column.isHidden())
