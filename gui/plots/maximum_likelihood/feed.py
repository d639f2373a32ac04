"""Where the tab's numbers come from: worked out at once for few samples, in the background for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.samples import Samples
from engine.snapshots import Snapshot
from gui.background import Background
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.data import LabelView, label_view
from gui.plots.maximum_likelihood.parameter_data import ParameterView, Trouble, model_weight
from gui.plots.maximum_likelihood.regression_data import RegressionView, regression_view
from gui.plots.training_view import DataKeeper

_LABELS_LIMIT, _WEIGHT_LIMIT = 4_000, 200
"""With more samples than this the numbers come from the background."""


class Feed(QObject):
    """Answers come as signals, at once or later; of each kind one is worked on and the newest waits.

    A question is answered to its end: while training asks at every frame, answers go on coming.
    """

    labels_ready = Signal(object, object)
    """Snapshot and LabelView."""
    regression_ready = Signal(object, object)
    """Samples and RegressionView, or None where there is no sample."""
    weight_ready = Signal(int, object)
    """Index of the parameter, and its ParameterView or Trouble."""
    value_ready = Signal(object, float, object)
    """ParameterView, value, and the numbers there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._busy: dict[str, tuple[object, ...]] = {}
        self._waiting: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}

    def ask_labels(self, snapshot: Snapshot, row: int, choice: Choice, current_class: int) -> None:
        """How the model in `row` of the state sees the labelled samples."""
        if snapshot.spec.samples.moments[0] > _LABELS_LIMIT:
            keeper = self._background_keeper
            self._ask("labels", _labels, keeper, snapshot, row, choice, current_class)
        else:
            self.labels_ready.emit(snapshot, label_view(self._keeper, snapshot, row, choice, current_class))

    def ask_regression(self, samples: Samples) -> None:
        """The sums of the regression of weight on height."""
        if len(samples) > _LABELS_LIMIT:
            self._ask("regression", _regression, samples)
        else:
            self.regression_ready.emit(samples, regression_view(samples))

    def ask_weight(
        self, snapshot: Snapshot, row: int, index: int, before: tuple[float, float] | None
    ) -> None:
        """The likelihood along one of the model's parameters; `before` is the axis drawn last."""
        if snapshot.spec.samples.moments[0] > _WEIGHT_LIMIT:
            keeper = self._background_keeper
            self._ask("weight", _weight, keeper, snapshot, row, index, before)
        else:
            self.weight_ready.emit(index, model_weight(self._keeper, snapshot, row, index, before))

    def ask_value(self, view: ParameterView, value: float) -> None:
        """The numbers at one value of a parameter, of very many samples."""
        self._ask("value", _value, view, value)

    def forget(self) -> None:
        """Answer nothing that was asked, and give up the standardised samples."""
        for kind in self._busy:
            self._background.cancel(kind)
        self._busy.clear()
        self._waiting.clear()
        self._keeper, self._background_keeper = DataKeeper(), DataKeeper()

    def close(self) -> None:
        """End the background work."""
        self._waiting.clear()
        self._background.close()

    def wait_until_idle(self) -> bool:
        """Block until nothing is worked on; the answers come with the event loop."""
        return self._background.wait_until_idle()

    def _ask(self, kind: str, function: Callable[..., Any], *arguments: Any) -> None:  # noqa: ANN401 - passed on
        if self._busy.get(kind) == arguments:
            self._waiting.pop(kind, None)
        elif kind in self._busy:
            self._waiting[kind] = (function, arguments)
        else:
            self._busy[kind] = arguments
            self._background.run(kind, function, *arguments)

    def _on_finished(self, kind: str, result: object) -> None:
        self._busy.pop(kind, None)
        if kind in self._waiting:
            function, arguments = self._waiting.pop(kind)
            self._ask(kind, function, *arguments)
        if not isinstance(result, tuple):
            return
        signals = {
            "labels": self.labels_ready,
            "regression": self.regression_ready,
            "weight": self.weight_ready,
            "value": self.value_ready,
        }
        signals[kind].emit(*result)


def _labels(
    keeper: DataKeeper, snapshot: Snapshot, row: int, choice: Choice, current_class: int
) -> tuple[Snapshot, LabelView]:
    return snapshot, label_view(keeper, snapshot, row, choice, current_class)


def _regression(samples: Samples) -> tuple[Samples, RegressionView | None]:
    return samples, regression_view(samples)


def _weight(
    keeper: DataKeeper, snapshot: Snapshot, row: int, index: int, before: tuple[float, float] | None
) -> tuple[int, ParameterView | Trouble]:
    return index, model_weight(keeper, snapshot, row, index, before)


def _value(view: ParameterView, value: float) -> tuple[ParameterView, float, tuple[float, float, float]]:
    return view, value, view.at(value)
