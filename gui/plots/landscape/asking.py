"""When a landscape is computed anew: at once for anything new, now and then for a slice that moves."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from gui.plots.landscape.box import Box
from gui.plots.landscape.feed import LandscapeFeed
from gui.plots.landscape.picture import Look
from gui.plots.landscape.subject import Subject
from gui.plots.landscape.work import Question
from gui.throttle import Throttle

FOLLOW_INTERVAL_MS = 300
"""A slice that moves with the run is computed anew at most this often."""
DRIFT = 2e-3
"""How far the weights that are not drawn may move, as a share of the box, before that is worth doing."""


class Asking(QObject):
    """Asks a feed for landscapes, no more often than is worth it.

    Parameters
    ----------
    feed : LandscapeFeed
    parent : QObject, optional
    clock : callable
        Seconds, monotonic.
    """

    def __init__(
        self,
        feed: LandscapeFeed,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._clock = clock
        self._asked_at = self._busy_until = 0.0
        self._key: tuple[object, ...] = ()
        self._asked: Question | None = None
        self._newest: tuple[Subject, Box, Look] | None = None
        self._follow = Throttle(self._ask_in_passing, FOLLOW_INTERVAL_MS, self, clock)

    @property
    def asked(self) -> Question | None:
        """What was asked last."""
        return self._asked

    def forget(self) -> None:
        """Nothing that was asked is wanted any more."""
        self._feed.forget_landscape()
        self._key, self._asked, self._newest = (), None, None

    def follow(self, subject: Subject, box: Box, look: Look, *, is_playing: bool) -> None:
        """Have what is drawn now computed, unless it is what was asked already.

        With the third weight fixed, training moves the slice itself: then one level at a time, a few times a
        second, always of the same size so that the sharpness stays the same; the finest one when it pauses.
        A level that takes long is followed by a rest as long, which leaves that time to training.
        """
        self._newest = (subject, box, look)
        if self._feed.is_busy:
            self._busy_until = self._clock()
        key = (subject.ground_key, *subject.axes, subject.cut.minimised, box, look)
        if key != self._key or self._asked is None:
            self._key = key
            self._ask(subject.sizes(is_playing=is_playing))
            return
        drift = _drift(self._asked, subject)
        if is_playing:
            if drift > DRIFT * box.u_span and not self._feed.is_busy and self._is_rested:
                self._follow.request()
        elif drift > 0.0 or self._asked.sizes[-1] != subject.sizes()[-1]:
            self._ask(subject.sizes()[-1:] if subject.is_quick else subject.sizes())

    @property
    def _is_rested(self) -> bool:
        """Whether the last level has been there for as long as it took."""
        return self._clock() - self._busy_until >= self._busy_until - self._asked_at

    def _ask_in_passing(self) -> None:
        if self._newest is not None:
            self._ask(self._newest[0].sizes()[:1])

    def _ask(self, sizes: tuple[int, ...]) -> None:
        assert self._newest is not None
        subject, box, look = self._newest
        self._asked = Question(subject.ground, subject.cut, box, sizes, look)
        self._asked_at = self._busy_until = self._clock()
        self._feed.ask_landscape(self._asked)


def _drift(asked: Question, subject: Subject) -> float:
    """How far the weights that are not drawn have moved since."""
    pairs = zip(asked.cut.origins, subject.cut.origins, strict=True)
    return max(float(np.abs(before - now).max()) for before, now in pairs)
