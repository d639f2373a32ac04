"""When a frame is drawn, and for how long training may run after it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

from engine.running.runner import Runner

FRAME_SECONDS = 1 / 60
HIDDEN_FRAME_SECONDS = 0.25
STEP_SHARE = 0.65
"""Share of the time that training gets while frames are expensive: then there are fewer of them."""
MAX_FRAME_SECONDS = 0.025
MIN_SLICE_SECONDS = 0.004
_MARGIN_SECONDS = 0.001


class FrameClock(QObject):
    """Draws while there is something new, and hands the rest of each frame to the runner.

    A frame begins with `draw`. When its paint events are done, the runner gets a slice of time, up to a
    moment before the next frame; the first event of any kind takes the slice back until it is dealt with.
    Nothing ticks while training rests and nothing is posted.

    Parameters
    ----------
    draw : callable
        Draws what is new; returns whether there was anything.
    is_playing : callable
        Whether training goes on: then one frame follows the other.
    """

    def __init__(
        self, draw: Callable[[], bool], is_playing: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.runner: Runner | None = None
        self._draw = draw
        self._is_playing = is_playing
        self._is_hidden = False
        self._is_stopped = False
        self._is_planned = True
        self._is_overdue = False
        self._frame_start = 0.0
        self._slice_end = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin_frame)
        # An interval of 0 fires when no event is left; a queued call would come before the paint events.
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.timeout.connect(self._on_idle)

    @property
    def is_ticking(self) -> bool:
        """Whether a frame is planned."""
        return self._timer.isActive()

    def wake(self) -> None:
        """Something new was posted: plan a frame, or draw it now where the last one came too early for it."""
        if self._is_overdue and not self._is_hidden and not self._is_stopped:
            self._timer.stop()
            self._begin_frame()
        else:
            self._schedule()

    def set_hidden(self, is_hidden: bool) -> None:
        """A hidden window draws a few times a second, and the runner needs no slices."""
        self._is_hidden = is_hidden
        self._schedule()

    def stop(self) -> None:
        """Draw and grant nothing any more."""
        self._is_stopped = True
        self._timer.stop()
        self._idle_timer.stop()
        self._watch_events(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has something to do: steps wait until it is done. There only while a slice lasts."""
        self._watch_events(False)
        if self.runner is not None:
            self.runner.revoke()
        self._idle_timer.start()
        return False

    def _schedule(self) -> None:
        """Draw a frame soon, but not before the last one has stood for its time."""
        if self._timer.isActive() or self._is_stopped:
            return
        seconds = HIDDEN_FRAME_SECONDS if self._is_hidden else FRAME_SECONDS
        rest = self._frame_start + seconds - time.perf_counter()
        self._timer.start(max(0, round(rest * 1000)))

    def _begin_frame(self) -> None:
        self._frame_start = time.perf_counter()
        self._is_overdue = not self._draw()
        self._is_planned = False
        self._idle_timer.start()

    def _on_idle(self) -> None:
        """Nothing is left to do, painting included."""
        if self._is_stopped or not self._is_playing():
            return
        if self._is_hidden:
            self._schedule()
            return
        if not self._is_planned:
            self._is_planned = True
            self._plan_next()
        self._grant()

    def _plan_next(self) -> None:
        """Say when the slice ends and the next frame begins."""
        now = time.perf_counter()
        busy = now - self._frame_start
        rest = max(FRAME_SECONDS - busy, busy * STEP_SHARE / (1 - STEP_SHARE))
        rest = max(min(rest, MAX_FRAME_SECONDS - busy), MIN_SLICE_SECONDS)
        self._slice_end = now + rest - _MARGIN_SECONDS
        self._timer.start(round(rest * 1000))

    def _grant(self) -> None:
        """Let steps be made until the slice ends or something happens in the window."""
        rest = self._slice_end - time.perf_counter()
        if self.runner is not None and rest > _MARGIN_SECONDS:
            self.runner.grant(rest)
            self._watch_events(True)

    def _watch_events(self, is_watching: bool) -> None:
        """Hear of the next event of the whole window, or of none."""
        application = QCoreApplication.instance()
        if application is None:
            return
        if is_watching:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
