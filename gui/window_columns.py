"""The window's columns side by side. Where text is too large for all of them, one side gives way."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gui.widgets.scrolled import Scrolled

Side = Literal["left", "right"]

_LEAST_SCROLL_PX = 160


class ColumnScroll(Scrolled):
    """A column that scrolls where the window is too low for it; never narrower than its content."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(content, parent)
        self._content = content
        content.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        least = self._content.minimumSizeHint()
        is_scrolled = least.height() > self.height()
        bar_px = self.verticalScrollBar().sizeHint().width() if is_scrolled else 0
        return QSize(least.width() + bar_px, min(least.height(), _LEAST_SCROLL_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().height() != event.size().height():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Columns(QSplitter):
    """A column at the left, the middle and one at the right.

    The person wants each side or not. Where both are wanted and the width is too little for them and the
    middle, the side asked for last stays, at first the right one, and the other comes back with the room.

    `sides_changed`: another side is shown or hidden. `crowded`: there was room for all columns, and now one
    gives way.
    """

    sides_changed = Signal()
    crowded = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sides: dict[Side, QWidget] = {}
        self._wanted: dict[Side, bool] = {"left": True, "right": True}
        self._last_asked: Side = "right"
        self._is_crowded = False
        self.installEventFilter(self)

    def hold_sides(self, left: QWidget, right: QWidget) -> None:
        """Say which of the widgets in here are the sides; all others stay."""
        self._sides = {"left": left, "right": right}

    def is_shown(self, side: Side) -> bool:
        """Whether a side is wanted and has room."""
        return not self._sides[side].isHidden()

    def show_side(self, side: Side, is_wanted: bool) -> None:
        """Show a side, in the other one's place where there is no room for both, or hide it."""
        self._wanted[side] = is_wanted
        if is_wanted:
            self._last_asked = side
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the middle and the wider of the sides that are wanted."""
        sides = [_least(widget) for side, widget in self._sides.items() if self._wanted[side]]
        others = self._others()
        width = sum(least.width() for least in others) + self.handleWidth() * (len(others) - 1)
        if sides:
            width += max(least.width() for least in sides) + self.handleWidth()
        return QSize(width, max((least.height() for least in (*sides, *others)), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _others(self) -> list[QSize]:
        widgets = (self.widget(number) for number in range(self.count()))
        sides = self._sides.values()
        return [_least(widget) for widget in widgets if widget is not None and widget not in sides]

    def _has_room_for_all(self) -> bool:
        every = [*self._others(), *(_least(widget) for widget in self._sides.values())]
        needed = sum(least.width() for least in every) + self.handleWidth() * (len(every) - 1)
        return needed <= self.width()

    def _fit(self) -> None:
        if not self._sides:
            return
        shown, was_crowded = dict(self._wanted), self._is_crowded
        self._is_crowded = all(shown.values()) and self.isVisible() and not self._has_room_for_all()
        if self._is_crowded:
            shown["left" if self._last_asked == "right" else "right"] = False
        changed = [side for side in self._sides if self.is_shown(side) != shown[side]]
        for side in changed:
            self._sides[side].setVisible(shown[side])
        if changed:
            self.sides_changed.emit()
        if self._is_crowded and not was_crowded:
            self.crowded.emit()


def _least(widget: QWidget) -> QSize:
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())
