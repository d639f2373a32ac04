"""The samples of the regression of weight on height: the sums of all of them, and those that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.gaussian_regression import Regression
from engine.samples import Samples
from gui.plots.loss.axes import Axis
from gui.plots.maximum_likelihood.data import drawn_places

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PAD = 0.08
"""Empty share of the range beside the samples."""
_SHORTEST = 4.0
"""Shortest range in cm or kg."""


@dataclass(frozen=True, slots=True, eq=False)
class RegressionView:
    """Samples as points of height and weight; none of them needs a label.

    Attributes
    ----------
    samples : Samples
        Of the document; held-out ones are left out below.
    regression : Regression
        Over all others.
    height_cm, weight_kg : ndarray of shape (m,)
    class_index, sample_id : ndarray of int64, shape (m,)
        Of those that are drawn; -1 is no label.
    x_axis, y_axis : Axis
        Around all samples.
    """

    samples: Samples
    regression: Regression
    height_cm: Floats
    weight_kg: Floats
    class_index: Ints
    sample_id: Ints
    x_axis: Axis
    y_axis: Axis

    def index_of(self, sample_id: int | None) -> int | None:
        """Index among the drawn ones, or None."""
        if sample_id is None or not self.sample_id.size:
            return None
        index = min(int(np.searchsorted(self.sample_id, sample_id)), self.sample_id.size - 1)
        return index if self.sample_id[index] == sample_id else None


def regression_view(samples: Samples) -> RegressionView | None:
    """Sum up and choose samples; None where all are held out or there is none."""
    used = [block if not block.held_out.any() else block.take(~block.held_out) for block in samples]
    if not any(map(len, used)):
        return None
    height = np.concatenate([block.height_cm for block in used])
    weight = np.concatenate([block.weight_kg for block in used])
    place = drawn_places(height.size)
    class_index = np.concatenate([block.class_index for block in used])[place]
    sample_id = np.concatenate([block.sample_id for block in used])[place]
    return RegressionView(
        samples=samples,
        regression=Regression.of(height, weight),
        height_cm=height[place],
        weight_kg=weight[place],
        class_index=class_index,
        sample_id=sample_id,
        x_axis=_axis(height),
        y_axis=_axis(weight),
    )


def _axis(values: Floats) -> Axis:
    low, high = float(values.min()), float(values.max())
    span = max(high - low, _SHORTEST)
    middle = (low + high) / 2.0
    half = span * (0.5 + _PAD)
    return Axis(middle - half, middle + half)
