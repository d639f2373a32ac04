"""What every instrument of the lab is: a tab with two sentences and the newest frame."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.document import Document
from gui.frame import Frame
from gui.interaction import Interaction
from gui.plots.run_path import RunPath
from gui.theme import Appearance
from gui.training_controller import TrainingController
from gui.widgets.controls import is_language_change

MANY_SAMPLES = 25_000
"""With more than this an instrument behind another keeps nothing that is as long as they are many."""


@dataclass(frozen=True, slots=True)
class LabContext:
    """What an instrument may read and wish for: the same rooms for all of them.

    `path` is the way of the present run from its start, also of what passed before a tab was built.
    """

    document: Document
    interaction: Interaction
    controller: TrainingController
    appearance: Appearance
    path: RunPath = field(default_factory=RunPath)


class LabTab(QWidget):
    """One instrument. Only the tab in front is active: the others neither compute nor paint.

    A subclass sets `key` and overrides `explanation`, `draw`, `retranslate` and, where it works in the
    background, `close_jobs`. It is built when it is first opened: it begins with the document as it stands
    then. Its title stands in the lab's table of instruments, which knows it earlier.
    """

    key = ""

    explanation_changed = Signal()
    """Emitted by a tab whose two sentences have become others, not for another language."""

    example_requested = Signal(str)
    """The person wants a scene as the document, by its key; this tab stays in front."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._frame: Frame | None = None
        self._is_active = False

    @property
    def frame(self) -> Frame | None:
        """The newest frame, also while the tab is behind others."""
        return self._frame

    @property
    def is_active(self) -> bool:
        """Whether this tab is in front and seen."""
        return self._is_active

    def explanation(self) -> str:
        """What one is looking at, in two sentences in the language in use."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set all texts in the language in use; called again when that becomes another."""

    def draw(self, frame: Frame) -> None:
        """Show a frame; called while active only, at most once a screen frame."""
        raise NotImplementedError

    def forget(self) -> None:
        """Give up what was worked out of very many samples: in front again, it is worked out anew.

        Called when the tab has gone behind while the document has more than `MANY_SAMPLES`. What the person
        has chosen stays.
        """

    def close_jobs(self) -> None:
        """End background work for good, before the window closes."""

    def show_frame(self, frame: Frame) -> None:
        """Keep the newest frame, and draw it if this tab is in front."""
        self._frame = frame
        if self._is_active:
            self.draw(frame)

    def redraw(self) -> None:
        """Draw the newest frame again, if this tab is in front: something that it shows has changed."""
        if self._is_active and self._frame is not None:
            self.draw(self._frame)

    def set_active(self, is_active: bool) -> None:
        """Come to the front with the newest frame, or go behind."""
        self._is_active = is_active
        self.redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what scrolls: Qt gives hidden content another size and leaves its parts where they were."""
        for area in self.findChildren(QScrollArea):
            content = area.widget()
            layout = None if content is None else content.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)
