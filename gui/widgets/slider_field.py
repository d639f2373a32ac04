"""A named number with both ways to set it: a slider for trying, a field for the exact value."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.widgets.controls import TroubleLabel
from gui.widgets.number_field import Formatter, NumberField, Parser, number_text, parse_number
from gui.widgets.slider import Scale, ValueSlider


class SliderField(QWidget):
    """Name and exact number in one line, the slider below, and what is wrong with the typing below that.

    `value_picked(value, gesture)`: `gesture` is one object for all moves of a slider drag, else None.
    """

    value_picked = Signal(float, object)

    def __init__(
        self,
        scale: Scale,
        parse: Parser = parse_number,
        text_of: Formatter = number_text,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setProperty("quiet", True)
        self.field = NumberField(parse, text_of, self, inline=True)
        self.slider = ValueSlider(scale, self)
        self._trouble = TroubleLabel(self)
        self.label.setBuddy(self.field)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.label)
        line.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.slider)
        layout.addWidget(self._trouble)
        self.field.committed.connect(self._on_committed)
        self.field.trouble_changed.connect(self._trouble.set_trouble)
        self.slider.value_picked.connect(self._on_slid)

    def set_number(self, value: float) -> None:
        """Show a number in both. Emits nothing."""
        self.field.set_value(value)
        self.slider.set_number(value)

    def set_texts(self, name: str, tooltip: str) -> None:
        """Set the name and the tooltip in the language in use."""
        self.label.setText(name)
        self.label.setToolTip(tooltip)
        self.slider.setToolTip(tooltip)
        self.slider.setAccessibleName(name)
        self.field.set_hint(tooltip)
        self.field.setAccessibleName(name)
        self.field.refresh()

    def _on_committed(self, value: float) -> None:
        self.slider.set_number(value)
        self.value_picked.emit(value, None)

    def _on_slid(self, value: float, gesture: object) -> None:
        self.field.set_value(value)
        self.value_picked.emit(value, gesture)
