"""What the pressed left or middle button does until it is let go: one gesture, one undo command."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.sample_search import evenly_chosen
from gui.canvas.context import CanvasContext
from gui.canvas.guess_line import Handles, PixelLine

DRAG_START_PX = 4.0
_SPRAY_STEP_SHARE = 0.3
_SPRAY_TICK_MS = 70
_MOST_ASKED = 10_000
"""Samples that tell which side of a line is which."""


class Gesture:
    """Follows the pointer from press to release. A subclass changes state only through intents."""

    cursor: Qt.CursorShape | None = None
    tick_ms = 0
    """With a number, `tick` is called so often while the pointer rests."""

    def move(self, point: QPointF) -> None:
        """The pointer is at another pixel."""

    def tick(self) -> None:
        """The button is still down."""

    def finish(self) -> None:
        """The button was let go."""

    def cancel(self) -> None:
        """Escape: take back what this gesture did, where it can be taken back."""

    def paint(self, painter: QPainter) -> None:
        """Draw what shows only while the gesture lasts."""


class Pan(Gesture):
    """Moves what is shown."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, start: QPointF, pan: Callable[[float, float], None]) -> None:
        self._last = start
        self._pan = pan

    def move(self, point: QPointF) -> None:
        delta, self._last = point - self._last, point
        self._pan(delta.x(), delta.y())


class MoveSamples(Gesture):
    """Drags samples; a press without a drag selects instead."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self,
        context: CanvasContext,
        ids: Iterable[int],
        start: QPointF,
        *,
        token: object | None = None,
        on_click: Callable[[], None] | None = None,
    ) -> None:
        self._context = context
        self._ids = tuple(ids)
        self._start = start
        self._token = token if token is not None else object()
        self._on_click = on_click
        self._moved_by = (0.0, 0.0)
        self._dragging = False

    def move(self, point: QPointF) -> None:
        way = point - self._start
        if not self._dragging and math.hypot(way.x(), way.y()) < DRAG_START_PX * self._context.theme.scale:
            return
        self._dragging = True
        viewport = self._context.viewport
        self._move_to(way.x() / viewport.px_per_cm, -way.y() / viewport.px_per_kg)

    def finish(self) -> None:
        if not self._dragging and self._on_click is not None:
            self._on_click()

    def cancel(self) -> None:
        self._move_to(0.0, 0.0)

    def _move_to(self, total_cm: float, total_kg: float) -> None:
        delta_cm, delta_kg = total_cm - self._moved_by[0], total_kg - self._moved_by[1]
        self._moved_by = total_cm, total_kg
        if delta_cm or delta_kg:
            self._context.document.move_samples(self._ids, delta_cm, delta_kg, self._token)


class RubberBand(Gesture):
    """Selects what lies in a rectangle, in addition to `kept`."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, context: CanvasContext, start: QPointF, kept: frozenset[int]) -> None:
        self._context = context
        self._start = self._end = start
        self._kept = kept
        self._before = context.interaction.selected_ids

    def move(self, point: QPointF) -> None:
        self._end = point
        self._context.interaction.set_selected_ids(
            self._kept.union(self._context.ids_inside(self._start, point))
        )

    def finish(self) -> None:
        if self._start == self._end:
            self._context.interaction.set_selected_ids(self._kept)

    def cancel(self) -> None:
        self._context.interaction.set_selected_ids(self._before)

    def paint(self, painter: QPainter) -> None:
        theme = self._context.theme
        fill = QColor(theme.accent)
        fill.setAlphaF(0.12)
        painter.setPen(QPen(theme.accent, theme.px(1)))
        painter.setBrush(fill)
        painter.drawRect(QRectF(self._start, self._end).normalized())


class Spray(Gesture):
    """Adds samples of the current class around the pointer."""

    cursor = Qt.CursorShape.CrossCursor
    tick_ms = _SPRAY_TICK_MS

    def __init__(self, context: CanvasContext, start: QPointF, rng: np.random.Generator) -> None:
        self._context = context
        self._rng = rng
        self._token = object()
        self._at = start
        self._walked = 0.0
        self._spray(3)

    def move(self, point: QPointF) -> None:
        way = point - self._at
        self._at = point
        self._walked += math.hypot(way.x(), way.y())
        step = _SPRAY_STEP_SHARE * self._context.scaled_tool_radius
        count = int(self._walked / step)
        if count:
            self._walked -= count * step
            self._spray(count)

    def tick(self) -> None:
        self._spray(1)

    def _spray(self, count: int) -> None:
        """Add samples evenly over the disc: the square root makes rings of equal area equally likely."""
        viewport = self._context.viewport
        distance = self._context.scaled_tool_radius * np.sqrt(self._rng.random(count))
        angle = self._rng.random(count) * (2 * math.pi)
        height_cm = viewport.height_at(self._at.x()) + distance * np.cos(angle) / viewport.px_per_cm
        weight_kg = viewport.weight_at(self._at.y()) + distance * np.sin(angle) / viewport.px_per_kg
        self._context.document.add_samples(
            height_cm, weight_kg, self._context.interaction.current_class, self._token
        )


class Erase(Gesture):
    """Removes the samples that the eraser passes over."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, context: CanvasContext, start: QPointF) -> None:
        self._context = context
        self._token = object()
        self._at = start
        self.move(start)

    def move(self, point: QPointF) -> None:
        ids = self._context.ids_near_path(self._at, point, self._context.scaled_tool_radius)
        self._at = point
        if ids:
            self._context.document.remove_samples(ids, self._token)


class GuessPart(Enum):
    """What of the person's own line is under the pointer."""

    FIRST = "first"
    SECOND = "second"
    STEEPNESS = "steepness"
    LINE = "line"


class MoveGuess(Gesture):
    """Turns, shifts or steepens the person's own line."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self,
        context: CanvasContext,
        part: GuessPart,
        line: PixelLine,
        handles: Handles,
        start: QPointF,
        set_anchors: Callable[[QPointF, QPointF], None],
    ) -> None:
        self._context = context
        self._part = part
        self._line = line
        self._handles = handles
        self._start = start
        self._set_anchors = set_anchors
        self._token = object()
        self._before = context.state.guess

    def move(self, point: QPointF) -> None:
        line, handles = self._line, self._handles
        first, second = handles.first, handles.second
        delta = point - self._start
        if self._part is GuessPart.STEEPNESS:
            line = line.steepened(handles.middle, handles.steepness + delta)
        elif self._part is GuessPart.LINE:
            line, first, second = line.shifted(delta), first + delta, second + delta
        elif self._part is GuessPart.FIRST:
            first = first + delta
            line = line.turned(second, first)
        else:
            second = second + delta
            line = line.turned(first, second)
        self._set_anchors(first, second)
        self._context.document.set_guess(line.to_guess(self._context.viewport), self._token)

    def cancel(self) -> None:
        self._set_anchors(self._handles.first, self._handles.second)
        self._context.document.set_guess(self._before, self._token)


class DrawGuess(Gesture):
    """Draws the person's own line from where the button went down through the pointer."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        context: CanvasContext,
        line: PixelLine,
        start: QPointF,
        set_anchors: Callable[[QPointF, QPointF], None],
    ) -> None:
        self._context = context
        self._line = line
        self._start = start
        self._set_anchors = set_anchors
        self._token = object()
        self._before = context.state.guess

    def move(self, point: QPointF) -> None:
        way = point - self._start
        if math.hypot(way.x(), way.y()) < 3 * DRAG_START_PX * self._context.theme.scale:
            return
        viewport = self._context.viewport
        guess = self._line.turned(self._start, point)
        if _mostly_wrong(self._context, guess):
            guess = guess.reversed()
        self._set_anchors(self._start, point)
        self._context.document.set_guess(guess.to_guess(viewport), self._token)

    def cancel(self) -> None:
        self._context.document.set_guess(self._before, self._token)


def _mostly_wrong(context: CanvasContext, line: PixelLine) -> bool:
    """Whether the line would be right more often with its sides swapped."""
    rows = evenly_chosen(context.state.samples, _MOST_ASKED)
    x, y = context.viewport.x_of(rows.height_cm), context.viewport.y_of(rows.weight_kg)
    right = (line.a * x + line.b * y + line.c >= 0) == (rows.class_index == 1)
    return bool(len(rows)) and float(right.mean()) < 0.5
