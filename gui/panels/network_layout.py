"""Where the parts of the network picture stand: plain geometry, from size and number of output nodes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

FULL_WEIGHT = 20.0
"""A weight this large has the thickest edge."""


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """Boxes in pixels, from left to right.

    Attributes
    ----------
    inputs : tuple of 3 QRectF
        Height, weight and the constant 1 of the bias.
    sums, outputs : tuple of QRectF
        One for each output node; the logistic model has one of each.
    activation : QRectF
        Sigmoid or softmax, over the height of all sums.
    """

    inputs: tuple[QRectF, QRectF, QRectF]
    sums: tuple[QRectF, ...]
    activation: QRectF
    outputs: tuple[QRectF, ...]

    @property
    def own_activations(self) -> tuple[QRectF, ...]:
        """A box for each sum in place of the one for all: K sigmoids."""
        return tuple(
            QRectF(self.activation.left(), box.top(), self.activation.width(), box.height())
            for box in self.sums
        )

    def edge(self, source: int, node: int) -> tuple[QPointF, QPointF]:
        """Ends of the edge from input `source` to sum `node`."""
        start, end = self.inputs[source], self.sums[node]
        return QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y())


def network_layout(area: QRectF, nodes: int, scale: float) -> NetworkLayout:
    """Lay the network out in `area` with boxes as large as fit.

    Parameters
    ----------
    area : QRectF
    nodes : int
        Output nodes, at least 1.
    scale : float
        1 at 100 %.
    """
    input_height = min(40.0 * scale, area.height() / 3 - 4.0 * scale)
    node_height = min((40.0 if nodes == 1 else 32.0) * scale, area.height() / nodes - 2.0 * scale)
    widths = (
        _share(area, 0.22, 84, scale),
        _share(area, 0.17, 68, scale),
        _share(area, 0.08, 24, scale) if nodes > 1 else _share(area, 0.1, 36, scale),
        _share(area, 0.25, 96, scale),
    )
    rest = area.width() - sum(widths)
    arrow = min(max(7.0 * scale, 0.14 * rest), 24.0 * scale)
    gaps = (rest - 2 * arrow, arrow, arrow)
    lefts = [area.left()]
    for box, gap in zip(widths, gaps, strict=False):
        lefts.append(lefts[-1] + box + gap)
    inputs = _column(area, lefts[0], widths[0], input_height, 3)
    sums = _column(area, lefts[1], widths[1], node_height, nodes)
    outputs = _column(area, lefts[3], widths[3], node_height, nodes)
    top, bottom = sums[0].top(), sums[-1].bottom()
    activation = QRectF(lefts[2], top, widths[2], bottom - top)
    return NetworkLayout((inputs[0], inputs[1], inputs[2]), sums, activation, outputs)


def edge_width(weight: float, scale: float, *, crowded: bool) -> float:
    """Return an edge's thickness: 1 px for 0, growing with the logarithm of the weight, then capped."""
    share = min(math.log1p(abs(weight)) / math.log1p(FULL_WEIGHT), 1.0) if math.isfinite(weight) else 1.0
    return scale * (1.0 + (3.5 if crowded else 6.0) * share)


def _share(area: QRectF, share: float, at_most: float, scale: float) -> float:
    """A share of the width; on a wide picture no more than `at_most` px at 100 %."""
    return min(area.width() * share, at_most * scale)


def _column(area: QRectF, left: float, width: float, height: float, count: int) -> tuple[QRectF, ...]:
    """`count` boxes one below the other, spread over the middle of the area."""
    pitch = min(area.height() / count, max(height * 1.7, height + 4.0))
    first = area.center().y() - pitch * (count - 1) / 2
    return tuple(QRectF(left, first + pitch * index - height / 2, width, height) for index in range(count))
