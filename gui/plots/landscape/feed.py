"""Keeps a landscape's background work in order: what was asked last is answered, and nothing starves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from engine.scaling import Standardizer
from engine.specs import TrainingSpec
from gui.background import Background
from gui.plots.landscape import work as work
from gui.plots.landscape.work import Answer, Cut, Floats, Ground, Point, Question

_LANDSCAPE, _VALUES, _CHORD, _VALLEY, _DESCENT, _REPLAY = (
    "landscape", "values", "chord", "valley", "descent", "replay",
)  # fmt: skip


class LandscapeFeed(QObject):
    """Two background threads: one for landscapes, one for the quick answers that need not wait for them.

    A landscape that has not given its first level yet is let finish it before a newer one begins: otherwise
    a drag, which asks at every move, would never show anything.
    """

    landscape = Signal(object)
    values = Signal(object)
    chords = Signal(object)
    valley = Signal(object)
    descents = Signal(object)
    replayed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slow = Background(self)
        self._quick = Background(self)
        self._waiting: Question | None = None
        self._running: Question | None = None
        self._slow.arrived.connect(self._on_level)
        self._slow.finished.connect(self._on_finished)
        self._quick.finished.connect(self._on_quick)

    @property
    def is_busy(self) -> bool:
        """Whether a landscape has not given its first level yet."""
        return self._running is not None

    def ask_landscape(self, question: Question) -> None:
        """Compute a landscape in place of any older one."""
        if self._running is None:
            self._start(question)
        else:
            self._waiting = question

    def ask_values(
        self, ground: Ground, cut: Cut, points: Sequence[Point | None], *, with_all_weights: bool
    ) -> None:
        """Compute losses and curvatures at points, one a loss; see `work.values_at`."""
        function = partial(work.values_at, with_all_weights=with_all_weights)
        self._quick.run(_VALUES, _tagged, function, (ground, cut, tuple(points)))

    def ask_chords(self, ground: Ground, cut: Cut, a: Point, b: Point) -> None:
        """Compare the losses with their chord from a to b."""
        self._quick.run(_CHORD, work.chords, ground, cut, a, b)

    def ask_valley(self, ground: Ground) -> None:
        """Find where the cross-entropy is smallest."""
        self._quick.run(_VALLEY, _tagged, work.find_valley, (ground,))

    def ask_descents(self, ground: Ground, cut: Cut, start: Floats, rate: float, steps: int) -> None:
        """Descend on an example."""
        self._quick.run(_DESCENT, work.descents, ground, cut, start, rate, steps)

    def ask_replay(
        self, run_id: int, spec: TrainingSpec, scaler: Standardizer, start: Floats, steps: int
    ) -> None:
        """Repeat the beginning of a run."""
        self._quick.run(_REPLAY, _replayed, run_id, spec, scaler, start, steps)

    def forget_landscape(self) -> None:
        """Nothing of what was asked before is wanted any more."""
        self._slow.cancel(_LANDSCAPE)
        self._waiting = self._running = None

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; results arrive with the event loop."""
        return self._slow.wait_until_idle() and self._quick.wait_until_idle()

    def close(self) -> None:
        """End both threads."""
        self._waiting = self._running = None
        self._slow.close()
        self._quick.close()

    def _start(self, question: Question) -> None:
        self._running, self._waiting = question, None
        self._slow.stream(_LANDSCAPE, work.answer_levels, question)

    def _on_level(self, kind: str, answer: Answer) -> None:
        del kind
        self._running = None
        self.landscape.emit(answer)
        if self._waiting is not None:
            self._start(self._waiting)

    def _on_finished(self, kind: str, value: object) -> None:
        del kind, value
        self._running = None
        if self._waiting is not None:
            self._start(self._waiting)

    def _on_quick(self, kind: str, value: object) -> None:
        signals = {
            _VALUES: self.values, _CHORD: self.chords, _VALLEY: self.valley, _DESCENT: self.descents,
            _REPLAY: self.replayed,
        }  # fmt: skip
        signals[kind].emit(value)


def _tagged(function: object, arguments: tuple[object, ...]) -> tuple[object, ...]:
    """What was asked, and the answer: the two may be needed together."""
    return (*arguments, function(*arguments))  # type: ignore[operator]


def _replayed(
    run_id: int, spec: TrainingSpec, scaler: Standardizer, start: Floats, steps: int
) -> tuple[int, Standardizer, object]:
    return run_id, scaler, work.replay(spec, scaler, start, steps)
