"""A small map of the canvas: a tint, straight borders, the samples, and the place pointed at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from engine.decision_regions import Segment
from engine.document.state import ClassInfo
from engine.samples import SampleRows, Samples
from gui.plots.loss.axes import Axis
from gui.plots.output_layer.tint import TintedImage
from gui.plots.painted_plot import PaintedPlot
from gui.plots.sample_dots import DotStamps, nearest_dot, paint_dot_ring, paint_dots
from gui.recording import pixel_ratio
from gui.theme import Appearance

Place = tuple[float, float]
Range = tuple[float, float]

_DOT_PX, _BORDER_PX, _HALO_PX = 2.2, 1.8, 2.4
_MARK_SHARE = 0.7
"""Of a map's width: what a note on it may cover."""


class SmallMap(PaintedPlot):
    """Tells the place (height cm, weight kg) and the sample under the pointer, and a sample clicked."""

    pointed = Signal(object)
    sample_hovered = Signal(object)
    sample_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._tint: TintedImage | None = None
        self._is_hatched = False
        self._lines: tuple[Segment, ...] = ()
        self._dashed: tuple[Segment, ...] = ()
        self._marks: tuple[Place, ...] = ()
        self._mark_text, self._short_mark = "", ""
        self._rows = Samples().rows
        self._classes: tuple[ClassInfo, ...] = ()
        self._place: Place | None = None
        self._ringed: int | None = None
        self._stamps = DotStamps()
        self._dots: QPixmap | None = None
        self.laid_out.connect(self._forget_dots)
        self.moved.connect(self._on_moved)

    @property
    def tint(self) -> TintedImage | None:
        """The map's colours."""
        return self._tint

    @property
    def lines(self) -> tuple[Segment, ...]:
        """The lines drawn on it."""
        return self._lines

    @property
    def dashed_lines(self) -> tuple[Segment, ...]:
        """The lines drawn in long dashes."""
        return self._dashed

    @property
    def undefined_marks(self) -> tuple[Place, ...]:
        """The places marked as undefined."""
        return self._marks

    @property
    def is_hatched(self) -> bool:
        """Whether nothing is defined anywhere on it."""
        return self._is_hatched

    @property
    def place(self) -> Place | None:
        """The place marked by a cross."""
        return self._place

    def set_ranges(self, heights: Range, weights: Range) -> None:
        """Show another part of the canvas."""
        self.set_axes(Axis(*heights), Axis(*weights))

    def set_map(
        self,
        tint: TintedImage,
        lines: Sequence[Segment],
        *,
        dashed: Sequence[Segment] = (),
        is_hatched: bool = False,
    ) -> None:
        """Show other colours and lines, some in long dashes; hatched where nothing is defined anywhere."""
        self._tint, self._is_hatched = tint, is_hatched
        self._lines, self._dashed = tuple(lines), tuple(dashed)
        self.update()

    def set_undefined(self, places: Sequence[Place], text: str, short: str = "") -> None:
        """Mark places (one, or the ends of a line of them) where the answer is undefined.

        `short` is said instead of `text` where the map is narrow.
        """
        self._marks, self._mark_text, self._short_mark = tuple(places), text, short
        self.update()

    def set_samples(self, rows: SampleRows, classes: tuple[ClassInfo, ...]) -> None:
        """Show other samples."""
        if rows is not self._rows or classes != self._classes:
            self._rows, self._classes = rows, classes
            self._forget_dots()
            self.update()

    def set_place(self, place: Place | None, sample_id: int | None) -> None:
        """Mark the place pointed at anywhere, or ring the sample there."""
        if (place, sample_id) != (self._place, self._ringed):
            self._place, self._ringed = place, sample_id
            self.update()

    def refresh(self) -> None:
        self._forget_dots()
        super().refresh()

    def sample_at(self, place: QPointF) -> int | None:
        """Id of the sample at a pixel."""
        rows = self._rows
        found = nearest_dot(self.x_px(rows.height_cm), self.y_px(rows.weight_kg), place, self.theme.scale)
        return None if found is None else int(rows.sample_id[found])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        sample = self.sample_at(event.position()) if self.area.contains(event.position()) else None
        if event.button() == Qt.MouseButton.LeftButton and sample is not None:
            self.sample_clicked.emit(sample)

    def paint_moving(self, painter: QPainter) -> None:
        if self._tint is None:
            return
        painter.setClipRect(self.area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.area, self._tint.image)
        if self._is_hatched:
            painter.fillRect(self.area, QBrush(self.theme.line, Qt.BrushStyle.BDiagPattern))
        self._paint_lines(painter)
        painter.drawPixmap(0, 0, self._dots_picture(pixel_ratio(painter, self)))
        self._paint_marks(painter)
        self._paint_place(painter)
        painter.setClipping(False)

    def _pixel_lines(self, segments: Sequence[Segment]) -> list[QLineF]:
        return [QLineF(self.point(*start), self.point(*end)) for start, end in segments]

    def _paint_lines(self, painter: QPainter) -> None:
        theme = self.theme
        halo = QColor(theme.plot)
        halo.setAlphaF(0.7)
        for segments, is_dashed in ((self._lines, False), (self._dashed, True)):
            lines = self._pixel_lines(segments)
            painter.setPen(QPen(halo, (_BORDER_PX + _HALO_PX) * theme.scale))
            painter.drawLines(lines)
            painter.setPen(theme.loss_pen("bce", _BORDER_PX, long_dash=is_dashed))
            painter.drawLines(lines)

    def _paint_marks(self, painter: QPainter) -> None:
        theme = self.theme
        if not self._mark_text:
            return
        places = [self.point(*place) for place in self._marks]
        painter.setBrush(theme.plot)
        painter.setPen(QPen(theme.error, 2.0 * theme.scale, Qt.PenStyle.DotLine))
        if len(places) == 2:
            painter.drawLine(QLineF(places[0], places[1]))
        elif places:
            painter.setPen(QPen(theme.error, 2.0 * theme.scale))
            painter.drawEllipse(places[0], 4.0 * theme.scale, 4.0 * theme.scale)
        anchor = self.area.center()
        if places:
            anchor = (places[0] + places[-1]) / 2 + QPointF(theme.px(7), -self.note_height() / 2)
        text = self._mark_text
        if self._short_mark and self.note_width(text) > _MARK_SHARE * self.area.width():
            text = self._short_mark
        width = self.note_width(text)
        left = min(max(anchor.x(), self.area.left() + 2.0), self.area.right() - width - 2.0)
        top = min(max(anchor.y(), self.area.top()), self.area.bottom() - self.note_height())
        ground = QColor(theme.plot)
        ground.setAlpha(215)
        painter.fillRect(QRectF(left - 2.0, top, width + 4.0, self.note_height()), ground)
        self.paint_note(painter, text, QPointF(left, top), color=theme.error)

    def _paint_place(self, painter: QPainter) -> None:
        theme, rows = self.theme, self._rows
        found = np.flatnonzero(rows.sample_id == (-1 if self._ringed is None else self._ringed))
        if found.size:
            at = self.point(float(rows.height_cm[found[0]]), float(rows.weight_kg[found[0]]))
            paint_dot_ring(painter, theme, at, _DOT_PX, theme.accent)
        elif self._place is not None:
            at, arm = self.point(*self._place), theme.px(6)
            for color, width in ((theme.plot, 4.0), (theme.accent, 2.0)):
                painter.setPen(QPen(color, width * theme.scale))
                painter.drawLine(QPointF(at.x() - arm, at.y()), QPointF(at.x() + arm, at.y()))
                painter.drawLine(QPointF(at.x(), at.y() - arm), QPointF(at.x(), at.y() + arm))

    def _dots_picture(self, ratio: float) -> QPixmap:
        """The samples, painted again only when they, their looks or the size change."""
        if self._dots is None or self._dots.devicePixelRatio() != ratio:
            self._dots = QPixmap(self.size() * ratio)
            self._dots.setDevicePixelRatio(ratio)
            self._dots.fill(Qt.GlobalColor.transparent)
            with QPainter(self._dots) as painter:
                pictures = self._stamps.pictures(self._classes, self.theme, _DOT_PX, ratio)
                x, y = self.x_px(self._rows.height_cm), self.y_px(self._rows.weight_kg)
                paint_dots(painter, pictures, x, y, self._rows.class_index.astype(np.int64), ratio)
        return self._dots

    def _forget_dots(self) -> None:
        self._dots = None

    def _on_moved(self, place: QPointF | None) -> None:
        if place is None or not self.area.contains(place):
            self.sample_hovered.emit(None)
            self.pointed.emit(None)
            return
        share = (self.area.bottom() - place.y()) / max(self.area.height(), 1.0)
        self.sample_hovered.emit(self.sample_at(place))
        self.pointed.emit((self.x_at(place.x()), self.y_axis.value_at(share)))
