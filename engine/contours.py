"""Contour lines of a grid: where a function crosses a level, as polylines (marching squares).

Each edge of the grid between two neighbours on different sides of the level is crossed once, at a place found
by linear interpolation. In each cell the crossings are joined so that values of the level and more lie on the
left. A cell whose corners alternate is decided by the mean of the four (Nielson and Hamann 1991 use the
saddle's own value; for a picture the mean does).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_BOTTOM, _RIGHT, _TOP, _LEFT = range(4)
_SEGMENTS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_BOTTOM, _LEFT),),
    2: ((_RIGHT, _BOTTOM),),
    3: ((_RIGHT, _LEFT),),
    4: ((_TOP, _RIGHT),),
    6: ((_TOP, _BOTTOM),),
    7: ((_TOP, _LEFT),),
    8: ((_LEFT, _TOP),),
    9: ((_BOTTOM, _TOP),),
    11: ((_RIGHT, _TOP),),
    12: ((_LEFT, _RIGHT),),
    13: ((_BOTTOM, _RIGHT),),
    14: ((_LEFT, _BOTTOM),),
}
"""Directed segments of a cell by its corners above: from 1 lower left, anticlockwise, to 8 upper left."""
_SADDLES: dict[tuple[int, bool], tuple[tuple[int, int], ...]] = {
    (5, True): ((_BOTTOM, _RIGHT), (_TOP, _LEFT)),
    (5, False): ((_BOTTOM, _LEFT), (_TOP, _RIGHT)),
    (10, True): ((_LEFT, _BOTTOM), (_RIGHT, _TOP)),
    (10, False): ((_RIGHT, _BOTTOM), (_LEFT, _TOP)),
}
"""The same for two corners across, by whether the middle is on their side."""


def contour_lines(values: ArrayLike, level: float, x: ArrayLike, y: ArrayLike) -> list[Floats]:
    """The lines on which a function, known on a grid, has the value `level`.

    Parameters
    ----------
    values : array of shape (rows, columns)
        Row 0 belongs to y[0], column 0 to x[0]. A value of exactly `level` counts as above it. Cells with a
        value that is not finite have no line.
    level : float
    x, y : arrays of shape (columns,) and (rows,)
        Places of the columns and of the rows.

    Returns
    -------
    list of ndarray of shape (m, 2), read-only
        Points (x, y); a closed line ends where it begins. Larger values lie on the left of a line, where x
        goes to the right and y upwards.
    """
    grid = np.asarray(values, dtype=np.float64)
    columns, rows = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if min(grid.shape) < 2:
        return []
    above = grid >= level
    starts, ends = _segments(grid, above, level)
    if not starts.size:
        return []
    edges = np.union1d(starts, ends)
    points = _crossings(grid, level, edges, columns, rows)
    chains = _chains(np.searchsorted(edges, starts), np.searchsorted(edges, ends), edges.size)
    lines = [points[chain] for chain in chains]
    for line in lines:
        line.flags.writeable = False
    return lines


def _segments(grid: Floats, above: Bools, level: float) -> tuple[Ints, Ints]:
    """Directed segments of all cells, as numbers of the edges where they start and end.

    Edges that run along x come first, row by row, then those along y.
    """
    corners = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    is_crossed = (corners > 0) & (corners < 15)
    place = np.flatnonzero(is_crossed)
    row, column = np.divmod(place, corners.shape[1])
    cell = np.stack([grid[row + i, column + j] for i, j in ((0, 0), (0, 1), (1, 1), (1, 0))])
    is_known = np.isfinite(cell).all(axis=0)
    row, column, cell = row[is_known], column[is_known], cell[:, is_known]
    kind = corners[row, column]
    middle_above = cell.mean(axis=0) >= level
    width = grid.shape[1]
    along_y = grid.shape[0] * (width - 1)
    edges = np.stack(
        [
            row * (width - 1) + column,
            along_y + row * width + column + 1,
            (row + 1) * (width - 1) + column,
            along_y + row * width + column,
        ]
    )
    starts: list[Ints] = []
    ends: list[Ints] = []
    for number, pairs in _SEGMENTS.items():
        _join(edges, kind == number, pairs, starts, ends)
    for (number, is_above), pairs in _SADDLES.items():
        _join(edges, (kind == number) & (middle_above == is_above), pairs, starts, ends)
    return np.concatenate(starts), np.concatenate(ends)


def _join(
    edges: Ints, chosen: Bools, pairs: tuple[tuple[int, int], ...], starts: list[Ints], ends: list[Ints]
) -> None:
    """Add the segments of the chosen cells."""
    for start, end in pairs:
        starts.append(edges[start, chosen])
        ends.append(edges[end, chosen])


def _crossings(grid: Floats, level: float, edges: Ints, x: Floats, y: Floats) -> Floats:
    """Where the level crosses each edge, shape (m, 2)."""
    width = grid.shape[1]
    along_y = grid.shape[0] * (width - 1)
    is_along_y = edges >= along_y
    row, column = np.where(is_along_y, np.divmod(edges - along_y, width), np.divmod(edges, width - 1))
    next_row, next_column = row + is_along_y, column + ~is_along_y
    first, second = grid[row, column], grid[next_row, next_column]
    share = (level - first) / (second - first)
    return np.stack(
        [
            x[column] + share * (x[next_column] - x[column]),
            y[row] + share * (y[next_row] - y[row]),
        ],
        axis=1,
    )


def _chains(starts: Ints, ends: Ints, n_edges: int) -> list[list[int]]:
    """Segments joined end to start: each edge ends at most one of them and starts at most one."""
    following = np.full(n_edges, -1)
    following[starts] = ends
    is_first = np.ones(n_edges, dtype=bool)
    is_first[ends] = False
    to = following.tolist()
    chains = [_followed(to, start) for start in np.flatnonzero(is_first).tolist()]
    # What is left goes round in circles.
    for start in range(n_edges):
        if to[start] >= 0:
            chains.append(_followed(to, start))
    return chains


def _followed(to: list[int], start: int) -> list[int]:
    """The chain from `start`; its segments are taken out of `to`."""
    chain, edge = [start], start
    while to[edge] >= 0:
        to[edge], edge = -1, to[edge]
        chain.append(edge)
    return chain
