"""What the likelihood tab shows, as numbers: the samples' running product, the curve along one weight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid
from engine.class_sensitivity import true_class_log_odds
from engine.likelihoods import LikelihoodCurve, RunningLikelihood, likelihood_along, running_product
from engine.models import logits
from engine.snapshots import Snapshot
from engine.specs import LossName
from engine.training_data import TrainingData
from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import Tick
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Order = Literal["data", "probability"]

SINGLE_LOWEST, DOUBLE_LOWEST = -45, -324
"""Powers of ten of the smallest numbers that single and double precision can write."""
SHELF = 0.13
"""Share of the product's plot below its scale, where exactly 0 lies."""
_DECADES = (5, 10, 20, 30, 50, 80, 100, 150, 200, 300, 400, 500, 800)
_SHRINK = 0.75
_LN_10 = math.log(10.0)


@dataclass(frozen=True, slots=True, eq=False)
class RunningView:
    """The samples in a row, perhaps several times over, with their running product and sum.

    Attributes
    ----------
    loss : LossName
        What the model was trained on.
    place : ndarray of int64, shape (n,)
        Which sample of the data each one is.
    log_odds : ndarray of shape (n,)
        Of its own class against the rest: P(y | x) is the sigmoid of it.
    running : RunningLikelihood
        Of these n.
    """

    data: TrainingData
    loss: LossName
    place: Ints
    log_odds: Floats
    running: RunningLikelihood

    def __len__(self) -> int:
        return int(self.place.size)


def running_view(keeper: DataKeeper, snapshot: Snapshot, row: int, order: Order, repeats: int) -> RunningView:
    """Multiply the samples' likelihoods as the model in `row` of the state sees them.

    Parameters
    ----------
    order : "data" or "probability"
        As the samples were placed, or the least likely first.
    repeats : int
        How often the whole data come.
    """
    model = snapshot.spec.model_of(row)
    data = keeper.data(snapshot).for_model(model)
    z = logits(model, snapshot.parameters[row], data.design)
    log_odds = true_class_log_odds(z, data.class_index)
    place = np.arange(len(data))
    if order == "probability":
        place = np.argsort(log_odds, kind="stable")
    place = np.tile(place, repeats)
    in_row = log_odds[place]
    return RunningView(data, snapshot.spec.losses[row], place, in_row, running_product(in_row))


def product_axis(running: RunningLikelihood, before: Axis | None) -> Axis:
    """Powers of ten from 0 downwards, in few stops so that the axis stands still while training runs.

    A part of `SHELF` below the lowest power is left for exactly 0.
    """
    total = -float(running.log_sum[-1]) / _LN_10 if running.log_sum.size else 0.0
    decades = _decades_for(total)
    if before is not None:
        old = round(-before.low * (1.0 - SHELF))
        if decades < old:
            decades = min(_decades_for(total / _SHRINK), old)
    return Axis(-decades / (1.0 - SHELF), 0.0)


def _decades_for(total: float) -> int:
    if not math.isfinite(total):
        return _DECADES[-1]
    found = next((stop for stop in _DECADES if stop >= total), None)
    return found if found is not None else _DECADES[-1] * 2 ** math.ceil(math.log2(total / _DECADES[-1]))


def product_ticks(axis: Axis, height_px: float, gap_px: float) -> tuple[list[Tick], list[Tick]]:
    """Ticks of both rulers: powers of ten with exactly 0 at the foot, and the sum of natural logarithms."""
    decades = -axis.low * (1.0 - SHELF)
    room = height_px * (1.0 - SHELF)
    powers, nats = Axis(-decades, 0.0, whole=True), Axis(-decades * _LN_10, 0.0)
    left = [(share, _power_text(round(powers.value_at(share)))) for share, _ in powers.ticks(room, gap_px)]
    right = nats.ticks(room, gap_px)
    foot = SHELF / 3
    lifted = [[(SHELF + (1.0 - SHELF) * share, text) for share, text in ticks] for ticks in (left, right)]
    free = [tick for tick in lifted[0] if (tick[0] - foot) * height_px >= 0.6 * gap_px]
    return [(foot, "0"), *free], lifted[1]


def _power_text(power: int) -> str:
    digits = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return "1" if power == 0 else f"10{digits}"


def product_heights(product: NDArray[np.floating], axis: Axis) -> Floats:
    """Powers of ten of a product; exactly 0 goes to the middle of the shelf."""
    with np.errstate(divide="ignore"):
        power = np.log10(product.astype(np.float64))
    return np.asarray(np.where(np.isfinite(power), power, axis.low * (1.0 - SHELF / 3)))


@dataclass(frozen=True, slots=True, eq=False)
class WeightView:
    """Likelihood and loss along one weight of a model, the others as they are now.

    Attributes
    ----------
    index : int
        Which parameter.
    low, high : float
        Ends of the axis.
    now, now_loss, now_relative : float
        The model's own value, and loss and relative likelihood there.
    grows : int
        1 or -1 where the likelihood grows for ever upwards or downwards, else 0.
    """

    loss: LossName
    index: int
    curve: LikelihoodCurve
    low: float
    high: float
    now: float
    now_loss: float
    now_relative: float
    grows: int


_POINTS, _PEAK_POINTS = 121, 61
_WIDE_SIGMA = 4.0
_ROOM = 3.0


def weight_view(
    keeper: DataKeeper, snapshot: Snapshot, row: int, index: int, before: tuple[float, float] | None
) -> WeightView | None:
    """The likelihood along parameter `index`; None without a sample.

    Parameters
    ----------
    before : (low, high), optional
        The axis drawn last: kept while it holds all and is not much too long.
    """
    model = snapshot.spec.model_of(row)
    data = keeper.data(snapshot).for_model(model)
    parameters = snapshot.parameters[row]
    now = float(parameters[index])
    if not len(data) or not np.isfinite(parameters).all():
        return None
    at_now = likelihood_along(parameters, index, [now], data, model)
    sigma = _width(parameters, index, data, snapshot, at_now.peak if at_now.peak is not None else now)
    low, high = _range(now, at_now.peak, sigma, before)
    weights = np.linspace(low, high, _POINTS)
    if at_now.peak is not None:
        around = at_now.peak + sigma * np.linspace(-5.0, 5.0, _PEAK_POINTS)
        weights = np.unique(np.concatenate([weights, around[(around > low) & (around < high)]]))
    curve = likelihood_along(parameters, index, weights, data, model)
    largest = float(curve.log_likelihood.max()) if curve.peak_loss is None else -curve.peak_loss * len(data)
    relative = math.exp(min(float(at_now.log_likelihood[0]) - largest, 0.0))
    return WeightView(
        loss=snapshot.spec.losses[row],
        index=index,
        curve=curve,
        low=low,
        high=high,
        now=now,
        now_loss=float(at_now.loss[0]),
        now_relative=relative,
        grows=_growth(index, data, snapshot) if curve.peak is None else 0,
    )


def _inputs(index: int, data: TrainingData, snapshot: Snapshot) -> tuple[Floats, NDArray[np.bool_], int]:
    """Values that the parameter is multiplied by, the samples whose own class it raises, and that class."""
    chosen = 1 if snapshot.spec.model.is_binary else index // len(data.design)
    return data.design[index % len(data.design)], data.class_index == chosen, chosen


def _width(parameters: Floats, index: int, data: TrainingData, snapshot: Snapshot, weight: float) -> float:
    """Standard deviation of the bell that the likelihood is near its peak: 1 / sqrt(n d2BCE/dw2)."""
    row = parameters.copy()
    row[index] = weight
    along, _, chosen = _inputs(index, data, snapshot)
    odds = true_class_log_odds(logits(snapshot.spec.model, row, data.design), np.full(len(data), chosen))
    curvature = float((along**2 * sigmoid(odds) * sigmoid(-odds)).sum())
    return min(1.0 / math.sqrt(curvature), 10.0) if curvature > 1e-300 else 1.0


def _range(
    now: float, peak: float | None, sigma: float, before: tuple[float, float] | None
) -> tuple[float, float]:
    center = now if peak is None else peak
    low, high = min(now, center - _WIDE_SIGMA * sigma), max(now, center + _WIDE_SIGMA * sigma)
    pad = 0.06 * (high - low)
    if before is not None:
        holds = before[0] <= low - pad / 2 and high + pad / 2 <= before[1]
        if holds and before[1] - before[0] <= _ROOM * (high - low):
            return before
    step = 10.0 ** math.floor(math.log10((high - low) / 4.0))
    step *= next(factor for factor in (1.0, 2.0, 5.0, 10.0) if factor * step >= (high - low) / 8.0)
    return math.floor((low - pad) / step) * step, math.ceil((high + pad) / step) * step


def _growth(index: int, data: TrainingData, snapshot: Snapshot) -> int:
    along, is_own, _ = _inputs(index, data, snapshot)
    signed = np.where(is_own, along, -along)
    return int(np.sign(signed.sum()))
