"""How the network picture is painted; knows colours and shapes, and nothing of training."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from engine.document.state import ClassInfo
from engine.specs import LossName
from gui.formulas import fixed_text
from gui.marker_shapes import marker_path
from gui.panels.network_layout import NetworkLayout, edge_width
from gui.theme import Theme

POSITIVE_HUE, NEGATIVE_HUE = 1, 0
_LARGEST_LABELLED = 1


@dataclass(frozen=True, slots=True)
class NodeText:
    """What stands in a box: a name and, below or after it, a number."""

    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """Everything that is painted.

    Attributes
    ----------
    weights : tuple of tuple of float
        For each output node: weights of height and weight, bias; standardised.
    inputs, sums, outputs : tuple of NodeText
    factors : tuple of float
        What each weight of the logistic model is multiplied by; empty without a person.
    classes : tuple of ClassInfo
        Of the outputs, one for each; their markers are drawn.
    activation : str
        Name of the activation function.
    is_activation_shared : bool
        Whether all logits go into one activation, as in softmax, or each into one of its own.
    shares : tuple of float
        Probability at each output from 0 to 1; empty without a person.
    """

    loss: LossName
    weights: tuple[tuple[float, float, float], ...]
    inputs: tuple[NodeText, NodeText, NodeText]
    sums: tuple[NodeText, ...]
    outputs: tuple[NodeText, ...]
    classes: tuple[ClassInfo, ...]
    activation: str
    shares: tuple[float, ...] = ()
    factors: tuple[float, ...] = ()
    is_activation_shared: bool = True


def paint_network(painter: QPainter, theme: Theme, layout: NetworkLayout, picture: NetworkPicture) -> None:
    """Paint edges first, thin ones on top, then the boxes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    crowded = len(picture.weights) > 3
    edges = [
        (weight, source, node)
        for node, row in enumerate(picture.weights)
        for source, weight in enumerate(row)
    ]
    for weight, source, node in sorted(edges, key=lambda edge: -abs(edge[0])):
        start, end = layout.edge(source, node)
        _paint_edge(painter, theme, QLineF(start, end), weight, crowded=crowded)
    if len(picture.weights) <= _LARGEST_LABELLED:
        lines = [QLineF(*layout.edge(source, node)) for _, source, node in edges]
        texts = _weight_texts(theme, [weight for weight, _, _ in edges], picture.factors, lines)
        for line, written in zip(lines, texts, strict=True):
            _paint_edge_text(painter, theme, line, written)
    _paint_arrows(painter, theme, layout)
    for box, text in zip(layout.inputs, picture.inputs, strict=True):
        paint_box(painter, theme, box, text)
    for box, text in zip(layout.sums, picture.sums, strict=True):
        paint_box(painter, theme, box, text)
    for box in [layout.activation] if picture.is_activation_shared else layout.own_activations:
        _paint_activation(painter, theme, box, picture.activation)
    shares = picture.shares or (0.0,) * len(picture.outputs)
    for box, text, info, share in zip(layout.outputs, picture.outputs, picture.classes, shares, strict=True):
        paint_output(painter, theme, box, text, info, share)


def _paint_edge(painter: QPainter, theme: Theme, line: QLineF, weight: float, *, crowded: bool) -> None:
    """A positive weight is a solid bar, a negative one a hollow bar of the other hue."""
    width = edge_width(weight, theme.scale, crowded=crowded)
    color = QColor(theme.class_fill(POSITIVE_HUE if weight >= 0 else NEGATIVE_HUE))
    if weight == 0 or not math.isfinite(weight):
        color = QColor(theme.line)
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(line)
    if weight < 0:
        hollow = width - 1.7 * theme.scale
        if hollow > 0.4:
            painter.setPen(QPen(theme.card, hollow, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(line)


def _weight_texts(
    theme: Theme, weights: Sequence[float], factors: Sequence[float], lines: Sequence[QLineF]
) -> list[str]:
    """The weights or, with a person and where there is room on every edge, what each adds to the sum."""
    plain = [fixed_text(weight, 2) for weight in weights]
    products = [
        f"{text} × {fixed_text(factor, 2)} = {fixed_text(weight * factor, 2)}"
        for text, weight, factor in zip(plain, weights, factors, strict=False)
    ]
    metrics = QFontMetricsF(_edge_font(theme))
    widest = max(map(metrics.horizontalAdvance, products), default=float("inf"))
    return products if widest <= 0.85 * min(abs(line.dx()) for line in lines) else plain


def _edge_font(theme: Theme) -> QFont:
    return theme.font(11, tabular=True)


def _paint_edge_text(painter: QPainter, theme: Theme, line: QLineF, text: str) -> None:
    font = _edge_font(theme)
    metrics = QFontMetricsF(font)
    size = QRectF(0.0, 0.0, metrics.horizontalAdvance(text) + 4.0, metrics.height() - 2.0)
    size.moveCenter(line.pointAt(0.42))
    ground = QColor(theme.card)
    ground.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(size, 3.0, 3.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(font)
    painter.setPen(theme.text)
    painter.drawText(size, Qt.AlignmentFlag.AlignCenter, text)


def _paint_arrows(painter: QPainter, theme: Theme, layout: NetworkLayout) -> None:
    painter.setPen(QPen(theme.quiet, max(1.0, 1.2 * theme.scale)))
    for left, right in zip(layout.sums, layout.outputs, strict=True):
        y = left.center().y()
        painter.drawLine(QLineF(left.right(), y, layout.activation.left(), y))
        painter.drawLine(QLineF(layout.activation.right(), y, right.left(), y))


def paint_box(painter: QPainter, theme: Theme, box: QRectF, text: NodeText) -> None:
    """A rounded box with a name above its number where there is room, else the number alone."""
    _paint_ground(painter, theme, box)
    line = 13.0 * theme.scale if box.height() < 34.0 * theme.scale else 16.0 * theme.scale
    if text.value and box.height() >= 2 * line:
        upper = QRectF(box.left(), box.center().y() - line, box.width(), line)
        name = theme.font(10 if line < 16.0 * theme.scale else 11)
        write(painter, name, theme.quiet, upper, text.name)
        write(
            painter, fitting_font(theme, box, text.value), theme.text, upper.translated(0.0, line), text.value
        )
    else:
        shown = text.value or text.name
        write(painter, fitting_font(theme, box, shown), theme.text, box, shown)


def _paint_activation(painter: QPainter, theme: Theme, box: QRectF, name: str) -> None:
    _paint_ground(painter, theme, box)
    painter.save()
    painter.translate(box.center())
    upright = QRectF(-box.width() / 2, -box.height() / 2, box.width(), box.height())
    metrics = QFontMetricsF(theme.font(11))
    if metrics.horizontalAdvance(name) > box.width() - 4.0:
        painter.rotate(-90.0)
        upright = QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width())
    write(painter, theme.font(11), theme.text, upright, name)
    painter.restore()


def paint_output(
    painter: QPainter, theme: Theme, box: QRectF, text: NodeText, info: ClassInfo, share: float
) -> None:
    """A box that fills up with the class's own colour as its probability grows."""
    _paint_ground(painter, theme, box)
    tint = QColor(theme.class_fill(info.color))
    tint.setAlphaF(0.3)
    filled = QRectF(box)
    filled.setWidth(box.width() * (min(max(share, 0.0), 1.0) if math.isfinite(share) else 0.0))
    painter.save()
    painter.setClipRect(filled)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(box, _radius(theme), _radius(theme))
    painter.restore()
    radius = min(4.2 * theme.scale, box.height() * 0.3)
    painter.save()
    painter.translate(QPointF(box.left() + 2.2 * radius, box.center().y()))
    painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
    painter.setBrush(theme.class_fill(info.color))
    painter.drawPath(marker_path(info.marker, radius))
    painter.restore()
    rest = box.adjusted(4.0 * radius, 0.0, -2.0, 0.0)
    shown = text.value or text.name
    write(painter, fitting_font(theme, rest, shown), theme.text, rest, shown)


def _paint_ground(painter: QPainter, theme: Theme, box: QRectF) -> None:
    painter.setPen(QPen(theme.line, theme.scale))
    painter.setBrush(theme.control)
    painter.drawRoundedRect(box, _radius(theme), _radius(theme))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _radius(theme: Theme) -> float:
    return 5.0 * theme.scale


def fitting_font(theme: Theme, box: QRectF, text: str) -> QFont:
    """The largest of a few sizes at which `text` fits into a box."""
    sizes: Sequence[float] = (13.0, 12.0, 11.0, 10.0, 9.0)
    for size in sizes:
        metrics = QFontMetricsF(theme.font(size, tabular=True))
        if metrics.horizontalAdvance(text) <= box.width() - 2.0 and metrics.ascent() <= box.height():
            return theme.font(size, tabular=True)
    return theme.font(sizes[-1], tabular=True)


def write(painter: QPainter, font: QFont, color: QColor, box: QRectF, text: str) -> None:
    """Write `text` in the middle of a box, shortened where it does not fit."""
    painter.setFont(font)
    painter.setPen(color)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
