"""The samples that a snapshot's models were trained on, standardised once for each edit."""

from __future__ import annotations

from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.training_data import TrainingData


class DataKeeper:
    """Keeps the training data of the newest snapshot until samples, scaler or classes change."""

    def __init__(self) -> None:
        self._key: tuple[Samples, Standardizer, int] | None = None
        self._data: TrainingData | None = None

    def data(self, snapshot: Snapshot) -> TrainingData:
        """The labelled training samples of a snapshot, in z-scores of its own scaler."""
        samples, n_classes = snapshot.spec.samples, snapshot.spec.model.n_classes
        key = (samples, snapshot.scaler, n_classes)
        is_known = (
            self._key is not None
            and self._key[0] is samples
            and self._key[1:] == (snapshot.scaler, n_classes)
        )
        if self._data is None or not is_known:
            self._key = key
            self._data = TrainingData.from_samples(samples, n_classes, snapshot.scaler)
        return self._data
