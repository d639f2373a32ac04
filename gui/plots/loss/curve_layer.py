"""The curves on a picture of their own: what is old is painted once, and each frame adds what is new.

Stroking a dashed line of hundreds of points costs more than all else in a frame; its first part never changes
while the axes stand still.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from gui.plots.loss.chart_content import ChartContent, Series
from gui.plots.loss.curve_geometry import CurveGeometry
from gui.recording import is_recording
from gui.theme import Theme

ENVELOPE_ALPHA = 46
_UNSETTLED_COLUMNS = 3
_CHUNK_POINTS = 12
_WIDTH, _SELECTED_WIDTH = 2.0, 2.6
_HELD_OUT_WIDTH, _SELECTED_HELD_OUT_WIDTH = 1.1, 1.5
_DOT_GAP_PX, _DOT_RADIUS_PX = 42.0, 2.3


@dataclass(slots=True, eq=False)
class _Painted:
    """The part of one curve that is on the picture: its points, and the length of its line in pixels."""

    geometry: CurveGeometry | None = None
    points: int = 0
    length: float = 0.0


@dataclass(slots=True, eq=False)
class CurveLayer:
    """Paints curves; keeps the picture of their older part until something about it changes."""

    _picture: QPixmap | None = None
    _key: tuple[object, ...] = ()
    _painted: list[_Painted] = field(default_factory=list)

    def clear(self) -> None:
        """Paint everything anew next time: another theme, size or range."""
        self._picture = None

    def paint(
        self,
        painter: QPainter,
        theme: Theme,
        area: QRectF,
        content: ChartContent,
        geometries: list[CurveGeometry],
    ) -> None:
        """Paint all curves into `area`, the selected one on top, training over held out."""
        if is_recording(painter):
            for index in _order(content):
                whole = _Part(geometries[index], 0, geometries[index].x.size, 0.0)
                _paint_part(painter, theme, area, whole, content.series[index], _width(content, index))
            return
        device = painter.device()
        ratio = device.devicePixelRatioF()
        size = QSize(device.width(), device.height())
        self._prepare((size, ratio, content.series, content.selected_model), size, ratio, geometries)
        assert self._picture is not None
        order = _order(content)
        self._settle(theme, area, content, geometries, order)
        painter.drawPixmap(0, 0, self._picture)
        for index in order:
            painted, geometry = self._painted[index], geometries[index]
            first = max(painted.points - 1, 0)
            part = _Part(geometry, first, geometry.x.size, painted.length)
            _paint_part(painter, theme, area, part, content.series[index], _width(content, index))

    def _prepare(
        self, key: tuple[object, ...], size: QSize, ratio: float, geometries: list[CurveGeometry]
    ) -> None:
        if self._picture is not None and key == self._key and self._still_holds(geometries):
            return
        self._key = key
        self._picture = QPixmap(size * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        self._painted = [_Painted() for _ in geometries]

    def _still_holds(self, geometries: list[CurveGeometry]) -> bool:
        """Whether every point on the picture is where it was: a fork or a merge of buckets may move some."""
        return all(
            painted.geometry is None or _starts_alike(painted.geometry, geometry, painted.points)
            for painted, geometry in zip(self._painted, geometries, strict=True)
        )

    def _settle(
        self,
        theme: Theme,
        area: QRectF,
        content: ChartContent,
        geometries: list[CurveGeometry],
        order: list[int],
    ) -> None:
        """Move what will not change any more onto the picture."""
        for index in order:
            geometry, painted = geometries[index], self._painted[index]
            if not geometry.x.size:
                continue
            settled = int(np.searchsorted(geometry.x, geometry.x[-1] - _UNSETTLED_COLUMNS))
            if settled - painted.points < _CHUNK_POINTS:
                continue
            assert self._picture is not None
            part = _Part(geometry, max(painted.points - 1, 0), settled, painted.length)
            with QPainter(self._picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                _paint_part(painter, theme, area, part, content.series[index], _width(content, index))
            painted.length += part.length
            painted.points, painted.geometry = settled, geometry


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Points `first` to `stop` - 1 of a curve, whose line begins `offset` pixels along the whole one."""

    geometry: CurveGeometry
    first: int
    stop: int
    offset: float

    @property
    def length(self) -> float:
        """Length of this part's line in pixels."""
        x, y = self.geometry.x[self.first : self.stop], self.geometry.y[self.first : self.stop]
        return float(np.hypot(np.diff(x), np.diff(y)).sum())


def _order(content: ChartContent) -> list[int]:
    """The curves from the lowest to the one on top."""
    return sorted(
        range(len(content.series)),
        key=lambda index: (content.is_selected(index), not content.series[index].held_out),
    )


def _width(content: ChartContent, index: int) -> float:
    """How wide a curve is drawn, in px at 100 %."""
    if content.series[index].held_out:
        return _SELECTED_HELD_OUT_WIDTH if content.is_selected(index) else _HELD_OUT_WIDTH
    return _SELECTED_WIDTH if content.is_selected(index) else _WIDTH


def _paint_part(
    painter: QPainter, theme: Theme, area: QRectF, part: _Part, series: Series, width: float
) -> None:
    """The values between minimum and maximum faintly, the last ones as a line in the loss's own pen.

    Along the curve of held-out samples lie hollow dots, hollow as those samples are on the canvas.
    """
    piece = part.geometry.piece(part.first, part.stop)
    painter.save()
    painter.setClipRect(area.adjusted(-1.0, -2.0, 2.0, 2.0))
    pen = theme.loss_pen(series.loss, width, long_dash=series.long_dash)
    pen.setDashOffset(part.offset / pen.widthF())
    for stretch in piece.stretches():
        if stretch.x.size < 2:
            continue
        _paint_envelope(painter, theme, stretch, series)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPolyline(stretch.line())
        if series.held_out:
            _paint_dots(painter, theme, area, stretch, series)
    painter.restore()


def _paint_envelope(painter: QPainter, theme: Theme, piece: CurveGeometry, series: Series) -> None:
    envelope = piece.envelope()
    if envelope is None:
        return
    color = QColor(theme.loss_color(series.loss))
    color.setAlpha(ENVELOPE_ALPHA // 2 if series.held_out else ENVELOPE_ALPHA)
    # Without smooth edges neighbouring pieces do not overlap.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(envelope)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_dots(painter: QPainter, theme: Theme, area: QRectF, piece: CurveGeometry, series: Series) -> None:
    """Dots at the same places of the plot, however it is cut into pieces: from behind the first point on."""
    gap, radius = _DOT_GAP_PX * theme.scale, _DOT_RADIUS_PX * theme.scale
    first, last = (np.floor((x - area.left()) / gap) for x in (piece.x[0], piece.x[-1]))
    places = area.left() + gap * np.arange(first + 1.0, last + 1.0)
    painter.setPen(QPen(theme.loss_color(series.loss), 1.2 * theme.scale))
    painter.setBrush(theme.plot)
    for x, y in zip(places.tolist(), np.interp(places, piece.x, piece.y).tolist(), strict=True):
        painter.drawEllipse(QPointF(x, y), radius, radius)


def _starts_alike(old: CurveGeometry, new: CurveGeometry, points: int) -> bool:
    def alike(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
        return b.size >= points and bool(np.array_equal(a[:points], b[:points]))

    return (
        np.array_equal(old.starts[old.starts < points], new.starts[new.starts < points])
        and alike(old.x, new.x)
        and alike(old.y, new.y)
        and alike(old.y_low, new.y_low)
        and alike(old.y_high, new.y_high)
    )
