"""The painted part of the loss plot as a widget: draws its content, shows values on hover, reports clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.snapshots import Mark
from gui.plots.label_layout import EndLabel, follow_places, place_labels, place_on_line
from gui.plots.loss import painting as painting
from gui.plots.loss.chart_content import Axes, ChartContent, Reading, Series, axes_of, read_at
from gui.plots.loss.curve_geometry import CurveGeometry, curve_geometry
from gui.plots.loss.curve_layer import CurveLayer
from gui.recording import is_recording
from gui.theme import Appearance

CLICK_REACH_PX = 9
MARK_REACH_PX = 4


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """The words of the chart, each made in the language in use."""

    step: Callable[[int], str]
    value: Callable[[Series, float], str]
    mark: Callable[[Mark], str]


class LossChart(QWidget):
    """Draws a `ChartContent`; knows nothing of documents or training."""

    model_clicked = Signal(int)

    def __init__(self, appearance: Appearance, texts: ChartTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._texts = texts
        self._content = ChartContent()
        self._axes: Axes = axes_of(self._content)
        self._layout: painting.ChartLayout | None = None
        self._background: QPixmap | None = None
        self._geometry: list[CurveGeometry] | None = None
        self._curves = CurveLayer()
        self._end_texts: list[str] = []
        self._places: list[int] = []
        self._places_stale = True
        self._label_rects: list[QRectF] = []
        self._pointer_x: float | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.refresh)

    @property
    def content(self) -> ChartContent:
        """What is drawn."""
        return self._content

    @property
    def axes(self) -> Axes:
        """Axes of steps, of values on the left and of values on the right."""
        return self._axes

    @property
    def plot_area(self) -> QRectF:
        """Where the curves are, in the widget's pixels."""
        return self._laid_out().area

    @property
    def geometries(self) -> list[CurveGeometry]:
        """The curves in pixels, one a series."""
        if self._geometry is None:
            x_axis, left, right = self._axes
            content, area = self._content, self.plot_area
            self._geometry = [
                curve_geometry(content.columns(one), x_axis, right if one.right else left, area)
                for one in content.series
            ]
        return self._geometry

    @property
    def end_texts(self) -> list[str]:
        """Names at the ends of the curves, one a series."""
        return list(self._end_texts)

    @property
    def label_rects(self) -> list[QRectF]:
        """Where those names stood when last painted; empty where a curve has no point yet."""
        return list(self._label_rects)

    @property
    def reading(self) -> Reading | None:
        """The values at the pointer or, while the run is scrubbed back, at its step."""
        if self._pointer_x is not None:
            return read_at(self._content, self._axes[0].value_at(self._fraction_at(self._pointer_x)))
        return self._content.cursor

    @property
    def notes(self) -> list[str]:
        """What the person changed at the pointer's step, in words."""
        if self._pointer_x is None:
            return []
        places = zip(self._content.marks, self._mark_pixels(), strict=True)
        near = [mark for mark, x in places if abs(x - self._pointer_x) <= MARK_REACH_PX]
        return list(dict.fromkeys(self._texts.mark(mark) for mark in near))[-3:]

    def set_content(self, content: ChartContent, *, curve_changed: bool = True) -> None:
        """Show something else; with `curve_changed` False the recorded values are those already drawn."""
        before, self._content = self._content, content
        moved = curve_changed or content.series != before.series or content.floors != before.floors
        if moved or content.style != before.style:
            self._geometry = None
            axes = axes_of(content)
            if (axes, content.style, content.has_right_axis) != (
                self._axes,
                before.style,
                before.has_right_axis,
            ):
                self._axes = axes
                self._forget_layout()
        if self._geometry is None or content != before:
            self.update()

    def set_end_texts(self, texts: list[str]) -> None:
        """Name the ends of the curves, one text a series; an empty one is no name."""
        if texts != self._end_texts:
            self._end_texts = texts
            self._places_stale = True
            self.update()

    def refresh(self) -> None:
        """Lay everything out anew: another theme, scale or size."""
        self._forget_layout()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(400), self._appearance.theme.px(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(180), self._appearance.theme.px(100))

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, theme, content = self._laid_out(), self._appearance.theme, self._content
        with QPainter(self) as painter:
            if is_recording(painter):
                painting.paint_background(painter, theme, layout)
            else:
                painter.drawPixmap(0, 0, self._background_pixmap(layout))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painting.paint_marks(painter, theme, layout, self._mark_pixels())
            for floor in content.floors:
                painting.paint_floor(painter, theme, layout, self._y_pixel(floor.value, right=floor.right))
            self._curves.paint(painter, theme, layout.area, content, self.geometries)
            for series, geometry in zip(content.series, self.geometries, strict=True):
                painting.paint_end_dot(painter, theme, geometry, series)
            self._paint_labels(painter, layout)
            self._paint_floor_names(painter, layout)
            self._paint_reading(painter, layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._forget_layout()
        super().resizeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.plot_area.adjusted(-4.0, -4.0, 4.0, 4.0).contains(event.position())
        self._pointer_x = event.position().x() if inside else None
        clickable = self._content.has_several_models and self._model_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        model = self._model_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and model is not None:
            self.model_clicked.emit(model)

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer_x = None
        self.update()

    def _forget_layout(self) -> None:
        self._layout = self._background = self._geometry = None
        self._places_stale = True
        self._curves.clear()

    def _laid_out(self) -> painting.ChartLayout:
        if self._layout is None:
            size = QRectF(self.rect())
            self._layout = painting.chart_layout(self._appearance.theme, size, self._axes, self._content)
        return self._layout

    def _background_pixmap(self, layout: painting.ChartLayout) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._background is None or self._background.devicePixelRatio() != ratio:
            self._background = QPixmap(self.size() * ratio)
            self._background.setDevicePixelRatio(ratio)
            self._background.fill(Qt.GlobalColor.transparent)
            with QPainter(self._background) as painter:
                painting.paint_background(painter, self._appearance.theme, layout)
        return self._background

    def _paint_labels(self, painter: QPainter, layout: painting.ChartLayout) -> None:
        theme, content = self._appearance.theme, self._content
        self._label_rects = [QRectF() for _ in content.series]
        named = [
            (index, theme.font(12, bold=content.is_selected(index), tabular=True), QPointF(*geometry.end))
            for index, geometry in enumerate(self.geometries[: len(self._end_texts)])
            if geometry.end is not None and self._end_texts[index]
        ]
        labels = [
            EndLabel(painting.text_size(font, self._end_texts[index]), end) for index, font, end in named
        ]
        if self._places_stale or len(self._places) != len(labels):
            curves = [geometry.y_range for geometry in self.geometries]
            rects, self._places = place_labels(labels, curves, layout.area, self._places)
            self._places_stale = False
        else:
            rects = follow_places(labels, self._places, layout.area)
        for (index, font, _), rect in zip(named, rects, strict=True):
            self._label_rects[index] = rect
            color = theme.loss_color(content.series[index].loss)
            painting.paint_end_label(painter, theme, font, rect, self._end_texts[index], color)

    def _paint_floor_names(self, painter: QPainter, layout: painting.ChartLayout) -> None:
        theme = self._appearance.theme
        font = theme.font(11, tabular=True)
        curves = [geometry.y_range for geometry in self.geometries]
        taken = [rect for rect in self._label_rects if not rect.isEmpty()]
        for floor in self._content.floors:
            size = painting.text_size(font, floor.text)
            y = self._y_pixel(floor.value, right=floor.right)
            rect = place_on_line(size, y, curves, taken, layout.area)
            painting.paint_end_label(painter, theme, font, rect, floor.text, theme.accent)
            taken.append(rect)

    def _paint_reading(self, painter: QPainter, layout: painting.ChartLayout) -> None:
        # A picture to keep has no pointer, only where the run stands.
        is_kept = is_recording(painter)
        reading, theme = self._content.cursor if is_kept else self.reading, self._appearance.theme
        if reading is None:
            return
        fraction = float(self._axes[0].fraction(np.array([float(reading.step)]))[0])
        x = layout.area.left() + fraction * layout.area.width()
        pairs = list(zip(self._content.series, reading.values, strict=True))
        dots = [(self._y_pixel(value, right=series.right), series) for series, value in pairs]
        rows = tuple(
            painting.HoverRow(one.loss, self._texts.value(one, value), one.held_out, one.long_dash)
            for one, value in pairs
        )
        painting.paint_cursor(painter, theme, layout, x, dots, strong=is_kept or self._pointer_x is None)
        notes = () if is_kept else tuple(self.notes)
        card = painting.HoverCard(self._texts.step(reading.step), rows, notes)
        gap = float(theme.px(10))
        box = painting.place_card(card.size(theme), x, layout.area, self._label_rects, gap)
        painting.paint_hover_card(painter, theme, card, box)

    def _fraction_at(self, x: float) -> float:
        area = self.plot_area
        return (min(max(x, area.left()), area.right()) - area.left()) / area.width()

    def _mark_pixels(self) -> list[float]:
        steps = np.array([mark.step for mark in self._content.marks], dtype=np.float64)
        area = self.plot_area
        return [area.left() + fraction * area.width() for fraction in self._axes[0].fraction(steps).tolist()]

    def _y_pixel(self, value: float, *, right: bool) -> float:
        area, axis = self.plot_area, self._axes[2] if right else self._axes[1]
        return area.bottom() - float(axis.fraction(np.array([value]))[0]) * area.height()

    def _model_at(self, position: QPointF) -> int | None:
        series = self._content.series
        for one, rect in zip(series, self._label_rects, strict=False):
            if rect.contains(position):
                return one.model
        distances = [
            (geometry.distance(position.x(), position.y()), one.model)
            for geometry, one in zip(self.geometries, series, strict=True)
        ]
        distance, model = min(distances, default=(float("inf"), 0))
        return model if distance <= self._appearance.theme.px(CLICK_REACH_PX) else None
