"""What the maps show: four output layers all over the canvas for one set of weights, and who is wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.decision_regions import Line, Segment, clip_line, pairwise_segments
from engine.normalizers import (
    NORMALIZERS,
    UndefinedSpot,
    class_logits,
    class_rows,
    normalized,
    undefined_spot,
)
from engine.snapshots import RegionRequest, Snapshot
from engine.specs import RIVAL_KINDS, ModelKind
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Range = tuple[float, float]

COLUMNS, ROWS = 56, 42


@dataclass(frozen=True, eq=False, slots=True)
class MapQuestion:
    """The weights in a row of a snapshot, and the part of the canvas to show."""

    snapshot: Snapshot
    row: int
    height_range_cm: Range
    weight_range_kg: Range


@dataclass(frozen=True, eq=False, slots=True)
class LayerMap:
    """One output layer over the canvas.

    Attributes
    ----------
    probability : ndarray of shape (K, rows, columns)
        At the centres of cells, row 0 the lowest weight; NaN where undefined.
    wrong : float
        Share of the labelled training samples whose class has not the largest p; NaN without any.
    borders : tuple of Segment
        Where the answer changes; none for models with hidden layers.
    """

    probability: Floats
    wrong: float
    borders: tuple[Segment, ...]


@dataclass(frozen=True, eq=False, slots=True)
class RegionMaps:
    """All four, and where |z| and z^2 are undefined (height in cm, weight in kg).

    Attributes
    ----------
    undefined : Segment or None
        The part of the line of such places inside the canvas, where there is a line.
    """

    question: MapQuestion
    layers: dict[ModelKind, LayerMap]
    spot: UndefinedSpot
    undefined: Segment | None


def region_maps(keeper: DataKeeper, question: MapQuestion) -> RegionMaps:
    """Send the weights of a model through all four output layers, all over the canvas."""
    snapshot, heights, weights = (
        question.snapshot,
        question.height_range_cm,
        question.weight_range_kg,
    )
    request = RegionRequest(*heights, *weights, COLUMNS, ROWS, question.row)
    values = grid_logits(snapshot, question.row, *request.cell_centres())
    rows = class_rows(snapshot.spec.model_of(question.row), snapshot.parameters[question.row])
    at_samples, labels = sample_logits(keeper, question)
    rows_cm_kg = None if rows is None else snapshot.scaler.to_original_units(rows)
    layers = {}
    for kind in NORMALIZERS:
        score = np.abs(at_samples) if kind in RIVAL_KINDS else at_samples
        wrong = float((score.argmax(axis=0) != labels).mean()) if labels.size else np.nan
        borders = () if rows_cm_kg is None else border_lines(rows_cm_kg, heights, weights, kind)
        layers[kind] = LayerMap(normalized(kind, values), wrong, borders)
    spot = UndefinedSpot("nowhere") if rows_cm_kg is None else undefined_spot(rows_cm_kg)
    line = None if spot.line is None else clip_line(Line(*spot.line), heights, weights)
    return RegionMaps(question, layers, spot, line)


def sample_logits(keeper: DataKeeper, question: MapQuestion) -> tuple[Floats, NDArray[np.int64]]:
    """Logits of the training samples that have a class, shape (K, n), and those classes, shape (n,)."""
    snapshot = question.snapshot
    data = keeper.data(snapshot)
    known = data.has_class
    model = snapshot.spec.model_of(question.row)
    values = class_logits(model, snapshot.parameters[question.row], data.design)
    return values[:, known], data.class_index[known]


def logits_at(snapshot: Snapshot, row: int, height_cm: Floats, weight_kg: Floats) -> Floats:
    """One logit a class of the model in a row of a snapshot, shape (K, n), at n places in cm and kg."""
    z_height, z_weight = snapshot.scaler.standardize(height_cm, weight_kg)
    one = np.full(z_height.shape, float(snapshot.spec.bias))
    design = np.stack([z_height, z_weight, one])
    return class_logits(snapshot.spec.model_of(row), snapshot.parameters[row], design)


def grid_logits(snapshot: Snapshot, row: int, heights_cm: Floats, weights_kg: Floats) -> Floats:
    """The same on a grid, shape (K, weights, heights)."""
    columns, rows = np.meshgrid(heights_cm, weights_kg)
    values = logits_at(snapshot, row, columns.ravel(), rows.ravel())
    return values.reshape(-1, *columns.shape)


def border_lines(rows: Floats, heights: Range, weights: Range, kind: ModelKind) -> tuple[Segment, ...]:
    """Where the answer changes, inside a part of the canvas; rows (K, 3) in cm and kg."""
    segments = pairwise_segments(rows, heights, weights, kind)
    return tuple(segment.on_top for segment in segments if segment.on_top is not None)
