"""Where the name tag of a curved line stands: at an end at the view's edge, or along it, clear of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

Floats = NDArray[np.float64]

_CANDIDATES = 48
"""Places along all curves that are tried."""
_UPPER_FIRST = 0.02
"""Samples mostly lie below: a pixel further down counts as this much further from the edge."""


def place_on_curves(
    curves: Sequence[Floats],
    size: QSizeF,
    inner: QRectF,
    occupied: Sequence[QRectF],
    before: QPointF | None,
    apart: float,
) -> QRectF | None:
    """A place for a tag of `size` with its centre on a curve and inside `inner`; None if no curve is there.

    The nearest place to `before` comes first, so that a tag stays where it was while its curve moves; without
    one, the places nearest to the edge, the upper one of two. Of places that are all taken the first is
    returned.

    Parameters
    ----------
    curves : sequence of ndarray of shape (m, 2)
        In pixels.
    apart : float
        Room in px that is kept to other tags.
    """
    places = _places(curves)
    is_inside = (
        (places[:, 0] >= inner.left())
        & (places[:, 0] <= inner.right())
        & (places[:, 1] >= inner.top())
        & (places[:, 1] <= inner.bottom())
    )
    places = places[is_inside]
    if not len(places):
        return None
    if before is not None:
        cost = np.hypot(places[:, 0] - before.x(), places[:, 1] - before.y())
    else:
        cost = np.minimum(
            np.minimum(places[:, 0] - inner.left(), inner.right() - places[:, 0]),
            np.minimum(places[:, 1] - inner.top(), inner.bottom() - places[:, 1]),
        )
        cost += _UPPER_FIRST * (places[:, 1] - inner.top())
    ordered = [_around(x, y, size) for x, y in places[np.argsort(cost, kind="stable")].tolist()]
    for rect in ordered:
        roomy = rect.adjusted(-apart, -apart, apart, apart)
        if not any(roomy.intersects(other) for other in occupied):
            return rect
    return ordered[0]


def _places(curves: Sequence[Floats]) -> Floats:
    """Places evenly along all curves, more on longer ones, shape (m, 2)."""
    found: list[Floats] = [np.zeros((0, 2))]
    lengths = [np.hypot(*np.diff(curve, axis=0).T) for curve in curves]
    total = sum(float(steps.sum()) for steps in lengths)
    for curve, steps in zip(curves, lengths, strict=True):
        if total <= 0.0 or len(curve) < 2:
            continue
        at = np.concatenate([[0.0], np.cumsum(steps)])
        count = max(round(_CANDIDATES * at[-1] / total), 2)
        wanted = np.linspace(0.0, at[-1], count)
        found.append(
            np.stack([np.interp(wanted, at, curve[:, 0]), np.interp(wanted, at, curve[:, 1])], axis=1)
        )
    return np.concatenate(found)


def _around(x: float, y: float, size: QSizeF) -> QRectF:
    return QRectF(QPointF(round(x - size.width() / 2), round(y - size.height() / 2)), size)
