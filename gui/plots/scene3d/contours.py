"""Lines of one value through a grid, and lines over the floor cut into pieces that can lie on a surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
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
    return contour_segments(values, (level,), x_range, y_range)[0]


def contour_segments(values: Floats, levels: Sequence[float], x_range: Range, y_range: Range) -> list[Floats]:
    """The pieces of several levels, given in increasing order, in one pass: for each as `level_segments`.

    The grid is read once; what follows is work on the crossed cells alone.
    """
    if not levels:
        return []
    heights = np.asarray(levels, dtype=np.float64)
    piece = _pieces_of(values, _crossed_cells(values, heights), heights)
    rank, row, column, level = piece.rank, piece.row, piece.column, heights[piece.level]
    segments = np.empty((rank.size, 2, 2))
    for end in (0, 1):
        r0, c0, r1, c1 = _EDGE_ENDS[_PIECE_EDGES[rank, end]].T
        before, after = values[row + r0, column + c0], values[row + r1, column + c1]
        share = (level - before) / (after - before)
        segments[:, end, 0] = column + c0 + share * (c1 - c0)
        segments[:, end, 1] = row + r0 + share * (r1 - r0)
    rows, columns = values.shape
    low, high = np.array([x_range, y_range]).T
    placed = low + segments / (columns - 1, rows - 1) * (high - low)
    return np.split(placed, np.searchsorted(piece.level, np.arange(1, len(levels))))


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


_EDGE_ENDS = np.array([(0, 0, 0, 1), (0, 1, 1, 1), (1, 0, 1, 1), (0, 0, 1, 0)])
"""Row and column, from the cell's, of the vertex at each edge's start and at its end: shape (4, 4)."""
_PIECE_EDGES = np.array([(first, second) for pairs in _PIECES.values() for first, second, _ in pairs])
"""The edges that each kind of piece joins, in the order in which pieces are returned: shape (kinds, 2)."""
_SADDLES = (5, 10)


def _first_ranks() -> Ints:
    """For each case of a cell its first place in `_PIECE_EDGES`, shape (16,)."""
    ranks = np.zeros(16, dtype=np.int64)
    place = 0
    for case, pairs in _PIECES.items():
        ranks[case] = place
        place += len(pairs)
    return ranks


_RANKS = _first_ranks()


@dataclass(frozen=True, slots=True, eq=False)
class _Crossed:
    """Cells with the levels that cross them, or the pieces of these: columns of one table.

    `level` is the level's number; `rank` says which corners of the cell are above, or which kind of piece.
    """

    row: Ints
    column: Ints
    level: Ints
    rank: Ints


def _crossed_cells(values: Floats, levels: Floats) -> _Crossed:
    """One entry for each level that some but not all corners of a cell are above."""
    # How many of the levels a vertex is not below: small numbers, so that the grid stays in the cache.
    reached = np.zeros(values.shape, dtype=np.int16)
    for level in levels:
        reached += values >= level
    corners = (reached[:-1, :-1], reached[:-1, 1:], reached[1:, 1:], reached[1:, :-1])
    lowest, highest = reduce(np.minimum, corners), reduce(np.maximum, corners)
    place = np.flatnonzero(highest > lowest)
    row, column = np.divmod(place, lowest.shape[1])
    first = lowest[row, column].astype(np.int64)
    count = highest[row, column] - first
    # From here on each cell stands as often as it is crossed.
    row, column = np.repeat(row, count), np.repeat(column, count)
    before = np.repeat(np.cumsum(count) - count - first, count)
    level = np.arange(row.size) - before
    case = np.zeros(row.size, dtype=np.int64)
    for bit, corner in enumerate(corners):
        case += (corner[row, column] > level).astype(np.int64) << bit
    return _Crossed(row, column, level, case)


def _pieces_of(values: Floats, cells: _Crossed, levels: Floats) -> _Crossed:
    """The pieces in crossed cells, ordered by level, then by kind: one in each cell, two in a saddle."""
    rank = _RANKS[cells.rank]
    saddle = np.flatnonzero(np.isin(cells.rank, _SADDLES))
    r, c = cells.row[saddle], cells.column[saddle]
    mean = (values[r, c] + values[r, c + 1] + values[r + 1, c + 1] + values[r + 1, c]) / 4.0
    rank[saddle] += 2 * ~(mean >= levels[cells.level[saddle]])
    rank = np.concatenate([rank, rank[saddle] + 1])
    whose = np.concatenate([np.arange(cells.row.size), saddle])
    level = cells.level[whose]
    order = np.argsort(level * len(_PIECE_EDGES) + rank, kind="stable")
    whose = whose[order]
    return _Crossed(cells.row[whose], cells.column[whose], level[order], rank[order])
