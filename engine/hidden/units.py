"""What the units of hidden layers answer all over the canvas: each one's own small map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.activations import HIDDEN_ACTIVATIONS
from engine.models import layout_of
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest
from engine.specs import ModelSpec

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]


def unit_maps(
    model: ModelSpec, parameters: Floats, scaler: Standardizer, request: RegionRequest
) -> tuple[Floats32, ...]:
    """Outputs of every hidden unit at the centres of the request's cells.

    Parameters
    ----------
    parameters : ndarray of shape (P,)
        One model's row, in the z-space of `scaler`.
    request : RegionRequest
        About 40 x 30 cells are enough for a small picture.

    Returns
    -------
    tuple of ndarray of float32, each of shape (units, rows, columns), read-only
        One entry a hidden layer, none for models without any; row 0 is the lowest weight, as in `RegionGrid`.
        tanh is from -1 to 1, sigmoid from 0 to 1, ReLU from 0 on.
    """
    if not model.hidden:
        return ()
    heights, weights = request.cell_centres()
    maps = hidden_planes(model, parameters, *first_planes(model, parameters, scaler, heights, weights))
    for units in maps:
        units.flags.writeable = False
    return tuple(maps)


def first_planes(
    model: ModelSpec, parameters: Floats, scaler: Standardizer, heights: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """The first layer's z over a grid: a plane, so one number a column plus one number a row.

    Returns
    -------
    by_column, by_row : ndarray of shape (nodes, columns) and (nodes, rows)
        For heights in cm (columns,) and weights in kg (rows,).
    """
    z_height, z_weight = scaler.standardize(heights, weights)
    layer = layout_of(model).layer_view(parameters, 0)
    return layer[:, 0, None] * z_height, layer[:, 1, None] * z_weight + layer[:, 2, None]


def hidden_planes(model: ModelSpec, parameters: Floats, by_column: Floats, by_row: Floats) -> list[Floats32]:
    """Outputs of the units of each hidden layer on a grid, shapes (units, rows, columns).

    The first layer's z, from `first_planes`, is summed in float64; all that follows is computed in float32.
    """
    layout, activate = layout_of(model), HIDDEN_ACTIVATIONS[model.activation]
    units = [activate((by_row[:, :, None] + by_column[:, None, :]).astype(np.float32))]
    for index in range(1, len(layout.layers) - 1):
        units.append(activate(_above(layout.layer_view(parameters, index), units[-1])))
    return units


def logit_plane(model: ModelSpec, parameters: Floats, by_column: Floats, by_row: Floats) -> Floats32:
    """The output's z on a grid, shape (rows, columns); parameters as in `hidden_planes`."""
    layout = layout_of(model)
    top = hidden_planes(model, parameters, by_column, by_row)[-1]
    z: Floats32 = _above(layout.layer_view(parameters, len(layout.layers) - 1), top)[0]
    return z


def _above(layer: Floats, units: Floats32) -> Floats32:
    """The z of the nodes of a layer (nodes, inputs + 1) over the units below it (inputs, rows, columns)."""
    single = layer.astype(np.float32)
    z: Floats32 = single[:, :-1] @ units.reshape(len(units), -1)
    z += single[:, -1:]
    return z.reshape(len(z), *units.shape[1:])
