"""The training thread: takes commands, steps in the time that the window grants, posts what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Condition, Thread

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message, unforeseen
from engine.layout import Floats
from engine.running.mailbox import Mailbox
from engine.running.pace import SpeedLimit, SpeedMeter
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest, Snapshot, Stop
from engine.specs import TrainingSpec

_LOG = logging.getLogger(__name__)

FREE_STEP_SECONDS = 0.004
"""Longer steps are made outside the window's slices: they would not fit, and NumPy lets the window in."""
FREE_SLICE_SECONDS = 0.008
POST_SECONDS = 0.015
MAX_POST_SHARE = 0.2
EVERY_STEP_LIMIT = 16
"""Up to so many steps a slice are all recorded."""
_YIELD_SECONDS = 5e-5
_ENDLESS = 2**62


@dataclass(frozen=True, eq=False, slots=True)
class _Command:
    """Something for the thread to do. One with a `key` replaces the one before it that has the same key."""

    action: Callable[[], None]
    key: str | None = None


class Runner:
    """Trains in a thread of its own. Every method but `close` returns at once, from any thread.

    Short steps hold Python's interpreter lock, so they are made only in the slices of time that the window
    grants after painting; long ones are made freely. Snapshots, records and marks go to `mailbox`.

    Parameters
    ----------
    spec : TrainingSpec
    clock : callable
        Seconds, monotonic.
    """

    def __init__(self, spec: TrainingSpec, clock: Callable[[], float] = time.perf_counter) -> None:
        self.mailbox = Mailbox()
        self._clock = clock
        self._thread = Thread(target=self._work, name="fall-line-training", daemon=True)
        # Shared between the threads, guarded by the condition.
        self._condition = Condition()
        self._commands: list[_Command] = []
        self._slice_end = 0.0
        self._is_hidden = False
        self._is_closing = False
        self._is_idle = False
        # The training thread's own.
        self._run = Run(spec, clock)
        self._is_playing = False
        self._speed = SpeedLimit()
        self._meter = SpeedMeter()
        self._request: RegionRequest | None = None
        self._has_news = True
        self._next_post = 0.0
        self._post_seconds = 0.0
        self._posted: Snapshot | None = None

    def start(self) -> None:
        """Start the thread, which posts a first snapshot."""
        self._thread.start()

    def close(self) -> None:
        """Stop the thread, wake it and wait for its end."""
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        if self._thread.ident is not None:
            self._thread.join()

    def set_spec(self, spec: TrainingSpec) -> None:
        """Go on with other data or settings: see `Run.set_spec`."""
        self._send(lambda: self._set_spec(spec), key="set_spec")

    def play(self) -> None:
        """Train on, in the slices that are granted."""
        self._send(self._play)

    def pause(self) -> None:
        """Stop stepping; the model stays."""
        self._send(self._pause)

    def step_forward(self) -> None:
        """Pause and make one step."""
        self._send(lambda: self._pause_and(self._run.step_forward))

    def step_back(self) -> None:
        """Pause and go one step back in history."""
        self._send(lambda: self._pause_and(lambda: self._seek(self._run.state.step - 1)))

    def seek(self, step: int) -> None:
        """Pause and show the model at `step`."""
        self._send(lambda: self._pause_and(lambda: self._seek(step)), key="seek")

    def reset(self) -> None:
        """Pause and go back to the start, with a new run."""
        self._send(lambda: self._pause_and(self._run.reset))

    def train_from(self, parameters: Floats, scaler: Standardizer) -> None:
        """Pause and start a new run from one model's row (P,), in the z-space of `scaler`."""
        row = parameters.copy()
        self._send(lambda: self._pause_and(lambda: self._run.train_from(row, scaler)))

    def resume(self, saved: SavedRun) -> None:
        """Pause and start a new run where a saved one stood: see `Run.resume`."""
        self._send(lambda: self._pause_and(lambda: self._run.resume(saved)))

    def set_speed(self, steps_per_second: float | None) -> None:
        """Set how many steps a second to make; None is as fast as it goes."""
        self._send(lambda: self._set_speed(steps_per_second), key="set_speed")

    def request_regions(self, request: RegionRequest | None) -> None:
        """Evaluate this part of the canvas with every snapshot, beginning at once."""
        self._send(lambda: self._set_request(request), key="request_regions")

    def grant(self, seconds: float) -> None:
        """Let short steps be made for `seconds` from now on."""
        with self._condition:
            self._slice_end = self._clock() + seconds
            self._is_idle = False
            self._condition.notify_all()

    def revoke(self) -> None:
        """Take back what is left of the slice: the window has something to do. Waits for no lock."""
        self._slice_end = 0.0

    def set_hidden(self, is_hidden: bool) -> None:
        """Nobody grants slices while the window is hidden: the thread takes them itself."""
        with self._condition:
            self._is_hidden = is_hidden
            self._is_idle = False
            self._condition.notify_all()

    def wait_until_idle(self, timeout_seconds: float = 30.0) -> bool:
        """Block until all commands and slices so far are worked off; False if that takes too long."""
        with self._condition:
            return self._condition.wait_for(lambda: self._is_idle, timeout_seconds)

    def _send(self, action: Callable[[], None], key: str | None = None) -> None:
        with self._condition:
            if key is not None and self._commands and self._commands[-1].key == key:
                self._commands.pop()
            self._commands.append(_Command(action, key))
            self._is_idle = False
            self._condition.notify_all()

    # From here on: the training thread.

    def _work(self) -> None:
        while True:
            commands = self._wait()
            if self._is_closing:
                return
            try:
                for command in commands:
                    self._obey(command)
                if self._may_step():
                    self._step()
                if self._may_post():
                    self._post()
            except Exception as error:
                self._fail(error)

    def _wait(self) -> list[_Command]:
        """Sleep until there is something to do; returns the commands."""
        with self._condition:
            while not (self._is_closing or self._commands or self._may_step() or self._may_post()):
                self._is_idle = True
                self._condition.notify_all()
                self._condition.wait(self._seconds_to_sleep())
            self._is_idle = False
            commands, self._commands = self._commands, []
        return commands

    def _may_step(self) -> bool:
        if not self._is_playing:
            return False
        if self._is_free():
            return self._speed.due(self._clock()) != 0
        return self._clock() < self._slice_end

    def _may_post(self) -> bool:
        """In a free run only as often as the window takes what is posted."""
        if not (self._has_news and self._is_playing and self._is_free()):
            return self._has_news
        return not self.mailbox.has_snapshot and self._clock() >= self._next_post

    def _seconds_to_sleep(self) -> float | None:
        """A free run wakes itself for its next step or snapshot; all else is woken."""
        if not (self._is_playing and self._is_free()):
            return None
        seconds = self._speed.seconds_to_next()
        return max(_YIELD_SECONDS, min(seconds, POST_SECONDS) if self._has_news else seconds)

    def _is_free(self) -> bool:
        return self._is_hidden or self._run.step_seconds > FREE_STEP_SECONDS

    def _obey(self, command: _Command) -> None:
        self._has_news = True
        try:
            command.action()
        except FallLineError as error:
            self._run.stop = Stop("failed", error.message)

    def _step(self) -> None:
        """Make the steps of one slice."""
        now, is_free, slice_end = self._clock(), self._is_free(), self._slice_end
        due = self._speed.due(now)
        # The snapshot at the end has to fit into the slice too.
        reserve = max(0.0, min(self._post_seconds, (slice_end - now) / 2))
        free_end = now + FREE_SLICE_SECONDS

        def may_go_on() -> bool:
            end = free_end if is_free else self._slice_end - reserve
            return not self._commands and self._clock() < end

        made = self._run.advance(
            _ENDLESS if due is None else due,
            may_go_on,
            every_step=due is not None and due <= EVERY_STEP_LIMIT,
        )
        self._speed.made(made)
        self._meter.observe(self._clock(), made)
        self._has_news = self._has_news or made > 0
        if self._run.stop is not None:
            self._is_playing = False
        if is_free:
            time.sleep(_YIELD_SECONDS)
        elif not self._commands:
            self._use_up(slice_end)

    def _use_up(self, slice_end: float) -> None:
        """End the slice that was to last until `slice_end`, but not one that was granted meanwhile."""
        with self._condition:
            if self._slice_end == slice_end:
                self._slice_end = 0.0

    def _post(self) -> None:
        before = self._clock()
        if self._is_playing:
            self._run.observe()
        speed = self._meter.steps_per_second if self._is_playing else 0.0
        self._posted = self._run.snapshot(self._is_playing, speed, self._request)
        records, marks = self._run.take_records()
        self._post_seconds = self._clock() - before
        self._next_post = before + max(POST_SECONDS, self._post_seconds / MAX_POST_SHARE)
        self._has_news = False
        self.mailbox.post(self._posted, records, marks)

    def _fail(self, error: Exception) -> None:
        """End the run with what went wrong, in words; the thread goes on listening."""
        _LOG.error("training failed", exc_info=error)
        self._is_playing = self._has_news = False
        self._request = None
        text = QT_TRANSLATE_NOOP("Engine", "Training ended by an error: {error}")
        stop = Stop("failed", Message(text, {"error": unforeseen(error)}))
        try:
            self._run.fail(stop)
            self._posted = self._run.snapshot()
        except Exception:
            _LOG.exception("the last good weights could not be restored")
            if self._posted is not None:
                self._posted = replace(self._posted, playing=False, stop=stop)
        self.mailbox.post(self._posted, *self._run.take_records())

    def _set_spec(self, spec: TrainingSpec) -> None:
        self._run.set_spec(spec)
        self._pause_if_impossible()

    def _play(self) -> None:
        self._is_playing = True
        self._run.stop = None
        self._speed.restart()
        self._meter.restart()
        self._meter.observe(self._clock(), 0)
        self._pause_if_impossible()

    def _pause(self) -> None:
        self._is_playing = False

    def _pause_and(self, action: Callable[[], None]) -> None:
        self._is_playing = False
        action()

    def _pause_if_impossible(self) -> None:
        reason = self._run.obstacle
        if reason is not None and self._is_playing:
            self._is_playing = False
            self._run.stop = Stop("no_data", reason)

    def _seek(self, step: int) -> None:
        self._run.seek(step, self._may_replay_on)

    def _may_replay_on(self) -> bool:
        """Between two pieces of a replay: let the window have the interpreter."""
        time.sleep(_YIELD_SECONDS)
        return not self._is_closing

    def _set_speed(self, steps_per_second: float | None) -> None:
        self._speed = SpeedLimit(steps_per_second)

    def _set_request(self, request: RegionRequest | None) -> None:
        self._request = request
