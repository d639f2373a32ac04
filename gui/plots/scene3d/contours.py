"""Lines of one value through a grid, and lines over the floor cut into pieces that can lie on a surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Range = tuple[float, float]
Place = tuple[float, float]


def level_segments(values: Floats, level: float, x_range: Range, y_range: Range) -> Floats:
    """Where a function given on a grid has one value: marching squares.

    Parameters
    ----------
    values : ndarray of shape (rows, columns)
        At the vertices of a grid over the whole ranges: row 0 at the lowest y, column 0 at the lowest x.
    level : float
        A vertex of exactly this value counts as above.
    x_range, y_range : (float, float)
        Coordinates of the first and last column, and of the first and last row.

    Returns
    -------
    ndarray of shape (n, 2, 2)
        Both ends of each piece as (x, y). Saddles are cut so that their middle's side is joined.
    """
    rows, columns = values.shape
    above = values >= level
    corners = [above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]]
    case = sum((corner.astype(np.int64) << bit for bit, corner in enumerate(corners)), start=np.int64(0))
    mean = (values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]) / 4.0
    crossings = _edge_crossings(values, level)
    pieces = []
    for number, pairs in _PIECES.items():
        row, column = np.nonzero(case == number)
        if not row.size:
            continue
        joined = mean[row, column] >= level
        for first, second, when in pairs:
            chosen = slice(None) if when is None else joined == when
            r, c = row[chosen], column[chosen]
            pieces.append(np.stack([crossings[first](r, c), crossings[second](r, c)], axis=1))
    if not pieces:
        return np.zeros((0, 2, 2))
    segments = np.concatenate(pieces)
    low, high = np.array([x_range, y_range]).T
    result: Floats = low + segments / (columns - 1, rows - 1) * (high - low)
    return result


def pieces_between(start: Floats | Place, end: Floats | Place, count: int) -> Floats:
    """The straight way from `start` to `end` in `count` pieces, shape (count, 2, 2)."""
    return pieces_along(np.linspace(start, end, count + 1))


def pieces_along(points: Floats) -> Floats:
    """A path of n points (n, d) as its n - 1 pieces, shape (n - 1, 2, d)."""
    return np.stack([points[:-1], points[1:]], axis=1)


_BOTTOM, _RIGHT, _TOP, _LEFT = range(4)

# Which edges of a cell are joined, by which corners are above: bit 0 is the corner of the lowest x and y,
# then counter-clockwise. A saddle's pieces depend on whether its middle is above.
_PIECES: dict[int, tuple[tuple[int, int, bool | None], ...]] = {
    1: ((_LEFT, _BOTTOM, None),),
    2: ((_BOTTOM, _RIGHT, None),),
    3: ((_LEFT, _RIGHT, None),),
    4: ((_RIGHT, _TOP, None),),
    5: (
        (_LEFT, _TOP, True), (_BOTTOM, _RIGHT, True),
        (_LEFT, _BOTTOM, False), (_RIGHT, _TOP, False),
    ),
    6: ((_BOTTOM, _TOP, None),),
    7: ((_LEFT, _TOP, None),),
    8: ((_LEFT, _TOP, None),),
    9: ((_BOTTOM, _TOP, None),),
    10: (
        (_LEFT, _BOTTOM, True), (_RIGHT, _TOP, True),
        (_LEFT, _TOP, False), (_BOTTOM, _RIGHT, False),
    ),
    11: ((_RIGHT, _TOP, None),),
    12: ((_LEFT, _RIGHT, None),),
    13: ((_BOTTOM, _RIGHT, None),),
    14: ((_LEFT, _BOTTOM, None),),
}  # fmt: skip


class _Crossing:
    """Where the level crosses one edge of given cells, in columns and rows."""

    def __init__(self, values: Floats, level: float, start: tuple[int, int], end: tuple[int, int]) -> None:
        self._values, self._level = values, level
        self._start, self._end = start, end

    def __call__(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Floats:
        (r0, c0), (r1, c1) = self._start, self._end
        before, after = self._values[row + r0, column + c0], self._values[row + r1, column + c1]
        share = (self._level - before) / (after - before)
        return np.stack([column + c0 + share * (c1 - c0), row + r0 + share * (r1 - r0)], axis=-1)


def _edge_crossings(values: Floats, level: float) -> dict[int, _Crossing]:
    ends = {
        _BOTTOM: ((0, 0), (0, 1)),
        _RIGHT: ((0, 1), (1, 1)),
        _TOP: ((1, 0), (1, 1)),
        _LEFT: ((0, 0), (1, 0)),
    }
    return {edge: _Crossing(values, level, start, end) for edge, (start, end) in ends.items()}
