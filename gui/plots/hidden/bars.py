"""Measured non-convexity as bars: a group for each layer, a bar for each loss, its spread over the seeds."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.specs import LossName
from gui.formulas import loss_name
from gui.i18n import translate
from gui.theme import Appearance, Theme

_FONT_PX = 11
_BAR_PX, _LEAST_BAR_PX = 16, 9
_GROUP_GAP_PX = 9
_AXIS_PX = 17
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One loss in one layer; `mean` is None while it is not measured.

    `low` and `high` are the smallest and largest share of a seed, `chords` the mean share of violated chords.
    """

    loss: LossName
    mean: float | None = None
    low: float = 0.0
    high: float = 0.0
    text: str = ""
    chords: float | None = None
    chord_text: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A layer with its bars."""

    name: str
    bars: tuple[Bar, ...]


class HiddenBars(QWidget):
    """Paints groups of bars on one axis from 0 to 100 %. As high as they need, lower where it must be."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._groups: tuple[Group, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        appearance.changed.connect(self._on_appearance_changed)

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is shown."""
        return self._groups

    def set_groups(self, groups: tuple[Group, ...]) -> None:
        """Show other bars."""
        if groups == self._groups:
            return
        shape = [len(group.bars) for group in self._groups]
        self._groups = groups
        if [len(group.bars) for group in groups] != shape:
            self.updateGeometry()
        spoken = [f"{group.name} {loss_name(bar.loss)} {bar.text}" for group in groups for bar in group.bars]
        self.setAccessibleName(", ".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(360), self._height_with(_BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(200), self._height_with(_LEAST_BAR_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(_FONT_PX, tabular=True))
            metrics = QFontMetricsF(painter.font())
            left = self._widest(metrics, [group.name for group in self._groups])
            left += metrics.horizontalAdvance("BCE") + theme.px(16)
            texts = [_bar_text(bar) for group in self._groups for bar in group.bars]
            right = self.width() - self._widest(metrics, texts) - theme.px(8)
            area = QRectF(left, 0.0, max(right - left, theme.px(40)), self.height() - theme.px(_AXIS_PX))
            self._paint_axis(painter, theme, area)
            pitch = area.height() / max(len(self._groups), 1)
            gap = min(theme.px(_GROUP_GAP_PX), 0.25 * pitch)
            for number, group in enumerate(self._groups):
                place = QRectF(area.left(), number * pitch + gap / 2, area.width(), pitch - gap)
                self._paint_group(painter, theme, group, place)

    def _paint_axis(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        grid = QColor(theme.line)
        grid.setAlpha(150)
        for share in _TICKS:
            x = round(area.left() + share * area.width()) + 0.5
            painter.setPen(QPen(grid, 1.0))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.setPen(theme.quiet)
            box = QRectF(x - 40.0, area.bottom(), 80.0, theme.px(_AXIS_PX))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{round(100 * share)} %")

    def _paint_group(self, painter: QPainter, theme: Theme, group: Group, place: QRectF) -> None:
        painter.setPen(theme.text)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0.0, place.top(), place.left(), place.height()), flags, group.name)
        height = place.height() / max(len(group.bars), 1)
        for number, bar in enumerate(group.bars):
            row = QRectF(place.left(), place.top() + number * height, place.width(), height)
            self._paint_bar(painter, theme, bar, row)

    def _paint_bar(self, painter: QPainter, theme: Theme, bar: Bar, row: QRectF) -> None:
        """The loss's name, its bar with the seeds' range on it, the chords' diamond, and the numbers."""
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.loss_color(bar.loss))
        name = QRectF(0.0, row.top(), row.left() - theme.px(6), row.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignRight | middle, loss_name(bar.loss))
        if bar.mean is None:
            painter.setPen(theme.quiet)
            painter.drawText(row.adjusted(theme.px(4), 0.0, 0.0, 0.0), middle, "…")
            return
        body = QRectF(row.left(), row.top() + 1.5, bar.mean * row.width(), row.height() - 3.0)
        paint_swatch(painter, theme, bar.loss, body)
        y = row.center().y()
        low, high = (row.left() + share * row.width() for share in (bar.low, bar.high))
        if high > low:
            tick = 0.28 * row.height()
            for color, width in ((theme.card, 3.2), (theme.accent, 1.8)):
                painter.setPen(QPen(color, width * theme.scale))
                painter.drawLine(QLineF(low, y, high, y))
                for x in (low, high):
                    painter.drawLine(QLineF(x, y - tick, x, y + tick))
        if bar.chords is not None:
            _paint_diamond(painter, theme, QPointF(row.left() + bar.chords * row.width(), y), row.height())
        painter.setPen(theme.text)
        text = QRectF(row.right() + theme.px(8), row.top(), self.width(), row.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | middle, _bar_text(bar))

    def _widest(self, metrics: QFontMetricsF, texts: list[str]) -> float:
        return max(map(metrics.horizontalAdvance, texts), default=0.0)

    def _height_with(self, bar_px: int) -> int:
        theme = self._appearance.theme
        bars = sum(len(group.bars) for group in self._groups)
        return bars * theme.px(bar_px) + len(self._groups) * theme.px(_GROUP_GAP_PX) + theme.px(_AXIS_PX)

    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self.update()


class BarsKey(QWidget):
    """What bars, lines on them and diamonds mean, in one line."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._has_chords = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)

    def set_has_chords(self, has_chords: bool) -> None:
        """Explain the diamond too, or leave it out."""
        self._has_chords = has_chords
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._appearance.theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(_FONT_PX))
            x, y, side = 0.0, self.height() / 2, float(theme.px(14))
            for kind, text in self._entries():
                if kind == "bar":
                    paint_swatch(
                        painter, theme, "mse", QRectF(x, y - 4.0 * theme.scale, side, 8.0 * theme.scale)
                    )
                elif kind == "range":
                    painter.setPen(QPen(theme.accent, 1.8 * theme.scale))
                    painter.drawLine(QLineF(x, y, x + side, y))
                    for end in (x, x + side):
                        painter.drawLine(QLineF(end, y - 3.0 * theme.scale, end, y + 3.0 * theme.scale))
                else:
                    _paint_diamond(painter, theme, QPointF(x + side / 2, y), self.height())
                x += side + theme.px(5)
                painter.setPen(theme.quiet)
                width = painter.fontMetrics().horizontalAdvance(text) + 2.0
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(QRectF(x, 0.0, width, self.height()), flags, text)
                x += width + theme.px(12)

    def _entries(self) -> list[tuple[str, str]]:
        entries = [
            ("bar", translate("Hidden", "mean")),
            ("range", translate("Hidden", "smallest to largest of the seeds")),
        ]
        if self._has_chords:
            entries.append(("chords", translate("Hidden", "chords violated (ReLU's kinks)")))
        return entries


def paint_swatch(painter: QPainter, theme: Theme, loss: LossName, box: QRectF) -> None:
    """A bar in the look of the loss: filled for cross-entropy, hatched for MSE."""
    color = QColor(theme.loss_color(loss))
    painter.setPen(Qt.PenStyle.NoPen)
    if loss == "mse":
        painter.setBrush(QBrush(color, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)
        painter.setPen(QPen(color, theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        color.setAlphaF(0.72)
        painter.setBrush(color)
    painter.drawRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_diamond(painter: QPainter, theme: Theme, at: QPointF, height: float) -> None:
    r = min(5.0 * theme.scale, 0.36 * height)
    points = [at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)]
    painter.setPen(QPen(theme.card, 1.5 * theme.scale))
    painter.setBrush(theme.class_fill(1))
    painter.drawPolygon(points)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _bar_text(bar: Bar) -> str:
    return f"{bar.text}   {bar.chord_text}" if bar.chord_text else bar.text
