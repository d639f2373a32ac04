"""The likelihood of one parameter, as numbers: what may be chosen, its curve, and its value anywhere."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.distributions import bernoulli_curve, gaussian_mean_curve, gaussian_sigma_curve
from engine.gaussian_regression import MeanLine, Regression
from engine.likelihoods import LikelihoodCurve, likelihood_along
from engine.snapshots import Snapshot
from engine.specs import ModelSpec
from gui.plots.likelihood.data import weight_view
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.data import LabelView
from gui.plots.training_view import DataKeeper

Floats = NDArray[np.float64]
CurveOf = Callable[[Floats], LikelihoodCurve]
Trouble = Literal["no_samples", "no_spread"]

BARE = "bare"
"""Key of the one parameter for all samples, whatever their x: p, p_k or mu."""
_POINTS, _PEAK_POINTS = 161, 81
_SIGMAS = 20.0
"""Half of the axis, in standard errors of the parameter."""
_HEAVY_ABOVE = 20_000
_LOWEST_SIGMA = 0.3
"""Share of the likeliest sigma at which its axis begins."""


@dataclass(frozen=True, slots=True, eq=False)
class ParameterView:
    """Likelihood and NLL along one parameter.

    Attributes
    ----------
    key : str
        Which parameter.
    curve : LikelihoodCurve
    low, high : float
        Ends of the axis.
    now : float
        Where the model is; for a parameter that no model has, a place off the peak.
    count : int
        Samples.
    is_model : bool
        Whether `now` is the model's own value.
    curve_of : callable
        The curve at other values, exact, over all samples.
    grows : int
        1 or -1 where the likelihood has no peak and grows for ever upwards or downwards, else 0.
    """

    key: str
    curve: LikelihoodCurve
    low: float
    high: float
    now: float
    count: int
    is_model: bool
    curve_of: CurveOf
    grows: int = 0

    @property
    def is_heavy(self) -> bool:
        """Whether a value takes longer than a moment: one of a model's weights, with very many samples."""
        return self.key.isdigit() and self.count > _HEAVY_ABOVE

    def at(self, value: float) -> tuple[float, float, float]:
        """Log-likelihood, likelihood as a share of its peak, and NLL a sample, at one value."""
        one = self.curve_of(np.array([value]))
        total = float(one.log_likelihood[0])
        highest = self.curve.peak_loss
        top = float(self.curve.log_likelihood.max()) if highest is None else -highest * self.count
        return total, math.exp(min(total - top, 0.0)), float(one.loss[0])


def parameter_keys(choice: Choice, model: ModelSpec, *, bias: bool) -> list[str]:
    """Keys of the parameters that may be looked at: "bare", "sigma", "slope", and weights by their place."""
    if choice.target == "weight":
        return [BARE, "slope", "sigma"]
    if choice.is_pretence:
        return [BARE, "sigma"]
    rows = {"logistic": 1, "softmax": model.n_classes}.get(model.kind, 0)
    if choice.distribution == "bernoulli" and rows > 1:
        rows = 0
    return [BARE, *(str(index) for index in range(3 * rows) if bias or index % 3 != 2)]


def bare_label(view: LabelView, class_index: int) -> ParameterView | Trouble:
    """One p for all samples: the share of a class is its peak.

    Parameters
    ----------
    class_index : int
        The class whose share it is.
    """
    n = view.count
    if not n:
        return "no_samples"
    positive = int(np.count_nonzero(view.data.class_index == class_index))
    mean = positive / n
    if view.choice.is_pretence:
        variance = mean * (1.0 - mean)
        if variance == 0.0:
            return "no_spread"
        return _bare_mean(mean, variance, n, whole=(-0.5, 1.5))
    error = math.sqrt(max(mean * (1.0 - mean), 1.0 / n) / n)
    low, high = max(mean - _SIGMAS * error, 0.0), min(mean + _SIGMAS * error, 1.0)
    now = mean + 0.3 * (high - mean) if mean < 0.5 else mean - 0.3 * (mean - low)
    return _view(BARE, lambda p: bernoulli_curve(p, positive, n), (low, high), error, now, n)


def label_sigma(view: LabelView) -> ParameterView | Trouble:
    """The sigma of labels that are taken for Gaussian around the model's p."""
    if not view.count:
        return "no_samples"
    if not view.sigma > 0.0:
        return "no_spread"
    return _sigma_view(view.sigma**2, view.count)


def regression_parameter(regression: Regression | None, line: MeanLine, key: str) -> ParameterView | Trouble:
    """The mean of all weights, the slope on height, or sigma around the line of gradient descent."""
    if regression is None:
        return "no_samples"
    n, variance = regression.count, regression.mse_kg2(MeanLine(0.0, 0.0))
    if key == BARE:
        return _bare_mean(regression.scaler.mean_weight_kg, variance, n) if variance > 0.0 else "no_spread"
    mse = regression.mse_kg2(regression.optimum)
    if key == "sigma":
        around = regression.mse_kg2(line)
        return _sigma_view(around, n) if around > 0.0 else "no_spread"
    if mse <= 0.0 or not regression.height_spread:
        return "no_spread"
    sigma = math.sqrt(mse)
    best, now = regression.in_units(regression.optimum)[0], regression.in_units(line)[0]
    error = sigma / math.sqrt(n) / regression.scaler.std_height_cm
    reach = max(_SIGMAS * error, 1.15 * abs(now - best))
    return _view(
        key,
        lambda slope: regression.slope_curve(slope, sigma),
        (best - reach, best + reach),
        error,
        now,
        n,
        is_model=True,
    )


def model_weight(
    keeper: DataKeeper, snapshot: Snapshot, row: int, index: int, before: tuple[float, float] | None
) -> ParameterView | Trouble:
    """One weight of the model, the others as they are now.

    Parameters
    ----------
    before : (low, high), optional
        The axis drawn last.
    """
    found = weight_view(keeper, snapshot, row, index, before)
    if found is None:
        return "no_samples"
    parameters, model, data = snapshot.parameters[row], snapshot.spec.model, keeper.data(snapshot)
    return ParameterView(
        key=str(index),
        curve=found.curve,
        low=found.low,
        high=found.high,
        now=found.now,
        count=len(data),
        is_model=True,
        grows=found.grows,
        curve_of=lambda weight: likelihood_along(parameters, index, weight, data, model),
    )


def _bare_mean(
    mean: float, variance: float, n: int, whole: tuple[float, float] | None = None
) -> ParameterView:
    sigma = math.sqrt(variance)
    error = sigma / math.sqrt(n)
    low, high = mean - _SIGMAS * error, mean + _SIGMAS * error
    if whole is not None:
        low, high = max(low, whole[0]), min(high, whole[1])
    return _view(
        BARE,
        lambda mu: gaussian_mean_curve(mu, mean, variance, n, sigma),
        (low, high),
        error,
        mean + 0.3 * (high - mean),
        n,
    )


def _sigma_view(mse: float, n: int) -> ParameterView:
    sigma = math.sqrt(mse)
    error = sigma / math.sqrt(2.0 * n)
    low = max(sigma - _SIGMAS * error, _LOWEST_SIGMA * sigma)
    high = sigma + _SIGMAS * error
    return _view(
        "sigma",
        lambda values: gaussian_sigma_curve(values, mse, n),
        (low, high),
        error,
        sigma + 0.3 * (high - sigma),
        n,
    )


def _view(
    key: str,
    curve_of: CurveOf,
    ends: tuple[float, float],
    error: float,
    now: float,
    n: int,
    *,
    is_model: bool = False,
) -> ParameterView:
    """A view with a curve that is sharp around its peak, `error` wide."""
    low, high = ends
    values = np.linspace(low, high, _POINTS)
    peak = curve_of(values[:1]).peak
    if peak is not None:
        around = peak + error * np.linspace(-5.0, 5.0, _PEAK_POINTS)
        values = np.unique(np.concatenate([values, around[(around >= low) & (around <= high)]]))
    return ParameterView(key, curve_of(values), low, high, now, n, is_model, curve_of)
