"""The fan: the lines that the perceptron rule ends on from many starts, thin behind the models' own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from engine.decision_regions import clip_line, decision_line
from engine.optimum.newton import ShouldStop
from engine.perceptron import perceptron_fan
from engine.running.compiled import obstacle
from engine.specs import TrainingSpec
from engine.training_data import TrainingData
from gui.background import Background
from gui.canvas.context import CanvasContext
from gui.document import Change
from gui.throttle import Throttle

Floats = NDArray[np.float64]

N_STARTS = 30
MOST_EPOCHS, FEWEST_EPOCHS = 100, 5
_VISITS_A_START = 150_000
_INTERVAL_MS = 150
_LINE_PX = 1.0
_ALPHA = 0.6
_KIND = "fan"
_AT_ZERO = 0.5
"""p where z = 0."""


class FanLayer(QObject):
    """Finds the lines in the background while they are shown, anew when the samples change.

    Attributes
    ----------
    rows : ndarray of shape (N_STARTS, 3) or None
        Each line's z in cm and kg; None while there is nothing to show.
    """

    changed = Signal()

    def __init__(self, context: CanvasContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: Floats | None = None
        self._background = Background(self)
        self._background.arrived.connect(self._on_arrived)
        self._throttle = Throttle(self._ask, _INTERVAL_MS, self)
        context.interaction.fan_shown_changed.connect(self._on_shown)
        context.document.changed.connect(self._on_document_changed)

    def lines(self) -> list[QLineF]:
        """The lines in the present view, in pixels."""
        viewport = self._context.viewport
        found = []
        for row in () if self.rows is None else self.rows:
            line = decision_line(row, _AT_ZERO)
            if line is None:
                continue
            piece = clip_line(line, viewport.height_range_cm, viewport.weight_range_kg)
            if piece is not None:
                found.append(QLineF(viewport.point(*piece[0]), viewport.point(*piece[1])))
        return found

    def paint(self, painter: QPainter) -> None:
        """Draw the lines."""
        if self.rows is None:
            return
        theme = self._context.theme
        color = QColor(theme.text)
        color.setAlphaF(_ALPHA)
        painter.setPen(QPen(color, _LINE_PX * theme.scale))
        painter.drawLines(self.lines())

    def wait_until_idle(self) -> bool:
        """Block until nothing is searched; what was found arrives with the event loop."""
        return self._background.wait_until_idle()

    def close_jobs(self) -> None:
        """End the background thread for good."""
        self._background.close()

    def _on_shown(self, is_shown: bool) -> None:
        if is_shown:
            self._throttle.run_now()
        else:
            self._forget()

    def _on_document_changed(self, change: Change) -> None:
        is_other = change.samples or change.classes or change.replaced
        if self._context.interaction.fan_shown and (
            is_other or change.settings & {"standardize", "bias", "seed"}
        ):
            self._throttle.request()

    def _ask(self) -> None:
        state = self._context.state
        spec = state.training_spec() if len(state.classes) == 2 else None
        if not self._context.interaction.fan_shown or spec is None or obstacle(spec) is not None:
            self._forget()
        else:
            self._background.stream(_KIND, fan_rows, spec)

    def _forget(self) -> None:
        self._background.cancel(_KIND)
        self._show(None)

    def _on_arrived(self, kind: str, rows: Floats) -> None:
        del kind
        self._show(rows)

    def _show(self, rows: Floats | None) -> None:
        if rows is not None or self.rows is not None:
            self.rows = rows
            self.changed.emit()


def fan_rows(spec: TrainingSpec, should_stop: ShouldStop) -> Iterator[Floats]:
    """The fan of a spec's samples in cm and kg, shape (N_STARTS, 3); fewer epochs with very many samples."""
    data = TrainingData.of(spec)
    epochs = min(max(_VISITS_A_START // max(len(data), 1), FEWEST_EPOCHS), MOST_EPOCHS)
    rows = perceptron_fan(data, N_STARTS, spec.seed, epochs, should_stop=should_stop)
    if rows is not None:
        yield data.scaler.to_original_units(rows)
