"""The models' decision boundaries, one look for each loss.

A line is exact, from the weights; the curve of a model with hidden layers comes with the snapshot. Where
samples carry several labels, K sigmoids answer each for itself: every label has a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.decision_regions import Segment, clip_line, decision_line, pairwise_segments
from engine.models import layout_of
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import RIVAL_KINDS, LossName, ModelKind, ModelSpec, TrainingSpec
from gui.canvas.curves import curves_px, distance_to_curve, polygon
from gui.canvas.hit_testing import distance_to_segment
from gui.canvas.viewport import Range, Viewport
from gui.model_names import has_long_dash
from gui.theme import Theme

Floats = NDArray[np.float64]

LINE_PX = 3.0
_OTHER_PX = 2.0
"""Of a model of three or more classes that is not the selected one."""
_FAINT_PX = 1.2
_GHOST_PX = 2.0
_HALO_PX = 2.5
_BEYOND = 0.02
"""Lines end this share of the view beyond its edges, where the clip hides their ends."""
_ALL_PAIRS_UP_TO = 3
HALF = 0.5
"""Where the step jumps, whatever the threshold, and where each of K sigmoids says yes."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One model's boundary, in cm and kg; of a model with hidden layers, in pixels of the present view.

    Attributes
    ----------
    segments : tuple of Segment
        Where the decision changes.
    faint : tuple of Segment
        The rest of the pairwise lines, along which two classes are equal but a third one wins.
    curves : tuple of ndarray of shape (m, 2)
        The whole boundary of a model with hidden layers.
    labels : tuple of int
        Of K sigmoids on samples with several labels: the class of each segment.
    long_dash : bool
        Whether its line has long dashes (`gui.model_names.has_long_dash`).
    """

    model_index: int
    loss: LossName
    segments: tuple[Segment, ...]
    faint: tuple[Segment, ...] = ()
    curves: tuple[Floats, ...] = ()
    labels: tuple[int, ...] = ()
    long_dash: bool = False


def original_rows(model: ModelSpec, parameters: Floats, scaler: Standardizer) -> Floats:
    """A model's rows in cm and kg, shape (outputs, 3)."""
    return scaler.to_original_units(layout_of(model).layer_view(parameters, 0))


def boundary_segments(
    rows: Floats, threshold: float, viewport: Viewport, kind: ModelKind = "softmax"
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Where the decision changes and the faint rest, for rows in cm and kg, shape (outputs, 3).

    `kind` matters with an output node for each class: two lines part two classes of softmax's rivals.
    """
    heights, weights = _widened(viewport.height_range_cm), _widened(viewport.weight_range_kg)
    is_rival = kind in RIVAL_KINDS
    if len(rows) <= 2 and not is_rival:
        # Two softmax rows are one logistic model of their difference: the threshold holds for both.
        line = decision_line(rows[-1] if len(rows) == 1 else rows[1] - rows[0], threshold)
        segment = None if line is None else clip_line(line, heights, weights)
        return (() if segment is None else (segment,)), ()
    pairs = pairwise_segments(rows, heights, weights, kind)
    shown = tuple(pair.on_top for pair in pairs if pair.on_top is not None)
    has_all = len(rows) <= _ALL_PAIRS_UP_TO and not is_rival
    faint = dict.fromkeys(pair.full for pair in pairs if has_all or pair.on_top is not None)
    return shown, tuple(faint)


def label_lines(rows: Floats, viewport: Viewport) -> tuple[tuple[int, ...], tuple[Segment, ...]]:
    """The line p_k = 1/2 of each of K sigmoids in the view, for rows in cm and kg: classes and segments."""
    heights, weights = _widened(viewport.height_range_cm), _widened(viewport.weight_range_kg)
    lines = [(k, decision_line(row, HALF)) for k, row in enumerate(rows)]
    segments = [(k, clip_line(line, heights, weights)) for k, line in lines if line is not None]
    found = [(k, segment) for k, segment in segments if segment is not None]
    return tuple(k for k, _ in found), tuple(segment for _, segment in found)


def answers_each_label(spec: TrainingSpec, row: int) -> bool:
    """Whether a model says yes or no to each label for itself: K sigmoids, on samples with several labels."""
    return spec.model_of(row).kind == "sigmoids" and spec.samples.has_label_sets


def boundaries_of(snapshot: Snapshot, threshold: float, viewport: Viewport) -> tuple[Boundary, ...]:
    """The boundary of every model of a snapshot in the view, in the order of the state's rows."""
    spec = snapshot.spec
    if spec.model.hidden:
        lines = snapshot.contours or ()
        return tuple(
            Boundary(index, loss, (), curves=curves_px(curves, viewport))
            for index, (loss, curves) in enumerate(zip(spec.losses, lines, strict=False))
        )
    return tuple(
        _boundary(snapshot, index, loss, threshold, viewport) for index, loss in enumerate(spec.losses)
    )


def _boundary(
    snapshot: Snapshot, index: int, loss: LossName, threshold: float, viewport: Viewport
) -> Boundary:
    """The boundary of one model without hidden layers."""
    spec, model = snapshot.spec, snapshot.spec.model_of(index)
    rows, dash = original_rows(model, snapshot.parameters[index], snapshot.scaler), has_long_dash(spec, index)
    if answers_each_label(spec, index):
        labels, segments = label_lines(rows, viewport)
        return Boundary(index, loss, segments, labels=labels, long_dash=dash)
    at = HALF if model.kind in ("step", "sigmoids") else threshold
    segments, faint = boundary_segments(rows, at, viewport, model.kind)
    return Boundary(index, loss, segments, faint, long_dash=dash)


def to_pixels(segments: tuple[Segment, ...], viewport: Viewport) -> list[QLineF]:
    """Segments in cm and kg as lines in pixels."""
    return [QLineF(viewport.point(*start), viewport.point(*end)) for start, end in segments]


def nearest_boundary(
    boundaries: tuple[Boundary, ...], viewport: Viewport, point: QPointF, radius: float
) -> int | None:
    """Model index of the boundary within `radius` px of a point, the nearest one, or None."""
    distances = [
        (distance_to_segment(point.toTuple(), line.p1().toTuple(), line.p2().toTuple()), boundary.model_index)
        for boundary in boundaries
        for line in to_pixels(boundary.segments, viewport)
    ] + [
        (distance_to_curve(curve, *point.toTuple()), boundary.model_index)
        for boundary in boundaries
        for curve in boundary.curves
    ]
    distance, model_index = min(distances, default=(radius + 1.0, -1))
    return model_index if distance <= radius else None


def paint_boundaries(
    painter: QPainter, boundaries: tuple[Boundary, ...], viewport: Viewport, theme: Theme, selected: int
) -> None:
    """Draw all boundaries: every halo below every line, dashes on top, so that equal lines both show."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    drawn = []
    for boundary in sorted(boundaries, key=lambda one: one.loss == "mse" or one.long_dash):
        lines, chosen = to_pixels(boundary.segments, viewport), boundary.model_index == selected
        if chosen and boundary.faint:
            # Of one model alone, so that the picture stays calm.
            _paint_faint(painter, to_pixels(boundary.faint, viewport), theme, boundary.loss)
        many_and_other = (boundary.faint or boundary.labels) and not chosen
        curves = [polygon(curve) for curve in boundary.curves]
        width = _OTHER_PX if many_and_other else LINE_PX
        pen = theme.loss_pen(boundary.loss, width, long_dash=boundary.long_dash)
        drawn.append((lines, curves, pen))
    for lines, curves, pen in drawn:
        painter.setPen(halo_pen(pen, theme))
        painter.drawLines(lines)
        for curve in curves:
            painter.drawPolyline(curve)
    for lines, curves, pen in drawn:
        painter.setPen(pen)
        painter.drawLines(lines)
        for curve in curves:
            painter.drawPolyline(curve)


def ghost_pen(theme: Theme) -> QPen:
    """Thin, dotted, in the accent colour."""
    pen = QPen(theme.accent, _GHOST_PX * theme.scale)
    pen.setDashPattern([1.2, 1.6])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint_with_halo(painter: QPainter, lines: list[QLineF], pen: QPen, theme: Theme) -> None:
    """Draw lines over their halo."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    paint_halo(painter, lines, pen, theme)
    painter.setPen(pen)
    painter.drawLines(lines)


def paint_halo(painter: QPainter, lines: list[QLineF], pen: QPen, theme: Theme) -> None:
    """Draw the same lines wider in the plot's colour, which keeps them clear of map and samples."""
    painter.setPen(halo_pen(pen, theme))
    painter.drawLines(lines)


def halo_pen(pen: QPen, theme: Theme) -> QPen:
    """The pen of a line's halo."""
    # Opaque and with square ends: Qt draws wide translucent or round-ended lines some forty times as slowly.
    return QPen(theme.plot, pen.widthF() + _HALO_PX * theme.scale, c=Qt.PenCapStyle.SquareCap)


def _paint_faint(painter: QPainter, lines: list[QLineF], theme: Theme, loss: LossName) -> None:
    ink, plot = theme.loss_color(loss), theme.plot
    color = QColor(*((one + other) // 2 for one, other in zip(_channels(ink), _channels(plot), strict=True)))
    painter.setPen(QPen(color, _FAINT_PX * theme.scale))
    painter.drawLines(lines)


def _channels(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _widened(ends: Range) -> Range:
    margin = _BEYOND * (ends[1] - ends[0])
    return ends[0] - margin, ends[1] + margin
