"""Whether the run in the window stands elsewhere than the one that a file holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.layout import Floats
from engine.snapshots import Snapshot
from gui.frame import Frame
from gui.training_controller import TrainingController


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a run stands: of a snapshot no more than tells it from others, as that keeps its samples."""

    run_id: int
    step: int
    last_step: int
    parameters: Floats

    @classmethod
    def of(cls, snapshot: Snapshot) -> _Place:
        return cls(snapshot.run_id, snapshot.step, snapshot.last_step, snapshot.parameters)

    def is_left(self, now: Snapshot) -> bool:
        """Whether a snapshot shows another place; a reset to the very same start shows this one."""
        if now.run_id == self.run_id or now.step != self.step:
            return now.step != self.step
        return not np.array_equal(now.parameters, self.parameters)


class RunWatch(QObject):
    """Tells once, with the first frame that shows it, that there are trained weights which no file holds.

    Attributes
    ----------
    has_moved : bool
        It stays so until another run is kept or begins.
    """

    moved = Signal()

    def __init__(self, controller: TrainingController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._kept: _Place | None = None
        self._before: _Place | None = None
        self._goes_on = False
        self._first_step = 0
        self.has_moved = False
        controller.frame.connect(self._on_frame)

    def keep(self, snapshot: Snapshot | None) -> None:
        """The file holds the run as this snapshot shows it, whatever became of it since."""
        self.begin(None)
        self._kept = None if snapshot is None else _Place.of(snapshot)
        now = self._controller.snapshot
        if now is not None:
            self._see(now)

    def begin(self, before: Snapshot | None, *, goes_on: bool = False, step: int = 0) -> None:
        """Other samples have come, or another document, whose run begins at `step`.

        Its frames come later: those of the run `before` count no more or, where it `goes_on` on the new
        samples, beyond where it stood.
        """
        self._kept, self._before, self._goes_on = None, None if before is None else _Place.of(before), goes_on
        self._first_step = step
        self.has_moved = False

    def _on_frame(self, frame: Frame) -> None:
        if not self.has_moved:
            self._see(frame.snapshot)

    def _see(self, now: Snapshot) -> None:
        self.has_moved = self._kept.is_left(now) if self._kept is not None else self._has_gone_on(now)
        if self.has_moved:
            self.moved.emit()

    def _has_gone_on(self, now: Snapshot) -> bool:
        """Whether the run that began has made a step."""
        before = self._before
        if before is not None and now.run_id == before.run_id:
            return self._goes_on and now.last_step > before.last_step
        if now.step == self._first_step == now.last_step > 0:
            self._kept = _Place.of(now)  # from here on its start is another place, too
        return now.last_step > now.first_step
