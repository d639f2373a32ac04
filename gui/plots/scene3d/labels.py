"""Where the texts of a box stand: numbers and titles along its edges, notes at places, none on another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from gui.plots.scene3d.box import SpaceAxes, SpaceAxis
from gui.plots.scene3d.camera import BOX_HEIGHT, Projection
from gui.theme import Theme

Floats = NDArray[np.float64]

NUMBER_PX, TITLE_PX = 11, 12
_TICK_PX, _GAP_PX = 4.0, 4.0
_NUMBER_SPACING_PX = 30.0
_SHORTEST_UPRIGHT_PX = 36.0
_UPWARDS = np.array([0.0, 0.0, BOX_HEIGHT])
_ALONG = (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and its rectangle on the screen."""

    rect: QRectF
    text: str
    is_title: bool = False
    is_strong: bool = False


@dataclass(slots=True)
class BoxLayout:
    """Texts and lines around a box, in pixels.

    Attributes
    ----------
    texts : list of PlacedText
    frame, grid, ticks : list of arrays of shape (2, 2)
        Both ends of each line: the axes, the lines on floor and back walls, and the marks at the numbers.
    """

    texts: list[PlacedText] = field(default_factory=list)
    frame: list[Floats] = field(default_factory=list)
    grid: list[Floats] = field(default_factory=list)
    ticks: list[Floats] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes of the texts in a theme."""

    numbers: QFontMetricsF
    titles: QFontMetricsF
    scale: float

    @classmethod
    def of(cls, theme: Theme) -> Metrics:
        """The metrics of the fonts that `NUMBER_PX` and `TITLE_PX` name."""
        return cls(
            QFontMetricsF(theme.font(NUMBER_PX, tabular=True)),
            QFontMetricsF(theme.font(TITLE_PX)),
            theme.scale,
        )

    def size(self, text: str, *, title: bool = False) -> QSizeF:
        """Width and height of a text, in whole pixels."""
        metrics = self.titles if title else self.numbers
        return QSizeF(np.ceil(metrics.horizontalAdvance(text)), np.ceil(metrics.height()))


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """An edge of the box as it is seen: an axis from low to high, with its texts on the outer side.

    Attributes
    ----------
    axis : SpaceAxis
    corners : ndarray of shape (2, 3)
        In the box's coordinates.
    start, end : ndarray of shape (2,)
        Pixels.
    outward : ndarray of shape (2,)
        Unit vector at a right angle to the edge.
    """

    axis: SpaceAxis
    corners: Floats
    start: Floats
    end: Floats
    outward: Floats

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return float(np.hypot(*(self.end - self.start)))


def box_area(size: QSizeF, axes: SpaceAxes, metrics: Metrics) -> QRectF:
    """Where the box itself goes in a rectangle of this size, leaving room for its texts."""
    line = metrics.numbers.height()
    gap = (_TICK_PX + 2 * _GAP_PX) * metrics.scale
    sides = [_widest(axis, metrics) + gap for axis in (axes.z, axes.right) if axis is not None]
    left = sides[0]
    right = sides[1] if len(sides) > 1 else gap
    top = metrics.titles.height() + gap
    bottom = line + gap
    width, height = max(size.width() - left - right, 16.0), max(size.height() - top - bottom, 16.0)
    return QRectF(left, top, width, height)


def lay_out(projection: Projection, axes: SpaceAxes, metrics: Metrics, bounds: QRectF) -> BoxLayout:
    """Place numbers, titles and lines of a box; no text overlaps another or leaves `bounds`."""
    layout = BoxLayout()
    floor_edges, upright = _edges(projection, axes)
    edges = [*upright, *floor_edges]
    titles = [_title(edge, metrics, bounds, is_upright=edge in upright) for edge in edges]
    _put(layout, (options for options in titles), bounds)
    for edge in edges:
        _number(layout, projection, edge, metrics, bounds)
        layout.frame.append(np.array([edge.start, edge.end]))
    _back_lines(layout, projection, axes, floor_edges, metrics)
    return layout


def place_note(
    layout: BoxLayout, place: QPointF, text: str, metrics: Metrics, bounds: QRectF, *, strong: bool = False
) -> bool:
    """Put a note beside a pixel, off the texts that are there; False where there is no room for it."""
    size = metrics.size(text)
    pad = 5.0 * metrics.scale
    width, height = size.width() + 2 * pad, size.height() + pad
    away = 9.0 * metrics.scale
    x, y = place.x(), place.y()
    corners = [
        (x + away, y - height - away / 2), (x - width - away, y - height - away / 2),
        (x + away, y + away / 2), (x - width - away, y + away / 2),
        (x - width / 2, y - height - 1.6 * away), (x - width / 2, y + 1.6 * away),
    ]  # fmt: skip
    options = [_held(QRectF(left, top, width, height), bounds) for left, top in corners]
    before = len(layout.texts)
    _put(layout, [[PlacedText(rect, text, is_strong=strong) for rect in options]], bounds)
    return len(layout.texts) > before


def tick_count(length_px: float, scale: float) -> int:
    """How many numbers an edge of this length carries."""
    return max(2, int(length_px / (_NUMBER_SPACING_PX * scale)))


def _edges(projection: Projection, axes: SpaceAxes) -> tuple[list[Edge], list[Edge]]:
    """The two near edges of the floor, and the uprights at the left and, with a second scale, the right."""
    towards = projection.axes[2]
    near_x = 0.5 if towards[0] > 0 else -0.5
    near_y = 0.5 if towards[1] > 0 else -0.5
    along_x = np.array([[-0.5, near_y, 0.0], [0.5, near_y, 0.0]])
    along_y = np.array([[near_x, -0.5, 0.0], [near_x, 0.5, 0.0]])
    middle = projection.project(np.array([0.0, 0.0, 0.0]))
    floor = [_edge(axes.x, along_x, projection, middle), _edge(axes.y, along_y, projection, middle)]
    corners = np.array([[x, y, 0.0] for x in (-0.5, 0.5) for y in (-0.5, 0.5)])
    across = projection.project(corners)[:, 0]
    upright = []
    for axis, corner in ((axes.z, int(across.argmin())), (axes.right, int(across.argmax()))):
        if axis is not None:
            foot = corners[corner]
            edge = _edge(axis, np.array([foot, foot + _UPWARDS]), projection, middle)
            if edge.length >= _SHORTEST_UPRIGHT_PX:
                upright.append(edge)
    return floor, upright


def _edge(axis: SpaceAxis, corners: Floats, projection: Projection, middle: Floats) -> Edge:
    start, end = projection.project(corners)
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    outward = np.array([along[1], -along[0]])
    if float(outward @ ((start + end) / 2 - middle)) < 0.0:
        outward = -outward
    return Edge(axis, corners, start, end, outward)


def _title(edge: Edge, metrics: Metrics, bounds: QRectF, *, is_upright: bool) -> list[PlacedText]:
    """Places for an edge's title, best first: above an upright edge, else beyond the numbers of the edge."""
    text = edge.axis.title
    size = metrics.size(text, title=True)
    gap = _GAP_PX * metrics.scale
    if is_upright:
        top = min(edge.start[1], edge.end[1]) - metrics.numbers.height() / 2 - gap - size.height()
        rect = QRectF(float(edge.end[0]) - size.width() / 2, top, size.width(), size.height())
        return [PlacedText(_held(rect, bounds), text, is_title=True)]
    away = _reach(edge, metrics) + gap + _extent(edge.outward, size)
    places = []
    for share in _ALONG:
        center = edge.start + share * (edge.end - edge.start) + away * edge.outward
        places.append(PlacedText(_held(_around(center, size), bounds), text, is_title=True))
    return places


def _number(layout: BoxLayout, projection: Projection, edge: Edge, metrics: Metrics, bounds: QRectF) -> None:
    gap = (_TICK_PX + _GAP_PX / 2) * metrics.scale
    written = edge.axis.written(tick_count(edge.length, metrics.scale))
    inside = [tick for tick in written if edge.axis.low <= tick.value <= edge.axis.high]
    if edge.axis.ticks is None:
        inside.sort(key=lambda tick: min(tick.value - edge.axis.low, edge.axis.high - tick.value))
    for tick in inside:
        share = float(edge.axis.fraction(np.array(tick.value)))
        foot = projection.project(edge.corners[0] + share * (edge.corners[1] - edge.corners[0]))
        size = metrics.size(tick.text)
        center = foot + (gap + _extent(edge.outward, size)) * edge.outward
        if _put(layout, [[PlacedText(_around(center, size), tick.text)]], bounds):
            layout.ticks.append(np.array([foot, foot + _TICK_PX * metrics.scale * edge.outward]))


def _back_lines(
    layout: BoxLayout, projection: Projection, axes: SpaceAxes, floor: list[Edge], metrics: Metrics
) -> None:
    """Lines on the floor at the numbers of x and y, and on the two back walls at those of z."""
    lines = []
    for edge, axis in zip(floor, (0, 1), strict=True):
        for tick in edge.axis.written(tick_count(edge.length, metrics.scale)):
            place = float(edge.axis.fraction(np.array(tick.value))) - 0.5
            ends = np.zeros((2, 3))
            ends[:, axis], ends[:, 1 - axis] = place, (-0.5, 0.5)
            lines.append(ends)
    far_x, far_y = -floor[1].corners[0, 0], -floor[0].corners[0, 1]
    tall = projection.project(np.array([[far_x, far_y, 0.0], [far_x, far_y, BOX_HEIGHT]]))
    shares = [0.0, 1.0]
    shares += [
        float(axes.z.fraction(np.array(tick.value)))
        for tick in axes.z.written(tick_count(float(np.hypot(*(tall[1] - tall[0]))), metrics.scale))
    ]
    for share in shares:
        z = share * BOX_HEIGHT
        lines.append(np.array([[-0.5, far_y, z], [0.5, far_y, z]]))
        lines.append(np.array([[far_x, -0.5, z], [far_x, 0.5, z]]))
    lines += [
        np.array([[x, y, 0.0], [x, y, BOX_HEIGHT]])
        for x, y in ((far_x, far_y), (-far_x, far_y), (far_x, -far_y))
    ]
    layout.grid.extend(projection.project(np.array(lines)))


def _put(layout: BoxLayout, wanted: Iterable[list[PlacedText]], bounds: QRectF) -> bool:
    """Place each text at the first of its options that is free and inside; True if all found a place."""
    placed_all = True
    for options in wanted:
        for option in options:
            is_free = not any(other.rect.intersects(option.rect) for other in layout.texts)
            if is_free and bounds.contains(option.rect):
                layout.texts.append(option)
                break
        else:
            placed_all = False
    return placed_all


def _reach(edge: Edge, metrics: Metrics) -> float:
    """How far the numbers of an edge reach from it."""
    ticks = edge.axis.written(tick_count(edge.length, metrics.scale))
    extents = [_extent(edge.outward, metrics.size(tick.text)) for tick in ticks]
    return (_TICK_PX + _GAP_PX / 2) * metrics.scale + 2 * max(extents, default=0.0)


def _extent(direction: Floats, size: QSizeF) -> float:
    """Half of what a rectangle measures along a direction."""
    return float(abs(direction[0]) * size.width() + abs(direction[1]) * size.height()) / 2


def _around(center: Floats, size: QSizeF) -> QRectF:
    return QRectF(
        float(center[0]) - size.width() / 2, float(center[1]) - size.height() / 2, size.width(), size.height()
    )


def _held(rect: QRectF, bounds: QRectF) -> QRectF:
    """The rectangle moved into `bounds` as far as its size allows."""
    x = max(min(rect.x(), bounds.right() - rect.width()), bounds.left())
    y = max(min(rect.y(), bounds.bottom() - rect.height()), bounds.top())
    return QRectF(x, y, rect.width(), rect.height())


def _widest(axis: SpaceAxis, metrics: Metrics) -> float:
    return max((metrics.size(tick.text).width() for tick in axis.written(5)), default=0.0)
