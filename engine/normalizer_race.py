"""Four output layers trained from one start on the same samples: how well each of them learns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.models import start_parameters
from engine.normalizers import NORMALIZERS
from engine.samples import UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.specs import LossName, ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, TrainingState, start_state
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
RaceLoss = Literal["likelihood", "mse"]

MOST_SAMPLES = 2_000
"""Of larger data so many evenly chosen samples race: four models, thousands of steps."""
MOST_RECORDS = 120


@dataclass(frozen=True, eq=False, slots=True)
class NormalizerRace:
    """What is raced.

    Attributes
    ----------
    spec : TrainingSpec
        Of the document's run: samples, optimiser, batches, start, seed and label smoothing are taken from it.
    loss : "likelihood" or "mse"
        CE for those whose p share out 1 and BCE for the K sigmoids, or MSE for all four.
    n_steps : int
    """

    spec: TrainingSpec
    loss: RaceLoss
    n_steps: int


@dataclass(frozen=True, eq=False, slots=True)
class RaceCurves:
    """What was recorded so far.

    Attributes
    ----------
    step : ndarray of int64, shape (m,)
    values : ndarray of shape (m, 4, 3), read-only
        For each of `NORMALIZERS` the metrics in the order of `snapshots.METRICS`.
    parameters : ndarray of shape (4, P), read-only
        At the last of these steps.
    """

    step: Ints
    values: Floats
    parameters: Floats


def race_spec(race: NormalizerRace) -> TrainingSpec:
    """All four models as one comparison, in lockstep from the very same numbers.

    They start where the document's softmax would; from zeros, where softmax's rivals are undefined and have
    no slope, from a normal start of the document's seed in its place. The perceptron rule, which trains none
    of them, gives way to gradient descent.
    """
    spec = race.spec
    n_classes = spec.model.n_classes
    losses: tuple[LossName, ...] = tuple(
        "mse" if race.loss == "mse" else ModelSpec(kind, n_classes).likelihood for kind in NORMALIZERS
    )
    optimizer = spec.optimizer
    if optimizer.kind == "perceptron":
        optimizer = OptimizerSpec("gd", optimizer.learning_rate)
    made = replace(
        spec,
        model=ModelSpec("absolute", n_classes),
        losses=losses,
        kinds=NORMALIZERS,
        samples=race_samples(spec.samples),
        optimizer=optimizer,
    )
    start = made.start
    if start.kind == "zeros" or len(start.parameters) not in (0, 3 * n_classes):
        start = StartSpec("normal")
    # What a rival starts from is drawn and not centred: the same numbers for all four.
    row = start_parameters(replace(made, start=start, kinds=(), losses=("ce",)))[0]
    return replace(made, start=StartSpec("exact", parameters=tuple(row.tolist())))


def run_race(race: NormalizerRace, should_stop: Callable[[], bool]) -> Iterator[RaceCurves]:
    """Train all four; yields the curves so far, the whole race last.

    Samples with several labels count by their class, so that all four learn and are judged alike.
    """
    spec = race_spec(race)
    data = TrainingData.from_samples(
        spec.samples,
        spec.model.n_classes,
        None if spec.standardize else Standardizer.identity(),
        bias=spec.bias,
        label_smoothing=spec.label_smoothing,
    )
    stepper, state = Stepper(spec, data), start_state(spec)
    steps: list[int] = []
    values: list[Floats] = []
    for target in record_steps(race.n_steps).tolist():
        stepper.advance(state, target - state.step)
        steps.append(target)
        values.append(stepper.metrics(state))
        if should_stop():
            return
        yield _curves(steps, values, state)


def record_steps(n_steps: int) -> Ints:
    """At most `MOST_RECORDS` + 1 steps from 0 to `n_steps`: closer together at the start."""
    share = np.linspace(0.0, 1.0, MOST_RECORDS + 1)
    return np.unique(np.rint(n_steps * share**2).astype(np.int64))


def used_samples(samples: Samples) -> tuple[int, int]:
    """How many labelled training samples race, of how many there are."""
    count = int(samples.moments[0])
    return min(count, MOST_SAMPLES), count


def race_samples(samples: Samples) -> Samples:
    """All labelled training samples, or evenly chosen ones of very many."""
    if int(samples.moments[0]) <= MOST_SAMPLES:
        return samples
    rows = samples.rows
    index = np.flatnonzero((rows.class_index != UNLABELLED) & ~rows.held_out)
    chosen = rows.take(index[np.linspace(0, index.size - 1, MOST_SAMPLES).astype(np.intp)])
    return Samples.from_columns(chosen.height_cm, chosen.weight_kg, chosen.class_index)


def _curves(steps: list[int], values: list[Floats], state: TrainingState) -> RaceCurves:
    stacked, parameters = np.array(values), state.parameters.copy()
    stacked.flags.writeable = parameters.flags.writeable = False
    return RaceCurves(np.array(steps, dtype=np.int64), stacked, parameters)
