"""The samples' layer: one stamp for each look, and a picture that an edit mends only where it must."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QRegion

from engine.density import changed_rows
from engine.document.state import ClassInfo
from engine.samples import NO_SET, UNLABELLED, SampleRows, Samples
from gui.canvas.viewport import Viewport
from gui.marker_shapes import marker_path
from gui.theme import Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# The more samples, the smaller their markers, in few steps so that an edit hardly ever changes the size.
_RADII_PX = ((1_500, 4.6), (5_000, 3.8), (25_000, 3.0))
DOTS_ABOVE = 25_000
"""More samples than this are drawn as their density, and only those that are picked by themselves."""
_PICKED_RADIUS_PX = 2.6
_REPAIR_LIMIT = 24
_RING_GAP_PX, _RING_PX = 2.2, 2.0
_HOLLOW_LINE_PX = 1.6
_FURTHER_SIZE, _FURTHER_AWAY = 0.68, 1.15
"""Of the markers of a sample's further labels: their size, and how far out they stand, in radii."""
_FURTHER_DEGREES = (45, 135, 225, 315, 0, 90, 180)
"""Where they stand around the first one, clockwise from the right."""


def marker_radius_px(count: int) -> float:
    """Radius of a marker at 100 % among `count` samples."""
    return next((radius for limit, radius in _RADII_PX if count <= limit), _PICKED_RADIUS_PX)


@dataclass(frozen=True, slots=True)
class Look:
    """What decides the stamps: classes, theme, radius (px at this scale), device pixels to a pixel."""

    classes: tuple[ClassInfo, ...]
    theme: Theme
    radius_px: float
    pixel_ratio: float

    @classmethod
    def of(cls, classes: tuple[ClassInfo, ...], theme: Theme, count: int, pixel_ratio: float) -> Look:
        """The look of `count` samples."""
        return cls(classes, theme, marker_radius_px(count) * theme.scale, pixel_ratio)


class Stamps:
    """A small picture for every class, with or without a selection's ring, filled or (held out) hollow.

    Those of label sets are made when a sample first carries one.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self._margin = look.radius_px * 1.5 + (_RING_GAP_PX + _RING_PX + 1.0) * look.theme.scale
        self.side = 2 * int(np.ceil(self._margin * look.pixel_ratio)) + 1
        """Width and height in device pixels: odd, so that the middle is a pixel."""
        self.pictures: list[QPixmap] = []
        self._first_of_set: dict[int, int] = {}
        for index in range(-1, len(look.classes)):
            self._add_looks(index, NO_SET)

    def numbers(self, rows: SampleRows, selected: NDArray[np.bool_]) -> Ints:
        """Index into `pictures` for each row."""
        known = np.where(rows.class_index < len(self.look.classes), rows.class_index, UNLABELLED)
        first: Ints = (known + 1) * 4
        if rows.has_label_sets:
            for label_set in np.unique(rows.label_set[rows.label_set != NO_SET]).tolist():
                if label_set not in self._first_of_set:
                    self._first_of_set[label_set] = len(self.pictures)
                    self._add_looks(UNLABELLED, label_set)
                first[rows.label_set == label_set] = self._first_of_set[label_set]
        return np.asarray(first + rows.held_out * 2 + selected)

    def _add_looks(self, index: int, label_set: int) -> None:
        for held_out in (False, True):
            for selected in (False, True):
                self.pictures.append(self._stamp(index, label_set, held_out=held_out, selected=selected))

    def _stamp(self, index: int, label_set: int, *, held_out: bool, selected: bool) -> QPixmap:
        picture = QPixmap(self.side, self.side)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self.side / 2, self.side / 2)
            painter.scale(self.look.pixel_ratio, self.look.pixel_ratio)
            _paint_sample(painter, self.look, (index, label_set), held_out=held_out, selected=selected)
        return picture


def _paint_sample(
    painter: QPainter, look: Look, labels: tuple[int, int], *, held_out: bool, selected: bool
) -> None:
    """Draw a sample of a class index and a label set around the origin."""
    class_index, label_set = labels
    if label_set == NO_SET:
        paint_marker(painter, look, class_index, held_out=held_out)
    else:
        paint_label_set(painter, look, label_set, held_out=held_out)
    if selected:
        paint_ring(painter, look, look.theme.accent)


def paint_samples(
    painter: QPainter, samples: Samples, selected: frozenset[int], viewport: Viewport, look: Look
) -> None:
    """Draw every sample in view as lines and areas, in the widget's pixels: for exports, at any size."""
    rows = samples.rows
    x, y = places_px(samples, viewport)
    known = np.where(rows.class_index < len(look.classes), rows.class_index, UNLABELLED)
    reach = 2.0 * look.radius_px
    near = viewport.rect.adjusted(-reach, -reach, reach, reach)
    for place, labels, held_out, is_selected in zip(
        zip(x.tolist(), y.tolist(), strict=True),
        zip(known.tolist(), rows.label_set.tolist(), strict=True),
        rows.held_out.tolist(),
        _is_in(rows.sample_id, selected).tolist(),
        strict=True,
    ):
        if near.contains(*place):
            painter.save()
            painter.translate(*place)
            _paint_sample(painter, look, labels, held_out=held_out, selected=is_selected)
            painter.restore()


def paint_label_set(painter: QPainter, look: Look, label_set: int, *, held_out: bool = False) -> None:
    """Draw the marker of a sample's first label around the origin and smaller ones of the others beside it.

    A sample with none of the labels is a hollow ring with a stroke through it.
    """
    labels = [k for k in range(len(look.classes)) if label_set >> k & 1]
    if not labels:
        _paint_none(painter, look, held_out=held_out)
        return
    paint_marker(painter, look, labels[0], held_out=held_out)
    small = replace(look, radius_px=_FURTHER_SIZE * look.radius_px)
    for label, degrees in zip(labels[1:], _FURTHER_DEGREES, strict=False):
        angle, away = math.radians(degrees), _FURTHER_AWAY * look.radius_px
        painter.save()
        painter.translate(away * math.cos(angle), away * math.sin(angle))
        paint_marker(painter, small, label, held_out=held_out)
        painter.restore()


def _paint_none(painter: QPainter, look: Look, *, held_out: bool) -> None:
    theme, radius, line = look.theme, 0.9 * look.radius_px, 1.4 * max(1.0, look.theme.scale)
    painter.setPen(QPen(theme.quiet, line))
    painter.setBrush(QBrush(theme.plot if held_out else theme.control))
    painter.drawEllipse(QPointF(0.0, 0.0), radius, radius)
    painter.drawLine(QLineF(-radius, radius, radius, -radius))


def paint_marker(painter: QPainter, look: Look, class_index: int, *, held_out: bool = False) -> None:
    """Draw one marker around the origin: a class's shape and colours, or the neutral ring of no label.

    A held-out sample's is hollow, in a colour that stands out from the plot in any hue.
    """
    theme, radius = look.theme, look.radius_px
    line = max(1.0, 1.0 * theme.scale)
    if class_index == UNLABELLED:
        painter.setPen(QPen(theme.quiet, 1.4 * line))
        painter.setBrush(QBrush(theme.plot))
        painter.drawEllipse(QPointF(0.0, 0.0), radius * 0.72, radius * 0.72)
        return
    info = look.classes[class_index]
    fill = theme.plot if held_out else theme.class_fill(info.color)
    outline = theme.class_line(info.color) if held_out else marker_outline(theme, info)
    width = (_HOLLOW_LINE_PX if held_out else 1.0) * line
    painter.setPen(QPen(outline, width, j=Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QBrush(fill))
    painter.drawPath(marker_path(info.marker, radius))


def marker_outline(theme: Theme, info: ClassInfo) -> QColor:
    """The outline of a class's markers."""
    return theme.class_outline(info.color)


def paint_ring(painter: QPainter, look: Look, color: QColor) -> None:
    """Draw the ring of a selected or hovered sample around the origin, clear of others by a halo."""
    scale = look.theme.scale
    radius = look.radius_px + _RING_GAP_PX * scale + 0.5 * _RING_PX * scale
    halo = QColor(look.theme.plot)
    halo.setAlphaF(0.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(halo, (_RING_PX + 2.0) * scale), QPen(color, _RING_PX * scale)):
        painter.setPen(pen)
        painter.drawEllipse(QPointF(0.0, 0.0), radius, radius)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the picture shows now."""

    samples: Samples
    selected: frozenset[int]
    viewport: Viewport
    look: Look


class MarkerLayer:
    """A transparent picture of all samples; an edit of a few repaints only the places left and taken."""

    def __init__(self) -> None:
        self._stamps: Stamps | None = None
        self._picture = QPixmap()
        self._drawn: _Drawn | None = None

    def picture(self, samples: Samples, selected: frozenset[int], viewport: Viewport, look: Look) -> QPixmap:
        """The picture for the plot's rectangle, made anew or mended as far as anything changed."""
        wanted = _Drawn(samples, selected, viewport, look)
        before, self._drawn = self._drawn, wanted
        if self._stamps is None or self._stamps.look != look:
            self._stamps, before = Stamps(look), None
        if before is None or before.viewport != viewport:
            self._paint_all(wanted)
        elif before.samples is not samples or before.selected != selected:
            self._mend(before, wanted)
        return self._picture

    def _paint_all(self, wanted: _Drawn) -> None:
        ratio = wanted.look.pixel_ratio
        size = QSize(
            round(wanted.viewport.rect.width() * ratio), round(wanted.viewport.rect.height() * ratio)
        )
        if self._picture.size() != size:
            self._picture = QPixmap(size)
        self._picture.setDevicePixelRatio(1.0)
        self._picture.fill(Qt.GlobalColor.transparent)
        self._stamp(wanted, wanted.samples.rows, None)
        self._picture.setDevicePixelRatio(ratio)

    def _mend(self, before: _Drawn, wanted: _Drawn) -> None:
        x, y = _changed_places(before, wanted)
        if x.size > _REPAIR_LIMIT:
            self._paint_all(wanted)
            return
        assert self._stamps is not None
        side, half = self._stamps.side, self._stamps.side // 2
        region = QRegion()
        rows, near = wanted.samples.rows, np.zeros(len(wanted.samples), dtype=bool)
        row_x, row_y = _device_places(rows, wanted)
        for column, line in zip(x.tolist(), y.tolist(), strict=True):
            region += QRect(column - half, line - half, side, side)
            near |= (np.abs(row_x - column) < side) & (np.abs(row_y - line) < side)
        self._picture.setDevicePixelRatio(1.0)
        self._stamp(wanted, rows.take(near), region)
        self._picture.setDevicePixelRatio(wanted.look.pixel_ratio)

    def _stamp(self, wanted: _Drawn, rows: SampleRows, region: QRegion | None) -> None:
        assert self._stamps is not None
        x, y = _device_places(rows, wanted)
        side, size = self._stamps.side, self._picture.size()
        shown = (x > -side) & (y > -side) & (x < size.width() + side) & (y < size.height() + side)
        if not shown.all():
            rows, x, y = rows.take(shown), x[shown], y[shown]
        numbers = self._stamps.numbers(rows, _is_in(rows.sample_id, wanted.selected))
        pictures, half = self._stamps.pictures, side // 2
        with QPainter(self._picture) as painter:
            if region is not None:
                painter.setClipRegion(region)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
                painter.fillRect(self._picture.rect(), Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            draw = painter.drawPixmap
            for column, line, number in zip(
                (x - half).tolist(), (y - half).tolist(), numbers.tolist(), strict=True
            ):
                draw(column, line, pictures[number])


def _device_places(rows: SampleRows, drawn: _Drawn) -> tuple[Ints, Ints]:
    """Device pixel of each row from the plot's top left corner; far away is held to what Qt can clip."""
    viewport, ratio = drawn.viewport, drawn.look.pixel_ratio
    x = (viewport.x_of(rows.height_cm) - viewport.rect.left()) * ratio
    y = (viewport.y_of(rows.weight_kg) - viewport.rect.top()) * ratio
    limit = 1e6
    return (
        np.floor(np.clip(x, -limit, limit)).astype(np.int64),
        np.floor(np.clip(y, -limit, limit)).astype(np.int64),
    )


def _changed_places(before: _Drawn, wanted: _Drawn) -> tuple[Ints, Ints]:
    """Device pixels where a sample was or is that differs between two states of one view."""
    old, new = changed_rows(before.samples, wanted.samples)
    places = [_device_places(old, before), _device_places(new, wanted)]
    flipped = before.selected ^ wanted.selected
    if len(flipped) <= _REPAIR_LIMIT:
        places.append(_device_places(wanted.samples.select(list(flipped)), wanted))
    else:
        places.append(_device_places(wanted.samples.rows, wanted))
    return np.concatenate([x for x, _ in places]), np.concatenate([y for _, y in places])


def _is_in(ids: Ints, chosen: frozenset[int]) -> NDArray[np.bool_]:
    if not chosen:
        return np.zeros(ids.size, dtype=bool)
    wanted = np.sort(np.fromiter(chosen, np.int64, len(chosen)))
    at = np.minimum(np.searchsorted(wanted, ids), wanted.size - 1)
    found: NDArray[np.bool_] = wanted[at] == ids
    return found


def places_px(samples: Samples, viewport: Viewport) -> tuple[Floats, Floats]:
    """Pixel of each sample in the widget, shape (n,) each."""
    rows = samples.rows
    return viewport.x_of(rows.height_cm), viewport.y_of(rows.weight_kg)


def marker_picture(look: Look, class_index: int) -> QPixmap:
    """One marker as a picture of its own, for a menu."""
    side = QRectF(0, 0, 18 * look.theme.scale, 18 * look.theme.scale)
    picture = QPixmap(side.size().toSize() * look.pixel_ratio)
    picture.setDevicePixelRatio(look.pixel_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side.center())
        paint_marker(painter, look, class_index)
    return picture
