"""A run without threads: takes steps, records, applies what the person asks. The runner drives it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.decision_regions import regions_of
from engine.layout import Floats
from engine.models import can_carry, carry_scaler, held
from engine.running.compiled import (
    Compiled,
    obstacle,
    same_model,
    same_samples,
    same_steps,
    startable,
    starts_elsewhere,
)
from engine.running.divergence import (
    DivergenceWatch,
    OscillationWatch,
    diverged_stop,
    may_be_infinite,
    oscillation_warning,
    own_losses,
)
from engine.running.pace import StepCost
from engine.running.recording import Recorder
from engine.running.saved_run import SavedRun
from engine.running.state_reports import memory_of, mistakes_of
from engine.running.timeline import Timeline
from engine.scaling import Standardizer
from engine.snapshots import LossRecords, Mark, MarkKind, RegionRequest, Snapshot, Stop
from engine.specs import StartSpec, TrainingSpec
from engine.training import TrainingState, carry_state, start_state

FEW_SAMPLES = 500
"""Of no more the metrics take no time worth sparing: the same steps are recorded on every machine."""


class Run:
    """The model in training: one run after another, a new `run_id` for each reset, fork or other model.

    Attributes
    ----------
    run_id : int
    stop, warning : Stop or None
        As in `Snapshot`.
    obstacle : Message or None
        Why this run cannot be trained now, in words; None if it can.
    """

    def __init__(self, spec: TrainingSpec, clock: Callable[[], float] = time.perf_counter) -> None:
        self.run_id = 0
        self.stop: Stop | None = None
        self.warning: Stop | None = None
        self.obstacle = obstacle(spec)
        self._clock = clock
        self._cost = StepCost()
        self._recorder = Recorder()
        self._metrics: Floats | None = None
        self._held_out_metrics: Floats | None = None
        self._metrics_seconds = self._held_out_seconds = 0.0
        self._begin(Compiled.of(spec), start_state(startable(spec)), is_from_start=True)
        self._had_two_classes = self.obstacle is None

    @property
    def spec(self) -> TrainingSpec:
        """What the document asks for."""
        return self._timeline.now.spec

    @property
    def state(self) -> TrainingState:
        """The model at the present step, in the z-space of the document's samples."""
        return self._timeline.state

    @property
    def last_step(self) -> int:
        """Newest step that can be gone to."""
        return self._timeline.last_step

    @property
    def step_seconds(self) -> float:
        """About what one step takes, in seconds."""
        return self._cost.seconds

    def set_spec(self, spec: TrainingSpec) -> None:
        """Go on with what the document asks for now.

        Data, rate, optimiser, batch: weights kept, carried over the scaler. Other losses: a new run from the
        start. Another model or other classes: a new run from the converted weights; to, from and between
        models with hidden layers, from the start. Another start: from the next reset on, but at once where no
        step was made yet. A start that does not fit the model gives way to one that does (`startable`).
        """
        old, compiled = self.spec, Compiled.of(spec, like=self._timeline.now)
        is_untouched = self._is_from_start and self.last_step == 0
        # Until there was something to train, the z-scores meant nothing: no line is kept from then.
        starts_anew = is_untouched and (starts_elsewhere(old, spec) or not self._had_two_classes)
        if not same_model(old, spec) and not (is_untouched and starts_elsewhere(old, spec)):
            self._convert(compiled)
        elif (old.losses, old.kinds) != (spec.losses, spec.kinds) or starts_anew:
            self._begin(compiled, start_state(startable(spec)), is_from_start=True)
        else:
            self._keep_weights(compiled)
        self.obstacle = obstacle(spec)
        self._had_two_classes = self._had_two_classes or self.obstacle is None

    def reset(self) -> None:
        """Start a new run from the spec's start."""
        self._begin(self._timeline.now, start_state(startable(self.spec)), is_from_start=True)

    def train_from(self, parameters: Floats, scaler: Standardizer) -> None:
        """Start a new run from one model's row of parameters (P,), in the z-space of `scaler`.

        They are carried to the present scaler; the identity stands for weights in cm and kg.

        Raises
        ------
        FallLineError
            If their number does not fit the model.
        """
        start = StartSpec("exact", parameters=tuple(parameters.tolist()))
        state = start_state(replace(self.spec, start=start))
        present = self._timeline.now.data.scaler
        if scaler != present:
            carried = carry_scaler(self.spec.model, state.parameters, scaler, present)
            state.parameters[...] = held(self.spec, carried)
        self._begin(self._timeline.now, state, is_from_start=False)

    def resume(self, saved: SavedRun) -> None:
        """Start a new run where a saved one stood, at its step, on the present samples and settings.

        What the saved one recorded on its way comes first among the records.

        Raises
        ------
        FallLineError
            If its models are not those of the document.
        """
        state = saved.state(self.spec, self._timeline.now.data)
        self._begin(self._timeline.now, state, is_from_start=saved.step == 0)
        if saved.curve is not None:
            self._recorder.recall(saved.curve)
            self._has_curve = True
            if saved.curve.step[-1] < saved.step:  # it may have been written before the run was
                self._add_record()

    def advance(
        self, n_steps: int, may_go_on: Callable[[], bool] = lambda: True, every_step: bool = False
    ) -> int:
        """Take up to `n_steps` steps; returns how many were taken.

        From a step in the past this forks the run. It ends early where the run diverges (`stop`).

        Parameters
        ----------
        may_go_on : callable
            Asked between short pieces; when it says no, no further step is taken.
        every_step : bool
            Record every step; else steps are recorded more and more rarely.
        """
        self.stop = None
        if n_steps <= 0 or self.obstacle is not None:
            return 0
        self._go_on()
        made = 0
        while made < n_steps and self.stop is None and not (made and not may_go_on()):
            due = 1 if every_step else self._recorder.steps_until_due(self.state.step)
            chunk = min(n_steps - made, due, self._cost.chunk_steps)
            self._timeline.advance(chunk)
            made += chunk
            self._look(every_step)
        return made

    def step_forward(self) -> None:
        """One step: history's next one where the run stands in its past and nothing was changed since."""
        if self._timeline.would_repeat:
            self.seek(self.state.step + 1)
        else:
            self.advance(1, every_step=True)

    def seek(self, step: int, may_go_on: Callable[[], bool] = lambda: True) -> None:
        """Show the model as it was at `step`, replayed bit for bit; nothing is lost until training goes on.

        Parameters
        ----------
        step : int
            The nearest one that there is, is taken.
        may_go_on : callable
            Asked between short pieces of the replay; when it says no, the run stays where it is.
        """
        if self._timeline.seek(step, may_go_on):
            self.stop = None
            self._moved()

    def observe(self) -> None:
        """Record the present step of a going run, so that its curve has the metrics of every snapshot."""
        if not self._timeline.is_past and self._recorded_step not in (None, self.state.step):
            self._record()

    def fail(self, stop: Stop) -> None:
        """End the run with a reason, at its newest checkpoint: an error may have left the state half-way."""
        self._timeline.end_at(self._timeline.history.checkpoints[-1])
        self._moved()
        self.stop = stop

    def take_records(self) -> tuple[list[LossRecords], list[Mark]]:
        """Records and marks since the last call."""
        return self._recorder.take()

    def metrics(self) -> Floats:
        """Metrics of the present model on the document's samples, shape (models, 3); NaN without samples."""
        if self._metrics is None:
            before = self._clock()
            metrics = self._timeline.now.stepper.metrics(self.state)
            metrics.flags.writeable = False
            self._metrics = metrics
            self._metrics_seconds = self._clock() - before
        return self._metrics

    def held_out_metrics(self) -> Floats | None:
        """The same on the labelled held-out samples; None where there are none."""
        judge = self._timeline.now.judge
        if self._held_out_metrics is None and judge is not None:
            before = self._clock()
            metrics = judge.metrics(self.state)
            metrics.flags.writeable = False
            self._held_out_metrics = metrics
            self._held_out_seconds = self._clock() - before
        return self._held_out_metrics

    def snapshot(
        self, playing: bool = False, steps_per_second: float = 0.0, request: RegionRequest | None = None
    ) -> Snapshot:
        """The model as it stands, read-only, with the regions where they are asked for."""
        data = self._timeline.now.data
        parameters = self.state.parameters.copy()
        parameters.flags.writeable = False
        models = dict(enumerate(self.spec.models))
        shown = request and regions_of(
            models.get(request.model_index, self.spec.model), parameters, data.scaler, request
        )
        regions, contours = shown or (None, None)
        return Snapshot(
            run_id=self.run_id,
            data_revision=self.spec.data_revision,
            step=self.state.step,
            fork_step=self._recorder.fork_step,
            last_step=self.last_step,
            epoch=self.state.passes(len(data)),
            spec=self.spec,
            scaler=data.scaler,
            parameters=parameters,
            metrics=self.metrics(),
            playing=playing,
            steps_per_second=steps_per_second,
            regions=regions,
            contours=contours,
            mistakes=mistakes_of(self.state),
            held_out_metrics=self.held_out_metrics(),
            memory=memory_of(self.state),
            first_step=self._timeline.first_step,
            stop=self.stop,
            warning=self.warning,
        )

    def _begin(self, compiled: Compiled, state: TrainingState, *, is_from_start: bool) -> None:
        """Start a new run at step 0."""
        self.run_id += 1
        self.stop = None
        self._is_from_start = is_from_start
        self._recorder.begin_run(self.run_id, 0)
        self._recorded_step: int | None = None
        self._has_curve = False
        self._pending_marks: set[MarkKind] = set()
        self._timeline: Timeline = Timeline(compiled, state, self._cost, self._clock)
        self._moved()
        self._timeline.keep_checkpoint(self._own_losses())

    def _convert(self, compiled: Compiled) -> None:
        """Start a new run of another model or other classes from the present weights."""
        before, spec = self._timeline.now, compiled.spec
        if not can_carry(before.spec, spec):
            self._begin(compiled, start_state(startable(spec)), is_from_start=True)
            return
        carried = carry_state(self.state, before.spec, before.data, spec, compiled.data)
        # A converted start is still one: another start counts at once, until a step is made.
        is_from_start = self._is_from_start and self.last_step == 0
        self._begin(compiled, _zero_state(spec, carried.parameters), is_from_start=is_from_start)

    def _keep_weights(self, compiled: Compiled) -> None:
        """Go on with the same weights on other data or settings, and mark the change on the curve."""
        old, new = self.spec, compiled.spec
        kind: MarkKind = "settings" if same_samples(old.samples, new.samples) else "data"
        self._timeline.change(compiled)
        self._moved()
        if same_steps(old, new) or not self._has_curve:
            return
        if self._timeline.is_past:
            self._pending_marks.add(kind)
        else:
            self._recorder.mark(self.state.step, kind)

    def _go_on(self) -> None:
        """Before a step: fork where steps would be replaced, and begin a new stretch after a change."""
        is_fork = self._timeline.is_past
        if is_fork:
            self.run_id += 1
            self._recorder.begin_run(self.run_id, self.state.step)
        is_changed = self._timeline.extend()
        if is_changed:
            for kind in sorted(self._pending_marks):
                self._recorder.mark(self.state.step, kind)
        self._pending_marks.clear()
        if self._recorded_step is None:
            self._divergence = DivergenceWatch(
                self._own_losses(), self.spec.model.n_classes, may_be_infinite(self.spec)
            )
        if is_fork or is_changed or self._recorded_step is None:
            self._divergence.restart_mean()
            self._record()
            self._timeline.keep_checkpoint(self._own_losses())

    def _look(self, every_step: bool) -> None:
        """After steps: record, look for trouble and keep a checkpoint, each where it is due."""
        self._metrics = self._held_out_metrics = None
        step = self.state.step
        is_finite = bool(np.isfinite(self.state.parameters).all())
        is_due = every_step or self._recorder.is_due(step) or self._timeline.is_checkpoint_due
        if is_due or not is_finite:
            self._record()
        if self.stop is None and self._timeline.is_checkpoint_due:
            self._timeline.keep_checkpoint(self._own_losses())

    def _record(self) -> None:
        losses, step = self._own_losses(), self.state.step
        self._recorded_step, self._has_curve = step, True
        self._add_record()
        now = self._timeline.now
        diverged = self._divergence.see(losses, now.is_full_batch)
        if diverged is not None:
            self._end_diverged(diverged)
        elif self.spec.optimizer.kind == "gd" and now.is_full_batch:
            self._watch_oscillation(step, losses)

    def _add_record(self) -> None:
        """Put the present metrics on the curve, where they are numbers."""
        metrics = self.metrics()
        # Some cross-entropies are infinite by their nature, and still a result.
        infinite = np.isinf(metrics) & may_be_infinite(self.spec)[:, None]
        if (np.isfinite(metrics) | infinite).all():
            held_out = self.held_out_metrics()
            seconds = self._metrics_seconds + (0.0 if held_out is None else self._held_out_seconds)
            cost_steps = seconds / self._cost.seconds if len(self.spec.samples) > FEW_SAMPLES else 0.0
            self._recorder.add(self.state.step, metrics, cost_steps, held_out)

    def _end_diverged(self, row: int) -> None:
        step = self.state.step
        self._timeline.end_at(self._timeline.history.last_good())
        self._moved()
        self.stop = diverged_stop(self.spec, self._timeline.now.data, row, step, self.state.parameters)

    def _watch_oscillation(self, step: int, losses: Floats) -> None:
        row = self._oscillation.see(step, losses)
        if row is None:
            self.warning = None
        elif self.warning is None:
            data = self._timeline.now.data
            self.warning = oscillation_warning(self.spec, data, row, self.state.parameters)

    def _moved(self) -> None:
        """The present model is another one, or is measured on other data."""
        self._metrics = self._held_out_metrics = None
        self.warning = None
        self._oscillation = OscillationWatch(len(self.spec.losses))

    def _own_losses(self) -> Floats:
        """Each model's own loss, shape (models,); NaN where its parameters are not finite."""
        losses = own_losses(self.metrics(), self.spec.losses)
        losses[~np.isfinite(self.state.parameters).all(axis=1)] = np.nan
        return losses


def _zero_state(spec: TrainingSpec, parameters: Floats) -> TrainingState:
    """The state at step 0 with these parameters (models, P)."""
    state = start_state(replace(spec, start=StartSpec()))
    state.parameters[...] = parameters
    return state
