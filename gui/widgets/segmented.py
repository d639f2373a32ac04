"""A row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.controls import PanelButton

_GAP_PX = 4


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
        layout.setSpacing(_GAP_PX)
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


class WrappingSegments(SegmentedControl):
    """Buttons that stand in two rows where one has no room for them."""

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self._is_wrapped = False
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        column = QVBoxLayout()
        column.setSpacing(_GAP_PX)
        for row in self._rows:
            row.setSpacing(_GAP_PX)
            column.addLayout(row)
        for button in self._buttons.values():
            layout.removeWidget(button)
            self._rows[0].addWidget(button, 1)
        layout.addLayout(column)
        self.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(_row_width(self._shown()), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(map(_row_width, self._halves())), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _shown(self) -> list[PanelButton]:
        return [button for button in self._buttons.values() if not button.isHidden()]

    def _halves(self) -> tuple[list[PanelButton], list[PanelButton]]:
        shown = self._shown()
        first = (len(shown) + 1) // 2
        return shown[:first], shown[first:]

    def _height(self) -> int:
        rows = 2 if self._is_wrapped else 1
        height = max((button.sizeHint().height() for button in self._shown()), default=0)
        return rows * height + (rows - 1) * _GAP_PX

    def _fit(self) -> None:
        for button in self._buttons.values():
            button.setMinimumWidth(_bold_width(button))
        is_wrapped = self.width() < _row_width(self._shown())
        below = self._halves()[1] if is_wrapped else []
        placed = [button for button in self._buttons.values() if self._rows[1].indexOf(button) >= 0]
        if is_wrapped == self._is_wrapped and below == placed:
            return
        self._is_wrapped = is_wrapped
        for button in self._buttons.values():
            for row in self._rows:
                row.removeWidget(button)
            self._rows[button in below].addWidget(button, 1)
        self.updateGeometry()


def _row_width(buttons: Sequence[PanelButton]) -> int:
    widths = [_bold_width(button) for button in buttons]
    return sum(widths) + _GAP_PX * max(len(widths) - 1, 0)


def _bold_width(button: PanelButton) -> int:
    """What a button needs when it is chosen, which the style sheet shows in bold: none moves the others."""
    plain, bold = QFont(button.font()), QFont(button.font())
    plain.setWeight(QFont.Weight.Normal)
    bold.setWeight(QFont.Weight.DemiBold)
    text = button.text()
    more = QFontMetrics(bold).horizontalAdvance(text) - QFontMetrics(plain).horizontalAdvance(text)
    return button.minimumSizeHint().width() + more
