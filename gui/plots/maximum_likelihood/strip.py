"""The strip: six boxes from the data to gradient descent, of which three can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.plots.formula_line import LiveFormula
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo

BOXES = ("data", "distribution", "network", "likelihood", "nll", "descent")
CHOOSABLE = ("data", "distribution", "nll")

_FORMULA_PX, _TITLE_PX = 13.0, 11.0
_LINE_PX, _VALUE_PX, _GAP_PX, _PAD_PX = 17, 24, 16, 5
_ONE_ROW_FROM_PX = 860


@dataclass(frozen=True, slots=True)
class BoxContent:
    """What a box says: its title, a formula, and choices (key, text), a number in a template or a text."""

    title: str
    formula: str
    value: str = ""
    text: str = ""
    tooltip: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    key: str = ""


class StripBox(QWidget):
    """One box: a title, then what is chosen or a number, then a formula."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, *, is_choosable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.title = QLabel(self)
        self.title.setProperty("quiet", True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo = PanelCombo(self) if is_choosable else None
        self.value = LiveFormula(appearance, self, size_px=_FORMULA_PX + 1.0)
        self.formula = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.text = QLabel(self)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.value.setVisible(self.combo is None)
        self.text.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(1)
        middle = [self.value, self.text] if self.combo is None else [self.combo]
        for widget in (self.title, *middle, self.formula):
            self._layout.addWidget(widget)
        if self.combo is not None:
            self.combo.activated.connect(self._on_activated)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_content(self, content: BoxContent) -> None:
        """Say something else."""
        self.title.setText(content.title)
        self.setToolTip(content.tooltip)
        if self.combo is not None:
            self.combo.set_choices(list(content.choices))
            self.combo.set_key(content.key)
            self.combo.setAccessibleName(content.title)
        else:
            self.value.set_formula(content.value)
            self.text.setText(content.text)
            self.value.setVisible(not content.text)
            self.text.setVisible(bool(content.text))
        self.formula.set_formula(content.formula)

    def set_formula_shown(self, is_shown: bool) -> None:
        """Show the formula, or leave it out where there is little room."""
        self.formula.setVisible(is_shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line, 1.0))
        painter.setBrush(theme.plot)
        radius = theme.px(6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _on_activated(self) -> None:
        assert self.combo is not None
        self.chosen.emit(self.combo.key)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        pad = theme.px(_PAD_PX)
        self._layout.setContentsMargins(pad + 2, pad - 2, pad, pad - 2)
        self.title.setStyleSheet(f"font-size: {theme.px(_TITLE_PX)}px")
        self.title.setFixedHeight(theme.px(15))
        self.value.setFixedHeight(theme.px(_VALUE_PX))
        self.text.setFixedHeight(theme.px(_VALUE_PX))
        self.formula.setFixedHeight(theme.px(_LINE_PX))


class Strip(QWidget):
    """The boxes in one row with arrows between them, or in two rows of three."""

    chosen = Signal(str, str)
    """Name of the box and key of the choice."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._is_compact = False
        self._columns = 3
        self.boxes = {
            name: StripBox(appearance, is_choosable=name in CHOOSABLE, parent=self) for name in BOXES
        }
        for name, box in self.boxes.items():
            box.chosen.connect(lambda key, name=name: self.chosen.emit(name, key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._arrange)

    def set_contents(self, contents: Sequence[BoxContent]) -> None:
        """Say something else in every box, in their order."""
        for box, content in zip(self.boxes.values(), contents, strict=True):
            box.set_content(content)

    def set_compact(self, is_compact: bool) -> None:
        """Leave the formulas out, or show them again."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for box in self.boxes.values():
                box.set_formula_shown(not is_compact)
            self._arrange()

    def height_for(self, width: int) -> int:
        """Height of all rows at a width."""
        rows = len(BOXES) // self._columns_at(width)
        return rows * self._box_height() + (rows - 1) * self._gap() // 2

    def sizeHint(self) -> QSize:
        return QSize(3 * self._appearance.theme.px(130), self.height_for(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(240), self.height_for(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrows."""
        del event
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.quiet, 1.5 * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        boxes = list(self.boxes.values())
        head = 3.0 * theme.scale
        for number, box in enumerate(boxes[:-1]):
            if number % self._columns == self._columns - 1:
                continue
            rect = QRectF(box.geometry())
            start = QPointF(rect.right() + 3.0, rect.center().y())
            end = QPointF(boxes[number + 1].geometry().left() - 3.0, start.y())
            painter.drawLine(start, end)
            painter.drawLine(end, end + QPointF(-head, -head))
            painter.drawLine(end, end + QPointF(-head, head))
        painter.end()

    def _gap(self) -> int:
        return self._appearance.theme.px(_GAP_PX)

    def _box_height(self) -> int:
        return max(box.sizeHint().height() for box in self.boxes.values())

    def _columns_at(self, width: int) -> int:
        return 6 if width >= self._appearance.theme.px(_ONE_ROW_FROM_PX) else 3

    def _arrange(self) -> None:
        self._columns = self._columns_at(self.width())
        gap, height = self._gap(), self._box_height()
        width = (self.width() - (self._columns - 1) * gap) / self._columns
        for number, box in enumerate(self.boxes.values()):
            row, column = divmod(number, self._columns)
            left = round(column * (width + gap))
            right = round(column * (width + gap) + width)
            box.setGeometry(left, row * (height + gap // 2), right - left, height)
        self.setFixedHeight(self.height_for(self.width()))
        self.update()
