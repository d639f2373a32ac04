"""Where the parts of a network with hidden layers stand: plain geometry, from size and units a layer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

FULL_WEIGHT = 10.0
"""A weight this large has the thickest edge."""
_WIDEST_UNIT_PX, _HIGHEST_UNIT_PX = 46.0, 26.0
_HIGHEST_END_PX = 40.0
_CAPTION_PX = 15.0
_CROWD = 48
"""From this many edges between two layers on they are drawn thinner."""


@dataclass(frozen=True, slots=True)
class DeepLayout:
    """Boxes in pixels, from left to right.

    Attributes
    ----------
    inputs : tuple of 2 QRectF
        Height and weight.
    hidden : tuple of tuple of QRectF
        The units of each hidden layer.
    total : QRectF
        The output node's weighted sum, z.
    output : QRectF
        The output's probability.
    captions : tuple of QRectF
        Above each hidden layer; empty where there is no room.
    """

    inputs: tuple[QRectF, QRectF]
    hidden: tuple[tuple[QRectF, ...], ...]
    total: QRectF
    output: QRectF
    captions: tuple[QRectF, ...]

    @property
    def columns(self) -> tuple[tuple[QRectF, ...], ...]:
        """What weights lead to and from: inputs, hidden layers, and the sum."""
        return (self.inputs, *self.hidden, (self.total,))

    def edge(self, layer: int, source: int, node: int) -> tuple[QPointF, QPointF]:
        """Ends of the edge of layer `layer` from its input `source` to its node `node`."""
        start, end = self.columns[layer][source], self.columns[layer + 1][node]
        return QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y())

    def unit_at(self, point: QPointF) -> tuple[int, int] | None:
        """Column and number of the node under a pixel, of `columns`; None between them."""
        for column, boxes in enumerate(self.columns):
            for number, box in enumerate(boxes):
                if box.adjusted(-2.0, -1.0, 2.0, 1.0).contains(point):
                    return column, number
        return None


def deep_layout(area: QRectF, units: Sequence[int], scale: float) -> DeepLayout:
    """Lay a network out in `area` with boxes as large as fit.

    Parameters
    ----------
    area : QRectF
    units : sequence of int
        Units of each hidden layer.
    scale : float
        1 at 100 %.
    """
    caption = _CAPTION_PX * scale if area.height() > 120 * scale else 0.0
    body = area.adjusted(0.0, caption, 0.0, 0.0)
    input_width = min(84 * scale, 0.2 * area.width())
    sum_width = min(60 * scale, 0.15 * area.width())
    output_width = min(92 * scale, 0.21 * area.width())
    arrow = min(max(0.045 * area.width(), 12 * scale), 30 * scale)
    free = area.width() - input_width - sum_width - arrow - output_width
    unit_width = min(_WIDEST_UNIT_PX * scale, 0.45 * free / len(units))
    gap = (free - unit_width * len(units)) / (len(units) + 1)
    end_height = min(_HIGHEST_END_PX * scale, body.height() / 2 - 4 * scale)
    inputs = _column(body, area.left(), input_width, end_height, 2)
    hidden, left = [], area.left() + input_width + gap
    for count in units:
        hidden.append(_column(body, left, unit_width, _HIGHEST_UNIT_PX * scale, count))
        left += unit_width + gap
    (total,) = _column(body, left, sum_width, end_height, 1)
    (output,) = _column(body, left + sum_width + arrow, output_width, end_height, 1)
    captions: tuple[QRectF, ...] = ()
    if caption:
        captions = tuple(_above(column[0], unit_width + gap, caption, area.top()) for column in hidden)
    return DeepLayout((inputs[0], inputs[1]), tuple(hidden), total, output, captions)


def deep_edge_width(weight: float, scale: float, n_edges: int) -> float:
    """An edge's thickness: a hair for 0, growing with the logarithm of the weight, then capped."""
    share = min(math.log1p(abs(weight)) / math.log1p(FULL_WEIGHT), 1.0) if math.isfinite(weight) else 1.0
    thickest = 3.0 if n_edges >= _CROWD else 4.5
    return scale * (0.35 + (thickest - 0.35) * share)


def _column(area: QRectF, left: float, width: float, highest: float, count: int) -> tuple[QRectF, ...]:
    """`count` boxes one below the other, spread over the middle of the area."""
    pitch = min(area.height() / count, 1.45 * highest)
    height = min(highest, pitch - min(max(0.18 * pitch, 1.5), 5.0))
    first = area.center().y() - pitch * (count - 1) / 2
    return tuple(QRectF(left, first + pitch * index - height / 2, width, height) for index in range(count))


def _above(box: QRectF, width: float, height: float, top: float) -> QRectF:
    return QRectF(box.center().x() - width / 2, max(box.top() - height - 1.0, top), width, height)
