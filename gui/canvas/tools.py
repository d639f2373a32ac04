"""What a press of the left button begins, by tool and by what lies under the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, Qt

from gui.canvas.context import CanvasContext
from gui.canvas.gestures import (
    DrawGuess,
    Erase,
    Gesture,
    GuessPart,
    MoveGuess,
    MoveSamples,
    RubberBand,
    Spray,
)
from gui.canvas.guess_layer import GuessLayer

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a pixel; the first that is there counts, in the order of the fields.

    Attributes
    ----------
    tag : str or None
        Key of a name tag.
    guess_part : GuessPart or None
        A part of the person's own line while it is edited.
    sample_id : int or None
    model_index : int or None
        A boundary whose model is not the selected one.
    """

    tag: str | None = None
    guess_part: GuessPart | None = None
    sample_id: int | None = None
    model_index: int | None = None


class Tools:
    """Begins gestures; holds no state but the brush's random numbers."""

    def __init__(self, context: CanvasContext, guess_layer: GuessLayer) -> None:
        self._context = context
        self._guess_layer = guess_layer
        self._rng = np.random.default_rng()

    def begin(self, hit: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Start what the present tool does here; None where a click does something at once or nothing."""
        interaction = self._context.interaction
        if hit.guess_part is not None:
            return self._move_guess(hit.guess_part, point)
        if modifiers & _SHIFT:
            return self._select_more(hit, point)
        if interaction.tool in ("add", "brush") and not self._context.state.classes:
            return None
        if interaction.tool == "brush":
            return Spray(self._context, point, self._rng)
        if interaction.tool == "erase":
            return Erase(self._context, point)
        if hit.sample_id is not None:
            return self._press_sample(hit.sample_id, point, modifiers)
        if hit.model_index is not None:
            interaction.set_selected_model(hit.model_index)
            return None
        if interaction.tool == "line":
            return self._draw_guess(point)
        if interaction.tool == "select":
            kept = interaction.selected_ids if modifiers & _CONTROL else frozenset[int]()
            return RubberBand(self._context, point, kept)
        return self._add(point)

    def cursor(self, hit: Hit) -> Qt.CursorShape:
        """The pointer's shape over what lies here."""
        tool = self._context.interaction.tool
        if hit.tag is not None:
            return Qt.CursorShape.PointingHandCursor
        if hit.guess_part is not None:
            return Qt.CursorShape.SizeAllCursor
        if tool in ("brush", "erase"):
            return Qt.CursorShape.CrossCursor
        if hit.sample_id is not None:
            return Qt.CursorShape.OpenHandCursor
        if hit.model_index is not None:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.ArrowCursor if tool == "select" else Qt.CursorShape.CrossCursor

    def _add(self, point: QPointF) -> Gesture:
        """Add a sample at once; going on dragging moves it, still as one command."""
        context = self._context
        context.interaction.set_selected_ids(())
        sample_id, token = context.state.samples.next_id, object()
        viewport = context.viewport
        context.document.add_samples(
            viewport.height_at(point.x()),
            viewport.weight_at(point.y()),
            context.interaction.current_class,
            token,
        )
        return MoveSamples(context, [sample_id], point, token=token)

    def _press_sample(self, sample_id: int, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture:
        selected = self._context.interaction.selected_ids
        click = partial(self._toggle if modifiers & _CONTROL else self._select_only, sample_id)
        moved = selected if sample_id in selected else frozenset({sample_id})
        return MoveSamples(self._context, sorted(moved), point, on_click=click)

    def _select_more(self, hit: Hit, point: QPointF) -> Gesture | None:
        if hit.sample_id is not None:
            self._toggle(hit.sample_id)
            return None
        return RubberBand(self._context, point, self._context.interaction.selected_ids)

    def _toggle(self, sample_id: int) -> None:
        interaction = self._context.interaction
        interaction.set_selected_ids(interaction.selected_ids ^ {sample_id})

    def _select_only(self, sample_id: int) -> None:
        self._context.interaction.set_selected_ids({sample_id})

    def _move_guess(self, part: GuessPart, point: QPointF) -> Gesture | None:
        line, handles = self._guess_layer.line(), self._guess_layer.handles()
        if line is None or handles is None:
            return None
        return MoveGuess(self._context, part, line, handles, point, self._guess_layer.set_anchors)

    def _draw_guess(self, point: QPointF) -> Gesture | None:
        if len(self._context.state.classes) != 2:
            return None
        line = self._guess_layer.line() or self._guess_layer.new_line()
        return DrawGuess(self._context, line, point, self._guess_layer.set_anchors)
