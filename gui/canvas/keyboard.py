"""The canvas's own keys: they work wherever it stands, with or without a window's shortcuts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.canvas.context import CanvasContext
from gui.labels import toggle_label

_ZOOM = 1.25


class Keyboard:
    """Turns keys into intents: classes, labels, delete, select, zoom, exact numbers."""

    def __init__(
        self, context: CanvasContext, zoom: Callable[[float], object], edit: Callable[[int], object]
    ) -> None:
        self._context = context
        self._zoom = zoom
        self._edit = edit

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; tells whether it means anything here."""
        key, interaction = event.key(), self._context.interaction
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            interaction.set_selected_ids(())
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_8 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            toggle_label(self._context.document, interaction, key - Qt.Key.Key_1)
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_8:
            interaction.set_current_class(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            interaction.set_selected_ids(self._context.state.samples.rows.sample_id.tolist())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(interaction.selected_ids) == 1:
            self._edit(next(iter(interaction.selected_ids)))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self._zoom(1 / _ZOOM)
        else:
            return False
        return True

    def _delete(self) -> None:
        """Remove the selected samples, or else the one under the pointer."""
        interaction = self._context.interaction
        if interaction.selected_ids:
            self._context.document.remove_samples(interaction.selected_ids)
        elif interaction.hovered_id is not None:
            self._context.document.remove_samples([interaction.hovered_id])
