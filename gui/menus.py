"""The menu bar, built from the table of commands; entries for scenes and instruments come from data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.actions import MENUS, SEPARATOR, SUBMENUS, Actions
from gui.i18n import translate


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line made from data: its text in the language in use, what it does, and when it has a check mark."""

    text: Callable[[], str]
    run: Callable[[], object]
    is_checked: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A submenu made from data."""

    text: Callable[[], str]
    entries: tuple[MenuEntry, ...]


class Menus:
    """Fills a menu bar; ``menu:NAME`` is a submenu, or the entries made from data of that name."""

    def __init__(
        self, bar: QMenuBar, actions: Actions, entries: dict[str, Sequence[MenuEntry | MenuGroup]]
    ) -> None:
        self._actions = actions
        self._entries = entries
        self.submenus: dict[str, QMenu] = {}
        self._titled: list[tuple[QMenu, str]] = []
        self._data_menus: list[tuple[QMenu, MenuGroup]] = []
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
        for submenu, group in self._data_menus:
            submenu.setTitle(group.text())
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
                self._add_entries(menu, self._entries.get(name.removeprefix("menu:"), ()))

    def _add_submenu(self, menu: QMenu, key: str) -> None:
        title, names = SUBMENUS[key]
        submenu = menu.addMenu("")
        self._titled.append((submenu, title))
        self.submenus[key] = submenu
        self._fill(submenu, names)
        self._add_entries(submenu, self._entries.get(key, ()))

    def _add_entries(self, menu: QMenu, entries: Sequence[MenuEntry | MenuGroup]) -> None:
        for entry in entries:
            if isinstance(entry, MenuGroup):
                submenu = menu.addMenu("")
                self._data_menus.append((submenu, entry))
                self._add_entries(submenu, entry.entries)
            else:
                self._add_entry(menu, entry)

    def _add_entry(self, menu: QMenu, entry: MenuEntry) -> None:
        action = menu.addAction("")
        action.triggered.connect(entry.run)
        self._data_actions.append((action, entry))
        if entry.is_checked is not None:
            is_checked = entry.is_checked
            action.setCheckable(True)
            menu.aboutToShow.connect(lambda: action.setChecked(is_checked()))
