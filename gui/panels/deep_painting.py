"""How a network with hidden layers is painted; knows colours and shapes, and nothing of training."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.document.state import ClassInfo
from engine.specs import LossName
from gui.formulas import fixed_text
from gui.panels.deep_layout import DeepLayout, deep_edge_width
from gui.panels.network_painting import (
    NEGATIVE_HUE,
    POSITIVE_HUE,
    NodeText,
    fitting_font,
    paint_box,
    paint_output,
    write,
)
from gui.theme import Theme

Unit = tuple[int, int]
"""Column (0: the inputs) and number of a node."""

_OTHERS_ALPHA = 0.12
_TEXT_FROM_PX = 11.0
_HOLLOW_FROM_PX = 2.4


@dataclass(frozen=True, slots=True)
class DeepPicture:
    """Everything that is painted.

    Attributes
    ----------
    loss : LossName
    weights : tuple of layers, each a tuple of rows
        One row a node: the weights of its inputs, then its bias; the first layer's for z-scores.
    activation : str
        Name of the hidden units' activation function.
    inputs : tuple of 2 NodeText
    units : tuple of tuple of float
        Outputs of the units of each hidden layer; empty without a person.
    total, output : NodeText
    info : ClassInfo
        The class whose probability is the output.
    share : float
        That probability, 0 to 1; 0 without a person.
    hovered : (int, int) or None
        The node whose edges stand out.
    """

    loss: LossName
    weights: tuple[tuple[tuple[float, ...], ...], ...]
    activation: str
    inputs: tuple[NodeText, NodeText]
    units: tuple[tuple[float, ...], ...]
    total: NodeText
    output: NodeText
    info: ClassInfo
    share: float = 0.0
    hovered: Unit | None = None

    @property
    def hidden(self) -> tuple[int, ...]:
        """Units of each hidden layer."""
        return tuple(len(rows) for rows in self.weights[:-1])


def paint_deep(painter: QPainter, theme: Theme, layout: DeepLayout, picture: DeepPicture) -> None:
    """Paint edges first, thick ones below thin ones, then the nodes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for layer, rows in enumerate(picture.weights):
        n_edges = len(rows) * (len(rows[0]) - 1)
        edges = sorted(_edges(rows), key=lambda edge: -abs(edge[0]))
        for weight, source, node in edges:
            line = QLineF(*layout.edge(layer, source, node))
            is_far = not _touches(picture.hovered, layer, source, node)
            _paint_edge(painter, theme, line, weight, n_edges, is_far=is_far)
    for box, text in zip(layout.inputs, picture.inputs, strict=True):
        paint_box(painter, theme, box, text)
    for layer, boxes in enumerate(layout.hidden):
        values = picture.units[layer] if picture.units else (None,) * len(boxes)
        largest = max((abs(value) for value in values if value is not None), default=1.0)
        for number, (box, value) in enumerate(zip(boxes, values, strict=True)):
            _paint_unit(painter, theme, box, value, max(largest, 1.0))
            if picture.hovered == (layer + 1, number):
                _paint_ring(painter, theme, box)
    for box in layout.captions:
        write(painter, theme.font(11), theme.quiet, box, picture.activation)
    _paint_end(painter, theme, layout, picture)


def _edges(rows: tuple[tuple[float, ...], ...]) -> Iterator[tuple[float, int, int]]:
    for node, row in enumerate(rows):
        for source, weight in enumerate(row[:-1]):
            yield weight, source, node


def _touches(hovered: Unit | None, layer: int, source: int, node: int) -> bool:
    """Whether an edge leads to or from the hovered node, or there is none."""
    return hovered is None or hovered in ((layer, source), (layer + 1, node))


def _paint_edge(
    painter: QPainter, theme: Theme, line: QLineF, weight: float, n_edges: int, *, is_far: bool
) -> None:
    """A positive weight is a solid line, a negative one hollow or, where it is too thin for that, dashed."""
    width = deep_edge_width(weight, theme.scale, n_edges)
    color = QColor(theme.class_fill(POSITIVE_HUE if weight >= 0 else NEGATIVE_HUE))
    if weight == 0 or not math.isfinite(weight):
        color = QColor(theme.line)
    color.setAlphaF(_OTHERS_ALPHA if is_far else 1.0)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    is_hollow = weight < 0 and width >= _HOLLOW_FROM_PX * theme.scale and not is_far
    if weight < 0 and not is_hollow:
        unit = max(width, 1e-3)
        pen.setDashPattern([5.0 * theme.scale / unit, 2.5 * theme.scale / unit])
    painter.setPen(pen)
    painter.drawLine(line)
    if is_hollow:
        inner = QPen(theme.card, width - 1.6 * theme.scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(inner)
        painter.drawLine(line)


def _paint_unit(painter: QPainter, theme: Theme, box: QRectF, value: float | None, largest: float) -> None:
    """A unit: filled from its middle to the right for a positive answer, to the left for a negative one."""
    radius = min(4.0 * theme.scale, box.height() / 2)
    painter.setPen(QPen(theme.line, theme.scale))
    painter.setBrush(theme.control)
    painter.drawRoundedRect(box, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if value is None or not math.isfinite(value):
        return
    tint = QColor(theme.class_fill(POSITIVE_HUE if value >= 0 else NEGATIVE_HUE))
    tint.setAlphaF(0.55)
    reach = 0.5 * box.width() * min(abs(value) / largest, 1.0)
    middle = box.center().x()
    filled = QRectF(middle if value >= 0 else middle - reach, box.top(), reach, box.height())
    painter.fillRect(filled.adjusted(0.0, 1.0, 0.0, -1.0), tint)
    if box.height() >= _TEXT_FROM_PX * theme.scale:
        text = fixed_text(value, 2)
        font = fitting_font(theme, box, text)
        if QFontMetricsF(font).horizontalAdvance(text) > box.width() - 2.0:
            text = fixed_text(value, 1)
        write(painter, font, theme.text, box, text)


def _paint_ring(painter: QPainter, theme: Theme, box: QRectF) -> None:
    painter.setPen(QPen(theme.accent, 2.0 * theme.scale))
    radius = min(4.0 * theme.scale, box.height() / 2)
    painter.drawRoundedRect(box.adjusted(-1.0, -1.0, 1.0, 1.0), radius, radius)


def _paint_end(painter: QPainter, theme: Theme, layout: DeepLayout, picture: DeepPicture) -> None:
    """The weighted sum, the sigmoid over the arrow, and p."""
    y = layout.total.center().y()
    painter.setPen(QPen(theme.quiet, max(1.0, 1.2 * theme.scale)))
    painter.drawLine(QLineF(layout.total.right(), y, layout.output.left(), y))
    paint_box(painter, theme, layout.total, picture.total)
    paint_output(painter, theme, layout.output, picture.output, picture.info, picture.share)
    gap = layout.output.left() - layout.total.right()
    height = QFontMetricsF(theme.font(12)).height()
    write(
        painter,
        theme.font(12),
        theme.quiet,
        QRectF(layout.total.right(), y - height - 1.0, gap, height),
        "σ",
    )
