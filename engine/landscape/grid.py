"""Loss landscapes: losses over two chosen directions of the parameters, coarse first, with their curvature.

A *source* knows how to evaluate losses on the grid of a plane. Logistic and softmax regression have exact
sources (their logits are linear); any other model gives its losses as functions and is differenced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.batched_losses import BatchedLoss
from engine.curvature import hessian
from engine.hidden.hessian import smallest_eigenvalue
from engine.landscape.logistic import LogisticLandscape
from engine.landscape.planes import LandscapeGrid, Plane, curvature_of
from engine.landscape.profile import ProfileLandscape
from engine.landscape.softmax import SoftmaxLandscape
from engine.losses import loss_of
from engine.optimum.newton import ShouldStop
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

LEVELS = (25, 75, 200)
"""Columns and rows of the grids that come one after the other."""

_MODELS_AT_ONCE = 4096
_DIFFERENCE = 3e-4
"""Step of the differences as a share of the plane's ranges."""


class LandscapeSource(Protocol):
    """Evaluates losses on grids; owns nothing that changes, so that any thread may use it."""

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """One grid for each loss, in their order; None if `should_stop` said so."""
        ...


def landscape_source(
    model: ModelSpec, data: TrainingData, losses: Sequence[LossName], minimised: ArrayLike | None = None
) -> LandscapeSource:
    """The exact source of a model and data.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
        At least one sample.
    losses : sequence of LossName
        "bce" and "mse" for the logistic model, "ce" and "mse" for softmax.
    minimised : array of shape (P,), optional
        Logistic only: a third direction, along which each point of the plane goes to where the loss is
        smallest, for each loss by itself; see `profile_landscape`. Usually a unit vector: the bias.

    Raises
    ------
    ValueError
        If there is no sample, the model is another one, a loss is not one of the model's, or a direction is
        to be minimised out of softmax.
    """
    if not len(data):
        raise ValueError("a landscape needs at least one sample")
    if model.kind not in ("logistic", "softmax"):
        raise ValueError(f"a {model.kind} model has no exact landscape: see SampledLandscape")
    for loss in losses:
        loss_of(model.kind, loss)
    if model.kind == "logistic":
        if minimised is not None:
            return ProfileLandscape(data, losses, np.asarray(minimised, dtype=np.float64))
        return LogisticLandscape(data, losses)
    if minimised is not None:
        raise ValueError("only the logistic model's third direction can be minimised out")
    return SoftmaxLandscape(model, data, losses)


def landscape_levels(
    source: LandscapeSource,
    plane: Plane,
    should_stop: ShouldStop | None = None,
    *,
    sizes: Sequence[int] = LEVELS,
    curvature: bool = True,
) -> Iterator[tuple[LandscapeGrid, ...]]:
    """The landscapes of a plane on finer and finer grids of size x size; ends early if `should_stop` says so.

    The plane's own columns and rows do not count.
    """
    for size in sizes:
        grids = source.grids(plane.resized(size, size), should_stop, curvature=curvature)
        if grids is None:
            return
        yield grids


class SampledLandscape:
    """A source made of functions, for models without an exact one; the curvature comes from differences.

    Parameters
    ----------
    functions : mapping from LossName to BatchedLoss
    """

    def __init__(self, functions: Mapping[LossName, BatchedLoss]) -> None:
        self._functions = dict(functions)

    def grids(
        self, plane: Plane, should_stop: ShouldStop | None = None, *, curvature: bool = True
    ) -> tuple[LandscapeGrid, ...] | None:
        """See `LandscapeSource`. Second derivatives: see `_differences`."""
        result = []
        for name, function in self._functions.items():
            values = self._values(function, plane, should_stop, curvature)
            if values is None:
                return None
            loss = values[0].reshape(plane.rows, plane.columns)
            if not curvature:
                result.append(LandscapeGrid(plane, name, loss))
                continue
            eigenvalue, largest, error = _differences(values, *_steps(plane))
            eigenvalue = eigenvalue.reshape(loss.shape)
            result.append(
                LandscapeGrid(
                    plane, name, loss, eigenvalue, largest_curvature=largest, eigenvalue_error=error
                )
            )
        return tuple(result)

    def _values(
        self, function: BatchedLoss, plane: Plane, should_stop: ShouldStop | None, curvature: bool
    ) -> Floats | None:
        """Losses of all points, first their own, then, with curvature, those of `_STENCIL`: (.., points)."""
        step_u, step_v = _steps(plane)
        u, v = (axis.ravel() for axis in np.meshgrid(plane.u, plane.v))
        stencil = _STENCIL if curvature else _STENCIL[:1]
        values = np.empty((len(stencil), u.size))
        for row, (i, j) in zip(values, stencil, strict=True):
            for start in range(0, u.size, _MODELS_AT_ONCE):
                if should_stop is not None and should_stop():
                    return None
                some = slice(start, start + _MODELS_AT_ONCE)
                row[some] = function(plane.parameters(u[some] + i * step_u, v[some] + j * step_v))
        return values


def _steps(plane: Plane) -> tuple[float, float]:
    """Steps of the differences along u and v; for a single point, of a range of 1."""
    (first_u, last_u), (first_v, last_v) = plane.u_range, plane.v_range
    return _DIFFERENCE * (abs(last_u - first_u) or 1.0), _DIFFERENCE * (abs(last_v - first_v) or 1.0)


_RING = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1))
_STENCIL = ((0, 0), *_RING, *((2 * i, 2 * j) for i, j in _RING))
"""The point, its neighbours one step away, and two steps away."""

_LARGEST_LOSS = 1e150
"""Differences of larger losses would overflow."""


def _differences(values: Floats, step_u: float, step_v: float) -> tuple[Floats, float, float]:
    """Smaller eigenvalues, the largest curvature and the rounding error of a stencil's values (17, m).

    Central differences of second order with steps h and 2 h, extrapolated to h -> 0 (Richardson): what is
    left out is of the order h^4. Where a loss has left what can be told apart (weights that diverged), the
    eigenvalue is NaN.
    """
    eigenvalue = np.full(values.shape[1], np.nan)
    is_known = (np.abs(values) <= _LARGEST_LOSS).all(axis=0)
    if not is_known.any():
        return eigenvalue, 0.0, 0.0
    values = values[:, is_known]
    near = _second_differences(values[0], values[1:9], step_u, step_v)
    far = _second_differences(values[0], values[9:], 2.0 * step_u, 2.0 * step_v)
    eigenvalue[is_known], largest = curvature_of(*((4.0 * near - far) / 3.0))
    rounding = 8.0 * float(np.finfo(np.float64).eps * np.abs(values).max())
    return eigenvalue, largest, rounding / min(step_u, step_v) ** 2


def _second_differences(own: Floats, ring: Floats, step_u: float, step_v: float) -> Floats:
    """By u u, u v and v v, shape (3, m), from the values of `_RING`, shape (8, m)."""
    west, east, south, north, south_west, south_east, north_west, north_east = ring
    uu = (west - 2.0 * own + east) / step_u**2
    vv = (south - 2.0 * own + north) / step_v**2
    uv = (north_east - north_west - south_east + south_west) / (4.0 * step_u * step_v)
    return np.stack([uu, uv, vv])


def smallest_eigenvalue_at(model: ModelSpec, parameters: Floats, data: TrainingData, loss: LossName) -> float:
    """Smallest eigenvalue of the exact Hessian by all parameters at one point.

    A parameter that nothing depends on, as the bias of data without one, does not count: its row of the
    Hessian is 0 everywhere. Where nothing depends on any, as with one person and no bias, the answer is 0.
    For softmax the rows' common shift stays in, so that the answer is at most 0 (but for rounding).
    With hidden layers it is that of `hidden.hessian.smallest_eigenvalue`.

    Raises
    ------
    ValueError
        If there is no sample.
    """
    if not len(data):
        raise ValueError("a Hessian needs at least one sample")
    if model.hidden:
        return smallest_eigenvalue(model, parameters, data, loss)
    used = np.tile(data.design.any(axis=1), len(parameters) // len(data.design))
    if not used.any():
        return 0.0
    return float(np.linalg.eigvalsh(hessian(model, parameters, data, loss)[np.ix_(used, used)])[0])
