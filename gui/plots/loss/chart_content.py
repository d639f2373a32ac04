"""What the loss chart shows, as data: curves, floors, marks, and the axes that hold them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.running.history import LossCurve
from engine.snapshots import Mark
from engine.specs import LossName
from gui.plots.loss.axes import Axis, step_axis, value_axis
from gui.plots.loss.curve_geometry import Curve, nearest_bucket

Axes = tuple[Axis, Axis, Axis]
"""Of steps, of values on the left, of values on the right."""


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: which model and metric, the loss it was trained on, and the axis it is measured on.

    `held_out`: measured on the held-out samples instead of those of training. `name`: what the model is
    called, if not by its loss; `long_dash` as in `gui.model_names.has_long_dash`.
    """

    model: int
    loss: LossName
    metric: int
    right: bool = False
    held_out: bool = False
    name: str = ""
    long_dash: bool = False


@dataclass(frozen=True, slots=True)
class Floor:
    """A value to compare with: a dotted line with its name."""

    value: float
    text: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """How values are shown: on which axes and in which words."""

    percent: bool = False
    log_values: bool = False
    log_steps: bool = False
    left_title: str = ""
    right_title: str = ""
    step_title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of all series at one step."""

    step: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartContent:
    """What to draw. The curve grows elsewhere: it is read while painting, never kept in slices.

    `cursor` is where a run that was scrubbed back stands: its exact values, recorded on the curve or not.
    """

    curve: LossCurve = field(default_factory=LossCurve)
    series: tuple[Series, ...] = ()
    floors: tuple[Floor, ...] = ()
    marks: tuple[Mark, ...] = ()
    last_step: int = 0
    cursor: Reading | None = None
    selected_model: int = 0
    style: ChartStyle = ChartStyle()

    @property
    def has_right_axis(self) -> bool:
        """Whether some curve is measured on the right."""
        return any(series.right for series in self.series)

    @property
    def has_several_models(self) -> bool:
        """Whether there is a model to choose."""
        return len({series.model for series in self.series}) > 1

    def is_selected(self, index: int) -> bool:
        """Whether curve `index` is one of the selected model, of several."""
        return self.has_several_models and self.series[index].model == self.selected_model

    def columns(self, series: Series) -> Curve:
        """Steps, smallest, largest and last values of a curve's buckets, as `LossCurve.arrays` has them."""
        return self.curve.arrays(series.model, series.metric, held_out=series.held_out)


def axes_of(content: ChartContent) -> Axes:
    """Return the axes that hold all curves and floors."""
    style = content.style
    x_axis = step_axis(max(content.last_step, content.curve.last_step), log=style.log_steps)
    left, right = (
        value_axis(_extremes(content, right=right), log=style.log_values, percent=style.percent)
        for right in (False, True)
    )
    return x_axis, left, right


def read_at(content: ChartContent, step: float) -> Reading | None:
    """Return the last values in the bucket nearest to a step, or None where nothing is recorded."""
    if not content.series or not len(content.curve):
        return None
    columns = [content.columns(series) for series in content.series]
    bucket = nearest_bucket(columns[0][0], step)
    return Reading(int(columns[0][0][bucket]), tuple(float(last[bucket]) for _, _, _, last in columns))


def last_values(content: ChartContent) -> list[float]:
    """Return the newest value of each series, NaN where nothing is recorded."""
    reading = read_at(content, float("inf"))
    return list(reading.values) if reading is not None else [float("nan")] * len(content.series)


def _extremes(content: ChartContent, *, right: bool) -> NDArray[np.float64]:
    """Smallest positive and largest finite values on one axis, and infinity where a curve goes there."""
    values = [floor.value for floor in content.floors if floor.right == right]
    for series in content.series:
        if series.right == right:
            _, minimum, maximum, _ = content.columns(series)
            positive = minimum[(minimum > 0) & np.isfinite(minimum)]
            finite = maximum[np.isfinite(maximum)]
            if positive.size:
                values.append(float(positive.min()))
            if finite.size:
                values.append(float(finite.max()))
            if np.isposinf(maximum).any():
                values.append(np.inf)
    return np.array(values, dtype=np.float64)
