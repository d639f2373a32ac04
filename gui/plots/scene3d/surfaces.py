"""Surfaces over the floor of the box: their facets, from back to front, and how high they are where.

All are functions of the floor, so the order in which their facets hide one another follows from the eye's
place over the floor alone: nothing is sorted by depth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gui.plots.scene3d.camera import BOX_HEIGHT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Profile = Callable[[Floats], Floats]

WALL_BANDS = 16
_HARDLY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """Flat convex pieces of a surface, in the box's coordinates.

    Attributes
    ----------
    corners : ndarray of shape (n, m, 3)
        A piece of fewer than m corners repeats its last one.
    level : ndarray of shape (n,)
        What the colour says, 0 to 1.
    normal : ndarray of shape (n, 3)
        Unit vectors out of the upper side.
    """

    corners: Floats
    level: Floats
    normal: Floats


class Surface(Protocol):
    """What the view can draw."""

    @property
    def facets(self) -> Facets:
        """The pieces of the surface."""
        ...

    def order(self, eye: Floats) -> Ints:
        """Indices of the facets to draw, from the back to the front, seen from `eye` (3,)."""
        ...

    def height_at(self, x: Floats, y: Floats) -> Floats:
        """Heights at places of the floor, in the box's coordinates, both of any one shape."""
        ...


@dataclass(frozen=True, eq=False)
class HeightField:
    """A surface given by its heights on a grid over the whole floor.

    Attributes
    ----------
    height : ndarray of shape (rows, columns)
        Fraction of the box's height, 0 to 1, at the vertices: row 0 at the lowest y, column 0 at lowest x.
    level : ndarray of shape (rows, columns) or None
        What the colour says at the vertices, 0 to 1; None colours by the height.
    """

    height: Floats
    level: Floats | None = None

    @cached_property
    def facets(self) -> Facets:
        """One facet a cell of the grid, row by row."""
        rows, columns = self.height.shape
        vertices = np.empty((rows, columns, 3))
        vertices[..., 0] = np.linspace(-0.5, 0.5, columns)
        vertices[..., 1] = np.linspace(-0.5, 0.5, rows)[:, None]
        vertices[..., 2] = self.height
        vertices[..., 2] *= BOX_HEIGHT
        corners = np.empty((rows - 1, columns - 1, 4, 3))
        for number, corner in enumerate(_cells(vertices)):
            corners[:, :, number] = corner
        level = _cell_means(self.height if self.level is None else self.level)
        along_x = corners[:, :, 1, 2] - corners[:, :, 0, 2] + corners[:, :, 2, 2] - corners[:, :, 3, 2]
        along_y = corners[:, :, 3, 2] - corners[:, :, 0, 2] + corners[:, :, 2, 2] - corners[:, :, 1, 2]
        normal = _normals(along_x * ((columns - 1) / 2), along_y * ((rows - 1) / 2))
        return Facets(corners.reshape(-1, 4, 3), level.ravel(), normal.reshape(-1, 3))

    def order(self, eye: Floats) -> Ints:
        """Cells that are farther from the eye's place, along x and along y, come first."""
        rows, columns = self.height.shape
        by_x, by_y = _back_to_front(eye[0], columns - 1), _back_to_front(eye[1], rows - 1)
        result: Ints = (by_y[:, None] * (columns - 1) + by_x).ravel()
        return result

    def height_at(self, x: Floats, y: Floats) -> Floats:
        """Bilinear between the vertices."""
        rows, columns = self.height.shape
        across = np.clip((x + 0.5) * (columns - 1), 0.0, columns - 1 - _HARDLY)
        along = np.clip((y + 0.5) * (rows - 1), 0.0, rows - 1 - _HARDLY)
        column, row = across.astype(np.intp), along.astype(np.intp)
        across -= column
        along -= row
        flat, first = self.height.ravel(), row * columns + column
        near = flat.take(first)
        near += across * (flat.take(first + 1) - near)
        first += columns
        far = flat.take(first)
        far += across * (flat.take(first + 1) - far)
        near += along * (far - near)
        result: Floats = near * BOX_HEIGHT
        return result


@dataclass(frozen=True, eq=False)
class RidgeField:
    """A surface f(a x + b y + c): straight along one direction, as every function of one linear logit is.

    It is cut where f bends, not on a grid, so it stays exact however steep it is.

    Attributes
    ----------
    plane : ndarray of shape (3,)
        a, b, c over the floor's own coordinates, -1/2 to 1/2.
    profile : callable
        f: logits of any shape -> fractions of the box's height, 0 to 1; continuous, never falling.
    cuts : ndarray of shape (n,)
        Logits at which f is cut, in any order; those that the floor does not reach are left out.
    level : callable or None
        Logits -> what the colour says, 0 to 1; None colours by the height.
    """

    plane: Floats
    profile: Profile
    cuts: Floats
    level: Profile | None = None

    @cached_property
    def facets(self) -> Facets:
        """One strip between two cuts each, in the order of growing logits."""
        logit, left, right = self._cross_sections
        height = self.profile(logit) * BOX_HEIGHT
        lines = np.empty((logit.size, 2, 3))
        for side, place in enumerate((left, right)):
            lines[:, side, :2] = place
            lines[:, side, 2] = height
        corners = np.stack([lines[:-1, 0], lines[:-1, 1], lines[1:, 1], lines[1:, 0]], axis=1)
        middle = (logit[:-1] + logit[1:]) / 2
        span = np.maximum(logit[1:] - logit[:-1], np.finfo(float).tiny)
        slope = (height[1:] - height[:-1]) / span
        normal = _normals(slope * self.plane[0], slope * self.plane[1])
        level = self.profile(middle) if self.level is None else self.level(middle)
        return Facets(corners, level, normal)

    def order(self, eye: Floats) -> Ints:
        """Strips whose logit is farther from the logit of the eye's place come first."""
        logit = self._cross_sections[0]
        at_eye = float(self.plane[:2] @ eye[:2] + self.plane[2])
        middle = (logit[:-1] + logit[1:]) / 2
        result: Ints = np.argsort(-np.abs(middle - at_eye), kind="stable")
        return result

    def height_at(self, x: Floats, y: Floats) -> Floats:
        """Exactly f of the logit there."""
        result: Floats = self.profile(self.plane[0] * x + self.plane[1] * y + self.plane[2]) * BOX_HEIGHT
        return result

    @cached_property
    def _cross_sections(self) -> tuple[Floats, Floats, Floats]:
        """Logits (n,) of the cuts and where they meet the floor's two sides, (n, 2) each.

        From the corner of the lowest logit to that of the highest there are two ways along the floor's edge;
        the logit only grows on either, so the ends of a cut are found by interpolation.
        """
        a, b, c = self.plane
        if a == b == 0.0:
            square = np.array([[-0.5, -0.5], [-0.5, 0.5]])
            return np.array([c, c]), square, square * (-1.0, 1.0)
        largest = max(abs(a), abs(b))
        a, b = (
            value if abs(value) > _HARDLY * largest else np.copysign(_HARDLY * largest, value)
            for value in (a, b)
        )
        low = np.array([-np.copysign(0.5, a), -np.copysign(0.5, b)])
        ways = (
            np.array([low, [low[0], -low[1]], -low]),
            np.array([low, [-low[0], low[1]], -low]),
        )
        on_ways = [way @ (a, b) + c for way in ways]
        inside = self.cuts[(self.cuts > on_ways[0][0]) & (self.cuts < on_ways[0][2])]
        logit = np.unique(np.concatenate([inside, *on_ways]))
        ends = [
            np.stack([np.interp(logit, at, way[:, axis]) for axis in (0, 1)], axis=1)
            for at, way in zip(on_ways, ways, strict=True)
        ]
        return logit, ends[0], ends[1]


@dataclass(frozen=True, eq=False)
class CliffField:
    """1 on one convex part of the floor and 0 on the rest: what the step makes of linear logits.

    Attributes
    ----------
    half_planes : ndarray of shape (m, 3)
        The part is where a x + b y + c >= 0 for every row, over the floor's own coordinates.
    """

    half_planes: Floats

    @cached_property
    def facets(self) -> Facets:
        """The low parts, the walls in bands from the bottom to the top, and the high part."""
        top, low, walls = self._parts[0], self._parts[1], self.walls
        count = max(len(polygon) for polygon in (top, *low, _SQUARE))
        flat = [(polygon, 0.0) for polygon in low] + ([(top, 1.0)] if len(top) else [])
        n_walls = WALL_BANDS * len(walls)
        corners = np.zeros((len(flat) + n_walls, count, 3))
        level, normal = np.zeros(len(corners)), np.tile([0.0, 0.0, 1.0], (len(corners), 1))
        for index, (polygon, share) in zip(self._flat_indices, flat, strict=True):
            corners[index, :, :2] = _padded(polygon, count)
            corners[index, :, 2] = share * BOX_HEIGHT
            level[index] = share
        heights = np.linspace(0.0, BOX_HEIGHT, WALL_BANDS + 1)
        for number, (start, end) in enumerate(walls):
            part = self._band_indices(number)
            corners[part, :, :2] = _padded(np.array([start, end, end, start]), count)
            corners[part, :2, 2] = heights[:-1, None]
            corners[part, 2:, 2] = heights[1:, None]
            level[part] = (np.arange(WALL_BANDS) + 0.5) / WALL_BANDS
            normal[part] = outward(start, end)
        return Facets(corners, level, normal)

    def order(self, eye: Floats) -> Ints:
        """The low parts, the walls seen from inside, those seen from outside, then the high part.

        None of these hides what comes later, as the high part is convex and the eye above its floor.
        """
        bands: list[list[int]] = [[], []]
        for number, (start, end) in enumerate(self.walls):
            faces_eye = float(outward(start, end)[:2] @ (eye[:2] - start)) > 0.0
            part = self._band_indices(number)
            bands[faces_eye].extend(range(part.start, part.stop))
        flat = self._flat_indices
        return np.array([*flat[: len(self._parts[1])], *bands[0], *bands[1], *flat[len(self._parts[1]) :]])

    def height_at(self, x: Floats, y: Floats) -> Floats:
        """Exactly the box's height, or 0."""
        inside = np.ones(np.broadcast(x, y).shape, dtype=bool)
        for a, b, c in self.half_planes:
            inside &= a * x + b * y + c >= 0.0
        return np.where(inside, BOX_HEIGHT, 0.0)

    @cached_property
    def walls(self) -> list[tuple[Floats, Floats]]:
        """The edges of the high part that are not the floor's own, counter-clockwise."""
        top = self._parts[0]
        edges = zip(top, np.roll(top, -1, axis=0), strict=True)
        return [(start, end) for start, end in edges if not _is_border(start, end)]

    @cached_property
    def _parts(self) -> tuple[Floats, list[Floats]]:
        """The high part, and the rest of the floor in convex pieces; corners counter-clockwise."""
        high, low = _SQUARE, []
        for plane in self.half_planes:
            low.append(_clipped(high, -plane, strict=True))
            high = _clipped(high, plane)
        return high, [polygon for polygon in low if len(polygon) > 2]

    @property
    def _flat_indices(self) -> list[int]:
        """Indices of the low pieces and of the high part (if there is one) among the facets."""
        low = len(self._parts[1])
        return [*range(low), *([low + WALL_BANDS * len(self.walls)] if len(self._parts[0]) else [])]

    def _band_indices(self, wall: int) -> slice:
        start = len(self._parts[1]) + wall * WALL_BANDS
        return slice(start, start + WALL_BANDS)


_SQUARE: Floats = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])


def _cells(vertices: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """The four corners of every cell, counter-clockwise from the lowest x and y."""
    return vertices[:-1, :-1], vertices[:-1, 1:], vertices[1:, 1:], vertices[1:, :-1]


def _cell_means(values: Floats) -> Floats:
    result: Floats = sum(_cells(values), start=np.zeros(1)) / 4.0
    return result


def _normals(slope_x: Floats, slope_y: Floats) -> Floats:
    normal = np.stack([-slope_x, -slope_y, np.ones_like(slope_x)], axis=-1)
    result: Floats = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return result


def _back_to_front(eye: float, cells: int) -> Ints:
    """Cells of one axis of the floor, the one farthest from the eye's place first."""
    middle = (np.arange(cells) + 0.5) / cells - 0.5
    result: Ints = np.argsort(-np.abs(middle - eye), kind="stable")
    return result


def _clipped(polygon: Floats, half_plane: Floats, *, strict: bool = False) -> Floats:
    """The part of a convex polygon (m, 2) where a x + b y + c >= 0, or > 0 (Sutherland and Hodgman 1974)."""
    values = polygon @ half_plane[:2] + half_plane[2]
    inside = (values > 0.0 if strict else values >= 0.0).tolist()
    clipped = []
    for number, (place, value) in enumerate(zip(polygon, values, strict=True)):
        before, value_before = polygon[number - 1], values[number - 1]
        if inside[number] != inside[number - 1]:
            clipped.append(before + (place - before) * (value_before / (value_before - value)))
        if inside[number]:
            clipped.append(place)
    return np.array(clipped).reshape(-1, 2)


def _padded(polygon: Floats, count: int) -> Floats:
    """The polygon with its last corner repeated up to `count` corners."""
    return np.concatenate([polygon, np.repeat(polygon[-1:], count - len(polygon), axis=0)])


def outward(start: Floats, end: Floats) -> Floats:
    """Unit vector out of a counter-clockwise polygon through its edge, along the floor."""
    along = end - start
    length = max(float(np.hypot(*along)), np.finfo(float).tiny)
    return np.array([along[1] / length, -along[0] / length, 0.0])


def _is_border(start: Floats, end: Floats) -> bool:
    """Whether an edge lies on the floor's own border."""
    return any(
        abs(abs(start[axis]) - 0.5) < _HARDLY and abs(start[axis] - end[axis]) < _HARDLY for axis in (0, 1)
    )
