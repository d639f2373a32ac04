"""The map of the log-odds: tinted towards the likelier class, with lines of equal odds and the samples."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from engine.document.state import ClassInfo
from engine.samples import SampleRows, Samples
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.log_odds.field import LogOddsField
from gui.plots.log_odds.pointed import Place
from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, dot_radius_px, nearest_dot, paint_dot_ring, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]

MOST_TINT = 0.42
MOST_SAMPLES = 4_000
_LEVELS = 129
_ZERO_PX, _LEVEL_PX, _HALO_PX = 3.0, 1.1, 2.4


def diverging_table(theme: Theme, low: QColor, high: QColor) -> NDArray[np.uint32]:
    """Colours from the reference's hue over the plot's background to the other class's, 0xffRRGGBB."""
    share = np.linspace(-1.0, 1.0, _LEVELS)[:, None]
    ground, below, above = (_channels(color) for color in (theme.plot, low, high))
    mixed = ground + MOST_TINT * np.abs(share) * (np.where(share < 0.0, below, above) - ground)
    red, green, blue = np.rint(mixed).astype(np.uint32).T
    table: NDArray[np.uint32] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return table


class LogOddsMap(PaintedPlot):
    """Shows one field; tells the place and the sample under the pointer, and a sample that is clicked."""

    pointed = Signal(object)
    """(height in cm, weight in kg) under the pointer, or None."""
    sample_hovered = Signal(object)
    sample_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._field: LogOddsField | None = None
        self._classes: tuple[ClassInfo, ...] = ()
        self._rows = Samples().rows
        self._shown: SampleRows | None = None
        self._ringed: int | None = None
        self._threshold_level = 0.0
        self._mark: Place | None = None
        self._image, self._pixels = QImage(), np.zeros((0, 0), dtype=np.uint32)
        self._table: tuple[object, NDArray[np.uint32]] | None = None
        self._stamps = DotStamps()
        self._dots: QPixmap | None = None
        self._labels: list[tuple[float, QRectF]] = []
        self.laid_out.connect(self._forget_dots)
        self.moved.connect(self._on_moved)

    @property
    def field(self) -> LogOddsField | None:
        """What is drawn."""
        return self._field

    @property
    def labels(self) -> list[tuple[float, QRectF]]:
        """The levels that were named when last painted, and where."""
        return list(self._labels)

    @property
    def image(self) -> QImage:
        """The tint, one pixel a vertex, the highest weight on top."""
        return self._image

    def set_field(
        self, field: LogOddsField, classes: tuple[ClassInfo, ...], threshold_level: float = 0.0
    ) -> None:
        """Show another model, other weights or another pair.

        Parameters
        ----------
        threshold_level : float
            The log-odds where the decision changes; another one than 0 gets a dashed line.
        """
        if (classes, field.first, field.second) != (
            self._classes,
            getattr(self._field, "first", None),
            getattr(self._field, "second", None),
        ):
            self._forget_dots()
        self._field, self._classes, self._threshold_level = field, classes, threshold_level
        self.set_axes(Axis(*field.height_range_cm), Axis(*field.weight_range_kg))
        self._tint(field)
        self.update()

    def set_samples(self, rows: SampleRows) -> None:
        """Show other samples; those of other classes than the pair are left out."""
        if rows is not self._rows:
            self._rows = rows
            self._forget_dots()
            self.update()

    def set_ringed(self, sample_id: int | None) -> None:
        """Ring a sample."""
        if sample_id != self._ringed:
            self._ringed = sample_id
            self.update()

    def set_mark(self, place: Place | None) -> None:
        """Mark the place that the numbers are of, where no sample is ringed there."""
        if place != self._mark:
            self._mark = place
            self.update()

    def refresh(self) -> None:
        self._forget_dots()
        super().refresh()
        if self._field is not None:
            self._tint(self._field)

    def place_at(self, place: QPointF) -> Place | None:
        """Height (cm) and weight (kg) at a pixel; None outside the plot."""
        if not self.area.contains(place):
            return None
        share = (self.area.bottom() - place.y()) / max(self.area.height(), 1.0)
        return self.x_at(place.x()), self.y_axis.value_at(share)

    def sample_at(self, place: QPointF) -> int | None:
        """Id of the shown sample at a pixel."""
        rows = self._shown_rows()
        found = nearest_dot(self.x_px(rows.height_cm), self.y_px(rows.weight_kg), place, self.theme.scale)
        return None if found is None else int(rows.sample_id[found])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        sample = self.sample_at(event.position()) if self.area.contains(event.position()) else None
        if event.button() == Qt.MouseButton.LeftButton and sample is not None:
            self.sample_clicked.emit(sample)

    def paint_moving(self, painter: QPainter) -> None:
        field = self._field
        if field is None:
            return
        painter.setClipRect(self.area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._image_rect(), self._image)
        self._paint_levels(painter, field)
        painter.drawPixmap(0, 0, self._dots_picture(pixel_ratio(painter, self)))
        self._paint_names(painter, field)
        self._paint_picked(painter)
        painter.setClipping(False)

    def _shown_rows(self) -> SampleRows:
        """The samples of the two classes; of very many, evenly chosen ones."""
        if self._shown is None:
            field, rows = self._field, self._rows
            pair = () if field is None else (field.first, field.second)
            index = np.flatnonzero(np.isin(rows.class_index, pair))
            if index.size > MOST_SAMPLES:
                index = index[np.linspace(0, index.size - 1, MOST_SAMPLES).astype(np.intp)]
            self._shown = rows.take(index)
        return self._shown

    def _forget_dots(self) -> None:
        self._dots = self._shown = None

    def _image_rect(self) -> QRectF:
        """The vertices are the middles of the image's pixels: the outer ones reach half a cell beyond."""
        columns, rows = max(self._image.width(), 2), max(self._image.height(), 2)
        half_x = self.area.width() / (columns - 1) / 2
        half_y = self.area.height() / (rows - 1) / 2
        return self.area.adjusted(-half_x, -half_y, half_x, half_y)

    def _tint(self, field: LogOddsField) -> None:
        theme, classes = self.theme, self._classes
        key = (theme, classes, field.first, field.second)
        if self._table is None or self._table[0] != key:
            low, high = (theme.class_fill(classes[index].color) for index in (field.second, field.first))
            self._table = (key, diverging_table(theme, low, high))
        fraction = np.nan_to_num(field.fraction(field.grid[::-1]), nan=0.5)
        self._pixels = np.ascontiguousarray(
            self._table[1].take(np.rint(fraction * (_LEVELS - 1)).astype(np.intp))
        )
        rows, columns = self._pixels.shape
        self._image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)

    def _lines(self, pieces: Floats) -> list[QLineF]:
        x, y = self.x_px(pieces[..., 0]), self.y_px(pieces[..., 1])
        ends = (x[:, 0], y[:, 0], x[:, 1], y[:, 1])
        return [QLineF(*one) for one in zip(*(column.tolist() for column in ends), strict=True)]

    def _paint_levels(self, painter: QPainter, field: LogOddsField) -> None:
        theme = self.theme
        for level, pieces in field.contours.items():
            if level != 0.0:
                painter.setPen(QPen(theme.quiet, _LEVEL_PX * theme.scale))
                painter.drawLines(self._lines(pieces))
        threshold = self._threshold_pieces(field)
        if len(threshold):
            painter.setPen(QPen(theme.ink, 2.0 * theme.scale, Qt.PenStyle.DashLine))
            painter.drawLines(self._lines(threshold))
        zero = self._lines(field.contours[0.0])
        halo = QColor(theme.plot)
        halo.setAlphaF(0.8)
        for color, extra in ((halo, _HALO_PX), (theme.ink, 0.0)):
            pen = QPen(color, (_ZERO_PX + extra) * theme.scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLines(zero)

    def _threshold_pieces(self, field: LogOddsField) -> Floats:
        """Where the decision changes, if that is not the zero line."""
        level = self._threshold_level
        pieces = field.straight_pieces(level) if level != 0.0 and math.isfinite(level) else None
        return np.zeros((0, 2, 2)) if pieces is None else pieces

    def _paint_names(self, painter: QPainter, field: LogOddsField) -> None:
        """The level's number on each line, at the middle of its piece nearest to the plot's; none overlap."""
        self._labels = []
        ordered = sorted(field.contours.items(), key=lambda item: abs(item[0]))
        names = [(level, pieces, level_text(level)) for level, pieces in ordered]
        text = translate("LogOdds", "threshold: {value}", value=fixed_text(self._threshold_level, 2))
        names.insert(1, (self._threshold_level, self._threshold_pieces(field), text))
        for level, pieces, text in names:
            if len(pieces):
                self._paint_name(painter, level, pieces, text)

    def _paint_name(self, painter: QPainter, level: float, pieces: Floats, text: str) -> None:
        middles = pieces.mean(axis=1)
        x, y = self.x_px(middles[:, 0]), self.y_px(middles[:, 1])
        centre = self.area.center()
        nearest = int(((x - centre.x()) ** 2 + (y - centre.y()) ** 2).argmin())
        width, height, pad = self.note_width(text), self.note_height(), self.theme.px(3)
        box = QRectF(0.0, 0.0, width + 2 * pad, height)
        box.moveCenter(QPointF(float(x[nearest]), float(y[nearest])))
        box.moveLeft(min(max(box.left(), self.area.left()), self.area.right() - box.width()))
        box.moveTop(min(max(box.top(), self.area.top()), self.area.bottom() - box.height()))
        if any(box.intersects(other) for _, other in self._labels):
            return
        ground = QColor(self.theme.plot)
        ground.setAlpha(205)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, pad, pad)
        color = self.theme.ink if level == 0.0 else self.theme.quiet
        self.paint_note(painter, text, box.topLeft() + QPointF(pad, 0.0), color=color)
        self._labels.append((level, box))

    def _dots_picture(self, ratio: float) -> QPixmap:
        """The samples, painted again only when they, the pair, the size or the theme change."""
        if self._dots is None or self._dots.devicePixelRatio() != ratio:
            self._dots = QPixmap(self.size() * ratio)
            self._dots.setDevicePixelRatio(ratio)
            self._dots.fill(Qt.GlobalColor.transparent)
            rows = self._shown_rows()
            with QPainter(self._dots) as painter:
                pictures = self._stamps.pictures(self._classes, self.theme, dot_radius_px(len(rows)), ratio)
                x, y = self.x_px(rows.height_cm), self.y_px(rows.weight_kg)
                paint_dots(painter, pictures, x, y, rows.class_index.astype(np.int64), ratio)
        return self._dots

    def _paint_picked(self, painter: QPainter) -> None:
        rows = self._rows
        found = np.flatnonzero(rows.sample_id == (-1 if self._ringed is None else self._ringed))
        if found.size:
            at = self.point(float(rows.height_cm[found[0]]), float(rows.weight_kg[found[0]]))
            paint_dot_ring(painter, self.theme, at, dot_radius_px(len(rows)), self.theme.accent)
        elif self._mark is not None:
            at, arm = self.point(*self._mark), self.theme.px(5)
            painter.setPen(QPen(self.theme.accent, 1.6 * self.theme.scale))
            painter.drawLine(QPointF(at.x() - arm, at.y()), QPointF(at.x() + arm, at.y()))
            painter.drawLine(QPointF(at.x(), at.y() - arm), QPointF(at.x(), at.y() + arm))

    def _on_moved(self, place: QPointF | None) -> None:
        inside = place is not None and self.area.contains(place)
        self.sample_hovered.emit(self.sample_at(place) if inside and place is not None else None)
        self.pointed.emit(self.place_at(place) if inside and place is not None else None)


def level_text(level: float) -> str:
    """A round log-odds as on a line of the map: 0, +2, -0.5."""
    return "0" if level == 0.0 else f"{level:+.10g}"


def _channels(color: QColor) -> Floats:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)
