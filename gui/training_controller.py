"""Between the training thread and the views: one frame at a time, time for steps in between. No widgets."""

from __future__ import annotations

import random
import sys

from PySide6.QtCore import QObject, Qt, Signal

from engine.errors import Message
from engine.layout import Floats
from engine.optimum.best_mse import BestFound
from engine.optimum.optimum import Optimum
from engine.running.compiled import obstacle
from engine.running.history import LossCurve
from engine.running.runner import Runner
from engine.running.saved_run import SavedRun
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest, Snapshot, Stop
from engine.specs import OptimizerSpec, TrainingSpec
from gui.curve_book import CurveBook
from gui.document import Change, Document
from gui.frame import Frame
from gui.frame_clock import FrameClock
from gui.references import References
from gui.run_words import (
    FEW_CLASSES,
    FLAT_GRADIENT,
    NO_LINE,
    UNDEFINED,
    guess_parameters,
    is_flat,
    is_undefined,
    line_obstacle,
    new_run_message,
)
from gui.separation import SeparationWatch

SWITCH_SECONDS = 0.001
"""How long training may keep the interpreter when the window asks for it (Python's own: 5 ms)."""
SHOW_NOW_SECONDS = 0.25
"""A window is rather shown without its numbers than later than this."""
_MAX_SEED = 999_999

_NOT_TRAINING = frozenset({"threshold", "held_out_share", "split_seed"})
"""Fields of `Settings` that no step depends on (which samples are held out is theirs to know)."""


class TrainingController(QObject):
    """Sends the person's intents and the document's changes to the runner, and frames to the views.

    Nothing ticks while nothing happens: a snapshot that arrives wakes the event loop by a queued signal.
    While training plays, a frame is drawn about 60 times a second, and in what is left of it after painting
    the runner gets its slice of time.
    """

    frame = Signal(Frame)
    notice = Signal(Message)
    optimum_changed = Signal()
    speed_changed = Signal(object)
    playing_changed = Signal(bool)
    can_train_changed = Signal()
    _posted = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._spec: TrainingSpec | None = None
        self._runner: Runner | None = None
        self._speed: float | None = None
        self._request: RegionRequest | None = None
        self._snapshot: Snapshot | None = None
        self._stop: Stop | None = None
        self._warned: tuple[int, OptimizerSpec] | None = None
        self._wanted_playing: bool | None = None
        self._was_playing = False
        self._is_hidden = False
        self._book = CurveBook()
        self._references = References(self)
        self._references.changed.connect(self.optimum_changed)
        self.separation = SeparationWatch(self)
        self._clock = FrameClock(self._show_news, lambda: self.playing, self)
        self._posted.connect(self._clock.wake, Qt.ConnectionType.QueuedConnection)
        self._can_train: Message | None = FEW_CLASSES
        self._take_spec()
        document.changed.connect(self._on_document_changed)

    @property
    def can_train(self) -> Message | None:
        """None if training can go on; else why not."""
        return self._can_train

    @property
    def playing(self) -> bool:
        """Whether training goes on, or was just told to."""
        if self._wanted_playing is not None:
            return self._wanted_playing
        return self._snapshot is not None and self._snapshot.playing

    @property
    def speed(self) -> float | None:
        """Steps a second at most; None is as fast as it goes."""
        return self._speed

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest one that was shown."""
        return self._snapshot

    @property
    def curve(self) -> LossCurve:
        """What was recorded of the run that is shown; it goes on changing."""
        return self._book.curve

    @property
    def optimum(self) -> Optimum | None:
        """The exact optimum of cross-entropy of the document's model while it is shown and known."""
        return self._references.optimum

    def optimum_of(self, row: int) -> Optimum | None:
        """The same for the model in a row of the state: output layers that are compared have one each."""
        return self._references.optimum_of(row)

    def entropy_bound_of(self, row: int) -> float | None:
        """What no cross-entropy of the model in a row can fall below; known while the optimum is."""
        return self._references.bound_of(row)

    @property
    def optimum_scaler(self) -> Standardizer | None:
        """The scaler of the samples that the optimum was found on."""
        return self._references.scaler

    @property
    def best_mse(self) -> BestFound | None:
        """The best MSE that was found, while it is shown and known and a model is trained on MSE."""
        return self._references.best_mse

    @property
    def is_optimum_shown(self) -> bool:
        """Whether the optimum is wanted, known yet or not."""
        return self._references.is_shown

    def play(self) -> None:
        """Train on from the step that is shown; where that cannot be, say why."""
        if self._runner is None or self._can_train is not None:
            self.notice.emit(self._can_train or FEW_CLASSES)
            return
        if self._spec is not None and is_flat(self._spec):
            self.notice.emit(FLAT_GRADIENT)
        elif self._snapshot is not None and is_undefined(self._snapshot):
            self.notice.emit(UNDEFINED)
        self._want(True)
        self._runner.play()

    def pause(self) -> None:
        """Stop training; the model stays."""
        if self._runner is not None:
            self._want(False)
            self._runner.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step_forward(self) -> None:
        """Pause and make one step, or go to the next one of the past."""
        if self._runner is not None:
            is_past = self._snapshot is not None and self._snapshot.step < self._snapshot.last_step
            if self._can_train is not None and not is_past:
                self.notice.emit(self._can_train)
                return
            self._want(False)
            self._runner.step_forward()

    def step_back(self) -> None:
        """Pause and go back one step."""
        if self._runner is not None:
            self._want(False)
            self._runner.step_back()

    def seek(self, step: int) -> None:
        """Pause and show the model at `step`."""
        if self._runner is not None:
            self._want(False)
            self._runner.seek(step)

    def reset(self) -> None:
        """Pause and go back to the same start."""
        if self._runner is not None:
            self._want(False)
            self._runner.reset()

    def new_seed(self) -> None:
        """Draw another seed for start and batches, and go back to the start."""
        old = self._document.state.settings.seed
        seed = random.randrange(_MAX_SEED)
        self._document.change_settings(seed=seed + (seed >= old))
        self.reset()

    def set_speed(self, steps_per_second: float | None) -> None:
        """Set how many steps a second to make; None is as fast as it goes."""
        if steps_per_second == self._speed:
            return
        self._speed = steps_per_second
        if self._runner is not None:
            self._runner.set_speed(steps_per_second)
        self.speed_changed.emit(steps_per_second)

    def train_from_guess(self) -> None:
        """Start a new run from the person's own line, and train."""
        guess, spec = self._document.state.guess, self._spec
        if guess is None or spec is None or spec.model.n_classes != 2:
            return
        parameters = guess_parameters(guess, spec.model)
        if parameters is None:
            self.notice.emit(line_obstacle(spec.model) or NO_LINE)
            return
        self.load(parameters, Standardizer.identity())
        self.play()

    def load(self, parameters: Floats, scaler: Standardizer) -> None:
        """Start a new run from one model's row (P,), in the z-space of `scaler` (the identity: cm and kg)."""
        if self._runner is not None:
            self._want(False)
            self._runner.train_from(parameters, scaler)

    def resume(self, saved: SavedRun) -> None:
        """Start a new run where a saved one stood, and show its step."""
        if self._runner is not None:
            self._want(False)
            self._runner.resume(saved)

    def request_regions(self, request: RegionRequest | None) -> None:
        """Have the probability map of this part of the canvas with every frame, beginning at once."""
        self._request = request
        if self._runner is not None:
            self._runner.request_regions(request)

    def show_optimum(self, is_shown: bool) -> None:
        """Find the optimum and keep it up with the samples, or forget it."""
        self._references.show(is_shown)

    def set_hidden(self, is_hidden: bool) -> None:
        """Say whether the window can be seen: a hidden one draws next to nothing and training goes on."""
        self._is_hidden = is_hidden
        if self._runner is not None:
            self._runner.set_hidden(is_hidden)
        self._clock.set_hidden(is_hidden)

    def close(self) -> None:
        """End the threads; nothing is emitted any more."""
        self._clock.stop()
        if self._runner is not None:
            self._runner.close()
        self._references.close()
        self.separation.close()

    def show_now(self) -> None:
        """Draw what was asked for so far, without the event loop: what is painted next comes with it."""
        if self._runner is not None:
            self._runner.wait_until_idle(SHOW_NOW_SECONDS)
            self._show_news()

    def wait_until_idle(self) -> bool:
        """Block until the runner has worked off what was sent; the frames arrive with the event loop."""
        return self._runner is None or self._runner.wait_until_idle()

    def _want(self, playing: bool) -> None:
        self._wanted_playing = playing
        self._tell_playing()

    def _tell_playing(self) -> None:
        if self.playing != self._was_playing:
            self._was_playing = self.playing
            self.playing_changed.emit(self._was_playing)

    def _on_document_changed(self, change: Change) -> None:
        if not (change.samples or change.classes or change.replaced or change.settings - _NOT_TRAINING):
            return
        old = self._spec
        self._take_spec()
        if change.replaced:
            self.reset()
        elif old is not None and self._spec is not None:
            self._announce(old, self._spec)

    def _announce(self, old: TrainingSpec, new: TrainingSpec) -> None:
        """Say that an edit starts a new run, where there was a run to speak of."""
        if self._snapshot is None or not self._snapshot.last_step:
            return
        message = new_run_message(old, new)
        if message is not None:
            self.notice.emit(message)

    def _take_spec(self) -> None:
        """Send the document's spec to the runner; there is none with fewer than two classes."""
        state = self._document.state
        self._spec = state.training_spec() if len(state.classes) >= 2 else None
        if self._spec is None:
            self.pause()
        elif self._runner is None:
            self._start_runner(self._spec)
        else:
            self._runner.set_spec(self._spec)
        self._references.set_spec(self._spec)
        self.separation.set_spec(self._spec)
        can_train = FEW_CLASSES if self._spec is None else obstacle(self._spec)
        if can_train != self._can_train:
            self._can_train = can_train
            self.can_train_changed.emit()

    def _start_runner(self, spec: TrainingSpec) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        runner = Runner(spec)
        runner.mailbox.on_first_post = self._posted.emit
        runner.set_speed(self._speed)
        runner.request_regions(self._request)
        runner.set_hidden(self._is_hidden)
        runner.start()
        self._runner = self._clock.runner = runner

    def _show_news(self) -> bool:
        """Draw a frame of what the mailbox holds; False where it holds nothing."""
        if self._runner is None:
            return False
        snapshot, records, marks = self._runner.mailbox.take()
        curve_changed = self._book.take(snapshot, records, marks)
        if snapshot is None:
            return False
        self._snapshot = snapshot
        if snapshot.stop is not None or snapshot.playing == self._wanted_playing:
            self._wanted_playing = None
        self.frame.emit(Frame(snapshot, self._book.curve, curve_changed, self._book.curve.marks))
        self._tell_playing()
        self._tell_trouble(snapshot)
        return True

    def _tell_trouble(self, snapshot: Snapshot) -> None:
        """Say why a run ended or what is wrong with it, once."""
        if snapshot.stop is not None and snapshot.stop is not self._stop:
            self.notice.emit(snapshot.stop.message)
        self._stop = snapshot.stop
        # An oscillation comes and goes; it is told once for each run and optimiser.
        subject = (snapshot.run_id, snapshot.spec.optimizer)
        if snapshot.warning is not None and subject != self._warned:
            self._warned = subject
            self.notice.emit(snapshot.warning.message)
