"""Regression of body weight on height: y = mu(x) + noise, the noise Gaussian with one sigma for all x.

In z-scores of these samples, with mu = a z_height + b, the mean squared error is

    MSE(a, b) = MSE* + <z_height^2> (a - a*)^2 + b^2,    a* = <z_height z_weight> / <z_height^2>

(<> a mean over samples; both z-scores have mean 0): ordinary least squares is (a*, 0), and a step of gradient
descent needs no sample any more, whatever n. The curvature is 2 in every direction, so the rate 1/2 arrives
in one step, and a rate from 1 on never does. The negative log-likelihood with a fixed sigma is
MSE / (2 sigma^2) plus a constant: the same valley, a slope of 1 / (2 sigma^2) times that of the MSE. At the
optimum the most likely sigma^2 is the MSE itself (Bishop 2006, eq. 3.15 and 3.21).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.distributions import gaussian_mean_curve, gaussian_nll
from engine.likelihoods import LikelihoodCurve
from engine.scaling import ROUNDING, Standardizer

Floats = NDArray[np.float64]

_SETTLED = 1e-12
"""A line this near to the optimum, in z-scores, has arrived: what is left is rounding."""


@dataclass(frozen=True, slots=True)
class MeanLine:
    """mu = slope z_height + intercept, in z-scores of height and weight."""

    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Regression:
    """The samples as gradient descent on the regression needs them: a few sums, exact for any n.

    Attributes
    ----------
    count : int
    scaler : Standardizer
        Of these samples.
    height_spread : float
        <z_height^2>: 1, or 0 where all heights are equal.
    optimum : MeanLine
        Ordinary least squares. Where all heights are equal any slope is as good, and 0 is given.
    least_mse : float
        MSE of the optimum in squared z-scores of the weight, from the residuals themselves.
    """

    count: int
    scaler: Standardizer
    height_spread: float
    optimum: MeanLine
    least_mse: float

    @classmethod
    def of(cls, height_cm: ArrayLike, weight_kg: ArrayLike) -> Regression:
        """Sum up samples: arrays of shape (n,) of heights in cm and weights in kg.

        Raises
        ------
        ValueError
            If there is no sample, or the lengths differ.
        """
        points = np.stack([np.asarray(height_cm, np.float64), np.asarray(weight_kg, np.float64)])
        if not points.shape[1]:
            raise ValueError("a regression needs at least one sample")
        scaler = Standardizer.from_moments(points.mean(axis=1), points.std(axis=1))
        height, weight = scaler.standardize(points[0], points[1])
        spread = float(np.mean(height * height))
        height_spread = 1.0 if spread > 0.5 else 0.0  # equal heights leave rounding alone
        slope = float(np.mean(height * weight)) / spread if height_spread else 0.0
        least = float(np.mean((weight - slope * height) ** 2))
        if math.sqrt(least) * scaler.std_weight_kg <= ROUNDING * abs(scaler.mean_weight_kg):
            least = 0.0  # every sample lies on the line; the rest is rounding
        return cls(points.shape[1], scaler, height_spread, MeanLine(slope, 0.0), least)

    def mse_kg2(self, line: MeanLine) -> float:
        """Mean squared error of a line in kg^2."""
        apart = self.height_spread * (line.slope - self.optimum.slope) ** 2
        apart += (line.intercept - self.optimum.intercept) ** 2
        return (self.least_mse + apart) * self.scaler.std_weight_kg**2

    def best_sigma_kg(self, line: MeanLine) -> float:
        """The sigma that makes the samples most likely around a line, in kg: the root of its MSE."""
        return math.sqrt(self.mse_kg2(line))

    def nll(self, line: MeanLine, sigma_kg: float) -> float:
        """Mean negative log-likelihood of a line and a sigma, in nats (a density per kg)."""
        return gaussian_nll(self.mse_kg2(line), sigma_kg)

    def gradient(self, line: MeanLine, sigma_kg: float | None = None) -> tuple[float, float]:
        """Slope by a and b of the MSE in squared z-scores, or of the NLL where a sigma is given."""
        factor = 2.0 if sigma_kg is None else (self.scaler.std_weight_kg / sigma_kg) ** 2
        by_slope = self.height_spread * (line.slope - self.optimum.slope)
        return factor * by_slope, factor * (line.intercept - self.optimum.intercept)

    def stepped(self, line: MeanLine, rate: float, sigma_kg: float | None = None) -> MeanLine:
        """The line after one step of gradient descent on the MSE, or on the NLL where a sigma is given."""
        by_slope, by_intercept = self.gradient(line, sigma_kg)
        return MeanLine(line.slope - rate * by_slope, line.intercept - rate * by_intercept)

    def in_units(self, line: MeanLine) -> tuple[float, float]:
        """The same line as kg = slope cm + intercept: (kg per cm, kg)."""
        scaler = self.scaler
        slope = line.slope * scaler.std_weight_kg / scaler.std_height_cm
        middle = scaler.mean_weight_kg + line.intercept * scaler.std_weight_kg
        return slope, middle - slope * scaler.mean_height_cm

    def from_units(self, kg_per_cm: float, intercept_kg: float) -> MeanLine:
        """The line kg = kg_per_cm cm + intercept_kg in z-scores; inverse of `in_units`."""
        scaler = self.scaler
        at_mean = kg_per_cm * scaler.mean_height_cm + intercept_kg
        return MeanLine(
            kg_per_cm * scaler.std_height_cm / scaler.std_weight_kg,
            (at_mean - scaler.mean_weight_kg) / scaler.std_weight_kg,
        )

    def mu_kg(self, line: MeanLine, height_cm: ArrayLike) -> Floats:
        """Means mu of heights in cm, in kg: the centre of the bell over each of them."""
        scaler = self.scaler
        z = (np.asarray(height_cm, dtype=np.float64) - scaler.mean_height_cm) / scaler.std_height_cm
        return np.asarray((line.slope * z + line.intercept) * scaler.std_weight_kg + scaler.mean_weight_kg)

    def slope_curve(self, kg_per_cm: ArrayLike, sigma_kg: float) -> LikelihoodCurve:
        """The likelihood of the slope alone, for lines through the middle of the samples, sigma fixed.

        Raises
        ------
        ValueError
            If all heights are equal: no slope is likelier than another.
        """
        if not self.height_spread:
            raise ValueError("all heights are equal: every slope is as likely")
        values = np.array(kg_per_cm, dtype=np.float64)
        std_cm = self.scaler.std_height_cm
        best = self.in_units(self.optimum)[0]
        # Around a line through the middle the MSE grows as (slope - best)^2 std^2: a mean's curve, stretched.
        curve = gaussian_mean_curve(
            values * std_cm, best * std_cm, self.mse_kg2(self.optimum), self.count, sigma_kg
        )
        values.flags.writeable = False
        return LikelihoodCurve(
            values,
            curve.log_likelihood,
            curve.likelihood,
            curve.relative_likelihood,
            curve.loss,
            best,
            curve.peak_loss,
        )


def seeded_line(seed: int, spread: float = 1.5) -> MeanLine:
    """Where a descent starts: both numbers from N(0, spread^2), a pure function of the seed."""
    generator = np.random.Generator(np.random.Philox(key=seed % 2**64))
    slope, intercept = generator.normal(0.0, spread, 2).tolist()
    return MeanLine(slope, intercept)


@dataclass(slots=True)
class RegressionRun:
    """A small run of gradient descent on the regression's MSE, with all that it has passed.

    Attributes
    ----------
    regression : Regression
    line : MeanLine
        Now.
    mse_kg2 : list of float
        Of every step so far on these samples, the start's first.
    first_step : int
        The step that `mse_kg2` begins with: later ones only, once samples were edited.
    """

    regression: Regression
    line: MeanLine
    mse_kg2: list[float] = field(default_factory=list)
    first_step: int = 0

    def __post_init__(self) -> None:
        """Record the start."""
        self.mse_kg2.append(self.regression.mse_kg2(self.line))

    @property
    def step(self) -> int:
        """Steps taken."""
        return self.first_step + len(self.mse_kg2) - 1

    @property
    def has_arrived(self) -> bool:
        """Whether the line is the optimum, to rounding."""
        best, spread = self.regression.optimum, self.regression.height_spread
        return (
            abs(self.line.slope - best.slope) * spread <= _SETTLED
            and abs(self.line.intercept - best.intercept) <= _SETTLED
        )

    def advance(self, rate: float) -> None:
        """Take one step."""
        self.line = self.regression.stepped(self.line, rate)
        self.mse_kg2.append(self.regression.mse_kg2(self.line))

    def carried(self, regression: Regression) -> RegressionRun:
        """The same line in cm and kg, at the same step, on other samples: an edit never moves it."""
        line = regression.from_units(*self.regression.in_units(self.line))
        return RegressionRun(regression, line, first_step=self.step)
