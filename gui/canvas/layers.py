"""Everything that the canvas shows, in layers, each worked out anew only when it has changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap, QRegion

from engine.decision_regions import Segment
from engine.layout import Floats
from engine.snapshots import Snapshot
from gui.canvas.axes import Axes, AxisTitles
from gui.canvas.bmi_edges import BmiEdges
from gui.canvas.boundaries import (
    HALF,
    Boundary,
    answers_each_label,
    boundaries_of,
    boundary_segments,
    ghost_pen,
    label_lines,
    nearest_boundary,
    paint_boundaries,
    paint_halo,
    to_pixels,
)
from gui.canvas.context import CanvasContext
from gui.canvas.density import DensityLayer
from gui.canvas.fan import N_STARTS, FanLayer
from gui.canvas.guess_layer import GuessLayer
from gui.canvas.markers import MarkerLayer, paint_samples
from gui.canvas.name_tags import NameTags, TagSpec
from gui.canvas.overlay import paint_hint, paint_hover, paint_tool_circle
from gui.canvas.probability_map import ProbabilityMap
from gui.canvas.pulls import PullLayer
from gui.canvas.tools import Hit
from gui.canvas.viewport import Viewport
from gui.formulas import percent_text
from gui.i18n import class_name, translate
from gui.model_names import model_name
from gui.recording import is_recording

MODEL_TAG = "model_"
LABEL_TAG = "label_"
OPTIMUM_TAG = "optimum"
GUESS_TAG = "guess"
FAN_TAG = "fan"
_LINE_REACH_PX = 5.0
_SAMPLES_ON_LINES = 1_500


class Layers:
    """Axes, map, samples, boundaries, ghosts and tags; answers what lies under a pixel."""

    def __init__(self, context: CanvasContext) -> None:
        self._context = context
        self.map = ProbabilityMap()
        self.markers = MarkerLayer()
        self.pulls = PullLayer(context)
        self.density = DensityLayer(context)
        self.fan = FanLayer(context)
        self.bmi_edges = BmiEdges(context)
        self.guess = GuessLayer(context)
        self.tags = NameTags()
        self.snapshot: Snapshot | None = None
        self._optimum_rows: Floats | None = None
        self._boundaries: tuple[Boundary, ...] | None = None
        self._optimum_segments: tuple[Segment, ...] = ()
        self._furniture = QPixmap()
        self._furniture_of: tuple[Viewport, Axes, QSizeF, float] | None = None
        self._titles = AxisTitles("", "")
        self._axes = Axes(context.theme, self._titles)

    @property
    def axes(self) -> Axes:
        """The axes in the present theme and language."""
        return self._axes

    @property
    def boundaries(self) -> tuple[Boundary, ...]:
        """Every model's boundary in the present view."""
        if self._boundaries is None:
            self._boundaries = self._find_boundaries()
        return self._boundaries

    def set_titles(self, titles: AxisTitles) -> None:
        """Take the axes' titles in another language."""
        self._titles = titles
        self.restyle()

    def restyle(self) -> None:
        """Take the theme's colours and sizes and the classes' colours."""
        theme = self._context.theme
        self._axes = Axes(theme, self._titles)
        self.recolor()

    def close_jobs(self) -> None:
        """End background work for good."""
        for layer in (self.fan, self.density, self.guess.scorer):
            layer.close_jobs()

    def recolor(self) -> None:
        """Take the classes' colours."""
        theme = self._context.theme
        self.map.set_colors(
            theme.plot, [theme.class_fill(info.color) for info in self._context.state.classes]
        )

    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show another step's models."""
        self.snapshot = snapshot
        if snapshot.regions is not None:
            row = snapshot.regions.request.model_index
            self.map.set_grid(snapshot.regions, each_label=answers_each_label(snapshot.spec, row))
        self.forget_boundaries()

    def set_optimum(self, rows_cm_kg: Floats | None) -> None:
        """Show the exact optimum as a ghost: its rows in cm and kg, shape (outputs, 3), or None."""
        self._optimum_rows = rows_cm_kg
        self.forget_boundaries()

    def forget_boundaries(self) -> None:
        """Work the boundaries out anew when next needed: view, threshold or models changed."""
        self._boundaries = None

    def layout(self, size: QSizeF) -> None:
        """Give the plot its place in a widget of this size."""
        context = self._context
        context.viewport = context.viewport.in_rect(self._axes.plot_rect(size, context.viewport))
        self.forget_boundaries()

    def hit(self, point: QPointF) -> Hit:
        """What lies under a pixel."""
        if not self._context.viewport.rect.contains(point):
            return Hit()
        tag = self.tags.key_at(point)
        if tag is not None:
            return Hit(tag=tag)
        part = self.guess.part_at(point)
        if part is not None:
            return Hit(guess_part=part)
        sample_id = self._context.sample_at(point)
        if sample_id is not None:
            return Hit(sample_id=sample_id)
        return Hit(model_index=self._other_model_at(point))

    def paint(
        self,
        painter: QPainter,
        region: QRegion,
        size: QSizeF,
        pixel_ratio: float,
        pointer: QPointF | None,
        overlay: Callable[[QPainter], None],
    ) -> None:
        """Draw what lies in `region`; `overlay` draws the gesture under way."""
        plot = self._context.viewport.rect
        if not QRegion(region).subtracted(QRegion(plot.toRect())).isEmpty():
            self._paint_furniture(painter, size, pixel_ratio)
        painter.setClipRect(plot)
        self._place_tags()
        self._paint_plot(painter, plot, pixel_ratio)
        self._paint_over(painter, pixel_ratio, pointer)
        if not is_recording(painter):
            overlay(painter)
        self.tags.paint(painter, self._context.theme)

    def _paint_plot(self, painter: QPainter, plot: QRectF, pixel_ratio: float) -> None:
        context = self._context
        painter.fillRect(plot, context.theme.plot)
        self.map.paint(painter, context.viewport)
        if context.interaction.pulls_shown:
            self.pulls.paint(painter, self.snapshot, pixel_ratio)
        # Samples stand on the lines, as those next to a line say most; a cloud of thousands would bury them.
        if len(context.state.samples) <= _SAMPLES_ON_LINES:
            self._paint_lines(painter)
            self._paint_markers(painter, plot, pixel_ratio)
        else:
            self._paint_markers(painter, plot, pixel_ratio)
            self._paint_lines(painter)
        self.guess.paint(painter)

    def _paint_markers(self, painter: QPainter, plot: QRectF, pixel_ratio: float) -> None:
        context = self._context
        samples, selected = context.state.samples, context.interaction.selected_ids
        if self.density.is_needed:
            if is_recording(painter):
                self.density.paint_now(painter)
            else:
                self.density.paint(painter, pixel_ratio)
            return
        if is_recording(painter):
            paint_samples(painter, samples, selected, context.viewport, context.look(1.0))
            return
        picture = self.markers.picture(samples, selected, context.viewport, context.look(pixel_ratio))
        painter.drawPixmap(plot.topLeft(), picture)

    def _paint_lines(self, painter: QPainter) -> None:
        context = self._context
        theme, selected = context.theme, context.interaction.selected_model
        boundaries = self.boundaries
        ghost, pen = to_pixels(self._optimum_segments, context.viewport), ghost_pen(theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self.bmi_edges.paint(painter)
        self.fan.paint(painter)
        # The ghost's dots stay visible on a boundary that has reached it, and hide none of it.
        paint_halo(painter, ghost, pen, theme)
        paint_boundaries(painter, boundaries, context.viewport, theme, selected)
        painter.setPen(pen)
        painter.drawLines(ghost)

    def _paint_over(self, painter: QPainter, pixel_ratio: float, pointer: QPointF | None) -> None:
        context = self._context
        if context.interaction.pulls_shown:
            self.pulls.paint_key(painter)
        if self.density.is_needed:
            self.density.paint_note(painter)
        if not is_recording(painter):
            self._paint_pointer(painter, pixel_ratio, pointer)

    def _paint_pointer(self, painter: QPainter, pixel_ratio: float, pointer: QPointF | None) -> None:
        """Draw what belongs to the pointer and to who holds it: no part of a picture to keep."""
        context = self._context
        hovered = context.interaction.hovered_id
        if self.density.is_needed:
            self.density.paint_hovered(painter)
        place = None if hovered is None else context.place_of(hovered)
        if place is not None:
            paint_hover(painter, place, context.look(pixel_ratio))
        if pointer is not None and context.interaction.tool in ("brush", "erase"):
            paint_tool_circle(painter, pointer, context)
        hint = self._hint()
        if hint:
            paint_hint(painter, hint, context, pixel_ratio)

    def _hint(self) -> str:
        """One line that helps where there is nothing to see yet."""
        state, interaction = self._context.state, self._context.interaction
        if interaction.tool == "line" and len(state.classes) != 2:
            return translate("Canvas", "Your own line needs exactly two classes")
        if len(state.samples) or not state.classes:
            return ""
        name = class_name(state.classes[interaction.current_class])
        return translate("Canvas", "Click to add a sample of class “{name}”", name=name)

    def _paint_furniture(self, painter: QPainter, size: QSizeF, pixel_ratio: float) -> None:
        if is_recording(painter):
            painter.fillRect(QRectF(QPointF(), size), self._context.theme.card)
            self._axes.paint(painter, self._context.viewport)
            return
        wanted = (self._context.viewport, self._axes, size, pixel_ratio)
        if self._furniture_of != wanted:
            self._furniture_of = wanted
            self._furniture = QPixmap((size * pixel_ratio).toSize())
            self._furniture.setDevicePixelRatio(pixel_ratio)
            self._furniture.fill(self._context.theme.card)
            with QPainter(self._furniture) as furniture_painter:
                self._axes.paint(furniture_painter, self._context.viewport)
        painter.drawPixmap(QPointF(0.0, 0.0), self._furniture)

    def _find_boundaries(self) -> tuple[Boundary, ...]:
        context = self._context
        threshold = context.state.settings.threshold
        self._optimum_segments = self._find_ghost(threshold)
        return () if self.snapshot is None else boundaries_of(self.snapshot, threshold, context.viewport)

    def _find_ghost(self, threshold: float) -> tuple[Segment, ...]:
        """The boundary of the optimum of the document's model."""
        rows, state, viewport = self._optimum_rows, self._context.state, self._context.viewport
        if rows is None:
            return ()
        if state.model.kind == "sigmoids" and state.samples.has_label_sets:
            return label_lines(rows, viewport)[1]
        at = HALF if state.model.kind == "sigmoids" else threshold
        return boundary_segments(rows, at, viewport, state.model.kind)[0]

    def _other_model_at(self, point: QPointF) -> int | None:
        """A boundary to select; the selected model's own never stands in the way of a new sample."""
        selected = self._context.interaction.selected_model
        others = tuple(boundary for boundary in self.boundaries if boundary.model_index != selected)
        reach = _LINE_REACH_PX * self._context.theme.scale
        return nearest_boundary(others, self._context.viewport, point, reach)

    def _place_tags(self) -> None:
        theme, viewport = self._context.theme, self._context.viewport
        selected = self._context.interaction.selected_model
        specs = []
        for boundary in self.boundaries:
            fill = theme.loss_color(boundary.loss)
            specs.append(
                TagSpec(
                    f"{MODEL_TAG}{boundary.model_index}",
                    self._name_of(boundary),
                    tuple(to_pixels(boundary.segments, viewport)),
                    fill,
                    theme.plot,
                    theme.accent if len(self.boundaries) > 1 and boundary.model_index == selected else None,
                    boundary.curves,
                )
            )
            if boundary.model_index == selected:
                specs += self._label_tags(boundary, viewport)
        specs += self._ghost_tags(viewport)
        self.tags.place(specs, viewport.rect, theme, self._taken())

    def _name_of(self, boundary: Boundary) -> str:
        return "" if self.snapshot is None else model_name(self.snapshot.spec, boundary.model_index)

    def _label_tags(self, boundary: Boundary, viewport: Viewport) -> list[TagSpec]:
        """Names of the labels on the lines of K sigmoids that answer each for itself."""
        theme, classes = self._context.theme, self._context.state.classes
        pairs = zip(boundary.labels, boundary.segments, strict=False)
        return [
            TagSpec(
                f"{LABEL_TAG}{k}",
                class_name(classes[k]),
                tuple(to_pixels((segment,), viewport)),
                theme.card,
                theme.text,
                theme.class_line(classes[k].color),
            )
            for k, segment in pairs
            if k < len(classes)
        ]

    def _ghost_tags(self, viewport: Viewport) -> list[TagSpec]:
        theme, specs = self._context.theme, []
        if self._optimum_segments:
            lines = tuple(to_pixels(self._optimum_segments, viewport))
            text = translate("Canvas", "optimum")
            specs.append(TagSpec(OPTIMUM_TAG, text, lines, theme.card, theme.accent, theme.accent))
        specs += self.bmi_edges.tags()
        fan = tuple(self.fan.lines())
        if fan:
            text = translate("Canvas", "perceptron, {count} starts", count=N_STARTS)
            specs.append(TagSpec(FAN_TAG, text, fan, theme.card, theme.quiet, theme.line))
        line, score = self.guess.line(), self.guess.score()
        visible = None if line is None or self.guess.is_edited else line.clipped(viewport.rect)
        if visible is not None and score is not None:
            text = translate("Canvas", "your line {share}", share=percent_text(score.accuracy))
            specs.append(TagSpec(GUESS_TAG, text, (visible,), theme.accent, theme.on_accent))
        return specs

    def _taken(self) -> list[QRectF]:
        """Where no tag may stand: on the handles of the line that is being edited, pulls' key, the note."""
        taken = [self.pulls.key_box(self.snapshot)] if self._context.interaction.pulls_shown else []
        if self.density.is_needed:
            taken.append(self.density.note_box())
        handles = self.guess.handles() if self.guess.is_edited else None
        if handles is None:
            return taken
        reach = 10 * self._context.theme.scale
        return taken + [
            QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
            for point in (handles.first, handles.second, handles.steepness)
        ]


def tool_area(center: QPointF, radius: float) -> QRect:
    """Whole pixels around a circle, to repaint."""
    reach = radius + 4
    return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()
