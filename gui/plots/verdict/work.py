"""What the verdict's background work measures: both losses from the start of a run, on its samples."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hidden.nonconvexity import measure
from engine.landscape.descent_path import descent_path
from engine.landscape.grid import landscape_source, smallest_eigenvalue_at
from engine.landscape.planes import Plane
from engine.losses import loss_of
from engine.metrics import predicted_class
from engine.models import layout_of, logits
from engine.optimum.best_mse import best_found_mse
from engine.optimum.newton import ShouldStop
from engine.optimum.optimum import find_optimum
from engine.optimum.separability import Separation
from engine.running.compiled import same_samples
from engine.scaling import Standardizer
from engine.specs import LossName, ModelSpec, TrainingSpec
from engine.training_data import TrainingData
from gui.plots.start_map.box import box_around
from gui.plots.start_map.work import part_of

Floats = NDArray[np.float64]

BOX_GRID = 61
SLACK = 0.02
"""The accuracy to be reached is this much below what the best weights of both losses have."""
_PREVIEW_STEPS = 500


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """What is judged: a model on samples, from a start.

    Attributes
    ----------
    spec : TrainingSpec
    scaler : Standardizer
    start : ndarray of shape (P,)
        In the z-space of `scaler`.
    """

    spec: TrainingSpec
    scaler: Standardizer
    start: Floats

    @property
    def model(self) -> ModelSpec:
        """The model of the run."""
        return self.spec.model

    @property
    def losses(self) -> tuple[LossName, LossName]:
        """The two losses that are compared, whichever of them the run trains."""
        return (self.model.likelihood, "mse")

    def data(self) -> TrainingData:
        """The samples as training reads them."""
        return TrainingData.of(self.spec, self.scaler)


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share: its mean and, over several slices, its smallest and largest value."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False, slots=True)
class Facts:
    """Both losses from one start; every pair is in the order of `Case.losses`.

    Attributes
    ----------
    case : Case
    steepest : pair of float, or None
        Largest |dL/dz| of a sample that is answered wrongly at the start; None if none is.
    most_wrong : pair of float, or None
        |dL/dz| of the sample whose own class has the smallest probability.
    smallest_own : float
        That probability.
    curved : pair of Share
        How much of a box of output weights the loss curves downwards on.
    box_half : float or None
        The box reaches this far from 0 (logistic); None for slices around the start.
    eigenvalues : pair of float
        Smallest eigenvalue of the Hessian by all weights at the start.
    hidden : pair of Share, or None
        As `curved`, in the hidden layers; None without any.
    start_accuracy, guess_accuracy : float
        Of the start; of giving everybody the answer of the largest class.
    best_accuracy : float or None
        What the best weights of both losses have at least; None where they are not known.
    separable : Separation or None
    used_samples, all_samples : int
    """

    case: Case
    steepest: tuple[float, float] | None
    most_wrong: tuple[float, float] | None
    smallest_own: float
    curved: tuple[Share, Share]
    box_half: float | None
    eigenvalues: tuple[float, float]
    hidden: tuple[Share, Share] | None
    start_accuracy: float
    guess_accuracy: float
    best_accuracy: float | None
    separable: Separation | None
    used_samples: int
    all_samples: int


def same_case(one: Case | None, other: Case | None) -> bool:
    """Whether two cases have the same facts."""
    if one is None or other is None:
        return one is other
    a, b = one.spec, other.spec
    return (
        (a.model, a.standardize, a.bias) == (b.model, b.standardize, b.bias)
        and one.scaler == other.scaler
        and np.array_equal(one.start, other.start)
        and same_samples(a.samples, b.samples)
    )


def find_facts(case: Case, should_stop: ShouldStop) -> Iterator[Facts]:
    """Measure a case; nothing comes if `should_stop` said so."""
    whole = case.data()
    data = part_of(whole)
    steepest, most_wrong, smallest_own = _sensitivity(case, data)
    shares = [_curved(case, data, loss, should_stop) for loss in case.losses]
    hidden = [_hidden(case, data, loss, should_stop) for loss in case.losses] if case.model.hidden else None
    if should_stop() or None in shares or (hidden is not None and None in hidden):
        return
    best, separable = _best_accuracy(case, data, should_stop)
    if should_stop():
        return
    yield Facts(
        case=case,
        steepest=steepest,
        most_wrong=most_wrong,
        smallest_own=smallest_own,
        curved=_pair(shares),
        box_half=box_around(case.start[:2]).half if case.model.kind == "logistic" else None,
        eigenvalues=_eigenvalues(case, data),
        hidden=None if hidden is None else _pair(hidden),
        start_accuracy=accuracy_of(case.model, case.start, data),
        guess_accuracy=float(np.bincount(data.class_index).max() / len(data)),
        best_accuracy=best,
        separable=separable,
        used_samples=len(data),
        all_samples=len(whole),
    )


def accuracy_of(model: ModelSpec, parameters: Floats, data: TrainingData) -> float:
    """Share of the samples that a model answers rightly, 0 to 1."""
    return float((predicted_class(model, parameters, data.design) == data.class_index).mean())


def target_accuracy(best_accuracy: float) -> float:
    """A whole percentage that both losses' best weights exceed with some slack."""
    return max(math.floor(100 * (best_accuracy - SLACK) + 1e-9) / 100, 0.0)


def _sensitivity(
    case: Case, data: TrainingData
) -> tuple[tuple[float, float] | None, tuple[float, float] | None, float]:
    """Largest |dL/dz| of wrong answers, |dL/dz| of the most wrong one, and its own class's probability.

    With several outputs the largest over them. The most wrong sample has the largest cross-entropy.
    """
    z = logits(case.model, case.start, data.design)
    value, _ = loss_of(case.model.kind, case.losses[0]).value_and_gradient(z, data.class_index)
    wrong = predicted_class(case.model, case.start, data.design) != data.class_index
    slopes = [
        np.abs(loss_of(case.model.kind, loss).value_and_gradient(z, data.class_index)[1]).max(axis=0)
        for loss in case.losses
    ]
    worst = int(np.argmax(value))
    smallest_own = math.exp(-float(value[worst]))
    if not wrong.any():
        return None, None, smallest_own
    steepest = float(slopes[0][wrong].max()), float(slopes[1][wrong].max())
    return steepest, (float(slopes[0][worst]), float(slopes[1][worst])), smallest_own


def _curved(case: Case, data: TrainingData, loss: LossName, should_stop: ShouldStop) -> Share | None:
    """Share of output weights where a loss curves downwards: a box of the two, or slices of the layer."""
    if case.model.kind != "logistic":
        return _measured(case, data, loss, (len(layout_of(case.model).layers) - 1,), should_stop)
    half = box_around(case.start[:2]).half
    reach = (-half, half)
    plane = Plane.of_weights(case.start, 0, 1, reach, reach, BOX_GRID, BOX_GRID)
    grids = landscape_source(case.model, data, (loss,)).grids(plane, should_stop)
    if grids is None:
        return None
    share = grids[0].negative_share
    return Share(share, share, share)


def _hidden(case: Case, data: TrainingData, loss: LossName, should_stop: ShouldStop) -> Share | None:
    return _measured(case, data, loss, tuple(range(len(case.model.hidden))), should_stop)


def _measured(
    case: Case, data: TrainingData, loss: LossName, layers: tuple[int, ...], should_stop: ShouldStop
) -> Share | None:
    """Mean and spread over the slices of layers around the start."""
    shares: list[float] = []
    for layer in layers:
        found = measure(case.model, case.start, data, loss, layer, should_stop=should_stop)
        if found is None:
            return None
        shares += found.curved_shares
    return Share(float(np.mean(shares)), min(shares), max(shares))


def _eigenvalues(case: Case, data: TrainingData) -> tuple[float, float]:
    first, second = (smallest_eigenvalue_at(case.model, case.start, data, loss) for loss in case.losses)
    return first, second


def _best_accuracy(
    case: Case, data: TrainingData, should_stop: ShouldStop
) -> tuple[float | None, Separation | None]:
    """The smaller accuracy of both losses' best weights, and whether a line separates the samples."""
    if case.model.hidden:
        return None, None
    optimum = find_optimum(case.model, data, should_stop)
    if optimum.separable == "complete":
        return 1.0, "complete"
    best = best_found_mse(case.model, data, should_stop, optimum=optimum)
    known = [row for row in (optimum.parameters, best.parameters) if row is not None]
    if not known:
        path = descent_path(
            case.model, case.losses[0], data, np.zeros_like(case.start), 1.0, _PREVIEW_STEPS,
            _PREVIEW_STEPS, should_stop,
        )  # fmt: skip
        known = [path.parameters[-1]]
    return min(accuracy_of(case.model, row, data) for row in known), optimum.separable


def _pair(shares: list[Share | None]) -> tuple[Share, Share]:
    first, second = shares
    assert first is not None
    assert second is not None
    return first, second
