"""A plane through the space of parameters, and a loss evaluated on a grid of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.specs import LossName

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Range = tuple[float, float]

NEGATIVE_SHARE_TOLERANCE = 1e-9
"""A curvature counts as negative below minus this share of the slice's largest one in size."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The parameters origin + u direction_u + v direction_v, over a rectangle of (u, v), as a grid.

    Attributes
    ----------
    origin, direction_u, direction_v : ndarray of shape (P,), read-only
    u_range, v_range : (float, float)
        First and last value; a single column (row) stands at the first.
    columns, rows : int
        Points of the grid along u and v.
    """

    origin: Floats
    direction_u: Floats
    direction_v: Floats
    u_range: Range
    v_range: Range
    columns: int
    rows: int

    def __post_init__(self) -> None:
        for name in ("origin", "direction_u", "direction_v"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if not self.origin.shape == self.direction_u.shape == self.direction_v.shape or self.origin.ndim != 1:
            raise ValueError("a plane's origin and directions must be rows of one length")
        if self.columns < 1 or self.rows < 1:
            raise ValueError("a plane has at least one column and one row")

    @classmethod
    def of_weights(
        cls,
        parameters: ArrayLike,
        index_u: int,
        index_v: int,
        u_range: Range,
        v_range: Range,
        columns: int,
        rows: int,
    ) -> Plane:
        """The plane of two parameters, given by their places in the row; all others stay as they are.

        u and v are the two parameters' own values.

        Raises
        ------
        ValueError
            If both are the same parameter.
        """
        if index_u == index_v:
            raise ValueError("a plane needs two different parameters")
        origin = np.array(parameters, dtype=np.float64)
        origin[[index_u, index_v]] = 0.0
        unit = np.eye(origin.size)
        return cls(origin, unit[index_u], unit[index_v], u_range, v_range, columns, rows)

    @property
    def u(self) -> Floats:
        """Values of u, one a column, shape (columns,)."""
        return np.linspace(*self.u_range, self.columns)

    @property
    def v(self) -> Floats:
        """Values of v, one a row, shape (rows,)."""
        return np.linspace(*self.v_range, self.rows)

    def resized(self, columns: int, rows: int) -> Plane:
        """The same rectangle with another grid."""
        return Plane(
            self.origin, self.direction_u, self.direction_v, self.u_range, self.v_range, columns, rows
        )

    def at_point(self, u: float, v: float) -> Plane:
        """The grid of one point, (u, v): for what is under the pointer."""
        return Plane(self.origin, self.direction_u, self.direction_v, (u, u), (v, v), 1, 1)

    def parameters(self, u: ArrayLike, v: ArrayLike) -> Floats:
        """Parameters at (u, v), shape (..., P), for `u` and `v` of any shapes that fit together."""
        u, v = np.broadcast_arrays(np.asarray(u, dtype=np.float64), np.asarray(v, dtype=np.float64))
        result: Floats = self.origin + u[..., None] * self.direction_u + v[..., None] * self.direction_v
        return result

    def grid_parameters(self) -> Floats:
        """Parameters of every point, row by row, shape (rows * columns, P)."""
        return self.parameters(self.u, self.v[:, None]).reshape(-1, self.origin.size)

    def coordinates(self, parameters: ArrayLike) -> Floats:
        """(u, v) of the plane's point that is nearest to each row: (..., P) -> (..., 2).

        For a point that lies in the plane, the inverse of `parameters`.
        """
        directions = np.stack([self.direction_u, self.direction_v], axis=1)
        offset = np.asarray(parameters, dtype=np.float64) - self.origin
        result: Floats = offset @ np.linalg.pinv(directions).T
        return result


@dataclass(frozen=True, eq=False)
class LandscapeGrid:
    """One loss on the grid of a plane; every array is read-only, row by row: rows = v, columns = u.

    Attributes
    ----------
    plane : Plane
    loss_name : LossName
    loss : ndarray of shape (rows, columns)
        Mean over the samples.
    smallest_eigenvalue : ndarray of shape (rows, columns) or None
        Of the slice's 2 x 2 Hessian, by (u, v); not of the Hessian by all parameters.
    minimiser : ndarray of shape (rows, columns) or None
        How far along the third direction the loss is smallest, where that one is minimised out.
    largest_curvature : float
        max|lambda| over the slice, both eigenvalues of every point.
    eigenvalue_error : float
        What rounding may have made of `smallest_eigenvalue`: 0 unless it comes from differences.
    """

    plane: Plane
    loss_name: LossName
    loss: Floats
    smallest_eigenvalue: Floats | None = None
    minimiser: Floats | None = None
    largest_curvature: float = 0.0
    eigenvalue_error: float = 0.0

    def __post_init__(self) -> None:
        for array in (self.loss, self.smallest_eigenvalue, self.minimiser):
            if array is not None:
                array.flags.writeable = False

    @property
    def negative(self) -> Bools:
        """Where the slice curves downwards: shape (rows, columns).

        lambda < -1e-9 max|lambda| over the slice, so that rounding around 0 does not count (for
        differences, below their own rounding).

        Raises
        ------
        ValueError
            If the grid was made without curvature.
        """
        if self.smallest_eigenvalue is None:
            raise ValueError("this landscape was computed without its curvature")
        threshold = max(NEGATIVE_SHARE_TOLERANCE * self.largest_curvature, self.eigenvalue_error)
        result: Bools = self.smallest_eigenvalue < -threshold
        return result

    @property
    def negative_share(self) -> float:
        """Share of the grid's points that curve downwards, 0 to 1."""
        return float(self.negative.mean())


def curvature_of(uu: Floats, uv: Floats, vv: Floats) -> tuple[Floats, float]:
    """Smaller eigenvalue of the symmetric matrices [[uu, uv], [uv, vv]], and max|lambda| over all of them."""
    middle, radius = 0.5 * (uu + vv), np.hypot(0.5 * (uu - vv), uv)
    return middle - radius, float((np.abs(middle) + radius).max())
