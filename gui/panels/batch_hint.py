"""A line below the batch size where steps on all samples are slow: mini-batches, and a button for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.snapshots import Snapshot
from gui.document import Change, Document
from gui.i18n import translate
from gui.model_choice import optimizers_of
from gui.widgets.controls import PanelButton, is_language_change

MANY_SAMPLES = 50_000
SLOW_STEPS_PER_SECOND = 60.0
"""A slower run does not make a step for every frame that the screen shows."""
OFFERED_BATCH = 256
_LIMITED_SHARE = 0.7
"""Slower than this share of the speed that was chosen, it is not the choice that makes it slow."""
_NEWS_FACTOR = 1.5
"""The number is written anew when the speed is by so much another."""


class BatchHint(QWidget):
    """Says how slow full-batch steps are and offers mini-batches; hidden unless that is of use."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._steps_per_second: float | None = None
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setProperty("quiet", True)
        self.button = PanelButton(self)
        self.button.setObjectName("use_batches")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(self.button)
        self.button.clicked.connect(self._on_button)
        document.changed.connect(self._on_document_changed)
        self.refresh()

    @property
    def steps_per_second(self) -> float | None:
        """The measured speed that is told of; None while there is no reason for a hint."""
        return self._steps_per_second

    def show_pace(self, snapshot: Snapshot, limit: float | None) -> None:
        """Learn how fast steps are made, `limit` being the speed that was chosen (None: no limit)."""
        measured = snapshot.steps_per_second
        if not snapshot.playing or measured <= 0.0 or not self._is_full_batch():
            return
        is_held = limit is not None and measured > _LIMITED_SHARE * limit
        if measured >= SLOW_STEPS_PER_SECOND or is_held:
            return
        known = self._steps_per_second
        if known is None or not known / _NEWS_FACTOR < measured < known * _NEWS_FACTOR:
            self._steps_per_second = measured
            self.refresh()

    def refresh(self) -> None:
        """Show the hint in the language in use, or hide it."""
        speed = self._steps_per_second
        self.setVisible(speed is not None)
        if speed is None:
            return
        self.label.setText(
            translate(
                "BatchHint",
                "One step uses {count} samples: {speed} steps a second. Batches of {batch} make many more, "
                "each less exact.",
                count=f"{self._document.state.samples.moments[0]:,}",
                speed=f"{float(f'{speed:.2g}'):,g}",
                batch=OFFERED_BATCH,
            )
        )
        self.button.setText(translate("BatchHint", "Use batches of {batch}", batch=OFFERED_BATCH))
        self.button.setToolTip(
            translate(
                "BatchHint",
                "Mini-batches: each step looks at {batch} samples, drawn anew in every epoch",
                batch=OFFERED_BATCH,
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.refresh()
        super().changeEvent(event)

    def _is_full_batch(self) -> bool:
        """Whether every step uses all of very many samples."""
        state = self._document.state
        count, batch_size = state.samples.moments[0], state.settings.batch_size
        kind = state.settings.optimizer.kind
        if kind == "perceptron" and kind in optimizers_of(state.model.kind):
            return False
        return count >= MANY_SAMPLES and (batch_size is None or batch_size >= count)

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced or not self._is_full_batch() or change.settings & {"model", "hidden"}:
            self._steps_per_second = None
        if change.samples or self._steps_per_second is None:
            self.refresh()

    def _on_button(self) -> None:
        self._document.change_settings(batch_size=OFFERED_BATCH)
