"""A small whole number with arrows: typed or stepped, and each press of an arrow is one undo command."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from gui.widgets.controls import is_enter
from gui.widgets.escape_first import EscapeFirst


class CountSpin(QSpinBox):
    """A number from `low` to `high`.

    `value_picked(value, gesture)`: `gesture` is one object while an arrow is held down, else None. The wheel
    is the scroll area's; Return gives the keys back to the canvas, Escape takes the typing back first.
    """

    value_picked = Signal(int, object)

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        EscapeFirst(self)
        self._gesture: object | None = None
        self._shown = low
        self.setRange(low, high)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(self._on_value_changed)

    def set_number(self, value: int) -> None:
        """Show a number. Emits nothing."""
        self._shown = value
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def set_hint(self, name: str, tooltip: str) -> None:
        """Set the spoken name and the tooltip in the language in use."""
        self.setAccessibleName(name)
        self.setToolTip(tooltip)

    def sizeHint(self) -> QSize:
        """As wide as the largest number and the arrows need: three stand side by side in the left column."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        width = metrics.horizontalAdvance("0" * len(str(self.maximum()))) + round(2.2 * metrics.height())
        return QSize(width, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.set_number(self._shown)
            self.clearFocus()
            return
        super().keyPressEvent(event)
        if is_enter(event):
            self.clearFocus()  # the single keys are the canvas's again

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._gesture = object()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._gesture = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_value_changed(self, value: int) -> None:
        self._shown = value
        self.value_picked.emit(value, self._gesture)
