"""The distribution of one sample's label as bars; and the bell that MSE takes it for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.distributions import Gaussian
from engine.document.state import Marker
from gui.i18n import translate
from gui.marker_shapes import marker_path
from gui.plots.loss.axes import Axis, value_axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance
from gui.widgets.short_names import short_names

_TOP = 1.34
"""Of the ruler of probabilities: room above 1 for a number and a marker over a bar."""
_BELL_EDGE = 0.85
_BELL_POINTS = 161
_BAR_HALF, _BINARY_HALF = 0.34, 0.17
_PALE_ALPHA, _BELL_ALPHA = 120, 40
_RIGHT_GAP_PX = 26
_MOST_NAMED = 4
"""With more bars than this their names may be left out."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One outcome: its name, probability and look; `color` None is nobody's own (all other classes)."""

    name: str
    probability: float
    color: int | None
    marker: Marker | None
    is_true: bool = False


@dataclass(frozen=True, slots=True)
class Bell:
    """The Gaussian around mu; in front of the bars, or behind them as MSE's pretence."""

    mu: float
    sigma: float
    is_in_front: bool


class BarsPlot(PaintedPlot):
    """Bars of probability on the left ruler, at 0, 1, ...; the bell's density on a ruler on the right."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._bars: tuple[Bar, ...] = ()
        self._bell: Bell | None = None
        self._density = Axis(0.0, 1.0)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def bell(self) -> Bell | None:
        """The bell around p, or None where there is none."""
        return self._bell

    def set_bars(self, bars: tuple[Bar, ...], bell: Bell | None) -> None:
        """Show another distribution."""
        self._bars, self._bell = bars, bell
        self._set_axes()
        self.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._set_axes()

    def paint_moving(self, painter: QPainter) -> None:
        bell = self._bell
        painter.setClipRect(self.area.adjusted(-1.0, -1.0, 1.0, 1.0))
        if bell is not None and not bell.is_in_front:
            self._paint_bell(painter, bell)
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, number, bar)
        if bell is not None and bell.is_in_front:
            self._paint_bell(painter, bell)
        painter.setClipping(False)

    def bar_rect(self, number: int) -> QRectF:
        """Where a bar is, in pixels of the widget."""
        half = _BINARY_HALF if self._bell is not None else _BAR_HALF
        left, right = (
            self.point(number - half, 0.0),
            self.point(number + half, self._bars[number].probability),
        )
        return QRectF(QPointF(left.x(), right.y()), QPointF(right.x(), left.y()))

    def _paint_bar(self, painter: QPainter, number: int, bar: Bar) -> None:
        theme, rect = self.theme, self.bar_rect(number)
        fill = QColor(theme.grey if bar.color is None else theme.class_fill(bar.color))
        outline = theme.grey if bar.color is None else theme.class_outline(bar.color)
        if self._bell is not None and self._bell.is_in_front:
            fill.setAlpha(_PALE_ALPHA)
        painter.setBrush(fill)
        painter.setPen(
            QPen(theme.ink if bar.is_true else outline, (2.4 if bar.is_true else 1.0) * theme.scale)
        )
        painter.drawRect(rect)
        top = rect.top() - self.note_height() - 1.0
        text = bar_text(bar.probability)
        width = self.note_width(text)
        if width <= self.area.width() / max(len(self._bars), 1):
            middle = QPointF(rect.center().x(), top)
            box = QRectF(middle.x() - width / 2 - 1.0, top, width + 2.0, self.note_height())
            self._paint_ground(painter, box)
            color = theme.text if bar.is_true else theme.quiet
            self.paint_note(painter, text, middle, Qt.AlignmentFlag.AlignHCenter, color)
            top -= 2.0
        self._paint_head(painter, QPointF(rect.center().x(), top), bar)

    def _paint_head(self, painter: QPainter, foot: QPointF, bar: Bar) -> None:
        """Draw the class's marker above its bar, with a wedge above it if this is the sample's own class."""
        theme = self.theme
        radius = 4.0 * theme.scale
        if bar.color is not None and bar.marker is not None:
            painter.save()
            painter.translate(foot.x(), max(foot.y() - radius, self.area.top() + radius + 1.0))
            painter.setPen(QPen(theme.class_outline(bar.color), theme.scale))
            painter.setBrush(theme.class_fill(bar.color))
            painter.drawPath(marker_path(bar.marker, radius))
            painter.restore()
        if bar.is_true:
            self._paint_true(painter, foot, radius)

    def _paint_true(self, painter: QPainter, foot: QPointF, radius: float) -> None:
        """Say beside a marker that it is the sample's own class, or point at it where bars are many."""
        theme = self.theme
        if len(self._bars) > _MOST_NAMED:
            tip = QPointF(foot.x(), max(foot.y() - 2.4 * radius, self.area.top() + 1.5 * radius))
            wedge = [tip, tip + QPointF(-radius, -1.2 * radius), tip + QPointF(radius, -1.2 * radius)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.ink)
            painter.drawPolygon(QPolygonF(wedge))
            return
        text = translate("MaximumLikelihoodTab", "its own")
        width = self.note_width(text)
        left = foot.x() + 2.0 * radius
        if left + width > self.area.right():
            left = foot.x() - 2.0 * radius - width
        y = max(foot.y() - radius - self.note_height() / 2, self.area.top())
        self._paint_ground(painter, QRectF(left - 1.0, y, width + 2.0, self.note_height()))
        self.paint_note(painter, text, QPointF(left, y), color=theme.text)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        ground = QColor(self.theme.plot)
        ground.setAlpha(190)
        painter.fillRect(box, ground)

    def _paint_bell(self, painter: QPainter, bell: Bell) -> None:
        theme = self.theme
        around = bell.mu + bell.sigma * np.linspace(-4.0, 4.0, _BELL_POINTS)
        y = np.unique(np.concatenate([np.linspace(-_BELL_EDGE, 1.0 + _BELL_EDGE, _BELL_POINTS), around]))
        y = y[(y >= -_BELL_EDGE) & (y <= 1.0 + _BELL_EDGE)]
        density = Gaussian(bell.sigma).density(bell.mu, y)
        pixels_y = self.area.bottom() - self._density.fraction(density) * self.area.height()
        line = QPolygonF(
            [QPointF(a, b) for a, b in zip(self.x_px(y).tolist(), pixels_y.tolist(), strict=True)]
        )
        pen = theme.loss_pen("mse", 2.0 if bell.is_in_front else 1.5)
        if bell.is_in_front:
            fill = QColor(theme.accent)
            fill.setAlpha(_BELL_ALPHA)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            ends = [
                QPointF(line.last().x(), self.area.bottom()),
                QPointF(line.first().x(), self.area.bottom()),
            ]
            painter.drawPolygon(QPolygonF([*line.toList(), *ends]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolyline(line)

    def _set_axes(self) -> None:
        count = len(self._bars)
        if not count:
            return
        left, right = (-_BELL_EDGE, 1.0 + _BELL_EDGE) if self._bell is not None else (-0.6, count - 0.4)
        metrics = QFontMetricsF(self.theme.font(11))
        room = max(self.area.width() / max(right - left, 1.0) - 6.0, 12.0)
        names = [bar.name for bar in self._bars]
        if count > _MOST_NAMED and max(map(metrics.horizontalAdvance, names)) > room:
            names = []  # of each only a letter or two would be left: the markers tell them apart
        names = short_names(names, metrics, room)
        x_ticks = [((n - left) / (right - left), name) for n, name in enumerate(names)]
        y_ticks = [(value / _TOP, f"{value:g}") for value in (0.0, 0.5, 1.0)]
        self._set_density_axis()
        self.set_axes(Axis(left, right), Axis(0.0, _TOP), x_ticks, y_ticks)

    def _set_density_axis(self) -> None:
        if self._bell is None:
            self.set_right((), "")
            return
        peak = Gaussian(self._bell.sigma).peak_density
        self._density = value_axis(np.array([1.1 * peak]), log=False, percent=False)
        ticks = self._density.ticks(max(self.area.height(), 1.0), 2.0 * self.theme.px(_RIGHT_GAP_PX))
        self.set_right(ticks, translate("MaximumLikelihoodTab", "density"))


def bar_text(probability: float) -> str:
    """A probability with two decimals; 0 and 1 only where they are exact."""
    if probability in (0.0, 1.0):
        return f"{probability:.0f}"
    if probability < 0.005:
        return "< 0.01"
    return "> 0.99" if probability >= 0.995 else f"{probability:.2f}"
