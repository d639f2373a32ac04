"""The picture of a start map: colours by the logarithm of the steps, hatched where a run did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.batched_descent import NOT_REACHED
from engine.start_map import StartMap
from gui.plots.loss.axes import Axis
from gui.plots.scene3d.colors import perceptual_table
from gui.plots.scene3d.contours import contour_segments
from gui.plots.scene3d.memory import draw_segments
from gui.theme import Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

COLORS = 256
_STOPS = (1, 2, 5)
_HATCH_PERIOD_PX, _HATCH_WIDTH_PX = 7.0, 1.3
_HATCH_STRENGTH = {False: 0.30, True: 0.42}
_LINE_ALPHA = 90
_LUMINANCE, _LIGHT_FROM = np.array([0.2126, 0.7152, 0.0722]), 110.0
_BEYOND = 2.0
"""Where a goal was not reached, lines of equal steps see this many times the steps that were allowed."""


@dataclass(frozen=True, slots=True)
class StepScale:
    """The steps of the first and of the last colour, on a log scale: few steps are light, many dark."""

    low: int
    high: int

    @property
    def axis(self) -> Axis:
        """The scale as an axis."""
        return Axis(float(self.low), float(self.high), log=True, whole=True)

    def color_index(self, steps: Ints) -> NDArray[np.intp]:
        """Row of the table of colours for numbers of steps that were reached."""
        share = self.axis.fraction(np.maximum(steps, 1).astype(np.float64))
        return np.rint((1.0 - share) * (COLORS - 1)).astype(np.intp)


def step_scale(maps: Sequence[StartMap], max_steps: int) -> StepScale:
    """One scale for all maps: round numbers around the steps that occur in them."""
    steps = np.concatenate([one.steps[one.steps != NOT_REACHED].ravel() for one in maps])
    low, high = (int(steps.min()), int(steps.max())) if steps.size else (1, max_steps)
    first = _stop_below(max(low, 1))
    last = _stop_above(max(high, first + 1))
    return StepScale(first, max(last, 2 * first))


def _stop_below(count: int) -> int:
    power = _power_of_ten(count)
    return max(stop * power for stop in _STOPS if stop * power <= count)


def _stop_above(count: int) -> int:
    power = _power_of_ten(count)
    return min(stop * power for stop in (*_STOPS, 10) if stop * power >= count)


def _power_of_ten(count: int) -> int:
    """The largest power of 10 that is at most a count."""
    return int("1" + "0" * (len(str(count)) - 1))


def map_picture(
    found: StartMap, scale: StepScale, theme: Theme, size: tuple[int, int], ratio: float
) -> QImage:
    """Paint a map.

    Parameters
    ----------
    found : StartMap
    scale : StepScale
    theme : Theme
    size : (int, int)
        Width and height in device pixels.
    ratio : float
        Device pixels for one of the widget's.

    Returns
    -------
    QImage
        Each pixel has the colour of the start that is nearest to it; the lowest v is at the bottom.
    """
    width, height = size
    rows, columns = found.steps.shape
    steps = found.steps[_nearest(rows, height)[::-1, None], _nearest(columns, width)]
    colors = _packed(perceptual_table(COLORS))[scale.color_index(steps)]
    pixels = np.where(steps == NOT_REACHED, hatching(theme, width, height, ratio), colors)
    image = _image(pixels)
    _paint_lines(image, found, scale, ratio)
    return image


def hatching(theme: Theme, width: int, height: int, ratio: float) -> NDArray[np.uint32]:
    """The look of what was not reached: quiet stripes on the plot's ground, 0xffRRGGBB of (height, width)."""
    unit = ratio * theme.scale
    x, y = np.arange(width), np.arange(height)[:, None]
    period, stripe = _HATCH_PERIOD_PX * unit, _HATCH_WIDTH_PX * unit
    across = np.abs(((x + y) / np.sqrt(2.0)) % period - period / 2)
    cover = np.clip(stripe / 2 + 0.5 - across, 0.0, 1.0)[..., None]
    ground, line = _channels(theme.control), _channels(theme.quiet)
    return _packed(ground + _HATCH_STRENGTH[theme.dark] * cover * (line - ground))


def hatched_image(theme: Theme, width: int, height: int, ratio: float) -> QImage:
    """A swatch of `hatching`, for a legend."""
    return _image(hatching(theme, width, height, ratio))


def _paint_lines(image: QImage, found: StartMap, scale: StepScale, ratio: float) -> None:
    """Lines of equal steps at the numbers that the scale of colours has."""
    beyond = found.max_steps * _BEYOND
    values = np.log(np.where(found.steps == NOT_REACHED, beyond, np.maximum(found.steps, 0.5)))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        table = perceptual_table(COLORS)
        ranges = ((0.0, float(image.width())), (float(image.height()), 0.0))
        levels = [level for level in round_steps(scale) if level < found.max_steps]
        lines = contour_segments(values, np.log(levels).tolist(), *ranges)
        for level, pieces in zip(levels, lines, strict=True):
            row = table[int(scale.color_index(np.array(level, dtype=np.int32)))]
            pen = QPen(_line_color(row), ratio)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # neighbouring pieces would be darker where they overlap
            painter.setPen(pen)
            draw_segments(painter, pieces)


def _line_color(channels: Floats) -> QColor:
    """Black on light colours, white on dark ones, thin enough to see the map through it."""
    is_light = float(channels @ _LUMINANCE) > _LIGHT_FROM
    color = QColor(Qt.GlobalColor.black if is_light else Qt.GlobalColor.white)
    color.setAlpha(_LINE_ALPHA)
    return color


def round_steps(scale: StepScale) -> list[int]:
    """1, 2, 5, 10, 20 ... strictly inside a scale."""
    powers = range(len(str(scale.high)))
    numbers = [stop * 10**power for power in powers for stop in _STOPS]
    return [number for number in numbers if scale.low < number < scale.high]


def _nearest(count: int, pixels: int) -> NDArray[np.intp]:
    """For each pixel the grid's place that is nearest to its centre; both end places are at the edges."""
    return np.rint((np.arange(pixels) + 0.5) / pixels * (count - 1)).astype(np.intp)


def _packed(channels: Floats) -> NDArray[np.uint32]:
    """Red, green and blue (..., 3) from 0 to 255 as 0xffRRGGBB."""
    rgb = np.rint(channels).astype(np.uint32)
    return np.asarray(0xFF000000 | rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2], dtype=np.uint32)


def _image(pixels: NDArray[np.uint32]) -> QImage:
    height, width = pixels.shape
    view = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    return view.copy()  # which owns its pixels


def _channels(color: QColor) -> Floats:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)
