"""How each part of the loss chart is painted; every function draws what it is told and keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.specs import LossName
from gui.plots.loss.chart_content import Axes, ChartContent, Series
from gui.plots.loss.curve_geometry import CurveGeometry
from gui.theme import Theme

_TICK_SIZE, _CARD_SIZE = 11.0, 12.0
_SAMPLE_PX = 22
_LOW_PX = 150  # a chart lower than this gives its titles' room to the curves


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """The widget, the plot's rectangle in it, and the ticks around that: (fraction of the axis, label)."""

    size: QRectF
    area: QRectF
    x_ticks: tuple[tuple[float, str], ...]
    left_ticks: tuple[tuple[float, str], ...]
    right_ticks: tuple[tuple[float, str], ...]
    titles: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HoverRow:
    """One line of the card at the cursor: a curve by its model's loss, and its value in words."""

    loss: LossName
    text: str
    held_out: bool = False
    long_dash: bool = False


def chart_layout(theme: Theme, size: QRectF, axes: Axes, content: ChartContent) -> ChartLayout:
    """Fit the plot into `size`, leaving room for tick labels and titles."""
    metrics = QFontMetricsF(theme.font(_TICK_SIZE, tabular=True))
    line = metrics.height()
    style = content.style
    titles = (style.left_title, style.right_title, style.step_title)
    if size.height() < theme.px(_LOW_PX):
        titles = ("", "", "")
    x_axis, left_axis, right_axis = axes
    top = 1.5 * line + theme.px(5) if titles[0] or titles[1] else line / 2 + theme.px(2)
    bottom = (2 if titles[2] else 1) * line + theme.px(8)
    height = max(size.height() - top - bottom, 1.0)
    left_ticks = tuple(left_axis.ticks(height, line + theme.px(16)))
    right_ticks = tuple(right_axis.ticks(height, line + theme.px(16))) if content.has_right_axis else ()
    left = _widest(metrics, left_ticks) + theme.px(10)
    right = _widest(metrics, right_ticks) + theme.px(10) if right_ticks else theme.px(12)
    width = max(size.width() - left - right, 1.0)
    widest_step = metrics.horizontalAdvance("0") * len(f"{int(x_axis.high):,}") + theme.px(14)
    return ChartLayout(
        size=size,
        area=QRectF(size.left() + left, size.top() + top, width, height),
        x_ticks=tuple(x_axis.ticks(width, widest_step)),
        left_ticks=left_ticks,
        right_ticks=right_ticks,
        titles=titles,
    )


def paint_background(painter: QPainter, theme: Theme, layout: ChartLayout) -> None:
    """Plot ground, grid, axes, tick labels and titles."""
    area = layout.area
    painter.fillRect(area, theme.plot)
    painter.setFont(theme.font(_TICK_SIZE, tabular=True))
    line = painter.fontMetrics().height()
    grid, axis = QPen(_faint(theme), 1.0), QPen(theme.line, max(1.0, theme.scale))
    for fraction, text in layout.left_ticks:
        y = area.bottom() - fraction * area.height()
        painter.setPen(grid)
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        painter.setPen(theme.quiet)
        box = QRectF(0.0, y - line, area.left() - theme.px(6), 2 * line)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    for fraction, text in layout.right_ticks:
        y = area.bottom() - fraction * area.height()
        box = QRectF(area.right() + theme.px(6), y - line, 10 * line, 2 * line)
        painter.setPen(theme.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    for fraction, text in layout.x_ticks:
        x = area.left() + fraction * area.width()
        painter.setPen(axis)
        painter.drawLine(QLineF(x, area.bottom(), x, area.bottom() + theme.px(4)))
        painter.setPen(theme.quiet)
        width = painter.fontMetrics().horizontalAdvance(text) + 2.0
        left = min(x - width / 2, layout.size.right() - width)
        box = QRectF(left, area.bottom() + theme.px(5), width, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
    painter.setPen(axis)
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    _paint_titles(painter, theme, layout, line)


def paint_marks(painter: QPainter, theme: Theme, layout: ChartLayout, xs: Sequence[float]) -> None:
    """Where the person changed something: a notch on the step axis and a faint line up from it."""
    area, notch = layout.area, float(theme.px(4))
    color = QColor(theme.quiet)
    for x in sorted({round(x) for x in xs}):
        color.setAlpha(70)
        painter.setPen(QPen(color, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x + 0.5, area.top(), x + 0.5, area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.quiet)
        tip = QPointF(x + 0.5, area.bottom() - 1.5 * notch)
        painter.drawPolygon(
            QPolygonF([tip, tip + QPointF(notch, 1.5 * notch), tip + QPointF(-notch, 1.5 * notch)])
        )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_floor(painter: QPainter, theme: Theme, layout: ChartLayout, y: float) -> None:
    """A dotted line across the plot."""
    area = layout.area
    pen = QPen(theme.accent, 1.5 * theme.scale, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.0, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(area.left(), y, area.right(), y))


def paint_end_dot(painter: QPainter, theme: Theme, geometry: CurveGeometry, series: Series) -> None:
    """A dot where a curve ends now, hollow for held-out samples."""
    if geometry.end is not None:
        color = theme.loss_color(series.loss)
        painter.setPen(QPen(color, 1.2 * theme.scale) if series.held_out else Qt.PenStyle.NoPen)
        painter.setBrush(theme.plot if series.held_out else color)
        painter.drawEllipse(QPointF(*geometry.end), 2.6 * theme.scale, 2.6 * theme.scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_end_label(
    painter: QPainter, theme: Theme, font: QFont, rect: QRectF, text: str, color: QColor
) -> None:
    """A curve's name on a patch of the plot's ground, so that a line behind it does not strike it through."""
    ground = QColor(theme.plot)
    ground.setAlpha(215)
    painter.fillRect(rect, ground)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def paint_cursor(
    painter: QPainter,
    theme: Theme,
    layout: ChartLayout,
    x: float,
    dots: Sequence[tuple[float, Series]],
    *,
    strong: bool,
) -> None:
    """An upright line at one step with a dot on each curve; `strong` where a scrubbed run stands."""
    area = layout.area
    color = theme.accent if strong else theme.quiet
    painter.setPen(QPen(color, (1.5 if strong else 1.0) * theme.scale))
    painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
    for y, series in dots:
        if y == y:  # not NaN
            loss = theme.loss_color(series.loss)
            edge, fill = (loss, theme.plot) if series.held_out else (theme.plot, loss)
            radius = (3.2 if series.held_out else 4.0) * theme.scale
            painter.setPen(QPen(edge, 1.5 * theme.scale))
            painter.setBrush(fill)
            painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True, slots=True)
class HoverCard:
    """The words at the cursor: step, each model's value, and what was changed there."""

    title: str
    rows: tuple[HoverRow, ...]
    notes: tuple[str, ...] = ()

    def size(self, theme: Theme) -> QSizeF:
        """Room that the card takes."""
        plain, head = _card_fonts(theme)
        widths = [text_size(head, self.title).width()] + [
            text_size(plain, note).width() for note in self.notes
        ]
        widths += [theme.px(_SAMPLE_PX) + text_size(plain, row.text).width() for row in self.rows]
        lines = 1 + len(self.rows) + len(self.notes)
        return QSizeF(max(widths) + 2 * theme.px(7), lines * _card_line(theme) + 2 * theme.px(7) - 2.0)


def place_card(size: QSizeF, x: float, area: QRectF, taken: Sequence[QRectF], gap: float) -> QRectF:
    """Put a card beside the cursor at `x`: right or left of it, as high as it can be off what is `taken`."""
    right, left = x + gap, x - gap - size.width()
    sides = [right, left] if right + size.width() <= area.right() else [left, right]
    tops = [area.top() + 2.0, area.center().y() - size.height() / 2, area.bottom() - size.height() - 2.0]
    spots = [QRectF(side, top, size.width(), size.height()) for top in tops for side in sides]
    inside = [spot for spot in spots if spot.left() >= 0.0 and spot.right() <= area.right() + gap] or spots[
        :1
    ]
    return min(inside, key=lambda spot: sum(1 for other in taken if other.intersects(spot)))


def paint_hover_card(painter: QPainter, theme: Theme, card: HoverCard, box: QRectF) -> None:
    """The card itself, in `box`."""
    plain, head = _card_fonts(theme)
    pad, sample, line = float(theme.px(7)), float(theme.px(_SAMPLE_PX)), _card_line(theme)
    painter.setPen(QPen(theme.line, 1.0))
    painter.setBrush(theme.card)
    painter.drawRoundedRect(box, theme.px(5), theme.px(5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    text = QRectF(box.left() + pad, box.top() + pad - 1.0, box.width() - 2 * pad, line)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(head)
    painter.setPen(theme.text)
    painter.drawText(text, flags, card.title)
    painter.setFont(plain)
    for row in card.rows:
        text.translate(0.0, line)
        painter.setPen(_sample_pen(theme, row))
        line_sample = QLineF(text.left(), text.center().y(), text.left() + sample - 6.0, text.center().y())
        painter.drawLine(line_sample)
        if row.held_out:
            painter.setPen(QPen(theme.loss_color(row.loss), 1.2 * theme.scale))
            painter.setBrush(theme.card)
            painter.drawEllipse(line_sample.center(), 2.3 * theme.scale, 2.3 * theme.scale)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.text)
        painter.drawText(text.adjusted(sample, 0.0, 0.0, 0.0), flags, row.text)
    painter.setPen(theme.quiet)
    for note in card.notes:
        text.translate(0.0, line)
        painter.drawText(text, flags, note)


def _sample_pen(theme: Theme, row: HoverRow) -> QPen:
    """The pen of a curve in the card, where long dashes would show but one."""
    pen = theme.loss_pen(row.loss, 1.1 if row.held_out else 2.0, long_dash=row.long_dash)
    if row.long_dash:
        pen.setDashPattern([4.5, 1.2])
    return pen


def text_size(font: QFont, text: str) -> QSizeF:
    """Return the room that a line of text takes, with a little air at its sides."""
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(text) + 4.0, metrics.height())


def _paint_titles(painter: QPainter, theme: Theme, layout: ChartLayout, line: float) -> None:
    area = layout.area
    left, right, step = layout.titles
    painter.setPen(theme.quiet)
    top = QRectF(0.0, area.top() - 1.5 * line - theme.px(5), area.right(), line)
    painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, left)
    if right:
        top.setRight(layout.size.right() - 2.0)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right)
    bottom = QRectF(area.left(), area.bottom() + theme.px(6) + line, area.width(), line)
    painter.drawText(bottom, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, step)


def _card_fonts(theme: Theme) -> tuple[QFont, QFont]:
    return theme.font(_CARD_SIZE, tabular=True), theme.font(_CARD_SIZE, bold=True, tabular=True)


def _card_line(theme: Theme) -> float:
    return QFontMetricsF(_card_fonts(theme)[0]).height() + 1.0


def _widest(metrics: QFontMetricsF, ticks: Sequence[tuple[float, str]]) -> float:
    return max((metrics.horizontalAdvance(text) for _, text in ticks), default=0.0)


def _faint(theme: Theme) -> QColor:
    color = QColor(theme.line)
    color.setAlpha(150 if theme.dark else 130)
    return color
