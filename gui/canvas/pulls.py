"""Each sample's pull: its share of the gradient under the selected model's loss, as a drop around its marker.

The area is the share: how hard the sample pulls at the logit, |dL/dz|, among all training samples. A drop is
filled where the sample wants p higher and hollow where it wants p lower, and its point shows which way it
pulls the line of a model that has one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from engine.document.state import ClassInfo
from engine.models import logits
from engine.samples import UNLABELLED, Samples
from engine.snapshots import Snapshot
from engine.training_data import TrainingData, losses_on
from gui.canvas.boundaries import original_rows
from gui.canvas.context import CanvasContext
from gui.canvas.viewport import Viewport
from gui.formulas import count_text, loss_name
from gui.i18n import translate
from gui.theme import Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_EQUAL_RADIUS_PX, _MAX_RADIUS_PX, _MIN_RADIUS_PX = 8.0, 40.0, 1.5
"""Radius of a drop where all pull alike; the largest and the smallest that are drawn."""
_FEW, _MOST_DROPS, MOST_SAMPLES = 300, 2_000, 25_000
"""Among more than these: drops get smaller; only the largest are drawn; none are."""
_POINT_FROM_PX, _POINT_LENGTH = 4.0, 1.65
_ANGLES = 120
"""Directions told apart, so that drops can be kept as pictures."""
_FILL_ALPHA, _LINE_ALPHA, _LINE_PX = 70, 215, 1.4
_KEPT_STAMPS = 3_000
_KEY_FONT_PX = 11
_NO_LABEL = ClassInfo(UNLABELLED, color=7)
"""Gives the neutral colour to samples that carry none of several labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Pulls:
    """Shares of the gradient, one for each training sample.

    Attributes
    ----------
    row : ndarray of int64
        Row of the document's table.
    share : ndarray
        0 to 1; their sum is 1, or 0 where nothing pulls.
    class_index : ndarray of int64
    """

    row: Ints
    share: Floats
    class_index: Ints


def pulls_of(snapshot: Snapshot, model_index: int, data: TrainingData, row: Ints) -> Pulls:
    """How much of the gradient each sample is under the loss that the model was trained on."""
    model, loss = snapshot.spec.model_of(model_index), snapshot.spec.losses[model_index]
    if model.kind == "step":
        strength = np.zeros(len(data))
    else:
        z = logits(model, snapshot.parameters[model_index], data.design)
        strength = np.sqrt((losses_on(model, loss, z, data)[1] ** 2).sum(axis=0))
    total = float(strength.sum())
    share = strength / total if total > 0.0 and math.isfinite(total) else np.zeros(len(data))
    return Pulls(row, share, data.class_index)


def radii_px(share: Floats) -> Floats:
    """Radius of each drop at 100 %: areas are as the shares; smaller ones among many samples."""
    equal = _EQUAL_RADIUS_PX * min(1.0, _FEW / max(share.size, 1)) ** 0.25
    return np.asarray(np.minimum(equal * np.sqrt(share * share.size), _MAX_RADIUS_PX))


def rise_direction(row_cm_kg: Floats, viewport: Viewport) -> float | None:
    """Angle (radians, clockwise from the right) in which the logit rises on the screen; None if nowhere."""
    origin = viewport.point(0.0, 0.0)
    across, up = viewport.point(1.0, 0.0) - origin, viewport.point(0.0, 1.0) - origin
    x, y = float(row_cm_kg[0]) / across.x(), float(row_cm_kg[1]) / up.y()
    return math.atan2(y, x) if math.isfinite(x + y) and (x or y) else None


class PullLayer:
    """Paints the drops below the samples; works them out anew only when samples or models change."""

    def __init__(self, context: CanvasContext) -> None:
        self._context = context
        self._data: tuple[TrainingData, Ints] | None = None
        self._samples: Samples | None = None
        self._wanted: tuple[object, ...] | None = None
        self._stamps: dict[tuple[object, ...], QPixmap] = {}
        self._stamps_of: tuple[object, ...] = ()
        self._key = ""

    def pulls(self, snapshot: Snapshot) -> Pulls | None:
        """The pulls on the selected model now; None while its classes are not the document's."""
        state = self._context.state
        if snapshot.spec.model.n_classes != len(state.classes):
            return None
        return pulls_of(snapshot, self._model_index(snapshot), *self._training_data(snapshot))

    def paint(self, painter: QPainter, snapshot: Snapshot | None, pixel_ratio: float) -> None:
        """Draw the drops, small ones on top."""
        self._key = ""
        if snapshot is None:
            return
        if len(self._context.state.samples) > MOST_SAMPLES:
            self._key = self._key_text(snapshot)
            return
        pulls = self.pulls(snapshot)
        if pulls is None:
            return
        self._forget_stamps(pixel_ratio)
        radii = radii_px(pulls.share)
        order = np.argsort(-radii)[:_MOST_DROPS]
        order = order[radii[order] >= _MIN_RADIUS_PX]
        x, y = self._context.places()
        x, y = x[pulls.row[order]], y[pulls.row[order]]
        sizes, classes = np.rint(radii[order]).astype(np.int64), pulls.class_index[order]
        rise = self._rise(snapshot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = (x.tolist(), y.tolist(), sizes.tolist(), classes.tolist())
        for left, top, size, label in zip(*columns, strict=True):
            stamp = self._stamp(size, label, rise, pixel_ratio)
            half = stamp.width() / pixel_ratio / 2
            painter.drawPixmap(QPointF(left - half, top - half), stamp)
        self._key = self._key_text(snapshot, is_pulling=bool(pulls.share.any()))

    def key_box(self, snapshot: Snapshot | None) -> QRectF:
        """Where the words that explain the drops stand: the plot's lower left corner; empty without any."""
        return QRectF() if snapshot is None else self._box_of(self._key_text(snapshot))

    def _box_of(self, text: str) -> QRectF:
        theme = self._context.theme
        metrics, plot, pad = QFontMetricsF(theme.font(_KEY_FONT_PX)), self._context.viewport.rect, theme.px(4)
        width, height = metrics.horizontalAdvance(text) + 2 * pad, metrics.height() + pad
        return QRectF(plot.left() + pad, plot.bottom() - height - pad, width, height)

    def _training_data(self, snapshot: Snapshot) -> tuple[TrainingData, Ints]:
        """The document's samples as the models of a snapshot read them, and their rows."""
        samples, spec = self._context.state.samples, snapshot.spec
        model = spec.model_of(self._model_index(snapshot))
        wanted = (snapshot.scaler, spec.bias, spec.label_smoothing, model.kind == "sigmoids")
        if self._data is None or self._samples is not samples or self._wanted != wanted:
            rows = samples.rows
            labelled = rows.is_labelled if model.kind == "sigmoids" else rows.class_index != UNLABELLED
            data = TrainingData.of(replace(spec, samples=samples), snapshot.scaler).for_model(model)
            self._data = data, np.flatnonzero(labelled & ~rows.held_out)
            self._samples, self._wanted = samples, wanted
        return self._data

    def _model_index(self, snapshot: Snapshot) -> int:
        return min(self._context.interaction.selected_model, len(snapshot.parameters) - 1)

    def _rise(self, snapshot: Snapshot) -> int | None:
        """Number of the direction in which the logistic model's logit rises; None for another model."""
        if snapshot.spec.model.kind != "logistic":
            return None
        parameters = snapshot.parameters[self._model_index(snapshot)]
        row = original_rows(snapshot.spec.model, parameters, snapshot.scaler)[0]
        angle = rise_direction(row, self._context.viewport)
        return None if angle is None else round(angle / math.tau * _ANGLES) % _ANGLES

    def _forget_stamps(self, pixel_ratio: float) -> None:
        key = (self._context.theme, self._context.state.classes, pixel_ratio)
        if key != self._stamps_of or len(self._stamps) > _KEPT_STAMPS:
            self._stamps_of = key
            self._stamps.clear()

    def _stamp(self, size: int, label: int, rise: int | None, ratio: float) -> QPixmap:
        is_binary = len(self._context.state.classes) == 2
        is_filled = not is_binary or label == 1
        # A sample of class 1 pulls the line away from the side where p is high, over itself if it is wrong.
        angle = None if rise is None else (rise + (_ANGLES // 2 if label == 1 else 0)) % _ANGLES
        key = (size, label, angle)
        if key not in self._stamps:
            info = _NO_LABEL if label == UNLABELLED else self._context.state.classes[label]
            self._stamps[key] = _drop(
                size, info, self._context.theme, ratio, is_filled=is_filled, angle=angle
            )
        return self._stamps[key]

    def _key_text(self, snapshot: Snapshot, *, is_pulling: bool = True) -> str:
        if len(self._context.state.samples) > MOST_SAMPLES:
            most = count_text(MOST_SAMPLES)
            return translate("Canvas", "pulls are shown for up to {count} samples", count=most)
        if not is_pulling:
            return translate("Canvas", "no sample pulls: the gradient is 0")
        loss = loss_name(snapshot.spec.losses[self._model_index(snapshot)])
        return translate("Canvas", "area: share of the gradient of {loss}", loss=loss)

    def paint_key(self, painter: QPainter) -> None:
        """Say what the drops that were drawn last mean, above everything else."""
        if not self._key:
            return
        theme, box = self._context.theme, self._box_of(self._key)
        ground = QColor(theme.plot)
        ground.setAlpha(205)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setFont(theme.font(_KEY_FONT_PX))
        painter.setPen(theme.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)


def _drop(
    size: int, info: ClassInfo, theme: Theme, ratio: float, *, is_filled: bool, angle: int | None
) -> QPixmap:
    radius = max(size, 1) * theme.scale
    side = 2 * math.ceil((radius * _POINT_LENGTH + 2.0 * theme.scale) * ratio) + 1
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(ratio, ratio)
        line, fill = QColor(theme.class_outline(info.color)), QColor(theme.class_fill(info.color))
        line.setAlpha(_LINE_ALPHA)
        fill.setAlpha(_FILL_ALPHA)
        painter.setPen(QPen(line, _LINE_PX * theme.scale, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(fill if is_filled else Qt.BrushStyle.NoBrush)
        painter.rotate(360.0 * (angle or 0) / _ANGLES)
        painter.drawPath(_drop_path(radius, is_pointed=angle is not None and size >= _POINT_FROM_PX))
    picture.setDevicePixelRatio(ratio)
    return picture


def _drop_path(radius: float, *, is_pointed: bool) -> QPainterPath:
    """A circle around the origin, drawn out to a point on the right: the tangents from there."""
    path = QPainterPath()
    circle = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    if not is_pointed:
        path.addEllipse(circle)
        return path
    touch = math.degrees(math.acos(1.0 / _POINT_LENGTH))
    path.moveTo(QPointF(radius * _POINT_LENGTH, 0.0))
    path.arcTo(circle, touch, 360.0 - 2.0 * touch)
    path.closeSubpath()
    return path
