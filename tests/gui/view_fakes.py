"""What the views of a run are tested with: a document, a run of known numbers, a controller that records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.errors import Message
from engine.models import layout_of
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import LossRecords, Mark, Snapshot
from gui.document import Document
from gui.frame import Frame

KEYS = {2: ("no_diet", "needs_diet"), 3: ("underweight", "normal", "overweight")}


def document_of(n_classes: int = 2, **settings: object) -> Document:
    """A document with ten samples of each class."""
    count = 10 * n_classes
    numbers = np.arange(count)
    samples = Samples.from_columns(160.0 + numbers % 13, 60.0 + numbers % 17, numbers % n_classes)
    keys = KEYS.get(n_classes, ("class",) * n_classes)
    classes = tuple(ClassInfo(i, keys[i], None, i, MARKERS[i]) for i in range(n_classes))
    model = "logistic" if n_classes == 2 else "softmax"
    return Document(DocumentState(samples, classes, Settings(**{"model": model, **settings})))


def snapshot_of(
    document: Document,
    step: int = 100,
    last_step: int | None = None,
    *,
    parameters: Sequence[Sequence[float]] | None = None,
    scaler: Standardizer | None = None,
    playing: bool = False,
    steps_per_second: float = 0.0,
    first_step: int = 0,
) -> Snapshot:
    """A snapshot of the document's own models; all weights 0 unless told."""
    spec = document.state.training_spec()
    models, count = len(spec.losses), layout_of(spec.model).parameter_count
    values = np.zeros((models, count)) if parameters is None else np.array(parameters, dtype=float)
    return Snapshot(
        run_id=1,
        data_revision=0,
        step=step,
        fork_step=0,
        last_step=step if last_step is None else last_step,
        epoch=float(step),
        spec=spec,
        scaler=scaler or Standardizer(165.0, 65.0, 8.0, 10.0),
        parameters=values,
        metrics=np.array([[0.236, 0.068, 0.16], [1.2, 0.4, 0.45]])[:models],
        playing=playing,
        steps_per_second=steps_per_second,
        first_step=first_step,
    )


def curve_of(last_step: int = 100, models: int = 2) -> LossCurve:
    """Model 0 falls from 80 % to 16 % wrong, its losses from 2 to 0.2; model 1 stays at 45 % and 0.5."""
    steps = np.arange(last_step + 1)
    share = steps / max(last_step, 1)
    falling = np.stack([2.0 * 0.1**share, 2.0 * 0.1**share, 0.8 - 0.64 * share], axis=1)
    flat = np.tile([0.5, 0.5, 0.45], (steps.size, 1))
    curve = LossCurve(models)
    curve.append(LossRecords(1, steps, np.stack([falling, flat], axis=1)[:, :models]))
    return curve


def frame_of(
    document: Document, curve: LossCurve | None = None, marks: Sequence[Mark] = (), **keys: object
) -> Frame:
    """A frame of `snapshot_of` the document, with a curve as long as its run."""
    snapshot = snapshot_of(document, **keys)  # type: ignore[arg-type]
    if curve is None:
        curve = curve_of(snapshot.last_step, len(snapshot.spec.losses))
    return Frame(snapshot, curve, True, marks)


def keep(qtbot: QtBot, view: QWidget, owner: object) -> None:
    """Have a view closed after the test, and `owner`, who refers to all that it needs, live until then.

    Otherwise Python's collector may take a view while Qt paints it: events go on after a test's last line.
    """

    def before_close(widget: QWidget, kept: object = (view, owner)) -> None:
        del widget, kept

    qtbot.addWidget(view, before_close_func=before_close)


class FakeSeparation(QObject):
    """Knows whether a line separates the samples once a test has said so."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind: str | None = None

    def tell(self, kind: str | None) -> None:
        """Say what is known."""
        self.kind = kind
        self.changed.emit()


class FakeController(QObject):
    """Has a controller's state and signals, and notes in `calls` what it is asked to do."""

    optimum_changed = Signal()
    speed_changed = Signal(object)
    playing_changed = Signal(bool)
    can_train_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []
        self.optimum: object = None
        self.best_mse: object = None
        self.entropy_bound: float | None = None
        self.is_optimum_shown = False
        self.separation = FakeSeparation()
        self.can_train: Message | None = None
        self.playing = False
        self.speed: float | None = 120.0

    def optimum_of(self, row: int) -> object:
        return self.optimum

    def entropy_bound_of(self, row: int) -> float | None:
        return self.entropy_bound

    def play(self) -> None:
        self.calls.append(("play",))
        self._set_playing(True)

    def pause(self) -> None:
        self.calls.append(("pause",))
        self._set_playing(False)

    def toggle(self) -> None:
        self.calls.append(("toggle",))
        self._set_playing(not self.playing)

    def step_forward(self) -> None:
        self.calls.append(("step_forward",))

    def step_back(self) -> None:
        self.calls.append(("step_back",))

    def seek(self, step: int) -> None:
        self.calls.append(("seek", step))

    def reset(self) -> None:
        self.calls.append(("reset",))

    def new_seed(self) -> None:
        self.calls.append(("new_seed",))

    def set_speed(self, speed: float | None) -> None:
        self.calls.append(("set_speed", speed))
        self.speed = speed
        self.speed_changed.emit(speed)

    def show_optimum(self, is_shown: bool) -> None:
        self.calls.append(("show_optimum", is_shown))
        self.is_optimum_shown = is_shown

    def forbid(self, reason: Message | None) -> None:
        """Say why training cannot go on, or None that it can."""
        self.can_train = reason
        self.can_train_changed.emit()

    def _set_playing(self, playing: bool) -> None:
        if playing != self.playing:
            self.playing = playing
            self.playing_changed.emit(playing)
