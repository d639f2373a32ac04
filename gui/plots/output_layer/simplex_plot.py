"""The probability simplex of three classes: a triangle whose corners are the certain answers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.document.state import ClassInfo
from engine.specs import ModelKind
from gui.i18n import class_name
from gui.marker_shapes import marker_path
from gui.plots.output_layer.words import layer_name
from gui.plots.sample_dots import DotStamps, nearest_dot, paint_dot_ring, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DOT_PX, _FONT_PX, _MARKER_PX, _POINT_PX = 2.6, 11, 4.5, 5.0
_HALF_ROOT = math.sqrt(3.0) / 2.0


@dataclass(frozen=True, eq=False, slots=True)
class SimplexSamples:
    """Samples inside the triangle: probabilities (3, n) that sum to 1, class indices and ids."""

    p: Floats
    class_index: Ints
    sample_id: Ints


def place_in_triangle(p: Floats) -> Floats:
    """Points of a triangle with corners (0, 0), (1, 0) and (1/2, 1): the mean of its corners weighted by p.

    Class 0 is at the lower left, class 1 at the top, class 2 at the lower right, so that ordered classes
    stand in order.

    Parameters
    ----------
    p : ndarray of shape (3, ...)

    Returns
    -------
    ndarray of shape (2, ...)
    """
    return np.stack([0.5 * p[1] + p[2], p[1]])


class SimplexPlot(QWidget):
    """Tells the sample under the pointer, and one that is clicked."""

    sample_hovered = Signal(object)
    sample_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._classes: tuple[ClassInfo, ...] = ()
        self._samples: SimplexSamples | None = None
        self._pixels: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
        self._points: dict[ModelKind, Floats] = {}
        self._ringed: int | None = None
        self._stamps = DotStamps()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self._lay_out)

    @property
    def samples(self) -> SimplexSamples | None:
        """The samples that are shown."""
        return self._samples

    @property
    def points(self) -> dict[ModelKind, Floats]:
        """The answers under each output layer that are shown, each summing to 1."""
        return dict(self._points)

    def set_samples(self, samples: SimplexSamples | None, classes: tuple[ClassInfo, ...]) -> None:
        """Show samples; those without a point are left out."""
        self._samples, self._classes = samples, classes
        self._lay_out()

    def set_points(self, points: dict[ModelKind, Floats]) -> None:
        """Mark the answers (3,) for one place."""
        self._points = points
        self.update()

    def set_ringed(self, sample_id: int | None) -> None:
        """Ring a sample."""
        if sample_id != self._ringed:
            self._ringed = sample_id
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)

    def triangle(self) -> tuple[QPointF, QPointF, QPointF]:
        """Corners of the classes in order, in pixels."""
        px, line = self._appearance.theme.px, self._line()
        room = QRectF(self.rect()).adjusted(px(6), line + px(4), -px(6), -line - px(4))
        side = max(min(room.width(), room.height() / _HALF_ROOT), 1.0)
        height = side * _HALF_ROOT
        left, bottom = room.center().x() - side / 2, room.center().y() + height / 2
        return QPointF(left, bottom), QPointF(left + side / 2, bottom - height), QPointF(left + side, bottom)

    def point_of(self, p: Floats) -> QPointF:
        """Pixel of three probabilities."""
        x, y = self._to_pixels(np.asarray(p)[:, None])
        return QPointF(float(x[0]), float(y[0]))

    def sample_px(self, sample_id: int) -> QPointF:
        """Pixel of a shown sample."""
        assert self._samples is not None
        at = int(np.flatnonzero(self._samples.sample_id == sample_id)[0])
        return QPointF(float(self._pixels[0][at]), float(self._pixels[1][at]))

    def resizeEvent(self, event: object) -> None:
        del event
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.sample_hovered.emit(self._sample_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sample = self._sample_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and sample is not None:
            self.sample_clicked.emit(sample)

    def leaveEvent(self, event: object) -> None:
        del event
        self.sample_hovered.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if len(self._classes) != 3:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_triangle(painter)
            if self._samples is not None:
                ratio = pixel_ratio(painter, self)
                theme = self._appearance.theme
                pictures = self._stamps.pictures(self._classes, theme, _DOT_PX, ratio)
                paint_dots(painter, pictures, *self._pixels, self._samples.class_index, ratio)
                if self._ringed is not None and self._ringed in self._samples.sample_id:
                    paint_dot_ring(painter, theme, self.sample_px(self._ringed), _DOT_PX, theme.accent)
            self._paint_points(painter)

    def _line(self) -> float:
        return QFontMetricsF(self._appearance.theme.font(_FONT_PX, bold=True)).height()

    def _lay_out(self) -> None:
        self._pixels = (
            (np.zeros(0), np.zeros(0)) if self._samples is None else self._to_pixels(self._samples.p)
        )
        self.update()

    def _to_pixels(self, p: Floats) -> tuple[Floats, Floats]:
        left, top, right = self.triangle()
        x, y = place_in_triangle(p)
        return left.x() + x * (right.x() - left.x()), left.y() + y * (top.y() - left.y())

    def _sample_at(self, place: QPointF) -> int | None:
        found = nearest_dot(*self._pixels, place, self._appearance.theme.scale)
        if found is None or self._samples is None:
            return None
        return int(self._samples.sample_id[found])

    def _paint_triangle(self, painter: QPainter) -> None:
        """The triangle, the borders between the answers, and the classes at its corners."""
        theme, corners = self._appearance.theme, self.triangle()
        painter.setPen(QPen(theme.quiet, 1.4 * theme.scale))
        painter.setBrush(theme.plot)
        painter.drawPolygon(QPolygonF(list(corners)))
        middle = self.point_of(np.full(3, 1 / 3))
        painter.setPen(QPen(theme.quiet, theme.scale))
        for first, second in ((0, 1), (1, 2), (0, 2)):
            painter.drawLine(QLineF(middle, (corners[first] + corners[second]) / 2))
        font = theme.font(_FONT_PX, bold=True)
        metrics = QFontMetricsF(font)
        radius = _MARKER_PX * theme.scale
        for index, (corner, info) in enumerate(zip(corners, self._classes, strict=True)):
            is_top = index == 1
            name = class_name(info)
            width = metrics.horizontalAdvance(name) + 2.0
            total = width + 3 * radius
            left = corner.x() - total / 2
            if not is_top:  # inside below the corners, but never over the middle, where they would meet
                gap = theme.px(4)
                left = min(corner.x(), corners[1].x() - total - gap)
                if index == 2:
                    left = max(corner.x() - total, corners[1].x() + gap)
            left = min(max(left, 0.0), self.width() - total)
            top = corner.y() - self._line() - theme.px(3) if is_top else corner.y() + theme.px(3)
            painter.save()
            painter.translate(left + radius, top + self._line() / 2)
            painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
            painter.setBrush(theme.class_fill(info.color))
            painter.drawPath(marker_path(info.marker, radius))
            painter.restore()
            painter.setFont(font)
            painter.setPen(theme.text)
            box = QRectF(left + 3 * radius, top, width, self._line())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_points(self, painter: QPainter) -> None:
        """The answers for one place, each with its name; names at one height go to different sides."""
        theme = self._appearance.theme
        radius = _POINT_PX * theme.scale
        places = {kind: self.point_of(p) for kind, p in self._points.items()}
        reach = QPointF(radius, radius)
        taken = [QRectF(at - reach, at + reach) for at in places.values()]
        for kind, at in places.items():
            painter.setBrush(theme.card if kind == "sigmoids" else theme.accent)
            painter.setPen(QPen(theme.accent, 2.0 * theme.scale))
            painter.drawEllipse(at, radius, radius)
            self._paint_tag(painter, layer_name(kind), at, taken)

    def _paint_tag(self, painter: QPainter, text: str, at: QPointF, taken: list[QRectF]) -> None:
        theme = self._appearance.theme
        font = theme.font(_FONT_PX, bold=True)
        metrics = QFontMetricsF(font)
        width, height, gap = metrics.horizontalAdvance(text) + 6.0, self._line(), theme.px(8)
        places = [
            QRectF(at.x() + gap, at.y() - height / 2, width, height),
            QRectF(at.x() - gap - width, at.y() - height / 2, width, height),
            QRectF(at.x() - width / 2, at.y() + gap, width, height),
            QRectF(at.x() - width / 2, at.y() - gap - height, width, height),
        ]
        places += [places[2].translated(0.0, step * height) for step in (1.0, 2.0, 3.0)]
        places += [places[3].translated(0.0, -step * height) for step in (1.0, 2.0)]
        inside = QRectF(self.rect())
        free = [
            box
            for box in places
            if inside.contains(box) and not any(box.intersects(other) for other in taken)
        ]
        box = free[0] if free else places[0]
        taken.append(box)
        ground = QColor(theme.card)
        ground.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setFont(font)
        painter.setPen(theme.accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
