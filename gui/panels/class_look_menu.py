"""A menu that changes how a class looks: its colour, its marker, its name, or whether it is there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from engine.document.state import MARKERS, ClassInfo, Marker
from engine.errors import QT_TRANSLATE_NOOP
from engine.specs import MAX_CLASSES
from gui.i18n import translate
from gui.theme import Theme
from gui.widgets.emblems import marker_pixmap

COLOR_NAMES = (
    QT_TRANSLATE_NOOP("ClassLook", "blue"),
    QT_TRANSLATE_NOOP("ClassLook", "vermilion"),
    QT_TRANSLATE_NOOP("ClassLook", "green"),
    QT_TRANSLATE_NOOP("ClassLook", "purple"),
    QT_TRANSLATE_NOOP("ClassLook", "sky blue"),
    QT_TRANSLATE_NOOP("ClassLook", "orange"),
    QT_TRANSLATE_NOOP("ClassLook", "yellow"),
    QT_TRANSLATE_NOOP("ClassLook", "neutral"),
)
MARKER_NAMES: dict[Marker, str] = {
    "circle": QT_TRANSLATE_NOOP("ClassLook", "circle"),
    "triangle": QT_TRANSLATE_NOOP("ClassLook", "triangle"),
    "square": QT_TRANSLATE_NOOP("ClassLook", "square"),
    "diamond": QT_TRANSLATE_NOOP("ClassLook", "diamond"),
    "cross": QT_TRANSLATE_NOOP("ClassLook", "cross"),
    "star": QT_TRANSLATE_NOOP("ClassLook", "star"),
    "pentagon": QT_TRANSLATE_NOOP("ClassLook", "pentagon"),
    "hexagon": QT_TRANSLATE_NOOP("ClassLook", "hexagon"),
}


class ClassLookMenu(QMenu):
    """The menu of one class. A look that another class has already is not offered."""

    restyled = Signal(int, str)
    rename_chosen = Signal()
    remove_chosen = Signal()

    def __init__(
        self, theme: Theme, classes: tuple[ClassInfo, ...], index: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._info = classes[index]
        others = [info for number, info in enumerate(classes) if number != index]
        self.colors = self._submenu(translate("ClassLook", "Colour"))
        for color in range(MAX_CLASSES):
            taken = any(info.color == color for info in others)
            self._add_look(
                self.colors, translate("ClassLook", COLOR_NAMES[color]), color, self._info.marker, taken
            )
        self.markers = self._submenu(translate("ClassLook", "Marker shape"))
        for marker in MARKERS:
            taken = any(info.marker == marker for info in others)
            name = translate("ClassLook", MARKER_NAMES[marker])
            self._add_look(self.markers, name, self._info.color, marker, taken)
        self.addSeparator()
        self.rename_action = self.addAction(translate("ClassLook", "Rename"))
        self.rename_action.triggered.connect(self.rename_chosen)
        self.remove_action = self.addAction(translate("ClassLook", "Remove the class…"))
        self.remove_action.setEnabled(len(classes) > 1)
        self.remove_action.triggered.connect(self.remove_chosen)

    def _submenu(self, title: str) -> QMenu:
        menu = self.addMenu(title)
        menu.triggered.connect(self._on_look)
        return menu

    def _add_look(self, menu: QMenu, name: str, color: int, marker: Marker, taken: bool) -> None:
        action = menu.addAction(name)
        action.setIcon(QIcon(marker_pixmap(self._theme, color, marker, self._theme.px(18))))
        action.setIconVisibleInMenu(True)
        action.setData((color, marker))
        action.setEnabled(not taken)

    def _on_look(self, action: QAction) -> None:
        color, marker = action.data()
        if (color, marker) != (self._info.color, self._info.marker):
            self.restyled.emit(color, marker)
