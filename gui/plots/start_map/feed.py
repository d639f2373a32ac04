"""Keeps a start map's background work in order: the newest question is answered, coarse first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.background import Background
from gui.plots.start_map.box import Point
from gui.plots.start_map.progress import ProgressTeller
from gui.plots.start_map.work import Goal, MapQuestion, map_levels, runs_from

_MAPS, _RUNS = "maps", "runs"


class StartMapFeed(QObject):
    """Two background threads: one for maps, one for single runs, which need not wait for them."""

    answered = Signal(object)
    ran = Signal(object)
    progressed = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slow, self._quick = Background(self), Background(self)
        self._teller = ProgressTeller(self)
        self._teller.told.connect(self.progressed)
        self._is_running = False
        self._slow.arrived.connect(lambda kind, answer: self.answered.emit(answer))
        self._slow.finished.connect(self._on_finished)
        self._quick.arrived.connect(lambda kind, answer: self.ran.emit(answer))

    @property
    def is_running(self) -> bool:
        """Whether maps are being made."""
        return self._is_running

    def ask_maps(self, question: MapQuestion) -> None:
        """Make maps in place of any older ones."""
        self._is_running = True
        self._slow.stream(_MAPS, map_levels, question, self._teller.begin())

    def ask_runs(self, question: MapQuestion, goals: tuple[Goal, ...], point: Point) -> None:
        """Follow the runs from one start."""
        self._quick.stream(_RUNS, runs_from, question, goals, point)

    def stop(self) -> None:
        """Make no further maps and runs; nothing that is on its way arrives any more."""
        self._is_running = False
        self._teller.forget()
        self._slow.cancel(_MAPS)
        self._quick.cancel(_RUNS)

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; results arrive with the event loop."""
        return self._slow.wait_until_idle() and self._quick.wait_until_idle()

    def close(self) -> None:
        """End both threads."""
        self._is_running = False
        self._teller.forget()
        self._slow.close()
        self._quick.close()

    def _on_finished(self, kind: str, value: object) -> None:
        del kind, value
        self._is_running = False
        self._teller.forget()
        self.ended.emit()
