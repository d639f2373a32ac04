"""A slider over any scale of numbers: one gesture a drag, and single keys left to the transport."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget


class Scale(Protocol):
    """How positions 0, 1, ..., `steps` of a slider and numbers belong together."""

    @property
    def steps(self) -> int:
        """The last position."""
        ...

    def value_at(self, position: int) -> float:
        """The number at a position."""
        ...

    def position_of(self, value: float) -> int:
        """The position nearest to a number, within the slider."""
        ...


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Numbers from `low` to `high` in equal steps."""

    low: float
    high: float
    steps: int

    def value_at(self, position: int) -> float:
        """The number at a position, without the binary dust of the division."""
        return round(self.low + (self.high - self.low) * position / self.steps, 10)

    def position_of(self, value: float) -> int:
        """The position nearest to a number."""
        share = (value - self.low) / (self.high - self.low)
        return round(min(max(share, 0.0), 1.0) * self.steps)


@dataclass(frozen=True, slots=True)
class LogScale:
    """Powers of ten from `low` to `high`: equal ways are equal ratios; two significant digits."""

    low: float
    high: float
    steps_per_decade: int = 20

    @property
    def steps(self) -> int:
        """The last position."""
        return round(math.log10(self.high / self.low) * self.steps_per_decade)

    def value_at(self, position: int) -> float:
        """The number at a position, to two significant digits: 0.1, 0.11, 0.13, 0.14 ..."""
        return float(f"{self.low * 10 ** (position / self.steps_per_decade):.2g}")

    def position_of(self, value: float) -> int:
        """The position nearest to a number by ratio; numbers outside stand at an end."""
        held = min(max(value, self.low), self.high)
        return round(math.log10(held / self.low) * self.steps_per_decade)


@dataclass(frozen=True, slots=True)
class CountScale:
    """Whole numbers from 1 to `largest`, by ratio."""

    largest: int
    steps: int = 100

    def value_at(self, position: int) -> float:
        """The whole number at a position."""
        return float(round(self.largest ** (position / self.steps)))

    def position_of(self, value: float) -> int:
        """The position nearest to a number; only `largest` itself stands at the very end."""
        if value >= self.largest:
            return self.steps
        if value <= 1 or self.largest <= 1:
            return 0
        return min(round(math.log(value) / math.log(self.largest) * self.steps), self.steps - 1)


class ValueSlider(QSlider):
    """A horizontal slider that emits numbers of its scale.

    `value_picked(value, gesture)`: `gesture` is one object for all moves of a drag, None for a single key.
    A press on the groove takes the handle there.
    """

    value_picked = Signal(float, object)

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._scale = scale
        self._gesture: object = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_scale(scale)
        self.valueChanged.connect(self._on_moved)

    @property
    def scale(self) -> Scale:
        """The numbers that the slider goes through."""
        return self._scale

    def set_scale(self, scale: Scale) -> None:
        """Go through other numbers. Emits nothing."""
        self._scale = scale
        self.blockSignals(True)
        self.setRange(0, scale.steps)
        self.setPageStep(max(1, scale.steps // 10))
        self.blockSignals(False)

    def set_number(self, value: float) -> None:
        """Show a number, at an end if it is outside. Emits nothing; a handle that is held stays."""
        if self._gesture is not None:
            return
        self.blockSignals(True)
        self.setValue(self._scale.position_of(value))
        self.blockSignals(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = object()
            if not self._handle_is_at(event):
                self.setValue(self._position_at(event))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        pages = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        if event.key() in moves:
            self.setValue(self.value() + moves[Qt.Key(event.key())] * self.singleStep())
        elif event.key() in pages:
            self.setValue(self.value() + pages[Qt.Key(event.key())] * self.pageStep())
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_moved(self, position: int) -> None:
        self.value_picked.emit(self._scale.value_at(position), self._gesture)

    def _handle_is_at(self, event: QMouseEvent) -> bool:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        return handle.contains(event.position().toPoint())

    def _position_at(self, event: QMouseEvent) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style = self.style()
        handle = style.subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        room = self.width() - handle.width()
        offset = round(event.position().x() - handle.width() / 2)
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, max(room, 1))
