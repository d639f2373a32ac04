"""What hides what: rays from points to the eye and from the eye to the surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gui.plots.scene3d.camera import BOX_HEIGHT
from gui.plots.scene3d.surfaces import Surface

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

RAY_STEPS = 40
LINE_LIFT = 0.012
"""How far (in the box's units) a line may be under the surface that it lies on, by rounding, and be seen."""

_PICK_STEPS, _PICK_HALVINGS = 160, 24
_SLACK, _PARALLEL = 1e-9, 1e-12


def visible(surface: Surface, points: Floats, eye: Floats, lift: float = LINE_LIFT) -> Bools:
    """Whether the way from each point to the eye never crosses the surface.

    Parameters
    ----------
    points : ndarray of shape (n, 3)
        In the box's coordinates; a point less than `lift` below the surface counts as on it.
    eye : ndarray of shape (3,)

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    if not len(points):
        return np.zeros(0, dtype=bool)
    way = eye - points
    length = _length_inside(points, way)
    share = (np.arange(RAY_STEPS) + 0.5) / RAY_STEPS
    t = length[:, None] * share
    x, y = points[:, 0, None] + t * way[:, 0, None], points[:, 1, None] + t * way[:, 1, None]
    gap = surface.height_at(x, y)
    gap -= points[:, 2, None]
    gap -= t * way[:, 2, None]
    starts_under = surface.height_at(points[:, 0], points[:, 1]) - points[:, 2] > lift
    crosses_down = (gap > lift).any(axis=1)
    crosses_up = (gap < 0.0).any(axis=1)
    result: Bools = ~np.where(starts_under, crosses_up, crosses_down)
    return result


def surface_point(surface: Surface, eye: Floats, direction: Floats) -> Floats | None:
    """The point (3,) of the surface that a ray from the eye meets first; None if it meets none."""
    reach = _reach_of_box(eye, direction)
    if reach is None:
        return None
    t = np.linspace(reach[0], reach[1], _PICK_STEPS)
    under = _is_under(surface, eye, direction, t)
    changes = np.flatnonzero(under[1:] != under[:-1])
    if not changes.size:
        return None
    low, high = t[changes[0]], t[changes[0] + 1]
    for _ in range(_PICK_HALVINGS):
        middle = 0.5 * (low + high)
        same = _is_under(surface, eye, direction, np.array([middle]))[0] == under[changes[0]]
        low, high = (middle, high) if same else (low, middle)
    point: Floats = eye + high * direction
    return point


def _length_inside(points: Floats, way: Floats) -> Floats:
    """Share of the way at which it leaves the box, through a side or the top; 0 to 1, shape (n,)."""
    limit = np.copysign(0.5, way[:, :2])
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = np.empty(points.shape)
        leaves[:, :2] = (limit - points[:, :2]) / way[:, :2]
        leaves[:, 2] = (BOX_HEIGHT - points[:, 2]) / way[:, 2]
    leaves[~np.isfinite(leaves)] = 1.0
    result: Floats = np.clip(leaves.min(axis=1), 0.0, 1.0)
    return result


def _is_under(surface: Surface, eye: Floats, direction: Floats, t: Floats) -> Bools:
    result: Bools = eye[2] + t * direction[2] < surface.height_at(
        eye[0] + t * direction[0], eye[1] + t * direction[1]
    )
    return result


def _reach_of_box(eye: Floats, direction: Floats) -> tuple[float, float] | None:
    """The stretch of a ray inside the box, a little more at the floor so that a surface at 0 is met."""
    lowest, highest = np.array([-0.5, -0.5, -_SLACK]), np.array([0.5, 0.5, BOX_HEIGHT + _SLACK])
    start, end = 0.0, np.inf
    for axis in range(3):
        if abs(direction[axis]) < _PARALLEL:
            if not lowest[axis] <= eye[axis] <= highest[axis]:
                return None
            continue
        near = (lowest[axis] - eye[axis]) / direction[axis]
        far = (highest[axis] - eye[axis]) / direction[axis]
        start, end = max(start, min(near, far)), min(end, max(near, far))
    return (start, end) if start < end else None
