"""Whether the best weights exist: no class can be split off, some can, or all can (none, quasi, complete).

For logistic and softmax regression the smallest cross-entropy is reached by finite weights if and only if
no direction d of the weights has (d_y - d_k) . x >= 0 for all samples and classes k, and > 0 for one of
them (Albert and Anderson 1984). If all of them are > 0, a straight line (K classes: K linear functions)
separates the classes completely; else only part of the comparisons can be won for ever: quasi-complete.

The answer is exact. It does not change when height and weight are shifted or scaled, so it is decided on
integers: coordinates are rounded to 12 digits of the largest one (1e-9 cm and kg for people), which also
makes decimals such as 59.7 kg what they are written as. Only the corners of each class's convex hull
matter. With Gordan's alternative the comparisons that no direction can win are found face by face.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.convex_hull import Point, hull_corners
from engine.gordan import Row, dot, gordan, null_space, reduced

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Separation = Literal["none", "quasi", "complete"]

_DIGITS = 12


def separation_of(x: Floats, y: Floats, class_index: Ints, n_classes: int) -> Separation:
    """Decide the kind of separation of labelled points in the plane.

    Parameters
    ----------
    x, y : ndarray of shape (n,), n >= 1
        Height in cm and weight in kg (or any other two finite measures).
    class_index : ndarray of int64, shape (n,)
        0 to `n_classes` - 1, every sample labelled.
    n_classes : int
        An empty class can always be told from the others: its bias falls for ever.

    Returns
    -------
    "none", "quasi" or "complete"
    """
    points = np.stack([_as_integers(x), _as_integers(y)])
    present = np.unique(class_index)
    corners = [hull_corners(points[:, class_index == index]) for index in present]
    kind = _kind_of_comparisons(_comparisons(corners)) if present.size > 1 else "complete"
    return "quasi" if kind == "none" and present.size < n_classes else kind


def _as_integers(values: Floats) -> Ints:
    """Round to 12 digits of the largest value; then shift and scale to small integers, which changes no answer."""
    largest = float(np.max(np.abs(values)))
    if largest == 0.0:
        return np.zeros(values.size, dtype=np.int64)
    unit_exponent = int(np.floor(np.log10(largest))) + 1 - _DIGITS
    scale = 10.0 ** abs(unit_exponent)
    whole = np.rint(values * scale if unit_exponent < 0 else values / scale).astype(np.int64)
    whole -= whole[0]
    divisor = int(np.gcd.reduce(whole))
    return whole // divisor if divisor > 1 else whole


def _comparisons(corners: list[list[Point]]) -> list[Row]:
    """Rows a with a . d = (d_y - d_k) . (x, y, 1) for each corner of class y and each other class k; d_0 = 0."""
    rows: list[Row] = []
    for own, points in enumerate(corners):
        for other in range(len(corners)):
            if other == own:
                continue
            for point in points:
                row = [0] * (3 * len(corners))
                row[3 * own : 3 * own + 3] = [*point, 1]
                row[3 * other : 3 * other + 3] = [-point[0], -point[1], -1]
                rows.append(row[3:])
    return rows


def _kind_of_comparisons(rows: list[Row]) -> Separation:
    """Complete if one direction wins every comparison, quasi if one wins some and loses none, else none.

    Comparisons that cancel out (sum lambda_j a_j = 0, lambda > 0) are 0 in every direction that loses
    none; so the search goes on in the directions where they are 0, a smaller space each time.
    """
    kind: Separation = "complete"
    while rows:
        direction, cancelling = gordan(rows)
        if direction is not None:
            return kind
        kind = "quasi"
        basis = null_space([rows[index] for index in cancelling], len(rows[0]))
        projected = (
            {tuple(reduced([dot(row, vector) for vector in basis])) for row in rows} if basis else set()
        )
        rows = [list(row) for row in sorted(projected) if any(row)]
    return "none"
