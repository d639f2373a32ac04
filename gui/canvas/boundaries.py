"""The models' decision boundaries, one look for each loss.

A line is exact, from the weights; the curve of a model with hidden layers comes with the snapshot.
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
from engine.specs import LossName, ModelSpec
from gui.canvas.curves import curves_px, distance_to_curve, polygon
from gui.canvas.hit_testing import distance_to_segment
from gui.canvas.viewport import Range, Viewport
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
_STEP_THRESHOLD = 0.5
"""The step's p is 0 or 1: it jumps at z = 0 whatever the threshold."""


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
    """

    model_index: int
    loss: LossName
    segments: tuple[Segment, ...]
    faint: tuple[Segment, ...] = ()
    curves: tuple[Floats, ...] = ()


def original_rows(model: ModelSpec, parameters: Floats, scaler: Standardizer) -> Floats:
    """A model's rows in cm and kg, shape (outputs, 3)."""
    return scaler.to_original_units(layout_of(model).layer_view(parameters, 0))


def boundary_segments(
    rows: Floats, threshold: float, viewport: Viewport
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Where the decision changes and the faint rest, for rows in cm and kg, shape (outputs, 3)."""
    heights, weights = _widened(viewport.height_range_cm), _widened(viewport.weight_range_kg)
    if len(rows) <= 2:
        # Two softmax rows are one logistic model of their difference: the threshold holds for both.
        line = decision_line(rows[-1] if len(rows) == 1 else rows[1] - rows[0], threshold)
        segment = None if line is None else clip_line(line, heights, weights)
        return (() if segment is None else (segment,)), ()
    pairs = pairwise_segments(rows, heights, weights)
    shown = tuple(pair.on_top for pair in pairs if pair.on_top is not None)
    faint = tuple(pair.full for pair in pairs if len(rows) <= _ALL_PAIRS_UP_TO or pair.on_top is not None)
    return shown, faint


def boundaries_of(snapshot: Snapshot, threshold: float, viewport: Viewport) -> tuple[Boundary, ...]:
    """The boundary of every model of a snapshot in the view, in the order of the state's rows."""
    model = snapshot.spec.model
    if model.hidden:
        lines = snapshot.contours or ()
        return tuple(
            Boundary(index, loss, (), curves=curves_px(curves, viewport))
            for index, (loss, curves) in enumerate(zip(snapshot.spec.losses, lines, strict=False))
        )
    if model.kind == "step":
        threshold = _STEP_THRESHOLD
    found = []
    for index, (loss, parameters) in enumerate(zip(snapshot.spec.losses, snapshot.parameters, strict=True)):
        rows = original_rows(model, parameters, snapshot.scaler)
        found.append(Boundary(index, loss, *boundary_segments(rows, threshold, viewport)))
    return tuple(found)


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
    for boundary in sorted(boundaries, key=lambda one: one.loss == "mse"):
        lines, chosen = to_pixels(boundary.segments, viewport), boundary.model_index == selected
        if chosen and boundary.faint:
            # Of one model alone, so that the picture stays calm.
            _paint_faint(painter, to_pixels(boundary.faint, viewport), theme, boundary.loss)
        many_and_other = boundary.faint and not chosen
        curves = [polygon(curve) for curve in boundary.curves]
        drawn.append((lines, curves, theme.loss_pen(boundary.loss, _OTHER_PX if many_and_other else LINE_PX)))
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
