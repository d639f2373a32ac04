"""The way that a run's models took through the space of their weights, gathered from frames as they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.models import carry_scaler
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from engine.specs import TrainingSpec

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_POINTS = 600
LEAST_GAP, GAP_SHARE = 3, 0.15
"""A piece that skips more steps than this, the first ones and a share of those before it, hides a turn."""
MOST_REPEATED = 20_000
"""Steps that are repeated at most: later ones go hardly anywhere."""


class RunPath:
    """Where all models of the present run stood, oldest first: bounded, and thinned by length.

    The fast beginning of a descent keeps its points; where the models hardly move, many steps share one.
    A reset or another model empties it, a fork cuts it, an edit of the samples carries it to the new scaler.

    Attributes
    ----------
    scaler : Standardizer or None
        Of the z-space that the parameters are in.
    """

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self._most_points = most_points
        self._run_id: int | None = None
        self._spec: TrainingSpec | None = None
        self._is_repeatable = False
        self.scaler: Standardizer | None = None
        self._count = 0
        # One more than is kept for long, so that a frame writes a row and copies nothing.
        self._steps: Ints = np.zeros(most_points + 1, dtype=np.int64)
        self._parameters: Floats = np.zeros((most_points + 1, 0, 0))
        self._least_move = 0.0
        self._repeated_to = 0

    def __len__(self) -> int:
        return self._count

    @property
    def steps(self) -> Ints:
        """Steps of the points, strictly increasing, shape (m,); valid until the next snapshot."""
        return self._steps[: self._count]

    @property
    def parameters(self) -> Floats:
        """Parameters at those steps, shape (m, models, P); valid until the next snapshot."""
        return self._parameters[: self._count]

    @property
    def run_id(self) -> int | None:
        """Whose way it is."""
        return self._run_id

    def take(self, snapshot: Snapshot) -> None:
        """Go on to where a snapshot stands; one of the past changes nothing, as the way stays known."""
        self._follow(snapshot)
        if len(self) and snapshot.step < self.steps[-1]:
            return
        is_same_step = len(self) > 0 and snapshot.step == self.steps[-1]
        is_close = len(self) >= 3 and self._is_close(self.parameters[-2], snapshot.parameters)
        if not is_same_step and not is_close:
            self._count += 1
        self._steps[self._count - 1] = snapshot.step
        self._parameters[self._count - 1] = snapshot.parameters
        if len(self) > self._most_points:
            self._thin()

    def count_up_to(self, step: int) -> int:
        """How many points lie at or before a step."""
        return int(np.searchsorted(self.steps, step, side="right"))

    def take_missing_beginning(self) -> tuple[TrainingSpec, Standardizer, Floats, int] | None:
        """Spec, scaler, start (models, P) and number of steps of a beginning that frames have skipped.

        Training flat out makes thousands of steps between two frames, in which a descent turns. Each call
        that gives something counts as its being looked up; more is given when the run is twice as far. None
        where nothing is missing, or where something was changed on the way, so that it cannot be repeated.
        """
        if len(self) < 2 or self.steps[0] != 0:
            return None
        steps = min(int(self.steps[-1]), MOST_REPEATED)
        if steps < 2 * self._repeated_to or self._repeated_to == MOST_REPEATED:
            return None
        known = self.steps[: self.count_up_to(steps)]
        if len(known) > 1 and (np.diff(known) <= LEAST_GAP + GAP_SHARE * known[:-1]).all():
            return None
        if self._spec is None or self.scaler is None or not self._is_repeatable:
            return None
        self._repeated_to = steps
        return self._spec, self.scaler, self.parameters[0].copy(), steps

    def fill_beginning(self, run_id: int, scaler: Standardizer, steps: Ints, parameters: Floats) -> None:
        """Put points (m, models, P) among those that are known, if they still belong there."""
        if run_id != self._run_id or scaler != self.scaler or len(self) < 2:
            return
        new = (steps < self.steps[-1]) & ~np.isin(steps, self.steps)
        places = np.searchsorted(self.steps, steps[new])
        self._put(
            np.insert(self.steps, places, steps[new]),
            np.insert(self.parameters, places, parameters[new], axis=0),
        )

    def _follow(self, snapshot: Snapshot) -> None:
        """Start again, cut or carry the way as the snapshot's run, model and scaler ask for."""
        spec, old = snapshot.spec, self._spec
        same_shape = old is not None and (old.model, old.losses, old.class_ids) == (
            spec.model, spec.losses, spec.class_ids,
        )  # fmt: skip
        if snapshot.run_id != self._run_id or not same_shape:
            self._count = self.count_up_to(snapshot.fork_step) if same_shape and snapshot.fork_step > 0 else 0
            if not self._count:
                self._parameters = np.zeros((self._steps.size, *snapshot.parameters.shape))
                self._is_repeatable, self._least_move, self._repeated_to = True, 0.0, 0
        if self._count:
            self._is_repeatable &= spec == old
            if self.scaler is not None and self.scaler != snapshot.scaler:
                self._parameters[: self._count] = carry_scaler(
                    spec.model, self.parameters, self.scaler, snapshot.scaler
                )
        self._run_id, self._spec, self.scaler = snapshot.run_id, spec, snapshot.scaler

    def _put(self, steps: Ints, parameters: Floats) -> None:
        """Keep these points, thinned until they fit."""
        kept = _spread(parameters, self._most_points) if len(steps) > self._most_points else slice(None)
        steps, parameters = steps[kept], parameters[kept]
        self._count = len(steps)
        self._steps[: self._count], self._parameters[: self._count] = steps, parameters

    def _is_close(self, one: Floats, other: Floats) -> bool:
        return float(np.abs(one - other).max()) < self._least_move

    def _thin(self) -> None:
        """Keep half of the points, and from now on only what is further apart than these."""
        kept = _spread(self.parameters, self._most_points // 2)
        lengths = np.linalg.norm(np.diff(self.parameters, axis=0), axis=2).sum(axis=0)
        self._least_move = float(np.nan_to_num(lengths, posinf=0.0).min()) / self._most_points
        self._put(self.steps[kept], self.parameters[kept])


def _spread(parameters: Floats, count: int) -> Ints:
    """About `count` places of points (m, models, P), evenly along the way of all models; both ends stay."""
    moves = np.nan_to_num(np.linalg.norm(np.diff(parameters, axis=0), axis=2), posinf=0.0)
    shares = moves / np.maximum(moves.sum(axis=0), np.finfo(float).tiny)
    along = np.concatenate([[0.0], np.cumsum(shares.sum(axis=1))])
    targets = np.searchsorted(along, np.linspace(0.0, along[-1], count - 1))
    last = len(parameters) - 1
    return np.unique(np.concatenate([[0], np.minimum(targets, last), [last]]))
