"""The best that the model can reach on the present samples, found in the background while it is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from engine.entropy import entropy_bound
from engine.optimum.best_mse import BestFound, best_found_mse
from engine.optimum.optimum import Optimum, find_optimum
from engine.running.jobs import JobResult, Jobs, ShouldStop
from engine.scaling import Standardizer
from engine.specs import ModelSpec, TrainingSpec
from engine.training_data import TrainingData

_CROSS_ENTROPY = "optimum"
_MSE = "best_mse"


class References(QObject):
    """Finds the exact optimum of cross-entropy and the best found MSE; a newer request replaces an older one.

    Attributes
    ----------
    optimum : Optimum or None
        Of the document's model.
    best_mse : BestFound or None
        None while it is not shown or not yet known.
    scaler : Standardizer or None
        Of the samples that the optimum was found on: its parameters are in this z-space.
    """

    changed = Signal()
    _found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.optimum: Optimum | None = None
        self._optima: dict[ModelSpec, Optimum] = {}
        self._bounds: dict[ModelSpec, float] = {}
        self.best_mse: BestFound | None = None
        self.scaler: Standardizer | None = None
        self._is_shown = False
        self._spec: TrainingSpec | None = None
        self._jobs = Jobs(self._found.emit)
        self._found.connect(self._collect, Qt.ConnectionType.QueuedConnection)

    @property
    def is_shown(self) -> bool:
        """Whether the references are wanted."""
        return self._is_shown

    def optimum_of(self, row: int) -> Optimum | None:
        """The optimum of the model in a row of the state, which another output layer may have than others."""
        spec = self._spec
        return None if spec is None or row >= len(spec.losses) else self._optima.get(spec.model_of(row))

    def bound_of(self, row: int) -> float | None:
        """The entropy of the targets of the model in a row: no model has a smaller cross-entropy."""
        spec = self._spec
        return None if spec is None or row >= len(spec.losses) else self._bounds.get(spec.model_of(row))

    def show(self, is_shown: bool) -> None:
        """Find and keep up the references, or forget them."""
        if is_shown == self._is_shown:
            return
        self._is_shown = is_shown
        if is_shown:
            self._submit()
        else:
            self._forget()

    def set_spec(self, spec: TrainingSpec | None) -> None:
        """Find them anew where samples, model or losses are others; None is no model at all."""
        old, self._spec = self._spec, spec
        if not self._is_shown:
            return
        if spec is None:
            self._forget()
        elif old is None or _question(old) != _question(spec):
            if old is None or (old.model, old.models) != (spec.model, spec.models):
                self._forget()
            self._submit()

    def close(self) -> None:
        """End the background thread."""
        self._jobs.close()

    def wait_until_idle(self) -> bool:
        """Block until the search has ended; its result arrives with the event loop."""
        return self._jobs.wait_until_idle()

    def _submit(self) -> None:
        if self._spec is None:
            return
        self._jobs.submit(_CROSS_ENTROPY, _find_optimum, self._spec)
        if "mse" in self._spec.losses:
            self._jobs.submit(_MSE, _find_best_mse, self._spec)
        else:
            self._jobs.cancel(_MSE)
            self.best_mse = None

    def _forget(self) -> None:
        self._jobs.cancel(_CROSS_ENTROPY)
        self._jobs.cancel(_MSE)
        self.optimum = self.best_mse = self.scaler = None
        self._optima, self._bounds = {}, {}
        self.changed.emit()

    def _collect(self) -> None:
        results = self._jobs.take()
        for result in results:
            self._keep(result)
        if results:
            self.changed.emit()

    def _keep(self, result: JobResult) -> None:
        if result.kind == _CROSS_ENTROPY:
            found = result.value if result.error is None else ({}, {}, None)
            self._optima, self._bounds, self.scaler = found
            self.optimum = None if self._spec is None else self._optima.get(self._spec.model)
        else:
            self.best_mse = result.value if result.error is None else None


def _question(spec: TrainingSpec) -> tuple[object, ...]:
    inputs = (spec.data_revision, spec.standardize, spec.bias, spec.label_smoothing)
    return (spec.model, spec.models, "mse" in spec.losses, spec.trains_on_label_sets, *inputs)


def _find_optimum(
    spec: TrainingSpec, should_stop: ShouldStop
) -> tuple[dict[ModelSpec, Optimum], dict[ModelSpec, float], Standardizer]:
    """The optimum of every model with the bound below it, and the scaler of the samples."""
    data = TrainingData.of(spec)
    models = dict.fromkeys((spec.model, *spec.models))
    optima = {model: find_optimum(model, data, should_stop) for model in models}
    return optima, {model: entropy_bound(model, data) for model in models}, data.scaler


def _find_best_mse(spec: TrainingSpec, should_stop: ShouldStop) -> BestFound:
    data = TrainingData.of(spec)
    return best_found_mse(spec.model, data, should_stop)
