"""The run of a session, taken again from its start: its curves, and the frames of a film."""

from __future__ import annotations

import math
import time

import numpy as np

from engine.document.state import DocumentState
from engine.errors import FallLineError, Message
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from engine.snapshots import RegionRequest, Stop
from gui.curve_book import CurveBook
from gui.frame import Frame

RECORDS = 1_000
"""About how many points a curve has, at even steps (`Run` records as often as time allows besides)."""


class Replay:
    """Takes the steps of a document's run, bit for bit as the window took them, without a thread.

    Raises
    ------
    FallLineError
        If the document has fewer than two classes, or nothing that can be trained.
    """

    def __init__(self, state: DocumentState, few_classes: Message) -> None:
        if len(state.classes) < 2:
            raise FallLineError(few_classes.template, **few_classes.values)
        self._run = Run(state.training_spec())
        self._book = CurveBook()

    @property
    def step(self) -> int:
        """Where the run stands."""
        return self._run.state.step

    @property
    def obstacle(self) -> Message | None:
        """Why not a step can be taken; None if it can."""
        return self._run.obstacle

    @property
    def stop(self) -> Stop | None:
        """Why the run ended by itself, if it did."""
        return self._run.stop

    @property
    def has_stopped(self) -> bool:
        """Whether the run has ended by itself, or cannot go on."""
        return self._run.stop is not None or self._run.obstacle is not None

    def advance_to(self, step: int, seconds: float = math.inf) -> None:
        """Train to `step`, or until the run ends by itself, or for so many seconds; the curves are even."""
        end = time.perf_counter() + seconds
        piece = max(1, (step - self.step) // RECORDS)
        while self.step < step and not self.has_stopped and time.perf_counter() < end:
            self._run.advance(min(step - self.step, piece), lambda: time.perf_counter() < end)
            self._run.observe()

    def is_at(self, saved: SavedRun) -> bool:
        """Whether the run stands just where a saved one does, bit for bit."""
        parameters = self._run.state.parameters
        return self.step == saved.step and np.array_equal(parameters, saved.parameters)

    def resume(self, saved: SavedRun) -> None:
        """Stand where a saved run does, with what it recorded on its way where the file has that."""
        self._run.resume(saved)
        self._book = CurveBook()

    def frame(self, request: RegionRequest | None = None) -> Frame:
        """What the views draw here, with the map of probabilities where one is asked for."""
        self._run.observe()
        records, marks = self._run.take_records()
        snapshot = self._run.snapshot(request=request)
        self._book.take(snapshot, records, marks)
        return Frame(snapshot, self._book.curve, True, self._book.curve.marks)
