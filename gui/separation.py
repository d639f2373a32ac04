"""Whether a line separates the samples, decided in the background while the step model is trained."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.optimum.separability import Separation, separability_of
from engine.scaling import Standardizer
from engine.specs import TrainingSpec
from engine.training_data import TrainingData
from gui.background import Background

_KIND = "separation"


class SeparationWatch(QObject):
    """Keeps up `kind` with the samples; None while it is not known or another model is trained.

    While a newer answer is worked out the last one stays.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind: Separation | None = None
        self._question: tuple[object, ...] | None = None
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)

    def set_spec(self, spec: TrainingSpec | None) -> None:
        """Decide it for a spec of the step model; forget it for every other."""
        if spec is None or spec.model.kind != "step":
            self._question = None
            self._background.cancel(_KIND)
            self._show(None)
            return
        question = (spec.data_revision, spec.standardize, spec.bias)
        if question != self._question:
            self._question = question
            self._background.run(_KIND, separation_of, spec)

    def wait_until_idle(self) -> bool:
        """Block until it is decided; the answer arrives with the event loop."""
        return self._background.wait_until_idle()

    def close(self) -> None:
        """End the background thread."""
        self._background.close()

    def _on_finished(self, kind: str, value: Separation | None) -> None:
        del kind
        if self._question is not None:
            self._show(value)

    def _show(self, kind: Separation | None) -> None:
        if kind != self.kind:
            self.kind = kind
            self.changed.emit()


def separation_of(spec: TrainingSpec) -> Separation | None:
    """Decide the kind of separation of a spec's samples; None without any.

    Without a bias only lines through the point count that the model's inputs call (0, 0).
    """
    data = TrainingData.of(spec, Standardizer.identity() if spec.bias else None)
    if not len(data):
        return None
    return separability_of(
        data.design[0], data.design[1], data.class_index, spec.model.n_classes, bias=spec.bias
    ).kind
