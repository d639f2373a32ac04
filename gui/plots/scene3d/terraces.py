"""1 where a function on a grid is not negative and 0 elsewhere: what the step makes of a bent logit.

The edge runs through each cell as marching squares has it, between the places where the function is 0 on the
cell's edges; walls stand upright on it. Cells of one height that lie side by side are one facet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gui.plots.scene3d.camera import BOX_HEIGHT
from gui.plots.scene3d.surfaces import Facets, HeightField

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WALL_BANDS = 8
_LOW_RANK, _WALL_RANK, _HIGH_RANK = range(3)
_CORNERS = 6
"""Of the largest piece of a cell: a saddle with both low corners cut off."""


@dataclass(frozen=True, eq=False)
class TerraceField:
    """A surface of two heights, 1 where `values` >= 0.

    Attributes
    ----------
    values : ndarray of shape (rows, columns)
        At the vertices of a grid over the whole floor: row 0 at the lowest y, column 0 at the lowest x.
    """

    values: Floats

    @cached_property
    def facets(self) -> Facets:
        """Level pieces and the bands of the walls."""
        return Facets(self._pieces.corners, self._pieces.level, self._pieces.normal)

    def order(self, eye: Floats) -> Ints:
        """Rows and, in each, stretches of them that are farther from the eye's place come first.

        In a cell the low part hides nothing, and the walls, the farther one first, nothing of the high one.
        """
        pieces, rows = self._pieces, self.values.shape[0] - 1
        middle = (pieces.row + 0.5) / rows - 0.5
        aside = np.maximum(np.maximum(pieces.first_x - eye[0], eye[0] - pieces.last_x), 0.0)
        away = pieces.corners[..., :2].mean(axis=1) - eye[:2]
        distance = np.hypot(away[:, 0], away[:, 1])
        keys = (-distance, pieces.rank, -aside, pieces.row, -np.abs(middle - eye[1]))
        result: Ints = np.lexsort(keys)
        return result

    def height_at(self, x: Floats, y: Floats) -> Floats:
        """The box's height where the function, bilinear between the vertices, is not negative; else 0."""
        values = HeightField(self.values).height_at(x, y)
        return np.where(values >= 0.0, BOX_HEIGHT, 0.0)

    @cached_property
    def _pieces(self) -> _Pieces:
        above = self.values >= 0.0
        corners = (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1])
        case = sum((corner.astype(np.int64) << bit for bit, corner in enumerate(corners)), start=np.int64(0))
        cells = _Cells.of(self.values, np.asarray(case))
        parts = [
            _stretches(np.asarray(case)),
            cells.level_parts(_LOW, 0.0, rank=_LOW_RANK),
            *cells.walls(),
            cells.level_parts(_HIGH, 1.0, rank=_HIGH_RANK),
        ]
        return _Pieces(
            *(np.concatenate(columns) for columns in zip(*(part.columns for part in parts), strict=True))
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Facets with what their order depends on: row of cells, reach along x, rank within a cell."""

    corners: Floats
    level: Floats
    normal: Floats
    row: Ints
    first_x: Floats
    last_x: Floats
    rank: Ints

    @property
    def columns(self) -> tuple[NDArray[np.generic], ...]:
        return self.corners, self.level, self.normal, self.row, self.first_x, self.last_x, self.rank


def _stretches(case: Ints) -> _Pieces:
    """Neighbours in a row that are wholly low (case 0) or wholly high (case 15), a piece each stretch."""
    rows, columns = case.shape
    begins = np.ones(case.shape, dtype=bool)
    begins[:, 1:] = case[:, 1:] != case[:, :-1]
    start = np.flatnonzero(begins)
    length = np.diff(np.append(start, case.size))
    is_whole = np.isin(case.ravel()[start], (0, 15))
    start, length = start[is_whole], length[is_whole]
    row, column = np.divmod(start, columns)
    level = (case.ravel()[start] == 15).astype(np.float64)
    left, right = column / columns - 0.5, (column + length) / columns - 0.5
    bottom, top = row / rows - 0.5, (row + 1) / rows - 0.5
    corners = np.empty((len(start), _CORNERS, 3))
    for number, (x, y) in enumerate(((left, bottom), (right, bottom), (right, top), (left, top))):
        corners[:, number, 0], corners[:, number, 1] = x, y
    corners[:, 4:, :2] = corners[:, 3:4, :2]
    corners[..., 2] = level[:, None] * BOX_HEIGHT
    normal = np.tile([0.0, 0.0, 1.0], (len(start), 1))
    return _Pieces(corners, level, normal, row, left, right, np.zeros_like(row))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Cells that the edge runs through, with eight places: corner, edge, corner ... from the lowest on."""

    row: Ints
    column: Ints
    kind: Ints
    places: Floats
    columns: int

    @classmethod
    def of(cls, values: Floats, case: Ints) -> _Cells:
        rows, columns = case.shape
        row, column = np.nonzero((case > 0) & (case < 15))
        kind = case[row, column]
        at = [values[row + down, column + right] for right, down in _SQUARE]
        middle = sum(at, start=np.zeros(1)) / 4.0
        kind = np.where(np.isin(kind, _SADDLES) & (middle >= 0.0), kind + _JOINED, kind)
        places = np.empty((len(row), 8, 2))
        for number, (right, down) in enumerate(_SQUARE):
            places[:, 2 * number, 0], places[:, 2 * number, 1] = column + right, row + down
        with np.errstate(divide="ignore", invalid="ignore"):  # edges that are not crossed are not used
            for number in range(4):
                share = at[number] / (at[number] - at[(number + 1) % 4])
                start, end = places[:, 2 * number], places[:, (2 * number + 2) % 8]
                places[:, 2 * number + 1] = start + share[:, None] * (end - start)
        return cls(row, column, kind, places / (columns, rows) - 0.5, columns)

    def level_parts(self, table: Ints, level: float, *, rank: int) -> _Pieces:
        """The pieces at one height: at most two in a cell."""
        slots = table[self.kind]  # (n, 2, corners)
        cell, which = np.nonzero(slots[..., 0] >= 0)
        chosen = slots[cell, which]
        corners = np.zeros((len(cell), _CORNERS, 3))
        corners[..., :2] = self.places[cell[:, None], chosen]
        corners[..., 2] = level * BOX_HEIGHT
        normal = np.tile([0.0, 0.0, 1.0], (len(cell), 1))
        return self._as_pieces(corners, level, normal, cell, rank)

    def walls(self) -> list[_Pieces]:
        """The walls in bands from the bottom to the top, the high part on the left of each."""
        slots = _WALLS[self.kind]
        cell, which = np.nonzero(slots[..., 0] >= 0)
        ends = self.places[cell[:, None], slots[cell, which]]
        along = ends[:, 1] - ends[:, 0]
        normal = np.stack([along[:, 1], -along[:, 0], np.zeros(len(cell))], axis=1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), np.finfo(float).tiny)
        bands = []
        for band in range(WALL_BANDS):
            corners = np.empty((len(cell), _CORNERS, 3))
            corners[:, :2, :2], corners[:, 2, :2], corners[:, 3:, :2] = ends, ends[:, 1], ends[:, :1]
            corners[:, :2, 2] = band / WALL_BANDS * BOX_HEIGHT
            corners[:, 2:, 2] = (band + 1) / WALL_BANDS * BOX_HEIGHT
            bands.append(self._as_pieces(corners, (band + 0.5) / WALL_BANDS, normal, cell, _WALL_RANK))
        return bands

    def _as_pieces(self, corners: Floats, level: float, normal: Floats, cell: Ints, rank: int) -> _Pieces:
        column = self.column[cell]
        return _Pieces(
            corners,
            np.full(len(cell), level),
            normal,
            self.row[cell],
            column / self.columns - 0.5,
            (column + 1) / self.columns - 0.5,
            np.full(len(cell), rank),
        )


_SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1))
"""Column and row of a cell's corners from its own, counter-clockwise: bits 0 to 3 of a case."""
_SADDLES, _JOINED, _KINDS = (5, 10), 16, 27
"""A saddle whose middle is high has a kind of its own, this much after the one whose middle is low."""


def _polygons(kind: int, *, high: bool) -> list[list[int]]:
    """The parts of a cell at one height, as places in perimeter order; empty lists where there is none."""
    case, is_joined = kind % _JOINED, kind >= _JOINED
    inside = [(case >> corner & 1) == high for corner in range(4)]
    if case in _SADDLES and is_joined != high:
        return [[2 * corner - 1 & 7, 2 * corner, 2 * corner + 1] for corner in range(4) if inside[corner]]
    around: list[int] = []
    for corner in range(4):
        around += [2 * corner] if inside[corner] else []
        around += [2 * corner + 1] if inside[corner] != inside[(corner + 1) % 4] else []
    return [around]


def _table(*, high: bool) -> Ints:
    """For each kind at most two polygons, (kinds, 2, corners), their last place repeated; -1 for none."""
    table = np.full((_KINDS, 2, _CORNERS), -1, dtype=np.int64)
    for kind in _USED:
        for number, polygon in enumerate(_polygons(kind, high=high)):
            table[kind, number] = polygon + polygon[-1:] * (_CORNERS - len(polygon))
    return table


def _wall_table() -> Ints:
    """For each kind the places where its walls start and end, (kinds, 2, 2): chords of the high part."""
    table = np.full((_KINDS, 2, 2), -1, dtype=np.int64)
    for kind in _USED:
        chords = [
            (start, end)
            for polygon in _polygons(kind, high=True)
            for start, end in zip(polygon, polygon[1:] + polygon[:1], strict=True)
            if start % 2 and end % 2
        ]
        table[kind, : len(chords)] = chords
    return table


_USED = (*range(1, 15), *(case + _JOINED for case in _SADDLES))
_HIGH, _LOW, _WALLS = _table(high=True), _table(high=False), _wall_table()
