"""What instruments on output layers share: the place pointed at, and the logits there or a person's own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from engine.snapshots import Snapshot
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.log_odds.pointed import Place, Pointed, pointed_at
from gui.plots.output_layer.logit_choice import Answers, LogitChoice
from gui.plots.output_layer.work import logits_at
from gui.plots.surface.content import ShownSamples
from gui.throttle import TEXT_INTERVAL_MS, Throttle

Floats = NDArray[np.float64]


class LogitTab(LabTab):
    """An instrument that shows logits: every model's at the place pointed at, until the person moves one.

    A subclass overrides `_show_answers` and `_show_texts`, and calls `follow` when its views are built.
    """

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._choice = LogitChoice()
        self._gesture: object = None
        self._logits: list[Floats] = [np.zeros(len(context.document.state.classes))]
        self._place: Place | None = None
        self._pointed = Pointed(0.0, 0.0)
        self._shown = ShownSamples()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)

    @property
    def choice(self) -> LogitChoice:
        """What the person has done to the logits."""
        return self._choice

    @property
    def answers(self) -> Answers:
        """What each output layer makes of the logits that are shown."""
        return Answers.of(self._choice.logits(self._live), self._choice.compared(self._live))

    def set_choice(self, choice: LogitChoice) -> None:
        """Show other logits."""
        self._choice = choice
        self._show_answers()
        self._texts.request()

    def follow(self) -> None:
        """Draw anew whatever the person points at, selects or hovers."""
        interaction = self.context.interaction
        for changed in (
            interaction.hovered_id_changed,
            interaction.pointer_changed,
            interaction.selected_ids_changed,
            interaction.selected_model_changed,
        ):
            changed.connect(self.redraw)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    @property
    def _here(self) -> Place:
        return self._pointed.height_cm, self._pointed.weight_kg

    @property
    def _live(self) -> Floats:
        """The selected model's logits at the place pointed at."""
        return self._logits[min(self.context.interaction.selected_model, len(self._logits) - 1)]

    def _row(self, snapshot: Snapshot) -> int:
        return min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)

    def _show_answers(self) -> None:
        """Show what the output layers make of the logits."""
        raise NotImplementedError

    def _show_texts(self) -> None:
        """Show what changes too often to be read at every frame."""
        raise NotImplementedError

    def _take_place(self, snapshot: Snapshot) -> None:
        """Find the place pointed at, and every model's logits there."""
        samples = self.context.document.state.samples
        heights, weights = self._shown.ranges(samples)
        middle = (sum(heights) / 2, sum(weights) / 2)
        self._pointed = pointed_at(samples, self.context.interaction, self._place, middle)
        height, weight = (np.array([value]) for value in self._here)
        with np.errstate(invalid="ignore"):  # the model that is not shown may have run to infinity
            self._logits = [
                logits_at(snapshot, row, height, weight)[:, 0] for row in range(len(snapshot.parameters))
            ]

    def _place_text(self) -> str:
        height, weight = (fixed_text(value, 1) for value in self._here)
        return translate("OutputLayer", "At {height} cm, {weight} kg:", height=height, weight=weight)

    def _on_logit(self, index: int, value: float, gesture: object) -> None:
        goes_on = gesture is not None and gesture is self._gesture
        self._gesture = gesture
        self.set_choice(self._choice.moved(self._live, index, value, goes_on=goes_on))

    def _on_pointed(self, place: Place | None) -> None:
        self._place = place
        self.redraw()
