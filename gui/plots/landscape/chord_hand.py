"""The hand that makes a chord: a first point, a second one, either of them dragged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

Point = tuple[float, float]


class ChordHand(QObject):
    """Keeps the ends a and b; a press near an end takes it, one elsewhere sets the next or begins anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends: list[Point] = []
        self._held: int | None = None

    @property
    def ends(self) -> list[Point]:
        """None, a, or a and b."""
        return list(self._ends)

    def press(self, point: Point, is_near: Callable[[Point], bool]) -> None:
        """Put the hand down at a point; `is_near` says which ends are within its reach."""
        near = [number for number, end in enumerate(self._ends) if is_near(end)]
        if near:
            self._held = near[-1]
            return
        if len(self._ends) == 1:
            self._ends.append(point)
        else:
            self._ends = [point]
        self._held = len(self._ends) - 1
        self.changed.emit()

    def drag(self, point: Point) -> None:
        """Move the end that is held; from a first point on a drag makes the second."""
        if self._held is None:
            return
        if len(self._ends) == 1:
            self._ends.append(point)
            self._held = 1
        else:
            self._ends[self._held] = point
        self.changed.emit()

    def clear(self) -> None:
        """Forget the chord."""
        self._held = None
        if self._ends:
            self._ends = []
            self.changed.emit()
