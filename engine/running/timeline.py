"""Where a run stands in its own past: stepping on, going back, carrying the line to the present document."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.layout import Floats
from engine.running.compiled import Compiled, same_samples, same_steps
from engine.running.history import Checkpoint, History, Segment
from engine.running.pace import StepCost
from engine.training import TrainingState, carry_state


@dataclass(frozen=True, eq=False, slots=True)
class _Origin:
    """The exact state of a step of history, and what made it, where `Timeline.state` was carried from it."""

    state: TrainingState
    compiled: Compiled


class Timeline:
    """One run's steps, the present one among them.

    The exact state of a step belongs to the stretch of history (`Segment`) in which it was made. Where that
    stretch was trained on other data or settings than the document has now, the state that is shown and
    trained on is carried over from it: the line stays where it is, and history stays bit for bit. An edit
    that is taken back before training goes on leaves no trace, since the exact state is kept.

    Attributes
    ----------
    now : Compiled
        What the document asks for.
    state : TrainingState
        The model at the present step, in the z-space of ``now.data``.
    last_step : int
        Newest step that can be gone to.
    """

    def __init__(
        self,
        compiled: Compiled,
        state: TrainingState,
        cost: StepCost,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.now = compiled
        self.state = state
        self.last_step = state.step
        self.history = History()
        self._tip = state.step
        self._cost = cost
        self._clock = clock
        self._origin: _Origin | None = None
        self._replayed: tuple[Segment, Compiled] | None = None
        self._segment = self.history.begin_segment(compiled.spec, compiled.data.scaler, state.step)

    @property
    def first_step(self) -> int:
        """Oldest step that can be gone to: that of a saved run which goes on here, else 0."""
        return self.history.segments[0].start_step

    @property
    def is_past(self) -> bool:
        """Whether steps after the present one were made, which going on would replace."""
        return self.state.step < self._tip

    @property
    def would_repeat(self) -> bool:
        """Whether the next step is one that history has, and nothing was changed since it was made."""
        if self.state.step >= self.last_step:
            return False
        return same_steps(self.now.spec, self.history.segments[-1].spec)

    @property
    def is_checkpoint_due(self) -> bool:
        """Whether replaying the present step would take about as long as it may."""
        return self.state.step - self.history.checkpoints[-1].step >= self._cost.replay_steps

    def change(self, compiled: Compiled) -> None:
        """Go on with other data or settings from the next step on; the line stays where it is."""
        origin = self._origin or _Origin(self.state, self.now)
        self.now = compiled
        self._stand(origin.state, self._segment, origin.compiled)

    def extend(self) -> bool:
        """Make the present step the newest, before a step is made; True where a new stretch begins here."""
        if self.is_past:
            self.history.truncate(self.state.step, self._segment)
        self.last_step = self._tip = self.state.step
        if self._origin is None:
            return False
        self._segment = self.history.begin_segment(self.now.spec, self.now.data.scaler, self.state.step)
        self._origin = None
        return True

    def advance(self, n_steps: int) -> None:
        """Make new steps; `extend` comes first."""
        self._advance_timed(self.now, self.state, n_steps)
        self.last_step = self._tip = self.state.step

    def keep_checkpoint(self, losses: Floats) -> None:
        """Keep the present state, with each model's own loss (models,)."""
        self.history.add(self.state, losses)

    def seek(self, step: int, may_go_on: Callable[[], bool]) -> bool:
        """Stand at `step`, replayed bit for bit in short pieces; False where `may_go_on` ended it early.

        Where the memory for a stretch's samples ran out, its nearest kept step before is taken.
        """
        step = min(max(step, 0), self.last_step)
        checkpoint = self.history.at_or_before(step)
        segment, state = checkpoint.segment, checkpoint.state
        compiled = self._compiled_of(segment)
        exact = self._origin.state if self._origin is not None else self.state
        if segment is self._segment and state.step <= exact.step <= step:
            state = exact
        state = state.copy()
        while segment.is_replayable and state.step < step:
            if not may_go_on():
                return False
            self._advance_timed(compiled, state, min(step - state.step, self._cost.chunk_steps))
        self._stand(state, segment, compiled)
        return True

    def end_at(self, checkpoint: Checkpoint) -> None:
        """Stand at a checkpoint and take what came after it for spoilt."""
        self._stand(checkpoint.state.copy(), checkpoint.segment, self._compiled_of(checkpoint.segment))
        self.last_step = self.state.step

    def _stand(self, exact: TrainingState, segment: Segment, compiled: Compiled) -> None:
        self._segment = segment
        if same_steps(segment.spec, self.now.spec) and segment.scaler == self.now.data.scaler:
            self.state, self._origin = exact, None
            return
        if not segment.is_replayable and exact.position:
            # Which samples the epoch had left is no longer known: it ends here.
            exact.epoch, exact.position = exact.epoch + 1, 0
        self._origin = _Origin(exact, compiled)
        self.state = carry_state(exact, compiled.spec, compiled.data, self.now.spec, self.now.data)

    def _compiled_of(self, segment: Segment) -> Compiled:
        """What made the steps of a stretch; the last one is kept for the next call."""
        if segment is self._segment:
            return self.now if self._origin is None else self._origin.compiled
        if self._replayed is None or self._replayed[0] is not segment:
            same = same_samples(segment.spec.samples, self.now.spec.samples)
            like = self.now if same else None
            self._replayed = (segment, Compiled.of(segment.spec, segment.scaler, like))
        return self._replayed[1]

    def _advance_timed(self, compiled: Compiled, state: TrainingState, n_steps: int) -> None:
        before = self._clock()
        compiled.stepper.advance(state, n_steps)
        self._cost.observe(n_steps, self._clock() - before)
