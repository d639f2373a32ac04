"""The samples that a snapshot's models were trained on, standardised once for each edit."""

from __future__ import annotations

from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.training_data import TrainingData


class DataKeeper:
    """Keeps the training data of the newest snapshot until samples, scaler or model change."""

    def __init__(self) -> None:
        self._key: tuple[Samples, Standardizer, int, bool] | None = None
        self._data: TrainingData | None = None

    def data(self, snapshot: Snapshot) -> TrainingData:
        """The labelled training samples of a snapshot, in z-scores of its own scaler."""
        spec, scaler, known = snapshot.spec, snapshot.scaler, self._key
        rest = (scaler, spec.model.n_classes, spec.bias)
        if self._data is None or known is None or known[0] is not spec.samples or known[1:] != rest:
            self._key = (spec.samples, *rest)
            self._data = TrainingData.of(spec, scaler)
        return self._data
