"""What the pages about labels show, as numbers: the samples' probabilities, and their likelihood in all."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import log_sigmoid, logit
from engine.class_sensitivity import true_class_log_odds
from engine.distributions import best_gaussian_log_likelihood
from engine.models import logits, probabilities
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_DRAWN = 4_000
"""Samples that are drawn; every sum is over all of them."""
_JITTER = 0.6180339887498949
"""The golden ratio's part after the point: multiples of it spread evenly over 0 to 1."""
_SUM_TOLERANCE = 1e-9
_BINARY_BY_ITSELF = ("logistic", "mlp", "step")


@dataclass(frozen=True, slots=True, eq=False)
class LabelView:
    """The samples as one model sees them, under one distribution of their labels.

    Attributes
    ----------
    model_row : int
        Of the state.
    trained_on : LossName
    positive : int
        The class whose probability is p: class 1 of two, else the one chosen; for Bernoulli and Gaussian.
    place : ndarray of int64, shape (m,)
        Places in the data of the samples that are drawn.
    probability : ndarray of shape (m,)
        p of each of them; for Categorical that of its own class.
    row : ndarray of int64, shape (m,)
        The outcome of each: 0 or 1, for Categorical its class.
    count : int
        All samples.
    log_likelihood : float
        Of all samples, in nats; for a Gaussian with the likeliest sigma. NaN without a sample.
    loss : float
        BCE or CE, minus its mean; for a Gaussian the MSE.
    sigma : float
        For a Gaussian the likeliest: the root of the mean squared error of p.
    is_smoothed : bool
        Whether likelihood and loss are those of targets softened by label smoothing.
    """

    choice: Choice
    model_row: int
    trained_on: LossName
    data: TrainingData
    positive: int
    place: Ints
    probability: Floats
    row: Ints
    count: int
    log_likelihood: float
    loss: float
    sigma: float
    is_smoothed: bool

    def index_of(self, sample_id: int | None) -> int | None:
        """Place of a sample in the data, or None if it is not trained on."""
        ids = self.data.sample_id
        if sample_id is None or not ids.size:
            return None
        index = min(int(np.searchsorted(ids, sample_id)), ids.size - 1)
        return index if ids[index] == sample_id else None


def drawn_places(count: int, most: int = MOST_DRAWN) -> Ints:
    """At most that many of `count` samples, evenly apart."""
    if count <= most:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, most).astype(np.int64))


def row_heights(row: Ints, place: Ints) -> Floats:
    """Heights of dots in rows one unit apart, spread within each by where they stand in the data."""
    return np.asarray(row + 0.7 * ((place * _JITTER) % 1.0 - 0.5))


def label_view(
    keeper: DataKeeper, snapshot: Snapshot, row: int, choice: Choice, current_class: int
) -> LabelView:
    """The samples as the model in `row` of the state sees them.

    Parameters
    ----------
    current_class : int
        Of more than two classes, the one that is y = 1 for a Bernoulli or Gaussian.
    """
    data, spec = keeper.data(snapshot), snapshot.spec
    model, parameters = spec.model_of(row), snapshot.parameters[row]
    positive = 1 if model.n_classes == 2 else min(current_class, model.n_classes - 1)
    place = drawn_places(len(data))
    if choice.distribution == "categorical":
        place = place[data.has_class[place]]  # a sample with none of the labels has no class of its own
    p = _counted(probabilities(model, parameters, data.design[:, place]))
    labels = data.class_index[place]
    is_categorical = choice.distribution == "categorical"
    shown = np.take_along_axis(p, labels[None], axis=0)[0] if is_categorical else p[positive]
    total, loss, sigma = _sums(snapshot, row, choice, data, positive)
    return LabelView(
        choice=choice,
        model_row=row,
        trained_on=spec.losses[row],
        data=data,
        positive=positive,
        place=place,
        probability=shown,
        row=labels if is_categorical else (labels == positive).astype(np.int64),
        count=len(data),
        log_likelihood=total,
        loss=loss,
        sigma=sigma,
        is_smoothed=spec.label_smoothing > 0.0 and uses_recorded(model, choice),
    )


def _counted(p: Floats) -> Floats:
    """Probabilities (K, n) as the losses count them: 1/K where a rival of softmax is undefined."""
    return np.where(np.isnan(p), 1.0 / len(p), p)


def _sums(
    snapshot: Snapshot, row: int, choice: Choice, data: TrainingData, positive: int
) -> tuple[float, float, float]:
    """Log-likelihood and loss of all samples, and the likeliest sigma."""
    n, model = len(data), snapshot.spec.model_of(row)
    cross_entropy, mse, _ = snapshot.metrics[row].tolist()
    outputs = numbers_a_sample(model)
    sigma = math.sqrt(mse / outputs) if mse >= 0.0 else math.nan
    if choice.distribution == "gaussian":
        total = float(best_gaussian_log_likelihood(mse / outputs, n * outputs))
        return (total if n else math.nan), mse, sigma
    if uses_recorded(model, choice):
        return -n * cross_entropy if n else math.nan, cross_entropy, sigma
    if not n:
        return math.nan, math.nan, sigma
    z = one_against_rest(model, snapshot.parameters[row], data.design, positive)
    total = float(log_sigmoid(np.where(data.class_index == positive, z, -z)).sum())
    return total, -total / n, sigma


def numbers_a_sample(model: ModelSpec) -> int:
    """Numbers of which a model's squared error is the sum: p alone, or one for each class."""
    return 1 if model.kind in _BINARY_BY_ITSELF else model.n_classes


def uses_recorded(model: ModelSpec, choice: Choice) -> bool:
    """Whether the loss is what the run records, not that of one class against the rest."""
    return choice.distribution != "bernoulli" or model.kind in _BINARY_BY_ITSELF


def one_against_rest(model: ModelSpec, parameters: Floats, design: Floats, positive: int) -> Floats:
    """Log-odds (n,) of one class against all others: p of this class is the sigmoid of it."""
    if model.kind == "softmax":
        z = logits(model, parameters, design)
        return true_class_log_odds(z, np.full(design.shape[1], positive))
    return logit(probabilities(model, parameters, design)[positive])


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The distribution at one x: its parameter, and the label where there is one.

    Attributes
    ----------
    height_cm, weight_kg : float
    sample_id : int or None
        None at a place where nobody stands.
    probability : ndarray of shape (K,)
        Of every class.
    label : int or None
        The sample's class; None where there is no sample or it has no label.
    """

    height_cm: float
    weight_kg: float
    sample_id: int | None
    probability: Floats
    label: int | None

    @property
    def adds_up(self) -> bool:
        """Whether the probabilities are those of one distribution: K sigmoids need not add up to 1."""
        return abs(float(self.probability.sum()) - 1.0) <= _SUM_TOLERANCE

    def rest(self, class_index: int) -> float:
        """Probability of not being of a class, with all its digits also where it is tiny."""
        others = float(np.delete(self.probability, class_index).sum())
        return others if self.adds_up else 1.0 - float(self.probability[class_index])


def outcome_at(
    snapshot: Snapshot,
    row: int,
    height_cm: float,
    weight_kg: float,
    sample_id: int | None = None,
    label: int | None = None,
) -> Outcome:
    """What the model in `row` says of a height and a weight."""
    z = snapshot.scaler.standardize(np.array(height_cm), np.array(weight_kg))
    design = np.array([[z[0]], [z[1]], [float(snapshot.spec.bias)]])
    p = _counted(probabilities(snapshot.spec.model_of(row), snapshot.parameters[row], design))[:, 0]
    return Outcome(height_cm, weight_kg, sample_id, p, label)
