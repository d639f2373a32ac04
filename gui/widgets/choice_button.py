"""A button for one of a few answers: its text wraps, and a ring marks the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from gui.theme import Appearance
from gui.widgets.controls import PanelButton

_PADDING_X_PX, _PADDING_Y_PX = 8, 4
_RING_PX, _RING_GAP_PX = 11, 6
_ONE_LINE_PX = 100_000
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class ChoiceButton(PanelButton):
    """As wide as its text, or narrower with more lines. Checked while it is the choice."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setCheckable(True)
        self.setProperty("segment", True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        line = self._bold_metrics().boundingRect(QRect(0, 0, _ONE_LINE_PX, 0), _WRAP, self.text())
        width = line.width() + 2 + self._beside_text_px()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(80), self.heightForWidth(self.sizeHint().width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(width - self._beside_text_px(), 1)
        text = self._bold_metrics().boundingRect(QRect(0, 0, room, 0), _WRAP, self.text())
        return text.height() + 2 * self._appearance.theme.px(_PADDING_Y_PX) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws the button; ring and wrapped text are drawn here."""
        del event
        theme, is_chosen = self._appearance.theme, self.isChecked()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        with painter:
            painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = theme.on_accent if is_chosen else theme.text
            left, ring = theme.px(_PADDING_X_PX), theme.px(_RING_PX)
            font = theme.font(bold=is_chosen)
            middle = QPointF(left + ring / 2, theme.px(_PADDING_Y_PX) + 1 + QFontMetrics(font).height() / 2)
            painter.setPen(QPen(color, theme.px(1.5)))
            painter.drawEllipse(middle, ring / 2 - 1, ring / 2 - 1)
            if is_chosen:
                painter.setBrush(color)
                painter.drawEllipse(middle, ring / 4 - 0.5, ring / 4 - 0.5)
            painter.setFont(font)
            painter.setPen(color)
            x, y = left + ring + theme.px(_RING_GAP_PX), theme.px(_PADDING_Y_PX) + 1
            painter.drawText(QRect(x, y, self.width() - x - left, self.height() - y), _WRAP, self.text())

    def _bold_metrics(self) -> QFontMetrics:
        """Of the chosen state, so that choosing moves nothing."""
        return QFontMetrics(self._appearance.theme.font(bold=True))

    def _beside_text_px(self) -> int:
        theme = self._appearance.theme
        return 2 * theme.px(_PADDING_X_PX) + theme.px(_RING_PX) + theme.px(_RING_GAP_PX)
