"""Name tags of lines: at an end inside the view, never over one another, and where they were if possible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui.canvas.curve_tags import place_on_curves
from gui.canvas.guess_line import clipped_segment
from gui.canvas.hit_testing import distance_to_segment
from gui.theme import Theme

_PADDING_X_PX, _PADDING_Y_PX = 7, 3
_RADIUS_PX = 4
_EDGE_PX = 8
_APART_PX = 6
_STEPS = 24


@dataclass(frozen=True, slots=True)
class TagSpec:
    """A tag to place: `key` tells it again in the next frame; one of `lines` or `curves` (px) carries it."""

    key: str
    text: str
    lines: tuple[QLineF, ...]
    fill: QColor
    ink: QColor
    border: QColor | None = None
    curves: tuple[NDArray[np.float64], ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """A placed tag."""

    spec: TagSpec
    rect: QRectF


class NameTags:
    """Places tags frame by frame and paints them."""

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()
        self._centers: dict[str, QPointF] = {}

    def place(
        self, specs: Sequence[TagSpec], bounds: QRectF, theme: Theme, taken: Sequence[QRectF] = ()
    ) -> None:
        """Find a place for each tag in order: near its last one, clear of earlier tags and of `taken`."""
        font = tag_font(theme)
        occupied = [*taken]
        placed = []
        for spec in specs:
            size = tag_size(spec.text, font, theme)
            before = self._centers.get(spec.key)
            if spec.curves:
                inner, apart = _inner(bounds, size, theme.scale), _APART_PX * theme.scale
                rect = place_on_curves(spec.curves, size, inner, occupied, before, apart)
            else:
                rect = place_tag(spec.lines, size, bounds, occupied, before, theme.scale)
            if rect is not None:
                placed.append(Tag(spec, rect))
                occupied.append(rect)
        self.tags = tuple(placed)
        self._centers = {tag.spec.key: tag.rect.center() for tag in placed}

    def key_at(self, point: QPointF) -> str | None:
        """Key of the tag under a pixel, or None."""
        return next((tag.spec.key for tag in self.tags if tag.rect.contains(point)), None)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw all tags."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setFont(tag_font(theme))
        for tag in self.tags:
            paint_tag(painter, tag, theme)


def tag_font(theme: Theme) -> QFont:
    """The type of tags."""
    return theme.font(12, bold=True, tabular=True)


def tag_size(text: str, font: QFont, theme: Theme) -> QSizeF:
    """Width and height of a tag in whole pixels."""
    metrics = QFontMetricsF(font)
    return QSizeF(
        math.ceil(metrics.horizontalAdvance(text)) + 2 * theme.px(_PADDING_X_PX),
        math.ceil(metrics.height()) + 2 * theme.px(_PADDING_Y_PX),
    )


def place_tag(
    lines: Sequence[QLineF],
    size: QSizeF,
    bounds: QRectF,
    occupied: Sequence[QRectF],
    before: QPointF | None,
    scale: float,
) -> QRectF | None:
    """Where a tag of `size` stands on a visible line, fully inside `bounds`; None if none is in view.

    The two ends of the stretch on which the whole tag fits come first, the one nearer to `before` first, then
    places step by step further in; of places that are all taken the first is returned.
    """
    visible = [part for line in lines if (part := clipped_segment(line, bounds)) is not None]
    if not visible:
        return None
    inner = _inner(bounds, size, scale)
    if inner.width() <= 0 or inner.height() <= 0:
        return None
    carrier = _carrier(visible, size, before)
    stretch = clipped_segment(carrier, inner) or _pinched(carrier, inner)
    if _prefers_end(stretch, before, inner):
        stretch = QLineF(stretch.p2(), stretch.p1())
    candidates = [_around(stretch.pointAt(share), size) for share in _shares()]
    apart = _APART_PX * scale
    for rect in candidates:
        roomy = rect.adjusted(-apart, -apart, apart, apart)
        if not any(roomy.intersects(other) for other in occupied):
            return rect
    return candidates[0]


def paint_tag(painter: QPainter, tag: Tag, theme: Theme) -> None:
    """Draw one tag; the painter has the font."""
    halo = QColor(theme.plot)
    halo.setAlphaF(0.85)
    radius = theme.px(_RADIUS_PX)
    spread = 1.5 * theme.scale
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(halo)
    painter.drawRoundedRect(
        tag.rect.adjusted(-spread, -spread, spread, spread), radius + spread, radius + spread
    )
    if tag.spec.border is not None:
        painter.setPen(QPen(tag.spec.border, 2.0 * theme.scale))
    painter.setBrush(tag.spec.fill)
    painter.drawRoundedRect(tag.rect, radius, radius)
    painter.setPen(tag.spec.ink)
    painter.drawText(tag.rect, Qt.AlignmentFlag.AlignCenter, tag.spec.text)


def _inner(bounds: QRectF, size: QSizeF, scale: float) -> QRectF:
    """Where the middle of a tag may stand."""
    edge = _EDGE_PX * scale
    dx, dy = size.width() / 2 + edge, size.height() / 2 + edge
    return bounds.adjusted(dx, dy, -dx, -dy)


def _shares() -> list[float]:
    """From the first end, the other end, then inwards from both."""
    steps = [step / _STEPS for step in range(_STEPS // 2 + 1)]
    return [share for step in steps for share in (step, 1.0 - step)]


def _carrier(visible: Sequence[QLineF], size: QSizeF, before: QPointF | None) -> QLineF:
    """The line that carries the tag: the one that did before while it has room, else the longest."""
    longest = max(visible, key=QLineF.length)
    roomy = [line for line in visible if line.length() > size.width()]
    if before is None or not roomy:
        return longest
    spot = before.toTuple()
    return min(roomy, key=lambda line: distance_to_segment(spot, line.p1().toTuple(), line.p2().toTuple()))


def _prefers_end(stretch: QLineF, before: QPointF | None, inner: QRectF) -> bool:
    if before is None:
        # At first the end at the edge of the view, the upper one of two: the samples mostly lie below.
        edges = [_edge_distance(point, inner) for point in (stretch.p1(), stretch.p2())]
        return edges[1] < edges[0] - 1 or (edges[1] < edges[0] + 1 and stretch.y2() < stretch.y1())
    return QLineF(stretch.p2(), before).length() < QLineF(stretch.p1(), before).length()


def _edge_distance(point: QPointF, rect: QRectF) -> float:
    return min(
        point.x() - rect.left(), rect.right() - point.x(), point.y() - rect.top(), rect.bottom() - point.y()
    )


def _pinched(line: QLineF, inner: QRectF) -> QLineF:
    """A line that only cuts a corner: its tag stands as near as the bounds let it."""
    middle = line.center()
    held = QPointF(
        min(max(middle.x(), inner.left()), inner.right()), min(max(middle.y(), inner.top()), inner.bottom())
    )
    return QLineF(held, held)


def _around(center: QPointF, size: QSizeF) -> QRectF:
    left, top = round(center.x() - size.width() / 2), round(center.y() - size.height() / 2)
    return QRectF(QPointF(left, top), size)
