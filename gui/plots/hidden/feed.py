"""The hidden-layer instrument's background work: slices and measuring, each on a thread of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.background import Background
from gui.plots.hidden.work import (
    MeasureAnswer,
    MeasureQuestion,
    SliceAnswer,
    SliceQuestion,
    measure_layers,
    slice_levels,
)
from gui.plots.start_map.progress import ProgressTeller

_SLICE, _MEASURE = "slice", "measure"


class HiddenFeed(QObject):
    """Of slices the newest is answered; one that has given no level yet may do so before the next begins.

    Otherwise training, which asks again and again, would never show anything.
    """

    sliced = Signal(object)
    measured = Signal(object)
    progressed = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slices, self._measures = Background(self), Background(self)
        self._teller = ProgressTeller(self)
        self._teller.told.connect(self.progressed)
        self._slicing: SliceQuestion | None = None
        self._waiting: SliceQuestion | None = None
        self._measuring: MeasureQuestion | None = None
        self._slices.arrived.connect(self._on_slice)
        self._slices.finished.connect(self._on_slices_end)
        self._measures.arrived.connect(self._on_measured)
        self._measures.finished.connect(self._on_measures_end)

    @property
    def measuring(self) -> MeasureQuestion | None:
        """What is being measured."""
        return self._measuring

    def ask_slice(self, question: SliceQuestion) -> None:
        """Compute a slice in place of any older one."""
        if self._slicing is None:
            self._start(question)
        else:
            self._waiting = question

    def stop_slices(self) -> None:
        """Compute no slice any more."""
        self._slicing = self._waiting = None
        self._slices.cancel(_SLICE)

    def ask_measure(self, question: MeasureQuestion) -> None:
        """Measure in place of anything older."""
        self._measuring = question
        self._measures.stream(_MEASURE, measure_layers, question, self._teller.begin())

    def stop_measure(self) -> None:
        """Measure nothing any more; what was measured stays."""
        self._measuring = None
        self._teller.forget()
        self._measures.cancel(_MEASURE)

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; answers arrive with the event loop."""
        return self._slices.wait_until_idle() and self._measures.wait_until_idle()

    def close(self) -> None:
        """End both threads."""
        self._slicing = self._waiting = self._measuring = None
        self._teller.forget()
        self._slices.close()
        self._measures.close()

    def _start(self, question: SliceQuestion) -> None:
        self._slicing, self._waiting = question, None
        self._slices.stream(_SLICE, slice_levels, question)

    def _on_slice(self, kind: str, answer: SliceAnswer) -> None:
        del kind
        self.sliced.emit(answer)
        self._slicing = None  # from its first level on a newer question may take its place
        if self._waiting is not None:
            self._start(self._waiting)

    def _on_slices_end(self, kind: str, value: object) -> None:
        del kind, value
        self._slicing = None
        if self._waiting is not None:
            self._start(self._waiting)

    def _on_measured(self, kind: str, answer: MeasureAnswer) -> None:
        del kind
        self.measured.emit(answer)

    def _on_measures_end(self, kind: str, value: object) -> None:
        del kind, value
        self._measuring = None
        self._teller.forget()
        self.ended.emit()
