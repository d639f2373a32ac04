"""Small things drawn over the plot: the ring of the hovered sample, the brush's circle, a hint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.canvas.context import CanvasContext
from gui.canvas.markers import Look, marker_picture, paint_ring


def paint_hover(painter: QPainter, place: QPointF, look: Look) -> None:
    """Draw a ring around the hovered sample."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.save()
    painter.translate(place)
    paint_ring(painter, look, look.theme.ink)
    painter.restore()


def paint_tool_circle(painter: QPainter, center: QPointF, context: CanvasContext) -> None:
    """Draw how far brush or eraser reach: the brush in its class's colour."""
    theme, radius = context.theme, context.scaled_tool_radius
    classes = context.state.classes
    color = QColor(theme.text)
    if context.interaction.tool == "brush" and classes:
        color = QColor(theme.class_fill(classes[context.interaction.current_class].color))
    fill = QColor(color)
    fill.setAlphaF(0.12)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(color, 1.5 * theme.scale))
    painter.setBrush(fill)
    painter.drawEllipse(center, radius, radius)


def paint_hint(painter: QPainter, text: str, context: CanvasContext, pixel_ratio: float) -> None:
    """Write one line in the middle of the plot, with the present class's marker where the canvas is empty."""
    theme, plot = context.theme, context.viewport.rect
    font = theme.font(15)
    metrics = QFontMetricsF(font)
    center = plot.center()
    painter.setFont(font)
    painter.setPen(theme.quiet)
    box = QRectF(plot.left(), center.y(), plot.width(), 3 * metrics.height())
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(box, flags | Qt.TextFlag.TextWordWrap, text)
    if context.state.classes and not len(context.state.samples):
        picture = marker_picture(context.look(pixel_ratio), context.interaction.current_class)
        side = picture.deviceIndependentSize().width()
        painter.drawPixmap(QPointF(center.x() - side / 2, center.y() - side - theme.px(6)), picture)
