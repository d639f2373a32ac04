"""A row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QWidget

from gui.widgets.controls import PanelButton


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key, text, tooltip and, where it has one, an icon for each state."""

    key: str
    text: str
    tooltip: str = ""
    icon: QIcon | None = None


class SegmentedControl(QWidget):
    """Buttons side by side; a click emits `chosen` and waits to be told by `set_key` what then holds."""

    chosen = Signal(str)

    def __init__(
        self, keys: Sequence[str], parent: QWidget | None = None, *, below: Sequence[str] = ()
    ) -> None:
        """`below`: further keys, each in a row of its own."""
        super().__init__(parent)
        self._key = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, PanelButton] = {}
        # A row without others gives the room of hidden buttons to the rest.
        layout = QGridLayout(self) if below else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, key in enumerate((*keys, *below)):
            button = PanelButton(self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setObjectName(f"segment_{key}")
            self._group.addButton(button, number)
            self._buttons[key] = button
            if isinstance(layout, QHBoxLayout):
                layout.addWidget(button, 1)
            elif key in keys:
                layout.addWidget(button, 0, number)
                layout.setColumnStretch(number, 1)
            else:
                layout.addWidget(button, 1 + number - len(keys), 0, 1, len(keys))
        self._group.idClicked.connect(self._on_clicked)

    @property
    def key(self) -> str:
        """The key shown as chosen."""
        return self._key

    def button(self, key: str) -> PanelButton:
        """The button of a key."""
        return self._buttons[key]

    def set_segments(self, segments: Sequence[Segment], icon_size: QSize | None = None) -> None:
        """Set texts, tooltips and icons of the keys named."""
        for segment in segments:
            button = self._buttons[segment.key]
            button.setText(segment.text)
            button.setToolTip(segment.tooltip)
            if segment.icon is not None:
                button.setIcon(segment.icon)
                button.setIconSize(icon_size or QSize(16, 16))

    def set_key(self, key: str) -> None:
        """Show a key as chosen. Emits nothing."""
        self._key = key
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def _on_clicked(self, number: int) -> None:
        key = list(self._buttons)[number]
        self.set_key(self._key)  # what holds is the document's to say
        self.chosen.emit(key)
