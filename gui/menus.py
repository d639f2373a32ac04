"""The menu bar, built from the table of commands; submenus for scenes and generators come from data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.actions import MENUS, SEPARATOR, SUBMENUS, Actions
from gui.i18n import translate


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of a submenu made from data: its text in the language in use, and what it does."""

    text: Callable[[], str]
    run: Callable[[], object]


class Menus:
    """Fills a menu bar; ``menu:NAME`` is a submenu, or the entries made from data of that name."""

    def __init__(self, bar: QMenuBar, actions: Actions, entries: dict[str, Sequence[MenuEntry]]) -> None:
        self._actions = actions
        self._entries = entries
        self._titled: list[tuple[QMenu, str]] = []
        self._data_actions: list[tuple[QAction, MenuEntry]] = []
        for title, names in MENUS:
            menu = bar.addMenu("")
            self._titled.append((menu, title))
            self._fill(menu, names)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every menu title and every entry made from data in the language in use."""
        for menu, title in self._titled:
            menu.setTitle(translate("Menu", title))
        for action, entry in self._data_actions:
            action.setText(entry.text())

    def _fill(self, menu: QMenu, names: Sequence[str]) -> None:
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            elif not name.startswith("menu:"):
                menu.addAction(self._actions[name])
            elif name.removeprefix("menu:") in SUBMENUS:
                self._add_submenu(menu, name.removeprefix("menu:"))
            else:
                self._add_entries(menu, name.removeprefix("menu:"))

    def _add_submenu(self, menu: QMenu, key: str) -> None:
        title, names = SUBMENUS[key]
        submenu = menu.addMenu("")
        self._titled.append((submenu, title))
        self._fill(submenu, names)
        self._add_entries(submenu, key)

    def _add_entries(self, menu: QMenu, key: str) -> None:
        for entry in self._entries.get(key, ()):
            action = menu.addAction("")
            action.triggered.connect(entry.run)
            self._data_actions.append((action, entry))
