"""Both models of a comparison over the canvas: the sum of the sigmoids, and where the answers differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid, softmax
from engine.decision_regions import Segment
from engine.normalizers import class_logits, class_rows
from engine.snapshots import RegionRequest, Snapshot
from gui.plots.output_layer.work import COLUMNS, ROWS, border_lines, grid_logits
from gui.plots.scene3d.contours import level_segments
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Range = tuple[float, float]

SOFTMAX_ROW, SIGMOIDS_ROW = 0, 1
"""Rows of the state in a comparison of output layers."""

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class PairQuestion:
    """A snapshot of softmax and K sigmoids, and the part of the canvas to show."""

    snapshot: Snapshot
    height_range_cm: Range
    weight_range_kg: Range


@dataclass(frozen=True, eq=False, slots=True)
class PairMaps:
    """What both say over the canvas, at the centres of cells, row 0 the lowest weight.

    Attributes
    ----------
    total : ndarray of shape (rows, columns)
        Sum of the sigmoids' probabilities.
    one : tuple of Segment
        The lines on which it is 1.
    softmax : ndarray of shape (K, rows, columns)
    differs : ndarray of bool, shape (rows, columns)
        Whether the largest p is another class's in the two models.
    softmax_borders, sigmoids_borders : tuple of Segment
    differing_samples, samples : int
        Of the training samples that have a class.
    total_range : (float, float)
        Least and largest sum over these samples; NaN without any.
    several_labels : int
        Training samples with a label set of their own.
    """

    question: PairQuestion
    total: Floats
    one: tuple[Segment, ...]
    softmax: Floats
    differs: Bools
    softmax_borders: tuple[Segment, ...]
    sigmoids_borders: tuple[Segment, ...]
    differing_samples: int
    samples: int
    total_range: Range
    several_labels: int


def is_pair(snapshot: Snapshot) -> bool:
    """Whether a snapshot is of softmax beside K sigmoids."""
    return snapshot.spec.kinds == ("softmax", "sigmoids")


def pair_maps(keeper: DataKeeper, question: PairQuestion) -> PairMaps:
    """Work both models out over the canvas and at the training samples."""
    snapshot = question.snapshot
    ranges = (question.height_range_cm, question.weight_range_kg)
    # A cell more at every end, so that the contour reaches the edges.
    request = RegionRequest(*ranges[0], *ranges[1], 2 * COLUMNS, 2 * ROWS, SOFTMAX_ROW)
    heights, weights = request.cell_centres(margin=1)
    shared, single = (grid_logits(snapshot, row, heights, weights) for row in (SOFTMAX_ROW, SIGMOIDS_ROW))
    total = sigmoid(single).sum(axis=0)
    reach = ((float(heights[0]), float(heights[-1])), (float(weights[0]), float(weights[-1])))
    # Two sigmoids of opposite logits sum to 1 everywhere: a contour there would trace the rounding.
    is_level = bool(np.abs(total - 1.0).max() < _ROUNDING)
    pieces = np.empty((0, 2, 2)) if is_level else level_segments(total, 1.0, *reach)
    borders = []
    for row, kind in ((SOFTMAX_ROW, snapshot.spec.kinds[0]), (SIGMOIDS_ROW, snapshot.spec.kinds[1])):
        rows = class_rows(snapshot.spec.model_of(row), snapshot.parameters[row])
        assert rows is not None  # neither has hidden layers
        borders.append(border_lines(snapshot.scaler.to_original_units(rows), *ranges, kind))
    data = keeper.data(snapshot)
    known = data.has_class
    at_samples = [
        class_logits(snapshot.spec.model_of(row), snapshot.parameters[row], data.design)
        for row in (SOFTMAX_ROW, SIGMOIDS_ROW)
    ]
    answers = [values[:, known].argmax(axis=0) for values in at_samples]
    sums = sigmoid(at_samples[1]).sum(axis=0)
    inner = (slice(1, -1), slice(1, -1))
    return PairMaps(
        question=question,
        total=total[inner],
        one=tuple(((a, b), (c, d)) for (a, b), (c, d) in pieces.tolist()),
        softmax=softmax(shared)[:, 1:-1, 1:-1],
        differs=(shared.argmax(axis=0) != single.argmax(axis=0))[inner],
        softmax_borders=borders[0],
        sigmoids_borders=borders[1],
        differing_samples=int(np.count_nonzero(answers[0] != answers[1])),
        samples=int(np.count_nonzero(known)),
        total_range=(float(sums.min()), float(sums.max())) if sums.size else (np.nan, np.nan),
        several_labels=0 if data.label_set is None else int(np.count_nonzero(data.label_set >= 0)),
    )
