"""Where the names at the ends of curves go: inside the plot, off one another and off the curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP_PX = 5.0
_OVERLAP, _CROSSING, _MOVED = 1000.0, 40.0, 6.0

CurveRange = Callable[[float, float], tuple[float, float] | None]
"""Highest and lowest pixel of a curve over a range of x, or None where it is not there."""


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A label's size and the point it names."""

    size: QSizeF
    end: QPointF


def place_labels(
    labels: Sequence[EndLabel], curves: Sequence[CurveRange], area: QRectF, previous: Sequence[int] = ()
) -> tuple[list[QRectF], list[int]]:
    """Choose a place for each label.

    Parameters
    ----------
    labels : sequence of EndLabel
        Few (two or three): every combination of places is tried.
    curves : sequence of CurveRange
        Curves that a label should not cover.
    area : QRectF
        The plot; labels stay inside as far as their size allows.
    previous : sequence of int
        The places chosen last time, kept while they do almost as well, so that labels do not jump about.

    Returns
    -------
    rectangles, places
    """
    if not labels:
        return [], []
    options = [_options(label, area) for label in labels]
    kept = list(previous) if len(previous) == len(labels) else [-1] * len(labels)
    crossing = [[_crossings(rect, curves) for rect, _ in places] for places in options]
    best: tuple[float, tuple[int, ...]] | None = None
    for choice in product(*(range(len(places)) for places in options)):
        rects = [options[i][place][0] for i, place in enumerate(choice)]
        cost = sum(options[i][place][1] + _CROSSING * crossing[i][place] for i, place in enumerate(choice))
        cost += sum(_MOVED for old, new in zip(kept, choice, strict=True) if old != new)
        cost += _OVERLAP * _overlaps(rects)
        if best is None or cost < best[0]:
            best = (cost, choice)
    assert best is not None
    return [options[i][place][0] for i, place in enumerate(best[1])], list(best[1])


def follow_places(labels: Sequence[EndLabel], places: Sequence[int], area: QRectF) -> list[QRectF]:
    """Return the rectangles of places chosen before, the ends having moved a little since."""
    return [_options(label, area)[place][0] for label, place in zip(labels, places, strict=True)]


def place_on_line(
    size: QSizeF, y: float, curves: Sequence[CurveRange], taken: Sequence[QRectF], area: QRectF
) -> QRectF:
    """Return the place of a name on a level line: leftmost, above or below, off curves and the `taken`."""
    room = area.width() - size.width() - 2 * GAP_PX
    lefts = [area.left() + GAP_PX + share * room for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    tops = [
        top
        for top in (y - size.height() - 2.0, y + 2.0)
        if area.top() <= top <= area.bottom() - size.height()
    ]
    spots = [QRectF(QPointF(left, top), size) for left in lefts for top in tops or [area.top()]]
    return min(
        spots,
        key=lambda spot: _crossings(spot, curves) + 3 * sum(1 for other in taken if other.intersects(spot)),
    )


def _options(label: EndLabel, area: QRectF) -> list[tuple[QRectF, float]]:
    """Beside, above and below the end, then further off; each with its cost."""
    width, height = label.size.width(), label.size.height()
    x, y = label.end.x(), label.end.y()
    beside = QRectF(x + GAP_PX, y - height / 2, width, height)
    options = [(beside, 0.0 if beside.right() <= area.right() else _OVERLAP / 2)]
    for rank in range(3):
        offset = GAP_PX + rank * (height + 1)
        above = QRectF(x - width, y - offset - height, width, height)
        below = QRectF(x - width, y + offset, width, height)
        options += [(above, 4.0 + 12.0 * rank), (below, 7.0 + 12.0 * rank)]
    return [(_inside(rect, area), cost) for rect, cost in options]


def _inside(rect: QRectF, area: QRectF) -> QRectF:
    x = max(min(rect.x(), area.right() - rect.width()), area.left())
    y = max(min(rect.y(), area.bottom() - rect.height()), area.top())
    return QRectF(x, y, rect.width(), rect.height())


def _overlaps(rects: Sequence[QRectF]) -> int:
    return sum(1 for i, rect in enumerate(rects) for other in rects[:i] if rect.intersects(other))


def _crossings(rect: QRectF, curves: Sequence[CurveRange]) -> int:
    count = 0
    for curve in curves:
        span = curve(rect.left(), rect.right())
        if span is not None and span[0] < rect.bottom() and span[1] > rect.top():
            count += 1
    return count
