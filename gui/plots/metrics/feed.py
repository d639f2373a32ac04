"""Who works the metrics out: the window's thread for few samples, else the background, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.background import Background
from gui.plots.metrics.work import Answer, PartKeeper, Question, count_of, evaluate
from gui.throttle import Throttle

MOST_AT_ONCE, MOST_AT_ONCE_HIDDEN = 4000, 1000
"""Samples up to which an answer takes about a millisecond, also with hidden layers."""
BACKGROUND_INTERVAL_MS = 250
"""The background begins an answer this often at most, so that training keeps the processor."""
_KIND = "metrics"


class MetricsFeed(QObject):
    """Answers the newest question.

    A question that comes while another is being worked out waits for its end: otherwise a run of many
    samples, with a new question in every frame, would never get an answer.
    """

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._keeper, self._background_keeper = PartKeeper(), PartKeeper()
        self._waiting: Question | None = None
        self._is_busy = False
        self._pace = Throttle(self._start, BACKGROUND_INTERVAL_MS, self)

    def ask(self, question: Question) -> None:
        """Have a question answered, at once if that is quick."""
        spec = question.snapshot.spec
        most = MOST_AT_ONCE_HIDDEN if spec.model.hidden else MOST_AT_ONCE
        if count_of(spec.samples, question.part) <= most:
            self.stop()
            self.answered.emit(evaluate(self._keeper, question))
            return
        self._waiting = question
        if not self._is_busy:
            self._pace.request()

    def stop(self) -> None:
        """Answer nothing that was asked before."""
        self._waiting = None
        if self._is_busy:
            self._is_busy = False
            self._background.cancel(_KIND)

    def forget(self) -> None:
        """Answer nothing that was asked, and give up the standardised samples."""
        self.stop()
        self._keeper, self._background_keeper = PartKeeper(), PartKeeper()

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; the answer arrives with the event loop."""
        return self._background.wait_until_idle()

    def close(self) -> None:
        """End the thread."""
        self._waiting = None
        self._background.close()

    def _start(self) -> None:
        if self._waiting is not None and not self._is_busy:
            question, self._waiting = self._waiting, None
            self._is_busy = True
            self._background.run(_KIND, evaluate, self._background_keeper, question)

    def _on_finished(self, kind: str, answer: object) -> None:
        del kind
        self._is_busy = False
        if isinstance(answer, Answer):
            self.answered.emit(answer)
        if self._waiting is not None:
            self._pace.request()
