"""How good the person's own line is: worked out at once for a class, in the background for a crowd."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.document.state import GuessLine
from engine.metrics import model_metrics
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from gui.background import Background
from gui.canvas.markers import DOTS_ABOVE

_BINARY = ModelSpec("logistic", 2)
_KIND = "score"


@dataclass(frozen=True, slots=True)
class GuessScore:
    """How good the line is over the labelled samples: share right, BCE in nats, MSE; NaN without any."""

    accuracy: float
    cross_entropy: float
    squared_error: float


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """A score, what it is of, and the samples as training sees them, for the next one."""

    guess: GuessLine
    samples: Samples
    data: TrainingData
    score: GuessScore

    def is_of(self, guess: GuessLine, samples: Samples) -> bool:
        return self.samples is samples and self.guess == guess


class GuessScorer(QObject):
    """Scores a line, each once. Of more than `DOTS_ABOVE` samples the newest known score stands in.

    Signals
    -------
    changed()
        A score arrived from the background.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: _Scored | None = None
        self._is_busy = False
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)

    def score(self, guess: GuessLine, samples: Samples) -> GuessScore | None:
        """How good a line is; None while nothing is known yet."""
        if self._known is None or not self._known.is_of(guess, samples):
            data = self._known.data if self._known is not None and self._known.samples is samples else None
            if len(samples) <= DOTS_ABOVE:
                self._known = _scored(guess, samples, data)
            elif not self._is_busy:  # one at a time: each is of the line as it then is
                self._is_busy = True
                self._background.run(_KIND, _scored, guess, samples, data)
        return None if self._known is None else self._known.score

    def forget(self) -> None:
        """There is no line any more, or other people are there."""
        if self._is_busy:
            self._background.cancel(_KIND)
        self._known, self._is_busy = None, False

    def wait_until_idle(self) -> bool:
        """Block until nothing is worked out; the score arrives with the event loop."""
        return self._background.wait_until_idle()

    def close_jobs(self) -> None:
        """End the background thread for good."""
        self._background.close()

    def _on_finished(self, kind: str, scored: _Scored) -> None:
        del kind
        self._known, self._is_busy = scored, False
        self.changed.emit()


def _scored(guess: GuessLine, samples: Samples, data: TrainingData | None) -> _Scored:
    if data is None:
        data = TrainingData.from_samples(samples, 2, Standardizer.identity())
    row = np.array([guess.per_cm, guess.per_kg, guess.bias])
    cross_entropy, squared_error, error_rate = model_metrics(_BINARY, row, data).tolist()
    return _Scored(guess, samples, data, GuessScore(1.0 - error_rate, cross_entropy, squared_error))
