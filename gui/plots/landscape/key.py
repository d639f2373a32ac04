"""What the marks on a landscape mean, in one line that drops what it has no room for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import Appearance

_GLYPH_PX, _GAP_PX, _SPACE_PX = 14, 4, 12


class LandscapeKey(QWidget):
    """Marks with their meaning: `entries` of (glyph, text), the most important one first in `order`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entries: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)

    @property
    def entries(self) -> list[tuple[str, str]]:
        """What is explained."""
        return list(self._entries)

    def set_entries(self, entries: list[tuple[str, str]]) -> None:
        """Explain "hatch", "start", "now", "minimum", "local minimum"; without room the last go first."""
        if entries != self._entries:
            self._entries = entries
            self.setAccessibleName("; ".join(text for _, text in entries))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(100, self._appearance.theme.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        px, font = theme.px, theme.font(11, tabular=True)
        metrics = QFontMetricsF(font)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            x, middle = 0.0, self.height() / 2
            for glyph, text in self._entries:
                width = px(_GLYPH_PX) + px(_GAP_PX) + metrics.horizontalAdvance(text)
                if x and x + width > self.width():
                    break
                self._paint_glyph(painter, glyph, QRectF(x, middle - px(6), px(_GLYPH_PX), px(12)))
                painter.setPen(theme.quiet)
                area = QRectF(x + px(_GLYPH_PX) + px(_GAP_PX), 0, width, self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
                x += width + px(_SPACE_PX)

    def _paint_glyph(self, painter: QPainter, glyph: str, area: QRectF) -> None:
        theme = self._appearance.theme
        center, r = area.center(), 3.6 * theme.scale
        pen = QPen(theme.text, 1.6 * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if glyph == "start":
            painter.drawLine(center + QPointF(-r, -r), center + QPointF(r, r))
            painter.drawLine(center + QPointF(-r, r), center + QPointF(r, -r))
        elif glyph == "now":
            painter.setBrush(theme.text)
            painter.drawEllipse(center, r, r)
        elif glyph in ("minimum", "local minimum"):
            if glyph == "minimum":
                painter.setBrush(theme.text)
            points = [QPointF(0, -1.2 * r), QPointF(1.2 * r, 0), QPointF(0, 1.2 * r), QPointF(-1.2 * r, 0)]
            painter.drawPolygon([center + point for point in points])
        elif glyph == "hatch":
            painter.save()
            painter.setClipRect(area)
            painter.fillRect(area, QColor(theme.control))
            painter.setPen(QPen(theme.quiet, 1.2 * theme.scale))
            step = 4.6 * theme.scale
            for number in range(8):
                x = area.left() - area.height() + number * step
                painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
            painter.restore()


class LineLabel(QWidget):
    """One line of quiet text that takes no more room than it is given: what does not fit ends in dots."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text = self._shorter = ""
        self._align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, shorter: str = "") -> None:
        """Show another text; the `shorter` one says the same where the text has no room."""
        if (text, shorter) != (self._text, self._shorter):
            self._text, self._shorter = text, shorter
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, self._appearance.theme.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        font = theme.font(11, tabular=True)
        metrics = QFontMetricsF(font)
        fits = not self._shorter or metrics.horizontalAdvance(self._text) <= self.width()
        text = self._text if fits else self._shorter
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        with QPainter(self) as painter:
            painter.setFont(font)
            painter.setPen(theme.quiet)
            painter.drawText(QRectF(self.rect()), self._align | Qt.AlignmentFlag.AlignVCenter, text)
