"""Standardisation: z = (x - mean) / std, and the same model carried between z-scores and cm and kg."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDING = 1e-13
"""A standard deviation below this share of the mean is only what rounding leaves of equal numbers."""


@dataclass(frozen=True, slots=True)
class Standardizer:
    """Mean and population standard deviation (ddof = 0) of height (cm) and weight (kg).

    A standard deviation of 0 counts as 1, so that data without spread stay finite; so does one that is
    only the rounding of a mean.
    """

    mean_height_cm: float
    mean_weight_kg: float
    std_height_cm: float
    std_weight_kg: float

    @classmethod
    def identity(cls) -> Standardizer:
        """The scaler that changes nothing: z-scores equal cm and kg."""
        return cls(0.0, 0.0, 1.0, 1.0)

    @classmethod
    def from_moments(cls, mean: Floats, std: Floats) -> Standardizer:
        """Make a scaler from `mean` and `std`, each of shape (2,): height in cm, weight in kg."""
        spread = std > ROUNDING * np.abs(mean)
        height_std, weight_std = np.where(spread, std, 1.0).tolist()
        return cls(float(mean[0]), float(mean[1]), height_std, weight_std)

    @property
    def mean(self) -> Floats:
        """Means, shape (2,): height in cm, weight in kg."""
        return np.array([self.mean_height_cm, self.mean_weight_kg])

    @property
    def std(self) -> Floats:
        """Standard deviations, shape (2,): height in cm, weight in kg; never 0."""
        return np.array([self.std_height_cm, self.std_weight_kg])

    def standardize(self, height_cm: Floats, weight_kg: Floats) -> tuple[Floats, Floats]:
        """Return the z-scores of heights (cm) and weights (kg) of any one shape."""
        return (
            (height_cm - self.mean_height_cm) / self.std_height_cm,
            (weight_kg - self.mean_weight_kg) / self.std_weight_kg,
        )

    def to_original_units(self, layer: Floats) -> Floats:
        """Carry a first layer from z-scores to cm and kg; the logits stay the same.

        Parameters
        ----------
        layer : ndarray of shape (..., 3)
            Weight of z_height, weight of z_weight, bias.

        Returns
        -------
        ndarray of shape (..., 3)
            Weight per cm, weight per kg, bias: w / s and b - sum(w m / s).
        """
        weights = layer[..., :2] / self.std
        bias = layer[..., 2] - weights @ self.mean
        return np.concatenate([weights, bias[..., None]], axis=-1)

    def from_original_units(self, layer: Floats) -> Floats:
        """Carry a first layer from cm and kg to z-scores: w s and b + sum(w m)."""
        bias = layer[..., 2] + layer[..., :2] @ self.mean
        return np.concatenate([layer[..., :2] * self.std, bias[..., None]], axis=-1)

    def carry(self, layer: Floats, to: Standardizer) -> Floats:
        """Carry a first layer (..., 3) from this scaler to another so that p(cm, kg) is unchanged.

        w' = w s' / s and b' = b + sum(w (m' - m) / s). The map is linear, so a momentum's velocity
        is carried by it too.
        """
        ratio = layer[..., :2] / self.std
        bias = layer[..., 2] + ratio @ (to.mean - self.mean)
        return np.concatenate([ratio * to.std, bias[..., None]], axis=-1)
