"""Who works out the maps and the steps: the background, the newest question of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.normalizer_race import RaceLoss
from engine.specs import TrainingSpec
from engine.two_classes import TwoClassSteps, two_class_steps
from gui.background import Background
from gui.plots.output_race.work import PairMaps, PairQuestion, pair_maps
from gui.plots.training_view import DataKeeper
from gui.throttle import Throttle

INTERVAL_MS = 100
"""Work is begun this often at most, while training goes on or samples are dragged."""
STEPS = (0, 1, 2, 5, 10, 100, 1_000)
"""The steps that the table of two classes shows."""


class OutputRaceFeed(QObject):
    """A question that comes while another is worked out waits for its end, so that answers go on coming."""

    maps_ready = Signal(object)
    """PairMaps."""
    steps_ready = Signal(object)
    """TwoClassSteps."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._keeper = DataKeeper()
        self._waiting: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._is_busy = False
        self._pace = Throttle(self._start, INTERVAL_MS, self)

    def ask_maps(self, question: PairQuestion) -> None:
        """Have both models drawn over the canvas."""
        self._ask(pair_maps, self._keeper, question)

    def ask_steps(self, spec: TrainingSpec, loss: RaceLoss) -> None:
        """Have the first steps of softmax and of the logistic model taken."""
        self._ask(two_class_steps, spec, loss, STEPS)

    def stop(self) -> None:
        """Answer nothing that was asked before."""
        self._waiting = None
        if self._is_busy:
            self._is_busy = False
            self._background.cancel("work")

    def forget(self) -> None:
        """Give up the standardised samples."""
        self._keeper = DataKeeper()

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; answers arrive with the event loop."""
        return self._background.wait_until_idle()

    def close(self) -> None:
        """End the thread."""
        self._waiting = None
        self._background.close()

    def _ask(self, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - passed on
        self._waiting = (function, arguments)
        if not self._is_busy:
            self._pace.request()

    def _start(self) -> None:
        if self._waiting is not None and not self._is_busy:
            (function, arguments), self._waiting = self._waiting, None
            self._is_busy = True
            self._background.run("work", function, *arguments)

    def _on_finished(self, kind: str, value: object) -> None:
        del kind
        self._is_busy = False
        if isinstance(value, PairMaps):
            self.maps_ready.emit(value)
        elif isinstance(value, TwoClassSteps):
            self.steps_ready.emit(value)
        if self._waiting is not None:
            self._pace.request()
