"""What the sensitivity plots show, as numbers: the curves of a loss, and where each sample stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.activations import sigmoid
from engine.class_sensitivity import (
    output_loss,
    squared_error_bounds,
    squared_error_slope_bounds,
    true_class_log_odds,
)
from engine.models import logits
from engine.sensitivity import Axis as XAxis
from engine.sensitivity import sensitivity_curve
from engine.snapshots import Snapshot
from engine.specs import LossName
from engine.training_data import TrainingData
from gui.plots.loss.axes import Axis
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SlopeBy = Literal["logit", "axis"]

VALUE_TOP = 5.0
"""Losses are drawn up to here: -ln p of p = 0.7 %."""
SLOPE_TOP = 6.0
"""Slopes by e or p, which have no bound either, are drawn up to here."""
_CURVE_POINTS = 161
_BLOCK = 65_536
"""Samples whose dots are worked out at a time."""
_PLACES = 1_000
"""Places told apart along an axis when there are very many samples."""
_SAMPLE_ARRAYS = ("place", "logit", "error", "value", "slope", "right", "is_positive")
_LOGIT_STOPS = (6.0, 8.0, 12.0, 16.0, 24.0)
_SHRINK = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One line of a plot; a band where `upper` is given (the squared error of three or more classes)."""

    loss: LossName
    label: int | None
    x: Floats
    y: Floats
    upper: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ModelDots:
    """Every sample as one model sees it; arrays of length n.

    Attributes
    ----------
    row : int
        The model's row of the state.
    place : ndarray of int64
        Which sample of the data each one is: all, or one for each place on the screen of very many.
    above, largest : int, float
        How many of all samples have a loss above `VALUE_TOP`, and the largest loss.
    loss : LossName
        What it was trained on, which decides the curve that its samples stand on.
    logit : ndarray
        Binary: z. More classes: log-odds of the true class against the rest.
    error : ndarray
        |y - p|, or 1 - p of the true class.
    value, slope : ndarray
        The sample's own loss, and its derivative by the logit (of class 1, or of the true class).
    right : ndarray
        Probability of the true class.
    is_positive : ndarray of bool
        Whether the loss falls with p: label 1, or the true class's own p.
    """

    row: int
    loss: LossName
    place: Ints
    above: int
    largest: float
    logit: Floats
    error: Floats
    value: Floats
    slope: Floats
    right: Floats
    is_positive: NDArray[np.bool_]

    def x(self, axis: XAxis) -> Floats:
        """Where the samples stand on an axis."""
        if axis == "error":
            return self.error
        return self.logit if axis == "logit" else np.where(self.is_positive, self.right, self.error)

    def y(self, axis: XAxis, slope_by: SlopeBy) -> Floats:
        """Slopes as the lower plot shows them: by the logit in size on the axis of errors."""
        if slope_by == "logit" or axis == "logit":
            return np.abs(self.slope) if axis == "error" else self.slope
        with np.errstate(divide="ignore"):
            by_error = 2.0 * self.error if self.loss == "mse" else 1.0 / self.right
        return by_error if axis == "error" else np.where(self.is_positive, -by_error, by_error)


def model_dots(snapshot: Snapshot, row: int, data: TrainingData) -> ModelDots:
    """Every training sample as the model in `row` of the state sees it."""
    loss = snapshot.spec.losses[row]
    z = logits(snapshot.spec.model, snapshot.parameters[row], data.design)
    value, gradient = output_loss(loss, len(z)).value_and_gradient(z, data.class_index)
    margin = true_class_log_odds(z, data.class_index)
    is_binary = len(z) == 1
    if is_binary:
        slope, is_positive = gradient[0], data.class_index == 1
    else:
        slope = np.take_along_axis(gradient, data.class_index[None, :], axis=0)[0]
        is_positive = np.ones(margin.size, dtype=bool)
    return ModelDots(
        row=row,
        loss=loss,
        place=np.arange(margin.size),
        above=int(np.count_nonzero(value > VALUE_TOP)),
        largest=float(value.max(initial=0.0)),
        logit=z[0] if is_binary else margin,
        error=sigmoid(-margin),
        value=value,
        slope=slope,
        right=sigmoid(margin),
        is_positive=is_positive,
    )


def thinned(dots: ModelDots, class_index: Ints, half: float | None = None) -> ModelDots:
    """Of samples that share a place on every axis and a class, keep one: a few thousand of any number.

    Parameters
    ----------
    class_index : ndarray of int64, shape (n,)
        Of the samples that the dots are of.
    half : float, optional
        Largest size of a logit among all samples, where these are only some of them.
    """
    if half is None:
        half = largest_size(dots.logit)
    by_logit = np.rint(dots.logit * (_PLACES / half)).astype(np.int64) + _PLACES
    by_error = np.rint(dots.error * _PLACES).astype(np.int64)
    key = (class_index * (2 * _PLACES + 1) + by_logit) * (_PLACES + 1) + by_error
    kept = np.sort(np.unique(key, return_index=True)[1])
    return replace(dots, **{name: getattr(dots, name)[kept] for name in _SAMPLE_ARRAYS})


def largest_size(values: Floats) -> float:
    """The largest absolute value, and at least 1."""
    return max(float(np.abs(values).max(initial=0.0)), 1.0)


def thinned_dots(snapshot: Snapshot, row: int, data: TrainingData) -> ModelDots:
    """What `thinned` keeps of all samples, worked out block by block: buffers for all are never needed."""
    starts = range(0, max(len(data), 1), _BLOCK)
    half = max(largest_size(logits_of(snapshot, row, block_at(data, start))) for start in starts)
    parts = []
    for start in starts:
        block = block_at(data, start)
        dots = thinned(model_dots(snapshot, row, block), block.class_index, half)
        parts.append(replace(dots, place=dots.place + start))
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in _SAMPLE_ARRAYS
    }
    joined = replace(
        parts[0],
        **arrays,
        above=sum(part.above for part in parts),
        largest=max(part.largest for part in parts),
    )
    return thinned(joined, data.class_index[joined.place], half)


def block_at(data: TrainingData, start: int) -> TrainingData:
    """The samples from `start` on that are worked on at a time."""
    return data.take(slice(start, start + _BLOCK))


def logits_of(snapshot: Snapshot, row: int, data: TrainingData) -> Floats:
    """What the dots' `logit` is, shape (n,): z, or the log-odds of the true class."""
    z = logits(snapshot.spec.model, snapshot.parameters[row], data.design)
    return z[0] if len(z) == 1 else true_class_log_odds(z, data.class_index)


def dots_of(
    keeper: DataKeeper, snapshot: Snapshot, rows: Sequence[int]
) -> tuple[Snapshot, TrainingData, list[ModelDots]]:
    """The snapshot, its data and every model's dots, thinned; for the background."""
    data = keeper.data(snapshot)
    return snapshot, data, [thinned_dots(snapshot, row, data) for row in rows]


def x_axis_of(axis: XAxis, dots: Sequence[ModelDots], before: Axis | None) -> Axis:
    """The horizontal axis: 0 to 1, or logits as far as the samples go, in few stops so that it stands still.

    It grows at once, and shrinks only when a smaller one leaves room to spare.
    """
    if axis != "logit":
        return Axis(0.0, 1.0)
    sizes = [float(np.abs(one.logit).max()) for one in dots if one.logit.size]
    needed = max([size for size in sizes if np.isfinite(size)], default=0.0)
    half = _logit_stop(needed)
    if before is not None and before.low == -before.high and half < before.high:
        half = min(_logit_stop(needed / _SHRINK), before.high)
    return Axis(-half, half)


def _logit_stop(needed: float) -> float:
    stop = next((stop for stop in _LOGIT_STOPS if stop >= needed), None)
    return stop if stop is not None else _LOGIT_STOPS[-1] * 2.0 ** np.ceil(np.log2(needed / _LOGIT_STOPS[-1]))


def slope_axis(axis: XAxis, slope_by: SlopeBy, *, is_binary: bool) -> Axis:
    """The vertical axis of the lower plot."""
    if slope_by == "logit" or axis == "logit":
        if axis == "error":
            return Axis(0.0, 1.05)
        return Axis(-1.05, 1.05) if is_binary else Axis(-1.05, 0.05)
    return Axis(0.0, SLOPE_TOP) if axis == "error" else Axis(-SLOPE_TOP, SLOPE_TOP)


def curves_of(axis: XAxis, x_axis: Axis, n_classes: int | None) -> tuple[list[Curve], list[Curve]]:
    """The losses and their slopes by the logit along an axis.

    Parameters
    ----------
    n_classes : int or None
        None for two classes with one output node: both labels have their own curve, except by the error.
        A number for softmax: by p of the true class, where the squared error is a band.
    """
    x = np.linspace(x_axis.low, x_axis.high, _CURVE_POINTS)
    if n_classes is not None:
        return _softmax_curves(axis, x, n_classes)
    labels = (1,) if axis == "error" else (1, 0)
    values, slopes = [], []
    for loss in ("mse", "bce"):
        for label in labels:
            curve = sensitivity_curve(loss, axis, x, label)
            by_logit = np.abs(curve.slope_by_logit) if axis == "error" else curve.slope_by_logit
            shown = None if axis == "error" else label
            values.append(Curve(loss, shown, x, curve.value))
            slopes.append(Curve(loss, shown, x, by_logit))
    return values, slopes


def axis_slopes(axis: XAxis, x_axis: Axis) -> list[Curve]:
    """The slopes by the axis itself, for two classes."""
    x = np.linspace(x_axis.low, x_axis.high, _CURVE_POINTS)
    labels = (1,) if axis == "error" else (1, 0)
    return [
        Curve(loss, None if axis == "error" else label, x, sensitivity_curve(loss, axis, x, label).slope)
        for loss in ("mse", "bce")
        for label in labels
    ]


def _softmax_curves(axis: XAxis, x: Floats, n_classes: int) -> tuple[list[Curve], list[Curve]]:
    with np.errstate(divide="ignore"):
        margin = x if axis == "logit" else np.log(x) - np.log1p(-x)
    if axis == "error":
        margin = -margin
    sign = -1.0 if axis == "error" else 1.0
    entropy = sensitivity_curve("bce", axis, x, 1)
    low, high = squared_error_bounds(margin, n_classes)
    slope_low, slope_high = squared_error_slope_bounds(margin, n_classes)
    values = [Curve("mse", None, x, low, high), Curve("ce", None, x, entropy.value)]
    slopes = [
        Curve("mse", None, x, sign * slope_low, sign * slope_high),
        Curve("ce", None, x, sign * entropy.slope_by_logit),
    ]
    return values, slopes
