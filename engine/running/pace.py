"""Time: what a step costs, how many steps are due at a chosen speed, and how fast training really goes."""

from __future__ import annotations

from collections import deque

CHUNK_SECONDS = 0.0005
REPLAY_SECONDS = 0.05
MAX_DEBT_SECONDS = 0.1


class StepCost:
    """What one step costs, followed as it changes.

    Attributes
    ----------
    seconds : float
        Estimate for one step; a slower measurement counts little, as the thread may just have been kept
        waiting.
    """

    def __init__(self) -> None:
        self.seconds = CHUNK_SECONDS

    @property
    def chunk_steps(self) -> int:
        """Steps that fit into `CHUNK_SECONDS`, so that a slice ends on time; at least one."""
        return max(1, int(CHUNK_SECONDS / self.seconds))

    @property
    def replay_steps(self) -> int:
        """Steps that fit into `REPLAY_SECONDS`: the distance of two checkpoints; at least one."""
        return max(1, int(REPLAY_SECONDS / self.seconds))

    def observe(self, steps: int, seconds: float) -> None:
        """Take in that `steps` steps took `seconds`."""
        measured = max(seconds / steps, 1e-8)
        weight = 0.5 if measured < self.seconds else 0.1
        self.seconds += weight * (measured - self.seconds)


class SpeedLimit:
    """How many steps are due at a number of steps a second; None is as fast as it goes."""

    def __init__(self, steps_per_second: float | None = None) -> None:
        self.steps_per_second = steps_per_second
        self._due = 1.0
        self._seen_at: float | None = None

    def restart(self) -> None:
        """Begin anew: one step is due at once."""
        self._due, self._seen_at = 1.0, None

    def due(self, now: float) -> int | None:
        """Steps due at time `now` (s); None without a limit. A debt that cannot be met is forgotten."""
        rate = self.steps_per_second
        if rate is None:
            return None
        if self._seen_at is not None:
            most = 1.0 + rate * MAX_DEBT_SECONDS
            self._due = min(self._due + (now - self._seen_at) * rate, most)
        self._seen_at = now
        # A rounding error must not make a step late by a whole slice.
        return int(self._due + 1e-9)

    def made(self, steps: int) -> None:
        """Take in that `steps` steps were made."""
        self._due -= steps

    def seconds_to_next(self) -> float:
        """Seconds until a step is due, counted from the last `due`; 0 without a limit."""
        if self.steps_per_second is None:
            return 0.0
        return max(0.0, 1.0 - self._due) / self.steps_per_second


class SpeedMeter:
    """Steps a second over about the last second."""

    def __init__(self, window_seconds: float = 1.0) -> None:
        self._window = window_seconds
        self._seen: deque[tuple[float, int]] = deque()
        self._total = 0

    def restart(self) -> None:
        """Forget what was measured."""
        self._seen.clear()
        self._total = 0

    def observe(self, now: float, steps: int) -> None:
        """Take in that `steps` steps were made up to time `now` (s)."""
        self._total += steps
        self._seen.append((now, self._total))
        while len(self._seen) > 2 and self._seen[1][0] <= now - self._window:
            self._seen.popleft()

    @property
    def steps_per_second(self) -> float:
        """The speed measured; 0 until two moments are known."""
        if len(self._seen) < 2:
            return 0.0
        (start, before), (end, after) = self._seen[0], self._seen[-1]
        return (after - before) / (end - start) if end > start else 0.0
