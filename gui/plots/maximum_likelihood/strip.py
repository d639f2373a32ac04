"""The strip: six boxes from the data to gradient descent, of which three can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.plots.formula_line import FormulaLine, LiveFormula
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo
from gui.widgets.elided_label import ElidedLabel

BOXES = ("data", "distribution", "network", "likelihood", "nll", "descent")
CHOOSABLE = ("data", "distribution", "nll")

_FORMULA_PX, _TITLE_PX = 13.0, 11.0
_LINE_PX, _VALUE_PX, _GAP_PX, _PAD_PX = 17, 24, 16, 5
_ONE_ROW_FROM_PX = 860
_LABEL_EDGE_PX = 4
_SMALLEST_SHARE = 0.62
"""In two rows a formula is not set smaller than this share of its size."""


@dataclass(frozen=True, slots=True)
class BoxContent:
    """What a box says: its title, a formula, and choices (key, text), a number in a template or a text.

    Where there is little room: `short_title`, and `joined`, formula and number in one template.
    """

    title: str
    short_title: str
    formula: str
    value: str = ""
    text: str = ""
    joined: str = ""
    tooltip: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    key: str = ""


class StripBox(QWidget):
    """One box: a title, then what is chosen or a number, then a formula."""

    chosen = Signal(str, str)
    """Name of the box and key of the choice."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._appearance = appearance
        self._content: BoxContent | None = None
        self._is_compact = False
        self.title = QLabel(self)
        self.title.setProperty("quiet", True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo = PanelCombo(self) if name in CHOOSABLE else None
        self.value = LiveFormula(appearance, self, size_px=_FORMULA_PX + 1.0)
        self.formula = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.text = ElidedLabel(self)
        self.beside = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.value.setVisible(self.combo is None)
        self.text.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(1)
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self.title)
        self._head.addWidget(self.beside, 1)
        self._layout.addLayout(self._head)
        for widget in [self.value, self.text] if self.combo is None else [self.combo]:
            self._layout.addWidget(widget)
        self._layout.addWidget(self.formula)
        if self.combo is not None:
            self.combo.activated.connect(self._on_activated)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_content(self, content: BoxContent) -> None:
        """Say something else."""
        self._content = content
        self.setToolTip(content.tooltip)
        if self.combo is not None:
            self.combo.set_choices(list(content.choices))
            self.combo.set_key(content.key)
            self.combo.setAccessibleName(content.title)
        self._arrange()

    def set_compact(self, is_compact: bool) -> None:
        """Have two rows: the formula beside the title of what can be chosen, else joined with the number."""
        self._is_compact = is_compact
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show the longest title that fits, and formulas where they can still be read."""
        content = self._content
        if content is None:
            return
        margins = self._layout.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self._arrange_head(content, room)
        self.formula.set_formula(content.formula)
        self.formula.setVisible(not self._is_compact)
        if self.combo is None:
            is_joined = self._is_compact and self._can_be_read(content.joined, room)
            has_text = bool(content.text) and not is_joined
            self.value.set_formula(content.joined if is_joined else content.value)
            self.text.setText(content.text)
            self.text.setVisible(has_text)
            self.value.setVisible(not has_text)

    def _arrange_head(self, content: BoxContent, room: int) -> None:
        width, policy = self.title.fontMetrics().horizontalAdvance, QSizePolicy.Policy
        short = width(content.short_title) + 1
        is_beside = self._is_compact and self.combo is not None
        is_beside &= self._can_be_read(content.formula, room - short - self._head.spacing())
        fits = not is_beside and width(content.title) + _LABEL_EDGE_PX <= room
        self.title.setText(content.title if fits else content.short_title)
        self.title.setSizePolicy(policy.Fixed if is_beside else policy.Ignored, policy.Fixed)
        self.beside.set_formula(content.formula if is_beside else "")
        self.beside.setVisible(is_beside)

    def _can_be_read(self, template: str, room: float) -> bool:
        """Whether a formula is not set too small in some pixels."""
        theme = self._appearance.theme
        width = FormulaLine(template, theme.text).size((_FORMULA_PX + 1.0) * theme.scale).width()
        return width * _SMALLEST_SHARE <= room

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.line, 1.0))
            painter.setBrush(theme.plot)
            radius = theme.px(6)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _on_activated(self) -> None:
        assert self.combo is not None
        self.chosen.emit(self._name, self.combo.key)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        pad = theme.px(_PAD_PX)
        self._layout.setContentsMargins(pad + 2, pad - 2, pad, pad - 2)
        self.title.setStyleSheet(f"font-size: {theme.px(_TITLE_PX)}px")
        self.title.setFixedHeight(theme.px(15))
        self.value.setFixedHeight(theme.px(_VALUE_PX))
        self.text.setFixedHeight(theme.px(_VALUE_PX))
        self.beside.setFixedHeight(theme.px(15))
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
        self.boxes = {name: StripBox(appearance, name, self) for name in BOXES}
        for box in self.boxes.values():
            box.chosen.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._arrange)

    def set_contents(self, contents: Sequence[BoxContent]) -> None:
        """Say something else in every box, in their order."""
        for box, content in zip(self.boxes.values(), contents, strict=True):
            box.set_content(content)

    def set_compact(self, is_compact: bool) -> None:
        """Put each box into two rows, or into three."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for box in self.boxes.values():
                box.set_compact(is_compact)
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
        with QPainter(self) as painter:
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
