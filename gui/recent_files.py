"""The files opened and saved last, as a submenu that is always up to date."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from gui.i18n import translate
from gui.preferences import Preferences

MOST_FILES = 10


class RecentFiles(QObject):
    """Remembers files over starts, the newest first. One that is gone is said and dropped when chosen."""

    chosen = Signal(object)
    missing = Signal(object)

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences

    @property
    def paths(self) -> tuple[Path, ...]:
        """The newest first."""
        return self._preferences.recent_files

    def remember(self, path: Path) -> None:
        """Put a file at the top."""
        path = path.absolute()
        others = [other for other in self.paths if other != path]
        self._preferences.recent_files = (path, *others[: MOST_FILES - 1])

    def forget(self, path: Path) -> None:
        """Drop a file."""
        path = path.absolute()
        self._preferences.recent_files = tuple(other for other in self.paths if other != path)

    def clear(self) -> None:
        """Drop all."""
        self._preferences.recent_files = ()

    def fill(self, menu: QMenu) -> None:
        """Have a menu list the files each time it opens."""
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(partial(self._list_in, menu))
        self._list_in(menu)

    def _list_in(self, menu: QMenu) -> None:
        menu.clear()
        for path in self.paths:
            action = menu.addAction(_shown(path))
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._choose, path))
        if not self.paths:
            menu.addAction(translate("Session", "No recent files")).setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction(translate("Session", "Clear the list")).triggered.connect(self.clear)

    def _choose(self, path: Path) -> None:
        if path.exists():
            self.chosen.emit(path)
        else:
            self.forget(path)
            self.missing.emit(path)


def _shown(path: Path) -> str:
    """Name and folder, the home folder as ~; an ampersand is no access key."""
    folder = path.parent
    home = Path.home()
    place = str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
    return f"{path.name}   ({place})".replace("&", "&&")
