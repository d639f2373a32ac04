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

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.optimum.convex_hull import Point, hull_corners
from engine.optimum.gordan import Row, dot, gordan, null_space, reduced

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Separation = Literal["none", "quasi", "complete"]

_DIGITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Separability:
    """The kind of separation, and which comparisons it leaves open.

    Attributes
    ----------
    kind : "none", "quasi" or "complete"
    undecided : ndarray of bool, shape (K, n), or None
        For "quasi" alone: False where the weights can grow for ever so that sample i's own class wins over
        class k without bound, while no sample loses; True for its own class and where that is impossible.
        What is left of the loss in the limit are the classes that stay undecided.
    """

    kind: Separation
    undecided: NDArray[np.bool_] | None = None


def separability_of(
    x: Floats, y: Floats, class_index: Ints, n_classes: int, *, bias: bool = True
) -> Separability:
    """Decide the kind of separation of labelled points in the plane.

    Parameters
    ----------
    x, y : ndarray of shape (n,), n >= 1
        Height in cm and weight in kg (or any other two finite measures).
    class_index : ndarray of int64, shape (n,)
        0 to `n_classes` - 1, every sample labelled.
    n_classes : int
        An empty class can always be told from the others: its bias falls for ever.
    bias : bool
        False: only lines through the point (0, 0) count, as without a bias there are no others.
    """
    points = np.stack([_as_integers(x, may_shift=bias), _as_integers(y, may_shift=bias)])
    present = np.unique(class_index).tolist() if bias else list(range(n_classes))
    members = [np.flatnonzero(class_index == index) for index in present]
    corners = [hull_corners(points[:, rows]) if rows.size else [] for rows in members]
    kind, direction = _widest_direction(_comparisons(corners, int(bias)), 3 * (len(present) - 1))
    if kind == "none" and len(present) < n_classes:
        kind = "quasi"
    if kind != "quasi":
        return Separability(kind)
    if not bias:
        direction[2::3] = [0] * (len(present) - 1)
    weights = [[0, 0, 0], *(direction[start : start + 3] for start in range(0, len(direction), 3))]
    undecided = np.zeros((n_classes, class_index.size), dtype=bool)
    for own in range(len(present)):
        for other, rival in enumerate(present):
            difference = [a - b for a, b in zip(weights[own], weights[other], strict=True)]
            rows = members[own]
            undecided[rival, rows] = _on_line(points[:, rows], corners[own], difference)
    return Separability(kind, undecided)


def _as_integers(values: Floats, *, may_shift: bool) -> Ints:
    """Round to 12 digits of the largest value; scale and shift to small integers, which changes no answer."""
    largest = float(np.max(np.abs(values)))
    if largest == 0.0:
        return np.zeros(values.size, dtype=np.int64)
    unit_exponent = int(np.floor(np.log10(largest))) + 1 - _DIGITS
    scale = 10.0 ** abs(unit_exponent)
    whole = np.rint(values * scale if unit_exponent < 0 else values / scale).astype(np.int64)
    if may_shift:
        whole -= whole[0]
    divisor = int(np.gcd.reduce(whole))
    return whole // divisor if divisor > 1 else whole


def _comparisons(corners: list[list[Point]], one: int) -> list[Row]:
    """Rows a with a . d = (d_y - d_k) . (x, y, one): a corner of class y against each other class; d_0 = 0.

    `one` is 0 without a bias.
    """
    rows: list[Row] = []
    for own, points in enumerate(corners):
        for other in range(len(corners)):
            if other == own:
                continue
            for point in points:
                row = [0] * (3 * len(corners))
                row[3 * own : 3 * own + 3] = [*point, one]
                row[3 * other : 3 * other + 3] = [-point[0], -point[1], -one]
                rows.append(row[3:])
    return rows


def _widest_direction(rows: list[Row], width: int) -> tuple[Separation, Row]:
    """A direction that wins as many comparisons as any and loses none, and whether it wins all, some or none.

    Comparisons that cancel out (sum lambda_j a_j = 0, lambda > 0) are 0 in every direction that loses
    none; so the search goes on in the directions where they are 0, a smaller space each time.
    """
    kind: Separation = "complete"
    space = [[int(i == j) for j in range(width)] for i in range(width)]
    while rows:
        direction, cancelling = gordan(rows)
        if direction is not None:
            return kind, _combined(direction, space, width)
        kind = "quasi"
        basis = null_space([rows[index] for index in cancelling], len(rows[0]))
        space = [_combined(vector, space, width) for vector in basis]
        projected = {tuple(reduced([dot(row, vector) for vector in basis])) for row in rows}
        rows = [list(row) for row in sorted(projected) if any(row)]
    return ("none" if width else "complete"), [0] * width


def _combined(coefficients: Row, vectors: list[Row], width: int) -> Row:
    """The linear combination of vectors of length `width`."""
    return [
        sum(factor * vector[index] for factor, vector in zip(coefficients, vectors, strict=True))
        for index in range(width)
    ]


def _on_line(points: Ints, corners: list[Point], line: Row) -> NDArray[np.bool_]:
    """Which points lie on the line a x + b y + c = 0, of a hull on one side of it (a = b = c = 0: all)."""
    if not any(line):
        return np.ones(points.shape[1], dtype=bool)
    touching = [corner for corner in corners if dot(line, [*corner, 1]) == 0]
    if not touching:
        return np.zeros(points.shape[1], dtype=bool)
    x, y = points
    if len(touching) == 1:
        return np.asarray((x == touching[0][0]) & (y == touching[0][1]))
    (x0, y0), (x1, y1) = touching
    steps = ((x1 - x0) * (y - y0).astype(np.float64), (y1 - y0) * (x - x0).astype(np.float64))
    on_line = np.asarray(np.abs(steps[0] - steps[1]) <= 1e-12 * (np.abs(steps[0]) + np.abs(steps[1])))
    for row in np.flatnonzero(on_line).tolist():
        on_line[row] = dot(line, [int(x[row]), int(y[row]), 1]) == 0
    return on_line
